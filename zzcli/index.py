"""The index of a folder: which documents hold a word, without looking at them all.

It is one SQLite file with a full-text table (FTS5, contentless: it holds no text) over the single characters of the
folded, reflowed sentences. A run of marks is one token, whichever they are, and so is the end of a sentence. So what
the index says of a word of letters and digits is so; of a word with marks it is to be verified in the text.

A document is known by its path in the folder and fits while its size and time are the ones noted. What is gone or
changed loses its row; its characters stay until so many have gathered that all is indexed anew. Everything is changed
in one transaction, so a run that is killed changes nothing. The file carries a checksum of its rows and the time of
its last change: while it bears that time it is taken for whole, else it is checked.

An index tells what need not be looked at, so one that somebody planted could hide documents. None is used but the
user's own, which nobody else may write: checksum and time are sealed with a key from the user's cache, so one that
came with the documents of a stranger is known for such before anything else is read from it. Where nothing can be kept
there is no key, and the file's owner and mode must do.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from array import array
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, msgpack

from zzcli import cache
from zzcli.errors import UnreadableError, UnwritableError, ZzcliError, reason
from zzcli.language import current, say
from zzcli.patterns import compiled
from zzcli.reading import files, folders
from zzcli.reading.reflow import reflow
from zzcli.reading.source import Source, shown
from zzcli.search import fold
from zzcli.workers import prepare, processors

_APPLICATION = 0x7A7A636C  # in the head of the file: it is one of ours
_VERSION = 4
_PAGE = 8192  # bytes; larger ones are filled worse, smaller ones hold more heads
_TABLES = (
    "CREATE TABLE kept(name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    "CREATE TABLE documents(id INTEGER PRIMARY KEY, path BLOB, size INTEGER, time INTEGER, checksum BLOB,"
    " encoding TEXT, length INTEGER)",
    "CREATE VIRTUAL TABLE characters USING fts5(text, content='', tokenize='ascii')",
)
_NAMES = {"kept", "documents", "characters", *(f"characters_{part}" for part in ("data", "idx", "docsize", "config"))}
_CHECKED = (
    "SELECT type, name, sql FROM sqlite_master ORDER BY name",
    "SELECT * FROM documents ORDER BY id",
    "SELECT id, block FROM characters_data ORDER BY id",
    "SELECT * FROM characters_idx ORDER BY segid, term",
    "SELECT * FROM characters_docsize ORDER BY id",
    "SELECT name, value FROM kept WHERE name NOT IN ('checksum', 'seal') ORDER BY name",
)
_LONGEST = 64 * 1024 * 1024  # bytes of a value that is read
_MOST_GONE = 4  # a part of the characters that may belong to documents that are gone: one in so many
_FEW_GONE = 50  # documents; fewer are left alone in any case
_MANY_CHANGED = 20  # the file is packed anew when one document in so many is new
_AT_ONCE = 200  # documents; more are read by several processes

# FTS5 takes a letter or digit, and all that is not ASCII, for a token if it stands alone.
_MARKS = compiled(r"[\W_]+")
_MARK = "\ue000"


class DamagedError(ZzcliError):
    """A file that is no index, or no longer a whole one."""


class Outcome(Struct, frozen=True):
    """What became of an index."""

    read: int
    unchanged: int
    removed: int
    size: int
    text: int
    """Bytes of the documents in it."""
    unreadable: tuple[UnreadableError, ...]
    rebuilt: str | None
    """Why it was made anew, if it was."""


Listed = tuple[str, int, int]
"""A file of a folder as it stands there: its path, size in bytes and time in nanoseconds."""


class _Read(NamedTuple):
    """A document that was read to be indexed."""

    tokens: str
    size: int
    time: int
    checksum: bytes
    length: int


def listed(folder: str) -> tuple[list[Listed], list[UnreadableError]]:
    """The documents of a folder, and what cannot be listed; one that is gone meanwhile is left to its reader."""
    here: list[Listed] = []
    errors: list[UnreadableError] = []
    for path in folders.documents([folder]):
        if isinstance(path, str):
            try:
                found = os.stat(path)
                here.append((path, found.st_size, found.st_mtime_ns))
            except OSError:
                here.append((path, -1, -1))
        else:
            errors.append(path)
    return here, errors


def _names(folder: str, here: Sequence[Listed]) -> list[bytes]:
    """What the documents are called in the folder."""
    start = len(os.fsencode(os.path.join(folder, "")))
    return [os.fsencode(path)[start:] for path, _, _ in here]


# ---------------------------------------------------------------------------------------------------------------------
# Keeping


def update(
    folder: str,
    path: str,
    encoding: str | None = None,
    progress: Callable[[], None] | None = None,
    *,
    replacing: bool = False,
) -> Outcome:
    """Index what is new or changed in a folder, and forget what is gone.

    Args:
        folder: the documents.
        path: where the index is, or is to be.
        encoding: the encoding of the documents, where it is not to be found.
        progress: is told of each document that it is done.
        replacing: whether a file that is no index may be replaced by one.

    Raises:
        UnreadableError: there is no such folder.
        UnwritableError: the index cannot be written; an old one stands as it was.
    """
    if not os.path.isdir(folder):
        raise UnreadableError(say("{name}: is no folder; an index is of a folder", name=shown(folder)))
    try:
        return _update(folder, path, replacing, encoding, progress)
    except (sqlite3.DatabaseError, OSError, ValueError) as error:
        raise UnwritableError(_unwritable(path, error)) from None


def _unwritable(path: str, error: Exception) -> str:
    why = reason(error) if isinstance(error, OSError) else str(error)
    if "fts5" in why:
        return say("the SQLite of this Python has no FTS5, which an index needs; search works without one")
    if "locked" in why or isinstance(error, FileExistsError):
        return say("{path}: is being written by another zzcli index; wait for it to end", path=path)
    return say("{path}: cannot be written: {reason}; name another place with --index", path=path, reason=why)


def _update(
    folder: str, path: str, replacing: bool, encoding: str | None, progress: Callable[[], None] | None
) -> Outcome:
    fault = None
    if os.path.lexists(path) and not is_begun(path):
        try:
            with closing(_open(path)) as database:
                _check(database)
            try:
                return _written(folder, path, encoding, progress)
            except sqlite3.OperationalError as error:  # locked, no room: no fault of the file
                raise UnwritableError(_unwritable(path, error)) from None
        except (DamagedError, sqlite3.DatabaseError) as error:
            if "locked" in str(error):
                raise
            if not replacing and not _is_ours(path):
                raise UnwritableError(
                    say("{path}: is there and is no index of zzcli; name another file", path=path)
                ) from None
            fault = str(error)
            for part in (path, path + "-journal"):
                with suppress(FileNotFoundError):
                    os.unlink(part)
    if not is_begun(path):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        return _written(folder, path, encoding, progress, fault)
    except BaseException:
        if is_begun(path):
            os.unlink(path)
        raise


def is_begun(path: str) -> bool:
    """Whether a first run is making the index there, or was ended before it was done: the file is empty."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and not found.st_size


