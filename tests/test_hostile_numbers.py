"""Numbers and dates that lend themselves to misreading: read right, flagged or left out, never invented."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet
import pytest

import zzcli
from tests.work import grows_linearly
from zzcli.mentions.numbers import LONGEST, times
from zzcli.mentions.periods import Context, scan, settle
from zzcli.views import parquet, sdmx, workbook
from zzcli.views.formats import json_text, number
from zzcli.views.records import keys, records
from zzcli.views.written import readable, words

PUBLISHED = date(2024, 9, 30)


def listed(*lines: str) -> list[str]:
    return " ".join(lines).split()


def stated(text: str) -> list[str]:
    """The numbers of a text with their units; bare ones state nothing."""
    return [f"{number(q.value)} {q.unit or ''}".strip() for q in zzcli.find_quantities(text) if q.kind != "bare"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一亿亿元", "10000000000000000 元"),
        ("三万亿亿元", "300000000000000000000 元"),
        ("5百万元", "5000000 元"),
        ("壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元", "123456789 元"),
        ("壹億貳仟萬元", "120000000 元"),
        ("卌五家", "45 家"),
        ("五〇亿元", "5000000000 元"),
        ("１2,３45．６亿元", "1234560000000 元"),
        ("1'234'567元", "1234567 元"),
        ("1’234’567元", "1234567 元"),
        ("1\u2009234\u2009567元", "1234567 元"),
        ("1，234，567元", "1234567 元"),
        ("٣٤٥元", "345 元"),
        ("१२३亿元", "12300000000 元"),
        ("๑๒๓元", "123 元"),
        ("߁߂߃元", "123 元"),
        ("𝟏𝟐𝟑亿元", "12300000000 元"),
        ("1٣4亿元", "13400000000 元"),
        ("0012亿元", "1200000000 元"),
        ("-0元", "0 元"),
        ("+5.8%", "5.8 %"),
        ("＋5.8%", "5.8 %"),
        ("－5.8%", "-5.8 %"),
        ("负百分之三", "-3 %"),
        ("½家", "0.5 家"),
        ("1½倍", "1.5 倍"),
        ("1⁄2", "0.5"),
    ],
)
def test_an_odd_numeral_has_its_value(written: str, value: str) -> None:
    assert stated(f"全市产值{written}") == [value]


@pytest.mark.parametrize(
    "written",
    listed(
        "亿亿亿亿元 三亿亿亿亿元 百万千元 千百十元 亿万元 3亿万元 一百万千家 五千百家 三十百千家 5千百元",
        "1E5亿元 1.2e3元 1e-5元 1e400元 1E+400元 Infinity元 NaN元 0x1F元 1.234.567元 1'23'456元 ‘618’100家",
        "①②③元 ⑴⑵家 ⒈⒉家 ⓵家 Ⅳ家 〡〢〣家 ㈠ ㊀ 五O亿元 ±5% 壹贰叁肆伍陆柒捌玖拾佰仟萬億零元 ½½倍",
        "10⁴个 10²亿元 10^4个 2×10⁴个 2.5*10^4吨 10⁻³毫克 2¹⁰个 10的4次方个 24时60分",
    ),
)
def test_what_is_no_number_for_certain_states_none(written: str) -> None:
    assert stated(f"全市企业{written}") == []


def test_a_stroke_that_may_be_a_minus_gives_no_growth() -> None:
    assert stated("产值增长—5.2%") == []
    assert stated("目标—5.2%") == ["5.2 %"]


@pytest.mark.parametrize("mark", ["²", "¹²", "¹⁾", "[2]", "［12］", "①", "⑳", "*", "**"])
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1203.5{}亿元", "120350000000 元"),
        ("1203.5亿{}元", "120350000000 元"),
        ("35{}家", "35 家"),
        ("5.8{}%", "5.8 %"),
        ("1203.5亿元{}", "120350000000 元"),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_a_number(mark: str, written: str, value: str) -> None:
    text = f"全市产值{written.format(mark)}，居全省第三"
    (found, rank) = zzcli.find_quantities(text)
    assert f"{number(found.value)} {found.unit}" == value
    assert found.of(text) in written.format(mark)
    assert rank.of(text) == "第三"
    assert written.format(mark).startswith(text[found.start : found.number_end])


def test_a_unit_keeps_its_power() -> None:
    assert stated("建筑面积35万m²，库容3亿m³，园区12km²") == ["350000 平方米", "300000000 立方米", "12 平方公里"]


def test_a_cell_of_a_table_is_read_without_the_mark_of_its_note() -> None:
    document = zzcli.parse(
        "表1 2024年主要指标\n指标\t绝对额（亿元）\t增长（%）\n"
        "生产总值\t1203.5²\t+5.8\n工业增加值\t410.5[2]\t-3.2*\n消费\t88.1①\t5.8³\n外贸\t10⁴\t1e400\n"
    )
    assert [(f.indicator, number(f.value), words(document.text.clean, f)) for f in document.figures] == [
        ("生产总值", "120350000000", "1203.5亿元"),
        ("生产总值", "5.8", "+5.8%"),
        ("工业增加值", "41050000000", "410.5亿元"),
        ("工业增加值", "-3.2", "-3.2%"),
        ("消费", "8810000000", "88.1亿元"),
        ("消费", "5.8", "+5.8%"),
    ]


@pytest.mark.parametrize(
    "shape",
    listed(
        "产值{}亿元 产值0.{}亿元 增长{}%—{}1% 产值3—{}亿元 比为{}:{}:3 占{}分之{} {}倍 占{}成 百分之{}",
        "百分之三点{} {}年开工 {}年{}月{}日开工 2024年{}月 5月{}日 {}时{}分 第{}位 翻{}番 ${} ${}\\\\%",
        "{}万{}千{}百 {}多万元 近{}年来 前{}个月 {}年前 {}年代 {}世纪 “{}五”期间 5.{}~6.{}万吨 3/{} {}/3",
        "1e{}元 零下{}℃ {}元{}角{}分 {}年半 {}米{} {}—{}年 {}²亿元 10^{}",
    ),
)
def test_ten_thousand_digits_are_exact_or_left_out(shape: str) -> None:
    for digit in "9九":
        for size in (1000, LONGEST, LONGEST + 1):
            text = f"全市企业{shape.format(*[digit * size] * 3)}，增长5%。"
            for quantity in zzcli.find_quantities(text):
                assert quantity.value.is_finite()
            for period in zzcli.find_periods(text, PUBLISHED):
                assert period.code is not None
            records(zzcli.parse(text, published=PUBLISHED), "figures")


@pytest.mark.parametrize("size", [29, 1000, LONGEST])
def test_a_long_number_keeps_every_digit(size: int) -> None:
    digits = "12345678909876543217" * (size // 20 + 1)
    (whole,) = zzcli.find_quantities(f"产值{digits[:size]}亿元")
    (part,) = zzcli.find_quantities(f"增长0.{'0' * (size - 3)}1%")
    assert number(whole.value) == digits[:size] + "00000000"
    assert number(part.value) == f"0.{'0' * (size - 3)}1"


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "0.",
        "1,234,",
        "1'234'",
        "亿",
        "万亿",
        "九",
        "三万",
        "壹仟",
        "½",
        "5²",
        "5[2]家",
        "10^",
        "1~",
        "1:",
        "-",
        "1 ",
    ],
)
def test_the_time_for_a_long_numeral_is_linear(unit: str) -> None:
    def work(size: int) -> Callable[[], object]:
        text = unit * size + "亿元"
        return lambda: (zzcli.find_quantities(text), scan(text))

    assert grows_linearly(work, 500)


def test_views_hold_numbers_that_no_float_holds() -> None:
    high, low = "1" + "0" * 400, "0." + "0" * 400 + "1"
    document = zzcli.parse(f"2024年，全市生产总值{high}亿元，增长{low}%。2023年，全市生产总值12.5亿元。")
    values = [figure.value for figure in document.figures]
    assert values == [Decimal(high + "00000000"), Decimal(low), Decimal(1250000000)]
    found = records(document, "figures")
    assert f'"value": {high}00000000,' in json_text(found)
    assert f'"value": {low},' in json_text(found)
    assert readable(values[0]) == f"{high}亿"
    sheet, columns = io.BytesIO(), io.BytesIO()
    workbook.write(sheet, [workbook.Sheet("figures", keys("figures"), found)])
    parquet.write(columns, "figures", keys("figures"), found)
    at = keys("figures").index("value")
    cells = list(openpyxl.load_workbook(sheet).active.iter_cols(at + 1, at + 1, 2, values_only=True))
    assert cells == [(f"{high}00000000", low, 1250000000)]
    assert pyarrow.parquet.read_table(columns)["value"].to_pylist() == [None, None, 1250000000.0]
    observed = [sdmx.observation(record) for record in found]
    assert [times(row["OBS_VALUE"], 10 ** row["UNIT_MULT"]) for row in observed] == values


# --- dates --------------------------------------------------------------------------------------------------------


def codes(text: str, published: date | None = PUBLISHED) -> list[str | None]:
    return [settle(mention, Context(published=published)).code for mention in scan(text)]


@pytest.mark.parametrize(
    "written",
    listed(
        "99999年13月45日 0年 0000年 2月30日 2023年2月29日 二〇二三年二月二十九日 13月 1月0日 2024年00月",
        "2024年005月 24时60分 第五季度 2024年五季度 2024年前五季度 2024年0季度 第0周 0年上半年 0000年上半年",
        "0000年5月 公元前221年 康熙五年六月 民国三十五年五月 三〇二四年五月 3024年5月 99999年12月31日",
        "2024-13-01 2024/2/30 20240230 9999年12月31日 9999年12月以后 2025—2020年 2025年至2020年 30日至5日",
        "5月30日至5日 2024年1—13月 1—13月 2024年4月31日至5月2日 前13个月 1万个月以来 近10000年来",
        "前99999999年 十万年前 100亿年前 3000年前 99世纪 0世纪 “三十五”期间 第一百五十个五年规划",
        "有期徒刑3年6月 2024Q5 2024Q0 2500年 佛历2567年5月 截至2023年2月29日 自2023年2月29日以来",
        "2024年6月31日前",
    ),
)
def test_what_is_no_date_is_lent_none(written: str) -> None:
    assert set(codes(f"{written}完成投资5亿元")) <= {None}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024年2月29日", "2024-02-29"),
        ("二〇二四年", "2024"),
        ("二零二四年", "2024"),
        ("贰零贰肆年", "2024"),
        ("２０２４年５月", "2024-05"),
        ("٢٠٢٤年", "2024"),
        ("24年5月", "2024-05"),
        ("12月至3月", "2024-12/2025-03"),
        ("“十五五”期间", "2026/2030"),
        ("连续3年一季度", "2024-Q1"),
        ("1000—2199年", "1000/2199"),
    ],
)
def test_an_odd_date_is_the_one_it_is(written: str, code: str) -> None:
    assert codes(f"{written}完成投资5亿元") == [code]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3月5日签约，2月30日开工，次日完工，次月投产", ["2024-03-05"]),
        ("2023年2月29日开工，次年完工", ["2024"]),
        ("2024年2月30日增长5%，去年同期增长6%", []),
        ("2023年5月签约，2月30日开工，6月投产，同年达产", ["2023-05", "2023-06", "2023"]),
        ("9999年12月31日开工，翌日完工，次月投产", []),
        ("2199年完成5亿元，次年完成6亿元", ["2199", "2200"]),
        ("到2027年建成，次年投产", ["2027", "2028"]),
    ],
)
def test_what_hangs_on_a_date_hangs_on_no_other(text: str, found: list[str]) -> None:
    assert [period.code for period in zzcli.find_periods(text, PUBLISHED)] == found
    told = zzcli.parse(f"云江市动态\n{text}。", published=PUBLISHED).timeline
    assert sorted(event.period.code for event in told if event.period.code) == sorted(found)


RELATIVE = listed(
    "明年 去年 后年 前年 大前年 上一年 次年 翌日 次月 上月 下月 上周 下周 下下周五 昨天 明天 前天 后天",
    "上季度 下季度 十年来 近三年 未来五年 未来999年 近999年来 过去一年 三年前 三年后 999年前 999年后",
    "半年前 半年后 两周前 三天后 今明两年 上世纪 下世纪 本世纪 八十年代 上世纪九十年代 上两个月 下三个月",
    "前5个月 1—11月 12月至2月 春节 国庆黄金周 五年以前 五年以后 目前 去年同期 年底前 年底以后 今年以来",
    "截至去年底 十五日 30日 最近六个月 前三季度 本月中旬 下个月底 这五年",
)


@pytest.mark.parametrize(
    "published", [date.min, date(1, 1, 31), date(1, 12, 31), date(9998, 12, 31), date(9999, 1, 1), date.max]
)
def test_no_time_leaves_the_calendar(published: date) -> None:
    for said in RELATIVE:
        for text in (
            f"{said}完成投资5亿元，去年同期增长5%。",
            f"云江市政府工作报告\n1月1日开工，{said}完成投资5亿元。",
        ):
            document = zzcli.parse(text, published=published)
            for kind in ("figures", "timeline"):
                records(document, kind)
            for period in zzcli.find_periods(text, published):
                assert period.first is None or period.last is None or period.first <= period.last


@pytest.mark.parametrize(
    "text",
    ["增长٣٫٥%", "产值١٬٢٣٤亿元", "产值5,00亿元", "企业5〇家", "企业十5家", "企业一二三5家"],
)
def test_the_rest_of_a_number_is_no_number(text: str) -> None:
    assert zzcli.find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("一.5家企业", 5), ("产值……5亿元", 500000000), ("第一5家", 5), ("½亿元", 50000000), ("2½万亩", 25000)],
)
def test_a_number_beside_another_sign_is_one(text: str, value: int) -> None:
    assert zzcli.find_quantities(text)[-1].value == value


@pytest.mark.parametrize("text", ["1O98年5月投产", "a98年5月投产"])
def test_two_digits_behind_a_letter_are_no_year(text: str) -> None:
    assert zzcli.find_periods(text) == []
