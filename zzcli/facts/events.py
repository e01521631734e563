"""What happened when: one event for each date that dates a statement.

The statement is the part of its sentence that the date governs: from the clause that holds it to the clause that holds
the next date, the next semicolon or the end of the sentence. A clause that begins with 于 and its date has its subject
in the clauses before it, and takes them in. The event is the statement in the document's words; a date at its front is
left out, since the record tells it anyway. Nothing is bridged where the text breaks off; such an event is flagged
``truncated``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from zzcli.facts.dating import Dated, Dating
from zzcli.reading.reflow import Block, Sentence, Text
from zzcli.span import Span


@dataclass(frozen=True, slots=True)
class Event(Span):
    """A dated statement; its span is the time expression in the clean text.

    Attributes:
        expression: the time expression as written.
        period: what it means; its code is None where nothing settles it.
        statement: the statement in the clean text.
        event: the statement in words, without the date at its front.
        flags: ``truncated``, ``heading``, ``dateline`` and the flags of the period.
        rules: how it came about.
    """

    expression: str
    period: Dated
    statement: Span
    event: str
    flags: tuple[str, ...]
    rules: tuple[str, ...]


_CLAUSE_END = re.compile(r"[，,；;：:。！？!?▲▶▼◀►◄△▷●■◆]|——")
_HARD_END = re.compile(r"[；;]")
# What is told of another time than the date: what will be once it is built …
_LATER = re.compile(
    r"""
    [，,] (?: 届时
      | (?: 项目 | 工程 | 全部 | 整体 | 一期 | 二期 | 全面 ){0,2}
        (?: 建成 | 投产 | 达产 | 竣工 | 完工 | 投用 ){1,2} (?: 以后 | 之后 | 后 ) )
    """,
    re.VERBOSE,
)
# … and what is so today.
_OF_NOW = re.compile(r"如今|目前|现在|当前|眼下")
_TRIM = "，,；;：:。、 \t\u3000\n—-▲▶◆●■·"
_AT = re.compile(r"(?:并|又|已|将|曾|后|也|再|均)?(?:于|在)\Z")
_FRONT = re.compile(r"[（(\[【]?(?:截[至止]到?|早在|自从?|从|由|到|至|在|于|据|继)?\Z")
_TIME_OF_DAY = re.compile(r"\A(?:上午|下午|中午|凌晨|清晨|傍晚|晚间|夜间|晚(?![会期]))[，,]?")
_ENDED = re.compile(r"[。！？!?…；;][”’\"』」）)]*\Z")
_BRACKETS = " \t\u3000（）()[]【】-—"
_TAKEN_IN = 60
_LONG_CLAUSE = 120
_LONGEST = 300  # characters of a statement: a text of dates without a stop must not tell all of itself for each
_SILENT = frozenset({"vague"})


def read_events(text: Text, dating: Dating) -> tuple[Event, ...]:
    """The dated statements of a text, in its order.

    A date in a name or in a comparison dates nothing; 近年来 and a plain 目前 settle nothing and are no events.
    """
    told: list[Dated] = []
    for period in dating.periods:
        # 5月当月: the same time in one phrase
        again = told and told[-1].end == period.start and told[-1].code == period.code
        if _tells(period) and not again:
            told.append(period)
    starts = [sentence.start for sentence in text.sentences]
    events = []
    for index, period in enumerate(told):
        at = bisect_right(starts, period.start) - 1
        if at < 0:
            continue
        sentence = text.sentences[at]
        block = text.blocks[sentence.block]
        if block.kind == "furniture":
            continue
        event = _event(text, told, index, sentence, block)
        if event.event:
            events.append(event)
    return tuple(events)


def _tells(period: Dated) -> bool:
    """Whether the expression dates a statement, settled or not."""
    if period.role != "date" or _SILENT.intersection(period.flags):
        return False
    return period.rule != "up to now" or "upto" in period.flags


def _event(text: Text, told: Sequence[Dated], index: int, sentence: Sentence, block: Block) -> Event:
    clean = text.clean
    period = told[index]
    flags = list(period.flags)
    rules = [f"period:{period.rule}"]
    end = min(sentence.end, block.end)
    before = told[index - 1] if index and told[index - 1].start >= sentence.start else None
    after = told[index + 1] if index + 1 < len(told) and told[index + 1].start < end else None

    start = _clause_start(clean, period.start, sentence.start)
    if before is not None and start < before.end:
        # two dates in one clause: both are told by all of it
        start = _clause_start(clean, before.start, sentence.start)
        rules.append("shared-clause")
    elif _AT.fullmatch(clean[start : period.start]) and start > sentence.start:
        start = max(before.end if before else sentence.start, sentence.start, period.start - _TAKEN_IN)
        start = start if start == sentence.start else _next_clause(clean, start, period.start)
        if _OF_NOW.search(clean, start, period.start):
            start = _clause_start(clean, period.start, sentence.start)  # 如今产品远销海外，并于2010年上市
        rules.append("subject-before")
    stop = end
    if after is not None:
        next_clause = _clause_start(clean, after.start, sentence.start)
        if next_clause >= period.end:
            stop = next_clause
            rules.append("to-next-date")
        else:  # both dates stand in one clause; what follows it is told of the second
            clause_end = _CLAUSE_END.search(clean, after.end, min(end, after.end + _LONG_CLAUSE))
            stop = clause_end.start() if clause_end else min(end, after.end + _LONG_CLAUSE)
    for mark in (_HARD_END, _LATER):
        other = mark.search(clean, period.end, stop)
        if other:
            stop = other.start()
    if stop - start > _LONGEST:
        stop = _last_clause_end(clean, period.end, start + _LONGEST)
        rules.append("shortened")
    statement = _trimmed(clean, Span(start, stop))
    words = _words(clean, statement, period)
    if not words:  # the date stands alone: a dateline under its title
        title = _title_before(text, sentence.block) if block.kind != "row" else None
        if title is not None:
            words = title.of(clean).strip(_TRIM)
            rules.append("title-before")
        flags.append("dateline")
    elif stop == end and block.kind != "heading" and _broken(clean, end, block):
        flags.append("truncated")
    if block.kind == "heading":
        flags.append("heading")
    return Event(
        period.start, period.end, period.of(clean), period, statement, words, tuple(dict.fromkeys(flags)), tuple(rules)
    )


def _broken(clean: str, end: int, block: Block) -> bool:
    """Whether the sentence is the last of a block that breaks off."""
    return block.truncated and end >= block.end - 1 and not _ENDED.search(clean[max(block.start, end - 3) : end])


def _clause_start(clean: str, place: int, floor: int) -> int:
    """Where the clause of a place begins."""
    ends = list(_CLAUSE_END.finditer(clean, max(floor, place - _LONG_CLAUSE), place))
    return ends[-1].end() if ends else max(floor, place - _LONG_CLAUSE)


def _next_clause(clean: str, at: int, limit: int) -> int:
    """The first place from ``at`` where a clause begins, or ``limit``'s own clause."""
    found = _CLAUSE_END.search(clean, at, limit)
    return found.end() if found else at


