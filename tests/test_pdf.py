from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.printed import DOWN, Printed, wrapped
from tests.work import grows_linearly, steps
from zzcli.document import Document, of_source, parse
from zzcli.document import read as read_file
from zzcli.errors import UnreadableError
from zzcli.language import retold, use
from zzcli.reading import files, pdf
from zzcli.reading.source import Source
from zzcli.views.records import records

if TYPE_CHECKING:
    from tests.conftest import Answer

INDUSTRY = (
    "今年以来，云江市坚持工业立市，深入实施产业倍增行动，全市规模以上工业增加值同比增长8.6%，"
    "高于全省平均水平2.1个百分点，其中装备制造业增长12.4%，电子信息产业增长15.3%。"
)
INVESTMENT = (
    "上半年，全市完成固定资产投资486.5亿元，同比增长9.7%，其中工业投资198.3亿元，增长14.2%，"
    "占全部投资的比重为40.8%；民间投资260.1亿元，增长6.5%。"
)
BATTERIES = (
    "在云江高新区，一条长达3公里的新能源电池产业带正在形成，已有26家企业入驻，"
    "去年实现产值152亿元，预计今年突破200亿元，带动就业1.2万人。"
)
PLANS = (
    "市统计局有关负责人表示，下一步将继续加大技术改造力度，力争到2026年全市高新技术企业达到850家，"
    "研发投入强度提高到3.2%，规模以上工业企业数字化改造覆盖率达到90%以上。"
)
HARVEST = (
    "云江市今年夏粮播种面积31.6万亩，总产量达到12.8万吨，比上年增加0.4万吨，平均亩产405公斤，"
    "创近五年来新高，其中云江县早稻集中育秧面积突破8万亩。"
)
STORY = [INDUSTRY, INVESTMENT, BATTERIES, PLANS]


def extracted(page: Printed) -> Source:
    page.turn()
    return pdf.extract(page.done(), "云江.pdf")


def lines(source: Source) -> list[str]:
    return [line.strip("\u3000") for line in source.text.split("\n") if line.strip()]


def told(document: Document) -> list[Any]:
    kept = ("indicator", "measure", "value", "unit", "relation", "basis", "area", "period", "status", "quote")
    return [[record[key] for key in kept] for record in records(document, "figures")]


# ---------------------------------------------------------------------------------------------------------------------
# Reading order


def test_a_paragraph_is_one_line_whatever_the_width_of_its_column() -> None:
    for width in (110, 180, 260, 450):
        page = Printed(height=2000)
        page.paragraphs(STORY, 60, 1900, width)
        assert lines(extracted(page)) == STORY


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_columns_are_read_one_after_the_other_under_a_headline_across_them(count: int) -> None:
    page = Printed(800, 1100)
    page.line(120, 1000, "云江工业跑出“加速度”", 32)
    page.line(200, 970, "——全市上半年工业经济运行观察", 14)
    page.columns([*STORY, HARVEST, *STORY], count, 40, 940, 720)
    source = extracted(page)
    assert "".join(lines(source)) == "".join(
        ["云江工业跑出“加速度”", "——全市上半年工业经济运行观察", *STORY, HARVEST, *STORY]
    )
    # A sentence that goes over the end of a column is one sentence.
    assert all(sentence in of_source(source).text.clean for sentence in STORY)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_a_page_in_columns_states_the_figures_of_its_text(count: int) -> None:
    page = Printed(800, 1100)
    page.columns([*STORY, HARVEST], count, 40, 940, 720)
    plain = parse("\n".join([*STORY, HARVEST]))
    assert len(plain.figures) > 15
    assert told(of_source(extracted(page))) == told(plain)


def test_two_stories_below_each_other_are_read_one_after_the_other_though_their_gutters_meet() -> None:
    page = Printed(800, 1100)
    page.line(60, 1000, "云江工业稳中向好", 28)
    bottom = page.columns(STORY, 2, 40, 960, 720)
    page.line(60, bottom - 30, "夏粮总产量稳中有增", 20)
    page.columns([HARVEST, PLANS, INDUSTRY], 2, 40, bottom - 60, 720)
    text = "".join(lines(extracted(page)))
    assert text == "".join(["云江工业稳中向好", *STORY, "夏粮总产量稳中有增", HARVEST, PLANS, INDUSTRY])


