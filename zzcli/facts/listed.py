"""Where a document says that something is an industry: one claim for each place.

A list is found from the word that it ends in (“A、B、C等3个[优势]产业”) and read backwards: the words between the list
and 产业 are the tier (优势产业) or, where they speak of a level (世界级产业集群), the standing. Its first name begins
behind the last word that leads in (发展, 布局). Lists after their head (“四大支柱产业：A、B、C、D”), single industries
(“北斗产业”), headings (“三、清洁能源产业”) and the names of the classifications (“批发和零售业”) are read as well. Each
way of naming is one rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from zzcli.lexicon import table
from zzcli.mentions.names import IndustryName, bare_industry, find_areas, find_industries, industry_code, known_industry
from zzcli.mentions.numbers import read_numeral
from zzcli.patterns import compiled, either
from zzcli.reading.reflow import Text
from zzcli.span import Span

_LAST_BRACKET = compiled(r"[(（][^()（）]{0,400}[)）]$")


class Claim(NamedTuple):
    """One place that says that something is an industry."""

    span: Span
    name: str
    rule: str
    tier: str | None = None
    status: str | None = None
    weight: int = 1  # 3 a list that counts its members, 2 another list, 1 a single mention, 0 a doubtful one


class _Words(NamedTuple):
    categories: frozenset[str]
    lead_in: re.Pattern[str]
    modifier: re.Pattern[str]
    not_name: re.Pattern[str]
    everyday: frozenset[str]
    qualities: frozenset[str]
    tiers: frozenset[str]
    tail: re.Pattern[str]  # what stands between a list and its head: 等3个优势
    bare_tail: re.Pattern[str]  # the same without 等 or a count: 支柱
    head: re.Pattern[str]


_HEADS = "全产业链|产业集群|产业链|产业|(?<!银)行业|集群|服务业|赛道"
# 房地产业 is no 产业 of 房地, 水产业 none of 水
_HEAD = rf"(?<![房地水遗特])(?:{_HEADS})"
_JOINT = "和与及、 以"
_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|[几多数]|若干)"
_SIZE_LEVEL = r"[一二三四五六七八九十百千万两\d]{1,5}+亿元?+级?+"
_STOP = compiled(r"[，,；;：:。！？!?\n—…《》“”\"]")
_CLAUSE = compiled(r"[，,；;。！？!?\n]")
_BRACKETS = compiled(r"[(（][^()（）]{1,20}[)）]")
_NOT_IN_NAME = compiled(
    r"""
    [^一-鿿A-Za-z0-9()（）+＋/·\-\ue000]       # any other sign
  | \d{2} | ^\d(?!G) | [%％亿万]               # numbers; 5G is none
  | [的了着吗呢吧们这那其我他她它您该某]
  | [一二三四五六七八九十两几多\d] (?: 个 | 大(?!数据) ) | 第$ | 年来 | 之一 | 季度
  | [央国民]企 | 企业 | ^[(（] | ^第[一二三]
    """,
    re.VERBOSE,
)


@cache
def _words() -> _Words:
    source = table("industries")

    qualities = either(source["qualities"])
    tiers = either(source["tiers"])
    not_before = "|".join(source["not_before"].split())
    return _Words(
        frozenset(source["categories"].split()),
        compiled(either(source["lead_ins"])),
        compiled(rf"(?:{either(source['modifiers'])}|[A-Za-z0-9+]{{1,4}})$"),
        compiled(rf"(?:{'|'.join(source['not_names'].split())})$"),
        frozenset(source["everyday"].split()),
        frozenset(source["qualities"].split()),
        frozenset(source["tiers"].split()),
        compiled(
            # 全市第二个百亿产业 ends no list
            rf"(?:(?P<etc>等)|(?<!第)(?=[一二两三四五六七八九十几多数若系众诸\d]))"
            rf"(?P<many>(?P<count>{_COUNT})(?:个|大|类|条|种|项|支)|一批|一系列|系列|众多|诸多|若干)?"
            # behind a count the document may call them what it likes: 3个[牵引性]产业
            rf"(?P<quality>(?:{qualities}|{_SIZE_LEVEL}){{0,8}}|(?<=[个大类条])(?P<own>[一-鿿]{{2,5}}))$"
        ),
        compiled(rf"(?P<quality>(?:{tiers})(?:(?:{tiers})|和|与|及){{0,4}}|)$"),
        compiled(rf"{_HEAD}(?!{not_before})"),
    )


def everyday() -> frozenset[str]:
    """The names that are everyday words as well."""
    return _words().everyday


def _mask(text: str, named: Sequence[IndustryName]) -> str:
    """The text with the separators inside names and brackets hidden, so that a list can be cut at the others.

    交通运输、仓储和邮政业 is one name, 装备制造(含汽车、船舶) one item. The length stays.
    """
    hidden = list(text)
    for found in named:
        for place in range(found.start, found.end):
            if text[place] == "、":
                hidden[place] = "\ue000"
    for bracket in _BRACKETS.finditer(text):
        for place in range(*bracket.span()):
            if text[place] in "、，,":
                hidden[place] = "\ue000"
    return "".join(hidden)


def _tail_start(name: str) -> int:
    """Where the longest known name begins that the words end in, with the modifiers before it."""
    end = len(name)
    if (bracket := _LAST_BRACKET.search(name)) is not None:
        end = bracket.start()
    for start in range(max(0, end - 16), end - 1):
        if name[start] not in "的、" and known_industry(name[start:end]):
            while modifier := _words().modifier.search(name, max(0, start - 4), start):
                start = modifier.start()
            return start
    return len(name)


_LONGEST = 48  # characters that a list's first name and what leads it in are looked for in
_REACH = 240  # characters that a list may have before its head
_CONJUNCTION = compiled(r"\s{0,40}(?:而且|而|但是|但|并且|且|则|此外|另外|同时|其中|即(?![食热时将使]))(?=..)")
# [全镇]眼镜产业, [该县]茶产业: whose it is
_OWN = compiled(r"(?:[全我本该各][省市县区州盟旗镇乡村国]|两[市县区镇]|全市域|当地|本地)(?=.)")
_SIDE = compiled(r"(?:[东南西北中]{1,2}部|沿海|沿江)(?=..)")


def _led_in(text: str, start: int, end: int) -> int:
    """Where the first name of a list begins: behind the last word that leads in, and behind an area's name."""
    start = max(start, end - _LONGEST)
    if conjunction := _CONJUNCTION.match(text, start, end):
        start = conjunction.end()
    fragment = text[start:end]
    limit = _tail_start(fragment)
    cut = 0
    for lead in _words().lead_in.finditer(fragment):
        if lead.end() <= limit and (len(fragment) - lead.end() >= 2 or known_industry(fragment[lead.end() :])):
            cut = lead.end()
    for area in find_areas(fragment[cut:]):
        if area.start == 0 and len(fragment) - cut - area.end >= 2:
            cut += area.end
        break
    if own := _OWN.match(fragment, cut):
        cut = own.end()
    if cut < limit and (side := _SIDE.match(fragment, cut, max(limit, cut))):
        cut = side.end()
    # “日子越来越离不开茶叶”: four characters that lead in, whatever they say
    long = limit - cut >= 4 and limit < len(fragment) and fragment[limit - 1] not in "和与及"
    return start + (limit if long else cut)


def _is_name(name: str) -> bool:
    """Whether the words can be the name of an industry."""
    words = _words()
    if name in words.categories or bare_industry(name) in words.categories:
        return False
    if known_industry(name):
        return True
    if not 2 <= len(_BRACKETS.sub("", name)) <= 14 or _NOT_IN_NAME.search(name):
        return False
    tail = _tail_start(name)
    if words.lead_in.search(name, 0, tail):
        return False
    if tail < len(name):
        return True
    if words.not_name.search(name) or name[0] in "和与及等或并在" or name[-1] in "和与及等或并性化级以":
        return False
    return not any(area.start == 0 and area.end == len(name) for area in find_areas(name))


def _parts(masked: str, start: int, end: int, count: int | None, etc: bool) -> list[tuple[int, int]]:
    """The places of a list's items. The last 和 of a list parts two items, 与 and 及 stand inside names.

    北斗、永磁动力、人工智能与大数据 are three; 风力发电、光伏和抽水蓄能 are three; 轨道交通和航空动力两个 are two.
    """
    places: list[tuple[int, int]] = []
    at = start
    while at <= end:
        stop = masked.find("、", at, end)
        stop = end if stop < 0 else stop
        places.append((at, stop))
        at = stop + 1
    first, last = places[-1]
    item = masked[first:last]
    if known_industry(item):
        return places
    wanted = count is not None and not etc and count == len(places) + 1
    for joint in ("以及", "和", "与", "及"):
        at = item.rfind(joint)
        if at < 2 or len(item) - at - len(joint) < 2:
            continue
        left, right = item[:at], item[at + len(joint) :]
        both = (known_industry(left) or _tail_start(left) < len(left)) and known_industry(right)
        if wanted or (joint in ("以及", "和") and (len(places) > 1 or both)):
            if count is not None and not etc and count == len(places):
                continue  # the count says that it is one name
            return [*places[:-1], (first, first + at), (first + at + len(joint), last)]
    return places


def _items(
    text: str, masked: str, start: int, end: int, count: int | None = None, etc: bool = False
) -> tuple[list[tuple[int, int]], int]:
    """The places of the names in a list that ends at ``end``, and how many items it had, names or not."""
    places = _parts(masked, start, end, count, etc)
    if count is not None and not etc and len(places) > count:
        places = places[-count:]
    first, last = places[0]
    places[0] = (_led_in(text, first, last), last)
    trimmed = [_trim(text, a, b) for a, b in places]
    if count is not None and not etc and count == len(places) > 1:
        # a list that holds as many as it says: 钢铁、造纸、家具、食品四个重点产业
        brief = any(b - a == 1 and known_industry(text[a:b]) for a, b in trimmed)  # 茶、菌、药三大主导产业
        kept = [
            (a, b)
            for a, b in trimmed
            if _is_name(text[a:b]) or text[a:b] in _words().categories or (brief and b - a == 1)
        ]
    else:
        kept = [(a, b) for a, b in trimmed if _is_name(text[a:b])]
    return kept, len(places)


def _known(name: str) -> bool:
    """Whether the lexicon has the name or what it ends in: 分布式屋顶光伏."""
    return known_industry(name) or _tail_start(name) < len(name)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the space around it and without 产业, 行业, 集群."""
    while start < end and text[start] in ' \u3000“‘"':
        start += 1
    while end > start and text[end - 1] in ' \u3000”’"':
        end -= 1
    return start, start + len(bare_industry(text[start:end]))


_LEVEL_BEFORE = compiled(r"(?:世界级|国家级|省级|市级|国际级|[百千万五亿]{1,3}亿元?级)++")
_LEVEL = compiled(r"[^和与及、]{0,6}级|[百千万]亿元?$|国家|省(?!会)|中国|全国")


def _group(quality: str, head: str) -> tuple[str | None, str | None]:
    """Tier and standing that the words between a list and its head give: 优势 → 优势产业, 世界级 → a standing."""
    quality = quality.strip("和与及、·/的 ")
    if quality in ("", "细分", "相关", "其他", "主要", "类型", "类", "型", "大", "新", "重要"):
        return None, None
    whole = quality if quality.endswith(head) else quality + head
    return (None, whole) if _LEVEL.match(quality) else (whole, None)


class _Listing(NamedTuple):
    """A list before its head: where it stands, and what the words between the two say."""

    start: int
    end: int
    quality: str  # 优势, 世界级
    head: str  # 产业, 集群
    after: int  # where the head ends
    marked: bool  # 等 or a count ends it
    etc: bool
    members: int | None
    aimed: bool  # 力争形成…2个万亿级产业集群: a level that is yet to be reached
    own: bool  # the words between are the document's own, none of the lexicon


def _lists_before(text: str, masked: str, base: int) -> Iterator[Claim]:
    """“A、B、C等3个优势产业”, “A、B两个世界级产业集群和C国家级产业集群”, “钢铁、化工产业”, “北斗产业”."""
    words = _words()
    done = 0  # where the head before ends
    chained = 0  # where a chain “汽车产业、钢铁产业、…” begins
    yet = _YET.search(text)
    for head in words.head.finditer(text):
        floor = max(0, head.start() - _REACH)
        stops = [stop.end() for stop in _STOP.finditer(masked, floor, head.start())]
        start = max(floor, stops[-1] if stops else 0, done)
        end = head.start()
        while start < end and text[start] in _JOINT:
            start += 1
        tail = words.tail.search(text, max(start, end - 40), end)
        own = tail is not None and bool(tail["own"])
        # 汽车产业、钢铁产业三大支柱产业: the list's items have heads of their own
        if not text.startswith("、", done) and not (chained < done and tail is not None and tail.start() == done):
            chained = done
        chain = max(floor, stops[-1] if stops else 0, chained)
        marked = tail is not None and tail.start() > (start if chain >= done else chain)
        if marked and tail is not None:
            if (tail["own"] or not tail["quality"] or tail["many"]) and _COUNTED.match(text, head.end()):
                done = chained = head.end()  # “等28个重大产业项目”: projects are counted
                continue
            quality, etc, count, end = tail["quality"], bool(tail["etc"]), _number(tail["count"]), tail.start()
            if own and _known(quality):
                quality, own = "", False  # 10条循环经济产业链
            start = chain
            while start < end and text[start] in _JOINT:
                start += 1
        elif (at := text.rfind("等", start + 2, end)) > 0 and end - at <= 13:
            # “风电、光伏和储能等清洁能源产业”: what they are has a name itself
            named = _known(text[at + 1 : end])
            own = not named
            if own and (_COUNTED.match(text, head.end()) or not _is_quality(text[at + 1 : end])):
                done = chained = head.end()
                continue
            quality, etc, count, marked, end = "" if named else text[at + 1 : end], True, None, True, at
        else:
            bare = words.bare_tail.search(text, max(start, end - 24), end)
            quality, etc, count = (bare["quality"] if bare else ""), False, None
            end -= len(quality)
        done = head.end()
        if (end - start < 2 and not known_industry(text[start:end])) or (
            not marked and head.group() in ("服务业", "赛道")
        ):
            if head.group() == "服务业":
                done = start  # 非营利性服务业等: an item of a list, not its head
            continue
        aimed = (yet is not None and yet.start() < end) or _AIM.search(text, chain, end) is not None
        listing = _Listing(start, end, quality, head.group(), head.end(), marked, etc, count, aimed, own)
        yield from _judged(text, masked, base, listing)


def _judged(text: str, masked: str, base: int, listing: _Listing) -> Iterator[Claim]:
    """The claims of a list, where it is one of industries."""
    start, end, quality, head, after, marked, etc, count, aimed, own = listing
    items, size = _items(text, masked, start, end, count, etc)
    known = sum(_known(text[first:last]) for first, last in items)
    tier, status = _group(quality, head)
    if aimed:
        status = None
    doubtful = size == 1 and not marked and not (items and _clear(text, *items[0], after))
    if size > 1:
        if 2 * len(items) <= size or (head == "赛道" and 3 * known < 2 * size) or (own and 2 * known < size):
            return  # most of it is none, and 赛道 is said of anything
        if not marked and 2 * known < size:
            # “科学新知、技术新招、产业新路”, “从部组件研发、整星制造到应用的北斗产业链”: the last one at most
            first = masked.rfind("、", start, end) + 1
            if first == 0:
                return
            first, last = _trim(text, _led_in(text, first, end), end)
            items = [(first, last)] if _is_name(text[first:last]) and _known(text[first:last]) else []
            tier = status = None
    listed = marked or len(items) > 1
    weight = 0 if doubtful else 3 if marked and tier and (count or len(items) > 1) else 2 if listed else 1
    for first, last in items:
        standing = status
        # “世界级机器人及数控机床产业集群”
        if level := _LEVEL_BEFORE.match(text, first, last - 1):
            first, standing = first + len(level.group()), None if aimed else level.group() + head
        name = text[first:last]
        yield Claim(
            Span(base + first, base + last), name, "list-before-head" if listed else "single", tier, standing, weight
        )


def _number(word: str | None) -> int | None:
    """A count in digits or Chinese numerals; 几 and 若干 count nothing."""
    numeral = read_numeral(word, 0) if word else None
    return int(numeral.value) if numeral and not numeral.flags else None


def _is_quality(words: str) -> bool:
    """Whether unknown words between a list's 等 and 产业 can be what the document calls its items: 等[高碳]产业."""
    known = _words()
    return 2 <= len(words) <= 4 and not (
        _NOT_IN_NAME.search(words) or known.lead_in.search(words) or known.not_name.search(words) or words[0] in _JOINT
    )


# Behind a counted 产业 what the count is of: 3个重点产业[项目]
_COUNTED = compiled(r"项目|工程|企业|品牌|人才|联盟|平台|载体|公司")
# What makes a level one that is yet to be reached: in the clause of its list, and anywhere before it
_AIM = compiled(r"打造|建设|创建|争创|冲刺|培育形成|(?:加快|着力|将)(?:形成|建成|构建)|目标")
_YET = compiled(r"力争|争取|努力|到20\d\d年|计划")


@cache
def _predicate() -> re.Pattern[str]:
    """What follows an industry that its sentence is about: 轨道交通产业[集聚], 服饰产业[于2020年]."""
    verbs = either(table("industries")["predicates"])
    return compiled(
        rf"""
        的? (?: 蓬勃 | 快速 | 加快 | 稳步 | 持续 | 健康 )?
        (?: {verbs} | 总产 | 投资 | 发展 | 崛起 | 保持 | 跨 | 从 | 已 | 现有 | 共有 | [于在]\d{{4}}年 )
        """,
        re.VERBOSE,
    )


# So much is said only of an industry: 红枣产业[年产值], 轮胎产业[实现产值]
_SIZED = compiled(
    r"(?:年|总|全年|综合|全产业链|已|实现|完成|年度){0,3}(?:产值|营收|营业收入|主营业务收入|增加值|集群规模|规模[达突超])"
)


def _clear(text: str, start: int, end: int, after: int) -> bool:
    """Whether a single name before 产业 is one: the lexicon has it, or a clause begins with it and is about it."""
    name = text[start:end]
    if known_industry(name) or _tail_start(name) == 0:
        return True
    begins = start == 0 or _CLAUSE.match(text, start - 1) is not None
    areas = find_areas(text[max(0, start - 12) : start])
    placed = bool(areas) and areas[-1].end == min(12, start) and not _words().lead_in.search(name)
    if not begins and not placed:
        return False
    if len(name) == 2:
        return name not in _words().qualities and _SIZED.match(text, after) is not None
    return len(name) >= 3 and _predicate().match(text, after) is not None


# “四大支柱产业：…”, “3个千亿产业（…）”: how many of what
_AFTER_HEAD = rf"(?:{_COUNT}(?:个|大|类|条)|一批)(?P<quality>[一-鿿]{{0,10}}?)(?P<head>{_HEADS})"
_BRACKETED = compiled(rf"{_AFTER_HEAD}(?:[（(](?:即|包括|分别[是为])?)(?P<list>[^()（）]{{3,200}})[)）]")
_TOLD_AFTER = compiled(
    rf"{_AFTER_HEAD}(?:[：:]|——?|[，,]?(?:即|包括|分别是|分别为|主要包括|主要有|涵盖))\s{{0,40}}(?P<list>[^。；;：:\n]{{3,200}})"
)


def _lists_after(text: str, masked: str, base: int) -> Iterator[Claim]:
    """“四大支柱产业：A、B、C和D”, “3个千亿产业（A、B、C）”."""
    yet = _YET.search(text)
    for found in (*_BRACKETED.finditer(text), *_TOLD_AFTER.finditer(text)):
        start, listed = found.start("list"), found["list"]
        if found.re is _BRACKETED:
            separated = _mask(listed, find_industries(listed))  # the separators in the bracket are the list's own
        else:
            separated = masked[start : found.end("list")]
            if stop := _STOP.search(separated):
                separated, listed = separated[: stop.start()], listed[: stop.start()]
        if "、" not in separated:
            continue
        etc = _ETC_END.search(listed)
        items, _ = _items(listed, separated, 0, etc.start() if etc else len(listed))
        tier, status = _group(found["quality"], found["head"])
        if (yet and yet.start() < start) or _AIM.search(text, max(0, found.start() - 24), found.start()):
            status = None
        start += base
        for first, last in items if len(items) > 1 else ():
            yield Claim(Span(start + first, start + last), listed[first:last], "list-after-head", tier, status, 3)


_ETC_END = compiled(r"等(?:产业|行业|集群)?$")
# “五朵金花”产业：…, 特色产业：…: without a count the lexicon must know most of them
_COLON = compiled(
    rf"(?P<quality>[一-鿿]{{0,4}})(?P<head>{_HEADS})(?:体系)?[：:]\s{{0,40}}(?P<list>[^。；;：:\n]{{3,120}})"
)
# “2+3+N”产业体系（“2”即石化、钢铁，“3”即电子信息、医药、食品）
_SYSTEM = compiled(
    r"""
    [“"]? \d{1,2} (?: [+＋×xX] [\dNnXx]{1,2} ){1,4} [”"]?
    [^，,。；;：:（(]{0,10}? (?: 产业 | 集群 ) [^，,。；;：:（(]{0,6}
    (?: [（(] (?P<inside> [^()（）]{3,200} ) [)）] | [：:] (?P<list> [^。\n]{3,200} ) )
    """,
    re.VERBOSE,
)
# what leads a part of it in: “2”即, 3个新兴产业是
_PART_OF_SYSTEM = compiled(
    r"""
    [“"]? [\dNnXx]{1,2} [”"]? (?: 个|大|条 )? [一-鿿]{0,8}? (?: 即 | 是指 | 为 | 指 | 是 | ： | : )
  | [“"] [\dNnXx]{1,2} [”"]
    """,
    re.VERBOSE,
)
_PARTED = compiled(r"[、，,；;]")


def _lists_told(text: str, masked: str, base: int) -> Iterator[Claim]:
    """“五朵金花”产业：A、B、C; “2+3”产业体系（“2”即A、B，“3”即C、D、E）: where the lexicon has most of what is told."""
    lists = _COLON.finditer(text) if "：" in text or ":" in text else ()
    systems = _SYSTEM.finditer(text) if any(sign in text for sign in "+＋×xX") else ()
    for found in (*lists, *systems):
        system = found.re is _SYSTEM
        name = "inside" if system and found["inside"] else "list"
        start, end = found.span(name)
        separated = _mask(text[start:end], find_industries(text[start:end]))
        if not system and (stop := _STOP.search(separated)):
            separated = separated[: stop.start()]
        items: list[tuple[int, int]] = []
        at = 0
        for mark in (*_PARTED.finditer(separated), None):
            last = mark.start() if mark else len(separated)
            lead = _PART_OF_SYSTEM.match(separated, at, last) if system else None
            first = lead.end() if lead else at
            known = known_industry(text[start + first : start + last])
            joint = separated.find("和", first + 2, last - 2) if mark is None and not known else -1
            ends = [(first, last)] if joint < 0 else [(first, joint), (joint + 1, last)]
            items += [_trim(text, start + a, start + b) for a, b in ends]
            at = last + 1
        names = [(first, last) for first, last in items if _is_name(text[first:last])]
        if len(names) < 2 or 3 * sum(_known(text[first:last]) for first, last in names) < 2 * len(items):
            continue
        tier = None
        if not system and found["quality"] in _words().tiers:
            tier, _ = _group(found["quality"], found["head"])
        for first, last in names:
            yield Claim(Span(base + first, base + last), text[first:last], "list-after-head", tier, None, 2)


_LED_BY = compiled(
    r"""
    以 (?P<list> [^，,。；;：:\n]{2,80}? ) (?:产业)? 为
    (?P<role> 主导|支柱|核心|重点|龙头|主体|特色|代表|引领|牵引|支撑|依托|引擎|主 )
    (?= (?P<rest> [^，,。；;\n]{0,18} ) )
    """,
    re.VERBOSE,
)
_MEANS = frozenset({"牵引", "支撑", "依托", "引擎"})  # 以人工智能为牵引 names a means; …为牵引的产业集群 an industry
# 以新能源、新材料为代表的[战略性新兴]产业; a system (现代化产业体系) is no group of them
_CALLED = compiled(
    r"的(?P<quality>战略性?新兴|新兴|传统|优势|特色|未来|支柱|主导|先导)(?P<head>产业集群|产业|行业)(?!体系|格局|结构|布局|链)"
)
_ROLE_HEAD = compiled(r"(?:产业|行业)(?!升级|转型|变革|创新|政策|园|基地|工人)|集群|经济")
_OF_TRADES = compiled(r"(?:产业|行业|工业)(?!升级|转型|变革|创新|政策|工人)|集群|经济|体系|格局|板块|企业|园")
_OTHER_NOUN = compiled(r"的[^、]{2,8}、")
_DEVELOP = compiled(
    r"""
    (?: 发展 | 培育 | 壮大 | 做大做强 | 做强做优 | 做强做大 | 主攻 | 布局 | 争取 | 提升 | 改造 | 打造 )
    (?P<list> [^，,。；;：:\n]{5,80}? ) (?P<etc> 等 | (?= [，,。；;\n] | $ ) )
    """,
    re.VERBOSE,
)


def _lists_led(text: str, masked: str, base: int) -> Iterator[Claim]:
    """“以A、B为主导的产业体系”; “重点发展A、B、C”, where the lexicon knows what they are."""
    for found in _LED_BY.finditer(text):
        start, end = found.span("list")
        if text[end - 1] == "等":
            end -= 1
        items, _ = _items(text, masked, start, end)
        names = [text[first:last] for first, last in items]
        known = sum(map(known_industry, names))
        certain = known == len(names) and not _words().everyday.intersection(names)
        rest = _OTHER_NOUN.split(found["rest"], maxsplit=1)[0]  # 以芯片为核心的研究、以织造为重点的产业
        certain = certain and found["role"] not in _MEANS
        certain = certain and (rest[:1] != "的" or _OF_TRADES.search(rest) is not None)
        said = _ROLE_HEAD.search(rest) or text.startswith("产业", end)
        if not (certain or (said and known * 2 >= len(names))):
            continue
        called = _CALLED.match(found["rest"])
        tier = _group(called["quality"], called["head"])[0] if called else None
        for first, last in items:
            yield Claim(Span(base + first, base + last), text[first:last], "led-by", tier, None, 2)
    for found in _DEVELOP.finditer(text):
        start, end = found.span("list")
        if "、" not in masked[start:end]:
            continue
        items, _ = _items(text, masked, start, end)
        names = [text[first:last] for first, last in items]
        emerging = any((code := industry_code(name)) and code[0][0].isdigit() and "新兴" in code[1] for name in names)
        if len(names) >= 2 and emerging and all(map(known_industry, names)):
            for first, last in items:
                yield Claim(Span(base + first, base + last), text[first:last], "developed", None, None, 1)


_BECAME = compiled(
    r"""
    (?: 成为 | 跻身 | 跃升为 | 成长为 | 晋升为 | 迈入 ) (?: 我?全?[省市国县区州] )?
    (?: 第?[一二两三四五六七八九十\d]{1,3}个 | 首个 )? [^，,。；;、]{0,6}?
    (?: [百千万]亿元?级? | 支柱 | 主导 | 优势 | 特色 | 战略性新兴 ) 级? (?: 产业 | 集群 | 行业 )
    """,
    re.VERBOSE,
)
_WHEN = compiled(
    r"""
    ^.{0,12}? \d{1,4}年 (?: \d{1,2}月 )? (?: 底|初|末|份|以来 )?
  | ^.{0,4} (?: 今年 | 去年 | 目前 | 近年来 ) (?: \d{1,2}月 )?
    """,
    re.VERBOSE,
)
_BEFORE_BECAME = compiled(r"(?:[于在]?\d{4}年|已|也|率先|首次|正式|将|打造|培育|发展|建设|培养){1,6}$")


def _became(text: str, masked: str, base: int) -> Iterator[Claim]:
    """“A与B(含C)成为第三个千亿产业”: what became an industry is one."""
    for found in _BECAME.finditer(text):
        stops = [stop.end() for stop in _STOP.finditer(masked, max(0, found.start() - 40), found.start())]
        start = stops[-1] if stops else max(0, found.start() - 40)
        end = found.start()
        subject = _BEFORE_BECAME.sub("", text[start:end])
        end = start + len(subject)
        if when := _WHEN.match(subject):
            start += when.end()
        start, end = _trim(text, _led_in(text, start, end), end)
        # 酒业: two characters do where the second says it
        if _is_name(text[start:end]) and (_known(text[start:end]) or end - start >= 3 or text[end - 1] == "业"):
            yield Claim(Span(base + start, base + end), text[start:end], "became", None, None, 1)


_COMPARED = compiled(r"(?:超过?|[高低快慢优劣大小多少]于|比|较)$")


# 制造业 where it is one of the trades that are told of, and no 制造业企业 or 制造业强省
_MANUFACTURING = compiled(
    r"(?:^|(?<=[，,；;：:、。（(和与及中]))制造业(?=[，,、；;。：:和与及]|$|增|产|投|营|利|用|实|完|税|固|吸|下|总|分|达|为|同|累|民|P|\d)"
)


def _classified(text: str, named: Sequence[IndustryName], base: int) -> Iterator[Claim]:
    """“住宿业完成营业额12亿元”: the names of the classifications, wherever they stand."""
    words = _words()
    sectioned = False
    for found in named:
        # “占税收比重超过房地产业” says nothing of it
        if found.name not in words.categories and not _COMPARED.search(text, max(0, found.start - 3), found.start):
            code = industry_code(found.name)
            sectioned = sectioned or (code is not None and code[0].isalpha())
            yield Claim(Span(base + found.start, base + found.end), found.name, "classified")
    for other in _MANUFACTURING.finditer(text) if sectioned else ():
        # beside 采矿业 and 建筑业 it is a trade like them
        yield Claim(Span(base + other.start(), base + other.end()), other.group(), "classified")


# What is named in the title of a repealed paper, or in an honour, is no industry of the document
_REPEALED = compiled(r"废止|失效|停止执行|不再执行")
_PAPER = compiled(r"《[^《》]{1,60}》")
_HONOUR = compiled(
    r"(?:获评|荣获|获得|授予|被评为|被授予|被誉为|荣膺|获)了?“[^“”]{2,30}”|“[^“”]{2,30}”(?:荣誉|称号|美誉|殊荣|金名片|奖)"
)


def _named_only(words: str) -> list[Span]:
    """The stretches of a sentence that are names of something else."""
    found = [Span(*name.span()) for name in _HONOUR.finditer(words)] if "“" in words else []
    if "《" in words and _REPEALED.search(words):
        found += [Span(*name.span()) for name in _PAPER.finditer(words)]
    return found


_RULES = (_lists_before, _lists_after, _lists_told, _lists_led, _became)
_HINT = compiled(r"业|经济|集群|赛道|发展|培育|布局|争取|打造|主导|支柱")

# What a heading or an item of a list begins with; “一、二、三产业” is none
_NUMBERING = compiled(
    r"""
    ^ [\s—－▲●■◆·\-]{0,6}
    (?: [（(]? (?: [一二三四五六七八九十]{1,3} | \d{1,3} ) (?: [)）、] | [.．](?!\d) )
        (?! [一二三四五六七八九十\d]{1,3}、 )
      | [①-⑳] | 第[一二三四五六七八九十]{1,3}[章节]
    )? \s*
    """,
    re.VERBOSE,
)
_TITLE_TIER = compiled(r"(?P<tier>战略性?新兴|支柱|主导|优势|特色|传统|未来|新兴|重点)产业$")


def _headings(text: Text) -> Iterator[Claim]:
    """“三、现代农业”, “（一）茶叶” below it; the tier is the title's (“…战略新兴产业”)."""
    clean = text.clean
    tier: str | None = None
    under = 0  # the level of the heading that named an industry
    for block in text.blocks:
        if block.kind != "heading":
            continue
        line = block.of(clean)
        offset = _NUMBERING.match(line)
        start = block.start + (offset.end() if offset else 0)
        words = clean[start : block.end].rstrip("。：: ")
        if not 2 <= len(words) <= 24:
            continue
        if title := _TITLE_TIER.search(words):
            if start + title.start() > block.start and len(words) > len(title.group()):
                tier = title.group()
            continue
        name = bare_industry(words)
        numbered = bool(offset and offset.end())
        if name != words and _is_name(name) and not _words().lead_in.search(name):
            under = block.level
            yield Claim(Span(start, start + len(name)), name, "heading", tier, None, 2)
        elif under and numbered and block.level > under and known_industry(words):
            yield Claim(Span(start, start + len(words)), words, "heading", None, None, 1)
        elif block.level <= under:
            under = 0


def _holds(claim: Claim, listed: set[str]) -> bool:
    """Whether a single unknown name is a listed one with something before it: 明州光学镜片产业."""
    if claim.rule != "single" or _known(claim.name):
        return False
    heads = (at for at in range(1, len(claim.name) - 2) if claim.name[at:] in listed)
    return any(not _words().modifier.search(claim.name, 0, at) for at in heads)


def claims(text: Text) -> list[Claim]:
    """Every claim, in document order."""
    clean = text.clean
    found: list[Claim] = list(_headings(text))
    for sentence in text.sentences:
        words = sentence.of(clean)
        if not _HINT.search(words):
            continue
        numbered = _NUMBERING.match(words)
        words = words[numbered.end() :] if numbered else words
        named = find_industries(words)
        masked = _mask(words, named)
        base = sentence.end - len(words)
        here = [claim for rule in _RULES for claim in rule(words, masked, base)]
        here += _classified(words, named, base)
        if here and (names := _named_only(words)):
            here = [
                claim
                for claim in here
                if not any(name.start + base <= claim.span.start < name.end + base for name in names)
            ]
        found += here
    # a doubtful name is one where the document lists it elsewhere
    listed = {claim.name for claim in found if claim.weight > 1}
    found = [claim for claim in found if (claim.weight or claim.name in listed) and not _holds(claim, listed)]
    return sorted(found, key=lambda claim: (claim.span.start, -claim.span.end, -claim.weight))
