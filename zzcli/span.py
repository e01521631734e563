"""Places in a text.

The one convention of place: a span is half-open, ``[start, end)``, and counts Unicode code points. Which text
it cuts is said by whoever hands it out: mentions cut the string they were found in, facts cut the reflowed
text, records cut the file as decoded.
"""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True):
    """A half-open stretch ``[start, end)`` of a text, in Unicode code points.

    >>> Span(2, 5).of("收入3亿元")
    '3亿元'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span cuts out."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end
