"""Time expression → period: 去年10月, 2021—2023年, 今年1至7月, “十四五”期间, 截至6月底, 近三年.

Two steps. ``scan`` finds what is written, in one pass and without knowing when the text was written: a list of
``TimeMention``, each with a ``Meaning``. ``settle`` turns a meaning into days, given a ``Context``: the day of
publication, the year the document is about, the nearest period before it.

A point of time (今年上半年) is read by the first rule of ``RULES`` that matches at its place. What stands around a
point is grammar, the same for every rule: a second point (从…到…), an open end (以来, 起, 以前, 以后), 截至 before it.

Conventions. First and last day are both inclusive; an open end is None. A period has a code:
``2024``, ``2024-S1``, ``2024-Q1``, ``2024-02``, ``2024-05-20``, ``2024-01/2024-07``, ``2022/..``, ``../2024-06-30``.
年初 is January, 年底 December; 月初 is the first to the fifth, 月底 the twenty-fifth to the end; 末 of a month and
截至…底 are its last day. 以前 and 以后 leave out the period they name. Weeks run from Monday to Sunday, centuries and
decades from 0 to 9 (20世纪 is 1900 to 1999, as its decades are counted). A length of time (3年, 50余天, 连续5年) is no period, and neither is a date that cannot be (2月30日).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from zzcli.lexicon import table
from zzcli.span import Span

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period(Span):
    """A time expression and the days it means, both ends inclusive; None is an open or unsettled end.

    ``code`` is None where the text does not settle it; then ``first`` and ``last`` are None too.
    """

    code: str | None
    first: date | None
    last: date | None
    granularity: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """What a meaning comes to: first and last day, and the unit (year, month, day) in which its code is written."""

    first: date | None
    last: date | None
    granularity: str
    unit: str = "day"
    flags: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code of the period, by the conventions of this module."""
        first, last = self.first, self.last
        if first is None or last is None:
            return f"{_endpoint(first, self.unit)}/{_endpoint(last, self.unit)}"
        if self.granularity in ("year", "month", "day"):
            return _endpoint(first, self.granularity)
        if self.granularity == "half":
            return f"{first.year:04d}-S{1 if first.month == 1 else 2}"
        if self.granularity == "quarter":
            return f"{first.year:04d}-Q{(first.month + 2) // 3}"
        start, end = _endpoint(first, self.unit), _endpoint(last, self.unit)
        return start if start == end else f"{start}/{end}"


def _endpoint(day: date | None, unit: str) -> str:
    if day is None:
        return ".."
    return day.isoformat()[: {"year": 4, "month": 7}.get(unit, 10)]


@dataclass(frozen=True, slots=True)
class Context:
    """What settles a relative expression.

    Attributes:
        published: the day of publication, where it is known to the day.
        written: the year of writing, where the day is not known (今年 is this year).
        year: the year that the document, or its section, is about (全年, 上半年, 年末, 上年 hang on it).
        report: the text is a work report: it looks back on whole years before the year it was written in.
        previous: the nearest settled period before it in the paragraph.
        near: ``previous`` stands in the same sentence.
    """

    published: date | None = None
    written: int | None = None
    year: int | None = None
    report: bool = False
    previous: Period | None = None
    near: bool = False

    @property
    def now(self) -> int | None:
        """The year of writing."""
        return self.published.year if self.published else self.written

    @property
    def looks_back(self) -> bool:
        """Whether the last whole year is what the text speaks of: work reports, and what appears early in a year."""
        return self.report or (self.published is not None and self.published.month <= 3)

    @property
    def previous_year(self) -> int | None:
        """The year of the period before, unless it lies ahead of the text (到2027年 dates nothing that follows)."""
        if self.previous is None:
            return None
        day = self.previous.last or self.previous.first
        if day is None or (self.now is not None and day.year > self.now):
            return None
        return day.year


class Meaning(Protocol):
    """What an expression says, before anything around it is known."""

    def days(self, context: Context) -> Days | None:
        """The days it comes to in a context; None where the context does not settle it."""
        ...


@dataclass(frozen=True, slots=True)
class TimeMention(Span):
    """A time expression as found: its place (without 截至, 从, 到; with 以来, 起, 以前), its rule and what it says."""

    rule: str
    meaning: Meaning
    flags: tuple[str, ...] = ()


# --- meanings -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a year: from month and day to month and day; day 0 is the first or last day of the month."""

    granularity: str
    first: tuple[int, int] = (1, 0)
    last: tuple[int, int] = (12, 0)
    unit: str = "month"
    close: bool = False  # 底, 末: 截至 and 前 mean its last day
    approximate: bool = False

    def of(self, year: int) -> Days | None:
        """The part in one year; None where there is no such day (2023年2月29日)."""
        try:
            first = date(year, self.first[0], self.first[1] or 1)
            last = date(year, self.last[0], self.last[1]) if self.last[1] else _month_end(year, self.last[0])
        except ValueError:
            return None
        if last < first:
            return None
        return Days(first, last, self.granularity, self.unit, ("approximate",) if self.approximate else ())


_WHOLE_YEAR = Part("year", unit="year")


@dataclass(frozen=True, slots=True)
class Year:
    """How the year of an expression is written.

    ``kind``: absolute (2024年), short (98年4月), written (今年, 去年: counted from the year of writing), document (上年,
    全年: from the year the text is about), previous (同年, 次年: from the period before), none (nothing is written).
    """

    kind: str
    value: int = 0

    def of(self, context: Context, part: Part) -> int | None:
        """The year in a context."""
        now = context.now
        if self.kind == "absolute":
            return self.value
        if self.kind == "short":
            latest = (now if now is not None else 2030) + 10
            return latest - (latest - self.value) % 100
        if self.kind == "written":
            return None if now is None else now + self.value
        if self.kind == "previous":
            base = context.previous_year or context.year or now
            return None if base is None else base + self.value
        near = context.previous_year if context.near else None
        base = near or context.year or now or context.previous_year
        if base is None:
            return None
        if self.kind == "document":
            return base + self.value
        return self._carried(context, part, near, base)

    @staticmethod
    def _carried(context: Context, part: Part, near: int | None, base: int) -> int:
        """The year of 9月24日: its sentence's, else its paragraph's where that tells a story by days, else the text's."""
        if near is not None:
            return near
        before, told = context.previous, context.previous_year
        if part.granularity in ("day", "month", "ten-days", "range") and before and told is not None:
            published = context.published
            by_days = before.granularity in ("day", "month", "ten-days")
            here = part.of(base)
            # a year told in the paragraph goes on, unless the date fits the weeks before publication
            fresh = published and here and here.first and -31 <= (published - here.first).days <= 60
            if told <= base and (by_days or (part.unit == "day" and not fresh)):
                return told
        published = context.published
        if published and context.year is None and published.month <= 2 and not part.close:
            # a page of January speaks of the December before it, and of the whole year before it
            return base - 1 if part.first[0] >= 11 or part is _WHOLE_YEAR else base
        return base


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year, or a part of it."""

    year: Year
    part: Part = _WHOLE_YEAR

    def days(self, context: Context) -> Days | None:
        year = self.year.of(context, self.part)
        return self.part.of(year) if year is not None else None


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast day, or the days off around it."""

    year: Year
    name: str
    off: bool

    def days(self, context: Context) -> Days | None:
        year = self.year.of(context, _WHOLE_YEAR)
        if year is None:
            return None
        entry = _feasts()[self.name]
        if self.off:
            weeks = entry.get("weeks")
            off = entry.get("off", {}).get(str(year))
            if off is None and weeks and weeks[0] <= year <= weeks[1]:
                off = weeks[2:]
            if off is None:
                return None
            return Days(_month_day(year, off[0]), _month_day(year, off[1]), "range")
        day = entry["day"]
        if isinstance(day, list):
            index = year - entry["from"]
            if not 0 <= index < len(day):
                return None
            day = day[index]
        found = _month_day(year, day)
        return Days(found, found, "day")


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days that need no context: 2024-05-20, “十四五”期间, 改革开放."""

    first: date
    last: date
    granularity: str
    unit: str = "day"

    def days(self, context: Context) -> Days | None:
        return Days(self.first, self.last, self.granularity, self.unit)


@dataclass(frozen=True, slots=True)
class Month:
    """A month counted from the one of writing (上月) or from the one before in the text (当月), or days in it."""

    base: str
    offset: int
    first: int = 0
    last: int = 0
    granularity: str = "month"
    close: bool = False

    def days(self, context: Context) -> Days | None:
        anchor = context.published
        before = context.previous
        if self.base == "previous" and before and before.first and before.granularity in ("day", "month", "ten-days"):
            anchor = before.first
        if anchor is None:
            return None
        months = anchor.year * 12 + anchor.month - 1 + self.offset
        part = Part(self.granularity, (months % 12 + 1, self.first), (months % 12 + 1, self.last))
        if self.granularity != "month":
            part = replace(part, unit="day")
        return part.of(months // 12)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day whose month is not written: 记者7日从市旅游局获悉."""

    first: int
    last: int

    def days(self, context: Context) -> Days | None:
        before, published = context.previous, context.published
        anchor = None
        if before and before.first and before.last and before.granularity in ("day", "month", "ten-days"):
            same_month = (before.first.year, before.first.month) == (before.last.year, before.last.month)
            anchor = before.first if same_month else None
        if anchor is None and published:
            # on June 2, 30日 is a day of May
            anchor = published.replace(day=1) - _DAY if self.first - published.day > 20 else published
        if anchor is None:
            return None
        whole = "day" if self.first == self.last else "range"
        return Part(whole, (anchor.month, self.first), (anchor.month, self.last), "day").of(anchor.year)


