"""The door: arguments → documents → a view. Nothing is decided here but what was asked for, and how it ends.

Exit codes: 0 done, 1 a search found nothing, 2 wrong use or unreadable input (one line on stderr), 3 some of many
documents could not be read (a line each), 130 interrupted.
Standard output carries data only.
"""

from __future__ import annotations

import codecs
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

import zzcli
from zzcli.errors import UsageError, ZzcliError
from zzcli.views.visible import one_line

app = typer.Typer(
    name="zzcli",
    help="Ask a Chinese public document for its numbers, dates and industries.\n\n"
    "Without a command: an overview of the bundled page. Example:  zzcli figures report.txt",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,  # plain help: quiet, and no command loads rich but to print a table
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """``table`` is for people, the others are for programs."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    TSV = "tsv"


def published(text: str) -> date:
    """The day that ``--published`` means: the last one of a month or year that is given without it.

    >>> published("2024-09")
    datetime.date(2024, 9, 30)
    """
    given = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", text.strip(), re.ASCII)
    try:
        if given:
            from zzcli.mentions.moments import month_end

            first = date(int(given[1]), int(given[2] or 12), int(given[3] or 1))
            return first if given[3] else month_end(first.year, first.month)
    except ValueError:  # no such day
        pass
    raise typer.BadParameter(f"{text!r} is no date; give 2024-09-30, 2024-09 or 2024")


def encoding(name: str) -> str:
    """The name of an encoding of text, as Python knows it."""
    try:
        if name.isprintable() and codecs.lookup(name)._is_text_encoding:
            return name
    except (LookupError, ValueError):
        pass
    raise typer.BadParameter(f"{name!r}: no such encoding; try utf-8, gb18030, big5 or utf-16")


class Options(NamedTuple):
    """The options that every command shares."""

    format: Annotated[Format, typer.Option("--format", "-f", help="A table for people, or records for programs.")] = (
        Format.TABLE
    )
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.", show_default=False)
    ] = None
    published: Annotated[
        date | None,
        typer.Option(
            parser=published,
            metavar="DATE",
            help="When the document was published (2024-09-30, 2024-09, 2024): settles 今年, 去年, 9月24日.",
            show_default=False,
        ),
    ] = None
    encoding: Annotated[
        str | None,
        typer.Option(parser=encoding, metavar="NAME", help="The encoding, where it is not found by itself."),
    ] = None
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many records.")] = None


Explain = Annotated[
    bool, typer.Option("--explain", help="Say how each answer came about; records get the names of its rules.")
]
Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="Text files; - is standard input; the bundled page if none is given."),
]


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Make a command of a function whose last parameter is ``options``: the shared ones are added to its own."""
    own = [each for each in inspect.signature(function, eval_str=True).parameters.values() if each.name != "options"]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=Options._field_defaults[name], annotation=kind)
        for name, kind in get_type_hints(Options, include_extras=True).items()
    ]

    @wraps(function)
    def run_command(**given: Any) -> None:
        options = Options(**{name: given.pop(name) for name in Options._fields})
        function(**given, options=options)

    run_command.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    run_command.__annotations__ = {each.name: each.annotation for each in [*own, *shared]}
    app.command()(run_command)
    return function


@command
def industries(files: Files = None, *, explain: Explain = False, options: Options) -> None:
    """The industries, under the tiers of the document.

    With scale, number of enterprises, standing, milestones, and every line that speaks of them.

    Example:  zzcli industries report.txt
    """
    show("industries", documents(files, options), options, explain)


@command
def timeline(files: Files = None, *, explain: Explain = False, options: Options) -> None:
    """Every dated statement, in order of date.

    Relative dates (去年10月, 今年1至7月) are settled by the date of publication, given or found in the text.

    Example:  zzcli timeline report.txt --published 2024-09-30
    """
    show("timeline", documents(files, options), options, explain)


@command
def figures(files: Files = None, *, explain: Explain = False, options: Options) -> None:
    """Every number that states something.

    What it measures, value and unit, growth, rank or difference, period, area and line.

    Example:  zzcli figures report.txt --format csv --output figures.csv
    """
    show("figures", documents(files, options), options, explain)


IndexFile = Annotated[
    Path | None, typer.Option("--index", help="Where the index of the folder is, if not in it.", show_default=False)
]