def _written(
    folder: str,
    path: str,
    encoding: str | None,
    progress: Callable[[], None] | None,
    fault: str | None = None,
) -> Outcome:
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as database:
        _wary(database)
        outcome, stamp = _write(database, folder, encoding, progress)
    os.utime(path, ns=(stamp, stamp))
    return Outcome(**outcome, size=os.path.getsize(path), rebuilt=fault)


def _write(
    database: sqlite3.Connection, folder: str, encoding: str | None, progress: Callable[[], None] | None
) -> tuple[dict[str, Any], int]:
    _begin(database)
    kept = dict(database.execute("SELECT name, value FROM kept"))
    columns = "id, path, size, time, checksum, encoding, length"
    known = {row[1]: row for row in database.execute(f"SELECT {columns} FROM documents")}
    here, unreadable = listed(folder)
    named = dict(zip(_names(folder, here), here, strict=True))
    gone = [row for name, row in known.items() if name not in named]
    changed = [name for name, each in named.items() if not _fits(known.get(name), each, encoding)]
    unchanged = len(here) - len(changed)
    dead = kept["gone"] + len(gone)
    dead_length = kept["gone length"] + sum(row[6] for row in gone)
    live_length = sum(row[6] for row in known.values()) - sum(row[6] for row in gone)
    if dead > _FEW_GONE and dead_length * _MOST_GONE > live_length:
        database.execute("INSERT INTO characters(characters) VALUES('delete-all')")
        database.execute("DELETE FROM documents")
        known, changed, unchanged, dead, dead_length = {}, list(named), 0, 0, 0
    else:
        database.executemany("DELETE FROM documents WHERE id = ?", ((row[0],) for row in gone))

    told = progress or (lambda: None)
    number, read, noted = kept["next"], 0, 0
    asked = [(named[name][0], _checksum_of(known.get(name), encoding), encoding) for name in changed]
    with closing(_pages(asked)) as pages:
        for _ in range(unchanged):
            told()
        for name, page in zip(changed, pages, strict=True):
            told()
            row = known.get(name)
            if isinstance(page, _Read) and not page.length and row:  # what it holds is as it was
                database.execute("UPDATE documents SET size=?, time=? WHERE id=?", (page.size, page.time, row[0]))
                noted += 1
                continue
            if row:
                database.execute("DELETE FROM documents WHERE id = ?", (row[0],))
                dead, dead_length = dead + 1, dead_length + row[6]
            if isinstance(page, UnreadableError):
                unreadable.append(page)
                continue
            database.execute("INSERT INTO characters(rowid, text) VALUES(?, ?)", (number, page.tokens))
            values = (number, name, page.size, page.time, page.checksum, encoding, page.length)
            database.execute("INSERT INTO documents VALUES(?, ?, ?, ?, ?, ?, ?)", values)
            number, read = number + 1, read + 1

    pack = read * _MANY_CHANGED > len(here)
    if pack:
        database.execute("INSERT INTO characters(characters) VALUES('optimize')")
    database.execute("SAVEPOINT written")  # what the full-text table holds in memory goes to its rows
    database.execute("RELEASE written")
    numbers = dict(database.execute("SELECT path, id FROM documents"))
    stamp = time.time_ns()
    sums = {
        "gone": dead,
        "gone length": dead_length,
        "next": number,
        "listing": _listing(list(named), here, encoding),
        "numbers": array("I", [numbers.get(name, 0) for name in named]).tobytes(),
        "stamp": stamp,
    }
    keep = "INSERT OR REPLACE INTO kept VALUES(?, ?)"
    database.executemany(keep, sums.items())
    checksum = _sum_of(database)
    database.execute(keep, ("checksum", checksum))
    database.execute(keep, ("seal", _seal(_key(making=True), checksum, stamp)))
    database.execute("COMMIT")
    if pack:
        database.execute("VACUUM")
    text = database.execute("SELECT total(size) FROM documents").fetchone()[0]
    return {
        "read": read,
        "unchanged": unchanged + noted,
        "removed": len(gone),
        "text": int(text),
        "unreadable": tuple(unreadable),
    }, stamp