@dataclass(frozen=True, slots=True)
class Day:
    """A day counted from the day of writing (昨天) or from the day before in the text (当日, 次日)."""

    base: str
    offset: int

    def days(self, context: Context) -> Days | None:
        anchor = context.published
        if self.base == "previous":
            before = context.previous
            anchor = before.first if before and before.granularity == "day" else None
        if anchor is None:
            return None
        day = anchor + self.offset * _DAY
        return Days(day, day, "day")


@dataclass(frozen=True, slots=True)
class Week:
    """A week counted from the one of writing, or a day of it (0 is Monday)."""

    offset: int
    weekday: int | None = None

    def days(self, context: Context) -> Days | None:
        if context.published is None:
            return None
        monday = context.published + (7 * self.offset - context.published.weekday()) * _DAY
        if self.weekday is None:
            return Days(monday, monday + 6 * _DAY, "week")
        day = monday + self.weekday * _DAY
        return Days(day, day, "day")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter counted from the one of writing; ``edge`` is its first or last month."""

    offset: int
    edge: str = ""

    def days(self, context: Context) -> Days | None:
        if context.published is None:
            return None
        index = context.published.year * 4 + (context.published.month - 1) // 3 + self.offset
        return _quarters(index % 4 + 1, index % 4 + 1, self.edge).of(index // 4)


@dataclass(frozen=True, slots=True)
class Decade:
    """八十年代, 上世纪九十年代初. Without a century: the last one that had begun ten years before the text."""

    century: int | None  # 20 for the years 19xx
    relative: int | None
    decade: int | None
    third: str = ""

    def days(self, context: Context) -> Days | None:
        century = self.century
        if century is None:
            if context.now is None:
                return None
            century = context.now // 100 + 1 + (self.relative or 0)
            if self.relative is None and (century - 1) * 100 + (self.decade or 0) + 5 > context.now:
                century -= 1
        base = (century - 1) * 100
        if self.decade is None:
            start, length = base, 100
            shift = {"初": (0, 20), "末": (80, 20), "中": (40, 20)}.get(self.third, (0, 100))
        else:
            start, length = base + self.decade, 10
            shift = {"初": (0, 3), "末": (7, 3), "中": (3, 4)}.get(self.third, (0, 10))
        first = start + shift[0]
        if not 1 <= first <= 9000:
            return None
        unit = "century" if self.decade is None else "decade"
        flags = ("approximate",) if self.third else ()
        return Days(date(first, 1, 1), date(first + shift[1] - 1, 12, 31), unit, "year", flags)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A number of years (or months) that ends or begins with the text: 五年来, 近三年, 过去一年, 未来五年."""

    direction: str  # back, ahead
    months: int
    whole_years: bool

    def days(self, context: Context) -> Days | None:
        now = context.now
        if now is None:
            return None
        if not self.whole_years:
            if context.published is None:
                return None
            other = _shift(context.published, self.months if self.direction == "ahead" else -self.months)
            first, last = sorted((context.published, other))
            return Days(first.replace(day=1), _month_end(last.year, last.month), "range", "month", ("approximate",))
        years = self.months // 12
        if self.direction == "ahead":
            start = now if context.looks_back else now + 1
            first_year, last_year = start, start + years - 1
        elif context.looks_back:  # 五年来 in a report of 2026 is 2021 to 2025
            base = context.year if context.year is not None and context.year < now else now - 1
            first_year, last_year = base - years + 1, base
        elif years == 1:  # 一年来 in autumn is neither calendar year
            return None
        else:
            first_year, last_year = now - years + 1, now
        if first_year < 1 or last_year > 9998:
            return None
        flags = () if context.looks_back and self.direction == "back" else ("approximate",)
        granularity = "year" if years == 1 else "range"
        return Days(date(first_year, 1, 1), date(last_year, 12, 31), granularity, "year", flags)


@dataclass(frozen=True, slots=True)
class Ago:
    """A stretch counted from the text: 两年前 is the year, 两年以前 ends with it, 两年以后 begins with it."""

    months: int
    days_apart: int
    unit: str  # year, month, day
    side: int  # -1 before, 1 after
    open: bool

    def days(self, context: Context) -> Days | None:
        anchor = context.published
        before = context.previous
        if self.side > 0 and before and before.first and context.previous_year is not None:
            anchor = before.first  # 2015年成立，三年后上市
        if anchor is None and self.unit == "year" and context.now is not None:
            anchor = date(context.now, 1, 1)
        if anchor is None:
            return None
        try:
            day = _shift(anchor, self.side * self.months) + self.side * self.days_apart * _DAY
        except (ValueError, OverflowError):
            return None
        if self.unit == "year":
            first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        elif self.unit == "month":
            first, last = day.replace(day=1), _month_end(day.year, day.month)
        else:
            first = last = day
        if self.open:
            return Days(None, last, "range", self.unit) if self.side < 0 else Days(first, None, "range", self.unit)
        return Days(first, last, self.unit, self.unit, ("approximate",))