@command
def search(
    term: Annotated[
        str, typer.Argument(metavar="TERM", help="What to look for; every character means itself.", show_default=False)
    ],
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Text files or folders; - is standard input; else the bundled page."),
    ] = None,
    *,
    names: Annotated[bool, typer.Option("--files", "-l", help="Only name the documents that hold the term.")] = False,
    index: IndexFile = None,
    options: Options,
) -> None:
    """The passages that hold a term, best first.

    Those that hold the term itself, then all of its words, then some. Of folders the best 20, or --limit. Exits with 1
    if there are none.

    Example:  zzcli search "产业 集群" report.txt
    """
    if files and "" not in files and (names or any(each != "-" and os.path.isdir(each) for each in files)):
        show_found(term, files, names, index, options)
    else:
        show_hits(term, documents(files, options), options)


@command
def index(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of text files.", show_default=False)],
    *,
    index: IndexFile = None,
    options: Options,
) -> None:
    """Index a folder, so that searching it takes less time.

    The index is a hidden file in the folder. Asked again, only what is new or changed is read.

    Example:  zzcli index reports/
    """
    from zzcli.index import update
    from zzcli.library import place_of_index
    from zzcli.views.records import index_record, keys

    path = place_of_index(folder) if index is None else str(index)
    outcome = update(folder, path, options.encoding, progress, replacing=index is None)
    if outcome.rebuilt:
        complain(f"{path}: {outcome.rebuilt}; made anew")
    record = index_record(path, outcome)
    if options.format is Format.TABLE:
        show_lines([" · ".join(f"{name} {value}" for name, value in record.items())], options)
    else:
        show_records(keys("index"), [record], options)
    end(outcome.unreadable, outcome.read + outcome.unchanged)


@command
def check(files: Files = None, *, options: Options) -> None:
    """What to look at before a table is signed.

    Numbers that became no figure, and why; years inferred; text that breaks off; units that are missing.

    Example:  zzcli check report.txt
    """
    show("doubts", documents(files, options), options)


@command
def overview(files: Files = None, *, options: Options) -> None:
    """What a document is, and how to go on.

    Example:  zzcli overview report.txt
    """
    show_overviews(documents(files, options), options)


