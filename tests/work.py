"""How much work a function does, counted and not timed, so that a busy machine changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

LINEAR = 1.25  # twice the text may cost this much more than twice the steps, for what is done once in a while


def steps(work: Callable[[], object]) -> int:
    """The calls and returns of functions, Python's and C's, that ``work`` comes to."""
    count = 0

    def see(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_linearly(work: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether ``work(4 * size)`` takes about four times the steps of ``work(size)``, and not sixteen times.

    ``work`` makes what is to be measured for a size; what it does before is not counted.
    """
    work(size)()  # patterns and tables are made on first use
    return steps(work(4 * size)) <= 4 * LINEAR * steps(work(size)) + 500
