"""The industries that a document names, with what its figures and events say of them.

What the document calls an industry is found in `zzcli.facts.listed`; the claims of one industry (汽车, 汽车产业,
汽车制造业) make one row. A figure or event belongs to the industry that its sentence is about: the one named last
before it, unless that stands in a list with others or an area is named in between. What cannot be settled stays None.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from msgspec import Struct, field

from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.listed import Claim, claims, everyday
from zzcli.lexicon import table
from zzcli.mentions.names import Area, bare_industry, industry_code, known_industry, pair_of
from zzcli.mentions.numbers import exactly, read_numeral
from zzcli.patterns import compiled, either
from zzcli.reading.reflow import Text
from zzcli.span import Span

_PARTING = compiled(r"[、的\s“”\"]|(?<=.)[和与及](?=.)")


class Milestone(Struct, frozen=True):
    """What an industry reached and when; ``period_code`` is None where the date is not settled."""

    period_code: str | None
    event: str


class Industry(Span, frozen=True):
    """An industry; the span is its first mention in the clean text.

    Attributes:
        industry: its name as the document's list of industries has it, without 产业, 行业 or 集群.
        tier: the group the document puts it in (优势产业), None outside the groups.
        status: its standing, in the document's words (世界级产业集群).
        scale, scale_unit: its size as a level (规模, 产值, 营业收入), in the base unit.
        enterprises: how many enterprises it counts.
        mentions: every place that names it. statement: the sentence for the quote.
        code, classification: its code, and the classification that has it.
        flags: those of the number and the dates that its size and its milestones were read from.
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


class _Row(Struct):
    """One industry while it is put together."""

    name: str
    claims: list[Claim]
    mentions: list[Span] = field(default_factory=list)
    scales: list[tuple[int, Figure]] = field(default_factory=list)  # with the rank of what was measured
    enterprises: list[Decimal] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)  # of the dates of its milestones
    reached: Decimal | None = None  # the size that a milestone names: 千亿
    standing: list[str] = field(default_factory=list)

    @property
    def best(self) -> Claim:
        """The claim that speaks for it: one with a tier, in the list that counts its members."""
        return max(self.claims, key=lambda claim: (claim.tier is not None, claim.weight))


_WHOLE = ("农业", "工业", "林业", "牧业", "渔业", "种业")  # 业 is of the name itself


def _key(name: str) -> str:
    """What the names of one industry have in common: 汽车, 汽车产业, 汽车制造业 are one."""
    bare = _PARTING.sub("", bare_industry(name))
    if bare.endswith("制造业") and len(bare) > 4:
        return bare[:-3]
    if bare.endswith("制造") and len(bare) > 3 and known_industry(bare + "业"):
        return bare[:-2]
    if bare.endswith("工业") and known_industry(bare[:-2]) and not known_industry(bare[:-1]):
        return bare[:-2]  # 汽车工业, 纺织工业; 军工业 is no 军, 化工业 no 化
    if bare.endswith("业") and len(bare) > 2 and not bare.endswith(_WHOLE):
        return bare[:-1]
    return bare


def _rows(text: Text) -> list[_Row]:
    """The claims of one industry together, with every place that names it."""
    grouped: dict[str, list[Claim]] = {}
    for claim in claims(text):
        grouped.setdefault(_key(claim.name), []).append(claim)
    rows = [_Row("", found) for found in grouped.values()]
    for row in rows:
        row.name = row.best.name
    _mention(text.clean, rows)
    return [row for row in rows if row.mentions]


_FOLLOWED = compiled(r"产业|行业|集群|业")


