"""Numbers in their sentences → figures: what is measured, how, where, when, and whether it is so or meant to be.

A sentence is read once from left to right, as a reader does. What a number leaves unsaid it takes from what stands
before it: a growth its subject from the level (增加值40亿元，增长4%), a part its statistic from the whole (其中住宅443万平方米),
a number its period from its clause, its sentence, the sentences before it in its paragraph, the section, the title. Nothing
is carried over a heading or over a place where the text breaks off.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from zzcli.facts import measures, naming
from zzcli.facts.clauses import Clause, Seat, seats, split
from zzcli.facts.dating import Dated, Dating
from zzcli.facts.status import Standing, around, standing, status_of
from zzcli.lexicon import table
from zzcli.mentions.names import Area, find_areas
from zzcli.mentions.quantities import Quantity, find_quantities
from zzcli.reading.reflow import Block, Sentence, Text
from zzcli.span import Span

_BLANK = re.compile(r"\s+")
_LINK = re.compile(r"\s*(?:[、∶：:]|和|与|及|以及|至)?\s*")  # all that stands between two numbers of one run
_LINKED = re.compile(r"^\s*(?:、|和|与|及|以及)")
_INDEX = re.compile(r"(?:指数|系数|得分|评分|总分|分值)(?:分别)?(?:为|是|达到|达|在)?(?:约|近)?$")
# 亿元以上项目, 10亿元以上的企业, 60岁以上老人: a size in a name, not a number that states something
_THRESHOLD = re.compile(
    r"(?:级|量级|(?:及|（含）|\(含\))?以[上下内](?:的|规模)?)[^，。；、\d]{0,14}?"
    r"(?:企业|项目|工程|单位|园区|产业|集群|县|镇|乡|村|主体|人口|群众|老人|老年人|人群|设备|机组|城市|家庭|农户|学生|居民|党员|人才|职工|平台|商场|市场|银行|医院|学校|院校|公司)"
)
_SIZE_NAME = re.compile(
    r"(?:级|量级|产业|集群|企业|园区|俱乐部|县|镇|村|斤粮|斤县|台阶|元?以上|元?项目|工程|蓝海|市场|行动|计划|大军)"
)
_COUNTED_PART = re.compile(r"(?:投资|产值|收入|税收|规模|额|面积|资产)(?:均|都)?(?:超过|超|突破|达到?|在)?$")
_FROM = re.compile(r"(?:由|从)[^，；]{0,24}$")
_PART_OF = re.compile(r"其中|按[^，。]{1,8}分|分[^，。]{1,8}看|从[^，。]{1,10}看")
_SHARED = re.compile(r"分别|各")
_LIMIT = re.compile(
    r"(?:时间|时限|时长|周期|工期|期限|年限|寿命|结算期|账期|账龄|龄|用时|耗时|天数|时数)[^，；\d]{0,12}$|"
    r"(?:缩短|压缩|延长|控制|提前|压减|减少|增加)(?:了|到|至|在|为)?(?:最快|约|近|不超过)?$"
)
# 三大产业, 三代工人, 两面红旗: part of a name, unless the number is written in figures
_OF_NAMES = frozenset({"大", "大类", "代", "面", "方面", "手"})
_FLOW = re.compile(r"净增|新增|新设|新登记|累计|完成|实现|新建|新开工|新签约|新注册|接待")
_VAGUE = re.compile(r"近年来|近些年来?|多年来|长期以来|历年|目前|当前|现有")
_COMPARED = re.compile(
    r"(?:高于|低于|快于|慢于|优于|好于|居|列|占|比|较|超过|对|与|向|从|在|赴|到|同|出口|进口|和|跻身|进入|获|为)$"
)
_REPORTING = frozenset({"year", "half", "quarter", "month", "range"})
_SECTORS = ("第一产业", "第二产业", "第三产业")
_EXTREMES = frozenset({"高", "低", "最高", "最低", "多", "少"})
_LONG_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Figure(Span):
    """A number that states something; the span cuts the number with its unit out of the clean text.

    Attributes:
        indicator: what is measured, in the document's words; None where they do not say.
        measure: level, growth, difference, contribution or rank.
        value, value_max: in the base unit, exact; a fall is negative. ``value_max`` is the end of a range.
        unit: the base unit (元, 户, %), None where the text gives none.
        written: the number as written, without the scan's spaces.
        relation: ``=``, ``~``, ``>``, ``≥``, ``<`` or ``≤``.
        basis: what a growth, difference or rank is against.
        area: whose figure it is. period: when. status: actual, target or rule.
        statement: the words it was read from, for the quote; sentence: all of its sentence.
        level: the index in the document's figures of the level that a growth, rank or difference belongs to.
        rules: the names of the rules that made it, in order.
    """

    indicator: str | None
    measure: str
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    written: str
    relation: str
    basis: str | None
    area: str | None
    period: Dated | None
    status: str
    flags: tuple[str, ...]
    statement: Span
    sentence: Span
    level: int | None
    rules: tuple[str, ...]


@dataclass(slots=True)
class _Flow:
    """What a reader has in mind at a place of a sentence."""

    subject: str = ""  # the last thing measured
    whole: str = ""  # the statistic that 其中 divides
    unit: str | None = None  # its unit
    level: int | None = None  # the index of the last level
    named: list[str] = field(default_factory=list)  # the things measured in this sentence, in order
    divided: bool = False  # 其中, 按…分: what follows are parts of the whole
    share: str = ""  # the whole that the last share was of, as a name ends in it
    passed: str = ""  # the words of the last clause without a number
    vector: tuple[str, ...] = ()  # the things that the last 分别 spread over
    basis: str | None = None  # the last basis of a growth in this sentence


def read_figures(text: Text, dating: Dating, *, title: str | None, area: str | None) -> tuple[Figure, ...]:
    """Every number of a text that states something, in order."""
    quantities = find_quantities(text.clean)
    if not quantities:
        return ()
    reader = _Reader(text, dating, standing(text, title, dating.year), area, quantities, title)
    return tuple(reader.read())


class _Reader:
    """One walk over the sentences of a text."""

    def __init__(
        self,
        text: Text,
        dating: Dating,
        sections: Standing,
        area: str | None,
        quantities: list[Quantity],
        title: str | None,
    ) -> None:
        self.text = text
        self.clean = text.clean
        self.dating = dating
        self.sections = sections
        self.area = area
        self.periods = dating.periods
        self.period_starts = [p.start for p in self.periods]
        self.quantities = [q for q in quantities if not self._dated(q)]
        self.quantity_starts = [q.start for q in self.quantities]
        self.areas = find_areas(self.clean, area)
        self.area_starts = [a.start for a in self.areas]
        self.figures: list[Figure] = []
        self.flow = _Flow()
        self.base = self._title_period(title)
        self.section: Dated | None = self.base
        self.carried: Dated | None = None

    def _dated(self, quantity: Quantity) -> bool:
        """Whether a time expression has the better claim to these characters."""
        at = bisect_left(self.period_starts, quantity.end)
        for period in self.periods[max(0, at - 2) : at]:
            if period.overlaps(quantity) and period.end - period.start >= quantity.end - quantity.start:
                return True
        return False

    def _title_period(self, title: str | None) -> Dated | None:
        """The period that the title of a communiqué or an analysis gives to all it says."""
        if not title or not re.search(r"公报|运行|经济|形势|情况|统计|月报|季报|年报|数据", title):
            return None
        at = self.clean.find(title)
        for period in self.periods:
            if (
                at <= period.start
                and period.end <= at + len(title)
                and period.granularity in _REPORTING
                and period.code
            ):
                return period
        return None

    def _inside(self, starts: list[int], items: Sequence[Span], span: Span) -> list[int]:
        return [
            i for i in range(bisect_left(starts, span.start), bisect_left(starts, span.end)) if items[i].end <= span.end
        ]

    def read(self) -> list[Figure]:
        block = -1
        for sentence in self.text.sentences:
            kind = self.text.blocks[sentence.block].kind
            if sentence.block != block:
                block = sentence.block
                self.flow = _Flow()
                self.carried = None
                if kind == "heading":
                    self._enter_section(sentence)
            if kind == "furniture":
                continue
            self._sentence(sentence)
        return self.figures

    def _enter_section(self, heading: Span) -> None:
        self.section = self.base
        for i in self._inside(self.period_starts, self.periods, heading):
            period = self.periods[i]
            if period.code and period.role == "date" and period.granularity in _REPORTING:
                self.section = period

    # --- one sentence ---------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> None:
        periods = [self.periods[i] for i in self._inside(self.period_starts, self.periods, sentence)]
        found = [self.quantities[i] for i in self._inside(self.quantity_starts, self.quantities, sentence)]
        kept = [q for q in found if self._states(q, found, sentence)]
        if kept:
            flow = self.flow
            flow.named, flow.vector, flow.basis, flow.divided, flow.share = [], (), None, False, ""
            whole: list[Span] = [*kept, *(p for p in periods)]
            clauses = split(self.clean, sentence, whole, list(kept))
            read = sentence.start
            for run in _runs(self.clean, seats(clauses, kept)):
                self._heed(read, run[0], clauses, periods)
                read = run[-1].clause.end
                self._run(run, sentence, periods)
        self._carry(sentence, periods)

    def _carry(self, sentence: Sentence, periods: list[Dated]) -> None:
        """What the sentences after this one in its paragraph take for their period."""
        dated = [p for p in periods if p.role == "date" and p.code and (p.granularity in _REPORTING or _upto(p))]
        if dated:
            self.carried = dated[-1]
        elif _VAGUE.search(sentence.of(self.clean)[:12]):
            self.carried = None

    def _states(self, quantity: Quantity, found: list[Quantity], sentence: Sentence) -> bool:
        """Whether the number states something, rather than order, name or size something."""
        clean = self.clean
        after = clean[quantity.end : min(sentence.end, quantity.end + 24)]
        before = clean[max(sentence.start, quantity.start - 24) : quantity.start]
        if quantity.kind == "ordinal" or "indefinite" in quantity.flags or _in_title(clean, sentence, quantity):
            return False
        if quantity.kind == "duration":
            return bool(_LIMIT.search(before)) or self.sections.policy
        if quantity.unit == "级":
            return False  # 千亿级产业
        if quantity.unit in _OF_NAMES:
            return clean[quantity.start].isdecimal() and not _SIZE_NAME.match(after)
        if quantity.kind == "bare":
            return bool(_INDEX.search(before)) or self._broken_off(quantity, before)
        if quantity.kind == "amount":
            if not self.sections.policy and _THRESHOLD.match(after):
                return False
            if quantity.unit is None and _SIZE_NAME.match(after):
                return False
            if quantity.relation in (">", "≥") and _COUNTED_PART.search(before):
                counted = [q for q in found if q.end <= quantity.start and "、" not in clean[q.end : quantity.start]]
                near = counted and not re.search(r"[，；。：]", clean[counted[-1].end : quantity.start])
                if (
                    near
                    and counted[-1].kind == "amount"
                    and clean[counted[-1].end : quantity.start].startswith(("项目", "总投资", "企业", "的"))
                ):
                    return False
        return True

    def _broken_off(self, quantity: Quantity, before: str) -> bool:
        """A number at the end of a broken line has lost its unit: 实施节能改造项目380."""
        block = self._block_at(quantity)
        return block.truncated and quantity.end == block.end and len(naming.name_before(_last_clause(before))) >= 2

    def _block_at(self, span: Span) -> Block:
        for sentence in self._sentences_at(span):
            return self.text.blocks[sentence.block]
        raise LookupError(span)

    def _sentences_at(self, span: Span) -> Iterator[Sentence]:
        at = bisect_left(self.text.sentences, span.start + 1, key=lambda s: s.start) - 1
        yield self.text.sentences[max(at, 0)]

    def _heed(self, read: int, seat: Seat, clauses: list[Clause], periods: list[Dated]) -> None:
        """What the words since the last number add to what the reader has in mind."""
        flow = self.flow
        passed = self.clean[read : seat.quantity.start]
        if "；" in passed:
            flow.divided = False
        if _PART_OF.search(passed):
            flow.divided = True
        flow.passed = ""
        for clause in clauses:
            if read <= clause.start and clause.end < seat.clause.start and not clause.aside:
                # 居民消费价格小幅下降，总指数为99.5: a change without a number names what the next one is of
                flow.passed = self._words(clause, periods)
                topic = measures.changing(flow.passed)
                if topic and (name := naming.name_before(topic)) and naming.head_of(name):
                    flow.subject = name
        lead = seat.before.of(self.clean)
        if seat.first and lead in ("由", "从") and 2 <= len(name := naming.name_before(flow.passed)) <= 16:
            flow.subject = name  # 调整了企业缴费比率，从20%调整为16%

    # --- one run of numbers ---------------------------------------------------------------------------------------

    def _run(self, run: list[Seat], sentence: Sentence, periods: list[Dated]) -> None:
        """One number, or several that share their words (分别增长3%、5%和8%)."""
        lead = run[0]
        words = self._words(lead.before, periods)
        if not lead.first:
            words = _LINKED.sub("", words)
        reading = measures.read(words, lead.quantity, self._plain(lead.quantity), self._plain(run[-1].after))
        if reading.measure == "level" and naming.name_before(reading.words) in _EXTREMES and self.figures:
            reading = replace(reading, measure=self.figures[-1].measure)  # 增长4%以上，高的达到6%
        names, rule = self._names(run, reading, words)
        for i, seat in enumerate(run):
            if i and seat.quantity.kind == "rank":
                reading = measures.read("", seat.quantity, "", "")
            self._figure(seat, reading, names[i], rule, sentence, periods)
        self._remember(run, reading, names)

    def _words(self, span: Span, periods: list[Dated]) -> str:
        """The words of a span without the time expressions in it; those of a comparison stay."""
        pieces: list[str] = []
        at = span.start
        for period in periods:
            if period.role == "date" and span.start <= period.start and period.end <= span.end and period.start >= at:
                piece = self.clean[at : period.start]
                pieces.append(re.sub(r"(?:截至|截止到?|自|从|于|在|到|至|由)$", "", piece))
                at = period.end
                if match := re.match(r"(?:期间|以来|时|的)", self.clean[at : span.end]):
                    at += match.end()
        pieces.append(self.clean[at : span.end])
        return "".join(pieces)

    def _plain(self, span: Span) -> str:
        return span.of(self.clean)

    def _names(self, run: list[Seat], reading: measures.Reading, words: str) -> tuple[list[str], str]:
        """A name for each number of a run, and the rule that gave them."""
        flow = self.flow
        count = len(run)
        changed = reading.measure != "level"
        own = self._without_area(naming.name_before(reading.words), run[0])
        if count > 1:
            several = self._spread(run, own, words)
            if several:
                return list(several), "distribution"
        quantity = run[0].quantity
        if "ratio" in quantity.flags and count == 3:
            return [f"{sector}比重" for sector in _SECTORS], "ratio"
        after = self._plain(run[-1].after)
        if own and self._is_place(own, run[0]):
            own = ""  # 比如美国51.7%: the area's own, of the thing spoken of
        if reading.tail:
            flow.share = reading.tail
            return [(own or flow.subject) + reading.tail] * count, "share"
        if flow.share and own.endswith("比重") and reading.measure == "level":
            return [own.removesuffix("比重") + flow.share] * count, "share"  # A占C的比重为…，B比重为…
        if own in _EXTREMES:
            return [flow.subject] * count, "carried"
        generic = naming.generic_of(own)
        if generic and after.startswith("的") and (name := naming.name_after(after)):
            return [name + generic] * count, "generic-of"  # 总规模不低于1亿元的引导资金
        if not changed and (name := self._counted(quantity, own, after, words)):
            return [name] * count, "counted"
        if generic and flow.subject:
            return [_joined(flow.subject, generic, reading.measure)] * count, "generic"
        if own:
            if reading.measure == "level" and (borrowed := self._borrowed(own, quantity, words)):
                return [borrowed] * count, "part-of-whole"
            return [own] * count, "named"
        return [flow.subject] * count, "carried"

    def _without_area(self, name: str, seat: Seat) -> str:
        """A name without the area at its front, which the figure says itself."""
        for i in self._inside(self.area_starts, self.areas, seat.before):
            surface = self.areas[i].of(self.clean)
            if name.startswith(surface) and self.areas[i].name in (self.area, "全国"):
                rest = name[len(surface) :].removeprefix("的")
                return rest if len(rest) >= 2 else name
        return name

    def _is_place(self, name: str, seat: Seat) -> bool:
        """Whether a name is but the name of an area, or of a place that ends in one (北欧的福利国家瑞典)."""
        for i in self._inside(self.area_starts, self.areas, seat.before):
            surface = self.areas[i].of(self.clean)
            if name == surface or (name.endswith(f"国家{surface}")):
                return True
        return False

    def _spread(self, run: list[Seat], own: str, words: str) -> tuple[str, ...]:
        """The names that a coordination spreads over a run of as many numbers."""
        count = len(run)
        if own and (several := naming.coordinated(self._coordination(run[0], own), count)):
            return several
        if not own and _SHARED.search(words):
            if len(self.flow.vector) == count:
                return self.flow.vector
            if several := naming.coordinated(naming.cut(self.flow.passed), count):
                return several
            if len(self.flow.named) >= count:
                return tuple(self.flow.named[-count:])
        return ()

    def _coordination(self, seat: Seat, own: str) -> str:
        """The whole coordination: a count in its midst (A、B和C三项污染物平均浓度) is stepped over."""
        clause = self.clean[seat.clause.start : seat.before.start]
        if not seat.first and (
            match := re.search(r"^(.*?[、和与及].*?)[\d一二三四五六七八九十两]+[个项类种大家]$", clause)
        ):
            return naming.name_before(match[1]) + naming.head_of(own)
        return own

    def _counted(self, quantity: Quantity, own: str, after: str, words: str) -> str:
        """The noun that a number counts, where it stands after it: 12家单位."""
        if quantity.kind not in ("amount", "percent", "fraction", "duration"):
            return ""
        name = naming.name_after(after)
        if naming.generic_of(name) or self._names_place(name, after) or re.search(r"中，?有$", words):
            return ""
        if quantity.kind == "percent" or not _countable(quantity):
            if not own or naming.is_doing(own):
                return name  # 探明百万吨锂矿
            if words.rstrip().endswith("的") and after.startswith("的"):
                return own + name  # 国有企业的10%的股份
            # 首次达到61米正常蓄水位: the noun that names a statistic stands behind
            short = 2 < len(name) <= 8 and quantity.kind == "amount"
            return name if short and naming.head_of(name) and not naming.head_of(own) else ""
        return name

    def _names_place(self, name: str, after: str) -> bool:
        areas = find_areas(name) if name else []
        return bool(areas) and areas[0].end - areas[0].start == len(name)

    def _borrowed(self, own: str, quantity: Quantity, words: str) -> str:
        """A part with the statistic of its whole: 其中住宅443万平方米 → 住宅销售面积."""
        flow = self.flow
        head = naming.head_of(flow.whole)
        if not head or head == flow.whole or naming.head_of(own) or quantity.unit != flow.unit or _countable(quantity):
            return ""
        # a part of 零售总额 is a 零售额
        return own + head.replace("总额", "额") if flow.divided or flow.whole != flow.subject else ""

    def _remember(self, run: list[Seat], reading: measures.Reading, names: list[str]) -> None:
        flow = self.flow
        if len(run) > 1 and len(set(names)) > 1:
            flow.vector = tuple(names)
        if reading.measure in ("contribution", "rank", "difference") and not (
            reading.measure == "difference" and not flow.subject
        ):
            return
        name = names[-1]
        if name and not naming.generic_of(name):
            if reading.measure == "level" and not flow.divided and naming.head_of(name):
                flow.whole, flow.unit = name, run[-1].quantity.unit
            flow.named += [n for n in dict.fromkeys(names) if n not in flow.named]
        if name and (not naming.generic_of(name) or not flow.subject):
            flow.subject = name

    # --- one figure -----------------------------------------------------------------------------------------------

    def _figure(
        self, seat: Seat, reading: measures.Reading, name: str, rule: str, sentence: Sentence, periods: list[Dated]
    ) -> None:
        quantity, flow = seat.quantity, self.flow
        measure, basis = reading.measure, reading.basis
        period, how = self._period(seat, sentence, periods)
        if rule == "carried" and how != "period" and self.figures and self.figures[-1].start >= sentence.start:
            period = self.figures[-1].period
        if measure == "growth":
            basis = basis or flow.basis
            if (
                basis is None
                and period is not None
                and period.code
                and naming.head_of(name)
                and not period.code.endswith("..")
            ):
                basis = measures.LAST_YEAR  # the convention of official statistics: 增长 without more is on the year
            flow.basis = basis if basis == measures.LAST_YEAR else flow.basis
        flags = list(quantity.flags)
        unit, value, value_max = quantity.unit, quantity.value, quantity.value_max
        if quantity.kind == "bare" and not _INDEX.search(self.clean[max(0, seat.before.start) : quantity.start]):
            flags += ["unit-missing", "truncated"]
        if unit is None and quantity.kind == "amount":
            if re.search(
                r"(?:投资|产值|收入|税收|规模|总额|资金|出资|GDP|生产总值)[^，；]{0,6}$", seat.before.of(self.clean)
            ):
                unit = "元"
                flags.append("unit-inferred")
            else:
                flags.append("unit-missing")
        if reading.sign < 0:
            value = -abs(value)
            value_max = -abs(value_max) if value_max is not None else None
        if period is not None:
            flags += [f for f in period.flags if f not in flags]
        status, why = status_of(
            *around(self.clean, sentence, quantity),
            quantity.relation,
            self.sections.of(sentence.block),
            self.sections.policy,
            self._ahead(period),
        )
        level = flow.level if measure != "level" and rule in ("carried", "generic", "distribution") else None
        if measure != "level" and level is None:
            level = self._level_of(name, sentence)
        self.figures.append(
            Figure(
                quantity.start,
                quantity.end,
                name or None,
                measure,
                value,
                value_max,
                unit,
                _BLANK.sub("", quantity.of(self.clean)),
                quantity.relation,
                basis,
                self._area(seat, sentence),
                period,
                status,
                tuple(dict.fromkeys(flags)),
                self._statement(seat, sentence),
                Span(sentence.start, sentence.end),
                level,
                tuple(dict.fromkeys((reading.rule, rule, how, why))),
            )
        )
        if measure == "level":
            flow.level = len(self.figures) - 1

    def _ahead(self, period: Dated | None) -> bool:
        published = self.dating.published
        return bool(period and period.first and published and period.first > published)

    def _level_of(self, name: str, sentence: Span) -> int | None:
        """The level of the same thing in the same sentence."""
        for i in range(len(self.figures) - 1, max(-1, len(self.figures) - 12), -1):
            figure = self.figures[i]
            if figure.start < sentence.start:
                break
            if figure.measure == "level" and figure.indicator == name:
                return i
        return None

    def _statement(self, seat: Seat, sentence: Span) -> Span:
        """The words for the quote: the sentence, or of a long one the part between semicolons, or the clause."""
        if sentence.end - sentence.start <= _LONG_QUOTE:
            return Span(sentence.start, sentence.end)
        start = max(self.clean.rfind("；", sentence.start, seat.quantity.start) + 1, sentence.start)
        end = self.clean.find("；", seat.quantity.end, sentence.end)
        end = end if end >= 0 else sentence.end
        if end - start <= _LONG_QUOTE:
            return Span(start, end)
        return Span(seat.clause.start, seat.clause.end)

    def _period(self, seat: Seat, sentence: Sentence, periods: list[Dated]) -> tuple[Dated | None, str]:
        """When: the nearest date before the number in its sentence, else what is carried to it."""
        place = seat.quantity.start
        clean = self.clean
        for period in reversed(periods):
            if period.role != "date" or period.end > place:
                continue
            if period.code is None or _VAGUE.search(period.of(clean)) or _age(period):
                return None, "period-unsettled"
            between = clean[period.end : place]
            if _VAGUE.search(between):
                return None, "vague"
            return self._stock_or_flow(period, seat), "period"
        if _VAGUE.search(clean[sentence.start : place]):
            return None, "vague"
        if self.carried is not None:
            return self._stock_or_flow(self.carried, seat), "carried-period"
        if self.section is not None:
            return self.section, "section-period"
        return None, "no-period"

    def _stock_or_flow(self, period: Dated, seat: Seat) -> Dated:
        """截至6月底: a stock is of that day; what was added up to it began on a day that is not said."""
        if not _upto(period) or period.last is None or period.first is None:
            return period
        if _FLOW.search(self.clean[seat.clause.start : seat.quantity.start][-40:]) and not (
            period.code or ""
        ).startswith(".."):
            return replace(period, code=f"../{period.last.isoformat()}", first=None)
        return period

    def _area(self, seat: Seat, sentence: Span) -> str | None:
        """Whose figure: the area that its clause, or the sentence before it, speaks of; else the document's own."""
        for stretch in (Span(seat.clause.start, seat.quantity.start), Span(sentence.start, seat.clause.start)):
            for i in self._inside(self.area_starts, self.areas, stretch):
                area = self.areas[i]
                if _COMPARED.search(self.clean[max(stretch.start, area.start - 3) : area.start]):
                    continue
                return self._resolved(area)
        return self.area

    def _resolved(self, area: Area) -> str | None:
        return area.name if area.level != "own" or area.name not in _OWN else self.area


