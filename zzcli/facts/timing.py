"""When a figure is so: the date beside it, else the one that a reader carries to it.

A number takes the nearest date before it in its sentence; else the one of the sentences before it in its paragraph;
else that of its section's heading; else that of the title of a statistical report. 近年来 and 目前 settle nothing and
stop what is carried; so does a heading.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from msgspec.structs import replace

from zzcli.facts.clauses import Seat
from zzcli.facts.dating import RECORD_AFTER, Dated
from zzcli.facts.mentioned import NOW, Mentions
from zzcli.facts.status import GOALS
from zzcli.mentions.moments import month_end
from zzcli.patterns import compiled
from zzcli.reading.reflow import Block, Sentence, Text
from zzcli.span import Span

_VAGUE = compiled(rf"近年来|近些年来?|多年来|长期以来|{NOW}")
_STATISTICS = compiled(r"公报|运行|经济|形势|情况|统计|月报|季报|年报|数据|分析|开局|收官")
_PLANS = compiled(r"(?:工作|行动|实施|重点)(?:要点|计划|安排|任务)|重点工作")
_OPENING = 600  # characters in which a statistical report says which period it is about
_REPORTING = frozenset({"year", "half", "quarter", "month", "range"})
_SPANNING = frozenset({"range", "quarter", "half"})
_FLOW = compiled(r"净增|新增|新设|新登记|累计|完成|实现|新建|新开工|新签约|新注册|接待")
_CLAUSE_END = compiled(r"[，,；;：:]")
_FROM = compiled(r"(?:由|从)(?:原来的?|最初的?|过去的?|不足|不到|近|约){0,2}$")
_TO = compiled(
    r"(?:增加|增长|提高|提升|扩大|上升|下降|降低|减少|缩短|发展|攀升|跃升)?(?:到|至|达|达到|突破|超过|接近|跨过|迈上)(?:了|近|约|超)?$"
)
_ONWARD = frozenset("起以开")  # 从2023年起
# 一是…。二是…: the items of a list that is told on in one paragraph
_ITEM = compiled(r"\s{0,40}(?:(?P<first>一|首先)|[二三四五六七八九十]|其[次三四])(?:是|要|抓|[，、])")
# 年末常住人口312万人。全年出生人口3万人: the end of a span dates its own sentence, and what is a part of that
_AT_END = compiled(r"[年月季期][末底]$")
_PART = compiled(r"\s{0,40}其中")
_LOOKING_BACK = compiled(r"(?:过去|这)的?[一二三四五六七八九十两]年|[一二三四五六七八九十两]年来")
_SINCE = compiled(r"[^，。；、\d]{1,6}以来")
_FOR = ("，为", "时为", "也为", "还为", "并为", "虑为", "，给", "针对")
_YEAR_DIGITS = 4
_OWN_YEAR = compiled(r"\d{4}|[〇零一二三四五六七八九]{4}|[今去前本上]年")
_HEAD = 16  # characters in which a paragraph turns to another time
_AGE = 10  # 75年来 tells an age, not the period of a number


class Timing:
    """The periods of a document as a reader carries them through its sections and paragraphs."""

    def __init__(self, text: Text, mentions: Mentions, title: str | None) -> None:
        self._text = text
        self._clean = mentions.clean
        self._mentions = mentions
        self._base = self._of_title(title)
        self._section = self._base
        self._outside: Dated | None = None  # of the section around a table that has a heading of its own
        self._tabled = False
        self._carried: Dated | None = None
        self._lasting: Dated | None = None  # what is carried on when an end of a span no longer is
        self._listed = False  # whether the paragraph is within a list, and what was carried to the head of it
        self._heading: Dated | None = None
        self._aiming = False  # within a section of goals
        self._since: int | None = None  # the year that a paragraph looks back from: 同“十三五”末相比

    @property
    def reports(self) -> bool:
        """Whether the section reports on a period: a communiqué, an analysis, a work report."""
        return self._section is not None

    def _of_title(self, title: str | None) -> Dated | None:
        """The period that the title of a communiqué or an analysis, or else its opening, gives to all it says."""
        if not title:
            return None
        start = max(self._clean.find(title), 0)
        headline = Span(start, start + len(title))
        if not _STATISTICS.search(title):
            # 6月末外债余额1.87万亿美元: a headline with a number and its time
            told = self._mentions.quantities.inside(headline)
            if _PLANS.search(title):
                return next(
                    (p for p in self._mentions.periods.inside(headline) if p.granularity == "year" and p.code), None
                )
            return next((p for p in self._mentions.periods.inside(headline) if told and self._heads(p)), None)
        for stretch in (Span(start, start + len(title)), Span(start, start + _OPENING)):
            for period in self._mentions.periods.inside(stretch):
                if period.granularity in _REPORTING and _closed(period) and self._speaks(period):
                    return period
        return None

    def _heads(self, period: Dated) -> bool:
        """Whether the time in a headline is what the news under it reports on: a span, or the end of one."""
        span = period.granularity in ("quarter", "month", "range", "half") or _AT_END.search(period.of(self._clean))
        return bool(span) and _closed(period) and self._speaks(period)

    def enter(self, block: int) -> None:
        """Begin a block: a heading begins a section, a paragraph stands alone or goes on."""
        here = self._text.blocks[block]
        self._since = None
        self._carried = self._lasting = self._heading = self._continued(block)
        self._listed = bool(_ITEM.match(self._clean, here.start, here.end))
        if self._tabled and here.kind not in ("row", "furniture"):
            self._section, self._tabled = self._outside, False
        if here.kind == "heading":
            self._tabled = block + 1 < len(self._text.blocks) and self._text.blocks[block + 1].kind == "row"
            if self._tabled:
                self._outside = self._section
            else:
                self._section = self._base
            self._aiming = GOALS.search(here.of(self._clean)) is not None
            for period in self._mentions.periods.inside(here):
                if period.code and period.role == "date" and period.granularity in _REPORTING:
                    self._section = period  # 2025年的工作和“十四五”的成绩: the first, until the text turns
                    break
        elif self.reports and here.kind == "paragraph":
            self._turn(here)

    def _turn(self, here: Block) -> None:
        """Take 一年来 or 过去五年 at the head of a paragraph for the period of its section from there on."""
        for period in self._mentions.periods.inside(Span(here.start, min(here.end, here.start + _HEAD)))[:1]:
            if period.code and period.role == "date" and _LOOKING_BACK.match(period.of(self._clean)):
                self._section = period

    def leave(self, sentence: Sentence) -> None:
        """End a sentence: what the next ones in its paragraph take for their period."""
        dated = [
            period
            for period in self._mentions.periods.inside(sentence)
            if self._speaks(period)
            and period.code
            and (period.granularity in _REPORTING or "upto" in period.flags)
            and not self._of_before(period, sentence.end)
            and self._reaches(period, sentence, sentence.end)
        ]
        if dated:
            self._carried = dated[-1]
            if (
                self._aiming
                and dated[-1].granularity == "year"
                and self._clean.endswith(("到", "至"), 0, dated[-1].start)
            ):
                self._section = dated[-1]  # 发展目标 ¶ 到2025年，…: the goals below are of that year
        elif _VAGUE.search(self._clean, sentence.start, min(sentence.end, sentence.start + 12)):
            self._carried = None
        for period in self._mentions.periods.inside(sentence):
            if period.role == "basis" and period.last and self._clean.startswith("相比", period.end):
                self._since = period.last.year
        self._hand_on(sentence)

    def _hand_on(self, sentence: Sentence) -> None:
        """What of the period carried from a sentence the next one takes over."""
        clean, end = self._clean, self._text.blocks[sentence.block].end
        if self._carried is None or "upto" in self._carried.flags or not _AT_END.search(self._carried.of(clean)):
            self._lasting = self._carried
        elif not _PART.match(clean, sentence.end, end):
            self._carried = self._lasting
        item = _ITEM.match(clean, sentence.end, end)
        if item and item["first"]:
            self._listed, self._heading = True, self._carried
        elif item and self._listed:
            self._carried = self._lasting = self._heading  # 一是…，9月投产。二是…: September is that of the first item

    def of(self, seat: Seat, sentence: Span, lead: Span, *, level: bool) -> tuple[Dated | None, str]:
        """The period of a number, and the name of the rule that gave it.

        ``lead`` are the words before it, or before the first of the numbers that share them (分别达2个、3个).
        """
        clean, place = self._clean, seat.quantity.start
        if _FROM.search(seat.before.of(clean)):
            return None, "from"  # 由1800亿元增加到2600亿元: the first is of a time before
        for period in reversed(self._mentions.periods.inside(Span(sentence.start, place))):
            if not self._speaks(period) or self._of_before(period, place):
                continue
            if not self._reaches(period, sentence, place):
                continue
            if period.code is None or _VAGUE.search(period.of(clean)) or _is_age(period):
                if clean.startswith("的", period.end) or not self._governs(period, sentence, place):
                    continue  # 上缴近年结存的利润，支出规模扩大2万亿元
                return None, "period-unsettled"
            if _VAGUE.search(clean, period.end, place):
                return None, "vague"
            return self._of_number(period, lead, level), "period"
        if _VAGUE.search(clean, sentence.start, place):
            return None, "vague"
        if self._carried is not None:
            return self._of_number(self._carried, lead, level), "carried-period"
        if self._section is not None:
            return self._of_number(self._section, lead, level), "section-period"
        return None, "no-period"

    def _governs(self, period: Dated, sentence: Span, place: int) -> bool:
        """Whether an unsettled time holds at a place: it opens a clause, or stands in that of the place."""
        lead = self._clean[max(sentence.start, period.start - 2) : period.start].strip(" 在于自从")
        return not lead or lead[-1] in "，；：。、" or _CLAUSE_END.search(self._clean, period.end, place) is None

    def of_average(self, period: Dated | None, sentence: Span) -> Dated | None:
        """The years that an average growth to the year of ``period`` is over, where the sentence says since which.

        同“十三五”末相比，2025年…年均增长5% is of 2021 to 2025; 由2019年的…增至2024年的…，年均增长9% of 2020 to 2024.
        """
        if period is None or period.granularity != "year" or period.last is None:
            return period
        before = [self._since] if self._since else []
        before += [
            base.last.year
            for base in self._mentions.periods.inside(sentence)
            if base.last is not None
            and base.last.year < period.last.year - 1
            and (base.role == "basis" or self._clean.endswith(("由", "从"), 0, base.start))
        ]
        if len(set(before)) != 1 or before[0] >= period.last.year - 1:
            return period
        first = before[0] + 1
        return replace(period, code=f"{first}/{period.last.year}", first=date(first, 1, 1), granularity="range")

    def of_cell(
        self, column: Span, title: Span, year: int | None, time: Span | None = None
    ) -> tuple[Dated | None, str]:
        """The period of a number in a table: the date of its column, else of the table's title, else the section's.

        ``year`` is that of a column whose header is the bare number, ``time`` the name of a row that is a time.
        """
        if time is not None:
            told = time.of(self._clean).strip()
            if told.isdecimal() and len(told) == _YEAR_DIGITS:
                year = int(told)
            elif period := next((period for period in self._mentions.periods.inside(time) if period.code), None):
                return self._in_year(period, year, title), "row-period"
            if year is None:
                return None, "no-period"
        if year is not None:
            days = date(year, 1, 1), date(year, 12, 31)
            return Dated(column.start, column.end, str(year), *days, "year", ()), "column-period"
        for place, rule in ((column, "column-period"), (title, "section-period")):
            for period in self._mentions.periods.inside(place):
                if period.code and period.granularity in _REPORTING and self._speaks(period):
                    return period, rule
        return self._section, "section-period" if self._section else "no-period"

    def _in_year(self, period: Dated, year: int | None, title: Span) -> Dated:
        """The period of a row in the year of its column or of the title, where the row names none (一季度)."""
        first, last = period.first, period.last
        if _OWN_YEAR.search(period.of(self._clean)) or not first or not last or first.year != last.year:
            return period
        if year is None:
            of_title = [told for told in self._mentions.periods.inside(title) if told.first and told.last]
            years = {day.year for told in of_title for day in (told.first, told.last) if day}
            if len(years) != 1:
                return period
            (year,) = years
        end = last.replace(day=1, year=year)
        return replace(
            period,
            code=(period.code or "").replace(str(first.year), str(year)),
            first=first.replace(day=1, year=year),
            last=month_end(year, end.month),
            flags=tuple(flag for flag in period.flags if flag != "year-inferred"),
        )

    def _speaks(self, period: Dated) -> bool:
        """Whether the period is when something is so, and no name, comparison or record."""
        if self._clean.endswith(_FOR, 0, period.start):
            return False  # 为今年应对挑战预留空间
        return period.role == "date" and not RECORD_AFTER.match(self._clean, period.end)

    def _of_before(self, period: Dated, place: int) -> bool:
        """Whether the period is but that of a number before, from which this one comes: 由2018年的21亿元到46亿元."""
        clean, quantities = self._clean, self._mentions.quantities
        if not clean.endswith(("由", "从"), 0, period.start) or clean[period.end : period.end + 1] in _ONWARD:
            return False
        if period.granularity == "range":
            return False  # 从1978年到1985年这八年中: both ends are told
        at = quantities.before(period.end)
        first = quantities[at].start if at < len(quantities) else place
        return first < place and _CLAUSE_END.search(clean, period.end, first) is None

    def _reaches(self, period: Dated, sentence: Span, place: int) -> bool:
        """Whether a period in brackets with numbers of their own dates a place: only one in there with it.

        税收5亿元，增长6%（2021年和2022年分别增长3%、4%）。 says nothing of when what follows is so.
        """
        opened = self._clean.rfind("（", sentence.start, period.start)
        closed = self._clean.find("）", opened, sentence.end) if opened >= 0 else -1
        if closed < period.end or opened < place < closed:
            return True
        return not self._mentions.quantities.inside(Span(opened, closed))

    def _of_number(self, period: Dated, before: Span, level: bool) -> Dated:
        """The period of a number dated ``period``: the same, but for what is reached or added up by its end."""
        first, last = period.first, period.last
        if first is None or last is None:
            return period
        if _SINCE.match(self._clean, period.end) and period.granularity not in ("range", "decade"):
            return replace(period, code=f"{period.code}/..", last=None, granularity="range")  # 2023年3月开放以来
        lead = self._clean[max(before.start, before.end - 40) : before.end]
        if "upto" in period.flags:
            # 截至6月底: a stock is of that day; what was added up to it began on a day that is not said
            return replace(period, code=f"../{last.isoformat()}", first=None) if _FLOW.search(lead) else period
        if level and first.year < last.year and period.granularity != "decade" and _TO.search(lead):
            # 五年来，生产总值增加到2600亿元: what is reached is of the end of the years
            return replace(period, code=f"../{(period.code or '').rpartition('/')[2]}", first=None)
        return period

    def _continued(self, block: int) -> Dated | None:
        """The period that a paragraph of statistics takes over from the one right before it.

        今年1至7月，签约项目179个。 ¶ 新注册企业10家，利用外资532万美元。 Only where both are nothing but statistics,
        the first names a span of time, and nothing is lost between them.
        """
        carried, blocks = self._carried, self._text.blocks
        if carried is None or block == 0 or carried.granularity not in _SPANNING or not _closed(carried):
            return None
        above, here = blocks[block - 1], blocks[block]
        if above.kind != "paragraph" or here.kind != "paragraph" or above.truncated:
            return None
        return carried if self._statistical(above) and self._statistical(here) else None

    def _statistical(self, block: Block) -> bool:
        """Whether every sentence of a paragraph has a number in its first two clauses."""
        sentences, clean = self._text.sentences, self._clean
        first = bisect_left(sentences, block.start, key=lambda s: s.start)
        last = bisect_left(sentences, block.end, key=lambda s: s.start)
        for sentence in sentences[first:last]:
            numbers = self._mentions.quantities.inside(sentence)
            if not numbers or len(_CLAUSE_END.findall(clean, sentence.start, numbers[0].start)) > 1:
                return False
        return first < last


def _is_age(period: Dated) -> bool:
    first, last = period.first, period.last
    return "approximate" in period.flags and first is not None and last is not None and last.year - first.year > _AGE


def _closed(period: Dated) -> bool:
    return period.first is not None and period.last is not None
