"""A sentence cut into clauses, each number seen between its neighbours.

Chinese statistics put a number at the end of what it measures, and the next number's name begins where the last
number ended: “工业投资500亿元，增长8%、民间投资增长9%”. So each quantity is read with the words since the mark,
bracket or number before it (``before``) and those up to the next (``after``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from zzcli.mentions.quantities import Quantity
from zzcli.patterns import compiled
from zzcli.span import Span

_MARK = compiled(r"[，,；;：:。！？!?（）()《》▲▶◆●■]|——")
_CLOSING = {"（": "）", "(": ")", "《": "》"}
_LONGEST_ASIDE = 120  # a bracket that closes later than this was never closed


class Clause(Span, frozen=True):
    """A stretch between two marks; ``mark`` is the one before it, ``""`` at the head of a sentence.

    ``aside`` is true inside brackets. ``cuts`` are the asides that stand in it and hold numbers of their own.
    """

    mark: str
    aside: bool
    cuts: tuple[Span, ...]


class Seat(Struct, frozen=True):
    """A quantity where it stands: its clause, the words before it and the words after it (clean text offsets)."""

    quantity: Quantity
    clause: Clause
    before: Span
    after: Span
    first: bool  # the first number of its clause


def split(text: str, sentence: Span, kept: Sequence[Span], numbered: Sequence[Span]) -> list[Clause]:
    """Cut ``sentence`` at its marks, leaving the spans ``kept`` whole.

    Brackets that hold one of the ``numbered`` spans become clauses of their own; others stay words of theirs.
    """
    clauses: list[Clause] = []
    start, mark, at = sentence.start, "", sentence.start
    cuts: list[Span] = []
    whole = iter(sorted(kept, key=lambda s: s.start))
    keep = next(whole, None)
    for match in _MARK.finditer(text, sentence.start, sentence.end):
        if match.start() < at:
            continue
        while keep is not None and keep.end <= match.start():
            keep = next(whole, None)
        if keep is not None and keep.start <= match.start():
            continue
        sign = match.group()
        if sign in _CLOSING:
            end = text.find(_CLOSING[sign], match.end(), min(sentence.end, match.end() + _LONGEST_ASIDE))
            if end < 0:
                continue
            at = end + 1
            inside = Span(match.end(), end)
            if sign != "《" and any(n.start >= inside.start and n.end <= inside.end for n in numbered):
                cuts.append(Span(match.start(), at))
                clauses.append(Clause(inside.start, inside.end, sign, True, ()))
            continue
        if sign in "）)》":
            continue
        clauses.append(Clause(start, match.start(), mark, False, tuple(cuts)))
        start, mark, at, cuts = match.end(), sign, match.end(), []
    clauses.append(Clause(start, sentence.end, mark, False, tuple(cuts)))
    return [c for c in clauses if c.start < c.end]


def seats(clauses: list[Clause], quantities: Sequence[Quantity]) -> list[Seat]:
    """Seat each quantity in its clause; those that stand in none (inside 《》) are left out."""
    found: list[Seat] = []
    starts = [quantity.start for quantity in quantities]
    for clause in clauses:
        mine = [
            quantity
            for quantity in quantities[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
            if quantity.end <= clause.end and not any(cut.start <= quantity.start < cut.end for cut in clause.cuts)
        ]
        for i, quantity in enumerate(mine):
            left = mine[i - 1].end if i else clause.start
            right = mine[i + 1].start if i + 1 < len(mine) else clause.end
            for cut in clause.cuts:
                if left < cut.end <= quantity.start:
                    left = cut.end
                if quantity.end <= cut.start < right:
                    right = cut.start
            found.append(Seat(quantity, clause, Span(left, quantity.start), Span(quantity.end, right), i == 0))
    return sorted(found, key=lambda seat: seat.quantity.start)