def _begin(database: sqlite3.Connection) -> None:
    """Begin to change an index, and make its tables where there are none."""
    database.execute(f"PRAGMA page_size={_PAGE}")
    database.execute("PRAGMA cache_size=-262144")  # KiB: a change is kept in memory until it is whole
    database.execute("BEGIN IMMEDIATE")
    if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
        for table in _TABLES:
            database.execute(table)
        database.execute(f"PRAGMA application_id={_APPLICATION}")
        database.execute(f"PRAGMA user_version={_VERSION}")
        database.execute(f"INSERT INTO characters(characters, rank) VALUES('pgsz', {_PAGE - 42})")
        database.execute("INSERT INTO kept VALUES('gone', 0), ('gone length', 0), ('next', 1)")


def _listing(names: Sequence[bytes], here: Sequence[Listed], encoding: str | None) -> bytes:
    """What tells the documents, with size and time, from any others."""
    sizes, times = array("q", [each[1] for each in here]), array("q", [each[2] for each in here])
    return blake2b(b"\0".join([*names, repr(encoding).encode(), sizes, times]), digest_size=16).digest()


def _fits(row: Sequence[Any] | None, each: Listed, encoding: str | None) -> bool:
    return row is not None and (row[2], row[3], row[5]) == (*each[1:], encoding)