def test_two_stories_beside_each_other_keep_their_headlines() -> None:
    page = Printed(800, 1100)
    page.line(40, 1000, "工业经济稳中向好", 26)
    page.line(430, 1000, "夏粮喜获丰收", 26)
    page.columns([INDUSTRY, INVESTMENT, BATTERIES], 2, 40, 960, 350)
    page.columns([HARVEST, PLANS, HARVEST], 2, 430, 960, 330)
    text = "".join(lines(extracted(page)))
    assert text == "".join(
        ["工业经济稳中向好", INDUSTRY, INVESTMENT, BATTERIES, "夏粮喜获丰收", HARVEST, PLANS, HARVEST]
    )


def test_a_headline_over_two_of_three_columns_leaves_the_third_alone() -> None:
    page = Printed(800, 1100)
    page.columns([HARVEST, PLANS, HARVEST, PLANS], 1, 40, 1000, 220)
    page.line(300, 980, "云江新区十年之变", 26)
    page.columns([INDUSTRY, INVESTMENT, BATTERIES, INDUSTRY], 2, 290, 940, 470)
    assert "".join(lines(extracted(page))) == "".join(
        [HARVEST, PLANS, HARVEST, PLANS, "云江新区十年之变", INDUSTRY, INVESTMENT, BATTERIES, INDUSTRY]
    )


def test_a_caption_inside_a_column_does_not_break_the_sentence_around_it() -> None:
    page = Printed()
    parts = wrapped(INVESTMENT, 200, 10)
    y = page.set(parts[:3], 60, 760, 200, 10, goes_on=1)
    page.line(60, y, "图为云江港集装箱码头。", 8)
    y = page.set(parts[3:], 60, y - 20, 200, 10, indent=0)
    page.paragraphs([BATTERIES, PLANS], 60, y, 200)
    assert lines(extracted(page)) == [INVESTMENT, "图为云江港集装箱码头。", BATTERIES, PLANS]


def test_a_title_of_two_lines_is_one_line_and_stands_apart_from_the_text() -> None:
    page = Printed()
    page.centred(760, "云江市2024年国民经济和社会发展", 22)
    page.centred(730, "统计公报", 22)
    page.centred(700, "云江市统计局", 12)
    page.paragraphs(STORY, 72, 660, 450, 12)
    source = extracted(page)
    assert source.text.startswith("云江市2024年国民经济和社会发展统计公报\n\n云江市统计局\n\n\u3000\u3000今年以来")
    assert of_source(source).heading == "云江市2024年国民经济和社会发展统计公报"


def test_items_with_their_numbers_stay_apart_though_their_lines_are_full() -> None:
    page = Printed()
    y = 760.0
    for number, item in enumerate(
        ("加快建设云江港集装箱码头二期", "启动云江机场改扩建项目前期准", "建成云江大桥主体并且开放通车"), 1
    ):
        y = page.set([f"{number}. {item}"], 72, y, 170, 10, indent=0)
    assert len(lines(extracted(page))) == 3


def test_english_words_keep_a_space_where_a_line_ends() -> None:
    page = Printed()
    first = "The output of Yunjiang grew by a tenth and its exports"
    second = "doubled within five years of opening the port."
    page.line(72, 760, first)
    page.line(72, 744, second)
    assert lines(extracted(page)) == [f"{first} {second}"]


def test_vertical_writing_is_read_downwards_and_from_the_right() -> None:
    page = Printed()
    written = ("今年以来云江市坚持工业立市，2024年", "全市规模以上工业增加值同比增长8.6", "%，比上年提高2个百分点。")
    for at, line in enumerate(written):
        page.line(500 - 20 * at, 700, line, 12, DOWN)
    page.line(100, 100, "云江日报2024年")
    assert lines(extracted(page)) == [
        "今年以来云江市坚持工业立市，2024年全市规模以上工业增加值同比增长8.6%，比上年提高2个百分点。",
        "云江日报2024年",
    ]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_that_stands_on_its_side_is_read_as_one_that_does_not(quarter: int) -> None:
    texts = [INVESTMENT, BATTERIES]
    assert all(re.search("[0-9]", line) for text in texts for line in wrapped(text, 400, 10))  # see Printed
    page = Printed()
    page.canvas.translate(300, 420)
    page.canvas.rotate(90 * quarter)
    page.paragraphs(texts, -250, 200, 400)
    assert lines(extracted(page)) == texts
    page = Printed()
    page.canvas.setPageRotation(90 * quarter)
    page.paragraphs(texts, 60, 700, 400)
    assert lines(extracted(page)) == texts


