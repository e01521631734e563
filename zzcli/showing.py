"""What was asked for → where it goes: documents are read, answers are written, and what is wrong is told.

Each function is one command; it ends with the exit code. Standard output carries data only.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from zzcli import language
from zzcli.choosing import EVERYTHING, Choice
from zzcli.errors import EndedError, UsageError, ZzcliError
from zzcli.language import listed, retold, say
from zzcli.views.visible import one_line

if TYPE_CHECKING:
    from zzcli.document import Document
    from zzcli.many.answering import Answer, Question
    from zzcli.views.progress import Bar
    from zzcli.views.records import Record

# The formats, and which of them the suffix of an output file means.
TEXTS = ("json", "ndjson", "csv", "tsv", "markdown", "sdmx-csv")
FILES = ("xlsx", "parquet")
FORMATS = ("table", *TEXTS[:-1], *FILES, TEXTS[-1])
SUFFIXES = {
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}

DONE, NOTHING_FOUND, UNREADABLE, PARTLY_READ = 0, 1, 2, 3
"""The exit codes; 2 is wrong use as well."""

_OFFERED = 12  # values that are named in place of one that is not there

# The fields of a table with a row a record, where nobody names any.
_FIELDS = {
    "figures": ("indicator", "measure", "value", "unit", "period", "area", "line"),
    "timeline": ("period", "event", "line"),
    "industries": ("industry", "tier", "scale", "scale_unit", "enterprises", "line"),
    "doubts": ("kind", "written", "reason", "line"),
    "overview": ("source", "title", "area", "published", "figures", "timeline", "industries"),
    "text": ("kind", "text", "line"),
    "compare": ("indicator", "measure", "area", "column", "period", "value", "unit", "change", "change_unit"),
    "series": ("indicator", "measure", "area", "period", "value", "unit", "source", "line"),
}


class Asked(Struct, frozen=True):
    """How documents are read and answers are written, whatever the command.

    Attributes:
        format: one of ``FORMATS``.
        output: the file that is written; None is standard output.
        published: the day of publication, if it is given. encoding: the encoding, if it is given.
        limit: how many records, if not all.
        raw: whether cells stand as they are. bom: whether a byte order mark opens CSV.
        workers: how many processes read many documents. scheduler: the address of a Dask scheduler that does.
        sort: the key that records are sorted by, ``-`` before it for descending. fields: the keys that are shown.
    """

    format: str = "table"
    output: Path | None = None
    published: date | None = None
    encoding: str | None = None
    limit: int | None = None
    raw: bool = False
    bom: bool = False
    workers: int | None = None
    scheduler: str | None = None
    sort: str | None = None
    fields: tuple[str, ...] = ()


def complain(message: str) -> None:
    """One line on standard error, if anybody can hear it there."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(f"zzcli: {one_line(message)}", file=sys.stderr, flush=True)


def named(files: Sequence[str] | None) -> Sequence[str]:
    """What was named to be read; nothing if that is the bundled page.

    Raises:
        UsageError: a file without a name, or standard input asked for twice.
    """
    files = files or ()
    if "" in files:
        raise UsageError(say("'': a file has a name; without FILE the bundled page is read"))
    if files.count("-") > 1:
        raise UsageError(say("-: standard input can be read once"))
    return files


# ---------------------------------------------------------------------------------------------------------------------
# Each document by itself