@dataclass(frozen=True, slots=True)
class SamePeriod:
    """去年同期: the period before, as many years earlier; 同期 alone is the period before itself."""

    year: Year | None

    def days(self, context: Context) -> Days | None:
        before = context.previous
        if before is None or before.first is None or before.last is None:
            return None
        if self.year is None:
            shift = 0
        else:
            year = self.year.of(context, _WHOLE_YEAR)
            if year is None:
                return None
            shift = year - before.last.year
        try:
            first = _shift(before.first, 12 * shift)
            last = _shift(before.last, 12 * shift)
        except ValueError:
            return None
        if before.last == _month_end(before.last.year, before.last.month):
            last = _month_end(last.year, last.month)
        unit = "year" if before.granularity == "year" else "month"
        if before.granularity in ("day", "week", "ten-days") or first.day != 1:
            unit = "day"
        return Days(first, last, before.granularity, unit)


@dataclass(frozen=True, slots=True)
class Those:
    """这八年: the stretch of years just told; without one, the years up to the text."""

    years: int

    def days(self, context: Context) -> Days | None:
        before = context.previous
        if before and before.first and before.last and before.last.year - before.first.year + 1 == self.years:
            return Days(before.first, before.last, "range", "year")
        return Stretch("back", 12 * self.years, True).days(context)


@dataclass(frozen=True, slots=True)
class Now:
    """目前, 截至目前: up to the day of publication."""

    def days(self, context: Context) -> Days | None:
        return Days(None, context.published, "now", "day") if context.published else None


@dataclass(frozen=True, slots=True)
class Vague:
    """近年来, 日前: time is spoken of and not settled."""

    def days(self, context: Context) -> Days | None:
        return None


@dataclass(frozen=True, slots=True)
class Range:
    """From one point to another; what the second leaves out is as in the first."""

    first: Meaning
    last: Meaning

    def days(self, context: Context) -> Days | None:
        a = self.first.days(context)
        if a is None or a.first is None or a.last is None:
            return None
        before = Period(0, 0, a.code, a.first, a.last, a.granularity)
        b = self.last.days(replace(context, previous=before, near=True))
        if b is None or b.last is None:
            return None
        last, unit = b.last, b.unit if b.unit == "day" else a.unit if a.unit == "day" else b.unit
        if a.unit == "month" and unit == "year":
            unit = "month"
        if last < a.first and isinstance(self.last, Calendar) and self.last.year.kind == "none":
            later = self.last.part.of(a.first.year + 1)  # 12月至2月
            if later is None or later.last is None:
                return None
            last = later.last
        if last < a.first:
            return None
        return Days(a.first, last, "range", unit, (*a.flags, *b.flags))


@dataclass(frozen=True, slots=True)
class Open:
    """A point with an open end: since (以来, 起), before (以前), after (以后), upto (截至: its last day)."""

    side: str
    point: Meaning

    def days(self, context: Context) -> Days | None:
        found = self.point.days(context)
        if found is None:
            return None
        unit = found.unit if found.unit in ("year", "month") else "day"
        close = _is_close(self.point)
        if self.side == "since":
            return Days(found.first, None, "range", unit, found.flags) if found.first else found
        if self.side == "upto":
            if found.last is None:
                return found
            return Days(found.last, found.last, "day", "day", found.flags)
        if self.side == "before":
            if close:  # 6月底前 includes the end of June
                return Days(None, found.last, "range", "day", found.flags)
            if found.first is None or found.first.year < 2:
                return None
            return Days(None, found.first - _DAY, "range", unit, found.flags)
        if found.last is None or found.last.year > 9000:
            return None
        return Days(found.last + _DAY, None, "range", unit, found.flags)


def _is_close(point: Meaning) -> bool:
    if isinstance(point, Calendar):
        return point.part.close
    return isinstance(point, Month) and point.close


# --- calendar -----------------------------------------------------------------------------------------------------


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - _DAY


def _month_day(year: int, written: str) -> date:
    return date(year, int(written[:2]), int(written[3:]))


