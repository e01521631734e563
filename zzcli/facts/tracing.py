"""Where a figure's name and area were read: in its own sentence, or carried to it from one before.

Spans cut the clean text. A name is looked for as it stands, then as two stretches (住宅 … 销售面积); what was put
together in another way is not found, and nothing is said of it.
"""

from __future__ import annotations

from bisect import bisect_right

from zzcli.facts.figures import Figure
from zzcli.mentions.names import find_areas
from zzcli.reading.reflow import Text
from zzcli.span import Span

_REACH = 1200  # characters before a number in which its name is looked for
_LONG = 60  # characters of a name that is looked for as a whole only
_BEHIND = 40  # characters behind it
# Rules that may take a name, or a part of it, from a sentence before.
CARRYING = frozenset({"carried", "generic", "part-of-whole", "share", "distribution", "ratio"})


def name_of(text: Text, figure: Figure) -> tuple[Span, ...]:
    """The words that the figure's name was read from, one stretch or two; empty where they do not stand so.

    The nearest before the number are taken, then those behind it, then those of the sentences before in its paragraph.
    """
    name = figure.indicator
    if not name:
        return ()
    block = text.blocks[max(bisect_right(text.blocks, figure.start, key=lambda block: block.start) - 1, 0)]
    first = max(block.start, figure.start - _REACH)
    last = min(block.end, figure.end + _BEHIND)
    if whole := _find(text.clean, name, figure, first, last):
        return (whole,)
    for cut in range(len(name) - 1, 0, -1) if len(name) <= _LONG else ():
        head = _find(text.clean, name[:cut], figure, first, last) if cut > 1 else None
        tail = _find(text.clean, name[cut:], figure, first, last) if head else None
        if head and tail:
            return head, tail
    return ()


def area_of_figure(text: Text, figure: Figure) -> Span | None:
    """Where the sentence of a figure names its area; None where it was carried there or is the document's own."""
    names = (figure.area or "").split("、")
    found = [area for area in find_areas(figure.sentence.of(text.clean)) if area.name in names]
    if not found:
        return None
    start = figure.sentence.start
    return Span(start + found[0].start, start + found[-1].end)


def _find(clean: str, words: str, figure: Figure, first: int, last: int) -> Span | None:
    own = max(first, figure.sentence.start)
    start = clean.rfind(words, own, figure.start)
    if start < 0:
        start = clean.find(words, figure.end, min(last, figure.sentence.end))
    if start < 0:
        start = clean.rfind(words, first, own)
    return None if start < 0 else Span(start, start + len(words))
