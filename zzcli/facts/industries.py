"""The industries that a document names, with what its figures and events say of them.

Industries and tiers are read from the document's own sentences. A list is found from the word that it ends in
(“A、B、C等3个[优势]产业”) and read backwards: the words between the list and 产业 are the tier (优势产业) or, where they
speak of a level (世界级产业集群), the standing. Lists after their head (“四大支柱产业：A、B、C、D”), single industries
(“北斗产业”), headings (“三、清洁能源产业”) and the names of the classifications (“批发和零售业”) are read as well. Each way
of naming is one rule; what it finds is a claim; claims of one industry (汽车, 汽车产业, 汽车制造业) make one row.

A figure or event belongs to the industry that its sentence is about: the one named last before it, unless that stands
in a list with others or another area is named in between. What cannot be settled stays None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zzcli.lexicon import table
from zzcli.mentions.names import (
    bare_industry,
    find_areas,
    find_industries,
    industry_code,
    known_industry,
)
from zzcli.span import Span

if TYPE_CHECKING:
    from zzcli.facts.events import Event
    from zzcli.facts.figures import Figure
    from zzcli.reading.reflow import Text


@dataclass(frozen=True, slots=True)
class Milestone:
    """What an industry reached and when; ``period_code`` is None where the date is not settled."""

    period_code: str | None
    event: str


@dataclass(frozen=True, slots=True)
class Industry(Span):
    """An industry; the span is its first mention in the clean text.

    Attributes:
        industry: its name as the document's list of industries has it, without 产业, 行业 or 集群.
        tier: the group the document puts it in (优势产业), None outside the groups.
        status: its standing, in the document's words (世界级产业集群).
        scale, scale_unit: its size as a level (规模, 产值, 营业收入), in the base unit.
        enterprises: how many enterprises it counts.
        mentions: every place that names it. statement: the sentence for the quote.
        code, classification: its code, and the classification that has it.
    """

    industry: str
    tier: str | None
    status: tuple[str, ...]
    scale: Decimal | None
    scale_unit: str | None
    enterprises: Decimal | None
    milestones: tuple[Milestone, ...]
    mentions: tuple[Span, ...]
    statement: Span
    code: str | None = None
    classification: str | None = None
    flags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class _Claim(NamedTuple):
    """One place that says that something is an industry."""

    span: Span
    name: str
    rule: str
    tier: str | None = None
    status: str | None = None
    weight: int = 1  # 3 a list that counts its members, 2 another list, 1 a single mention


class _Words(NamedTuple):
    categories: frozenset[str]
    lead_in: re.Pattern[str]
    modifier: re.Pattern[str]
    not_name: tuple[str, ...]
    tail: re.Pattern[str]  # what stands between a list and its head: 等3个优势
    bare_tail: re.Pattern[str]  # the same without 等 or a count: 支柱
    head: re.Pattern[str]


_HEADS = "产业集群|产业链|产业|行业|集群|服务业|赛道"
# 房地产业 is no 产业 of 房地, 水产业 none of 水
_HEAD = rf"(?<![房地水遗特])(?:{_HEADS})"
_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|[几多数]|若干)"
_STOP = re.compile(r"[，,；;：:。！？!?\n—…《》“”\"]")
_CLAUSE = re.compile(r"[，,；;。！？!?\n]")
_BRACKETS = re.compile(r"[(（][^()（）]{1,20}[)）]")
_NOT_IN_NAME = re.compile(
    r"[^一-鿿A-Za-z0-9()（）+＋/·\-\ue000]"
    r"|\d{2}|[%％亿万]|[的了着吗呢吧们这那其我他她它您该某]|[一二三四五六七八九十两几多]个|年来|之一"
)
_NUMERALS = {word: value for value, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


@cache
def _words() -> _Words:
    source = table("industries")

    def either(words: Sequence[str]) -> str:
        return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))

    qualities = either(source["qualities"].split())
    tiers = either(source["tiers"].split())
    not_before = either(source["not_before"].split())
    return _Words(
        frozenset(source["categories"].split()),
        re.compile(either(source["lead_ins"].split())),
        re.compile(rf"(?:{either(source['modifiers'].split())})$"),
        tuple(source["not_names"].split()),
        re.compile(
            rf"(?:(?P<etc>等)|(?=[{'一二两三四五六七八九十几多数若系众诸'}\d]))"
            rf"(?:(?P<count>{_COUNT})(?:个|大|类|条|种|项|支)|一批|一系列|系列|众多|诸多|若干)?"
            rf"(?P<quality>(?:{qualities}){{0,8}})$"
        ),
        re.compile(rf"(?P<quality>(?:{tiers})(?:(?:{tiers})|和|与|及){{0,4}}|)$"),
        re.compile(rf"{_HEAD}(?!{not_before})"),
    )


def _mask(text: str) -> str:
    """The text with the separators inside names and brackets hidden, so that a list can be cut at the others.

    交通运输、仓储和邮政业 is one name, 装备制造(含汽车、船舶) one item. The length stays.
    """
    hidden = list(text)
    for found in find_industries(text):
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
    for start in range(max(0, len(name) - 16), len(name) - 1):
        if known_industry(name[start:]):
            while modifier := _words().modifier.search(name, max(0, start - 4), start):
                start = modifier.start()
            return start
    return len(name)


def _led_in(text: str, start: int, end: int) -> int:
    """Where the first name of a list begins: behind the last word that leads in, and behind an area's name."""
    fragment = text[start:end]
    limit = _tail_start(fragment)
    cut = 0
    for lead in _words().lead_in.finditer(fragment):
        if lead.end() <= limit and len(fragment) - lead.end() >= 2:
            cut = lead.end()
    for area in find_areas(fragment[cut:]):
        if area.start == 0 and len(fragment) - cut - area.end >= 2:
            cut += area.end
        break
    return start + cut


