"""A file that is replaced as a whole: written beside its place under a name of its own, then renamed.

Whatever goes wrong, or whoever ends the process, what stood in the place stands there as it was. What a process has
begun and could not take away, because it was killed at once, is taken away by a later one that writes to that folder.
"""

from __future__ import annotations

import atexit
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

_OPENING, _ENDING = ".zzcli-", ".part"
_RANDOM = 8  # bytes between them, in hexadecimal digits
_LEFT = 24 * 60 * 60  # seconds after which nobody can be writing any more
_BINARY = getattr(os, "O_BINARY", 0)
_begun: set[str] = set()


@contextmanager
def replacing(place: str, mode: int | None = None) -> Iterator[BinaryIO]:
    """A file to write to, which replaces the one at ``place`` when all is well.

    Args:
        place: where it is to be; not a link.
        mode: the permissions; None: what the user's mask leaves of 0666.

    Raises:
        OSError: it cannot be written.
    """
    folder = os.path.dirname(place)
    beside = os.path.join(folder, _OPENING + os.urandom(_RANDOM).hex() + _ENDING)
    try:
        _begun.add(beside)
        file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666 if mode is None else 0o600)
        with open(file, "wb") as writer:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file, mode)
            _clear(folder, os.fstat(file))
            yield writer
        os.replace(beside, place)
    finally:
        with suppress(OSError):
            os.unlink(beside)
        _begun.discard(beside)


@atexit.register
def _forsake() -> None:
    """Take away what is still there at the end, because its own end was interrupted."""
    for beside in _begun:
        with suppress(OSError):
            os.unlink(beside)


def _clear(folder: str, new: os.stat_result) -> None:
    """Take away what was begun in a folder by the same user a day or more before a new file, and never renamed.

    Both times are of the folder's own clock.
    """
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if _is_begun(entry.name):
                with suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    own = stat.S_ISREG(found.st_mode) and found.st_uid == new.st_uid
                    if own and new.st_mtime - found.st_mtime > _LEFT:
                        os.unlink(entry.path)


def _is_begun(name: str) -> bool:
    between = name.removeprefix(_OPENING).removesuffix(_ENDING)
    named = len(name) == len(_OPENING) + 2 * _RANDOM + len(_ENDING) and len(between) == 2 * _RANDOM
    return named and not between.strip("0123456789abcdef")