def _mention(clean: str, rows: list[_Row]) -> None:
    """Find the places that name each row, the longest name first: 新能源汽车 is none of 新能源 where both are rows.

    An everyday word (文化, 健康) is a mention only where the sentence says that it is an industry.
    """
    by_pair: dict[str, list[tuple[str, _Row]]] = {}
    claimed: set[tuple[int, int]] = set()
    for row in rows:
        claimed.update((claim.span.start, claim.span.end) for claim in row.claims)
        for name in dict.fromkeys([row.name, *(claim.name for claim in row.claims)]):
            if len(name) == 1:  # 茶: only where it is claimed
                row.mentions += [claim.span for claim in row.claims if claim.name == name]
                continue
            by_pair.setdefault(name[:2], []).append((name, row))
    for candidates in by_pair.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    common = everyday()
    done = 0
    for pair in re.finditer(pair_of(by_pair), clean):  # of this document alone, so not kept
        start = pair.start()
        if start < done:
            continue
        for name, row in by_pair.get(clean[start : start + 2], ()):
            if clean.startswith(name, start):
                done = start + len(name)
                if name not in common or (start, done) in claimed or _FOLLOWED.match(clean, done):
                    row.mentions.append(Span(start, done))
                break
    for row in rows:
        row.mentions.sort(key=lambda span: span.start)


_LISTED = compiled(r"(?:产业集群|产业链|产业|行业|集群)?\s{0,40}(?:、|和|与|及|以及)\s*")
_GOES_ON = compiled(r"、|和|与|及|以及|等")
_HEADED = compiled(r"(?:全?产业集群|全?产业链|产业|行业|集群|业)?[。：:\s]{0,4}")
_LEAD = 12  # characters before the industry that a sentence is headed by: “一是做优做强”
_FARTHEST = 240  # an industry that stands farther back is not what a number is of
_BREAK = compiled(r"[；;：:]|其中")  # what stands behind is of another, or of a part


# 石化[三大产业分别实现]产值: what a list says of all its members
_COUNTED_GROUP = compiled(r"^(?:等?[一二两三四五六七八九十\d]{1,3}(?:大|个|条))?(?:[一-鿿]{0,4}(?=产业|集群))?")


class _Subjects:
    """Which industry a place in the text is about."""

    def __init__(self, text: Text, rows: list[_Row], areas: Sequence[Area]) -> None:
        self._clean = text.clean
        places = sorted(((span, row) for row in rows for span in row.mentions), key=lambda place: place[0].start)
        self._spans = [span for span, _ in places]
        self._rows = [row for _, row in places]
        self._starts = [span.start for span in self._spans]
        self._sentences = [sentence.start for sentence in text.sentences]
        self._text = text
        self._areas = [area.start for area in areas]

    def of(self, place: int) -> tuple[_Row, Span] | None:
        """The industry named last before ``place`` in its sentence, if it stands alone."""
        sentence = max(0, bisect_right(self._sentences, place) - 1)
        first = self._sentences[sentence]
        at = bisect_left(self._starts, place) - 1
        if at < 0 or place - self._spans[at].end > _FARTHEST:
            return None
        span = self._spans[at]
        if span.start < first and not self._heads(span, sentence):
            return None
        if at and _LISTED.fullmatch(self._clean, self._spans[at - 1].end, span.start):
            return None  # a figure behind a list is of all that it names
        if _GOES_ON.match(self._clean, span.end, place) or _BREAK.search(self._clean, span.end, place):
            return None
        placed = bisect_left(self._areas, span.end) < bisect_left(self._areas, place)
        return None if placed else (self._rows[at], span)

    def shared(self, figure: Figure) -> tuple[_Row, str] | None:
        """The industry to which a list gives a number, and what of it: 汽车、机械产业产值分别达到1200亿元、860亿元."""
        name = figure.indicator or ""
        last = bisect_left(self._starts, figure.start)
        first = bisect_left(self._starts, figure.sentence.start)
        for at in range(first, last):
            words = self._spans[at].of(self._clean)
            if name.startswith(words):
                return self._rows[at], _COUNTED_GROUP.sub("", name[len(words) :], count=1)
        return None

    def _heads(self, span: Span, sentence: int) -> bool:
        """Whether an industry is all that a sentence names and heads what is said up to ``sentence``.

        “1.装备制造产业。全年实现产值120亿元。”, and a heading over its paragraph.
        """
        sentences = self._text.sentences
        head = sentences[max(0, bisect_right(self._sentences, span.start) - 1)]
        if not _HEADED.fullmatch(self._clean, span.end, head.end) or span.start - head.start > _LEAD:
            return False
        blocks = sentences[sentence].block - head.block
        return blocks == 0 or (blocks == 1 and self._text.blocks[head.block].kind == "heading")


