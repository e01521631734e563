"""What zzcli stands on and what of it is handed out: the lock, the sources, the wheel."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import zzcli

ROOT = Path(__file__).parents[1]


# ---------------------------------------------------------------------------------------------------------------------
# The lock


def locked() -> list[Requirement]:
    lines = (ROOT / ".ci" / "lock.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def held() -> dict[str, str]:
    """The version of each distribution that the lock names for this Python."""
    here = [pin for pin in locked() if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in here}


def asked() -> list[str]:
    """All that pyproject asks for, with the extras."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)["project"]
    return [*settings["dependencies"], *chain.from_iterable(settings["optional-dependencies"].values())]


def required(extra: str) -> set[str]:
    """What an extra of zzcli requires, and what that requires, for this Python and this system."""
    wanted, seen = [("zzcli", extra)], set()
    while wanted:
        name, part = wanted.pop()
        if (name, part) in seen:
            continue
        seen.add((name, part))
        for requirement in map(Requirement, metadata.distribution(name).requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": part}):
                wanted += [(canonicalize_name(requirement.name), each) for each in ("", *requirement.extras)]
    return {name for name, _ in seen} - {"zzcli"}


def test_the_lock_names_exact_versions_and_no_place() -> None:
    text = (ROOT / ".ci" / "lock.txt").read_text(encoding="utf-8")
    assert len(locked()) > 50
    assert "://" not in text
    assert "uv pip compile" in text.splitlines()[1]
    for pin in locked():
        assert re.fullmatch(r"==[0-9][0-9a-z.]*", str(pin.specifier)), pin
        assert not pin.url
        assert not pin.extras


def test_the_lock_is_within_the_bounds_of_pyproject() -> None:
    assert len(asked()) > 15
    for each in map(Requirement, asked()):
        if each.name != "zzcli":
            assert each.specifier.contains(held()[canonicalize_name(each.name)]), each


def test_the_lock_names_every_distribution_that_development_installs() -> None:
    assert len(required("dev")) > 60
    assert required("dev") == set(held())


def test_every_requirement_has_a_lower_bound_and_says_what_it_is_for() -> None:
    for each in asked():
        assert ">=" in each or each.startswith("zzcli["), each
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    listed = [number for number, line in enumerate(lines) if re.match(r' {4}"[A-Za-z_-]+(\[\w+\])?>=', line)]
    assert len(listed) > 15
    assert [lines[number] for number in listed if not lines[number - 1].startswith("    #")] == []


def test_what_users_install_is_free_to_be_passed_on() -> None:
    """No licence of theirs binds what uses it, or there is one to choose that does not."""
    bound = {name for name in required("all") if re.search(r"GPL|GNU", licence(name)) and "MPL" not in licence(name)}
    assert bound == set()


def licence(name: str) -> str:
    told = metadata.metadata(name)
    classified = [each for each in told.get_all("Classifier", []) if each.startswith("License")]
    return " ".join([told.get("License-Expression") or "", (told.get("License") or "")[:80], *classified])


# ---------------------------------------------------------------------------------------------------------------------
# The sources


def sources() -> list[Path]:
    found = sorted((ROOT / "zzcli").rglob("*.py"))
    assert len(found) > 60
    return found


RUNNING = {"eval", "exec", "compile", "__import__"}  # built in, by their bare names
LOADING = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "dbm", "copyreg", "runpy", "code"}


def test_nothing_that_is_read_is_ever_run_or_unpickled() -> None:
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in RUNNING, f"{file}:{node.lineno}"
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
                names = [each.value for each in node.args if isinstance(each, ast.Constant)]
            assert not {str(name).partition(".")[0] for name in names} & LOADING, file


def test_nothing_starts_another_program_or_asks_a_network() -> None:
    """Python itself is started anew for a PDF, by one module; Dask, where a scheduler is named, is none of these."""
    outward = {"subprocess", "socket", "urllib", "http", "ftplib", "smtplib", "requests", "httpx", "webbrowser"}
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named = {alias.name.partition(".")[0] for alias in node.names} & outward
                assert named <= ({"subprocess"} if file.name == "engine.py" else set()), file
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in outward, file
            elif isinstance(node, ast.Attribute):
                assert node.attr not in {"system", "popen"}, f"{file}:{node.lineno}"


