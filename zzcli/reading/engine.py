"""pdfium in a process of its own, so that what hangs or kills it takes nothing else along.

The process is started for the first PDF file and kept for the next; it gets the bytes through a pipe and answers page
by page (``pdfium``). A page that takes too long, or that ends the process also when it is the first that a new one
looks at, is left out, and a new process goes on behind it. Where no process can be started, pdfium runs in this one.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from typing import NamedTuple

from zzcli.reading import pdfium
from zzcli.reading.columns import Glyph
from zzcli.reading.pdfium import HEADER, READY, REQUEST, SLOW, STATES, Answer, Glyphs

MOST_PAGES = 20_000
MOST_GLYPHS = 20_000_000
"""Characters of a file."""

MOST_STOPS = 20
"""How often a file may end the process."""

LONGEST = 600.0
"""Seconds of processor time that all pages of a file may take."""

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from zzcli.reading.pdfium import serve; serve()"
_LAST = ("done", "locked", "broken")  # answers
_PATIENCE = 5.0  # seconds in which a process that is ending has ended
_ONE_AT_A_TIME = Lock()


class Page(NamedTuple):
    """A page and its characters.

    ``state`` is ``text``, ``blank``, ``scan``, ``damaged``, ``slow`` (it takes too long), ``fatal`` (it ends the
    process) or ``beyond`` (nothing is read from there on).
    """

    state: str
    glyphs: list[Glyph] = []  # noqa: RUF012 - a named tuple, and none is changed


class NotOpenedError(Exception):
    """A file that pdfium does not open: ``locked`` by a password, ``broken``, or ``slow``."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def pages(data: bytes) -> Iterator[Page]:
    """The pages of a file, in their order.

    Raises:
        NotOpenedError: pdfium does not open it.
        ImportError: pypdfium2 is not installed.
    """
    with _ONE_AT_A_TIME:
        try:
            yield from _pages(data)
        except NotOpenedError:
            raise
        except BaseException:
            _Engine.drop()
            raise


def _pages(data: bytes) -> Iterator[Page]:
    count: int | None = None
    number = stops = read = 0
    spent = 0.0
    while count is None or number < count:
        engine = _Engine.kept() or _Engine.started()
        fresh = engine is None or not engine.used
        slow = False
        try:
            for answer in pdfium.answers(data, number) if engine is None else engine.ask(data, number):
                spent += answer.spent
                if answer.state == "opened":
                    count = answer.size
                elif count is None:
                    raise NotOpenedError(answer.state)
                elif answer.state != "done":
                    yield Page(answer.state, _glyphs(answer.glyphs))
                    number += 1
                    read += answer.size
                    fresh = False
                    if number < count and (number >= MOST_PAGES or read > MOST_GLYPHS or spent > LONGEST):
                        _Engine.drop()
                        yield from [Page("beyond")] * (count - number)
                        return
            return
        except (OSError, EOFError):
            if engine is None:  # pdfium itself cannot be loaded
                raise
            slow = _Engine.drop(ending=True) == SLOW
        stops += 1
        if slow or fresh:  # else something before it may have been the cause
            if count is None:
                raise NotOpenedError("slow" if slow else "broken")
            yield Page("slow" if slow else "fatal")
            number += 1
        if count is not None and stops >= MOST_STOPS:
            yield from [Page("beyond")] * (count - number)
            return


def _glyphs(glyphs: Glyphs | None) -> list[Glyph]:
    if glyphs is None:
        return []
    edges = iter(glyphs.boxes)
    return [
        Glyph(char, left, bottom, right, top, mark % 2 == 1, mark // 2)
        for char, left, bottom, right, top, mark in zip(
            map(chr, glyphs.codes), edges, edges, edges, edges, glyphs.marks, strict=True
        )
        if char.isprintable() or char > "\xa0"
    ]


class _Engine:
    """The process; ``used`` is whether it has been given a file."""

    _running: _Engine | None = None

    def __init__(self) -> None:
        self.used = False
        self._owner = os.getpid()
        home = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))  # where a path finder may have found zzcli
        path = [os.path.abspath(entry) for entry in (*sys.path, home) if isinstance(entry, str)]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", *["-B"] * sys.dont_write_bytecode, "-c", _PROGRAM, *path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is not for it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout

    @classmethod
    def kept(cls) -> _Engine | None:
        """The process that this one has started; a copy of this one has none."""
        if cls._running and cls._running._owner != os.getpid():
            cls._running._leave()
            cls._running = None
        return cls._running

    @classmethod
    def started(cls) -> _Engine | None:
        """A new process; None where none can be started."""
        if not sys.executable or getattr(sys, "frozen", False):
            return None
        try:
            cls._running = cls()
            if cls._running._read(len(READY)) == READY:
                return cls._running
        except (OSError, EOFError):
            pass
        cls.drop()
        return None

    @classmethod
    def drop(cls, *, ending: bool = False) -> int | None:
        """Have no process any more; the exit code of one that is ``ending`` by itself."""
        engine = cls.kept()
        cls._running = None
        return engine._end(ending) if engine else None

    def ask(self, data: bytes, first: int) -> Iterator[Answer]:
        """What it answers of a file, from a page on.

        Raises:
            OSError, EOFError: it has ended.
        """
        self.used = True
        self._to.write(REQUEST.pack(len(data), first))
        self._to.write(data)
        self._to.flush()
        state = ""
        while state not in _LAST:
            at, spent, size = HEADER.unpack(self._read(HEADER.size))
            state = STATES[at]
            glyphs = None
            if state == "text":
                glyphs = Glyphs(array("I"), array("f"), bytearray())
                glyphs.codes.frombytes(self._read(4 * size))
                glyphs.boxes.frombytes(self._read(16 * size))
                glyphs.marks.extend(self._read(size))
            yield Answer(state, spent, size, glyphs)

    def _read(self, size: int) -> bytes:
        data = self._from.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _leave(self) -> None:
        for pipe in (self._to, self._from):
            with suppress(OSError):  # it is gone, and what it was told last with it
                pipe.close()
        self._process.returncode = self._process.returncode or 0  # it is waited for elsewhere, or was

    def _end(self, ending: bool) -> int:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE if ending else 0)
        self._process.kill()
        code = self._process.wait()
        self._leave()
        return code


atexit.register(_Engine.drop)