_CLAUSE_END = compiled(r"[，,；;。！？!?\n]")
_ADVERB = (
    r"已经?|也|又|再|并|共|现|率先|首次|成功|正式|先后|一举|全年|累计|近年来"
    r"|[从自于在到至]?(?:\d{4}年|今年|去年)(?:\d{1,2}月)?[底初末]?"
)
_GROUP = r"(?:全?产业集群|全?产业链|产业|行业|集群|业(?!务))"


def _words(name: str) -> str:
    """The words of a list of the lexicon as one alternation, the longest first."""
    return either(table("industries")[name])


@cache
def _said_of_it() -> re.Pattern[str]:
    """How a clause begins that goes on about the industry named before it; a clause may also be no more than a date."""
    return compiled(
        rf"""
        \s{{0,40}} (?: 其 | 该 (?:产业|行业|集群) )? (?: {_ADVERB} ){{0,20}}+ (?: 集群 | 产业 )?
        (?: {_words("predicates")} )
      | [^，,；;。]{{0,12}} (?: 年|月份?|季度|[底初末日]|以来|目前|期间 ) [，,]      # “，1—3月，”
        """,
        re.VERBOSE,
    )


@cache
def _own_size() -> re.Pattern[str]:
    """What may stand in a figure's name beside the industry's; anybody else is not it: “园区产值”, “某公司年产值”."""
    return compiled(rf"(?:{_words('sizes')}|{_GROUP})*+")


# What a figure must measure to be an industry's size, the best first
_SCALE = (
    compiled(r"规模(?!以上)"),
    compiled(r"总?产值|总产出"),
    compiled(r"营业?收|主营业务收入|销售收入|综合收入|总收入"),
    compiled(r"增加值"),
)
_NO_SCALE = compiled(r"累计|投资|资金|基金|税|利润|增量|新增|人均|单位|平均|进口|出口|占|目标")
# “电子信息产业突破5000亿元”: what an industry itself comes to
_BARE_SIZE = compiled(rf"{_GROUP}(?:{_ADVERB}){{0,20}}+(?:突破|达到?|超过?|跨越|站上|迈上)了?")
# 轨道交通产业集聚上下游企业425家; “新增物流企业3家” is no count of an industry's
_GATHERED = compiled(
    rf"{_GROUP}?(?:链?上)?(?:已经?|共|现|现有|累计)?(?:集聚|聚集|汇聚|汇集|拥有|集中|吸引|形成|有)?了?"
    r"(?:全国|全球|全市|全省)?(?:规模以上|规上|限额以上|上下游|相关|各类|生产|配套|骨干|产业链){0,3}(?:工业)?企业(?:总?数量?)?"
    r"(?:已?达到?|为|有|共|超过?|突破|近|约)?"
)
_BEFORE_NUMBER = 8  # characters before a number that may say what it measures


def _clause(clean: str, after: int, place: int) -> int | None:
    """Where the clause of ``place`` begins; None where a clause between it and ``after`` is about something else."""
    marks = [mark.end() for mark in _CLAUSE_END.finditer(clean, after, place)]
    if not all(_said_of_it().match(clean, mark) for mark in marks[:-1]):
        return None
    return marks[-1] if marks else after


def _measure(clean: str, figures: Sequence[Figure], subjects: _Subjects) -> None:
    """Give each industry the levels that state its size and its number of enterprises."""
    for figure in figures:
        if figure.measure != "level" or figure.status != "actual" or figure.value_max is not None:
            continue
        if "from" in figure.rules:
            continue  # 由320亿元增长到860亿元: what it was before
        if figure.unit not in ("元", "家", "户", "个"):
            continue
        if "distribution" in figure.rules and figure.unit == "元" and (shared := subjects.shared(figure)):
            row, whose = shared
            rank = next((rank for rank, pattern in enumerate(_SCALE) if pattern.search(whose)), None)
            if rank is not None and not _NO_SCALE.search(whose) and _own_size().fullmatch(whose):
                row.scales.append((rank, figure))
            continue
        if (subject := subjects.of(figure.start)) is None:
            continue
        row, span = subject
        clause = _clause(clean, span.end, figure.start)
        if clause is None:
            if not (figure.indicator or "").startswith(("集群", "产业")):
                continue
            clause = span.end  # “，集群规模达1600亿元”: the cluster is the one that the sentence is about
        if figure.unit != "元":
            if _GATHERED.fullmatch(clean, clause, figure.start):
                row.enterprises.append(figure.value)
            continue
        name = figure.indicator or ""
        said = name + clean[max(clause, figure.start - _BEFORE_NUMBER) : figure.start]
        if _NO_SCALE.search(clean[max(0, span.start - 6) : span.start] + said):
            continue
        whose = name.rpartition(span.of(clean))[2]
        rank = next((rank for rank, pattern in enumerate(_SCALE) if pattern.search(said)), None)
        if rank is None and _BARE_SIZE.fullmatch(clean, span.end, figure.start):
            rank, whose = len(_SCALE), ""
        if rank is not None and _own_size().fullmatch(whose):
            row.scales.append((rank, figure))


