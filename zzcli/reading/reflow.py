"""Lines → sentences, with a source map.

A scanner cuts a page into lines, puts spaces inside words and loses ends; a web page is full of menus; a table comes
flattened to a cell a line. ``reflow`` turns the text of a file into a clean text in which a sentence is one stretch of
characters, and says for each character where it stands in the file.

Conventions:

* It only deletes. The clean text is a subsequence of the source; nothing is put in, moved or rewritten.
* Blocks are separated by one white-space character that the source has there: a newline, or, where text breaks off
  inside a line, the space. A block holds no newline, except between two Latin words of a wrapped line.
* A line goes on in the next only on evidence (see ``_goes_on``). Where text is missing nothing is bridged: the block
  ends, ``truncated``.
* Lines are counted as editors do: they end at ``\\n``, ``\\r\\n`` or ``\\r``.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from zzcli.lexicon import table
from zzcli.span import Span

Kind = Literal["paragraph", "heading", "caption", "furniture", "row"]

TITLE = 1
UNNUMBERED = 6  # the depth of a heading that has no number: below all that have one


@dataclass(frozen=True, slots=True)
class Block(Span):
    """A stretch of the clean text that belongs together.

    ``furniture`` is what the page has around its text: page numbers, running heads, menus, scraps. A ``row`` is one
    line of a table, or one cell where the table was flattened to a cell a line. ``level`` is the depth of a heading,
    1 the highest, and 0 of all else. ``truncated``: the text breaks off without an end.
    """

    kind: Kind
    level: int = 0
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence of the clean text; ``block`` is the index of the block that it stands in."""

    block: int


@dataclass(frozen=True, slots=True)
class Text:
    """A document as read: ``source`` as decoded, ``clean`` as reflowed, and the way back."""

    source: str
    clean: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    # The source map: clean offset _clean[i] is source offset _source[i], and so on up to the next run.
    _clean: array[int] = field(repr=False, compare=False)
    _source: array[int] = field(repr=False, compare=False)
    _lines: array[int] = field(repr=False, compare=False)

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

    def line(self, source_offset: int) -> int:
        """The number, from 1, of the line of the source that holds the character at ``source_offset``."""
        return bisect_right(self._lines, source_offset) or 1

    def _place(self, offset: int) -> int:
        run = bisect_right(self._clean, offset) - 1
        if run < 0:
            return 0
        return self._source[run] + offset - self._clean[run]


# ---------------------------------------------------------------------------------------------------------------------
# Characters

_W = r"[^\S\r\n]"  # white space within a line
_HAN = r"\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Chinese characters and the punctuation that is set with them. Full-width letters and digits are not among them:
# two full-width numbers side by side stay two.
_C = _HAN + r"\u3001-\u3004\u3008-\u33ff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffee“”…—·"

_ENDS = frozenset("。！？!?…")
_PAUSES = frozenset("：:；;")
_COMMAS = frozenset("，,、")
_CLOSERS = "\"”’'）)」』】》〉]"
_CLOSING_START = frozenset("，、。；：！？）”’》」』】〉％%")
_PAIRS = (("（", "）"), ("“", "”"), ("《", "》"), ("(", ")"), ("「", "」"), ("【", "】"))
_MARKS = frozenset("▲▼▶◀►◄△▽")
_DIGITS = frozenset("0123456789０１２３４５６７８９")

_LINE = re.compile(r"\S[^\r\n]*+")
_NEWLINE = re.compile(r"\r\n?|\n")

