"""Dated statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from tests.work import grows_linearly
from zzcli.facts.dating import date_text
from zzcli.facts.events import Event, read_events
from zzcli.reading.reflow import reflow

PUBLISHED = date(2024, 9, 30)


def events(source: str, published: date | None = PUBLISHED) -> tuple[Event, ...]:
    """The events of a text."""
    text = reflow(source)
    return read_events(text, date_text(text, published))


def told(source: str, published: date | None = PUBLISHED) -> list[tuple[str, str | None, str]]:
    """Expression, code and event of each."""
    return [(event.expression, event.period.code, event.event) for event in events(source, published)]


def test_a_date_at_the_front_is_left_out() -> None:
    assert told("去年10月，市长带队走进高校，开展招才活动。") == [
        ("去年10月", "2023-10", "市长带队走进高校，开展招才活动")
    ]


def test_a_date_in_the_clause_keeps_its_subject() -> None:
    assert told("轨道产业于2015年成为千亿集群，服饰产业于2020年迈上千亿台阶。") == [
        ("2015年", "2015", "轨道产业于2015年成为千亿集群"),
        ("2020年", "2020", "服饰产业于2020年迈上千亿台阶"),
    ]


def test_a_clause_that_begins_with_its_date_takes_in_the_subject_before() -> None:
    [event, after] = told("二期泵房位于城北，于2018年4月开工，同年9月18日通水。")
    assert event == ("2018年4月", "2018-04", "二期泵房位于城北，于2018年4月开工")
    assert after == ("同年9月18日", "2018-09-18", "通水")


def test_each_date_of_a_sentence_has_its_own_statement() -> None:
    found = told("2008年产量12万吨，占全国一半，2009年也达到了11万吨；出口下降。")
    assert [event for _, _, event in found] == ["产量12万吨，占全国一半", "也达到了11万吨"]


def test_two_dates_of_a_clause_share_it_and_the_second_goes_on() -> None:
    found = told("税收从2020年的3亿元增长至2023年的5亿元，增幅居前。")
    assert [event for _, _, event in found] == [
        "税收从2020年的3亿元增长至2023年的5亿元",
        "税收从2020年的3亿元增长至2023年的5亿元，增幅居前",
    ]


def test_a_text_of_dates_without_an_end_takes_linear_work() -> None:
    def reading(count: int) -> Callable[[], object]:
        text = reflow("2024年某某某某某展览" * count)
        return partial(read_events, text, date_text(text, PUBLISHED))

    assert grows_linearly(reading, 300)


@pytest.mark.parametrize("unit", ["17日称，", "2024年5月，", "第一条2024年", "“2024年5月"])
def test_statements_take_linear_work(unit: str) -> None:
    def reading(count: int) -> Callable[[], object]:
        text = reflow(unit * count)
        return partial(read_events, text, date_text(text, PUBLISHED))

    assert grows_linearly(reading, 300)


def test_a_statement_is_never_longer_than_a_reader_takes_in() -> None:
    for source in (
        "2024年5月投资增长，" * 60,
        "2024年5月投资增长" * 60,
        "2024年5月" + "投资增长" * 200,
        "甲" * 500 + "2024年5月",
    ):
        found = events(source)
        assert found
        for event in found:
            assert event.statement.end - event.statement.start <= 300
            assert event.statement.start <= event.start < event.end <= event.statement.end


def test_a_long_statement_is_cut_between_its_clauses() -> None:
    [event] = events("今年5月，" + "全市各地抓好春耕生产，" * 40 + "形势喜人。")
    assert event.event.endswith("抓好春耕生产")
    assert "shortened" in event.rules


def test_what_will_be_or_is_today_is_told_of_another_time() -> None:
    assert told("今年5月，二期项目开工，建成后年产值可达2亿元。")[0][2] == "二期项目开工"
    assert told("去年10月，大桥通车，届时两岸车程将缩短一半。")[0][2] == "大桥通车"
    assert told("县里2016年引进首家加工企业，目前已有企业43家。")[0][2] == "县里2016年引进首家加工企业"
    assert told("今年5月，二期项目建成投产。")[0][2] == "二期项目建成投产"
    assert told("如今，公司产品远销海外，并于2010年1月成功上市。")[0][2] == ("公司产品远销海外，并于2010年1月成功上市")


def test_a_time_within_the_phrase_of_another_is_no_event_of_its_own() -> None:
    assert [expression for expression, _, _ in told("5月当月增长9%，去年同期低迷。")] == ["5月"]


def test_a_statement_ends_with_its_sentence() -> None:
    assert told("今年5月，展馆开放。游客络绎不绝。") == [("今年5月", "2024-05", "展馆开放")]


def test_what_hangs_on_the_date_stays_readable() -> None:
    assert told("自2021年开行以来，班列已开出900趟。")[0][2] == "自2021年开行以来，班列已开出900趟"
    assert told("今年的秋种，各地早作准备。")[0][2] == "今年的秋种，各地早作准备"


def test_what_another_followed_is_told_without_after() -> None:
    found = told("继2020年获评绿色城市后，去年江城又荣获低碳城市。")
    assert [event for _, _, event in found] == ["获评绿色城市", "江城又荣获低碳城市"]


def test_names_comparisons_and_vague_words_are_no_events() -> None:
    assert told("近年来，产值比2020年增长8%，2024年国际轨道交通博览会反响热烈，目前势头良好。") == []


def test_an_unsettled_date_is_an_event_without_code() -> None:
    [event] = events("去年，全县投入3亿元，新建厂房12处。", None)
    assert event.period.code is None
    assert "unsettled" in event.flags


def test_a_dateline_tells_of_its_title() -> None:
    [event] = events("关于支持工业加快发展的意见\n（2023年4月6日）\n为加快工业发展，提出以下意见。\n", date(2023, 4, 6))
    assert (event.period.code, event.event) == ("2023-04-06", "关于支持工业加快发展的意见")
    assert "dateline" in event.flags


def test_text_that_breaks_off_is_flagged() -> None:
    source = (
        "帮助终端制造企业降低物\n\n流成本近亿元。今年上半年，全市出口92.2亿元，同比\n\n"
        "企业关心融资，也关心物流成本。近两年，全市大力发展多式联运。\n"
    )
    event = events(source)[0]
    assert event.event == "全市出口92.2亿元，同比"
    assert "truncated" in event.flags


def test_statements_lie_in_the_text_and_hold_their_dates() -> None:
    source = "2015年，公司成立；次年，公司上市，股价上涨。截至去年底，员工达300人。\n今年1至7月，订单增长5%。\n"
    text = reflow(source)
    found = read_events(text, date_text(text, PUBLISHED))
    assert len(found) == 4
    for event in found:
        assert event.of(text.clean) == event.expression
        assert event.statement.start <= event.start < event.end <= event.statement.end
        assert event.event in text.clean
        assert event.rules
    assert [event.period.code for event in found] == ["2015", "2016", "2023-12-31", "2024-01/2024-07"]


def test_menus_and_page_numbers_tell_nothing() -> None:
    assert told("当前位置：2024年5月专题\n全市上下同心，把各项工作抓紧抓实。\n") == []


def test_a_heading_tells_what_it_says() -> None:
    [event, _] = events("一、清溪大桥5月8日通车\n今年5月，展馆开放，游客络绎不绝。\n")
    assert (event.event, event.flags) == ("清溪大桥5月8日通车", ("heading",))


@pytest.mark.parametrize(
    "heading",
    [
        "一、2023年工作回顾",
        "二、2024年主要目标",
        "三、今年的总体要求和重点任务",
        "表3　2023年主要工业产品产量",
        "（一）“十五五”时期所处的背景",
        "1—8月全市经济运行简析",
        "2023年末金融机构存贷款余额（亿元）",
        "一、2025年工作：底盘更稳，步子更实",
        "一、2023年目标任务完成情况",
    ],
)
def test_a_heading_that_states_nothing_is_no_event(heading: str) -> None:
    assert told(f"{heading}\n\n全县上下同心，把各项工作抓紧抓实，经济稳中有进。\n") == []


@pytest.mark.parametrize(
    "heading",
    ["铁路春运车票明天起售", "一季度全市生产总值增长5.2%", "统计局今天发布经济数据", "2024年全市引进项目30个"],
)
def test_a_headline_that_states_something_is_an_event(heading: str) -> None:
    assert len(told(f"{heading}\n\n全县上下同心，把各项工作抓紧抓实，经济稳中有进。\n")) == 1


def test_a_time_that_stands_alone_in_a_sentence_does_not_tell_of_the_title() -> None:
    source = "清溪县发展规划纲要\n“十四五”时期，全县生产总值由2020年的120亿元增加到160亿元，年均增长6%。\n"
    assert all("规划纲要" not in event for _, _, event in told(source))


def test_numbers_of_articles_and_items_are_none_of_the_statement() -> None:
    assert told("第七条 本措施自2024年7月1日起施行，有效期三年。")[0][2] == "本措施自2024年7月1日起施行，有效期三年"
    assert told("（4）2023年，城镇用水量增长3.9%。")[0][2] == "城镇用水量增长3.9%"
    assert told("3.2023年全县用电量增长6.7%，势头良好。")[0][2] == "全县用电量增长6.7%，势头良好"
    assert told("3.5万人2023年返乡创业，势头良好。")[0][2] == "3.5万人2023年返乡创业，势头良好"


def test_half_a_pair_of_marks_is_cut_off() -> None:
    assert told("他说：“去年，公司订单涨了三成。”")[0][2] == "公司订单涨了三成"
    assert told("“今年1至5月，订单同比涨了三成，”厂长说。")[0][2].startswith("订单同比涨了三成")
    assert told("去年，县里设立“工业贷”。")[0][2] == "县里设立“工业贷”"


def test_who_speaks_takes_in_what_is_said() -> None:
    assert told("水利部门28日发布，今年9月，引水工程完成投资12亿元，势头良好。")[0][2] == (
        "水利部门28日发布，今年9月，引水工程完成投资12亿元，势头良好"
    )
    assert told("去年5月，大桥开工，今年9月，大桥通车。")[0][2] == "大桥开工"


def test_what_goes_on_about_the_subject_before_takes_it_in() -> None:
    assert told("这家企业从代工起步，2019年又建起研究院。")[0][2] == "这家企业从代工起步，2019年又建起研究院"
    assert told("做强装备产业，到2027年产值突破200亿元。")[0][2] == "做强装备产业，到2027年产值突破200亿元"
    assert told("经济稳中向好，2023年生产总值达到200亿元。")[0][2] == "生产总值达到200亿元"
    assert told("公司位于城北，2019年还款3亿元。")[0][2] == "还款3亿元"


def test_the_day_of_a_paper_that_is_named_is_no_event() -> None:
    assert told("2022年7月印发的《清溪县工业扶持办法》同时废止。") == []
    assert len(told("2022年7月，县政府印发了《清溪县工业扶持办法》。")) == 1


def test_a_day_under_the_signature_tells_of_the_title() -> None:
    body = "全县上下同心，把各项工作抓紧抓实，经济稳中有进。\n" * 8
    [event] = events(f"关于支持工业的若干措施\n{body}清溪县人民政府办公室\n2024年5月20日\n")
    assert (event.event, event.flags) == ("关于支持工业的若干措施", ("dateline",))


def test_the_head_of_a_table_tells_nothing() -> None:
    source = "指标\t2022年\t2023年\t比上年增长（%）\n生产总值\t120.1\t128.3\t5.2\n进出口\t20.1\t28.3\t6.2\n"
    assert told(source) == []


def test_a_rule_tells_of_no_year() -> None:
    assert told("对当年新增的规模以上企业，给予奖励20万元；次年保持增长的，再奖励10万元。") == []


def test_a_year_that_counts_a_meeting_is_no_date_beside_its_day() -> None:
    assert [code for _, code, _ in told("9月18日，南岭市召开2024年第三次经济运行调度会。\n")] == ["2024-09-18"]
    assert [code for _, code, _ in told("2024年第三次经济运行调度会在南岭市召开。\n")] == ["2024"]
    assert [code for _, code, _ in told("公司扩建于2019年第二次增资后完成。\n")] == ["2019"]


def test_a_day_behind_a_span_of_days_is_of_their_month() -> None:
    text = "8月22日至24日，考察团走访南岭市；27日，双方签约。1—4月，销售100台；27日，新店开业。\n"
    assert [code for _, code, _ in told(text)] == [
        "2024-08-22/2024-08-24",
        "2024-08-27",
        "2024-01/2024-04",
        "2024-09-27",
    ]
