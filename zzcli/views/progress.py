"""How far it is, for a person who waits: a bar on standard error, gone when all is done.

It is drawn when it is told to and by no thread of its own, so it can stand below what is written to the same terminal.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zzcli.language import say

_PAUSE = 0.1  # seconds between two drawings


def shown(total: int) -> AbstractContextManager[Bar | None]:
    """A bar on standard error, if that is a terminal on which lines can be drawn again."""
    return Bar(total) if Console(stderr=True).is_interactive else nullcontext()


class Bar:
    """A bar of ``total`` documents."""

    def __init__(self, total: int) -> None:
        self._progress = Progress(
            TextColumn(say("reading")),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("reading", total=total)
        self._drawn = 0.0

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def advance(self) -> None:
        """One document more is done."""
        now = time.monotonic()
        self._progress.advance(self._task)
        if now - self._drawn >= _PAUSE:
            self._progress.refresh()
            self._drawn = now

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Make room while something else is written to the terminal."""
        self._progress.stop()
        try:
            yield
        finally:
            self._progress.start()
