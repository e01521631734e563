"""Worker processes on this machine: a pool of the standard library, loaded only where documents are many.

A worker that is killed takes the pool with it. What it had is read again, one document at a time, in a process of its
own; a document that kills this one too is told as unreadable. The others go on in a new pool.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from zzcli.many.answering import Answer, Question, answer
from zzcli.many.ordering import Tell
from zzcli.views.visible import visible


class Processes:
    """So many worker processes, started with the first document."""

    apart = False

    def __init__(self, workers: int, tell: Tell) -> None:
        self.ahead = 4 * workers
        self._workers = workers
        self._tell = tell
        self._others = set(multiprocessing.active_children())  # not ours to end
        self._pool: ProcessPoolExecutor | None = None
        self._alone: ProcessPoolExecutor | None = None

    def submit(self, path: str | None, question: Question, data: bytes | None) -> Future[Answer]:
        """Give a document to the pool."""
        try:
            self._pool = self._pool or _pool(self._workers)
            return self._pool.submit(answer, path, question, data)
        except BrokenProcessPool as broken:
            given: Future[Answer] = Future()
            given.set_exception(broken)
        except (OSError, ImportError, NotImplementedError):  # no process can be started here, so this one reads
            given = Future()
            given.set_result(answer(path, question, data))
        return given

    def result(self, given: Future[Answer], path: str | None, question: Question, data: bytes | None) -> Answer:
        """The answer; of a document whose worker was killed, the one that a process of its own gives."""
        try:
            return given.result()
        except BrokenProcessPool:
            if self._pool is not None:
                self._tell("a worker process was killed; what it had is read again")
                self._pool.shutdown()
                self._pool = None
        try:
            self._alone = self._alone or _pool(1)
            return self._alone.submit(answer, path, question, data).result()
        except BrokenProcessPool:
            if self._alone is not None:
                self._alone.shutdown()
                self._alone = None
            reason = "the process that reads it is killed, also when it is alone; split it, or give it more memory"
            return Answer(error=f"{visible(path or '')}: {reason}")

    def close(self) -> None:
        """End all processes, at once."""
        for process in set(multiprocessing.active_children()) - self._others:
            process.terminate()
        for pool in (self._pool, self._alone):
            if pool is not None:
                pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    """A pool of processes that start from what this one has loaded, where that is safe: where it has one thread."""
    method = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
    return ProcessPoolExecutor(workers, multiprocessing.get_context(method), _prepare)


def _prepare() -> None:
    """Make this process a worker: Ctrl-C is its parent's to hear, and without a parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
