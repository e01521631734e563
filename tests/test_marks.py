"""The reading view: all of the text, the lines of its file, and marks where its facts stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.conftest import Answer
from tests.made import Made
from zzcli.document import Document, of_source, parse
from zzcli.reading.source import Source
from zzcli.span import Span
from zzcli.views import sheet
from zzcli.views.marks import KINDS, text_view

Zzcli = Callable[..., Answer]

WIDTHS = [24, 40, 80, 140]
REPORT = """云江市2024年工作报告

一、工作回顾

2024年，全市地区生产总值1203.5亿 元，同比增长5.8%，居全省第三。轨道交通产业集聚企业212家，装备制造产业产值增长6.1%。

指标\t单位\t2023年\t2024年
工业增加值\t亿元\t520\t560.5
进出口总额\t亿元\t80.2\t92

2025年，力争地区生产总值增长6%左右。
"""


def shown(document: Document, width: int = 80, marks: bool = False, color: bool = False, blocks: bool = True) -> str:
    screen = sheet.Screen(width, "standard" if color else None, False, blocks)
    return sheet.render([text_view(document, marks)], screen)


def body(text: str, margin: int) -> str:
    """The text without its margin."""
    return "".join(line[margin:] for line in text.splitlines())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_limit_is_one_of_blocks_and_only_what_they_mark_is_counted(zzcli: Zzcli, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(REPORT, encoding="utf-8")
    out = zzcli("text", str(file), "--marks", "-n", "3").out
    assert "居全省【第三】" in out
    assert "进出口总额" not in out
    assert "【figures】 5 " in out


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("marks", [True, False])
def test_all_of_the_text_is_there_at_any_width(width: int, marks: bool) -> None:
    document = parse(REPORT)
    text = shown(document, width, marks)
    assert max(map(cell_len, text.splitlines())) <= width
    if marks:
        text = re.sub("[【】〔〕〈〉]", "", text[: text.rindex("\n\n")])
    assert squeezed(body(text, 4)) == squeezed(document.text.clean)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_number_in_the_margin_is_the_line_of_the_character_behind_it(width: int) -> None:
    lines = REPORT.splitlines()
    said = [
        found.groups()
        for line in shown(parse(REPORT), width).splitlines()
        if (found := re.match(r" ?(\d+)  (.+)", line))
    ]
    numbers = [int(number) for number, _ in said]
    assert numbers == sorted(set(numbers))
    for number, words in said:
        assert words[0] in lines[int(number) - 1]
    assert {1, 3, 5, 7, 11} <= set(numbers)


def test_a_line_that_goes_on_in_the_file_says_its_number_where_it_is_first() -> None:
    text = shown(parse("2024年，全市装备制\n造业加快发展，产业\n能级明显提升。\n"), 30)
    assert text == "1  2024年，全市装备制造业加快\n2  发展，产业能级明显提升。\n"


@pytest.mark.parametrize("width", range(24, 44))
def test_numbers_hold_where_a_line_ends_at_a_space(width: int) -> None:
    words = "".join(f"word{number} " if number % 7 else f"word{number}\n" for number in range(1, 99))
    said = re.findall(r"^ ?(\d+)  (\w+)", shown(parse(words), width), re.MULTILINE)
    assert len(said) > 10
    assert all(words[: words.index(word)].count("\n") + 1 == int(number) for number, word in said)


def test_paragraphs_stand_apart_and_rows_below_one_another_in_columns() -> None:
    lines = shown(parse(REPORT)).splitlines()
    first = next(index for index, line in enumerate(lines) if "指标" in line)
    assert lines[first - 1] == lines[first + 3] == ""
    assert [
        cell_len(row[: row.index(cell)])
        for row, cell in zip(lines[first : first + 3], ("2024年", "560.5", "92"), strict=True)
    ] == [30] * 3


def test_cells_that_have_no_room_for_columns_stay_apart() -> None:
    text = shown(parse("指标\t单位\t2023年\t2024年\n规模以上工业增加值总量\t亿元\t520.25\t560.55\n"), 34)
    assert "指标  单位  2023年  2024年" in text
    assert "规模以上工业增加值总量  亿元" in text


def test_headings_are_bold_and_furniture_is_quiet() -> None:
    document = parse("云江市工作报告\n\n2024年，产值5亿元。\n\n- 2 -\n\n2025年，产值6亿元。\n")
    assert {block.kind for block in document.text.blocks} == {"heading", "paragraph", "furniture"}
    text = shown(document, color=True)
    assert "\x1b[1m云江市工作报告" in text
    assert "\x1b[2m- 2 -" in text


def test_text_that_breaks_off_says_so() -> None:
    document = parse("2024年，全市推进铁水联运，进一步降低物流成本，\n建成泊位，铺开一\n\n云江港扩建。\n")
    assert document.text.blocks[0].truncated
    assert "铺开一┄" in shown(document)
    assert "铺开一..." in shown(document, blocks=False)


def test_where_it_breaks_off_is_said_in_plain_characters_at_any_width() -> None:
    document = parse("2024年，全市推进铁水联运，进一步降低物流成本，\n完成改造项目380\n\n云江港扩建。\n")
    assert document.text.blocks[0].truncated
    for width in range(24, 80):
        text = shown(document, width, marks=True, blocks=False)
        assert max(map(cell_len, text.splitlines())) <= width
        assert "【380】..." in squeezed(body(text, 3))


def test_facts_are_marked_each_kind_its_own_way_and_counted() -> None:
    text = shown(parse(REPORT), marks=True)
    for marked in ("【1203.5亿元】", "【5.8%】", "【第三】", "【212家】", "〔2025年〕", "〈轨道交通〉", "【560.5】"):
        assert marked in text
    legend = text.splitlines()[-1]
    counts = [int(count) for count in re.findall(r"[】〕〉] (\d+)", legend)]
    assert re.sub(r" \d+", "", legend) == "【figures】 · 〔dates〕 · 〈industries〉"
    before = text[: text.rindex("\n\n")]
    assert counts == [before.count(opening) for opening in "【〔〈"]
    assert counts[0] == 10


def test_marks_are_colours_where_there_are_any() -> None:
    text = shown(parse(REPORT), marks=True, color=True)
    assert not set("【】〔〕〈〉") & set(text)
    for code, words in (
        (36, "1203.5亿元"),
        (35, "2025年"),
        (32, "轨道交通"),
        (36, "figures"),
        (35, "dates"),
        (32, "industries"),
    ):
        assert f"\x1b[{code}m{words}\x1b[0m" in text


def test_marks_are_brackets_where_colours_are_not_wanted() -> None:
    screen = sheet.Screen(80, "standard", True, True)
    assert "【5.8%】" in sheet.render([text_view(parse(REPORT), True)], screen)


def test_without_marks_there_is_nothing_but_the_text() -> None:
    text = shown(parse(REPORT))
    assert not set("【】〔〕〈〉") & set(text)
    assert "figures" not in text


def test_what_two_kinds_claim_is_marked_once_figures_first(made: type[Made]) -> None:
    page = made()
    date = page.period("2019年", "2019", None, None)
    figures = (page.figure("212家"), page.figure("212"), page.figure("到2030", period=date))
    document = page.with_facts(figures)
    vars(document)["events"] = ()
    text = shown(document, marks=True)
    assert "【212家】" in text
    assert "【到2030】年" in text
    assert "〔2019年〕" in text
    assert text.splitlines()[-1] == "【figures】 2 · 〔dates〕 1 · 〈industries〉 0"


def test_a_pdf_says_where_its_pages_begin() -> None:
    first = "云江市工作报告\n\n2024年，产值5亿元。\n"
    second = "2025年，产值6亿元。\n"
    third = "加快建设。\n"
    starts = (0, len(first), len(first), len(first) + len(second))
    document = of_source(Source("报告.pdf", first + second + third, None, "pdf", pages=starts))
    lines = shown(document, 40).splitlines()
    assert lines[0] == "── page 1 " + "─" * 30
    assert [line for line in lines if "page" in line] == [f"── page {page} " + "─" * 30 for page in (1, 3, 4)]
    assert lines[lines.index("── page 3 " + "─" * 30) + 1].endswith("2025年，产值6亿元。")
    assert "-- page 3 -----" in shown(document, 40, blocks=False)


HOSTILE = "2024年，云江Ab\u202ecd港产值5亿元，ef\x1bgh税收\x9b3亿元。"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_a_document_steers_the_terminal(width: int) -> None:
    text = shown(parse(HOSTILE), width, marks=True)
    assert not set("\x1b\u202e\x9b") & set(text)
    assert "Ab‹U+202E›cd" in squeezed(body(text, 3))


def test_a_text_without_words_is_an_empty_view() -> None:
    assert shown(parse("")) == ""
    assert shown(parse("\n \n"), marks=True).strip() == "【figures】 0 · 〔dates〕 0 · 〈industries〉 0"


def test_all_kinds_have_a_colour_and_brackets_of_their_own() -> None:
    assert len({kind.style for kind in KINDS}) == len({kind.brackets for kind in KINDS}) == len(KINDS)


def test_a_mark_that_leaves_its_cell_is_left_out(made: type[Made]) -> None:
    page = made("指标\t2023年\t2024年\n产值\t520\t560\n税收\t20\t56\n")
    cell = page.figure("520")
    wide = replace(cell, end=page.span("560").end)
    document = page.with_facts((wide,))
    vars(document)["events"] = ()
    assert Span(wide.start, wide.end).of(document.text.clean) == "520\t560"
    assert "520   " in shown(document, marks=True)


@pytest.mark.usefixtures("chinese")
def test_the_view_speaks_chinese() -> None:
    document = of_source(Source("报告.pdf", REPORT, None, "pdf", pages=(0,)))
    text = shown(document, marks=True)
    assert text.startswith("── 第1页 ──")
    assert "〔日期〕" in text
