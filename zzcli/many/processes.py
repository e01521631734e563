"""Worker processes on this machine: a pool of the standard library, loaded only where documents are many.

A worker that is killed takes the pool with it. What it had is read again, one document at a time, in a process of its
own; a document that kills this one too is told as unreadable. The others go on in a new pool.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from zzcli.language import current, say
from zzcli.many.answering import Answer, Question
from zzcli.many.ordering import Batch, Given, Tell, answer_each, answer_to
from zzcli.reading.files import BUNDLED
from zzcli.views.visible import visible
from zzcli.workers import can_be_copies, prepare

Promise = tuple[ProcessPoolExecutor, Future[list[Answer]]]


class Processes:
    """So many worker processes, started with the first batch."""

    apart = False

    def __init__(self, workers: int, tell: Tell) -> None:
        self.ahead = 4 * workers
        self._workers = workers
        self._tell = tell
        self._pool: ProcessPoolExecutor | None = None
        self._alone: ProcessPoolExecutor | None = None

    def submit(self, batch: Batch, question: Question) -> Promise | None:
        """Give a batch to the pool; None where no process can be started, so that this one has to read."""
        try:
            while True:
                self._pool = self._pool or _pool(self._workers)
                try:
                    return self._pool, self._pool.submit(answer_each, batch, question)
                except BrokenProcessPool:
                    self._drop(self._pool)
        except (OSError, ImportError, NotImplementedError):
            return None

    def result(self, promise: Promise | None, batch: Batch, question: Question) -> list[Answer]:
        """The answers; of documents whose worker was killed, those that a process of their own gives."""
        if promise is None:
            return answer_each(batch, question)
        pool, promised = promise
        try:
            return promised.result()
        except BrokenProcessPool:
            self._drop(pool)
        return [self._again(given, question) for given in batch]

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        if pool is self._pool:
            self._tell(say("a worker process was killed; what it had is read again"))
            self._pool.shutdown()
            self._pool = None

    def _again(self, given: Given | Answer, question: Question) -> Answer:
        if isinstance(given, Answer):
            return given
        try:
            self._alone = self._alone or _pool(1)
            return self._alone.submit(answer_to, given, question).result()
        except BrokenProcessPool:
            if self._alone is not None:
                self._alone.shutdown()
                self._alone = None
            return Answer(
                error=say(
                    "{name}: the process that reads it is killed, also when it is alone;"
                    " split it, or give it more memory",
                    name=visible(given.path or BUNDLED),
                )
            )

    def close(self) -> None:
        """End all processes, at once."""
        for pool in (self._pool, self._alone):
            if pool is not None:
                for process in list((getattr(pool, "_processes", None) or {}).values()):  # a pool would let them finish
                    process.terminate()
                pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    """A pool of processes that start from what this one has loaded, where that is safe: where it has one thread."""
    method = "fork" if can_be_copies() else "spawn"
    return ProcessPoolExecutor(workers, multiprocessing.get_context(method), prepare, (current(),))
