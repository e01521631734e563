"""Numbers with their units as a Chinese public document writes them, each with what it says.

Only what a reader takes in one way is made: no clock times, no four digits before 年, no 3千瓦 that may be 3千 of a 瓦.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

from zzcli.lexicon import table

WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
DASHES = ("—", "-", "~", "至", "到", "～")
BEFORE = {
    "约": "~",
    "大约": "~",
    "近": "~",
    "超过": ">",
    "逾": ">",
    "不低于": "≥",
    "不少于": "≥",
    "不超过": "≤",
    "不足": "<",
}
AFTER = {"左右": "~", "以上": "≥", "以下": "≤"}

# What a number before it does not make an amount of in every sentence: hours, days and points of the clock, parts of
# money, what is more often the beginning of another word, the ends of a list, and characters of other meanings.
DOUBTFUL = frozenset("点分时刻秒日号年月岁周季角块毛钱两成半度大代等级期届档头节里面重步一") | {
    *("阶段", "人口", "角钱", "毛钱", "分钱", "头次", "年头"),
}


class Number(NamedTuple):
    """A numeral and what it is worth; ``top`` is the upper end of a range."""

    text: str
    value: Decimal
    top: Decimal | None = None
    relation: str = "="


class Amount(NamedTuple):
    """A number with its unit: ``text`` is what a record's place cuts out, ``before`` and ``after`` stand around it."""

    before: str
    text: str
    after: str
    value: Decimal
    top: Decimal | None
    unit: str | None
    relation: str


def chinese(number: int) -> str:
    """A whole number in words, below 10^16.

    >>> chinese(10), chinese(100_500), chinese(200_030_008), chinese(12_0000_0000)
    ('十', '十万零五百', '二亿零三万零八', '十二亿')
    """
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words = ""
    for at in reversed(range(len(groups))):
        group = groups[at]
        if group:
            words += ("零" if words and (group < 1000 or not groups[at + 1]) else "") + _group(group)
            words += ("", "万", "亿", "万亿")[at]
    words = words.removeprefix("一") if words.startswith("一十") else words
    return words or "零"


def _group(number: int) -> str:
    words, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        gap = gap or (not digit and bool(words))
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + name
            gap = False
    return words


def spelled(number: Decimal) -> str:
    """A number with decimals in words: 五点八."""
    whole, _, part = format(number, "f").partition(".")
    return chinese(int(whole)) + ("点" + "".join(DIGITS[int(digit)] for digit in part) if part else "")


@st.composite
def decimals(draw: st.DrawFn, most: int = 10_000) -> Decimal:
    """A positive number with up to three decimals, the last of them no nought."""
    places = draw(st.integers(0, 3))
    number = draw(st.integers(1, most * 10**places))
    return Decimal(number + (1 if places and number % 10 == 0 else 0)).scaleb(-places)


@st.composite
def written(draw: st.DrawFn, number: Decimal, marks: bool = True) -> str:
    """Digits, with thousands marks or without, of either width."""
    text = format(number, "f")
    if marks and number >= 1000 and draw(st.booleans()):
        text = format(number, ",f")
    return text.translate(WIDE) if draw(st.booleans()) else text


@st.composite
def in_digits(draw: st.DrawFn) -> Number:
    """1234.5, 1,234.5万, １.２亿."""
    scale = draw(st.sampled_from(sorted(SCALES)))
    number = draw(decimals(100_000 if scale else 10_000_000))
    return Number(draw(written(number)) + scale, number * SCALES[scale])


@st.composite
def mixed(draw: st.DrawFn) -> Number:
    """1万6千, 3千, 2亿3000万."""
    head, tail = draw(st.sampled_from([("万", "千"), ("亿", "万"), ("千", "")]))
    worth = {"千": 1000, "万": 10**4, "亿": 10**8, "": 0}
    first = draw(st.integers(1, 99 if head != "千" else 9))
    text, value = f"{first}{head}", first * worth[head]
    if tail and draw(st.booleans()):
        second = draw(st.integers(1, 9) if tail == "千" else st.integers(1000, 9999))
        text, value = f"{text}{second}{tail}", value + second * worth[tail]
    return Number(text, Decimal(value))


@st.composite
def in_words(draw: st.DrawFn) -> Number:
    """三百四十, 两万五千, 壹佰万."""
    value = draw(st.integers(2, 999)) * 10 ** draw(st.integers(0, 9))
    text = chinese(value)
    if value >= 10 and draw(st.booleans()):
        text = ("一" + text if text.startswith("十") else text).translate(FORMAL)
    elif text == "二" or (text[0] == "二" and text[1] in "百千万亿"):  # 二元, 二线 and 二人 are words
        text = "两" + text[1:]
    return Number(text, Decimal(value))


@st.composite
def somewhat(draw: st.DrawFn) -> Number:
    """300余, 20多, 3万多, 五百余."""
    value = draw(st.integers(1, 99)) * 10 ** draw(st.integers(1, 4))
    text = draw(st.sampled_from([str(value), chinese(value)]))
    if draw(st.booleans()):
        value = draw(st.integers(2, 9999))
        scale = draw(st.sampled_from(["万", "亿"]))
        text, value = f"{value}{scale}", value * SCALES[scale]
    return Number(text + draw(st.sampled_from("余多")), Decimal(value), relation=">")


