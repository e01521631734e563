"""Answers in the order of the documents, wherever they are worked out, and never more of them at a time than a few.

A place where documents are read (worker processes, a cluster) takes one at a time and promises its answer. So many are
given to it ahead as keep it busy; the next one is given when the first answer is taken, so what waits in memory does
not grow with the number of documents, nor with how slowly the answers are written.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from zzcli.errors import UnreadableError
from zzcli.many.answering import Answer, Question, answer
from zzcli.reading import files

if TYPE_CHECKING:
    from concurrent.futures import Future  # loaded where documents are many

_FEW = 64 * 1024  # bytes that are read before worker processes have started

Path = str | UnreadableError | None
"""A document, why there is none (from ``reading.folders``), or the bundled page."""

BUNDLED: tuple[Path, ...] = (None,)
"""What is read where nothing is named."""

Tell = Callable[[str], None]
"""Takes a line that the user should read."""


class Place(Protocol):
    """Where documents are read.

    Attributes:
        ahead: how many documents it is given before the answer to the first is taken.
        apart: whether it sees other files than this process does, so that bytes are sent there.
    """

    ahead: int
    apart: bool

    def submit(self, path: str | None, question: Question, data: bytes | None) -> Future[Answer]:
        """Give it a document, with its bytes where they were read here."""

    def result(self, given: Future[Answer], path: str | None, question: Question, data: bytes | None) -> Answer:
        """Wait for the answer to what was submitted, whatever became of the worker that had it."""

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
    for path, data, found in _read(iter(paths), question, tell, workers or _processors(), scheduler):
        if left is not None:
            if found.count > left:
                found = answer(path, replace(question, limit=left), data)
            left -= found.count
        yield found
        if left == 0:
            return


_Read = tuple[str | None, bytes | None, Answer]


def _read(
    paths: Iterator[Path], question: Question, tell: Tell, workers: int, scheduler: str | None
) -> Iterator[_Read]:
    if scheduler is not None:
        from zzcli.many.cluster import Cluster

        yield from _in_order(paths, question, Cluster(scheduler, tell))
        return
    few = _FEW
    for path in paths:
        if isinstance(path, UnreadableError):
            yield None, None, Answer(error=str(path))
            continue
        few -= _size(path)
        if few < 0 and workers > 1:
            ahead = [path, *islice(paths, workers - 1)]
            if len(ahead) > 1:
                from zzcli.many.processes import Processes

                yield from _in_order(chain(ahead, paths), question, Processes(len(ahead), tell))
                return
        yield _here(path, question)


def _here(path: str | None, question: Question) -> _Read:
    """Read it in this process, and only once what can only be read once."""
    try:
        data = files.contents(path) if path == "-" and question.limit is not None else None
    except UnreadableError as error:
        return path, None, Answer(error=str(error))
    return path, data, answer(path, question, data)


def _in_order(paths: Iterable[Path], question: Question, place: Place) -> Iterator[_Read]:
    given: deque[tuple[str | None, bytes | None, Future[Answer] | Answer]] = deque()

    def first() -> _Read:
        path, data, found = given.popleft()
        return path, data, found if isinstance(found, Answer) else place.result(found, path, question, data)

    try:
        for path in paths:
            if isinstance(path, UnreadableError):
                given.append((None, None, Answer(error=str(path))))
            else:
                try:
                    data = files.contents(path) if path is not None and (place.apart or path == "-") else None
                    given.append((path, data, place.submit(path, question, data)))
                except UnreadableError as error:
                    given.append((path, None, Answer(error=str(error))))
            if len(given) >= place.ahead:
                yield first()
        while given:
            yield first()
    finally:
        place.close()


def _size(path: str | None) -> int:
    try:
        return os.stat(path).st_size if path is not None and path != "-" else 0
    except (OSError, ValueError):  # reading it will say why
        return 0


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