def show(
    kind: str,
    files: Sequence[str] | None,
    asked: Asked,
    choice: Choice = EVERYTHING,
    *,
    explain: bool = False,
    chart: bool = False,
    marks: bool = False,
) -> int:
    """Write what each document answers, in their order, as it comes."""
    from zzcli.many.answering import Question
    from zzcli.views import formats, output

    keys = _checked(kind, explain, asked)
    if chart or marks:
        _check_alone("--chart" if chart else "--marks", explain, asked)
    reading = _Reading(named(files), asked)
    question = Question(
        kind,
        "ndjson",
        asked.published,
        asked.encoding,
        explain,
        asked.limit,
        choice=choice,
        raw=asked.raw,
        chart=chart,
        marks=marks,
        language=language.current(),
    )
    rows = asked.format == "table" and bool(asked.sort or asked.fields)
    if asked.sort or rows or asked.format in FILES:
        with reading.records(question) as read:
            found = _sorted(read, asked.sort, asked.limit)
            if rows:
                _write_listing(kind, list(found), keys if asked.fields else (), asked)
            else:
                write(kind, found, keys, asked)
        return reading.end(choice)
    if asked.format == "table":
        from zzcli.views import sheet

        question = replace(question, form="table", screen=sheet.screen(to_file=asked.output is not None))
    else:
        question = replace(question, form=asked.format, fields=asked.fields)
    frame = formats.frame(question.form, question.keys, asked.bom) if asked.format != "table" else question.frame
    with reading.answers(question) as answers:
        texts = formats.framed((answer.text for answer in answers), frame)
        data = asked.format != "table" or (kind == "text" and asked.raw)
        output.write(texts, asked.output, _encoding(asked) if asked.format == "table" else "utf-8", data=data)
    return reading.end(choice)


def compare(files: Sequence[str], by: str, asked: Asked, choice: Choice) -> int:
    """Write the statistics of several documents side by side, or of one its periods.

    Raises:
        UsageError: one document has nothing beside it.
    """
    from zzcli.comparing import compare

    keys = _checked("compare", False, asked)
    reading = _Reading(named(files), asked)
    found = _figures(reading, asked, choice)
    if by == "document" and len(reading.areas) < 2:
        raise UsageError(say("compare: one document has nothing beside it; name several, or ask --by period"))
    if asked.format == "table" and not found and choice != EVERYTHING:
        return reading.end(choice)
    compared = compare(found, "period" if by == "period" else "document", reading.areas)
    if asked.format == "table" and not (asked.sort or asked.fields):
        from zzcli.views.compared import comparison

        write_views([comparison(compared, asked.limit)], asked)
    else:
        from zzcli.views.records import compared_records

        _write_records("compare", compared_records(compared), keys, asked)
    return reading.end(choice)


def series(indicator: str, files: Sequence[str] | None, asked: Asked, choice: Choice) -> int:
    """Write one statistic over documents and time; where no figure is that, tell what is like it."""
    from zzcli.comparing import series

    keys = _checked("series", False, asked)
    reading = _Reading(named(files), asked)
    found = series(_figures(reading, asked, choice), indicator)
    if asked.format != "table" or (found.lines and (asked.sort or asked.fields)):
        from zzcli.views.records import series_records

        _write_records("series", series_records(found), keys, asked)
    elif found.lines:
        from zzcli.views import compared

        write_views([compared.series(found, asked.limit)], asked)
    ended = reading.end(choice)
    if found.lines or ended == NOTHING_FOUND:  # which is told
        return ended
    if found.near:
        some = listed(found.near[:_OFFERED])
        complain(say("nothing found for {term}; nearest: {near}", term=indicator, near=some))
    else:
        complain(say("nothing found for {term}", term=indicator))
    return ended or NOTHING_FOUND


def _figures(reading: _Reading, asked: Asked, choice: Choice) -> list[Record]:
    """The figures of all documents that are chosen."""
    from zzcli.many.answering import Question

    question = Question(
        "figures", "ndjson", asked.published, asked.encoding, choice=choice, language=language.current()
    )
    with reading.records(question) as read:
        return list(read)


def _write_records(kind: str, found: Iterable[Record], keys: Sequence[str], asked: Asked) -> None:
    """Write records that are there already, in their order and as many as were asked for."""
    found = list(_sorted(found, asked.sort, asked.limit))
    if asked.format == "table":
        _write_listing(kind, found, asked.fields, asked)
    else:
        write(kind, found, keys, asked)


def _decoder() -> Callable[[str], Record]:
    """What reads a record from its JSON; numbers are ``Decimal`` or whole."""
    import json

    import msgspec

    quick = msgspec.json.Decoder(float_hook=Decimal).decode

    def decode(line: str) -> Record:
        try:
            found: Record = quick(line)
        except msgspec.DecodeError:  # the name of a file that is no UTF-8 holds halves of pairs
            found = json.loads(line, parse_float=Decimal)
        return found

    return decode


