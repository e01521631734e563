"""What a worker process is told when it starts."""

from __future__ import annotations

import gc
import os
import signal
from multiprocessing import parent_process
from threading import Thread


def prepare() -> None:
    """Make this process a worker: Ctrl-C is its parent's to hear, and without a parent it ends."""
    gc.freeze()  # what the parent has made stays; looking through it would copy it
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