def _shift(day: date, months: int) -> date:
    """The day so many months later; the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    last = _month_end(index // 12, index % 12 + 1)
    return min(day.replace(day=1).replace(year=index // 12, month=index % 12 + 1) + (day.day - 1) * _DAY, last)


def _quarters(first: int, last: int, edge: str = "") -> Part:
    if edge == "末" or edge == "底":
        return Part("month", (3 * last, 0), (3 * last, 0), close=True)
    if edge == "初":
        return Part("month", (3 * first - 2, 0), (3 * first - 2, 0))
    return Part("quarter" if first == last else "range", (3 * first - 2, 0), (3 * last, 0))


def _feasts() -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = table("periods")["holidays"]
    return entries


# --- characters ---------------------------------------------------------------------------------------------------

# One character for one, so that places in the folded text are places in the text.
_FOLD = str.maketrans(
    "０１２３４５６７８９○Ｏ—–－―‐−～〜∼~（）：，．／　\u00a0“”„＂「」『』個後來開週號這間時當從內兩國慶節黃長過現紀應層"
    "標業農歷歲點諸寫舊壹貳叁肆伍陸柒捌玖廿ＱｑＱ壱",
    "0123456789〇〇----------():,./  " + '"' * 8 + "个后来开周号这间时当从内两国庆节黄长过现纪应层"
    "标业农历岁点诸写旧一二三四五六七八九廿QqQ一",
)
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "元": 1, "首": 1} | {str(i): i for i in range(10)}


def _number(written: str) -> int:
    """A whole number below 100, or digits one by one: 24, 二十四, 十, 廿三, 二〇二四."""
    if "百" in written:
        hundreds, _, rest = written.partition("百")
        return 100 * _number(hundreds) + (_number(rest) if rest else 0)
    written = written.replace("廿", "二十")
    if "十" in written:
        tens, _, ones = written.partition("十")
        return 10 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[ones[0]] if ones else 0)
    value = 0
    for character in written:
        value = 10 * value + _DIGITS[character]
    return value


# --- pieces of patterns -------------------------------------------------------------------------------------------

_S = r"[ \t]{0,2}"
_TO = rf"{_S}(?:-{{1,2}}|至|到){_S}"
_C = "[〇零一二三四五六七八九]"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DATE = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|[二廿]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_COUNT = r"(?:[0-9]{1,3}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两])"
_YEAR4 = rf"(?:1[0-9]{{3}}|2[01][0-9]{{2}}|[一二]{_C}{{3}})"
_ENDS = "[,.，。、；;:!?！？)\\]\n\"]"


def _names(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _feast_names() -> dict[str, str]:
    names = {}
    for name, entry in _feasts().items():
        for written in (name, *entry.get("written", ())):
            names[written] = name
    return names


_FEAST_NAME = _feast_names()
_WORDS = table("periods")["words"]

# A part of a year. Everything a year may be followed by, and what stands alone for the year of the text.
_PART = rf"""
(?:
    # halves and quarters: 上半年, 前三季度, 第四季度, 二、三季度, 首季, Q1
    (?P<half>[上下])半年(?!报)
  | 前(?P<q_first>[二两三23])个?季度
  | 后(?P<q_last>[二两三23])个?季度
  | (?:第?(?P<q>[1-4一二三四])(?:(?<=第[1-4一二三四])个)?(?:(?:{_TO}|、|和)(?P<q2>[1-4一二三四]))?|(?P<q_one>首)个?)季度?(?P<q_edge>[初末底])?(?![节军赛])
  | [Qq](?P<qq>[1-4])(?![0-9A-Za-z])(?:季度)?
    # months: 前5个月, 首月, 第8个月, 八九月份, 1—9月, 1至7月份, 1、2月份
  | 前(?P<m_first>{_COUNT})个?月(?!内)
  | 后(?P<m_last>{_COUNT})个?月(?!内)
  | 第(?P<m_th>{_COUNT})个月
  | (?P<m_one>首)个?月
  | (?P<m_pair>一二|二三|三四|四五|五六|六七|七八|八九)月份?
  | (?P<m>{_MONTH}){_S}(?:月{_S}份?)?(?:{_TO}|、|和)(?P<m2>{_MONTH}){_S}月(?:份|(?!{_S}{_DATE}{_S}[日号]))
    # days: 5月20日, 8月11日至22日, 4月12-19日
  | (?P<md>{_MONTH}){_S}月{_S}份?{_S}(?P<d>{_DATE}){_S}(?:(?:[日号]{_S})?(?:{_TO}|、){_S}(?P<d2>{_DATE}){_S})?[日号](?![0-9])
    # a month, or a third of it: 5月上旬, 6月底, 6月末, 3月初
  | (?P<m3>{_MONTH}){_S}月(?:份|月)?(?P<third>上旬|中下旬|上中旬|中旬|下旬|初|中(?=[旬,，。、])|底|末)
  | (?P<m4>{_MONTH}){_S}月(?:份|(?![龄球饼季]))
    # the edges of the year: 年底, 年初, 年中
  | (?P<edge>年?[底末初](?![中小级])|(?:年中|伊始)(?={_ENDS}|$|前|以前|之前))
  | (?P<whole>全年度?|年内|年度内)
    # feasts: “五一”七天长假, 国庆黄金周, 春节
  | (?:"(?P<feast_quoted>{_names(list(_FEAST_NAME))})"|(?P<feast>{_names(list(_FEAST_NAME))}))
    (?!联欢|晚会|文艺|团拜|[0-9])
    (?P<feast_tail>(?:旅游)?(?:节?(?:[0-9一二三四五六七八九十]{{1,2}}[天日])?(?:小长假|长假|黄金周|假期|假日))|节|期间)?
)
"""

# A year, as written.
_YEAR = rf"""
(?:
    (?<![0-9])(?<!第)(?:公元)?(?P<y4>{_YEAR4}){_S}年(?:度(?!假))?(?!代|[级龄]|[多余])
    # 98年4月, 九七年一季度: two digits are a year only where a part of a year follows
  | (?<![0-9.第近约超满达共历〇一二三四五六七八九十百千年])'?(?P<y2>[0-9]{{2}}|{_C}{{2}}){_S}年(?={_S}(?:[1-9一二三四十首第QO上下前后年]|底|末|初))
  | (?P<y_now>今年度?|这一年度?(?!代))
  | (?P<y_ago3>大前年)
  | (?P<y_last>去年度?|旧年)
  | (?P<y_ago2>(?<![以目提当之空先从此支史])前年(?![度份龄]))
  | (?P<y_next>(?<![文声说证光昆透黎贤])明年度?)
  | (?P<y_next2>(?<![以之今然先此前最战])后年(?![度份龄]))
  | (?P<d_last>(?<!以)上一?年度?(?![纪龄产轻])|以上年(?=[为度末同价]))
  | (?P<d_this>(?<![基成资根样日标])本年度?(?![产均份级龄]))
  | (?P<d_next>(?<![以])下一?年度?(?![轻龄纪份]))
  | (?P<p_same>(?<![合不相共协会])同年(?![龄级代份限])|(?<![相适应担正])当年(?![价值])|那一?年|该年度?)
  | (?P<p_next>(?<![人首多批层档0-9〇一二三四五六七八九十])次年(?![均度])|翌年)
)
"""

def _read_part(found: re.Match[str], year: Year) -> Meaning | None:
    """The groups of ``_PART`` → a part of a year, or a feast."""
    g = found.groupdict()
    if g["feast_quoted"] or g["feast"]:
        written = g["feast_quoted"] or g["feast"]
        tail = g["feast_tail"] or ""
        name = _FEAST_NAME[written]
        alone = _feasts()[name]["bare"] or len(written) > 2 or g["feast_quoted"]
        if not (alone or tail or (year.kind != "none" and written != "十一")):
            return None
        return Feast(year, name, off=bool(re.search("假|周", tail)))
    part = _part(g)
    if part is None or part.of(2024) is None:  # 2月30日, 13月: no such day in any year
        return None
    return Calendar(year, part)


def _part(g: dict[str, str | None]) -> Part | None:  # one branch a way of writing, in the order of the pattern
    if g["half"]:
        return Part("half", (1, 0), (6, 0)) if g["half"] == "上" else Part("half", (7, 0), (12, 0))
    if g["q_first"]:
        return _quarters(1, _number(g["q_first"]))
    if g["q_last"]:
        return _quarters(5 - _number(g["q_last"]), 4)
    if g["q_one"]:
        return _quarters(1, 1, g["q_edge"] or "")
    if g["q"]:
        first = _number(g["q"])
        return _quarters(first, _number(g["q2"] or g["q"]), g["q_edge"] or "")
    if g["qq"]:
        return _quarters(int(g["qq"]), int(g["qq"]))
    if g["m_one"]:
        return Part("month", (1, 0), (1, 0))
    if g["m_first"] or g["m_last"] or g["m_th"]:
        months = _number(g["m_first"] or g["m_last"] or g["m_th"] or "")
        if not 1 <= months <= 12:
            return None
        if g["m_th"]:
            return Part("month", (months, 0), (months, 0))
        return Part("range", (1, 0), (months, 0)) if g["m_first"] else Part("range", (13 - months, 0), (12, 0))
    if g["m_pair"]:
        return Part("range", (_number(g["m_pair"][0]), 0), (_number(g["m_pair"][1]), 0))
    if g["m"] and g["m2"]:
        first, last = _number(g["m"]), _number(g["m2"])
        return Part("range", (first, 0), (last, 0)) if first < last else None
    if g["md"] and g["d"]:
        month, day = _number(g["md"]), _number(g["d"])
        last = _number(g["d2"]) if g["d2"] else day
        return Part("day" if last == day else "range", (month, day), (month, last), "day")
    if g["m3"] and g["third"]:
        month = _number(g["m3"])
        if g["third"] == "末":
            return Part("day", (month, _month_end(2023, month).day), (month, 0), "day", close=True)
        first, last = _THIRDS[g["third"]]
        unit = "ten-days" if "旬" in g["third"] else "range"
        return Part(unit, (month, first), (month, last), "day", close=g["third"] == "底")
    if g["m4"]:
        return Part("month", (_number(g["m4"]), 0), (_number(g["m4"]), 0))
    if g["edge"]:
        edge = g["edge"][-1]
        if edge == "中":
            return Part("range", (6, 0), (7, 0), approximate=True)
        month = 12 if edge in "底末" else 1
        return Part("month", (month, 0), (month, 0), close=month == 12)
    return _WHOLE_YEAR


_THIRDS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 0),
    "上中旬": (1, 20),
    "中下旬": (11, 0),
    "初": (1, 5),
    "中": (11, 20),
    "底": (25, 0),
    "末": (25, 0),
}
_YEAR_WORDS = {
    "y_now": Year("written", 0),
    "y_ago3": Year("written", -3),
    "y_last": Year("written", -1),
    "y_ago2": Year("written", -2),
    "y_next": Year("written", 1),
    "y_next2": Year("written", 2),
    "d_last": Year("document", -1),
    "d_this": Year("document", 0),
    "d_next": Year("document", 1),
    "p_same": Year("previous", 0),
    "p_next": Year("previous", 1),
}


def _read_year_word(found: re.Match[str]) -> Year | None:
    """The groups of ``_YEAR`` → how the year is written."""
    if found["y4"]:
        return Year("absolute", _number(found["y4"]))
    if found["y2"]:
        return Year("short", _number(found["y2"]))
    return next(year for group, year in _YEAR_WORDS.items() if found[group])


# --- rules --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to write a point of time.

    Attributes:
        name: what the trace shows.
        starts: the characters it may begin with (of the folded text); elsewhere it is not tried.
        pattern: matched at the place, on folded text.
        read: match → meaning; None where it is no time expression after all.
        examples: written → code, for a text published on 2024-09-30; they are its tests.
        joins: may be an end of a range.
        ends: may be followed by 以来, 起, 以前, 以后.
    """

    name: str
    starts: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Meaning | None]
    examples: tuple[tuple[str, str | None], ...]
    joins: bool = False
    ends: bool = True