def _is_name(name: str) -> bool:
    """Whether the words can be the name of an industry."""
    words = _words()
    if name in words.categories or bare_industry(name) in words.categories:
        return False
    if known_industry(name):
        return True
    if not 2 <= len(_BRACKETS.sub("", name)) <= 14 or _NOT_IN_NAME.search(name):
        return False
    if _tail_start(name) < len(name):
        return True
    if name.endswith(words.not_name) or name[0] in "和与及等或并" or name[-1] in "和与及等或并性化级":
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
) -> list[tuple[int, int]]:
    """The places of the names in a list that ends at ``end``; empty where it is none."""
    places = _parts(masked, start, end, count, etc)
    if count is not None and not etc and len(places) > count:
        places = places[-count:]
    first, last = places[0]
    places[0] = (_led_in(text, first, last), last)
    kept = [(a, b) for a, b in ((_trim(text, a, b)) for a, b in places) if _is_name(text[a:b])]
    # half of it is none: no list of industries
    return kept if 2 * len(kept) > len(places) or len(places) == 1 else []


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the space around it and without 产业, 行业, 集群."""
    while start < end and text[start] in ' \u3000“‘"':
        start += 1
    while end > start and text[end - 1] in ' \u3000”’"':
        end -= 1
    return start, start + len(bare_industry(text[start:end]))


def _group(quality: str, head: str) -> tuple[str | None, str | None]:
    """Tier and standing that the words between a list and its head give: 优势 → 优势产业, 世界级 → a standing."""
    quality = quality.strip("和与及、·/的 ")
    for neutral in ("细分", "相关", "其他", "主要", "类型", "类", "型", "大", "新"):
        quality = quality if quality not in (neutral,) else ""
    if not quality:
        return None, None
    whole = quality if quality.endswith(head) else quality + head
    if "级" in quality or re.fullmatch(r"[百千万]亿元?", quality):
        return None, whole
    return whole, None


def _number(word: str | None) -> int | None:
    if word is None:
        return None
    if word.isdigit():
        return int(word)
    return _NUMERALS.get(word)


def _lists_before(text: str, masked: str, base: int) -> Iterator[_Claim]:
    """“A、B、C等3个优势产业”, “A、B两个世界级产业集群和C国家级产业集群”, “钢铁、化工产业”, “北斗产业”."""
    words = _words()
    done = 0
    for head in words.head.finditer(text):
        stops = [stop.end() for stop in _STOP.finditer(masked, max(done, head.start() - 300), head.start())]
        start = max(stops[-1] if stops else max(done, head.start() - 300), done)
        while start < head.start() and text[start] in "和与及、 以":
            start += 1
        end = head.start()
        tail = words.tail.search(text, max(start, end - 40), end)
        # 等 inside a word, and a numeral that a name begins with (三元材料), leave no list before them
        if tail is None or tail.start() == start:
            bare = words.bare_tail.search(text, max(start, end - 24), end)
            quality, etc, count = (bare["quality"] if bare else ""), False, None
            marked, end = False, end - len(quality)
        else:
            quality, etc, count = tail["quality"], bool(tail["etc"]), _number(tail["count"])
            marked, end = True, tail.start()
        if end - start < 2:
            done = head.end() if not marked else done
            continue
        tier, status = _group(quality, head.group())
        items = _items(text, masked, start, end, count, etc)
        if not marked and len(items) == 1:
            # “世界级智能语音及人工智能产业集群”
            first, last = items[0]
            if level := re.match(r"(?:世界级|国家级|省级|国际级)+", text[first:last]):
                items, status = [(first + level.end(), last)], level.group() + head.group()
            if quality == "" and not _clear(text, *items[0], head.end()):
                items = []
        weight = 3 if marked and tier and (count or len(items) > 1) else 2 if marked or len(items) > 1 else 1
        rule = "list-before-head" if marked or len(items) > 1 else "single"
        for first, last in items:
            yield _Claim(Span(base + first, base + last), text[first:last], rule, tier, status, weight)
        if items or marked:
            done = head.end()


# After an industry that is what its sentence is about: 轨道交通产业集聚, 服饰产业于2020年
_PREDICATE = re.compile(
    r"的?(?:蓬勃|快速|加快|稳步|持续|健康)?(?:集聚|聚集|拥有|构建|形成|成为|实现|完成|产值|规模|营收|营业|主营|总产|增加值|利润|出口"
    r"|产量|投资|发展|崛起|突破|迈|达到|跃|保持|增长|上涨|下降|入选|获批|进入|跨|从|已|现有|共有|[于在]\d{4}年)"
)


def _clear(text: str, start: int, end: int, after: int) -> bool:
    """Whether a single name before 产业 is one: the lexicon has it, or a clause begins with it and is about it."""
    name = text[start:end]
    if known_industry(name) or _tail_start(name) == 0:
        return True
    begins = start == 0 or _CLAUSE.match(text, start - 1) is not None
    areas = find_areas(text[max(0, start - 12) : start])
    placed = bool(areas) and areas[-1].end == min(12, start) and not _words().lead_in.search(name)
    return (begins or placed) and len(name) >= 3 and _PREDICATE.match(text, after) is not None


_AFTER_HEAD = re.compile(
    rf"(?:{_COUNT}(?:个|大|类|条)|一批)(?P<quality>[一-鿿]{{0,10}}?)(?P<head>{_HEADS})"
    r"(?:[（(：:]|——?|，?(?:即|包括|分别是|分别为|主要包括|主要有|涵盖))\s*(?P<list>[^。；;：:\n]{3,200})"
)


def _lists_after(text: str, masked: str, base: int) -> Iterator[_Claim]:
    """“四大支柱产业：A、B、C和D”, “3个千亿产业（A、B、C）”."""
    for found in _AFTER_HEAD.finditer(text):
        start, end = found.span("list")
        brackets = _STOP.search(masked, start, end)
        end = brackets.start() if brackets else end
        if (close := re.compile(r"[)）]").search(text, start, end)) and not re.search(
            r"[(（]", text[start : close.start()]
        ):
            end = close.start()
        if "、" not in masked[start:end]:
            continue
        etc = re.compile(r"等(?:产业|行业|集群)?$").search(text, start, end)
        items = _items(text, masked, start, etc.start() if etc else end)
        tier, status = _group(found["quality"], found["head"])
        for first, last in items if len(items) > 1 else ():
            yield _Claim(Span(base + first, base + last), text[first:last], "list-after-head", tier, status, 3)


_LED_BY = re.compile(
    r"以(?P<list>[^，。；：\n]{2,80}?)(?:产业)?为(?P<role>主导|支柱|核心|重点|龙头|主体|特色|代表|引领|主)(?P<rest>[^，。；\n]{0,14})"
)
_ROLE_HEAD = re.compile(r"产业|行业|集群|经济")
_DEVELOP = re.compile(
    r"(?:发展|培育|壮大|做大做强|做强做优|做强做大|主攻|布局|争取|提升|改造|打造)(?P<list>[^，。；：\n]{5,80}?)(?P<etc>等|(?=[，。；\n]|$))"
)


def _lists_led(text: str, masked: str, base: int) -> Iterator[_Claim]:
    """“以A、B为主导的产业体系”; “重点发展A、B、C”, where the lexicon knows what they are."""
    for found in _LED_BY.finditer(text):
        start, end = found.span("list")
        if text[end - 1] == "等":
            end -= 1
        items = _items(text, masked, start, end)
        names = [text[first:last] for first, last in items]
        known = sum(map(known_industry, names))
        if not (_ROLE_HEAD.search(found["rest"]) or text.startswith("产业", end)) or known * 2 < len(names):
            continue
        for first, last in items:
            yield _Claim(Span(base + first, base + last), text[first:last], "led-by", None, None, 2)
    for found in _DEVELOP.finditer(text):
        start, end = found.span("list")
        if "、" not in masked[start:end]:
            continue
        items = _items(text, masked, start, end)
        names = [text[first:last] for first, last in items]
        emerging = any((code := industry_code(name)) and code[0][0].isdigit() and "新兴" in code[1] for name in names)
        if len(names) >= 2 and emerging and all(map(known_industry, names)):
            for first, last in items:
                yield _Claim(Span(base + first, base + last), text[first:last], "developed", None, None, 1)


_BECAME = re.compile(
    r"(?:成为|跻身|跃升为|成长为|晋升为|迈入)(?:我?全?[省市国县区州])?(?:第?[一二两三四五六七八九十\d]{1,3}个)?[^，。；、]{0,6}?"
    r"(?:[百千万]亿元?级?|支柱|主导|优势|特色|战略性新兴)(?:级)?(?:产业|集群|行业)"
)
_WHEN = re.compile(
    r"^.{0,12}?\d{1,4}年(?:\d{1,2}月)?(?:底|初|末|份|以来)?|^.{0,4}(?:今年|去年|目前|近年来)(?:\d{1,2}月)?"
)


def _became(text: str, masked: str, base: int) -> Iterator[_Claim]:
    """“A与B(含C)成为第三个千亿产业”: what became an industry is one."""
    for found in _BECAME.finditer(text):
        stops = [stop.end() for stop in _STOP.finditer(masked, max(0, found.start() - 40), found.start())]
        start = stops[-1] if stops else max(0, found.start() - 40)
        end = found.start()
        subject = re.sub(r"(?:[于在]?\d{4}年|已|也|率先|首次|正式|将)+$", "", text[start:end])
        end = start + len(subject)
        if when := _WHEN.match(subject):
            start += when.end()
        start, end = _trim(text, _led_in(text, start, end), end)
        if _is_name(text[start:end]) and (known_industry(text[start:end]) or end - start >= 3):
            yield _Claim(Span(base + start, base + end), text[start:end], "became", None, None, 1)


def _classified(text: str, masked: str, base: int) -> Iterator[_Claim]:
    """“批发和零售业实现零售额265.5亿元”: the names of the classifications, wherever they stand."""
    words = _words()
    for found in find_industries(text):
        if found.name not in words.categories:
            yield _Claim(Span(base + found.start, base + found.end), found.name, "classified")


_RULES = (_lists_before, _lists_after, _lists_led, _became, _classified)
_HINT = re.compile(r"业|集群|产业|赛道|发展|培育|布局|争取|打造")

_NUMBERING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节])?\s*"
)
_TITLE_TIER = re.compile(r"(?P<tier>战略性?新兴|支柱|主导|优势|特色|传统|未来|新兴|重点)产业$")


def _headings(text: Text) -> Iterator[_Claim]:
    """“三、清洁能源产业”, “（一）光伏发电” below it; the tier is the title's (“…战略新兴产业”)."""
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
            yield _Claim(Span(start, start + len(name)), name, "heading", tier, None, 2)
        elif under and numbered and block.level > under and known_industry(words):
            yield _Claim(Span(start, start + len(words)), words, "heading", None, None, 1)
        elif block.level <= under:
            under = 0


