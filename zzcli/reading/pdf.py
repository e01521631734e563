"""PDF files that hold text: columns in reading order, running heads and page numbers set aside.

Where the characters stand is told by pdfium, the engine of a browser, in a process of its own (``engine``); how they
are read is told by ``columns`` and ``flow``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from zzcli.errors import UnreadableError
from zzcli.language import english, say
from zzcli.reading import engine
from zzcli.reading.columns import Run, columns_of, runs_of
from zzcli.reading.flow import text_of, without_heads
from zzcli.reading.source import Source, shown

_LISTED = 12  # pages, or stretches of pages, that are named in a note
NOT_OPENED = {
    "locked": "{name}: is protected by a password; save it without one",
    "broken": "{name}: is a damaged PDF; save or download it again",
    "slow": "{name}: takes too long to open; print it to a new PDF, or save its text",
}
# What is said of pages by their state, of one and of several.
TOLD = {
    "scan": (
        "{name}: page {pages} has no text (a scan?); zzcli reads text, the rest is read",
        "{name}: pages {pages} have no text (a scan?); zzcli reads text, the rest is read",
    ),
    "damaged": (
        "{name}: page {pages} is damaged; the rest is read",
        "{name}: pages {pages} are damaged; the rest is read",
    ),
    "slow": (
        "{name}: page {pages} takes too long; the rest is read",
        "{name}: pages {pages} take too long; the rest is read",
    ),
    "fatal": (
        "{name}: page {pages} takes too much memory or is damaged; the rest is read",
        "{name}: pages {pages} take too much memory or are damaged; the rest is read",
    ),
    "beyond": (
        "{name}: page {pages} is not read, there is too much before it; split the file",
        "{name}: pages {pages} are not read, there is too much before them; split the file",
    ),
}


def extract(data: bytes, path: str) -> Source:
    """The text of a PDF file, its pages, and what could not be read of it.

    Raises:
        UnreadableError: no PDF, protected by a password, without any text, or it takes too long; or pypdfium2 is
            not installed.
    """
    name = shown(path)
    states, turned = _pages(data, name)
    if "text" not in states:
        if {"slow", "fatal", "beyond"}.isdisjoint(states):
            raise UnreadableError(
                say("{name}: has no text (a scan?); zzcli reads text, so run OCR over it first", name=name)
            )
        raise UnreadableError(
            say(
                "{name}: takes too long to read, and has no text until there; print it to a new PDF, or save its text",
                name=name,
            )
        )
    upright = without_heads([groups[0] if groups else [] for groups in turned])
    text, begins = text_of(
        [
            [column for runs in (main, *groups[1:]) for column in columns_of(runs)]
            for main, groups in zip(upright, turned, strict=True)
        ]
    )
    begins += (len(text),) * (len(states) - len(begins))
    return Source(path, text, None, "pdf", begins, (), tuple(_notes(states, name)))


def _notes(states: list[str], name: str) -> Iterator[str]:
    for state, (one, several) in TOLD.items():
        numbers = [number for number, each in enumerate(states, 1) if each == state]
        if numbers:
            yield english(one if len(numbers) == 1 else several, name=name, pages=_listed(numbers))


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


def _pages(data: bytes, name: str) -> tuple[list[str], list[list[list[Run]]]]:
    """The state of each page, and the runs of each but those that nothing is read of."""
    if find_spec("pypdfium2") is None:
        raise UnreadableError(say("{name}: is a PDF; to read it: pip install 'zzcli[pdf]'", name=name))
    states: list[str] = []
    turned: list[list[list[Run]]] = []
    try:
        for page in engine.pages(data):
            states.append(page.state)
            if page.state != "beyond":
                turned.append(runs_of(page.glyphs))
    except engine.NotOpenedError as error:
        raise UnreadableError(say(NOT_OPENED[error.state], name=name)) from None
    return states, turned
