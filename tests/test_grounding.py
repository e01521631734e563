"""Every record of every command points at the characters that it was read from, in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Answer
from tests.labels import GOLD
from tests.ragged import ragged
from zzcli.cli import run

Zzcli = Callable[..., Answer]

# The newlines of three systems, spaces of three widths, a mark at the front.
COMMUNIQUE = (
    "\ufeff江门市2023年工业经济运行公报\r\n"
    "\r\n"
    "一、综合\r\n"
    "\u3000\u3000初步核算，2023年全市地区生产总值4022.25亿元，比上年增长5.5%。"
    "其中，第一产业增加值３４５.６亿元，增长 4.9%；\r\n"
    "第二产业增加值1830.2亿元，增长6.8%。三次产业结构为8.6∶45.5∶45.9。\r"
    "年末常住人口482.24万人，比上年末增加0.23万人。\n"
    "\n"
    "二、工业\r\n"
    "\u3000\u3000规模以上工业增加值增长百分之五点八，其中，食品制造业增长12.3%，造纸业下降2.1%。金属制品产业集聚企业\xa0312\xa0家，\r\n"
    "实现产 值约680亿元，居全省第三位。2024年1月15日，全市先进制 造业大会召开。\r\n"
    "预计到2025年，智能家电、摩托车等3个优势产业规模突破2000亿元。\r\n"
)
TERMS = {"page": "产业", "second page": "产业", "ragged page": "产业", "communique": "制造业"}
COMMANDS = ["figures", "timeline", "industries", "search"]
FORMATS = ["json", "ndjson", "csv", "tsv"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)


@cache
def text_of(name: str) -> str:
    """The document as its file has it, newlines as they stand."""
    if name == "page":
        return (Path(__file__).parents[1] / "seeds" / "zhuzhou.txt").read_bytes().decode("utf-8")
    if name == "communique":
        return COMMUNIQUE
    second = (GOLD / "second_page.txt").read_bytes().decode("utf-8")
    return ragged(second, 3, lose=3) if name == "ragged page" else second


Ask = Callable[[str, str, str], str]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Ask a command for a document in a format; the answer as it is written to a file."""

    def ask(command: str, name: str, form: str) -> str:
        file, out = tmp_path / f"{name}.txt", tmp_path / "out"
        file.write_bytes(text_of(name).encode("utf-8"))
        arguments = [command, *([TERMS[name]] if command == "search" else []), str(file), "-f", form, "-o", str(out)]
        assert run(arguments) == 0
        return out.read_bytes().decode("utf-8")

    return ask


def read(written: str, form: str) -> list[dict[str, Any]]:
    """The records in what was written; in csv and tsv every value is a string."""
    if form == "json":
        return list(json.loads(written))
    if form == "ndjson":
        return [json.loads(line) for line in written.split("\n")[:-1]]
    return list(csv.DictReader(io.StringIO(written, newline=""), delimiter="\t" if form == "tsv" else ","))


def as_cell(value: Any) -> str:
    """What a cell holds of a value, by the README: null empty, a list joined, a list of lists or records JSON."""
    if value is None:
        return ""
    if isinstance(value, list):
        if any(isinstance(item, list | dict) for item in value):
            return json.dumps(value, ensure_ascii=False)
        return "; ".join(map(str, value))
    return str(value)


