"""Names of areas and of industries in a string.

An area's name is given as the standard writes it (株洲 is 株洲市, 湖南 is 湖南省), with its code in GB/T 2260 where
the name alone settles it. Names are read from left to right, the longest first, so 上海南部 holds no 海南; a chain
(湖南省株洲市, 四川雅江) is one area, its last division. A name that is part of a body's, a firm's or a road's name
(北京大学, 株洲金达电器有限公司, 南京路) is no area. Words for the document's own division (全市, 我省) come out as
written, with the level ``own``: `resolve_area` says what they mean in a document. 全国, 我国 and 中国 are one area,
全国.

An industry's name is read where it can be nothing else: the names of the classifications that end in 业
(批发和零售业), and the lexicon's other names before 产业, 行业 or 集群 (汽车产业). Lists of industries are the
business of `zzcli.facts.industries`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, takewhile
from typing import NamedTuple

from msgspec.structs import replace

from zzcli.lexicon import table
from zzcli.patterns import compiled, either
from zzcli.span import Span

NATION = "全国"
HEAD = 30_000  # characters of a document that settle whose document it is
HEAD_LINES = 600  # characters in which a document says before which assembly it was given
MASTHEAD = 200  # characters that stand for a title where none was given


class Area(Span, frozen=True):
    """An area named in a text.

    ``level`` is ``world``, ``country``, ``region`` (长三角), ``province``, ``city`` (any prefecture), ``county``,
    ``zone`` (苏州高新区) or ``own`` (全市). ``code`` is the GB/T 2260 code of a division, None where the name has
    several; ``within`` is the code of the division that a zone lies in.
    """

    name: str
    level: str
    code: str | None = None
    within: str | None = None


class _Entry(NamedTuple):
    """What a word of the lexicon names; a word that names nothing has no name and only keeps others from it."""

    name: str
    level: str
    codes: tuple[str, ...] = ()
    short: bool = False


class _Lexicon(NamedTuple):
    by_pair: dict[str, list[str]]  # the first two characters → the words, longest first
    pair: re.Pattern[str]  # two characters that may be among those
    entries: dict[str, _Entry]  # what the words name that are no full names of divisions
    codes: dict[str, str]  # full name of a division → its codes, one behind the other (朝阳区 has several)
    names: dict[str, str]  # code → full name
    unsafe: frozenset[str]
    never: frozenset[str]
    own: dict[str, str]  # 全市 → city
    institution: re.Pattern[str]
    zone: re.Pattern[str]
    firm: re.Pattern[str]
    no_division: re.Pattern[str]


_NOTHING = _Entry("", "")

# What a full name may not go on to: 株洲市场 is 株洲 and 市场, 南山区域 no district.
_GOES_ON = {"市": "场值面", "区": "域间块位别划", "县": "域", "旗": "下舰帜", "州": ""}
# A county of two characters (攸县, 和县) needs an edge before it: 创新县域, 健康县 hold none.
_EDGE = compiled(r"(?:^|[^一-鿿]|[在于从向到与和及对由是赴])$")
_AFTER_COUNTY = "域城级乡镇"

# 海宁州, 株洲县, 南阳镇: a city's short name and another division's ending are another division, whichever it is
_OTHER = compiled(
    r"""
    州(?![际长委府])
  | 县(?![域级城乡市区（(])
  | 区(?![域间块位别划县委级内外市])
  | 镇(?![域级村区街道江海平雄远原安坪巴沅康宁赉湖])
  | 乡(?![村镇间土贤情下])
    """,
    re.VERBOSE,
)
# 东部、中部、西部和东北地区: the last one's word is said of all
_REGION = r"(?:东部|中部|西部|东北)"
_SHARED_REGION = compiled(rf"{_REGION}(?=(?:[、和与及]{_REGION}){{1,3}}地区)")

# 吉林中西部地区 is said of 吉林, not of the country's 中西部地区
_PART = compiled(r"[东西南北中]{1,2}部地区")


def _level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def _own_short(name: str) -> str:
    """The short form of a division: 株洲 of 株洲市; the name itself where it has none."""
    return name[:-1] if len(name) > 2 and name[-1] in "市县旗" else name


@cache
def _lexicon() -> _Lexicon:
    source = table("areas")
    unsafe = frozenset(word for words in source["unsafe"].values() for word in words.split())
    people = either(source["peoples"])
    # 恩施土家族苗族自治州 → 恩施, 积石山保安族东乡族撒拉族自治县 → 积石山
    autonomous = compiled(rf"(?P<base>.{{2,6}}?)(?:(?:{people})族?){{1,4}}自治(?P<kind>[州县旗])")
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    shorts: list[tuple[str, str, str]] = []  # short form, full name, code
    for block in source["divisions"].values():
        for line in block.splitlines():
            head, _, counties = line.partition(":")
            code, *written = head.split()
            if written:
                name, *other = written[0].split("/")
                names[code] = name
                shorts += [(word, name, code) for word in (*other, *written[1:])]
            code = code[:4]
            names.update({code + item[:2]: item[2:] for item in counties.split()})
    for code, name in names.items():
        codes[name] = codes.get(name, "") + code
        if name[-1] == "市":
            shorts.append((name[:-1], name, code))
        elif name[-1] in "州县旗" and "自治" in name and (part := autonomous.fullmatch(name)):
            shorts.append((part["base"] + part["kind"], name, code))
            if part["kind"] == "州":
                shorts.append((part["base"], name, code))
    entries: dict[str, _Entry] = {}

    def add(word: str, entry: _Entry) -> None:
        # what was said first stands: 吉林 is the province, not the city
        if len(word) >= 2 and word not in codes:
            entries.setdefault(word, entry)

    for word in source["words"].split():
        add(word, _NOTHING)
    for word in (own := dict(_rows(source["own"]))):
        add(word, _Entry(NATION, "country") if own[word] == "country" else _Entry(word, "own"))
    for word, name, code in sorted(shorts, key=lambda short: short[2][2:] != "0000"):
        if word not in unsafe:
            add(word, _Entry(name, _level(code), (code,), short=True))
    for word, name, level in _aliases(source["regions"]):
        add(word, _Entry(name, level))
    for word, name, _ in _aliases("\n".join("country " + line for line in source["countries"].splitlines())):
        add(word, _Entry(NATION if name == "中国" else name, "country", short=True))
    for word, name, code in _aliases(source["zones"]):
        add(word, _Entry(name, "zone", (code,)))

    by_pair: defaultdict[str, list[str]] = defaultdict(list)
    for word in chain(codes, entries):
        if word not in unsafe:
            by_pair[word[:2]].append(word)
    for candidates in by_pair.values():
        if len(candidates) > 1:
            candidates.sort(key=len, reverse=True)
    kinds = either(source["zone_kinds"])
    return _Lexicon(
        dict(by_pair),
        compiled(pair_of(by_pair)),
        entries,
        codes,
        names,
        unsafe,
        frozenset(source["never"].split()),
        own,
        compiled("|".join(source["institutions"].split())),
        compiled(rf"(?:国家级?)?(?:{kinds})(?![域市镇林])"),
        # 株洲[金达电器有限公司]: a name, with none of the words that part an area from a firm in it
        compiled(
            rf"(?:(?![{source['firm_never']}])[一-鿿A-Za-z（）()]){{2,15}}?"
            rf"(?:{'|'.join(source['firms'].split())})"
        ),
        compiled(rf"(?:{'|'.join(source['no_divisions'].split())})$|[的年月日在为了和与及]"),
    )


def pair_of(words: Iterable[str]) -> str:
    """A pattern for the places where one of the words may begin, by its first two characters and in one pass.

    It finds some more: each of the two is a first or a second character of some word.
    """
    pairs = {word[:2] for word in words}
    first, second = (re.escape("".join(sorted({pair[n] for pair in pairs}))) for n in (0, 1))
    return f"[{first}](?=[{second}])" if pairs else r"(?!)"


def _aliases(source: str) -> list[tuple[str, str, str]]:
    """The lines “kind name other-name …” of a table, as (word, name, kind) for every word."""
    return [(word, line.split()[1], line.split()[0]) for line in source.splitlines() for word in line.split()[1:]]


def _rows(source: str) -> list[tuple[str, str]]:
    return [(word, line.split()[0]) for line in source.splitlines() for word in line.split()[1:]]


@cache
def _children(prefix: str) -> dict[str, list[tuple[str, str]]]:
    """The short forms of the divisions under a code's prefix, by their first two characters.

    Counties have one only here, after their province or prefecture: 四川雅江, but never 雅江 alone.
    """
    known = _lexicon()
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name in known.names.items():
        if not code.startswith(prefix):
            continue
        short = _own_short(name)
        if len(short) >= 2 and short not in known.never and (short != name or name in known.unsafe):
            found.setdefault(short[:2], []).append((short, code))
    return found


def _prefix(code: str) -> str:
    """The part of a code that the codes of its own divisions begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _fits(text: str, start: int, end: int, entry: _Entry, known: _Lexicon, chained: bool) -> bool:
    """Whether the characters around a full name leave it a name."""
    after = text[end : end + 1]
    last = text[end - 1]
    if not entry.short and after and after in _GOES_ON.get(last, ""):
        return False
    if entry.codes and not chained and end - start == 2 and last == "县":
        return bool(_EDGE.search(text[max(0, start - 1) : start])) and not (after and after in _AFTER_COUNTY)
    return True


def _entry(word: str, known: _Lexicon) -> _Entry:
    """What a word of the lexicon names."""
    if (numbers := known.codes.get(word)) is None:
        return known.entries[word]
    codes = tuple(numbers[place : place + 6] for place in range(0, len(numbers), 6))
    return _Entry(word, _level(codes[0]), codes)


def _at(text: str, start: int, known: _Lexicon, within: str = "") -> tuple[int, _Entry] | None:
    """The longest word of the lexicon at a place (of the divisions whose codes begin with ``within``)."""
    for word in known.by_pair.get(text[start : start + 2], ()):
        if not text.startswith(word, start):
            continue
        end = start + len(word)
        entry = _entry(word, known)
        if within:
            codes = tuple(code for code in entry.codes if code.startswith(within) and code != within.ljust(6, "0"))
            if not codes or entry.level == "zone":
                continue
            entry = entry._replace(codes=codes)
        if _fits(text, start, end, entry, known, bool(within)):
            return end, entry
    return None


def _child(text: str, start: int, code: str, known: _Lexicon) -> tuple[int, _Entry] | None:
    """The division under ``code`` that follows its name at once: 湖南省·株洲市, 四川·雅江."""
    prefix = _prefix(code)
    if prefix == code:
        return None
    if found := _at(text, start, known, prefix):
        return found
    for short, number in _children(prefix).get(text[start : start + 2], ()):
        if number != code and text.startswith(short, start) and not known.institution.match(text, start + len(short)):
            return start + len(short), _Entry(known.names[number], _level(number), (number,), short=True)
    return None


def resolve_own(areas: Iterable[Area], own: str | None) -> list[Area]:
    """The areas, with what 全市, 我省 … mean in a document of the area ``own`` (see `resolve_area`)."""
    return [
        replace(area, name=resolve_area(area.name, own) or area.name) if own and area.level == "own" else area
        for area in areas
    ]


def find_areas(text: str) -> list[Area]:
    """The areas that a text names, in order.

    >>> [(area.of(t), area.name, area.code) for t in ["湖南株洲的轨道交通，上海南部"] for area in find_areas(t)]
    [('湖南株洲', '株洲市', '430200'), ('上海', '上海市', '310000')]
    """
    known = _lexicon()
    found: list[Area] = []
    done = 0
    for pair in known.pair.finditer(text):
        start = pair.start()
        if start < done or text[start : start + 2] not in known.by_pair:
            continue
        if shared := _SHARED_REGION.match(text, start):
            found.append(Area(start, shared.end(), shared.group() + "地区", "region"))
            done = shared.end()
            continue
        if (hit := _at(text, start, known)) is None:
            continue
        end, entry = hit
        done = end
        if not entry.name or (entry.short and known.institution.match(text, end)):
            continue
        if entry.level != "own" and (firm := known.firm.match(text, end)):
            done = firm.end()
            continue
        last = start
        while len(entry.codes) == 1 and entry.level in ("province", "city"):
            deeper = _child(text, end, entry.codes[0], known)
            if deeper is None:
                break
            last, (end, entry) = end, deeper
        if entry.short and entry.level in ("city", "county") and (other := _OTHER.match(text, end)):
            done = other.end()
            continue
        code = entry.codes[0] if len(entry.codes) == 1 else None
        if entry.codes and (part := _PART.match(text, end)):
            end = part.end()
        if entry.level == "zone":
            area = Area(start, end, entry.name, "zone", None, code)
        elif entry.codes and (zone := known.zone.match(text, end)):
            end = zone.end()
            area = Area(start, end, text[last:end], "zone", None, code)
        else:
            area = Area(start, end, entry.name, entry.level, code)
        found.append(area)
        done = end
    return found


@lru_cache(1024)
def code_of(name: str) -> str | None:
    """The GB/T 2260 code of a division by its name, full or short; None where several are called so, or none is.

    >>> code_of("株洲市"), code_of("湖南"), code_of("北京市朝阳区"), code_of("朝阳区"), code_of("全国")
    ('430200', '430000', '110105', None, None)
    """
    areas = find_areas(name)
    return areas[0].code if len(areas) == 1 and areas[0].of(name) == name else None


def resolve_area(word: str, own: str | None) -> str | None:
    """What a word for the document's own division names in a document of the area ``own``; None where unsettled.

    A word that is no such word (株洲市, 欧盟) is its own answer.

    >>> resolve_area("全省", "株洲市"), resolve_area("全市", "株洲市"), resolve_area("全市", "湖南省")
    ('湖南省', '株洲市', None)
    """
    known = _lexicon()
    level = known.own.get(word)
    if level is None:
        return word
    if level == "country":
        return NATION
    if own is None or own == NATION:
        return None
    if own in known.codes:
        codes, zone = _entry(own, known).codes, False
    else:
        parents = [area.within for area in find_areas(own) if area.level == "zone"]
        codes, zone = tuple(parent for parent in parents[:1] if parent), bool(parents)
    suffix = word[-1]
    # from the area itself upwards: the first division that is called so (全区 is a district or 宁夏回族自治区)
    if (not zone and own[-1] == suffix) or (zone and suffix == "区"):
        return own
    for digits in (4, 2):
        above = {known.names.get(code[:digits].ljust(6, "0")) for code in codes}
        if len(above) == 1 and (name := above.pop()) and name[-1] == suffix:
            return name
    return None


# A division that the standard does not list, or no longer
_DIVISION = r"(?:[一-鿿]{2,8}?自治[县州旗]|[一-鿿]{2,4}?(?:新区|[县市区州旗镇乡]))"
_DIVISION_ALONE = compiled(_DIVISION)
_WHAT_OF_IT = r"""
    (?! [域级城块位场民值化村土镇间下舰帜界委长面] )
    (?= (?:19|20)\d\d | “ | 人民政府 | 政府 | 国民经济 | 第[一二三四五六七八九十百]{1,5}届 | 关于 | 支持 | 促进 | 推进
      | 加快 | 推动 | 经济 | 统计 | 上半年 | [前一二三四]{1,2}季度 | 1[—\-至] | \d{1,2}月 | 财政 | 实施 | 落实 | 贯彻
      | [一-鿿、]{1,20}
        (?: 发展 | 规划 | 计划 | 方案 | 措施 | 意见 | 报告 | 公报 | 办法 | 政策 | 通知 | 情况 | 条例 | 纲要 ) )
"""
_TITLED = compiled(
    rf"""
    (?: (?:19|20)\d\d年? (?: 度 | 上半年 | [前一二三四]{{1,2}}季度 )? | 关于(?:印发)? | ——? )?
    (?P<name> {_DIVISION} ) {_WHAT_OF_IT}
    """,
    re.VERBOSE,
)
# What a document says of whose it is: 在云岭县第十七届人民代表大会上, 江北区人民政府办公室, 我县（青岭县）
_ASSEMBLY = compiled(r"(?:在|——?)(?P<name>[一-鿿]{2,12}?)第[一二三四五六七八九十百]{1,5}届(?:人民代表大会|人大)")
_ISSUER = compiled(r"^(?P<name>[一-鿿]{2,12}?)人民政府(?:办公室|办公厅)?(?=关于|印发|$)", re.MULTILINE)
_SO_CALLED = compiled(rf"[我本](?P<kind>[市县区州旗镇])[（(](?P<name>{_DIVISION})[)）]")


def _called(name: str) -> str | None:
    """The division that a name ends in: the standard's, or one that it does not list (湖南省青岭县)."""
    areas = [area for area in find_areas(name) if area.level in ("province", "city", "county", "zone")]
    if areas and areas[-1].end == len(name):
        return areas[-1].name
    rest = name[areas[-1].end :] if areas else name
    return rest if _DIVISION_ALONE.fullmatch(rest) and not _lexicon().no_division.search(rest) else None


def _unlisted(title: str) -> str | None:
    """The division at the head of a title that the standard does not list: [青岭县]2024年政府工作报告."""
    areas = find_areas(title)
    start = areas[0].end if areas and areas[0].start <= _PREFIX else 0
    for place in (start, 0):
        found = _TITLED.match(title, place)
        if found and not _lexicon().no_division.search(found["name"]) and not find_areas(found["name"]):
            return found["name"]
    return None


_PREFIX = 8  # characters that may stand before a title's first area: 2024年上半年


def _issuer(text: str) -> str | None:
    """Whose document a text says it is, at its head or under its signature."""
    head, tail = text[:HEAD_LINES], text[-MASTHEAD:]
    for pattern, where in ((_ASSEMBLY, head), (_SO_CALLED, text[:HEAD]), (_ISSUER, head), (_ISSUER, tail)):
        if (found := pattern.search(where)) and (name := _called(found["name"])):
            return name
    return None


# A title about the country names it at its head or as the field of a number; “居全国第三”, “获评全国…县” rank another
_TITLE_NATION = compiled(
    r"""
    国务院 | 中华人民共和国
  | (?<! [居列评选占跨创获于入向在] ) (?<! 领跑 | 走进 | 唱响 | 引领 | 唯一 )
    全国 (?! 第 | 首 | 前 | 最 | 唯一 | 领先 | 一流 | 百强 | 十强 | 十佳 | 先进 | 文明 | 示范 | 试点 | 优秀 | \d )
  | ^ (?: [^，。]{0,8}\d{4}年 (?: 上半年 | [前一二三四]{1,2}季度 | \d{1,2}月份? )? )? (?: 我国 | 中国 (?! [·・．] ) )
    """,
    re.VERBOSE,
)


def _below(area: Area, above: str | None) -> bool:
    """Whether an area lies in the division with the code ``above`` (or is it)."""
    number = area.code or area.within
    return bool(above and number and number.startswith(_prefix(above)))


def _of_title(title: str) -> Area | None:
    """The one division or zone that a title names; of several the one that lies in all the others."""
    named = {area.name: area for area in find_areas(title) if area.level in ("province", "city", "county", "zone")}
    for area in named.values():
        if all(other is area or _below(area, other.code) for other in named.values()):
            return area
    return None


def document_area(text: str, title: str | None = None, areas: Iterable[Area] | None = None) -> str | None:
    """The area that a document is about, by its canonical name; None where it is not settled.

    ``areas`` are those of the text, where they are known already.

    The title settles it; else the assembly or the government that it is of; else what the document calls its own
    (全市, 我省) together with the division it names most; else a division that outweighs all the others. A national
    report is about 全国.
    """
    of_title = _of_title(title) if title else None
    counts: Counter[str] = Counter()
    own: Counter[str] = Counter()
    seen: dict[str, Area] = {}
    nation = abroad = 0
    for area in find_areas(text[:HEAD]) if areas is None else takewhile(lambda area: area.end <= HEAD, areas):
        if area.level == "own":
            own[area.name[-1]] += 1
        elif area.name == NATION:
            nation += 1
        elif area.level in ("world", "country"):
            abroad += 1
        elif area.level != "region":
            counts[area.name] += 1
            seen[area.name] = area
    if title and (unlisted := _unlisted(title)):
        return unlisted
    if of_title is not None:
        return of_title.name
    if title and _TITLE_NATION.search(title) and not any(area.level == "own" for area in find_areas(title)):
        return NATION
    if issuer := _issuer(text):
        return issuer
    weights = counts.copy()
    for suffix, times in own.items():
        # what the document calls its own speaks for the division of that kind that it names most
        fitting = [name for name in counts if name[-1] == suffix]
        if fitting:
            weights[max(fitting, key=counts.__getitem__)] += times
    if weights:
        best, weight = weights.most_common(1)[0]
        # named once at the top, and 全市 ever after
        named = counts[best] >= 2 or seen[best].start < MASTHEAD
        # a division that holds it or lies in it is no rival
        rivals = sum(
            n
            for name, n in weights.items()
            if name != best
            and not _below(seen[best], seen[name].code)
            and not _below(seen[name], seen[best].code or seen[best].within)
        )
        if named and weight >= 3 and weight > rivals and (weight * 4 > nation + abroad):
            return best
        if weight > nation:
            return None
    return NATION if nation >= 3 and nation > 2 * abroad else None


class IndustryName(Span, frozen=True):
    """An industry named in a text; ``name`` is the name as written, without 产业, 行业 or 集群."""

    name: str


class _Industries(NamedTuple):
    codes: dict[str, tuple[str, str] | None]  # normal form → code and classification
    by_pair: dict[str, list[str]]  # the first two characters → the names, longest first
    pair: re.Pattern[str]  # two characters that may be among those
    standing: frozenset[str]  # names that are industries wherever they stand
    not_before: re.Pattern[str]


_CLASSIFICATIONS = {"national": "GB/T 4754-2017", "emerging": "战略性新兴产业分类(2018)", "usual": None}
# 纺织服装业, but 现代化工业 is no 现代化工
_AFTER_INDUSTRY = compiled(r"全产业链|产业集群|产业链|产业|行业|集群|(?<!化工)业")
_SUFFIX = compiled(r"(?<=[^地房水])(?:产业集群|全产业链|产业链|产业|集群|(?<!银)行业)$")
_OUTPUT = compiled(r"(?:工业)?(?:总产值|产值|增加值|营业收入|营收|主营业务收入)")  # 集成电路产值
_ZONED = compiled(r"(?:示范|试验|先行|合作|功能|开发|核心|创新)?(?:区|带|圈|学|体|走廊)")  # 海洋经济示范区
_DROPPED = compiled(r"[、的\s“”\"‘’]")


def bare_industry(name: str) -> str:
    """An industry's name without 产业, 行业, 集群.

    >>> [bare_industry(name) for name in ("轨道交通产业集群", "汽车产业", "房地产业", "建筑业")]
    ['轨道交通', '汽车', '房地产业', '建筑业']
    """
    return _SUFFIX.sub("", name)


@cache
def _industries() -> _Industries:
    source = table("industries")
    codes: dict[str, tuple[str, str] | None] = {}
    written: list[str] = []
    for part, classification in _CLASSIFICATIONS.items():
        for line in source["industries"][part].splitlines():
            code, _, rest = line.partition(" ")
            for name in _spellings(rest.split("|"), long=part == "national"):
                normal = bare_industry(_DROPPED.sub("", name))
                codes.setdefault(normal, (code, classification) if classification else None)
                written += {name, bare_industry(name)}
    categories = frozenset(source["categories"].split())
    listed = frozenset(source["only_listed"].split())
    standing = frozenset(name for name in written if name[-1] == "业" and name not in categories and name not in listed)
    standing |= frozenset(source["standing"].split())
    standing |= frozenset(name for name in written if len(name) > _LONG_NAME and f"{name}业" in standing)
    by_pair: dict[str, list[str]] = {}
    for name in dict.fromkeys((*written, *(name for name in categories if name[-1] == "业"))):
        if len(name) > 1:
            by_pair.setdefault(name[:2], []).append(name)
    for names in by_pair.values():
        names.sort(key=len, reverse=True)
    not_before = compiled("|".join(source["not_before"].split()))
    return _Industries(codes, by_pair, compiled(pair_of(by_pair)), standing, not_before)


_LONG_NAME = 6  # 黑色金属冶炼和压延加工: so long a name is the industry's, with or without 业


def _spellings(names: Sequence[str], *, long: bool) -> Iterator[str]:
    """Names as they are written; the long ones of the classification also with 及 for 和, and without 、 and 业."""
    for name in names:
        yield name
        if long and len(name) > _LONG_NAME:
            for told in (name, name.replace("、", "")):
                for spelt in (told, told.replace("和", "及")):
                    yield from {spelt, spelt.removesuffix("业")}


def industry_code(name: str) -> tuple[str, str] | None:
    """Code and classification of an industry's name; None where no classification has it.

    The classifications are GB/T 4754-2017 and that of the strategic emerging industries of 2018.

    >>> industry_code("汽车产业")
    ('36', 'GB/T 4754-2017')
    """
    return _industries().codes.get(bare_industry(_DROPPED.sub("", name)))


@lru_cache(maxsize=2048)
def known_industry(name: str) -> bool:
    """Whether the lexicon has the name, however it is parted (电力热力的生产和供应)."""
    return bare_industry(_DROPPED.sub("", name)) in _industries().codes


def find_industries(text: str) -> list[IndustryName]:
    """The industries that a text names beyond doubt, in order.

    >>> text = "建筑业增加值增长5%，交通运输、仓储和邮政业增长3%，汽车产业园、汽车产业"
    >>> [found.of(text) for found in find_industries(text)]
    ['建筑业', '交通运输、仓储和邮政业', '汽车']
    """
    known = _industries()
    found: list[IndustryName] = []
    done = 0
    for pair in known.pair.finditer(text):
        start = pair.start()
        if start < done:
            continue
        for name in known.by_pair.get(text[start : start + 2], ()):
            if not text.startswith(name, start):
                continue
            end = start + len(name)
            head = _AFTER_INDUSTRY.match(text, end)
            stands = name in known.standing and not known.not_before.match(text, end)
            stands = stands and not (name[-1] == "济" and _ZONED.match(text, end))
            stands = stands or (known_industry(name) and bool(_OUTPUT.match(text, end)))
            if stands or (head and not known.not_before.match(text, head.end()) and known_industry(name)):
                found.append(IndustryName(start, end, bare_industry(name)))
            done = end
            break
    return found
