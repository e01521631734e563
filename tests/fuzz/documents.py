"""Sentences and documents put together by grammar, each with the figures that it states.

PERIOD，(AREA)(VERB)INDICATOR(VERB)AMOUNT(，CHANGE)。 An example is plain data: its text and, for each figure, the keys
of the record that it must make, ``start`` and ``end`` among them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.amounts import WIDE, Amount, Unit, amounts, in_digits, percents, points, shares, units
from tests.fuzz.times import PUBLISHED, When, absolute, relative, stretches
from zzcli.lexicon import table

Fact = dict[str, Any]
Example = dict[str, Any]

NARROW = {wide: narrow for narrow, wide in WIDE.items()}
HEADINGS = ("一、综合", "二、工业和建筑业", "三、固定资产投资", "（一）农业生产稳定向好", "四、民生保障有力有效")
ASIDES = ("市民在江边散步，笑声不断。", "会议强调，要坚定信心、真抓实干。", "老街的灯亮了，茶馆里坐满了人。")
AREAS = ("", "全市", "全市", "全省", "我市", "全县")
RISES = {"增长": 1, "上升": 1, "增加": 1, "下降": -1, "减少": -1, "下滑": -1}
BASES = {"": "*", "同比": "上年同期", "比上年": "上年", "较上年": "上年"}

# What the heads of the lexicon measure, told by how they end; what goes before each is no part of another word.
GROUPS = {
    "money": (
        ("额", "收入", "支出", "产值", "增加值", "总值", "利润", "投资", "存款", "贷款", "税收", "成本", "资产"),
        ("工业", "规模以上工业", "农业", "文化产业", "民营企业"),
    ),
    "weight": (("产量", "销量", "吞吐量"), ("粮食", "水泥", "钢材", "水果", "茶叶")),
    "rate": (("率",), ("工业产品", "城镇", "社区服务")),
    "people": (("常住人口", "人数", "就业人数", "户籍人口", "客流量"), ("城镇", "农村", "园区")),
    "area": (("面积",), ("粮食", "商品房", "果园")),
}
UNITS = {
    "money": ("元", "美元", "欧元"),
    "weight": ("吨", "公斤", "斤"),
    "people": ("人", "人次"),
    "area": ("亩", "公顷", "平方米", "平方公里"),
}
# Heads that say nothing alone, or that are a change or a comparison already.
LEFT_OUT = frozenset(
    "增长率 贡献率 完成率 化率 占比 总额 金额 比率 税率 利率 汇率 费率 合同额 总值 投资额 到位资金额".split()  # noqa: SIM905
)


@cache
def heads(group: str) -> tuple[str, ...]:
    """The lexicon's nouns that measure such a thing."""
    table_ = table("indicators")
    endings = GROUPS[group][0]
    return tuple(
        head
        for head in table_["heads"]
        if head.endswith(endings) and head not in LEFT_OUT and head not in table_["generic"]
    )


@st.composite
def indicators(draw: st.DrawFn, group: str) -> str:
    """A noun of the lexicon behind what it is of."""
    return draw(st.sampled_from(GROUPS[group][1])) + draw(st.sampled_from(heads(group)))


@cache
def _units(group: str) -> tuple[Unit, ...]:
    return tuple(unit for unit in units("money", "physical", "classifier") if unit.text in UNITS[group])


def fact(indicator: str, measure: str, amount: Amount, when: When, sign: int = 1) -> Fact:
    """The figure that an amount states."""
    return {
        "indicator": indicator,
        "measure": measure,
        "value": str(sign * amount.value),
        "value_max": None if amount.top is None else str(sign * amount.top),
        "unit": amount.unit,
        "relation": amount.relation,
        "period": when.code,
        "period_start": when.first and when.first.isoformat(),
        "period_end": when.last and when.last.isoformat(),
        "written": amount.text,
    }


Piece = str | Fact


def joined(pieces: list[Piece], start: int = 0) -> tuple[str, list[Fact]]:
    """The text of the pieces, and its facts with their places."""
    text, facts = "", []
    for piece in pieces:
        if isinstance(piece, dict):
            at = start + len(text)
            facts.append({**piece, "start": at, "end": at + len(piece["written"])})
            text += piece["written"]
        else:
            text += piece
    return text, facts


def _placed(amount: Amount, stated: Fact) -> list[Piece]:
    return [amount.before, stated, amount.after]