@pytest.mark.parametrize("name", TERMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_start_and_end_cut_what_was_read_out_of_the_file(ask: Ask, command: str, name: str) -> None:
    source = text_of(name).removeprefix("\ufeff")  # a mark is not counted
    records = read(ask(command, name, "json"), "json")
    assert records
    said = {"figures": "written", "timeline": "expression", "industries": "industry", "search": "quote"}[command]
    for record in records:
        start, end = record["start"], record["end"]
        cut = source[start:end]
        assert 0 <= start < end <= len(source)
        assert cut == cut.strip(), record
        if command != "industries":
            assert squeezed(cut) == squeezed(record[said]), record
        else:  # 汽车产业 or 汽车制造业 may be named first
            assert squeezed(cut) in record[said] or record[said] in squeezed(cut), record


@pytest.mark.parametrize("name", TERMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_line_is_the_line_of_the_file(ask: Ask, command: str, name: str) -> None:
    source = text_of(name).removeprefix("\ufeff")
    breaks = [
        at
        for at, character in enumerate(source)
        if character == "\n" or (character == "\r" and source[at + 1 : at + 2] != "\n")
    ]
    for record in read(ask(command, name, "json"), "json"):
        assert record["line"] == 1 + sum(1 for at in breaks if at < record["start"]), record
        lines = record.get("lines", [record["line"]])
        assert record["line"] in lines
        assert lines == sorted(set(lines))
        assert lines[-1] <= 1 + len(breaks)


@pytest.mark.parametrize("name", TERMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_quote_is_made_of_the_characters_of_the_file_in_their_order(ask: Ask, command: str, name: str) -> None:
    source = text_of(name)
    tight = squeezed(source)
    for record in read(ask(command, name, "json"), "json"):
        quote = record["quote"]
        assert quote.strip()
        assert is_subsequence(quote, source)
        # between the columns of a page only furniture may be left out: the words themselves stand together
        assert squeezed(quote)[:10] in tight
        assert squeezed(quote)[-10:] in tight
        if command in ("figures", "timeline"):
            said = record["written"] if command == "figures" else record["expression"]
            assert squeezed(said) in squeezed(quote), record
        if command == "industries":
            assert record["industry"] in squeezed(quote), record


@pytest.mark.parametrize("name", TERMS)
def test_what_happened_is_told_in_the_words_of_the_file(ask: Ask, name: str) -> None:
    for record in read(ask("timeline", name, "json"), "json"):
        assert record["event"]
        assert is_subsequence(squeezed(record["event"]), squeezed(record["quote"])), record
    for record in read(ask("industries", name, "json"), "json"):
        for told in [*record["status"], *(milestone["event"] for milestone in record["milestones"])]:
            assert is_subsequence(squeezed(told), squeezed(text_of(name))), record


@pytest.mark.parametrize("name", TERMS)
def test_highlights_are_the_term_and_lie_in_their_passage(ask: Ask, name: str) -> None:
    source = text_of(name).removeprefix("\ufeff")
    records = read(ask("search", name, "json"), "json")
    for record in records:
        ends = record["start"]
        for start, end in record["highlights"]:
            assert ends <= start < end <= record["end"]
            ends = end
        marked = [squeezed(source[start:end]) for start, end in record["highlights"]]
        assert TERMS[name] in marked, record
    assert [record["score"] for record in records] == sorted((record["score"] for record in records), reverse=True)


@pytest.mark.parametrize("name", TERMS)
def test_records_come_in_the_order_of_the_document_or_of_date(ask: Ask, name: str) -> None:
    figures = read(ask("figures", name, "json"), "json")
    places = [(record["start"], record["end"]) for record in figures]
    assert places == sorted(set(places))
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    dates = [record["period_start"] or record["period_end"] for record in read(ask("timeline", name, "json"), "json")]
    settled = [date for date in dates if date]
    assert settled == sorted(settled)
    assert dates == settled + [None] * (len(dates) - len(settled))


@pytest.mark.parametrize("name", TERMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_format_has_the_same_records_with_the_same_keys_in_the_same_order(
    ask: Ask, command: str, name: str
) -> None:
    written = {form: ask(command, name, form) for form in FORMATS}
    # numbers as they are spelled, so that 160000000000 and 1.6e11 are not the same
    array = json.loads(written["json"], parse_float=str, parse_int=str)
    lines = [json.loads(line, parse_float=str, parse_int=str) for line in written["ndjson"].split("\n")[:-1]]
    assert lines == array
    assert [list(record) for record in lines] == [list(record) for record in array]
    plain = json.loads(written["json"], parse_float=str)  # inside a list of lists numbers are numbers
    for form in ("csv", "tsv"):
        rows = read(written[form], form)
        assert [list(row) for row in rows] == [list(record) for record in array]
        assert rows == [{key: as_cell(value) for key, value in record.items()} for record in plain]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_of_another_system_change_places_and_nothing_else(tmp_path: Path, newline: str, zzcli: Zzcli) -> None:
    unix = text_of("second page")
    found = []
    for name, text in (("unix", unix), ("other", unix.replace("\n", newline))):
        file = tmp_path / f"{name}.txt"
        file.write_bytes(text.encode("utf-8"))
        records = json.loads(zzcli("figures", file, "-f", "json").out)
        assert [squeezed(text[record["start"] : record["end"]]) for record in records] == [
            squeezed(record["written"]) for record in records
        ]
        found.append([{**record, "source": "", "start": 0, "end": 0} for record in records])
    assert found[0] == found[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_an_encoding_changes_no_place(tmp_path: Path, encoding: str, zzcli: Zzcli) -> None:
    answers = []
    for written in ("utf-8", encoding):
        file = tmp_path / "page.txt"
        file.write_bytes(text_of("second page").encode(written))
        answers.append([zzcli(command, file, "-f", "json").out for command in ("figures", "timeline", "industries")])
    assert answers[0] == answers[1]