@app.callback()
def door(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Answer ``--version``, and show the bundled page where no command is given."""
    if version:
        typer.echo(f"zzcli {zzcli.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        overview(options=Options())


def documents(files: Sequence[str] | None, options: Options) -> list[zzcli.Document]:
    """The documents that were asked for, in that order. All are read before the first is shown.

    Raises:
        UsageError: a file without a name, or standard input asked for twice.
        UnreadableError: one of them cannot be read.
    """
    from zzcli.document import read

    paths: Sequence[str | None] = files or [None]
    if "" in paths:
        raise UsageError("'': a file has a name; without FILE the bundled page is read")
    if paths.count("-") > 1:
        raise UsageError("-: standard input can be read once")
    return [read(path, options.published, encoding=options.encoding) for path in paths]


def show(kind: str, read: Sequence[zzcli.Document], options: Options, explain: bool = False) -> None:
    """Write the figures, the timeline, the industries or the doubts of the documents."""
    chosen = first(read, kind, options.limit)
    if options.format is Format.TABLE:
        from zzcli.views import table

        told = {"explain": True} if explain else {}
        show_tables((getattr(table, kind)(document, facts, **told) for document, facts in chosen), options)
    else:
        from zzcli.views.records import keys, records

        found = (record for document, facts in chosen for record in records(document, kind, facts, explain))
        show_records(keys(kind, explain), found, options)


def show_hits(term: str, read: Sequence[zzcli.Document], options: Options) -> None:
    """Write what a search finds; if that is nothing, tell what is near and end with 1."""
    from zzcli.search import frequent, nearest
    from zzcli.search import search as find

    hits = find(read, term)
    chosen = hits[: options.limit]
    if options.format is not Format.TABLE:
        from zzcli.views.records import hit_record, keys

        show_records(keys("search"), map(hit_record, chosen), options)
    elif hits:
        from zzcli.views import table

        show_tables([table.search(chosen, len(hits), term)], options)
    if not hits:
        if near := nearest(read, term):
            complain(f"nothing found for {term}; nearest: {', '.join(near)}")
        else:
            complain(f"nothing found for {term}, nor like it; often there: {', '.join(frequent(read)) or 'nothing'}")
        raise typer.Exit(1)


def show_found(term: str, files: Sequence[str], names: bool, index: Path | None, options: Options) -> None:
    """Write the best passages of many documents, or the names of those that hold the term."""
    from zzcli import library
    from zzcli.search import Query

    query = Query.of(term, in_parts=False)
    if index is not None and sum(map(os.path.isdir, files)) > 1:
        raise UsageError("--index: an index is of one folder; search the folders one by one")
    if files.count("-") > 1 or (not names and "-" in files):
        raise UsageError("-: standard input can be read once; search it apart from folders")
    seen = library.search(files, library.Terms(query, term), index, options.encoding, ranking=not names)
    for told in seen.told:
        complain(told)
    if names:
        sources = [found.path for found in seen.found[: options.limit]]
        if options.format is Format.TABLE:
            show_lines(map(one_line, sources), options)
        else:
            show_records(("source",), ({"source": source} for source in sources), options)
    else:
        best = library.best(library.ranked(seen), query, options.limit or library.SHOWN, options.encoding)
        if options.format is not Format.TABLE:
            from zzcli.views.records import hit_record, keys

            show_records(keys("search"), map(hit_record, best), options)
        elif best:
            from zzcli.views import table

            show_tables([table.search_of_many(best, len(seen.found), seen.documents, term)], options)
    end(seen.unreadable, seen.documents)
    if not seen.found:
        complain(f"nothing found for {term} in {seen.documents} documents")
        raise typer.Exit(1)


def show_overviews(read: Sequence[zzcli.Document], options: Options) -> None:
    """Write an overview of each document."""
    if options.format is Format.TABLE:
        from zzcli.views import table

        show_tables((table.overview(document) for document in read[: options.limit]), options)
    else:
        from zzcli.views.records import keys, overview_record

        show_records(keys("overview"), map(overview_record, read[: options.limit]), options)


def first(
    read: Iterable[zzcli.Document], kind: str, limit: int | None
) -> Iterator[tuple[zzcli.Document, Sequence[Any]]]:
    """Each document with its facts of that kind, at most ``limit`` facts in all."""
    for document in read:
        facts = getattr(document, kind)[:limit]
        yield document, facts
        if limit is not None:
            limit -= len(facts)
            if not limit:
                return


def show_tables(views: Iterable[Any], options: Options) -> None:
    """Write tables in the terminal's own encoding, or in UTF-8 to a file."""
    from zzcli.views import output, table

    encoding = "utf-8" if options.output else getattr(sys.stdout, "encoding", None) or "utf-8"
    output.write([table.render(views, to_file=options.output is not None)], options.output, encoding)


def show_records(keys: Sequence[str], found: Iterable[Any], options: Options) -> None:
    """Write records in the format that was asked for."""
    from zzcli.views import formats, output

    output.write(formats.WRITERS[options.format](found, keys), options.output)


def show_lines(lines: Iterable[str], options: Options) -> None:
    """Write lines in the terminal's own encoding, or in UTF-8 to a file."""
    from zzcli.views import output

    encoding = "utf-8" if options.output else getattr(sys.stdout, "encoding", None) or "utf-8"
    output.write((line + "\n" for line in lines), options.output, encoding)


def progress(done: int, total: int) -> None:
    """How far it is, on a terminal that is not the answer's."""
    if sys.stderr is not None and sys.stderr.isatty() and (done == total or done % 50 == 0):
        end = "\r\x1b[K" if done == total else ""
        typer.echo(f"\r{done} of {total} documents{end}", err=True, nl=False)


def end(unreadable: Sequence[ZzcliError], read: int) -> None:
    """Tell what could not be read: that is the end, with 3, or with 2 where nothing else was read."""
    for error in unreadable:
        complain(str(error))
    if unreadable:
        raise typer.Exit(3 if read > 0 else 2)


def complain(message: str) -> None:
    """One line on stderr."""
    typer.echo(f"zzcli: {one_line(message)}", err=True)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: every error becomes one line and an exit code here."""
    try:
        return app(arguments, prog_name="zzcli", standalone_mode=False) or 0
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        name = context.command_path if context else "zzcli"
        complain(f"{' '.join(error.format_message().split())} (see: {name} --help)")
    except ZzcliError as error:
        complain(str(error))
    except Exception as error:  # a fault of zzcli's own: the reader gets a line to report, never a traceback
        complain(f"{type(error).__name__}: {error} ({_place(error)}); this is a fault of zzcli, please report it")
    return 2


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