@st.composite
def changes(draw: st.DrawFn, indicator: str, group: str, when: When) -> list[Piece]:
    """，同比增长5.8%, ，居全省第三位, ，比上年提高1.2个百分点."""
    if group == "rate":
        amount = draw(points())
        word, sign = draw(st.sampled_from([("提高", 1), ("上升", 1), ("回落", -1), ("下降", -1)]))
        return [
            draw(st.sampled_from(["，比上年", "，同比"])),
            word,
            *_placed(amount, fact(indicator, "difference", amount, when, sign)),
        ]
    if draw(st.integers(0, 4)) == 0:
        place = draw(st.integers(2, 9))
        amount = Amount("", f"第{'零一二三四五六七八九'[place]}位", "", Decimal(place), None, "位", "=")
        return ["，居全省", fact(indicator, "rank", amount, when)]
    amount = draw(percents())
    word = draw(st.sampled_from(sorted(RISES)))
    sign = RISES[word]
    if amount.relation in "<>≤≥" or amount.top is not None:  # a fall of at least so much is told one way or the other
        word, sign = "增长", 1
    return [
        "，",
        draw(st.sampled_from(sorted(BASES))),
        word,
        *_placed(amount, fact(indicator, "growth", amount, when, sign)),
    ]


@st.composite
def sentences(draw: st.DrawFn, when: When) -> list[Piece]:
    """One sentence about that time."""
    group = draw(st.sampled_from(sorted(GROUPS)))
    indicator = draw(indicators(group))
    pieces: list[Piece] = [when.text, "，", draw(st.sampled_from(AREAS))]
    kind = draw(st.integers(0, 4))
    if kind == 0 and group != "rate":
        pieces.append(indicator)
        told = draw(changes(indicator, group, when))
        return [*pieces, str(told[0]).removeprefix("，"), *told[1:], "。"]
    amount = draw(percents() if group == "rate" else amounts(_units(group)))
    if "/" in when.code and amount.before and amount.relation != "~":
        amount = amount._replace(before="", relation="=")  # what some years exceed is of their end
    verbs = ["", "为"] if "/" in when.code else ["", "达", "达到", "为"]
    if amount.before:
        verbs = ["", "为"] if amount.relation == "~" else [""]
    elif indicator.endswith("数"):
        verbs = ["为"]  # 人数十余人 may be 数十余人 as well
    verb = draw(st.sampled_from(verbs))
    if group == "money" and kind == 1 and not amount.before:
        pieces += [draw(st.sampled_from(["实现", "完成"]))]
        verb = ""
    pieces += [indicator, verb, *_placed(amount, fact(indicator, "level", amount, when))]
    for _ in range(draw(st.integers(0, 1))):
        pieces += draw(changes(indicator, group, when))
    return [*pieces, "。"]


@st.composite
def documents(draw: st.DrawFn, paragraphs: tuple[int, int] = (1, 4), each: tuple[int, int] = (1, 2)) -> Example:
    """So many paragraphs of so many sentences, at least and at most, with headings or without."""
    published = draw(st.none() | PUBLISHED)
    whens = absolute() if published is None else absolute() | relative(published)
    text, facts = "", []
    for _ in range(draw(st.integers(*paragraphs))):
        if draw(st.integers(0, 3)) == 0:
            text += draw(st.sampled_from(HEADINGS)) + "\n"
        for _ in range(draw(st.integers(*each))):
            said, found = joined(draw(sentences(draw(whens))), len(text))
            text, facts = text + said, facts + found
        if draw(st.integers(0, 3)) == 0:
            text += draw(st.sampled_from(ASIDES))
        text += "\n"
    return {"text": text, "published": published and published.isoformat(), "facts": facts}


@st.composite
def pages(draw: st.DrawFn) -> Example:
    """Text enough to tell from it how a page was cut, and how it is to be cut: ``seed`` and ``columns``.

    Its numbers are of half width, for those of full width would stand out of their column.
    """
    example = draw(documents((7, 9), (3, 4)))
    return {
        **example,
        "text": example["text"].translate(NARROW),
        "facts": [],
        "seed": draw(st.integers(0, 999)),
        "columns": draw(st.integers(16, 45)),
    }


@st.composite
def quantities(draw: st.DrawFn) -> Example:
    """A number with any unit of the lexicon in a sentence that says nothing else."""
    amount = draw(amounts() | percents() | points() | shares() | amounts(units("duration"), in_digits()))
    opening = draw(st.sampled_from(["经核对，合计", "统计结果为", "据介绍，数额为"]))
    start = len(opening + amount.before)
    return {
        "text": f"{opening}{amount.before}{amount.text}{amount.after}，情况属实。",
        "start": start,
        "end": start + len(amount.text),
        "value": str(amount.value),
        "value_max": None if amount.top is None else str(amount.top),
        "unit": amount.unit,
        "relation": amount.relation,
    }


@st.composite
def periods(draw: st.DrawFn) -> Example:
    """A time expression in a sentence."""
    published: date | None = None
    if draw(st.booleans()):
        text, when = draw(stretches())
    else:
        published = draw(st.none() | PUBLISHED)
        when = draw(absolute() if published is None else absolute() | relative(published))
        text = f"{when.text}，各项工作有序推进"
    start = text.index(when.text)
    return {
        "text": text + "。",
        "published": published and published.isoformat(),
        "start": start,
        "end": start + len(when.text),
        "code": when.code,
        "first": when.first and when.first.isoformat(),
        "last": when.last and when.last.isoformat(),
    }
