"""How an answer came about: in words for people, as the names of the rules (``rules`` in a record) for programs.

A reason says which words gave the measure and the name, which expression the period, and where it was carried from. A
wrong answer can be traced so to the rule, the lexicon entry or the date that gave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zzcli.document import Document
from zzcli.facts.doubts import supplied_basis
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.industries import Industry
from zzcli.facts.tracing import CARRYING, area_of_figure, name_of
from zzcli.language import listed, say
from zzcli.patterns import compiled
from zzcli.span import Span
from zzcli.views.records import line

# What each rule did.
WORDS = {
    # what a number is: the first rule of a figure
    "level": "a level, no word of change beside it",
    "growth": "a growth, by the words before it",
    "growth-after": "a growth, by the words behind it",
    "reached": "a level, what a change came to",
    "difference": "a difference, by the words before it",
    "gap": "a difference, compared by the words before it",
    "doing": "a change, for what was raised or cut stands before it",
    "points": "a difference, in percentage points",
    "contribution": "a contribution, by 拉动 or 贡献 before it",
    "rank": "a rank",
    "share": "a share, by 占 before it",
    "multiplied": "a growth, by 番",
    "table": "a cell of a table, named by its row and its column",
    # its name: the second
    "named": "named by the words before it",
    "counted": "named by the noun it counts",
    "carried": "named like the numbers before it",
    "generic": "named by its own word and what that is said of",
    "generic-of": "named by its own word and the noun behind it",
    "part-of-whole": "a part, named with the statistic of the whole",
    "growth-on": "a growth, as the one before it",
    "even": "no change: 持平 with the time it names",
    "multiple": "a level: so many times what it is compared with",
    "granted": "named after what the sentence grants, and for what",
    "distribution": "named in order, from the list its words go with",
    "ratio": "a part of a ratio",
    "unnamed": "named by nothing",
    # its period: the third
    "period": "dated in its sentence",
    "carried-period": "dated by a sentence before its own",
    "section-period": "dated by the heading or title above it",
    "row-period": "dated by the name of its row",
    "column-period": "dated by the head of its column",
    "period-unsettled": "not dated, nothing settles its time",
    "vague": "not dated, 近年来, 目前 and the like settle nothing",
    "from": "not dated, it stands before a change, at a time that is not told",
    "no-period": "not dated, nothing tells when",
    # its status: the last
    "stated": "told as a fact",
    "section": "a target, in a section that plans",
    "aim-words": "a target, a word of aim beside it",
    "ahead": "a target, its date lies ahead",
    "policy": "a rule, a threshold or rate of a policy",
    "rule-words": "a rule, a word that sets one beside it",
    # a dated statement
    "shared-clause": "another date stands in its clause",
    "subject-before": "begins with the subject before its date",
    "to-next-date": "ends before the next date",
    "shortened": "shortened to the clauses around its date",
    "what-is-said": "goes on to the end of what is said there",
    "title-before": "told by the title above its date",
    # an industry
    "list-before-head": "in a list before 产业 or its like",
    "list-after-head": "in a list behind 产业 or its like",
    "single": "its name stands before 产业 or its like",
    "classified": "its name is that of a classification",
    "led-by": "named by 以…为主导 or its like",
    "developed": "stands behind 发展 or its like",
    "became": "became an industry of a size",
    "heading": "a heading names it",
}
# Before the name of the rule that read a date.
DATE = "date read as: "
# What a cell of a table is, by its measure.
CELLS = {
    "level": "a level",
    "growth": "a growth",
    "difference": "a difference",
    "contribution": "a contribution",
    "rank": "a rank",
}
# What goes without saying, where all else is said.
_PLAIN = frozenset({"stated"})
# The rules of a measure that words before or behind the number gave.
_BY_WORDS_BEFORE = frozenset({"growth", "reached", "difference", "gap", "doing", "contribution", "share"})
_BY_WORDS_BEHIND = frozenset({"growth-after"})
_DATED = frozenset({"period", "carried-period", "section-period", "column-period", "row-period"})
_NAMED = frozenset({"named", "counted", "granted", "generic-of"})
_LONGEST = 16  # characters of the words that gave a measure
_MARK = compiled(r"[，,；;。：:、\n（(）)]|[\d%％]")
_LINK = compiled(r"[和与及、\s]*")
_BEHIND = compiled(r"[^，,；;。、\n]{0,12}")


def of_row(document: Document, figures: Sequence[Figure], numbers: Sequence[str]) -> list[str]:
    """Why the figures of a row are what they are, one line for each number and one for what several share.

    ``numbers`` are the figures' numbers as the row shows them. Nothing is said twice.
    """
    whose: dict[str, list[int]] = {}
    for index, figure in enumerate(figures):
        for reason in of_figure(document, figure):
            whose.setdefault(reason, []).append(index)
    together: dict[tuple[int, ...], list[str]] = {}
    for reason, having in whose.items():
        together.setdefault(tuple(having), []).append(reason)
    told = []
    for indexes in sorted(together, key=lambda indexes: (len(indexes) > 1, len(indexes), indexes)):
        shared = say("all") if len(indexes) == len(figures) > 1 else listed(numbers[index] for index in indexes)
        told.append(say("{words}: {reason}", words=shared, reason=say("; ").join(together[indexes])))
    return told


def of_figure(document: Document, figure: Figure) -> list[str]:
    """What made a figure: its measure, its name, its period and its status, each with the words that gave it."""
    return list(_reasons(document, figure))


def _reasons(document: Document, figure: Figure) -> Iterator[str]:
    for rule in figure.rules:
        if rule in _PLAIN:
            continue
        told = say(WORDS.get(rule, rule))
        if rule == figure.rules[0] == "table":
            yield told
            continue
        if rule in _BY_WORDS_BEFORE and rule == figure.rules[0]:
            told += _quoted(_before(document, figure))
        elif rule in _BY_WORDS_BEHIND:
            told += _quoted(_BEHIND.match(document.text.clean, figure.end)[0])  # type: ignore[index]
        elif rule in CARRYING or rule in _NAMED:
            told += _where(document, figure, name_of(document.text, figure))
        elif rule in _DATED and figure.period is not None:
            told += _where(document, figure, (figure.period,))
        elif figure.rules[0] == "table" and rule == figure.measure:
            told = say(CELLS[rule])
        yield told
    if figure.area and figure.area != document.area:
        place = area_of_figure(document.text, figure)
        if place:
            yield say("of {area}", area=figure.area) + _quoted(place.of(document.text.clean))
        else:
            yield say("of {area}, carried from before", area=figure.area)
    if supplied_basis(document.text, figure):
        yield say("against {basis}, for the text names nothing else", basis=figure.basis)


def of_event(event: Event) -> list[str]:
    """What made a dated statement: the rule that read its date, and those that cut its words."""
    return _in_words(event.rules)


def of_industry(document: Document, industry: Industry) -> list[str]:
    """What made a row of an industry, its code, and the line of what it says."""
    code = [say("{words}: {reason}", words=industry.classification, reason=industry.code)] if industry.code else []
    return [*_in_words(industry.rules), *code, say("told on line {line}", line=line(document, industry.statement))]


def _in_words(rules: Sequence[str]) -> list[str]:
    """What each rule did; that of a time expression (``period:year``) says so by its name."""
    return [say(WORDS[rule]) if rule in WORDS else say(DATE + rule.removeprefix("period:")) for rule in rules]


def _before(document: Document, figure: Figure) -> str:
    """The words between a number and the mark, the number or the name before it."""
    clean = document.text.clean
    start = max(figure.sentence.start, figure.start - _LONGEST)
    lead = clean[start : figure.start]
    name = name_of(document.text, figure)
    cut = max((mark.end() for mark in _MARK.finditer(lead)), default=0)
    for stretch in (*name, *((figure.period,) if figure.period else ())):
        if start < stretch.end < figure.start:
            cut = max(cut, stretch.end - start)
    return "" if _LINK.fullmatch(lead, cut) else lead[cut:].strip()


def _where(document: Document, figure: Figure, places: Sequence[Span]) -> str:
    """The words at the places; with their line, where they do not stand in the figure's own sentence."""
    words = " + ".join(f"“{place.of(document.text.clean)}”" for place in places)
    away = [place for place in places if not place.overlaps(figure.sentence)]
    if away:
        words = say("{words}, line {line}", words=words, line=line(document, away[0]))
    return say(": {words}", words=words) if words else ""


def _quoted(words: str) -> str:
    return say(": {words}", words=f"“{words}”") if words else ""
