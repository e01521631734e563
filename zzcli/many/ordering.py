"""Answers in the order of the documents, wherever they are worked out, and never more of them at a time than a few.

A place where documents are read (worker processes, a cluster) takes a batch of them at a time and promises its answers.
So many batches are given to it ahead as keep it busy; the next one is given when the answers to the first are taken, so
what waits in memory does not grow with the number of documents, nor with how slowly the answers are written.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain, islice
from typing import Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from zzcli.errors import UnreadableError
from zzcli.many.answering import Answer, Question, answer
from zzcli.reading import files
from zzcli.workers import processors

_FEW = 64 * 1024  # bytes that are read here before worker processes are started: that takes as long as reading them
_BATCH = 32 * 1024, 64  # bytes and documents that are worth the way to a worker and back

Path = str | UnreadableError | None
"""A document, why there is none (from ``reading.folders``), or the bundled page."""

BUNDLED: tuple[Path, ...] = (None,)
"""What is read where nothing is named."""

Tell = Callable[[str], None]
"""Takes a line that the user should read."""


class Given(Struct, frozen=True):
    """A document that is given away to be read: its path, and its bytes if they were read already."""

    path: str | None
    data: bytes | None = None


Batch = list[Given | Answer]
"""Documents that are given away together; in place of one that is known to be unreadable, the answer."""


Promise = TypeVar("Promise")


class Place(Protocol[Promise]):
    """Where documents are read.

    Attributes:
        ahead: how many batches it is given before the answers to the first are taken.
        apart: whether it sees other files than this process does, so that bytes are sent there.
    """

    ahead: int
    apart: bool

    def submit(self, batch: Batch, question: Question) -> Promise:
        """Give it a batch."""

    def result(self, promise: Promise, batch: Batch, question: Question) -> list[Answer]:
        """Wait for the answers to a batch, whatever became of the worker that had it."""

    def close(self) -> None:
        """End its workers; what was given and not answered is dropped."""


def answers(
    paths: Iterable[Path],
    question: Question,
    tell: Tell,
    workers: int | None = None,
    scheduler: str | None = None,
) -> Generator[Answer]:
    """The answers of the documents, in their order, at most ``question.limit`` records in all.

    Args:
        paths: the documents; taken one by one as they are read.
        question: what is asked of each.
        tell: is told what happened to workers.
        workers: how many processes read them; None: one for each processor. The first few documents are read by this
            one, so none is started for less than takes longer than starting them.
        scheduler: the address of a Dask scheduler whose workers read them instead.

    Raises:
        ClusterError: there is no such scheduler, or it cannot do this.
        UsageError: what Dask needs is not installed.
    """
    left = question.limit
    for given, found in _read(paths, question, tell, workers or processors(), scheduler):
        if left is not None:
            if found.records > left:
                found = answer_to(given, replace(question, limit=left))
            left -= found.records
        yield found
        if left == 0:
            return


def answer_to(given: Given | Answer, question: Question) -> Answer:
    """What ``answer`` says of a document that was given away."""
    return given if isinstance(given, Answer) else answer(given.path, question, given.data)


def answer_each(batch: Batch, question: Question) -> list[Answer]:
    """What a worker does."""
    return [answer_to(given, question) for given in batch]


_Read = tuple[Given | Answer, Answer]


def _read(
    paths: Iterable[Path], question: Question, tell: Tell, workers: int, scheduler: str | None
) -> Iterator[_Read]:
    if scheduler is not None:
        from zzcli.many.cluster import Cluster

        cluster = Cluster(scheduler, tell)
        yield from _in_order(_batches(paths, cluster.apart), question, cluster)
        return
    batches = _batches(paths)
    few = _FEW
    for number, (batch, size) in enumerate(batches):
        few -= size
        if number and few < 0 and workers > 1:  # the first is read here, so that workers start with all that it loads
            ahead = [(batch, size), *islice(batches, workers - 1)]
            if len(ahead) > 1:
                from zzcli.many.processes import Processes

                yield from _in_order(chain(ahead, batches), question, Processes(len(ahead), tell))
                return
        for given in batch:
            yield given, answer_to(given, question)


def _in_order(batches: Iterable[tuple[Batch, int]], question: Question, place: Place[Promise]) -> Iterator[_Read]:
    waiting: deque[tuple[Batch, Promise]] = deque()

    def first() -> Iterator[_Read]:
        batch, promise = waiting.popleft()
        return zip(batch, place.result(promise, batch, question), strict=True)

    try:
        for batch, _ in batches:
            waiting.append((batch, place.submit(batch, question)))
            if len(waiting) >= place.ahead:
                yield from first()
        while waiting:
            yield from first()
    finally:
        place.close()


def _batches(paths: Iterable[Path], apart: bool = False) -> Iterator[tuple[Batch, int]]:
    """The documents in batches, each with its size in bytes; what a worker could not read is read here."""
    batch: Batch = []
    size = 0
    for number, path in enumerate(paths):
        if number:
            gc.enable()  # ``zzcli.__main__`` starts without, for one document; what is left of many adds up
        try:
            if isinstance(path, UnreadableError):
                raise path
            data = files.contents(path) if path is not None and (apart or not _lasting(path)) else None
            batch.append(Given(path, data))
            size += _size(path) if data is None else len(data)
        except UnreadableError as error:
            batch.append(Answer(error=str(error)))
        if size >= _BATCH[0] or len(batch) >= _BATCH[1]:
            yield batch, size
            batch, size = [], 0
    if batch:
        yield batch, size


def _lasting(path: str) -> bool:
    """Whether a document can be read again: a pipe cannot."""
    return path != "-" and (os.path.isfile(path) or not os.path.exists(path))


def _size(path: str | None) -> int:
    try:
        return os.stat(path).st_size if path is not None else 0
    except (OSError, ValueError):  # reading it will say why
        return 0
