"""Numbers in their sentences → figures: what is measured, how, where, when, and whether it is so or meant to be.

A sentence is read once from left to right, as a reader does. What a number leaves unsaid it takes from what stands
before it; the rooms beside this one say how: ``stating`` (is it a figure at all), ``measures`` (level, growth, …),
``subjects`` and ``naming`` (of what), ``timing`` (when), ``placing`` (whose), ``status`` (so, or meant to be).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from zzcli.facts import measures, naming
from zzcli.facts.clauses import Seat, seats, split
from zzcli.facts.dating import Dated, Dating
from zzcli.facts.granting import granted
from zzcli.facts.measures import Reading
from zzcli.facts.mentioned import Mentions, read_mentions
from zzcli.facts.placing import area_of, area_of_row, item_of
from zzcli.facts.stating import countable, is_index, left_out
from zzcli.facts.status import around, standing, status_of, status_of_column
from zzcli.facts.subjects import Flow, in_front, name_run
from zzcli.facts.tables import read_table
from zzcli.facts.timing import Timing
from zzcli.mentions.names import Area
from zzcli.mentions.numbers import exactly
from zzcli.mentions.quantities import Quantity
from zzcli.patterns import compiled
from zzcli.reading.reflow import Sentence, Text
from zzcli.span import Span

# 扣除价格因素，实际增长4.9%: at constant prices
_REAL = compiled(r"扣除(?:物价|价格)|可比价|不变价")
_ACTUALLY = compiled(r"实际(?:增长|下降|上升|回落|增速)")
_BESIDE = compiled(r"扣除(?:物价|价格)|名义")
_ROUNDED = Decimal("0.6")  # percentage points that rounded levels may be apart from their growth
_BLANK = compiled(r"\s+")
_LINK = compiled(r"\s{0,40}(?:[、∶：:]|和|与|及|以及|至)?\s*")  # all that stands between two numbers of one run
_LINKED = compiled(r"^\s{0,40}(?:、|和|与|及|以及)")
# what belongs to the number before: 保持30%以上增长、达86万台
_LEFT_OVER = compiled(r"^(?:以[上下内]|左右|上下)?(?:的?(?:增长|增速|增幅|涨幅|降幅|下降)[，、]|[，、])?")
_TURN = compiled(r"\s{0,40}(?:、|和|与|及)(?:同比)?(?:增长|下降|上涨|提高|降低|减少|增加|回落|上升|下滑)\s*")
_MONEY = compiled(r"(?:投资|产值|收入|税收|规模|总额|资金|出资|GDP|生产总值)[^，；]{0,6}$")
_MONEY_BEHIND = compiled(r"的(?:年)?(?:总?投资|产值|销售|销售额|收入|税收|资金|贷款|利润)")
_CAP = compiled(r"最高(?:可?达|为|奖励|补贴|补助|支持)?(?:金额|额度)?$")  # 单个企业每年最高300万元
_BEHIND = 24  # characters behind a number that say whether it is a condition
_LISTING = compiled(r"^.{0,1200}(?:是|包括|主要有|分为)(?=[^，]{2})")  # 居前的是汽车、电子和医药三个行业
_FEW = range(2, 13)
_LATIN = compiled(r" ?[A-Za-z]")
_AND = compiled(r"[、和与]")
_PREVIOUS = {"month": "上月", "quarter": "上季度"}  # what 环比 is against
_RATE = compiled(r"[率比重度]$")
_PLANNED = compiled(r"(?:预算|计划|任务|目标)的$")  # 完成年初预算的45%
_EXTREMES = frozenset({"高", "低", "最高", "最低", "多", "少"})
_LONG_QUOTE = 160  # a longer sentence is quoted in part
_PIECE = 1200  # a longer sentence is read in pieces, so that reading stays linear whatever the text
_PIECE_END = compiled(r"[；;，]|,(?!\d)")


class Figure(Span, frozen=True):
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


class LeftOut(Span, frozen=True):
    """A number that became no figure, and the reason."""

    reason: str


class Numbers(Struct, frozen=True):
    """What the numbers of a text came to, each in the order of the text."""

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]


@exactly
def read_numbers(text: Text, dating: Dating, areas: Sequence[Area], *, title: str | None, area: str | None) -> Numbers:
    """Every number of a text: the figures, and those that state nothing; ``area`` is the document's own."""
    mentions = read_mentions(text.clean, dating, area, areas)
    reader = _Reader(text, dating, mentions, title)
    return Numbers(tuple(reader.read()) if mentions.quantities else (), tuple(reader.left_out))


