"""What can go wrong, in words a user can act on.

Every error that the package raises on purpose is a ``ZzcliError``: one line that says what is wrong and what to do.
They are raised where the fault is seen and caught once, in ``cli``.
"""

from __future__ import annotations

from pathlib import Path

from zzcli.language import say


class ZzcliError(Exception):
    """Wrong use or unreadable input; ``str(error)`` is the one line that the user reads."""


class UnreadableError(ZzcliError):
    """A document that cannot be read: missing, a folder, no text, no such encoding."""


class UnwritableError(ZzcliError):
    """An output file that cannot be written; the old one stands as it was."""


class UsageError(ZzcliError):
    """An option or argument that does not fit."""


class LexiconError(ZzcliError):
    """An entry of the lexicon that is not well formed: names the file, the entry and the fault."""


class ClusterError(ZzcliError):
    """A scheduler that cannot be reached, or cannot do what it is asked."""


class EndedError(Exception):
    """A command has ended and told why; ``code`` is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def fault(error: Exception) -> str:
    """What to say of a fault of zzcli's own: a line to report, never a traceback."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    kind = type(error).__name__
    return say(
        "{kind}: {error} ({place}); this is a fault of zzcli, please report it", kind=kind, error=error, place=place
    )


def reason(error: OSError) -> str:
    """What the system says is the matter, in a few words."""
    return say(error.strerror or str(error))
