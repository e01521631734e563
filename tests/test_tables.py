"""Tables flattened to lines become figures of their row, column and unit, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
        ("建筑业增加值", "growth", "0", "%"),
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


# Tables as communiqués, yearbooks and copied pages have them, and what each says: indicator, measure, value, unit.
FORMS: dict[str, tuple[str, list[str]]] = {
    "several units in the unit line": (
        "2023年主要指标\n\n单位：亿元、%\n指标\t绝对数\t比上年增长\n工业投资\t120.3\t-3.6\n民间投资\t50\t持平\n",
        [
            "工业投资 level 12030000000 元",
            "工业投资 growth -3.6 %",
            "民间投资 level 5000000000 元",
            "民间投资 growth 0 %",
        ],
    ),
    "a unit in each row, and ±": (
        "附表 2024年1—5月主要指标\n\n指标名称    单位    1—5月累计    同比±%\n"
        "工业增加值    亿元    —    6.1\n固定资产投资    亿元    210.5    -2.4\n",
        ["工业增加值 growth 6.1 %", "固定资产投资 level 21050000000 元", "固定资产投资 growth -2.4 %"],
    ),
    "a header of two lines, the second of units": (
        "云江市工业情况\n\n指标\t企业单位数\t营业收入\n\t（个）\t（亿元）\n采矿业\t12\t35.2\n制造业\t320\t1250.6\n",
        [
            "采矿业企业单位数 level 12 个",
            "采矿业营业收入 level 3520000000 元",
            "制造业企业单位数 level 320 个",
            "制造业营业收入 level 125060000000 元",
        ],
    ),
    "a column of serial numbers": (
        "各县区财政收入\n\n单位：万元\n序号\t县区\t收入\t增长（%）\t位次\n1\t北湖县\t25400\t6.2\t3\n2\t南湖县\t31500\t4.8\t5\n",
        [
            "北湖县收入 level 254000000 元",
            "北湖县收入 growth 6.2 %",
            "北湖县财政收入 rank 3 位",
            "南湖县收入 level 315000000 元",
            "南湖县收入 growth 4.8 %",
            "南湖县财政收入 rank 5 位",
        ],
    ),
    "parts by 其中 and #, and a note": (
        "云江市人口情况\n\n单位：万人\n指标\t年末数\t比重（%）\n常住人口\t312.5\t100\n  其中：男性\t160.2\t51.3\n"
        "  #城镇\t205.1\t65.6\n注：部分数据因四舍五入，合计与分项略有出入。\n",
        [
            "常住人口 level 3125000 人",
            "常住人口 level 100 %",
            "男性 level 1602000 人",
            "男性比重 level 51.3 %",
            "城镇 level 2051000 人",
            "城镇比重 level 65.6 %",
        ],
    ),
    "strokes": (
        "## 主要指标\n\n| 指标 | 单位 | 数值 | 同比增长（%） |\n| --- | --- | ---: | ---: |\n"
        "| 工业增加值 | 亿元 | 410.5 | 6.1 |\n| 税收收入 | 亿元 |  | -1.7 |\n",
        ["工业增加值 level 41050000000 元", "工业增加值 growth 6.1 %", "税收收入 growth -1.7 %"],
    ),
    "a cell a line, the header apart": (
        "居民收入\n\n单位：元\n指标\n2023年\n2022年\n增长（%）\n城镇居民人均可支配收入\n48215\n45832\n5.2\n"
        "农村居民人均可支配收入\n21067\n19615\n7.4\n",
        [
            "城镇居民人均可支配收入 level 48215 元",
            "城镇居民人均可支配收入 level 45832 元",
            "城镇居民人均可支配收入 growth 5.2 %",
            "农村居民人均可支配收入 level 21067 元",
            "农村居民人均可支配收入 level 19615 元",
            "农村居民人均可支配收入 growth 7.4 %",
        ],
    ),
    "empty cells in the middle and at the end": (
        "主要产品产量\n\n产品名称\t单位\t产量\t比上年增长（%）\n钢材\t万吨\t120.5\t3.2\n水泥\t万吨\t…\t-1.4\n"
        "化肥\t万吨\t12.7\t\n布\t万米\t\t2.0\n",
        [
            "钢材产量 level 1205000 吨",
            "钢材产量 growth 3.2 %",
            "水泥产量 growth -1.4 %",
            "化肥产量 level 127000 吨",
            "布产量 growth 2 %",
        ],
    ),
    "spaces, and names spaced out": (
        "主要经济指标\n\n指  标            绝对额（亿元）   增长（%）\n地区生产总值         1203.4           5.6\n"
        "  第一产业            120.3          -3.6\n",
        [
            "地区生产总值 level 120340000000 元",
            "地区生产总值 growth 5.6 %",
            "第一产业 level 12030000000 元",
            "第一产业 growth -3.6 %",
        ],
    ),
    "full width": (
        "主要指标\n\n指标　　　　绝对数（亿元）　　增长（％）\n"
        "工业投资　　３５０.２　　　　８.１\n民间投资　　１２０．５　　－２．３\n",
        [
            "工业投资 level 35020000000 元",
            "工业投资 growth 8.1 %",
            "民间投资 level 12050000000 元",
            "民间投资 growth -2.3 %",
        ],
    ),
    "the title tells of changes, the columns of whom": (
        "居民消费价格比上年涨跌幅度\n\n单位：%\n指标\t全市\t城市\t农村\n居民消费价格\t0.4\t0.5\t0.1\n食品烟酒\t-0.2\t-0.3\t0.0\n",
        [
            "居民消费价格 growth 0.4 %",
            "城市居民消费价格 growth 0.5 %",
            "农村居民消费价格 growth 0.1 %",
            "食品烟酒 growth -0.2 %",
            "城市食品烟酒 growth -0.3 %",
            "农村食品烟酒 growth 0 %",
        ],
    ),
    "columns that name what they count": (
        "教育情况\n\n类别\t学校数（所）\t在校学生（万人）\n小学\t120\t15.2\n初中\t45\t8.1\n",
        [
            "小学学校数 level 120 所",
            "小学在校学生 level 152000 人",
            "初中学校数 level 45 所",
            "初中在校学生 level 81000 人",
        ],
    ),
    "thousands, and a column for each year": (
        "财政收支\n\n单位：万元\n项目\t2023年\t2022年\n一般公共预算收入\t1,203,400\t1,150,200\n",
        ["一般公共预算收入 level 12034000000 元", "一般公共预算收入 level 11502000000 元"],
    ),
    "a unit in each cell": (
        "指标完成情况\n\n指标\t2023年\t增长\n工业增加值\t410.5亿元\t6.1%\n出口\t35.2亿元\t-2.4%\n",
        [
            "工业增加值 level 41050000000 元",
            "工业增加值 growth 6.1 %",
            "出口 level 3520000000 元",
            "出口 growth -2.4 %",
        ],
    ),
    "a unit in the title": (
        "# 云江市外贸情况（单位：亿元）\n\n指标\t1—12月\t增速(%)\n出口总额\t35.2\t4.1\n进口总额\t12.8\t-6.0\n",
        [
            "出口总额 level 3520000000 元",
            "出口总额 growth 4.1 %",
            "进口总额 level 1280000000 元",
            "进口总额 growth -6 %",
        ],
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_forms_that_tables_have_say_what_a_reader_reads(form: str) -> None:
    text, said = FORMS[form]
    assert [" ".join(map(str, each)) for each in stated(text)] == said


def test_a_row_whose_numbers_are_withheld_is_no_heading_of_the_next() -> None:
    text = "情况\n\n单位：亿元\n指标\t2023年\t2022年\n甲项\t—\t…\n乙项\t12.5\t11.0\n丙项\t3.5\t3.0\n"
    assert {indicator for indicator, *_ in stated(text)} == {"乙项", "丙项"}
    text = text.replace("甲项\t—\t…", "甲项\t\t")
    assert {indicator for indicator, *_ in stated(text)} == {"甲项乙项", "甲项丙项"}


def test_a_growth_is_of_the_latest_year_that_the_columns_name() -> None:
    text = (
        "收入\n\n单位：元\n指标\t2022年\t2023年\t增长（%）\n"
        "可支配收入\t45832\t48215\t5.2\n消费支出\t26010\t27050\t4.1\n"
    )
    periods = [figure(text, written).period for written in ("45832", "48215", "5.2")]
    assert [period and period.code for period in periods] == ["2022", "2023", "2023"]


def test_a_row_of_bare_years_dates_the_columns_below_it() -> None:
    text = (
        "主要年份产量\n\n单位：万吨\n产品\t2015\t2020\t2025\t增长（%）\n"
        "粮食\t83.1\t84.2\t85.2\t1.2\n油料\t5.1\t5.3\t5.4\t1.9\n"
    )
    periods = [figure(text, written).period for written in ("83.1", "84.2", "5.4", "1.9")]
    assert [period and period.code for period in periods] == ["2015", "2020", "2025", "2025"]


@pytest.mark.parametrize(
    "text",
    [
        "联系名单\n\n单位\t电话\t邮编\n农业局\t22134567\t412000\n水利局\t22134568\t412001\n",
        "目录\n\n总则\t1\n目标\t3\n措施\t7\n",
        "值班表\n\n姓名\t日期\t地点\n张三\t12.5\t一楼\n李四\t12.6\t二楼\n",
        "名单\n\n序号\t姓名\t单位\n1\t张三\t农业局\n2\t李四\t水利局\n",
        # one number that may be a year is none, nor are several that do not follow one another
        "主要产量\n\n单位：万吨\n产品\t2021\n粮食\t83.1\n油料\t5.1\n",
        "主要产量\n\n单位：万吨\n产品\t2021\t2050\t1998\n粮食\t83.1\t84.2\t85.2\n油料\t5.1\t5.3\t5.2\n",
    ],
)
def test_what_names_numbers_or_dates_is_no_figure(text: str) -> None:
    assert stated(text) == []


def test_a_row_that_lost_a_cell_is_left_out_and_one_that_ends_in_an_empty_one_is_not() -> None:
    head = "产量\n\n产品名称\t单位\t产量\t增长（%）\n钢材\t万吨\t120.5\t3.2\n水泥\t万吨\t98.1\t-1.4\n"
    assert "化肥产量" not in {indicator for indicator, *_ in stated(head + "化肥\t万吨\t12.7\n")}
    assert ("化肥产量", "level", "127000", "吨") in stated(head + "化肥\t万吨\t12.7\t\n")


@pytest.mark.parametrize(
    "rows",
    ["指标\n单位\n亿元\n12\n3.4\n", "1\t2\t3\n", "甲\n乙\n1\n", "指标\n2023年\n12\n", "| 甲 | 1 |\n| --- | --- |\n"],
)
def test_rows_that_are_no_table_are_looked_at_once(rows: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        document = parse(rows * size)
        assert document.dating  # read before the count
        return lambda: document.figures

    assert grows_linearly(reading, 60)


def test_a_numbered_line_with_its_numbers_apart_is_a_row_and_no_heading() -> None:
    text = (
        "主要指标\n\n指标\t单位\t绝对数\t增长（%）\n"
        "一、地区生产总值\t亿元\t1203.4\t5.6\n（一）第一产业增加值\t亿元\t83.4\t3.6\n二、财政收入\t亿元\t103.4\t4.6\n"
    )
    assert [(indicator, value) for indicator, measure, value, _ in stated(text) if measure == "level"] == [
        ("地区生产总值", "120340000000"),
        ("第一产业增加值", "8340000000"),
        ("财政收入", "10340000000"),
    ]


def test_a_row_that_is_a_time_dates_its_numbers_and_a_unit_line_gives_each_column_its_own() -> None:
    text = (
        "月度数据一览\n\n门票  餐饮  住宿  交通\n单位：元  亿  万  万  万\n"
        "2021年8月  1.52  3,140  7,215  2,866\n2021年7月  1.47  3,052  7,038  2,791\n"
        "2021年6月  1.21  2,764  6,120  2,435\n"
    )
    told = figure(text, "3,052")
    assert (told.indicator, told.value, told.unit) == ("餐饮", 30520000, "元")
    assert [figure(text, w).period.code for w in ("1.52", "7,038", "2,435")] == ["2021-08", "2021-07", "2021-06"]  # type: ignore[union-attr]


def test_a_row_named_by_a_bare_year_is_of_that_year() -> None:
    text = (
        "历年产量\n\n年份\t粮食产量（万吨）\t水果产量（万吨）\n2021\t83.1\t12.5\n2022\t84.2\t13.1\n2023\t85.2\t13.9\n"
    )
    told = figure(text, "84.2")
    assert (told.indicator, told.value, told.unit) == ("粮食产量", 842000, "吨")
    assert told.period is not None
    assert told.period.code == "2022"


def told(text: str) -> list[tuple[str | None, str, str | None, str]]:
    return [
        (f.indicator, format(f.value.normalize(), "f"), f.period.code if f.period else None, f.status)
        for f in parse(text, published=date(2025, 6, 20)).figures
    ]


def test_the_rows_of_a_series_are_of_the_year_of_its_title_or_its_columns() -> None:
    assert told("2023年各季度出口\n\n季度\t出口额（亿元）\t增速（%）\n一季度\t14\t3\n三季度\t17\t-2\n") == [
        ("出口额", "1400000000", "2023-Q1", "actual"),
        ("出口额", "3", "2023-Q1", "actual"),
        ("出口额", "1700000000", "2023-Q3", "actual"),
        ("出口额", "-2", "2023-Q3", "actual"),
    ]
    assert told("供水量\n\n月份\t2023\t2024\n1月\t31.5\t35.2\n2月\t29.8\t30.4\n") == [
        ("供水量", "31.5", "2023-01", "actual"),
        ("供水量", "35.2", "2024-01", "actual"),
        ("供水量", "29.8", "2023-02", "actual"),
        ("供水量", "30.4", "2024-02", "actual"),
    ]


def test_the_year_of_a_row_stays_open_where_title_and_column_do_not_settle_it() -> None:
    for title in ("各月供电量", "2023—2024年各月供电量"):
        text = title + "\n\n月份\t供电量（万千瓦时）\t增速（%）\n1月\t31\t2\n2月\t29\t3\n"
        found = parse("江城市简况\n\n2024年，全市企业增加3家。\n\n" + text).figures
        rows = [f for f in found if f.rules[0] == "table"]
        assert len(rows) == 4
        assert all(f.period is None or "year-inferred" in f.flags for f in rows)


def test_a_column_says_of_which_statistic_and_year_it_is_and_whether_it_is_planned() -> None:
    assert told(
        "项目投资\n\n项目\t2024年实际投资（万元）\t2026年计划投资（万元）\n客运站\t3250\t5700\n水厂\t340\t180\n"
    ) == [
        ("客运站投资", "32500000", "2024", "actual"),
        ("客运站投资", "57000000", "2026", "target"),
        ("水厂投资", "3400000", "2024", "actual"),
        ("水厂投资", "1800000", "2026", "target"),
    ]


def test_a_growth_is_of_the_level_of_its_own_year() -> None:
    heads = "指标\t2024年总量（亿元）\t2024年增长（%）\t2023年总量（亿元）\t2023年增长（%）"
    figures = parse(
        f"云江市主要指标\n\n{heads}\n外贸进出口\t210.5\t-2.2\t215.3\t1.5\n工业投资\t88.1\t3.4\t85.2\t2.6\n"
    ).figures
    levels = {figure.written: figures[figure.level].written for figure in figures if figure.level is not None}
    assert levels == {"-2.2": "210.5", "1.5": "215.3", "3.4": "88.1", "2.6": "85.2"}


def test_the_line_with_the_cells_of_the_header_is_the_whole_one() -> None:
    text = "产品名称  单位  产量  增长（%）\n玻璃  万吨  130.5\n纸浆  万吨  88.1  -4.2\n"
    assert [(name, value) for name, value, *_ in told(text)] == [("纸浆产量", "881000"), ("纸浆产量", "-4.2")]


def test_a_header_of_many_digits_takes_linear_work() -> None:
    def reading(count: int) -> Callable[[], object]:
        return lambda: parse("指标\t" + "2" * count + "(56)甲乙丙丁戊己庚辛壬癸\t增长\n钢\t1\t2\n铁\t1\t2\n").figures

    assert grows_linearly(reading, 600)
