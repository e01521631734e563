"""What happened when: one event for each date that dates a statement.

The statement is the part of its sentence that the date governs: from the clause that holds it to the clause that holds
the next date, the next semicolon or the end of the sentence. A clause that begins with 于 and its date has its subject
in the clauses before it, and takes them in; one that only says who speaks takes in what is said. The event is the
statement in the document's words; a date at its front is left out, since the record tells it anyway. A heading, a
caption or a row that states nothing (2023年工作回顾) is no event. Nothing is bridged where the text breaks off; such an
event is flagged ``truncated``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from zzcli.facts.dating import Dated, Dating
from zzcli.lexicon import table
from zzcli.patterns import compiled, either
from zzcli.reading.lines import VISITS
from zzcli.reading.reflow import Block, Sentence, Text
from zzcli.span import Span

_CELL_GAP = compiled(r"\t|\s{2,}")


class Event(Span, frozen=True):
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


_CLAUSE_END = compiled(r"[，,；;：:。！？!?▲▶▼◀►◄△▷●■◆]|——")
_HARD_END = compiled(r"[；;]")
# What is told of another time than the date: what is so now, what will be once it is built …
_LATER = compiled(
    r"""
    [，,] (?: 届时 | 目前 | 如今 | 现(?:已|有|在) | 眼下
      | (?: 项目 | 工程 | 全部 | 整体 | 一期 | 二期 | 全面 ){0,2}
        (?: 建成 | 投产 | 达产 | 竣工 | 完工 | 投用 ){1,2} (?: 以后 | 之后 | 后 ) )
    """,
    re.VERBOSE,
)
# … and what is so today.
_OF_NOW = compiled(r"如今|目前|现在|当前|眼下")
_TRIM = "，,；;：:。、 \t\u3000\n—-▲▶◆●■·"
_AT = compiled(r"(?:并|又|已|将|曾|后|也|再|均)?(?:于|在)\Z")
# … and one that goes on about it behind its date: 2020年[又]获评示范县
_GOES_ON = compiled(
    r"""
    [，,]? (?: 又 | 并(?!网|购|轨|行) | 也 | 还(?!款) | 再 | 才(?!能|艺) | 均 | 都 | 更(?!新|名|换) | 亦 | 遂
      # 做强装备产业，到2027年[产值突破]1200亿元: whose it is stands before
      | (?: 总?产值 | 规模 | 总量 | 营收 | 营业收入 | 产量 | 销量 | 占比 | 比重 | 价格 )? (?: 首次|已|将|力争|可 )?
        (?: 突破 | 达到? | [增升降涨跌减]至 | 提高到 | 增[长加]到 | 下降到 | 减少到 | 翻 )
    )
    """,
    re.VERBOSE,
)
_TO = ("", "到", "至", "力争到", "预计到", "截至")
_FRONT = compiled(r"[（(\[【“‘「\"]?(?:截[至止]到?|早在|自从?|从|由|到|至|在|于|据|继)?\Z")
# 1月16日举行的推进会议披露: the date is the meeting's
_OF_WHAT = compiled(r"(?:举行|召开|举办|发布|公布|印发|出台|开幕|成立|建成|投产|上市|通过|实施|签署|开工|启动|开始)的")
# 2022年7月印发的《…办法》同时废止: what happens to it is of another day
_OF_PAPER = compiled(r"[^，。；《]{0,12}(?:印发|发布|公布|颁布|出台|制定|修订|实施|施行)的《")
_AFTER = compiled(r"(?:之|以)?后$")
_TIME_OF_DAY = compiled(r"\A(?:上午|下午|中午|凌晨|清晨|傍晚|晚间|夜间|晚(?![会期]))[，,]?")
_ENDED = compiled(r"[。！？!?…；;][”’\"』」）)]{0,40}\Z")
# What stands before a statement and is none of it: 第七条, （4）, 10., 二、, [12]
_NUMBERING = compiled(
    r"""
    (?: [（(]? (?: \d{1,2} | [一二三四五六七八九十]{1,3} ) [)）]
      | \d{1,2} [.．] (?= \D | (?:19|20)\d\d | \d{1,2}月 )
      | (?: \d{1,2} | [一二三四五六七八九十]{1,3} ) 、
      | 第 [一二三四五六七八九十百\d]{1,5} [条章节款] | [①-⑳] | \[\d{1,3}\]
    ) \s*
    """,
    re.VERBOSE,
)
_OPENING, _CLOSING = "“‘（(《「【[", "”’）)》」】]"
_STOP = compiled(r"[。！？!?；;…，,]")
_LINE = 60  # characters of a line without a stop that may be a heading, whatever it was taken for
_HEAD = 6  # blocks among which a line with a day in it is a dateline
_TOP = 12  # blocks among which the title of the whole text stands
_LITTLE = 4  # characters in which nothing is said
_CELL = 8  # characters that a cell of a table has at least if it tells what happened
_AMOUNT = compiled(
    r"\d[\d.,]{0,12}\s?(?:[%％‰百千万亿倍元家人件个项吨户次辆台架]|公里)|[一二三四五六七八九十百千万亿]{2,40}[元吨人家户]"
)
_BRACKETS = " \t\u3000（）()[]【】-—"
_TAKEN_IN = 60
_NEAR = 12
_TAKEN_UP = frozenset({"全年", "当年", "年内", "全季", "当月", "同年", "同月"})
_LONG_CLAUSE = 120
_LONGEST = 300  # characters of a statement: a text of dates without a stop must not tell all of itself for each
_SILENT = frozenset({"vague"})


def read_events(text: Text, dating: Dating) -> tuple[Event, ...]:
    """The dated statements of a text, in its order.

    A date in a name or in a comparison dates nothing; 近年来 and a plain 目前 settle nothing and are no events.
    """
    told: list[Dated] = []
    for period in dating.periods:
        if _tells(period) and not (told and _again(text.clean, told[-1], period)):
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
        if _OF_PAPER.match(text.clean, period.end):
            continue
        event = _event(text, told, index, sentence, block)
        if event is not None:
            events.append(event)
    return tuple(events)


def _again(clean: str, last: Dated, period: Dated) -> bool:
    """Whether an expression only takes up the one before it: 5月当月; 2023年，海关全年验放…."""
    if last.code != period.code:
        return False
    taken_up = period.of(clean) in _TAKEN_UP and _HARD_END.search(clean, last.end, period.start) is None
    return last.end == period.start or (taken_up and period.start - last.end <= _NEAR)


def _tells(period: Dated) -> bool:
    """Whether the expression dates a statement, settled or not."""
    if period.role != "date" or _SILENT.intersection(period.flags):
        return False
    return period.rule != "up to now" or "upto" in period.flags


def _event(text: Text, told: Sequence[Dated], index: int, sentence: Sentence, block: Block) -> Event | None:
    """What one date tells; None where it tells nothing."""
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
    elif start > sentence.start and (
        _AT.fullmatch(clean[start : period.start])
        or (before is None and clean[start : period.start] in _TO and _GOES_ON.match(clean, period.end))
    ):
        start = max(before.end if before else sentence.start, sentence.start, period.start - _TAKEN_IN)
        start = start if start == sentence.start else _next_clause(clean, start, period.start)
        if now := _OF_NOW.match(clean, start, period.start):
            start = now.end()  # 如今，公司产品远销海外，并于2010年上市
        if now and clean[now.end()] not in "，,":
            start = _clause_start(clean, period.start, sentence.start)  # 目前全市共有3家，在2019年以前没有一家
        rules.append("subject-before")
    stop = end
    if after is not None:
        next_clause = _clause_start(clean, after.start, sentence.start)
        if next_clause >= period.end:
            stop = next_clause
            rules.append("to-next-date")
            if _says().search(clean, start, _trimmed(clean, Span(start, stop)).end):
                stop = _said(clean, told, index, end)  # 国防部17日称，当天击落3架无人机
                rules.append("what-is-said")
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
    number = _NUMBERING.match(clean, statement.start) if statement.start <= sentence.start + 1 else None
    if number and number.end() <= period.start:
        statement = _trimmed(clean, Span(number.end(), statement.end))
    words = _paired(_words(clean, statement, period))
    alone = not words
    if number and not alone and _runs_in(clean, sentence) and not _states(words, period.of(clean), block):
        return None  # （一）“十五五”时期的奋斗目标。
    if alone or (_is_line(clean, block) and not _states(words, period.of(clean), block)):
        # the date stands alone, or in a line that states nothing: a dateline under its title, or no event
        if block.kind == "row" or not _is_dateline(clean, block, period, alone):
            return None
        title = _title_before(text, sentence.block) if alone or sentence.block < _HEAD else None
        if title is not None:
            words = _paired(title.of(clean).strip(_TRIM))
            rules.append("title-before")
        if len(words) < _LITTLE:
            return None
        flags.append("dateline")
    elif stop == end and block.kind != "heading" and _broken(clean, end, block):
        flags.append("truncated")
    if block.kind == "heading":
        flags.append("heading")
    return Event(
        period.start, period.end, period.of(clean), period, statement, words, tuple(dict.fromkeys(flags)), tuple(rules)
    )


@cache
def _wordings() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = table("events")

    return (
        compiled(rf"(?:{either(words['captions'])})(?:[（(][^（()）]{{0,12}}[)）])?\Z"),
        compiled(either(words["predicates"])),
        compiled(either(words["announces"])),
    )


@cache
def _says() -> re.Pattern[str]:
    """A clause that only says who speaks, and ends there."""
    return compiled(rf"(?:{'|'.join(table('events')['sayings'].split())})\Z")


def _said(clean: str, told: Sequence[Dated], index: int, end: int) -> int:
    """Where a statement ends that takes in the next date's: before the date after that, or with the sentence."""
    after = told[index + 1]
    for later in told[index + 2 : index + 5]:
        if later.start >= end:
            break
        stop = _clause_start(clean, later.start, after.start)
        if stop > after.end + _LITTLE:
            return stop
    return end


