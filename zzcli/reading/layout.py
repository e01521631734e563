"""How the lines of a document were cut, and whether a line goes on in the next.

The evidence is of the document (its lines are of one width; the scanner left spaces where columns ended; paragraphs are
indented), of the neighbourhood (is this line as wide as its neighbours?) and of the language (a comma, an open bracket,
a number without its unit; against it: a beginning that only a sentence has). Widths are in half-width columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from zzcli.lexicon import table
from zzcli.patterns import compiled, either
from zzcli.reading.lines import (
    CLOSING,
    COMMAS,
    DIGITS,
    HAN,
    HANZI,
    PARTED,
    PAUSES,
    PUNCTUATION,
    SPACE,
    STATEMENT_SIGN,
    Line,
    ends_sentence,
    width_of,
    words,
)

_SCAN_SPACE = compiled(f"(?<=[{HAN}，。、；：]) (?=[{HAN}])")
GAP = compiled(rf"{SPACE}++")

_PAIRS = (("（", "）"), ("“", "”"), ("《", "》"), ("(", ")"), ("「", "」"), ("【", "】"))
_TITLE = compiled(r"[^，,。；;！？!?：:\s]{2,16}[：:][^，,。；;！？!?：:\d]{4,30}")
_CAPTION_MARKS = frozenset("▲▼▶◀►◄△▽")


class Layout:
    """What the lines of a document say about how they were cut."""

    __slots__ = (
        "_widths", "broken", "column", "columned", "first", "indented", "lines", "looks", "parted", "spaced", "spread"
    )  # fmt: skip

    def __init__(self, lines: list[Line], looks: list[str], form: str = "text") -> None:
        self.lines = lines
        self.looks = looks
        # The format itself parts paragraphs, and a blank line is one that it parts.
        self.parted = form in PARTED
        self._widths: dict[int, list[int]] = {}
        widths_cut: Counter[int] = Counter()
        gaps = characters = alike = pairs = indented = blanks = prose = cut = 0
        for line, look in zip(lines, looks, strict=True):
            if look not in ("text", "item", "numbered") or not PUNCTUATION.search(line.text):
                continue
            prose += 1
            if not (line.finished or line.text[-1] in PAUSES):
                cut += 1
                widths_cut[self._reach_of(line) // 2] += 1
            indented += line.indent >= 2
            blanks += line.blank_before
            characters += len(line.text)
            if " " not in line.text:
                continue
            found = len(_SCAN_SPACE.findall(line.text))
            gaps += found
            if found >= 2:
                widths = [width_of(piece) for piece in line.text.split(" ")[:40]]
                pairs += len(widths) - 2
                # The last piece is as long as it happens to be.
                alike += sum(abs(a - b) <= 4 for a, b in pairwise(widths[:-1]))
        # The first line that is no page number and no menu.
        self.first = next((at for at, look in enumerate(looks) if look == "text"), -1)
        # The scanner put spaces between Chinese characters of running text.
        self.spaced = gaps >= 2 and gaps * 150 >= characters
        # … and where the columns of the page ended: pieces between spaces are of one width.
        self.columned = self.spaced and pairs >= 3 and alike * 2 >= pairs
        # The width at which most of the lines are cut.
        half, times = widths_cut.most_common(1)[0] if widths_cut else (0, 0)
        self.column = 2 * half if times >= 3 and times * 4 >= cut else 0
        # … and broke some of its lines.
        self.broken = cut * 10 >= prose
        self.indented = indented >= 2 and indented * 10 <= prose * 8
        # Paragraphs stand apart by a blank line: some lines have one before them, most have not.
        self.spread = blanks >= 2 and blanks * 10 <= prose * 7

    def titled(self, at: int) -> bool:
        """Whether a line is the first of several and has the shape of a title: “江城：港口边的新城”."""
        return at == self.first and len(self.lines) > at + 1 and bool(_TITLE.fullmatch(self.lines[at].text))

    def neighbours(self, at: int, reach: int) -> Iterator[int]:
        """The lines of text within ``reach`` lines of this one."""
        for index in range(max(0, at - reach), min(len(self.lines), at + reach + 1)):
            if index != at and self.looks[index] in ("text", "item", "numbered", "caption"):
                yield index

    def full(self, at: int) -> bool:
        """Whether a line ends because its column was full."""
        return (self.spaced and self._fills_column(at)) or self.fills_line(at)

    def fills_line(self, at: int) -> bool:
        """The lines around are as wide as this one, and none is clearly wider."""
        width = self._reach(at)
        if not 16 <= width <= 200 or (at == 0 and not STATEMENT_SIGN.search(self.lines[at].text)) or self.titled(at):
            return False  # too narrow or wide for a column; a title
        alike = others = 0
        for index in self.neighbours(at, 6):
            other = self._reach(index)
            if other > width + 8:
                return False
            others += 1
            alike += other >= width - 8 and not (self.lines[index].finished and other < width - 4)
        if alike or (self.column and abs(width - self.column) <= 4):
            return True
        # Nothing to compare with: two or three lines are the whole text.
        return others <= 2 and len(self.lines) <= 3 and bool(PUNCTUATION.search(self.lines[at].text))

    def _reach(self, at: int) -> int:
        return self._reach_of(self.lines[at])

    @staticmethod
    def _reach_of(line: Line) -> int:
        return line.width + (line.indent if line.indent <= 8 else 0)

    def _fills_column(self, at: int) -> bool:
        """The last of the pieces between spaces is about as wide as the column."""
        text = self.lines[at].text
        pieces = text.rsplit(" ", 8)
        prose = bool(PUNCTUATION.search(text))
        if not prose and (_SCAN_SPACE.search(text) or len(pieces) == 1) and len(text) <= 30:
            # Perhaps a heading: in two parts, or standing after a whole sentence and not as wide as the columns near.
            alone = at == 0 or self.lines[at - 1].finished
            if (
                at == 0
                or len(pieces) > 1
                or (alone and sum(abs(w - width_of(text)) <= 4 for w in self._columns_near(at)) < 2)
            ):
                return False
        column = max(map(width_of, pieces[:-1]), default=0)
        # The scanner also puts spaces inside a line of the column: the last two or three pieces may be one.
        widths: list[int] = []
        width = 0
        for piece in reversed(pieces[-3:]):
            if widths and ends_sentence(piece):
                widths.append(width + 4)  # the piece begins a paragraph, two characters in
                break
            width += width_of(piece)
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
            here = self._pieces(index)
            if line.finished or line.text[-1] in PAUSES:
                here = here[:-1]
            widths += here
            widths += [one + two for one, two in pairwise(here) if min(one, two) <= 12]
        return widths

    def _pieces(self, at: int) -> list[int]:
        """The widths of the first pieces between the spaces of a line, and of what is left of it."""
        if at not in self._widths:
            self._widths[at] = [width_of(piece) for piece in self.lines[at].text.split(" ", 12)]
        return self._widths[at]

    def cut_off(self, at: int) -> bool:
        """Whether a line that goes on nowhere breaks off, rather than being a heading."""
        text = self.lines[at].text
        if PUNCTUATION.search(text):
            return self.wrapped(at) and self.full(at)
        if not self.columned or " " in text or not self.wrapped(at):
            return False
        # A heading may be of any width; it is seldom just as wide as the column beside it.
        alike = sum(
            abs(width - self.lines[at].width) <= 3
            for index in self.neighbours(at, 6)
            for width in self._pieces(index)[:-1]
        )
        return alike >= 3

    def wrapped(self, at: int) -> bool:
        """Whether lines around are cut: a fair part of them ends without an end."""
        if self.spaced:
            return self.broken
        cut = whole = 0
        for index in (at, *self.neighbours(at, 8)):
            line = self.lines[index]
            if PUNCTUATION.search(line.text) or line.width >= 50:
                ends = line.finished or line.text[-1] in PAUSES
                whole += ends
                cut += not ends
        return cut * 4 >= cut + whole

    def other_column(self, a: int, b: int) -> bool:
        """The next line runs on in a much narrower column: it goes on with something else."""
        if not self.columned:
            return False
        text = self.lines[b].text
        pieces = _COLUMN_GAP.split(text, 2)
        if ends_sentence(pieces[0]) or (len(pieces) == 1 and text[-1] in "，,、；;：:"):
            return False
        here = width_of(pieces[0])
        # A space that the scanner put inside a line makes a short piece too; a column is one of several.
        if len(pieces) > 1 and (here < 20 or abs(width_of(pieces[1]) - here) > 4):
            return False
        last = width_of(self.lines[a].text.rsplit(" ", 1)[-1])
        return here >= 10 and last * 20 >= here * 29


_COLUMN_GAP = compiled(r"(?<!\d) (?!\d)")  # beside a number a scanner puts spaces anyway
_TIME_TAIL = compiled(
    r"""
    (?: [年月日近第] | 季度
      | (?: [今去前] | (?<!\d)(?:19|20)\d\d | [一二][〇零○一二三四五六七八九]{3} ) 年前   # 去年前 / 三季度
      | (?<!\d) (?: \d{1,2} | (?:19|20)\d\d ) [~～—–-] ) $   # 1~ / 6月; 2021— / 2023年
    """,
    re.VERBOSE,
)
_NUMERAL_TAIL = compiled(r"[\d一二两三四五六七八九十百几]$")
_YEAR_TAIL = compiled(r"(?<!\d)(?:19|20)\d\d$")
_YEARS = compiled(r"(?<!\d)(?:19|20)\d\d年?[~～—–至到-](?:19|20)\d\d年")  # 2021 / —2023年
_YEAR_HEAD = compiled(r"年(?![轻青幼货味画糕夜])")
_BARE_NUMBER_TAIL = compiled(r"(?<![\d.A-Za-z\-])\d[\d,.]{0,20}$")
_BROKEN_NUMBER = compiled(r"(?:\d|[\d一二三四五六七八九十两几][百千万亿余多]{1,3})$")
# How a time opens a sentence, told by its shape alone: what it means is read later, and not by this room.
_N = "一二两三四五六七八九十"
_QUARTER = "上半年|下半年|第?[一二三四]季度|前[三3]季度"
_DAY = r"\d{1,2}(?:[至到—–~-]\d{1,2})?月(?:\d{1,2}日|份)?"
_TIME = rf"""
    (?: (?:截至|截止|截止到|自|从|到|继|早在)?
        (?: (?:19|20)\d\d年 (?:{_DAY}|底|末|初|{_QUARTER})?
          | (?:今年|去年|前年|明年|本年|上年|当年|全年) (?:{_DAY}|底|末|初|年初|年底|{_QUARTER}|前[{_N}\d]{{1,2}}个?月)?
          | {_DAY} (?:底|末|初|上旬|中旬|下旬)? | {_QUARTER} | (?:年|月)[初底末]
          | 近[{_N}几\d]{{1,2}}年来? | [{_N}百\d]{{1,4}}年来 | (?:过去|这)[{_N}\d]{{1,2}}年
          | “?[{_N}]{{1,2}}五”? (?:时期|期间) ) )
