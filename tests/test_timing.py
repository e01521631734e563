"""When a figure is so: what dates it, what carries a date to it, and what stops the date."""

from __future__ import annotations

from datetime import date

import pytest

from zzcli.document import parse

PUBLISHED = date(2024, 6, 30)


def periods(text: str) -> list[str | None]:
    """The period of each figure of a text published on 30 June 2024."""
    return [figure.period.code if figure.period else None for figure in parse(text, PUBLISHED).figures]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2023年，工业投资5亿元，技改投资2亿元。", ["2023", "2023"]),
        ("去年工业投资5亿元，今年一季度技改投资2亿元。", ["2023", "2024-Q1"]),
        ("2023年，旅游收入比2019年增长12%。", ["2023"]),
        ("2022年，旅游收入41亿元，创2019年以来新高，接待游客300万人次。", ["2022", "2022"]),
        ("2023年，覆盖率由58%提高到61%。", [None, "2023"]),
        ("2021年至2023年，企业增加到260家。", ["../2023"]),
        ("2021年至2023年，累计投资260亿元。", ["2021/2023"]),
        ("上世纪九十年代，产量超过8000吨。", ["1990/1999"]),
        ("截至2023年底，累计培训3000人。", ["../2023-12-31"]),
        ("截至2023年底，养老床位3000张。", ["2023-12-31"]),
    ],
)
def test_a_figure_takes_the_date_of_its_sentence(text: str, codes: list[str | None]) -> None:
    assert periods(text) == codes


def test_a_date_is_carried_to_the_sentences_after_it() -> None:
    assert periods("2023年，工业投资5亿元。技改投资2亿元。其中，设备投资1亿元。") == ["2023"] * 3


def test_what_has_no_settled_date_stops_the_one_that_is_carried() -> None:
    assert periods("2023年，工业投资5亿元。目前，全市有企业30家。") == ["2023", None]
    assert periods("2023年，工业投资5亿元。近年来，培育企业30家。引进项目12个。") == ["2023", None, None]
    assert periods("2023年，工业投资5亿元，目前有企业30家。") == ["2023", None]
    assert periods("建厂75年来，产量达到30万吨。") == [None]


def test_a_paragraph_of_statistics_goes_on_with_the_date_of_the_one_before() -> None:
    above = "今年1至5月，全市签约项目79个，到位资金88亿元。"
    assert periods(f"{above}\n\n新登记企业310家，利用外资532万美元。") == ["2024-01/2024-05"] * 4


@pytest.mark.parametrize(
    "below",
    [
        "走进车间，机器轰鸣，工人忙碌，这里有工人310名，干得很起劲。",
        "这家企业很忙。工人有310名。",
        "二、企业服务\n\n新登记企业310家。",
    ],
)
def test_a_story_or_a_heading_does_not(below: str) -> None:
    assert periods(f"今年1至5月，全市签约项目79个。\n\n{below}") == ["2024-01/2024-05", None]


def test_broken_text_stops_a_date() -> None:
    assert periods("今年1至5月，全市签约项目79个，同比\n\n新登记企业310家，利用外资532万美元。")[1:] == [None, None]


def test_a_point_in_time_is_not_carried_to_the_next_paragraph() -> None:
    assert periods("2024年5月8日，全市签约项目79个。\n\n新登记企业310家。") == ["2024-05-08", None]


def test_the_date_of_a_heading_holds_in_its_section() -> None:
    text = "园区简报\n\n一、2023年完成情况\n\n新建厂房12栋。\n\n二、服务企业\n\n走访企业30家。\n"
    assert periods(text) == ["2023", None]


def test_what_is_reached_in_the_years_of_a_section_is_of_their_end() -> None:
    text = "云江市政府工作报告\n\n一、“十四五”时期工作回顾\n\n产值由2020年的26亿元增加到32亿元。累计投资9亿元。\n"
    assert periods(text) == ["2020", "../2025", "2021/2025"]


def test_the_title_or_the_opening_of_a_report_of_statistics_dates_what_it_says() -> None:
    assert periods("2024年1—4月全市工业运行情况\n\n全市工业增加值增长5%。") == ["2024-01/2024-04"]
    assert (
        periods("全市工业运行情况\n\n2024年一季度，全市工业增加值增长5%。\n\n二、投资\n\n投资增长8%。")[-1] == "2024-Q1"
    )
    assert periods("园区小记\n\n园区有企业30家。") == [None]


def test_the_growth_is_of_the_time_of_its_level() -> None:
    assert periods("截至2023年底，贷款余额52亿元，增长8%。") == ["2023-12-31", "2023-12-31"]


def test_dates_in_brackets_with_numbers_of_their_own_date_these_only() -> None:
    told = "一季度，税收5亿元（2022年为3亿元），规费2亿元。工业投资8亿元。"
    assert periods(told) == ["2024-Q1", "2022", "2024-Q1", "2024-Q1"]
    assert periods("上年（2023年）工业投资8亿元。技改投资2亿元。") == ["2023", "2023"]
