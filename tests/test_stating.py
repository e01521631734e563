"""Which numbers state something, and which only name, order or size something."""

from __future__ import annotations

import pytest

from zzcli.facts.stating import countable, is_index, left_out
from zzcli.mentions.quantities import find_quantities
from zzcli.reading.reflow import Block
from zzcli.span import Span


def stating(text: str, *, policy: bool = False, truncated: bool = False) -> list[str]:
    """The numbers of a sentence that state something."""
    block = Block(0, len(text), "paragraph", 0, truncated)
    found, counting = [], None
    for quantity in find_quantities(text):
        if left_out(text, Span(0, len(text)), quantity, counting, block, policy) is None:
            found.append(quantity.of(text))
        if countable(quantity):
            counting = quantity
    return found


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("世界500强企业29家", ["29家"]),
        ("亿元以上项目130个", ["130个"]),
        ("产值过百亿元企业达到6家", ["6家"]),
        ("产值超百亿元", ["百亿元"]),
        ("30个项目中有6个总投资超过5亿元", ["30个", "6个"]),
        ("82个产值过10亿元的项目", ["82个"]),
        ("3个项目，总投资超过10亿元", ["3个", "10亿元"]),
        ("上百家企业参加", ["百家"]),
        ("速度为每小时80公里", ["80公里"]),
        ("价格指数为99.5", ["99.5"]),
        ("综合得分88", ["88"]),
        ("工期缩短30天", ["30天"]),
        ("总量居全省第三", ["第三"]),
        ("3大优势", ["3大"]),
        ("网站访问2万次", ["2万次"]),
        ("浏览次数：1234次 检查5次", ["5次"]),
        ("“一网通办”事项56个", ["56个"]),
        ("称为“5个一”工程", ["5个"]),
    ],
)
def test_a_number_that_states_something_is_kept(text: str, numbers: list[str]) -> None:
    assert stating(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "第三批企业",
        "一批企业",
        "“三项制度”改革",
        "《3万亩茶园规划》印发",
        "三大产业",
        "千亿级产业",
        "3大产业集群",
        "五星级酒店",
        "第一动力",
        "第一方阵",
        "改革开放40年",
        "型号380",
        "每4辆汽车",
        "60岁以上老人",
        "万亿产业",
        "100级台阶",
        "浏览次数：1234次",
        "阅读量：[ 25次 ]",
    ],
)
def test_a_number_that_only_names_is_left_alone(text: str) -> None:
    assert stating(text) == []


def test_the_terms_and_thresholds_of_a_policy_are_its_statements() -> None:
    assert stating("对产值2亿元以上企业奖励，期限3年", policy=True) == ["2亿元", "3年"]
    assert stating("对产值2亿元以上企业奖励，期满3年") == []


def test_a_number_at_a_broken_end_has_lost_its_unit() -> None:
    assert stating("实施节能改造项目380", truncated=True) == ["380"]
    assert stating("实施节能改造项目380") == []
    assert stating("共380", truncated=True) == []


def test_a_thing_can_be_counted_by_a_measure_word_only() -> None:
    assert [countable(quantity) for quantity in find_quantities("3家，5亿元，8%，3台（套）")] == [
        True,
        False,
        False,
        True,
    ]


def test_an_index_has_no_unit() -> None:
    text = "总指数为98.7，共12"
    assert [is_index(text, quantity) for quantity in find_quantities(text)] == [True, False]
