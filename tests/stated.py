"""Records of figures that are stated by hand: for the tests of what compares them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from zzcli.views.records import Record

WRITTEN = re.compile(r"([+-]?)([\d.]*)[一二三]?([亿万]?)(.*)")
TIMES = {"亿": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}
DAYS = {
    "": ("01-01", "12-31"),
    "-S1": ("01-01", "06-30"),
    "-S2": ("07-01", "12-31"),
    "-Q1": ("01-01", "03-31"),
}


def days(period: str | None) -> tuple[str | None, str | None]:
    """The first and the last day of a year, a part of it, a range of years, or of what is open on one side."""
    if period is None:
        return None, None
    first, _, last = period.partition("/")
    ends = [
        None if code == ".." else f"{code[:4]}-{DAYS[code[4:]][at]}" for at, code in enumerate((first, last or first))
    ]
    return ends[0], ends[1]


def figure(indicator: str | None, written: str, value: str | None = None, **stated: Any) -> Record:
    """The record of a figure of a.txt for 2024, ``figure("GDP", "1203.5亿元")``; what has a sign is a growth.

    A numeral in words needs its ``value``.
    """
    sign, digits, multiplier, unit = WRITTEN.fullmatch(written).groups()  # type: ignore[union-attr]
    growth = bool(sign)
    facts: dict[str, Any] = {
        "source": "a.txt",
        "line": 1,
        "start": 0,
        "end": 4,
        "page": None,
        "paragraph": None,
        "indicator": indicator,
        "measure": "growth" if growth else "level",
        "value": Decimal(value) if value is not None else Decimal(sign + digits) * TIMES[multiplier],
        "value_max": None,
        "unit": unit or None,
        "written": written.lstrip("+-"),
        "relation": "=",
        "basis": "上年同期" if growth else None,
        "area": "云江市",
        "period": "2024",
        "status": "actual",
        "flags": [],
        "quote": "",
        **stated,
    }
    start, end = days(facts["period"])
    return {**facts, "period_start": start, "period_end": end}