class _Reading:
    """Documents that are being read: what is wrong with some is told at once, and remembered for the end."""

    def __init__(self, paths: Sequence[str], asked: Asked) -> None:
        if asked.scheduler is not None and asked.workers is not None:
            raise UsageError(say("--workers: the workers of a scheduler are its own; leave one of the two away"))
        self._paths = paths
        self._asked = asked
        self._read = self._unread = self._records = 0
        self._offers: dict[str, Counter[str]] = {}
        self.areas: dict[str, str | None] = {}

    def answers(self, question: Question) -> AbstractContextManager[Iterator[Answer]]:
        """The answers of the documents that can be read."""
        return closing(self._answers(question))

    def records(self, question: Question) -> AbstractContextManager[Iterator[Record]]:
        """The records of the documents that can be read; numbers are ``Decimal`` or whole."""
        if self._asked.sort:
            question = replace(question, limit=None)
        return closing(self._records_of(question))

    def _records_of(self, question: Question) -> Generator[Record]:
        decode = _decoder()
        with self.answers(question) as answers:
            for answer in answers:
                for line in answer.text.splitlines():
                    yield decode(line)

    def _answers(self, question: Question) -> Generator[Answer]:
        from zzcli.many.ordering import BUNDLED, answers
        from zzcli.reading import folders

        asked = self._asked
        below = asked.output is None and sys.stdout is not None and sys.stdout.isatty()
        with progress(self._paths) as bar:

            def tell(message: str) -> None:
                with bar.aside() if bar else nullcontext():
                    complain(message)

            paths = folders.documents(self._paths) if self._paths else BUNDLED
            with closing(answers(paths, question, tell, asked.workers, asked.scheduler)) as found:
                for answer in found:
                    for note in answer.notes:
                        tell(retold(note))
                    if answer.error is not None:
                        tell(answer.error)
                        self._unread += 1
                    else:
                        self._note(answer)
                        with bar.aside() if bar and below else nullcontext():
                            yield answer
                    if bar:
                        bar.advance()
        if not self._read:
            raise EndedError(UNREADABLE)

    def _note(self, answer: Answer) -> None:
        self._read += 1
        self.areas[answer.source] = answer.area
        self._records += answer.records
        for name, there in answer.offers.items():
            self._offers.setdefault(name, Counter()).update(there)

    def end(self, choice: Choice = EVERYTHING) -> int:
        """The exit code; where nothing was found that was asked for, it is told what there is."""
        if self._unread:
            return PARTLY_READ
        if self._records or choice == EVERYTHING:
            return DONE
        for name, there in self._offers.items():
            wanted = getattr(choice, name)
            some = listed(value for value, _ in there.most_common(_OFFERED)) or say("none")
            complain(say("nothing of {name} {wanted}; there are: {some}", name=say(name), wanted=wanted, some=some))
            return NOTHING_FOUND
        complain(say("nothing found that answers all that was asked"))
        return NOTHING_FOUND


def _checked(kind: str, explain: bool, asked: Asked) -> tuple[str, ...]:
    """The keys of the records that are asked for, in their order.

    Raises:
        UsageError: a field or the sort key is none of them, or they cannot be had in that format.
    """
    from zzcli.views.records import keys

    there = keys(kind, explain)
    some = ", ".join(there)
    for option, names in (("--fields", asked.fields), ("--sort", [asked.sort.removeprefix("-")] if asked.sort else [])):
        for name in names:
            if name not in there:
                some = listed(there)
                raise UsageError(
                    say("{option}: {name} is no key; there are {some}", option=option, name=repr(name), some=some)
                )
    if asked.format == "sdmx-csv":
        if kind != "figures":
            raise UsageError(say("--format sdmx-csv: holds figures only; take csv"))
        if asked.fields:
            raise UsageError(say("--fields: the columns of sdmx-csv are given; leave it away"))
    return asked.fields or there


def _check_alone(option: str, explain: bool, asked: Asked) -> None:
    """See that nothing is asked for that a picture for people cannot have.

    Raises:
        UsageError: something is.
    """
    others = {
        "--format": asked.format != "table",
        "--sort": asked.sort is not None,
        "--fields": bool(asked.fields),
        "--explain": explain,
    }
    for other, given in others.items():
        if given:
            raise UsageError(
                say("{option}: is for people, as it stands; leave {other} away", option=option, other=other)
            )


