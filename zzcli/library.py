"""Searching folders: which of many documents hold a query, and their best passages.

A document is found where a passage of it holds a word of the query as it stands; unlike in one document, a long word is
not looked for in its parts. That is settled on the text as it stands in the file (``scan``, of a plain text), by an
``index`` where there is one that fits, and by reading the document where neither is certain: whichever way, the same
are found.

Only the best documents are read for their passages. A document is the better the more of the query it holds, and then
the better by BM25 of the whole document; among equals the order is that of ``reading.folders``.
"""

from __future__ import annotations

import math
import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from itertools import pairwise, zip_longest
from typing import NamedTuple

from msgspec import Struct

from zzcli.document import of_source
from zzcli.errors import UnreadableError
from zzcli.language import current, say
from zzcli.reading import files, folders
from zzcli.reading.lines import PARTED
from zzcli.reading.source import Source
from zzcli.scan import READ, Word
from zzcli.search import LENGTH_NORM, SATURATION, Hit, Passage, Query, Tier, answers, fold, passages
from zzcli.workers import can_be_copies, prepare, processors

SHOWN = 20
"""Passages of a folder that are shown where nobody says how many."""

LOOKED_AT = 200
"""Documents, the best by an index, that are looked at to rank them; of more it tells only that they hold a term."""

_READ_FOR_EACH = 5  # documents that are read at most for each passage that is to be shown
_PART = 500  # documents; fewer are looked at before another process has started
_FIRST = 65536  # bytes; most files are shorter
# What a file that is UTF-8 may begin with, though it is to be read otherwise or is no text.
_OTHER = (BOM_UTF8, *(signature for signature, _ in files.SIGNATURES))


class Found(NamedTuple):
    """A document that holds a word of a query."""

    path: str
    tier: Tier
    """How well a passage of it answers at best."""
    counts: tuple[int, ...]
    """How often it holds each term of the query, at least."""
    size: int
    """Its characters."""


class Seen(Struct):
    """What became of a search."""

    found: list[Found]
    documents: int
    """How many could be read."""
    unreadable: list[UnreadableError]
    told: list[str]
    """What the reader should know of an index."""


class Terms:
    """The terms of a query, to be looked for in many texts: the whole of it, then its words."""

    def __init__(self, query: Query, text: str) -> None:
        self.query = query
        typed = {fold(word): word for word in text.split()}
        self.folded = tuple(dict.fromkeys((query.phrase, *(word.whole for word in query.words))))
        self._words = [Word(term, typed.get(term, ""), query.over_stops) for term in self.folded]

    def look(self, source: Source) -> Found | None:
        """What a document holds of the query."""
        if source.format in PARTED:
            return self._read(source)  # a scan knows what reading a plain text deletes
        counts = tuple([word.look(source.text) for word in self._words])
        if not any(counts):
            return None
        if READ not in counts:
            return Found(source.name, self.tier(counts), counts, len(source.text))
        return self._read(source)

    def tier(self, counts: Sequence[int]) -> Tier:
        """How well a document that holds each term so often answers at best."""
        if counts[0]:
            return Tier.PHRASE
        return Tier.WORDS if all(counts[1:]) else Tier.SOME

    def _read(self, source: Source) -> Found | None:
        folded = [passage for *_, passage in passages(of_source(source), self.query)]
        counts = tuple([sum(passage.count(term) for passage in folded) for term in self.folded])
        return Found(source.name, self.tier(counts), counts, len(source.text)) if any(counts) else None


def search(
    paths: Iterable[str],
    terms: Terms,
    index: str | os.PathLike[str] | None = None,
    encoding: str | None = None,
    ranking: bool = True,
) -> Seen:
    """The documents of files and folders that hold a word of the query, in the order of ``reading.folders``.

    Args:
        paths: files and folders.
        terms: what is looked for.
        index: the index of the folders, where it is not in them.
        encoding: the encoding of the documents, where it is not to be found.
        ranking: whether the order of worth will be asked for.
    """
    seen = Seen([], 0, [], [])
    for path in paths:
        place = place_of_index(path) if index is None else os.fspath(index)
        if path == "-" or not os.path.isdir(path) or not os.path.lexists(place):
            _look(folders.documents([path]), terms, encoding, seen)
        else:
            _look_up(path, place, terms, encoding, ranking, seen)
    return seen


