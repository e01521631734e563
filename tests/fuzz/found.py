"""What was generated must be found: value, unit, period, indicator, measure and place, and nothing besides."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

from tests.fuzz.documents import Example
from tests.ragged import ragged, wrapped
from zzcli import find_periods, find_quantities
from zzcli.document import Document, parse
from zzcli.views.records import Record, records

KEYS = (
    *("indicator", "measure", "value", "value_max", "unit", "relation"),
    *("period", "period_start", "period_end", "written", "start", "end"),
)


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


def broken(example: Example) -> None:
    """The same text as a scanner or a printer breaks it states the same."""
    clean = _facts(document(example))
    chance = random.Random(example["seed"])
    pages = {
        "ragged": ragged(example["text"], example["seed"]),
        "wrapped": wrapped(example["text"], chance.randint(14, 45), pages=chance.choice([0, 0, 25])),
    }
    for how, text in pages.items():
        again = _facts(parse(text, _day(example["published"])))
        differing = [(one, other) for one, other in zip(clean, again, strict=False) if one != other]
        assert len(clean) == len(again), f"{how}: {len(clean)} figures, then {len(again)}: {text!r}"
        assert not differing, f"{how}: {differing}: {text!r}"


def _facts(read: Document) -> list[Record]:
    return [_without_place(record) for record in records(read, "figures")]


def _without_place(record: Record) -> dict[str, Any]:
    """A figure but for where it stands and the passage around it."""
    return {key: value for key, value in record.items() if key not in ("line", "start", "end", "paragraph", "quote")}
