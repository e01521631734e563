"""One name for all names of a statistic."""

from __future__ import annotations


def matches(term: str, indicator: str | None) -> bool:
    """Whether an indicator is what a term asks for."""
    return indicator is not None and term in indicator