def test_a_watermark_across_the_page_and_type_that_is_drawn_twice_leave_no_trace() -> None:
    page = Printed()
    page.canvas.saveState()
    page.canvas.translate(200, 400)
    page.canvas.rotate(45)
    page.line(0, 0, "云江市内部资料2024", 40)
    page.canvas.restoreState()
    for shift in (0, 0.3):
        page.line(72 + shift, 760, "一、2024年工作回顾", 14)
    page.paragraphs(STORY, 72, 720, 450)
    assert lines(extracted(page)) == ["一、2024年工作回顾", *STORY]


# ---------------------------------------------------------------------------------------------------------------------
# Tables

TABLE = [
    ("指标", "2024年", "比上年增长（%）"),
    ("地区生产总值", "1853.6", "5.8"),
    ("第一产业", "121.3", "3.5"),
    ("第二产业", "", "6.9"),
    ("固定资产投资", "486.5", "9.7"),
]


def test_the_cells_of_a_table_are_parted_by_tabs_and_empty_ones_keep_their_place() -> None:
    page = Printed()
    page.centred(780, "表1 主要经济指标", 10)
    page.line(440, 764, "单位：亿元")
    y = page.table(TABLE, (90, 280, 400), 740)
    page.paragraphs(STORY, 72, y - 10, 450, 10)
    source = extracted(page)
    assert lines(source) == ["表1 主要经济指标", "单位：亿元", *("\t".join(row) for row in TABLE), *STORY]
    figures = {(f.indicator, f.measure): (str(f.value), f.unit) for f in of_source(source).figures}
    assert figures["地区生产总值", "level"] == ("185360000000", "元")
    assert figures["固定资产投资", "growth"] == ("9.7", "%")
    assert figures["第二产业", "growth"] == ("6.9", "%")


def test_a_unit_beside_the_title_of_a_table_is_a_line_of_its_own() -> None:
    page = Printed()
    page.line(90, 780, "表1 主要经济指标")
    page.line(400, 780, "单位：亿元")
    page.table(TABLE, (90, 280, 400), 760)
    assert lines(extracted(page))[:3] == ["表1 主要经济指标", "单位：亿元", "\t".join(TABLE[0])]


def test_a_table_inside_a_column_is_read_row_by_row() -> None:
    page = Printed()
    y = page.paragraphs([INDUSTRY, INVESTMENT], 60, 780, 225)
    y = page.table(TABLE, (65, 160, 210), y)
    page.paragraphs([BATTERIES], 60, y, 225)
    page.paragraphs([PLANS, HARVEST, BATTERIES, INDUSTRY], 310, 780, 225)
    rows = ["\t".join(row) for row in TABLE]
    assert lines(extracted(page)) == [
        *(INDUSTRY, INVESTMENT, *rows, BATTERIES),
        *(PLANS, HARVEST, BATTERIES, INDUSTRY),
    ]


def test_a_head_over_several_columns_of_a_table_loses_nothing() -> None:
    page = Printed()
    page.table([("指标", "规模以上工业企业产值和增速")], (90, 290), 760)
    page.table(TABLE[1:], (90, 280, 400), 742)
    assert lines(extracted(page))[0] == "指标\t规模以上工业企业产值和增速"


def test_cells_that_are_wrapped_are_whole_again() -> None:
    page = Printed()
    page.line(90, 790, "表1 主要经济指标")
    page.line(400, 766, "比上年增长", 10)
    page.line(90, 760, "指标", 10)
    page.line(280, 760, "2024年（亿元）", 10)
    page.line(410, 754, "（%）", 10)
    y = page.table([("地区生产总值", "1853.6", "5.8"), ("固定资产投资", "486.5", "9.7")], (90, 280, 400), 734)
    page.table([("规模以上工业企业", "1021.4", "8.6")], (90, 280, 400), y)
    page.line(90, y - 12, "主营业务收入", 10)
    page.table([("其中：", "", ""), ("国有企业", "310.2", "4.1")], (90, 280, 400), y - 36)
    assert lines(extracted(page)) == [
        "表1 主要经济指标",
        "指标\t2024年（亿元）\t比上年增长（%）",
        "地区生产总值\t1853.6\t5.8",
        "固定资产投资\t486.5\t9.7",
        "规模以上工业企业主营业务收入\t1021.4\t8.6",
        "其中：",
        "国有企业\t310.2\t4.1",
    ]


