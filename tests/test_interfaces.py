"""What README says is stable is what the code does, name by name and in its order.

A test here that fails is a promise that would be broken, or one that README does not tell yet.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import zzcli
from tests.conftest import Answer
from zzcli import __main__, cli, errors, showing
from zzcli.choosing import MEASURES, STATUSES
from zzcli.facts.dating import Dating
from zzcli.facts.doubts import Doubt
from zzcli.facts.events import Event
from zzcli.facts.figures import Figure
from zzcli.facts.industries import Industry
from zzcli.mentions.periods import Period
from zzcli.mentions.quantities import Quantity
from zzcli.reading.reflow import Kind, Text
from zzcli.views.records import FLAGS, GRANULARITIES, KINDS, keys, records
from zzcli.views.sdmx import KEYS

ROOT = Path(__file__).parents[1]
Zzcli = Callable[..., Answer]

OWN = {  # what is no promise: it changes with how zzcli comes to its answers
    Figure: {"statement", "sentence", "level", "rules"},
    Event: {"statement", "rules"},
    Industry: {"mentions", "statement", "flags", "rules"},
    Doubt: set(),
    Quantity: {"kind", "flags", "number_end"},
    Period: {"flags"},
    Dating: {"year", "periods"},
    Text: {"blocks", "sentences"},
}


def section() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, _, after = readme.partition("\n## Stable interfaces\n")
    return after.partition("\n## ")[0]


def promised() -> dict[str, list[str]]:
    """What stands in code in each row of the tables, under the words of its first cell."""
    rows = re.findall(r"^\| (.+?) \| (.*) \|$", section(), re.MULTILINE)
    return {first.replace("`", ""): re.findall(r"`([^`]+)`", rest) for first, rest in rows if first != "---"}


def fields(of: type[Any]) -> list[str]:
    """The names of a value that are promised: its fields, and for a text its methods."""
    named = [name for name in of.__struct_fields__ if not name.startswith("_") and name not in OWN[of]]
    return [*named, "origin(span)", "line(start)"] if of is Text else named


def test_the_tables_of_readme_hold_nothing_that_is_not_tested_here() -> None:
    names = {"figures", "timeline", "industries", "doubts", "text", "search", "documents", "overview", "compare"}
    values = {"measure", "status of figures", "relation", "granularity", "published_by", "kind of text", "--format"}
    python = {"zzcli", "Document", *(of.__name__ for of in OWN), "zzcli.errors"}
    others = {"commands", "environment", "SDMX-CSV", "0", "1", "2", "3", "130", "records of"}
    assert set(promised()) == names | {"series", "index"} | values | python | others | {"name"}


def test_the_exit_codes_are_those_of_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [int(name) for name in promised() if name.isdigit()]
    assert codes == [showing.DONE, showing.NOTHING_FOUND, showing.UNREADABLE, showing.PARTLY_READ, 130]

    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # the process of the tests does not end here
    assert __main__.main() == 130


def test_each_exit_code_is_given_for_what_readme_says(zzcli: Zzcli, plain_file: Path, tmp_path: Path) -> None:
    assert zzcli("figures", plain_file).code == 0
    assert zzcli("search", "龘靐齉", plain_file).code == 1
    assert zzcli("figures", plain_file, "--tier", "x").code == 2
    assert zzcli("figures", tmp_path / "none").code == 2
    assert zzcli("figures", plain_file, tmp_path / "none").code == 3


@pytest.mark.parametrize("kind", [*KINDS, "search", "documents", "compare", "series", "index"])
def test_the_keys_of_records_and_their_order_are_those_of_readme(kind: str) -> None:
    assert promised()[kind] == list(keys(kind))


def test_the_values_that_are_names_are_those_of_readme() -> None:
    rows = promised()
    assert rows["measure"] == list(MEASURES)
    assert rows["status of figures"] == list(STATUSES)
    assert rows["granularity"] == list(GRANULARITIES)
    assert rows["kind of text"] == list(get_args(Kind))
    assert rows["--format"] == list(showing.FORMATS)


def test_figures_have_the_measures_statuses_relations_and_flags_of_readme() -> None:
    corpus = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "corpus").glob("*.txt"))]
    assert corpus
    found = [record for text in corpus for record in records(zzcli.parse(text), "figures")]
    assert {record["relation"] for record in found} == set(promised()["relation"])
    assert {record["measure"] for record in found} == set(MEASURES)
    assert {record["status"] for record in found} == set(STATUSES)
    assert {flag for record in found for flag in record["flags"]} <= set(FLAGS)


def test_how_a_day_of_publication_is_known_is_told_as_in_readme() -> None:
    known = [
        zzcli.parse("产值5亿元。", date(2024, 9, 30)),
        zzcli.parse("云江市经济走笔\n（2024年9月30日）\n\n今年，产值5亿元。"),
        zzcli.parse("云江市2023年经济运行情况\n\n全年产值5亿元。"),
        zzcli.parse("2024年上半年，产值5亿元。"),
        zzcli.parse("产值5亿元。"),
    ]
    assert [records(document, "overview")[0]["published_by"] for document in known] == promised()["published_by"]


def test_the_names_of_the_package_and_their_signatures_are_those_of_readme() -> None:
    def signature(name: str) -> str:
        found = inspect.signature(getattr(zzcli, name))
        bare = [each.replace(annotation=inspect.Parameter.empty) for each in found.parameters.values()]
        return f"{name}{found.replace(parameters=bare, return_annotation=inspect.Signature.empty)}".replace("'", '"')

    functions = ["parse", "read", "find_quantities", "find_periods"]
    assert promised()["zzcli"] == [*map(signature, functions), "Document", "__version__"]
    assert set(zzcli.__all__) == {*functions, "Document", "__version__"}


def test_the_names_of_a_document_are_those_of_readme() -> None:
    names = [name.partition("(")[0] for name in promised()["Document"]]
    public = {name for name in dir(zzcli.Document) if not name.startswith("_")}
    assert set(names) == public - {"events", "given", "heading"}
    assert "records(kind)" in promised()["Document"]


@pytest.mark.parametrize("of", OWN)
def test_the_names_of_the_facts_are_those_of_readme(of: type[Any]) -> None:
    assert promised()[of.__name__] == fields(of)
    assert {*OWN[of]} <= set(of.__struct_fields__)


def test_the_errors_are_those_of_readme() -> None:
    named = promised()["zzcli.errors"]
    assert named[0] == "ZzcliError"
    for name in named:
        assert issubclass(getattr(errors, name), errors.ZzcliError)
    with pytest.raises(errors.UnreadableError):
        zzcli.read("/nowhere/none.txt")
    with pytest.raises(errors.UsageError):
        zzcli.parse("").records("none")


def test_the_commands_are_those_of_readme() -> None:
    assert promised()["commands"] == list(cli.COMMANDS)


def test_the_variables_of_the_environment_are_those_of_readme() -> None:
    """All of zzcli's own that its sources name, and those of others that it heeds."""
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "zzcli").rglob("*.py")))
    own = [name for name in promised()["environment"] if name.startswith("ZZCLI_")]
    assert set(own) == set(re.findall(r"\bZZCLI_[A-Z]+\b", sources))
    others = ["NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"]
    assert promised()["environment"] == [*own, *others]


def test_the_columns_of_sdmx_are_those_of_readme() -> None:
    assert promised()["SDMX-CSV"] == list(KEYS)