def _claims(text: Text) -> list[_Claim]:
    """Every claim, in document order."""
    clean = text.clean
    found: list[_Claim] = list(_headings(text))
    for sentence in text.sentences:
        words = sentence.of(clean)
        if not _HINT.search(words):
            continue
        masked = _mask(words)
        for rule in _RULES:
            found += rule(words, masked, sentence.start)
    return sorted(found, key=lambda claim: (claim.span.start, -claim.span.end, -claim.weight))


def _key(name: str) -> str:
    """What the names of one industry have in common: 汽车, 汽车产业, 汽车制造业 are one."""
    bare = re.sub(r"[、的\s“”\"]", "", bare_industry(name))
    if bare.endswith("制造业") and len(bare) > 4:
        return bare[:-3]
    if bare.endswith("制造") and len(bare) > 3 and known_industry(bare + "业"):
        return bare[:-2]
    if (
        bare.endswith("业")
        and len(bare) > 2
        and not bare.endswith(("服务业", "农业", "工业", "林业", "牧业", "渔业", "种业"))
    ):
        return bare[:-1]
    return bare


class _Row(NamedTuple):
    name: str
    claims: list[_Claim]
    mentions: list[Span]


def _rows(text: Text) -> list[_Row]:
    """The claims of one industry together, the rows in the order of their first claim."""
    grouped: dict[str, list[_Claim]] = {}
    for claim in _claims(text):
        grouped.setdefault(_key(claim.name), []).append(claim)
    rows: list[_Row] = []
    for claims in grouped.values():
        best = max(claims, key=lambda claim: (claim.tier is not None, claim.weight))
        rows.append(_Row(best.name.strip(), claims, []))
    return rows


