"""Time expressions as a Chinese public document writes them, each with its code, its first and its last day.

The days are worked out here by the calendar alone, and by nothing of the reader's.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from tests.fuzz.amounts import DIGITS, WIDE, chinese

YEARS = st.integers(1985, 2024)
PLANS = {"九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021}
QUARTERS = "一二三四"


class When(NamedTuple):
    """A time expression and what it means."""

    text: str
    code: str
    first: date | None
    last: date | None


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months(text: str, first: date, last: date) -> When:
    code = f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y-%m}/{last:%Y-%m}"
    return When(text, code, first, last)


@st.composite
def years(draw: st.DrawFn, year: int) -> str:
    """2024年, ２０２４年, 二〇二四年."""
    form = draw(st.integers(0, 4))
    if form == 0:
        return str(year).translate(WIDE) + "年"
    if form == 1:
        return "".join(DIGITS[int(digit)] for digit in str(year)).replace("零", "〇") + "年"
    return f"{year}年"


@st.composite
def parts(draw: st.DrawFn, year: int, said: str) -> When:
    """A year or a part of it, behind the words that name the year."""
    kind = draw(st.integers(0, 7))
    first, last = date(year, 1, 1), date(year, 12, 31)
    if kind == 0:
        return When(said, str(year), first, last)
    if kind == 1:
        half = draw(st.integers(1, 2))
        ends = (first, date(year, 6, 30)) if half == 1 else (date(year, 7, 1), last)
        return When(f"{said}{'上下'[half - 1]}半年", f"{year}-S{half}", *ends)
    if kind == 2:
        quarter = draw(st.integers(1, 4))
        ordinal = draw(st.sampled_from(["", "第"]))
        ends = date(year, 3 * quarter - 2, 1), _end(year, 3 * quarter)
        return When(f"{said}{ordinal}{QUARTERS[quarter - 1]}季度", f"{year}-Q{quarter}", *ends)
    if kind == 3:
        return _months(f"{said}前三季度", first, _end(year, 9))
    month = draw(st.integers(1, 12))
    named = draw(st.sampled_from([str(month), str(month).translate(WIDE), chinese(month)]))
    if kind == 4:
        return _months(f"{said}{named}月{draw(st.sampled_from(['', '份']))}", date(year, month, 1), _end(year, month))
    if kind == 5 and month > 1:
        dash = draw(st.sampled_from(["—", "-", "~", "至"]))
        return _months(f"{said}1{dash}{month}月{draw(st.sampled_from(['', '份']))}", first, _end(year, month))
    if kind == 6:
        day = date(year, month, draw(st.integers(1, monthrange(year, month)[1])))
        return When(f"{said}{month}月{day.day}日", day.isoformat(), day, day)
    return _months(f"{said}{month}月", date(year, month, 1), _end(year, month))


@st.composite
def absolute(draw: st.DrawFn) -> When:
    """A time that says its year."""
    year = draw(YEARS)
    kind = draw(st.integers(0, 7))
    if kind == 0:
        last = year + draw(st.integers(1, 5))
        text = f"{year}{draw(st.sampled_from(['—', '-', '年至', '至']))}{last}年"
        return When(text, f"{year}/{last}", date(year, 1, 1), date(last, 12, 31))
    if kind == 1:
        plan = draw(st.sampled_from(sorted(PLANS)))
        first = PLANS[plan]
        return When(
            f"“{plan}”{draw(st.sampled_from(['期间', '时期']))}",
            f"{first}/{first + 4}",
            date(first, 1, 1),
            date(first + 4, 12, 31),
        )
    return draw(parts(year, draw(years(year))))


@st.composite
def relative(draw: st.DrawFn, published: date) -> When:
    """A time that hangs on the day of publication."""
    if draw(st.integers(0, 3)) == 0:
        ago, text = draw(st.sampled_from([(0, "今天"), (1, "昨天"), (2, "前天")]))
        day = published - timedelta(days=ago)
        return When(text, day.isoformat(), day, day)
    ago, said = draw(st.sampled_from([(0, "今年"), (1, "去年"), (2, "前年")]))
    return draw(parts(published.year - ago, said))


PUBLISHED = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[str, When]:
    """A time with the words around it that open an end; the whole text, and what it means."""
    year = draw(YEARS)
    said = draw(years(year))
    month = draw(st.integers(1, 12))
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return f"{said}以来，税收稳步增长", When(f"{said}以来", f"{year}/..", date(year, 1, 1), None)
    if kind == 1:
        return f"截至{said}{month}月底，实有企业3万户", When(
            f"{said}{month}月底", _end(year, month).isoformat(), _end(year, month), _end(year, month)
        )
    if kind == 2:
        return f"截至{said}底，实有企业3万户", When(
            f"{said}底", f"{year}-12-31", date(year, 12, 31), date(year, 12, 31)
        )
    if kind == 3:
        day = date(year, month, draw(st.integers(1, monthrange(year, month)[1])))
        text = f"{said}{month}月{day.day}日起"
        return f"本办法自{text}施行", When(text, f"{day.isoformat()}/..", day, None)
    return f"{said}以前费率为20%", When(f"{said}以前", f"../{year - 1}", None, date(year - 1, 12, 31))