# What is not text: seen as white space by the reader, and never kept.
_MASK = re.compile(
    r"""
    (?P<junk> [\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]++ )
    | (?P<space> &(?:nbsp|ensp|emsp|thinsp|\#160|\#xa0|\#12288|\#x3000);    # white space, spelled out
               | <U\+(?:00A0|3000|200B|FEFF)> )
    | !?\[ (?P<link> [^\[\]\r\n]{1,300} ) \]\( (?:https?:|/|\#|\.|mailto:|javascript:) [^()\s]{0,1000} \)   # Markdown
    | \*\*(?=\S) (?P<bold> [^*\r\n]{1,300} ) \*\*
    | \$ (?P<math> (?:[\d.,]|[ ]){1,40} ) (?P<percent> \\% )? [ ]{0,3} \$   # $9 0 . 6 8 \%$
    | <!-- (?P<comment> [^<>]{0,200} ) -->
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MASKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|&|<U\+|\]\(|\*\*|\$|<!--")


def _view(source: str) -> str:
    """The source as the reader sees it: of the same length, with what is not text as spaces."""
    return _MASK.sub(_masked, source) if _MASKABLE.search(source) else source


def _masked(match: re.Match[str]) -> str:
    kept = match.lastgroup
    if kept in ("link", "bold"):
        start, end = match.span(kept)
        return " " * (start - match.start()) + match[kept] + " " * (match.end() - end)
    if kept in ("math", "percent"):
        if not match["percent"] and " " not in match["math"].strip():
            return match[0]  # dollars: “$5”
        return " " + match["math"] + (" %" if match["percent"] else "").ljust(match.end() - match.end("math"))
    return " " * (match.end() - match.start())


# ---------------------------------------------------------------------------------------------------------------------
# Lines and what each looks like on its own

_START = re.compile(
    r"""
    (?P<markdown> \#{1,6}[ ]++ )
    | (?P<chapter>  第[ ]?[\d一二三四五六七八九十百零〇]{1,4}[ ]?(?:编|章|篇|部分)(?![的之]) )
    | (?P<section>  第[ ]?[\d一二三四五六七八九十百零〇]{1,4}[ ]?节(?![的之课]) )
    | (?P<article>  第[ ]?[\d一二三四五六七八九十百零〇](?:[ ]?[\d一二三四五六七八九十百零〇]){0,4}[ ]?条(?=[ \u3000]) )
    | (?P<one>      [一二三四五六七八九十]{1,3}[ ]?[、.．](?![一二三四五六七八九十]{1,3}、) )    # not “一、二、三产业”
    | (?P<bracket>  [（(][ ]?[一二三四五六七八九十]{1,3}[ ]?[）)] )
    | (?P<arabic>   \d{1,2}[.．、](?![\d０-９]) | \d{1,2}[）)] )
    | (?P<round>    [（(]\d{1,2}[）)] | [①-⑳] )
    | (?P<caption>  [▲▼▶◀►◄△▽] | 图为 | 图片说明 | 图[ ]?\d{1,3}(?:[-—.]\d{1,3})?[ ：:] | (?:资料图|效果图|示意图)[：:] )
    | (?P<unit>     [（(]?(?:计量)?单[ \u3000]{0,2}位[：:] )
    | (?P<label>    [（(【]? (?:信息来源|稿件来源|文章来源|来源|发布时间|发布日期|发布人|时间|日期|作者|编辑|责任编辑|责编|编审
                    |审核|校对|浏览次数|浏览量|点击数?|索引号|文号|发文机关|发文字号|发布机构|主题词|关键词)[ ]?[：:] )
    | (?P<menu>     当前位置 | 您的位置 | 【?(?:字体|字号)[：:] | 【E-mail | <!-- | --> | https?:// | // | www\. | ©
                    | [Cc]opyright | 版权所有 | 主办单位[：:] | 京ICP备 )
    | (?P<bullet>   [-*+•●○◇◆□■◎▪►※][ \u3000]++ | [●○◇◆□■◎▪※] )
    | (?P<quote>    >[ ]*+ )
    """,
    re.VERBOSE,
)
_LEVELS = {"chapter": 1, "section": 2, "one": 2, "bracket": 3, "arabic": 4, "round": 5}

_PAGE = re.compile(
    r"""
    [-—–─·•\s]{0,6} (?: \d{1,4} (?: [ ]?/[ ]?\d{1,4} )? | 第[ ]?\d{1,4}[ ]?页 (?: [ ，,]{0,3}共[ ]?\d{1,4}[ ]?页 )?
    | [Pp](?:age)?[. ]{0,2}\d{1,4} (?: [ ]of[ ]\d{1,4} )? | [A-Z]\d{1,2}版? | \d{1,2}版 | 第\d{1,2}版 ) [-—–─·•\s]{0,6}
    """,
    re.VERBOSE,
)
_PHOTOGRAPHER = re.compile(r"(?:(?<!拍)摄|摄影|供图|制图|摄影报道)[)）】]?$")
_DATE_LINE = re.compile(
    r"[（(]?(?:\d{4}|[一二三四五六七八九〇零○]{4})[年\-/.][ ]?\d{0,2}[一二三四五六七八九十]{0,2}[月\-/.]?[ ]?\d{0,2}[一二三四五六七八九十]{0,3}日?"
    r"(?:[ ]?\d{1,2}[:：时]\d{1,2}分?)?[）)]?"
)
_NUMBER_CELL = re.compile(r"[(（]?[-+±－﹣]?\d[\d,，.]{0,24}(?:[ ]?[%％‰])?[)）]?|持平|[-—–－─…]{1,4}|\.{2,3}|[Nn]/?[Aa]|/")
_NUMBERS_IN_LINE = re.compile(r"(?<!\S)[-+－]?\d[\d,]{0,20}(?:\.\d{1,10})?[%％]?(?!\S)")
_PUNCTUATION = re.compile("[，,。；、！？：]")
_SENTENCE_SIGN = re.compile(r"[，,。；、！？：]|\d[ ]?[万亿%％个元项家]")  # what headings seldom have
_SENTENCE_MARK = re.compile("[。；！？]")
_HANZI = re.compile(f"[{_HAN}]")
_ALNUM = re.compile(r"[^\W_]")
_SOURCE_LABEL = re.compile(r"(?:来源|日期|时间|作者|发布|编辑|浏览)[^，。；]{0,6}[：:]")
_CODE = re.compile(r"[!-~\s]*[{};=<>`\\_][!-~\s]*")
_TABLE_TAG = re.compile(r"<(?:html|body|table|tr|td)\b", re.IGNORECASE)
_WIDE_GAP = re.compile(r"\t|[ \u00a0]{2,}|\u3000")


class _Line(NamedTuple):
    """A line that is not blank, and what can be told of it without its neighbours."""

    start: int  # in the source, without the space around it and without a Markdown mark
    end: int
    text: str
    indent: int  # in columns
    blank_before: bool
    look: str  # text, item, article, numbered, markdown, caption, row, number, label, menu, page, cut
    level: int
    finished: bool  # ends as a sentence does
    width: int  # in columns: a Chinese character is two wide


def _width(text: str) -> int:
    return len(text.encode("gbk", errors="replace"))


def _finished(text: str) -> bool:
    return text[-1:] in _ENDS or text.rstrip(_CLOSERS)[-1:] in _ENDS


def _lines(view: str) -> Iterator[_Line]:
    previous = 0
    menu = frozenset(_words("menu"))
    for match in _LINE.finditer(view):
        start = match.start()
        text = match[0].rstrip()
        end = start + len(text)
        newlines = max(view.count("\n", previous, start), view.count("\r", previous, start))
        first = max(view.rfind("\n", previous, start), view.rfind("\r", previous, start), previous - 1) + 1
        indent = start - first + view.count("\u3000", first, start)
        previous = match.end()
        look, level, mark = _look(text, menu)
        if mark:
            start += mark
            text = text[mark:]
        finished = _finished(text) or bool(_PHOTOGRAPHER.search(text))
        yield _Line(start, end, text, indent, newlines > 1, look, level, finished, _width(text[:400]))


def _look(text: str, menu: frozenset[str]) -> tuple[str, int, int]:
    """How a line looks on its own, its depth as a heading, and how long a mark at its start is to be deleted."""
    size = len(text)
    if size <= 24:
        if _PAGE.fullmatch(text):
            return ("number" if text.isdecimal() else "page"), 0, 0
        if _NUMBER_CELL.fullmatch(text):
            return "number", 0, 0
        if text.rstrip("：: >》]】") in menu:
            return "menu", 0, 0
        if _DATE_LINE.fullmatch(text):
            return "label", 0, 0
    if not _ALNUM.search(text):
        return "menu", 0, 0
    match = _START.match(text)
    if match:
        group = match.lastgroup or ""
        mark = match.end()
        if group == "markdown":
            return "markdown", mark - len(text[:mark].lstrip("#")), mark
        if group in _LEVELS:
            return "numbered", _LEVELS[group], 0
        if group == "article":
            return "item", 0, 0
        if group == "caption":
            return "caption", 0, 0
        if group == "unit":
            return "row", 0, 0
        if group in ("label", "menu"):
            return (group if size <= 120 else "text"), 0, 0
        if group == "quote":
            return "text", 0, mark if mark < size else 0
        if group == "bullet":
            # “- 3.5” may be a negative cell; a Markdown bullet is deleted, a printed one is the document's own.
            deletable = text[0] in "-*+" and not text[mark : mark + 1].isdigit()
            return "item", 0, mark if deletable else 0
    if text[0] == "|" and text[-1] == "|":
        return ("row" if re.search(r"[^|\-: ]", text[:200]) else "menu"), 0, 0
    if size <= 120 and _PHOTOGRAPHER.search(text):
        return "caption", 0, 0
    if text[0] == "<" and _TABLE_TAG.match(text):
        return "row", 0, 0
    if not _HANZI.search(text) and size <= 2000 and _CODE.fullmatch(text):
        return "menu", 0, 0
    if size <= 300 and _WIDE_GAP.search(text):
        cells = [cell for cell in _WIDE_GAP.split(text) if cell.strip()]
        numbers = sum(1 for cell in cells if _NUMBER_CELL.fullmatch(cell.strip()))
        if not _SENTENCE_MARK.search(text) and (numbers or len(cells) > 2 or "\t" in text) and len(cells) > 1:
            return ("label" if _SOURCE_LABEL.search(text) else "row"), 0, 0
    return "text", 0, 0


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(table("reading")[name])


def _tables(lines: list[_Line]) -> list[str]:
    """The looks of the lines, with the lines of flattened tables made out: short lines among numbers."""
    looks = [line.look for line in lines]
    size = len(lines)
    at = 0
    while at < size:
        if not _cell(lines[at]):
            at += 1
            continue
        first = at
        numbers = []
        while at < size and _cell(lines[at]):
            line = lines[at]
            if line.look in ("number", "row") or len(_NUMBERS_IN_LINE.findall(line.text)) >= 2:
                numbers.append(at)
            elif numbers and _NUMBERS_IN_LINE.search(line.text) and _NUMBERS_IN_LINE.search(lines[at - 1].text):
                numbers.append(at)
            at += 1
        count = len(numbers)
        if count >= 2 and count * 6 >= at - first:
            top = _table_top(lines, first, numbers[0])
            for index in range(top, numbers[-1] + 1):
                looks[index] = "row"
    for index, look in enumerate(looks):
        # A number that stands alone, and a scrap of a word.
        if look == "number" or (look == "text" and len(lines[index].text) <= 2 and lines[index].text.isalpha()):
            looks[index] = "page"
    return looks


_HEADER = re.compile(
    r"(?:指|项|产|名|单|年|地|行|类|品|科)[ \u3000]{0,4}(?:标|目|品|称|位|份|区|业|别|种)(?:名称|指标)?$"
    r"|[（(]?(?:计量)?单[ \u3000]{0,2}位[：:]"
)


def _table_top(lines: list[_Line], first: int, number: int) -> int:
    """Where a table begins: at its unit line or its header; what stands above is its title."""
    for index in range(first, number + 1):
        if index - first <= 3 and _HEADER.match(lines[index].text):
            return index
    return first


def _cell(line: _Line) -> bool:
    if line.look in ("number", "row"):
        return True
    return line.look in ("text", "item") and line.width <= 44 and not _SENTENCE_MARK.search(line.text) and "，" not in line.text


# ---------------------------------------------------------------------------------------------------------------------
# The layout of a document: how its lines were cut

_SCAN_SPACE = re.compile(f"(?<=[{_HAN}，。、；：]) (?=[{_HAN}])")
_GAP = re.compile(rf"{_W}++")


class _Layout:
    """What the lines of a document say about how they were cut."""

    __slots__ = ("broken", "columned", "indented", "lines", "looks", "spaced", "spread")

    def __init__(self, lines: list[_Line], looks: list[str]) -> None:
        self.lines = lines
        self.looks = looks
        gaps = characters = alike = pairs = indented = blanks = prose = cut = 0
        for line, look in zip(lines, looks, strict=True):
            if look not in ("text", "item", "numbered") or not _PUNCTUATION.search(line.text):
                continue
            prose += 1
            cut += not (line.finished or line.text[-1] in _PAUSES)
            indented += line.indent >= 2
            blanks += line.blank_before
            characters += len(line.text)
            if " " not in line.text:
                continue
            found = len(_SCAN_SPACE.findall(line.text))
            gaps += found
            if found >= 2:
                widths = [_width(piece) for piece in line.text.split(" ")[:40]]
                pairs += len(widths) - 2
                # The last piece is as long as it happens to be.
                alike += sum(abs(a - b) <= 4 for a, b in zip(widths[:-2], widths[1:-1], strict=True))
        # The scanner put spaces between Chinese characters of running text.
        self.spaced = gaps >= 2 and gaps * 150 >= characters
        # … and where the columns of the page ended: pieces between spaces are of one width.
        self.columned = self.spaced and pairs >= 3 and alike * 2 >= pairs
        # … and broke some of its lines.
        self.broken = cut * 10 >= prose
        self.indented = indented >= 2 and indented * 10 <= prose * 8
        # Paragraphs stand apart by a blank line: some lines have one before them, most have not.
        self.spread = blanks >= 2 and blanks * 10 <= prose * 7

    def neighbours(self, at: int, reach: int) -> Iterator[int]:
        for index in range(max(0, at - reach), min(len(self.lines), at + reach + 1)):
            if index != at and self.looks[index] in ("text", "item", "numbered", "caption"):
                yield index

    def full(self, at: int) -> bool:
        """Whether a line ends because its column was full."""
        return (self.spaced and self._fills_column(at)) or self.fills_line(at)

    def fills_line(self, at: int) -> bool:
        """The lines around are as wide as this one, and none is clearly wider."""
        width = self._reach(at)
        if not 16 <= width <= 200:
            return False
        alike = others = 0
        for index in self.neighbours(at, 6):
            other = self._reach(index)
            if other > width + 8:
                return False
            others += 1
            alike += other >= width - 8 and not (self.lines[index].finished and other < width - 4)
        if alike:
            return True
        # Nothing to compare with: two or three lines are the whole text.
        return others <= 2 and len(self.lines) <= 3 and bool(_PUNCTUATION.search(self.lines[at].text))

    def _reach(self, at: int) -> int:
        line = self.lines[at]
        return line.width + (line.indent if line.indent <= 8 else 0)

    def _fills_column(self, at: int) -> bool:
        """The last of the pieces between spaces is about as wide as the column."""
        text = self.lines[at].text
        pieces = text.rsplit(" ", 8)
        prose = bool(_PUNCTUATION.search(text))
        if not prose and (_SCAN_SPACE.search(text) or len(pieces) == 1) and len(text) <= 30:
            # Perhaps a heading: in two parts, or standing after a whole sentence and not as wide as the columns near.
            alone = at == 0 or self.lines[at - 1].finished
            if len(pieces) > 1 or (alone and sum(abs(w - _width(text)) <= 4 for w in self._columns_near(at)) < 2):
                return False
        column = max(map(_width, pieces[:-1]), default=0)
        # The scanner also puts spaces inside a line of the column: the last two or three pieces may be one.
        widths: list[int] = []
        width = 0
        for piece in reversed(pieces[-3:]):
            if widths and _finished(piece):
                widths.append(width + 4)  # the piece begins a paragraph, two characters in
                break
            width += _width(piece)
            widths.append(width)
        if column >= 16 and widths[0] * 10 >= column * 6:
            return True
        if column >= 16:
            del widths[0]
            if any(column * 9 <= width * 10 <= column * 11 for width in widths):
                return True
        near = self._columns_near(at)
        if any(-4 <= other - width <= 8 for other in near for width in widths if width >= 10):
            return True
        return prose and column < 16 and bool(near) and widths[-1] * 4 >= max(near) * 3

    def _columns_near(self, at: int) -> list[int]:
        widths = []
        for index in self.neighbours(at, 6):
            line = self.lines[index]
            pieces = line.text.split(" ", 12)
            if line.finished or line.text[-1] in _PAUSES:
                del pieces[-1]
            here = [_width(piece) for piece in pieces]
            widths += here
            widths += [one + two for one, two in zip(here, here[1:], strict=False) if min(one, two) <= 12]
        return widths

    def cut_off(self, at: int) -> bool:
        """Whether a line that goes on nowhere breaks off, rather than being a heading."""
        text = self.lines[at].text
        if not self.wrapped(at):
            return False
        if _PUNCTUATION.search(text):
            return self.full(at)
        # A heading may be of any width; it is seldom just as wide as the column beside it.
        alike = sum(
            abs(_width(piece) - self.lines[at].width) <= 3
            for index in self.neighbours(at, 6)
            for piece in self.lines[index].text.split(" ", 12)[:-1]
        )
        return self.columned and " " not in text and alike >= 3

    def wrapped(self, at: int) -> bool:
        """Whether lines around are cut: a fair part of them ends without an end."""
        if self.spaced:
            return self.broken
        cut = whole = 0
        for index in (at, *self.neighbours(at, 8)):
            line = self.lines[index]
            if _PUNCTUATION.search(line.text) or line.width >= 50:
                ends = line.finished or line.text[-1] in _PAUSES
                whole += ends
                cut += not ends
        return cut * 4 >= cut + whole

    def other_column(self, a: int, b: int) -> bool:
        """The next line runs on in a much narrower column: it goes on with something else."""
        if not self.columned:
            return False
        text = self.lines[b].text
        pieces = text.split(" ", 2)
        if _finished(pieces[0]) or (len(pieces) == 1 and text[-1] in "，,、；;：:"):
            return False
        here = _width(pieces[0])
        # A space that the scanner put inside a line makes a short piece too; a column is one of several.
        if len(pieces) > 1 and (here < 20 or abs(_width(pieces[1]) - here) > 4):
            return False
        last = _width(self.lines[a].text.rsplit(" ", 1)[-1])
        return here >= 10 and last * 20 >= here * 29


# ---------------------------------------------------------------------------------------------------------------------
# Does the text go on?

_TIME_TAIL = re.compile(r"[年月日]$|季度$|时间$|\d$")
_YEAR_TAIL = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_BARE_NUMBER_TAIL = re.compile(r"(?<![\d.A-Za-z\-])\d[\d,.]{0,20}$")
_BROKEN_NUMBER = re.compile(r"(?:\d|[\d一二三四五六七八九十两几][百千万亿余多]{1,3})$")
_TIME = r"""
    (?: (?:截至|截止|截止到|自|从|到|继|早在)? 
        (?: (?:19|20)\d\d年 (?:\d{1,2}月(?:\d{1,2}日|份)?|底|末|初|上半年|下半年|第?[一二三四]季度|前[三3]季度)?
          | (?:今年|去年|前年|明年|本年|上年|当年|全年) (?:\d{1,2}(?:[至到—–~-]\d{1,2})?月(?:\d{1,2}日|份)?|底|末|初
              |上半年|下半年|[一二三四]季度|前[三3]季度|前[一二三四五六七八九十\d]{1,2}个?月|年初|年底)?
          | \d{1,2}月(?:\d{1,2}日|份|底|末|初|上旬|中旬|下旬)? | 上半年 | 下半年 | 前[三3]季度 | 第?[一二三四]季度 | (?:年|月)[初底末]
          | 近[一二两三四五六七八九十几\d]{1,2}年来? | [一二两三四五六七八九十百\d]{1,4}年来 | (?:过去|这)[一二两三四五六七八九十\d]{1,2}年
          | “?[一二三四五六七八九十]{1,2}五”? (?:时期|期间) ) )
"""


@cache
def _opener() -> re.Pattern[str]:
    """A beginning that only a sentence has: “近年来，”, “今年上半年，”, “继2020年获评…后，”."""
    words = "|".join(sorted(map(re.escape, _words("openers")), key=len, reverse=True))
    after = "|".join(sorted(map(re.escape, _words("after_time")), key=len, reverse=True))
    return re.compile(
        rf"""
        (?: (?P<word>{words}) | {_TIME} (?:{after})? | {_TIME} [^，,。；：\s]{{2,24}} (?:{after})
          | [一二三四五六七八九十]是(?=\S) )
        (?: (?<=是) | [，,] )
        """,
        re.VERBOSE,
    )


@cache
def _after_number() -> frozenset[str]:
    return frozenset(table("reading")["after_number"]) - {"\n"}


def _breaks(tail: str, head: str) -> bool:
    """Whether ``head`` cannot be how ``tail`` goes on: between the two, text is missing.

    >>> _breaks("出口92.2亿元,同比", "企业关心融资"), _breaks("出口92.2亿元,同比", "增长5%")
    (True, False)
    """
    last, first = tail[-1:], head[:1]
    if last in _COMMAS or last in _PAUSES:
        return False
    if first in _CLOSING_START:
        return False
    opener = _opener().match(head)
    if opener and opener.lastgroup != "word" and _TIME_TAIL.search(tail):
        opener = None  # “截至今年 / 6月底,”
    if opener and not tail.endswith(_words("conjunctions")):
        # “在 / 今年上半年,”: a preposition may govern a time.
        return opener.lastgroup == "word" or not tail.endswith(_words("prepositions"))
    if tail.endswith(_words("calls_for_change")):
        return not (first in _DIGITS or first in _NUMERALS or first in "+-－" or head.startswith(_words("changes")))
    if tail.endswith(_words("calls_for_number")):
        return not (first in _DIGITS or first in _NUMERALS or first in "约近超逾负-－" or first in _OPENING)
    if last in _DIGITS and _BARE_NUMBER_TAIL.search(tail) and not _YEAR_TAIL.search(tail):
        return not (first in _DIGITS or first.isascii() or first in _after_number() or not first.isalnum())
    return False


_NUMERALS = frozenset("一二三四五六七八九十百千万亿两几半数零〇上")
_OPENING = frozenset("“（《(「【\"")


def _opens_again(tail: str, head: str) -> bool:
    """A quotation is open, and the next line opens one: “解决一大批群众"烦 / "建宁驿站"、公立医院”."""
    if head[:1] == "“":
        return tail.rfind("“") > tail.rfind("”")
    if head[:1] == '"':
        return tail.count('"') % 2 == 1 and head.count('"') % 2 == 0
    return False


def _left_open(tail: str, head: str) -> bool:
    """A bracket or quotation is open at the end of ``tail`` and closed in ``head`` before another opens."""
    for left, right in _PAIRS:
        if tail.rfind(left) > tail.rfind(right):
            closing = head.find(right)
            opening = head.find(left)
            if closing >= 0 and (opening < 0 or closing < opening):
                return True
    return False


def _goes_on(layout: _Layout, a: int, b: int) -> bool:
    """Whether line ``a`` goes on in line ``b``: the evidence, strongest first."""
    line, after = layout.lines[a], layout.lines[b]
    inside = layout.looks[b] == "cut"
    if layout.looks[a] == "cut" or (layout.looks[b] != "text" and not inside):
        # A caption of two lines, the second with the photographer's name.
        return layout.looks[a] == layout.looks[b] == "caption" and not line.finished and after.text[0] not in _MARKS
    tail, head = line.text[-80:], after.text[:80]
    last, first = tail[-1], head[0]
    if line.finished:
        return _same_paragraph(layout, a, b)
    if not _HANZI.search(tail):
        # English runs on in lines of one width as Chinese does; anything else in other scripts is left alone.
        return layout.looks[a] == "text" and head[0].islower() and len(tail) > 40
    if first in _CLOSING_START:
        return True
    marked = bool(_PUNCTUATION.search(line.text))
    if last in _PAUSES:
        apart = after.blank_before and not layout.spaced
        return not apart and first != "—" and layout.wrapped(a) and layout.full(a) and not _breaks_paragraph(layout, b)
    if last in _COMMAS:
        return line.width >= 16 or layout.full(a)
    if _breaks(tail, head) or _opens_again(line.text, after.text):
        return False
    if marked and _left_open(tail, head) and not after.blank_before:
        return True
    if (marked or layout.spaced) and _BROKEN_NUMBER.search(tail) and first in _after_number() and not _YEAR_TAIL.search(tail):
        return True
    if not layout.wrapped(a) or not layout.full(a) or _breaks_paragraph(layout, b):
        return False
    if layout.other_column(a, b):
        return False
    # A short line without any punctuation that does not fill its column is a heading, not a continuation.
    return bool(after.finished or inside or _SENTENCE_SIGN.search(after.text) or layout.full(b))


def _breaks_paragraph(layout: _Layout, b: int) -> bool:
    """Where paragraphs are indented, an indented line begins one."""
    return layout.indented and layout.lines[b].indent >= 2


def _same_paragraph(layout: _Layout, a: int, b: int) -> bool:
    """A sentence that happens to end where the column does: the paragraph goes on in the next line."""
    after = layout.lines[b]
    if after.blank_before or after.indent >= 2 or layout.columned or not (layout.indented or layout.spread):
        return False
    if after.text.startswith("——") or layout.looks[a] not in ("text", "item"):
        return False
    if not (after.finished or _PUNCTUATION.search(after.text) or layout.fills_line(b)):
        return False  # a heading
    return layout.wrapped(a) and layout.fills_line(a)


# ---------------------------------------------------------------------------------------------------------------------
# Blocks


class _Draft(NamedTuple):
    """A block before it is written: stretches of the source that follow one another."""

    kind: Kind
    level: int
    truncated: bool
    stretches: list[tuple[int, int]]


def _cut_lines(lines: list[_Line], looks: list[str], layout: _Layout) -> tuple[list[_Line], list[str]]:
    """Cut the lines of a scanned page where text is missing inside them: “增长至 去年,株洲园区用电成本下降”."""
    cut_lines: list[_Line] = []
    cut_looks: list[str] = []
    for line, look in zip(lines, looks, strict=True):
        if look not in ("text", "item", "numbered") or " " not in line.text or not _PUNCTUATION.search(line.text):
            cut_lines.append(line)
            cut_looks.append(look)
            continue
        text = line.text
        widest = 0
        piece = begin = 0
        for gap in _GAP.finditer(text):
            here = _width(text[piece : gap.start()])
            widest = max(widest, here)
            full = layout.columned and here * 5 >= widest * 3
            tail = text[max(begin, gap.start() - 80) : gap.start()]
            head = text[gap.end() : gap.end() + 80]
            piece = gap.end()
            if tail[-1:] in _ENDS or not tail or _finished(tail):
                continue
            if _breaks(tail, head) and (full or not tail[-1] in _DIGITS):
                cut_lines.append(_part(line, begin, gap.start()))
                cut_looks.append("cut")
                begin = gap.end()
        cut_lines.append(_part(line, begin, len(text)) if begin else line)
        cut_looks.append("text" if begin else look)
    return cut_lines, cut_looks


def _part(line: _Line, start: int, end: int) -> _Line:
    text = line.text[start:end]
    blank = line.blank_before if start == 0 else False
    return line._replace(
        start=line.start + start,
        end=line.start + end,
        text=text,
        blank_before=blank,
        indent=line.indent if start == 0 else 0,
        finished=_finished(text),
        width=_width(text[:400]),
    )


def _drafts(layout: _Layout) -> Iterator[_Draft]:
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
                if following >= size or not _goes_on(layout, last, following):
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


def _kind(layout: _Layout, first: int, last: int) -> tuple[Kind, int]:
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
    if look == "text" and first == last:
        if _heading_like(line) and not layout.cut_off(first):
            return "heading", UNNUMBERED
    return "paragraph", 0


def _numbered_heading(line: _Line) -> bool:
    text = line.text
    if not line.finished:
        return len(text) <= 60 and not _SENTENCE_MARK.search(text) and text[-1] not in "；;，,"
    # “（四）固定资产投资总额突破60亿。”
    return line.level <= 3 and len(text) <= 40 and len(_SENTENCE_MARK.findall(text)) <= 1


def _heading_like(line: _Line) -> bool:
    text = line.text
    if line.finished or len(text) > 48 or text[-1] in _COMMAS or text[-1] in _PAUSES or _SENTENCE_MARK.search(text):
        return False
    if not _HANZI.search(text) or text.startswith(("—", "（", "(", "注")):
        return False
    return "：" not in text and text.count("，") + text.count(",") <= (1 if len(text) <= 30 else 0)


def _truncated(layout: _Layout, first: int, last: int) -> bool:
    line = layout.lines[last]
    if layout.looks[last] == "cut":
        return True
    text = line.text
    if line.finished or text[-1] in _PAUSES or text[-1] in _CLOSERS:
        return False
    if layout.looks[first] in ("label", "caption"):
        return False
    if not _HANZI.search(text):
        return False
    if first != last or (layout.wrapped(last) and (layout.full(last) or layout.columned)):
        return True
    # In a clean document lists often stand without a full stop; a paragraph of several clauses does not.
    return layout.looks[first] == "text" and len(text) > 20 and bool(re.search("[，。]", text))


# ---------------------------------------------------------------------------------------------------------------------
# Writing

_PROSE_GAP = re.compile(
    rf"""
    (?<=[{_C}]) {_W}++                            # after a Chinese character
    | (?<!\s) {_W}++ (?=[{_C}])                   # before one
    | (?<=[\d０-９]) {_W}++ (?=[%％‰℃+＋])
    | (?<=[+＋]) {_W}++ (?=[\dA-Z])
    | (?<!\s) {_W}{{2,}}+                          # between Latin words: all but one
    """,
    re.VERBOSE,
)
_ANY_GAP = re.compile(rf"(?<!\s){_W}++")
_SPACED_NUMBER = re.compile(
    r"""
    (?<![\dA-Za-z_.,]) (?<!\d[ ]) \d (?!\d)
    (?: (?:[ ][.．])? [ ] \d (?!\d) ){1,24}         # 9 0 . 6 8
    """,
    re.VERBOSE,
)
_FRAGMENT_BEFORE = re.compile(r"[^\W_]{0,4}$")
_FRAGMENT_AFTER = re.compile(r"[^\W_]{0,4}")


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
        view = self.view
        prose = kind in ("paragraph", "caption") and (self.spaced or _PUNCTUATION.search(view, start, end) is not None)
        at = start
        pattern = _PROSE_GAP if prose else _ANY_GAP
        deletions = [match.span() for match in pattern.finditer(view, start, end)]
        numbers: list[tuple[int, int]] = []
        if prose:
            numbers = [match.span() for match in _SPACED_NUMBER.finditer(view, start, end)]
        if not deletions and not numbers:
            self.keep(start, end)
            return
        # Spaced digits: every space in them goes.
        if numbers:
            inner = [gap.span() for number in numbers for gap in _GAP.finditer(view, *number)]
            spans = {(a, b): True for a, b in inner}
            merged = sorted({*deletions, *inner})
        else:
            spans = {}
            merged = deletions
        for a, b in merged:
            self.keep(at, a)
            if (a, b) not in spans:
                self._gap(a, b, start, end, kind, prose)
            at = b
        self.keep(at, end)

    def _gap(self, a: int, b: int, start: int, end: int, kind: Kind, prose: bool) -> None:
        left, right = self.view[a - 1 : a], self.view[b : b + 1]
        if prose:
            latin = not _CHINESE.match(left) and not _CHINESE.match(right)
            if latin and not (right in "%％‰℃+＋" and left.isdigit()) and left not in "+＋":
                self.keep_one(a, b)
            elif not self.spaced and _HANZI.match(left) and _HANZI.match(right) and self._phrases(a, b, start, end):
                self.keep_one(a, b)
            return
        if kind == "row" and (b - a > 1 or self.view[a:b] in "\t\u3000"):
            self._wide(a, b)
            return
        if left in "、，。；：）" or right in "、，。；：）":
            return
        hanzi = _HANZI.match(left) and _HANZI.match(right)
        if hanzi and (self._lone(a, b, start, end)):
            return  # letters set apart: 指 标
        if kind == "heading" and _ordinal_gap(self.view[max(start, a - 8) : a], right):
            return
        self.keep_one(a, b)

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

    def joint(self, start: int, end: int) -> None:
        """Between two lines of one block: nothing, but for the space between two Latin words."""
        left, right = self.view[start - 1 : start], self.view[end : end + 1]
        if (left + right).isascii() and (right.isalpha() or (right.isdigit() and left.isalpha())) and left not in "\"(-":
            before = self.size
            self.keep_one(start, end)
            if self.size == before:
                self.separate(start, end)


_CHINESE = re.compile(f"[{_C}]")
_ORDINAL_TAIL = re.compile(r"第$|第\d{1,4}$|\d{1,4}年?$|\d{1,2}月$")


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


_SENTENCE_END = re.compile(r"(?:[。！？…]|[!?](?![A-Za-z0-9=&/]))++[”’'）)」』】》〉\]\"]{0,8}")


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


def reflow(source: str) -> Text:
    """Read the lines of ``source`` as blocks and sentences.

    >>> reflow("从江边小镇崛起为制 造名城。").clean
    '从江边小镇崛起为制造名城。'
    """
    view = _view(source)
    lines = list(_lines(view))
    looks = _tables(lines)
    layout = _Layout(lines, looks)
    if layout.spaced:
        spaced, columned = layout.spaced, layout.columned
        lines, looks = _cut_lines(lines, looks, layout)
        layout = _Layout(lines, looks)
        layout.spaced, layout.columned = spaced, columned
    writer = _Writer(source, view, layout.spaced)
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
    starts.extend(match.end() for match in _NEWLINE.finditer(source))
    return Text(source, clean, tuple(blocks), tuple(_sentences(clean, blocks)), writer.clean, writer.origin, starts)