def _is_line(clean: str, block: Block) -> bool:
    """Whether a block is a heading, a caption, a row of a table or another line without a stop."""
    if block.kind != "paragraph":
        return True
    return not block.truncated and block.end - block.start <= _LINE and not _STOP.search(clean, block.start, block.end)


def _runs_in(clean: str, sentence: Sentence) -> bool:
    """Whether a sentence with a number before it is so short that it may be a heading."""
    return sentence.end - sentence.start <= _LINE and not _STOP.search(clean, sentence.start, sentence.end - 1)


def _states(words: str, expression: str, block: Block) -> bool:
    """Whether the words of a line state something: “车票明天起售”, but not “2023年工作回顾”, nor a table's head."""
    captions, predicates, announces = _wordings()
    if block.kind == "row":
        cells = _CELL_GAP.split(words)
        return any(len(cell) >= _CELL and predicates.search(cell) and not cell.endswith(("）", ")")) for cell in cells)
    words = VISITS.sub("", words).strip(_TRIM + _BRACKETS)
    if captions.search(words) and not announces.search(words):
        return False
    return bool(predicates.search(words) or _AMOUNT.search(words.replace(expression, "", 1)))


def _is_dateline(clean: str, block: Block, period: Dated, alone: bool) -> bool:
    """Whether a date in a line tells of the text itself: a day, or a month that stands alone in its line."""
    if period.granularity == "day":
        return not alone or _is_line(clean, block)
    if not alone or period.granularity != "month" or block.end - block.start > _LINE:
        return False
    return not (clean[block.start : period.start] + clean[period.end : block.end]).strip(_TRIM + _BRACKETS)


