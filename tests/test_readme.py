"""README shows what the commands print. ``python -m tests.test_readme`` renews it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zzcli.cli import COMMANDS
from zzcli.document import Document, parse, read
from zzcli.facts.doubts import KINDS
from zzcli.showing import FORMATS
from zzcli.views.records import FLAGS, GRANULARITIES, keys
from zzcli.views.records import KINDS as KEPT

BESIDE = Path(sys.executable).parent  # where this environment's zzcli is
README = Path(__file__).parents[1] / "README.md"

SHOWN = re.compile(r"^```console\n\$ (?P<command>[^\n]*)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)


def printed(match: re.Match[str]) -> str:
    """The block as the command prints it, 80 columns wide."""
    run = subprocess.run(
        match["command"],
        shell=True,  # some of them are pipes
        env={**os.environ, "PATH": f"{BESIDE}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80", "ZZCLI_LANG": "en"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return f"```console\n$ {match['command']}\n{run.stdout}```"


def test_the_outputs_in_readme_are_real() -> None:
    readme = README.read_text(encoding="utf-8")
    assert len(SHOWN.findall(readme)) >= 5
    for match in SHOWN.finditer(readme):
        assert match[0] == printed(match)


def test_the_python_in_readme_runs(tmp_path: Path) -> None:
    _spark, code = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert (run.returncode, run.stderr) == (0, "")
    assert "地区生产总值" in run.stdout


@pytest.mark.parametrize("kind", [*KEPT, "compare", "series", "search", "index"])
def test_readme_lists_every_key_of_a_record(kind: str) -> None:
    readme = README.read_text(encoding="utf-8")
    assert [key for key in keys(kind) if f"`{key}`" not in readme] == []


def test_readme_lists_every_command_option_and_format() -> None:
    readme = README.read_text(encoding="utf-8")
    assert len(COMMANDS) >= 8
    assert [name for name in COMMANDS if f"zzcli {name}" not in readme] == []
    options = ["--format", "--output", "--published", "--encoding", "--limit", "--explain", "--workers", "--scheduler"]
    assert [option for option in options if f"`{option}" not in readme] == []
    assert [form for form in FORMATS if f"`{form}`" not in readme] == []


def test_readme_lists_every_flag_kind_and_granularity_with_its_meaning() -> None:
    readme = README.read_text(encoding="utf-8")
    for name, meaning in (*FLAGS.items(), *KINDS.items()):
        assert f"| `{name}` | {meaning} |" in readme
    assert ", ".join(f"`{each}`" for each in GRANULARITIES) in readme


def documents() -> list[Document]:
    """The bundled page, the documents with labels, and every sentence of the corpus."""
    texts = [path.read_text(encoding="utf-8") for path in README.parent.glob("tests/gold/*.txt")]
    corpus = [path.read_text(encoding="utf-8") for path in README.parent.glob("tests/corpus/*.txt")]
    assert texts
    assert corpus
    return [read(), *map(parse, texts), *map(parse, corpus)]


def test_no_record_has_a_flag_or_a_granularity_that_readme_does_not_list() -> None:
    for document in documents():
        facts = (*document.figures, *document.timeline, *document.industries)
        assert {flag for fact in facts for flag in fact.flags} <= set(FLAGS)
        assert {event.period.granularity for event in document.timeline} <= {*GRANULARITIES, ""}


if __name__ == "__main__":
    README.write_text(SHOWN.sub(printed, README.read_text(encoding="utf-8")), encoding="utf-8")
