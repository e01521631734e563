"""What programs read: the keys, the places, the numbers, the formats, the file it goes to."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import unprivileged
from zzcli.document import Document, parse
from zzcli.errors import EndedError, UnwritableError
from zzcli.search import search
from zzcli.views.formats import cell, frame, framed, json_text, number, texts
from zzcli.views.output import write
from zzcli.views.records import Record, hit_record, keys, records
from zzcli.views.visible import one_line, visible

PLACE = ["source", "line", "start", "end", "page", "paragraph"]
KEYS = {
    "figures": [
        *PLACE,
        *["indicator", "measure", "value", "value_max", "unit", "written", "relation", "basis", "area"],
        *["period", "period_start", "period_end", "status", "flags", "quote"],
    ],
    "timeline": [
        *PLACE,
        *["expression", "period", "period_start", "period_end", "granularity", "event", "flags", "quote"],
    ],
    "industries": [
        *PLACE,
        *["industry", "tier", "status", "scale", "scale_unit", "enterprises", "milestones", "lines", "quote"],
        *["code", "classification"],
    ],
    "doubts": [*PLACE, "kind", "written", "reason", "quote"],
    "text": [*PLACE, "kind", "level", "text", "truncated"],
    "search": [*PLACE, "score", "quote", "highlights"],
    "overview": [
        *["source", "encoding", "title", "area", "published", "published_by"],
        *["figures", "timeline", "industries", "format", "pages", "notes"],
    ],
}
FORMS = ("json", "ndjson", "csv", "tsv", "markdown")


def written(form: str, found: list[Record], names: Sequence[str], *, bom: bool = False) -> str:
    """The records as one whole."""
    return "".join(framed(texts(form, found, names), frame(form, names, bom)))


def of_kind(page: Document, kind: str) -> list[Record]:
    return list(map(hit_record, search([page], "制造"))) if kind == "search" else records(page, kind)


@pytest.mark.parametrize("kind", KEYS)
def test_the_keys_of_a_record_are_stable(page: Document, kind: str) -> None:
    found = of_kind(page, kind)
    assert found
    assert list(keys(kind)) == KEYS[kind]
    assert all(list(record) == KEYS[kind] for record in found)


@pytest.mark.parametrize(
    ("kind", "cut"),
    [
        ("figures", ["1203.45亿 元", "5.8%", "第三", "七八十家", "1%", "212家"]),
        ("timeline", ["2019年", "今年上半年"]),
        ("industries", ["智能船舶", "制 造"]),
        ("search", ["智能船舶产业集聚上下游企业212家,2019年成为千\n亿集群,打造制 造高地。"]),
    ],
)
def test_start_and_end_cut_the_fact_out_of_the_file_and_line_is_its_line(
    page: Document, kind: str, cut: list[str]
) -> None:
    source = page.text.source
    found = of_kind(page, kind)
    assert [source[record["start"] : record["end"]] for record in found] == cut
    assert [record["line"] for record in found] == [source.count("\n", 0, source.index(words)) + 1 for words in cut]


def test_a_quote_has_no_scan_breaks(page: Document) -> None:
    first, *_ = records(page, "figures")
    assert first["quote"] == "今年上半年,云江市地区生产总值1203.45亿元,同比增长5.8%,居全省第三。"
    assert first["written"] == "1203.45亿元"


@pytest.mark.parametrize("item", ["企业5个、", "增加1元2元", "第一组5家和"])
def test_a_quote_of_a_list_without_an_end_is_what_stands_near_its_number(item: str) -> None:
    found = records(parse("2024年，" + item * 400 + "共同推进"), "figures")
    assert len(found) >= 300
    assert all(record["written"] in record["quote"] for record in found)
    assert max(len(record["quote"]) for record in found) <= 200


def test_a_sentence_of_usual_length_is_quoted_whole() -> None:
    sentence = "2024年，" + "全市企业、园区和县区协同发力，" * 8 + "企业达到12家。"
    (record,) = records(parse(sentence), "figures")
    assert record["quote"] == sentence


def test_what_the_text_does_not_settle_is_none(page: Document) -> None:
    last = records(page, "figures")[-1]
    assert [last[key] for key in ("value_max", "basis", "period", "period_start", "period_end")] == [None] * 5


def test_dates_are_iso_and_milestones_are_records(page: Document) -> None:
    figure, industry = records(page, "figures")[0], records(page, "industries")[0]
    assert [figure[key] for key in ("period", "period_start", "period_end")] == ["2024-S1", "2024-01-01", "2024-06-30"]
    assert industry["milestones"] == [{"period": "2019", "event": "成为千亿集群"}]
    assert industry["lines"] == [8, 9]


def test_only_the_wanted_facts_become_records(page: Document) -> None:
    assert [record["written"] for record in records(page, "figures", page.figures[:1])] == ["1203.45亿元"]


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("1.6E+11", "160000000000"),
        ("0.000000001", "0.000000001"),
        ("-5.80", "-5.8"),
        ("100", "100"),
        ("12345678901234567890.12345678901234567890", "12345678901234567890.1234567890123456789"),
        ("1" + "0" * 5000, "1" + "0" * 5000),
    ],
)
def test_numbers_keep_all_their_digits_and_have_no_exponent(value: str, digits: str) -> None:
    assert number(Decimal(value)) == digits
    assert json_text([Decimal(value)]) == f"[{digits}]"


@pytest.mark.parametrize("kind", KEYS)
def test_every_format_says_the_same(page: Document, kind: str) -> None:
    found = of_kind(page, kind)
    whole = {form: written(form, found, keys(kind)) for form in FORMS}
    array = json.loads(whole["json"], parse_float=Decimal)
    assert [list(record) for record in array] == [list(record) for record in found]
    assert [json.loads(line, parse_float=Decimal) for line in whole["ndjson"].splitlines()] == array
    cells = [{key: cell(value) for key, value in record.items()} for record in found]
    assert list(csv.DictReader(io.StringIO(whole["csv"]))) == cells
    assert list(csv.DictReader(io.StringIO(whole["tsv"]), delimiter="\t")) == cells
    assert markdown_cells(whole["markdown"]) == [list(map(one_line, row.values())) for row in cells]
    assert json_text(found) == json_text(array)


def markdown_cells(text: str) -> list[list[str]]:
    """The cells of a Markdown table below its header, as they are shown."""
    rows = [re.split(r"(?<!\\) \| ", line[2:-2]) for line in text.splitlines()[2:]]
    return [[re.sub(r"\\(.)", r"\1", cell).replace("<br>", " ") for cell in row] for row in rows]


def test_json_has_a_record_a_line() -> None:
    assert written("json", [{"a": 1}, {"a": None}], ["a"]) == '[\n {"a": 1},\n {"a": null}\n]\n'


def test_no_records_are_an_empty_array_no_lines_and_a_header() -> None:
    assert {form: written(form, [], ["a", "b"]) for form in FORMS} == {
        "json": "[]\n",
        "ndjson": "",
        "csv": "a,b\n",
        "tsv": "a\tb\n",
        "markdown": "| a | b |\n| --- | --- |\n",
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("a;b", "a;b"),
        (Decimal("5.80"), "5.8"),
        (["truncated", "ocr"], "truncated; ocr"),
        ([3, 14], "3; 14"),
        ([[1, 2]], "[[1, 2]]"),
        ([{"period": "2019", "event": "集群"}], '[{"period": "2019", "event": "集群"}]'),
    ],
)
def test_a_cell_is_empty_plain_joined_or_json(value: object, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize(
    "text",
    [
        *["=1+1", "+1853.63亿元", "-5.8-3", "--5", "-5.8%起", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-１%"],
        *["＝1+1", "＋1户", "－1户", "＠a", "==", "-1\n=2", "- 5", "+cmd|' /C calc'!A0", "-2+3%", "+,1"],
    ],
)
def test_what_a_spreadsheet_would_run_is_quoted_but_where_it_is_wanted_raw(text: str) -> None:
    assert cell(text) == "'" + text
    assert cell([text, "ocr"]) == f"'{text}; ocr"
    assert cell(text, raw=True) == text
    for form in ("csv", "tsv"):
        delimiter = frame(form, ["a", "b"]).opening[1]
        for raw in (False, True):
            (row,) = csv.reader(texts(form, [{"a": text, "b": 1}], ["a", "b"], raw), delimiter=delimiter)
            assert row == [cell(text, raw), "1"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("-5.80"), "-5.8"),
        *(
            (text, text)
            for text in ["-5.8%", "+5.8%", "-1,234.5", "－5.8%", "-", "=", "5=5", "a-b", "'=1", "(-1)", "", " =1"]
        ),
        ([{"a": "=1"}], '[{"a": "=1"}]'),
        (-3, "-3"),
    ],
)
def test_what_a_spreadsheet_does_not_run_stays_as_it_is(value: object, text: str) -> None:
    assert cell(value) == text


def test_a_byte_order_mark_stands_before_csv_and_tsv_and_once() -> None:
    found = [{"a": "一"}]
    whole = {form: written(form, found, ["a"], bom=True) for form in FORMS}
    assert [form for form, text in whole.items() if text.startswith("\ufeff")] == ["csv", "tsv"]
    assert whole["csv"] == "\ufeffa\n一\n"
    assert written("csv", [], ["a"], bom=True) == "\ufeffa\n"
    assert whole["json"] == written("json", found, ["a"])


def test_a_markdown_table_has_a_header_and_numbers_to_the_right() -> None:
    found = [{"line": 3, "value": Decimal("-5.80"), "lines": [1, 2], "quote": "甲|乙\r\n丙\n\n丁\t*戊*", "unit": None}]
    assert written("markdown", found, tuple(found[0])).splitlines() == [
        "| line | value | lines | quote | unit |",
        "| ---: | ---: | --- | --- | --- |",
        r"| 3 | -5.8 | 1; 2 | 甲\|乙<br>丙<br><br>丁 \*戊\* |  |",
    ]


def test_a_markdown_cell_shows_the_text_as_it_stands_and_stays_a_cell() -> None:
    text = "".join(texts("markdown", [{"a": "<b>_x_</b> [a](b) `c` 1~2 &lt; \\| =1" + HOSTILE}], ["a"]))
    assert text.count("\n") == 1
    assert visible(text) == text
    assert text.startswith(r"| \<b>\_x\_\</b> \[a\](b) \`c\` 1\~2 \&lt; \\\| =1a␛\]52;c;x")


HOSTILE = 'a\x1b]52;c;x\x07\x00\x7f\x9b\u202e\u200b\ufeff\ud800"\n\t[red]:100:中'


def test_json_escapes_what_steers_a_terminal_and_strips_nothing() -> None:
    written = json_text({"quote": HOSTILE})
    assert json.loads(written) == {"quote": HOSTILE}
    assert visible(written) == written
    assert "中" in written


def test_what_steers_or_hides_becomes_visible() -> None:
    assert visible(HOSTILE) == 'a␛]52;c;x␇␀␡‹U+009B›‹U+202E›‹U+200B›‹U+FEFF›‹U+D800›"\n\t[red]:100:中'
    assert one_line("a\r\n\tb") == "a b"


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    write(["一", "二"], file)
    assert file.read_bytes() == "一二".encode()
    assert list(tmp_path.iterdir()) == [file]


class HalfwayError(Exception):
    """What goes wrong half-way."""


def failing() -> Iterator[str]:
    yield "half"
    raise HalfwayError


@pytest.mark.parametrize("old", [None, "old"])
def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(tmp_path: Path, old: str | None) -> None:
    file = tmp_path / "out.json"
    if old:
        file.write_text(old)
    with pytest.raises(HalfwayError):
        write(failing(), file)
    assert [path.read_text() for path in tmp_path.iterdir()] == ([old] if old else [])


def test_a_file_keeps_its_mode_and_a_link_goes_on_pointing_at_it(tmp_path: Path) -> None:
    file, link = tmp_path / "out.json", tmp_path / "link.json"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    write(["new"], link)
    assert link.is_symlink()
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", 0o640)


def test_a_device_is_written_to_and_not_replaced() -> None:
    write(["gone"], Path(os.devnull))
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_folder_that_cannot_be_written_is_told(read_only: Path) -> None:
    with unprivileged(), pytest.raises(UnwritableError, match=r"out\.json: cannot be written: Permission denied"):
        write(["x"], read_only / "out.json")


def test_a_closed_standard_output_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(UnwritableError, match="standard output is closed"):
        write(["x"], None)


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        with pytest.raises(EndedError) as ended:
            write(("x" * 100_000 for _ in range(10)), None)
        assert ended.value.code == 0


def test_a_full_standard_output_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(UnwritableError, match="standard output: cannot be written: No space left on device"):
            write(["x"], None)


def test_characters_that_the_terminal_lacks_are_escaped(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write(["a≥中"], None, "gbk")
    write(["a≥中"], None, "ascii")
    assert capsysbinary.readouterr().out == "a≥中".encode("gbk") + b"a\\u2265\\u4e2d"
