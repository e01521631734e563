"""check: what was seen and is not sure is told once, in its place, the weightier first; a clean text has no doubts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zzcli.document import Document, parse, read
from zzcli.facts.doubts import KINDS, NAMING
from zzcli.views.formats import cell
from zzcli.views.records import keys, records

Zzcli = Callable[..., Any]

REPORT = """云江市2023年工业经济运行情况

一、总体情况

2023年，全市规模以上工业增加值比上年增长6.2%，健质合金产量全球第-，高新产业投资突破28亿，惠及儿童43万。
第三批名单公布，一批企业上榜，“双百”行动和5G基站建设加快，产值10亿元以上企业12家，历时3年。

二、存在的问题

全市完成技术改造项目215
与此同时，市场主体活力不足。9月初，企业用工紧张。
"""

RAGGED = """附表 主要产品产量

产品名称\t单位\t产量\t增长（%）
钢材\t万吨\t120.5\t3.2
水泥\t万吨\t98.1\t-1.4
平板玻璃\t万箱\t45.6
化肥\t万吨\t12.7\t0.8
"""


def of(document: Document) -> list[tuple[str, str]]:
    return [(doubt.kind, doubt.of(document.text.clean)) for doubt in document.doubts]


def kinds(text: str) -> set[str]:
    return {doubt.kind for doubt in parse(text).doubts}


def reasons(text: str) -> dict[str, str]:
    document = parse(text)
    return {doubt.of(document.text.clean): doubt.reason for doubt in document.doubts}


@pytest.mark.parametrize(
    "text",
    [
        "2024年，全市地区生产总值1853.63亿元，比上年增长5.8%。",
        "2023年5月12日，云江市召开工业大会。",
        "山高水长。",
        "全市现有企业320家，其中规模以上企业45家。",
    ],
)
def test_a_clean_text_has_no_doubts(text: str) -> None:
    assert of(parse(text)) == []


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("2024年，营养餐覆盖80余万。", "unit-missing", "80余万"),
        ("2024年，商会采购小麦300砠。", "unit-unknown", "300"),
        ("2024年，全市工业投资突破28亿，比上年增长6%。", "unit-inferred", "28亿"),
        ("高炉炉衬材料产量全球第-。", "misread", "第-"),
        ("截至目前，云江市建成园区3个。", "undated", "截至目前"),
        ("2024年9月，大会召开。去年，云江市新增企业30家。", "year-inferred", "去年"),
        ("全市产值10亿元以上企业12家。", "left-out", "10亿元"),
        ("2023年，社会消费品零售额9亿元。从地域看，城镇6亿元。", "carried-name", "6亿元"),
        ("2023年，全市经济平稳。企业达到20家。", "carried-period", "20家"),
        ("2023年，财政收入9亿元，增长6%。", "supplied-basis", "6%"),
        ("全市公布第三批名单，企业12家。", "no-amount", "第三批"),
        ("全市5G基站建成320个。", "no-amount", "5"),
    ],
)
def test_each_kind_of_doubt_is_seen(text: str, kind: str, written: str) -> None:
    assert (kind, written) in of(parse(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023年，财政收入9亿元，其中契税1亿元。", "carried-name"),  # in the sentence itself
        ("2023年，全市企业达到20家。", "carried-period"),
        ("2023年，财政收入9亿元，同比增长6%。", "supplied-basis"),
        ("2023年，财政收入9亿元，比上年增长6%。", "supplied-basis"),
        ("3.1总体情况\n\n2023年，全市企业达到20家。", "unit-unknown"),  # the number of a heading
        ("2023年，指数为300。", "unit-unknown"),
    ],
)
def test_what_a_number_says_itself_is_carried_from_nowhere(text: str, kind: str) -> None:
    assert kind not in kinds(text)


def test_what_was_carried_says_from_which_words_on_which_line() -> None:
    text = "云江简讯\n\n2023年，社会消费品零售额9亿元。从地域看，城镇6亿元。\n"
    told = {(doubt.kind, doubt.reason) for doubt in parse(text).doubts}
    assert told == {("carried-name", "“消费品零售额”, line 3"), ("carried-period", "“2023年”, line 3")}


def test_what_is_carried_stands_behind_the_harder_doubts_and_is_counted_in_the_table(
    zzcli: Zzcli, tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    lines = "".join(f"某项收入达{i}亿元，增长{i}%。" for i in range(2, 60))
    file.write_text(f"2023年云江市经济运行情况\n\n全年投资突破28亿。{lines}\n", encoding="utf-8")
    out = zzcli("check", file).out
    assert len(out.splitlines()) < 24
    assert out.index("unit-inferred") < out.index("carried-period") < out.index("supplied-basis")
    assert re.search(r"\n  58  2%, 3%, ", out)


MARKED = (
    "今年以来，云江市坚持稳字当头、干字为先，各乡镇、各部门把工夫用在项目上，一件接着一件抓，一月一月往前推（含开发区），"
    "全市产值10亿元以上企业12家，工业的家底比往年厚实，出口也有了起色，往后几年的路子越走越宽，大家的劲头也越来越足。"
)


@pytest.mark.parametrize("columns", [40, 60, 80, 140])
def test_an_excerpt_is_of_whole_clauses_and_marks_what_is_doubtful(
    zzcli: Zzcli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    file = tmp_path / "page.txt"
    file.write_text(MARKED, encoding="utf-8")
    (shown,) = [line for line in zzcli("check", file).out.splitlines() if "【10亿元】" in line]
    words = shown.strip().removesuffix("1").strip()
    assert not words.startswith(("，", "）", "【，"))
    assert words.replace("【", "").replace("】", "") in MARKED
    assert words.endswith(("，", "。"))
    before = MARKED[: MARKED.index(words.split("【")[0])]
    assert not before or before.endswith(("，", "。"))


def test_places_of_one_clause_are_marked_in_one_excerpt(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("产值10亿元以上企业12家，其中100亿元以上企业3家。", encoding="utf-8")
    assert "产值【10亿元】以上企业12家，其中【100亿元】以上企业3家。" in zzcli("check", file).out


def test_a_text_that_breaks_off_is_marked_from_a_clause_on() -> None:
    text = "全市新增企业30家，（不含县域）出口92.2亿元，同比\n\n企业关心融资。"
    assert [words for kind, words in of(parse(text)) if kind == "broken-off"] == ["出口92.2亿元，同比"]


def test_a_number_that_nothing_names_is_a_doubt() -> None:
    document = parse("618亿元。")
    assert ("unnamed", "618亿元") in of(document)


def test_a_text_that_breaks_off_is_a_doubt_at_its_end() -> None:
    ending = "去年，全市新增企业30家，出口92.2亿元，同比"
    (broken,) = [words for kind, words in of(parse(ending + "\n\n企业关心融资。")) if kind == "broken-off"]
    assert broken
    assert ending.endswith(broken)


def test_numbers_become_nothing_for_reasons_that_are_told() -> None:
    told = reasons(REPORT)
    assert told["第三批"] == "tells an order, not an amount"
    assert told["一批"] == "一 as an article"
    assert told["10亿元"] == "a threshold in a name"
    assert told["3年"] == "a length of time"
    assert told["5"] == "part of a code or a name, or a list number"


def test_every_reason_that_leaves_nothing_to_look_at_is_one_that_is_given() -> None:
    given = reasons(
        "浏览次数：5次，首届节会，一批企业，“新三样”出口，三大产业。印发《三十条措施》。位居第一方阵。"
    ).values()
    assert set(given) == NAMING


def test_a_row_of_a_table_that_does_not_come_out_even_is_a_doubt() -> None:
    document = parse(RAGGED)
    assert [figure.written for figure in document.figures] == ["120.5", "3.2", "98.1", "-1.4", "12.7", "0.8"]
    assert of(document) == [("left-out", "45.6")]
    assert reasons(RAGGED)["45.6"] == "in a table, but of no row and column that could be read"


def test_the_number_of_a_page_is_no_amount() -> None:
    document = read()
    page = next(doubt for doubt in document.doubts if doubt.reason == "a page number or a running head")
    assert (page.kind, page.of(document.text.clean)) == ("no-amount", "06")


@pytest.mark.parametrize("text", [REPORT, RAGGED, None])
def test_the_weightier_doubts_come_first_and_those_of_a_kind_in_the_order_of_the_text(text: str | None) -> None:
    document = read() if text is None else parse(text)
    order = [(list(KINDS).index(doubt.kind), doubt.start) for doubt in document.doubts]
    assert order
    assert order == sorted(order)


@pytest.mark.parametrize("text", [REPORT, RAGGED, None])
def test_nothing_is_said_twice(text: str | None) -> None:
    document = read() if text is None else parse(text)
    places = Counter((doubt.start, doubt.end, doubt.kind) for doubt in document.doubts)
    assert set(places.values()) == {1}
    shown = {figure.start for figure in document.figures}
    assert not [doubt for doubt in document.doubts if doubt.kind in ("left-out", "no-amount") and doubt.start in shown]


def test_a_number_that_lost_its_unit_where_the_text_breaks_off_is_one_doubt() -> None:
    ending = [each for each in of(read()) if each[1].endswith("380")]
    assert ending == [("unit-missing", "380")]


def test_every_digit_of_a_text_is_in_a_figure_a_date_or_a_doubt() -> None:
    for document in (parse(REPORT), parse(RAGGED), read()):
        seen = [*document.figures, *document.dating.periods, *document.doubts]
        for place, char in enumerate(document.text.clean):
            if char.isdecimal():
                assert any(span.start <= place < span.end for span in seen), document.text.clean[place - 9 : place + 9]


@pytest.mark.parametrize("text", [REPORT, RAGGED, None])
def test_a_record_of_a_doubt_is_grounded(text: str | None) -> None:
    document = read() if text is None else parse(text)
    source = document.text.source
    found = records(document, "doubts")
    assert found
    for record in found:
        cut = source[record["start"] : record["end"]]
        assert "".join(cut.split()) == "".join(record["written"].split())
        assert record["line"] == source.count("\n", 0, record["start"]) + 1
        assert record["written"] in record["quote"]
        assert "\n" not in record["quote"]
        assert record["kind"] in KINDS
        assert record["reason"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_check_says_the_same_in_every_format_for_programs(zzcli: Zzcli, report: Path) -> None:
    array = json.loads(zzcli("check", report, "-f", "json").out)
    assert [tuple(record) for record in array] == [keys("doubts")] * len(array)
    assert [json.loads(line) for line in zzcli("check", report, "-f", "ndjson").out.splitlines()] == array
    cells = [{key: cell(value) for key, value in record.items()} for record in array]
    for form, mark in (("csv", ","), ("tsv", "\t")):
        assert list(csv.DictReader(io.StringIO(zzcli("check", report, "-f", form).out), delimiter=mark)) == cells


def test_the_table_has_each_kind_once_with_its_meaning_and_count(zzcli: Zzcli, report: Path) -> None:
    out = zzcli("check", report).out
    found = Counter(record["kind"] for record in json.loads(zzcli("check", report, "-f", "json").out))
    assert len(found) >= 5
    for kind, times in found.items():
        assert out.count(f"\n{kind}  ") == 1
        assert f"{KINDS[kind]} ({times})" in " ".join(out.split())


def test_the_table_counts_what_is_no_amount_and_the_records_have_each(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("".join(f"第{i}批名单公布。5G基站建设加快。\n" for i in range(10, 400)), encoding="utf-8")
    out = zzcli("check", file).out
    assert len(out.splitlines()) < 20
    assert "390  tells an order, not an amount: " in out
    assert "390  part of a code or a name, or a list number: 5\n" in out
    assert len(json.loads(zzcli("check", file, "-f", "json").out)) == 780


def test_the_table_names_the_line_of_each_doubt_under_its_reason_where_it_has_its_own(
    zzcli: Zzcli, report: Path
) -> None:
    rows = [" ".join(line.split()) for line in zzcli("check", report).out.splitlines()]
    reason = rows.index("· a threshold in a name")
    assert "产值【10亿元】以上企业12家" in rows[reason + 1]
    assert rows[reason + 1].endswith(" 6")
    assert not [row for row in rows if row == f"· {KINDS['broken-off']}"]


def test_a_document_without_doubts_says_so(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "clean.txt"
    file.write_text("2024年，全市地区生产总值1853.63亿元，比上年增长5.8%。", encoding="utf-8")
    assert "no doubts" in " ".join(zzcli("check", file).out.split())
    assert zzcli("check", file, "-f", "json").out == "[]\n"


def test_a_limit_holds_for_doubts(zzcli: Zzcli, report: Path) -> None:
    assert len(json.loads(zzcli("check", report, "-f", "json", "-n", "2").out)) == 2
