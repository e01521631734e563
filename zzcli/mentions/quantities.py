r"""Numeral + unit → Quantity.

``find_quantities`` hands out every number of a text that may state something, in order and without overlap. A span
covers the numeral and its unit (49.51万户, 第36位, $9 0 . 6 8 \%$), not the words of relation around it (约, 左右,
以上): these are read into ``relation``. Values are exact, in the base unit, with their multipliers applied; their sign
is the sign written (-3.2%, 零下5℃), never that of a word (下降). What only looks like a number comes out nowhere:
dates, clock times, list numbers, names (PM2.5, 500强, 一带一路), codes. What cannot be settled without the sentence
comes out flagged:

``indefinite``  一 + measure word: an article more often than a count (一个新的)
``multiplier``  a multiplier stands for the number (近亿元, 千亿)
``vague``       几十, 数百: the value is the least it can be
``ratio``       a part of 3.9∶59.5∶36.6
``list``        the unit stands at the end of the list that the number is in (27、47和18吨)
``quoted``      a quotation mark stands right before it (“三张图”)
``class``       a size class (千亿级产业)
``ocr``         a character was read as the misread digit or sign that it must be (第- → 第一)
``rounded``     a share that no decimal gives exactly (三分之一)
``year-like``   a bare 1900…2099

Units, and words that hold a numeral and no number, are entries of ``lexicon/units.toml``.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from zzcli.errors import LexiconError
from zzcli.language import say
from zzcli.lexicon import table
from zzcli.mentions.numbers import CHINESE_DIGITS, EXACT, FORMAL, Numeral, exactly, plain, read_numeral, times
from zzcli.patterns import compiled
from zzcli.span import Span

_SMALL_MONEY = compiled("[角毛分]")
_TENTH_MONEY = compiled("[角毛]")
_PLAIN_NUMBER = compiled(r"\d++(?:\.\d++)?")


class Quantity(Span, frozen=True):
    """A number with its unit, as the text gives it.

    ``kind`` is ``amount`` (number + unit), ``bare`` (no unit), ``even`` (持平: a change of 0),
    ``rank`` (第36位, 居全省第二, 首位), ``ordinal``
    (第三批, 首届, 二期), ``percent``, ``points`` (个百分点), ``times`` (倍, 翻两番), ``duration`` (50余天) or
    ``fraction`` (三分之一). ``relation`` is one of ``= ~ > ≥ < ≤``. ``number_end`` is where the numeral ends (with
    余, 万, 亿) and the unit begins.
    """

    value: Decimal
    value_max: Decimal | None
    unit: str | None
    relation: str
    kind: str
    flags: tuple[str, ...]
    number_end: int


class _Unit(Struct, frozen=True):
    """An entry of the unit table; the fields are told at its top."""

    name: str
    kind: str
    not_before: str = ""
    not_words: tuple[tuple[str, str], ...] = ()
    not_after: tuple[str, ...] = ()
    digits: bool = False
    ordinal: bool = False
    tenths: str | None = None


class _ReadUnit(Struct, frozen=True):
    """A unit read behind a numeral, up to ``end``; ``relation`` from an 多 inside it (3个多月)."""

    name: str
    entry: _Unit
    end: int
    relation: str = "="
    half: bool = False

    @property
    def kind(self) -> str:
        """The table that the unit stands in."""
        return self.entry.kind


_KINDS: Final = ("classifier", "money", "physical", "duration", "percent", "points", "times", "name")
_QUANTITY_KIND: Final = {
    "classifier": "amount",
    "money": "amount",
    "physical": "amount",
    "duration": "duration",
    "percent": "percent",
    "points": "points",
    "times": "times",
    "name": "name",
}
_Written = tuple[tuple[str, _Unit], ...]


@cache
def _entries(kind: str) -> tuple[tuple[str, _Unit], ...]:
    """Each spelling of each unit of a kind."""
    found: list[tuple[str, _Unit]] = []
    for name, entry in table("units")[kind].items():
        unknown = entry.keys() - {"aliases", "not_before", "not_words", "not_after", "digits", "ordinal", "tenths"}
        if unknown:
            keys = ", ".join(sorted(unknown))
            raise LexiconError(say("units.toml: {entry}: knows no {keys}", entry=f"{kind}.{name}", keys=keys))
        entry = dict(entry)
        aliases = entry.pop("aliases", ())
        not_words = tuple((word, unless) for word, _, unless in (w.partition("!") for w in entry.pop("not_words", ())))
        unit = _Unit(name, kind, not_words=not_words, not_after=tuple(entry.pop("not_after", ())), **entry)
        found += [(plain(written), unit) for written in (name, *aliases)]
    return tuple(found)


def _by_first(entries: list[tuple[str, _Unit]]) -> dict[str, _Written]:
    """The spellings by their first character, longest first."""
    found: dict[str, list[tuple[str, _Unit]]] = {}
    for written, unit in sorted(entries, key=lambda entry: -len(entry[0])):
        found.setdefault(written[0], []).append((written, unit))
    return {first: tuple(units) for first, units in found.items()}


@cache
def _units() -> dict[str, _Written]:
    """Units that may follow a numeral, by first character."""
    return _by_first([entry for kind in _KINDS for entry in _entries(kind)])


@cache
def _denominators() -> dict[str, _Written]:
    """Units that may stand after a slash."""
    kinds = ("per", "classifier", "money", "physical", "duration")
    return _by_first([entry for kind in kinds for entry in _entries(kind)])


@cache
def _measures() -> frozenset[str]:
    """Measure words by themselves: what may stand after 首 and in 台（套）."""
    return frozenset(written for written, _ in _entries("classifier"))


@cache
def _currencies() -> dict[str, list[tuple[str, str]]]:
    """Names and signs in front of a sum with the currency they mean, by their last character, longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for written, unit in sorted(_entries("currency_before"), key=lambda entry: -len(entry[0])):
        if written != "元":  # it stands behind
            found.setdefault(written[-1], []).append((written, unit.name))
    return found


_STARTS_NUMERAL: Final = frozenset(CHINESE_DIGITS) | frozenset("十百千万亿半廿卅卌")


@cache
def _words() -> dict[tuple[int, str], tuple[tuple[str, str], ...]]:
    """Words that hold no number, longest first, by the place of their first numeral and what stands there.

    What stands there is the numeral and, where the word goes on, the character behind it.
    """
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for entry in table("units")["not_numbers"]["words"]:
        word, _, unless = entry.partition("!")
        place = next((n for n, char in enumerate(word) if char in _STARTS_NUMERAL), None)
        if place is None:
            raise LexiconError(say("units.toml: not_numbers: {word} holds no numeral", word=word))
        found.setdefault((place, word[place : place + 2]), []).append((word, unless))
    return {key: tuple(sorted(words, key=lambda pair: -len(pair[0]))) for key, words in found.items()}


_FURTHEST_NUMERAL: Final = 3  # 星期一, 党的十大: no word of the list has more before its first numeral


def _word_at(text: str, at: int) -> int | None:
    """The end of a word without number whose first numeral stands at ``at``."""
    words = _words()
    for key in (text[at : at + 2], text[at]):
        for place in range(min(_FURTHEST_NUMERAL, at) + 1):
            for word, unless in words.get((place, key), ()):
                end = at - place + len(word)
                if text.startswith(word, at - place) and not (unless and text[end : end + 1] and text[end] in unless):
                    return end
    return None


# ---------------------------------------------------------------------------------------------------------------------
# Units


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _match_unit(units: dict[str, _Written], text: str, *, words: bool = False) -> tuple[_Unit, int] | None:
    """The longest unit that ``text`` begins with, and its length; ``words`` if a Chinese numeral stands before it."""
    for written, unit in units.get(text[:1], ()):
        if text.startswith(written) and not (words and unit.digits):
            after = text[len(written) : len(written) + 1]
            if after and (after in unit.not_before or (_is_latin(written[-1]) and _is_latin(after))):
                continue
            if any(_goes_on(text, len(written), *word) for word in unit.not_words):
                continue
            return unit, len(written)
    return None


def _goes_on(text: str, at: int, word: str, unless: str) -> bool:
    """Whether ``word`` stands at a place, and not one of the characters ``unless`` behind it."""
    end = at + len(word)
    return text.startswith(word, at) and not (unless and text[end : end + 1] and text[end] in unless)


_WINDOW: Final = 16  # characters looked at for a unit: longer than any entry
_SLASH: Final = compiled(r" ?/ ?")
_EACH: Final = compiled(r"[每一](?![次][性付补])(?=[\u4e00-\u9fff]{1,4}(?:[，。、；）)以的左]|$))")  # 28微克每立方米
_DOT: Final = compiled("·")
_CLOSE: Final = compiled(r"(?:·[^\s()（）]{1,3})?[)）]")


