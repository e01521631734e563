"""PDF files as newspapers and offices print them: justified columns, headlines, tables."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT, DOWN = "STSong-Light", "Downwards"

pdfmetrics.registerFont(UnicodeCIDFont(FONT))
_downwards = UnicodeCIDFont(FONT, isVertical=True)
_downwards.fontName = _downwards.name = DOWN
pdfmetrics.registerFont(_downwards)

_PIECE = re.compile(r"[!-~]+|.")
_NEVER_FIRST = "，。、；：！？）”》"


def wrapped(text: str, width: float, size: float, indent: int = 2) -> list[str]:
    """The lines of a paragraph; numbers stay whole, and no line begins with a comma."""
    lines = [""]
    room = width - indent * size
    for piece in _PIECE.findall(text):
        if lines[-1] and piece not in _NEVER_FIRST and pdfmetrics.stringWidth(lines[-1] + piece, FONT, size) > room:
            lines.append("")
            room = width
        lines[-1] += piece
    return lines


class Printed:
    """A PDF file while it is made.

    Its Chinese font has no shapes, so pdfium leaves out a line on its side or of one character that has no other ones.
    """

    def __init__(self, width: float = 595, height: float = 842, password: str | None = None) -> None:
        self._file = io.BytesIO()
        locked = StandardEncryption(password) if password is not None else None
        self.canvas = Canvas(self._file, pagesize=(width, height), encrypt=locked, invariant=1)

    def line(self, x: float, y: float, text: str, size: float = 10, font: str = FONT) -> None:
        """A line that begins at ``x``."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def centred(self, y: float, text: str, size: float = 10, x: float = 297) -> None:
        """A line in the middle of the page."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(x, y, text)

    def set(self, lines: Sequence[str], x: float, y: float, width: float, size: float, **layout: float) -> float:
        """The lines of a paragraph, all but the last as wide as the column; where the next line belongs."""
        indent, step = layout.get("indent", 2), layout.get("step", 1.6)
        for at, line in enumerate(lines):
            inset = indent * size if at == 0 else 0
            spare = width - inset - pdfmetrics.stringWidth(line, FONT, size)
            writing = self.canvas.beginText(x + inset, y)
            writing.setFont(FONT, size)
            writing.setCharSpace(spare / (len(line) - 1) if at < len(lines) - 1 or layout.get("goes_on") else 0)
            writing.textOut(line)
            self.canvas.drawText(writing)
            y -= step * size
        return y

    def paragraphs(self, texts: Sequence[str], x: float, y: float, width: float, size: float = 10) -> float:
        """Paragraphs below each other in a column."""
        for text in texts:
            y = self.set(wrapped(text, width, size), x, y, width, size)
        return y

    def columns(self, texts: Sequence[str], count: int, x: float, y: float, width: float, size: float = 9) -> float:
        """Paragraphs in ``count`` columns of one length, the gutters as wide as a character and a half."""
        each = (width - 1.5 * size * (count - 1)) / count
        lines = [
            (line, at == 0, at == len(paragraph) - 1)
            for paragraph in (wrapped(text, each, size) for text in texts)
            for at, line in enumerate(paragraph)
        ]
        length = -(-len(lines) // count)
        for at, (line, first, last) in enumerate(lines):
            column, row = divmod(at, length)
            left = x + column * (each + 1.5 * size)
            height = y - row * 1.5 * size
            self.set([line], left, height, each, size, indent=2 * first, goes_on=not last)
        return y - length * 1.5 * size

    def table(self, rows: Sequence[Sequence[str]], places: Sequence[float], y: float, size: float = 10) -> float:
        """Rows with their cells at the same places."""
        for row in rows:
            for x, cell in zip(places, row, strict=False):
                self.line(x, y, cell, size)
            y -= 1.8 * size
        return y

    def turn(self) -> None:
        """The next page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._file.getvalue()
