"""The count of work tells what is linear from what is not, so that the tests that use it can fail."""

from __future__ import annotations

from functools import partial

from tests.work import grows_linearly, steps


def linear(size: int) -> list[int]:
    return [abs(number) for number in range(size)]


def quadratic(size: int) -> list[int]:
    return [abs(a) for a in range(size) for _ in range(size // 10)]


def test_the_same_work_is_the_same_count() -> None:
    assert steps(partial(linear, 100)) == steps(partial(linear, 100)) > 100


def test_what_is_linear_is_told_from_what_is_not() -> None:
    assert grows_linearly(lambda size: partial(linear, size), 500)
    assert not grows_linearly(lambda size: partial(quadratic, size), 500)