@lru_cache(maxsize=1024)
def _each_once(*words: str) -> tuple[str, ...]:
    """The words without those that come again; one tuple for all figures that have the same."""
    return tuple(dict.fromkeys(words))


class _Reader:
    """One walk over the sentences of a text."""

    def __init__(self, text: Text, dating: Dating, mentions: Mentions, title: str | None) -> None:
        self._text = text
        self._clean = mentions.clean
        self._published = dating.published
        self._mentions = mentions
        self._sections = standing(text, title, dating.year)
        self._timing = Timing(text, mentions, title)
        self._flow = Flow()
        self._place = Span(0, 0)  # the sentence's, one for all its figures
        self._item: tuple[Span, ...] = ()  # where the area of its item may stand
        self._figures: list[Figure] = []
        self.left_out: list[LeftOut] = []

    def read(self) -> list[Figure]:
        """The figures of all blocks but furniture."""
        block = -1
        tabled = -1  # the last block that was read as part of a table
        plain = -1  # the last row of a stretch that is no table
        for sentence in self._text.sentences:
            if sentence.block != block:
                block = sentence.block
                self._flow = Flow()
                self._timing.enter(block)
                if block > max(tabled, plain) and self._text.blocks[block].kind == "row":
                    last, found = self._table(block)
                    tabled, plain = (last, plain) if found else (tabled, last)
            if block > tabled and self._text.blocks[block].kind != "furniture":
                for piece in _pieces(self._clean, sentence):
                    self._sentence(piece)
        return self._figures

    def _table(self, first: int) -> tuple[int, bool]:
        """Read the table that begins at a block: the last of its rows, and whether they are a table."""
        blocks = self._text.blocks
        last = first
        while last + 1 < len(blocks) and blocks[last + 1].kind == "row":
            last += 1
        cells = read_table(self._text, first, last)
        row: Span | None = None
        levels: list[int] = []  # those of its row before it
        for cell in cells:
            if cell.row != row:
                row, levels = cell.row, []
            period, when = self._timing.of_cell(cell.column, cell.title, cell.year, cell.time)
            self._figures.append(
                Figure(
                    start=cell.start,
                    end=cell.end,
                    indicator=cell.name or None,
                    measure=cell.measure,
                    value=cell.value,
                    value_max=None,
                    unit=cell.unit,
                    written=_BLANK.sub("", cell.of(self._clean)),
                    relation="=",
                    basis=cell.basis,
                    area=area_of_row(self._mentions, cell.row),
                    period=period,
                    status=status_of_column(cell.column.of(self._clean)) or self._sections.of(first),
                    flags=(*(() if cell.unit else ("unit-missing",)), *(period.flags if period else ())),
                    statement=cell.row,
                    sentence=cell.row,
                    level=self._level_in_row(levels, period) if cell.measure != "level" else None,
                    rules=("table", cell.measure, when),
                )
            )
            if cell.measure == "level":
                levels.append(len(self._figures) - 1)
        return last, bool(cells)

    def _level_in_row(self, levels: Sequence[int], period: Dated | None) -> int | None:
        """The level that a growth in a table is of: that of its own period, else the first of its row."""
        code = period.code if period else None
        for index in levels:
            level = self._figures[index].period
            if level is not None and level.code == code:
                return index
        return levels[0] if levels else None

    def _sentence(self, sentence: Sentence) -> None:
        kept = self._stating(sentence)
        if kept:
            self._place = Span(sentence.start, sentence.end)
            self._item = item_of(self._text, sentence)
            self._flow.begin_sentence()
            whole: list[Span] = [*_ratios(kept), *self._mentions.periods.inside(sentence)]
            clauses = split(self._clean, sentence, whole, kept)
            spoken = iter([clause for clause in clauses if not clause.aside])
            ahead = next(spoken, None)
            for run in _runs(self._clean, seats(clauses, kept)):
                passed = []
                while ahead is not None and ahead.end <= run[0].clause.start:
                    passed.append(ahead)
                    ahead = next(spoken, None)
                while ahead is not None and ahead.start <= run[-1].clause.start:
                    ahead = next(spoken, None)
                self._flow.heed(self._mentions, passed, run[0])
                self._run(run, sentence)
        self._timing.leave(sentence)

    def _stating(self, sentence: Sentence) -> list[Quantity]:
        """The numbers of a sentence that state something."""
        kept: list[Quantity] = []
        counting: Quantity | None = None
        block, policy = self._text.blocks[sentence.block], self._sections.policy
        for quantity in self._mentions.quantities.inside(sentence):
            reason = left_out(self._clean, sentence, quantity, counting, block, policy)
            if reason is None:
                kept.append(quantity)
            else:
                self.left_out.append(LeftOut(quantity.start, quantity.end, reason))
            if countable(quantity):
                counting = quantity
        return kept

    def _run(self, run: list[Seat], sentence: Sentence) -> None:
        """One number, or several that share their words (分别增长3%、5%和8%)."""
        lead = run[0]
        words = self._mentions.words(lead.before)
        if not lead.first:
            words = _LEFT_OVER.sub("", _LINKED.sub("", words))
        reading = measures.read(words, lead.quantity, lead.quantity.of(self._clean), run[-1].after.of(self._clean))
        if reading.measure == "level" and words.strip("，, 的达到为") in _EXTREMES and self._figures:
            reading = replace(reading, measure=self._figures[-1].measure, words="")  # 增长4%以上，高的达到6%
        if self._goes_on(reading, lead, words):
            # 预期增长5%，力争达到6%
            reading = replace(reading, measure="growth", words=naming.name_before(words), rule="growth-on")
        if changed := self._changes_on(reading, lead, sentence):
            reading = changed
        names, rule = name_run(self._mentions, self._flow, run, reading, words)
        if self._sections.policy and reading.measure == "level" and rule != "share":
            named, names = names, granted(self._clean, sentence, run, names)
            rule = rule if names == named else "granted"
        if reading.rule == "even" and reading.measure == "growth":
            reading = replace(reading, measure=measures.even_measure(names[0]))
        bases = _AND.split(reading.basis) if reading.basis else []  # 分别高于全国、全省1.5和0.8个百分点
        words_of = Span(lead.clause.start, lead.quantity.start)
        for name, seat in zip(names, run, strict=True):
            if seat is not lead and (verb := _LINKED.sub("", seat.before.of(self._clean))):
                reading = replace(reading, sign=measures.read(verb, seat.quantity, "", "").sign)  # 增长3%和下降2%
            here = replace(reading, basis=bases[run.index(seat)]) if len(bases) == len(run) > 1 else reading
            self._figures.append(self._figure(seat, words_of, here, name, rule, sentence))
            if reading.measure == "level":
                self._flow.level = len(self._figures) - 1
        last = run[-1]
        self._flow.remember(
            names,
            reading.measure,
            last.quantity.unit,
            countable(last.quantity),
            last.after.of(self._clean),
            own=rule == "named",
        )
        if len(run) == 1 and countable(lead.quantity) and lead.quantity.value in _FEW:
            # 汽车、电子和医药三个行业，分别达到…: what was counted is what the numbers to come are of
            items = naming.coordinated(naming.strip(_LISTING.sub("", words)), int(lead.quantity.value))
            self._flow.vector = items or self._flow.vector

    def _changes_on(self, reading: Reading, seat: Seat, sentence: Span) -> Reading | None:
        """The reading of an item of a list whose verb stands before the first (增加水稻26万亩、蔬菜16万亩)."""
        last = self._figures[-1] if self._figures else None
        if last is None or last.start < sentence.start or "doing" not in last.rules or last.measure != "difference":
            return None
        joined = (
            self._clean[last.end : seat.before.end].startswith("、")
            and "，" not in self._clean[last.end : seat.before.end]
        )
        if reading.rule != "level" or not joined or seat.quantity.unit != last.unit:
            return None
        return replace(reading, measure="difference", sign=-1 if last.value < 0 else 1, rule="doing")

    def _goes_on(self, reading: Reading, seat: Seat, words: str) -> bool:
        """Whether a percentage without words of its own goes on with the growth before it."""
        last = self._figures[-1] if self._figures else None
        if last is None or self._flow.fresh or reading.rule != "level" or seat.quantity.kind != "percent":
            return False
        if naming.name_after(seat.after.of(self._clean)) or _PLANNED.search(words):
            return False
        own = naming.name_before(words)
        if seat.clause.aside and not own and in_front(self._clean, seat.clause):
            return False
        if last.measure != "growth" or last.unit != "%" or _RATE.search(own or last.indicator or ""):
            return False
        # 工业增长8%，其中制造业9%: the words of the first hold for the second
        return not own or (own.endswith("业") and not naming.head_of(own))

    def _figure(self, seat: Seat, lead: Span, reading: Reading, name: str, rule: str, sentence: Sentence) -> Figure:
        quantity, flow, last = seat.quantity, self._flow, self._figures[-1] if self._figures else None
        period, when = self._timing.of(seat, sentence, lead, level=reading.measure == "level")
        if (
            rule == "carried"
            and when != "period"
            and reading.rule != "reached"
            and last is not None
            and last.start >= sentence.start
            and last.period
            and (last.period.first is not None or period is None or reading.measure == "level")
        ):
            period = last.period  # a growth is of the time of its level, but over all of it (达到9件、增长2倍)
        if rule == "ratio" and last is not None and last.end == quantity.start - 1:
            period = last.period  # 9.2∶40.3∶50.5: the parts are of one time
        if reading.basis == measures.AVERAGE:
            period = self._timing.of_average(period, sentence)
        unit, flags = self._unit(seat)
        if quantity.kind == "even":
            unit = "个百分点" if reading.measure == "difference" else "%"
        sign = reading.sign
        marks = (*quantity.flags, *flags, *self._prices(reading, lead, sentence), *(period.flags if period else ()))
        began = period and (period.first or period.last)  # 2026年6月底前: on one of the days up to its last
        status, why = status_of(
            *around(self._clean, sentence, quantity),
            self._clean[quantity.end : min(sentence.end, quantity.end + _BEHIND)],
            quantity.relation,
            self._sections.of(sentence.block),
            self._sections.policy,
            bool(began and self._published and began > self._published),
            bool(period and period.last and self._published and period.last < self._published),
        )
        if status == "rule" and when in ("carried-period", "section-period"):
            period, when = None, "no-period"  # a rule holds at all times, unless its own sentence dates it
        level = None
        if reading.measure != "level":
            last_level = (
                flow.level if flow.level is not None and self._figures[flow.level].start >= sentence.start else None
            )
            level = self._level_of(name, sentence)
            if level is None and rule in ("carried", "generic"):
                level = last_level
        return Figure(
            start=quantity.start,
            end=quantity.end,
            indicator=name or None,
            measure=reading.measure,
            value=quantity.value if sign > 0 else -abs(quantity.value),
            value_max=quantity.value_max if sign > 0 or quantity.value_max is None else -abs(quantity.value_max),
            unit=unit,
            written=_BLANK.sub("", quantity.of(self._text.clean)),
            relation="≤" if status == "rule" and _CAP.search(seat.before.of(self._clean)) else quantity.relation,
            basis=self._basis(reading, name, unit, quantity.value * sign, period, level),
            area=area_of(
                self._mentions,
                sentence,
                quantity.start,
                self._item,
                named=rule not in ("carried", "generic", "share") and seat.first,
            ),
            period=period,
            status=status,
            flags=_each_once(*(flag for flag in marks if flag != "indefinite")),  # 另有一人受伤 is a count
            statement=self._statement(seat, sentence),
            sentence=self._place,
            level=level,
            rules=_each_once(reading.rule, rule, when, why),
        )

    def _basis(
        self,
        reading: Reading,
        name: str,
        unit: str | None,
        value: Decimal,
        period: Dated | None,
        level: int | None,
    ) -> str | None:
        """What a change is against; by the convention of official statistics 增长 without more is on the year."""
        flow = self._flow
        if reading.basis == measures.PREVIOUS and period is not None:
            return _PREVIOUS.get(period.granularity, measures.PREVIOUS)
        if reading.measure != "growth":
            return reading.basis
        basis = reading.basis or flow.basis
        start = self._start_of(level) if basis is None else None
        if start is not None and level is not None:
            # 由2020年的40万吨增加到50万吨，增长25%: the levels say so; 增长8% is against a time that is not told
            told = start.period.of(self._clean) if start.period else None
            return told if unit == "%" and _agrees(value, start.value, self._figures[level].value) else None
        if (
            basis is None
            and unit == "%"
            and (level is not None or self._timing.reports)
            and period is not None
            and period.last is not None
            and (period.first or period.last).year == period.last.year  # over five years nothing grows on the year
            and naming.head_of(name)
        ):
            basis = measures.LAST_YEAR
        if basis == measures.LAST_YEAR:
            flow.basis = basis
        return basis

    def _prices(self, reading: Reading, lead: Span, sentence: Span) -> tuple[str, ...]:
        """Whether a growth is at current or at constant prices, where its words say so."""
        if reading.measure != "growth":
            return ()
        words = self._clean[lead.start : lead.end]
        if "名义" in words:
            return ("nominal",)
        real = _REAL.search(words) or (_ACTUALLY.search(words) and _BESIDE.search(sentence.of(self._clean)))
        return ("real",) if real else ()

    def _start_of(self, level: int | None) -> Figure | None:
        """The level that another one was reached from (由2020年的3万张增加到4万张): what its growth is against."""
        if not level or "reached" not in self._figures[level].rules:
            return None
        start, end = self._figures[level - 1], self._figures[level]
        same = start.indicator == end.indicator and start.unit == end.unit and start.sentence == end.sentence
        dated = start.period != end.period and start.measure == "level"
        return start if same and dated else None

    def _unit(self, seat: Seat) -> tuple[str | None, tuple[str, ...]]:
        """The unit, and what is doubtful about it."""
        quantity = seat.quantity
        if quantity.kind == "bare" and not is_index(self._clean, quantity):
            return None, ("unit-missing", "truncated")
        if quantity.kind != "amount" or quantity.unit is not None:
            return quantity.unit, ()
        before, after = seat.before.of(self._clean), seat.after.of(self._clean)
        if _LATIN.match(self._clean, quantity.end):
            return None, ("unit-missing",)  # 规模达2万P
        if _MONEY.search(before) or _MONEY_BEHIND.match(after):
            return "元", ("unit-inferred",)
        return None, ("unit-missing",)

    def _level_of(self, name: str, sentence: Span) -> int | None:
        """The level of the same thing in the same sentence."""
        for i in range(len(self._figures) - 1, max(-1, len(self._figures) - 12), -1):
            figure = self._figures[i]
            if figure.start < sentence.start:
                break
            if figure.measure == "level" and figure.indicator == name:
                return i
        return None

    def _statement(self, seat: Seat, sentence: Span) -> Span:
        """The words for the quote: the sentence, or of a long one the part between semicolons, or the clause."""
        if sentence.end - sentence.start <= _LONG_QUOTE:
            return self._place
        start = max(self._clean.rfind("；", sentence.start, seat.quantity.start) + 1, sentence.start)
        end = self._clean.find("；", seat.quantity.end, sentence.end)
        end = end if end >= 0 else sentence.end
        return Span(start, end) if end - start <= _LONG_QUOTE else Span(seat.clause.start, seat.clause.end)


