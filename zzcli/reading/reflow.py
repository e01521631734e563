r"""Lines → sentences, with a source map.

A scanner cuts a page into lines, puts spaces inside words and loses ends; a web page is full of menus; a table comes
flattened to a cell a line. ``reflow`` turns the text of a file into a clean text in which a sentence is one stretch of
characters, and says for each character where it stands in the file.

Conventions:

* It only deletes. The clean text is a subsequence of the source; nothing is put in, moved or rewritten.
* What is hidden in a text (zero-width and bidirectional marks, controls, what is said to a terminal) is left out before
  anything else, so it breaks no word and no number; ``Text.quoted`` shows it where it stands.
* Blocks are separated by one white-space character that the source has there: a newline, or, where text breaks off
  inside a line, the space. A block holds no newline, except between two Latin words of a wrapped line.
* A line goes on in the next only on evidence (see ``layout.goes_on``). Where text is missing nothing is bridged: the
  block ends, ``truncated``.
* Lines are counted as editors do: they end at ``\n``, ``\r\n`` or ``\r``.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from zzcli.patterns import compiled
from zzcli.reading.layout import GAP, Layout, breaks, goes_on
from zzcli.reading.lines import (
    CHINESE,
    CLOSING_BRACKETS,
    COMMAS,
    DIGITS,
    HANZI,
    NEWLINE,
    PARTED,
    PAUSES,
    PUNCTUATION,
    SENTENCE_MARK,
    SPACE,
    Line,
    ends_sentence,
    lines_of,
    looks_of,
    view_of,
    width_of,
)
from zzcli.reading.source import FILLERS, HIDDEN
from zzcli.span import Span

Kind = Literal["paragraph", "heading", "caption", "furniture", "row"]

TITLE = 1
UNNUMBERED = 6  # the depth of a heading that has no number: below all that have one
_CLAUSE_MARK = compiled("[，。]")
_CELL = compiled(r"\S++(?:[^\S\t]++\S++)*+")


class Block(Span, frozen=True):
    """A stretch of the clean text that belongs together.

    ``furniture`` is what the page has around its text: page numbers, running heads, menus, scraps. A ``row`` is one
    line of a table, or one cell where the table was flattened to a cell a line. ``level`` is the depth of a heading,
    1 the highest, and 0 of all else. ``truncated``: the text breaks off without an end.
    """

    kind: Kind
    level: int = 0
    truncated: bool = False


class Sentence(Span, frozen=True):
    """A sentence of the clean text; ``block`` is the index of the block that it stands in."""

    block: int


class Text(Struct, frozen=True):
    """A document as read: ``source`` as decoded, ``clean`` as reflowed, and the way back."""

    source: str
    clean: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    # The source map: clean offset _clean[i] is source offset _source[i], and so on up to the next run.
    _clean: array[int]
    _source: array[int]
    _lines: array[int]
    # What of the source is left out though it is no white space, each before a character of the clean text.
    _hidden: tuple[tuple[int, str], ...] = ()

    def origin(self, span: Span) -> Span:
        """Where a span of the clean text stands in the source.

        >>> text = reflow("投资 额 484 亿元。")
        >>> text.clean, text.origin(Span(3, 8)).of(text.source)
        ('投资额484亿元。', '484 亿元')
        """
        if span.end <= span.start:
            start = self._place(span.start)
            return Span(start, start)
        return Span(self._place(span.start), self._place(span.end - 1) + 1)

    def quoted(self, span: Span, opening: bool = False) -> str:
        r"""The characters of a span of the clean text, with what is hidden between them; ``opening`` also before them.

        >>> text = reflow("投资\u202e484 亿元。")
        >>> ascii(text.quoted(Span(1, 5)))
        "'\\u8d44\\u202e484'"
        """
        parts = []
        at = span.start
        for place, hidden in self.hidden(span, opening):
            parts += [self.clean[at:place], hidden]
            at = place
        return "".join(parts) + self.clean[at : span.end]

    def hidden(self, span: Span, opening: bool = False) -> Sequence[tuple[int, str]]:
        """What is hidden between the characters of a span, each with the place of the character behind it."""
        first = bisect_right(self._hidden, span.start - opening, key=lambda hidden: hidden[0])
        return self._hidden[first : bisect_left(self._hidden, span.end, first, key=lambda hidden: hidden[0])]

    def line(self, source_offset: int) -> int:
        """The number, from 1, of the line of the source that holds the character at ``source_offset``."""
        return bisect_right(self._lines, source_offset) or 1

    def _place(self, offset: int) -> int:
        run = bisect_right(self._clean, offset) - 1
        if run < 0:
            return 0
        return self._source[run] + offset - self._clean[run]


# ---------------------------------------------------------------------------------------------------------------------
# Blocks


class _Draft(NamedTuple):
    """A block before it is written: stretches of the source that follow one another."""

    kind: Kind
    level: int
    truncated: bool
    stretches: list[tuple[int, int]]


def _cut_lines(lines: list[Line], looks: list[str], layout: Layout) -> tuple[list[Line], list[str]]:
    """Cut the lines of a scanned page where text is missing inside them: “增长至 去年,株洲园区用电成本下降”."""
    cut_lines: list[Line] = []
    cut_looks: list[str] = []
    for line, look in zip(lines, looks, strict=True):
        if look not in ("text", "item", "numbered") or " " not in line.text or not PUNCTUATION.search(line.text):
            cut_lines.append(line)
            cut_looks.append(look)
            continue
        text = line.text
        widest = 0
        piece = begin = 0
        for gap in GAP.finditer(text):
            here = width_of(text[piece : gap.start()])
            widest = max(widest, here)
            full = layout.columned and here * 5 >= widest * 3
            tail = text[max(begin, gap.start() - 80) : gap.start()]
            head = text[gap.end() : gap.end() + 80]
            piece = gap.end()
            if not tail or ends_sentence(tail):
                continue
            if breaks(tail.replace(" ", ""), head.replace(" ", "")) and (full or tail[-1] not in DIGITS):
                cut_lines.append(_part(line, begin, gap.start()))
                cut_looks.append("cut")
                begin = gap.end()
        cut_lines.append(_part(line, begin, len(text)) if begin else line)
        cut_looks.append("text" if begin else look)
    return cut_lines, cut_looks


def _apart(lines: list[Line], looks: list[str]) -> tuple[list[Line], list[str]]:
    """Cut rows whose cells hold sentences into these: 1 ⇥ 新增就业2万人。 ⇥ 市人社局."""
    cut_lines: list[Line] = []
    cut_looks: list[str] = []
    for line, look in zip(lines, looks, strict=True):
        if "\t" not in line.text or look not in ("text", "item", "numbered", "caption"):
            cut_lines.append(line)
            cut_looks.append(look)
            continue
        for cell in _CELL.finditer(line.text):
            cut_lines.append(_part(line, *cell.span()))
            cut_looks.append("cell" if HANZI.search(cell[0]) else "page")
    return cut_lines, cut_looks


def _part(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    blank = line.blank_before if start == 0 else False
    return line._replace(
        start=line.start + start,
        end=line.start + end,
        text=text,
        blank_before=blank,
        indent=line.indent if start == 0 else 0,
        finished=ends_sentence(text),
        width=width_of(text[:400]),
    )


def _drafts(layout: Layout) -> Iterator[_Draft]:
    lines, looks = layout.lines, layout.looks
    size = len(lines)
    at = 0
    titled = False
    while at < size:
        look = looks[at]
        line = lines[at]
        stretches = [(line.start, line.end)]
        last = at
        if look in ("text", "item", "numbered", "caption"):
            while True:
                following = last + 1
                # A page number or a scrap in the middle of a sentence is dropped: the sentence goes over it.
                while following < size and following - last <= 3 and looks[following] == "page":
                    following += 1
                if following >= size or not goes_on(layout, last, following):
                    break
                last = following
                stretches.append((lines[last].start, lines[last].end))
        kind, level = _kind(layout, at, last)
        if kind == "heading" and level == UNNUMBERED and not titled and at < 12:
            level = TITLE
        titled = titled or kind == "heading" or (kind == "paragraph" and len(line.text) > 60)
        truncated = kind in ("paragraph", "caption") and _truncated(layout, at, last)
        yield _Draft(kind, level, truncated, stretches)
        at = last + 1


def _kind(layout: Layout, first: int, last: int) -> tuple[Kind, int]:
    look = layout.looks[first]
    line = layout.lines[first]
    if look == "markdown":
        return "heading", line.level
    if look == "row":
        return "row", 0
    if look in ("page", "menu"):
        return "furniture", 0
    if look == "caption":
        return "caption", 0
    if look == "numbered" and first == last and _numbered_heading(line):
        return "heading", line.level
    if (
        look == "text"
        and first == last
        and (layout.titled(first) or (_heading_like(line) and not layout.cut_off(first)))
    ):
        return "heading", UNNUMBERED
    return "paragraph", 0


def _numbered_heading(line: Line) -> bool:
    text = line.text
    if not line.finished:
        return len(text) <= 60 and not SENTENCE_MARK.search(text) and text[-1] not in "；;，,"
    # “（四）出口总额突破30亿。”
    return line.level <= 3 and len(text) <= 40 and len(SENTENCE_MARK.findall(text)) <= 1


_COMMA = compiled(r"，|,(?!\d)")  # not that of 18,705


def _heading_like(line: Line) -> bool:
    text = line.text
    if line.finished or len(text) > 48 or text[-1] in COMMAS or text[-1] in PAUSES or SENTENCE_MARK.search(text):
        return False
    if not HANZI.search(text) or text.startswith(("—", "（", "(", "注")):
        return False
    return "：" not in text and len(_COMMA.findall(text)) <= (1 if len(text) <= 30 else 0)


def _truncated(layout: Layout, first: int, last: int) -> bool:
    line = layout.lines[last]
    if layout.looks[last] == "cut":
        return True
    text = line.text
    if line.finished or text[-1] in PAUSES or text[-1] in CLOSING_BRACKETS:
        return False
    if layout.looks[first] in ("label", "caption", "cell"):
        return False
    if not HANZI.search(text):
        return False
    if first != last or (layout.wrapped(last) and (layout.full(last) or layout.columned)):
        return True
    # In a clean document lists often stand without a full stop; a paragraph of several clauses does not.
    return layout.looks[first] == "text" and len(text) > 20 and bool(_CLAUSE_MARK.search(text))


# ---------------------------------------------------------------------------------------------------------------------
# Writing

_PROSE_GAP = compiled(
    rf"""
    {SPACE} (?:                                           # first, as the engine looks for it at its quickest
      (?<=[{CHINESE}]{SPACE}) {SPACE}*+                   # after a Chinese character
    | (?<!\s{SPACE}) {SPACE}*+ (?=[{CHINESE}])            # before one
    | (?<=[\d０-９]{SPACE}) {SPACE}*+ (?=[%％‰℃+＋])
    | (?<=[+＋]{SPACE}) {SPACE}*+ (?=[\dA-Z])
    | (?<!\s{SPACE}) {SPACE}++ )                          # between Latin words: all but one
    """,
    re.VERBOSE,
)
_ANY_GAP = compiled(rf"{SPACE}(?<!\s{SPACE}){SPACE}*+")
_SPACED_NUMBER = compiled(
    r"""
    (?<![\dA-Za-z_.,]) (?<!\d[ ]) \d (?!\d)
    (?: (?:[ ][.．])?+ [ ] \d (?!\d) ){1,24}        # 9 0 . 6 8
    """,
    re.VERBOSE,
)
_FRAGMENT_BEFORE = compiled(r"[^\W_]{0,4}$")
_FRAGMENT_AFTER = compiled(r"[^\W_]{0,4}")


class _Writer:
    """Collects what is kept of the source, and where it stood."""

    def __init__(self, source: str, view: str, spaced: bool) -> None:
        self.source = source
        self.view = view
        self.spaced = spaced
        self.parts: list[str] = []
        self.size = 0
        self.clean: array[int] = array("q")
        self.origin: array[int] = array("q")

    def keep(self, start: int, end: int) -> None:
        if start >= end:
            return
        # A stretch that follows on the one before needs no run of its own.
        if not self.clean or self.origin[-1] + self.size - self.clean[-1] != start:
            self.clean.append(self.size)
            self.origin.append(start)
        self.parts.append(self.source[start:end])
        self.size += end - start

    def keep_one(self, start: int, end: int) -> None:
        """Keep one white-space character of the stretch, if it holds any."""
        for at in range(start, min(end, start + 64)):
            if self.source[at].isspace() and self.source[at] not in "\r\n":
                self.keep(at, at + 1)
                return

    def separate(self, start: int, end: int) -> None:
        """Keep the character that separates two blocks: a newline where there is one."""
        at = self.source.find("\n", start, end)
        if at < 0:
            at = self.source.find("\r", start, end)
        if at >= 0:
            self.keep(at, at + 1)
        else:
            self.keep_one(start, end)

    def stretch(self, start: int, end: int, kind: Kind) -> None:
        """Keep what is text of a stretch within a line."""
        prose = kind in ("paragraph", "caption") and (self.spaced or bool(PUNCTUATION.search(self.view, start, end)))
        pattern = _PROSE_GAP if prose else _ANY_GAP
        gaps = [match.span() for match in pattern.finditer(self.view, start, end)]
        digits: set[tuple[int, int]] = set()
        if prose:
            for number in _SPACED_NUMBER.finditer(self.view, start, end):
                digits.update(gap.span() for gap in GAP.finditer(self.view, *number.span()))
            if digits:
                gaps = sorted(digits.union(gaps))
        at = start
        for a, b in gaps:
            self.keep(at, a)
            if (a, b) not in digits and self._stays(a, b, start, end, kind, prose):
                self.keep_one(a, b)
            at = b
        self.keep(at, end)

    def _stays(self, a: int, b: int, start: int, end: int, kind: Kind, prose: bool) -> bool:
        """Whether one white-space character of the gap is to be kept; the wide gap of a table is kept here."""
        left, right = self.view[a - 1 : a], self.view[b : b + 1]
        if prose:
            if not _CHINESE_CHARACTER.match(left) and not _CHINESE_CHARACTER.match(right):
                return left not in "+＋" and not (right in "%％‰℃+＋" and left.isdigit())
            between_characters = HANZI.match(left) and HANZI.match(right)
            return bool(not self.spaced and between_characters and self._phrases(a, b, start, end))
        if kind == "row" and (b - a > 1 or self.view[a:b] in "\t\u3000"):
            self._wide(a, b)
            return False
        if left in "、，。；：）" or right in "、，。；：）":
            return False
        if left not in "章节编篇条" and HANZI.match(left) and HANZI.match(right) and self._lone(a, b, start, end):
            return False  # letters set apart: 指 标
        return not (kind == "heading" and _ordinal_gap(self.view[max(start, a - 8) : a], right))

    def _wide(self, a: int, b: int) -> None:
        """The gap between two cells: all its tabs, else two spaces, or one that is as wide."""
        tabs = [at for at in range(a, b) if self.source[at] == "\t"]
        if tabs:
            for at in tabs:
                self.keep(at, at + 1)
        elif self.source[a] == "\u3000":
            self.keep(a, a + 1)
        elif self.source[a : a + 2].isspace():
            self.keep(a, a + 2)
        else:
            self.keep_one(a, b)

    def _phrases(self, a: int, b: int, start: int, end: int) -> bool:
        """Both sides of the gap are long enough to be phrases of their own: 恢复向好 活力涌动."""
        before = _FRAGMENT_BEFORE.search(self.view[max(start, a - 4) : a])
        after = _FRAGMENT_AFTER.match(self.view, b, min(end, b + 4))
        return bool(before and after and len(before[0]) >= 4 and len(after[0]) >= 4)

    def _lone(self, a: int, b: int, start: int, end: int) -> bool:
        """On one side of the gap stands a single character."""
        before = self.view[a - 2 : a - 1] if a - 2 >= start else ""
        after = self.view[b + 1 : b + 2] if b + 1 < end else ""
        return not before.isalnum() or not after.isalnum()

    def _one_acronym(self, a: int, b: int) -> bool:
        """Whether a gap between capitals is inside an acronym: GD / P, G / DP; AI PC are two."""
        left = _CAPITALS_BEFORE.search(self.view, max(0, a - 5), a)
        right = _CAPITALS_AFTER.match(self.view, b)
        return bool(left and right and min(len(left[0]), len(right[0])) == 1 < max(len(left[0]), len(right[0])))

    def joint(self, start: int, end: int) -> None:
        """Between two lines of one block: nothing, but for the space between two Latin words."""
        left, right = self.view[start - 1 : start], self.view[end : end + 1]
        if self._one_acronym(start, end):
            return
        if (left + right).isascii() and (right.isalpha() or (right.isdigit() and left.isalpha())) and left not in '"(-':
            before = self.size
            self.keep_one(start, end)
            if self.size == before:
                self.separate(start, end)


_CAPITALS_BEFORE = compiled(rf"(?<=[{CHINESE}])[A-Z]{{1,4}}\Z")
_CAPITALS_AFTER = compiled(rf"[A-Z]{{1,4}}(?=[{CHINESE}])")
_CHINESE_CHARACTER = compiled(f"[{CHINESE}]")
_ORDINAL_TAIL = compiled(r"第[ ]?\d{1,4}$|\d{1,4}年?$|\d{1,2}月$")


def _ordinal_gap(tail: str, right: str) -> bool:
    """第 1 章, 2023 年: the space belongs to no one."""
    if tail.endswith("第"):
        return right.isdigit()
    match = _ORDINAL_TAIL.search(tail)
    if not match:
        return False
    if match[0].startswith("第"):
        return right in "章节条编篇部届次批期页"
    return right in "年月日" if match[0][-1].isdigit() else right.isdigit()


_SENTENCE_END = compiled(r"(?:[。！？…]|[!?](?![A-Za-z0-9=&/]))++[”’'）)」』】》〉\]\"]{0,8}")


def _sentences(clean: str, blocks: list[Block]) -> Iterator[Sentence]:
    for index, block in enumerate(blocks):
        at = begin = block.start
        quotes = 0
        while at < block.end:
            match = _SENTENCE_END.search(clean, at, block.end)
            if not match:
                break
            end = match.end()
            quotes += clean.count('"', at, match.start())
            # A straight quotation mark after the stop closes only if one is open.
            straight = clean.find('"', match.start(), end)
            if straight >= 0:
                if quotes % 2 == 0:
                    end = straight
                else:
                    end = straight + 1
                    quotes += 1
            yield Sentence(begin, end, index)
            at = end
            while at < block.end and clean[at].isspace():
                at += 1
            begin = at
        if begin < block.end:
            yield Sentence(begin, block.end, index)


def laid_out(view: str, form: str = "text") -> Layout:
    """The lines of a view and how they were cut; lines that miss text inside them are cut there."""
    lines = list(lines_of(view))
    looks = looks_of(lines, form)
    if form in PARTED:
        lines, looks = _apart(lines, looks)
    layout = Layout(lines, looks, form)
    if not layout.spaced:
        return layout
    cut = Layout(*_cut_lines(lines, looks, layout), form)
    cut.spaced, cut.columned = layout.spaced, layout.columned
    return cut


def _bare(source: str) -> tuple[str, list[tuple[int, int]]]:
    """A source without what is hidden in it, and where that stood: the place in what is left, and how much in all."""
    hidden = [match.span() for match in HIDDEN.finditer(source)]
    if not hidden:
        return source, []
    parts = []
    gone: list[tuple[int, int]] = []
    at = taken = 0
    for start, end in hidden:
        parts.append(source[at:start])
        gone.append((start - taken, taken := taken + end - start))
        at = end
    return "".join(parts) + source[at:], gone


def _in_source(
    clean: array[int], bare: array[int], size: int, gone: list[tuple[int, int]]
) -> tuple[array[int], array[int]]:
    """The runs of the source map, which lead into the bare source, as runs that lead into the source."""
    begins, places = array("q"), array("q")
    for begin, place, end in zip(clean, bare, [*clean[1:], size], strict=False):
        at = bisect_right(gone, place, key=lambda each: each[0])
        begins.append(begin)
        places.append(place + (gone[at - 1][1] if at else 0))
        while at < len(gone) and gone[at][0] < place + end - begin:
            begins.append(begin + gone[at][0] - place)
            places.append(sum(gone[at]))
            at += 1
    return begins, places


def _left_out(source: str, clean: array[int], origin: array[int]) -> Iterator[tuple[int, str]]:
    """What of the source is left out though it is no white space, before which character of the clean text."""
    done = 0
    for index, (begin, place) in enumerate(zip(clean, origin, strict=True)):
        if hidden := "".join(_LEFT_OUT.findall(source, done, place)):
            yield begin, hidden
        if index + 1 < len(clean):
            done = place + clean[index + 1] - begin


_FILLER = compiled(f"[{FILLERS}]")
_LEFT_OUT = compiled(rf"(?: {HIDDEN.pattern} ) | [{FILLERS}]", re.VERBOSE)


def reflow(source: str, form: str = "text") -> Text:
    """Read the lines of ``source`` as blocks and sentences; ``form`` is the format of the file, as in ``Source``.

    >>> reflow("从江边小镇崛起为制 造名城。").clean
    '从江边小镇崛起为制造名城。'
    """
    bare, hidden = _bare(source)
    view = view_of(bare, form)
    layout = laid_out(view, form)
    writer = _Writer(bare, view, layout.spaced)
    blocks: list[Block] = []
    end = 0
    for draft in _drafts(layout):
        if blocks:
            writer.separate(end, draft.stretches[0][0])
        start = writer.size
        for number, (first, last) in enumerate(draft.stretches):
            if number:
                writer.joint(end, first)
            writer.stretch(first, last, draft.kind)
            end = last
        blocks.append(Block(start, writer.size, draft.kind, draft.level, draft.truncated))
    clean = "".join(writer.parts)
    starts = array("q", [0])
    starts.extend(match.end() for match in NEWLINE.finditer(source))
    runs = _in_source(writer.clean, writer.origin, len(clean), hidden) if hidden else (writer.clean, writer.origin)
    left_out = tuple(_left_out(source, *runs)) if hidden or _FILLER.search(source) else ()
    return Text(source, clean, tuple(blocks), tuple(_sentences(clean, blocks)), *runs, starts, left_out)
