"""Words beside a number → what kind of statement it makes: a level, or a change, gap, contribution or rank.

SDMX would call these measures of one indicator. A fall is negative; a difference below its basis too.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from zzcli.facts.naming import alternatives
from zzcli.lexicon import table
from zzcli.mentions.quantities import Quantity
from zzcli.patterns import compiled

LAST_YEAR = "上年同期"
AVERAGE = "年均"
PREVIOUS = "上期"  # 环比, where the period does not say which
_REACH = 40  # a verb of change stands at most this far before its number
_COMPARED = compiled(r"全国|全省|全市|平均|同期|计划|目标")  # 高于 what: an amount above a mere number is a level
_AMONG = compiled(r"[^，]{1,8}中")  # 在全省14个市州中排名第一
# a bound of the number itself, already read into its relation: 不少于300项 is no fall
_BOUND = compiled(r"(?:不得?|未|没有)(?:[多少大小高低]于|超过?|超出|突破|过)(?:了|约)?$|(?:仅仅|只)?不过$")
_ABOUT = compiled(r"(?:近|约|超|逾|达|为|有){1,3}$")
_SPEED = frozenset({"加快", "放缓", "提速", "减缓", "改善", "反弹"})  # of a rate, never of an amount: 加快20个项目建设
_BETTER = frozenset({"提升", "提高", "改善", "扩大", "压缩", "精简"})
_HAN = compiled(r"[\u4e00-\u9fff]{2}")
_SINGLE = frozenset("增涨升降减缩跌高快多少低慢")
_MANNER = compiled(r"(?:分别|均|也|又|实际|名义|再|约|平均|小幅|大幅|略|净){1,12}$")
_SAME_PERIOD = compiled(r"[上去]年同期|同期")
_COMPARING = compiled(r"同比|环比|年均|[比较]")
_FROM = compiled(r"(?:由|从|比|较).*", re.DOTALL)


class Reading(Struct, frozen=True):
    """What the words say of a number: its measure, sign and basis, and the ``words`` left that may name it."""

    measure: str
    sign: int
    basis: str | None
    words: str
    rule: str
    tail: str = ""  # what the name ends in whatever the words are: 占全省比重


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of this room, built from the lexicon on first use."""
    verb = alternatives("rise", "fall", "rates")
    fill = (
        r"(?:了|都|均|约|近|超过|超|达到|达|为|是|高达|分别|至少|最多|不低于|不超过|不足|不到|不及|大约|大概|将近|逾|平均"
        r"|在|控制在|保持在|稳定在|最高|出|接近|高于|低于|多于|快于|预期目标|目标|预期)"
    )
    return {
        # 增长5.8% · 增速为5.8% · 分别增长 · 减至(=level)
        "change": compiled(rf"(?<!自然)(?P<verb>{verb})(?P<to>[至到成])?(?P<fill>{fill}{{0,3}})$"),
        # 高于全国8.6个百分点
        "gap": compiled(
            r"(?P<word>高于|低于|快于|慢于|优于|好于|高出|低出|超出|领先于|领先|落后于|落后|多于|少于|超过)"
            rf"(?P<basis>[^，、]{{1,20}}?)(?:{fill}(?<!目标)){{0,2}}$"
        ),
        # 分别高于全国、全省1.5和0.8个百分点
        "gaps": compiled(
            r"分别(?:(?P<word>高于|低于|快于|慢于|优于|高出|低出|超出|领先)(?P<basis>[^，]{1,24}?)"
            r"|[比较](?P<other>[^，]{1,24}?)(?P<way>高出?|低|快|慢|多|少))$"
            # 高于全国、全省2.8和1.9个百分点
            r"|(?P<over>高于|低于|快于|慢于|优于|高出|低出|超出|领先)(?P<two>[^，、]{1,10}(?:、|和|与|及)[^，、]{1,12})$"
        ),
        # 降低物流成本近1亿元
        "doing": compiled(
            r"(?P<verb>降低|减少|调减|调增|压减|压缩(?![机空])|缩减|削减|缩短|增加(?!值))了?"
            rf"(?P<object>(?![至到为在]|幅度)(?:[^，、的；]{{1,6}}、){{0,4}}[^，、的；]{{2,14}}?){fill}{{0,2}}$"
        ),
        # 零售总额增速由负转正，增长3.2%
        "turned": compiled(
            r"(?:增速|增幅|同比|累计)?(?:由[负降跌减亏]转[正增升盈]|由[正增升盈]转[负降跌减亏]|扭亏为盈|转正|止跌回[升稳]|企稳回升"
            r"|[稳进]中有[进升固好]|降幅(?:明显|持续|进一步)?收窄|(?:保持|实现|持续|继续)?(?:平稳|稳定|稳步|较快|快速|小幅|恢复性|两位数){1,2}(?:增长|回升|提升))$"
        ),
        # 绿化8万亩，是前一年的1.6倍
        "multiple": compiled(
            rf"(?:[，]|^|(?<=.))(?:提高|提升|增加|增长|扩大|上升)?(?:是|为|到|至|达到?|相当于)(?P<basis>[^，；是为]{{1,14}})的{fill}{{0,2}}$"
        ),
        "moved": compiled(rf"(?:拉动|拖累)[^，；]{{0,16}}$|贡献率{fill}{{0,3}}$|(?<!其)对[^，；]{{2,16}}贡献了?$"),
        "basis": compiled(
            r"(?:(?<![环同对占可])(?:比|较|与|同(?=[^，]{1,20}相比))|环比)(?P<basis>[^，、；比较]{1,24}?)(?:相比)?$"
        ),
        "same period": compiled(r"同比|[上去]年同期|同期"),
        "previous": compiled(r"环比"),
        "average": compiled(r"年均|平均每年|年平均|每年平均"),
        # 以8%的速度增长 · 5.8%的增长 · 20%的工资上涨幅度
        "after": compiled(
            r"^(?:左右|以上|以内|以下|上下)?的?(?P<what>[^，。；、的]{0,6}?)"
            r"(?P<verb>增长率|增长|增速|增幅|涨幅|上涨|下降|降幅|跌幅|负增长|速度增长|速度递增)(?![至到成为])"
        ),
        "rank": compiled(
            r"(?:稳居|高居|位居|位列|跃居|排名|排在|居于|列居|居|列|排|获|获评|升至|升到|上升到|上升至|跃升至|前移至|进入|名列|位于|保持|继续保持|为|是)"
            r"(?P<basis>[^，；居列排]{0,16}?)$"
        ),
        "place": compiled(r"(?P<basis>全球|世界|全国|国内|亚洲|全省|全区|全市|行业内?|同类)$"),
        "where": compiled(r"在(?P<basis>[^，、在]{2,16}?)中?$"),
        # 城镇新增就业1.2万人，完成年度任务的102.5%
        "completed": compiled(
            rf"(?:完成(?:了|到)?|[为占达](?=全年|年度|年初|当年))(?P<plan>(?:全年|年度|年初|当年|全市|全省|上级)?[^，；的]{{0,6}}?(?:目标任务|计划任务|任务数|计划数|目标|任务|计划|预算))的{fill}{{0,2}}$"
        ),
        # 占全省工业收入的比重为1.4%
        "share": compiled(
            rf"占(?![比有用据]|地(?![区方]))(?:到|了)?(?P<whole>[^，；占]{{1,24}}?)(?:的?(?P<noun>比重|比例|份额)|的)?{fill}{{0,3}}$"
        ),
    }


