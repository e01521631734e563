"""A document as taken out of its file: the text that all places count in, and where its pages begin.

A text file is its text as decoded. Of a web page, a Word or a PDF file it is what ``html``, ``docx`` and ``pdf`` take
out of it: a line for a paragraph, or for a row of a table with a tab between its cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct

from zzcli.language import say
from zzcli.patterns import compiled


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


# What Unicode calls default-ignorable, but for the fillers of Hangul, which are as wide as a letter.
UNSEEN = (
    r"\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufff8"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""For the brackets of a pattern: characters that nobody sees, which editors and strangers leave inside words and
numbers: soft hyphens, zero-width and bidirectional marks, variation selectors, tags."""

FILLERS = r"\u115f\u1160\u3164\uffa0"
"""For the brackets of a pattern: letters of Hangul that are blank, and as wide as others."""

CONTROLS = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\ufffb"
"""For the brackets of a pattern: controls that are no white space."""

HIDDEN = compiled(
    rf"""
    [{CONTROLS}{UNSEEN}] (?:                                # first, as the engine looks for it at its quickest
      (?<=\x1b) (?:
        \[ [0-?]{{0,64}}+ [ -/]{{0,8}}+ [@-~]                  # the colours of a terminal
      | \] [^\x07\x1b\r\n]{{0,4000}}+ (?: \x07 | \x1b\\ )     # a link in it, its clipboard
      | [PX^_] [^\x1b\r\n]{{0,4000}}+ \x1b\\ )                # and other strings that it obeys
    )?
    """,
    re.VERBOSE,
)
"""What takes no room where a text is shown: ``UNSEEN`` characters, controls, and what is said to a terminal. Nobody
reads it, so no word, number or date is broken by it."""


def unhidden(text: str) -> str:
    """The text without what is ``HIDDEN`` in it.

    >>> unhidden("12\u200b03.5亿元")
    '1203.5亿元'
    """
    return HIDDEN.sub("", text)


SMALL = {"sup": "⁰¹²³⁴⁵⁶⁷⁸⁹", "sub": "₀₁₂₃₄₅₆₇₈₉"}
"""The digits that are written above and below the line."""


def small(place: str, text: str) -> str:
    """What is written above (``sup``) or below (``sub``) the line: numbers as such, lest they go on the one before.

    >>> "35万m" + small("sup", "2"), "1203.5" + small("sup", "[1]")
    ('35万m²', '1203.5[1]')
    """
    written = text.strip()
    return written.translate(str.maketrans("0123456789", SMALL[place])) if written.isdecimal() else text
