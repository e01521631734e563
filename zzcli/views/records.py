"""Facts as flat records for programs: the same keys in every format.

``source, line, start, end`` open every record. ``line`` counts from 1; ``[start, end)`` counts Unicode code points of
the file as decoded, scan breaks included, while ``quote`` and ``written`` have them removed. Numbers are ``Decimal``,
dates are ISO 8601 strings, and what the text does not settle is ``None``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict, get_type_hints

from zzcli.span import Span
from zzcli.views.excerpts import excerpt

if TYPE_CHECKING:  # a view loads no more than it shows
    from zzcli.comparing import Comparison, Series, Stated
    from zzcli.document import Document
    from zzcli.facts.dating import Dated
    from zzcli.facts.doubts import Doubt
    from zzcli.facts.events import Event
    from zzcli.facts.figures import Figure
    from zzcli.facts.industries import Industry
    from zzcli.index import Outcome
    from zzcli.mentions.periods import Period
    from zzcli.reading.reflow import Block
    from zzcli.search import Hit

Record = Mapping[str, Any]

# Everything that ``flags`` may hold, and what it says.
FLAGS = {
    "approximate": "the ends of the period are not meant to the day: 75年来",
    "class": "a size, at least so much: 亿元级",
    "dateline": "the date stands alone over the text that it dates",
    "heading": "the statement is a heading",
    "list": "the unit stands at the end of a list: 27、47和18吨",
    "nominal": "a growth at current prices, where its words say so",
    "real": "a growth at constant prices, where its words say so",
    "multiplier": "万, 亿 or 千亿 stands for the number: 近亿元",
    "ocr": "a character had to be read as another: 第- as 第一",
    "quoted": "the number stands in quotation marks",
    "ratio": "a part of a ratio: 9.2∶40.3∶50.5",
    "rounded": "the value has more decimals than are kept: 三分之一",
    "truncated": "the text breaks off here",
    "unit-inferred": "the unit is not written; the words beside the number tell it",
    "unit-missing": "the text gives no unit, or the scan lost it",
    "unsettled": "nothing settles the date",
    "upto": "all that came to be until then: 截至6月底",
    "vague": "the value is the least it can be: 数百",
    "year-like": "a number without a unit that may be a year: 2024",
    "year-inferred": "the year is not written beside it but follows from the text",
}
# The keys under which a value is a day.
DATES = frozenset({"period_start", "period_end", "published"})
# What the granularity of a period may be; it is empty where the period is not settled.
GRANULARITIES = ("century", "decade", "year", "half", "quarter", "month", "ten-days", "week", "day", "range", "now")


class Place(TypedDict):
    """Where a fact was read; ``page`` in a file that has pages, ``paragraph`` in one whose paragraphs are counted."""

    source: str
    line: int
    start: int
    end: int
    page: int | None
    paragraph: int | None


class FigureRecord(Place):
    """A number that states something; ``start`` and ``end`` cut the number with its unit."""

    indicator: str | None
    measure: str
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    written: str
    relation: str
    basis: str | None
    area: str | None
    period: str | None
    period_start: str | None
    period_end: str | None
    status: str
    flags: list[str]
    quote: str


class EventRecord(Place):
    """A dated statement; ``start`` and ``end`` cut the time expression."""

    expression: str
    period: str | None
    period_start: str | None
    period_end: str | None
    granularity: str
    event: str
    flags: list[str]
    quote: str


class MilestoneRecord(TypedDict):
    """What an industry reached, and when."""

    period: str | None
    event: str


class IndustryRecord(Place):
    """An industry the document names; ``start`` and ``end`` cut its first mention."""

    industry: str
    tier: str | None
    status: list[str]
    scale: Decimal | None
    scale_unit: str | None
    enterprises: Decimal | None
    milestones: list[MilestoneRecord]
    lines: list[int]
    quote: str
    code: str | None
    classification: str | None


class DoubtRecord(Place):
    """A place to be looked at; ``start`` and ``end`` cut what is doubtful."""

    kind: str
    written: str
    reason: str
    quote: str


class BlockRecord(Place):
    """A stretch of the reflowed text that belongs together: a paragraph, a heading, a row; ``level`` is a heading's."""

    kind: str
    level: int
    text: str
    truncated: bool


