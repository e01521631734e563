"""How fast zzcli is, as ratios against something that runs beside it: ``python -m tests.benchmarks [--json FILE]``.

A few minutes. Times are processor time, so that what else the machine does counts little, but where processes run side
by side; medians of interleaved runs, or the one run of what takes long. No part of the tests passes or fails by it.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.finding import finding
from tests.benchmarks.many import many
from tests.benchmarks.measuring import Row
from tests.benchmarks.reading import growing, loading, memory, reading
from tests.benchmarks.segmenting import segmenting
from tests.benchmarks.starting import starting

GROUPS = {
    "starting": starting,
    "segmenting": segmenting,
    "reading": reading,
    "loading": loading,
    "growing": growing,
    "memory": memory,
    "many": many,
    "finding": finding,
}


def main() -> None:
    """Measure all groups, or those that are named."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    asked.add_argument("groups", nargs="*", metavar="GROUP", help=f"what to measure: {', '.join(GROUPS)}; or all")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the table as JSON as well")
    chosen = asked.parse_args()
    if unknown := [group for group in chosen.groups if group not in GROUPS]:
        asked.error(f"{unknown[0]}: no such group; there are {', '.join(GROUPS)}")
    console = Console()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as kept:
        os.environ["ZZCLI_CACHE"] = kept  # the user's own is left alone
        for group in chosen.groups or GROUPS:
            with console.status(group):
                rows += GROUPS[group]()
    table = Table("what", "ratio", "target", "", box=None)
    for row in rows:
        target = "" if row.target is None else f"{row.target:.2f}"
        table.add_row(row.what, f"{row.ratio:.2f}", target, {True: "met", False: "not met", None: ""}[row.met])
    console.print(table)
    if chosen.json:
        told = [{**row._asdict(), "met": row.met} for row in rows]
        chosen.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