def _mentions(text: Text, rows: list[_Row]) -> None:
    """Every place that names a row, the longest name first: 新能源汽车 is no mention of 新能源 where both are rows."""
    by_pair: dict[str, list[tuple[str, _Row]]] = {}
    for row in rows:
        for name in dict.fromkeys([row.name, *(claim.name for claim in row.claims)]):
            by_pair.setdefault(name[:2], []).append((name, row))
    for names in by_pair.values():
        names.sort(key=lambda pair: -len(pair[0]))
    clean = text.clean
    done = 0
    for start in range(len(clean) - 1):
        if start < done or (names_here := by_pair.get(clean[start : start + 2])) is None:
            continue
        for name, row in names_here:
            if clean.startswith(name, start):
                done = start + len(name)
                row.mentions.append(Span(start, done))
                break


_SCALE = (
    re.compile(r"规模"),
    re.compile(r"总?产值|总产出"),
    re.compile(r"营业?收入?|主营业务收入|销售收入|综合收入"),
    re.compile(r"增加值"),
)
_NO_SCALE = re.compile(r"投资|资金|基金|税|利润|增量|新增|人均|单位|平均|进口|出口")
_ENTERPRISE = re.compile(r"企业")
_REACHED = re.compile(
    r"(?:成为|迈[上入进过]|突破|跨[过越入]|跻身|晋级|跃上|进入|达到?|超过?)[^，。；]{0,8}?"
    r"(?P<amount>[一二两三四五六七八九\d]{0,4}[十百千万]{0,2}亿)元?[^，。；]{0,4}?(?:级|产业|集群|台阶|大关|规模|行列|俱乐部|行业)"
)
_ENTERED = re.compile(
    r"(?:进入|入选|入围|跻身|获批|获评|列入|纳入|被认定为|被评为|升级为|成为)(?P<what>[^，。；、]{2,24}?(?:集群|行列|名单|试点|示范区|产业))"
)
_FOREMOST = re.compile(
    r"(?:构建|建成|形成|打造|拥有)[起成出了]{0,2}(?P<what>(?:国内|全国|全球|世界|亚洲|全省)(?:最|唯一|首|领先|第一)[^，。；]{2,40})"
)
_CHAIN = re.compile(r"全产业链")
_ABOVE = {"十": 10, "百": 100, "千": 1000, "万": 10_000}


