"""Which facts are asked for: what answers is chosen, what the text leaves open is not, and what there is is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zzcli.choosing import EVERYTHING, Choice, amount, chosen, offers, period
from zzcli.document import parse
from zzcli.errors import UsageError

REPORT = parse(
    "云江市2024年工作回顾\n\n"
    "2024年，全市地区生产总值1203.5亿元，同比增长5.8%，居全省第三；经营主体49.51万户。"
    "其中，醴陵市进出口总额88亿元。2023年，全市工业投资260亿元。"
    "到2025年，全市地区生产总值达到1300亿元。\n"
)


def written(**asked: object) -> list[str]:
    return [figure.written for figure in chosen(REPORT.figures, Choice(**asked))]  # type: ignore[arg-type]


def test_who_asks_for_nothing_gets_everything() -> None:
    assert chosen(REPORT.figures, EVERYTHING) == REPORT.figures


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"indicator": "地区生产总值"}, ["1203.5亿元", "5.8%", "第三", "1300亿元"]),
        ({"indicator": "地区生产总值", "measure": "level"}, ["1203.5亿元", "1300亿元"]),
        ({"indicator": "投资"}, ["260亿元"]),
        ({"area": "醴陵"}, ["88亿元"]),
        ({"area": "醴陵市"}, ["88亿元"]),
        ({"unit": "元"}, ["1203.5亿元", "88亿元", "260亿元", "1300亿元"]),
        ({"unit": "亿元"}, ["1203.5亿元", "88亿元", "260亿元", "1300亿元"]),
        ({"unit": "万户"}, ["49.51万户"]),
        ({"unit": "%"}, ["5.8%"]),
        ({"measure": "rank"}, ["第三"]),
        ({"status": "target"}, ["1300亿元"]),
        ({"since": date(2025, 1, 1)}, ["1300亿元"]),
        ({"until": date(2023, 12, 31)}, ["260亿元"]),
        ({"since": date(2024, 6, 1), "until": date(2024, 6, 30), "measure": "rank"}, ["第三"]),
        ({"least": Decimal(10**11)}, ["1203.5亿元", "1300亿元"]),
        ({"most": Decimal("5.8"), "unit": "%"}, ["5.8%"]),
        ({"unit": "%", "measure": "level"}, []),
    ],
)
def test_a_fact_is_chosen_that_answers_all_that_is_asked(asked: dict[str, object], found: list[str]) -> None:
    assert written(**asked) == found


def test_what_has_no_date_has_no_part_in_any_time() -> None:
    undated = parse("企业85家参展。").figures
    assert undated
    assert chosen(undated, Choice(since=date(1, 1, 1))) == ()
    assert chosen(undated, Choice(until=date(9999, 12, 31))) == ()


def test_a_range_is_chosen_by_both_of_its_ends() -> None:
    ranged = parse("2024年增长5%—6%。").figures
    assert [figure.value_max for figure in ranged] == [6]
    assert chosen(ranged, Choice(most=Decimal("5.5"))) == ()
    assert chosen(ranged, Choice(least=Decimal("5.5"))) == ()
    assert chosen(ranged, Choice(least=Decimal(5), most=Decimal(6))) == ranged


def test_events_are_chosen_by_time_and_granularity() -> None:
    events = parse("2024年5月，大桥通车。2023年，新城开工。自2021年起推广试点。").timeline
    assert [event.expression for event in chosen(events, Choice(granularity="month"))] == ["2024年5月"]
    late = [event.period.code for event in chosen(events, Choice(since=date(2024, 1, 1)))]
    assert late == ["2021/..", "2024-05"]


def test_an_industry_is_found_with_and_without_its_last_word() -> None:
    industries = parse("我市优势产业有轨道交通产业、航空动力产业、电子信息产业。").industries
    assert [each.industry for each in chosen(industries, Choice(industry="轨道交通产业集群"))] == ["轨道交通"]
    assert [each.industry for each in chosen(industries, Choice(industry="电子"))] == ["电子信息"]
    assert chosen(industries, Choice(industry="纺织")) == ()


def test_what_there_is_is_offered_for_what_is_not_there_the_commonest_first() -> None:
    assert offers(REPORT.figures, Choice(unit="吨", measure="level"))["unit"][0] == "元"
    assert offers(REPORT.figures, Choice(unit="元", measure="growth")) == {}
    assert "醴陵市" in offers(REPORT.figures, Choice(area="大江省"))["area"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-S2", "2024-07-01", "2024-12-31"),
        ("2024-q1", "2024-01-01", "2024-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        (" 2024-5-3 ", "2024-05-03", "2024-05-03"),
        ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("2024年1至7月", "2024-01-01", "2024-07-31"),
        ("“十四五”", "2021-01-01", "2025-12-31"),
        ("2024-01/2024-07", "2024-01-01", "2024-07-31"),
        ("2021/2025", "2021-01-01", "2025-12-31"),
    ],
)
def test_a_period_is_read_in_the_codes_of_records_and_in_chinese(text: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in period(text)] == [first, last]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2024-13",
        "2023-02-29",
        "去年",
        "0000",
        "24",
        "2024 至 今",
        "2024-Q5",
        "1e4",
        "2022/..",
        "2024/",
        "2024/x",
    ],
)
def test_what_is_no_settled_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="2024-Q1"):
        period(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5.8", "5.8"),
        ("-5.8", "-5.8"),
        ("−3", "-3"),
        ("100亿", "10000000000"),
        ("100亿元", "10000000000"),
        ("1.5万户", "15000"),
        ("三百万", "3000000"),
        ("-0.5%", "-0.5"),
        ("1e8", "100000000"),
    ],
)
def test_an_amount_is_read_as_chinese_writes_it_too(text: str, value: str) -> None:
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "x", "亿", "5—6%", "1 2", "5亿6", "1e400", "--5", "nan", "inf"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="100亿"):
        amount(text)


@pytest.mark.parametrize(
    "term", [".*", "[", "\\", "(?i)GDP", "%产%", "_", '"', "*", "地区|投资", "^地区", "生产总值$", "醴.市"]
)
def test_no_character_of_what_is_asked_for_has_a_meaning_of_its_own(term: str) -> None:
    assert not written(indicator=term)
    assert not written(area=term)
    assert not written(unit=term)
