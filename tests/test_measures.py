"""What the words beside a number make of it: a level, or a growth, a difference, a contribution, a rank."""

from __future__ import annotations

import pytest

from zzcli.facts import measures
from zzcli.facts.measures import Reading
from zzcli.mentions.quantities import find_quantities


def read(marked: str) -> Reading:
    """The reading of the number between 〔 and 〕."""
    before, _, rest = marked.partition("〔")
    written, _, after = rest.partition("〕")
    quantity = next(q for q in find_quantities(before + written + after) if q.end > len(before))
    return measures.read(before, quantity, written, after)


@pytest.mark.parametrize(
    ("marked", "measure", "sign"),
    [
        ("工业投资同比增长〔5.8%〕", "growth", 1),
        ("出口降幅达〔4.1%〕", "growth", -1),
        ("亏损额下降〔18%〕", "growth", -1),
        ("以年均〔8%〕的速度增长", "growth", 1),
        ("实现了〔5%〕的负增长", "growth", -1),
        ("产值翻〔两番〕", "growth", 1),
        ("压减行政支出〔12%〕", "growth", -1),
        ("销量比上年增长〔1.2倍〕", "growth", 1),
        ("价格比上年高〔3%〕", "growth", 1),
        ("降幅收窄〔2.2个百分点〕", "difference", 1),
        ("降幅扩大〔2.2个百分点〕", "difference", -1),
        ("比年初增加〔410亿元〕", "difference", 1),
        ("降低物流成本〔2亿元〕", "difference", -1),
        ("高于全国〔8.6个百分点〕", "difference", 1),
        ("低于全省平均水平〔5.1万元〕", "difference", -1),
        ("分别低于全国、全省〔1.5个百分点〕", "difference", -1),
        ("分别比全国、全省高〔1.5个百分点〕", "difference", 1),
        ("优化〔0.3个百分点〕", "difference", 1),
        ("拉动经济增长〔0.9个百分点〕", "contribution", 1),
        ("工业对经济增长的贡献率为〔41%〕", "contribution", 1),
        ("总量居全省〔第二〕", "rank", 1),
        ("总量全国〔第二〕", "rank", 1),
        ("市州中排名〔第一〕", "rank", 1),
        ("增速〔第3位〕", "rank", 1),
    ],
)
def test_a_change_is_told_from_a_level(marked: str, measure: str, sign: int) -> None:
    reading = read(marked)
    assert (reading.measure, reading.sign) == (measure, sign)


@pytest.mark.parametrize(
    "marked",
    [
        "森林覆盖率达〔61%〕",
        "失业率由〔6%〕下降到5%",
        "下降为〔0.4%〕",
        "上涨为〔4.5%〕",
        "产值增长到〔620亿元〕",
        "覆盖率高达〔51%〕",
        "净增〔1.2万户〕",
        "出口增〔3万辆〕",
        "人口自然增长率为〔2.3‰〕",
        "占地面积〔5.6万平方米〕",
        "投资不低于〔300万元〕",
        "利润超过〔3亿元〕",
        "增加〔3亿元〕值",
        "占全省工业收入的比重为〔1.4%〕",
        "煤炭消费占比由〔62%〕降至51%",
        "产量是上年的〔1.8倍〕",
        "投资比上年的水平〔3亿元〕",
    ],
)
def test_what_stands_is_a_level(marked: str) -> None:
    assert read(marked).measure == "level"


@pytest.mark.parametrize(
    ("marked", "basis"),
    [
        ("投资同比增长〔5%〕", "上年同期"),
        ("投资比去年同期增长〔5%〕", "上年同期"),
        ("投资比上年增长〔5%〕", "上年"),
        ("价格环比上涨〔5%〕", "上期"),
        ("价格环比，较5月份上涨〔5%〕", "5月份"),
        ("产值年均增长〔5%〕", "年均"),
        ("存款比年初增加〔5亿元〕", "年初"),
        ("较一季度回落〔0.3个百分点〕", "一季度"),
        ("增速居全省〔第三〕", "全省"),
        ("总量位居中部地区〔首位〕", "中部地区"),
        ("吞吐量在沿海港口高居〔第二〕", "沿海港口"),
        ("高于全国〔0.6个百分点〕", "全国"),
        ("投资增长〔5%〕", None),
    ],
)
def test_the_basis_is_what_the_words_name(marked: str, basis: str | None) -> None:
    assert read(marked).basis == basis


def test_the_words_left_may_name_the_number() -> None:
    assert read("工业投资同比增长〔5.8%〕").words == "工业投资同比"
    assert read("拉动经济增长〔0.9个百分点〕").words == ""
    assert read("降低物流成本〔2亿元〕").words == "物流成本"
    assert read("民营经济占地区生产总值的比重为〔68%〕").tail == "占地区生产总值比重"
    assert read("数字经济占地区生产总值〔46%〕").tail == "占地区生产总值"


def test_a_verb_of_change_without_a_number_names_what_changed() -> None:
    assert measures.changing("居民消费价格小幅下降") == "居民消费价格小幅"
    assert measures.changing("价格涨") == ""
    assert measures.changing("规模增长到") == ""
    assert measures.changing("形势向好") == ""