def _checksum_of(row: Sequence[Any] | None, encoding: str | None) -> bytes | None:
    return row[4] if row and row[5] == encoding else None


def _pages(asked: Sequence[tuple[str, bytes | None, str | None]]) -> Generator[_Read | UnreadableError, None, None]:
    """The documents read, in order; many by several processes."""
    workers = processors()
    done = 0
    if len(asked) >= _AT_ONCE and workers > 1:
        from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

        try:
            with ProcessPoolExecutor(workers, initializer=prepare, initargs=(current(),)) as pool:
                for page in pool.map(_page, asked, chunksize=16):
                    yield page
                    done += 1
        except BrokenExecutor:  # somebody ended a worker
            pass
    yield from map(_page, asked[done:])


def _page(asked: tuple[str, bytes | None, str | None]) -> _Read | UnreadableError:
    """A document read to be indexed; without tokens where its checksum is the one noted."""
    path, known, encoding = asked
    try:
        before = os.stat(path)
        data = files.contents(path)
        checksum = blake2b(data, digest_size=16).digest()
        if checksum == known:
            return _Read("", before.st_size, before.st_mtime_ns, checksum, 0)
        source = files.of_bytes(data, path, encoding)
        return _Read(tokens(source), before.st_size, before.st_mtime_ns, checksum, len(source.text))
    except UnreadableError as error:
        return error
    except OSError as error:
        return UnreadableError(say("{name}: cannot be read: {reason}", name=shown(path), reason=reason(error)))


def tokens(source: Source) -> str:
    """The characters of a document as they are indexed, each a token.

    >>> tokens(Source("a.txt", "产 业，兴2024年GDP", None)).split() == ["产", "业", _MARK, "兴", *"2024年gdp"]
    True
    """
    page = reflow(source.text, source.format)
    return _spaced(_MARK.join(fold(sentence.of(page.clean)) for sentence in page.sentences))


def _spaced(folded: str) -> str:
    return " ".join(_MARKS.sub(_MARK, folded))


# ---------------------------------------------------------------------------------------------------------------------
# Asking


class Index:
    """An index that is whole, to be asked."""

    def __init__(self, path: str) -> None:
        """Open it.

        Raises:
            DamagedError: it is no index, or no longer whole.
        """
        try:
            self._database = _open(path)
            try:
                self._database.execute("BEGIN")  # all that is asked is of one state, whoever changes it meanwhile
                _check_seal(self._database)
                self._kept = dict(self._database.execute("SELECT name, value FROM kept"))
                if self._kept.get("stamp") != os.stat(path).st_mtime_ns:
                    _check_rows(self._database)
            except BaseException:
                self._database.close()
                raise
        except (sqlite3.DatabaseError, OSError, ValueError, OverflowError) as error:
            raise DamagedError(str(error)) from None

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def fitting(self, folder: str, here: Sequence[Listed], encoding: str | None) -> list[int | None]:
        """The numbers of documents in the index, None where it has none of that size and time."""
        names = _names(folder, here)
        if self._kept.get("listing") == _listing(names, here, encoding):
            numbers = array("I", self._kept["numbers"])
            if len(numbers) == len(here):
                return [number or None for number in numbers]
        rows = self._rows("SELECT path, size, time, id FROM documents WHERE encoding IS ?", encoding)
        known = {(path, size, time): number for path, size, time, number in rows}
        return [known.get((name, size, time)) for name, (_, size, time) in zip(names, here, strict=True)]

    def holding(self, word: str) -> set[int]:
        """The numbers of the documents that may hold a folded word; all that do are among them."""
        return {
            number for (number,) in self._rows("SELECT rowid FROM characters WHERE characters MATCH ?", _phrase(word))
        }

    def best(self, words: Iterable[str]) -> list[int]:
        """The numbers of the documents that may hold one of the words, best first by BM25."""
        query = "SELECT rowid FROM characters WHERE characters MATCH ? ORDER BY rank, rowid"
        return [number for (number,) in self._rows(query, " OR ".join(map(_phrase, words)))]

    def lengths(self) -> dict[int, int]:
        """How many characters each document has."""
        return dict(self._rows("SELECT id, length FROM documents"))

    def _rows(self, query: str, *values: str | None) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedError(str(error)) from None


