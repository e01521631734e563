"""Records as text: JSON, one JSON record a line, CSV, TSV, SDMX-CSV and a Markdown table, always in UTF-8.

Numbers are exact and never have an exponent. JSON escapes what would steer a terminal, and strips nothing. In the
others ``None`` is an empty cell, a list of plain values is joined with ``"; "``, and a list of lists or of records is
JSON. In CSV, TSV and SDMX-CSV a text that a spreadsheet would run as a formula has a ``'`` before it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from zzcli.patterns import compiled
from zzcli.views.records import Record, numeric
from zzcli.views.visible import UNSAFE, visible

_DELIMITERS = {"csv": ",", "tsv": "\t"}
_ENDS = "\r\n"
_MARK = "\ufeff"  # of byte order, by which Excel knows UTF-8
# What a spreadsheet takes for a formula, in East Asian locales also by its full-width sign. It does not run what is a
# number as a whole (-5.8%), nor a sign alone (a relation; the name of standard input).
_FORMULA = compiled(
    r"""
    (?! [+\-＋－] \d{1,30} (?:,\d{3}){0,10} (?:\.\d{1,30})? %? \Z )
    (?! . \Z )
    [=+\-@\t\r\n＝＋－＠]
    """,
    re.VERBOSE | re.ASCII,
)
_MARKDOWN = compiled(r"[\\`*_~\[\]<&|]")  # what would be more than text in a cell
_LINE_END = compiled(r"\r\n?|\n")


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
    """What makes a whole of the texts of records, or of several such texts already joined by ``between``.

    With ``bom`` CSV and TSV begin with a byte order mark.
    """
    if form == "json":
        return Frame("[\n ", ",\n ", "\n]\n", "[]\n")
    if form == "ndjson":
        return Frame()
    if form == "markdown":
        header = _line(keys) + _line("---:" if numeric(key) else "---" for key in keys)
    elif form == "sdmx-csv":
        from zzcli.views.sdmx import KEYS

        header = "".join(_rows([KEYS], ","))
    else:
        header = (_MARK if bom else "") + "".join(_rows([keys], _DELIMITERS[form]))
    return Frame(opening=header, empty=header)


def texts(form: str, records: Iterable[Record], keys: Sequence[str], raw: bool = False) -> Iterator[str]:
    """The text of each record: a JSON object, a line with one, or a row of cells, quoted where they must be.

    SDMX-CSV has its own keys, and figures only. With ``raw`` the cells of it, of CSV and of TSV are as they are, also
    those that a spreadsheet would run.
    """
    if form == "json":
        return map(json_text, _of_keys(records, keys))
    if form == "ndjson":
        return (json_text(record) + "\n" for record in _of_keys(records, keys))
    if form == "markdown":
        return (_line(_markdown(cell(record[key], raw=True)) for key in keys) for record in records)
    if form == "sdmx-csv":
        from zzcli.views.sdmx import KEYS, observation

        return texts("csv", map(observation, records), KEYS, raw)
    return _rows(([cell(record[key], raw) for key in keys] for record in records), _DELIMITERS[form])


def _of_keys(records: Iterable[Record], keys: Sequence[str]) -> Iterator[Record]:
    """The records with these keys only, in this order."""
    wanted = list(keys)
    return (record if list(record) == wanted else {key: record[key] for key in wanted} for record in records)


def _rows(rows: Iterable[Sequence[str]], delimiter: str) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=_ENDS)  # it quotes what holds one of these
    for row in rows:
        writer.writerow(row)
        yield text.getvalue().removesuffix(_ENDS) + "\n"
        text.seek(0)
        text.truncate()


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _markdown(text: str) -> str:
    r"""A cell of a Markdown table, which shows the text as it stands and steers no terminal.

    >>> _markdown("约1~2万|*\n3")
    '约1\\~2万\\|\\*<br>3'
    """
    escaped = _MARKDOWN.sub(r"\\\g<0>", _LINE_END.sub("\n", text))
    return visible(escaped.replace("\t", " ")).replace("\n", "<br>")


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


def cell(value: Any, raw: bool = False) -> str:
    """``value`` as the text of a cell; unless ``raw``, one that a spreadsheet would run has a ``'`` before it.

    >>> cell("=1+1"), cell("-5.8%"), cell(Decimal("-5.8")), cell("=1+1", raw=True)
    ("'=1+1", '-5.8%', '-5.8', '=1+1')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    elif isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        text = "; ".join(cell(item, raw=True) for item in value)
    else:
        return json_text(value)
    return text if raw or not _FORMULA.match(text) else "'" + text


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