def _read_unit(text: str, at: int, *, words: bool = False) -> _ReadUnit | None:
    """The unit at ``at``, compound units and complements included; one or two blanks may stand before and inside it."""
    start = at
    while text[start : start + 1] == " " and start - at < 2:
        start += 1
    window = text[start : start + _WINDOW]
    if not window or window[0] == "\n":
        return None
    relation = "="
    half = False
    if window[0] == "个" and window[1:2] and window[1] in "多半" and window[2:3] and window[2] in "月小星世礼钟":
        half = window[1] == "半"  # 一个半小时
        window, relation, skipped = window[0] + window[2:], "=" if half else ">", 1  # 3个多月
    else:
        skipped = 0
    found = _match_unit(_units(), window, words=words)
    length = found[1] if found else 0
    if " " in window or "\n" in window:  # 532万美 元
        places = [n for n, char in enumerate(window) if char not in " \n"]
        squeezed = "".join(window[n] for n in places)
        wider = _match_unit(_units(), squeezed, words=words)
        if wider and (found is None or wider[1] > found[1]) and len(places) >= wider[1]:
            stretch = places[wider[1] - 1] + 1
            # A line end inside a unit is the scanner's only where nothing else can be meant.
            if "\n" not in window[:stretch] or wider[0].kind in ("money", "points"):
                found, length = wider, stretch
    if found is None:
        return None
    unit = found[0]
    end = start + length + skipped
    name = unit.name
    if unit.kind == "name":
        return _ReadUnit(name, unit, end, relation)
    complement = _COMPLEMENT.match(text, end)
    if complement and complement["unit"] in _measures():
        name, end = f"{name}（{complement['unit']}）", complement.end()
    if unit.kind in ("classifier", "money", "physical"):
        name, end = _read_per(text, name, end, money=unit.kind == "money")
    if unit.kind == "times" and text[end - 1] == "多":
        relation = ">"  # 3倍多
    return _ReadUnit(name, unit, end, relation, half)


_COMPLEMENT: Final = compiled(r" ?[(（](?P<unit>[^\s()（）]{1,3})[)）]")


def _read_per(text: str, name: str, end: int, *, money: bool) -> tuple[str, int]:
    """``name`` and ``end`` with what stands after slashes: 元/吨, 吨标准煤/万元, 元/人·月; 5500元一斤 is a price."""
    for _ in range(3):
        slash = _SLASH.match(text, end) or _EACH.match(text, end)  # 28微克每立方米, 5500元一斤
        if slash and text[end] == "一" and not money:
            break
        if slash:
            sign = "·" if "/" in name and text[end] == "每" else "/"
        elif name and "/" in name and text[end : end + 1] == "·":
            sign, slash = "·", _DOT.match(text, end)
        else:
            break
        assert slash is not None
        place = slash.end()
        bracket = text[place : place + 1] in ("(", "（")
        found = _match_unit(_denominators(), text[place + bracket : place + bracket + _WINDOW])
        if found is None:
            break
        written = text[place + bracket : place + bracket + found[1]]
        if bracket:
            close = _CLOSE.match(text, place + bracket + found[1])
            if close is None:
                break
            name, end = f"{name}/（{written}{close.group()[:-1]}）", close.end()
        else:
            name, end = f"{name}{sign}{found[0].name}", place + found[1]
    return name, end


# ---------------------------------------------------------------------------------------------------------------------
# Words of relation