def _phrase(word: str) -> str:
    """The word as a query of FTS5, to which none of its characters means anything."""
    return f'"{_spaced(word)}"'


def is_certain(word: str) -> bool:
    """Whether a document that the index says to hold the folded word does."""
    return word.isalnum()


def _open(path: str) -> sqlite3.Connection:
    """The file as a database of ours, which nobody else may write.

    Raises:
        DamagedError: it is something else, or another's.
        sqlite3.DatabaseError: it is no database, or none that can be read.
    """
    for part in (path, path + "-journal"):  # which whoever opens the file would write into it
        with suppress(FileNotFoundError):
            found = os.lstat(part)
            if not stat.S_ISREG(found.st_mode):
                raise DamagedError(say("is no file"))
            if not cache.is_own(found):
                raise DamagedError(say("is not yours alone: another owns it or may write to it"))
    # What a killed run has begun is undone by whoever opens the file next, and that is a change.
    mode = "rw" if os.path.exists(path + "-journal") and os.access(path, os.W_OK) else "ro"
    database = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode={mode}", uri=True, timeout=1)
    try:
        _wary(database)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        (application,) = database.execute("PRAGMA application_id").fetchone()
        (version,) = database.execute("PRAGMA user_version").fetchone()
        made = database.execute("SELECT name, type, sql FROM sqlite_master").fetchall()
        tables = {name for name, kind, _ in made if kind == "table"}
        whole = len(made) == len(_NAMES) and tables == _NAMES and {sql for *_, sql in made}.issuperset(_TABLES)
        if application != _APPLICATION or not whole:
            raise DamagedError(say("is no index of zzcli"))
        if version != _VERSION:
            raise DamagedError(say("was made by another version of zzcli"))
    except BaseException:
        database.close()
        raise
    return database


def _wary(database: sqlite3.Connection) -> None:
    """Let a file that was made by nobody knows whom do as little as it can."""
    database.execute("PRAGMA trusted_schema=OFF")
    database.execute("PRAGMA cell_size_check=ON")


def _check(database: sqlite3.Connection) -> None:
    _check_seal(database)
    _check_rows(database)


def _check_seal(database: sqlite3.Connection) -> None:
    kept = dict(database.execute("SELECT name, value FROM kept WHERE name IN ('checksum', 'stamp', 'seal')"))
    checksum, stamp, seal = kept.get("checksum"), kept.get("stamp"), kept.get("seal")
    known = isinstance(checksum, bytes) and isinstance(stamp, int) and seal == _seal(_key(), checksum, stamp)
    if not known:
        raise DamagedError(say("was not made by you on this machine"))


def _check_rows(database: sqlite3.Connection) -> None:
    kept = dict(database.execute("SELECT name, value FROM kept"))
    if kept.get("checksum") != _sum_of(database) or not {"gone", "gone length", "next"} <= kept.keys():
        raise DamagedError(say("its checksum does not fit"))


def _sum_of(database: sqlite3.Connection) -> bytes:
    total = blake2b(digest_size=32)
    for query in _CHECKED:
        for row in database.execute(query):
            total.update(msgpack.encode(row))
    return total.digest()


def _seal(key: bytes, checksum: bytes, stamp: int) -> bytes:
    return blake2b(msgpack.encode((checksum, stamp)), key=key, digest_size=32).digest()


def _key(*, making: bool = False) -> bytes:
    """What seals the indexes of this user; empty where there is none, or nothing can be kept."""
    key = cache.load("key", b"of indexes")
    if key is None and making:
        cache.keep("key", b"of indexes", os.urandom(32))
        key = cache.load("key", b"of indexes")  # of two that are made at once the later one stands
    return (key or b"")[:64]


def _is_ours(path: str) -> bool:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            head = file.read(100)
    except OSError:
        return False
    return not head or (head.startswith(b"SQLite format 3\0") and head[68:72] == _APPLICATION.to_bytes(4, "big"))
