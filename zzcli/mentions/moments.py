"""What a time expression says, and the days it comes to once its surroundings are known.

去年10月 says “October, of the year before the one of writing” (a ``Calendar``), 近三年 “three years up to the text”
(a ``Stretch``). Each meaning is a small value with one method, ``days``: the days it comes to in a ``Context``, or None
where the context does not settle it. Ends are inclusive; an open end is None.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from zzcli.lexicon import table
from zzcli.span import Span

_DAY = timedelta(days=1)


class Period(Span, frozen=True):
    """A time expression and the days it means, both ends inclusive; None is an open or unsettled end.

    ``code`` is None where the text does not settle it; then ``first`` and ``last`` are None too.
    """

    code: str | None
    first: date | None
    last: date | None
    granularity: str
    flags: tuple[str, ...] = ()


class Days(Struct, frozen=True):
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


class Context(Struct, frozen=True):
    """What settles a relative expression.

    Attributes:
        published: the day of publication, where it is known to the day.
        written: the year of writing, where the day is not known (今年 is this year).
        year: the year that the document, or its section, is about (全年, 上半年, 年末, 上年 hang on it).
        report: the text is a work report: it looks back on whole years before the year it was written in.
        previous: the nearest settled period before it in the paragraph; of a date that is none (2023年2月29日) its
            year at most, without a granularity.
        near: ``previous`` stands in the same sentence.
        aimed: the words around the expression look ahead (力争四季度投产).
    """

    published: date | None = None
    written: int | None = None
    year: int | None = None
    report: bool = False
    previous: Period | None = None
    near: bool = False
    aimed: bool = False

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


# --- meanings -----------------------------------------------------------------------------------------------------


class Part(Struct, frozen=True):
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
            last = date(year, self.last[0], self.last[1]) if self.last[1] else month_end(year, self.last[0])
        except ValueError:
            return None
        if last < first:
            return None
        return Days(first, last, self.granularity, self.unit, ("approximate",) if self.approximate else ())


WHOLE_YEAR = Part("year", unit="year")


_FAR_AHEAD = 45  # days


class Year(Struct, frozen=True):
    """How the year of an expression is written.

    ``kind`` is ``absolute`` (2024年), ``short`` (98年4月), ``written`` (今年, 去年: counted from the year of writing),
    ``document`` (上年: from the year the text is about), ``previous`` (同年, 次年: from the period before) or ``none``.
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
            told = context.previous if context.near else None
            day = (told.last or told.first) if told else None  # 到2027年建成，次年投产
            base = day.year if day else context.previous_year or context.year or now
            return None if base is None else base + self.value
        before = context.previous  # 去年以来 says nothing of the 首季 behind it
        near = context.previous_year if context.near and before and before.last is not None else None
        base = near or context.year or now or context.previous_year
        if base is None:
            return None
        if self.kind == "document":
            return base + self.value
        return self._carried(context, part, near, base)

    @staticmethod
    def _carried(context: Context, part: Part, near: int | None, base: int) -> int:
        """The year of 9月24日: its sentence's, else its paragraph's where that goes by days, else the text's."""
        if near is not None:
            return near
        before, told = context.previous, context.previous_year
        then, published = part.of(base), context.published
        lies_ahead = published is not None and then is not None and then.first is not None and then.first > published
        if told is not None and told < base and lies_ahead and not context.aimed:
            return told  # 2023年，…。年末人口88万人, written in June 2024: of 2023
        if part.granularity in ("day", "month", "ten-days", "range") and before and told is not None:
            published = context.published
            by_days = before.granularity in ("day", "month", "ten-days")
            here = part.of(base)
            # a year told in the paragraph goes on, unless the date fits the weeks before publication
            fresh = published and here and here.first and -31 <= (published - here.first).days <= 60
            if told <= base and (by_days or (part.unit == "day" and not fresh)):
                return told
        published = context.published
        if published is None or context.year is not None or context.aimed or part.close:
            return base
        if part is WHOLE_YEAR:
            return base - 1 if published.month <= 3 else base  # early in a year 全年 is the one that is over
        if published.month <= 2 and part.first[0] >= 11:
            return base - 1  # a page of January speaks of the December before it
        here = part.of(base)
        if here is None or here.last is None or part.unit == "day" or published.month > 3:
            return base
        # 1—11月, 四季度, 下半年: what ends so far ahead is told of the year before
        return base - 1 if (here.last - published).days > _FAR_AHEAD and part.last[0] >= 9 else base


