"""Whose figure it is: the area that stands where the subject of its clause, or of one before it, does.

An area that something is compared with or done to (高于全国, 对欧盟出口) changes nothing. Where no area is the subject,
the figure is the document's own area's; in a document of many places (a bulletin), that of the sentences before it in
its paragraph, or of the heading of its item.
"""

from __future__ import annotations

from collections.abc import Sequence

from zzcli.facts.mentioned import Mentions
from zzcli.mentions.names import Area
from zzcli.patterns import compiled
from zzcli.reading.reflow import Sentence, Text
from zzcli.span import Span

_LEAD = 24  # an area that stands farther from the head of its clause is no subject
_MARK = compiled(r"[，,；;：:、。]")
_HEAD = compiled(r"[，,；;：:。]")  # a place behind 、 goes on with the list that it stands in
_TOPIC = compiled(
    r"(?:—|其中|此外|同时|在|截至|目前|据统计|据|由|预计|末|底|以来|期间|的|全市|全省|全国|整个|地处|位于|单|仅){0,4}"
)
_AREAS = 12  # areas before a number that are looked at
_LINKS = frozenset({"、", "和", "与", "及"})
_COUNTED = frozenset({"", "等", "这", "等这"})
_OWN = frozenset(whole + level for whole in "我本全" for level in "省市县区州")
_LEVELS = {"省": ("province",), "市": ("city",), "县": ("county",)}  # of what 全省, 全市 and 全县 can be said
_CARRIED = frozenset({"province", "city", "county", "zone"})
_NAMED = ("（", "(")  # 中国（安徽）自由贸易试验区: an area that begins a name
_CLAUSE = compiled(r"[，,；;。]")
# 全球首款, 亚洲唯一的: the whole that something stands out of
_OF_ALL = compiled(
    r"唯一|率先|推广|首[个家台款条套座批例创次]|[最第]|规模|领先|知名|先进|\d{1,6}强|百强|各地|范围|同类|同行|性|重点"
)
_AND = compiled(r"[、和与及]")
_SPREAD = 120  # characters between areas and the numbers that 分别 gives them
_BEFORE = 600  # characters of a paragraph before a sentence that tell whose it is
_ABOVE = 8  # blocks above a paragraph in which the heading of its item is looked for


def item_of(text: Text, sentence: Sentence) -> tuple[Span, ...]:
    """Where the area of a sentence's item may stand: what is before it in its paragraph, then the heading above."""
    blocks, here = text.blocks, sentence.block
    lead = Span(max(blocks[here].start, sentence.start - _BEFORE), sentence.start)
    for block in reversed(blocks[max(0, here - _ABOVE) : here]):
        if block.kind == "heading":
            return lead, block
    return (lead,)


def area_of(
    mentions: Mentions, sentence: Span, place: int, item: Sequence[Span] = (), *, named: bool = False
) -> str | None:
    """The area of the number at ``place`` in ``sentence``, several (襄阳、宜昌) joined by 、; None where unsettled.

    ``item`` are the stretches of the text that tell whose the sentence is where it and the document do not; ``named``
    says that the number has a name of its own, which may be of another area than that of the clause before.
    """
    areas, clean = mentions.areas, mentions.clean
    last = areas.before(place)
    farthest = max(0, last - _AREAS)
    part = max(clean.rfind("；", sentence.start, place) + 1, sentence.start)
    while last > farthest and areas[last - 1].start >= sentence.start:
        first = last = last - 1
        while first and clean[areas[first - 1].end : areas[first].start] in _LINKS:
            first -= 1
        if areas[first].start >= sentence.start and _opens(mentions, areas[first], sentence):
            lead = _MARK.search(clean, part, areas[first].start)
            here = max((mark.end() for mark in _CLAUSE.finditer(clean, part, place)), default=part)
            if named and areas[first].start < here and lead and mentions.own:
                break  # an area in the midst of a sentence is that of its own clause: 襄阳设立保税区，商户达到7万家
            names = [area.name for area in areas[first : last + 1]]
            if _listed(mentions, areas[first], areas[last], place):
                return mentions.own
            if areas[first].level == "region" and clean[areas[first].start - 1 : areas[first].start] in _LINKS:
                return None  # 东、中、西部地区: of the last of several
            names = _apart(mentions, names, areas[last], place) or names
            if own := next((name for name in names if name in _OWN), None):
                # 全省 in a document that does not say of which province
                return _carried(mentions, (Span(sentence.start, areas[first].start), *item), _LEVELS.get(own[-1], ()))
            return "、".join(dict.fromkeys(names))
    return mentions.own or _carried(mentions, item)


