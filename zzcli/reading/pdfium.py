"""The pages of a PDF file as pdfium sees them. This is the only importer of pypdfium2 (``zzcli[pdf]``).

pdfium is large, and what strangers send it may hang it or kill it. So this module is also the program of a process of
its own (``serve``), which ``engine`` starts: it is asked on standard input, answers on standard output page by page,
and ends by itself where a page takes too long, where it takes too much memory, where nobody asks any more, and with
the process that asks. It loads nothing else of zzcli, so that it starts quickly.
"""

from __future__ import annotations

import math
import os
import sys
import time
from array import array
from collections.abc import Iterator
from struct import Struct
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

SECONDS = 20.0
"""Of processor time that a page, or opening a file, may take."""

LONGEST = 300.0
"""Seconds by the clock, on a machine that is busy with something else."""

MEMORY = 4 << 30
"""Bytes, where the system can limit them."""

MOST_GLYPHS = 500_000
"""Characters of a page; a full page of a newspaper has 20,000."""

SLOW = 3
"""The exit code where something took too long."""

READY = b"zzcli"
REQUEST = Struct("<QI")  # how long the file is that follows, and the first page that is wanted
HEADER = Struct("<BdI")  # the state of an answer, the processor time it took, and how many pages or characters
STATES = ("opened", "locked", "broken", "done", "text", "blank", "scan", "damaged", "slow")

_OFTEN = 0.1  # seconds between looks at the clock
_SLANT = 0.15  # radians: a page scanned askew is read, a watermark across it is not
_QUARTER = math.pi / 2
_UNSEEN = "\u00ad\u200b\ufeff"  # characters that may well be in a text
_HYPHENS = "\x02\ufffe"  # what pdfium makes of a hyphen at the end of a line


class Glyphs(NamedTuple):
    """The characters of a page: their codes, four edges of each, and its quarter turns, doubled, and one if spaced."""

    codes: array[int]
    boxes: array[float]
    marks: bytearray


class Answer(NamedTuple):
    """What is told of a file: that it is ``opened``, ``locked`` or ``broken``; of each page; that it is ``done``.

    ``size`` is how many pages there are, or characters of the page.
    """

    state: str
    spent: float = 0.0
    size: int = 0
    glyphs: Glyphs | None = None


def answers(data: bytes, first: int = 0) -> Iterator[Answer]:
    """What pdfium sees in a file, from a page on. All use of pdfium is in here; it bears one thread only.

    Raises:
        ImportError: pypdfium2 is not installed.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    begun = time.process_time()
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        yield Answer("locked" if "password" in str(error).lower() else "broken")
        return
    try:
        yield Answer("opened", time.process_time() - begun, len(document))
        for number in range(first, len(document)):
            begun = time.process_time()
            answer = page_of(document, number)
            yield answer._replace(spent=time.process_time() - begun)
    finally:
        document.close()
    yield Answer("done")


def page_of(document: Any, number: int) -> Answer:
    """What pdfium sees on a page; ``slow`` where that is more than can be read in time."""
    from pypdfium2 import PdfiumError, raw

    page = text = None
    try:
        page = document.get_page(number)
        text = page.get_textpage()
        count = raw.FPDFText_CountChars(text.raw)
        if count > MOST_GLYPHS:
            return Answer("slow")
        glyphs, unknown = _glyphs_of(raw, text.raw, count)
        if 2 * unknown < len(glyphs.codes):
            return Answer("text", size=len(glyphs.codes), glyphs=glyphs)
        return Answer("scan" if glyphs.codes or raw.FPDFPage_CountObjects(page.raw) else "blank")
    except PdfiumError:
        return Answer("damaged")
    finally:
        for opened in (text, page):
            if opened is not None:
                opened.close()


def _glyphs_of(raw: Any, text: Any, count: int) -> tuple[Glyphs, int]:
    """The characters that are shown, and how many of them are no characters but numbers of shapes in a font."""
    box = raw.FS_RECTF()
    character, place, angle = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle
    glyphs = Glyphs(array("I"), array("f"), bytearray())
    unknown = 0
    spaced = False
    for at in range(count):
        code = character(text, at)
        char = chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
        if char.isspace():
            spaced = True
            continue
        if char in _HYPHENS:
            char = "-"
        if not place(text, at, box) or not math.isfinite(box.left + box.right + box.bottom + box.top):
            continue
        turned = max(angle(text, at), 0.0) / _QUARTER
        if abs(turned - round(turned)) * _QUARTER > _SLANT:
            continue
        printable = char.isprintable()
        unknown += char == "\ufffd" or not (printable or char in _UNSEEN)
        glyphs.codes.append(ord(char))
        glyphs.boxes.extend((box.left, box.bottom, box.right, box.top))
        glyphs.marks.append((-round(turned) % 4) * 2 + spaced)
        spaced = False
    return glyphs, unknown


# ---------------------------------------------------------------------------------------------------------------------
# On the pipe


def serve() -> None:
    """Answer what is asked on standard input, until it ends."""
    _limit_memory()
    watch = _Watch()
    asked, out = sys.stdin.buffer, sys.stdout.buffer
    import pypdfium2  # noqa: F401 - before anything is promised

    out.write(READY)
    out.flush()
    while len(request := asked.read(REQUEST.size)) == REQUEST.size:
        size, first = REQUEST.unpack(request)
        data = asked.read(size)
        if len(data) < size:
            return
        told = answers(data, first)
        while True:
            with watch:
                answer = next(told, None)
            if answer is None:
                break
            _write(out, answer)


def _write(out: BinaryIO, answer: Answer) -> None:
    out.write(HEADER.pack(STATES.index(answer.state), answer.spent, answer.size))
    for part in answer.glyphs or ():
        out.write(part)
    out.flush()


class _Watch:
    """Ends the process where what is done ``with`` it takes too long, and where its parent is gone meanwhile."""

    def __init__(self) -> None:
        self._until: tuple[float, float] | None = None
        Thread(target=self._look, args=(os.getppid(),), daemon=True).start()

    def __enter__(self) -> None:
        self._until = time.process_time() + SECONDS, time.monotonic() + LONGEST

    def __exit__(self, *_: object) -> None:
        self._until = None

    def _look(self, parent: int) -> None:
        while os.getppid() == parent:
            time.sleep(_OFTEN)
            until = self._until
            if until and (time.process_time() > until[0] or time.monotonic() > until[1]):
                os._exit(SLOW)
        os._exit(0)


def _limit_memory() -> None:
    """So much and no more; and what is killed leaves no image of its memory in anybody's folder."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_AS, RLIMIT_CORE, getrlimit, setrlimit
    except ImportError:  # Windows
        return
    for what, most in ((RLIMIT_AS, MEMORY), (RLIMIT_CORE, 0)):
        soft, hard = getrlimit(what)
        if soft == RLIM_INFINITY or soft > most:
            try:
                setrlimit(what, (most, hard))
            except (OSError, ValueError):  # a system that knows no such limit
                continue
