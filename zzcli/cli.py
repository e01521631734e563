"""The door: arguments → documents → a view. Nothing is decided here but what was asked for, and how it ends.

Exit codes: 0 done, 1 a search found nothing, 2 wrong use or nothing that could be read, 3 some of the documents could
not be read (one line on stderr for each), 130 interrupted. Standard output carries data only.
"""

from __future__ import annotations

import codecs
import inspect
import os
import re
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

import zzcli
from zzcli.errors import UsageError, ZzcliError, fault
from zzcli.views.visible import one_line

if TYPE_CHECKING:
    from zzcli.many.answering import Answer
    from zzcli.views.progress import Bar

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


class Where(NamedTuple):
    """The options that say where documents are read, of the commands that read each on its own."""

    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes that read many documents; one a processor if not given.", metavar="N"),
    ] = None
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A Dask scheduler (tcp://host:8786) whose workers read the documents."),
    ] = None


Explain = Annotated[
    bool, typer.Option("--explain", help="Say how each answer came about; records get the names of its rules.")
]
Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...", help="Text files, or folders of them; - is standard input; if none, the bundled page."
    ),
]


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Make a command of a function; a parameter for a group of options (``Options``, ``Where``) becomes these."""
    parameters = inspect.signature(function, eval_str=True).parameters.values()
    groups = {each.name: each.annotation for each in parameters if each.annotation in (Options, Where)}
    own = [each for each in parameters if each.name not in groups]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=group._field_defaults[name], annotation=kind)
        for group in reversed(groups.values())
        for name, kind in get_type_hints(group, include_extras=True).items()
    ]

    @wraps(function)
    def run_command(**given: Any) -> None:
        options = {of: group(**{name: given.pop(name) for name in group._fields}) for of, group in groups.items()}
        function(**given, **options)

    run_command.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    run_command.__annotations__ = {each.name: each.annotation for each in [*own, *shared]}
    app.command()(run_command)
    return function


@command
def industries(files: Files = None, *, explain: Explain = False, where: Where, options: Options) -> None:
    """The industries, under the tiers of the document.

    With scale, number of enterprises, standing, milestones, and every line that speaks of them.

    Example:  zzcli industries report.txt
    """
    show("industries", files, where, options, explain)


@command
def timeline(files: Files = None, *, explain: Explain = False, where: Where, options: Options) -> None:
    """Every dated statement, in order of date.

    Relative dates (去年10月, 今年1至7月) are settled by the date of publication, given or found in the text.

    Example:  zzcli timeline report.txt --published 2024-09-30
    """
    show("timeline", files, where, options, explain)


@command
def figures(files: Files = None, *, explain: Explain = False, where: Where, options: Options) -> None:
    """Every number that states something.

    What it measures, value and unit, growth, rank or difference, period, area and line.

    Example:  zzcli figures report.txt --format csv --output figures.csv
    """
    show("figures", files, where, options, explain)


IndexFile = Annotated[
    Path | None, typer.Option("--index", help="Where the index of the folder is, if not in it.", show_default=False)
]


@command
def search(
    term: Annotated[
        str, typer.Argument(metavar="TERM", help="What to look for; every character means itself.", show_default=False)
    ],
    files: Files = None,
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
    paths = named(files)
    if paths and (names or any(map(os.path.isdir, paths))):
        show_found(term, paths, names, index, options)
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
    with progress([folder]) as bar:
        outcome = update(folder, path, options.encoding, bar.advance if bar else None, replacing=index is None)
    if outcome.rebuilt:
        complain(f"{path}: {outcome.rebuilt}; made anew")
    record = index_record(path, outcome)
    if options.format is Format.TABLE:
        show_lines([" · ".join(f"{name} {value}" for name, value in record.items())], options)
    else:
        show_records(keys("index"), [record], options)
    end(outcome.unreadable, outcome.read + outcome.unchanged)


@command
def check(files: Files = None, *, where: Where, options: Options) -> None:
    """What to look at before a table is signed.

    Numbers that became no figure, and why; years inferred; text that breaks off; units that are missing.

    Example:  zzcli check report.txt
    """
    show("doubts", files, where, options)


@command
def overview(files: Files = None, *, where: Where, options: Options) -> None:
    """What a document is, and how to go on.

    Example:  zzcli overview report.txt
    """
    show("overview", files, where, options)


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
        overview(where=Where(), options=Options())


def documents(files: Sequence[str] | None, options: Options) -> list[zzcli.Document]:
    """The documents that were asked for, in that order. All are read before the first is shown.

    Raises:
        UsageError: a file without a name, or standard input asked for twice.
        UnreadableError: one of them cannot be read.
    """
    from zzcli.document import read

    paths: Sequence[str | None] = named(files) or [None]
    return [read(path, options.published, encoding=options.encoding) for path in paths]


def named(files: Sequence[str] | None) -> Sequence[str]:
    """What was named to be read; nothing if that is the bundled page.

    Raises:
        UsageError: a file without a name, or standard input asked for twice.
    """
    files = files or ()
    if "" in files:
        raise UsageError("'': a file has a name; without FILE the bundled page is read")
    if files.count("-") > 1:
        raise UsageError("-: standard input can be read once")
    return files


def show(kind: str, files: Sequence[str] | None, where: Where, options: Options, explain: bool = False) -> None:
    """Write what each document answers, in their order, as it comes; end with 3 if some could not be read."""
    paths = named(files)
    if where.scheduler is not None and where.workers is not None:
        raise UsageError("--workers: the workers of a scheduler are its own; leave one of the two away")
    from zzcli.many.answering import Question
    from zzcli.many.ordering import BUNDLED, answers
    from zzcli.reading import folders
    from zzcli.views import formats, output

    screen, encoding = None, "utf-8"
    if options.format is Format.TABLE:
        from zzcli.views import sheet

        screen = sheet.screen(to_file=options.output is not None)
        encoding = terminal_encoding(options)
    question = Question(kind, options.format, options.published, options.encoding, explain, options.limit, screen)
    with progress(paths) as bar:

        def tell(message: str) -> None:
            with bar.aside() if bar else nullcontext():
                complain(message)

        unread: list[str] = []
        found = answers(folders.documents(paths) if paths else BUNDLED, question, tell, *where)
        with closing(found), closing(texts(found, bar, tell, unread, options)) as read:
            output.write(formats.framed(read, question.frame), options.output, encoding)
    if unread:
        raise typer.Exit(3)


def texts(
    found: Iterable[Answer], bar: Bar | None, tell: Callable[[str], None], unread: list[str], options: Options
) -> Generator[str]:
    """The texts of the answers; of documents that could not be read it is told why, and noted in ``unread``.

    Raises:
        typer.Exit: with 2, if no document could be read.
    """
    below = bar is not None and options.output is None and sys.stdout is not None and sys.stdout.isatty()
    read = False
    for each in found:
        if each.error is not None:
            tell(each.error)
            unread[:] = [each.error]
        else:
            read = True
            with bar.aside() if bar and below else nullcontext():
                yield each.text
        if bar:
            bar.advance()
    if not read:
        raise typer.Exit(2)


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
    if index is not None and not (os.path.exists(index) and any(map(os.path.isdir, files))):
        raise UsageError(f"--index: {index}: there is no such index, or no folder is searched; zzcli index makes one")
    if "-" in files and not names:
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
    if not seen.found and seen.documents:
        complain(f"nothing found for {term} in {seen.documents} documents")
    end(seen.unreadable, seen.documents)
    if not seen.found:
        raise typer.Exit(1)


def show_tables(views: Iterable[Any], options: Options) -> None:
    """Write tables in the terminal's own encoding, or in UTF-8 to a file."""
    from zzcli.views import output, sheet

    screen = sheet.screen(to_file=options.output is not None)
    output.write([sheet.render(views, screen)], options.output, terminal_encoding(options))


def terminal_encoding(options: Options) -> str:
    """The encoding of tables: the terminal's own, or UTF-8 in a file."""
    return "utf-8" if options.output else getattr(sys.stdout, "encoding", None) or "utf-8"


def show_records(keys: Sequence[str], found: Iterable[Any], options: Options) -> None:
    """Write records in the format that was asked for."""
    from zzcli.views import formats, output

    output.write(formats.written(options.format, found, keys), options.output)


def show_lines(lines: Iterable[str], options: Options) -> None:
    """Write lines in the terminal's own encoding, or in UTF-8 to a file."""
    from zzcli.views import output

    output.write((line + "\n" for line in lines), options.output, terminal_encoding(options))


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
        complain(fault(error))
    return 2
