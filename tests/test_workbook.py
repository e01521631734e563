"""Excel files, read back by another library: real numbers and dates, text that stays text, sheets that go on."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from zzcli.document import Document
from zzcli.errors import UsageError
from zzcli.views import workbook
from zzcli.views.formats import cell, json_text
from zzcli.views.records import Record, keys, records
from zzcli.views.visible import visible
from zzcli.views.workbook import CLIPPED, Sheet, write

KINDS = ("figures", "timeline", "industries", "doubts", "overview")


def book(*sheets: Sheet) -> openpyxl.Workbook:
    file = io.BytesIO()
    write(file, sheets)
    return openpyxl.load_workbook(file, rich_text=False)


def sheet(found: list[Record], name: str = "figures") -> Worksheet:
    return book(Sheet(name, tuple(found[0]), found))[name]


def only(value: Any, key: str = "value") -> Any:
    """The cell that a value becomes."""
    return sheet([{key: value}])["A2"]


def test_a_table_is_a_sheet_and_a_key_a_column(page: Document) -> None:
    seen = book(*(Sheet(kind, keys(kind), records(page, kind)) for kind in KINDS))
    assert seen.sheetnames == list(KINDS)
    for kind in KINDS:
        header, *rows = seen[kind].iter_rows()
        assert [cell.value for cell in header] == list(keys(kind))
        assert len(rows) == len(records(page, kind))
        for record, row in zip(records(page, kind), rows, strict=True):
            shown = [f"{at.value:%Y-%m-%d}" if isinstance(at.value, datetime) else at.value for at in row]
            assert [cell(value) for value in shown] == [cell(value, raw=True) for value in record.values()]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("185363000000"), 185363000000),
        (Decimal("1.6E+11"), 160000000000),
        (Decimal("-5.80"), -5.8),
        (Decimal("123456789012.345"), 123456789012.345),
        (Decimal("0.000001"), 0.000001),
        (Decimal(0), 0),
        (1853, 1853),
        (4.25, 4.25),
    ],
)
def test_a_number_that_excel_keeps_is_a_number(value: Any, written: float) -> None:
    at = only(value)
    assert (at.data_type, at.value) == ("n", written)
    assert at.number_format == ("0" if written == int(written) else "General")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1234567890123456"), "1234567890123456"),
        (1234567890123456, "1234567890123456"),
        (Decimal("0.1234567890123456"), "0.1234567890123456"),
        (Decimal("1E+30"), "1" + "0" * 30),
        (Decimal("1E-30"), "0." + "0" * 29 + "1"),
    ],
)
def test_a_number_that_excel_would_round_is_text_with_all_its_digits(value: Any, written: str) -> None:
    at = only(value)
    assert (at.data_type, at.value) == ("s", written)


@pytest.mark.parametrize("key", ["period_start", "period_end", "published"])
def test_a_day_is_a_date_but_before_1900(key: str) -> None:
    at = only("2024-06-30", key)
    assert (at.is_date, at.value, at.number_format) == (True, datetime(2024, 6, 30), "yyyy-mm-dd")
    assert only("1900-01-01", key).value == datetime(1900, 1, 1)
    early = only("1899-12-31", key)
    assert (early.data_type, early.value) == ("s", "1899-12-31")
    assert only(None, key).value is None
    assert only("2024", "period").value == "2024"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "{=1+1}", "+1", "-5.8%", "@a", "https://example.org/", "mailto:a@b", "49.51", "1e5", "TRUE", "a\nb", "'x"],
)
def test_text_is_text_and_never_a_formula_a_link_or_a_number(text: str) -> None:
    at = only(text, "quote")
    assert (at.data_type, at.value, at.hyperlink) == ("s", text, None)


@pytest.mark.parametrize("text", ["a\x1bb\x00c\x07", "\ud800", "\u202ea\u200b", "\uffff", "_x0041_", "🏭"])
def test_characters_that_no_cell_holds_are_shown_by_signs(text: str) -> None:
    at = only(text, "quote")
    stood = at.value.replace("_x005F_", "_").replace("_xFFFF_", "\uffff")  # as Excel reads what openpyxl leaves
    assert stood == visible(text)


def test_lists_are_joined_and_lists_of_records_are_json() -> None:
    found = [{"flags": ["truncated", "ocr"], "lines": [3, 14], "milestones": [{"period": "2019", "event": "集群"}]}]
    assert [at.value for at in sheet([*found])[2]] == ["truncated; ocr", "3; 14", json_text(found[0]["milestones"])]


def test_the_header_stays_in_sight_is_bold_and_filters() -> None:
    seen = sheet([{"a": 1, "quote": "x"}] * 3)
    assert seen.freeze_panes == "A2"
    assert seen.auto_filter.ref == "A1:B4"
    assert [at.font.b for at in seen[1]] == [True, True]
    assert [at.alignment.wrap_text for at in seen[2]] == [None, True]


def test_columns_are_as_wide_as_their_text_and_no_wider_than_can_be_read() -> None:
    found = [{"a": "x", "indicator": "地区生产总值", "quote": "长" * 500, "unit": None}]
    found += [{"a": "x" * 50, "indicator": "", "quote": "", "unit": None}] * 350
    found += [{"a": "x" * 59, "indicator": "", "quote": "", "unit": None}]  # beyond what is measured
    widths = [seen.width for seen in sheet([*found]).column_dimensions.values()]
    assert [int(width) for width in widths] == [51, 13, 60, 7]


def test_a_text_longer_than_a_cell_is_clipped_and_counted() -> None:
    file = io.BytesIO()
    fits, long, rare = "长" * 32_767, "长" * 32_768, "𠮷" * 16_384
    found = [{"quote": fits}, {"quote": long}, {"quote": rare}, {"quote": "短"}]
    assert write(file, [Sheet("figures", ["quote"], found)]) == 2
    page = openpyxl.load_workbook(file)["figures"]
    seen = [at.value for at in page["A"][1:]]
    assert seen[0] == fits
    assert seen[1] == "长" * (32_767 - len(CLIPPED)) + CLIPPED
    assert seen[2].strip("𠮷") == CLIPPED
    assert len(seen[2].encode("utf-16-le")) <= 32_767 * 2
    assert seen[3] == "短"


def test_what_is_more_than_a_sheet_holds_goes_on_in_a_further_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_ROWS", 2)
    for count, wanted in (
        (2, {"figures": [1, 2]}),
        (5, {"figures": [1, 2], "figures (2)": [3, 4], "figures (3)": [5]}),
    ):
        seen = book(Sheet("figures", ["line"], ({"line": number} for number in range(1, count + 1))))
        assert {page.title: [at.value for at in page["A"][1:]] for page in seen} == wanted
        assert {page["A1"].value for page in seen} == {"line"}


def test_no_records_are_a_sheet_with_its_header() -> None:
    seen = book(Sheet("figures", ["source", "line"], []))["figures"]
    assert [[at.value for at in row] for row in seen.iter_rows()] == [["source", "line"]]
    assert seen.auto_filter.ref == "A1:B1"


def test_records_that_went_through_json_are_written_the_same(page: Document) -> None:
    for kind in KINDS:
        found = records(page, kind)
        decoded = json.loads(json_text(found), parse_float=Decimal)
        once, again = (book(Sheet(kind, keys(kind), each))[kind] for each in (found, decoded))
        assert list(once.values) == list(again.values)


class HalfwayError(Exception):
    """What goes wrong half-way."""


def test_nothing_is_written_of_records_that_break_off_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> Iterator[Record]:
        yield {"line": 1}
        raise HalfwayError

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = io.BytesIO()
    with pytest.raises(HalfwayError):
        write(file, [Sheet("figures", ["line"], failing())])
    assert not file.getvalue()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    file = io.BytesIO()
    with pytest.raises(OSError, match="No space left on device"):
        write(file, [])
    assert not file.getvalue()


def test_without_the_library_a_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"^--format xlsx needs XlsxWriter: pip install 'zzcli\[xlsx\]'$"):
        write(io.BytesIO(), [])