@st.composite
def spans(draw: st.DrawFn) -> Number:
    """3—5, 3万至5万, 3-5亿, 七八十."""
    if draw(st.booleans()):
        low = draw(st.integers(2, 8))
        scale, worth = draw(st.sampled_from([("十", 10), ("百", 100), ("千", 1000), ("万", 10**4)]))
        first = "两" if low == 2 and worth > 10 else DIGITS[low]
        return Number(f"{first}{DIGITS[low + 1]}{scale}", Decimal(low * worth), Decimal((low + 1) * worth))
    low, more = draw(st.integers(1, 900)), draw(st.integers(1, 90))
    scale = draw(st.sampled_from(["", "万", "亿"]))
    inner = scale if draw(st.booleans()) else ""
    worth = SCALES[scale]
    text = f"{low}{inner}{draw(st.sampled_from(DASHES))}{low + more}{scale}"
    return Number(text, Decimal(low * worth), Decimal((low + more) * worth))


NUMBERS = in_digits() | mixed() | in_words() | somewhat() | spans()


class Unit(NamedTuple):
    """A way to write a unit of the lexicon, its name, and the characters that make another word with it."""

    text: str
    name: str
    digits: bool
    not_before: str


@cache
def units(*kinds: str) -> tuple[Unit, ...]:
    """The units of these kinds in every spelling, but for the doubtful ones."""
    found = []
    for kind in kinds:
        for name, entry in table("units")[kind].items():
            if not entry.get("ordinal") and name not in DOUBTFUL:
                spellings = (name, *entry.get("aliases", ()))
                digits, not_before = entry.get("digits", False), entry.get("not_before", "")
                found += [Unit(text, name, digits, not_before) for text in spellings if text not in DOUBTFUL]
    return tuple(found)


@cache
def _spellings() -> tuple[str, ...]:
    return tuple(unit.text for unit in units("classifier", "money", "physical", "duration", "name"))


def clash(number: str, unit: str) -> bool:
    """Whether the end of the number may as well be the beginning of the unit: 3千 | 瓦."""
    whole = number + unit
    return any(len(text) > len(unit) and whole.endswith(text) for text in _spellings()) or (
        number[-1] in "百千" and (number[-1] + unit in _spellings())
    )


@st.composite
def amounts(
    draw: st.DrawFn, among: tuple[Unit, ...] | None = None, numbers: st.SearchStrategy[Number] = NUMBERS
) -> Amount:
    """A number, its unit, and perhaps a word of relation."""
    unit = draw(st.sampled_from(among or units("classifier", "money", "physical")))
    number = draw(
        (in_digits() if unit.digits or not "\u4e00" <= unit.text[0] <= "\u9fff" else numbers).filter(
            lambda number: not clash(number.text, unit.text)
        )
    )
    before, after, relation = draw(relations(number))
    if after and after[0] in unit.not_before:
        after, relation = "", number.relation
    return Amount(before, number.text + unit.text, after, number.value, number.top, unit.name, relation)


@st.composite
def relations(draw: st.DrawFn, number: Number) -> tuple[str, str, str]:
    """A word before it, one behind it, and the relation that they and the number make; none around a range."""
    which = draw(st.integers(0, 3))
    if number.relation != "=" or number.top is not None or which < 2:
        return "", "", number.relation
    words = BEFORE if which == 2 else AFTER
    word = draw(st.sampled_from(sorted(words)))
    return (word, "", words[word]) if which == 2 else ("", word, words[word])


@st.composite
def percents(draw: st.DrawFn) -> Amount:
    """5.8%, ５.８％, 百分之五点八, 3‰, 5%—6%."""
    number = draw(decimals(99))
    form = draw(st.integers(0, 5))
    if form <= 2:
        text, unit = draw(written(number)) + draw(st.sampled_from("%％")), "%"
    elif form == 3:
        text, unit = "百分之" + spelled(number), "%"
    elif form == 4:
        text, unit = draw(written(number)) + "‰", "‰"
    else:
        top = number + draw(decimals(20))
        text = f"{number}%{draw(st.sampled_from(DASHES))}{top}%"
        return Amount("", text, "", number, top, "%", "=")
    before, after, relation = draw(relations(Number(text, number)))
    return Amount(before, text, after, number, None, unit, relation)


@st.composite
def points(draw: st.DrawFn) -> Amount:
    """1.2个百分点."""
    number = draw(decimals(50))
    return Amount("", draw(written(number)) + "个百分点", "", number, None, "个百分点", "=")


@st.composite
def shares(draw: st.DrawFn) -> Amount:
    """三成, 三成五, 1.5倍, 五分之二."""
    form = draw(st.integers(0, 3))
    tenths = draw(st.integers(2, 9))
    if form == 0:
        return Amount("", DIGITS[tenths] + "成", "", Decimal(10 * tenths), None, "%", "=")
    if form == 1:
        return Amount("", f"{DIGITS[tenths]}成五", "", Decimal(10 * tenths + 5), None, "%", "=")
    if form == 2:
        number = draw(decimals(20))
        return Amount("", draw(written(number)) + "倍", "", number, None, "倍", "=")
    whole = draw(st.sampled_from([2, 4, 5, 8, 10]))
    part = draw(st.integers(1, whole - 1))
    return Amount("", f"{chinese(whole)}分之{chinese(part)}", "", Decimal(part) / whole, None, None, "=")
