"""Whatever a document is: its records lie in it, are sane and are JSON, and no view of it steers a terminal."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

from zzcli.cli import run
from zzcli.document import Document
from zzcli.errors import UsageError
from zzcli.search import search
from zzcli.views.formats import json_text
from zzcli.views.records import hit_record, records

KINDS = ("figures", "timeline", "industries", "doubts", "text")
# What no answer for people or in JSON may hold as it is: controls, directions, what has no width.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
VIEWS = (
    ("figures",),
    ("figures", "--explain"),
    ("figures", "-f", "json"),
    ("figures", "-f", "markdown"),
    ("timeline",),
    ("timeline", "--chart"),
    ("timeline", "-f", "ndjson"),
    ("industries",),
    ("industries", "--chart"),
    ("industries", "-f", "json"),
    ("overview",),
    ("check",),
    ("text",),
    ("text", "--marks"),
    ("text", "-f", "json"),
)
PLAIN = (("figures", "-f", "csv"), ("timeline", "-f", "tsv"), ("figures", "-f", "sdmx-csv"))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def document(read: Document, term: str = "产业") -> None:
    """Every record of every kind, and every hit, lies in the text and is JSON."""
    source = read.file.text
    found = {kind: records(read, kind) for kind in KINDS}
    with contextlib.suppress(UsageError):  # nothing in it can be looked for
        found["search"] = [hit_record(hit) for hit in search([read], term)]
    for kind, made in found.items():
        told = json.loads(json_text(made))
        assert len(told) == len(made)
        for record in made:
            start, end = record["start"], record["end"]
            assert 0 <= start < end <= len(source), (kind, record)
            assert record["line"] >= 1, record
            if kind in ("figures", "timeline"):
                said = record["written" if kind == "figures" else "expression"]
                rest = iter(source[start:end])  # what stands between columns is left out
                assert all(character in rest for character in _squeezed(said)), (kind, record)
    for record in found["figures"]:
        assert record["value"].is_finite(), record
    json.loads(json_text(records(read, "overview")))


def answered(*arguments: str) -> tuple[int, str, str]:
    """The code, standard output and standard error of a run in this process."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = run(list(arguments))
    said = []
    for stream in streams:
        stream.flush()
        said.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return code, said[0], said[1]


def view(file: Path, arguments: tuple[str, ...], steers: re.Pattern[str] = STEERING) -> None:
    """A view of a file is there, or one line says why not; nothing in it steers a terminal."""
    code, out, err = answered(arguments[0], *arguments[1:], "--", str(file))
    assert code in (0, 1, 2), (arguments, code, err)
    assert "fault of zzcli" not in err, err
    assert "Traceback" not in err, err
    assert code == 0 or err.count("\n") == 1, err
    if arguments not in PLAIN:
        steering = steers.search(out + err)
        assert not steering, (arguments, steering and hex(ord(steering[0])))


def refused(message: str) -> None:
    """What a reader is told of a file that cannot be read: one line that steers nothing."""
    assert message.strip()
    assert "\n" not in message
    assert not STEERING.search(message), message