@cache
def _falling() -> frozenset[str]:
    lexicon = table("indicators")
    return frozenset(lexicon["fall"]) | frozenset(lexicon["loss"])


@cache
def _loss() -> tuple[str, ...]:
    return tuple(table("indicators")["loss"])


@cache
def _rates() -> frozenset[str]:
    return frozenset(table("indicators")["rates"])


def _basis(words: str) -> tuple[str | None, str]:
    """The basis that the words before a verb of change name, and the words without it."""
    patterns = _patterns()
    basis: str | None = None
    if patterns["average"].search(words):
        basis = AVERAGE
    elif patterns["same period"].search(words):
        basis = LAST_YEAR
    elif patterns["previous"].search(words):
        basis = PREVIOUS
    trimmed = _MANNER.sub("", words)
    if match := patterns["basis"].search(trimmed):
        named = match["basis"].strip(" 的，")
        words = trimmed[: match.start()]
        if basis is None or basis == PREVIOUS or _OF_A_YEAR.search(named):
            basis = LAST_YEAR if _SAME_PERIOD.fullmatch(named) else named or basis
    return basis, words


# 比2019年同期增长, 较“十三五”同期下降
_OF_A_YEAR = compiled(r"(?:\d年(?:\d{1,2}月份?)?|[一二三四五六七八九十]五[”\"]?(?:时期)?)同期")