class Calendar(Struct, frozen=True):
    """A year, or a part of it."""

    year: Year
    part: Part = WHOLE_YEAR

    def days(self, context: Context) -> Days | None:
        """The part of its year."""
        year = self.year.of(context, self.part)
        return self.part.of(year) if year is not None else None


class Feast(Struct, frozen=True):
    """A feast day, or the days off around it."""

    year: Year
    name: str
    off: bool

    def days(self, context: Context) -> Days | None:
        """The day, or the days off; without a year those of the year of writing, near its turn the nearer ones."""
        published = context.published
        if self.year.kind == "none" and published and context.year is None and not context.near:
            found = self._in(published.year)
            if found is None or found.first is None:
                return found
            if published.month >= 11 and found.first.month <= 2:
                return self._in(published.year + 1)
            return self._in(published.year - 1) if published.month <= 2 and found.first.month >= 10 else found
        year = self.year.of(context, Part("day", unit="day"))
        return None if year is None else self._in(year)

    def _in(self, year: int) -> Days | None:
        entry = feasts()[self.name]
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


class Fixed(Struct, frozen=True):
    """Days that need no context: 2024-05-20, “十四五”期间, 改革开放."""

    first: date
    last: date
    granularity: str
    unit: str = "day"

    def days(self, context: Context) -> Days | None:
        """The days themselves."""
        return Days(self.first, self.last, self.granularity, self.unit)


