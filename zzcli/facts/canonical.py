"""One name for all the names of a statistic: to compare and to find by, never shown in place of a document's words.

    >>> canonical("全市GDP") == canonical("地区生产总值") == canonical("生产总值")
    True

Two names are the same where the lexicon says so (``synonyms`` of ``indicators.toml``), and nothing is guessed: a part
is not its whole, and what is only often the same is not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from zzcli.facts import naming
from zzcli.lexicon import table
from zzcli.patterns import compiled, either

CHANGES = ("growth", "difference")  # measures that say of themselves what 增速 and its like say

_NOTHING = compiled(r"[\s\"“”‘’'「」『』《》的]+")


@lru_cache(maxsize=8192)
def canonical(indicator: str, measure: str | None = None) -> str:
    """The name that stands for all names of a statistic; with a ``measure`` of change also without 增速 and its like.

    A rank by growth (增速居第三) is another than one by size, so there the word stays.

    >>> canonical("GDP增速", "growth") == canonical("GDP"), canonical("GDP增速", "rank") == canonical("GDP")
    (True, False)
    """
    name = _settled(naming.strip(_folded(indicator)))
    if measure in CHANGES and (bare := _rate().sub("", name)):
        name = _settled(naming.strip(bare))
    return name


def same(one: str, other: str, measure: str | None = None) -> bool:
    """Whether two names are those of one statistic."""
    return canonical(one, measure) == canonical(other, measure)


def matches(term: str, indicator: str | None, measure: str | None = None) -> bool:
    """Whether a filter for ``term`` takes an indicator: it holds the term, by any of its names.

    Without the ``measure`` 增速 and its like behind a term do not count.

    >>> matches("GDP", "地区生产总值"), matches("工业增加值", "规上工业增加值"), matches("出口", "进出口总额")
    (True, True, False)
    """
    if indicator is None:
        return False
    wanted = canonical(term, measure or CHANGES[0]), canonical(indicator, measure)
    return _holds(_folded(indicator), _folded(term)) or _holds(wanted[1], wanted[0])


def telling(name: str) -> bool:
    """Whether a canonical name tells enough to know the statistic by it in another document: 投入 and 增速 do not.

    >>> telling(canonical("出口额")), telling(canonical("企业")), telling(canonical("总规模"))
    (True, False, False)
    """
    if naming.generic_of(name):
        return False
    return len(name) > 2 or name in _names().values()


def _holds(name: str, part: str) -> bool:
    """Whether a part stands in a name and cuts no word of it that is not to be cut."""
    if not part:
        return False
    whole = [match.span() for match in _unbroken().finditer(name)]
    start = name.find(part)
    while start >= 0:
        ends = (start, start + len(part))
        if not any(first < end < last for first, last in whole for end in ends):
            return True
        start = name.find(part, start + 1)
    return False


def _folded(name: str) -> str:
    """A name without what tells no two names apart: width, case, white space, quotation marks, 的."""
    return _NOTHING.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _settled(name: str) -> str:
    """A folded name by the one that stands for all of its names."""
    name = _exchanged(name)
    return _names().get(name, name)


def _exchanged(name: str) -> str:
    """A folded name with its words, then its ending, exchanged for those that stand for all."""
    for kind in ("words", "endings"):
        pattern, chosen = _chosen(kind)
        name = pattern.sub(lambda match, chosen=chosen: chosen[match[0]], name)  # type: ignore[misc]
    return name


@cache
def _chosen(kind: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The other words or endings in one pattern, and for each the one that stands for all."""
    chosen: dict[str, str] = {}
    for name, others in table("indicators")["synonyms"][kind].items():
        chosen |= {_folded(other): _folded(name) for other in (name, *others)}
    return compiled(rf"(?:{either(chosen)}){'$' if kind == 'endings' else ''}"), chosen


@cache
def _names() -> dict[str, str]:
    """For each whole name the one that stands for all, both as they are once their words are exchanged."""
    names: dict[str, list[str]] = table("indicators")["synonyms"]["names"]
    return {_exchanged(_folded(other)): _exchanged(_folded(name)) for name, others in names.items() for other in others}


@cache
def _rate() -> re.Pattern[str]:
    return compiled(rf"(?:{either(table('indicators')['rates'])})$")


@cache
def _unbroken() -> re.Pattern[str]:
    return compiled(either(table("indicators")["synonyms"]["unbroken"]))