def _sorted(found: Iterable[Record], key: str | None, limit: int | None) -> Iterable[Record]:
    """The records by a key, what has none behind all others; ``-`` before the key turns the order round."""
    if key is None:
        return islice(found, limit)
    name = key.removeprefix("-")
    having: list[Record] = []
    lacking: list[Record] = []
    for record in found:
        (lacking if record[name] is None else having).append(record)
    having.sort(key=lambda record: _weight(record, name), reverse=key.startswith("-"))
    return [*having, *lacking][:limit]


def _weight(record: Record, name: str) -> Any:
    if name == "period" and "period_start" in record:  # by time, not by the letters of its code
        return record["period_start"] or record["period_end"], record["period_end"] or "9999"
    value = record[name]
    return value if isinstance(value, str | int | Decimal) else str(value)


def _write_listing(kind: str, found: Sequence[Record], fields: Sequence[str], asked: Asked) -> None:
    """Write a table with a row a record."""
    from zzcli.views import table

    if not fields:
        fields = _FIELDS[kind]
        if len({record["source"] for record in found}) > 1 and "source" not in fields:
            fields = (*fields, "source")
    write_views([table.listing(say(TITLES[kind]), fields, found)], asked)


TITLES = {
    "figures": "Figures",
    "timeline": "Timeline",
    "industries": "Industries",
    "doubts": "To be looked at",
    "overview": "Documents",
    "text": "Text",
    "compare": "Side by side",
    "series": "Series",
}


# ---------------------------------------------------------------------------------------------------------------------
# Where it goes


def write(kind: str, found: Iterable[Record], keys: Sequence[str], asked: Asked) -> None:
    """Write records in the format that was asked for."""
    from zzcli.views import formats, output

    if asked.format == "xlsx":
        from zzcli.views.workbook import Sheet
        from zzcli.views.workbook import write as write_workbook

        def workbook(file: BinaryIO) -> None:
            if clipped := write_workbook(file, [Sheet(kind, keys, found)]):
                complain(say("texts longer than a cell of Excel holds, and clipped: {count}", count=clipped))

        output.write_whole(workbook, asked.output)
    elif asked.format == "parquet":
        from zzcli.views import parquet

        output.write_whole(lambda file: parquet.write(file, kind, keys, found), asked.output)
    else:
        texts = formats.texts(asked.format, found, keys, asked.raw)
        frame = formats.frame(asked.format, keys, asked.bom)
        output.write(formats.framed(texts, frame), asked.output, data=True)


def write_views(views: Iterable[Any], asked: Asked) -> None:
    """Write views in the terminal's own encoding, or in UTF-8 to a file."""
    from zzcli.views import output, sheet

    screen = sheet.screen(to_file=asked.output is not None)
    output.write([sheet.render(views, screen)], asked.output, _encoding(asked))


def write_lines(lines: Iterable[str], asked: Asked) -> None:
    """Write lines in the terminal's own encoding, or in UTF-8 to a file; what a stranger wrote in them is visible."""
    from zzcli.views import output

    output.write((one_line(line) + "\n" for line in lines), asked.output, _encoding(asked))


def _encoding(asked: Asked) -> str:
    return "utf-8" if asked.output else getattr(sys.stdout, "encoding", None) or "utf-8"


def progress(paths: Sequence[str]) -> AbstractContextManager[Bar | None]:
    """A bar on standard error, if that is a terminal and there are several documents to wait for."""
    if sys.stderr is None or not sys.stderr.isatty():
        return nullcontext()
    from zzcli.reading import folders

    total = sum(1 for _ in folders.documents(paths))
    if total < 2:
        return nullcontext()
    from zzcli.views.progress import shown

    return shown(total)


# ---------------------------------------------------------------------------------------------------------------------
# Searching


def search(term: str, files: Sequence[str] | None, names: bool, index: Path | None, asked: Asked) -> int:
    """Write the passages that hold a term, of folders the best, or the names of the documents."""
    paths = named(files)
    if paths and (names or any(map(os.path.isdir, paths))):
        return _show_found(term, paths, names, index, asked)
    from zzcli.document import read

    everything: Sequence[str | None] = paths or [None]
    documents = [read(path, asked.published, encoding=asked.encoding) for path in everything]
    return _show_hits(term, documents, asked)


