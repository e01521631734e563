"""PDF files that hold text: columns in reading order, running heads and page numbers set aside.

Where the characters stand is told by pdfium, the engine of a browser; how they are read is told by ``columns`` and
``flow``. This is the only importer of pypdfium2 (``zzcli[pdf]``). pdfium is not safe to use from several threads; all
use of it is in one function, one document at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from threading import Lock
from typing import Any, NamedTuple

from zzcli.errors import UnreadableError
from zzcli.language import english, say
from zzcli.reading.columns import Glyph, columns_of, runs_of
from zzcli.reading.flow import text_of, without_heads
from zzcli.reading.source import Source, shown

_ONE_AT_A_TIME = Lock()
_SLANT = 0.15  # radians: a page scanned askew is read, a watermark across it is not
_QUARTER = math.pi / 2
_LISTED = 12  # pages, or stretches of pages, that are named in a note
_UNSEEN = "\u00ad\u200b\ufeff"  # characters that may well be in a text
_HYPHENS = "\x02\ufffe"  # what pdfium makes of a hyphen at the end of a line


class _Page(NamedTuple):
    """A page as pdfium gives it; ``state`` is ``text``, ``blank``, ``scan`` or ``damaged``."""

    state: str
    glyphs: list[Glyph]


def extract(data: bytes, path: str) -> Source:
    """The text of a PDF file, its pages, and what could not be read of it.

    Raises:
        UnreadableError: no PDF, protected by a password, or without any text; or pypdfium2 is not installed.
    """
    name = shown(path)
    pages = _pages(data, name)
    if not any(page.state == "text" for page in pages):
        raise UnreadableError(
            say("{name}: has no text (a scan?); zzcli reads text, so run OCR over it first", name=name)
        )
    turned = [runs_of(page.glyphs) for page in pages]
    upright = without_heads([groups[0] if groups else [] for groups in turned])
    text, begins = text_of(
        [
            [column for runs in (main, *groups[1:]) for column in columns_of(runs)]
            for main, groups in zip(upright, turned, strict=True)
        ]
    )
    return Source(path, text, None, "pdf", begins, (), tuple(_notes(pages, name)))


def _notes(pages: list[_Page], name: str) -> Iterator[str]:
    scans = [number for number, page in enumerate(pages, 1) if page.state == "scan"]
    damaged = [number for number, page in enumerate(pages, 1) if page.state == "damaged"]
    if scans:
        yield english(
            "{name}: page {pages} has no text (a scan?); zzcli reads text, the rest is read"
            if len(scans) == 1
            else "{name}: pages {pages} have no text (a scan?); zzcli reads text, the rest is read",
            name=name,
            pages=_listed(scans),
        )
    if damaged:
        yield english(
            "{name}: page {pages} is damaged; the rest is read"
            if len(damaged) == 1
            else "{name}: pages {pages} are damaged; the rest is read",
            name=name,
            pages=_listed(damaged),
        )


def _listed(numbers: list[int]) -> str:
    """Pages by their numbers.

    >>> _listed([3, 5, 6, 7])
    '3, 5–7'
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    named = [f"{first}–{last}" if last > first else f"{first}" for first, last in spans]
    if len(named) > _LISTED:
        named[_LISTED:] = ["…"]
    return ", ".join(named)


def _pages(data: bytes, name: str) -> list[_Page]:
    """What pdfium sees of each page. All use of pdfium is in here."""
    try:
        from pypdfium2 import PdfDocument, PdfiumError, raw
    except ImportError:
        raise UnreadableError(say("{name}: is a PDF; to read it: pip install 'zzcli[pdf]'", name=name)) from None

    def glyphs_of(handle: Any) -> Iterator[Glyph]:
        box = raw.FS_RECTF()
        character, place, angle = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle
        spaced = False
        for at in range(raw.FPDFText_CountChars(handle)):
            code = character(handle, at)
            char = chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
            if char.isspace():
                spaced = True
                continue
            if char in _HYPHENS:
                char = "-"
            if not place(handle, at, box) or not math.isfinite(box.left + box.right + box.bottom + box.top):
                continue
            turned = max(angle(handle, at), 0.0) / _QUARTER
            if abs(turned - round(turned)) * _QUARTER > _SLANT:
                continue
            yield Glyph(char, box.left, box.bottom, box.right, box.top, spaced, -round(turned) % 4)
            spaced = False

    def page_of(document: Any, number: int) -> _Page:
        page = text = None
        try:
            page = document.get_page(number)
            text = page.get_textpage()
            glyphs = list(glyphs_of(text.raw))
            if _readable(glyphs):
                return _Page("text", [glyph for glyph in glyphs if glyph.char.isprintable() or glyph.char > "\xa0"])
            return _Page("scan" if glyphs or raw.FPDFPage_CountObjects(page.raw) else "blank", [])
        except PdfiumError:
            return _Page("damaged", [])
        finally:
            for opened in (text, page):
                if opened is not None:
                    opened.close()

    with _ONE_AT_A_TIME:
        try:
            document = PdfDocument(data)
        except PdfiumError as error:
            if "password" in str(error).lower():
                raise UnreadableError(
                    say("{name}: is protected by a password; save it without one", name=name)
                ) from None
            raise UnreadableError(say("{name}: is a damaged PDF; save or download it again", name=name)) from None
        try:
            return [page_of(document, number) for number in range(len(document))]
        finally:
            document.close()


def _readable(glyphs: list[Glyph]) -> bool:
    """Whether there is text, and most of it is characters rather than numbers of shapes in a font."""
    unknown = sum(char == "\ufffd" or not (char.isprintable() or char in _UNSEEN) for char, *_ in glyphs)
    return 2 * unknown < len(glyphs)
