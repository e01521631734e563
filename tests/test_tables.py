"""Tables flattened to lines become figures of their row, column and unit, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.work import grows_linearly
from zzcli.document import parse
from zzcli.facts.figures import Figure

CELL_A_LINE = """2021年云江市地区生产总值

单位：亿元
指标
指标值
同比增长（±%）
地区生产总值
2310.5
5.5
第一产业
120.3
-3.6
　　建筑业
88.1
持平
农
业
61.0
2.2
"""

LINES = """2023年云江市主要经济指标

单位：亿元

指标\t2023年\t2022年\t同比增长（%）
工业增加值\t980.0\t—\t6.1
  其中：采矿业增加值\t70.2\t66.0\t6.4
税收收入\t81.5\t80.1\t1.7

表2 人口情况
项目  人数（万人）  比重（%）  位次
城镇  205.1  65.6  3
乡村  107.5  34.4  9
"""


def stated(text: str) -> list[tuple[str | None, str, str, str | None]]:
    return [(f.indicator, f.measure, format(f.value.normalize(), "f"), f.unit) for f in parse(text).figures]


def figure(text: str, written: str) -> Figure:
    return next(f for f in parse(text).figures if f.written == written)


def test_a_table_a_cell_a_line_gives_each_number_its_row_column_and_unit() -> None:
    assert stated(CELL_A_LINE) == [
        ("地区生产总值", "level", "231050000000", "元"),
        ("地区生产总值", "growth", "5.5", "%"),
        ("第一产业增加值", "level", "12030000000", "元"),
        ("第一产业增加值", "growth", "-3.6", "%"),
        ("建筑业增加值", "level", "8810000000", "元"),
        ("农业增加值", "level", "6100000000", "元"),
        ("农业增加值", "growth", "2.2", "%"),
    ]


def test_lines_of_cells_are_rows_and_a_second_header_begins_a_second_table() -> None:
    assert stated(LINES) == [
        ("工业增加值", "level", "98000000000", "元"),
        ("工业增加值", "growth", "6.1", "%"),
        ("采矿业增加值", "level", "7020000000", "元"),
        ("采矿业增加值", "level", "6600000000", "元"),
        ("采矿业增加值", "growth", "6.4", "%"),
        ("税收收入", "level", "8150000000", "元"),
        ("税收收入", "level", "8010000000", "元"),
        ("税收收入", "growth", "1.7", "%"),
        ("城镇人数", "level", "2051000", "人"),
        ("城镇比重", "level", "65.6", "%"),
        ("城镇", "rank", "3", "位"),
        ("乡村人数", "level", "1075000", "人"),
        ("乡村比重", "level", "34.4", "%"),
        ("乡村", "rank", "9", "位"),
    ]


def test_the_year_of_a_column_is_the_period_of_its_numbers() -> None:
    assert [figure(LINES, written).period.code for written in ("81.5", "80.1")] == ["2023", "2022"]  # type: ignore[union-attr]


def test_a_column_without_a_date_takes_the_period_of_the_title() -> None:
    assert figure(CELL_A_LINE, "88.1").period.code == "2021"  # type: ignore[union-attr]


def test_a_growth_belongs_to_the_first_level_of_its_row() -> None:
    document = parse(LINES)
    growth = next(f for f in document.figures if f.written == "1.7")
    assert growth.level is not None
    assert document.figures[growth.level].written == "81.5"


def test_a_unit_column_and_a_unit_behind_a_name_win_over_the_head() -> None:
    text = (
        "主要产品产量\n\n产品名称\n单 位\n产 量\n同比增长（%）\n"
        + "天然气\n亿立方米\n21.4\n7.2\n汽油\n万吨\n3.5\n-5.6\n"
    )
    assert stated(text)[::2] == [("天然气产量", "level", "2140000000", "立方米"), ("汽油产量", "level", "35000", "吨")]
    text = "牲畜情况\n\n指标\n指标值\n同比增长（%）\n牛存栏（万头）\n9.6\n1.0\n羊存栏（万只）\n12\n2.0\n"
    assert [unit for _, _, _, unit in stated(text)] == ["头", "%", "只", "%"]


def test_what_was_added_since_a_day_is_a_difference_against_it() -> None:
    text = "存款情况\n\n单位：亿元\n指标\n年末数\n比年初增加额\n住户存款\n842.0\n95.6\n单位存款\n610.0\n71.5\n"
    added = figure(text, "95.6")
    assert (added.measure, added.basis, added.unit) == ("difference", "年初", "元")


def test_a_row_with_a_number_too_few_is_left_out() -> None:
    text = CELL_A_LINE.replace("第一产业\n120.3\n-3.6\n", "第一产业\n120.3\n")
    assert "第一产业增加值" not in {indicator for indicator, *_ in stated(text)}
    assert ("建筑业增加值", "level", "8810000000", "元") in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "名单\n\n甲县\n乙县\n丙县\n丁县\n",  # no number
        "号码\n\n12\n15\n18\n22\n27\n31\n",  # no name
        "一览\n\n单位：亿元\n12.5\n15.5\n18.5\n22.5\n",  # no header
    ],
)
def test_lines_without_names_and_numbers_are_no_table(text: str) -> None:
    assert stated(text) == []


def test_a_number_without_a_unit_says_so() -> None:
    text = "情况\n\n指标\n数值\n同比增长（%）\n文艺馆\n12\n1.0\n文化站\n58\n2.0\n"
    assert figure(text, "58").flags[0] == "unit-missing"


def test_each_cell_cuts_its_number_out_of_the_file() -> None:
    document = parse(LINES)
    for f in document.figures:
        assert document.text.origin(f).of(LINES) == f.written


@pytest.mark.parametrize("rows", ["指标\n单位\n亿元\n12\n3.4\n", "1\t2\t3\n", "甲\n乙\n1\n"])
def test_rows_that_are_no_table_are_looked_at_once(rows: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        document = parse(rows * size)
        assert document.dating  # read before the count
        return lambda: document.figures

    assert grows_linearly(reading, 60)