def _agrees(growth: Decimal, start: Decimal, end: Decimal) -> bool:
    """Whether a growth in per cent is that from one level to the other, as nearly as rounded numbers can say."""
    return start > 0 and abs(100 * (end - start) - growth * start) <= max(abs(growth) / 50, _ROUNDED) * start


def _pieces(clean: str, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, or its pieces where it is longer than any sentence is."""
    start = sentence.start
    while sentence.end - start > _PIECE:
        mark = _PIECE_END.search(clean, start + _PIECE // 2, start + _PIECE)
        end = mark.end() if mark else start + _PIECE
        yield Sentence(start, end, sentence.block)
        start = end
    yield Sentence(start, sentence.end, sentence.block)


def _runs(clean: str, found: list[Seat]) -> Iterator[list[Seat]]:
    """Seats in runs: numbers of one kind with nothing between them but a link share their words."""
    run: list[Seat] = []
    for seat in found:
        if run and not (
            seat.clause is run[-1].clause
            and seat.quantity.kind == run[-1].quantity.kind != "rank"
            and (_LINK.fullmatch(seat.before.of(clean)) or _turns(clean, run[0], seat))
        ):
            yield run
            run = []
        run.append(seat)
    if run:
        yield run


def _turns(clean: str, lead: Seat, seat: Seat) -> bool:
    """分别增长3%和下降2%: the second shares the words of the first but its verb."""
    return seat.quantity.kind == "percent" and _TURN.fullmatch(seat.before.of(clean)) is not None


def _ratios(found: list[Quantity]) -> Iterator[Span]:
    """The spans of the quantities; those of one ratio (87：9：4) as one, so that its signs are no marks."""
    for quantity, following in zip(found, [*found[1:], None], strict=True):
        together = following is not None and "ratio" in quantity.flags and "ratio" in following.flags
        yield Span(quantity.start, following.end if following is not None and together else quantity.end)
