"""Words beside a number → the name of what it measures.

The words come without the time expressions in them. What is returned is a stretch of the document's own words (or two
of them joined: a part and the head of its whole), never anything else; ``""`` where the words hold no name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from zzcli.lexicon import table
from zzcli.patterns import compiled, either

_ROUND = " \t\n\u3000,，、;；:：。.…·—-~～+"
_QUOTES = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", "(": ")", "（": "）"}
_MARKS = frozenset('"').union(_QUOTES, _QUOTES.values())
# verbs of one character, and the words of which they are no more than a part
_SINGLE_ENDER = (
    r"居(?=[全世亚国省市第中首])|共(?=运送|销售|完成|实现|生产|接待|签约|投入|培训|发放)|(?<![行作成人认称])为(?![了什何])|是(?!否)|被(?![褥子])|已(?!婚)|(?<![自理])由(?![来])|(?<![平人户年亩日月])均(?!衡|等|价)"
    r"|(?<![存潜内外所现])在(?![线职校建册岗外读编研孵地途]|园(?!区))|从(?![业事属严优前])|占(?![地比用])|(?<![大总])将(?![军领士近])"
)
_WORD = compiled(r"[\u3400-\u9fff]{2}|[A-Z]{2}")
# 五年|增加275家, 近三年: a length of time names nothing
_LENGTH = compiled(
    r"(?:过去|近|这|前|后|连续)?[\d一二两三四五六七八九十几]{1,4}个?(?:年|月|季度|天)(?:来|间|内|多|以来)?"
)
_COMPARED = compiled(r"比(?![重例率赛武亚利])|较(?!大|小|高|低|多|少|快|为)|同比")
_TWINS = compiled(r"收入|支出|存款|贷款|进口|出口|产量|面积|单产|出栏|存栏|利润|税收")
_DESCRIBED = compiled(
    r"[^、的和与及，。；\d]{2,8}、[^的，。；、\d]{2,10}的(?P<noun>[^的、和与及，。；]{2,10})(?=[，。；]|$)"
)
_SHORT = 8  # characters of a subject that a bare statistic keeps before it
_UNDONE = compiled(r"(?<=..)(?:[能将均都也还]|可(?!可)|已)$")  # what a verb that was cut off leaves: 企业能|从
_LONGEST = 24  # a name longer than this is a sentence; what stands after its last 的 is the name
_LOOSE_END = compiled(r"(?:之一|等|以上|左右|以内|的|和|与|及|近|逾|超|约)$")
_NAME_STOP = compiled(r"[，,；;。：:！？!?（(▲▶◆●■]")
_AND = compiled(r"和|与|及|以及")
_JOINED = compiled(r"、|和|与|及|以及")
_AND_MORE = compiled(r"等.*", re.DOTALL)
_SECTOR = compiled(r"(第?[一二三])(次?产业)")
_REGION = compiled(r"(?:东北|[东中西])(部(?:地区|省份|各省))")
_BARE_SECTOR = compiled(r"^([一二三])(次?)产业")


@cache
def alternatives(*keys: str, shortest: int = 1) -> str:
    """The words of ``indicators.toml`` under ``keys`` with at least that many characters, as one alternation."""
    words = {word for key in keys for word in table("indicators")[key] if len(word) >= shortest}
    return either(words)


@cache
def _sources() -> dict[str, str]:
    """The patterns of this room, built from the lexicon."""
    return {
        "openings": (
            # one character opens only before a word that is known: 将达到, 共新增; but 再贷款, 超长期, 共享 are names
            rf"(?:{alternatives('openings', shortest=2)}"
            r"|[（(][\d一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d)|的|并(?!网|购|联|列|轨)|且|而|按(?!揭|摩|键|需)"
            rf"|[将要仅共已还再近约超末底但至又](?={alternatives('actions', 'carriers', shortest=2)})|[“\"'‘]?(?=$)"
            rf"|对(?=(?:{alternatives('heads')})$)"
            r"|可(?=解决|实现|带动|提供|新增|满足|容纳|安置|处理|节约|减少)|有(?![色机限线效轨关偿毒害价]))"
        ),
        "tail": (
            rf"(?:{alternatives('adverbs', 'carriers')}|的|以"
            # 均价每平方米6800元, 标准为每人每月620元, 能耗由每万元38立方米
            r"|每[十百千万]{0,2}(?:秒|分钟|平方米|立方米|平方公里|公里|公顷|公斤|小时|个月|[元亩吨人户月年天日头株度])"
            r"|为(?:年初|年度|全年|调整)?(?:预算|计划|目标)(?:任务|数)?)$"  # 收入128亿元，为预算的102%
        ),
        "action": rf"(?P<verb>{alternatives('actions')})了?(?![区率度型性])(?=[^，、]{{2}})",
        "nothing": rf"(?:{alternatives('adverbs', 'carriers', 'openings')}|目标|任务|预算|计划){{1,12}}",
        "lead action": rf"^(?:{alternatives('actions')})了?",
        "bare": rf"(?:{alternatives('actions')})了?$",
        "adverb": r"[现设建共还只仅各计]有(?!产权|制|林|者)"
        r"|(?<!公)累计|已经|一共|总共|合计|共计|已(?!婚|故)|(?<!公)共(?!同|和|享|产|青|建|有|性|管|富|治)",
        "ender": rf"{_SINGLE_ENDER}|中(?=[排居位列])"
        rf"|(?:{alternatives('enders')})(?!区|地|中心|带|型|性|式|力|度|率|量|城市|试点|示范|工程)",
        # what cannot begin a counted noun: 以上, a mark, a verb (but 增加值, 升学率, 集中式 are nouns)
        "no noun": (
            r"(?:(?:及|（含）)?以[上下内]|左右|上下)(?!的)|[、，,；;。：:）)”]"
            rf"|(?:{_SINGLE_ENDER}|{alternatives('enders')}|{alternatives('rise', 'fall', 'carriers', shortest=2)}"
            r"|[减降增升][至到为])(?!项目|额|速|值|率|校|等|中生|式|型|化|性|区|带|地)"
        ),
        "head": rf"(?:平均|人均)?(?:{alternatives('heads')})$",
        "carried": rf"实现(?=(?:{alternatives('heads')})$)",
        "setting": (
            r"按(?:照)?[^，、]{1,10}计(?:算|价)?(?=[环同])|在[^，、在]{1,16}?(?:带动下|推动下|影响下|作用下|支撑下|背景下|基础上|方面|领域|过程中|期间|年间)"
            r"|(?:连续|未来|近|过去|前|后)?[\d一二两三四五六七八九十]{1,3}个?(?:年|月|周|天|季度)(?:以上|内|间|来|之内|保持){1,4}"
            r"|^(?:[\d一二两三四五六七八九十]{1,3}年(?:共|累计|合计|间))"
            r"|连续[\d一二两三四五六七八九十]{1,3}个?(?:年|月|季度)(?:保持)?"
            r"|第[\d一二三四五六七八九十百 ]{1,5}条"
        ),
        # 玩具(包括毛绒玩具等) · 《指令》(下称…): a bracket that explains is no part of the name; 细颗粒物（PM2.5） is
        "explained": r"[（(][^（()）]{0,40}(?:、|包括|含|下称|简称|即|其中)[^（()）]{0,40}[）)]",
        # 企业把账期由30天… · 主要建设了装机4MW… · 公司由集团投资15亿元: the name stands behind
        "object": (
            r"^.{0,1200}(?:给予|予以)(?=[^，]{2})|^.{0,1200}(?:把(?![关手握])|将(?![军士会要有是为使]|[达超接突高]|增[长加至到](?!值)|下降|[减降提升][少低至到高升]"
            r"|实现|形成|完成|继续|带动|建[成设]|新[增建]|拥有)|令)(?=[^，]{2})|^.{0,1200}了(?![解然如])(?=[^，]{2})"
            r"|^.{0,1200}由(?=[^，由]{2,12}(?:投资|出资)$)|^.{0,1200}持平[、和](?=.{2})|^.{0,1200}(?<![并而暂])且(?=.{2})"
        ),
        # 5条左右的航线; 20个以上 alone ends the clause
        "about": r"^(?:以[上下内]|左右)?[的 ]+|^左右(?=[^，。；、：的]{2})",
        "people first": rf"[^，。；、的]{{0,8}}?(?:{alternatives('people')})",
        "people act": rf".{{0,8}}?(?:{alternatives('people')})"
        r"(?=[喝用住吃走看搬享获受参脱入进发提纳]|得到|实现|上学|就业(?!率|人))",
        "link": r"、|和|与|及(?!以)|以及|或",
    }


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """One of the patterns, compiled on first use."""
    return compiled(_sources()[kind])


def _trim(words: str) -> str:
    """Without the marks around it and without a quote or bracket that has lost its partner."""
    words = words.strip(_ROUND)
    if _MARKS.isdisjoint(words):
        return words
    for opening, closing in _QUOTES.items():
        if words.startswith(closing):
            words = words[1:]
        if words.endswith(opening):
            words = words[:-1]
        while words.startswith(opening) and closing not in words:
            words = words[1:]
        if words.endswith(closing) and opening not in words:
            words = words[:-1]
    if words.count('"') % 2:
        words = words.strip('"')
    return words.strip(_ROUND)


@lru_cache(maxsize=2048)
def strip(words: str) -> str:
    """Words without openings at the front and without what only carries a number at the end."""
    while True:
        before = words = _trim(words)
        match = _pattern("openings").match(words)
        if match and len(words) - match.end() != 1:
            words = words[match.end() :]  # 成功率 is no 率
        if match := _pattern("tail").search(words[-12:]):
            words = words[: len(words) - (len(words[-12:]) - match.start())]
        if words == before:
            return words


@lru_cache(maxsize=2048)
def name_before(words: str) -> str:
    """The name that ends where a number, or a word of change before a number, begins.

    >>> name_before("其中，全市累计完成工业投资达到")
    '工业投资'
    >>> name_before("装备制造业在龙头带动下实现增加值")
    '装备制造业增加值'
    """
    words = _pattern("explained").sub("", _pattern("setting").sub("", words))
    words = _pattern("object").sub("", words)
    words = strip(words)
    words = _core(_pattern("carried").sub("", words))
    # a name has a Chinese word in it or is an abbreviation: the P of 1.6万P is none
    if _COMPARED.match(words) and not head_of(words):
        return ""  # 比前日同时段（33万）微增2%: of what was told before
    if _pattern("nothing").fullmatch(words) or _LENGTH.fullmatch(words) or not _WORD.search(words):
        return ""
    return words


def _core(words: str) -> str:
    """The thing itself: what an adverb or a verb of doing leads to, and no more than a name's length."""
    after = last_match(_pattern("adverb"), words)
    if after and after.start() > 0:
        rest = _trim(words[after.end() :])
        if len(rest) >= 3 and not is_doing(rest):
            thing = strip(rest)
            alone = _pattern("head").fullmatch(thing) and after.start() <= _SHORT  # 项目已完成投资: the project's
            words = words[: after.start()] + thing if alone else thing
        elif is_doing(rest) or not rest:
            words = _trim(words[: after.start()])
    verb = last_match(_pattern("action"), words)
    if verb and verb.start() > 0 and _pattern("head").fullmatch(words, verb.end()) is None:
        words = words[verb.start() :]  # 中省直企业完成投资 stays whole: the noun says nothing without its subject
    if len(words) > _LONGEST:
        tail = words.rpartition("的")[2]
        listed = words.rpartition("、")[2]
        tail = tail if 2 <= len(tail) <= _LONGEST else listed if head_of(listed) else ""
        words = tail if 2 <= len(tail) <= _LONGEST else ""
    return _trim(words)