class HitRecord(Place):
    """A passage that a search found; ``highlights`` are ``[start, end)`` in the file."""

    score: float
    quote: str
    highlights: list[list[int]]


class AlsoRecord(TypedDict):
    """A further place that states the same."""

    source: str
    line: int
    start: int
    end: int


class ComparedRecord(Place):
    """A value in a cell of a comparison, with its change from the column before; its first place, and the others."""

    indicator: str
    measure: str
    area: str | None
    unit: str | None
    status: str
    basis: str | None
    column: str
    value: Decimal
    value_max: Decimal | None
    relation: str
    period: str | None
    flags: list[str]
    change: Decimal | None
    change_unit: str | None
    in_columns: int
    also: list[AlsoRecord]


class SeriesRecord(Place):
    """A point of a series; ``flags`` may also hold ``contradicted``."""

    indicator: str
    area: str | None
    measure: str
    unit: str | None
    period: str | None
    period_start: str | None
    period_end: str | None
    value: Decimal
    value_max: Decimal | None
    relation: str
    basis: str | None
    status: str
    flags: list[str]
    also: list[AlsoRecord]


class DocumentRecord(TypedDict):
    """A document that a search found."""

    source: str


class IndexRecord(TypedDict):
    """What became of an index; sizes are bytes, ``ratio`` is that of the index to the text."""

    index: str
    read: int
    unchanged: int
    removed: int
    unreadable: int
    size: int
    ratio: Decimal


class OverviewRecord(TypedDict):
    """A document in one line: what it is about and how much was read from it."""

    source: str
    encoding: str | None
    title: str | None
    area: str | None
    published: str | None
    published_by: str
    figures: int
    timeline: int
    industries: int
    format: str
    pages: int | None
    notes: list[str]


def keys(kind: str, explain: bool = False) -> tuple[str, ...]:
    """The keys of a record of that kind, in their order; with ``explain`` the last one is ``rules``."""
    return (*_SHAPES[kind].__annotations__, *(("rules",) if explain else ()))


def types(kind: str) -> dict[str, Any]:
    """The types of the values under the keys of a record of that kind, and under ``rules``."""
    return {**get_type_hints(_SHAPES[kind]), "rules": list[str]}


@cache
def numeric(key: str) -> bool:
    """Whether a number is what records have under a key.

    >>> numeric("value"), numeric("lines"), numeric("quote")
    (True, False, False)
    """
    numbers = (int, float, Decimal, int | None, Decimal | None)
    return any(types(kind).get(key) in numbers for kind in _SHAPES)


def records(document: Document, kind: str, facts: Iterable[Any] | None = None, explain: bool = False) -> list[Record]:
    """The records of ``document`` of one kind: figures, timeline, industries, doubts or overview.

    ``facts`` are those of the document that are wanted; all of them if left out. With ``explain`` each record has the
    names of the rules that made it, in order, under ``rules``.
    """
    wanted = facts_of(document, kind) if facts is None else facts
    if explain:
        return [{**_MAKERS[kind](document, fact), "rules": list(fact.rules)} for fact in wanted]
    return [_MAKERS[kind](document, fact) for fact in wanted]


def facts_of(document: Document, kind: str) -> tuple[Any, ...]:
    """What of a document there are records of; of its overview that is itself."""
    if kind == "overview":
        return (document,)
    found: tuple[Any, ...] = document.text.blocks if kind == "text" else getattr(document, kind)
    return found


def figure_record(document: Document, figure: Figure) -> FigureRecord:
    """The record of one figure."""
    code, first, last = _days(figure.period)
    return {
        **_place(document, figure),
        "indicator": figure.indicator,
        "measure": figure.measure,
        "value": figure.value,
        "value_max": figure.value_max,
        "unit": figure.unit,
        "written": figure.written,
        "relation": figure.relation,
        "basis": figure.basis,
        "area": figure.area,
        "period": code,
        "period_start": first,
        "period_end": last,
        "status": figure.status,
        "flags": list(figure.flags),
        "quote": _quoted(document, _bounded(document, figure.statement, figure)),
    }


