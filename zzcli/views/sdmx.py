"""Figures as observations in the columns of SDMX-CSV 2.0 (SDMX 3.0), one row each.

The standard's own columns come first, then dimensions (INDICATOR to TIME_PERIOD), the measure OBS_VALUE, attributes,
and behind them, as columns of our own, where the number was read. What a document does not settle is empty. There is
no structure definition to look up: ZZCLI:FIGURES(1.0) is but a name, and indicators and units are words of the
document.

    REF_AREA      the code of GB/T 2260 (430200), CN (ISO 3166) for the country, which GB/T 2260 does not number; else
                  the name
    TIME_PERIOD   2024, 2024-S1, 2024-Q1, 2024-02, 2024-05-20; any other stretch as its first day and how long it is
                  (2024-01-01/P7M); what came to be until a day at that day; what has no end has no form in SDMX
    OBS_VALUE     times ten to the power of UNIT_MULT it is the record's ``value``, exactly: 1853.63亿元 is 1853.63
                  and 8
    OBS_STATUS    of CL_OBS_STATUS: A normal, F forecast (a target), U of low reliability (`DOUBTFUL` flags); _Z, not
                  applicable, for what a rule sets
    QUALIFIER     the relation where it is not ``=``, and the end of a range, in units of UNIT_MULT: ``> to 7800``
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal

from zzcli.mentions.names import NATION, code_of
from zzcli.patterns import compiled
from zzcli.views.formats import number
from zzcli.views.records import Record

KEYS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION"),
    *("INDICATOR", "MEASURE", "REF_AREA", "TIME_PERIOD"),
    "OBS_VALUE",
    *("UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "QUALIFIER"),
    *("SOURCE", "START", "END"),
)
DOUBTFUL = frozenset({"ocr", "truncated", "unit-inferred", "unit-missing", "year-like"})
"""Flags for which the number or its unit may be another; an inferred year is no doubt about either."""

_COUNTRY = "CN"
_REGULAR = compiled(r"\d{4}(?:-(?:S[12]|Q[1-4]|\d\d(?:-\d\d)?))?")
_NUMERAL = compiled(r"\d{1,40}(?:[,，]\d{3}){0,12}(?:[.．]\d{1,40})?")
_SIGNS = str.maketrans("．", ".", ",，")
_MULTIPLIERS = {"万": 4, "亿": 8, "万亿": 12}
_WORD = compiled(r"万?亿|万")  # of a number in words: 两千万
_POWERS = (*range(2, 9), 12)  # 百 to 亿, and 万亿


def observation(record: Record) -> Record:
    """The observation that a record of a figure states."""
    power = _power(record["written"], record["value"])
    return {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "ZZCLI:FIGURES(1.0)",
        "ACTION": "I",
        "INDICATOR": record["indicator"],
        "MEASURE": record["measure"],
        "REF_AREA": _area(record["area"]),
        "TIME_PERIOD": _period(record["period"], record["period_start"], record["period_end"]),
        "OBS_VALUE": _scaled(record["value"], power),
        "UNIT_MEASURE": record["unit"],
        "UNIT_MULT": power,
        "OBS_STATUS": _status(record),
        "QUALIFIER": _qualifier(record, power),
        "SOURCE": record["source"],
        "START": record["start"],
        "END": record["end"],
    }


def _area(name: str | None) -> str | None:
    if name is None:
        return None
    return _COUNTRY if name == NATION else code_of(name) or name


def _period(code: str | None, start: str | None, end: str | None) -> str | None:
    """The period in a form of SDMX.

    >>> _period("2024-01/2024-07", "2024-01-01", "2024-07-31"), _period("2022/..", "2022-01-01", None)
    ('2024-01-01/P7M', None)
    """
    if code is None or _REGULAR.fullmatch(code):
        return code
    if start is None or end is None:
        return end
    return f"{start}/{_duration(date.fromisoformat(start), date.fromisoformat(end))}"


def _duration(first: date, last: date) -> str:
    """How long it is from the first day to the last: whole years or months, if they are, else days.

    >>> _duration(date(1980, 1, 1), date(1989, 12, 31)), _duration(date(2024, 5, 15), date(2024, 5, 31))
    ('P10Y', 'P17D')
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        months += 1
    elif last.day != first.day - 1:
        months = 0
    if months == 0:
        return f"P{(last - first).days + 1}D"
    return f"P{months}M" if months % 12 else f"P{months // 12}Y"


def _power(written: str, value: Decimal | int) -> int:
    """The power of ten by which the number as written is multiplied: by 万 or 亿 beside it, or over its column.

    >>> [_power(*given) for given in (("1853.63亿元", 185363000000), ("两千万", 20000000), ("5.8%", Decimal("5.8")))]
    [8, 4, 0]
    """
    if not value:
        return 0
    if numeral := _NUMERAL.search(written):
        stated = Decimal(numeral[0].translate(_SIGNS))
        return next((power for power in _POWERS if stated and _scaled(value, power).copy_abs() == stated), 0)
    words = _WORD.findall(written)
    return _MULTIPLIERS[words[-1]] if words else 0


def _scaled(value: Decimal | int, power: int) -> Decimal:
    """The value divided by a power of ten, whatever the precision of the context."""
    sign, digits, exponent = Decimal(value).as_tuple()
    assert isinstance(exponent, int)  # a finite number
    return Decimal((sign, digits, exponent - power))


def _status(record: Record) -> str:
    if record["status"] == "rule":
        return "_Z"
    if record["status"] == "target":
        return "F"
    return "A" if DOUBTFUL.isdisjoint(record["flags"]) else "U"


def _qualifier(record: Record, power: int) -> str | None:
    relation = [] if record["relation"] == "=" else [record["relation"]]
    end = [] if record["value_max"] is None else ["to", number(_scaled(record["value_max"], power))]
    return " ".join(relation + end) or None
