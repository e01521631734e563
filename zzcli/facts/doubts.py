"""What was seen and is not sure: to be looked at before a table is signed.

A doubt is a value beside the facts, not an error: a number that became no figure, with the reason; a year that was
inferred; a date that nothing settles; text that breaks off; a number without a known unit or a name; a character that
was misread. Nothing is said twice, and a numeral that plainly states no amount (第三批, 5G, a list number) stands last,
in a kind of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zzcli.facts.dating import Dating
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure, LeftOut
from zzcli.reading.reflow import Block, Text
from zzcli.span import Span

_DIGITS = re.compile(r"[0-9０-９](?:[0-9０-９.,，．]{0,40}[0-9０-９])?")
_TAIL = 12  # characters that show where a text breaks off

# The kinds of doubt, in the order of their weight, and what each means.
KINDS = {
    "unit-missing": "a number whose unit the text does not give, or that the scan lost",
    "unit-inferred": "a sum without its 元; the words before it name money",
    "unnamed": "a number that nothing names",
    "misread": "a character that had to be read as another",
    "broken-off": "the text breaks off here; nothing is bridged",
    "undated": "a date that the text does not settle",
    "year-inferred": "dates whose year was inferred from the text",
    "left-out": "a number that became no figure",
    "no-amount": "numerals that name or order, and state no amount",
}
# The reasons that leave nothing to look at: what was left out for them is no amount.
NAMING = frozenset(
    {
        "tells an order, not an amount",
        "一 as an article",
        "stands in a title",
        "stands in a quoted name",
        "part of a name",
        "the first, but no place in a ranking",
    }
)
_CODE = "part of a code or a name, or a list number"
_PAGE = "a page number or a running head"
_NO_CELL = "in a table, but of no row and column that could be read"
_OF_FLAGS = {"unit-missing": "unit-missing", "unit-inferred": "unit-inferred", "ocr": "misread"}


@dataclass(frozen=True, slots=True)
class Doubt(Span):
    """A place of the clean text that should be looked at: its ``kind`` (a key of ``KINDS``) and what is the matter."""

    kind: str
    reason: str


def read_doubts(
    text: Text, dating: Dating, figures: Sequence[Figure], left_out: Sequence[LeftOut], events: Sequence[Event]
) -> tuple[Doubt, ...]:
    """All doubts of a document, those of more weight first, then in the order of the text."""
    found = [
        *_of_figures(figures),
        *_of_text(text, figures),
        *_of_dates(dating, events),
        *(Doubt(each.start, each.end, _kind(each.reason), each.reason) for each in left_out),
        *_of_codes(text, dating, figures, left_out),
    ]
    weight = list(KINDS)
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: (weight.index(doubt.kind), doubt.start)))


def _kind(reason: str) -> str:
    return "no-amount" if reason in NAMING else "left-out"


def _of_figures(figures: Sequence[Figure]) -> Iterator[Doubt]:
    for figure in figures:
        for flag in figure.flags:
            if kind := _OF_FLAGS.get(flag):
                yield Doubt(figure.start, figure.end, kind, KINDS[kind])
        if figure.indicator is None:
            yield Doubt(figure.start, figure.end, "unnamed", KINDS["unnamed"])


def _of_text(text: Text, figures: Sequence[Figure]) -> Iterator[Doubt]:
    # 实施节能改造项目380: that the unit is missing tells already that the text breaks off
    told = {figure.end for figure in figures if "unit-missing" in figure.flags}
    for block in text.blocks:
        if block.truncated and block.end not in told:
            yield Doubt(max(block.start, block.end - _TAIL), block.end, "broken-off", KINDS["broken-off"])


def _of_dates(dating: Dating, events: Sequence[Event]) -> Iterator[Doubt]:
    for event in events:
        if event.period.code is None:
            yield Doubt(event.start, event.end, "undated", KINDS["undated"])
    inferred = [period for period in dating.periods if "year-inferred" in period.flags]
    if inferred:
        first, dates = inferred[0], "1 date" if len(inferred) == 1 else f"{len(inferred)} dates"
        yield Doubt(first.start, first.end, "year-inferred", f"{dates}: {dating.reason}")


def _of_codes(text: Text, dating: Dating, figures: Sequence[Figure], left_out: Sequence[LeftOut]) -> Iterator[Doubt]:
    """Digits that no number, date or figure holds: codes, list numbers, parts of names, cells of a ragged table."""
    taken = sorted([*figures, *left_out, *dating.periods], key=lambda span: span.start)
    at = 0
    for digits in _DIGITS.finditer(text.clean):
        while at < len(taken) and taken[at].end <= digits.start():
            at += 1
        if at == len(taken) or taken[at].start >= digits.end():
            block = text.blocks[bisect_right(text.blocks, digits.start(), key=_start) - 1]
            kind, reason = _OF_BLOCKS.get(block.kind, ("no-amount", _CODE))
            yield Doubt(digits.start(), digits.end(), kind, reason)


def _start(block: Block) -> int:
    return block.start


_OF_BLOCKS = {"row": ("left-out", _NO_CELL), "furniture": ("no-amount", _PAGE)}