def test_numbered_items_that_are_set_in_are_no_table() -> None:
    page = Printed()
    for at, item in enumerate(("加快产业升级", "扩大有效投资", "保障改善民生")):
        page.line(72, 760 - 16 * at, f"{at + 1}.")
        page.line(110, 760 - 16 * at, item + "2024")
    assert "\t" not in extracted(page).text


# ---------------------------------------------------------------------------------------------------------------------
# Pages


def report(pages: int, head: str = "云江市2024年统计公报") -> Printed:
    """A report with a running head and page numbers, whose pages end within sentences."""
    page = Printed()
    texts = [wrapped(text, 450, 12) for text in STORY * pages]
    set_lines = [(line, at == 0, at == len(text) - 1) for text in texts for at, line in enumerate(text)]
    each = len(set_lines) // pages + 1
    for number in range(pages):
        page.line(72, 800, head, 9)
        page.centred(40, f"— {number + 1} —", 9)
        for at, (line, first, last) in enumerate(set_lines[number * each : (number + 1) * each]):
            page.set([line], 72, 740 - 20 * at, 450, 12, indent=2 * first, goes_on=not last)
        if number < pages - 1:
            page.turn()
    return page


@pytest.mark.parametrize("pages", [2, 3, 5, 8])
def test_running_heads_and_page_numbers_are_set_aside_and_sentences_go_over_the_end_of_a_page(pages: int) -> None:
    source = extracted(report(pages))
    assert lines(source) == ["云江市2024年统计公报", *(STORY * pages)]
    assert len(source.pages) == pages
    text = of_source(source).text
    assert [text.clean[s.start : s.end] for s in text.sentences if s.end - s.start > 12] == STORY * pages


def test_a_page_number_is_set_aside_on_a_single_page_too() -> None:
    assert lines(extracted(report(1))) == ["云江市2024年统计公报", *STORY]


def test_the_first_of_a_title_that_all_pages_repeat_stays() -> None:
    page = Printed()
    for number in range(3):
        page.centred(800, "云江市工业运行简报", 14)
        page.paragraphs(STORY, 72, 760, 450)
        if number < 2:
            page.turn()
    source = extracted(page)
    assert lines(source).count("云江市工业运行简报") == 1
    assert of_source(source).heading == "云江市工业运行简报"


def test_what_stands_at_the_same_height_on_two_of_many_pages_is_no_running_head() -> None:
    page = Printed()
    for number in range(6):
        page.line(72, 790, ["综合", "工业", "综合", "农业", "商业", "财政"][number] + "部分2024", 12)
        page.paragraphs(STORY, 72, 760, 450)
        page.turn()
    assert lines(pdf.extract(page.done(), "云江.pdf")).count("综合部分2024") == 2


def test_heads_that_take_turns_on_left_and_right_pages_are_set_aside() -> None:
    page = Printed()
    for number in range(8):
        page.line(72, 800, ("云江统计年鉴2024", "第三篇 工业2024")[number % 2], 9)
        page.paragraphs(STORY, 72, 760, 450)
        page.turn()
    read = lines(pdf.extract(page.done(), "云江.pdf"))
    assert read.count("云江统计年鉴2024") == 1
    assert "第三篇 工业2024" not in read


def test_a_figure_says_on_which_page_it_stands(tmp_path: Path) -> None:
    page = Printed()
    page.paragraphs([INDUSTRY], 72, 760, 450)
    page.turn()
    page.turn()
    page.paragraphs([HARVEST], 72, 760, 450)
    page.turn()
    file = tmp_path / "云江.pdf"
    file.write_bytes(page.done())
    document = read_file(file)
    pages = {record["written"]: record["page"] for record in records(document, "figures")}
    assert pages["8.6%"] == 1
    assert pages["12.8万吨"] == 3
    assert document.encoding is None


def test_each_figure_of_a_sentence_over_two_pages_says_its_own_page() -> None:
    source = extracted(report(2))
    document = of_source(source)
    cut = source.pages[1]
    assert source.text[cut - 1] not in "\n\u3000"  # within a sentence
    assert {record["page"] for record in records(document, "figures")} == {1, 2}
    assert all((record["start"] >= cut) == (record["page"] == 2) for record in records(document, "figures"))


