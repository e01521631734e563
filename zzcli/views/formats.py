"""Records as text for programs: JSON, one JSON record a line, CSV and TSV, always in UTF-8.

Numbers are exact and never have an exponent. JSON escapes what would steer a terminal, and strips nothing. In CSV and
TSV ``None`` is an empty cell, a list of plain values is joined with ``"; "``, and a list of lists or of records is
JSON.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from zzcli.views.records import Record
from zzcli.views.visible import UNSAFE


def json_array(records: Iterable[Record], _keys: Sequence[str]) -> Iterator[str]:
    """One JSON array, a record a line."""
    opened = False
    for record in records:
        yield (",\n " if opened else "[\n ") + json_text(record)
        opened = True
    yield "\n]\n" if opened else "[]\n"


def ndjson(records: Iterable[Record], _keys: Sequence[str]) -> Iterator[str]:
    """One JSON object a line."""
    for record in records:
        yield json_text(record) + "\n"


def delimited(records: Iterable[Record], keys: Sequence[str], delimiter: str) -> Iterator[str]:
    """A header and one row a record, cells quoted where they must be."""
    row = io.StringIO()
    writer = csv.writer(row, delimiter=delimiter, lineterminator="\n")
    writer.writerow(keys)
    for record in records:
        writer.writerow([cell(record[key]) for key in keys])
        yield row.getvalue()
        row.seek(0)
        row.truncate()
    yield row.getvalue()


WRITERS: dict[str, Callable[[Iterable[Record], Sequence[str]], Iterator[str]]] = {
    "json": json_array,
    "ndjson": ndjson,
    "csv": partial(delimited, delimiter=","),
    "tsv": partial(delimited, delimiter="\t"),
}


def number(value: Decimal) -> str:
    """All the digits of a finite number, without an exponent and without idle zeros.

    >>> number(Decimal("1.6E+11")), number(Decimal("5.80")), number(Decimal("-0.0"))
    ('160000000000', '5.8', '0')
    """
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def json_text(value: Any) -> str:
    r"""``value`` as JSON. The standard encoder would round a ``Decimal`` to a float.

    >>> json_text({"value": Decimal("5.80"), "flags": ["a\x9b"]})
    '{"value": 5.8, "flags": ["a\\u009b"]}'
    """
    if isinstance(value, str):
        return UNSAFE.sub(_escape, json.dumps(value, ensure_ascii=False))
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json_text(key)}: {json_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return json.dumps(value)


def cell(value: Any) -> str:
    """``value`` as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return "; ".join(map(cell, value))
    return json_text(value)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
