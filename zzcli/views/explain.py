"""How an answer came about: the rules that made it, and the words they read.

For people one line a question; programs get the names of the rules (``rules`` in a record). A wrong answer can be
traced so to the rule, the lexicon entry or the date that gave it.
"""

from __future__ import annotations

from collections.abc import Sequence

from zzcli.document import Document
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.industries import Industry
from zzcli.views.records import line

# What each rule did. Those of a figure are kept in this order: measure, name, period, status.
WORDS = {
    "level": "a level: no word of change beside it",
    "growth": "a growth: a word of change before it",
    "growth-after": "a growth: a word of change behind it",
    "reached": "a level: what a change came to",
    "difference": "a difference: a word of change before an amount or percentage points",
    "gap": "a difference: compared with what stands before it",
    "doing": "a change: what was raised or cut stands before it",
    "points": "a difference: percentage points",
    "contribution": "a contribution: 拉动 or 贡献 before it",
    "rank": "a rank",
    "share": "a share: 占…",
    "multiplied": "a growth: 翻番",
    "named": "named by the words before it",
    "counted": "named by the noun it counts",
    "carried": "named by what stands before in the sentence",
    "generic": "named by its word and what it is said of",
    "generic-of": "named by its word and the noun behind it",
    "part-of-whole": "a part, named with the statistic of the whole",
    "distribution": "named in order, by the list its words go with",
    "ratio": "a part of a ratio",
    "unnamed": "nothing names it",
    "table": "a cell, named by its row and column",
    "period": "dated in its sentence",
    "carried-period": "dated by the sentences before it",
    "section-period": "dated by the heading or title above it",
    "column-period": "dated by the head of its column",
    "period-unsettled": "its date is not settled",
    "vague": "近年来, 目前 and the like date nothing",
    "from": "the number before a change has no date",
    "no-period": "nothing dates it",
    "stated": "told as a fact",
    "section": "in a section that plans",
    "aim-words": "a word of aim before it",
    "ahead": "its date lies ahead",
    "policy": "a threshold or rate of a policy",
    "rule-words": "a word that sets a rule",
    # a dated statement
    "shared-clause": "another date stands in its clause",
    "subject-before": "begins with the subject before its date",
    "to-next-date": "ends before the next date",
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


def of_figure(document: Document, figure: Figure) -> list[str]:
    """What made a figure, a line a rule; the date is quoted with the line it stands on."""
    told = _in_words(figure.rules)
    if figure.period is not None:
        written = figure.period.of(document.text.clean)
        told.append(f"date “{written}”, line {line(document, figure.period)}")
    return told


def of_event(document: Document, event: Event) -> list[str]:
    """What made a dated statement; an inferred year says from what."""
    inferred = [f"year: {document.dating.reason}"] if "year-inferred" in event.flags else []
    return [*_in_words(event.rules), *inferred]


def of_industry(document: Document, industry: Industry) -> list[str]:
    """What made a row of an industry, its code, and the line of what it says."""
    code = [f"{industry.classification}: {industry.code}"] if industry.code else []
    return [*_in_words(industry.rules), *code, f"told on line {line(document, industry.statement)}"]


def _in_words(rules: Sequence[str]) -> list[str]:
    """Each rule with what it did; that of a time expression (``period:year``) says so by its name."""
    return [f"{rule}: {WORDS[rule]}" if rule in WORDS else rule.replace(":", ": ", 1) for rule in rules]
