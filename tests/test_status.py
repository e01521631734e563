"""Whether a number is so, meant to be, or set by a rule."""

from __future__ import annotations

from datetime import date

import pytest

from zzcli.document import parse
from zzcli.facts.status import around, standing
from zzcli.reading.reflow import reflow
from zzcli.span import Span

PUBLISHED = date(2024, 2, 1)


def statuses(text: str) -> list[str]:
    """The status of each figure of a text published on 1 February 2024."""
    return [figure.status for figure in parse(text, PUBLISHED).figures]


@pytest.mark.parametrize(
    "text",
    [
        "今年，力争投资增长8%。",
        "预计全年产值30亿元。",
        "到2027年，产值达到30亿元。",
        "至2027年末，产值达到30亿元。",
        "二期拟投资18亿元。",
        "将新建学校12所。",
        "今年要新建学校12所。",
        "能耗要比2020年下降20%。",
        "未来三年改造小区560个。",
        "2028年，产量300万吨。",
    ],
)
def test_what_is_aimed_at_is_a_target(text: str) -> None:
    assert statuses(text) == ["target"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年，投资增长8%。",
        "2021年至2023年，投资260亿元。",
        "城镇化率从2015年的48%提高到2023年的60%。",
        "产量从2015年的3万吨增加到2023年5万吨。",
        "将军山水库库容3亿立方米。",
        "虚拟合作项目12个。",
        "计划生育家庭300户。",
        "超额完成全年目标，投资52亿元。",
        "主要污染物12项，需要治理点位30个。",
    ],
)
def test_what_is_so_is_actual(text: str) -> None:
    assert set(statuses(text)) == {"actual"}


def test_a_word_of_fact_ends_an_aim() -> None:
    assert statuses("预计全年投资90亿元，目前完成41亿元。") == ["target", "actual"]
    assert statuses("力争投资90亿元；出口完成41亿元。") == ["target", "actual"]


@pytest.mark.parametrize(
    "text",
    ["给予企业一次性奖励10万元。", "企业所得税税率为25%。", "单位缴费比例为16%。", "处以罚款3000元。"],
)
def test_what_is_set_is_a_rule(text: str) -> None:
    assert statuses(text) == ["rule"]


@pytest.mark.parametrize("title", ["云江市促进工业发展若干政策", "云江市节水管理办法（试行）"])
def test_a_policy_sets_its_limits(title: str) -> None:
    assert statuses(f"{title}\n\n用水定额不低于300立方米。\n\n全市现有泵站12座。") == ["rule", "actual"]


def test_a_text_of_articles_is_a_policy() -> None:
    articles = "".join(f"第{n}条　单个项目补助最高{m}万元。\n\n" for n, m in (("一", 3), ("二", 5), ("三", 8)))
    assert statuses(articles) == ["rule"] * 3


REPORT = """政府工作报告

一、2023年工作回顾

投资增长8%，新建学校12所。

二、2024年工作安排

投资增长9%，新建学校15所。

（一）做强工业

培育企业30家。去年已建成厂房20栋。
"""


def test_a_report_looks_back_and_plans() -> None:
    assert statuses(REPORT) == ["actual", "actual", "target", "target", "target", "actual"]


def test_the_headings_of_a_report_tell_what_it_plans() -> None:
    back = "政府工作报告\n\n一、过去一年\n\n投资增长8%。\n\n"
    assert statuses(f"{back}二、今年工作\n\n投资增长9%。\n\n三、下一步任务\n\n修路30公里。\n") == [
        "actual",
        "target",
        "target",
    ]


def test_a_report_without_such_headings_plans_from_where_it_says_so() -> None:
    turned = "政府工作报告\n\n一、开局\n\n投资增长8%。\n\n做好今年的工作，投资增长9%。\n\n修路30公里。\n\n"
    assert statuses(f"{turned}二、回顾\n\n修路9公里。\n") == ["actual", "target", "target", "actual"]


def test_a_plan_plans_but_for_what_it_looks_back_on() -> None:
    plan = "云江市产业发展规划\n\n一、发展现状\n\n企业310家。\n\n二、发展目标\n\n企业500家。\n"
    assert statuses(plan) == ["actual", "target"]


def test_a_block_beyond_the_text_is_actual() -> None:
    assert standing(reflow("投资5亿元。"), None, None).of(7) == "actual"


def test_a_part_between_semicolons_stands_alone() -> None:
    text = "甲为5；乙为6;丙为7；丁"
    place = Span(text.index("7"), text.index("7") + 1)
    assert around(text, Span(0, len(text)), place) == ("丙为7", "丙为7")
    assert around(text, Span(0, 4), Span(2, 3)) == ("甲为5", "甲为5")


def test_what_a_plan_says_of_years_that_are_over_is_so() -> None:
    text = "云江市产业发展规划\n\n2020年，工业产值812亿元。2025年，工业产值1190亿元。2030年，工业产值2000亿元。\n"
    figures = parse(text, date(2026, 3, 1)).figures
    assert [figure.status for figure in figures] == ["actual", "actual", "target"]


def test_a_rule_has_no_time_but_its_own() -> None:
    text = "云江市扶持企业若干措施\n\n到2028年，培育企业60家。\n\n对新上规企业，按税收的30%给予奖励。\n"
    rule = parse(text, date(2026, 3, 1)).figures[-1]
    assert (rule.status, rule.period) == ("rule", None)


PLAN = """云江市促进科技创新实施意见

一、发展目标

到2028年，把云江建成创新型城市。

规上企业建有研发中心的比例达42%。引育8家以上年营业收入过十亿元的企业，新增上市公司12家以上。

二、保障措施

到2028年，城乡低保补助标准逐年上调，参保率达到96%以上。

对新认定的研发机构，给予50万元奖励。
"""


def test_the_goals_of_a_policy_are_targets_and_its_grants_are_rules() -> None:
    told = {figure.written: (figure.status, figure.period and figure.period.code) for figure in parse(PLAN).figures}
    assert told["42%"] == ("target", "2028")
    assert told["12家"] == ("target", "2028")
    assert told["96%"] == ("target", "2028")
    assert told["50万元"] == ("rule", None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("风场规划装机容量45万千瓦，塔高140米。", ["target", "target"]),
        ("全部投产后可实现年产值3亿元。", ["target"]),
        ("年发电量可达1亿千瓦时。", ["actual"]),
        ("国家计划新建大型项目一百二十个。", ["target"]),
        ("今后八年计划建设的120个项目要抓紧。", ["target"]),
        ("我们看到2023年底人均存款为51200元。", ["actual"]),
        ("12家计划单位已完成投资3亿元。", ["actual", "actual"]),
    ],
)
def test_what_is_laid_out_is_meant_to_be(text: str, status: list[str]) -> None:
    assert statuses(text) == status
