"""Figures of several documents side by side, and one statistic over all of them and over the years.

Both work on the records of figures (``views.records.FigureRecord``), never on documents: records come from other
processes as well. A statistic is known by its canonical name; what is shown are the words of the documents. Numbers are
exact: a unit is only exchanged for one that it is a whole number of (吨 for 斤), and nothing is a float.

Between two values stands a change only where it is sound to take one from the other. A wrong one would cost more than
one that is missing.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from zzcli.choosing import MEASURES
from zzcli.facts.canonical import canonical, matches, telling
from zzcli.facts.naming import head_of
from zzcli.lexicon import table
from zzcli.patterns import compiled

Record = Mapping[str, Any]

PERCENT, POINTS = "%", "个百分点"

LAST_YEAR = "上年同期"
_LAST_YEAR = frozenset({LAST_YEAR, "去年同期", "同期", "上年", "去年", "上一年", "前一年"})
_PRICES = ("real", "nominal")

# Flags of numbers that are not meant to the digit, or may be no such number at all.
_LOOSE = frozenset({"class", "multiplier", "truncated", "unit-missing", "unsettled", "vague", "year-like"})
_ABOUT = Decimal("0.1")  # 约, 左右: within a tenth
_EXACT = Context(prec=100)
_INFINITE = Decimal("Infinity")
_OPPOSITE = {">": "<", "≥": "≤", "<": ">", "≤": "≥"}

_NUMERAL = compiled(r"\d{1,40}(?:,\d{3}){0,12}(?:\.(?P<decimals>\d{1,40}))?", re.ASCII)
_DATED = compiled(r"(?P<year>\d{4})(?P<rest>-.{1,8})?", re.ASCII)


class Place(Struct, frozen=True):
    """Where a value is stated, as its record says it."""

    source: str
    line: int
    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None


class Stated(Struct, frozen=True):
    """A value and all the places that state it.

    Attributes:
        indicator: the name that its first place gives it.
        value, value_max: in ``unit``, which is that of the row or line it stands in.
        step: what the last digit that was written is worth.
        price: ``real`` or ``nominal``, where the words say at which prices a growth is.
        contradicted: whether another statement, of the same thing and time, cannot be true with this one.
    """

    indicator: str
    measure: str
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    step: Decimal
    relation: str
    basis: str | None
    price: str | None
    area: str | None
    period: str | None
    first: str | None
    last: str | None
    status: str
    flags: tuple[str, ...]
    places: tuple[Place, ...]
    contradicted: bool = False

    @property
    def bound(self) -> str:
        """The relation as arithmetic has it: 下降1%以上 is a growth of at most −1%."""
        turned = self.value < 0 and self.measure != "level"
        return _OPPOSITE.get(self.relation, self.relation) if turned else self.relation


class Change(Struct, frozen=True):
    """From the value ``against`` to the one in the cell that is the ``of``-th of those it holds."""

    value: Decimal
    unit: str
    of: int
    against: Stated


class Cell(Struct, frozen=True):
    """What one column has of a row: each distinct value once, that of the latest period first."""

    stated: tuple[Stated, ...] = ()
    change: Change | None = None


_NOTHING = Cell()


class Row(Struct, frozen=True):
    """One statistic in one unit.

    Attributes:
        area: None where it is each document's own.
        status: what all values are; None where columns are periods, and each value says it.
    """

    indicator: str
    measure: str
    unit: str | None
    basis: str | None
    price: str | None
    area: str | None
    status: str | None
    cells: tuple[Cell, ...]

    @property
    def in_columns(self) -> int:
        """How many columns have it."""
        return sum(1 for cell in self.cells if cell.stated)


class Comparison(Struct, frozen=True):
    """Statistics side by side.

    Attributes:
        by: whether the columns are documents or periods.
        columns: the sources in the order given, or the codes of the periods in order of time.
        documents: the sources in the order given.
        areas: the area of each document.
        rows: what several columns have, the most common first.
        only: what one column has, in order of appearance.
        left_out: figures without a name, and where columns are periods without a period.
    """

    by: Literal["document", "period"]
    columns: tuple[str, ...]
    documents: tuple[str, ...]
    areas: tuple[str | None, ...]
    rows: tuple[Row, ...]
    only: tuple[Row, ...]
    left_out: int


class Line(Struct, frozen=True):
    """The values of one statistic that can be drawn on one axis: of an area, a measure and a unit, in order of time."""

    indicator: str
    area: str | None
    measure: str
    unit: str | None
    points: tuple[Stated, ...]


class Series(Struct, frozen=True):
    """One statistic over documents and time; ``near`` are other names that hold what was asked, as they are written."""

    asked: str
    lines: tuple[Line, ...]
    near: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[Stated, ...]:
        """The values of all lines."""
        return tuple(point for line in self.lines for point in line.points)


def compare(
    records: Iterable[Record], by: Literal["document", "period"], own: Mapping[str, str | None] | None = None
) -> Comparison:
    """The figures of several documents, matched by canonical name, area, measure, unit, basis and status.

    Names that tell too little to know a statistic by (企业, 投入) are matched with none of another document.

    Args:
        records: figures, a document's together, documents in the order of their columns.
        by: ``document``: a column a source. What a document says of its own area is compared with what another says of
            its own, whichever these are; other areas are matched by name. ``period``: a column a period, over all
            documents; every area is matched by name, and a target stands in the row of what came of it.
        own: the area of each document by its source; it has the columns also of those that give no record.
    """
    own = own or {}
    rows: dict[tuple[bool, Hashable], list[Record]] = {}
    sources = dict.fromkeys(own)
    left_out = 0
    for record in records:
        source, name = record["source"], _name(record)
        sources.setdefault(source)
        if not name or (by == "period" and record["period"] is None):
            left_out += 1
            continue
        of_own = by == "document" and record["area"] == own.get(source)
        area = None if of_own else record["area"]
        status = record["status"] if by == "document" else None
        alone = None if telling(name) else source
        rows.setdefault((of_own, (*_kind(record), status, name, area, alone)), []).append(record)

    columns = tuple(sources) if by == "document" else _in_time(rows.values())
    before = _before(columns, by)
    made = [
        _row(_in_one_unit(found), columns, before, by, None if of_own else found[0]["area"])
        for (of_own, _), found in rows.items()
    ]
    several = sorted((row for row in made if row.in_columns > 1), key=lambda row: -row.in_columns)
    only = tuple(row for row in made if row.in_columns == 1)
    areas = tuple(map(own.get, sources))
    return Comparison(by, columns, tuple(sources), areas, tuple(several), only, left_out)


def series(records: Iterable[Record], indicator: str) -> Series:
    """All that is said of one statistic, by area, measure and unit, in order of time.

    Equal statements are one point with several places. Statements of the same area, period, basis and status that
    cannot both be true are all there, each marked as contradicted.
    """
    lines: dict[Hashable, list[Record]] = {}
    near: dict[str, str] = {}
    for record in records:
        measure, name = record["measure"], _name(record)
        if not name:
            continue
        if name == canonical(indicator, measure):
            unit = _family(record["unit"])[0]
            lines.setdefault((record["area"], measure, unit), []).append(record)
        elif matches(indicator, record["indicator"]):
            near.setdefault(name, record["indicator"])
    made = [_line(_in_one_unit(found)) for found in lines.values()]
    order = {area: place for place, area in enumerate(dict.fromkeys(line.area for line in made))}
    made.sort(key=lambda line: (order[line.area], MEASURES.index(line.measure), line.unit or ""))
    return Series(indicator, tuple(made), tuple(near.values()))


def agree(one: Stated, other: Stated) -> bool:
    """Whether two values can both be true: equal but for rounding, or within what 约, 超过 or a range allows.

    One of 1203.5 and 1203.45 is the other rounded; 1203.5 and 1203.4 are two values.
    """
    (low, high), (least, most) = _allowed(one), _allowed(other)
    apart = _EXACT.subtract(max(low, least), min(high, most))
    return apart <= max(_rounding(one), _rounding(other)) / 2


def _rounding(stated: Stated) -> Decimal:
    """How far a value may be rounded: a step where it is meant to the digit, and not at all where it gives a range."""
    return stated.step if stated.relation == "=" and stated.value_max is None else Decimal(0)


def _name(record: Record) -> str:
    return canonical(record["indicator"] or "", record["measure"])


def _kind(record: Record) -> tuple[Hashable, ...]:
    """What besides name, area and status two figures must share to be compared."""
    against = _against(record["measure"], record["basis"], record["period_start"], record["period_end"])
    return record["measure"], _family(record["unit"])[0], against, _price(record)


def _against(measure: str, basis: str | None, first: str | None, last: str | None) -> str | None:
    """What a number is against, by one name.

    A growth against nothing that is told is one on the year, unless its days are of several years.
    """
    of_years = first is not None and last is not None and first[:4] != last[:4]
    if basis in _LAST_YEAR or (basis is None and measure == "growth" and not of_years):
        return LAST_YEAR
    return basis


def _price(record: Record) -> str | None:
    return next((price for price in _PRICES if price in record["flags"]), None)


@cache
def _families() -> dict[str, tuple[str, int]]:
    """For each unit that has others like it the one that stands for all, and how many of that it is."""
    found: dict[str, tuple[str, int]] = {}
    for unit, others in table("indicators")["alike"].items():
        found |= {unit: (unit, 1), **{other: (unit, times) for other, times in others.items()}}
    return found


def _family(unit: str | None) -> tuple[str | None, int]:
    return _families().get(unit or "", (unit, 1))


def _in_one_unit(records: Sequence[Record]) -> list[Stated]:
    """Their values in the smallest unit they have, so that all come out even; of equal ones in the first."""
    unit = min((record["unit"] for record in records), key=lambda unit: _family(unit)[1])
    return [_stated(record, unit, _family(record["unit"])[1] // _family(unit)[1]) for record in records]


def _stated(record: Record, unit: str | None, times: int) -> Stated:
    value, most, written = Decimal(record["value"]), record["value_max"], record.get("written") or ""
    source, line, start, end = (record[key] for key in ("source", "line", "start", "end"))
    return Stated(
        indicator=record["indicator"],
        measure=record["measure"],
        value=_EXACT.multiply(value, Decimal(times)),
        value_max=None if most is None else _EXACT.multiply(Decimal(most), Decimal(times)),
        unit=unit,
        step=_step(value, written) * times,
        relation=record["relation"],
        basis=record["basis"],
        price=_price(record),
        area=record["area"],
        period=record["period"],
        first=record["period_start"],
        last=record["period_end"],
        status=record["status"],
        flags=tuple(record["flags"]),
        places=(Place(source, line, start, end, record.get("page"), record.get("paragraph")),),
    )


def _step(value: Decimal, written: str) -> Decimal:
    """What the last digit of a number is worth: of 1203.5亿元 a tenth of 亿; of words the last digit but zeros."""
    numeral = _NUMERAL.search(unicodedata.normalize("NFKC", written))
    number = Decimal(numeral[0].replace(",", "")) if numeral else Decimal(0)
    if numeral and number and value:
        return _EXACT.divide(abs(value), number).scaleb(-len(numeral["decimals"] or ""), _EXACT)
    exponent = value.normalize(_EXACT).as_tuple().exponent
    return Decimal(1).scaleb(exponent if value and isinstance(exponent, int) else 0, _EXACT)


def _merged(found: Iterable[Stated]) -> list[Stated]:
    """Each distinct value once, with all its places."""
    together: dict[Hashable, list[Stated]] = {}
    for each in found:
        number = each.value, each.value_max, each.relation
        together.setdefault((*number, *_said_of(each), each.area), []).append(each)
    return [
        replace(first, places=tuple(place for each in (first, *more) for place in each.places))
        for first, *more in together.values()
    ]


def _said_of(each: Stated) -> tuple[Hashable, ...]:
    """The time and the terms of a statement: where these are the same, numbers must agree."""
    return each.period, _against(each.measure, each.basis, each.first, each.last), each.price, each.status


def _row(found: Sequence[Stated], columns: Sequence[str], before: Mapping[str, str], by: str, area: str | None) -> Row:
    in_column: dict[str | None, list[Stated]] = defaultdict(list)
    for each in found:
        in_column[each.places[0].source if by == "document" else each.period].append(each)
    stated = {column: tuple(sorted(_merged(here), key=_latest_first)) for column, here in in_column.items()}

    def cell(column: str) -> Cell:
        here = stated[column]
        there = stated.get(before.get(column))
        return Cell(here, _change(here, there) if there else None)

    cells = [cell(column) if column in stated else _NOTHING for column in columns]
    first = found[0]
    basis = _against(first.measure, first.basis, first.first, first.last)
    status = first.status if by == "document" else None
    return Row(first.indicator, first.measure, first.unit, basis, first.price, area, status, tuple(cells))


def _before(columns: Sequence[str], by: str) -> dict[str, str]:
    """For each column the one that it is compared with: the one before; of periods, the one before that is like it."""
    if by == "document":
        return dict(zip(columns[1:], columns, strict=False))
    before, latest = {}, dict[str | None, str]()
    for column in columns:
        form = _form(column)
        if form in latest:
            before[column] = latest[form]
        latest[form] = column
    return before


def _latest_first(each: Stated) -> tuple[bool, list[int], list[int]]:
    """The order of a cell: the latest day first; of periods with one last day the shorter; what has none at the end."""
    last, first = each.last or each.first or "", each.first or ""
    return not last, [-ord(char) for char in last], [-ord(char) for char in first] or [0]


def _in_time(rows: Iterable[Sequence[Record]]) -> tuple[str, ...]:
    """The codes of all periods, by last day, then first."""
    days = {
        record["period"]: (record["period_end"] or "9999", record["period_start"] or "")
        for row in rows
        for record in row
    }
    return tuple(sorted(days, key=lambda code: (days[code], code)))


@lru_cache(maxsize=1024)
def _form(period: str | None) -> str | None:
    """What two periods share that are alike but for the year: 2023-S1 and 2024-S1; None where it has no end.

    >>> _form("2024-S1"), _form("2021/2025") == _form("2016/2020"), _form("2022/..")
    ('0-S1', True, None)
    """
    parts = [_DATED.fullmatch(part) for part in (period or "").split("/")]
    if not parts[-1]:
        return None
    year = int(parts[-1]["year"])
    return "/".join(f"{int(part['year']) - year}{part['rest'] or ''}" if part else ".." for part in parts)


def _change(here: Sequence[Stated], before: Sequence[Stated]) -> Change | None:
    """The change between two cells: of the latest values of periods that are alike, if it is sound.

    Sound are values that differ in one thing, the time or the area, where both are meant to the digit or as about so
    much, and nothing else in the cell gainsays them. A counted noun (企业3500家) does not say whether all are counted
    or the new ones, so there is no change of it: its name must end in that of a statistic.
    """
    latest, earlier = _by_form(here), _by_form(before)
    for form, alike in latest.items():
        now, then = _latest(alike), _latest(earlier.get(form, ()))
        if form is None or now is None or then is None:
            continue
        if now.status != then.status or (now.period != then.period and now.area != then.area):
            continue
        if changed := _difference(now, then):
            return Change(*changed, here.index(now), then)
    return None


def _by_form(stated: Iterable[Stated]) -> dict[str | None, list[Stated]]:
    alike = defaultdict(list)
    for each in stated:
        alike[_form(each.period)].append(each)
    return alike


def _latest(alike: Sequence[Stated]) -> Stated | None:
    """The one value of the latest period; None where there is none, or several that do not agree."""
    alike = [each for each in alike if each.period == alike[0].period]
    if not alike or any(_contradicted(alike)):
        return None
    return min(alike, key=lambda each: (each.relation != "=", each.step))


def _contradicted(stated: Sequence[Stated]) -> list[bool]:
    """Of each whether there is one that it does not agree with: none is held against every other."""
    ends = [(*_allowed(each), _EXACT.divide(_rounding(each), Decimal(2))) for each in stated]
    turned = [(high.copy_negate(), low.copy_negate(), half) for low, high, half in ends]
    return [below or above for below, above in zip(_outdone(ends), _outdone(turned), strict=True)]


def _outdone(ends: Sequence[tuple[Decimal, Decimal, Decimal]]) -> list[bool]:
    """Of each range, and how far it may be rounded, whether another lies wholly above it, however either is rounded."""
    highest = sorted(ends, reverse=True)
    lows = [low.copy_negate() for low, _, _ in highest]
    rounded = list(accumulate((_EXACT.subtract(low, half) for low, _, half in highest), max))
    above = (bisect_left(lows, _EXACT.add(high, half).copy_negate()) for _, high, half in ends)
    return [bool(count) and rounded[count - 1] > end[1] for count, end in zip(above, ends, strict=True)]


def _difference(now: Stated, then: Stated) -> tuple[Decimal, str] | None:
    for each in (now, then):
        if each.relation not in ("=", "~") or each.value_max is not None or not _LOOSE.isdisjoint(each.flags):
            return None
    if now.unit == PERCENT and now.measure in ("level", "growth"):
        return _EXACT.subtract(now.value, then.value), POINTS
    if now.measure == "level" and head_of(canonical(now.indicator)) and then.value > 0 and now.value >= 0:
        return _rounded(Fraction(now.value) / Fraction(then.value) * 100 - 100), PERCENT
    return None


def _rounded(share: Fraction) -> Decimal:
    """To one decimal, a half away from zero."""
    tenths = int(abs(share) * 10 + Fraction(1, 2))
    return Decimal(f"{'-' if share < 0 and tenths else ''}{tenths}E-1")


def _line(found: Sequence[Stated]) -> Line:
    points = sorted(_merged(found), key=lambda each: (each.last or each.first or "9999", each.first or ""))
    together = defaultdict(list)
    for point in points:
        if point.period is not None:
            together[_said_of(point)].append(point)

    marked = {
        id(point): contradicted
        for said in together.values()
        for point, contradicted in zip(said, _contradicted(said), strict=True)
    }
    told = tuple(replace(point, contradicted=marked.get(id(point), False)) for point in points)
    first = found[0]
    return Line(first.indicator, first.area, first.measure, first.unit, told)


def _allowed(stated: Stated) -> tuple[Decimal, Decimal]:
    """The least and the most that a statement allows."""
    low, high = sorted((stated.value, stated.value if stated.value_max is None else stated.value_max))
    if stated.bound in (">", "≥"):
        return low, _INFINITE
    if stated.bound in ("<", "≤"):
        return -_INFINITE, high
    if stated.bound == "~":
        return low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    return low, high
