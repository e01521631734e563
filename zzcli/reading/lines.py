"""The lines of a document, and how each looks before its neighbours are asked.

``view_of`` is the source as the reader sees it: of the same length, so that every place in it is a place in the source,
with what is not text (Markdown marks, white space spelled out) as spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from zzcli.lexicon import table
from zzcli.patterns import compiled
from zzcli.reading.source import FILLERS

SPACE = r"[^\S\r\n]"  # white space within a line
HAN = r"\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Chinese characters and the punctuation that is set with them. Full-width letters and digits are not among them:
# two full-width numbers side by side stay two.
CHINESE = HAN + r"\u3001-\u3004\u3008-\u33ff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffee“”…—·"

ENDS = frozenset("。！？!?…")
PAUSES = frozenset("：:；;")
COMMAS = frozenset("，,、")
CLOSERS = "\"”’'）)」』】》〉]"
CLOSING_BRACKETS = frozenset("）)」』】》〉]")  # a paragraph may end with one; behind a quotation stands a stop
CLOSING = frozenset("，、。；：！？）”’》」』】〉％%")
DIGITS = frozenset("0123456789０１２３４５６７８９")

_LINE = compiled(r"\S[^\r\n]*+")
NEWLINE = compiled(r"\r\n?|\n")

WHITE = rf"\x0b\x0c\x1c-\x1f\x85\u2028\u2029{FILLERS}"
"""For the brackets of a pattern: white space that is more than a space."""

# What is not text: seen as white space by the reader, and never kept.
_MASK = compiled(
    rf"(?P<junk> [{WHITE}]++ )"
    r"""
    | (?P<space> &(?:nbsp|ensp|emsp|thinsp|\#160|\#xa0|\#12288|\#x3000);    # white space, spelled out
               | <U\+(?:00A0|3000|200B|FEFF)> )
    | !?\[ (?P<link> [^\[\]\r\n]{1,300} ) \]\( (?:https?:|/|\#|\.|mailto:|javascript:) [^()\s]{0,1000} \)   # Markdown
    | \*\*(?=\S) (?P<bold> [^*\r\n]{1,300} ) \*\*
    | \$ (?P<math> (?:[\d.,]|[ ]){1,40} ) (?P<percent> \\% )? [ ]{0,3} \$   # $9 0 . 6 8 \%$
    | <!-- (?P<comment> [^<>]{0,200} ) -->
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MASKABLE = compiled(rf"[{WHITE}]|&|<U\+|\]\(|\*\*|\$|<!--")
_CELL_TEXT = compiled(r"[^|\-: ]")

# What Markdown adds: whole lines and tags that are no text; links; and marks that stand in pairs.
_FRONT_MATTER = compiled(r"\A---[ ]*+\r?\n(?P<entries>(?:(?!---)[^\r\n]{0,1000}+\r?+\n){0,100}?)---[ ]*+(?=\r?\n|\Z)")
_ENTRY = compiled(
    r"""^(?:title|date):[ ]*+(?P<mark>["']?)(?P<value>[^\r\n]{0,1000}?)(?P=mark)[ ]*+(?=\r?$)""", re.MULTILINE
)
_NO_TEXT = compiled(
    r"""
    ^[ ]{0,3} (?: `{3} | ~{3} ) [^\r\n]{0,100}+ $                   # a fence
    | ^[ ]{0,3} \[ [^\[\]\r\n]{1,100} \]: [ ]{1,9} \S{1,1000} (?:[ ][^\r\n]{0,200})? $   # where a link leads
    | (?<=^[-*+][ ]) \[[ xX]\] (?=[ ])                            # what is to be done, or is
    | \[\^ [^\[\]\s]{1,40} \]                                   # the mark of a footnote
    | </?(?:a|b|br|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|mark|p|s|small|span|strong|sub|sup|u)
      (?:\s[^<>\r\n]{0,300})? /?>
    | <https?://[^<>\s]{1,1000}>
    | (?<=\S) [ ]\#{1,6} [ ]*+ $                                   # behind a heading
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_LINK = compiled(
    r"""!?\[ (?P<text> [^\[\]\r\n]{1,300} ) \]
    (?: \( [^()\r\n]{0,1000} (?:\([^()\r\n]{0,200}\))? [^()\r\n]{0,200} \) | \[ [^\[\]\r\n]{0,100} \] )""",
    re.VERBOSE,
)
_PAIRED = compiled(
    r"""
    (?<!\\) (?!(?<=\d)\*\d)                                       # 2*3*4 is a product
    (?P<mark> \*{1,3} | ~~ | `{1,2} ) (?=[^\s*~`]) (?P<text> [^\r\n]{1,300}? ) (?<=[^\s*\\]) (?P=mark) (?!\*)
    """,
    re.VERBOSE,
)
_UNDERLINED = compiled(
    r"""
    (?<![A-Za-z_\\]) (?P<mark> __ | (?<!\w)_ ) (?=[^\s_]) (?P<text> [^\r\n]{1,300}? )
    (?<=[^\s_\\]) (?P=mark) (?![A-Za-z_]) (?: (?<=__) | (?!\w) )  # 甲_乙_丙 is a name
    """,
    re.VERBOSE,
)
_ESCAPE = compiled(r"\\(?=[!-/:-@\[-`{-~])")
_DEEP = 2  # pairs of marks inside one another


def view_of(source: str, form: str = "text") -> str:
    """The source as the reader sees it: of the same length, with what is not text as spaces."""
    view = _unmarked(source) if form == "markdown" else source
    return _MASK.sub(_masked, view) if _MASKABLE.search(view) else view


def _unmarked(view: str) -> str:
    """A view without the marks of Markdown; of what stands before the text its title and date are left."""
    if front := _FRONT_MATTER.match(view):
        kept = [char if char in "\r\n" else " " for char in front[0]]
        for entry in _ENTRY.finditer(front[0]):
            kept[slice(*entry.span("value"))] = entry["value"]
        view = "".join(kept) + view[front.end() :]
    view = _NO_TEXT.sub(lambda match: " " * len(match[0]), view)
    for pattern in (*[_PAIRED] * _DEEP, _UNDERLINED, _LINK):
        view = pattern.sub(_text_of, view)
    return _ESCAPE.sub(" ", view)


def _text_of(match: re.Match[str]) -> str:
    start, end = match.span("text")
    return " " * (start - match.start()) + match["text"] + " " * (match.end() - end)


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


_START = compiled(
    r"""
    (?P<markdown> \#{1,6}[ ]++ )
    | (?P<chapter>  第[ ]?[\d一二三四五六七八九十百零〇]{1,4}[ ]?(?:编|章|篇|部分)(?![的之]) )
    | (?P<section>  第[ ]?[\d一二三四五六七八九十百零〇]{1,4}[ ]?节(?![的之课]) )
    | (?P<article>  第[ ]?[\d一二三四五六七八九十百零〇](?:[ ]?[\d一二三四五六七八九十百零〇]){0,4}[ ]?条(?=[ \u3000]) )
    | (?P<one>      [一二三四五六七八九十]{1,3}[ ]?[、.．](?![一二三四五六七八九十]{1,3}、) )    # not “一、二、三产业”
    | (?P<bracket>  [（(][ ]?[一二三四五六七八九十]{1,3}[ ]?[）)] )
    | (?P<arabic>   \d{1,2}[.．、](?![\d０-９]) | \d{1,2}[）)] )
    | (?P<round>    [（(]\d{1,2}[）)] | [①-⑳] )
    | (?P<caption>  [▲▼▶◀►◄△▽] | 图为 | 图片说明 | 图[ ]?\d{1,3}(?:[-—.]\d{1,3})?[ ：:]
                    | (?:资料图|效果图|示意图)[：:] )
    | (?P<unit>     [（(]?(?:计量)?单[ \u3000]{0,2}位[：:] )
    | (?P<label>    [（(【]? (?:(?:信息|稿件|文章)?来源|发布(?:时间|日期|人|机构)|时间|日期|作者|编辑|责任编辑|责编|编审
                    |审核|校对|浏览(?:次数|量)|点击数?|索引号|文号|发文(?:机关|字号)|主题词|关键词) [ ]?[：:] )
    | (?P<menu>     当前位置 | 您的位置 | 【?(?:字体|字号)[：:] | 【E-mail | <!-- | --> | https?:// | // | www\. | ©
                    | [Cc]opyright | 版权所有 | 主办单位[：:] | 京ICP备 )
    | (?P<bullet>   [-*+•●○◇◆□■◎▪►※][ \u3000]++ | [●○◇◆□■◎▪※] )
    | (?P<quote>    >[ ]*+ )
    """,
    re.VERBOSE,
)
_LEVELS = {"chapter": 1, "section": 2, "one": 2, "bracket": 3, "arabic": 4, "round": 5}

PAGE = compiled(
    r"""
    [-—–─·•\s]{0,6} (?: \d{1,4} (?: [ ]?/[ ]?\d{1,4} )? | 第[ ]?\d{1,4}[ ]?页 (?: [ ，,]{0,3}共[ ]?\d{1,4}[ ]?页 )?
    | [Pp](?:age)?[. ]{0,2}\d{1,4} (?: [ ]of[ ]\d{1,4} )? | [A-Z]\d{1,2}版? | \d{1,2}版 | 第\d{1,2}版 ) [-—–─·•\s]{0,6}
    """,
    re.VERBOSE,
)
_PHOTOGRAPHER = compiled(r"(?:(?<!拍)摄|摄影|供图|制图|摄影报道)[)）】]?$")
_DATE_LINE = compiled(
    r"""
    [（(]? (?:\d{4}|[一二三四五六七八九〇零○]{4}) [年\-/.]           # （2021年4月8日）, 2021-04-08
    (?: [ ]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}) [月\-/.]? )?
    (?: [ ]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) 日? )?
    (?: [ ]{0,2}\d{1,2}[:：时]\d{1,2}分? (?:[:：]\d{1,2})? )? [）)]?  # 07时41分
    """,
    re.VERBOSE,
)
_NUMBER_CELL = compiled(
    r"[(（]?[-+±－﹣]?\d[\d,，.]{0,24}(?:[ ]?[%％‰])?[)）]?|持平|[-—–－─…]{1,4}|\.{2,3}|[Nn]/?[Aa]|/"
)
_NUMBERS_IN_LINE = compiled(r"(?<!\S)[-+－]?\d[\d,]{0,20}(?:\.\d{1,10})?[%％]?(?!\S)")
PUNCTUATION = compiled("[，,。；、！？：]")
STATEMENT_SIGN = compiled(r"[，,。；、！？：]|\d[ ]?[万亿%％个元项家]")  # what headings seldom have
SENTENCE_MARK = compiled("[。；！？]")
HANZI = compiled(f"[{HAN}]")
_ALNUM = compiled(r"[^\W_]")
_SOURCE_LABEL = compiled(r"(?:来源|日期|时间|作者|发布|编辑|浏览)[^，。；]{0,6}[：:]")
VISITS = compiled(r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s{0,2}[：:]\s{0,3}[\[（(【]?\s{0,3}\d{1,9}\s{0,2}次?")
"""How often a page was read, which it says of itself."""
_CODE = compiled(r"\A[!-~\s]{0,2000}[{};=<>`\\_][!-~\s]*")
_TABLE_TAG = compiled(r"<(?:html|body|table|tr|td)\b", re.IGNORECASE)
_WIDE_GAP = compiled(r"\t|[ \u00a0]{2,}|\u3000")


class Line(NamedTuple):
    """A line that is not blank, and what can be told of it without its neighbours."""

    start: int  # in the source, without the space around it and without a Markdown mark
    end: int
    text: str
    indent: int  # in columns
    blank_before: bool
    look: str  # text, item, article, numbered, markdown, caption, row, number, label, menu, page, cut, cell
    level: int
    finished: bool  # ends as a sentence does
    width: int  # in columns: a Chinese character is two wide


def width_of(text: str) -> int:
    """The width in half-width columns: a Chinese character is two wide."""
    return len(text.encode("gbk", errors="replace"))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does: 。 ！ ？ …, and what closes after them."""
    return text[-1:] in ENDS or text.rstrip(CLOSERS)[-1:] in ENDS


def lines_of(view: str) -> Iterator[Line]:
    """The lines of a view that are not blank, in order."""
    previous = 0
    menu = frozenset(words("menu"))
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
        finished = ends_sentence(text) or bool(_PHOTOGRAPHER.search(text))
        yield Line(start, end, text, indent, newlines > 1, look, level, finished, width_of(text[:400]))


def _look(text: str, menu: frozenset[str]) -> tuple[str, int, int]:
    """How a line looks on its own, its depth as a heading, and how long a mark at its start is to be deleted."""
    size = len(text)
    if size <= 24:
        if PAGE.fullmatch(text):
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
            return ("row", 0, 0) if _in_cells(text) else ("numbered", _LEVELS[group], 0)
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
        return ("row" if _CELL_TEXT.search(text[:200]) else "menu"), 0, 0
    if size <= 120 and _PHOTOGRAPHER.search(text):
        return "caption", 0, 0
    if text[0] == "<" and _TABLE_TAG.match(text):
        return "row", 0, 0
    if not HANZI.search(text) and size <= 2000 and _CODE.fullmatch(text):
        return "menu", 0, 0
    if size <= 300 and _WIDE_GAP.search(text):
        cells = [cell for cell in _WIDE_GAP.split(text) if cell.strip()]
        numbers = sum(1 for cell in cells if _NUMBER_CELL.fullmatch(cell.strip()))
        if not SENTENCE_MARK.search(text) and (numbers or len(cells) > 2 or "\t" in text) and len(cells) > 1:
            return ("label" if _SOURCE_LABEL.search(text) else "row"), 0, 0
    return "text", 0, 0


def _in_cells(text: str) -> bool:
    """Whether a numbered line is the row of a table: 一、地区生产总值 and, apart from it, its numbers."""
    if len(text) > 300 or not _WIDE_GAP.search(text):
        return False
    return _NUMBER_CELL.fullmatch(_WIDE_GAP.split(text)[-1].strip()) is not None


@cache
def words(name: str) -> tuple[str, ...]:
    """The list ``name`` of the lexicon's ``reading.toml``."""
    return tuple(table("reading")[name])


PARTED = frozenset({"markdown", "html", "docx"})
"""The formats that part paragraphs and tables themselves: by a blank line."""


def looks_of(lines: list[Line], form: str = "text") -> list[str]:
    """The looks of the lines, with the lines of flattened tables made out: short lines among numbers."""
    parted = form in PARTED
    looks = [line.look for line in lines]
    size = len(lines)
    at = 0
    while at < size:
        if not _cell(lines[at]):
            at += 1
            continue
        first = at
        numbers: list[int] = []
        while at < size and _cell(lines[at]) and not (parted and at > first and _parts(lines[at - 1], lines[at])):
            if _numeric(lines, at, bool(numbers)):
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
    for index in _running_heads(lines, looks):
        looks[index] = "page"
    return looks


def _parts(line: Line, after: Line) -> bool:
    """Whether a table begins or ends between two lines that a blank one parts."""
    return after.blank_before and (line.look == "row" or after.look == "row")


def _running_heads(lines: list[Line], looks: list[str]) -> list[int]:
    """Short lines that stand beside the number of more than one page."""
    beside: dict[str, list[int]] = {}
    for index, look in enumerate(looks):
        if look != "page":
            continue
        for near in (index - 1, index + 1):
            if 0 <= near < len(lines) and looks[near] == "text":
                text = lines[near].text
                if len(text) <= 30 and not PUNCTUATION.search(text) and not lines[near].finished:
                    beside.setdefault(text, []).append(near)
    return [index for places in beside.values() if len(places) > 1 for index in places]


def _numeric(lines: list[Line], at: int, inside: bool) -> bool:
    """Whether a short line holds the numbers of a table: a number alone, or a name and its numbers."""
    line = lines[at]
    if line.look in ("number", "row"):
        return True
    found = len(_NUMBERS_IN_LINE.findall(line.text))
    return found >= 2 or (inside and found == 1 and bool(_NUMBERS_IN_LINE.search(lines[at - 1].text)))


_TABLE_TITLE = compiled(r"(?:附表|续表|表)[ ]?\d{1,3}(?:[-—.]\d{1,3})?[ \u3000：:]")
_HEADER = compiled(
    r"(?:指|项|产|名|单|年|地|行|类|品|科)[ \u3000]{0,4}(?:标|目|品|称|位|份|区|业|别|种)(?:名称|指标)?$"
    r"|[（(]?(?:计量)?单[ \u3000]{0,2}位[：:]"
)


def _table_top(lines: list[Line], first: int, number: int) -> int:
    """Where a table begins: at its unit line or its header; what stands above is its title."""
    for index in range(first, min(number, first + 3) + 1):
        if _TABLE_TITLE.match(lines[index].text):
            return index + 1
        if _HEADER.match(lines[index].text):
            return index
    return first


def _cell(line: Line) -> bool:
    if line.look in ("number", "row"):
        return True
    return (
        line.look in ("text", "item")
        and line.width <= 44
        and not SENTENCE_MARK.search(line.text)
        and "，" not in line.text
    )
