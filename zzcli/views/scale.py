"""A scale of time on one line, piecewise: each year, or month, in which something begins or ends has room of its own.

A document tells of last year month by month, and of 1949 in passing. On an even scale last year would be one cell, so
years in which nothing begins or ends are left out where three or more follow one another, and what room is left goes to
the years that are told of in detail. Within a year the scale is even.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from zzcli.mentions.moments import Period, month_end

BREAK = 2  # cells of a stretch that is left out
_LABEL = 5  # cells of a year with the space behind it
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years that have one place where there is no room for each
_SKIPPED = 3  # places in a row that are left out
_SHORT = 4  # months; what goes beyond is set by years
_TICK = 3  # cells between two ticks: two digits and a space
_DETAILS = 8  # dates of a place that count for its room; a chronicle of one year leaves some to the others


class Place(Struct, frozen=True):
    """A stretch of the scale: its first and last day, its first cell and its width."""

    first: date
    last: date
    at: int
    width: int

    def cell(self, day: date) -> int:
        """The cell that a day of it falls on."""
        days = (self.last - self.first).days + 1
        return self.at + (day - self.first).days * self.width // days


class Scale(Struct, frozen=True):
    """A scale: its places in order, and the indices of those before which something is left out.

    ``labels`` are those of the places, ``ticks`` those within them, each with its cell.
    """

    places: tuple[Place, ...]
    breaks: tuple[int, ...]
    labels: tuple[tuple[int, str], ...]
    ticks: tuple[tuple[int, str], ...]
    width: int

    def cell(self, day: date) -> int:
        """The cell that a day falls on; what is left out falls on the place behind it."""
        place = next((place for place in self.places if day <= place.last), self.places[-1])
        return min(place.cell(min(max(day, place.first), place.last)), self.width - 1)


class _Unit(Struct, frozen=True):
    """What a place stands for: months, or so many years."""

    years: int = 0

    def key(self, day: date) -> int:
        return day.year // self.years if self.years else day.year * 12 + day.month - 1

    def days(self, key: int) -> tuple[date, date]:
        if self.years:
            return date(max(key * self.years, 1), 1, 1), date(min((key + 1) * self.years - 1, date.max.year), 12, 31)
        year, month = divmod(key, 12)
        return date(year, month + 1, 1), month_end(year, month + 1)

    def label(self, first: date) -> str:
        return str(first.year) if self.years else f"{first.year}-{first.month:02}"

    @property
    def least(self) -> int:
        return _LABEL if self.years else _LABEL + len("-01")

    def ticks(self, place: Place) -> Iterator[tuple[int, str]]:
        """The ticks within a place: months of a year, days of a month."""
        if self.years == 1:
            for step in (1, 3, 6):
                if place.width >= 12 // step * _TICK:
                    for month in range(1 + step, 13, step):
                        yield place.cell(date(place.first.year, month, 1)), str(month)
                    return
        elif not self.years:
            for step in (1, 5, 10):
                days = range(max(step, 2), place.last.day + 1, step)
                if place.width >= place.last.day // step * _TICK:
                    for day in days:
                        yield place.cell(place.first.replace(day=day)), str(day)
                    return


def scale(periods: Sequence[Period], width: int) -> Scale:
    """The scale on which the periods, one of whose ends is known, have their places."""
    ends = [day for period in periods for day in (period.first, period.last) if day is not None]
    unit, keys = _fitting(periods, ends, width)
    breaks = [index for index, (key, following) in enumerate(pairwise(keys), 1) if following - key > 1]
    details = Counter(unit.key(period.first or period.last or date.max) for period in periods if _in_part(period))
    room = width - BREAK * len(breaks)
    least = min(unit.least, room // len(keys))
    weights = [1 + min(details[key], _DETAILS) for key in keys]
    places: list[Place] = []
    at = done = 0
    spare = room - least * len(keys)
    for index, (key, weight) in enumerate(zip(keys, weights, strict=True)):
        at += BREAK if index in breaks else 0
        before = spare * done // sum(weights)
        done += weight
        wide = least + spare * done // sum(weights) - before
        places.append(Place(*unit.days(key), at, wide))
        at += wide
    labels = [(place.at, unit.label(place.first)) for place in places]
    # a year that is told of as a whole has no need of months
    ticks = [tick for key, place in zip(keys, places, strict=True) if details[key] for tick in unit.ticks(place)]
    return Scale(tuple(places), tuple(breaks), tuple(labels), tuple(ticks), width)


def _in_part(period: Period) -> bool:
    """Whether a period begins or ends within a year."""
    starts = period.first is not None and (period.first.month, period.first.day) != (1, 1)
    return starts or (period.last is not None and (period.last.month, period.last.day) != (12, 31))


def _fitting(periods: Sequence[Period], ends: Sequence[date], width: int) -> tuple[_Unit, list[int]]:
    """The finest unit whose places fit, and its places."""
    months = _Unit()
    near = months.key(max(ends)) - months.key(min(ends)) < _SHORT
    fine = any(period.granularity == "day" for period in periods)
    units: list[_Unit] = [*([months] if near and fine else []), *map(_Unit, _STEPS)]
    for unit in units:
        keys = _filled(sorted({unit.key(day) for day in ends}))
        left_out = sum(following - key > 1 for key, following in pairwise(keys))
        if unit.least * len(keys) + BREAK * left_out <= width:
            break
    return unit, keys


def _filled(keys: Sequence[int]) -> list[int]:
    """The keys with the few that are missing between two."""
    filled = [keys[0]]
    for key, following in pairwise(keys):
        filled += range(key + 1, following) if following - key <= _SKIPPED else []
        filled.append(following)
    return filled
