"""Time expression → period: 去年10月, 2021—2023年, 今年1至7月, “十四五”期间, 截至6月底, 近三年.

Two steps. ``scan`` finds what is written, in one pass and without knowing when the text was written: a list of
``TimeMention``, each with a ``Meaning``. ``settle`` turns a meaning into days, given a ``Context``: the day of
publication, the year the document is about, the nearest period before it.

A point of time (今年上半年) is read by the first rule of ``RULES`` that matches at its place. What stands around a
point is grammar, the same for every rule: a second point (从…到…), an open end (以来, 起, 以前, 以后), 截至 before it.

Conventions. First and last day are both inclusive; an open end is None. A period has a code:
``2024``, ``2024-S1``, ``2024-Q1``, ``2024-02``, ``2024-05-20``, ``2024-01/2024-07``, ``2022/..``, ``../2024-06-30``.
年初 is January, 年底 December; 月初 is the first to the fifth, 月底 the twenty-fifth to the end; 末 of a month and
截至…底 are its last day. 以前 and 以后 leave out the period they name. Weeks run from Monday to Sunday, centuries
and decades from 0 to 9 (20世纪 is 1900 to 1999, as its decades are counted). A length of time (3年, 50余天, 连续5年)
is no period, and neither is a date that cannot be (2月30日).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from zzcli.lexicon import table
from zzcli.mentions.moments import (
    WHOLE_YEAR,
    Ago,
    Calendar,
    Context,
    Day,
    DayOfMonth,
    Decade,
    Feast,
    FirstMonths,
    Fixed,
    Meaning,
    Month,
    NoDate,
    Now,
    Open,
    Part,
    Period,
    Quarter,
    Range,
    SamePeriod,
    Stretch,
    Those,
    Vague,
    Week,
    Whole,
    Year,
    feasts,
    month_end,
    quarters,
)
from zzcli.mentions.numbers import DECIMAL_DIGITS
from zzcli.patterns import compiled, either
from zzcli.span import Span

__all__ = ["RULES", "Context", "Period", "Rule", "TimeMention", "carried", "find_periods", "is_aimed", "scan", "settle"]
_DAYS_OFF = compiled("假|周")


class TimeMention(Span, frozen=True):
    """A time expression as found: its place (without 截至, 从, 到; with 以来, 起, 以前), its rule and what it says."""

    rule: str
    meaning: Meaning
    flags: tuple[str, ...] = ()


# --- characters ---------------------------------------------------------------------------------------------------

# One character for one, so that places in the folded text are places in the text.
_FOLD = DECIMAL_DIGITS | str.maketrans(
    "○Ｏ—–－―‐−～〜∼~（）：，．／　\u00a0“”„＂「」『』"
    "個後來開週號這間時當從內兩國慶節黃長過現紀農歷點舊壹貳贰叁肆伍陸柒捌玖Ｑｑ",
    "〇〇----------():,./  " + '"' * 8 + "个后来开周号这间时当从内两国庆节黄长过现纪农历点旧一二二三四五六七八九Qq",
)
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= {str(i): i for i in range(10)} | {"零": 0, "两": 2}


def _number(written: str) -> int:
    """A whole number below 100, or digits one by one: 24, 二十四, 十, 廿三, 二〇二四."""
    written = written.replace("廿", "二十")
    if "十" in written:
        tens, _, ones = written.partition("十")
        return 10 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[ones[0]] if ones else 0)
    value = 0
    for character in written:
        value = 10 * value + _DIGITS[character]
    return value


# --- pieces of patterns -------------------------------------------------------------------------------------------

_S = r"[ \t]{0,2}"
_TO = rf"{_S}(?:-{{1,2}}|至|到){_S}"
_C = "[〇零一二三四五六七八九]"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_ONES = "[一二三四五六七八九]"
_DATE = rf"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十{_ONES}?|廿{_ONES}?|{_ONES})"
# a month or a day that no calendar has: 0月, 13月, 32日
_BAD_MONTH = rf"(?:00?|1[3-9]|[2-9][0-9]|[0-9]{{3}}|十[三四五六七八九]|[二三四五六七八九]十{_ONES}?)"
_BAD_DAY = rf"(?:00?|3[2-9]|[4-9][0-9]|[0-9]{{3}}|三十[二三四五六七八九]|[四五六七八九]十{_ONES}?)"
_COUNT = r"(?:[0-9]{1,3}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两])"
# 底, 末, 初 at the end of a stretch of time; not 2023年初步核算, 5月底线
_EDGE = r"(?:底(?![部线数层气色盘蕴座薪仓价版])|末(?![端梢])|初(?![步级中等次始心创稿审选赛]))"
_YEAR4 = rf"(?:1[0-9]{{3}}|2[01][0-9]{{2}}|[一二]{_C}{{3}})"
_NUMERAL = "[0-9〇零一二两三四五六七八九十百千几数多余]"
_ENDS = '[,.，。、；;:!?！？)\\]\n"]'


# 八月十五, 五月初五: a day in words without 日 is one of the lunar calendar more often than not
_LUNAR_DAY = rf"(?:初[一二三四五六七八九十]|(?:二?十|廿){_ONES}?|[二三]十)(?=[是的举]|{_ENDS}|$)"


def _apart(word: str, pattern: str = "") -> str:
    """The pattern of a word of time (or of its variants), but where the lexicon says that it is a part of another."""
    entry = table("periods")["apart"][word]
    before, behind, only = (re.escape(entry.get(key, "")) for key in ("before", "behind", "only_after"))
    left = f"(?<![{before}])" if before else rf"(?:(?<=[{only}])|(?<![\s\S]))" if only else ""
    return f"{left}(?:{pattern or word})" + (f"(?![{behind}])" if behind else "")


def _feast_names() -> dict[str, str]:
    names = {}
    for name, entry in feasts().items():
        for written in (name, *entry.get("written", ())):
            names[written] = name
    return names


_FEAST_NAME = _feast_names()
_WORDS = table("periods")["words"]

# 前三个月, 头三个月; not 提前三个月, 龙头三季度: 头 counts only where a clause or a year stands before it
_FIRST = r"(?:(?<!提)前|(?:(?<=[年度,，.。；;、:：！？ \n])|(?<![\s\S]))头)"

# A part of a year. Everything a year may be followed by, and what stands alone for the year of the text.
_PART = rf"""
(?:
    # halves and quarters: 上半年, 前三季度, 第四季度, 二、三季度, 首季, Q1
    (?P<half>[上下])半年(?!报)
  | {_FIRST}(?P<q_first>[二两三23])个?季度
  | 后(?P<q_last>[二两三23])个?季度
  | (?:(?P<q_one>首)(?:个季度|季度?)
      |第?(?P<q>[1-4一二三四])(?:(?<=第[1-4一二三四])个)?(?:(?:{_TO}|、|和)(?P<q2>[1-4一二三四]))?季度)
    (?P<q_edge>[初末底])?(?![节军赛])
  | [Qq](?P<qq>[1-4])(?![0-9A-Za-z])(?:季度)?
    # months: 前5个月, 首月, 第8个月, 八九月份, 1—9月, 1至7月份, 1、2月份
  | {_FIRST}(?P<m_first>{_COUNT})个?月(?!内)
  | 后(?P<m_last>{_COUNT})个?月(?!内)
  | 第(?P<m_th>{_COUNT})个月
  | (?P<m_one>首)个?月
  | (?P<m_pair>一二|二三|三四|四五|五六|六七|七八|八九)月份?
  | (?P<m>{_MONTH}){_S}(?:月{_S}份?)?(?:{_TO}|、|和)(?P<m2>{_MONTH}){_S}月(?:份|(?!{_S}{_DATE}{_S}[日号]))
    # days: 5月20日, 8月11日至22日, 4月12-19日
  | (?P<md>{_MONTH}){_S}月{_S}份?{_S}(?P<d>{_DATE}){_S}
    (?:(?:[日号]{_S})?(?:{_TO}|、){_S}(?P<d2>{_DATE}){_S})?
    [日号](?!{_S}[0-9]{{1,2}}(?![0-9时点:]))
  | (?P<md2>{_MONTH}){_S}月(?P<dd>3[01]|[12][0-9]|0?[1-9])(?={_ENDS}|$|{_TO}{_MONTH}月)(?![.,][0-9])
    # a month, or a third of it: 5月上旬, 6月底, 6月末, 3月初
  | (?P<m3>{_MONTH}){_S}月(?!{_LUNAR_DAY})(?:份|月)?
    (?P<third>上旬|中下旬|上中旬|中旬|下旬|[上下]半月|中(?=[,，。、])|{_EDGE})
  | (?P<m4>{_MONTH}){_S}月(?:份|(?![龄球饼季]|{_LUNAR_DAY}|{_S}{_BAD_DAY}{_S}[日号]))
    # the edges of the year: 年底, 年初, 年中
  | (?<!{_NUMERAL})(?P<edge>年?{_EDGE}|(?:年中|伊始)(?={_ENDS}|$|前|以前|之前))
    # 年内 is this year; 三年内, 数年内 are lengths, 全年无休 and 全年龄 no times
  | (?P<whole>全年度?(?![无龄候])|(?<!{_NUMERAL})(?<![每学财半整])(?:年内|年度内))
    # feasts: “五一”七天长假, 国庆黄金周, 春节
  | (?:"(?P<feast_quoted>{either(list(_FEAST_NAME))})"|(?P<feast>{either(list(_FEAST_NAME))}))
    (?!联欢|晚会|文艺|团拜|[0-9]|(?<=十五)[日号])
    (?P<feast_tail>(?:旅游)?(?:节?(?:[0-9一二三四五六七八九十]{{1,2}}[天日])?(?:小长假|长假|黄金周|假期|假日))|节|期间)?
)
"""

# A year, as written.
_YEAR = rf"""
(?:
    (?<![0-9])(?<!第)(?:公元)?(?P<y4>{_YEAR4}){_S}年(?:度(?!假))?(?!代|[级龄]|[多余])
    # 八五年, 九八年: said digit by digit; 七八年 is also “seven or eight years”
  | (?<![〇零一二三四五六七八九十百千第])
    (?P<y_said>三三|四[一二三四六七八九]|五[一二三四五七八九]|六[一二三四五六八九]|七[一二三四五六七九]|八[一二三四五六七八]|九[一-九〇零])
    年(?![代级龄多余来间后前])
    # 98年4月, 九七年一季度: two digits are a year only where a part of a year follows
  | (?<![0-9A-Za-z.第近约超满达共历〇一二三四五六七八九十百千年])'?(?P<y2>[0-9]{{2}}|{_C}{{2}}){_S}年
    (?={_S}(?:[1-9一二三四十首第QO上下前后年]|{_EDGE}))
  | (?P<y_now>今年度?)
  | (?P<y_ago3>大前年)
  | (?P<y_last>去年度?|旧年)
  | (?P<y_ago2>{_apart("前年")})
  | (?P<y_next>{_apart("明年", "明年度?")})
  | (?P<y_next2>{_apart("后年")})
  | (?P<d_last>{_apart("上年", "上一?年度?")}|以上年(?=[为度末同价]))
  | (?P<d_this>{_apart("本年", "本年度?")})
  | (?P<d_next>{_apart("下年", "下一?年度?")})
  | (?P<p_same>{_apart("同年")}|{_apart("当年")}|[那这]一年(?!代)|那年|该年度?)
  | (?P<p_next>{_apart("次年")}|翌年)
)
"""


def _read_part(found: re.Match[str], year: Year) -> Meaning | None:
    """The groups of ``_PART`` → a part of a year, or a feast."""
    g = found.groupdict()
    if g["feast_quoted"] or g["feast"]:
        written = g["feast_quoted"] or g["feast"]
        tail = g["feast_tail"] or ""
        name = _FEAST_NAME[written]
        alone = feasts()[name]["bare"] or len(written) > 2 or g["feast_quoted"]
        if not (alone or tail or (year.kind != "none" and written != "十一")):
            return None
        return Feast(year, name, off=bool(_DAYS_OFF.search(tail)))
    if g["m_first"] and year.kind == "none" and 1 < _number(g["m_first"]) <= 12:
        return FirstMonths(_number(g["m_first"]))
    if year.kind == "none" and g["edge"] == "年中" and found.string[max(0, found.start() - 1)] not in ",。；\n年":
        return None  # 五年中
    if g["m"] and g["m2"] and _number(g["m"]) > _number(g["m2"]):  # 11月至3月: over the turn of the year
        first, last = (Part("month", (_number(g[name] or ""), 0), (_number(g[name] or ""), 0)) for name in ("m", "m2"))
        return Range(Calendar(year, first), Calendar(Year("none"), last))
    part = _part(g)
    if part is None:
        return None
    if part.of(2024) is None:  # 2月30日: no such day in any year
        return NoDate()
    return Calendar(year, part)


def _part(g: dict[str, str | None]) -> Part | None:  # one branch a way of writing, in the order of the pattern
    if g["half"]:
        return Part("half", (1, 0), (6, 0)) if g["half"] == "上" else Part("half", (7, 0), (12, 0))
    if g["q_first"]:
        return quarters(1, _number(g["q_first"]))
    if g["q_last"]:
        return quarters(5 - _number(g["q_last"]), 4)
    if g["q_one"]:
        return quarters(1, 1, g["q_edge"] or "")
    if g["q"]:
        first = _number(g["q"])
        return quarters(first, _number(g["q2"] or g["q"]), g["q_edge"] or "")
    if g["qq"]:
        return quarters(int(g["qq"]), int(g["qq"]))
    if g["m_one"]:
        return Part("month", (1, 0), (1, 0))
    if g["m_first"] or g["m_last"] or g["m_th"]:
        months = _number(g["m_first"] or g["m_last"] or g["m_th"] or "")
        if not 1 <= months <= 12:
            return None
        if g["m_th"]:
            return Part("month", (months, 0), (months, 0))
        return Part("range", (1, 0), (months, 0)) if g["m_first"] else Part("range", (13 - months, 0), (12, 0))
    if g["m_pair"]:
        return Part("range", (_number(g["m_pair"][0]), 0), (_number(g["m_pair"][1]), 0))
    if g["m"] and g["m2"]:
        first, last = _number(g["m"]), _number(g["m2"])
        return Part("range", (first, 0), (last, 0)) if first < last else None
    if g["md2"] and g["dd"]:  # 10月22
        month, day = _number(g["md2"]), int(g["dd"])
        return Part("day", (month, day), (month, day), "day", approximate=True)
    if g["md"] and g["d"]:
        month, day = _number(g["md"]), _number(g["d"])
        last = _number(g["d2"]) if g["d2"] else day
        return Part("day" if last == day else "range", (month, day), (month, last), "day")
    if g["m3"] and g["third"]:
        month = _number(g["m3"])
        if g["third"] == "末":
            return Part("day", (month, month_end(2023, month).day), (month, 0), "day", close=True)
        first, last = _THIRDS[g["third"]]
        unit = "ten-days" if "旬" in g["third"] else "range"
        return Part(unit, (month, first), (month, last), "day", close=g["third"] == "底")
    if g["m4"]:
        return Part("month", (_number(g["m4"]), 0), (_number(g["m4"]), 0))
    if g["edge"]:
        edge = g["edge"][-1]
        if edge == "中":
            return Part("range", (6, 0), (7, 0), approximate=True)
        month = 12 if edge in "底末" else 1
        return Part("month", (month, 0), (month, 0), close=month == 12)
    return WHOLE_YEAR


_THIRDS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 0),
    "上中旬": (1, 20),
    "中下旬": (11, 0),
    "初": (1, 5),
    "中": (11, 20),
    "上半月": (1, 15),
    "下半月": (16, 0),
    "底": (25, 0),
    "末": (25, 0),
}
_YEAR_WORDS = {
    "y_now": Year("written", 0),
    "y_ago3": Year("written", -3),
    "y_last": Year("written", -1),
    "y_ago2": Year("written", -2),
    "y_next": Year("written", 1),
    "y_next2": Year("written", 2),
    "d_last": Year("document", -1),
    "d_this": Year("document", 0),
    "d_next": Year("document", 1),
    "p_same": Year("previous", 0),
    "p_next": Year("previous", 1),
}


def _read_year_word(found: re.Match[str]) -> Year | None:
    """The groups of ``_YEAR`` → how the year is written."""
    if found["y4"]:
        return Year("absolute", _number(found["y4"]))
    if found["y2"] or found["y_said"]:
        return Year("short", _number(found["y2"] or found["y_said"]))
    return next(year for group, year in _YEAR_WORDS.items() if found[group])


# --- rules --------------------------------------------------------------------------------------------------------


class Rule(Struct, frozen=True):
    """A way to write a point of time.

    Attributes:
        name: what the trace shows.
        starts: what it may begin with (of the folded text), one character or two; elsewhere it is not tried.
        pattern: matched at the place, on folded text.
        read: match → meaning; None where it is no time expression after all.
        examples: written → code, for a text published on 2024-09-30; they are its tests.
        joins: may be an end of a range.
        ends: may be followed by 以来, 起, 以前, 以后.
    """

    name: str
    starts: Sequence[str]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Meaning | None]
    examples: tuple[tuple[str, str | None], ...]
    joins: bool = False
    ends: bool = True


def _day_of(year: str, month: str, day: str) -> Meaning | None:
    try:
        found = date(_number(year), _number(month), _number(day))
    except ValueError:
        return None
    return Fixed(found, found, "day")


def _read_numeric(found: re.Match[str]) -> Meaning | None:
    return _day_of(found["y"], found["m"], found["d"])


def _read_numeric_month(found: re.Match[str]) -> Meaning | None:
    return _month_of(found["y"], found["m"])


def _month_of(year: str, month: str | None) -> Calendar:
    part = Part("month", (int(month), 0), (int(month), 0)) if month else WHOLE_YEAR
    return Calendar(Year("absolute", int(year)), part)


def _read_dotted_months(found: re.Match[str]) -> Meaning | None:
    return Range(_month_of(found["a"], found["am"]), _month_of(found["b"], found["bm"]))


def _read_years(found: re.Match[str]) -> Meaning | None:
    first, last = _number(found["a"]), _number(found["b"])
    if last < 100:
        last += first // 100 * 100
    if not 1000 <= first < last <= first + 200:
        return None
    return Range(Calendar(Year("absolute", first)), Calendar(Year("absolute", last)))


def _read_listed_year(found: re.Match[str]) -> Meaning | None:
    return Calendar(Year("absolute", _number(found["a"])))


def _read_year(found: re.Match[str]) -> Meaning | None:
    year = _read_year_word(found)
    if year is None:
        return None
    if year.kind == "absolute" and year.value < 1500 and year.value % 100 == 0:
        return None  # 1000年: a length, not a year
    if found["part"]:
        return _read_part(found, year)
    return None if found["y2"] else Calendar(year)


# 9999年12月31日, 0000年上半年, 民国三十五年五月: the year is written, and none that is read; so is 3年6月, a length
_YEAR_BEFORE = compiled(rf"(?:[0-9百千万亿十]|{_C}|(?<!{_NUMERAL})元){_S}年度?{_S}\Z")
_LONG_YEAR_BEFORE = compiled(rf"(?:[0-9]{{4}}|{_C}{{4}}|(?<![0-9])0{{1,3}}){_S}年度?{_S}\Z")


def _read_alone(found: re.Match[str]) -> Meaning | None:
    meaning = _read_part(found, Year("none"))
    before = found.string[max(0, found.start() - 12) : found.start()]
    if meaning is None or "年" not in before:
        return meaning
    month = found["m"] or found["md"] or found["md2"] or found["m3"] or found["m4"]  # 连续3年一季度 is of this year
    return NoDate() if (_YEAR_BEFORE if month else _LONG_YEAR_BEFORE).search(before) else meaning


def _read_no_date(found: re.Match[str]) -> Meaning | None:
    return NoDate()


def _read_lunar(found: re.Match[str]) -> Meaning | None:
    name = _FEAST_NAME.get(found["day"].rstrip("日"))
    return Feast(Year("none"), name, off=False) if name else NoDate()


def _read_plan(found: re.Match[str]) -> Meaning | None:
    number = _number(found["quoted"] or found["plain"])
    starts = {1: 1953, 2: 1958, 3: 1966, 4: 1971, 5: 1976}
    start = starts.get(number, 1981 + 5 * (number - 6))
    tail = found["tail"] or ""
    if not found["quoted"] and not tail and number < 11:
        return None
    if "末" in tail or "收官" in tail:
        start, years = start + 4, 1
    elif "初" in tail or "开局" in tail:
        years = 1
    else:
        years = 5
    granularity = "year" if years == 1 else "range"
    return Fixed(date(start, 1, 1), date(start + years - 1, 12, 31), granularity, "year")


def _read_decade(found: re.Match[str]) -> Meaning | None:
    relative = {"上": -1, "本": 0, "这": 0, "下": 1}.get(found["which"] or "")
    century = _number(found["century"]) if found["century"] else None
    decade = _number(found["decade"]) if found["decade"] else None
    last = _number(found["to"]) if found["to"] else decade
    if found["full"]:  # 1990年代
        century, decade = int(found["full"][:2]) + 1, int(found["full"][2:])
        last = decade
    elif decade is not None and last is not None:
        decade *= 10 if found["to"] and decade < 10 else 1  # 七八十年代
        if decade % 10 or last > 90 or last < decade:
            return None
    if century is not None and not 1 <= century <= 30:
        return None
    if century is None and relative is None and decade is None:
        return None
    third = (found["third"] or "")[:1]
    third = {"前": "初", "后": "末", "早": "初", "晚": "末"}.get(third, third)
    return Decade(century, relative, decade, third, 0 if decade is None or last is None else last - decade)


_MONTH_WORDS = {
    "上": ("written", -1),
    "下": ("written", 1),
    "当": ("previous", 0),
    "同": ("previous", 0),
    "次": ("previous", 1),
    "翌": ("previous", 1),
}


def _read_relative_month(found: re.Match[str]) -> Meaning | None:
    word = found["word"]
    # 月底, 上旬: of the month told before
    base, offset = _MONTH_WORDS.get(word[0], ("written", 0)) if word else ("previous", 0)
    if found["d"]:
        day = _number(found["d"])
        return Month(base, offset, day, day, "day")
    third = found["third"] or found["alone"]
    if third:
        if word is None and found["alone"] and third[0] == "月":
            third = third[1:]
        first, last = _THIRDS[third]
        return Month(base, offset, first, last, "ten-days" if "旬" in third else "range", close=third in "底末")
    return Month(base, offset)


def _read_relative_quarter(found: re.Match[str]) -> Meaning | None:
    which = found["which"]
    return Quarter({"上": -1, "本": 0, "这": 0, "下": 1}[which[0]] * len(which), found["edge"] or "")


def _read_week(found: re.Match[str]) -> Meaning | None:
    which = found["which"]
    offset = {"上": -1, "本": 0, "这": 0, "下": 1}[which[0]] * len(which)
    weekday = "一二三四五六日天末".index(found["weekday"]) if found["weekday"] else None
    if weekday == 8:
        return None
    return Week(offset, min(weekday, 6) if weekday is not None else None)


_DAY_WORDS = {
    "今": ("written", 0), "昨": ("written", -1), "明": ("written", 1), "前": ("written", -2), "后": ("written", 2),
    "当": ("previous", 0), "同": ("previous", 0), "次": ("previous", 1), "翌": ("previous", 1), "第": ("previous", 1),
}  # fmt: skip


def _read_relative_day(found: re.Match[str]) -> Meaning | None:
    if found["m"]:  # 今天（1月18日）: the date in brackets says which day it is
        month, day = _number(found["m"]), _number(found["d"])
        if found["y"]:
            return _day_of(found["y"], found["m"], found["d"])
        part = Part("day", (month, day), (month, day), "day")
        return Calendar(Year("written"), part) if part.of(2024) else None
    base, offset = _DAY_WORDS[found["word"][0]]
    return Day(base, offset)


def _read_day_of_month(found: re.Match[str]) -> Meaning | None:
    first = _number(found["a"])
    last = _number(found["b"]) if found["b"] else first
    return DayOfMonth(first, last) if first <= last else NoDate()  # 30日至5日


def _read_same_period(found: re.Match[str]) -> Meaning | None:
    word = found["which"]
    if not word:
        return SamePeriod(None)
    if word[0] in "12":
        return SamePeriod(Year("absolute", int(word[:4])))
    return SamePeriod({"去": Year("written", -1), "前": Year("written", -2)}.get(word[0], Year("document", -1)))


def _read_stretch(found: re.Match[str]) -> Meaning | None:
    word, tail, unit = found["word"] or "", found["tail"] or "", found["unit"]
    number = _number(found["n"])
    if not (word or tail) or not number:
        return None
    ahead = word.startswith(("未来", "今后", "接下来", "下"))
    if word in ("上", "下"):  # 上两个月, 下三年: whole ones, without the one of writing
        return Whole(number if ahead else -number, "year" if unit == "年" else "month")
    if word == "近" and not tail and (number > 5 or unit != "年" or found["more"]):
        return None  # 近10年 may as well be “nearly ten years”
    if unit == "年":
        if word == "这" and number > 1:
            return Those(number)
        if found["half"]:
            return Stretch("ahead" if ahead else "back", 12 * number + 6, False)
        if (found["more"] or found["more3"]) and not word:
            return Vague() if number < 3 else Stretch("back", 12 * number, True, since=True)
        return Stretch("ahead" if ahead else "back", 12 * number, True, since=bool(tail) and not word)
    if unit == "月":
        return Stretch("ahead" if ahead else "back", number if tail else max(number - 1, 0), False)
    return None


def _read_ago(found: re.Match[str]) -> Meaning | None:
    number = _number(found["n"]) if found["n"] else 0
    half, unit, way = found["half"] or found["half2"], found["unit"], found["way"]
    side = -1 if "前" in way else 1
    months = days = 0
    name = {"年": "year", "月": "month", "季度": "month"}.get(unit, "day")
    if unit == "年":
        months = 12 * number + (6 if half else 0)
        name = "month" if half else "year"
    elif unit == "月":
        months, days = number, 15 if half else 0
        name = "day" if half and number == 0 else "month"
    elif unit == "季度":
        months = 3 * number
    else:
        days = number * (7 if unit in ("周", "星期") else 1)
    if not months and not days:
        return None
    if name == "day" and found["bound"] is None:
        return None  # 开工15日前: counted from the act, not from the text
    if side > 0 and found["bound"] is None:
        return None  # 满五年后
    spread = 9 if found["more"] and unit == "年" and number % 10 == 0 else 0
    if found["more"] and unit == "年" and (not spread or half or len(way) > 1):
        return None
    return Ago(months, days, name, side, len(way) > 1, spread)


def _read_now(found: re.Match[str]) -> Meaning | None:
    return Now()


def _read_vague(found: re.Match[str]) -> Meaning | None:
    return Vague()


def _read_epoch(found: re.Match[str]) -> Meaning | None:
    written = table("periods")["epochs"][found["name"]]
    side = "since" if "前" not in found["way"] else "before"
    if len(written) == 4:
        year = int(written)
        point: Meaning = Fixed(date(year, 1, 1), date(year, 12, 31), "year", "year")
    elif len(written) == 7:
        year, month = int(written[:4]), int(written[5:])
        point = Fixed(date(year, month, 1), month_end(year, month), "month", "month")
    else:
        point = Fixed(date.fromisoformat(written), date.fromisoformat(written), "day")
    return Open(side, point)


def _read_span_word(found: re.Match[str]) -> Meaning | None:
    first, last = table("periods")["spans"][found["word"]]
    return Range(Calendar(Year("written", first)), Calendar(Year("written", last)))


def _read_bare_year(found: re.Match[str]) -> Meaning | None:
    year = Year("absolute", int(found["a"]))
    return Calendar(year, quarters(int(found["q"]), int(found["q"]))) if found["q"] else Calendar(year)


def _verbose(pattern: str) -> re.Pattern[str]:
    return compiled(pattern, re.VERBOSE)


_NUMERALS = "0123456789〇零一二三四五六七八九十两廿"
_EPOCHS = table("periods")["epochs"]
_SPANS = table("periods")["spans"]

RULES: tuple[Rule, ...] = (
    Rule(
        "no date",  # found, so that no year of its surroundings is taken for it
        "0123456789一二三四五六七八九十今去明前上本公西第",
        _verbose(rf"""
            (?<![0-9.])(?<!{_C})
            (?:
                (?P<year>(?:{_YEAR4}|[今去明前上本]){_S}年{_S})?
                (?:
                    {_BAD_MONTH}{_S}月{_S}(?:(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}}){_S}[日号]|(?(year)(?![龄球饼季])|(?!)))
                  | {_MONTH}{_S}月{_S}{_BAD_DAY}{_S}[日号]
                  | (?(year)(?:{_MONTH}{_TO}{_BAD_MONTH}|{_BAD_MONTH}{_TO}{_MONTH}){_S}月|(?!))
                  | (?(year)[第前]?|第)[05-9〇零五六七八九]个?季度
                )
              | [公西]元前[ ]?(?:[0-9]{{1,4}}|[一二三四五六七八九十百千〇零]{{1,7}})[ ]?(?:年|世纪)代?
            )
        """),
        _read_no_date,
        (
            *(("2024年13月", None), ("今年0月", None), ("32月1日", None), ("3月32日", None), ("公元前221年", None)),
            *(("2024年1—13月", None), ("今年五季度", None), ("第五季度", None)),
        ),
        joins=True,
        ends=False,
    ),
    Rule(
        "lunar date",  # found, so that its month is not taken for one of the common calendar; the feasts have their day
        "农阴旧夏",
        _verbose(rf"""
            (?:农|阴|旧|夏)历(?:[今去明前本当]年)?
            (?P<day>闰?(?:{_MONTH}|[正腊冬])月{_S}(?:初?{_DATE}[日号]?|[上中下]旬|[初底末])?)
        """),
        _read_lunar,
        (("农历八月十五", "2024-09-17"), ("农历三月", None), ("农历2024年", "2024")),
    ),
    Rule(
        "numeric date",
        "12",
        _verbose(r"""
            (?<![0-9A-Za-z/])(?<![0-9][.-])
            (?P<y>(?:1[5-9]|20|21)[0-9]{2})[-/.]
            (?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})
            (?![0-9%％元万亿/]|[.-][0-9])日?
        """),
        _read_numeric,
        (("2024-05-20", "2024-05-20"), ("2024/5/20", "2024-05-20"), ("2024.5.20", "2024-05-20"), ("2024-13-45", None)),
        joins=True,
    ),
    Rule(
        "compact date",
        "12",
        _verbose(r"""
            (?<![0-9A-Za-z./_№号-])(?<![0-9],)
            (?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])
            (?![0-9A-Za-z.%％/_-]|,[0-9]|[ ]?[元万亿千百个人户吨台件家名条次册亩斤米平立美公])
        """),
        _read_numeric,
        (("（20240520）", "2024-05-20"), ("20240520元", None), ("20241340", None)),
    ),
    Rule(
        "numeric month",
        "12",
        _verbose(r"""
            (?<![0-9A-Za-z./-])(?<![0-9],)
            (?P<y>(?:19|20)[0-9]{2})[-/](?P<m>0[1-9]|1[0-2]|[1-9](?=月))
            (?![0-9A-Za-z.%％]|[/-][0-9]{1,2}(?![0-9])|[ ]?[元万亿千百个人户吨台件家名号年])月?
        """),
        _read_numeric_month,
        (("（2024-05）", "2024-05"), ("2008-2010", None), ("2024.05亿元", None)),
        joins=True,
    ),
    Rule(
        "dotted months",  # 2024.05 alone is a number
        "12",
        _verbose(r"""
            (?<![0-9A-Za-z./-])(?<![0-9],)
            (?P<a>(?:19|20)[0-9]{2})\.(?P<am>0[1-9]|1[0-2])-{1,2}
            (?P<b>(?:19|20)[0-9]{2})(?:\.(?P<bm>0[1-9]|1[0-2]))?(?![0-9.%％元万亿])
        """),
        _read_dotted_months,
        (("（2019.08—2022.02）", "2019-08/2022-02"),),
    ),
    Rule(
        "years",
        "12一二",
        _verbose(rf"""
            (?<![0-9A-Za-z.])(?P<a>{_YEAR4}){_TO}
            (?P<b>{_YEAR4}|[0-9]{{2}}(?=年)){_S}(?:年度?|学年|(?=\)))(?!{_S}(?:{_MONTH}月|[底末初]|[上下]半年|第?[1-4一二三四]季度))
        """),
        _read_years,
        (("2021—2023年", "2021/2023"), ("1978至1985年", "1978/1985"), ("（2021-2025）", "2021/2025")),
    ),
    Rule(
        "listed year",
        "12",
        _verbose(rf"""
            (?<![0-9A-Za-z.])(?<![0-9],)(?P<a>{_YEAR4})
            (?=(?:[、和及与]{_YEAR4}){{1,6}}年|{_TO}(?:[0-9]{{4}}|[0-9]{{2}})年)
        """),
        _read_listed_year,
        (("2021、2022年", "2021"), ("2020至2022年上半年", "2020-01/2022-06")),
        joins=True,
    ),
    Rule(
        "decade",
        "0123456789一二三四五六七八九十上本这下",
        _verbose(rf"""
            (?= [0-9一二三四五六七八九十、和至到-]{{1,9}} (?:年代|世纪) | [上本这下]个?世纪 )
            (?:(?:
                (?P<century>(?<![0-9之半个近])(?:[12]?[0-9]|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九]))
              | (?P<which>[上本这下])个?
            )世纪)?
            (?:(?:
                (?P<full>(?<![0-9])(?:1[5-9]|20)[0-9]0)                  # 1990年代
              | (?P<decade>(?<![0-9])[1-9]0|[一二三四五六七八九]十?)      # 八十年代, 七八十年代, 70、80年代
                (?:(?:、|和|{_TO})?(?P<to>[1-9]0|[一二三四五六七八九]十))?
            )年代)?
            (?P<third>(?:[初末]|[前中后早晚末初]期|中叶)(?!中))?
            (?<=[纪代初末期叶])
        """),
        _read_decade,
        (
            ("上世纪八十年代", "1980/1989"),
            ("20世纪90年代", "1990/1999"),
            ("上世纪七八十年代", "1970/1989"),
            ("1990年代", "1990/1999"),
            ("21世纪", "2000/2099"),
            ("三年代", None),
        ),
    ),
    Rule(
        "same period",
        "12去上前同",
        _verbose(r"(?:(?P<which>20[0-9]{2}年|去年|上一?年|前年)同[期月季]|(?<![不合])同期)(?![声录])"),
        _read_same_period,
        (("1—8月，增长5%，去年同期", "2023-01/2023-08"), ("8月增长5%，去年同月", "2023-08"), ("同期", None)),
        ends=False,
    ),
    Rule(
        "year",
        (*"12034567890一二三四五六七八九〇零'今这去旧前明后本下同当那该次翌", "上年", "上一", "以上", "大前", "公元"),
        _verbose(rf"{_YEAR}(?:{_S}(?P<part>{_PART}))?"),
        _read_year,
        (
            ("2024年5月20日", "2024-05-20"),
            ("二〇二四年", "2024"),
            ("去年10月", "2023-10"),
            ("去年底", "2023-12"),
            ("今年上半年", "2024-S1"),
            ("今年1至7月", "2024-01/2024-07"),
            ("98年4月", "1998-04"),
            ("2024年末", "2024-12"),
            ("99999年", None),
            ("24年", None),
        ),
        joins=True,
    ),
    Rule(
        "span word",
        "今去明",
        _verbose(rf"(?P<word>{either(list(_SPANS))})"),
        _read_span_word,
        (("今明两年", "2024/2025"),),
        ends=False,
    ),
    Rule(
        "plan",
        (*"一二三四五六七八九十", *(f'"{numeral}' for numeral in "一二三四五六七八九十")),
        _verbose(r"""
            (?:"(?P<quoted>十?[一二三四五六七八九]|二十|十)五"
             | (?<![一二三四五六七八九十百第])(?P<plain>十[一二三四五六七八九])五(?![一二三四五六七八九十条次届个年月])
            )
            (?P<tail>(?:时期)?(?:末期?|初期?)|开局之年|收官之年|期间|时期)?
        """),
        _read_plan,
        (("“十四五”期间", "2021/2025"), ("“十三五”末", "2020"), ("十五五时期", "2026/2030"), ("第十五五", None)),
    ),
    Rule(
        "feast or part of the year",
        (
            *"123456789一二三四五六七八九十Qq前后头首第",
            *("上半", "下半", "全年", "年底", "年末", "年初", "年中", "年内", "年度", "伊始"),
            *(start for name in _FEAST_NAME for start in (name[:2], f'"{name[0]}')),
        ),
        _verbose(rf"""
            (?: (?![0-9一二三四五六七八九十])
              | (?<![0-9A-Za-z.第满几数两百半零〇一二三四五六七八九十廿])(?<![0-9][,/-])(?<![0-9]个)
            )
            (?<!健)(?<!安)
            (?:{_PART})
        """),
        _read_alone,
        (
            ("前三季度", "2024-01/2024-09"),
            ("1—9月", "2024-01/2024-09"),
            ("八九月份", "2024-08/2024-09"),
            ("3月25日", "2024-03-25"),
            ("国庆黄金周", "2024-10-01/2024-10-07"),
            ("春节", "2024-02-10"),
            ("全年", "2024"),
            ("13月45日", None),
            ("2月30日", None),
            ("3个月", None),
        ),
        joins=True,
    ),
    Rule(
        "month",
        "本这上下当同次翌今月中",
        _verbose(rf"""
            (?:
                (?P<word>{_apart("上月", "[上下]一?个?月")}|{_apart("本月", "这个月|[本今当同次翌]月")})
                (?:份?{_S}(?P<d>{_DATE}){_S}[日号]|(?P<third>上旬|中旬|下旬|[上下]半月|初|底|末))?
              | (?<![0-9一二三四五六七八九十半每个])(?P<alone>月[初底末](?!级)|[上中下]旬|[上下]半月(?![刊谈板]))
            )
        """),
        _read_relative_month,
        (("上月", "2024-08"), ("本月9日", "2024-09-09"), ("下个月", "2024-10"), ("以上月份", None)),
        joins=True,
    ),
    Rule(
        "quarter",
        "本上下这",
        _verbose(r"(?<!以)(?P<which>上{1,2}|下{1,2}|本|这)一?个?季度(?P<edge>[初末底])?"),
        _read_relative_quarter,
        (("上季度", "2024-Q2"), ("本季度", "2024-Q3")),
    ),
    Rule(
        "week",
        "上下本这",
        _verbose(rf"""
            (?<![以天])(?P<which>上{{1,2}}|下{{1,2}}|本|这)一?个?(?:{_apart("周")}|星期)
            (?P<weekday>[一二三四五六日天末](?![0-9年月]))?
        """),
        _read_week,
        (
            ("上周", "2024-09-23/2024-09-29"),
            ("本周", "2024-09-30/2024-10-06"),
            ("上周五", "2024-09-27"),
            ("上周期", None),
        ),
    ),
    Rule(
        "day",
        "今昨明前后当同次翌第",
        _verbose(rf"""
            (?P<word>今[天日早晚晨夜](?!头条)|昨[天日晚晨夜]
              | {_apart("明天", "明[天日晨晚]")}|{_apart("前天", "前[天日]")}|{_apart("后天")}
              | {_apart("当天", "当[天日]")}|{_apart("同日")}|{_apart("次日")}|翌日|第二天)
            (?:\([ ]?(?:(?P<y>(?:19|20)[0-9]{{2}})年)?(?P<m>[01]?[0-9])月(?P<d>[0-3]?[0-9])日[^)\n]{{0,10}}\))?
        """),
        _read_relative_day,
        (("今天（1月18日）", "2024-01-18"), ("昨天", "2024-09-29"), ("今日头条", None)),
        joins=True,
    ),
    Rule(
        "day of a month",
        "123456789一二三四五六七八九十廿",
        _verbose(rf"""
            # what stands before a day, and not before a length: 记者7日, 于8日, a clause that begins
            (?:^|(?<=[,，。；;、:!?！？()\[\]"\n \t《者报讯电于自从至到])
               | (?<!连续)(?<!连续第)(?<!为期)(?<![满近逾第每])
                 (?={_DATE}日(?:[电讯称说在从对]|[上下]午|晚|凌晨|{either(_WORDS["after_day"])})))
            (?<![0-9][.,])
            (?P<a>{_DATE})(?:(?:{_S}日)?{_TO}(?P<b>{_DATE}))?{_S}日
            (?!内|以(?!")|之|前|后|游|间|的|常|均|产|照|无|假|制|期|元|[0-9](?![0-9]?[时点:])|左右|余|多)
        """),
        _read_day_of_month,
        (("记者7日在港口看到", "2024-09-07"), ("15日内", None), ("90日", None), ("拘留15日", None)),
        joins=True,
    ),
    Rule(
        "up to now",
        [*(word[:2] for word in _WORDS["now"]), "截至", "截止", "迄今"],
        _verbose(rf"""
            (?:截[至止](?:到|至)?)?
            (?:{_apart("目前", either(_WORDS["now"]))}|(?:发稿|记者发稿)[时前])(?:为止)?(?![地]|事人|日)
          | 迄今(?:为止)?
        """),
        _read_now,
        (("截至目前", "../2024-09-30"), ("目前", "../2024-09-30")),
        ends=False,
    ),
    Rule(
        "vague",
        [word[:2] for word in _WORDS["vague"]],
        _verbose(rf"(?<![0-9〇一二三四五六七八九十附])(?:{either(_WORDS['vague'])})(?![均产度级纪])"),
        _read_vague,
        (("近年来", None), ("往年", None)),
        ends=False,
    ),
    Rule(
        "years up to now",
        _NUMERALS + "近最过刚这未今接上下",
        _verbose(rf"""
            (?:(?P<word>近|最近|过去的?|刚刚?过去的|这|未来|今后|接下来的?|(?<!以)[上下](?=(?:[二两三四五六七八九十]|[0-9]{{1,2}})[年个]))
             | (?<![0-9〇零一二三四五六七八九十百千万第几多数两.,每历近]))
            (?P<n>{_COUNT})(?P<more>[多余](?=[个年]))?(?:个(?=多?月))?(?P<more2>多(?=月))?(?P<unit>年|月)(?P<half>半)?(?P<more3>多(?=以?来))?
            (?P<tail>以来|来(?![源自到的看说]))?
            (?!代|级|的?(?:历史|时间)|以上|以下|左右|之久|期)
        """),
        _read_stretch,
        (
            ("近三年", "2022/2024"),
            ("过去五年", "2020/2024"),
            ("75年来", "1949/2024"),
            ("75年时间", None),
            ("连续5年", None),
        ),
        ends=False,
    ),
    Rule(
        "years ago",
        _NUMERALS + "半",
        _verbose(rf"""
            (?P<bound>^|(?<=[,，。；;、:!?！？()\[\]"\n《从自由在到比较]))?
            (?<![0-9〇零一二三四五六七八九十百千万第几数.每满届期近约])
            (?:(?P<n>{_COUNT})(?P<more>[多余几](?=年|个月))?(?:个(?=多?月|半|季|星))?(?:多(?=月))?|(?=半))
            (?P<half>半(?=[年月]))?
            (?P<unit>年|月|季度|周|星期|天|日)
            (?:(?<=年)(?P<half2>半))?
            (?P<way>前(?![0-9一二三四五六七八九十列期后])|后(?!来|期)|以前|之前|以后|之后)
        """),
        _read_ago,
        (("两年前", "2022"), ("三年以前", "../2021"), ("半年后", "2025-03"), ("满五年后", None), ("开工15日前", None)),
        ends=False,
    ),
    Rule(
        "epoch",
        [name[:2] for name in _EPOCHS],
        _verbose(rf"(?P<name>{either(list(_EPOCHS))})(?P<way>以来|以前|之前|前(?!提|后|夕|期))"),
        _read_epoch,
        (("改革开放以来", "1978-12/.."), ("新中国成立以来", "1949-10-01/.."), ("建国前", "../1949-09-30")),
        ends=False,
    ),
    Rule(
        "year without 年",
        "12",
        _verbose(rf"""
            (?<![0-9A-Za-z./_:%号第-])(?<![0-9],)
            (?P<a>(?:19[5-9]|20[0-4])[0-9])
            (?=\)|\s{{0,40}}\Z|{_S}(?:{either(_WORDS["after_year"])}|[Qq][1-4](?![0-9])))
            (?:(?<=\([0-9]{{4}})|(?!\)))(?:(?<=\A[0-9]{{4}})|(?!\s{{0,40}}\Z))
            (?:{_S}[Qq](?P<q>[1-4]))?
        """),
        _read_bare_year,
        (("2023全省税务机关", "2023"), ("世界银行（2016）", "2016"), ("2024Q1", "2024-Q1"), ("共2015家企业", None)),
    ),
)


# The rules to try where one or two characters stand; two say more, and hold the rules of the first of them as well.
_BY_START: dict[str, tuple[Rule, ...]] = {
    start: tuple(rule for rule in RULES if start in rule.starts or start[0] in rule.starts)
    for start in {start for rule in RULES for start in rule.starts}
}

# --- scan ---------------------------------------------------------------------------------------------------------

# Where an expression may begin; a run of digits or numerals is one candidate, however long it is.
_ALONE, _OPENING, _SECOND = (
    re.escape("".join(sorted(set(characters))))
    for characters in (
        [start for start in _BY_START if len(start) == 1],
        [start[0] for start in _BY_START],
        [start[1] for start in _BY_START if len(start) == 2],
    )
)
_CANDIDATE = _verbose(rf"""
    [{_OPENING}]
    (?: (?<=[0-9])[0-9]* | (?<=[〇零一二三四五六七八九十])[〇零一二三四五六七八九十百千万]*
      | (?<=[{_ALONE}]) | (?=[{_SECOND}]) )
""")
_AFTER_DIGITS = frozenset("年月日号季-至到、和天周星个半世多余几代 \t")
_JOIN = compiled(rf"起?{_TO}(?!今(?![年天日晚早])|目前|现在)")
_CLOCK = _verbose(r"""
    (?:\((?:星期|周|礼拜)[一二三四五六日天]\))?
    (?:
        [ ]?(?:上午|下午|中午|凌晨|清晨|晚上?|傍晚)?[ ]?
        [0-2]?[0-9](?:[时点](?:[0-5]?[0-9]分)?|:[0-5][0-9](?::[0-5][0-9])?)(?:许|整)?
    )?
""")
_AFTER = _verbose(rf"""
    {_S}(?:
      (?P<since>以来|[至到](?:今(?![年天日晚早])|目前|现在)|迄今|起(?![步草点诉重伏飞码源因跑来降薪吊落用家运征]))
    | (?P<around>左右|前后|上下)
    | (?P<before>以前|之前|前(?![0-9一二三四五六七八九十往后列沿期景来提所夕]))
    | (?P<after>以后|之后|后(?![期续方勤备劲来台所]))
    )
""")
_SINCE_FAR = compiled(r"开始|(?=[^,，。；;!！?？\n]{1,14}?以来)")
_UPTO_BEFORE = compiled(r"截[至止](?:到|至)?\Z")


def scan(text: str) -> list[TimeMention]:
    """Every time expression of a text, in order, not overlapping, unsettled.

    >>> [mention.of("去年10月以来，共3年") for mention in scan("去年10月以来，共3年")]
    ['去年10月以来']
    """
    folded = text.translate(_FOLD)
    return list(_scan(folded))


_MOST_ON_END = 16  # 2024年2024年2024年…: so many times with nothing between them tell nothing


def _scan(folded: str) -> Iterator[TimeMention]:
    """Every time expression but those of an endless run of them."""
    run: list[TimeMention] = []
    for mention in _each(folded):
        if run and mention.start > run[-1].end:
            if len(run) <= _MOST_ON_END:
                yield from run
            run = []
        if len(run) > _MOST_ON_END:
            run[-1] = mention
        else:
            run.append(mention)
    if len(run) <= _MOST_ON_END:
        yield from run


def _each(folded: str) -> Iterator[TimeMention]:
    done = 0
    for candidate in _CANDIDATE.finditer(folded):
        start = candidate.start()
        if start < done or (candidate[0][0] in "0123456789" and not _may_date(folded, candidate)):
            continue
        found = _point(folded, start)
        if found is None:
            continue
        rule, meaning, end = found
        if folded[start - 1 : start] in ("每", "逢") or folded[max(0, start - 2) : start] in ("每年", "历年"):
            done = end  # 每年3月: comes back, and dates nothing
            continue
        if rule.joins:
            join = _JOIN.match(folded, end)
            other = _point(folded, join.end(), joins=True) if join else None
            if other is not None:
                meaning, end = Range(meaning, other[1]), other[2]
        mention = _with_ends(folded, start, end, rule, meaning)
        done = mention.end
        yield mention


def _may_date(folded: str, candidate: re.Match[str]) -> bool:
    """Whether a run of digits can begin a time expression, by what follows it; most numbers cannot."""
    length = candidate.end() - candidate.start()
    if length in (4, 8):
        return True
    return length < 4 and folded[candidate.end() : candidate.end() + 1] in _AFTER_DIGITS


def _point(folded: str, at: int, joins: bool = False) -> tuple[Rule, Meaning, int] | None:
    """The point of time at a place, by the first rule that reads one."""
    for rule in _BY_START.get(folded[at : at + 2]) or _BY_START.get(folded[at : at + 1], ()):
        if joins and not rule.joins:
            continue
        found = rule.pattern.match(folded, at)
        if found is None or found.end() == at:
            continue
        meaning = rule.read(found)
        if meaning is not None:
            return rule, meaning, found.end()
    return None


def _with_ends(folded: str, start: int, end: int, rule: Rule, meaning: Meaning) -> TimeMention:
    """The mention with what stands around the point: 截至, 以来, 起, 以前, 以后, 左右, a clock time."""
    if isinstance(meaning, Now):
        return TimeMention(start, end, rule.name, meaning, ("upto",) if folded[start] in "截迄" else ())
    if not rule.ends:
        return TimeMention(start, end, rule.name, meaning)
    clock = _CLOCK.match(folded, end)
    if clock and clock.end() > end and folded[end - 1] in "日号天)":
        end = clock.end()
    before = folded[max(0, start - 4) : start]
    since = before.endswith(("自", "从", "由"))
    after = _AFTER.match(folded, end)
    if _UPTO_BEFORE.search(before):
        return TimeMention(start, end, rule.name, Open("upto", meaning), ("upto",))
    if after is None:
        if since and not isinstance(meaning, Range):
            far = _SINCE_FAR.match(folded, end)
            if far:
                return TimeMention(start, far.end(), rule.name, Open("since", meaning))
        return TimeMention(start, end, rule.name, meaning)
    if after["around"]:
        return TimeMention(start, end, rule.name, meaning, ("approximate",))
    if after["since"]:
        return TimeMention(start, after.end(), rule.name, Open("since", meaning))
    way = after["before"] or after["after"]
    if len(way) == 1 and not _takes_plain_end(meaning):
        return TimeMention(start, end, rule.name, meaning)
    side = "before" if after["before"] else "after"
    return TimeMention(start, after.end(), rule.name, Open(side, meaning))


def _takes_plain_end(meaning: Meaning) -> bool:
    """Whether 前 or 后 right behind it opens an end: 2030年前, 6月底前, but not 今年前."""
    if isinstance(meaning, Calendar):
        return meaning.part is not WHOLE_YEAR or meaning.year.kind in ("absolute", "short")
    return isinstance(meaning, (Fixed, Feast, Month))


# --- settle -------------------------------------------------------------------------------------------------------


def settle(mention: TimeMention, context: Context) -> Period:
    """The period that a mention means in a context; its code is None where the context does not settle it."""
    try:
        days = mention.meaning.days(context)
    except (ValueError, OverflowError):  # a year beyond the calendar
        days = None
    if days is None:
        vague = ("vague",) if isinstance(mention.meaning, Vague) else ("unsettled",)
        return Period(mention.start, mention.end, None, None, None, "", (*mention.flags, *vague))
    flags = dict.fromkeys((*mention.flags, *days.flags))
    return Period(mention.start, mention.end, days.code, days.first, days.last, days.granularity, tuple(flags))


def carried(mention: TimeMention, context: Context) -> Period | None:
    """What a time behind an unsettled mention hangs on: the period before; of a date that is none but its year.

    >>> text = "3月5日签约，2月30日开工，次日完工"
    >>> [period.code for period in find_periods(text, date(2024, 9, 30))]
    ['2024-03-05']
    """
    meaning = mention.meaning
    if isinstance(meaning, Calendar):
        year = meaning.year.of(context, meaning.part)
        if year is not None and date.min.year <= year <= date.max.year:
            return Period(mention.start, mention.end, None, date(year, 1, 1), date(year, 12, 31), "")
    if isinstance(meaning, NoDate):
        before = context.previous or Period(mention.start, mention.end, None, None, None, "")
        return replace(before, granularity="")
    return context.previous


_SENTENCE_END = compiled(r"[。！？!?\n]")
_AIMS = "将|拟|力争|争取|确保|预计|预期|有望|计划|目标|任务|安排|阶段"
_AIMING = compiled(rf"(?:[到至]|截至|面向|{_AIMS})[^，。；,;\n]{{0,6}}\Z")
_AIMED = compiled(rf"(?:前|之前|以前|内|起)|[^，。；,;\n]{{0,10}}?(?:{_AIMS})")
_APART = 12


def is_aimed(text: str, mention: Span) -> bool:
    """Whether the words around a time look ahead to it: 力争四季度投产, 全年目标, 下半年将开工.

    >>> text = "力争四季度投产，前三季度增长5%"
    >>> [is_aimed(text, mention) for mention in scan(text)]
    [True, False]
    """
    before = text[max(0, mention.start - _APART) : mention.start]
    return bool(_AIMING.search(before) or _AIMED.match(text, mention.end))


def find_periods(text: str, published: date | None = None) -> list[Period]:
    """The settled periods of a text, in order; what needs a day of publication is left out without one.

    >>> [period.code for period in find_periods("去年10月动工，今年上半年完成投资3亿元", date(2024, 9, 30))]
    ['2023-10', '2024-S1']
    """
    periods = []
    context = Context(published=published)
    at = 0
    for mention in scan(text):
        for end in _SENTENCE_END.finditer(text, at, mention.start):
            context = replace(context, near=False, previous=None if end[0] == "\n" else context.previous)
        at = mention.start
        period = settle(mention, replace(context, aimed=is_aimed(text, mention)))
        if period.code is None:
            before = carried(mention, context)
            context = context if before is context.previous else replace(context, previous=before, near=True)
            continue
        periods.append(period)
        if period.granularity != "now" and text[mention.start - 1 : mention.start] not in ("比", "较"):
            context = replace(context, previous=period, near=True)
    return periods
