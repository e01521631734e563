"""Where an answer goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from zzcli.errors import UnwritableError, reason
from zzcli.language import say
from zzcli.views.visible import visible


def write(chunks: Iterable[str], path: Path | None, encoding: str = "utf-8", *, data: bool = False) -> None:
    """Write the chunks to standard output, or to the file at ``path``.

    A reader that has seen enough and closes the pipe ends the writing quietly. Characters that ``encoding`` lacks are
    written as escapes. With ``data`` the chunks hold what strangers wrote as it stands: so it goes to a file or a pipe,
    to a terminal as ``visible`` shows it.

    Raises:
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
    with TemporaryFile() as file:
        make(file)
        file.seek(0)
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
    try:
        at_once = sys.stdout.isatty()  # a person sees each chunk when it is there
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
            if at_once:
                sys.stdout.buffer.flush()
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is still held back must not be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise UnwritableError(
                say("{name}: cannot be written: {reason}", name=say("standard output"), reason=reason(error))
            ) from None


def _to_file(make: Callable[[BinaryIO], None], path: Path) -> None:
    try:
        _replace(make, path)
    except OSError as error:
        raise UnwritableError(say("{name}: cannot be written: {reason}", name=path, reason=reason(error))) from None


def _replace(make: Callable[[BinaryIO], None], path: Path) -> None:
    target = Path(os.path.realpath(path))  # a link goes on pointing at its file
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not stat.S_ISREG(mode):  # a device or a pipe cannot be replaced
        with target.open("wb") as file:
            make(file)
        return
    beside = target.with_name(f".zzcli-{os.urandom(8).hex()}.part")
    try:
        with beside.open("xb") as file:
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            make(file)
        beside.replace(target)
    finally:
        with suppress(OSError):
            beside.unlink()