_EVEN_WITH = compiled(
    r"(?:(?:与|和|同|较|比)(?P<basis>[^，、；与和同较比]{0,8}?(?:[年月期季]|月份|季度|半年)(?:同期)?)(?:水平)?(?:相比)?|(?P<same>同比|环比))"
    r"(?:保持|基本|大体|大致|总体){0,8}$"
)
_RATES_NAME = compiled(r"(?:[率速幅比重]|占比|比[例重]|强度)$")


def even_with(before: str) -> re.Match[str] | None:
    """What 持平 says a thing is even with, where that is a time (增速与一季度持平)."""
    return _EVEN_WITH.search(before)


def _even(before: str) -> Reading:
    """No change since the time it names: of a rate by no points, of anything else by no per cent."""
    match = even_with(before)
    assert match is not None
    words = before[: match.start()]
    basis = match["basis"] or (LAST_YEAR if match["same"] == "同比" else PREVIOUS)
    basis = LAST_YEAR if _SAME_PERIOD.fullmatch(basis) else basis
    return Reading(even_measure(words.rstrip("，、 ")), 1, basis, words, "even")


def even_measure(name: str) -> str:
    """What 持平 says of a thing: of a rate no difference, of anything else no growth."""
    return "difference" if _RATES_NAME.search(name) else "growth"


def _raised(verb: str, head: str, quantity: Quantity, after: str) -> bool:
    """Whether what a number counts stands behind it, and is made better rather than more: 提升39个县的帮扶质效."""
    counted = quantity.kind == "amount" and (quantity.unit or "") in table("units")["classifier"]
    return counted and verb in _BETTER and not head.strip("，、 ") and bool(_HAN.match(after))


def changing(words: str) -> str:
    """The words before a verb of change that a clause ends in without a number (价格小幅下降); else ``""``."""
    if turn := _patterns()["turned"].search(words):
        return words[: turn.start()]
    match = _patterns()["change"].search(words[-_REACH:])
    if match is None or match["verb"] in _SINGLE or match["to"] or match["fill"]:
        return ""
    return words[: len(words) - len(match.group())]


