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

from msgspec import Struct

from zzcli.views.records import Record
from zzcli.views.visible import UNSAFE


class Frame(Struct, frozen=True):
    """What stands around pieces of text: before the first, between two, behind the last, and where there is none."""

    opening: str = ""
    between: str = ""
    closing: str = ""
    empty: str = ""


def framed(pieces: Iterable[str], frame: Frame) -> Iterator[str]:
    """The pieces in their frame; an empty one is none."""
    opened = False
    for piece in pieces:
        if piece:
            yield (frame.between if opened else frame.opening) + piece
            opened = True
    yield frame.closing if opened else frame.empty


def frame(form: str, keys: Sequence[str], bom: bool = False) -> Frame:
    """What makes a whole of the texts of records, or of several such texts already joined by ``between``."""
    if form == "json":
        return Frame("[\n ", ",\n ", "\n]\n", "[]\n")
    if form == "ndjson":
        return Frame()
    header = "".join(_rows([keys], _DELIMITERS[form]))
    return Frame(opening=header, empty=header)


def texts(form: str, records: Iterable[Record], keys: Sequence[str], raw: bool = False) -> Iterator[str]:
    """The text of each record: a JSON object, a line with one, or a row of cells, quoted where they must be."""
    if form == "json":
        return map(json_text, _of_keys(records, keys))
    if form == "ndjson":
        return (json_text(record) + "\n" for record in _of_keys(records, keys))
    return _rows(([cell(record[key]) for key in keys] for record in records), _DELIMITERS[form])


def _of_keys(records: Iterable[Record], keys: Sequence[str]) -> Iterator[Record]:
    """The records with these keys only, in this order."""
    wanted = list(keys)
    return (record if list(record) == wanted else {key: record[key] for key in wanted} for record in records)


def _rows(rows: Iterable[Sequence[str]], delimiter: str) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    for row in rows:
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


_DELIMITERS = {"csv": ",", "tsv": "\t"}


def _written(form: str, records: Iterable[Record], keys: Sequence[str]) -> Iterator[str]:
    return framed(texts(form, records, keys), frame(form, keys))


WRITERS: dict[str, Callable[[Iterable[Record], Sequence[str]], Iterator[str]]] = {
    form: partial(_written, form) for form in ("json", "ndjson", *_DELIMITERS)
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