def _paired(words: str) -> str:
    """The words without a quotation mark or a bracket at either end whose other half is cut off."""
    for _ in range(4):
        if not words:
            break
        if words[0] in _CLOSING or (words[0] in _OPENING and _CLOSING[_OPENING.index(words[0])] not in words):
            words = words[1:].lstrip(_TRIM)
        elif words[-1] in _OPENING or (words[-1] in _CLOSING and _OPENING[_CLOSING.index(words[-1])] not in words):
            words = words[:-1].rstrip(_TRIM)
        elif words.count('"') == 1 and '"' in (words[0], words[-1]):
            words = words.strip('"').strip(_TRIM)
        else:
            break
    return words


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
    if front.endswith("继") and _FRONT.fullmatch(front) and (after := _AFTER.search(rest)):
        return rest[: after.start()].lstrip(_TRIM)  # 继2020年获评示范城市后
    if _FRONT.fullmatch(front) and _stands_alone(front, rest):
        rest = rest.lstrip(_TRIM + "）)]】")
        return _TIME_OF_DAY.sub("", rest, count=1).strip()
    return statement.of(clean)


def _stands_alone(front: str, rest: str) -> bool:
    """Whether the words behind a date are a statement of their own: not 的情况同样如此, not 开行以来."""
    if rest[0] in "的以之来起前后里中内间到至、和与—-" or _OF_WHAT.match(rest):
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
    if block >= max(_HEAD, len(text.blocks) - _HEAD):  # a day under the signature tells of the whole text
        top = [other for other in text.blocks[:_TOP] if other.kind != "furniture" and _is_line(text.clean, other)]
        headings = [other for other in top if other.kind == "heading"][:1] or top[:1] or headings
    return min(headings, key=lambda other: other.level, default=above[0] if above else None)