def _amount(words: str) -> Decimal:
    """千亿 → 1E11, 3000亿 → 3E11, 两千亿 → 2E11, 万亿 → 1E12."""
    value = 0
    for character in words.removesuffix("亿"):
        if character.isdigit():
            value = value * 10 + int(character)
        elif character in _ABOVE:
            value = (value or 1) * _ABOVE[character]
        else:
            value = _NUMERALS.get(character, 0)
    return Decimal((value or 1) * 10**8)


class _Subjects:
    """Which industry a place in the text is about."""

    def __init__(self, text: Text, rows: list[_Row]) -> None:
        self._clean = text.clean
        places = sorted(((span, row) for row in rows for span in row.mentions), key=lambda pair: pair[0].start)
        self._spans = [span for span, _ in places]
        self._rows = [row for _, row in places]
        self._starts = [span.start for span in self._spans]
        self._sentences = [sentence.start for sentence in text.sentences]

    def _sentence(self, place: int) -> int:
        at = bisect_left(self._sentences, place + 1) - 1
        return self._sentences[at] if at >= 0 else 0

    def of(self, place: int, first: int | None = None) -> tuple[_Row, Span] | None:
        """The industry named last before ``place`` in its sentence, where it stands alone and nothing else is named."""
        at = bisect_left(self._starts, place) - 1
        begin = self._sentence(place) if first is None else first
        if at < 0 or self._spans[at].start < begin:
            return None
        span = self._spans[at]
        between = self._clean[span.end : place]
        if at and self._listed(self._spans[at - 1], span):
            return None
        if re.match(r"、|和|与|及|以及|等", between) or find_areas(between):
            return None
        return self._rows[at], span

    def _listed(self, before: Span, span: Span) -> bool:
        """Whether two mentions stand in one list: a figure behind them is of both."""
        return (
            re.fullmatch(
                r"(?:产业集群|产业链|产业|行业|集群)?\s*(?:、|和|与|及|以及)\s*", self._clean[before.end : span.start]
            )
            is not None
        )