def place_of_index(folder: str) -> str:
    """Where the index of a folder is, if nobody says otherwise: in it, hidden, so that it is no document."""
    return os.path.join(folder, ".zzcli-index.sqlite")


def _look(paths: Iterable[str | UnreadableError], terms: Terms, encoding: str | None, seen: Seen) -> None:
    """Look at every document; where they are many, in several processes at once."""
    documents: list[str] = []
    for path in paths:
        seen.unreadable.append(path) if isinstance(path, UnreadableError) else documents.append(path)
    seen.documents += len(documents)
    for found, unreadable in _at_once(documents, partial(_looked_at, terms, encoding)):
        seen.found += found
        seen.unreadable += unreadable
        seen.documents -= len(unreadable)


def _looked_at(terms: Terms, encoding: str | None, paths: Sequence[str]) -> _Looked:
    found: list[Found] = []
    unreadable: list[UnreadableError] = []
    for path in paths:
        try:
            held = terms.look(source_of(path, encoding))
        except UnreadableError as error:
            unreadable.append(error)
            continue
        if held:
            found.append(held)
    return found, unreadable


_Looked = tuple[list[Found], list[UnreadableError]]
"""The documents found and what could not be read."""


def _at_once(paths: Sequence[str], look: Callable[[Sequence[str]], _Looked]) -> Iterator[_Looked]:
    """What becomes of the paths, in their order: a part of them looked at here, the others by copies of this process.

    A copy knows what this process knows, so it starts at once. Where none can be made, or one is killed, its part is
    looked at here.
    """
    parts = min(processors(), len(paths) // _PART) if can_be_copies() else 1
    if parts < 2:
        yield look(paths)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    bounds = [len(paths) * part // parts for part in range(parts + 1)]
    first, *others = (paths[start:end] for start, end in pairwise(bounds))
    try:
        pool = ProcessPoolExecutor(parts - 1, get_context("fork"), _become_copy, (look,))
    except OSError:  # no room for another process
        yield look(paths)
        return
    with pool:
        asked = []
        with suppress(OSError, BrokenExecutor):  # no room now, or one is killed already
            for part in others:
                asked.append(pool.submit(_look_as_copy, part))
        yield look(first)
        for part, answer in zip_longest(others, asked):
            try:
                yield look(part) if answer is None else answer.result()
            except BrokenExecutor:
                yield look(part)


_copied: list[Callable[[Sequence[str]], _Looked]] = []  # what a copy has to do, which is not to be sent to it


def _become_copy(look: Callable[[Sequence[str]], _Looked]) -> None:
    _copied.append(look)
    prepare(current())


def _look_as_copy(paths: Sequence[str]) -> _Looked:
    return _copied[-1](paths)


def _look_up(folder: str, place: str, terms: Terms, encoding: str | None, ranking: bool, seen: Seen) -> None:
    """Ask the index, and look at what it does not know or is not certain of."""
    from zzcli import index

    if index.is_begun(place):
        _look(folders.documents([folder]), terms, encoding, seen)
        return
    try:
        with closing(index.Index(place)) as asked:
            here, unreadable = index.listed(folder)
            numbers = asked.fitting(folder, here, encoding)
            known = {number for number in numbers if number is not None}
            holding = [asked.holding(term) & known for term in terms.folded]
            found = set().union(*holding)
            certain: dict[int | None, tuple[Tier, tuple[int, ...], int]] = {}
            if all(map(index.is_certain, terms.folded)) and (len(found) > LOOKED_AT or not ranking):
                lengths = asked.lengths()
                best = [number for number in asked.best(terms.folded) if number in known] if ranking else []
                for sure in found.difference(best[:LOOKED_AT]):
                    counts = tuple([int(sure in each) for each in holding])
                    certain[sure] = terms.tier(counts), counts, lengths[sure]
    except (index.DamagedError, KeyError, TypeError, ValueError, OverflowError) as error:
        reason = str(error) if isinstance(error, index.DamagedError) else say("its rows make no sense")
        told = say("{path}: {reason}; searched without it (zzcli index makes a new one)", path=place, reason=reason)
        seen.told.append(told)
        _look(folders.documents([folder]), terms, encoding, seen)
        return
    asked_of = [(number, path) for number, (path, _, _) in zip(numbers, here, strict=True)]
    doubtful = [path for number, path in asked_of if number is None or (number in found and number not in certain)]
    looked = Seen([], 0, unreadable, [])
    _look(doubtful, terms, encoding, looked)
    held = {each.path: each for each in looked.found}
    held.update((path, Found(path, *certain[number])) for number, path in asked_of if number in certain)
    seen.found += [held[path] for _, path in asked_of if path in held]
    seen.unreadable += looked.unreadable
    seen.documents += len(here) - len(doubtful) + looked.documents


def source_of(path: str, encoding: str | None = None) -> Source:
    """The document in a file, as ``files.read`` reads it, in less time where it is plainly UTF-8.

    Raises:
        UnreadableError: it cannot be read, or is no text.
    """
    if encoding is None and os.path.isfile(path):
        try:
            data = _bytes_of(path)
            plain = (
                not data.startswith(_OTHER)
                and not files.is_page(data, path)
                and len(data.translate(None, files.CONTROL)) == len(data)
            )
            if plain and len(data) <= files.LARGEST:
                text = data.decode()
                if text and not text.isspace() and "\ufffd" not in text:
                    return Source(path, text, "utf-8", files.form_of(path))
        except (OSError, ValueError):
            pass  # told, or read otherwise, there
    return files.read(path, encoding)


def _bytes_of(path: str) -> bytes:
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, _FIRST)
        if len(data) == _FIRST:
            parts = [data]
            size = _FIRST
            while size <= files.LARGEST and (part := os.read(file, 16 * _FIRST)):
                parts.append(part)
                size += len(part)
            data = b"".join(parts)
        return data
    finally:
        os.close(file)


def ranked(seen: Seen) -> list[Found]:
    """The documents found, best first."""
    found = seen.found
    terms = len(found[0].counts) if found else 0
    holding = [sum(document.counts[term] > 0 for document in found) for term in range(terms)]
    weights = [math.log(1 + (seen.documents - held + 0.5) / (held + 0.5)) for held in holding]
    mean = sum(document.size for document in found) / max(len(found), 1)

    def worth(document: Found) -> tuple[int, float]:
        norm = SATURATION * (1 - LENGTH_NORM + LENGTH_NORM * document.size / mean)
        parts = zip(weights, document.counts, strict=True)
        return -document.tier, -sum(weight * count / (count + norm) for weight, count in parts)

    return sorted(found, key=worth)


def best(documents: Sequence[Found], query: Query, limit: int, encoding: str | None = None) -> list[Hit]:
    """The best passages of the documents, which come best first, at most ``limit``.

    They are chosen from as many as are shown where nobody says how many, so fewer are the first of those.
    """
    enough = max(limit, SHOWN)
    read: list[Passage] = []
    tiers: list[Tier] = []
    for document in documents[: enough * _READ_FOR_EACH]:
        if sum(tier >= document.tier for tier in tiers) >= enough:
            break
        try:
            source = files.read(document.path, encoding)
        except UnreadableError:
            continue  # gone since
        found = list(passages(of_source(source), query))
        read += found
        tiers += [tier for *_, folded in found if (tier := query.tier(folded)) is not None]
    return answers(read, query)[:limit]
