"""Which facts of a document are asked for: by indicator, area, unit, time, size and the like.

    >>> from zzcli.document import parse
    >>> figures = parse("2024年，全市生产总值1203.5亿元，同比增长5.8%，进出口88亿元。").figures
    >>> [figure.written for figure in chosen(figures, Choice(least=amount("100亿")))]
    ['1203.5亿元']

A fact is chosen that answers all that is asked. What the text leaves open answers nothing: an undated figure has no
part in any time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from msgspec import Struct

from zzcli.errors import UsageError
from zzcli.language import say
from zzcli.patterns import compiled

MEASURES = ("level", "growth", "difference", "contribution", "rank")
STATUSES = ("actual", "target", "rule")

_CODE = compiled(
    r"(\d{4}) (?: -S([12]) | -Q([1-4]) | [-/.](?P<month>\d\d?) (?: [-/.](\d\d?) )? )?",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_PLAIN = compiled(r"[+\-−]?\d{1,30}(?:\.\d{0,30})?(?:[eE][+\-]?\d{1,2})?", re.ASCII)
_INDUSTRY = compiled(r"(?:产业集群|产业|行业|集群)$")


class Choice(Struct, frozen=True):
    """What is asked of facts; None asks for nothing.

    Attributes:
        indicator: a name of what is measured, or a part of one.
        area: whose it is; 株洲 is 株洲市.
        unit: the unit, with or without 万 and 亿.
        measure, status, granularity: as in the records.
        since, until: the first and the last day of the time that is asked for; a period has to reach into it.
        least, most: the value has to be at least and at most so much, in the base unit.
        tier: the tier of an industry. industry: its name.
    """

    indicator: str | None = None
    area: str | None = None
    unit: str | None = None
    measure: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    granularity: str | None = None
    tier: str | None = None
    industry: str | None = None


EVERYTHING = Choice()

Fact = TypeVar("Fact")


def chosen(facts: Iterable[Fact], choice: Choice) -> tuple[Fact, ...]:
    """The facts that answer all that is asked, in their order."""
    asked = [(_TESTS[name], wanted) for name, wanted in _asked(choice).items()]
    return tuple(fact for fact in facts if all(test(fact, wanted) for test, wanted in asked))


def offers(facts: Sequence[Any], choice: Choice) -> dict[str, list[str]]:
    """What there is in place of each thing asked for that no fact has alone, the commonest first."""
    found: dict[str, list[str]] = {}
    for name, wanted in _asked(choice).items():
        value = _VALUES.get(name)
        if value and not any(_TESTS[name](fact, wanted) for fact in facts):
            found[name] = [each for each, _ in Counter(filter(None, map(value, facts))).most_common()]
    return found


def _asked(choice: Choice) -> dict[str, Any]:
    named = ((name, getattr(choice, name)) for name in choice.__struct_fields__)
    return {name: wanted for name, wanted in named if wanted is not None}


def _is_named(fact: Any, wanted: str) -> bool:
    from zzcli.facts.canonical import matches

    return matches(wanted, fact.indicator, fact.measure)


def _is_of(fact: Any, wanted: str) -> bool:
    return fact.area is not None and wanted in fact.area


def _is_in(fact: Any, wanted: str) -> bool:
    return fact.unit is not None and fact.unit in (wanted, _base(wanted))


def _base(unit: str) -> str | None:
    """The base unit of a unit: 元 of 亿元."""
    from zzcli.mentions.quantities import find_quantities

    written = f"5{unit.strip()}"
    found = find_quantities(written)
    return found[0].unit if found and found[0].end == len(written) else None


def _is_dated(fact: Any) -> bool:
    return fact.period is not None and (fact.period.first or fact.period.last) is not None


def _ends_since(fact: Any, first: date) -> bool:
    return _is_dated(fact) and (fact.period.last or date.max) >= first


def _begins_until(fact: Any, last: date) -> bool:
    return _is_dated(fact) and (fact.period.first or date.min) <= last


def _is_called(fact: Any, wanted: str) -> bool:
    name = _INDUSTRY.sub("", wanted) or wanted
    return name in fact.industry or fact.industry in wanted


_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "indicator": _is_named,
    "area": _is_of,
    "unit": _is_in,
    "measure": lambda fact, wanted: bool(fact.measure == wanted),
    "status": lambda fact, wanted: bool(fact.status == wanted),
    "since": _ends_since,
    "until": _begins_until,
    "least": lambda fact, wanted: bool(fact.value >= wanted),
    "most": lambda fact, wanted: bool((fact.value if fact.value_max is None else fact.value_max) <= wanted),
    "granularity": lambda fact, wanted: bool(fact.period.granularity == wanted),
    "tier": lambda fact, wanted: fact.tier is not None and wanted in fact.tier,
    "industry": _is_called,
}
_VALUES: Mapping[str, Callable[[Any], str | None]] = {
    "indicator": lambda fact: fact.indicator,
    "area": lambda fact: fact.area,
    "unit": lambda fact: fact.unit,
    "measure": lambda fact: fact.measure,
    "status": lambda fact: fact.status,
    "granularity": lambda fact: fact.period.granularity,
    "tier": lambda fact: fact.tier,
    "industry": lambda fact: fact.industry,
}


def period(text: str) -> tuple[date, date]:
    """The first and the last day of a period, in the codes of the records or in Chinese.

    >>> period("2024-Q1")[1].isoformat(), period("2024年上半年")[1].isoformat(), period("2024-02")[1].isoformat()
    ('2024-03-31', '2024-06-30', '2024-02-29')

    Raises:
        UsageError: it is no period, or not a certain one.
    """
    from zzcli.mentions.moments import month_end
    from zzcli.mentions.periods import find_periods

    given = text.strip()
    code = _CODE.fullmatch(given)
    try:
        if code:
            year, half, quarter, month, day = (int(part or 0) for part in code.groups())
            if day:
                return date(year, month, day), date(year, month, day)
            first, last = (month, month) if code["month"] else (1, 12)
            if half:
                first, last = half * 6 - 5, half * 6
            elif quarter:
                first, last = quarter * 3 - 2, quarter * 3
            return date(year, first, 1), month_end(year, last)
        ends = given.split("/")
        if len(ends) == 2 and all(map(_CODE.fullmatch, ends)):  # 2024-01/2024-07
            return period(ends[0])[0], period(ends[1])[1]
        for found in find_periods(given):
            if found.end - found.start == len(given) and found.first and found.last:
                return found.first, found.last
    except ValueError:  # no such day
        pass
    raise UsageError(
        say(
            "{text}: is no period that is settled; give 2024, 2024-Q1, 2024-05, 2024-05-20 or 2024年上半年",
            text=repr(text),
        )
    )


def amount(text: str) -> Decimal:
    """A number, also as Chinese writes it; what stands behind it as its unit says nothing.

    >>> amount("100亿") == 10**10, amount("-5.8"), amount("三百万元") == 3 * 10**6
    (True, Decimal('-5.8'), True)

    Raises:
        UsageError: it is none.
    """
    from zzcli.mentions.quantities import find_quantities

    given = text.strip()
    if _PLAIN.fullmatch(given):
        return Decimal(given.replace("−", "-"))
    sign = -1 if given[:1] in ("-", "−", "负") else 1
    unsigned = given[1:] if sign < 0 else given
    for found in find_quantities(unsigned):
        if found.end - found.start == len(unsigned) and found.value_max is None and found.value >= 0:
            return sign * found.value
    raise UsageError(say("{text}: is no number; give 5.8, 100000 or 100亿", text=repr(text)))