def read(before: str, quantity: Quantity, written: str, after: str) -> Reading:
    """What the words before and after a quantity make of it; a plain level where they say nothing."""
    patterns = _patterns()
    if quantity.kind == "rank":
        match = patterns["rank"].search(before)
        match = match or patterns["place"].search(before)
        basis = match["basis"].strip(" 在的了由从") or None if match else None
        words = before[: match.start()] if match else before
        if basis is None and (where := patterns["where"].search(words)):  # 吞吐量在沿海港口高居第二
            basis, words = where["basis"], words[: where.start()]
        elif _AMONG.fullmatch(words):
            words = ""
        return Reading("rank", 1, basis, words, "rank")
    if quantity.kind == "even":
        return _even(before)
    before = _BOUND.sub("", before)
    near = before[-_REACH:]
    far = before[: len(before) - len(near)]
    if (match := patterns["moved"].search(near)) and quantity.kind in ("points", "percent"):
        moved = near[match.start() :].startswith(("拉动", "拖累"))
        words = far + (near[: match.start()] if moved else near)
        return Reading("contribution", -1 if near.startswith("拖累", match.start()) else 1, None, words, "contribution")
    if (match := patterns["gaps"].search(near)) and quantity.kind == "points":
        sign = -1 if (match["word"] or match["way"] or match["over"])[0] in "低慢少" else 1
        return Reading(
            "difference",
            sign,
            _ABOUT.sub("", match["basis"] or match["other"] or match["two"]),
            far + near[: match.start()],
            "gap",
        )
    match = patterns["gap"].search(near)
    if match and (quantity.kind == "points" or (quantity.kind != "percent" and _COMPARED.search(match["basis"]))):
        sign = -1 if match["word"][0] in "低慢少落" else 1
        return Reading("difference", sign, match["basis"].strip(" 的") or None, far + near[: match.start()], "gap")
    relative = quantity.kind in ("percent", "times", "fraction")
    if quantity.kind == "times" and "番" in written:
        return Reading("growth", 1, *_basis(before), "multiplied")
    if quantity.kind == "times" and (match := patterns["multiple"].search(near)):
        return Reading("level", 1, match["basis"], far + near[: match.start()], "multiple")
    if match := patterns["change"].search(near):
        verb, head = match["verb"], far + near[: match.start()]
        rate = verb in _rates()
        level = bool(match["to"]) and not rate
        level |= match["fill"] == "为" and not rate and (not head or verb in _falling())  # 由11.3%下降为0.4%
        level |= (
            match["fill"] in ("为", "达", "达到", "高达") and not rate and not relative and quantity.kind != "points"
        )
        if verb in _SINGLE:
            # 同比增5.8%, 比全国高2个百分点; but 覆盖率高达51%, 净增12360户 and 出口3万辆多 are levels
            compared = _COMPARING.search(near[: match.start()][-24:])
            level |= not compared and (verb in "高快多少低慢" or bool(match["fill"]) or not relative)
            level |= head.endswith(("新", "最")) or (head.endswith("净") and not compared)  # 比上年净增3万吨
        level |= _raised(verb, head, quantity, after)
        level |= verb in _SPEED and not relative and quantity.kind != "points"
        if verb == "增加" and after.startswith("值"):
            level = True
        if not level:
            sign = -1 if verb in _falling() else 1
            basis, words = _basis(head)
            bare = _FROM.sub("", words)
            if bare.rstrip("的").endswith(_loss()):
                sign = -sign
            if relative and not (rate and quantity.kind == "times"):
                return Reading("growth", sign, basis, words, "growth")
            return Reading("difference", sign, basis, words, "difference")
        if match["to"]:
            return Reading("level", 1, None, head, "reached")
        if match["fill"] == "为" and not rate:
            return Reading("level", 1, None, head, "reached")
        if verb not in _SINGLE:
            return Reading("level", 1, None, before, "level")
    if quantity.kind in ("percent", "fraction") and (match := patterns["share"].search(near)):
        return Reading(
            "level", 1, None, far + near[: match.start()], "share", f"占{match['whole']}{match['noun'] or ''}"
        )
    if quantity.kind == "percent" and (match := patterns["completed"].search(near)):
        return Reading("level", 1, None, far + near[: match.start()], "share", f"完成{match['plan']}")
    if match := patterns["doing"].search(near):
        sign = 1 if match["verb"] in ("增加", "调增") else -1
        measure = "growth" if relative else "difference"
        if measure == "growth" or sign < 0 or quantity.kind != "count":
            return Reading(measure, sign, None, match["object"], "doing")
    if quantity.kind == "percent" and (match := patterns["after"].match(after)):
        sign = -1 if match["verb"] in _falling() or "负" in match["verb"] else 1
        basis, words = _basis(_ABOUT.sub("", before))
        return Reading("growth", sign, basis, words + match["what"], "growth-after")
    if quantity.kind == "points":
        return Reading("difference", 1, None, before, "points")
    return Reading("level", 1, None, before, "level")