# ---------------------------------------------------------------------------------------------------------------------
# The wheel


def built(source: Path, kind: str) -> Path:
    """The wheel or the source distribution of a checkout."""
    code = f"from setuptools import build_meta; print(build_meta.build_{kind}('dist'))"
    (source / "dist").mkdir(exist_ok=True)
    run = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return source / "dist" / run.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is committed, for a build leaves traces."""
    copy = tmp_path_factory.mktemp("checkout")
    rubbish = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for part in ("zzcli", "seeds", "tests", ".ci"):
        shutil.copytree(ROOT / part, copy / part, ignore=rubbish)
    for part in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / part, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    return built(checkout, "wheel")


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    kinds = {".py", ".toml", ".typed"}
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "zzcli").rglob("*") if path.suffix in kinds}
    assert "zzcli/py.typed" in package
    seeds = {f"zzcli/seeds/{name}" for name in ("__init__.py", "zhuzhou.txt")}
    about = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "top_level.txt"}
    assert names_in(wheel) == package | seeds | {f"zzcli-{zzcli.__version__}.dist-info/{name}" for name in about}


def test_the_wheel_of_the_source_distribution_holds_the_same(checkout: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(built(checkout, "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    again = built(unpacked, "wheel")
    with zipfile.ZipFile(again) as one, zipfile.ZipFile(wheel) as other:
        held = [name for name in other.namelist() if not name.endswith("/RECORD")]
        assert set(one.namelist()) == set(other.namelist())
        assert [name for name in held if one.read(name) != other.read(name)] == []


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = f"zzcli-{zzcli.__version__}.dist-info"
        told = message_from_bytes(archive.read(f"{about}/METADATA"))
        points = archive.read(f"{about}/entry_points.txt").decode()
    assert (told["Name"], told["Version"], told["Requires-Python"]) == ("zzcli", zzcli.__version__, ">=3.11")
    assert told["Summary"]
    assert "Typing :: Typed" in told.get_all("Classifier", [])
    extras = {"all", "cluster", "dev", "docx", "html", "parquet", "pdf", "xlsx"}
    assert set(told.get_all("Provides-Extra", [])) == extras
    assert points.split() == ["[console_scripts]", "zzcli", "=", "zzcli.__main__:main"]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; what it depends on is that of the tests, and the checkout is not seen."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(os.path.dirname(os.path.dirname(pytest.__file__)) + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(place), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return place / "bin"


def test_the_installed_wheel_reads_the_bundled_page_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    def out(*command: object) -> str:
        run = subprocess.run(list(map(str, command)), cwd=tmp_path, capture_output=True, encoding="utf-8")
        assert (run.returncode, run.stderr) == (0, "")
        return run.stdout

    where = "import zzcli, zzcli.seeds; print(zzcli.__file__, zzcli.seeds.__file__)"
    assert all(Path(each).is_relative_to(installed.parent) for each in out(installed / "python", "-c", where).split())
    assert out(installed / "zzcli", "--version") == f"zzcli {zzcli.__version__}\n"
    asked = ["industries", "-f", "json"]
    answer = out(installed / "zzcli", *asked)
    assert answer.count("轨道交通") > 1
    assert answer == out(installed / "python", "-m", "zzcli", *asked) == out(sys.executable, "-m", "zzcli", *asked)


CONSUMER = """
from datetime import date
from decimal import Decimal

import zzcli

document: zzcli.Document = zzcli.parse("产值5亿元", published=date(2024, 9, 30))
values: list[Decimal] = [figure.value for figure in document.figures]
codes: list[str | None] = [period.code for period in zzcli.find_periods("去年10月")]
unit: str = zzcli.find_quantities("5亿元")[0].unit
zzcli.read(5)
"""


def test_those_who_import_the_installed_package_get_its_types(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(installed / "python")]
    run = subprocess.run([*command, "consumer.py"], cwd=tmp_path, capture_output=True, text=True)
    told = re.findall(r"^consumer.py:(\d+): error: .*\[(.*)\]$", run.stdout, re.MULTILINE)
    assert told == [("10", "assignment"), ("11", "arg-type")], run.stdout + run.stderr
