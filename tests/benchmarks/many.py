"""Many documents: ``python -m tests.benchmarks.many``.

What a second worker saves, and what more documents cost in memory, as ratios of whole runs of ``zzcli figures FOLDER``
on documents of 13 KB made of sentences of our own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.__main__ import report

DOCUMENTS = 2000
BYTES = 13 * 1024

# Prints the most memory that the process that asks has held: of its workers nothing is counted.
MEASURED = """
import resource, sys
from zzcli import __main__
__main__.main()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


@contextmanager
def folder(documents: int) -> Iterator[Path]:
    """A folder of so many documents, no two of them alike."""
    text = report(BYTES)
    while len(text.encode()) > BYTES:
        text = text[: -max(1, (len(text.encode()) - BYTES) // 3)]
    with tempfile.TemporaryDirectory() as made:
        for number in range(documents):
            numbered = text.replace("政府工作报告", f"第{number:04}号报告", 1)
            (Path(made) / f"{number:04}.txt").write_text(numbered, encoding="utf-8")
        yield Path(made)


def wall_time(read: Path, workers: int) -> float:
    """How long it takes so many workers to read all documents of a folder."""
    command = [sys.executable, "-m", "zzcli", "figures", str(read), "--format", "ndjson", "--workers", str(workers)]
    before = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - before


def two_workers(documents: int = DOCUMENTS, runs: int = 1) -> dict[str, float]:
    """The time of two workers over that of one: of interleaved runs the least, for another process only ever adds."""
    with folder(documents) as read:
        times = [(wall_time(read, 1), wall_time(read, 2)) for _ in range(runs)]
    return {f"two workers, {documents} documents": min(two for _, two in times) / min(one for one, _ in times)}


def flat_memory(documents: int = DOCUMENTS) -> dict[str, float]:
    """The most memory that is held for all documents over that for a quarter of them, by the process that asks."""

    def most(read: Path) -> int:
        command = [sys.executable, "-c", MEASURED, "figures", str(read), "--format", "ndjson"]
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
        return int(run.stderr)

    with folder(documents) as many, folder(documents // 4) as few:
        return {f"memory for {documents} documents": most(many) / most(few)}


if __name__ == "__main__":
    for what, ratio in (two_workers() | flat_memory()).items():
        print(f"{ratio:7.2f} {what}")
