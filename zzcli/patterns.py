"""Regular expressions, compiled once for all starts.

Python compiles a pattern anew in every process, and the readers' patterns, made of the words of the lexicon, would take
it longer than a page takes to read. What the compiler makes of a pattern is a list of numbers; these are kept in the
user's cache (``zzcli.cache``) for the very interpreter that made them, and the regular expression engine checks them
again before it takes them. A pattern from there equals, in Python's own comparison, the one that ``re.compile`` makes.

The engine's numbers are no public interface. Where an interpreter does not offer it as expected, everything here is
``re.compile``.
"""

from __future__ import annotations

import atexit
import re
import sys
from array import array
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import msgspec

from zzcli import cache

_NAME = f"patterns-{sys.implementation.cache_tag}"
_engine: Any = import_module("_sre")
_MOST = 1000  # patterns that are kept; more means that many are of versions gone by

Kept = tuple[int, int, dict[str, int], memoryview]
"""The flags of a pattern, the number of its groups, their names, and the engine's numbers."""


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile(source, flags)`` gives.

    >>> compiled(r"(?P<n>[0-9]+)亿元").search("产值5亿元")["n"]
    '5'
    """
    return _store.pattern(source, flags)


def either(words: str | Iterable[str]) -> str:
    """An alternation of words as they stand, the longest first; of a string, the words between its spaces.

    >>> either("亿 亿元 万元")
    '万元|亿元|亿'
    """
    listed = set(words.split() if isinstance(words, str) else words)
    return "|".join(map(re.escape, sorted(listed, key=lambda word: (-len(word), word))))


class Store:
    """The patterns that are known, of this start and of those before."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Kept] | None = None
        self._used: dict[tuple[str, int], Kept] = {}
        self._new = False

    def pattern(self, source: str, flags: int) -> re.Pattern[str]:
        """The pattern, from what is kept or made and to be kept."""
        key = source, int(flags)
        try:
            if self._kept is None:
                self._kept = {}  # stays so if what is kept cannot be read
                self._kept = _read(cache.load(_NAME, _interpreter()) or b"")
            known = self._kept.get(key)
            if known is None:
                known = _made(*key)
                if not self._new:
                    self._new = True
                    atexit.register(self.save)
            made: re.Pattern[str] = _pattern(source, known)
            self._used[key] = known
            return made
        except re.error:
            raise
        except Exception:  # an engine that is not as expected
            return re.compile(source, flags)

    def save(self) -> None:
        """Keep what is known for the next start."""
        known = {**(self._kept or {}), **self._used}
        cache.keep(_NAME, _interpreter(), _written(known if len(known) <= _MOST else self._used))


_store = Store()


def _interpreter() -> bytes:
    """What must be the same for the engine's numbers to mean the same."""
    return f"{sys.version} {_engine.MAGIC} {_engine.CODESIZE} {sys.byteorder}".encode()


def _made(source: str, flags: int) -> Kept:
    parsed = import_module("re._parser").parse(source, flags)
    code = import_module("re._compiler")._code(parsed, flags)
    state = parsed.state
    return flags | state.flags, state.groups - 1, state.groupdict, memoryview(array("I", code))


def _pattern(source: str, known: Kept) -> Any:
    flags, groups, names, code = known
    by_group = {group: name for name, group in names.items()}
    order = tuple(map(by_group.get, range(groups + 1))) if names else (None,) * (groups + 1)
    return _engine.compile(source, flags, code.tolist(), groups, names, order)


def _written(known: dict[tuple[str, int], Kept]) -> bytes:
    """A line of JSON that tells of each pattern, and behind it the numbers of all."""
    told = [(*key, flags, groups, names, len(code)) for key, (flags, groups, names, code) in known.items()]
    return msgspec.json.encode(told) + b"\n" + b"".join(code for *_, code in known.values())


def _read(content: bytes) -> dict[tuple[str, int], Kept]:
    known: dict[tuple[str, int], Kept] = {}
    told = content.find(b"\n") + 1
    codes = memoryview(content)[told:].cast("I")
    start = 0
    for source, asked, flags, groups, names, length in msgspec.json.decode(content[:told] or b"[]"):
        if not 0 <= groups <= length:  # each group has marks among the numbers; the engine makes room for as many
            raise ValueError
        known[source, asked] = flags, groups, names, codes[start : start + length]
        start += length
    return known