def test_a_footnote_and_a_table_between_two_pages_do_not_break_the_sentence_that_goes_over() -> None:
    page = Printed()
    parts = wrapped(INDUSTRY * 2, 450, 12)
    page.set(parts[:4], 72, 170, 450, 12, goes_on=1)
    page.line(72, 70, "①规模以上工业统计范围为年主营业务收入2000万元及以上企业。", 8)
    page.turn()
    y = page.table(TABLE, (90, 280, 400), 780)
    y = page.set(parts[4:], 72, y - 10, 450, 12, indent=0)
    page.paragraphs(STORY, 72, y, 450, 12)
    source = extracted(page)
    read = lines(source)
    assert read[0].startswith("①")
    assert read[1] == INDUSTRY * 2
    assert read[2:7] == ["\t".join(row) for row in TABLE]
    assert read[7:] == STORY
    assert source.text.startswith(parts[4], source.pages[1])


def test_pages_without_text_are_named_and_blank_ones_are_not() -> None:
    page = Printed()
    for number in range(1, 12):
        if number in (1, 2, 4, 10):
            page.paragraphs([BATTERIES], 72, 760, 450)
        elif number != 11:
            page.canvas.rect(50, 50, 400, 600, fill=1)
        page.turn()
    source = pdf.extract(page.done(), "云江.pdf")
    assert source.notes == ("云江.pdf: pages 3, 5–9 have no text (a scan?); zzcli reads text, the rest is read",)
    assert source.pages[2] == source.pages[3]
    assert source.pages[4:9] == (source.pages[9],) * 5
    assert source.pages[10] == len(source.text)
    assert source.page(source.pages[9]) == 10


def test_one_page_without_text_is_named_in_the_singular() -> None:
    page = Printed()
    page.canvas.rect(50, 50, 400, 600, fill=1)
    page.turn()
    page.paragraphs([BATTERIES], 72, 760, 450)
    source = extracted(page)
    assert source.notes == ("云江.pdf: page 1 has no text (a scan?); zzcli reads text, the rest is read",)
    assert source.pages == (0, 0)


def test_what_could_not_be_read_is_retold_in_chinese() -> None:
    page = Printed()
    page.canvas.rect(50, 50, 400, 600, fill=1)
    page.turn()
    page.paragraphs([BATTERIES], 72, 760, 450)
    (note,) = extracted(page).notes
    use("zh")
    try:
        assert retold(note) == "云江.pdf：第1页没有文字（可能是扫描件）；zzcli只读文字，其余各页已读"
    finally:
        use("en")


def test_a_hundred_scattered_scans_are_told_in_one_line_of_some_length() -> None:
    assert len(pdf._listed(list(range(1, 400, 2)))) < 100


# ---------------------------------------------------------------------------------------------------------------------
# What cannot be read


def refused(data: bytes, path: str = "云江.pdf") -> str:
    with pytest.raises(UnreadableError) as error:
        pdf.extract(data, path)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_scan_is_refused_with_what_to_do() -> None:
    page = Printed()
    page.canvas.rect(50, 50, 400, 600, fill=1)
    page.turn()
    data = page.done()
    assert refused(data) == "云江.pdf: has no text (a scan?); zzcli reads text, so run OCR over it first"
    assert refused(data, "-").startswith("standard input: ")


def test_a_file_with_a_password_is_refused_with_what_to_do() -> None:
    page = Printed(password="云江2024")
    page.paragraphs(STORY, 72, 760, 450)
    page.turn()
    assert refused(page.done()) == "云江.pdf: is protected by a password; save it without one"


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_file_that_begins_behind_something_else_is_a_pdf_all_the_same(before: bytes) -> None:
    data = report(1).done()
    assert files.of_bytes(before + data, "a.pdf").text == files.of_bytes(data, "a.pdf").text
    assert files.of_bytes(before + b"%PDF-", "a.txt").format == "text"


def test_a_file_that_is_only_protected_against_changes_is_read() -> None:
    page = Printed(password="")
    page.paragraphs(STORY, 72, 760, 450)
    assert lines(extracted(page)) == STORY