@cache
def _relation_words() -> dict[str, tuple[tuple[str, str], ...]]:
    """Words of relation before a number with their relation, by their last character, longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for relation, words in table("units")["relation_before"].items():
        for word in words:
            found.setdefault(word[-1], []).append((word, relation))
    return {last: tuple(sorted(words, key=lambda pair: -len(pair[0]))) for last, words in found.items()}


_AFTER: Final = compiled(
    r"""
    [ ]? (?: [(（] 含 (?:本数)? [)）] )? [ ]?
    (?: (?P<about> 左右 | 上下 | 前后 | 许(?![多可诺]) )
      | (?P<least> 及?以上 | 及?之上 | (?:的|大|新)?台阶 | (?:的)?大关 | (?:级|元级) )
      | (?P<most> 及?以下 | 以内 | 之内 | 之下 | (?<=[时天日钟]) 内 (?![部外容地需]) )
      | (?P<more> \+ (?![\d+]) | [余多] (?= [,，。、;；)） \n] | $ | 的 ) | 有余 | 出头
                | (?<=[%成一二三四五六七八九\d]) 强 (?= [,，。、;；)） \n] | $ | 的 ) )      # 三分之二强
      | (?P<less> 不到 | 不足 | (?<=[%成一二三四五六七八九\d]) 弱 (?= [,，。、;；)） \n] | $ | 的 ) )
    )
    """,
    re.VERBOSE,
)
_RELATION: Final = {"about": "~", "least": "≥", "most": "≤", "more": ">", "less": "<"}


def _relation_before(text: str, start: int) -> tuple[str, str]:
    """The relation that the words before ``start`` give, and the word."""
    end = start
    while end > 0 and text[end - 1] in " $" and start - end < 2:
        end -= 1
    if not end:
        return "=", ""
    last = text[end - 1]
    if last in "的了":
        return "=", ""
    for word, relation in _relation_words().get(last, ()):
        if text.startswith(word, end - len(word)) and end >= len(word):
            return relation, word
    return "=", ""


def _relation(text: str, start: int, end: int, inside: str, *, lone: bool = False) -> str:
    """The relation of a number at [start, end): what stands inside it wins, then what stands before it, then after."""
    if inside == ">":
        return inside
    before, word = _relation_before(text, start)
    if word == "上" and not lone:  # 上万 is more than 万; 上3个台阶 is three
        before = "="
    if before in "<>≤≥":
        return before
    after = _AFTER.match(text, end)
    if after and after.lastgroup:
        return _RELATION[after.lastgroup]
    return before if before != "=" else inside


# ---------------------------------------------------------------------------------------------------------------------
# Amounts

_HAN: Final = compiled(r"[一-鿿]")
_SHARED: Final = compiled(r"(?P<tenths>成)(?P<half>[一二三四五六七八九半])?(?P<more>多|余)?")
_NOT_TENTHS: Final = frozenset("立为功长果本员都效绩就型品分熟交人名家套团片群千百渝行")
_PER_HUNDRED: Final = compiled(r"百分之|千分之|万分之")
_PER_UNIT: Final = {"百": "%", "千": "‰", "万": "‱"}
_RANGE: Final = compiled(r" ?(?:[(（]含[)）])? ?(?P<sign>-{1,2}|—{1,2}|~{1,2}|至|到|一(?=\d)|\\sim) ?")
_DOTTED: Final = compiled(r"\d{1,40}+(?:\.\d{1,40}+){2,12}(?!\d)")
_CHAIN: Final = compiled(
    r"\d{1,40}+(?:-\d{1,40}+){2,12}(?!\d)|0\d{2,3}-\d{7,8}(?!\d)"
    r"|1[3-9]\d{9}(?![\d.])|\d{4}-\d{1,2}(?=[^\d.]|$)(?! ?[%万亿元])"
)
_DATE: Final = compiled(
    r"""
    (?:19|20)\d\d [ ]? 年 (?!\d) | (?:19|20)\d\d [./-] (?:0?[1-9]|1[0-2]) [./-] (?:3[01]|[12]\d|0?[1-9]) (?!\d)
  | \d{1,2} [ ]? 月 [ ]? \d{1,2} [ ]? [日号]
  | \d{2,4} [ ]? 年 [ ]? \d{1,2} [ ]? 月
  | (?: [01]?\d | 2[0-4] ) : [0-5]\d (?: : [0-5]\d )? (?! [\d.∶:：] )
  | \d{1,2} [ ]? [时点] [ ]? (?: \d{1,2} [ ]? 分 (?!之) | 半 | 整 | 许 | 钟 | 刚过 | 多钟 )
  | (?<= 凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|夜间|深夜|晚间 ) \d{1,2} [ ]? [时点]
    """,
    re.VERBOSE,
)
_RATIO: Final = compiled(r"\d{1,9}(?:\.\d{1,6})?(?: ?+[:：∶比] ?+\d{1,12}+(?:\.\d{1,6}+)?){1,7}(?![\d])")
_PRODUCT: Final = compiled(r"\d{1,4}(?:[+×*xX]\d{1,4}){1,7}")
# 表2, 图3, 附件1, and the number of a heading (# 4.1)
_LABEL: Final = compiled(r"(?:(?<![代仪手钟电水发外报填])[表图]|(?<![A-Za-z])PM|附件|附表|专栏|公式|# ) ?$")
_LABEL_END: Final = frozenset("表图件栏式M ")
# What stands behind the digits of a date, a clock time, a code or a ratio.
_MAY_BE_NAME: Final = frozenset("年月日时点/-:：∶比+×*xX ")
_VULGAR: Final = {
    **{"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5)},
    **{"⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)},
    **{"⅑": (1, 9), "⅒": (1, 10)},
}
_OCR_DIGITS: Final = compiled(
    r"(?=[\dOolI]{2,12}(?:\.\d{1,6})? ?(?:[%万亿]|[个家户项人元]))"
    r"(?:\d[\dOolI]{0,10}\d|\d{1,11}[Oo]{1,11})(?:\.\d{1,6})?",
    re.ASCII,
)
# O.5亿美元, l2%: the first digit taken for a letter, where a sum or a share goes on
_OCR_FRONT: Final = compiled(r"(?:O\.\d{1,4}|[lI]\d{1,3}(?:\.\d{1,4})?)(?= ?(?:%|[万亿][元美]))", re.ASCII)
_LATEX: Final = compiled(r"\$(?P<body>(?:[\d .,%~–—+-]|\\%|\\sim|\\,|\\){1,80})\$")


def _name(start: int, end: int) -> Quantity:
    """What holds digits and is no quantity; kept until lists are read, then dropped."""
    return Quantity(start, end, Decimal(0), None, None, "=", "name", (), end)


_NO_MINUS: Final = frozenset("减抱担肩欠胜辜自身背增")  # 减负300亿元: 负 ends a word


def _read_sign(text: str, start: int) -> tuple[int, bool]:
    """Where the number with its sign begins, and whether it is negative."""
    before = text[start - 1 : start] if start else ""
    if before == "-":
        ahead = text[start - 2 : start - 1] if start > 1 else ""
        if not ahead or not (_is_latin(ahead) or ahead in "-—%)）"):
            return start - 1, True
    if before == "负" and not (start > 1 and text[start - 2] in _NO_MINUS):
        return start - 1, True
    for word in ("零下", "负的", "负 ", "- "):
        if text.startswith(word, start - len(word)) and start >= len(word) and (word != "- " or start == 2):
            return start - len(word), True
    return start, False


def _negative(quantity: Quantity, start: int) -> Quantity:
    return replace(quantity, start=start, value=EXACT.minus(quantity.value))


_FORMULA: Final = compiled(r"\$[^$\n一-鿿，。]{1,120}\$")


def _currency_before(text: str, start: int) -> str | None:
    window = text[max(0, start - 6) : start].rstrip(" \u3000")
    for written, name in _currencies().get(window[-1:], ()):
        if window.endswith(written):
            return None if written == "$" and _FORMULA.match(text, start - 1) else name
    return None


def _amount(text: str, start: int) -> Quantity | None:
    """The numeral at ``start`` with its unit, before ranges; ``kind`` is ``name`` where it is no quantity."""
    numeral = read_numeral(text, start)
    if numeral is None:
        return None
    words = numeral.form != "digits" and numeral.end - numeral.start == 1
    unit = _read_unit(text, numeral.end, words=words)
    if "blank" in numeral.flags and unit is None and _HAN.match(text, numeral.end):
        # 4.1 万州区: the next cell of a row, not a multiplier.
        numeral = read_numeral(text, start, blanks=False)
        if numeral is None:
            return None
        unit = _read_unit(text, numeral.end)
    elif numeral.form != "digits" or len(numeral.scales) > 1:
        numeral, unit = _give_back(text, numeral, unit)
    if text[numeral.end : numeral.end + 1] in ("分", "又"):  # 三分之一, 4分之3, 一又三分之二
        fraction = _fraction(text, numeral)
        if fraction:
            return fraction
    return _with_unit(text, numeral, unit)


def _give_back(text: str, numeral: Numeral, unit: _ReadUnit | None) -> tuple[Numeral, _ReadUnit | None]:
    """三千瓦 is 3 千瓦: a multiplier that a unit begins with belongs to the unit."""
    last = text[numeral.end - 1]
    if last not in "千百" or numeral.end - numeral.start < 2 or (unit and unit.kind == "name"):
        return numeral, unit
    other = _read_unit(text, numeral.end - 1)
    if other is None or other.kind not in ("physical",):
        return numeral, unit
    shorter = read_numeral(numeral.of(text)[:-1], 0)
    if shorter is None or shorter.end != numeral.end - 1 - numeral.start or shorter.form == "multiplier":
        return numeral, unit
    return replace(shorter, start=numeral.start, end=numeral.end - 1), other


def _begins_numeral(text: str, at: int) -> bool:
    return at < len(text) and (text[at] in _STARTS_NUMERAL or text[at] in "0123456789")


_PARTS: Final = Context(28, ROUND_HALF_EVEN, traps=[])  # the one place where a value is rounded: 三分之一


_ENDS_FRACTION: Final = frozenset("的强弱以，。、；）")


def _fraction(text: str, below: Numeral) -> Quantity | None:
    """N分之M, with a measure behind it (四分之一公里) or a whole number and 又 before it (一又三分之二)."""
    start, whole = below.start, Decimal(0)
    if text[below.end] == "又":
        behind = read_numeral(text, below.end + 1) if _begins_numeral(text, below.end + 1) else None
        if behind is None or not text.startswith("分之", behind.end):
            return None
        whole, below = below.value, behind
    spoken = not text.startswith("分之", below.end)  # 三分一, as the south says it
    place = below.end + (1 if spoken else 2)
    if below.value == 0 or not _begins_numeral(text, place) or (spoken and text[place] != "一"):
        return None
    above = read_numeral(text, place)
    if above is None:
        return None
    unit = _read_unit(text, above.end)
    measure = unit if unit and unit.kind in ("physical", "duration") and above.form == "words" else None
    after = text[above.end : above.end + 1]
    if spoken and measure is None and after and after not in _ENDS_FRACTION:
        return None
    part, flags = _divided(above.value, below.value)
    value = EXACT.add(whole, part)
    if measure:
        kind = _QUANTITY_KIND[measure.kind]
        return Quantity(start, measure.end, value, None, measure.name, above.relation, kind, flags, above.end)
    return Quantity(start, above.end, value, None, None, above.relation, "fraction", flags, above.end)


def _divided(above: Decimal, below: Decimal) -> tuple[Decimal, tuple[str, ...]]:
    """A share, and the flag that tells where it had to be rounded."""
    value = _PARTS.divide(above, below)
    return value, () if EXACT.multiply(value, below) == above else ("rounded",)


def _with_unit(text: str, numeral: Numeral, unit: _ReadUnit | None) -> Quantity:
    """A numeral and the unit read behind it, judged."""
    start, end = numeral.start, numeral.end
    flags = tuple(flag for flag in numeral.flags if flag == "vague")
    if numeral.form == "multiplier":
        flags = (*flags, "multiplier")
    relation = numeral.relation
    following = text[end : end + 1]
    if following == "成" and numeral.value <= 10 and not (text[end + 1 : end + 2] and text[end + 1] in _NOT_TENTHS):
        return _tenths(text, numeral)
    if unit is None:
        return _without_unit(text, numeral, flags)
    kind = _QUANTITY_KIND[unit.kind]
    if unit.entry.not_after and text[start:end] in unit.entry.not_after:
        return _name(start, unit.end)  # 1080P
    if unit.entry.digits and unit.kind == "classifier" and end - start == 4 and 1900 <= numeral.value < 2100:
        return _name(start, unit.end)  # 2024国际论坛
    if unit.name == "级" and numeral.scales[0] >= 10**4 and numeral.relation == "=":
        # 千亿级产业: a size class, at least so much
        if end - start == 1:
            return _name(start, unit.end)
        return Quantity(start, end, numeral.value, numeral.value_max, None, "≥", "amount", (*flags, "class"), end)
    if unit.kind == "name":
        if unit.name == "日" and _RELATION_WITHIN.match(text, unit.end):
            return Quantity(start, unit.end, numeral.value, None, "日", relation, "duration", flags, end)
        return _name(start, unit.end)
    plain_digits = (
        end - start == 4 and numeral.form != "multiplier" and numeral.value < 3000 and "." not in text[start:end]
    )
    if unit.name == "年" and (_is_year(numeral, plain_digits) or _MONTH.match(text, unit.end)):
        return _name(start, unit.end)
    value, value_max = numeral.value, numeral.value_max
    if relation == "=":
        relation = unit.relation
    if unit.half and value_max is None:
        value = EXACT.add(value, Decimal("0.5"))
    one = text[start:end] in ("一", "壹") and not unit.half
    if unit.entry.ordinal and numeral.form == "words":
        kind = "ordinal"
    elif unit.kind == "classifier" and unit.name != "块" and _is_slogan(text, start, unit.end):
        return _name(start, unit.end)
    elif unit.kind in ("classifier", "duration"):
        if one and relation == "=":
            flags = (*flags, "indefinite")
        elif text[start:end] == "二" and unit.kind == "classifier":
            kind = "ordinal"  # two of a kind are 两; 二期 is the second
    if numeral.form == "multiplier" and not _stands_alone(text, numeral, unit):
        return _name(start, unit.end)
    stop = unit.end
    name = unit.name
    if name == "角" and numeral.form == "words" and text[unit.end - 1] != "钱" and not _is_dime(text, start, unit.end):
        return _name(start, unit.end)
    if name in ("元", "角", "分钱", "块"):
        value, stop = _cents(text, value, unit)
        if name != "块" or stop > unit.end:
            name, kind = "元", "amount"
    if unit.kind in ("duration", "physical") and value_max is None and _AND_HALF.match(text, stop):
        value, stop = EXACT.add(value, Decimal("0.5")), stop + 1  # 两年半
    if unit.entry.tenths is not None and value_max is None and stop == unit.end:
        value, stop = _tenth(text, value, unit)
    if name == "元":
        name = _currency_before(text, start) or name
    return Quantity(start, stop, value, value_max, name, relation, kind, flags, end)


_PAIRED: Final = frozenset("一二两三四五六七八九十百千")
_ZERO_OF: Final = frozenset("个起例次人件")


def _is_slogan(text: str, start: int, end: int) -> bool:
    """一区三圈四带, 三通一码: numeral and noun in turns name a programme; and 零部件 is no 零部."""
    char = text[start]
    if end - start != 2 or char not in CHINESE_DIGITS:
        return False
    if char == "零":  # 零部件
        return text[end - 1] not in _ZERO_OF
    after = text[end : end + 2]
    if len(after) == 2 and after[0] in _PAIRED and _HAN.match(after[1]) and after[1] not in "个项家年月十百千万亿":
        return True
    before = text[max(0, start - 2) : start]
    return (
        len(before) == 2
        and before[0] in _PAIRED
        and before[1] not in "第个"
        and _HAN.match(before[1]) is not None
        and (before[1] not in _PAIRED and before[1] not in "万亿年月日分成届")
    )


# What makes 一角 a sum rather than a corner of the yard: a price before it, or what it is the price of.
_PRICED: Final = compiled(
    r"""
    (?: 价[格钱位]? | [费税薪] | 成本 | 工资 | 补[贴助] | [涨跌贵降赚赔亏差收付卖元块] | 便宜
      | 每 (?!层|个|处|座|栋|间) [^，。；、,;\n]{1,4} )
    (?: [了仅只为是约到至达近有需要再又上下出低高] ){0,4} $
    """,
    re.VERBOSE,
)


def _is_dime(text: str, start: int, end: int) -> bool:
    """Whether 一角, 两毛 is money: a price stands before it, or 分 go on behind it."""
    priced = _PRICED.search(text[max(0, start - 12) : start])
    cents = _CENTS.match(text, end)
    return bool(priced or (cents and (cents["tens"] or cents["ones"])))


_AND_HALF: Final = compiled("半(?![导径自成数封岛年])")
_RELATION_WITHIN: Final = compiled(" ?(?:以内|之内|内)")
_MONTH: Final = compiled(r" ?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?月")
_ONE_DIGIT: Final = "[0-9零一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
# What may stand behind 三块二: the end, the other end of a range, a currency.
_SUM_ENDS: Final = rf"(?: (?![\w.%]) | (?=[至到]{_ONE_DIGIT}) | (?=RMB|CNY|人民币) )"
_CENTS: Final = compiled(
    rf"""
    (?: [零又]? (?P<tens> {_ONE_DIGIT} ) (?: 角 | 毛 | {_SUM_ENDS} ) )?     # 五角; 三块二
    (?: 零? (?P<ones> {_ONE_DIGIT} ) (?: 分 (?![之钟别]) | {_SUM_ENDS} ) )?  # 七分
    (?: 钱 | 整 | 正 )?
    """,
    re.VERBOSE,
)


def _cents(text: str, value: Decimal, unit: _ReadUnit) -> tuple[Decimal, int]:
    """The value in 元 of a sum that ends with ``unit`` or goes on with 角 and 分, and where it ends: 123元1角1分."""

    def part(char: str | None, size: str) -> Decimal:
        return EXACT.multiply(_digit(char or "0"), Decimal(size))

    value = EXACT.multiply(value, Decimal({"角": "0.1", "分钱": "0.01"}.get(unit.name, "1")))
    match = _CENTS.match(text, unit.end)
    if match is None or not (match["tens"] or match["ones"]) or unit.name == "分钱":
        return value, unit.end
    if unit.name == "角":
        small = part(match["ones"] or match["tens"], "0.01")
        return EXACT.add(value, small), match.end()
    if text[unit.end - 1] not in "元块圆" or (unit.name == "元" and not _SMALL_MONEY.search(match.group())):
        return value, unit.end
    # 三块零四: the digit after 零 counts the 分.
    if match["tens"] and match.group()[0] == "零" and not _TENTH_MONEY.search(match.group()):
        return EXACT.add(value, part(match["tens"], "0.01")), match.end()
    return EXACT.add(value, EXACT.add(part(match["tens"], "0.1"), part(match["ones"], "0.01"))), match.end()


_TENTH: Final = compiled(
    rf"(?P<digit>{_ONE_DIGIT})(?P<smaller>两|(?=[高长宽深厚多左上的以个]|[，。、；：！？）”\s,;:!?)]|$))"
)


def _tenth(text: str, value: Decimal, unit: _ReadUnit) -> tuple[Decimal, int]:
    """The value with the tenths that follow the unit, and where it ends: 三米九, 六斤八两."""
    match = _TENTH.match(text, unit.end)
    if match is None or match["smaller"] != unit.entry.tenths:
        return value, unit.end
    return EXACT.add(value, EXACT.multiply(_digit(match["digit"]), Decimal("0.1"))), match.end()


def _digit(char: str) -> Decimal:
    return Decimal(CHINESE_DIGITS[char] if char in CHINESE_DIGITS else int(char))


def _is_year(numeral: Numeral, four: bool) -> bool:
    return four and numeral.value >= 1000 and (numeral.form == "digits" or "string" in numeral.flags)


def _stands_alone(text: str, numeral: Numeral, unit: _ReadUnit | None) -> bool:
    """Whether a multiplier by itself counts: 近亿元, 上万个, 百万吨; not 万名干部, （亿元）, 每万元."""
    before = text[numeral.start - 1 : numeral.start] if numeral.start else ""
    if _approximated(text, numeral):
        return True
    if before and (before in "每:：(（/各按单%" or before.isdigit()):
        return False
    if before in ("O", "o", "I", "l") and _begins_numeral(text, numeral.start - 2):
        return False  # 五O亿元: the scanner's 〇
    if unit is not None and before in ("", "\n", " ", "\t") and text[unit.end : unit.end + 1] in ("", "\n", " ", "\t"):
        return False  # a unit by itself in the head of a table
    if numeral.end - numeral.start >= 2:
        return True
    if text[numeral.start] == "亿" and unit is not None:
        return True
    return bool(_AFTER.match(text, unit.end if unit else numeral.end)) and unit is not None


def _tenths(text: str, numeral: Numeral) -> Quantity:
    """八成 is 80 %."""
    match = _SHARED.match(text, numeral.end)
    assert match is not None
    value = times(numeral.value, 10)
    high = None if numeral.value_max is None else times(numeral.value_max, 10)
    end = match.start("tenths") + 1
    if match["half"] and high is None:
        value = EXACT.add(value, Decimal(5 if match["half"] == "半" else CHINESE_DIGITS[match["half"]]))
        end = match.end("half")
    relation = ">" if match["more"] else numeral.relation
    return Quantity(numeral.start, end, value, high, "%", relation, "percent", (), numeral.end)


_ENDS_NUMBER: Final = frozenset("的，。、；：！？）\n ,;:!?)")


def _approximated(text: str, numeral: Numeral) -> bool:
    """Whether a multiplier counts by what it is approximated with: 突破亿, 上万, 万余."""
    relation, word = _relation_before(text, numeral.start)
    return numeral.relation != "=" or (word != "" and relation != "=")


_LIST_NUMBER: Final = compiled(r"[ ]?(?:[、)）]|\.(?!\d))")
_BOUNDARY: Final = frozenset("\n。；;!？：:\r")
_LEFT_BRACKETS: Final = frozenset("[(（【〔［")
_RIGHT_BRACKETS: Final = frozenset("])）】〕］")


def _without_unit(text: str, numeral: Numeral, flags: tuple[str, ...]) -> Quantity:
    """A numeral that no known unit follows."""
    start, end = numeral.start, numeral.end
    before = text[start - 1 : start] if start else ""
    following = text[end : end + 1]
    currency = _currency_before(text, start) if before else None
    if currency:
        return Quantity(start, end, numeral.value, numeral.value_max, currency, numeral.relation, "amount", flags, end)
    if numeral.form == "multiplier":
        counts = "亿" in text[start:end] and end - start > 1 and _stands_alone(text, numeral, None)
        ends = following == "" or following in _ENDS_NUMBER or "亿" in text[start:end]
        if counts or (ends and _approximated(text, numeral)):
            return Quantity(start, end, numeral.value, None, None, numeral.relation, "amount", flags, end)
        return _name(start, end)
    if numeral.form == "words":
        scaled = len(numeral.scales) > 1
        follows = text[end : end + 2].lstrip(" ")[:1]
        closed = not follows or not (_HAN.match(follows) or follows in '"”』」》、.)）')
        begin = _read_sign(text, start)[0]
        opened = begin == 0 or text[begin - 1] in " \n\t:：|"
        if scaled and numeral.scales[0] >= 10**4:
            return Quantity(start, end, numeral.value, numeral.value_max, None, numeral.relation, "amount", flags, end)
        if closed and (opened or (end - start > 1 and scaled)) and (numeral.value_max is None or scaled):
            return Quantity(start, end, numeral.value, numeral.value_max, None, numeral.relation, "bare", flags, end)
        return Quantity(start, end, numeral.value, numeral.value_max, None, numeral.relation, "words", flags, end)
    if len(numeral.scales) > 1:
        return Quantity(start, end, numeral.value, numeral.value_max, None, numeral.relation, "amount", flags, end)
    if following and _is_latin(following):  # 5G, 4A级, 3D
        return _name(start, end)
    integer = text[start:end].isdigit()
    if integer:
        if before in _LEFT_BRACKETS and before and following and following in _RIGHT_BRACKETS and end - start <= 4:
            return _name(start, end)
        if end - start <= 3 and (not before or before in _BOUNDARY) and following and _LIST_NUMBER.match(text, end):
            return _name(start, end)
        if end - start == 4 and 1900 <= numeral.value < 2100:
            if following and (_HAN.match(following) or following in '"”』」'):
                return _name(start, end)
            flags = (*flags, "year-like")
        if (text[start] == "0" and end - start > 1) or (
            before and before in '"“「『' and following in ('"', "”", "」", "』")
        ):
            return _name(start, end)  # 06, “51020”: a code
    return Quantity(start, end, numeral.value, numeral.value_max, None, numeral.relation, "bare", flags, end)


# ---------------------------------------------------------------------------------------------------------------------
# Ranges


def _range(text: str, first: Quantity) -> Quantity | None:
    """The range that ``first`` begins, or ``None``: 5%—6%, 70至80, 3万至6万元, 三到五年."""
    if first.value_max is not None or first.kind in ("rank", "ordinal", "fraction"):
        return None
    sign = _RANGE.match(text, first.end)
    if sign is None or sign.end() >= len(text):
        return _neighbours(text, first)
    at = sign.end()
    negative = text[at] in "-负" and at + 1 < len(text)
    at += negative
    if not _begins_numeral(text, at):
        return None
    if sign["sign"] == "一" and text[first.end - 1] not in "%0123456789":
        return None
    second = _per_hundred(text, at) or _amount(text, at)
    if second is None:
        return None
    if first.kind == "name" or second.kind == "name":
        # 1—9月, 2021至2025年: dates and codes stay what they are at both ends.
        both = second.kind == "name" and first.kind in ("name", "bare", "words")
        return _name(first.start, second.end) if both else None
    if negative:
        second = _negative(second, at - 1)
    if second.value_max is not None or second.kind in ("ordinal", "rank"):
        return None
    low, high = first.value, second.value
    if first.unit is None:
        upper = read_numeral(text, at)
        if upper and (first.kind in ("bare", "words") or upper.scales[0] > 1):
            # The multiplier of the upper end is meant for both if the lower end stays below: 3—5万元, 8500至3万元.
            low = next((times(low, scale) for scale in upper.scales if times(low, scale) < high), low)
    elif first.unit != second.unit:
        return None
    if low >= high or (second.kind in ("bare", "words") and first.kind == "words"):
        return None
    flags = (*first.flags, *(flag for flag in second.flags if flag not in first.flags))
    if sign["sign"] == "一":
        flags = (*flags, "ocr")
    flags = tuple(flag for flag in flags if flag not in ("indefinite", "year-like"))
    relation = second.relation if second.relation != "=" else first.relation
    return replace(second, start=first.start, value=low, value_max=high, relation=relation, flags=flags)


_COUNTED_BY_TWO: Final = frozenset("年个天倍家项人名元亩里斤成百千万十亿")


def _neighbours(text: str, first: Quantity) -> Quantity | None:
    """增加两、三倍, 七、八百人: two digits side by side with a mark between them, not the items of a list."""
    start, at = first.start, first.end + 1
    if text[first.end : at] != "、" or at - start != 2 or text[start] not in CHINESE_DIGITS or first.unit is not None:
        return None
    before = text[start - 1 : start]
    if not before or before in "第、" or not _HAN.match(before) or not _begins_numeral(text, at):
        return None
    # 一、二级响应, 三、四线城市 name two things
    if text[at] not in CHINESE_DIGITS or not (text[start] == "两" or text[at + 1 : at + 2] in _COUNTED_BY_TWO):
        return None
    second, upper = _amount(text, at), read_numeral(text, at)
    if second is None or upper is None or second.kind in ("name", "bare", "words") or second.value_max is not None:
        return None
    low = times(first.value, upper.scales[0])
    if CHINESE_DIGITS[text[at]] != first.value + 1 or second.value != times(first.value + 1, upper.scales[0]):
        return None
    return replace(second, start=start, value=low, value_max=second.value)


def _per_hundred(text: str, at: int) -> Quantity | None:
    """百分之五点八, 百分之四到五."""
    match = _PER_HUNDRED.match(text, at)
    if match is None or match.end() >= len(text):
        return None
    place = match.end()
    negative = text[place] in "-负"
    place += negative
    if not (_begins_numeral(text, place) or text[place : place + 1] in ("几", "数")):
        return None
    numeral = read_numeral(text, place)
    if numeral is None:
        return None
    value, high, end, relation = numeral.value, numeral.value_max, numeral.end, numeral.relation
    if high is None:
        sign = _RANGE.match(text, end)
        if sign and sign.end() < len(text) and (text[sign.end()] in _STARTS_NUMERAL or text[sign.end()].isdigit()):
            other = read_numeral(text, sign.end())
            # 百分之四到五; not 百分之四到五年, where the second number has a unit of its own.
            if (
                other
                and other.value > value
                and other.value_max is None
                and other.form != "multiplier"
                and not _read_unit(text, other.end)
            ):
                high, end = other.value, other.end
    if negative:
        value = EXACT.minus(value)
    return Quantity(at, end, value, high, _PER_UNIT[text[at]], relation, "percent", (), end)


# ---------------------------------------------------------------------------------------------------------------------
# Ranks and ordinals

_ORDINAL: Final = compiled(r"第 ?(?P<ocr>[-—](?![\d—-]))?")
_RANK_UNIT: Final = compiled(r" ?(?:位|名(?!单|牌))|(?P<size>大)(?=[^学会])")
_RANK_CUE: Final = compiled(
    r"""
    (?: [居列排占位] | 名列 | 排名 | 跃[居升至] | 升[至到] | 跻身 | 夺得 | 荣获 | 获得? | 仅次于 | 保持 | 蝉联 )
    (?: [^，。；、,;\n第]{0,12} )$
  | (?: 全[国省市区县球州行]{1,2} | 世界 | 国内 | 亚洲 | 行业 | [中东西北南]部 | 地区 | [省市县区国]内?
      | 同类 | 系统 | 总量 | 总数 | 规模 | 增速 ) (?: 排名 )? [ ]?$
    """,
    re.VERBOSE,
)
_ARTICLE: Final = frozenset("条章节款页编卷图表")
_CALENDAR: Final = compiled(r" ?(?:季度?|个?月|年|天|日|周|星期|世纪|时间)")
_FIRST: Final = compiled(r"首(?P<rank>位|名)|(?P<top>榜首|头名|魁首)")


# 第2、3条, 第三至第五条, and a scanner's 第 1 0 条
_ARTICLES: Final = compiled(
    r"""
    第[ ]? (?: \d (?:[ ]\d){1,3}
            | [\d一二三四五六七八九十百]{1,5} (?: [、和至到-] 第?+ [\d一二三四五六七八九十百]{1,5}+ ){1,8} )
    [ ]?[条章节款页编卷]
    """,
    re.VERBOSE,
)


def _rank(text: str, at: int) -> Quantity | None:
    """第36位, 居全省第二, 第三批."""
    articles = _ARTICLES.match(text, at)
    if articles:
        return _name(at, articles.end())
    match = _ORDINAL.match(text, at)
    assert match is not None
    if match["ocr"]:
        # 第- : the scanner's 一, where nothing else can follow 第.
        end = match.end()
        if _rank_cue(text, at) or _RANK_UNIT.match(text, end):
            unit = _RANK_UNIT.match(text, end)
            stop = unit.end() if unit else end
            return Quantity(at, stop, Decimal(1), None, "位", "=", "rank", ("ocr",), end)
        return None
    place = match.end()
    numeral = read_numeral(text, place) if _begins_numeral(text, place) else None
    if numeral is None or numeral.form == "multiplier":
        return None
    end = numeral.end
    following = text[end : end + 1]
    squeezed = text[end : end + 2].strip()[:1]
    if (squeezed and squeezed in _ARTICLE) or _CALENDAR.match(text, end):
        return _name(at, end + 1)
    high = numeral.value_max
    sign = _RANGE.match(text, end)
    upper = read_numeral(text, sign.end()) if sign and _begins_numeral(text, sign.end()) else None
    if upper and upper.value > numeral.value and _RANK_UNIT.match(text, upper.end):
        high, end = upper.value, upper.end  # 第3—5名
    unit = _RANK_UNIT.match(text, end)
    if unit:
        return Quantity(at, unit.end(), numeral.value, high, "位", "=", "rank", (), end)
    if _rank_cue(text, at) and not (following and following in _measures()):
        return Quantity(at, end, numeral.value, high, "位", "=", "rank", (), end)
    if following and following in ",，、:：" and (at == 0 or text[at - 1] in '\n。；;，,“" '):
        return _name(at, end)  # 第一，…；第二，…
    counted = _read_unit(text, end)
    if counted and counted.kind == "name" and numeral.form == "digits":
        return _name(at, counted.end)  # 第06版
    if counted and counted.kind == "classifier":
        return Quantity(at, counted.end, numeral.value, high, counted.name, "=", "ordinal", (), end)
    return Quantity(at, end, numeral.value, high, None, "=", "ordinal", (), end)


def _rank_cue(text: str, at: int) -> bool:
    return _RANK_CUE.search(text[max(0, at - 16) : at]) is not None


def _first(text: str, at: int) -> Quantity | None:
    """首位, 榜首; 首届, 首批."""
    match = _FIRST.match(text, at)
    if match:
        return Quantity(at, match.end(), Decimal(1), None, "位", "=", "rank", (), match.end())
    unit = _match_unit(_units(), text[at + 1 : at + 6])
    if text[at] == "首" and unit and text[at + 1] in table("units")["first"]["measures"]:
        return Quantity(at, at + 1 + unit[1], Decimal(1), None, unit[0].name, "=", "ordinal", (), at + 1)
    return None


_FOLD: Final = compiled(r"翻(?:(?:了|上)?(?P<count>[一两二三四五六七八九1-9])?(?:番(?!茄)|倍(?!增))|一倍)")


def _fold(text: str, at: int) -> Quantity | None:
    """翻番 and 翻一番 are twice, 翻两番 four times."""
    match = _FOLD.match(text, at)
    if match is None:
        return None
    count = match["count"]
    number = 1 if count is None else CHINESE_DIGITS.get(count) or int(count)
    value = Decimal(2**number if match.group().endswith("番") else number + 1)
    return Quantity(at, match.end(), value, None, "倍", "=", "times", (), match.end())


def _ratio(text: str, start: int) -> list[Quantity] | None:
    """3.9∶59.5∶36.6 are shares of a whole; 1:50000 and 14:30 are nothing."""
    match = _RATIO.match(text, start)
    if match is None:
        return None
    parts = [(m.start(), m.end(), Decimal(m.group())) for m in _PLAIN_NUMBER.finditer(match.group())]
    total = sum((value for _, _, value in parts), Decimal(0))
    whole = Decimal("99") <= total <= Decimal("101") if len(parts) > 2 else total == 100
    if not whole:
        counted = text[match.end() : match.end() + 1] in ("万", "亿", "千", "百") or _read_unit(text, match.end())
        return None if counted and len(parts) == 2 else [_name(start, match.end())]  # 目标2：5亿元 is no ratio
    percent = text[match.end() : match.end() + 1] == "%"
    return [
        Quantity(
            start + a,
            start + b + (percent and b == match.end() - start),
            v,
            None,
            "%",
            "=",
            "percent",
            ("ratio",),
            start + b,
        )
        for a, b, v in parts
    ]


# ---------------------------------------------------------------------------------------------------------------------
# The scan

_SCAN: Final = compiled(
    r"""
    (?P<latin> [A-Za-z] [A-Za-z0-9._/:@?=&\#~+-]*+ )                 # PM2.5, GL8, COVID-19, addresses
  | (?P<digits> [0-9] | (?: (?<![^\n(（[:：、~=<>-]) | (?<=[^A-Za-z0-9.]\ ) ) \. (?=[0-9]) )   # .77
  | (?P<chinese> [零〇○一二两三四五六七八九十百千万亿廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟]++ )
  | (?P<vague> [几数] (?=[十百千万亿]) )                             # 几十, 数百; not 数据
  | (?P<half> 半 (?= [年个天小公里斤吨加数] ) | (?<=[过近超逾]) 半 (?= [的，。、；）,;)\s] | \Z ) )
  | (?P<ordinal> 第 ) | (?P<first> 首 | 榜首 | 头名 | 魁首 ) | (?P<fold> 翻 )
  | (?P<front> 前 [ ]? (?= [\d一二三四五六七八九十百] ) )
  | (?P<even> 持平 (?!衡|台) ) | (?P<vulgar> [½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒] ) | (?P<latex> \$ ) | (?P<document> 〔 )
    """,
    re.VERBOSE,
)
# What a candidate begins with: one set of characters, because that is what the scan spends its time on.
_BEGIN: Final = compiled(
    f"[A-Za-z0-9.零〇○一二两三四五六七八九十百千万亿廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟几数半第首榜头魁翻前持{''.join(_VULGAR)}$〔]"
)
_LONGEST_RUN: Final = 100
_DOCUMENT: Final = compiled(r"〔 ?\d{4} ?〕 ?第? ?\d{1,5} ?号?")
# Looked at before every number, so bounded; a run that is skipped is skipped whole.
_DIGIT_RUN: Final = compiled(r"[\d.,，]{1,32}+", re.ASCII)
_DIGITS: Final = compiled(r"\d++", re.ASCII)
_BROKEN: Final = compiled(r"[\d,]{1,32}(?:\.\d{0,32}+)?(?:[.,]{2,8}+\d{1,32}+){1,8}", re.ASCII)  # 1..2%, 1,,2,,3
_TWO_SIGNS: Final = compiled(r"[长降升落跌少加多低高为达比约至到占]--$|负负$")  # 增长--5%; behind a noun -- is a dash
# 增长—5%: a dash or a minus, who knows
_STROKE_SIGN: Final = compiled(r"(?<=[长降升落跌速幅]—)[\d.]{1,32}+ ?%", re.ASCII)
# 2⁵, 10^4, 10的4次方: a power, read as no number; behind any other digits ² is the mark of a note
_POWER: Final = compiled(
    r"""
    (?<![\d.]) (?:2|10) (?: [⁺⁻]? [⁰¹²³⁴-⁹]{1,4} )
  | [\d.]{1,32}+ (?: \^ [-+]? \d{1,4} | 的 [\d一二三四五六七八九十负-]{1,5} 次 [方幂] )
    """,
    re.VERBOSE | re.ASCII,
)
_POWER_SIGNS: Final = frozenset("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹^的")
_PLUS: Final = compiled(r"(?:^|[^0-9A-Za-z)）%+×*'’”」》\"])\+$")  # 增长+5.8%; not 5+2, 互联网”+100
_MULTIPLIERS: Final = compiled(r"[万亿千百十][万亿千百十\d.]{0,64}", re.ASCII)
_CURRENCY_TOKEN: Final = compiled(r"(?:US|HK|NT)?\$|RMB|CNY|USD|EUR|HKD|GBP|JPY|SDR")
_LETTERS_NUMBER: Final = compiled(r"(?P<letters>[A-Z]{3,5})(?P<number>\d{1,6}(?:\.\d{1,4})?)\.?")
_NOT_HALF_BEFORE: Final = frozenset("上下前后大多另")


NOTE: Final = r"(?:[⁰¹²³⁴-⁹]{1,3}[⁾)]?|[\[［]\d{1,2}[\]］]|[①-⑳]|\*{1,2})"
"""For a pattern: the mark of a note behind a number, 1203.5², 1203.5[2], 35①, 5.8*."""

# One between a number and its unit: 1203.5²亿元.
_MARK: Final = compiled(rf"(?<=[0-9万亿]){NOTE}(?=[万亿千百%‰个\u4e00-\u9fff])")


def _marked(text: str) -> list[re.Match[str]]:
    """The marks of notes that part a number and its unit; 2⁴ and 10³ are powers."""
    return [
        mark
        for mark in _MARK.finditer(text)
        if not _POWER_BEFORE.search(text[max(0, mark.start() - 3) : mark.end()])
        and (text[mark.end()] in "万亿千百" or _match_unit(_units(), text[mark.end() : mark.end() + _WINDOW]))
    ]


_POWER_BEFORE: Final = compiled(r"(?:^|[^0-9.])(?:2|10)[⁰¹²³⁴-⁹]{1,3}$")


@exactly
def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of ``text``, in order, without overlap.

    >>> [(q.of("同比增长5.8%，居全省第二"), q.value, q.unit) for q in find_quantities("同比增长5.8%，居全省第二")]
    [('5.8%', Decimal('5.8'), '%'), ('第二', Decimal('2'), '位')]
    """
    folded = plain(text)
    marks = _marked(folded)
    if not marks:
        return _find(folded)
    places: list[int] = []  # of each character without the marks
    at = 0
    for mark in marks:
        places += range(at, mark.start())
        at = mark.end()
    places += range(at, len(folded))
    return [
        replace(
            quantity,
            start=places[quantity.start],
            end=places[quantity.end - 1] + 1,
            number_end=places[quantity.number_end - 1] + 1,
        )
        for quantity in _find("".join(map(folded.__getitem__, places)))
    ]


def _find(folded: str) -> list[Quantity]:
    found: list[Quantity] = []
    at, size = 0, len(folded)
    begin, scan = _BEGIN.search, _SCAN.match
    while at < size:
        start = begin(folded, at)
        if start is None:
            break
        at = start.start()
        match = scan(folded, at)
        at = max(_read(folded, match, found) if match else at, at + 1)
        if len(found) > 1 and found[-1].kind == found[-2].kind == "name":
            del found[-2]  # of names that follow one another the last says enough
    _leave_torn(folded, found)
    return [quantity for quantity in _share_units(folded, found) if quantity.kind != "name"]


# What stands directly before a number that is only the rest of one: a comma with a group of another length behind it
# (5,00), the points and commas of other scripts.
_TORN: Final = compiled(r"[0-9][,，](?=0[0-9])|[٫٬]")


def _leave_torn(text: str, found: list[Quantity]) -> None:
    """Make names of quantities whose number is a part of what is no number that is known, and of what stands before."""
    torn = {place.end() for place in _TORN.finditer(text)}
    for at, quantity in enumerate(found):
        before = found[at - 1] if at else None
        gap = text[before.end : quantity.start] if before else ""
        # 5〇家: another number without a unit stands directly before it.
        joined = before is not None and not gap and _NUMERALS.issuperset(text[before.start : quantity.start + 1])
        if joined or (quantity.start in torn and (before is None or gap)):
            if before and before.kind == "bare" and (joined or gap in (",", "，", "٫", "٬")):
                found[at - 1] = _name(before.start, before.end)
            found[at] = _name(quantity.start, quantity.end)


_NUMERALS: Final = frozenset("0123456789零〇一二三四五六七八九十")  # without 陆 and 伍, which are more often names


def _read(text: str, match: re.Match[str], found: list[Quantity]) -> int:
    """Reads what begins at a candidate into ``found``; where the scan goes on."""
    start, group = match.start(), match.lastgroup
    if group == "digits":
        return _read_number(text, start, found)
    if group == "chinese":
        return _read_chinese(text, start, match.end(), found)
    if group == "latin":
        return _read_latin(text, match, found)
    if group == "vague":
        return _read_number(text, start, found)
    quantity: Quantity | None = None
    if group == "ordinal":
        quantity = _rank(text, start)
    elif group == "first":
        quantity = _first(text, start)
    elif group == "fold":
        quantity = _fold(text, start)
    elif group == "even":
        relation = "~" if text.endswith(_ROUGHLY, 0, start) else "="
        quantity = Quantity(start, match.end(), Decimal(0), None, None, relation, "even", (), match.end())
    elif group == "half":
        quantity = _half(text, start)
    elif group == "front":
        return _read_front(text, match, found)
    elif group == "vulgar":
        quantity = _vulgar(text, start, found)
    elif group == "latex":
        return _read_latex(text, start, found)
    elif group == "document":
        document = _DOCUMENT.match(text, start)
        return document.end() if document else start + 1
    if quantity is None:
        return match.end()
    found.append(_related(text, quantity))
    return quantity.end


_QUOTES: Final = frozenset("“「『《")


def _related(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the relation around it, and flagged where a quotation mark opens before it."""
    if quantity.kind == "name":
        return quantity
    if quantity.start and text[quantity.start - 1] in _QUOTES:
        quantity = replace(quantity, flags=(*quantity.flags, "quoted"))
    if quantity.kind in ("ordinal", "rank"):
        return quantity
    lone = "multiplier" in quantity.flags or "vague" in quantity.flags
    relation = _relation(text, quantity.start, quantity.end, quantity.relation, lone=lone)
    return quantity if relation == quantity.relation else replace(quantity, relation=relation)


def _read_latin(text: str, match: re.Match[str], found: list[Quantity]) -> int:
    """Latin words are passed over with their digits, but for a sum (RMB300万) and a share (GDP5.8%)."""
    token = match.group()
    ocr = _OCR_FRONT.match(text, match.start())
    if ocr and _HAN.match(text[match.start() - 1 : match.start()]):
        return _read_misread(text, ocr, found)
    currency = _CURRENCY_TOKEN.match(token)
    if currency:
        return match.start() + currency.end()
    short = _LETTERS_NUMBER.fullmatch(token)
    if short and text[match.end() : match.end() + 1] in ("%", "万", "亿"):
        return match.start() + short.start("number")
    return match.end()


def _read_number(text: str, start: int, found: list[Quantity]) -> int:
    """A number that begins with an Arabic digit, or with 几 or 数."""
    before = text[start - 1] if start else ""
    run = _DIGIT_RUN.match(text, start)
    follows = text[run.end() : run.end() + 1] if run else ""
    broken = _POWER.match(text, start) if follows and follows in _POWER_SIGNS else None
    if broken is None and before == "—":
        broken = _STROKE_SIGN.match(text, start)
    if broken is None and run and not run.group().isdigit():
        broken = _BROKEN.match(text, start)
    if broken or (before in ("-", "负") and _TWO_SIGNS.search(text[max(0, start - 3) : start])):
        end = broken.end() if broken else run.end() if run else start + 1
        found.append(_name(start, end))
        return end
    if (follows and follows in _MAY_BE_NAME) or (run and (run.end() - start >= 11 or run.group().count(".") > 1)):
        for pattern in (_DATE, _CHAIN, _DOTTED, _PRODUCT):
            match = pattern.match(text, start)
            if match and not (pattern is _PRODUCT and _read_unit(text, match.end()) and "+" not in match.group()):
                found.append(_name(start, match.end()))
                return match.end()
        ratio = _ratio(text, start)
        if ratio:
            found.extend(ratio)
            return max(q.end for q in ratio)
    if before and (
        (before in "+×*#_{^±'’" and not _PLUS.search(text[max(0, start - 2) : start]))
        or (before in _LABEL_END and _LABEL.search(text[max(0, start - 4) : start]))
    ):
        return run.end() if run else start + 1
    ocr = _OCR_DIGITS.match(text, start) if follows and follows in "OolI" else None
    if ocr and not ocr.group().replace(".", "").isdigit():
        return _read_misread(text, ocr, found)
    return _read_plain(text, start, found)


_OVER: Final = compiled(r"/\d{1,3}(?![\d/.])", re.ASCII)
_SUM_OF_DIGITS: Final = compiled(r"[\d+×*^/.NXn]{1,20}", re.ASCII)


def _read_plain(text: str, start: int, found: list[Quantity]) -> int:
    quantity = _amount(text, start)
    if quantity is None:
        run = _DIGITS.match(text, start)
        return run.end() if run else start + 1
    beyond = _MULTIPLIERS.match(text, quantity.number_end) if quantity.unit is None else None
    if beyond and (  # 1万万万元, 一百万千家: no number
        text[beyond.start()] in "万亿"
        or (_begins_numeral(text, beyond.start() - 1) and _read_unit(text, beyond.end()))  # not 新一轮十大
    ):
        found.append(_name(start, beyond.end()))
        return beyond.end()
    after = text[quantity.end : quantity.end + 2]
    if quantity.kind == "bare" and after and (after[0] in "+×/" or (after[0] == "*" and after[1:].isdigit())):
        end = quantity.end
        over = _OVER.match(text, end)
        if over and 0 < quantity.value < int(over.group()[1:]) <= 10:
            value, flags = _divided(quantity.value, Decimal(over.group()[1:]))
            quantity = Quantity(start, over.end(), value, None, None, "=", "fraction", flags, over.end())
        else:
            run = _SUM_OF_DIGITS.match(text, end)
            found.append(_name(start, run.end() if run else end))
            return found[-1].end
    begin, negative = _read_sign(text, start)
    if negative and quantity.kind != "name" and not (found and found[-1].end > begin):
        quantity = _negative(quantity, begin)
    quantity = _range(text, quantity) or quantity
    if quantity.kind == "words":
        quantity = _name(quantity.start, quantity.end)
    found.append(_related(text, quantity))
    return quantity.end


def _read_misread(text: str, match: re.Match[str], found: list[Quantity]) -> int:
    """1O5.3亿元: letters that can only be digits."""
    repaired = (
        text[: match.start()][-1:]
        + match.group().translate(str.maketrans("OolI", "0011"))
        + text[match.end() : match.end() + 24]
    )
    shift = match.start() - (1 if match.start() else 0)
    quantity = _amount(repaired, match.start() - shift)
    if quantity is None or quantity.kind in ("name", "bare"):
        return match.end()
    quantity = replace(
        quantity,
        start=quantity.start + shift,
        end=quantity.end + shift,
        number_end=quantity.number_end + shift,
        flags=(*quantity.flags, "ocr"),
    )
    found.append(_related(text, quantity))
    return quantity.end


_GOES_ON: Final = frozenset("分成半又多余来几点至到一的强弱")


def _counts_nothing(text: str, at: int) -> bool:
    """Whether one numeral character stands before a character that begins no unit and goes on no number: 一般, 三农."""
    after = text[at + 1 : at + 2]
    return (
        text[at] != "亿"
        and _HAN.match(after) is not None
        and after not in _GOES_ON
        and after not in _units()
        and _currency_before(text, at) is None
    )


def _read_chinese(text: str, start: int, end: int, found: list[Quantity]) -> int:
    """A run of Chinese numeral characters: a share, a number, or part of a word."""
    if end - start > _LONGEST_RUN:
        return end
    per_hundred = _per_hundred(text, start)
    if per_hundred:
        begin, negative = _read_sign(text, start)
        if negative:
            per_hundred = _negative(per_hundred, begin)
        wider = _range(text, per_hundred)
        found.append(_related(text, wider or per_hundred))
        return found[-1].end
    if text.startswith("百分百", start):  # a hundred per cent
        found.append(Quantity(start, start + 3, Decimal(100), None, "%", "=", "percent", (), start + 3))
        return start + 3
    if worded := _WORDED.match(text, start):  # 两位数增长, 零增长
        value, relation = (Decimal(0), "=") if worded["nought"] else (Decimal(10), "≥")
        found.append(Quantity(start, worded.end(), value, None, "%", relation, "percent", (), worded.end()))
        return worded.end()
    if text.startswith("一半", start) and not (start and text[start - 1] in _NOT_HALF_BEFORE):
        half = Quantity(start, start + 2, Decimal(50), None, "%", "=", "percent", (), start + 2)
        found.append(_related(text, half))
        return start + 2
    # 上万名, 近千家: a word of approximation makes a number of what is a word otherwise (万名干部).
    approximate = text[start] in "百千万亿" and _relation_before(text, start)[0] != "="
    word = None if approximate else _word_at(text, start)
    if word is not None:
        return word
    if end - start == 1 and _counts_nothing(text, start):
        return end
    if text[start] in FORMAL and end - start == 1:
        # 大陆, 收拾, 入伍: a formal digit by itself is a word unless it stands alone or counts money.
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if _HAN.match(before) or (_HAN.match(after) and after not in "元圆角"):
            return end
    behind = _read_plain(text, start, found)
    if behind < end and end - start > _WRITTEN_OUT and found[-1].unit is None:
        found[-1] = _name(start, end)  # 壹贰叁肆伍陆柒捌玖拾佰仟: the digits, listed
        return end
    return behind


_WRITTEN_OUT: Final = 8
_WORDED: Final = compiled(
    r"(?P<digits>[两双二]位数)(?=以?上?的?(?:高?增长|增速|增幅|涨幅|下降))|(?<=[增涨降]长)(?P<behind>[两双二]位数)"
    r"|(?P<nought>零)(?=增长)"
)
_ROUGHLY: Final = ("基本", "大体", "大致", "总体")
_LONE_HALF: Final = compiled(r"(?<=[过近超逾])半(?=[的，。、；）,;)\s]|\Z)")
_SHARE_BEFORE: Final = compiled("(?:占|比重|比例|份额)[^，。；、,;\n]{0,8}$")


def _half(text: str, start: int) -> Quantity | None:
    """半年, 半个月, 半公斤."""
    if start and text[start - 1] in _NOT_HALF_BEFORE:
        return None
    if _LONE_HALF.match(text, start):  # 占比过半; not 双过半, a slogan
        share = _SHARE_BEFORE.search(text[max(0, start - 12) : start - 1])
        return Quantity(start, start + 1, Decimal(50), None, "%", "=", "percent", (), start + 1) if share else None
    if text.startswith("半数", start):
        return Quantity(start, start + 2, Decimal(50), None, "%", "=", "percent", (), start + 2)
    unit = _read_unit(text, start + 1)
    if unit is None or unit.kind not in ("duration", "physical", "classifier"):
        return None
    if start and (text[start - 1] in "十百千万亿个" or text[start - 1].isdigit()):
        return None
    flags = ("indefinite",) if unit.kind == "classifier" else ()
    return Quantity(
        start, unit.end, Decimal("0.5"), None, unit.name, unit.relation, _QUANTITY_KIND[unit.kind], flags, start + 1
    )


def _vulgar(text: str, start: int, found: list[Quantity]) -> Quantity:
    """½, with its unit; with a whole number before it (1½倍) or 万 or 亿 behind it (½亿元) it is one number."""
    scale = next((word for word in ("万亿", "亿", "万") if text.startswith(word, start + 1)), "")
    number_end = start + 1 + len(scale)
    unit = _read_unit(text, number_end)
    end = unit.end if unit else number_end
    begin, whole = start, Decimal(0)
    if start and (text[start - 1].isdecimal() or text[start - 1] in _VULGAR):
        before = found.pop() if found and found[-1].end == start else None
        if before is None or before.kind != "bare" or not before.of(text).isdecimal():
            return _name(before.start if before else start, end)
        begin, whole = before.start, before.value
    part, flags = _divided(*map(Decimal, _VULGAR[text[start]]))
    value = times(EXACT.add(whole, part), {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale])
    if unit is None or unit.kind == "name":
        return Quantity(begin, number_end, value, None, None, "=", "fraction", flags, number_end)
    return Quantity(begin, end, value, None, unit.name, "=", _QUANTITY_KIND[unit.kind], flags, number_end)


def _read_front(text: str, match: re.Match[str], found: list[Quantity]) -> int:
    """全国前十, 前10位 is a rank of at most ten; 前三季度 is a time, 前3个 is an ordinal."""
    place = match.end()
    numeral = read_numeral(text, place)
    if numeral is None or numeral.form == "multiplier" or numeral.value > 500:
        return match.end()
    unit = _RANK_UNIT.match(text, numeral.end)
    counted = None if unit else _read_unit(text, numeral.end)
    if (unit and not unit["size"]) or (
        counted is None and _rank_cue(text, match.start()) and not text.startswith("强", numeral.end)
    ):
        end = unit.end() if unit else numeral.end
        found.append(Quantity(place, end, numeral.value, numeral.value_max, "位", "≤", "rank", (), numeral.end))
        return end
    if counted is None:
        return numeral.end
    return match.end()


def _read_latex(text: str, start: int, found: list[Quantity]) -> int:
    r"""$9 0 . 6 8 \%$: a number as a scanner's formula; the span covers the signs."""
    match = _LATEX.match(text, start)
    if match is None or not any(char.isdigit() for char in match["body"]):
        formula = _FORMULA.match(text, start)
        return formula.end() if formula else start + 1
    body = match["body"].replace("\\sim", "~").replace("\\", "").replace(" ", "").replace(",", "")
    repaired = body + text[match.end() : match.end() + 24]
    inner: list[Quantity] = []
    first = next(n for n, char in enumerate(repaired) if char.isdigit())
    if body[:first] not in ("", "-"):
        return start + 1
    _read_number(repaired, first, inner)
    if len(inner) != 1 or inner[0].kind == "name" or inner[0].end < len(body):
        return match.end()

    def place(n: int) -> int:
        return match.end() + max(0, n - len(body))

    quantity = replace(inner[0], start=start, end=place(inner[0].end), number_end=place(inner[0].number_end))
    found.append(_related(text, quantity))
    return quantity.end


# ---------------------------------------------------------------------------------------------------------------------
# Lists

_BETWEEN: Final = frozenset({"、", "和", "与", "及", "以及", ",", "，", "，和", "或", " 和 ", "、 ", " 、"})
_LARGEST_SHARED: Final = 1000


def _lacks_unit(quantity: Quantity) -> bool:
    """Whether a number may have its unit at the end of the list: 10万、20万和50万标箱."""
    if quantity.kind == "amount":
        return quantity.unit is None and not quantity.flags and quantity.value_max is None
    return quantity.kind == "bare"


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Gives the unit and multiplier at the end of a list to the bare numbers before it: 5.2、3.1和7.8亿元."""
    for last in range(len(found) - 1, 0, -1):
        giver = found[last]
        if giver.kind == "bare" or giver.value_max is not None or giver.kind in ("rank", "ordinal", "fraction"):
            continue
        first = last
        while first and _lacks_unit(found[first - 1]) and text[found[first - 1].end : found[first].start] in _BETWEEN:
            first -= 1
        # A comma alone may end a clause: the list must hold 、 or 和.
        joined = {text[found[n].end : found[n + 1].start] for n in range(first, last)}
        if first == last or not joined - {",", "，"}:
            continue
        if giver.kind == "name":
            for n in range(first, last):
                found[n] = _name(found[n].start, found[n].end)
            continue
        numeral = read_numeral(text, giver.start) if text[giver.start].isdigit() else None
        scale = numeral.scales[0] if numeral else 1
        for n in range(first, last):
            bare = found[n]
            shared = 1 if bare.kind == "amount" or (scale == 10**4 and bare.value >= _LARGEST_SHARED) else scale
            flags = (*(flag for flag in bare.flags if flag != "year-like"), "list")
            found[n] = replace(bare, value=times(bare.value, shared), unit=giver.unit, kind=giver.kind, flags=flags)
    return found