def _latest(scale: tuple[int, Figure]) -> tuple[int, date, int]:
    """The order of the sizes of one industry: the best measure, the newest, the first said; undated is of now."""
    rank, figure = scale
    last = figure.period.last if figure.period else None
    return rank, date.max - (last - date.min) if last else date.min, figure.start


_REACHED = compiled(
    r"""
    (?: 成为|迈[上入进过]|突破|跨[过越入]|跻身|晋级|跃上|进入|达到?|超过? ) [^，,。；;]{0,8}?
    (?P<amount> [一二两三四五六七八九十百千万\d]{0,6}亿 ) 元? [^，,。；;]{0,4}?
    (?: 级|产业|集群|台阶|大关|规模|行列|俱乐部|行业 )
    """,
    re.VERBOSE,
)
_AIMED = compiled(r"力争|争取|努力|有望|预计|计划|目标|确保|冲刺|将|拟|(?:打造|建设|培育)(?:成为?|为)?$")
# Behind a comma nobody else may take the verb: “，园区产值突破千亿元大关” is the park's step, no industry's
_OWN_STEP = compiled(
    rf"""
    \s{{0,40}} (?: 其 | 该 )? {_GROUP}? (?: 总 | 综合 | 工业 | 年 )*+
    (?: 规模 | 产值 | 产出 | 营业?收入? | 收入 | 主营业务收入 | 总量 )?
    (?: {_ADVERB} | 历史性 | 全面 | 实现 | 连续 )*+
    """,
    re.VERBOSE,
)


def _amount(words: str) -> Decimal:
    """千亿 → 1E11, 3000亿 → 3E11, 三百五十亿 → 3.5E10."""
    numeral = read_numeral(words, 0)
    return numeral.value if numeral else Decimal(0)


def _told(clean: str, told: Span, event: Event) -> str:
    """The words of a milestone without its date, which stands beside it: 轨道交通产业[于2015年]成为千亿集群."""
    if not told.start <= event.start < event.end <= told.end:
        return told.of(clean).strip()
    before = clean[told.start : event.start].rstrip()
    before = before[:-1] if before[-1:] in ("于", "在", "自") else before
    return before + clean[event.end : told.end].lstrip("，, ").rstrip()


def _date(clean: str, events: Sequence[Event], subjects: _Subjects) -> None:
    """Give each industry the milestones that the events tell of it: 于2015年成为千亿集群."""
    for event in events:
        for reached in _REACHED.finditer(clean, event.statement.start, event.statement.end):
            if (subject := subjects.of(reached.start())) is None:
                continue
            row, span = subject
            clause = _clause(clean, span.end, reached.start())
            if clause is None or (clause > span.end and not _OWN_STEP.fullmatch(clean, clause, reached.start())):
                continue
            if _AIMED.search(clean, min(span.start, event.statement.start), reached.start()):
                continue  # what it is to reach it has not reached
            # its own clause, not all that happened on the day
            end = _CLAUSE_END.search(clean, reached.end(), event.statement.end)
            begin = span.start if span.start >= event.statement.start else max(clause, event.statement.start)
            told = Span(begin, end.start() if end else event.statement.end)
            row.milestones.append(Milestone(event.period.code, _told(clean, told, event)))
            row.flags += event.flags
            row.reached = max(row.reached or Decimal(0), _amount(reached["amount"]))
            break