class Month(Struct, frozen=True):
    """A month counted from the one of writing (上月) or from the one before in the text (当月), or days in it."""

    base: str
    offset: int
    first: int = 0
    last: int = 0
    granularity: str = "month"
    close: bool = False

    def days(self, context: Context) -> Days | None:
        """The month, or its days; counted months need the day of publication."""
        anchor = context.published
        before = context.previous
        told = before is not None and before.granularity in ("day", "month", "ten-days")
        # 6月份增长7%，比上月加快: the month before June
        of_month = context.near and before is not None and before.granularity == "month" and self.offset < 0
        if before and before.first and ((self.base == "previous" and told) or of_month):
            anchor = before.first
        if anchor is None or (self.base == "previous" and before and not before.granularity):
            return None
        months = anchor.year * 12 + anchor.month - 1 + self.offset
        part = Part(self.granularity, (months % 12 + 1, self.first), (months % 12 + 1, self.last))
        if self.granularity != "month":
            part = replace(part, unit="day")
        return part.of(months // 12)


class DayOfMonth(Struct, frozen=True):
    """A day whose month is not written: 记者7日在港口看到."""

    first: int
    last: int

    def days(self, context: Context) -> Days | None:
        """The day in the month told before it, else in the month of publication or the one before."""
        before, published = context.previous, context.published
        anchor = None
        if before and before.first and before.last and before.granularity in ("day", "month", "ten-days", "range"):
            same_month = (before.first.year, before.first.month) == (before.last.year, before.last.month)
            anchor = before.first if same_month else None
        if anchor is None and published:
            # on June 2, 30日 is a day of May
            anchor = published.replace(day=1) - _DAY if self.first - published.day > 20 else published
        if anchor is None:
            return None
        whole = "day" if self.first == self.last else "range"
        return Part(whole, (anchor.month, self.first), (anchor.month, self.last), "day").of(anchor.year)


class Day(Struct, frozen=True):
    """A day counted from the day of writing (昨天) or from the day before in the text (当日, 次日)."""

    base: str
    offset: int

    def days(self, context: Context) -> Days | None:
        """The day; counted days need the day they are counted from."""
        anchor = context.published
        if self.base == "previous":
            before = context.previous
            anchor = before.first if before and before.granularity == "day" else None
        if anchor is None:
            return None
        day = anchor + self.offset * _DAY
        return Days(day, day, "day")


class Week(Struct, frozen=True):
    """A week counted from the one of writing, or a day of it (0 is Monday)."""

    offset: int
    weekday: int | None = None

    def days(self, context: Context) -> Days | None:
        """Monday to Sunday, or the day of the week."""
        if context.published is None:
            return None
        monday = context.published + (7 * self.offset - context.published.weekday()) * _DAY
        if self.weekday is None:
            return Days(monday, monday + 6 * _DAY, "week")
        day = monday + self.weekday * _DAY
        return Days(day, day, "day")


class Quarter(Struct, frozen=True):
    """A quarter counted from the one of writing; ``edge`` is its first or last month."""

    offset: int
    edge: str = ""

    def days(self, context: Context) -> Days | None:
        """The quarter, or its first or last month."""
        if context.published is None:
            return None
        index = context.published.year * 4 + (context.published.month - 1) // 3 + self.offset
        return quarters(index % 4 + 1, index % 4 + 1, self.edge).of(index // 4)


class Decade(Struct, frozen=True):
    """八十年代, 上世纪九十年代初. Without a century: the last one that had begun ten years before the text."""

    century: int | None  # 20 for the years 19xx
    relative: int | None
    decade: int | None
    third: str = ""
    more: int = 0  # 七八十年代: years between the first decade and the last

    def days(self, context: Context) -> Days | None:
        """The decade, the century, or its beginning, middle or end."""
        century = self.century
        if century is None:
            if context.now is None:
                return None
            century = context.now // 100 + 1 + (self.relative or 0)
            if self.relative is None and (century - 1) * 100 + (self.decade or 0) + 5 > context.now:
                century -= 1
        base = (century - 1) * 100
        if self.decade is None:
            start = base
            shift = {"初": (0, 20), "末": (80, 20), "中": (40, 20)}.get(self.third, (0, 100))
        else:
            start = base + self.decade
            shift = {"初": (0, 3), "末": (7, 3), "中": (3, 4)}.get(self.third, (0, 10))
        first = start + shift[0]
        if not 1 <= first <= 9000:
            return None
        first, shift = first if not self.more else start, (0, 10 + self.more) if self.more else shift
        unit = "century" if self.decade is None else "decade"
        flags = ("approximate",) if self.third else ()
        return Days(date(first, 1, 1), date(first + shift[1] - 1, 12, 31), unit, "year", flags)


class Stretch(Struct, frozen=True):
    """A number of years (or months) that ends or begins with the text: 五年来, 近三年, 过去一年, 未来五年."""

    direction: str  # back, ahead
    months: int
    whole_years: bool
    since: bool = False  # 75年来 counts from 75 years ago, 近三年 has three years

    def days(self, context: Context) -> Days | None:
        """Whole years; months from the first of the month to the day of publication."""
        now = context.now
        if now is None:
            return None
        if not self.whole_years:
            if context.published is None:
                return None
            other = _shift(context.published, self.months if self.direction == "ahead" else -self.months)
            first, last = sorted((context.published, other))
            if self.direction == "back":
                return Days(first.replace(day=1), last, "range", "day", ("approximate",))
            return Days(first.replace(day=1), month_end(last.year, last.month), "range", "month", ("approximate",))
        years = self.months // 12
        if self.direction == "ahead":
            start = now if context.looks_back else now + 1
            first_year, last_year = start, start + years - 1
        elif context.report or (context.looks_back and not self.since):  # 五年来 in a report of 2026 is 2021 to 2025
            base = context.year if context.year is not None and context.year < now else now - 1
            first_year, last_year = base - years + 1, base
        elif context.published and context.published.month == 12:  # a year that closes
            first_year, last_year = now - years + 1, now
        elif years == 1:  # 一年来 in autumn is neither calendar year
            return None
        else:
            first_year, last_year = now - years + (0 if self.since else 1), now
        if first_year < 1 or last_year > 9998:
            return None
        whole = self.direction == "back" and (context.report or (context.looks_back and not self.since))
        flags = () if whole else ("approximate",)
        granularity = "year" if years == 1 else "range"
        return Days(date(first_year, 1, 1), date(last_year, 12, 31), granularity, "year", flags)


class Whole(Struct, frozen=True):
    """So many whole months or years before or after the one of writing."""

    number: int
    unit: str

    def days(self, context: Context) -> Days | None:
        """Whole units, without the one of writing."""
        if self.unit == "year":
            now = context.now
            if now is None:
                return None
            first_year, last_year = sorted((now + self.number, now + (1 if self.number > 0 else -1)))
            return Days(date(first_year, 1, 1), date(last_year, 12, 31), "range", "year")
        if context.published is None:
            return None
        month = context.published.replace(day=1)
        first, last = sorted((_shift(month, self.number), _shift(month, 1 if self.number > 0 else -1)))
        return Days(first, month_end(last.year, last.month), "range", "month")


class FirstMonths(Struct, frozen=True):
    """前5个月 without a year: the first of the year, or, where they are not over yet, the ones before the text."""

    months: int

    def days(self, context: Context) -> Days | None:
        """The first months of the year, or the months before the text."""
        part = Part("range", (1, 0), (self.months, 0))
        year = Year("none").of(context, part)
        published = context.published
        if published and year == published.year and published.month <= self.months and not context.near:
            return Whole(-self.months, "month").days(context)
        return part.of(year) if year is not None else None


class Ago(Struct, frozen=True):
    """A stretch counted from the text: 两年前 is the year, 两年以前 ends with it, 两年以后 begins with it."""

    months: int
    days_apart: int
    unit: str  # year, month, day
    side: int  # -1 before, 1 after
    open: bool
    spread: int = 0  # 二十多年前 is one of so many years more

    def days(self, context: Context) -> Days | None:
        """The year, month or day so long before or after, or all up to or from it."""
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
            if self.spread:
                early, late = sorted((day.year, day.year + self.side * self.spread))
                return Days(date(early, 1, 1), date(late, 12, 31), "range", "year", ("approximate",))
            first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        elif self.unit == "month":
            first, last = day.replace(day=1), month_end(day.year, day.month)
        else:
            first = last = day
        if self.open:
            return Days(None, last, "range", self.unit) if self.side < 0 else Days(first, None, "range", self.unit)
        return Days(first, last, self.unit, self.unit, ("approximate",))


class SamePeriod(Struct, frozen=True):
    """去年同期: the period before, as many years earlier; 同期 alone is the period before itself."""

    year: Year | None

    def days(self, context: Context) -> Days | None:
        """The days of the period before, moved to the other year."""
        before = context.previous
        if before is None or before.first is None or before.last is None or not before.granularity:
            return None
        if self.year is None:
            shift = 0
        else:
            year = self.year.of(context, WHOLE_YEAR)
            if year is None:
                return None
            shift = year - before.last.year
        try:
            first = _shift(before.first, 12 * shift)
            last = _shift(before.last, 12 * shift)
        except ValueError:
            return None
        if before.last == month_end(before.last.year, before.last.month):
            last = month_end(last.year, last.month)
        unit = "year" if before.granularity == "year" else "month"
        if before.granularity in ("day", "week", "ten-days") or first.day != 1:
            unit = "day"
        return Days(first, last, before.granularity, unit)


class Those(Struct, frozen=True):
    """这八年: the stretch of years just told; 这五年 of a work report is its term."""

    years: int

    def days(self, context: Context) -> Days | None:
        """The stretch before it, where it is as long; nothing is guessed."""
        before = context.previous
        if before and before.first and before.last and before.last.year - before.first.year + 1 == self.years:
            return Days(before.first, before.last, "range", "year")
        return Stretch("back", 12 * self.years, True).days(context) if context.report and self.years == 5 else None


class Now(Struct, frozen=True):
    """目前, 截至目前: up to the day of publication."""

    def days(self, context: Context) -> Days | None:
        """Up to the day of publication."""
        return Days(None, context.published, "now", "day") if context.published else None


class Vague(Struct, frozen=True):
    """近年来, 日前: time is spoken of and not settled."""

    def days(self, context: Context) -> Days | None:
        """Nothing."""
        return None


class NoDate(Struct, frozen=True):
    """2024年13月, 32月1日, 公元前221年: written as a date and none of the calendar. No year is lent to it."""

    def days(self, context: Context) -> Days | None:
        """Nothing."""
        return None


class Range(Struct, frozen=True):
    """From one point to another; what the second leaves out is as in the first."""

    first: Meaning
    last: Meaning

    def days(self, context: Context) -> Days | None:
        """From the first day of the one to the last day of the other."""
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


class Open(Struct, frozen=True):
    """A point with an open end: since (以来, 起), before (以前), after (以后), upto (截至: its last day)."""

    side: str
    point: Meaning

    def days(self, context: Context) -> Days | None:
        """The point with one end open, or its last day for 截至."""
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


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - _DAY


def _month_day(year: int, written: str) -> date:
    return date(year, int(written[:2]), int(written[3:]))


def _shift(day: date, months: int) -> date:
    """The day so many months later; the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    last = month_end(index // 12, index % 12 + 1)
    return min(day.replace(day=1).replace(year=index // 12, month=index % 12 + 1) + (day.day - 1) * _DAY, last)


def quarters(first: int, last: int, edge: str = "") -> Part:
    """From one quarter of a year to another, or the first (初) or last month (末, 底) of them."""
    if edge == "末" or edge == "底":
        return Part("month", (3 * last, 0), (3 * last, 0), close=True)
    if edge == "初":
        return Part("month", (3 * first - 2, 0), (3 * first - 2, 0))
    return Part("quarter" if first == last else "range", (3 * first - 2, 0), (3 * last, 0))


def feasts() -> dict[str, dict[str, Any]]:
    """The feasts of the lexicon, by name."""
    entries: dict[str, dict[str, Any]] = table("periods")["holidays"]
    return entries
