"""Start-up: whole processes on the bundled page against an empty four-command Typer program with a Rich table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.measuring import Row, compared, environment, python, spent

FLOOR = """
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()

@app.command()
def one() -> None:
    table = Table("a", "b", "c", "d")
    for row in range(20):
        table.add_row(*[str(row)] * 4)
    Console().print(table)

@app.command()
def two() -> None: ...

@app.command()
def three() -> None: ...

@app.command()
def four() -> None: ...

app()
"""

ASKED = {
    "zzcli": ([], 1.5),
    "zzcli industries": (["industries"], 1.5),
    "zzcli timeline": (["timeline"], 1.5),
    "zzcli figures": (["figures"], 1.5),
    "zzcli search 产业": (["search", "产业"], 1.5),
    "zzcli search 轨道交通产业, which needs jieba": (["search", "轨道交通产业"], 1.9),
    "zzcli figures --format json": (["figures", "--format", "json"], 1.1),
}


def starting() -> Iterator[Row]:
    """Each command, after a first run that fills the cache."""
    with tempfile.TemporaryDirectory() as folder:
        floor = Path(folder) / "floor.py"
        floor.write_text(FLOOR)
        around = environment(folder)
        measures = {
            name: partial(spent, python("-m", "zzcli", *arguments), around) for name, (arguments, _) in ASKED.items()
        }
        measures["floor"] = partial(spent, python(str(floor), "one"), around)
        for name, ratio in compared(measures, "floor").items():
            yield Row(f"start: {name} / empty program", ratio, ASKED[name][1])
