"""Worker processes: how many, whether they can be copies of this one, and what each does first."""

from __future__ import annotations

import os
import sys
import threading

from zzcli.language import use


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_be_copies() -> bool:
    """Whether a copy of this process is a safe worker: on Linux, where it has one thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def prepare(language: str) -> None:
    """Make this process a worker: Ctrl-C is its parent's to hear, and without a parent it ends."""
    import gc
    import signal

    use(language)
    gc.freeze()  # what the parent has made stays; looking through it would copy it
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for asking in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, asking):
            signal.signal(getattr(signal, asking), signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