def _day_of(year: str, month: str, day: str) -> Meaning | None:
    try:
        found = date(_number(year), _number(month), _number(day))
    except ValueError:
        return None
    return Fixed(found, found, "day")


def _read_numeric(found: re.Match[str]) -> Meaning | None:
    return _day_of(found["y"], found["m"], found["d"])


def _read_numeric_month(found: re.Match[str]) -> Meaning | None:
    month = int(found["m"] or found["m_dotted"])
    return Calendar(Year("absolute", int(found["y"])), Part("month", (month, 0), (month, 0)))


def _read_years(found: re.Match[str]) -> Meaning | None:
    first, last = _number(found["a"]), _number(found["b"])
    if last < 100:
        last += first // 100 * 100
    if not 1000 <= first < last <= first + 200:
        return None
    return Range(Calendar(Year("absolute", first)), Calendar(Year("absolute", last)))


def _read_listed_year(found: re.Match[str]) -> Meaning | None:
    return Calendar(Year("absolute", _number(found["a"])))


def _read_year(found: re.Match[str]) -> Meaning | None:
    year = _read_year_word(found)
    if year is None:
        return None
    if year.kind == "absolute" and year.value < 1500 and year.value % 100 == 0:
        return None  # 1000年: a length, not a year
    if found["part"]:
        return _read_part(found, year)
    return None if year.kind == "short" else Calendar(year)


def _read_alone(found: re.Match[str]) -> Meaning | None:
    return _read_part(found, Year("none"))


def _read_plan(found: re.Match[str]) -> Meaning | None:
    number = _number(found["quoted"] or found["plain"])
    starts = {1: 1953, 2: 1958, 3: 1966, 4: 1971, 5: 1976}
    start = starts.get(number, 1981 + 5 * (number - 6))
    tail = found["tail"] or ""
    if not found["quoted"] and not tail and number < 11:
        return None
    if "末" in tail or "收官" in tail:
        start, years = start + 4, 1
    elif "初" in tail or "开局" in tail:
        years = 1
    else:
        years = 5
    granularity = "year" if years == 1 else "range"
    return Fixed(date(start, 1, 1), date(start + years - 1, 12, 31), granularity, "year")


def _read_decade(found: re.Match[str]) -> Meaning | None:
    relative = {"上": -1, "本": 0, "这": 0, "下": 1}.get(found["which"] or "")
    century = _number(found["century"]) if found["century"] else None
    decade = _number(found["decade"]) if found["decade"] else None
    if decade is not None and (decade % 10 or decade > 90):
        return None
    if century is not None and not 1 <= century <= 30:
        return None
    if century is None and relative is None and decade is None:
        return None
    third = (found["third"] or "")[:1]
    third = {"前": "初", "后": "末", "早": "初", "晚": "末"}.get(third, third)
    return Decade(century, relative, decade, third)


def _read_relative_month(found: re.Match[str]) -> Meaning | None:
    word = found["word"]
    if word is None:  # 月底, 上旬
        base, offset = "previous", 0
    else:
        base, offset = ("previous", 0) if word[0] in "当同" else ("previous", 1) if word[0] in "次翌" else ("written", 0)
        if base == "written":
            offset = {"上": -1, "下": 1}.get(word[0], 0)
    if found["d"]:
        day = _number(found["d"])
        return Month(base, offset, day, day, "day")
    third = found["third"] or found["alone"]
    if third:
        if word is None and found["alone"] and third[0] == "月":
            third = third[1:]
        first, last = _THIRDS[third]
        return Month(base, offset, first, last, "ten-days" if "旬" in third else "range", close=third in "底末")
    return Month(base, offset)


def _read_relative_quarter(found: re.Match[str]) -> Meaning | None:
    which = found["which"]
    return Quarter({"上": -1, "本": 0, "这": 0, "下": 1}[which[0]] * len(which), found["edge"] or "")


def _read_week(found: re.Match[str]) -> Meaning | None:
    which = found["which"]
    offset = {"上": -1, "本": 0, "这": 0, "下": 1}[which[0]] * len(which)
    weekday = "一二三四五六日天末".index(found["weekday"]) if found["weekday"] else None
    if weekday == 8:
        return None
    return Week(offset, min(weekday, 6) if weekday is not None else None)


_DAY_WORDS = {
    "今": ("written", 0), "昨": ("written", -1), "明": ("written", 1), "前": ("written", -2), "后": ("written", 2),
    "当": ("previous", 0), "同": ("previous", 0), "次": ("previous", 1), "翌": ("previous", 1), "第": ("previous", 1),
}  # fmt: skip


def _read_relative_day(found: re.Match[str]) -> Meaning | None:
    if found["m"]:  # 今天（1月18日）: the date in brackets says which day it is
        month, day = _number(found["m"]), _number(found["d"])
        if found["y"]:
            return _day_of(found["y"], found["m"], found["d"])
        part = Part("day", (month, day), (month, day), "day")
        return Calendar(Year("written"), part) if part.of(2024) else None
    base, offset = _DAY_WORDS[found["word"][0]]
    return Day(base, offset)


def _read_day_of_month(found: re.Match[str]) -> Meaning | None:
    first = _number(found["a"])
    last = _number(found["b"]) if found["b"] else first
    return DayOfMonth(first, last) if first <= last else None


def _read_same_period(found: re.Match[str]) -> Meaning | None:
    word = found["which"]
    if not word:
        return SamePeriod(None)
    if word[0] in "12":
        return SamePeriod(Year("absolute", int(word[:4])))
    return SamePeriod({"去": Year("written", -1), "前": Year("written", -2)}.get(word[0], Year("document", -1)))


def _read_stretch(found: re.Match[str]) -> Meaning | None:
    word, tail, unit = found["word"] or "", found["tail"] or "", found["unit"]
    number = _number(found["n"])
    if not (word or tail) or not number:
        return None
    ahead = word.startswith(("未来", "今后", "接下来"))
    if word == "近" and not tail and (number > 5 or unit != "年" or found["more"]):
        return None  # 近10年 may as well be “nearly ten years”
    if unit == "年":
        if word == "这" and number > 1:
            return Those(number)
        if found["half"]:
            return Stretch("ahead" if ahead else "back", 12 * number + 6, False)
        if found["more"] and not word:
            return Vague() if number < 3 else Stretch("back", 12 * number, True)
        return Stretch("ahead" if ahead else "back", 12 * number, True)
    if unit == "月":
        return Stretch("ahead" if ahead else "back", max(number - 1, 0), False)
    return None


