"""What was generated must be found: value, unit, period, indicator, measure and place, and nothing besides."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from tests.fuzz.documents import Example
from tests.ragged import ragged, wrapped
from zzcli import find_periods, find_quantities
from zzcli.document import Document, parse
from zzcli.reading.lines import width_of
from zzcli.views.records import records

KEYS = (
    *("indicator", "measure", "value", "value_max", "unit", "relation"),
    *("period", "period_start", "period_end", "written", "start", "end"),
)

# Facts that one of some thirty sentences may cost when a line breaks where nothing tells that it goes on.
LOST_IN_PRINT = 4
LOST_IN_SCAN = 12


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def document(example: Example) -> Document:
    """The document of an example."""
    return parse(example["text"], _day(example.get("published")))


def quantity(example: Example) -> None:
    """The one number of the text is read as it was meant."""
    found = [
        (each.start, each.end, each.value, each.value_max, each.unit, each.relation)
        for each in find_quantities(example["text"])
    ]
    wanted = (
        *(example["start"], example["end"], _number(example["value"]), _number(example["value_max"])),
        *(example["unit"], example["relation"]),
    )
    assert found == [wanted], f"{found} is not {wanted}"


def period(example: Example) -> None:
    """The one time expression of the text is read as it was meant."""
    found = [
        (each.start, each.end, each.code, each.first, each.last)
        for each in find_periods(example["text"], _day(example["published"]))
    ]
    wanted = (example["start"], example["end"], example["code"], _day(example["first"]), _day(example["last"]))
    assert found == [wanted], f"{found} is not {wanted}"


def figures(example: Example) -> None:
    """Every figure is found at its place, with what it says, and no other."""
    read = records(document(example), "figures")
    found = [{key: record[key] for key in KEYS} for record in read]
    wanted = [
        {**stated, "value": _number(stated["value"]), "value_max": _number(stated["value_max"])}
        for stated in example["facts"]
    ]
    assert len(found) == len(wanted), f"{found} is not {wanted}"
    for one, other in zip(found, wanted, strict=True):
        differing = {key: (one[key], other[key]) for key in KEYS if one[key] != other[key]}
        assert not differing, f"{other['written']}: read, meant: {differing}"


def wrapped_again(example: Example) -> None:
    """The same text as a printer sets it, with page numbers or without, states the same."""
    pages = example["seed"] % 3 * 12
    printed = (wrapped(example["text"], columns, pages=pages) for columns in range(example["columns"], 80))
    lost = _lost(example, next(filter(_even, printed), example["text"]))
    assert len(lost) <= LOST_IN_PRINT, f"{lost} are lost or new"


def ragged_again(example: Example) -> None:
    """The same text as a scanner leaves it states the same, but for a few that it cut where nothing tells so."""
    lost = _lost(example, ragged(example["text"], example["seed"]))
    assert len(lost) <= LOST_IN_SCAN, f"{lost} are lost or new"


def _even(page: str) -> bool:
    """Whether no line hangs far over, as one does that ends in a long number; a printer sets none so."""
    widths = sorted(map(width_of, page.splitlines()))
    return widths[-1] <= widths[len(widths) * 2 // 3] + 6


def _lost(example: Example, text: str) -> list[str]:
    """What only one of the two texts states."""
    clean, again = (Counter(_facts(document({**example, "text": each}))) for each in (example["text"], text))
    return [*(clean - again), *(again - clean)]


def _facts(read: Document) -> list[str]:
    kept = ("indicator", "measure", "value", "value_max", "unit", "relation", "period", "written")
    return [" ".join(str(record[key]) for key in kept) for record in records(read, "figures")]
