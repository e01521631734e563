"""Parquet files: a type for each key, the same records again, also where there are none."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from zzcli.document import Document
from zzcli.errors import UsageError
from zzcli.search import search
from zzcli.views import parquet
from zzcli.views.formats import json_text
from zzcli.views.parquet import write
from zzcli.views.records import DATES, Record, hit_record, keys, records

KINDS = ("figures", "timeline", "industries", "doubts", "overview", "search", "index", "text")
TYPES = {
    **dict.fromkeys(("line", "start", "end", "page", "figures"), "int64"),
    **dict.fromkeys(("value", "value_max", "scale", "enterprises", "score", "ratio"), "double"),
    **dict.fromkeys(("period_start", "period_end", "published"), "date32[day]"),
    **dict.fromkeys(("source", "indicator", "unit", "period", "event", "quote", "title"), "string"),
    **dict.fromkeys(("flags", "rules", "notes"), "list<element: string>"),
    "truncated": "bool",
    "lines": "list<element: int64>",
    "highlights": "list<element: list<element: int64>>",
    "milestones": "list<element: struct<period: string, event: string>>",
}


def table(kind: str, found: Iterable[Record], explain: bool = False, names: Iterable[str] = ()) -> pyarrow.Table:
    file = io.BytesIO()
    write(file, kind, tuple(names) or keys(kind, explain), found)
    return pyarrow.parquet.read_table(file)


def of_kind(page: Document, kind: str) -> list[Record]:
    if kind == "search":
        return [hit_record(hit) for hit in search([page], "制造")]
    return [] if kind == "index" else records(page, kind)


def plain(key: str, value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return date.fromisoformat(value) if key in DATES and value else value


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_come_back_with_their_types(page: Document, kind: str) -> None:
    found = of_kind(page, kind)
    assert table(kind, found).to_pylist() == [
        {key: plain(key, value) for key, value in record.items()} for record in found
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_records_that_went_through_json_are_written_the_same(page: Document, kind: str) -> None:
    found = of_kind(page, kind)
    decoded = json.loads(json_text(found), parse_float=Decimal)
    assert table(kind, decoded) == table(kind, found)


@pytest.mark.parametrize("kind", KINDS)
def test_where_there_are_no_records_the_columns_have_their_types(kind: str) -> None:
    seen = table(kind, [], explain=True)
    assert seen.num_rows == 0
    assert seen.column_names == list(keys(kind, explain=True))
    for field in seen.schema:
        wanted = "string" if (kind, field.name) == ("timeline", "status") else TYPES.get(field.name, str(field.type))
        assert str(field.type) == wanted


def test_every_type_is_met() -> None:
    seen = {field.name: str(field.type) for kind in KINDS for field in table(kind, [], explain=True).schema}
    assert {key: seen[key] for key in TYPES} == {**TYPES, "figures": "int64"}


def test_only_the_keys_that_are_wanted_are_columns_in_their_order(page: Document) -> None:
    found = [{"value": record["value"], "source": record["source"]} for record in records(page, "figures")]
    assert table("figures", found, names=("value", "source")).column_names == ["value", "source"]


def test_rules_are_a_list_of_names(page: Document) -> None:
    found = [{**record, "rules": ["level", "named"]} for record in records(page, "figures")]
    assert table("figures", found, explain=True)["rules"].to_pylist() == [["level", "named"]] * len(found)


def test_rows_are_written_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 10)
    file = io.BytesIO()
    write(file, "search", ("line",), ({"line": number} for number in range(25)))
    seen = pyarrow.parquet.ParquetFile(file)
    assert [seen.metadata.row_group(at).num_rows for at in range(seen.num_row_groups)] == [10, 10, 5]
    assert seen.read()["line"].to_pylist() == list(range(25))


def test_no_number_and_no_character_is_too_much() -> None:
    found = [{"value": 10**400, "quote": "a\ud800b"}, {"value": Decimal("12345678901234567890.5"), "quote": "\x00"}]
    assert table("figures", found, names=("value", "quote")).to_pylist() == [
        {"value": None, "quote": "a\\ud800b"},
        {"value": 12345678901234567890.5, "quote": "\x00"},
    ]


@pytest.mark.parametrize("value", [10**309, -(10**309), Decimal("1e-400"), Decimal("-9e999")])
def test_a_number_that_no_float_is_near_is_null_and_never_infinite_or_zero(value: Decimal | int) -> None:
    assert table("figures", [{"value": value}], names=("value",))["value"].to_pylist() == [None]


@pytest.mark.parametrize("value", [0, Decimal("-0.0"), 10**308, Decimal("1e-300")])
def test_a_number_that_a_float_is_near_is_that_float(value: Decimal | int) -> None:
    assert table("figures", [{"value": value}], names=("value",))["value"].to_pylist() == [float(value)]


def test_without_the_library_a_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"^--format parquet needs pyarrow: pip install 'zzcli\[parquet\]'$"):
        write(io.BytesIO(), "figures", ("value",), [])
