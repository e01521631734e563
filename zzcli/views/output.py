"""Where an answer goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from zzcli.errors import EndedError, UnwritableError, reason
from zzcli.language import say
from zzcli.replacing import replacing
from zzcli.views.visible import visible


def write(chunks: Iterable[str], path: Path | None, encoding: str = "utf-8", *, data: bool = False) -> None:
    """Write the chunks to standard output, or to the file at ``path``.

    Characters that ``encoding`` lacks are written as escapes. With ``data`` the chunks hold what strangers wrote as it
    stands: so it goes to a file or a pipe, to a terminal as ``visible`` shows it.

    Raises:
        EndedError: the reader has seen enough and closed the pipe: the command ends, quietly and with 0, whatever
            was or would have been found.
        UnwritableError: the place cannot be written; a file that stood there stands as it was.
    """
    if data and _is_terminal(path):
        chunks = map(visible, chunks)
    encoded = (chunk.encode(encoding, "backslashreplace") for chunk in chunks)
    if path is None:
        _to_stdout(encoded)
    else:
        _to_file(lambda file: file.writelines(encoded), path)


def write_whole(make: Callable[[BinaryIO], None], path: Path | None) -> None:
    """Write a file that is made as a whole, such as an Excel file, to standard output or to the file at ``path``.

    Raises:
        UnwritableError: the place cannot be written, or is a terminal.
    """
    if path is not None:
        _to_file(make, path)
        return
    if sys.stdout is not None and sys.stdout.isatty():
        raise UnwritableError(say("this format is not for a terminal; name a file with --output"))
    with ExitStack() as held:
        try:
            file = held.enter_context(TemporaryFile())
            make(file)
            file.seek(0)  # which writes what was held back
        except OSError as error:
            raise UnwritableError(
                say("{name}: cannot be written: {reason}", name=say("a temporary file"), reason=reason(error))
            ) from None
        _to_stdout(iter(partial(file.read, 1 << 20), b""))


def _is_terminal(path: Path | None) -> bool:
    """Whether someone looks at what is written there; devices (``-o /dev/tty``) are taken for terminals."""
    if path is None:
        return sys.stdout is not None and sys.stdout.isatty()
    try:
        return stat.S_ISCHR(os.stat(path).st_mode)
    except (OSError, ValueError):  # which is told when it is written
        return False


def _to_stdout(chunks: Iterable[bytes]) -> None:
    if sys.stdout is None:
        raise UnwritableError(say("standard output is closed"))
    at_once = sys.stdout.isatty()  # a person sees each chunk when it is there
    for chunk in chunks:
        _put(chunk, flush=at_once)
    _put(b"", flush=True)


def _put(chunk: bytes, flush: bool) -> None:
    rest = memoryview(chunk)
    try:
        while rest:  # with PYTHONUNBUFFERED a disk that fills up takes a part, and complains of the next one only
            rest = rest[sys.stdout.buffer.write(rest) :]
        if flush:
            sys.stdout.buffer.flush()
    except OSError as error:
        # What is still held back must not be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise EndedError(0) from None
        raise UnwritableError(
            say("{name}: cannot be written: {reason}", name=say("standard output"), reason=reason(error))
        ) from None


def _to_file(make: Callable[[BinaryIO], None], path: Path) -> None:
    try:
        _replace(make, path)
    except OSError as error:
        raise UnwritableError(say("{name}: cannot be written: {reason}", name=path, reason=reason(error))) from None


def _replace(make: Callable[[BinaryIO], None], path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):  # a device or a pipe cannot be replaced
        try:
            with path.open("wb") as file:
                make(file)
        except BrokenPipeError:
            raise EndedError(0) from None
        return
    target = os.path.realpath(path)  # a link goes on pointing at its file
    with replacing(target, None if mode is None else stat.S_IMODE(mode)) as file:
        make(file)
