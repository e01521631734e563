"""Numbers as a reader meets them: as the document writes them, with their relation, sign and unit; plain strings."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from zzcli.patterns import compiled
from zzcli.views.formats import number
from zzcli.views.visible import one_line

if TYPE_CHECKING:
    from zzcli.facts.figures import Figure

MISREAD = "ocr"

# What says in the number itself that it is no exact one: 400余万, 七八十, 数千.
_INEXACT = compiled(r"[余多几数来]|[一二两三四五六七八九]{2}[十百千万]")
_MIRRORED = {">": "<", "≥": "≤", "<": ">", "≤": "≥"}
_SIGNS = str.maketrans("０１２３４５６７８９．＋－−－–—", "0123456789.+-----", ",，%％")
_MULTIPLIERS = (
    ("", 0),
    ("百", 2),
    ("千", 3),
    ("万", 4),
    ("十万", 5),
    ("百万", 6),
    ("千万", 7),
    ("亿", 8),
    ("万亿", 12),
)
# The unit is what stands behind the last numeral, before any stroke: 0.5 元/千瓦时.
_LAST_NUMERAL = compiled(
    r"((?:[^/\d〇零一二三四五六七八九十百千余多几]*+[\d〇零一二三四五六七八九十百千余多几])*+)(.*)", re.DOTALL
)
_ALONE = compiled(r"[^\u3400-\u9fffA-Za-z/]+")  # a cell without a unit of its own
_PLAIN = compiled(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_DIGITS = "〇一二三四五六七八九十"
_LETTERS = str.maketrans("OoIl", "0011")  # digits that a scanner takes for letters


def level_words(clean: str, figure: Figure) -> tuple[str, str]:
    """A level's number with its relation, and its unit with 万 or 亿: ``('≥49.51', '万户')``."""
    relation, numeral, unit = _as_written(clean, figure)
    return relation + numeral, unit


def change_words(clean: str, figure: Figure) -> str:
    """A growth, difference, contribution or rank: ``+5.8%``, ``≤ −1%``, ``第三``."""
    relation, numeral, unit = _as_written(clean, figure)
    sign = ""
    if (figure.measure in ("growth", "difference") or figure.value < 0) and numeral[:1] not in "-−－负+":
        sign = "−" if figure.value < 0 else "+" if figure.value else ""
    if figure.value < 0:
        relation = _MIRRORED.get(relation, relation)  # 下降1%以上: the growth is at most −1%
    relation = f"{relation} " if relation else ""
    return relation + sign + numeral + unit


def words(clean: str, figure: Figure) -> str:
    """A figure's number as its cell in a table shows it."""
    return "".join(level_words(clean, figure)) if figure.measure == "level" else change_words(clean, figure)


def readable(value: Decimal) -> str:
    """A number in 亿 or 万, exactly.

    >>> readable(Decimal(160000000000)), readable(Decimal("9999.5"))
    ('1600亿', '9999.5')
    """
    sign, digits, exponent = value.as_tuple()
    for multiplier, power in (("亿", 8), ("万", 4)):
        if value.copy_abs() >= 10**power and isinstance(exponent, int):
            return number(Decimal((sign, digits, exponent - power))) + multiplier
    return number(value)


def _as_written(clean: str, figure: Figure) -> tuple[str, str, str]:
    """The sign of the relation, the number as written and its unit with 万 or 亿: ``('', '49.51', '万户')``.

    What the number says in words needs no sign (400余万人次, 近亿元).
    """
    numeral, unit = _number_and_unit(figure)
    if figure.relation == "=" or _INEXACT.search(figure.written):
        return "", numeral, unit
    word = clean[max(figure.start - 1, 0) : figure.start]
    if numeral[0] in "十百千万亿" and word in tuple("近上超过逾破约"):
        return "", word + numeral, unit
    return figure.relation, numeral, unit


def _number_and_unit(figure: Figure) -> tuple[str, str]:
    """The number as written and its unit with 万 or 亿: ``('49.51', '万户')``."""
    written = one_line(figure.written)
    if MISREAD in figure.flags:
        written = _mended(written, figure)
    shared = "list" in figure.flags and _PLAIN.fullmatch(written)  # 分别为10、20和30亿元
    if figure.unit and (shared or (figure.rules[:1] == ("table",) and _ALONE.fullmatch(written))):
        return written, _multiplier(figure) + figure.unit
    unit = figure.unit if figure.unit and written.endswith(figure.unit) else ""
    stem = written[: len(written) - len(unit)]
    if not unit:
        stem, unit = _LAST_NUMERAL.fullmatch(written).groups()  # type: ignore[union-attr]
    numeral = stem.rstrip("万亿") or stem
    return numeral, stem[len(numeral) :] + unit


def _mended(written: str, figure: Figure) -> str:
    """A misread number as it must have stood: 第- → 第一, 9O.68% → 90.68%."""
    if written.startswith("第") and 0 < figure.value <= len(_DIGITS) - 1:
        return f"第{_DIGITS[int(figure.value)]}"
    return written.translate(_LETTERS)


def _multiplier(figure: Figure) -> str:
    """What the unit of a table's head multiplies a cell by, in words: 亿."""
    sign, digits, exponent = Decimal(figure.written.translate(_SIGNS)).as_tuple()
    assert isinstance(exponent, int)  # a finite number
    powers = ((word, exponent + power) for word, power in _MULTIPLIERS if any(digits))
    return next((word for word, power in powers if figure.value == Decimal((sign, digits, power))), "")