def _read_ago(found: re.Match[str]) -> Meaning | None:
    number = _number(found["n"]) if found["n"] else 0
    half, unit, way = found["half"] or found["half2"], found["unit"], found["way"]
    side = -1 if "前" in way else 1
    months = days = 0
    name = {"年": "year", "月": "month", "季度": "month"}.get(unit, "day")
    if unit == "年":
        months = 12 * number + (6 if half else 0)
        name = "month" if half else "year"
    elif unit == "月":
        months, days = number, 15 if half else 0
        name = "day" if half and number == 0 else "month"
    elif unit == "季度":
        months = 3 * number
    else:
        days = number * (7 if unit in ("周", "星期") else 1)
    if not months and not days:
        return None
    if name == "day" and found["bound"] is None:
        return None  # 开工15日前: counted from the act, not from the text
    if side > 0 and found["bound"] is None:
        return None  # 满五年后
    return Ago(months, days, name, side, len(way) > 1)


def _read_now(found: re.Match[str]) -> Meaning | None:
    return Now()


def _read_vague(found: re.Match[str]) -> Meaning | None:
    return Vague()


def _read_epoch(found: re.Match[str]) -> Meaning | None:
    written = table("periods")["epochs"][found["name"]]
    side = "since" if found["way"] != "以前" and "前" not in found["way"] else "before"
    if len(written) == 4:
        year = int(written)
        point: Meaning = Fixed(date(year, 1, 1), date(year, 12, 31), "year", "year")
    elif len(written) == 7:
        year, month = int(written[:4]), int(written[5:])
        point = Fixed(date(year, month, 1), _month_end(year, month), "month", "month")
    else:
        point = Fixed(date.fromisoformat(written), date.fromisoformat(written), "day")
    return Open(side, point)


def _read_span_word(found: re.Match[str]) -> Meaning | None:
    first, last = table("periods")["spans"][found["word"]]
    return Range(Calendar(Year("written", first)), Calendar(Year("written", last)))


def _read_bare_year(found: re.Match[str]) -> Meaning | None:
    year = Year("absolute", int(found["a"]))
    return Calendar(year, _quarters(int(found["q"]), int(found["q"]))) if found["q"] else Calendar(year)


