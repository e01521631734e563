"""What the tests of the door and of the views share."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The user's own cache is left alone; the processes that tests start share one.
os.environ["ZZCLI_CACHE"] = tempfile.mkdtemp()
atexit.register(shutil.rmtree, os.environ["ZZCLI_CACHE"], ignore_errors=True)

# What the tests compare is English, wherever they are run.
os.environ["ZZCLI_LANG"] = "en"
# What is drawn does not hang on the terminal that the tests are run in.
os.environ["TERM"] = "xterm"
# Ctrl-C is heard by what the tests start, also where a shell starts them in the background.
signal.signal(signal.SIGINT, signal.default_int_handler)

from zzcli import language  # noqa: E402
from zzcli.cli import run  # noqa: E402

if TYPE_CHECKING:
    from tests.made import Made
    from zzcli.document import Document


@pytest.fixture
def made() -> type[Made]:
    """The class of documents whose facts are stated by hand."""
    from tests.made import Made

    return Made


@pytest.fixture
def page() -> Document:
    """One such document with facts of every kind."""
    from tests.made import page

    return page()


class Answer:
    """How a run of the command line ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def refused(self) -> str:
        """The one line on stderr of a run that ended with 2 and gave no data."""
        assert self.code == 2, self.err
        assert not self.out
        assert self.err.startswith("zzcli: ")
        assert self.err.count("\n") == 1
        return self.err


@pytest.fixture
def zzcli(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Answer]:
    """Run the command line in this process."""

    def zzcli(*arguments: str | Path) -> Answer:
        capsysbinary.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    return zzcli


@pytest.fixture
def chinese() -> Iterator[None]:
    """What is said while it is there is Chinese."""
    language.use("zh")
    yield
    language.use("en")


@pytest.fixture
def plain_file(tmp_path: Path) -> Path:
    """The page of ``tests.made`` as a file."""
    file = tmp_path / "page.txt"
    from tests.made import PAGE

    file.write_text(PAGE, encoding="utf-8")
    return file


@contextmanager
def unprivileged() -> Iterator[None]:
    """Do what is inside without the rights of root, who may write everywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def read_only(tmp_path: Path) -> Path:
    """A folder in which nothing can be written, but by root."""
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o555)
    return folder