def _listed(mentions: Mentions, first: Area, last: Area, place: int) -> bool:
    """Whether places are what is counted (石泉、汉阴2个县市), or where listed things are (荆州新城、宜昌新区2个)."""
    clean = mentions.clean
    between = clean[last.end : place]
    if between in _COUNTED:
        return bool(between) or first is not last
    end = min((mark.start() for mark in _CLAUSE.finditer(clean, last.end, place)), default=place)
    return "分别" not in between and any(
        clean[area.start - 1] in _LINKS and not _behind_number(mentions, area)
        for area in mentions.areas.inside(Span(last.end, end))
    )


def _behind_number(mentions: Mentions, area: Area) -> bool:
    """Whether an area begins the next of several that each have their number: 襄阳增长5%、宜昌增长6%."""
    quantities = mentions.quantities
    at = quantities.before(area.start)
    return bool(at) and 0 <= area.start - 1 - quantities[at - 1].end <= 1


def _apart(mentions: Mentions, names: list[str], last: Area, place: int) -> list[str]:
    """The area that 分别 gives to the number at ``place``: 湖南、四川进出口总值分别为5820亿元和1.1万亿元.

    Empty where the numbers are not as many as the areas, or are of several things as well.
    """
    clean = mentions.clean
    shared = clean.rfind("分别", last.end, place)
    if len(names) < 2 or shared < 0 or place - last.end > _SPREAD:
        return []
    head = _MARK.split(clean[last.end : shared].replace("、", "和"))[-1]
    end = next((mark.start() for mark in _CLAUSE.finditer(clean, place, place + _SPREAD)), place + _SPREAD)
    numbers = [number.start for number in mentions.quantities.inside(Span(shared, end))]
    if _AND.search(head) or len(numbers) != len(names) or place not in numbers:
        return []
    return [names[numbers.index(place)]]


def area_of_row(mentions: Mentions, row: Span) -> str | None:
    """The area of a row of a table: the one that its name is (秦州区), else the document's own."""
    for area in mentions.areas.inside(Span(row.start, min(row.end, row.start + _LEAD)))[:1]:
        whole = area.end == row.end or mentions.clean[area.end].isspace()
        if area.start == row.start and whole and area.name not in _OWN:
            return area.name
    return mentions.own


def _carried(mentions: Mentions, item: Sequence[Span], levels: Sequence[str] = ()) -> str | None:
    """The last area that opens a clause of an item; where one of ``levels`` is asked for, the last of these."""
    for stretch in item:
        for area in reversed(mentions.areas.inside(stretch)):
            if area.level in levels if levels else area.level in _CARRIED and _opens(mentions, area, stretch):
                return area.name
    return None


def _opens(mentions: Mentions, area: Area, sentence: Span) -> bool:
    """Whether an area stands at the head of a clause, behind its date or a 在."""
    if area.level == "country" and mentions.clean.startswith(_NAMED, area.end):
        return False
    if area.level in ("world", "country") and _OF_ALL.match(mentions.clean, area.end):
        return False
    marks = _MARK if _behind_number(mentions, area) else _HEAD
    head = marks.split(mentions.clean[max(sentence.start, area.start - _LEAD) : area.start])[-1]
    at = mentions.periods.before(area.start)
    if at and area.start - _LEAD <= mentions.periods[at - 1].end <= area.start:
        since = area.start - mentions.periods[at - 1].end
        head = head[-since:] if since else ""
    return _TOPIC.fullmatch(head.strip()) is not None