def _last_clause_end(clean: str, floor: int, limit: int) -> int:
    """The last place up to ``limit`` where a clause ends, or ``limit`` itself."""
    end = limit
    for found in _CLAUSE_END.finditer(clean, floor, limit):
        end = found.start()
    return end


def _trimmed(clean: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and clean[start] in _TRIM:
        start += 1
    while end > start and clean[end - 1] in _TRIM:
        end -= 1
    return Span(start, end)


def _words(clean: str, statement: Span, period: Dated) -> str:
    """The words of a statement, without the date where it opens them and they can be read without it."""
    if period.start < statement.start or period.end > statement.end:
        return statement.of(clean).strip(_BRACKETS)
    front, rest = clean[statement.start : period.start], clean[period.end : statement.end]
    if not rest.strip(_TRIM + _BRACKETS):
        return statement.of(clean).strip() if len(front.strip(_TRIM + _BRACKETS)) > 4 else ""
    if _FRONT.fullmatch(front) and _stands_alone(front, rest):
        rest = rest.lstrip(_TRIM + "）)]】")
        return _TIME_OF_DAY.sub("", rest, count=1).strip()
    return statement.of(clean)


def _stands_alone(front: str, rest: str) -> bool:
    """Whether the words behind a date are a statement of their own: not 的情况同样如此, not 开行以来."""
    if rest[0] in "的以之来起前后里中内间到至、和与—-":
        return False
    return not front.endswith(("自", "从", "由", "继")) or rest.startswith(("，", ",", "开始"))


def _title_before(text: Text, block: int) -> Block | None:
    """What a dateline stands under: the highest heading near above it, else the nearest words."""
    above = [
        other
        for other in reversed(text.blocks[max(0, block - 5) : block])
        if other.kind in ("heading", "paragraph") and other.end - other.start >= 4
    ]
    headings = [other for other in above if other.kind == "heading"]
    return min(headings, key=lambda other: other.level, default=above[0] if above else None)
