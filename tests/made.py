"""Documents whose facts are stated by hand, so that what shows them is tested apart from what reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zzcli.document import Document, parse
from zzcli.facts.dating import Dated, Dating
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.industries import Industry, Milestone
from zzcli.span import Span

PAGE = """云江市工业走笔

今年上半年,云江市地区生产总值1203.45亿 元,同
比增长5.8%,居全省第三。

到2030年,全市培育企业七八十家,利润下降1%以上。

智能船舶产业集聚上下游企业212家,2019年成为千
亿集群,打造制 造高地。
"""


class Made:
    """A document of ``PAGE`` whose facts are given; each is found by the words it was read from."""

    def __init__(self, text: str = PAGE) -> None:
        self.document = parse(text, source="page.txt", encoding="utf-8")
        self.clean = self.document.text.clean

    def span(self, words: str) -> Span:
        start = self.clean.index(words)
        return Span(start, start + len(words))

    def sentence(self, words: str) -> Span:
        place = self.span(words)
        return next(sentence for sentence in self.document.text.sentences if sentence.overlaps(place))

    def period(self, words: str, code: str, first: date | None, last: date | None, granularity: str = "year") -> Dated:
        place = self.span(words)
        return Dated(place.start, place.end, code, first, last, granularity, role="date")

    def figure(self, written: str, **stated: Any) -> Figure:
        place, sentence = self.span(written), self.sentence(written)
        facts: dict[str, Any] = {
            "indicator": "地区生产总值",
            "measure": "level",
            "value": Decimal(0),
            "value_max": None,
            "unit": None,
            "written": written,
            "relation": "=",
            "basis": None,
            "area": "云江市",
            "period": None,
            "status": "actual",
            "flags": (),
            "statement": sentence,
            "sentence": sentence,
            "level": None,
            "rules": (),
        }
        return Figure(place.start, place.end, **{**facts, **stated})

    def with_facts(
        self,
        figures: tuple[Figure, ...] = (),
        timeline: tuple[Event, ...] = (),
        industries: tuple[Industry, ...] = (),
        dating: Dating | None = None,
    ) -> Document:
        vars(self.document).update(
            title="云江市工业走笔",
            area="云江市",
            dating=dating or Dating(published=None, origin="inferred", year=2024, periods=()),
            figures=figures,
            timeline=timeline,
            industries=industries,
        )
        return self.document


def page() -> Document:
    """``PAGE`` with six figures, two dated statements and two industries."""
    made = Made()
    half = made.period("今年上半年", "2024-S1", date(2024, 1, 1), date(2024, 6, 30), "half")
    target = made.period("2030年", "2030", date(2030, 1, 1), date(2030, 12, 31))
    year = made.period("2019年", "2019", date(2019, 1, 1), date(2019, 12, 31))
    inferred = ("year-inferred",)
    figures = (
        made.figure("1203.45亿元", value=Decimal("120345000000.00"), unit="元", period=half, flags=inferred),
        made.figure("5.8%", measure="growth", value=Decimal("5.8"), unit="%", basis="上年同期", period=half, level=0),
        made.figure("第三", measure="rank", value=Decimal(3), unit="位", basis="全省", period=half, level=0),
        made.figure(
            "七八十家",
            indicator="企业",
            value=Decimal(70),
            value_max=Decimal(80),
            unit="家",
            relation="~",
            period=target,
            status="target",
        ),
        made.figure(
            "1%",
            indicator="利润",
            measure="growth",
            value=Decimal(-1),
            unit="%",
            relation="≥",
            period=target,
            flags=("truncated",),
        ),
        made.figure("212家", indicator="上下游企业", value=Decimal(212), unit="家"),
    )
    statement = made.sentence("2019年")
    timeline = (
        Event(
            year.start,
            year.end,
            expression="2019年",
            period=year,
            statement=statement,
            event="智能船舶产业成为千亿集群",
            flags=(),
            rules=(),
        ),
        Event(
            half.start,
            half.end,
            expression="今年上半年",
            period=half,
            statement=made.sentence("今年"),
            event="地区生产总值1203.45亿元",
            flags=inferred,
            rules=(),
        ),
    )
    ship = made.span("智能船舶")
    place = made.span("制造")
    industries = (
        Industry(
            ship.start,
            ship.end,
            industry="智能船舶",
            tier="支柱产业",
            status=("国家级产业集群", "世界级产业集群"),
            scale=Decimal("160050000000"),
            scale_unit="元",
            enterprises=Decimal(212),
            milestones=(Milestone("2019", "成为千亿集群"),),
            mentions=(ship, place),
            statement=statement,
            flags=(),
            rules=(),
        ),
        Industry(
            place.start,
            place.end,
            industry="制造",
            tier=None,
            status=(),
            scale=None,
            scale_unit=None,
            enterprises=None,
            milestones=(),
            mentions=(place,),
            statement=statement,
            flags=(),
            rules=(),
        ),
    )
    return made.with_facts(figures, timeline, industries)
