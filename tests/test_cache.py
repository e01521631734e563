"""The cache: what comes back is what was kept, for the same key, by the same user; else nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from zzcli import cache, lexicon

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")


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


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o027, 0o077])
def test_nobody_else_can_read_it_under_any_umask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int) -> None:
    monkeypatch.setenv("ZZCLI_CACHE", str(tmp_path / "above" / "kept"))
    before = os.umask(umask)
    try:
        cache.keep("words", b"", b"content")
    finally:
        os.umask(before)
    made = [tmp_path / "above", tmp_path / "above" / "kept", tmp_path / "above" / "kept" / "words"]
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777, 0o1777])
def test_a_folder_that_others_may_write_to_is_not_used_and_stays_as_it_is(place: Path, mode: int) -> None:
    cache.keep("words", b"key", b"content")
    place.chmod(mode)
    assert cache.load("words", b"key") is None
    cache.keep("other", b"key", b"content")
    assert [file.name for file in place.iterdir()] == ["words"]
    assert place.stat().st_mode & 0o7777 == mode


def test_a_folder_that_others_may_only_look_into_is_used(place: Path) -> None:
    place.mkdir(mode=0o755)
    cache.keep("words", b"key", b"content")
    assert cache.load("words", b"key") == b"content"
    assert (place / "words").stat().st_mode & 0o777 == 0o600


def test_what_another_user_owns_is_not_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.keep("words", b"key", b"content")
    monkeypatch.setattr("os.getuid", lambda: place.stat().st_uid + 1)
    assert cache.load("words", b"key") is None
    cache.keep("other", b"key", b"content")
    assert [file.name for file in place.iterdir()] == ["words"]


@ROOT_ONLY
def test_a_file_of_another_user_in_ones_own_folder_is_not_read(place: Path) -> None:
    cache.keep("words", b"key", b"content")
    os.chown(place / "words", 65534, -1)
    assert cache.load("words", b"key") is None
    cache.keep("words", b"key", b"content")
    assert cache.load("words", b"key") == b"content"


def test_a_link_of_ones_own_leads_to_the_folder(place: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir(mode=0o700)
    place.symlink_to(tmp_path / "disk")
    cache.keep("words", b"key", b"content")
    assert cache.load("words", b"key") == b"content"


@ROOT_ONLY
def test_a_link_that_another_user_planted_leads_nowhere(place: Path, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir(mode=0o700)
    place.symlink_to(tmp_path / "private")
    os.lchown(place, 65534, -1)
    cache.keep("words", b"key", b"content")
    assert list((tmp_path / "private").iterdir()) == []


def test_a_link_that_leads_nowhere_keeps_nothing(place: Path, tmp_path: Path) -> None:
    place.symlink_to(tmp_path / "gone")
    cache.keep("words", b"key", b"content")
    assert cache.load("words", b"key") is None
    assert not (tmp_path / "gone").exists()


def garbage(whole: bytes) -> bytes:
    """A file whose checksum fits, and what it holds makes no sense."""
    key = whole[16 : 16 + int.from_bytes(whole[12:16], "big")]
    return cache._head(key, b"[[") + b"[["


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "cut": lambda whole: whole[: len(whole) // 2],
    "a bit": lambda whole: whole[:-9] + bytes([whole[-9] ^ 4]) + whole[-8:],
    "planted": garbage,
}


def test_answers_are_the_same_whatever_became_of_what_is_kept(place: Path) -> None:
    code = "from zzcli.cli import run; run(['figures', '-f', 'json']); run(['search', '轨道交通产业', '-f', 'json'])"
    environment = {**os.environ, "ZZCLI_CACHE": str(place), "PYTHONIOENCODING": "utf-8"}

    def answer() -> tuple[bytes, bytes]:
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        return run.stdout, run.stderr

    first = answer()
    assert first[1] == b""
    kept = {file: file.read_bytes() for file in place.iterdir()}
    assert {file.name.partition("-")[0] for file in kept} == {"lexicon", "patterns", "words"}
    kinds = list(DAMAGE.values())
    for turn in (0, 2):  # each file by two of the kinds, all together by all
        for number, (file, whole) in enumerate(kept.items()):
            file.write_bytes(kinds[turn + number % 2](whole))
        assert answer() == first


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b'{"a": ', b"[" * 100_000])
def test_a_table_that_was_kept_and_is_none_is_read_anew(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(cache, "load", lambda *_: content)
    assert lexicon.table.__wrapped__("events") == lexicon._toml("events", lexicon_file("events"))


def lexicon_file(name: str) -> bytes:
    return Path(lexicon.__file__).with_name(f"{name}.toml").read_bytes()


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
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # as for a user without an entry
    assert cache.folder() is None
    monkeypatch.undo()
    monkeypatch.delenv("ZZCLI_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == str(tmp_path / ".cache" / "zzcli")
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache.folder() == str(tmp_path / "Library" / "Caches" / "zzcli")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert cache.folder() == str(tmp_path / "Local" / "zzcli")
