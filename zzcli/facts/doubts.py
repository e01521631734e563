"""What was seen and is not sure: to be looked at before a table is signed.

A doubt is a value beside the facts, not an error: a number that became no figure, with the reason; a year that was
inferred; a date that nothing settles; text that breaks off; a number without a known unit or a name; a character that
was misread. Behind these stands what a figure has from elsewhere: a name or a period that was carried to it, and the
basis that the convention supplies. Nothing is said twice, and a numeral that plainly states no amount (第三批, 5G, a
list number) stands last, in a kind of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from zzcli.facts.dating import Dating
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure, LeftOut
from zzcli.facts.measures import LAST_YEAR
from zzcli.facts.tracing import CARRYING, name_of
from zzcli.language import english
from zzcli.patterns import compiled
from zzcli.reading.reflow import Block, Text
from zzcli.span import Span

_DIGITS = compiled(r"[0-9０-９](?:[0-9０-９.,，．]{0,40}[0-9０-９])?")
_YEAR = compiled(r"(?:19|20)\d\d")
_TAIL = 24  # characters that show where a text breaks off
_SAYS = 4  # fewer say nothing
_MARKS = compiled(r"[\s，,；;。：:、！!？?）)\]】》」』”’…·]++[“‘「『\"]*")
# the word behind a number, where a unit would stand
_WORD_BEHIND = compiled(r"\s?(?:[A-Za-z]|(?![的和与及等至到或])[\u4e00-\u9fff])")
_ON_THE_YEAR = compiled(r"同比|同期|上年|去年|前年|年均|(?<!占)比|较")
_LEAD = 40  # characters before a growth in which its basis stands

# The kinds of doubt, in the order of their weight, and what each means.
KINDS = {
    "unit-missing": "a number whose unit the text does not give, or that the scan lost",
    "unit-unknown": "a number before a word that is no unit zzcli knows",
    "unit-inferred": "a number whose unit is not written; the words beside it tell it",
    "unnamed": "a number that nothing names",
    "misread": "a character that had to be read as another",
    "broken-off": "the text breaks off here; nothing is bridged",
    "undated": "a date that the text does not settle",
    "year-inferred": "dates whose year was inferred from the text",
    "left-out": "a number that became no figure",
    "carried-name": "a number named by a sentence before its own",
    "carried-period": "a number dated by a sentence before its own, a heading or a title",
    "supplied-basis": "a growth on the year by convention, for the text names no basis",
    "no-amount": "numerals that name or order, and state no amount",
}
# The reasons that leave nothing to look at: what was left out for them is no amount.
NAMING = frozenset(
    {
        "tells an order, not an amount",
        "how often the page was read",
        "一 as an article",
        "stands in a title",
        "stands in a quoted name",
        "part of a name",
        "the first, but no place in a ranking",
    }
)
# The kinds of what a figure has from elsewhere: mostly right, and many.
CARRIED = frozenset({"carried-name", "carried-period", "supplied-basis"})
_NO_UNIT = "no unit, and no index that needs none"
_CODE = "part of a code or a name, or a list number"
_PAGE = "a page number or a running head"
_NO_CELL = "in a table, but of no row and column that could be read"
_OF_FLAGS = {"unit-missing": "unit-missing", "unit-inferred": "unit-inferred", "ocr": "misread"}


class Doubt(Span, frozen=True):
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
        *_of_left_out(text, left_out),
        *_of_carried(text, figures),
        *_of_codes(text, dating, figures, left_out),
    ]
    weight = list(KINDS)
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: (weight.index(doubt.kind), doubt.start)))


def supplied_basis(text: Text, figure: Figure) -> bool:
    """Whether a growth is on the year by the convention of official statistics alone: no word beside it says so."""
    if figure.measure != "growth" or figure.basis != LAST_YEAR or figure.rules[:1] == ("table",):
        return False
    start = max(figure.sentence.start, figure.start - _LEAD)
    return _ON_THE_YEAR.search(text.clean, start, figure.start) is None


def _of_left_out(text: Text, left_out: Sequence[LeftOut]) -> Iterator[Doubt]:
    for each in left_out:
        behind = _WORD_BEHIND.match(text.clean, each.end) if each.reason == _NO_UNIT else None
        if behind and each.start > _block(text, each.start).start:  # 3.1 总体情况 is a heading with its number
            yield Doubt(each.start, each.end, "unit-unknown", KINDS["unit-unknown"])
        else:
            yield Doubt(each.start, each.end, "no-amount" if each.reason in NAMING else "left-out", each.reason)


def _of_carried(text: Text, figures: Sequence[Figure]) -> Iterator[Doubt]:
    """What figures have from elsewhere; the reason says from which words, on which line."""
    for figure in figures:
        if figure.indicator and not CARRYING.isdisjoint(figure.rules):
            away = [words for words in name_of(text, figure) if words.end <= figure.sentence.start]
            if away:
                yield Doubt(figure.start, figure.end, "carried-name", _told(text, away[0]))
        if figure.period is not None and not _FROM_ELSEWHERE.isdisjoint(figure.rules):
            yield Doubt(figure.start, figure.end, "carried-period", _told(text, figure.period))
        if supplied_basis(text, figure):
            yield Doubt(figure.start, figure.end, "supplied-basis", KINDS["supplied-basis"])


_FROM_ELSEWHERE = frozenset({"carried-period", "section-period"})


def _told(text: Text, words: Span) -> str:
    return english("“{words}”, line {line}", words=words.of(text.clean), line=text.line(text.origin(words).start))


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
            start = max(block.start, block.end - _TAIL)
            marks = list(_MARKS.finditer(text.clean, start, block.end - 1))
            start = next((mark.end() for mark in reversed(marks) if block.end - mark.end() >= _SAYS), start)
            yield Doubt(start, block.end, "broken-off", KINDS["broken-off"])


def _of_dates(dating: Dating, events: Sequence[Event]) -> Iterator[Doubt]:
    for event in events:
        if event.period.code is None:
            yield Doubt(event.start, event.end, "undated", KINDS["undated"])
    inferred = [period for period in dating.periods if "year-inferred" in period.flags]
    if inferred:
        first, dates = inferred[0], len(inferred)
        if dates == 1:
            reason = english("1 date: {reason}", reason=dating.reason)
        else:
            reason = english("{count} dates: {reason}", count=dates, reason=dating.reason)
        yield Doubt(first.start, first.end, "year-inferred", reason)


def _of_codes(text: Text, dating: Dating, figures: Sequence[Figure], left_out: Sequence[LeftOut]) -> Iterator[Doubt]:
    """Digits that no number, date or figure holds: codes, list numbers, parts of names, cells of a ragged table."""
    taken = sorted([*figures, *left_out, *dating.periods], key=lambda span: span.start)
    at = 0
    for digits in _DIGITS.finditer(text.clean):
        while at < len(taken) and taken[at].end <= digits.start():
            at += 1
        if at == len(taken) or taken[at].start >= digits.end():
            block = _block(text, digits.start())
            kind, reason = _OF_BLOCKS.get(block.kind, ("no-amount", _CODE))
            serial = digits.start() == block.start and text.clean[digits.end() : digits.end() + 1].isspace()
            if block.kind == "row" and (serial or _YEAR.fullmatch(digits.group())):
                kind, reason = "no-amount", _CODE  # the number of a row, the year of a column
            yield Doubt(digits.start(), digits.end(), kind, reason)


def _block(text: Text, place: int) -> Block:
    return text.blocks[bisect_right(text.blocks, place, key=lambda block: block.start) - 1]


_OF_BLOCKS = {"row": ("left-out", _NO_CELL), "furniture": ("no-amount", _PAGE)}
