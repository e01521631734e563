"""How an answer came about: the rules that made it, and the words they read.

For people one line a question; programs get the names of the rules (``rules`` in a record). A wrong answer can be
traced so to the rule, the lexicon entry or the date that gave it.
"""

from __future__ import annotations

from zzcli.document import Document
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.industries import Industry
from zzcli.views.records import line

# What each rule of a figure did, in the order in which they are kept: measure, name, period, status.
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
}


def of_figure(document: Document, figure: Figure) -> list[str]:
    """What made a figure, a line a rule; the date is quoted with the line it stands on."""
    told = [f"{rule}: {WORDS[rule]}" if rule in WORDS else rule for rule in figure.rules]
    if figure.period is not None:
        written = figure.period.of(document.text.clean)
        told.append(f"date “{written}”, line {line(document, figure.period)}")
    return told


def of_event(document: Document, event: Event) -> list[str]:
    """What made a dated statement."""
    return [*event.rules, f"year: {document.dating.reason}"] if "year-inferred" in event.flags else list(event.rules)


def of_industry(document: Document, industry: Industry) -> list[str]:
    """What made a row of an industry, and the lines of what it says."""
    return [*industry.rules, f"told on line {line(document, industry.statement)}"]
