"""Whose figure it is: the area that stands where the subject of its clause, or of one before it, does.

An area that something is compared with or done to (高于全国, 对欧盟出口) changes nothing. Where no area is the subject,
the figure is the document's own area's.
"""

from __future__ import annotations

import re

from zzcli.facts.mentioned import Mentions
from zzcli.mentions.names import Area
from zzcli.span import Span

_LEAD = 24  # an area that stands farther from the head of its clause is no subject
_MARK = re.compile(r"[，,；;：:、。]")
_TOPIC = re.compile(
    r"(?:—|其中|此外|同时|在|截至|目前|据统计|据|由|预计|末|底|以来|期间|的|全市|全省|全国|整个|地处|位于|单|仅){0,4}"
)
_AREAS = 12  # areas before a number that are looked at
_LINKS = frozenset({"、", "和", "与", "及"})
_OWN = frozenset({"我市", "我省", "我县", "我区", "我州", "全市", "全省", "全县", "全区", "全州"})


def area_of(mentions: Mentions, sentence: Span, place: int) -> str | None:
    """The area of the number at ``place`` in ``sentence``, several (襄阳、宜昌) joined by 、; None where unsettled."""
    areas, clean = mentions.areas, mentions.clean
    last = areas.before(place)
    farthest = max(0, last - _AREAS)
    while last > farthest and areas[last - 1].start >= sentence.start:
        first = last = last - 1
        while first and clean[areas[first - 1].end : areas[first].start] in _LINKS:
            first -= 1
        if areas[first].start >= sentence.start and _opens(mentions, areas[first], sentence):
            names = [area.name for area in areas[first : last + 1]]
            if any(name in _OWN for name in names):
                return None  # 全省 in a document that does not say of which province
            return "、".join(dict.fromkeys(names))
    return mentions.own


def _opens(mentions: Mentions, area: Area, sentence: Span) -> bool:
    """Whether an area stands at the head of a clause, behind its date or a 在."""
    head = _MARK.split(mentions.clean[max(sentence.start, area.start - _LEAD) : area.start])[-1]
    at = mentions.periods.before(area.start)
    if at and area.start - _LEAD <= mentions.periods[at - 1].end <= area.start:
        since = area.start - mentions.periods[at - 1].end
        head = head[-since:] if since else ""
    return _TOPIC.fullmatch(head.strip()) is not None