def _verbose(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_NUMERALS = "0123456789〇零一二三四五六七八九十两廿"
_LEFT = r"(?<![0-9A-Za-z.])(?<![0-9]-)(?<![0-9]/)"
_EPOCHS = table("periods")["epochs"]
_SPANS = table("periods")["spans"]

RULES: tuple[Rule, ...] = (
    Rule(
        "numeric date",
        "12",
        _verbose(rf"""
            (?<![0-9A-Za-z])(?<![0-9][./-])
            (?P<y>(?:1[5-9]|20|21)[0-9]{{2}})[-/.]
            (?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}})
            (?![0-9%％元万亿]|[./-][0-9])日?
        """),
        _read_numeric,
        (("2024-05-20", "2024-05-20"), ("2024/5/20", "2024-05-20"), ("2024.5.20", "2024-05-20"), ("2024-13-45", None)),
        joins=True,
    ),
    Rule(
        "compact date",
        "12",
        _verbose(r"""
            (?<![0-9A-Za-z./_№号-])(?<![0-9],)
            (?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])
            (?![0-9A-Za-z.%％/_-]|,[0-9]|[ ]?[元万亿千百个人户吨台件家名条次册亩斤米平立美公])
        """),
        _read_numeric,
        (("（20240520）", "2024-05-20"), ("20240520元", None), ("20241340", None)),
    ),
    Rule(
        "numeric month",
        "12",
        _verbose(r"""
            (?<![0-9A-Za-z./-])(?<![0-9],)(?P<y>(?:19|20)[0-9]{2})
            (?:[-/](?P<m>0[1-9]|1[0-2]|[1-9](?=月))
             | \.(?P<m_dotted>0[1-9]|1[0-2])(?=-{1,2}(?:19|20)[0-9]{2})    # 2024.05 alone is a number
             | (?<=(?:19|20)[0-9]{2}\.[01][0-9]-[0-9]{4})(?:\.(?P<m_second>0[1-9]|1[0-2]))?)
            (?![0-9A-Za-z.%％]|[/-][0-9]{1,2}(?![0-9])|[ ]?[元万亿千百个人户吨台件家名号年])月?
        """),
        _read_numeric_month,
        (("（2024-05）", "2024-05"), ("2008-2010", None), ("2024.05亿元", None)),
        joins=True,
    ),
    Rule(
        "years",
        "12一二",
        _verbose(rf"""
            (?<![0-9A-Za-z.])(?P<a>{_YEAR4}){_TO}
            (?P<b>{_YEAR4}|[0-9]{{2}}(?=年)){_S}(?:年度?|学年|(?=\)))(?!{_S}(?:{_MONTH}月|[底末初]))
        """),
        _read_years,
        (("2021—2023年", "2021/2023"), ("1978至1985年", "1978/1985"), ("（2021-2025）", "2021/2025")),
    ),
    Rule(
        "listed year",
        "12",
        _verbose(rf"(?<![0-9A-Za-z.])(?<![0-9],)(?P<a>{_YEAR4})(?=(?:[、和及与]{_YEAR4}){{1,6}}年)"),
        _read_listed_year,
        (("2021、2022年", "2021"),),
    ),
    Rule(
        "decade",
        "0123456789一二三四五六七八九十上本这下",
        _verbose(r"""
            (?:(?:(?P<century>(?<![0-9])[12]?[0-9]|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])|(?P<which>[上本这下])个?)世纪)?
            (?:(?P<decade>(?<![0-9])[1-9]0|[一二三四五六七八九]十)年代)?
            (?P<third>(?:[初末]|[前中后早晚末初]期|中叶)(?!中))?
            (?<=[纪代初末期叶])
        """),
        _read_decade,
        (("上世纪八十年代", "1980/1989"), ("20世纪90年代", "1990/1999"), ("21世纪", "2000/2099")),
    ),
    Rule(
        "same period",
        "12去上前同",
        _verbose(r"(?P<which>20[0-9]{2}年|去年|上一?年|前年)?(?<![不合])同期(?![声录])"),
        _read_same_period,
        (("1—8月，增长5%，去年同期", "2023-01/2023-08"), ("同期", None)),
        ends=False,
    ),
    Rule(
        "year",
        "12034567890一二三四五六七八九〇零'今这大去旧前明后上以本下同当那该次翌公",
        _verbose(rf"{_YEAR}(?:{_S}(?P<part>{_PART}))?"),
        _read_year,
        (
            ("2024年5月20日", "2024-05-20"),
            ("二〇二四年", "2024"),
            ("去年10月", "2023-10"),
            ("去年底", "2023-12"),
            ("今年上半年", "2024-S1"),
            ("今年1至7月", "2024-01/2024-07"),
            ("98年4月", "1998-04"),
            ("2024年末", "2024-12"),
            ("99999年", None),
            ("24年", None),
        ),
        joins=True,
    ),
    Rule(
        "span word",
        "今去明",
        _verbose(rf"(?P<word>{_names(list(_SPANS))})"),
        _read_span_word,
        (("今明两年", "2024/2025"),),
        ends=False,
    ),
    Rule(
        "plan",
        '"一二三四五六七八九十',
        _verbose(r"""
            (?:"(?P<quoted>十?[一二三四五六七八九]|二十|十)五"
             | (?<![一二三四五六七八九十百第])(?P<plain>十[一二三四五六七八九])五(?![一二三四五六七八九十条次届个年月])
            )
            (?P<tail>(?:时期)?(?:末期?|初期?)|开局之年|收官之年|期间|时期)?
        """),
        _read_plan,
        (("“十四五”期间", "2021/2025"), ("“十三五”末", "2020"), ("十五五时期", "2026/2030"), ("第十五五", None)),
    ),
    Rule(
        "feast or part of the year",
        '123456789一二三四五六七八九十Qq上下前后首第年伊全元春农大正端中重三国劳"',
        _verbose(rf"""
            (?<![0-9A-Za-z.每])(?<![0-9][,/-])(?<![0-9]个)
            (?:(?<=第)|(?<![第满几数两百半零〇一二三四五六七八九十廿]))
            (?<!健)(?<!安)
            (?:{_PART})
        """),
        _read_alone,
        (
            ("前三季度", "2024-01/2024-09"),
            ("1—9月", "2024-01/2024-09"),
            ("八九月份", "2024-08/2024-09"),
            ("3月25日", "2024-03-25"),
            ("国庆黄金周", "2024-10-01/2024-10-07"),
            ("春节", "2024-02-10"),
            ("全年", "2024"),
            ("13月45日", None),
            ("2月30日", None),
            ("3个月", None),
        ),
        joins=True,
    ),
    Rule(
        "month",
        "本这上下当同次翌今月中",
        _verbose(rf"""
            (?:
                (?P<word>(?<!以)[上下]一?个?月|这个月|本月|今月|当月|同月|次月|翌月)(?!球|刊|报)
                (?:份?{_S}(?P<d>{_DATE}){_S}[日号]|(?P<third>上旬|中旬|下旬|初|底|末))?
              | (?<![0-9一二三四五六七八九十半每个])(?P<alone>月[初底末](?!级)|[上中下]旬)
            )
        """),
        _read_relative_month,
        (("上月", "2024-08"), ("本月9日", "2024-09-09"), ("下个月", "2024-10"), ("以上月份", None)),
        joins=True,
    ),
    Rule(
        "quarter",
        "本上下这",
        _verbose(r"(?<!以)(?P<which>上{1,2}|下{1,2}|本|这)一?个?季度(?P<edge>[初末底])?"),
        _read_relative_quarter,
        (("上季度", "2024-Q2"), ("本季度", "2024-Q3")),
    ),
    Rule(
        "week",
        "上下本这",
        _verbose(r"""
            (?<![以天])(?P<which>上{1,2}|下{1,2}|本|这)一?个?(?:周(?![期边围年转密到刊报岁长])|星期)
            (?P<weekday>[一二三四五六日天末](?![0-9年月]))?
        """),
        _read_week,
        (("上周", "2024-09-23/2024-09-29"), ("本周", "2024-09-30/2024-10-06"), ("上周五", "2024-09-27"), ("上周期", None)),
    ),
    Rule(
        "day",
        "今昨明前后当同次翌第",
        _verbose(r"""
            (?P<word>今[天日早晚](?!头条)|昨[天日晚]|(?<![文声说])明[天日](?!方)|(?<![以提目])前[天日](?!性)|(?<![先今以此])后天(?!性|[努学])
              | (?<![相适担])当[天日](?!地)|(?<![不合])同日|(?<![人首多批频])次日|翌日|第二天)
            (?:\([ ]?(?:(?P<y>(?:19|20)[0-9]{2})年)?(?P<m>[01]?[0-9])月(?P<d>[0-3]?[0-9])日[^)\n]{0,10}\))?
        """),
        _read_relative_day,
        (("今天（1月18日）", "2024-01-18"), ("昨天", "2024-09-29"), ("今日头条", None)),
        joins=True,
    ),
    Rule(
        "day of a month",
        "123456789一二三四五六七八九十廿",
        _verbose(rf"""
            # what stands before a day, and not before a length: 记者7日, 于8日, a clause that begins
            (?:^|(?<=[,，。；;、:!?！？()\[\]"\n \t《者报讯电于自从至到])|(?={_DATE}日[电讯]))
            (?<![0-9][.,])
            (?P<a>{_DATE})(?:(?:{_S}日)?{_TO}(?P<b>{_DATE}))?{_S}日
            (?!内|以|之|前|后|游|间|的|常|均|产|照|无|假|制|期|元|[0-9]|左右|余|多)
        """),
        _read_day_of_month,
        (("记者7日从市旅游局获悉", "2024-09-07"), ("15日内", None), ("90日", None), ("拘留15日", None)),
        joins=True,
    ),
    Rule(
        "up to now",
        "目当现如眼截迄",
        _verbose(rf"""
            (?:截[至止](?:到|至)?)?(?:{_names(_WORDS["now"])}|(?:发稿|记者发稿)[时前])(?:为止)?(?![地]|事人|日)
          | 迄今(?:为止)?
        """),
        _read_now,
        (("截至目前", "../2024-09-30"), ("目前", "../2024-09-30")),
        ends=False,
    ),
    Rule(
        "vague",
        "".join(sorted({word[0] for word in _WORDS["vague"]})),
        _verbose(rf"(?<![0-9〇一二三四五六七八九十附])(?:{_names(_WORDS['vague'])})(?![均产度级纪])"),
        _read_vague,
        (("近年来", None), ("往年", None)),
        ends=False,
    ),
    Rule(
        "years up to now",
        _NUMERALS + "近最过刚这未今接",
        _verbose(rf"""
            (?:(?P<word>近|最近|过去的?|刚刚?过去的|这|未来|今后|接下来的?)
             | (?<![0-9〇零一二三四五六七八九十百千万第几多数两.,每历近]))
            (?P<n>{_COUNT})(?P<more>[多余])?(?:个(?=月))?(?P<unit>年|月)(?P<half>半)?
            (?P<tail>以来|来(?![源自到的看说]))?
            (?!代|级|的?(?:历史|时间)|以上|以下|左右|之久|期)
        """),
        _read_stretch,
        (("近三年", "2022/2024"), ("过去五年", "2020/2024"), ("75年来", "1950/2024"), ("75年时间", None), ("连续5年", None)),
        ends=False,
    ),
    Rule(
        "years ago",
        _NUMERALS + "半",
        _verbose(rf"""
            (?P<bound>^|(?<=[,，。；;、:!?！？()\[\]"\n《从自由在到比较]))?
            (?<![0-9〇零一二三四五六七八九十百千万第几数.每满届期近约])
            (?:(?P<n>{_COUNT})(?:个(?=月|半|季|星))?|(?=半))
            (?P<half>半(?=[年月]))?
            (?P<unit>年|月|季度|周|星期|天|日)
            (?:(?<=年)(?P<half2>半))?
            (?P<way>前(?![0-9一二三四五六七八九十列期后])|后(?!来|期)|以前|之前|以后|之后)
        """),
        _read_ago,
        (("两年前", "2022"), ("三年以前", "../2021"), ("半年后", "2025-03"), ("满五年后", None), ("开工15日前", None)),
        ends=False,
    ),
    Rule(
        "epoch",
        "".join(sorted({name[0] for name in _EPOCHS})),
        _verbose(rf"(?P<name>{_names(list(_EPOCHS))})(?P<way>以来|以前|之前|前(?!提|后|夕|期))"),
        _read_epoch,
        (("改革开放以来", "1978-12/.."), ("新中国成立以来", "1949-10-01/.."), ("建国前", "../1949-09-30")),
        ends=False,
    ),
    Rule(
        "year without 年",
        "12",
        _verbose(rf"""
            (?<![0-9A-Za-z./_:%号第-])(?<![0-9],)
            (?P<a>(?:19[5-9]|20[0-4])[0-9])
            (?=\)|{_S}(?:{_names(_WORDS["after_year"])}|[Qq][1-4](?![0-9])))
            (?:(?<=\([0-9]{{4}})|(?!\)))
            (?:{_S}[Qq](?P<q>[1-4]))?
        """),
        _read_bare_year,
        (("2023全国移民管理机构", "2023"), ("世界银行（2016）", "2016"), ("2024Q1", "2024-Q1"), ("共2015家企业", None)),
    ),
)


_BY_START: dict[str, tuple[Rule, ...]] = {
    start: tuple(rule for rule in RULES if start in rule.starts) for start in {c for rule in RULES for c in rule.starts}
}

# --- scan ---------------------------------------------------------------------------------------------------------

# Where an expression may begin; a run of digits or numerals is one candidate, however long it is.
_CANDIDATE = re.compile(
    rf"[{re.escape(''.join(sorted(_BY_START)))}](?:(?<=[0-9])[0-9]*|(?<=[〇零一二三四五六七八九十])[〇零一二三四五六七八九十百千万]*|)"
)
_JOIN = re.compile(rf"起?{_TO}(?!今|目前|现在)")
_CLOCK = _verbose(r"""
    (?:\((?:星期|周|礼拜)[一二三四五六日天]\))?
    (?:[ ]?(?:上午|下午|中午|凌晨|清晨|晚上?|傍晚)?[ ]?[0-2]?[0-9](?:[时点](?:[0-5]?[0-9]分)?|[:：][0-5][0-9](?::[0-5][0-9])?)(?:许|整)?)?
""")
_AFTER = _verbose(rf"""
    {_S}(?:
      (?P<since>以来|[至到](?:今|目前|现在)|迄今|起(?![步草点诉重伏飞码源因跑来]))
    | (?P<around>左右|前后|上下)
    | (?P<before>以前|之前|前(?![0-9一二三四五六七八九十往后列沿期景来提期所]))
    | (?P<after>以后|之后|后(?![期续方勤备劲来台所]))
    )
""")
_SINCE_FAR = re.compile(r"开始|(?=[^,，。；;!！?？\n]{1,14}?以来)")
_UPTO_BEFORE = re.compile(r"截[至止](?:到|至)?\Z")


def scan(text: str) -> list[TimeMention]:
    """Every time expression of a text, in order, not overlapping, unsettled.

    >>> [mention.of("去年10月以来，共3年") for mention in scan("去年10月以来，共3年")]
    ['去年10月以来']
    """
    folded = text.translate(_FOLD)
    return list(_scan(folded))


def _scan(folded: str) -> Iterator[TimeMention]:
    done = 0
    for candidate in _CANDIDATE.finditer(folded):
        start = candidate.start()
        if start < done:
            continue
        found = _point(folded, start)
        if found is None:
            continue
        rule, meaning, end = found
        if folded[start - 1 : start] in ("每", "逢") or folded[max(0, start - 2) : start] in ("每年", "历年"):
            done = end  # 每年3月: comes back, and dates nothing
            continue
        if rule.joins:
            join = _JOIN.match(folded, end)
            other = _point(folded, join.end(), joins=True) if join else None
            if other is not None:
                meaning, end = Range(meaning, other[1]), other[2]
        mention = _with_ends(folded, start, end, rule, meaning)
        done = mention.end
        yield mention


def _point(folded: str, at: int, joins: bool = False) -> tuple[Rule, Meaning, int] | None:
    """The point of time at a place, by the first rule that reads one."""
    for rule in _BY_START.get(folded[at : at + 1], ()):
        if joins and not rule.joins:
            continue
        found = rule.pattern.match(folded, at)
        if found is None or found.end() == at:
            continue
        meaning = rule.read(found)
        if meaning is not None:
            return rule, meaning, found.end()
    return None


def _with_ends(folded: str, start: int, end: int, rule: Rule, meaning: Meaning) -> TimeMention:
    """The mention with what stands around the point: 截至, 以来, 起, 以前, 以后, 左右, a clock time."""
    flags: tuple[str, ...] = ()
    if isinstance(meaning, Now):
        return TimeMention(start, end, rule.name, meaning, ("upto",) if folded[start] in "截迄" else ())
    if not rule.ends:
        return TimeMention(start, end, rule.name, meaning)
    clock = _CLOCK.match(folded, end)
    if clock and clock.end() > end and folded[end - 1] in "日号天)":
        end = clock.end()
    before = folded[max(0, start - 4) : start]
    since = before.endswith(("自", "从", "由"))
    after = _AFTER.match(folded, end)
    if _UPTO_BEFORE.search(before):
        return TimeMention(start, end, rule.name, Open("upto", meaning), ("upto",))
    if after is None:
        if since and not isinstance(meaning, Range):
            far = _SINCE_FAR.match(folded, end)
            if far:
                return TimeMention(start, far.end(), rule.name, Open("since", meaning))
        return TimeMention(start, end, rule.name, meaning)
    if after["around"]:
        return TimeMention(start, end, rule.name, meaning, ("approximate",))
    if after["since"]:
        return TimeMention(start, after.end(), rule.name, Open("since", meaning))
    way = after["before"] or after["after"]
    if len(way) == 1 and not _takes_plain_end(meaning):
        return TimeMention(start, end, rule.name, meaning)
    side = "before" if after["before"] else "after"
    return TimeMention(start, after.end(), rule.name, Open(side, meaning), flags)


def _takes_plain_end(meaning: Meaning) -> bool:
    """Whether 前 or 后 right behind it opens an end: 2030年前, 6月底前, but not 今年前."""
    if isinstance(meaning, Calendar):
        return meaning.part is not _WHOLE_YEAR or meaning.year.kind in ("absolute", "short")
    return isinstance(meaning, (Fixed, Feast, Month))


# --- settle -------------------------------------------------------------------------------------------------------


def settle(mention: TimeMention, context: Context) -> Period:
    """The period that a mention means in a context; its code is None where the context does not settle it."""
    try:
        days = mention.meaning.days(context)
    except (ValueError, OverflowError):  # a year beyond the calendar
        days = None
    if days is None:
        vague = ("vague",) if isinstance(mention.meaning, Vague) else ("unsettled",)
        return Period(mention.start, mention.end, None, None, None, "", (*mention.flags, *vague))
    flags = dict.fromkeys((*mention.flags, *days.flags))
    return Period(mention.start, mention.end, days.code, days.first, days.last, days.granularity, tuple(flags))


_SENTENCE_END = re.compile(r"[。！？!?\n]")


def find_periods(text: str, published: date | None = None) -> list[Period]:
    """The settled periods of a text, in order; what needs a day of publication is left out without one.

    >>> [period.code for period in find_periods("去年10月动工，今年上半年完成投资3亿元", date(2024, 9, 30))]
    ['2023-10', '2024-S1']
    """
    periods = []
    context = Context(published=published)
    at = 0
    for mention in scan(text):
        for end in _SENTENCE_END.finditer(text, at, mention.start):
            context = replace(context, near=False, previous=None if end[0] == "\n" else context.previous)
        at = mention.start
        period = settle(mention, context)
        if period.code is None:
            continue
        periods.append(period)
        if period.granularity != "now" and text[mention.start - 1 : mention.start] not in ("比", "较"):
            context = replace(context, previous=period, near=True)
    return periods