_OWN = frozenset({"我市", "我省", "我县", "我区", "我州", "全市", "全省", "全县", "全区", "全州"})


def _age(period: Dated) -> bool:
    """75年来 tells an age, not the period of a number."""
    first, last = period.first, period.last
    return "approximate" in period.flags and first is not None and last is not None and last.year - first.year > 10


def _upto(period: Dated) -> bool:
    return period.role == "upto" or "upto" in period.flags


def _runs(clean: str, found: list[Seat]) -> Iterator[list[Seat]]:
    """Seats in runs: numbers with nothing between them but a link share their words."""
    run: list[Seat] = []
    for seat in found:
        if run and not (
            seat.clause is run[-1].clause
            and _alike(run[-1].quantity, seat.quantity)
            and _LINK.fullmatch(seat.before.of(clean))
        ):
            yield run
            run = []
        run.append(seat)
    if run:
        yield run


def _alike(a: Quantity, b: Quantity) -> bool:
    return a.kind == b.kind


def _countable(quantity: Quantity) -> bool:
    """Whether the unit is a measure word, so that the thing counted may follow it."""
    return quantity.kind in ("amount", "fraction") and (quantity.unit or "").partition("（")[0] in _classifiers()


@cache
def _classifiers() -> frozenset[str]:
    return frozenset(table("units")["classifier"])


def _joined(subject: str, generic: str, measure: str) -> str:
    """The thing spoken of with a word that says nothing alone; a growth is the thing's own."""
    if measure in ("growth", "difference", "contribution") or subject.endswith(generic):
        return subject
    return subject if generic in subject else subject + generic


def _last_clause(words: str) -> str:
    return re.split(r"[，,；;：。]", words)[-1]


def _in_title(clean: str, sentence: Span, place: Span) -> bool:
    """Whether the place stands inside 《》."""
    opened = clean.rfind("《", sentence.start, place.start)
    return opened >= 0 and clean.find("》", opened, place.start) < 0 and clean.find("》", place.end, sentence.end) >= 0