def _scale(found: list[tuple[int, Figure]]) -> Figure | None:
    """The figure that gives an industry's size best: its 规模 before its 产值, 营业收入, 增加值; the first of each."""
    return min(found, key=lambda pair: (pair[0], pair[1].start), default=(0, None))[1]


def _rank_of_scale(indicator: str) -> int | None:
    if _NO_SCALE.search(indicator):
        return None
    return next((rank for rank, pattern in enumerate(_SCALE) if pattern.search(indicator)), None)


def _own_words(clean: str, span: Span, words: str) -> str:
    """The words of a standing without the industry's own name before them: 国家先进制造业集群."""
    return re.sub(r"^(?:了|为|第[一二三四五六七八九十\d]{1,3}个)+", "", words).strip()


def read_industries(text: Text, figures: Sequence[Figure], events: Sequence[Event]) -> tuple[Industry, ...]:
    """The industries of a document: those in its tiers first, tier by tier, then the others, each in document order."""
    rows = _rows(text)
    if not rows:
        return ()
    _mentions(text, rows)
    rows = [row for row in rows if row.mentions]
    clean = text.clean
    subjects = _Subjects(text, rows)
    scales: dict[int, list[tuple[int, Figure]]] = {}
    enterprises: dict[int, Figure] = {}
    milestones: dict[int, list[Milestone]] = {}
    reached: dict[int, Decimal] = {}
    standing: dict[int, list[str]] = {}
    for figure in figures:
        if figure.measure != "level" or figure.status != "actual" or figure.value_max is not None:
            continue
        subject = subjects.of(figure.start)
        if subject is None:
            continue
        row, span = subject
        indicator = (figure.indicator or "") + clean[max(span.end, figure.start - 8) : figure.start]
        if figure.unit == "元" and (rank := _rank_of_scale(indicator)) is not None:
            scales.setdefault(id(row), []).append((rank, figure))
        elif figure.unit in ("家", "户", "个") and _ENTERPRISE.search(indicator):
            enterprises.setdefault(id(row), figure)
    for event in events:
        words = event.statement.of(clean)
        if (match := _REACHED.search(words)) is None:
            continue
        subject = subjects.of(event.statement.start + match.start(), event.statement.start)
        if subject is None:
            continue
        code = event.period.code
        milestones.setdefault(id(subject[0]), []).append(Milestone(code, event.event))
        reached[id(subject[0])] = max(reached.get(id(subject[0]), Decimal(0)), _amount(match["amount"]))
    for sentence in text.sentences:
        words = sentence.of(clean)
        for pattern in (_ENTERED, _FOREMOST):
            for match in pattern.finditer(words):
                if re.search(r"[百千万]亿", match["what"]):
                    continue
                if subject := subjects.of(sentence.start + match.start()):
                    said = _own_words(clean, subject[1], match["what"])
                    standing.setdefault(id(subject[0]), []).append(said)
        for match in _CHAIN.finditer(words):
            if (subject := subjects.of(sentence.start + match.start())) and subject[
                1
            ].end == sentence.start + match.start():
                standing.setdefault(id(subject[0]), []).append("全产业链")
    found: list[Industry] = []
    for row in rows:
        key = id(row)
        tiers = [claim for claim in row.claims if claim.tier]
        best = max(tiers or row.claims, key=lambda claim: claim.weight)
        size = _scale(scales.get(key, []))
        scale = size.value if size else reached.get(key)
        sentence_at = bisect_left([s.start for s in text.sentences], best.span.start + 1) - 1
        statement = text.sentences[sentence_at] if sentence_at >= 0 else best.span
        code = industry_code(row.name)
        status = [*(claim.status for claim in row.claims if claim.status), *standing.get(key, [])]
        found.append(
            Industry(
                row.mentions[0].start,
                row.mentions[0].end,
                row.name,
                best.tier,
                tuple(dict.fromkeys(status)),
                scale,
                "元" if scale is not None else None,
                enterprises[key].value if key in enterprises else None,
                tuple(milestones.get(key, ())),
                tuple(row.mentions),
                Span(statement.start, statement.end),
                *(code or (None, None)),
                rules=tuple(dict.fromkeys(claim.rule for claim in row.claims)),
            )
        )
    order = list(dict.fromkeys(industry.tier for industry in found if industry.tier))
    return tuple(sorted(found, key=lambda row: order.index(row.tier) if row.tier else len(order)))
