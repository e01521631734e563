"""Whose figure it is: the area that is the subject, else the document's own; a comparison changes nothing."""

from __future__ import annotations

import pytest

from zzcli.document import parse

TITLE = "湖南省2023年经济运行情况"


def areas(text: str) -> list[str | None]:
    """The area of each figure of a report of 湖南省."""
    return [figure.area for figure in parse(f"{TITLE}\n\n{text}").figures]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2023年，全省投资增长5%。", ["湖南省"]),
        ("投资增长5%。", ["湖南省"]),
        ("2023年，长沙市投资增长5%，岳阳市增长6%。", ["长沙市", "岳阳市"]),
        ("在长沙市，投资增长5%，出口增长8%。", ["长沙市", "长沙市"]),
        ("长沙市、岳阳市共完成投资90亿元。", ["长沙市、岳阳市"]),
        ("2023年，全国粮食产量增长1%，我省增长2%。", ["全国", "湖南省"]),
        ("其中，长沙市投资50亿元。", ["长沙市"]),
    ],
)
def test_the_area_that_is_the_subject_has_the_figure(text: str, named: list[str]) -> None:
    assert areas(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "全省投资增长5%，高于全国2个百分点。",
        "对欧盟出口增长9%。",
        "全省从广东省引进项目12个。",
        "企业把订单发往美国，金额3亿元。",
        "全省总量居全国第九。",
    ],
)
def test_an_area_that_something_is_compared_with_or_done_to_has_not(text: str) -> None:
    assert set(areas(text)) == {"湖南省"}


def test_the_area_of_one_sentence_is_not_that_of_the_next() -> None:
    assert areas("长沙市投资增长5%。出口增长8%。") == ["长沙市", "湖南省"]


def test_a_document_without_an_area_settles_none() -> None:
    assert [figure.area for figure in parse("投资增长5%。").figures] == [None]
