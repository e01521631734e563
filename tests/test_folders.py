"""Folders: every document in the order of names, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from zzcli.errors import UnreadableError
from zzcli.reading.folders import documents


def written(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("产值5亿元。", encoding="utf-8")


def test_a_folder_stands_for_its_documents_in_the_order_of_names(tmp_path: Path) -> None:
    written(tmp_path, "b.txt", "a.MD", "c/2.text", "c/10.markdown", "d.txt")
    found = [str(Path(str(path)).relative_to(tmp_path)) for path in documents([str(tmp_path)])]
    assert found == ["a.MD", "b.txt", str(Path("c/10.markdown")), str(Path("c/2.text")), "d.txt"]


def test_hidden_files_and_unknown_suffixes_are_left_out(tmp_path: Path) -> None:
    written(tmp_path, ".a.txt", ".git/b.txt", "c.py", "txt", "d.txt")
    assert list(documents([str(tmp_path)])) == [str(tmp_path / "d.txt")]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    written(tmp_path, "报告")
    named = [str(tmp_path / "报告"), "-", "missing.txt"]
    assert list(documents(named)) == named


def test_a_link_into_itself_ends(tmp_path: Path) -> None:
    written(tmp_path, "in/a.txt")
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    assert list(documents([str(tmp_path)])) == [str(tmp_path / "in" / "a.txt")]


def test_a_folder_without_documents_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    written(tmp_path, "full/a.txt")
    error, path = documents([str(tmp_path / "empty"), str(tmp_path / "full")])
    assert isinstance(error, UnreadableError)
    assert "no document in this folder" in str(error)
    assert path == str(tmp_path / "full" / "a.txt")


def test_a_folder_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: str) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("os.scandir", gone)
    (error,) = (each for each in documents([str(tmp_path)]) if "cannot be listed" in str(each))
    assert isinstance(error, UnreadableError)