def last_match(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The last place where a pattern matches."""
    found = None
    for match in pattern.finditer(words):
        found = match
    return found


@lru_cache(maxsize=2048)
def name_after(words: str) -> str:
    """The counted noun that begins where a number ends; it stops at the verb.

    >>> name_after("家单位组建而成的创新中心"[1:])
    '单位'
    """
    words = _pattern("about").sub("", words)
    if _pattern("no noun").match(words):
        return ""
    if described := _DESCRIBED.match(words):
        return described["noun"]  # 25个环境优美、配套齐全的公园
    words = _pattern("explained").sub("", cut(words))
    if people := _pattern("people act").match(words):
        words = people.group()  # 405万群众|喝上了自来水
    items = _pattern("link").split(words)
    if len(items) > 1 and max(map(len, items)) > 5 and len(items[0]) >= 2:
        words = items[0]
    words = _trim(_LOOSE_END.sub("", words))
    return words if 1 < len(words) <= _LONGEST and _WORD.search(words) else ""


def people_in(words: str) -> str:
    """The people whom words begin with (高校师生|大规模推进); ``""`` where they begin with none."""
    match = _pattern("people first").match(words)
    return match.group() if match else ""


def cut(words: str) -> str:
    """The noun phrase that words begin with: up to a mark, or to a verb behind two characters or more."""
    words = _NAME_STOP.split(words, maxsplit=1)[0]
    for match in _pattern("ender").finditer(words):
        if match.start() >= 2 and not _quoted(words, match.start()):
            return _trim(_UNDONE.sub("", words[: match.start()]))
    return _trim(words)


def _quoted(words: str, place: int) -> bool:
    """Whether the place stands inside quotation marks."""
    head = words[:place]
    return any(head.count(a) > head.count(b) for a, b in (("“", "”"), ("「", "」"))) or head.count('"') % 2 == 1


def head_of(name: str) -> str:
    """The statistic that a name ends in: 商品房销售面积 → 销售面积; ``""`` where it ends in none."""
    return _head(name[-_LONGEST:])


@lru_cache(maxsize=2048)
def _head(ending: str) -> str:
    match = _pattern("head").search(ending)
    return match.group() if match else ""


def is_doing(name: str) -> bool:
    """Whether the name is a verb of doing alone (探明)."""
    return bool(_pattern("bare").fullmatch(name))


def part_head(name: str) -> str:
    """The statistic of a part of what ``name`` measures: 社会消费品零售总额 → 零售额."""
    head = head_of(name)
    parts: dict[str, str] = table("indicators")["parts"]
    return parts.get(head, head)


def growth_name(name: str) -> str:
    """The name of a growth whose words name no statistic: 经济 → 经济增长; else the name itself."""
    growths: dict[str, str] = table("indicators")["growths"]
    return growths.get(name, name)


@lru_cache(maxsize=2048)
def generic_of(name: str) -> str:
    """The word that says nothing alone (增速, 占比) which a name comes to, if it does: 设立总规模 → 总规模."""
    plain = _pattern("lead action").sub("", name)
    return next((word for word in (name, plain) if word in _generic()), "")


@cache
def _generic() -> frozenset[str]:
    lexicon = table("indicators")
    return frozenset(lexicon["generic"]) | frozenset(lexicon["rates"])


@cache
def qualities() -> frozenset[str]:
    """Generic words that tell something of a statistic rather than name another one (增速, 占比)."""
    lexicon = table("indicators")
    return frozenset(lexicon["qualities"]) | frozenset(lexicon["rates"])


def coordinated(name: str, count: int) -> tuple[str, ...]:
    """``count`` names out of one coordination, the last one's head shared; ``()`` where it does not come out even.

    >>> coordinated("第一、第二、第三产业增加值", 3)
    ('第一产业增加值', '第二产业增加值', '第三产业增加值')
    """
    for items in _splits(name):
        if len(items) == count and all(items):
            return _shared(items)
    return ()


def _splits(name: str) -> list[list[str]]:
    if name.startswith("城乡") and "、" not in name:
        return [["城镇" + name[2:], "农村" + name[2:]]]  # 城乡居民收入分别增长4%、5%
    commas = name.split("、")
    last = _AND.split(commas[-1], maxsplit=1)
    return [commas, commas[:-1] + last, _JOINED.split(name)]


PLACE = compiled(r"[\u4e00-\u9fff]{1,6}?(?:[省县区市州镇乡旗盟]|街道)")


def _shared(items: list[str]) -> tuple[str, ...]:
    """Each item with the words that the last one ends in, where it lacks them."""
    *others, final = [_trim(item) for item in items]
    final = _AND_MORE.sub("", final) or final
    tail = head_of(final)
    if tail == final:
        stem = others[0].removesuffix(head_of(others[0]))
        if _TWINS.fullmatch(final) and stem and _TWINS.fullmatch(head_of(others[0]).removeprefix(stem)[-2:]):
            final = stem + final  # 一般公共预算收入、支出
        tail = ""
    if match := _SECTOR.match(final):
        tail = final[match.end(1) :]
    elif match := _REGION.match(final):
        tail = final[match.start(1) :]  # 东、中、西部地区投资
    elif all(PLACE.fullmatch(other) for other in others) and (match := PLACE.match(final)):
        tail = final[match.end() :]  # 东川县、西河县规上工业增加值
    elif (
        not tail
        and {len(other) for other in others} == {len(final) - 2}
        and len(final) <= 5
        and final[-1] not in {other[-1] for other in others}
    ):
        tail = final[-2:]  # 刑事、治安案件
    if not tail:
        return (*others, final)
    full = [other if head_of(other) and not tail.startswith("产业") else other + tail for other in others]
    names = [*full, final]
    return tuple(_BARE_SECTOR.sub(r"第\1产业", n) for n in names)
