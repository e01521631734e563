"""``python -m zzcli`` and the ``zzcli`` command: Ctrl-C ends with 130, also while the rest is still loading.

Who asks the process to end otherwise (``kill``, a terminal that is closed) is heeded in the same way: what was begun is
taken away, and then it ends by that signal.

Nearly all that a start makes lives until its end, so the collector of cycles would look through it in vain, several
times, and once more when Python ends; that is a seventh of an answer's time.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time

_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_ONCE = 1.0  # seconds in which several signals are one: a key that is held, a group of processes that is told twice


class _Ended(BaseException):
    """Somebody asked this process to end, by the signal ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _Heeding:
    """What this process does when it is asked to end: what it is at breaks off, and is cleared away undisturbed."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._heard = -_ONCE
        for number in _ENDING:
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):  # not what ``nohup`` ignores
                signal.signal(number, self._hear)

    def _hear(self, number: int, _: object) -> None:
        if os.getpid() != self._process:  # a copy that is about to become a worker
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        now = time.monotonic()
        if now - self._heard >= _ONCE:
            self._heard = now
            raise KeyboardInterrupt if number == signal.SIGINT else _Ended(number)


def main() -> int:
    """Run the command line; the exit code.

    The process is to end then: Ctrl-C does not hasten it any more, and what else asks it to end does so at once.
    """
    gc.disable()
    try:
        _hold_streams()
        _Heeding()
        from zzcli.cli import run

        return run()
    except KeyboardInterrupt:
        return 130
    except _Ended as ended:
        signal.signal(ended.number, signal.SIG_DFL)
        os.kill(os.getpid(), ended.number)
        return 128 + ended.number
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in _ENDING:
            if callable(signal.getsignal(number)):  # nobody would catch what it raises
                signal.signal(number, signal.SIG_DFL)
        gc.freeze()


def _hold_streams() -> None:
    """Take the numbers of closed standard streams, lest a file get one and what is meant for a stream go into it."""
    for stream in range(3):
        try:
            os.fstat(stream)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


if __name__ == "__main__":
    sys.exit(main())