def event_record(document: Document, event: Event) -> EventRecord:
    """The record of one dated statement."""
    code, first, last = _days(event.period)
    return {
        **_place(document, event),
        "expression": event.expression,
        "period": code,
        "period_start": first,
        "period_end": last,
        "granularity": event.period.granularity,
        "event": event.event,
        "flags": list(event.flags),
        "quote": _quoted(document, event.statement),
    }


def industry_record(document: Document, industry: Industry) -> IndustryRecord:
    """The record of one industry."""
    return {
        **_place(document, industry),
        "industry": industry.industry,
        "tier": industry.tier,
        "status": list(industry.status),
        "scale": industry.scale,
        "scale_unit": industry.scale_unit,
        "enterprises": industry.enterprises,
        "milestones": [{"period": reached.period_code, "event": reached.event} for reached in industry.milestones],
        "lines": lines(document, industry.mentions),
        "quote": _quoted(document, industry.statement),
        "code": industry.code,
        "classification": industry.classification,
    }


def doubt_record(document: Document, doubt: Doubt) -> DoubtRecord:
    """The record of one doubt."""
    return {
        **_place(document, doubt),
        "kind": doubt.kind,
        "written": _quoted(document, doubt),
        "reason": doubt.reason,
        "quote": _quoted(document, surroundings(document, doubt)),
    }


def block_record(document: Document, block: Block) -> BlockRecord:
    """The record of one block of the reflowed text."""
    return {
        **_place(document, block),
        "kind": block.kind,
        "level": block.level,
        "text": _quoted(document, block),
        "truncated": block.truncated,
    }


def surroundings(document: Document, span: Span) -> Span:
    """The sentence that a span of the clean text stands in, or what of a long one is near it."""
    sentences = document.text.sentences
    at = max(bisect_right(sentences, span.start, key=lambda sentence: sentence.start) - 1, 0)
    sentence = sentences[at] if sentences else span
    return Span(max(sentence.start, span.start - _NEAR), min(max(sentence.end, span.end), span.end + _NEAR))