@pytest.mark.parametrize("data", [b"%PDF-", b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-1.5" + b"\0" * 5000])
def test_a_file_that_is_a_pdf_in_name_only_is_refused(data: bytes) -> None:
    assert refused(data) == "云江.pdf: is a damaged PDF; save or download it again"


def test_a_damaged_file_is_read_or_refused_with_a_line() -> None:
    data = report(3).done()
    for at in range(0, len(data), len(data) // 150):
        for damaged in (data[:at], data[:at] + b"\xff" * 40 + data[at + 40 :]):
            with suppress(UnreadableError):
                source = pdf.extract(damaged, "云江.pdf")
                assert list(source.pages) == sorted(source.pages)
                assert "\0" not in source.text


def test_a_damaged_page_is_named_and_the_rest_is_read() -> None:
    page = Printed()
    for _ in range(2):
        page.paragraphs([BATTERIES], 72, 760, 450)
        page.turn()
    data = page.done()
    kids = re.search(rb"/Kids \[ (\d+) 0 R (\d+) 0 R", data)
    assert kids
    broken = data.replace(kids[0], kids[0].replace(kids[2] + b" 0 R", b"99 0 R"))
    source = pdf.extract(broken, "云江.pdf")
    assert source.notes == ("云江.pdf: page 2 is damaged; the rest is read",)
    assert lines(source) == [BATTERIES]


def test_a_page_of_which_a_font_hides_the_characters_is_taken_for_a_scan() -> None:
    page = Printed()
    page.paragraphs([BATTERIES], 72, 760, 450)
    page.turn()
    page.line(72, 700, "\ue001\ue002\ue003\ue004\ue005\ue006\ue007, \ue008\ue009 7")
    source = extracted(page)
    assert source.notes == ("云江.pdf: page 2 has no text (a scan?); zzcli reads text, the rest is read",)
    assert lines(source) == [BATTERIES]


def test_without_pypdfium2_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install 'zzcli[pdf]'" in refused(report(1).done())


def test_pypdfium2_is_loaded_for_pdf_files_only(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def watched(name: str, *arguments: Any, **named: Any) -> Any:
        assert name != "pypdfium2"
        return load(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", watched)
    from zzcli.reading import files

    assert files.of_bytes(INDUSTRY.encode(), "云江.txt").text == INDUSTRY


def test_twice_the_pages_are_twice_the_work() -> None:
    files = {number: extracted_bytes(number) for number in (16, 64)}
    assert grows_linearly(lambda size: lambda: pdf.extract(files[size], "云江.pdf"), 16)


def extracted_bytes(pages: int) -> bytes:
    page = report(pages)
    page.turn()
    return page.done()


def test_a_page_full_of_scattered_words_costs_little_more_than_its_size() -> None:
    def scattered(count: int) -> bytes:
        page = Printed(4000, 4000)
        for at in range(count):
            page.line(20 + at * 379 % 3900, 20 + at * 1013 % 3900, f"云江{at}", 8)
        page.turn()
        return page.done()

    few, many = scattered(500), scattered(2000)
    pdf.extract(few, "云江.pdf")  # patterns and tables are made on first use
    assert steps(lambda: pdf.extract(many, "云江.pdf")) < 8 * steps(lambda: pdf.extract(few, "云江.pdf"))


# ---------------------------------------------------------------------------------------------------------------------
# At the door


def test_a_folder_of_pdf_files_is_read_at_the_command_line(zzcli: Callable[..., Answer], tmp_path: Path) -> None:
    for name, texts in (("工业.pdf", STORY), ("农业.pdf", [HARVEST, HARVEST, PLANS])):
        page = Printed()
        page.columns(texts, 2, 60, 760, 480)
        page.turn()
        (tmp_path / name).write_bytes(page.done())
    answer = zzcli("figures", "--format", "csv", tmp_path)
    assert answer.code == 0
    assert "12.8万吨" in answer.out
    assert "486.5亿元" in answer.out
    assert "工业.pdf" in answer.out


def test_a_scan_is_refused_at_the_command_line(zzcli: Callable[..., Answer], tmp_path: Path) -> None:
    page = Printed()
    page.canvas.rect(50, 50, 400, 600, fill=1)
    page.turn()
    file = tmp_path / "云江.pdf"
    file.write_bytes(page.done())
    assert "run OCR over it first" in zzcli("figures", file).refused()
