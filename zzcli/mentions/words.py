"""The words of a text, as jieba cuts them.

jieba is loaded on the first text that is cut, and of its dictionary no more than that text asks for: the dictionary
stays in its file, mapped into memory, and an index tells where in it the lines of a character stand. The index is made
on first use and kept in the user's own cache folder, for a dictionary of this size and checksum; where nothing can be
kept it is made at every start. What jieba itself would keep, a marshal file in the shared temporary folder, where
anybody may plant one, is neither read nor written.
"""

from __future__ import annotations

import functools
import os
import re
import sys
import warnings
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from io import BytesIO
from mmap import ACCESS_READ, mmap
from threading import Lock, get_ident
from typing import Any
from zlib import crc32

from zzcli import cache

# To look up more openings than this takes longer than to read the whole dictionary, so that is what is done then.
MOST_OPENINGS = 50_000


def cut(text: str) -> list[str]:
    """The words of ``text`` in order; together they are the text.

    >>> cut("发展轨道交通产业")
    ['发展', '轨道交通', '产业']
    """
    return list(tokenizer().cut(text))


def tokenizer() -> Any:
    """A ``jieba.Tokenizer`` that cuts in every mode as jieba's own does; it is not for adding words to."""
    with _FIRST:
        return _tokenizer()


_FIRST = Lock()  # where several threads cut for the first time at once, one makes the tokenizer


@functools.cache
def _tokenizer() -> Any:
    jieba = _jieba()
    dictionary = _Dictionary(os.path.join(os.path.dirname(jieba.__file__), jieba.DEFAULT_DICT_NAME))
    tokenizer = jieba.Tokenizer()
    tokenizer.total = dictionary.total
    tokenizer.initialized = True
    tokenizer.get_DAG = _Vocabulary(tokenizer, dictionary).get_dag
    return tokenizer


class _Vocabulary:
    """What a tokenizer knows of the dictionary: all words that the sentences it has cut could hold.

    A word is looked up by its opening: its first two characters, or its only one and the space that follows it there.
    """

    def __init__(self, tokenizer: Any, dictionary: _Dictionary) -> None:
        self._tokenizer = tokenizer
        self._get_dag = tokenizer.get_DAG
        self._dictionary = dictionary
        self._openings: set[str] = set()
        self._whole = False
        self._lock = Lock()

    def get_dag(self, sentence: str) -> Any:
        """The first step of jieba in every mode; whatever it looks up from here on is a part of the sentence."""
        if not self._whole:
            openings = {sentence[at : at + 2] for at in range(len(sentence) - 1)}
            openings.update(char + " " for char in sentence)
            if not openings <= self._openings:
                self._learn(openings)
        return self._get_dag(sentence)

    def _learn(self, openings: set[str]) -> None:
        with self._lock:
            new = openings - self._openings
            if self._whole or not new:
                return  # another thread was faster
            whole = len(self._openings) + len(new) > MOST_OPENINGS
            lines = self._dictionary.lines if whole else b"".join(map(self._dictionary.lines_of, new))
            learned, _ = self._tokenizer.gen_pfdict(BytesIO(lines))
            for word, frequency in learned.items():
                # A word of one character that is known comes again as the start of longer words, then with nothing.
                self._tokenizer.FREQ.setdefault(word, frequency)
            self._openings |= new
            if whole:
                self._whole = True
                self._openings.clear()


class _Dictionary:
    """jieba's dictionary, a word, its frequency and its part of speech on each line, and the index of its runs.

    A run is a stretch of lines whose words begin with the same character. The index holds the sum of all frequencies
    in eight bytes, and then, in the order of the characters, four bytes for the character of each run, four for the
    start of each in the file, and four for the end of each.
    """

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            self._data = mmap(file.fileno(), 0, access=ACCESS_READ)
        key = f"runs 1, {sys.byteorder}, of {len(self._data)} bytes {crc32(self._data):08x}".encode()
        index = cache.load("words", key)
        if index is None or not _is_index(index):
            index = _index(self.lines)
            cache.keep("words", key, index)
        self.total = int.from_bytes(index[:8], "big")
        numbers = memoryview(index)[8:].cast("I")
        self._count = len(numbers) // 3
        self._chars, self._starts, self._ends = (numbers[at * self._count :][: self._count] for at in range(3))

    @property
    def lines(self) -> bytes:
        """All of it."""
        return self._data[:]

    def lines_of(self, opening: str) -> bytes:
        """The lines that begin with ``opening``, in their order."""
        sought = b"\n" + opening.encode()
        found = []
        for start, end in self._runs(opening[0]):
            lines = b"\n%b\n" % self._data[start:end]
            at = lines.find(sought)
            while at >= 0:
                close = lines.find(b"\n", at + 1)
                found.append(lines[at + 1 : close + 1])
                at = lines.find(sought, close)
        return b"".join(found)

    def _runs(self, char: str) -> Iterator[tuple[int, int]]:
        code = ord(char)
        at = bisect_left(self._chars, code)
        while at < self._count and self._chars[at] == code:
            yield self._starts[at], self._ends[at]
            at += 1


def _index(dictionary: bytes) -> bytes:
    total = sum(int(line.split(b" ", 2)[1]) for line in dictionary.splitlines())
    found = re.finditer(_RUN, dictionary, re.VERBOSE)
    runs = sorted((ord(run[1].decode()), run.start(), run.end()) for run in found)
    return total.to_bytes(8, "big") + b"".join(array("I", column).tobytes() for column in zip(*runs, strict=True))


def _is_index(index: bytes) -> bool:
    """Whether it has the form of one. Its runs need no check: none can reach beyond the dictionary."""
    return len(index) % 12 == 8 and any(index[:8])


_RUN = rb"""
    ( [\x00-\x7F] | [\xC0-\xFF] [\x80-\xBF]+ )  # a character in UTF-8
    [^\n]*+ \n?
    (?: \1 [^\n]*+ \n? )*+
"""


def _jieba() -> Any:
    with _WithoutPkgResources(), warnings.catch_warnings():
        # Where jieba was not compiled before, Python tells of the escapes in its patterns.
        warnings.simplefilter("ignore")
        import jieba
    return jieba


class _WithoutPkgResources:
    """A while in which this thread finds no pkg_resources, which takes long to load; jieba can do without.

    Other threads find it, and afterwards this one does.
    """

    def __enter__(self) -> None:
        self._thread = get_ident()
        # The list is replaced and not changed, for another thread may just be going through it.
        sys.meta_path = [self, *sys.meta_path]

    def __exit__(self, *_: object) -> None:
        sys.meta_path = [finder for finder in sys.meta_path if finder is not self]

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pkg_resources" and get_ident() == self._thread:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
