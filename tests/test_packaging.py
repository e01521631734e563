"""What is loaded when, what the package offers, and what its checkout promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

import zzcli

ROOT = Path(__file__).parents[1]


def loaded(arguments: list[str], temporary: Path) -> set[str]:
    """The packages that a run of the command line has loaded at its end."""
    code = "import sys; from zzcli.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        check=True,
        text=True,
    )
    return {name.partition(".")[0] for name in run.stderr.split()}


@pytest.mark.parametrize(
    "command", [["figures"], ["timeline"], ["industries"], ["check"], ["overview"], ["search", "产业"]]
)
@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_records_load_no_rich_and_a_command_that_segments_nothing_no_jieba(
    tmp_path: Path, command: list[str], form: str
) -> None:
    modules = loaded([*command, "--format", form], tmp_path)
    assert "jieba" not in modules
    assert ("rich" in modules) == (form == "table")
    assert list(tmp_path.iterdir()) == []


def test_a_search_for_a_long_word_segments_it_and_leaves_no_file(tmp_path: Path) -> None:
    assert "jieba" in loaded(["search", "轨道交通产业"], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--help"], ["figures", "--help"], ["--version"], ["bogus"]])
def test_help_and_errors_load_neither_rich_nor_a_reader(tmp_path: Path, arguments: list[str]) -> None:
    code = "import sys; from zzcli.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True, text=True)
    modules = run.stdout.split()
    assert "zzcli.cli" in modules
    assert not {"rich", "jieba", "zzcli.document"} & set(modules)


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import sys, zzcli; print(*[name for name in sys.modules if name.startswith('zzcli')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout == "zzcli\n"


def test_the_public_names_are_stable() -> None:
    names = ["Document", "__version__", "find_periods", "find_quantities", "parse", "read"]
    assert zzcli.__all__ == dir(zzcli) == names
    assert all(getattr(zzcli, name) for name in names)
    with pytest.raises(AttributeError, match="nonsense"):
        zzcli.nonsense  # noqa: B018 - reading the name is the test


def test_a_document_can_be_asked_in_python() -> None:
    document = zzcli.parse("2024年上半年，全市地区生产总值1853.63亿元，同比增长5.8%。")
    assert [figure.value for figure in document.figures] == [Decimal(185363000000), Decimal("5.8")]
    assert zzcli.read(ROOT / "seeds" / "zhuzhou.txt").figures == zzcli.read().figures


def test_the_bundled_page_comes_with_the_package() -> None:
    bundled = resources.files("zzcli.seeds") / "zhuzhou.txt"
    assert bundled.read_bytes() == (ROOT / "seeds" / "zhuzhou.txt").read_bytes()


def test_every_room_and_every_table_is_packaged() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)["tool"]["setuptools"]
    rooms = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "zzcli").rglob("*.py")}
    assert rooms
    assert set(settings["packages"]) == rooms | {"zzcli.seeds"}
    data = [path for path in (ROOT / "zzcli").rglob("*") if path.suffix == ".toml"]
    assert data
    assert {path.parent.name for path in data} == {"lexicon"}


def test_readme_names_the_commands_that_are_run_for_every_change() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    (python3 -m venv .*)$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
