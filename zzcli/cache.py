"""What zzcli has worked out once and keeps for its next start, in the user's own cache folder.

Everything here can be worked out again, so nothing is ever trusted that is not whole, and nothing is an error: what is
missing, damaged, of another version or not the user's own is as good as not there, and what cannot be written is not
kept. The folder is ``$ZZCLI_CACHE`` if that is set (empty: nothing is kept), else ``zzcli`` in the folder that the
system has for caches (``$XDG_CACHE_HOME`` or ``~/.cache``, ``~/Library/Caches``, ``%LOCALAPPDATA%``). Nothing goes to a
folder for temporary files, which others may write to.

It is made for its user alone (0700, the files 0600), whatever the umask. One that others own or may write to is not
used; its mode is left as it is, for it may be a folder that the user shares on purpose.

A file is a mark, the CRC-32 of key and content, the length of the key, the key, and the content: bytes, which the
caller reads as data and never runs. The checksum tells of damage; that nobody else wrote it, the file's owner and mode.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from zlib import crc32

_MARK = b"zzcli 1\n"
_LARGEST = 64 * 1024 * 1024  # bytes of a file that is looked at


def folder() -> str | None:
    """Where it is kept; None where there is no such place."""
    place = os.environ.get("ZZCLI_CACHE")
    if place is None:
        place = os.path.join(_caches(), "zzcli")
    return place if os.path.isabs(place) else None  # a relative one is to be ignored (XDG)


def _caches() -> str:
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA", "")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches") if home != "/" else ""
    return os.environ.get("XDG_CACHE_HOME") or (os.path.join(home, ".cache") if home != "/" else "")


def load(name: str, key: bytes) -> bytes | None:
    """What was kept as ``name`` for ``key``; None where that is nothing, or nothing to be trusted."""
    place = folder()
    if place is None or not _is_private(place):
        return None
    try:
        file = os.open(os.path.join(place, name), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _NO_WAIT | _BINARY)
    except (OSError, ValueError):
        return None
    try:
        with open(file, "rb") as reader:
            found = os.fstat(file)
            if not stat.S_ISREG(found.st_mode) or not is_own(found):
                return None
            data = reader.read(_LARGEST + 1)
    except OSError:
        return None
    opening = len(_head(key, b""))
    content = data[opening:]
    return content if data[:opening] == _head(key, content) else None


def keep(name: str, key: bytes, content: bytes) -> None:
    """Keep ``content`` as ``name`` for ``key``, whole or not at all; what stood there before is replaced."""
    place = folder()
    if place is None:
        return
    from zzcli.replacing import replacing

    with suppress(OSError, ValueError):
        if not os.path.isdir(place):
            _make(place)
        if not _is_private(place):
            return
        with replacing(os.path.join(place, name), 0o600) as file:
            file.write(_head(key, content) + content)


_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe planted in its place must not make anyone wait
_BINARY = getattr(os, "O_BINARY", 0)


def _head(key: bytes, content: bytes) -> bytes:
    checksum = crc32(content, crc32(key))
    return _MARK + checksum.to_bytes(4, "big") + len(key).to_bytes(4, "big") + key


def is_own(found: os.stat_result) -> bool:
    """Whether it is the user's own and nobody else may write to it."""
    return sys.platform == "win32" or (found.st_uid == os.getuid() and not found.st_mode & 0o022)


def _is_private(place: str) -> bool:
    """Whether a folder is the user's own, as is the link, if it is one, that leads there."""
    try:
        link, found = os.lstat(place), os.stat(place)
    except (OSError, ValueError):
        return False
    return is_own(found) and (not stat.S_ISLNK(link.st_mode) or sys.platform == "win32" or link.st_uid == found.st_uid)


def _make(place: str) -> None:
    """Make a folder and those it stands in, each for the user alone."""
    above = os.path.dirname(place)
    if above != place and not os.path.isdir(above):
        _make(above)
    with suppress(FileExistsError):  # by another start
        os.mkdir(place, 0o700)
