"""Answers as pictures in plain lines: bars of numbers, and a scale of time with what happened on it.

A chart shows how much and when at one look; where it has no room for words it clips them, for the table has them all.
Where a terminal cannot draw blocks and lines, plain characters stand for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from zzcli.language import say
from zzcli.views.records import line, lines
from zzcli.views.scale import scale
from zzcli.views.sheet import ANSWER, QUIET, Drawn, Folding, Ruled, clipped, plain
from zzcli.views.table import told_again
from zzcli.views.visible import one_line
from zzcli.views.written import readable, words

if TYPE_CHECKING:  # a view loads no more than it shows
    from zzcli.document import Document
    from zzcli.facts.events import Event
    from zzcli.facts.figures import Figure
    from zzcli.facts.industries import Industry

MISSING = "–"
_WIDEST = 160  # cells of a chart; a longer bar says no more
_LONG_BAR = 60
_SHORT_BAR = 10  # where there is no room for as much, a bar stands below its label
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_LEFT_EIGHTH = "▕"  # there are no other blocks from the right
_LINES = 10  # cells of the lines of an event
_LONG = 24  # rows after which a reader has lost the scale


class Bar(Struct, frozen=True):
    """A bar: how long it is, what stands before and behind it, and whether it is quiet (planned, not measured).

    ``shown`` is the number as the reader writes it; without a ``value`` there is no bar.
    """

    label: str
    value: Decimal | None
    shown: str = MISSING
    note: str = ""
    quiet: bool = False


def bars(rows: Sequence[Bar], width: int, blocks: bool) -> RenderableType:
    """Bars below one another, all of one scale that begins at zero; what is negative goes to the left of a line."""
    return Ruled(_bars(rows, min(width, _WIDEST), blocks))


def _bars(rows: Sequence[Bar], width: int, blocks: bool) -> Iterator[Text]:
    labels = [plain(row.label) for row in rows]
    numbers = [plain(row.shown, "" if row.quiet else ANSWER) for row in rows]
    notes = [plain(row.note, QUIET) for row in rows]
    number = max(map(_cells, numbers), default=0)
    note = max(map(_cells, notes), default=0)
    label = min(max(map(_cells, labels), default=0), width * 2 // 5)
    room = min(width - label - number - note - 4 - (2 if note else 0), _LONG_BAR)
    beside = room >= _SHORT_BAR
    if not beside:
        label, number = 0, min(number, width // 2)
        room = width - number - 2
    draw = _Ruler([row.value for row in rows if row.value is not None], room, blocks)
    for row, name, shown, remark in zip(rows, labels, numbers, notes, strict=True):
        bar = Text(draw.bar(row.value), QUIET if row.quiet or row.value is None else "")
        if beside:
            parts = [_padded(clipped(name, label, blocks), label), _flush(shown, number), bar]
        else:
            yield clipped(Text("  ").join([name, remark]) if remark.plain else name, width, blocks)
            parts = [_flush(clipped(shown, number, blocks), number), bar]
        if beside and remark.plain:
            parts[-1] = _padded(bar, room)
            parts.append(remark)
        yield Text("  ").join(parts)


class _Ruler:
    """What makes bars of numbers: the share of the room that is left of zero, and the cells of each."""

    def __init__(self, values: Sequence[Decimal], room: int, blocks: bool) -> None:
        self._blocks = blocks
        low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
        self._span = Fraction(high) - Fraction(low)
        self._left = 0
        if low < 0:
            room -= 1  # the line
            self._left = max(int(room * -Fraction(low) / self._span), 1)
        self._room = room
        self._negative = low < 0

    def bar(self, value: Decimal | None) -> str:
        """The bar of a number; one that is not zero can be seen."""
        if value is None:
            return ""
        eighths = int(abs(Fraction(value)) * 8 * self._room / self._span) if value else 0
        cells, rest = divmod(eighths, 8)
        if not self._negative:
            return self._right(value, cells, rest)
        axis = "│" if self._blocks else "|"
        if value >= 0:
            return " " * self._left + axis + self._right(value, cells, rest)
        full = min(cells + (rest >= 4), self._left) * ("█" if self._blocks else "#")
        return (full or (_LEFT_EIGHTH if self._blocks else ".")).rjust(self._left) + axis

    def _right(self, value: Decimal, cells: int, rest: int) -> str:
        if self._blocks:
            return "█" * cells + _EIGHTHS[rest] or (_EIGHTHS[1] if value else "")
        return "#" * (cells + (rest >= 4)) or ("." if value else "")


def figures(document: Document, shown: Sequence[Figure], indicator: str | None = None) -> RenderableType:
    """Figures over their periods, best those of one ``indicator``: levels and growths apart, by unit, area by area."""
    drawn = [figure for figure in shown if figure.measure != "rank"]
    named = list(dict.fromkeys(figure.indicator for figure in drawn))
    areas: dict[str | None, int] = {}
    groups: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in drawn:
        areas.setdefault(figure.area, len(areas))
        groups.setdefault((figure.measure, figure.unit), []).append(figure)
    views = []
    for (measure, unit), found in groups.items():
        found.sort(key=lambda figure: (areas[figure.area], *_when(figure)))
        rows = [_bar_of(document, figure, len(areas) > 1, len(named) > 1) for figure in found]
        views.append((f"{_measure(measure)} · {one_line(unit)}" if unit else _measure(measure), rows))
    caption = [say("figures: {count}", count=len(drawn))]
    if left_out := len(shown) - len(drawn):
        caption.append(say("ranks, not drawn: {count}", count=left_out))
    subject = indicator or (named[0] if len(named) == 1 else document.title)
    return _charts(say("Figures"), subject or "", document, views, caption)


def _bar_of(document: Document, figure: Figure, areas: bool, named: bool) -> Bar:
    code = figure.period.code if figure.period else None
    names = [figure.area] if areas else []
    names += [figure.indicator] if named else []
    label = " ".join([code or MISSING, *(name or "?" for name in names)])
    return Bar(
        label,
        figure.value,
        words(document.text.clean, figure),
        _notes(document, figure, figure.status),
        quiet=figure.status != "actual",
    )


def _notes(document: Document, figure: Figure | Industry, status: str) -> str:
    told = {"target": say("target"), "rule": say("rule")}.get(status)
    where = say("line {number}", number=line(document, figure))
    return f"{where} · {told}" if told else where


def _measure(measure: str) -> str:
    return {
        "level": say("level"),
        "growth": say("growth"),
        "difference": say("difference"),
        "contribution": say("contribution"),
    }[measure]


def _when(figure: Figure) -> tuple[date, date, int]:
    period = figure.period
    first, last = (period.first, period.last) if period else (None, None)
    return first or last or date.max, last or date.max, figure.start


def industries(document: Document, shown: Sequence[Industry]) -> RenderableType:
    """How large the industries are whose size the document tells, the largest first."""
    groups: dict[str | None, list[Industry]] = {}
    for industry in shown:
        if industry.scale is not None:
            groups.setdefault(industry.scale_unit, []).append(industry)
    views = []
    for unit, found in groups.items():
        found.sort(key=lambda industry: industry.scale or 0, reverse=True)
        rows = [
            Bar(
                industry.industry,
                industry.scale,
                readable(industry.scale or Decimal(0)) + (unit or ""),
                _notes(document, industry, "actual"),
            )
            for industry in found
        ]
        views.append(((unit or "") if len(groups) > 1 else "", rows))
    sized = sum(map(len, groups.values()))
    caption = [
        say("industries with a scale: {count}", count=sized),
        say("without: {count}", count=len(shown) - sized),
    ]
    return _charts(say("Industries"), document.title or "", document, views, caption)


def _charts(
    title: str, subject: str, document: Document, views: Iterable[tuple[str, Sequence[Bar]]], caption: Sequence[str]
) -> RenderableType:
    """Charts of bars, each below its own heading, between a title and a caption."""
    parts: list[RenderableType] = []
    for heading, rows in views:
        parts += [Text(), *([Folding.of(plain(heading, QUIET))] if heading else [])]
        parts.append(Drawn(lambda width, blocks, rows=rows: bars(rows, width, blocks)))  # type: ignore[misc]
    return _framed(title, subject, document, parts, caption)


def _framed(
    title: str, subject: str, document: Document, parts: Sequence[RenderableType], caption: Sequence[str]
) -> RenderableType:
    source = say("standard input") if document.source == "-" else document.source
    return Group(
        Folding.of(Text.assemble((f"{title}  ", "bold"), plain(subject))),
        *parts,
        Text(),
        Folding.of(plain(" · ".join([source, *caption]), QUIET)),
    )


def timeline(document: Document, shown: Sequence[Event]) -> RenderableType:
    """A scale of time with the events on it, in their order, each with its words and its line."""
    dated = [event for event in shown if event.period.first or event.period.last]
    parts: list[RenderableType] = []
    if dated:
        parts = [Text(), Drawn(lambda width, blocks: Ruled(_Timeline(document, dated, width, blocks).lines()))]
    caption = [say("dated statements: {count}", count=len(dated))]
    if undated := len(shown) - len(dated):
        caption.append(say("without a date: {count}", count=undated))
    return _framed(say("Timeline"), document.title or "", document, parts, caption)


class _Signs(Struct, frozen=True):
    """What a scale and what stands on it are drawn with."""

    rule: str = "─"
    edge: str = "├"
    place: str = "┼"
    tick: str = "┬"
    gap: str = "┄"
    end: str = "┤"
    grid: str = "┊"
    point: str = "●"
    on: str = "→"
    since: str = "←"


_PLAIN = _Signs(rule="-", edge="+", place="+", tick="|", gap=".", end="+", grid=".", point="*", on=">", since="<")


class _Timeline:
    """Events on a scale: the mark of each at its place, its words on that side where there is more room."""

    def __init__(self, document: Document, events: Sequence[Event], width: int, blocks: bool) -> None:
        self._events = [(told[0], ", ".join(map(str, lines(document, told)))) for told in told_again(events)]
        self._lines = min(max(cell_len(say("line")), *(len(number) for _, number in self._events)), _LINES)
        self._width = max(min(width, _WIDEST) - self._lines - 2, 1)
        self._signs = _Signs() if blocks else _PLAIN
        self._blocks = blocks
        self._scale = scale([event.period for event in events], self._width)
        grid = [" "] * self._width
        for place in self._scale.places[1:]:
            grid[min(place.at, self._width - 1)] = self._signs.grid
        self._grid = "".join(grid)

    def lines(self) -> Iterator[Text]:
        """The scale, the events, and where they are many the scale again."""
        above, rule = self._labels(), self._rule()
        yield self._row([(0, above)], say("line"), grid=False)
        yield rule
        for event, number in self._events:
            yield from self._event(event, number)
        if len(self._events) > _LONG:
            yield rule
            yield self._row([(0, above)], "", grid=False)

    def _labels(self) -> Text:
        """The labels of the ticks, as many as there is room for; those of places before those within one."""
        cells = [" "] * self._width
        for at, label in (*self._scale.labels, *self._scale.ticks):
            end = at + len(label)
            if end <= self._width and not "".join(cells[max(at - 1, 0) : end + 1]).strip():
                cells[at:end] = label
        return Text("".join(cells).rstrip(), QUIET)

    def _rule(self) -> Text:
        signs, scale = self._signs, self._scale
        cells = [signs.rule] * self._width
        for at, sign in [*((at, signs.tick) for at, _ in scale.ticks), *((at, signs.place) for at, _ in scale.labels)]:
            cells[min(at, self._width - 1)] = sign
        for index in scale.breaks:
            before, behind = scale.places[index - 1], scale.places[index]
            cells[before.at + before.width : behind.at] = signs.gap * (behind.at - before.at - before.width)
        cells[0], cells[-1] = signs.edge, signs.end
        return Text("".join(cells))

    def _event(self, event: Event, number: str) -> Iterator[Text]:
        start, mark = self._mark(event)
        end = start + len(mark)
        label = Text.assemble((_within_year(event), QUIET), plain(event.event))
        left, right = start - 1, self._width - end - 1
        drawn = (start, Text(mark, ANSWER))
        if max(left, right) < min(self._width * 2 // 5, _cells(label)):  # no room to say what it is
            yield self._row([drawn], number)
            words = clipped(label, self._width, self._blocks)
            yield self._row([(min(start, self._width - _cells(words)), words)], "")
        elif right >= left:
            yield self._row([drawn, (end + 1, clipped(label, right, self._blocks))], number)
        else:
            words = clipped(label, left, self._blocks)
            yield self._row([(left - _cells(words), words), drawn], number)

    def _mark(self, event: Event) -> tuple[int, str]:
        """What stands for a period, and its first cell: a range or, for a month or less, a point."""
        signs, period = self._signs, event.period
        start = self._scale.cell(period.first) if period.first else 0
        end = self._scale.cell(period.last) if period.last else self._width - 1
        if period.first and period.last and (period.granularity in _POINTS or end == start):
            return (start + end) // 2, signs.point
        opening = signs.edge if period.first else signs.since
        closing = signs.end if period.last else signs.on
        start = min(start, self._width - 2)
        return start, opening + signs.rule * max(end - start - 1, 0) + closing

    def _row(self, parts: Sequence[tuple[int, Text]], number: str, grid: bool = True) -> Text:
        """A line of texts at their cells, the grid between them, and a number at the end."""
        behind = self._grid if grid else " " * self._width
        row = Text()
        at = 0
        for start, text in parts:
            row.append(_off(behind[at:start], at > 0, True), QUIET).append_text(text)
            at = start + _cells(text)
        row.append(_off(behind[at:], at > 0, False), QUIET)
        return row.append("  ").append_text(
            _flush(clipped(Text(number, QUIET), self._lines, self._blocks), self._lines)
        )


_POINTS = ("day", "month", "week", "ten-days")


def _within_year(event: Event) -> str:
    """The period within its year, where the scale does not say as much: 05-20."""
    code = event.period.code or ""
    first = code[:5]
    if len(code) <= 4 or not first.endswith("-"):
        return ""
    return code.replace(first, "") + " "


def _off(stretch: str, left: bool, right: bool) -> str:
    """A stretch of the grid that keeps off the texts beside it."""
    if left and stretch:
        stretch = " " + stretch[1:]
    return stretch[:-1] + " " if right and stretch else stretch


def _cells(text: Text) -> int:
    return cell_len(text.plain)


def _padded(text: Text, width: int) -> Text:
    return text.copy().append(" " * (width - _cells(text)))


def _flush(text: Text, width: int) -> Text:
    return Text(" " * (width - _cells(text))).append_text(text)
