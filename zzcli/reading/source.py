"""A document as taken out of its file: the text that all places count in, and where its pages begin.

A text file is its text as decoded. Of a web page, a Word or a PDF file it is what ``html``, ``docx`` and ``pdf`` take
out of it: a line for a paragraph, or for a row of a table with a tab between its cells.
"""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct

from zzcli.language import say


class Source(Struct, frozen=True):
    """A document as decoded or taken out of its file.

    Attributes:
        name: what records call it.
        text: what their places count in.
        encoding: what the text was decoded from; None where the format settles it.
        format: ``text``, ``markdown``, ``html``, ``docx`` or ``pdf``.
        pages: where each page begins in the text, from the first; one without text begins where the next does. Empty
            where there are none.
        paragraphs: where each paragraph begins, those of tables among them, in the same way.
        notes: what could not be read of it, a line each, that begins with its name.
    """

    name: str
    text: str
    encoding: str | None
    format: str = "text"
    pages: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def page(self, offset: int) -> int | None:
        """The page, counted from 1, of the character at ``offset``; None where there are no pages."""
        return bisect_right(self.pages, offset) or None

    def paragraph(self, offset: int) -> int | None:
        """The paragraph, counted from 1, of the character at ``offset``; None where they are not counted."""
        return bisect_right(self.paragraphs, offset) or None


def shown(path: str) -> str:
    """What messages call the file at ``path``: in one line, and without what would steer a terminal."""
    name = say("standard input") if path == "-" else path
    return name if name.isprintable() else ascii(name)


UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""For ``translate``: takes out the characters that nobody sees, which editors leave inside words and numbers."""

SMALL = {"sup": "⁰¹²³⁴⁵⁶⁷⁸⁹", "sub": "₀₁₂₃₄₅₆₇₈₉"}
"""The digits that are written above and below the line."""


def small(place: str, text: str) -> str:
    """What is written above (``sup``) or below (``sub``) the line: numbers as such, lest they go on the one before.

    >>> "35万m" + small("sup", "2"), "1203.5" + small("sup", "[1]")
    ('35万m²', '1203.5[1]')
    """
    written = text.strip()
    return written.translate(str.maketrans("0123456789", SMALL[place])) if written.isdecimal() else text