def _show_hits(term: str, read: Sequence[Document], asked: Asked) -> int:
    """Write what a search finds; if that is nothing, tell what is near."""
    from zzcli.search import frequent, nearest
    from zzcli.search import search as find

    for document in read:
        for note in document.file.notes:
            complain(retold(note))
    hits = find(read, term)
    chosen = hits[: asked.limit]
    if asked.format != "table":
        from zzcli.views.records import hit_record, keys

        _checked("search", False, asked)
        write("search", map(hit_record, chosen), keys("search"), asked)
    elif hits:
        from zzcli.views import table

        write_views([table.search(chosen, len(hits), term)], asked)
    if hits:
        return DONE
    if near := nearest(read, term):
        complain(say("nothing found for {term}; nearest: {near}", term=term, near=listed(near)))
    else:
        often = listed(frequent(read)) or say("nothing")
        complain(say("nothing found for {term}, nor like it; often there: {often}", term=term, often=often))
    return NOTHING_FOUND


def _show_found(term: str, files: Sequence[str], names: bool, index: Path | None, asked: Asked) -> int:
    """Write the best passages of many documents, or the names of those that hold the term."""
    from zzcli import library
    from zzcli.search import Query

    query = Query.of(term, in_parts=False)
    if index is not None and sum(map(os.path.isdir, files)) > 1:
        raise UsageError(say("--index: an index is of one folder; search the folders one by one"))
    if index is not None and not (os.path.exists(index) and any(map(os.path.isdir, files))):
        raise UsageError(
            say(
                "--index: {index}: there is no such index, or no folder is searched; zzcli index makes one", index=index
            )
        )
    if "-" in files and not names:
        raise UsageError(say("-: standard input can be read once; search it apart from folders"))
    pipe = next((file for file in files if Path(file).is_fifo()), None)
    if pipe is not None and not names:
        raise UsageError(say("{name}: a pipe can be read once; search it apart from folders", name=one_line(pipe)))
    _checked("search", False, asked)
    seen = library.search(files, library.Terms(query, term), index, asked.encoding, ranking=not names)
    for told in seen.told:
        complain(told)
    if names:
        sources = [found.path for found in seen.found[: asked.limit]]
        if asked.format == "table":
            write_lines(sources, asked)
        else:
            write("documents", ({"source": source} for source in sources), ("source",), asked)
    else:
        best = library.best(library.ranked(seen), query, asked.limit or library.SHOWN, asked.encoding)
        if asked.format != "table":
            from zzcli.views.records import hit_record, keys

            write("search", map(hit_record, best), keys("search"), asked)
        elif best:
            from zzcli.views import table

            write_views([table.search_of_many(best, len(seen.found), seen.documents, term)], asked)
    if not seen.found and seen.documents:
        complain(say("nothing found for {term} in {count} documents", term=term, count=seen.documents))
    return _end(seen.unreadable, seen.documents) or (DONE if seen.found else NOTHING_FOUND)


def index(folder: str, place: Path | None, asked: Asked) -> int:
    """Bring the index of a folder up to date."""
    from zzcli.index import update
    from zzcli.library import place_of_index
    from zzcli.views.records import index_record, keys

    _checked("index", False, asked)
    path = place_of_index(folder) if place is None else str(place)
    with progress([folder]) as bar:
        outcome = update(folder, path, asked.encoding, bar.advance if bar else None, replacing=place is None)
    if outcome.rebuilt:
        complain(say("{path}: {why}; made anew", path=path, why=outcome.rebuilt))
    record = index_record(path, outcome)
    if asked.format == "table":
        write_lines([" · ".join(f"{say(name)} {value}" for name, value in record.items())], asked)
    else:
        write("index", [record], keys("index"), asked)
    return _end(outcome.unreadable, outcome.read + outcome.unchanged)


def _end(unreadable: Sequence[ZzcliError], read: int) -> int:
    """Tell what could not be read, and the exit code for it."""
    for error in unreadable:
        complain(str(error))
    if not unreadable:
        return DONE
    return PARTLY_READ if read > 0 else UNREADABLE
