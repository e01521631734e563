"""The cache: what comes back is what was kept, for the same key, by the same user; else nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zzcli import cache


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv("ZZCLI_CACHE", str(folder))
    return folder


def test_what_is_kept_comes_back_for_its_key_alone() -> None:
    cache.keep("words", b"dictionary 1", b"\x00content")
    assert cache.load("words", b"dictionary 1") == b"\x00content"
    assert cache.load("words", b"dictionary 2") is None
    assert cache.load("other", b"dictionary 1") is None


def test_nobody_else_can_read_it(place: Path) -> None:
    cache.keep("words", b"", b"content")
    assert place.stat().st_mode & 0o777 == 0o700
    assert (place / "words").stat().st_mode & 0o777 == 0o600


def test_every_flipped_bit_and_every_cut_is_seen(place: Path) -> None:
    cache.keep("words", b"key", b"content")
    whole = (place / "words").read_bytes()
    damaged = [whole[:end] for end in range(len(whole))] + [whole + b"\x00"]
    for bit in range(8 * len(whole)):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        damaged.append(bytes(flipped))
    for data in damaged:
        (place / "words").write_bytes(data)
        assert cache.load("words", b"key") is None


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_write_is_not_trusted(place: Path, mode: int) -> None:
    cache.keep("words", b"key", b"content")
    (place / "words").chmod(mode)
    assert cache.load("words", b"key") is None


def test_a_link_or_a_pipe_in_its_place_is_not_read(place: Path, tmp_path: Path) -> None:
    cache.keep("words", b"key", b"content")
    (place / "words").rename(tmp_path / "elsewhere")
    (place / "words").symlink_to(tmp_path / "elsewhere")
    assert cache.load("words", b"key") is None
    (place / "words").unlink()
    os.mkfifo(place / "words")
    assert cache.load("words", b"key") is None


def test_what_cannot_be_written_leaves_nothing_and_says_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    cache.keep("words", b"key", b"old")
    monkeypatch.setattr("os.replace", full)
    cache.keep("words", b"key", b"new")
    assert cache.load("words", b"key") == b"old"
    assert [file.name for file in place.iterdir()] == ["words"]


def test_a_place_that_is_no_folder_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ZZCLI_CACHE", str(tmp_path / "file" / "below"))
    cache.keep("words", b"key", b"content")
    assert cache.load("words", b"key") is None


def test_the_place_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for nowhere in ("", "relative"):
        monkeypatch.setenv("ZZCLI_CACHE", nowhere)
        assert cache.folder() is None
    monkeypatch.delenv("ZZCLI_CACHE")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == str(tmp_path / "zzcli")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder() is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "")
    assert cache.folder() is None
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == str(tmp_path / ".cache" / "zzcli")
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache.folder() == str(tmp_path / "Library" / "Caches" / "zzcli")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert cache.folder() == str(tmp_path / "Local" / "zzcli")
