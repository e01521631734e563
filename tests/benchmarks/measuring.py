"""What is measured, and how: everything is a ratio against something that runs beside it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import NamedTuple

RUNS = 15


class Row(NamedTuple):
    """A line of the table; the target is met where the ratio is no larger, and None where there is none."""

    what: str
    ratio: float
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met."""
        return None if self.target is None else self.ratio <= self.target


def processor_time(work: Callable[[], object]) -> float:
    """Seconds that this process spends on some work."""
    before = time.process_time()
    work()
    return time.process_time() - before


def spent(command: list[str], environment: Mapping[str, str]) -> float:
    """Seconds of processor time that another process spends from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compared(measures: Mapping[str, Callable[[], float]], floor: str, runs: int = RUNS) -> dict[str, float]:
    """The median of each measure over that of the floor, runs interleaved; the first run of each is not counted."""
    times: dict[str, list[float]] = {name: [] for name in measures}
    for run in range(runs + 1):
        for name, measure in measures.items():
            seconds = measure()
            if run:
                times[name].append(seconds)
    return {name: median(seconds) / median(times[floor]) for name, seconds in times.items() if name != floor}


def environment(kept: str) -> dict[str, str]:
    """The environment of a start: what zzcli keeps goes to a folder, and Python keeps its bytecode."""
    chosen = {**os.environ, "COLUMNS": "100", "ZZCLI_CACHE": kept}
    chosen.pop("PYTHONDONTWRITEBYTECODE", None)
    return chosen


def python(*arguments: str) -> list[str]:
    """A command for this interpreter."""
    return [sys.executable, *arguments]
