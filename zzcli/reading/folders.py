"""The documents in a folder: files with a known suffix, in the order of their names, hidden ones left out.

Folders within are read too, each where its name stands. A link to a folder that is being read already is not followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from zzcli.errors import UnreadableError, reason
from zzcli.language import say
from zzcli.reading.source import shown

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".docx", ".pdf")
"""The suffixes, in lower case, of files that a folder is asked for."""


def documents(paths: Iterable[str]) -> Iterator[str | UnreadableError]:
    """The paths of all documents, in the order given; a folder stands for the documents in it.

    A path that is no folder is handed on as it is, also where there is no such file. A folder that cannot be listed, or
    that holds no document, is an error among the paths, so that the others can go on.
    """
    for path in paths:
        if path != "-" and os.path.isdir(path):
            yield from _of_folder(path)
        else:
            yield path


def _of_folder(path: str) -> Iterator[str | UnreadableError]:
    found = False
    for document in _within(path):
        found = True
        yield document
    if not found:
        kinds = ", ".join(SUFFIXES)
        yield UnreadableError(
            say("{name}: no document in this folder; zzcli reads {kinds}", name=shown(path), kinds=kinds)
        )


def _within(path: str) -> Iterator[str | UnreadableError]:
    listed, here = _listed(path)
    opened = [(iter(listed), here)]  # the folders above, however deep, with what is left of each
    while opened:
        entry = next(opened[-1][0], None)
        if entry is None:
            opened.pop()
        elif isinstance(entry, UnreadableError):
            yield entry
        elif not _is_folder(entry):
            yield from _document(entry)
        else:
            listed, here = _listed(entry.path)
            if here not in (above for _, above in opened):
                opened.append((iter(listed), here))


def _listed(path: str) -> tuple[list[os.DirEntry[str] | UnreadableError], tuple[int, int]]:
    """What is in a folder, in order, and which folder it is."""
    try:
        with os.scandir(path) as listed:
            entries = sorted((entry for entry in listed if not entry.name.startswith(".")), key=lambda each: each.name)
        here = os.stat(path)
    except OSError as error:
        told = say("{name}: this folder cannot be listed: {reason}", name=shown(path), reason=reason(error))
        return [UnreadableError(told)], (-1, -1)
    return [*entries], (here.st_dev, here.st_ino)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links in a circle
        return False


def _document(entry: os.DirEntry[str]) -> Iterator[str | UnreadableError]:
    if not entry.name.lower().endswith(SUFFIXES):
        return
    try:
        if entry.is_file() or not os.path.exists(entry.path):  # what is gone is told by its reader
            yield entry.path
        else:
            yield UnreadableError(
                say("{name}: is no file but a pipe, a device or the like; left out", name=shown(entry.path))
            )
    except OSError as error:  # links in a circle
        yield UnreadableError(say("{name}: cannot be read: {reason}", name=shown(entry.path), reason=reason(error)))
