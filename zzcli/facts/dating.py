"""When a document was published, and what each of its time expressions means.

The day of publication is the one that is given; else the one its dateline names; else its title names a year; else the
dates in the text allow one. What hangs on an inferred year says so (flag ``year-inferred``). The clock is never asked.

Each time expression has a role. ``date`` dates a statement; ``name`` belongs to the name of an event, a document or
a plan (2024年…展览会, “十四五”规划); ``basis`` is what something is compared with (比2020年增长); ``rule`` is any year
that a policy speaks of (对当年新增的企业给予奖励), and settles nothing.

A reader carries on the year from sentence to sentence, and so does this: 同年, 次年, 9月24日 take it from the nearest
date before them in the paragraph, 全年 and 上年 from the year that the document or the section is about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from zzcli.language import english
from zzcli.lexicon import table
from zzcli.mentions.moments import Calendar, Context, Fixed, Now, Open, Period, Range, SamePeriod
from zzcli.mentions.periods import TimeMention, carried, is_aimed, scan, settle
from zzcli.patterns import compiled, either
from zzcli.reading.reflow import Block, Text
from zzcli.span import Span

_REACHING = compiled(r"(?:达到|达|实现)\Z")
_BARE_YEAR = compiled(r"[（(]((?:19|20)\d\d)[）)]|\A((?:19|20)\d\d)")


class Dated(Period, frozen=True):
    """A period in a document. ``role``: ``date``, ``name``, ``basis`` or ``rule``; flag ``upto``: written with 截至."""

    role: str = "date"
    rule: str = ""


class Dating(Struct, frozen=True):
    """When a text was published and every time expression in it.

    Attributes:
        published: the day; where it is inferred, the latest day that the text tells of; None where nothing says it.
        origin: ``given``, ``dateline``, ``title``, ``inferred`` or ``none``.
        year: the year that the document is about (its title's, else the year of writing).
        periods: every time expression of the clean text, in order; code None where it is not settled.
        written: the year of writing, in which 今年 is told.
        reason: how published or written was found, in words for a caption.
    """

    published: date | None
    origin: str
    year: int | None
    periods: tuple[Dated, ...]
    written: int | None = None
    reason: str = ""


class _Source(Struct, frozen=True):
    """What is known of the time of writing. ``day`` is None where only the year is known or the day is inferred."""

    origin: str
    day: date | None
    written: int | None
    year: int | None
    reason: str
    sectioned: bool = False  # headings say which year a section is about
    report: bool = False
    inferred: bool = False


def date_text(text: Text, published: date | None = None) -> Dating:
    """Date a text.

    Args:
        text: the reflowed text.
        published: its day of publication, if it is known; it settles everything.
    """
    clean = text.clean
    mentions = scan(clean)
    roles = _roles(text, mentions)
    _set_rules(text, mentions, roles)
    source = _source(text, mentions, roles, published)
    periods = tuple(_settled(text, mentions, roles, source))
    day = source.day
    if source.inferred and source.written is not None:
        day = _latest(clean, periods, source.written)
    year = source.year if source.year is not None else source.written
    return Dating(day, source.origin, year, periods, source.written, source.reason)


# --- roles --------------------------------------------------------------------------------------------------------

_QUOTED = compiled(
    r"""
      《[^《》\n]{1,60}》      # 《…2023年…》
    | “[^“”\n，。；！？]{1,30}”
    | "[^"\n，。；！？,;]{1,30}"
    | 「[^「」\n，。；！？]{1,30}」
    """,
    re.VERBOSE,
)
_COMPARED = compiled(r"(?:[比较]|较之|相较于?|[高低多少好快优]于|相当于|基于|超过|超出)\Z")
_MAY_COMPARE = compiled(r"(?:与|和|同|跟|以|按)\Z")
_COMPARED_AFTER = compiled(
    r"[^，。；,;\n]{0,8}?(?:相比|比较|持平|相当|相同|一致|类似|相衔接|为基[期数准年]|为1?00|不变价|价格计算|可比价)|同比"
)
# 2012年以来最严重的旱情, 创近三年新高: how far back something is the greatest
RECORD_AFTER = compiled(
    r"(?:以?来)?的?(?:历史)?(?:同期)?(?:新[高低](?!度)|最[高低大小好快慢多少强优佳严](?!限度|程度)|首次(?!发)|第一次)"
)
_BASIS_AFTER = compiled(r"[^，。；,;\n]{0,6}?(?:基础上|水平(?!为|是))|的[0-9.]{1,6}倍")


def _roles(text: Text, mentions: Sequence[TimeMention]) -> list[str]:
    """The role of each mention."""
    clean = text.clean
    headings = [block for block in text.blocks if block.kind == "heading"]
    heads = [block.start for block in headings]
    quotes = [Span(found.start(), found.end()) for found in _QUOTED.finditer(clean)]
    starts = [quote.start for quote in quotes]
    roles: list[str] = []
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        quote = quotes[at] if at >= 0 and mention.end <= quotes[at].end else None
        role = _role(clean, mention, quote)
        if role == "date" and mention.rule == "plan" and _is_object(clean, mention):
            under = bisect_right(heads, mention.start) - 1
            # “十四五”发展成就 as a heading says which years its section is about
            role = "date" if under >= 0 and mention.end <= headings[under].end else "name"
        if roles and isinstance(mention.meaning, SamePeriod) and mentions[len(roles) - 1].end == mention.start:
            role = roles[-1]  # 较“十三五”同期
        roles.append(role)
    return roles


_SPAN = compiled(r"来\Z|\A近|\A过去")
_SESSION = compiled(r"第[一二三四五六七八九十\d]{1,3}[次届][^，。；、\n]{0,16}?(?:会|论坛)")
_HAN = compiled(r"[\u4e00-\u9fff]")
_DONE_OF = ("完成", "完成了", "占", "为", "达")
_SET_BEFORE = ("预算", "计划", "目标", "任务", "人代会", "确定", "下达", "制定", "提出")


def _role(clean: str, mention: TimeMention, quote: Span | None) -> str:
    before = clean[max(0, mention.start - 4) : mention.start]
    if _COMPARED.search(before) or (isinstance(mention.meaning, SamePeriod) and mention.meaning.year is not None):
        return "basis"
    if _MAY_COMPARE.search(before) and _COMPARED_AFTER.match(clean, mention.end):
        return "basis"
    if _BASIS_AFTER.match(clean, mention.end) and not _REACHING.search(before):
        return "basis"
    if _SPAN.search(mention.of(clean)) and RECORD_AFTER.match(clean, mention.end):
        return "basis"
    if _SESSION.match(clean, mention.end) and before and _HAN.match(before[-1]):
        return "name"  # 6月18日，全市召开2025年第二次调度会: the meeting is on the day
    if clean.startswith(_SET_BEFORE, mention.end) and mention.of(clean).endswith("初"):
        return "name"  # 完成年初预算的45%: what was set then, not when it is so
    if clean.startswith(_SET_BEFORE, mention.end) and before.endswith(_DONE_OF):
        return "name"  # 完成全年任务的60%: the plan is of the year, not the share of it
    if _IN_BRACKETS.match(clean, mention.start - 1, mention.end + 1):
        return "name"  # 李明（2014）认为: where it was written, or the year of an edition
    if mention.of(clean).endswith("之年") and before.endswith(_IS):
        return "name"  # 今年是“十五五”开局之年: what the year is
    if quote is not None and quote.start < mention.start:
        named = clean[quote.start] == "《" or (_may_name(mention) and mention.end < quote.end - 1)
        if named:
            return "name"
    if _may_name(mention) and _names_something(clean, mention.end):
        return "name"
    return "date"


_IN_BRACKETS = compiled(r"[（(]\d{4}[)）]")
_IS = ("是", "为", "作为", "迎来", "进入", "即")
_CLAUSE_HEAD = compiled(r"(?:\A|[，。；：！？、,;:!?\s\n])\Z")


@cache
def _plan_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("events")
    objects = either(words["plan_objects"])
    return compiled(rf"(?:{objects})(?:[我全][国省市县区州])?\Z"), compiled(either(words["plan_heads"]))


def _is_object(clean: str, mention: TimeMention) -> bool:
    """Whether the bare name of a plan is no time, but what is done or what something is of: 实现“十四五”良好开局."""
    if not mention.of(clean).rstrip('”"’」').endswith("五"):
        return False  # “十四五”期间, “十四五”末
    objects, heads = _plan_words()
    before = clean[max(0, mention.start - 8) : mention.start]
    return bool(heads.match(clean, mention.end)) or (
        not _CLAUSE_HEAD.search(before[-1:]) and bool(objects.search(before))
    )


# Words for a year that is told by another; in a rule they are any year. 年底前 is a day that is meant.
_ANY_YEAR = compiled(r"\A(?:当年|同年|次年|[上下本]一?年度?|年[末底初]|年内|全年|上年末)")
_OF_A_KIND = compiled(
    r"""
      对 [^，。；]{2,40} (?: 的 | 企业 | 单位 | 项目 | 机构 | 个人 ) [，、]
    | 的 (?: 企业 | 单位 | 项目 | 机构 | 个人 )? [，；]
    | 每 [年家户人个]
    """,
    re.VERBOSE,
)
_GIVEN = compiled(r"累计|共(?:兑现|发放|拨付)|兑现|发放了|已(?:经|发|兑|拨|落|支)|同比|比上年")


@cache
def _grants() -> re.Pattern[str]:
    return compiled("|".join(table("events")["grants"].split()))


def _set_rules(text: Text, mentions: Sequence[TimeMention], roles: list[str]) -> None:
    """Give the role ``rule`` to 当年, 上一年度, 年末 in a sentence that sets one, unless the sentence names a year."""
    clean = text.clean
    policy = any(block.kind == "heading" and _POLICY_TITLE.search(block.of(clean)) for block in _head(text))
    starts = [sentence.start for sentence in text.sentences]
    named = seen = -1  # the sentence that names a year; the one that was looked at last
    sets, yearly = False, -1  # whether that one sets a rule, and where it says 每年
    for place, mention in enumerate(mentions):
        at = bisect_right(starts, mention.start) - 1
        if at < 0 or roles[place] != "date":
            continue
        written = mention.of(clean)
        if not _ANY_YEAR.match(written):
            named = at if _names_a_year(mention) else named
            continue
        if seen != at:
            sentence, seen = text.sentences[at], at
            sets, yearly = _sets_rule(clean, sentence, policy), clean.find("每年", sentence.start, sentence.end)
        if 0 <= yearly < mention.start and written[0] in "当次同":
            roles[place] = "rule"  # 每年3月底前申报，当年6月底前审核
        elif sets and named != at and not _is_deadline(mention):
            roles[place] = "rule"


def _is_deadline(mention: TimeMention) -> bool:
    """Whether an expression is a span of days that is meant, as 年底前 is."""
    meaning = mention.meaning
    return isinstance(meaning, Range) or (isinstance(meaning, Open) and meaning.side == "before")


def _names_a_year(mention: TimeMention) -> bool:
    """Whether an expression names its year or counts it from the year of writing."""
    meaning = mention.meaning
    if isinstance(meaning, Open):
        meaning = meaning.point
    return isinstance(meaning, Calendar) and meaning.year.kind in ("absolute", "written")


def _sets_rule(clean: str, sentence: Span, policy: bool) -> bool:
    """Whether a sentence says what is given or asked for in every case of a kind."""
    if _GIVEN.search(clean, sentence.start, sentence.end):
        return False
    grants = _grants().search(clean, sentence.start, sentence.end) is not None
    return (grants or policy) and (
        (grants and policy) or _OF_A_KIND.search(clean, sentence.start, sentence.end) is not None
    )


def _may_name(mention: TimeMention) -> bool:
    """Whether the expression is of a kind that names carry: a year, years, a plan."""
    meaning = mention.meaning
    if isinstance(meaning, Calendar):
        return meaning.year.kind == "absolute" and meaning.part.granularity == "year"
    if isinstance(meaning, Range):
        ends = (meaning.first, meaning.last)
        return all(isinstance(end, Calendar) and end.part.granularity == "year" for end in ends)
    return isinstance(meaning, Fixed) and meaning.granularity in ("range", "year")


@cache
def _name_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words: dict[str, Any] = table("periods")["names"]

    # 2025年中国（江城）茶业博览会
    stretch = r"(?:[^\s，。；：、,;:（）()！？“”《》\"—]|（[^（）\s，。]{1,8}+）)"
    return (
        compiled(rf"((?!的){stretch}{{0,26}}?)(?:{either(words['heads'])})"),
        compiled(rf"((?!的){stretch}{{2,26}}?)(?:{either(words['soft_heads'])})(?=[》”\"」』）)，。；、,;：:]|\Z|\n)"),
        compiled(either(words["verbs"])),
    )


def _names_something(clean: str, at: int) -> bool:
    """Whether the words right behind a year are the name of something: 2024年德国柏林国际轨道交通技术展览会."""
    heads, soft, verbs = _name_words()
    for pattern in (heads, soft):
        found = pattern.match(clean, at)
        if found and not verbs.search(found[1]):
            return True
    return False


# --- the time of writing ------------------------------------------------------------------------------------------

_LABEL = compiled(
    r"""
      (?:发布|发文|成文|公布|印发|签发|刊发|更新|上传|报道|撰写)?(?:时间|日期)[ \t]{0,20}[:：]?[ \t]{0,20}\Z
    | (?:发布|印发|公布)(?:[:：]|于)\Z
    """,
    re.VERBOSE,
)
_ASSEMBLY = compiled(r"[，, ]?在[^。；\n]{4,40}(?:大会|会议|全会|论坛)[^。；\n]{0,12}上")
_WIRE = compiled(r"[ \t]{0,40}(?:电|讯)|[ \t]{0,40}(?:[\]】)）]|本报|记者)")
_ONLY_DATE = compiled(r"[\s（）()\[\]【】\-—]*")
_ISSUE = compiled(r"[（(]?(?P<date>(?:19|20)\d{6})[）)]?")
_AHEAD = compiled(r"(?:到|至|预计|计划|力争|将于?|拟于?|争取|确保|规划|展望|面向|迈向|以前|之前|有望)\Z")
_NEAR = 64  # characters around a day that can make it a dateline: more than any of the lengths asked for
_HEAD_BLOCKS = 30
_HEAD_LENGTH = 1500

_REPORT_TITLE = compiled(r"工作报告|工作要点|工作计划|计划[^，。]{0,12}报告|预算[^，。]{0,12}报告|工作安排")
_PLAN_TITLE = compiled(r"(?:方案|计划|规划|通知|意见|办法|措施|安排|要点|任务)(?:[（(][^（）()]{1,20}[）)])?\Z")
_POLICY_TITLE = compiled(r"(?:意见|办法|细则|条例|规定|政策|措施|方案|奖补|通告|准则)(?:[（(][^（）()]{1,20}[）)])?\Z")
_ABOUT_TITLE = compiled(r"公报|运行|形势|统计|年报|季报|月报|总结|回顾|分析|述评|情况|开局")
_TITLE_LENGTH = 70
_NUMBERED = compiled(r"[（(]?[一二三四五六七八九十0-9]{1,3}[、.．)）]")
_YEARS_WORK = compiled(r"(?:19|20)\d\d年[^。]{0,20}(?:工作|回顾|总结|任务|目标|安排|重点)")
_DEPUTIES = "各位代表"


def _source(text: Text, mentions: Sequence[TimeMention], roles: Sequence[str], given: date | None) -> _Source:
    """What the text says of the time of its writing."""
    title = _title(text, mentions)
    if given is not None:
        return _with_title(_Source("given", given, given.year, None, english("given")), title, text)
    dateline = _dateline(text, mentions)
    if dateline is not None:
        day, words = dateline
        return _with_title(_Source("dateline", day, day.year, None, words), title, text)
    if title is not None:
        written = title.years[-1] if title.report or title.partial else title.years[-1] + 1
        source = _Source("title", None, written, None, english("the title names {year}", year=title.years[-1]))
        return _with_title(source, title, text)
    return _inferred(text, mentions, roles)


class _Title(Struct, frozen=True):
    years: tuple[int, ...]
    report: bool  # a work report or a plan: it was written in the year it names
    partial: bool  # about a part of a year


def _with_title(source: _Source, title: _Title | None, text: Text) -> _Source:
    """The source with what the title says, or, without one, what the headings say: 一、2025年工作回顾."""
    if title is None:
        report = _DEPUTIES in text.clean[: 2 * _HEAD_LENGTH]
        sectioned = report or any(
            block.kind == "heading" and _YEARS_WORK.search(block.of(text.clean)) for block in text.blocks
        )
        return replace(source, sectioned=sectioned, report=report)
    year = title.years[-1]
    if source.written is not None and not source.written - 2 <= year <= source.written + 1:
        return source
    return replace(source, year=year, sectioned=True, report=title.report)


def _title(text: Text, mentions: Sequence[TimeMention]) -> _Title | None:
    """The title, where it names the year that the document is about."""
    starts = [mention.start for mention in mentions]
    for block in _head(text):
        words = block.of(text.clean)
        if len(words) > _TITLE_LENGTH or "。" in words or _NUMBERED.match(words):
            continue
        report = bool(_REPORT_TITLE.search(words))
        if not report and not (_ABOUT_TITLE.search(words) and block.kind == "heading"):
            continue
        years, partial = [], False
        for mention in mentions[bisect_right(starts, block.start - 1) :]:
            if mention.start >= block.end:
                break
            period = settle(mention, Context())
            if period.first and period.last and period.first.year == period.last.year and period.granularity != "day":
                years.append(period.last.year)
                partial = period.last.month < 12
        if not years and report:
            bare = _BARE_YEAR.search(words)
            if bare:
                years.append(int(bare[1] or bare[2]))
        if years:
            return _Title(tuple(sorted(years)), report, partial)
    return None


def _head(text: Text) -> Iterator[Block]:
    """The blocks before the text proper."""
    seen = 0
    for block in text.blocks[:_HEAD_BLOCKS]:
        yield block
        seen += block.end - block.start if block.kind != "furniture" else 0
        if seen > _HEAD_LENGTH:
            return


def _dateline(text: Text, mentions: Sequence[TimeMention]) -> tuple[date, str] | None:
    """The day of publication as the text itself names it, and how."""
    clean = text.clean
    starts = [mention.start for mention in mentions]
    best: tuple[int, date, str] | None = None
    zone = list(_head(text))
    tail = [block for block in text.blocks[-6:] if block not in zone]
    for block in (*zone, *tail):
        words = block.of(clean)
        if block.kind == "heading" and (issue := _ISSUE.search(words)) and (day := _compact(issue["date"])):
            best = _better(best, (4, day, english("the title names {day}", day=day.isoformat())))
        for mention in mentions[bisect_right(starts, block.start - 1) :]:
            if mention.start >= block.end:
                break
            period = settle(mention, Context())
            if period.granularity != "day" or period.first is None:
                continue
            before = clean[max(block.start, mention.start - _NEAR) : mention.start]
            after = clean[mention.end : min(block.end, mention.end + _NEAR)]
            score = _dateline_score(before, after, block in tail)
            if score:
                best = _better(best, (score, period.first, english("dateline {words}", words=mention.of(clean))))
    return (best[1], best[2]) if best else None


def _better(best: tuple[int, date, str] | None, new: tuple[int, date, str]) -> tuple[int, date, str]:
    return new if best is None or new[0] > best[0] else best


def _compact(written: str) -> date | None:
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def _dateline_score(before: str, after: str, at_end: bool) -> int:
    """How surely a day is the day of publication, by what stands around it in its block; 0 is not at all."""
    alone = _ONLY_DATE.fullmatch(before) and _ONLY_DATE.fullmatch(after)
    if at_end:
        return 3 if alone else 0
    if len(before) <= 12 and _ASSEMBLY.match(after):
        return 6
    if alone or _LABEL.search(before):
        return 5
    if _WIRE.match(after) and len(before) <= 30:
        return 4
    if len(before) + len(after) <= 40 and "，" not in before + after and "来源" in before + after:
        return 2
    return 0


# Words that count from the year of writing, which their writer would not write out beside them.
_COUNTED = compiled(r"今年|本年度|去年|前年|明年")
_IS_THE_YEAR = compiled(r"[，,]?是")
_TARGET_AFTER = compiled(r"(?:年)?(?:度)?(?:计划|目标|预算|预期|任务|工作|重点)")


def _inferred(text: Text, mentions: Sequence[TimeMention], roles: Sequence[str]) -> _Source:
    """The year of writing from the years that the text names: none of them lies after it, but for plans.

    Who writes 今年 does not often write the year itself: where the years that are over are told in a row (2022年,
    2023年), the one of writing comes next. One such year alone does not say how long ago it was, and settles nothing.
    """
    clean = text.clean
    named: dict[int, list[tuple[TimeMention, str]]] = {}
    for mention, role in zip(mentions, roles, strict=True):
        if mention.rule in ("plan", "decade", "epoch") or isinstance(mention.meaning, Now):
            continue
        period = settle(mention, Context())
        if period.code is None or _AHEAD.search(clean[max(0, mention.start - 4) : mention.start]):
            continue
        if isinstance(mention.meaning, Open) and mention.meaning.side == "before":
            continue
        day = period.last if period.last is not None else period.first
        if day is not None and role != "basis":
            named.setdefault(day.year, []).append((mention, role))
        elif day is not None:
            named.setdefault(day.year, [])
    if planned := _planned(text, mentions):
        return _Source(
            "inferred", None, planned, None, english("its title plans from {year}", year=planned), inferred=True
        )
    if not named:
        return _Source("none", None, None, None, english("the text names no year"))
    latest = _without_projections(sorted(named))
    plain = [
        mention
        for mention, role in named[latest]
        if role == "date"
        and isinstance(mention.meaning, Calendar)
        and mention.meaning.part.granularity == "year"
        and not _TARGET_AFTER.match(clean, mention.end)
    ]
    # 2024年是关键之年, and a name with the year in it, are told within that year
    within = len(plain) < len(named[latest]) and (not plain or any(role == "name" for _, role in named[latest]))
    within = within or any(_IS_THE_YEAR.match(clean, mention.end) for mention in plain)
    # 2017年1—7月: what is added up within a year is told within it
    within = within or any(_adds_up(mention) for mention, _ in named[latest])
    over = _COUNTED.search(clean) and not within and (plain or not _target_year(clean, mentions, latest))
    if over and latest - 1 not in named:
        # 2021年规模300亿元。今年3月，规模518亿元: one year that is over does not say how long ago it was
        reason = english("the text names {year} as a year that is over, and not its own", year=latest)
        return _Source("none", None, None, None, reason)
    if over:
        written = latest + 1
        reason = english("{year} is told as a year that is over", year=latest)
    else:
        written, reason = latest, english("{year} is the latest year it names", year=latest)
    return _Source("inferred", None, written, None, reason, inferred=True)


def _adds_up(mention: TimeMention) -> bool:
    """Whether a mention is the first months of a year, as reports within the year add them up."""
    period = settle(mention, Context())
    first, last = period.first, period.last
    return first is not None and last is not None and first.month == 1 < last.month < 12 and first.year == last.year


def _planned(text: Text, mentions: Sequence[TimeMention]) -> int | None:
    """The year that a plan begins with by its title, in which it was written or near it: 行动计划（2024—2027年）."""
    starts = [mention.start for mention in mentions]
    for block in _head(text):
        if len(block.of(text.clean)) > _TITLE_LENGTH or not _PLAN_TITLE.search(block.of(text.clean)):
            continue
        for mention in mentions[bisect_right(starts, block.start - 1) :]:
            if mention.start >= block.end:
                break
            period = settle(mention, Context())
            if isinstance(mention.meaning, Range) and period.first and period.last:
                return period.first.year if period.first.year < period.last.year else None
    return None


_FAR_AHEAD = 10


def _without_projections(years: Sequence[int]) -> int:
    """The latest of the years that is no projection: one far beyond all others (…2019, 2020, 2050) looks ahead."""
    latest = years[-1]
    for lower, upper in zip(years[len(years) // 2 :], years[len(years) // 2 + 1 :], strict=False):
        if upper - lower >= _FAR_AHEAD and len(years) >= 3:
            latest = lower
            break
    return latest


def _target_year(clean: str, mentions: Sequence[TimeMention], year: int) -> bool:
    """Whether the text speaks of the plan or the aim of that year: 与2019年计划目标持平."""
    for mention in mentions:
        if _TARGET_AFTER.match(clean, mention.end):
            period = settle(mention, Context())
            if period.last is not None and period.last.year == year:
                return True
    return False


def _latest(clean: str, periods: Sequence[Dated], written: int) -> date | None:
    """The latest day of the year of writing that the text tells of as past."""
    days = [
        period.last
        for period in periods
        if period.last is not None
        and period.last.year == written
        and period.role in ("date", "name")
        and period.granularity in ("day", "month", "range", "week", "ten-days", "quarter", "half")
        and not _AHEAD.search(clean[max(0, period.start - 4) : period.start])
        and (period.last.month < 12 or period.granularity == "day")
    ]
    return max(days, default=None)


# --- settling -----------------------------------------------------------------------------------------------------

_NOT_CARRIED = frozenset({"now", "century", "decade", ""})


def _settled(text: Text, mentions: Sequence[TimeMention], roles: Sequence[str], source: _Source) -> Iterator[Dated]:
    """Every mention settled in its place, as a reader who goes from sentence to sentence."""
    blocks = [block.start for block in text.blocks]
    sentences = [sentence.start for sentence in text.sentences]
    base = Context(published=source.day, written=source.written, year=source.year, report=source.report)
    sections: list[tuple[int, int | None]] = [(0, source.year)]
    plan = any(block.kind == "heading" and _PLAN_TITLE.search(block.of(text.clean)) for block in _head(text))
    here = there = -1
    block_seen = -1
    previous: Period | None = None
    for mention, role in zip(mentions, roles, strict=True):
        block = bisect_right(blocks, mention.start) - 1
        there = bisect_right(sentences, mention.start) - 1
        if block != block_seen:
            previous = None
            for passed in text.blocks[block_seen + 1 : block + 1]:
                if passed.kind == "heading":
                    while len(sections) > 1 and sections[-1][0] >= passed.level:
                        sections.pop()
            block_seen = block
        context = replace(base, year=sections[-1][1], previous=previous, near=previous is not None and there == here)
        if source.day is not None:
            context = replace(context, aimed=plan or is_aimed(text.clean, mention))
        period = settle(mention, context)
        flags = period.flags
        if source.inferred and period.code is not None and _hangs(mention, period, previous, context):
            flags = (*flags, "year-inferred")
        meant = (period.code, period.first, period.last, period.granularity)
        if role == "rule":
            meant, flags = (None, None, None, period.granularity), ()
        dated = Dated(period.start, period.end, *meant, flags, role, mention.rule)
        yield dated
        if role == "date" and dated.code is not None and dated.granularity not in _NOT_CARRIED:
            previous, here = dated, there
            heading = text.blocks[block]
            if source.sectioned and heading.kind == "heading" and dated.granularity == "year" and dated.last:
                sections.append((heading.level, dated.last.year))
        elif role == "date" and dated.code is None and (now := carried(mention, context)) is not previous:
            previous, here = now, there


def _hangs(mention: TimeMention, period: Period, previous: Period | None, context: Context) -> bool:
    """Whether the period hangs on the year of writing, rather than on what is written."""
    if settle(mention, Context()).code == period.code:
        return False
    if previous is None or "year-inferred" in previous.flags:
        return True
    return settle(mention, Context(previous=previous, near=context.near)).code != period.code
