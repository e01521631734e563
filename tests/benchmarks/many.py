"""Many documents: what a second worker saves, and what more documents cost in memory.

Ratios of whole runs of ``zzcli figures FOLDER`` on documents of 13 KB, no two of them alike.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.corpus import report
from tests.benchmarks.measuring import Row, environment, python

DOCUMENTS = 2000
CHARACTERS = 4600  # 13 KB in UTF-8
RUNS = 2

# Prints the most memory that the process that asks has held, as Linux tells it: of its workers nothing is counted.
MEASURED = """
import re, sys
from zzcli import __main__
__main__.main()
print(re.search("VmHWM:\\\\s*(\\\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""


def many() -> Iterator[Row]:
    """Two workers against one by the clock, the least of some runs; memory for all against a quarter of them."""
    with tempfile.TemporaryDirectory() as folder:
        around = environment(folder)
        every, few = Path(folder) / "every", Path(folder) / "few"
        for place in (every, few):
            place.mkdir()
        for number in range(DOCUMENTS):
            text = report(CHARACTERS, number)
            for place in (every, few) if number < DOCUMENTS // 4 else (every,):
                (place / f"{number:04}.txt").write_text(text, encoding="utf-8")

        def seconds(workers: int) -> float:
            before = time.perf_counter()
            asked = python("-m", "zzcli", "figures", str(every), "--format", "ndjson", "--workers", str(workers))
            subprocess.run(asked, stdout=subprocess.DEVNULL, check=True, env=around)
            return time.perf_counter() - before

        def most(read: Path) -> int:
            asked = python("-c", MEASURED, "figures", str(read), "--format", "ndjson")
            run = subprocess.run(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, env=around)
            return int(run.stderr)

        times = [(seconds(1), seconds(2)) for _ in range(RUNS)]
        ratio = min(two for _, two in times) / min(one for one, _ in times)
        yield Row(f"{DOCUMENTS} documents of 13 KB: two workers / one", ratio, 0.75)
        yield Row(f"memory for {DOCUMENTS} documents / a quarter of them", most(every) / most(few), 1.2)
