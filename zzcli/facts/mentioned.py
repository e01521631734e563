"""The mentions of a text, arbitrated once: numbers and time expressions that claim the same characters, and areas.

1853.63亿元 holds no year 1853, and 2015年 is no 2015 of a unit 年: where two claim the same characters, the longer one
has them, and of two as long the time expression.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from zzcli.facts.dating import Dated, Dating
from zzcli.mentions.names import Area, resolve_own
from zzcli.mentions.quantities import Quantity, find_quantities
from zzcli.patterns import compiled
from zzcli.span import Span

_LED = compiled(r"(?:截至|截止到?|自|从|于|在|(?<![高低长升加增降大小少多减缩])[到至]|由)$")
# 目前, but not 项目前期; 现有, but not 实现有效; 现在, but not 体现在
NOW = r"(?<![项节题科栏数账剧书])目前|当前|(?<!实)现有|如今|(?<![实体发出呈表比])现在|眼下"
_FOLLOWED = compiled(r"期间|以来|时|的")
_HALF_WIDTH = compiled(r"[;!?]|(?<![0-9０-９])[,:]|[,:](?![0-9０-９])")
_FULL = str.maketrans(",:;!?", "，：；！？")
_Item = TypeVar("_Item", bound=Span)


class _Found(list[_Item]):
    """Spans in the order of the text, with a quick way to those inside a stretch of it."""

    def __init__(self, items: Sequence[_Item]) -> None:
        super().__init__(items)
        self._starts = [item.start for item in items]

    def inside(self, stretch: Span) -> list[_Item]:
        """Those that lie wholly inside the stretch, in order."""
        first = bisect_left(self._starts, stretch.start)
        last = bisect_left(self._starts, stretch.end, first)
        return [item for item in self[first:last] if item.end <= stretch.end] if first < last else []

    def before(self, place: int) -> int:
        """How many of them begin before the place."""
        return bisect_left(self._starts, place)


class Mentions(Struct, frozen=True):
    """What is mentioned in ``clean``, the reflowed text with full-width marks; ``own`` is the document's own area."""

    clean: str
    own: str | None
    quantities: _Found[Quantity]
    periods: _Found[Dated]
    areas: _Found[Area]

    def words(self, stretch: Span) -> str:
        """The words of a stretch without the dates in it; a date that something is compared with stays."""
        pieces: list[str] = []
        at = stretch.start
        for period in self.periods.inside(stretch):
            if period.role == "date" and period.start >= at:
                pieces.append(_LED.sub("", self.clean[at : period.start]))
                at = period.end
                if match := _FOLLOWED.match(self.clean, at, stretch.end):
                    at = match.end()
        pieces.append(self.clean[at : stretch.end])
        return "".join(pieces)


def full_width(clean: str) -> str:
    """A text with the marks , : ; ! ? in full width, each in its place, so that one set of patterns reads both.

    Those between digits stay: 1,234 and 14:30 hold no mark.

    >>> full_width("增长5%,其中:工业1,234亿元;农业１,２３４亿元")
    '增长5%，其中：工业1,234亿元；农业１,２３４亿元'
    """
    return _HALF_WIDTH.sub(lambda mark: mark[0].translate(_FULL), clean)


def read_mentions(clean: str, dating: Dating, own: str | None, areas: Sequence[Area]) -> Mentions:
    """The mentions of a reflowed text whose time expressions are dated and whose areas are known."""
    periods = _Found(dating.periods)

    def dated(quantity: Quantity) -> bool:
        at = periods.before(quantity.end)
        return any(
            period.overlaps(quantity) and period.end - period.start >= quantity.end - quantity.start
            for period in periods[max(0, at - 2) : at]
        )

    quantities = _Found([quantity for quantity in find_quantities(clean) if not dated(quantity)])
    return Mentions(full_width(clean), own, quantities, periods, _Found(resolve_own(areas, own)))