def _bounded(document: Document, statement: Span, place: Span) -> Span:
    """A statement, or of one longer than any clause is, what stands around a place in it.

    A list without an end has as many numbers as it is long: with all of it beside each, records would grow as its
    square.
    """
    if statement.end - statement.start <= _LONGEST_QUOTE:
        return statement
    near = excerpt(document.text, place, _LONGEST_QUOTE)
    start, end = max(near.start, statement.start), min(near.end, statement.end)
    return Span(max(start, place.start - _LONGEST_QUOTE // 2), min(end, place.end + _LONGEST_QUOTE // 2))


def hit_record(hit: Hit) -> HitRecord:
    """The record of one passage that a search found."""
    origins = [hit.document.text.origin(span) for span in hit.highlights]
    return {
        **_place(hit.document, hit.passage),
        "score": hit.score,
        "quote": _quoted(hit.document, hit.passage),
        "highlights": [[origin.start, origin.end] for origin in origins],
    }


def index_record(path: str, outcome: Outcome) -> IndexRecord:
    """The record of an index that was brought up to date."""
    return {
        "index": path,
        "read": outcome.read,
        "unchanged": outcome.unchanged,
        "removed": outcome.removed,
        "unreadable": len(outcome.unreadable),
        "size": outcome.size,
        "ratio": Decimal(outcome.size * 100 // max(outcome.text, 1)) / 100,
    }


def compared_records(comparison: Comparison) -> Iterator[ComparedRecord]:
    """The records of a comparison: row by row, column by column, the latest value of a cell first."""
    for row in (*comparison.rows, *comparison.only):
        for column, cell in zip(comparison.columns, row.cells, strict=True):
            for at, stated in enumerate(cell.stated):
                change = cell.change if cell.change and cell.change.of == at else None
                yield {
                    **_first_place(stated),
                    "indicator": stated.indicator,
                    "measure": stated.measure,
                    "area": stated.area,
                    "unit": stated.unit,
                    "status": stated.status,
                    "basis": stated.basis,
                    "column": column,
                    "value": stated.value,
                    "value_max": stated.value_max,
                    "relation": stated.relation,
                    "period": stated.period,
                    "flags": list(stated.flags),
                    "change": change.value if change else None,
                    "change_unit": change.unit if change else None,
                    "in_columns": row.in_columns,
                    "also": _also(stated),
                }


def series_records(series: Series) -> Iterator[SeriesRecord]:
    """The records of a series, line by line, in order of time."""
    for point in series.points:
        yield {
            **_first_place(point),
            "indicator": point.indicator,
            "area": point.area,
            "measure": point.measure,
            "unit": point.unit,
            "period": point.period,
            "period_start": point.first,
            "period_end": point.last,
            "value": point.value,
            "value_max": point.value_max,
            "relation": point.relation,
            "basis": point.basis,
            "status": point.status,
            "flags": [*point.flags, *(["contradicted"] if point.contradicted else [])],
            "also": _also(point),
        }


def _first_place(stated: Stated) -> Place:
    place = stated.places[0]
    return {
        "source": place.source,
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "page": place.page,
        "paragraph": place.paragraph,
    }


def _also(stated: Stated) -> list[AlsoRecord]:
    return [
        {"source": place.source, "line": place.line, "start": place.start, "end": place.end}
        for place in stated.places[1:]
    ]


def overview_record(document: Document) -> OverviewRecord:
    """The record of the document as a whole."""
    return {
        "source": document.source,
        "encoding": document.encoding,
        "title": document.title,
        "area": document.area,
        "published": _day(document.dating.published),
        "published_by": document.dating.origin,
        "figures": len(document.figures),
        "timeline": len(document.timeline),
        "industries": len(document.industries),
        "format": document.file.format,
        "pages": len(document.file.pages) or None,
        "notes": list(document.file.notes),
    }


def lines(document: Document, spans: Sequence[Span]) -> list[int]:
    """The lines of the file on which the spans of the clean text begin, each once, in order."""
    return sorted({line(document, span) for span in spans})


def line(document: Document, span: Span) -> int:
    """The line of the file on which a span of the clean text begins, counted from 1."""
    return document.text.line(document.text.origin(span).start)


def _place(document: Document, span: Span) -> Place:
    origin = document.text.origin(span)
    return {
        "source": document.source,
        "line": document.text.line(origin.start),
        "start": origin.start,
        "end": origin.end,
        "page": document.file.page(origin.start),
        "paragraph": document.file.paragraph(origin.start),
    }


def _quoted(document: Document, span: Span) -> str:
    """The words of a span on one line: what stood on several in the document, as a table's row may, stays apart."""
    return document.text.quoted(span).replace("\n", " ")


def _days(period: Period | Dated | None) -> tuple[str | None, str | None, str | None]:
    if period is None:
        return None, None, None
    return period.code, _day(period.first), _day(period.last)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


_LONGEST_QUOTE = 160  # characters
_NEAR = 40  # characters on either side of a doubt that are quoted

_MAKERS: dict[str, Callable[[Document, Any], Record]] = {
    "figures": figure_record,
    "timeline": event_record,
    "industries": industry_record,
    "doubts": doubt_record,
    "overview": lambda document, _: overview_record(document),
    "text": block_record,
}
KINDS = tuple(_MAKERS)
"""What a document has records of."""

_SHAPES: dict[str, Any] = {
    "figures": FigureRecord,
    "timeline": EventRecord,
    "industries": IndustryRecord,
    "doubts": DoubtRecord,
    "text": BlockRecord,
    "search": HitRecord,
    "overview": OverviewRecord,
    "compare": ComparedRecord,
    "series": SeriesRecord,
    "documents": DocumentRecord,
    "index": IndexRecord,
}