"""


@cache
def _opener() -> re.Pattern[str]:
    """A beginning that only a sentence has: “近年来，”, “今年上半年，”, “继2020年获评…后，”."""
    sayings = either(words("openers"))
    after = either(words("after_time"))
    return compiled(
        rf"""
        (?: (?P<word>{sayings}) | {_TIME} (?:{after})? | {_TIME} [^，,。；：\s]{{2,24}} (?:{after})
          | [一二三四五六七八九十]是(?=\S) )
        (?: (?<=是) | [，,] )
        """,
        re.VERBOSE,
    )


@cache
def _after_number() -> frozenset[str]:
    return frozenset(table("reading")["after_number"]) - {"\n"}


def _goes_with_number(head: str) -> bool:
    """Whether a line may begin right after a number: 个, 亿元, 以上."""
    return head[:1] in _after_number() or head.startswith(words("after_number_words"))


def breaks(tail: str, head: str) -> bool:
    """Whether ``head`` cannot be how ``tail`` goes on: between the two, text is missing.

    >>> breaks("出口92.2亿元,同比", "企业关心融资"), breaks("出口92.2亿元,同比", "增长5%")
    (True, False)
    """
    last, first = tail[-1:], head[:1]
    if last in COMMAS or last in PAUSES:
        return False
    if first in CLOSING:
        return False
    dated = _FULL_YEAR.match(head)
    if dated and last in DIGITS:
        return True  # “签约项目68 / 2023年11月8日,”: no number goes on with a year
    opener = _opener().match(head)
    if opener and not tail.endswith(words("conjunctions")):
        if opener.lastgroup == "word":
            return not _inside_opener(tail, opener["word"])
        # A line may break inside a time (“截至今年 / 6月底,”, “七 / 十年来,”), and a preposition may govern one.
        broken = _TIME_TAIL.search(tail) or (first in _TIME_REST and not dated and _NUMERAL_TAIL.search(tail))
        if not broken and not _governs_time(tail, head):
            return True
    if tail.endswith(words("calls_for_change")):
        return not (first in DIGITS or first in _NUMERALS or first in "+-－" or head.startswith(words("changes")))
    if tail.endswith(words("calls_for_number")):
        return not (first in DIGITS or first in _NUMERALS or first in "约近超逾负-－" or first in _OPENING)
    if last in DIGITS and _BARE_NUMBER_TAIL.search(tail) and not _YEAR_TAIL.search(tail):
        return not (first in DIGITS or first.isascii() or _goes_with_number(head) or not first.isalnum())
    return False


def _inside_opener(tail: str, word: str) -> bool:
    """Whether the line breaks inside a longer word of the kind: “与此 / 同时,”."""
    return any(longer.endswith(word) and tail.endswith(longer[: -len(word)] or "\n") for longer in words("openers"))


def _governs_time(tail: str, head: str) -> bool:
    """Whether the last word of a line may govern the time that the next one begins with."""
    if tail.endswith("的"):
        return bool(_YEAR_ALONE.match(head))  # “刚刚过去的 / 2023年,”; not “腾出的 / 2022年以来,”
    return tail.endswith(words("prepositions")) and not tail.endswith(words("no_prepositions"))


_FULL_YEAR = compiled(r"(?:19|20)\d\d年")
_YEAR_ALONE = compiled(r"(?:(?:19|20)\d\d|今|去)年[，,]|“?[一二三四五六七八九十]{1,2}五”?")
_TIME_REST = frozenset("年月日0123456789一二三四五六七八九十百")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿两几半数零〇上")
_OPENING = frozenset('“（《(「【"')


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


def goes_on(layout: Layout, a: int, b: int) -> bool:
    """Whether line ``a`` goes on in line ``b``: the evidence, strongest first."""
    line, after = layout.lines[a], layout.lines[b]
    inside = layout.looks[b] == "cut"
    if layout.parted and after.blank_before:
        return False
    if layout.looks[a] == layout.looks[b] == "caption":
        # A caption of two lines, the second with the photographer's name.
        return not line.finished and bool(PUNCTUATION.search(line.text)) and after.text[0] not in _CAPTION_MARKS
    if layout.looks[a] in ("cut", "cell") or (layout.looks[b] != "text" and not inside):
        return False
    tail, head = line.text[-80:], after.text[:80]
    last, first = tail[-1], head[0]
    if line.finished:
        return _same_paragraph(layout, a, b)
    if not HANZI.search(tail):
        # English runs on in lines of one width as Chinese does; anything else in other scripts is left alone.
        return layout.looks[a] == "text" and head[0].islower() and len(tail) > 40
    if first in CLOSING:
        return True
    if layout.titled(a):
        return False
    marked = bool(PUNCTUATION.search(line.text))
    if last in PAUSES:
        apart = after.blank_before and not layout.spaced
        return not apart and first != "—" and layout.wrapped(a) and layout.full(a) and not _breaks_paragraph(layout, b)
    if last in COMMAS:
        return line.width >= 16 or layout.full(a)
    if breaks(tail.replace(" ", ""), head.replace(" ", "")) or _opens_again(line.text, after.text):
        return False
    if marked and _left_open(tail, head) and not after.blank_before:
        return True
    if (
        (marked or layout.spaced)
        and _BROKEN_NUMBER.search(tail)
        and _goes_with_number(head)
        and not _YEAR_TAIL.search(tail)
    ):
        return True
    if marked and tail.endswith(words("governs_number")) and first in DIGITS:
        return True
    if (marked or layout.spaced) and (
        (_YEAR_TAIL.search(tail) and _YEAR_HEAD.match(head)) or _YEARS.search(tail[-6:] + head[:7])
    ):
        return True
    if not layout.wrapped(a) or not layout.full(a) or _breaks_paragraph(layout, b):
        return False
    if not inside and layout.other_column(a, b):
        return False
    # A short line without any punctuation that does not fill its column is a heading, not a continuation.
    return bool(after.finished or inside or STATEMENT_SIGN.search(after.text) or layout.full(b))


def _breaks_paragraph(layout: Layout, b: int) -> bool:
    """Where paragraphs are indented, an indented line begins one."""
    return layout.indented and layout.lines[b].indent >= 2


def _same_paragraph(layout: Layout, a: int, b: int) -> bool:
    """A sentence that happens to end where the column does: the paragraph goes on in the next line."""
    after = layout.lines[b]
    if after.blank_before or after.indent >= 2 or layout.columned or not (layout.indented or layout.spread):
        return False
    if after.text.startswith("——") or layout.looks[a] not in ("text", "item"):
        return False
    if not (after.finished or PUNCTUATION.search(after.text) or layout.fills_line(b)):
        return False  # a heading
    return layout.wrapped(a) and layout.fills_line(a)
