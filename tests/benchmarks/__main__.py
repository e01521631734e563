"""How fast zzcli is, as ratios against something that runs beside it: ``python -m tests.benchmarks``.

Reading: processor time of figures, timeline and industries together against that of stock jieba (warm) for cutting the
same text. Start-up: the time of whole processes against that of a program that prints a Rich table from a Typer command
and does nothing else. All are medians of interleaved runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import jieba

import zzcli

RUNS = 15

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

TEMPLATES = (
    "{year}年，全市地区生产总值{n}.5亿元，比上年增长{m}.8%，居全省第{m}位。",
    "截至{year}年6月底，实有经营主体{n}.51万户，其中企业{m}.85万户；净增企业4852户。",
    "去年{m}月，全市新签约招商项目{n}个，总投资约{n}亿元，同比提高{m}.2个百分点。",
    "我们坚持稳中求进工作总基调，扎实推进高质量发展，各项事业取得新的成绩。",
    "智能船舶、航空动力、新型显示等{m}个优势产业集聚上下游企业{n}家，规模突破{n}亿元。",
)


def report(characters: int) -> str:
    """A work report of about that length, made of sentences of our own."""
    text = "云江市政府工作报告\n\n"
    count = 0
    while len(text) < characters:
        count += 1
        text += TEMPLATES[count % len(TEMPLATES)].format(year=2015 + count % 9, n=100 + count, m=2 + count % 8)
        text += "\n" if count % 4 == 0 else ""
    return text


def processor_time(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def wall_time(command: list[str]) -> float:
    before = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "COLUMNS": "100"})
    return time.perf_counter() - before


def read(text: str) -> None:
    document = zzcli.parse(text)
    for facts in (document.figures, document.timeline, document.industries):
        assert isinstance(facts, tuple)


def ratios(measures: dict[str, Callable[[], float]], floor: str) -> dict[str, float]:
    """The median time of each measure over that of the floor, runs interleaved."""
    times: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(RUNS):
        for name, measure in measures.items():
            times[name].append(measure())
    return {name: median(seconds) / median(times[floor]) for name, seconds in times.items() if name != floor}


def reading() -> dict[str, float]:
    result = {}
    for name, text in {
        "the bundled page": zzcli.read().text.source,
        "a report of 30,000 characters": report(30_000),
    }.items():
        list(jieba.cut(text))  # warm
        measures: dict[str, Callable[[], float]] = {
            f"read {name}": lambda text=text: processor_time(lambda: read(text)),  # type: ignore[misc]
            "jieba": lambda text=text: processor_time(lambda: list(jieba.cut(text))),  # type: ignore[misc]
        }
        result |= ratios(measures, "jieba")
    return result


def growing() -> dict[str, float]:
    """What twice the text costs, on ordinary text and on endless lines of one piece."""
    pieces = ["8", "工", " ", "（", "2024年", "一", "亿", "同比增长5%，", "汽车、", "钢铁产业产值5亿元，"]
    texts = {"a report": report, **{f"a line of {piece!r}": lambda n, p=piece: p * (n // len(p)) for piece in pieces}}
    result = {}
    for name, make in texts.items():
        short, long = make(40_000), make(80_000)
        halves, wholes = partial(read, short), partial(read, long)
        times = [(processor_time(halves), processor_time(wholes)) for _ in range(5)]
        result[f"read twice the text: {name}"] = min(b for _, b in times) / min(a for a, _ in times)
    return result


def starting(floor: Path) -> dict[str, float]:
    asked = {
        "zzcli": [],
        "zzcli industries": ["industries"],
        "zzcli timeline": ["timeline"],
        "zzcli figures": ["figures"],
        "zzcli search 产业": ["search", "产业"],
        "zzcli search 轨道交通产业": ["search", "轨道交通产业"],
        "zzcli figures --format json": ["figures", "--format", "json"],
    }
    commands = {name: [sys.executable, "-m", "zzcli", *arguments] for name, arguments in asked.items()}
    commands["floor"] = [sys.executable, str(floor), "one"]
    return ratios({name: lambda command=command: wall_time(command) for name, command in commands.items()}, "floor")  # type: ignore[misc]


def main() -> None:
    jieba.setLogLevel(60)
    with tempfile.TemporaryDirectory() as folder:
        jieba.dt.tmp_dir = folder  # its cache is not to be left in the shared folder
        floor = Path(folder) / "floor.py"
        floor.write_text(FLOOR)
        rows = [(what, ratio, "× jieba.cut") for what, ratio in reading().items()]
        rows += [(what, ratio, "× half the text") for what, ratio in growing().items()]
        rows += [(what, ratio, "× an empty program") for what, ratio in starting(floor).items()]
    for what, ratio, against in rows:
        print(f"{ratio:7.2f} {against:20} {what}")


if __name__ == "__main__":
    main()