_ENTERED = compiled(
    r"""
    (?: 进入 | 入选 | 入围 | 跻身 | 获批 | 获评 | 列入 | 纳入 | 被认定为 | 被评为 | 升级为 | 成为 )
    (?: 第[一二三四五六七八九十\d]{1,3}个 )?
    (?P<what> [^，,。；;、]{2,24}? (?: 集群 | 行列 | 名单 | 试点 | 示范区 | 产业(?!集群) ) )
    """,
    re.VERBOSE,
)
_FOREMOST = compiled(
    r"""
    (?: 构建 | 建成 | 形成 | 打造 | 拥有 ) [起成出了]{0,2}
    (?P<what> (?: 国内 | 全国 | 全球 | 世界 | 亚洲 | 全省 ) (?: 最 | 唯一 | 首 | 领先 | 第一 ) [^，,。；;]{2,40} )
    """,
    re.VERBOSE,
)
_SIZE = compiled(r"[百千万]亿")
# A standing is the subject's own: nothing but 产业 and an adverb before the verb
_DIRECT = compiled(rf"{_GROUP}?(?:{_ADVERB}){{0,2}}")
_WHOLE_CHAIN = "全产业链"


def _stand(text: Text, subjects: _Subjects) -> None:
    """Give each industry the standing that a sentence about it tells: 进入国家先进制造业集群, 全产业链."""
    clean = text.clean
    for pattern in (_ENTERED, _FOREMOST):
        for said in pattern.finditer(clean):
            subject = subjects.of(said.start())
            if subject and not _SIZE.search(said["what"]) and _DIRECT.fullmatch(clean, subject[1].end, said.start()):
                subject[0].standing.append(said["what"].strip())
    at = clean.find(_WHOLE_CHAIN)
    while at >= 0:
        if (subject := subjects.of(at)) and subject[1].end == at:
            subject[0].standing.append(_WHOLE_CHAIN)
        at = clean.find(_WHOLE_CHAIN, at + 1)


def _industry(row: _Row, text: Text, sentences: list[int]) -> Industry:
    """The finished record of a row."""
    best = row.best
    size = min(row.scales, key=_latest, default=None)
    scale = size[1].value if size else row.reached
    at = bisect_right(sentences, best.span.start) - 1
    statement = text.sentences[at] if at >= 0 and best.span.end <= text.sentences[at].end else best.span
    code, classification = industry_code(row.name) or (None, None)
    return Industry(
        start=row.mentions[0].start,
        end=row.mentions[0].end,
        industry=row.name,
        tier=best.tier,
        status=tuple(dict.fromkeys([*(claim.status for claim in row.claims if claim.status), *row.standing])),
        scale=scale,
        scale_unit="元" if scale is not None else None,
        enterprises=row.enterprises[0] if row.enterprises else None,
        milestones=tuple(row.milestones),
        mentions=tuple(row.mentions),
        statement=Span(statement.start, statement.end),
        code=code,
        classification=classification,
        flags=tuple(dict.fromkeys([*(size[1].flags if size else ()), *row.flags])),
        rules=tuple(dict.fromkeys(claim.rule for claim in row.claims)),
    )


@exactly
def read_industries(
    text: Text, figures: Sequence[Figure], events: Sequence[Event], areas: Sequence[Area]
) -> tuple[Industry, ...]:
    """The industries of a document: those in its tiers first, tier by tier in its order, then the others."""
    rows = _rows(text)
    if not rows:
        return ()
    subjects = _Subjects(text, rows, areas)
    _measure(text.clean, figures, subjects)
    _date(text.clean, events, subjects)
    _stand(text, subjects)
    tiers: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.best.span.start):
        if row.best.tier:
            tiers.setdefault(row.best.tier, len(tiers))

    def order(row: _Row) -> tuple[int, int]:
        tier = row.best.tier
        return (tiers[tier], row.best.span.start) if tier else (len(tiers), row.mentions[0].start)

    sentences = [sentence.start for sentence in text.sentences]
    return tuple(_industry(row, text, sentences) for row in sorted(rows, key=order))
