"""Numerals → Decimal.

``read_numeral`` reads the numeral that starts at one place of a text: Arabic digits (1,234.5), Chinese numerals in
every form (三百四十, 七八十, 两千余, 二〇二四, 壹佰) and mixtures of both (1万6千多, 1.37万亿). It knows no units and
decides nothing about names: whether 十一 is a number, a holiday or a plan is for the caller.

The text must be ``plain``: full-width digits and signs folded to ASCII, one character for one, so that places stay.
Values are exact; a numeral of more than ``LONGEST`` digits is left out (``None``), never rounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from zzcli.patterns import compiled
from zzcli.span import Span

LONGEST: Final = 10_000

# Wide enough for the longest numeral times every multiplier, so that no operation rounds.
EXACT: Final = Context(
    LONGEST + 100, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, traps=[InvalidOperation, DivisionByZero, Overflow]
)

Given = ParamSpec("Given")
Found = TypeVar("Found")


def exactly(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """A function that reckons in ``EXACT``, whatever the caller reckons in.

    >>> with localcontext(prec=2):
    ...     exactly(lambda value: -value)(Decimal("1203.5"))
    Decimal('-1203.5')
    """

    @wraps(function)
    def exact(*given: Given.args, **named: Given.kwargs) -> Found:
        with localcontext(EXACT):
            return function(*given, **named)

    return exact


# The zero of each script that writes numbers by ten digits: Arabic ٠, Devanagari ०, Thai ๐, full-width, the bold and
# double-struck ones of mathematics and so on. The other nine follow it.
_ZEROS: Final = (
    *(0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20),
    *(0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0),
    *(0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0),
    *(0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0),
    *(0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0),
)
DECIMAL_DIGITS: Final = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
"""The digits of other scripts, for ``str.translate``."""

# The full-width comma stays: it is punctuation first and a thousands sign only where the grouping is right.
_PLAIN: Final = DECIMAL_DIGITS | str.maketrans(
    {chr(0xFF21 + n): chr(0x41 + n) for n in range(26)}
    | {chr(0xFF41 + n): chr(0x61 + n) for n in range(26)}
    | dict(zip("．％／⁄∕＋（）［］＄＞＜＝＾＃", ".%///+()[]$><=^#", strict=True))
    | dict(zip("－−–‐‑‒﹣", "-------", strict=True))
    | dict(zip("～〜∼˜〰", "~~~~~", strict=True))
    | dict(zip("―─━﹘", "————", strict=True))
    | dict(zip("\u3000\u00a0\u2009\u202f\u2002\u2003", "      ", strict=True))
    | dict(zip("萬億兩點陸貳叄碼", "万亿两点陆贰叁码", strict=True))
)


def plain(text: str) -> str:
    """``text`` with full-width digits and signs folded to ASCII; each character keeps its place.

    >>> plain("１２．５％")
    '12.5%'
    """
    return text.translate(_PLAIN)


CHINESE_DIGITS: Final = {
    **{c: n for n, c in enumerate("零一二三四五六七八九")},
    **{c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "〇": 0,
    "○": 0,
    "两": 2,
    "叁": 3,
    "幺": 1,
}
FORMAL: Final = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
_SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8}
_TENS: Final = {"廿": 20, "卅": 30, "卌": 40}
_ARABIC: Final = frozenset("0123456789")
_NUMERIC: Final = frozenset(CHINESE_DIGITS) | frozenset(_SMALL) | frozenset(_LARGE) | frozenset(_TENS)

DIGITS: Final = compiled(
    r"""
    (?:
        \d{1,3} (?: [,，]\d{3} ){1,8}+ (?! \d | [,，]\d{3} )   # 1,234,567 and 1，234: groups of exactly three
      | (?<! ['’‘\d] ) \d{1,3} (?: ['’]\d{3} ){1,8}+ (?! ['’\d] )   # 1'234'567; not ‘618’100家
      | \d++
    )
    (?: \.\d++ )?
  | \.\d++                                                   # .77: the caller says where a number may begin so
    """,
    re.VERBOSE | re.ASCII,
)
# A scanner's 9 0 . 6 8: every digit by itself. Taken as one number only with a spaced point or a percent sign after it,
# so that a row of one-digit cells (3 5 8) stays a row.
_SPACED: Final = compiled(
    r"""
    \d (?:[ ]\d(?!\d)){0,30}+ [ ]?\.[ ]? \d(?!\d) (?:[ ]\d(?!\d)){0,30}+     # 9 0 . 6 8
  | \d (?:[ ]\d(?!\d)){1,30}+ (?= [ ]{0,2} \\? % )                          # 2 0 %
    """,
    re.VERBOSE | re.ASCII,
)
_SPACED_POINT: Final = compiled(r"\d{1,40}+ \. ?\d++", re.ASCII)  # 1853 .63
_SPACED_GROUPS: Final = compiled(r"\d{1,3}(?: \d{3}){1,8}+(?:\.\d{1,9})?(?!\d)(?= ?[万亿%]|[一-鿿])", re.ASCII)
_APART: Final = str.maketrans("", "", ",，'’ ")  # what parts groups of digits
_UNGROUPED: Final = compiled(r"\d++(?:\.\d++)?", re.ASCII)
_RUN: Final = compiled(r"\d++", re.ASCII)
# What follows digits directly in a plain number; 3千多亿 goes the long way.
# 15k元: a letter is a multiplier only where the currency behind it says so.
_SCALE: Final = compiled(r"(?P<blank>[ \n]{0,2})(?P<scale>万亿|亿|万)|(?P<letter>[kw])(?=元)")
_SCALES: Final = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "k": 10**3, "w": 10**4}
_ABOUT: Final = frozenset("多余来")
# 余额, 多边, 多元化: what stands after 余, 多 or 来 and makes a word of its own with it.
_ABOUT_WORD: Final = compiled(
    r"""
    余 [额地下热粮量杭姚]
  | 多 (?: [于样功方云边媒少数伦党] | 哈(?!萨) | 元 [化性素醇] )       # 2亿多元 is a sum
  | 来 [自源说看到华临往水访年]
    """,
    re.VERBOSE,
)
_HUNDRED_MILLION: Final = 10**8
_ROUND_TENS: Final = frozenset(range(10, 100, 10))


class Numeral(Span, frozen=True):
    """A numeral in a text.

    ``value_max`` is the upper end of an approximate numeral (七八十 → 70, 80). ``relation`` is ``>`` for 余 多 几 数
    and ``~`` for 来. ``scales`` are the multipliers at its end, largest first and 1 last: what a number before it in a
    range may share (3—5万). ``form`` is ``digits`` (begins with an Arabic digit), ``words`` or ``multiplier`` (千亿:
    nothing but multipliers). Flags: ``vague`` (几十, 数百), ``blank`` (a blank before the multiplier was read over),
    ``string`` (二〇二四).
    """

    value: Decimal
    value_max: Decimal | None = None
    relation: str = "="
    scales: tuple[int, ...] = (1,)
    form: str = "digits"
    flags: tuple[str, ...] = ()


def exact(digits: str) -> Decimal | None:
    """The Decimal of ASCII digits with at most one point; ``None`` if there are too many.

    >>> exact("49.50")
    Decimal('49.50')
    """
    return None if len(digits) > LONGEST else Decimal(digits)


def times(value: Decimal, factor: int | Decimal) -> Decimal:
    """The exact product, written without a positive exponent.

    >>> times(Decimal("1.37"), 10**12)
    Decimal('1370000000000')
    """
    return value if factor == 1 else _tidy(EXACT.multiply(value, Decimal(factor)))


def _tidy(value: Decimal) -> Decimal:
    """The same value without zeros behind the point of a whole number and without a positive exponent."""
    whole = EXACT.to_integral_value(value)
    return EXACT.quantize(whole, Decimal(1)) if whole == value else EXACT.normalize(value)


def read_numeral(text: str, start: int, *, blanks: bool = True) -> Numeral | None:
    """The numeral that starts at ``start`` of a plain text, as long as the grammar goes; no sign, no unit.

    ``blanks=False`` reads over no blank between the digits and 万 or 亿.

    >>> read_numeral("1.37万亿", 0).value
    Decimal('1370000000000')
    >>> n = read_numeral("七八十", 0); (n.value, n.value_max)
    (Decimal('70'), Decimal('80'))
    >>> n = read_numeral("两千余", 0); (n.value, n.relation)
    (Decimal('2000'), '>')
    """
    if text[start] in _ARABIC or text[start] == ".":
        return _read_digits(text, start, blanks)
    return _Words(text, start).read()


def _read_digits(text: str, start: int, blanks: bool) -> Numeral | None:
    """Arabic digits, then 余, 多, 万, 亿; anything richer goes on as a mixed numeral."""
    end, written = _digits(text, start)
    value = exact(written)
    if value is None:
        return None
    flags: tuple[str, ...] = ()
    following = text[end : end + 1]
    # 1万6千, 3千多, 1百01: multipliers inside, read like Chinese numerals.
    if following and (following in _SMALL or following in "万亿点个") and end - start <= 24 and _goes_on(text, end):
        mixed = _Words(text, start).read()
        if mixed is not None and mixed.end > end:
            return mixed
    relation = "="
    if following in _ABOUT and _is_about(text, end, value):
        relation = "~" if following == "来" else ">"
        end += 1
    elif following == " " and blanks and text[end + 1 : end + 2] in ("余", "多") and _is_about(text, end + 1, value):
        relation, flags, end = ">", ("blank",), end + 2  # 30 余家
    elif following == "几" and value in _ROUND_TENS and text[end + 1 : end + 2] not in _NUMERIC:
        relation, flags, end = ">", ("vague",), end + 1  # 10几个
    scale = 1
    match = _SCALE.match(text, end) if text[end : end + 1] in " \n万亿kw" else None
    if match and (blanks or not match["blank"]):
        scale = _SCALES[match["scale"] or match["letter"]]
        flags = ("blank",) if match["blank"] else flags
        end = match.end()
        mark = text[end : end + 1]
        # 12 万余人: with a blank, what is usually read as a mixed numeral comes here.
        if relation == "=" and mark in _ABOUT and not _ABOUT_WORD.match(text, end):
            relation, end = ("~" if mark == "来" else ">"), end + 1
    scales = (scale, 1) if scale > 1 else (1,)
    return Numeral(start, end, times(value, scale), relation=relation, scales=scales, flags=flags)


def _goes_on(text: str, at: int) -> bool:
    """Whether there is more of a numeral behind the multiplier at ``at`` than 万, 亿 and 万亿."""
    if text[at] not in _LARGE:
        return True
    at += 2 if text.startswith("万亿", at) else 1
    following = text[at : at + 1]
    return following in _NUMERIC or following in _ARABIC or following in _ABOUT


def _digits(text: str, start: int) -> tuple[int, str]:
    """End of the run of digits at ``start`` and its digits without commas and blanks."""
    # 27,47,147: behind a digit and a comma stands the next number of a list, which has no groups of its own.
    listed = start > 1 and text[start - 1] in ",，" and text[start - 2] in _ARABIC
    match = (_UNGROUPED if listed else DIGITS).match(text, start)
    assert match is not None
    if text[match.end() : match.end() + 1] == " ":
        spaced = _SPACED.match(text, start) or _SPACED_POINT.match(text, start) or _SPACED_GROUPS.match(text, start)
        if spaced and spaced.end() > match.end():
            match = spaced
    written = match.group()
    return match.end(), written if written.isdecimal() else written.translate(_APART)


def _is_about(text: str, place: int, value: Decimal) -> bool:
    """Whether 余, 多 or 来 at ``place`` rounds the number before it: 340多项, 20余处; not 5多 nor 5000余额."""
    if _ABOUT_WORD.match(text, place):
        return False
    return value >= 10 and (value % 10 == 0 if value < _HUNDRED_MILLION else True)


_Pair = tuple[Decimal, Decimal]
_NOTHING: Final[_Pair] = (Decimal(0), Decimal(0))


def _add(a: _Pair, b: _Pair) -> _Pair:
    return EXACT.add(a[0], b[0]), EXACT.add(a[1], b[1])


def _scale(a: _Pair, factor: int) -> _Pair:
    return EXACT.multiply(a[0], Decimal(factor)), EXACT.multiply(a[1], Decimal(factor))


class _Words:
    """Reads one Chinese or mixed numeral from left to right.

    The value so far is kept in four places, each a pair (low, high) because 七八十 is two numbers at once: ``high``
    above 亿, ``middle`` above 万, ``low`` below, and ``coefficient``, the digits whose multiplier has not come yet.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.at = text, start, start
        self.high = self.middle = self.low = _NOTHING
        self.coefficient: _Pair | None = None
        self.smallest = 10**4  # multipliers below 万 must fall: 三百四十
        self.ten_thousands = self.hundred_millions = False  # each of 万 and 亿 comes once: 三亿四千万
        self.tail: list[int] = []  # the multipliers at the end
        self.last = 0  # the last multiplier
        self.zero = self.arabic = self.string = self.fraction = False
        self.alone = True  # nothing but multipliers so far
        self.relation = "="
        self.vague = self.closed = False

    def read(self) -> Numeral | None:
        text, size = self.text, len(self.text)
        # No numeral is longer; a longer run of digit characters is read by _string in one piece.
        while self.at < size and self.at - self.start < LONGEST:
            char = text[self.at]
            if not (
                (char in CHINESE_DIGITS and self._digit(char))
                or (char in _ARABIC and self._arabic())
                or (char in _TENS and self._tens(char))
                or (char in _SMALL and self._small(char))
                or (char in _LARGE and self._large(*self._multiplier(char)))
                or (char == "点" and self._point())
                or (char in "几数" and self._few(char))
                or (char in _ABOUT and self._about(char))
                or (char == "个" and text[self.at + 1 : self.at + 2] in ("亿",) and self._large(10**8, 2))
            ):
                break
        return self._numeral()

    def _numeral(self) -> Numeral | None:
        if self.at == self.start:
            return None
        low, high = _add(_add(self.high, self.middle), self.low)
        if self.coefficient is not None:
            # 两万五 is 25000: a last digit counts the next place, unless 零 stands before it.
            place = self.last // 10 if self._short() else 1
            step = _scale(self.coefficient, place)
            low, high = EXACT.add(low, step[0]), EXACT.add(high, step[1])
            self.tail = []
        scales = []
        product = 1
        for multiplier in reversed(self.tail):
            product *= multiplier
            scales.append(product)
        form = "multiplier" if self.alone else "digits" if self.text[self.start] in _ARABIC else "words"
        flags = (*(("vague",) if self.vague else ()), *(("string",) if self.string else ()))
        return Numeral(
            self.start,
            self.at,
            _tidy(low),
            value_max=_tidy(high) if high != low else None,
            relation=self.relation,
            scales=(*reversed(scales), 1),
            form=form,
            flags=flags,
        )

    def _short(self) -> bool:
        return self.last >= 100 and not (self.zero or self.arabic or self.fraction)

    # Each step returns whether it took its character; if not, the numeral ends before it.

    def _digit(self, char: str) -> bool:
        text, at = self.text, self.at
        if self.coefficient is not None or self.closed:
            return False
        end = at
        while end < len(text) and text[end] in CHINESE_DIGITS and end - at <= LONGEST:
            end += 1
        run = [CHINESE_DIGITS[c] for c in text[at:end]]
        begins = at == self.start
        if run[0] == 0 and not begins:
            # 一万零五百, 一万零百一十一, 四千零3十: its digit may be missing or Arabic. 零 at the end is no part of it.
            follows = text[at + 1 : at + 2]
            self.zero = len(run) > 1 or (follows != "" and (follows in "十百" or follows in _ARABIC))
            self.at += self.zero
            return self.zero
        following = text[end : end + 1]
        if len(run) == 1:
            self.coefficient = (Decimal(run[0]), Decimal(run[0]))
        elif (
            len(run) == 2
            and (run[1] == run[0] + 1 or run == [3, 5])
            and run[0]
            and following != "点"
            and text[at] not in FORMAL
        ):
            self.coefficient = (Decimal(run[0]), Decimal(run[1]))  # 七八十, 三五百
        elif begins and following not in _SMALL and end - at <= LONGEST:
            number = Decimal("".join(map(str, run)))  # 二〇二四: digit by digit
            self.coefficient, self.string = (number, number), True
        else:
            self.coefficient, self.closed, end = (
                (Decimal(run[0]), Decimal(run[0])),
                begins,
                at + 1,
            )  # 一九百 is no numeral
        self.arabic, self.alone, self.at = False, False, end
        return True

    def _arabic(self) -> bool:
        if self.coefficient is not None or self.closed:
            return False
        match = DIGITS.match(self.text, self.at)
        assert match is not None
        written = match.group().translate(_APART)
        value = exact(written)
        if value is None:
            return False
        if self.last:
            following = self.text[match.end() : match.end() + 1]
            scaled = following in _SMALL or following in _LARGE
            # 1万600; not 5万2024年, where a date begins.
            if (
                value >= self.last
                or (following and following in "年月日-")
                or not (scaled or len(written) > 1 or self.zero)
            ):
                return False
            if "." in written and not scaled:
                return False
        self.coefficient, self.arabic, self.alone, self.at = (value, value), True, False, match.end()
        return True

    def _tens(self, char: str) -> bool:
        if self.coefficient is not None or self.smallest <= 10 or self.closed:
            return False
        self.low = _add(self.low, (Decimal(_TENS[char]), Decimal(_TENS[char])))
        self.smallest, self.last, self.tail, self.alone, self.at = 10, 10, [], False, self.at + 1
        return True

    def _small(self, char: str) -> bool:
        multiplier = _SMALL[char]
        if multiplier >= self.smallest or self.closed or self.string:
            return False
        if self.coefficient is None:
            if self.at != self.start and not self.zero and not (multiplier == 10 and self.last >= 100):
                return False
            self.coefficient = (Decimal(1), Decimal(1))
            self.alone = self.alone and multiplier > 10
            self.tail = []
        else:
            self.tail = []
        if self.relation != "=" and not self.vague:
            return False
        self.tail.append(multiplier)
        self.low = _add(self.low, _scale(self.coefficient, multiplier))
        self.coefficient, self.smallest, self.last, self.zero = None, multiplier, multiplier, False
        self.arabic = False
        self.at += 1
        return True

    def _multiplier(self, char: str) -> tuple[int, int]:
        """万 or 亿 and its length; 四万万, 9.3亿亿次: doubled it is squared. Three of them are no number."""
        doubled = self.text.startswith(char * 2, self.at) and not self.text.startswith(char * 3, self.at)
        return (_LARGE[char] ** 2, 2) if doubled else (_LARGE[char], 1)

    def _large(self, multiplier: int, width: int) -> bool:
        if self.ten_thousands if multiplier == 10**4 else self.hundred_millions:
            return False
        section = self.low if self.coefficient is None else _add(self.low, self.coefficient)
        if multiplier >= 10**8:
            section = _add(self.middle, section)
        if section == _NOTHING:
            if self.at != self.start:
                return False
            section = (Decimal(1), Decimal(1))
        if self.coefficient is not None or not self.last:
            self.tail = []
        if multiplier >= 10**8:
            self.high, self.middle, self.hundred_millions = _scale(section, multiplier), _NOTHING, True
        else:
            self.middle = _scale(section, multiplier)
        self.ten_thousands = multiplier == 10**4
        self.low, self.coefficient = _NOTHING, None
        self.tail.append(multiplier)
        self.smallest, self.last = 10**4, multiplier
        self.zero = self.closed = self.arabic = self.fraction = False
        self.at += width
        return True

    def _point(self) -> bool:
        text, at = self.text, self.at
        if self.fraction or self.closed or (self.coefficient is None and not self.last):
            return False
        end = at + 1
        if text[end : end + 1] in _ARABIC and text[end : end + 1]:
            match = _RUN.match(text, end)
            digits = match.group() if match else ""
            end += len(digits)
        else:
            while end < len(text) and text[end] in CHINESE_DIGITS and text[end] != "两" and end - at < LONGEST:
                end += 1
            digits = "".join(str(CHINESE_DIGITS[c]) for c in text[at + 1 : end])
        # 八点三十分, 三点二十: a clock.
        if (
            not digits
            or len(digits) > LONGEST
            or (text[end : end + 1] and text[end : end + 1] in "分刻十" and not text.startswith("分之", end))
        ):
            return False
        part = Decimal(f"0.{digits}")
        self.coefficient = _add(self.coefficient or _NOTHING, (part, part))
        self.fraction, self.at = True, end
        return True

    def _few(self, char: str) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if self.at == self.start:  # 几十, 数百
            if not following or (following not in _SMALL and following not in _LARGE):
                return False
            self.coefficient = (Decimal(1), Decimal(1))
        elif char == "数" or self.coefficient is not None or self.last != 10 or self.closed:  # 十几
            return False
        else:
            self.closed = True
        self.vague, self.alone, self.relation, self.at = True, False, ">", self.at + 1
        return True

    def _about(self, char: str) -> bool:
        """余 多 来 after a multiplier (一万六千多) or after round digits (400余万)."""
        if self.closed or _ABOUT_WORD.match(self.text, self.at) or self.string or (self.fraction and not self.last):
            return False
        if self.coefficient is not None and not (
            self.arabic and self.coefficient[0] >= 10 and self.coefficient[0] % 10 == 0
        ):
            return False
        if self.coefficient is None and not self.last:
            return False
        self.relation, self.closed, self.at = ("~" if char == "来" else ">"), True, self.at + 1
        return True
