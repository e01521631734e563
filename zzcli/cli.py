"""The door: arguments → what is asked for. Nothing is decided here but that; ``showing`` answers.

Exit codes: 0 done, 1 nothing found, 2 wrong use or nothing that could be read, 3 some of the documents could not be
read (one line on stderr for each), 130 interrupted. Standard output carries data only.
"""

from __future__ import annotations

import codecs
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, wraps
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

import zzcli
from zzcli import showing, spoken
from zzcli.choosing import MEASURES, STATUSES, Choice
from zzcli.errors import EndedError, UsageError, ZzcliError, fault
from zzcli.language import listed, retold, say
from zzcli.showing import Asked, complain

# ---------------------------------------------------------------------------------------------------------------------
# What an option may be


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
    raise typer.BadParameter(say("{text} is no date; give 2024-09-30, 2024-09 or 2024", text=repr(text)))


def encoding(name: str) -> str:
    """The name of an encoding of text, as Python knows it."""
    try:
        if name.isprintable() and codecs.lookup(name)._is_text_encoding:
            return name
    except (LookupError, ValueError):
        pass
    raise typer.BadParameter(say("{name}: no such encoding; try utf-8, gb18030, big5 or utf-16", name=repr(name)))


def one_of(names: Iterable[str]) -> Callable[[str], str]:
    """What takes one of the names, and tells them for any other."""
    there = tuple(names)

    def name(given: str) -> str:
        if given in there:
            return given
        raise typer.BadParameter(say("{name}: there are {some}", name=repr(given), some=listed(there)))

    return name


def first_day(text: str) -> date:
    """The first day of a period."""
    return _settled(text)[0]


def last_day(text: str) -> date:
    """The last day of a period."""
    return _settled(text)[1]


def _settled(text: str) -> tuple[date, date]:
    from zzcli.choosing import period

    try:
        return period(text)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None


def amount(text: str) -> Decimal:
    """A number, also as Chinese writes it."""
    from zzcli.choosing import amount

    try:
        return amount(text)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None


def granularity(text: str) -> str:
    """A granularity of a period."""
    from zzcli.views.records import GRANULARITIES

    return one_of(GRANULARITIES)(text)


def indicators(incomplete: str) -> list[str]:
    """The indicators of the bundled page that hold what was typed: for the completion of a shell."""
    return _names((figure.indicator for figure in zzcli.read().figures), incomplete)


def industry_names(incomplete: str) -> list[str]:
    """The industries of the bundled page that hold what was typed."""
    return _names((industry.industry for industry in zzcli.read().industries), incomplete)


def _names(names: Iterable[str | None], incomplete: str) -> list[str]:
    return [name for name in dict.fromkeys(names) if name and incomplete in name]


# ---------------------------------------------------------------------------------------------------------------------
# Options, in groups that commands share


def _text(metavar: str, told: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, metavar=metavar, help=told, show_default=False, **more)


# ``spoken.choose`` has heeded it before.
Lang = Annotated[str | None, _text("zh|en", "The language of help and messages.", spoken.OPTION, envvar="ZZCLI_LANG")]


class Out(NamedTuple):
    """How documents are read and where answers go."""

    format: Annotated[
        str | None,
        _text(
            "FORMAT",
            "table, or for programs: " + " ".join(showing.FORMATS[1:]),
            "--format",
            "-f",
            parser=one_of(showing.FORMATS),
            envvar="ZZCLI_FORMAT",
        ),
    ] = None
    output: Annotated[
        Path | None, _text("FILE", "Write a file, whole or not at all; its suffix tells the format.", "--output", "-o")
    ] = None
    limit: Annotated[int | None, _text("N", "At most so many records.", "--limit", "-n", min=1)] = None
    published: Annotated[
        date | None,
        _text("DATE", "When it was published (2024-09): settles 今年, 去年10月.", parser=published),
    ] = None
    encoding: Annotated[
        str | None, _text("NAME", "The encoding, where it is not found.", parser=encoding, envvar="ZZCLI_ENCODING")
    ] = None
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a mark that Excel needs.")] = False
    raw: Annotated[bool, typer.Option("--raw", help="All as it stands: no ' before cells like formulas.")] = False
    lang: Lang = None


class Where(NamedTuple):
    """Who reads documents, of the commands that read each on its own, and in what order records come."""

    sort: Annotated[str | None, _text("KEY", "Sort by a key of the records; -KEY: descending.")] = None
    fields: Annotated[str | None, _text("KEYS", "Only these keys, in this order: a,b,c.")] = None
    workers: Annotated[int | None, _text("N", "Processes that read many documents.", min=1, envvar="ZZCLI_WORKERS")] = (
        None
    )
    scheduler: Annotated[
        str | None, _text("ADDRESS", "A Dask scheduler whose workers read them.", envvar="ZZCLI_SCHEDULER")
    ] = None


class Times(NamedTuple):
    """Of what time."""

    since: Annotated[date | None, _text("PERIOD", "Periods that reach to it or beyond.", parser=first_day)] = None
    until: Annotated[date | None, _text("PERIOD", "Periods that begin by its end.", parser=last_day)] = None


class Figures(NamedTuple):
    """Which figures."""

    area: Annotated[str | None, _text("NAME", "Whose figure it is.")] = None
    unit: Annotated[str | None, _text("UNIT", "Its unit: 亿元 is 元.")] = None
    measure: Annotated[str | None, _text("MEASURE", " ".join(MEASURES) + ".", parser=one_of(MEASURES))] = None
    status: Annotated[str | None, _text("STATUS", " ".join(STATUSES) + ".", parser=one_of(STATUSES))] = None
    least: Annotated[Decimal | None, _text("VALUE", "At least so much: 100亿.", "--min", parser=amount)] = None
    most: Annotated[Decimal | None, _text("VALUE", "At most so much.", "--max", parser=amount)] = None


Indicator = Annotated[
    str | None, _text("TERM", "What is measured, by any of its names: GDP.", autocompletion=indicators)
]
GROUPS = (Out, Where, Times, Figures)

Explain = Annotated[bool, typer.Option("--explain", help="Say how each answer came about, or which rules made it.")]
Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...", help="Documents, or folders of them; - is standard input; if none, the bundled page."
    ),
]
SomeFiles = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Documents, or folders of them.", show_default=False)
]
Chart = Annotated[bool, typer.Option("--chart", help="A chart instead of a table.")]


COMMANDS: dict[str, Callable[..., int]] = {}
"""The commands by their names; each answers with its exit code."""


def command(function: Callable[..., int]) -> Callable[..., int]:
    """Make a function a command; what the command line needs to know of it is gathered when it is called."""
    COMMANDS[function.__name__] = function
    return function


def application(names: Iterable[str]) -> typer.Typer:
    """The command line with these commands: a start needs one of them, and each takes as long as reading a sentence."""
    app = typer.Typer(
        name="zzcli",
        help="Ask a Chinese public document for its numbers, dates and industries.\n\n"
        "Without a command: an overview of the bundled page.",
        epilog="Examples:\n\n\b\n  zzcli\n  zzcli figures --indicator 利润",
        cls=spoken.Group,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,  # plain help: quiet, and no command loads rich but to print a table
        pretty_exceptions_enable=False,
    )
    app.callback()(door)
    for name in names:
        told, examples = _words(COMMANDS[name]).split("\n\nExamples:\n")
        app.command(cls=spoken.Command, help=told, epilog=f"Examples:\n\n\b\n{examples}")(_called(COMMANDS[name]))
    return app


def _words(function: Callable[..., int]) -> str:
    """What a command says of itself, also where Python was asked to forget it (``-OO``)."""
    if function.__doc__ is not None:
        return inspect.cleandoc(function.__doc__)
    import ast

    (definition,) = ast.parse(inspect.getsource(function)).body
    return ast.get_docstring(definition) or ""  # type: ignore[arg-type]


def _called(function: Callable[..., int]) -> Callable[..., None]:
    """A command as Typer calls it: a parameter for a group of options becomes these."""
    given = inspect.signature(function, eval_str=True).parameters.values()
    groups = {each.name: each.annotation for each in given if each.annotation in GROUPS}
    own = [each for each in given if each.name not in groups]
    shared = [option for group in groups.values() for option in _options(group)]
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)

    @wraps(function)
    def call(**given: Any) -> None:
        source = given.pop("context").get_parameter_source("format")
        nearer = _form_of(given["output"]) or given.get("chart") or given.get("marks")
        if source is not None and source.name == "ENVIRONMENT" and nearer:
            given["format"] = None
        options = {of: group(**{name: given.pop(name) for name in group._fields}) for of, group in groups.items()}
        raise typer.Exit(function(**given, **options))

    parameters = [*own, *shared, context]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    return call


def needed(arguments: Sequence[str]) -> Iterable[str]:
    """The command that the arguments name; where they name none, all may be asked about.

    >>> list(needed(["--lang", "zh", "figures", "search"])), len(list(needed(["--help"]))) == len(COMMANDS)
    (['figures'], True)
    """
    words = iter(arguments)
    for word in words:
        if word == spoken.OPTION:
            next(words, None)
        elif word in COMMANDS:
            return [word]
        elif not word.startswith("-"):
            break
    return COMMANDS


@cache
def _options(group: Any) -> tuple[inspect.Parameter, ...]:
    """The options of a group."""
    return tuple(
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=group._field_defaults[name], annotation=kind)
        for name, kind in get_type_hints(group, include_extras=True).items()
    )


def _form_of(output: Path | None) -> str | None:
    return showing.SUFFIXES.get(output.suffix.lower()) if output else None


def asked(out: Out, where: Where | None = None) -> Asked:
    """What was asked of all documents and records, whatever the command; the file ``-`` is standard output."""
    form = out.format or _form_of(out.output) or "table"
    output = None if out.output == Path("-") else out.output
    fields = tuple(dict.fromkeys(re.findall(r"[^,，\s]+", where.fields or ""))) if where else ()
    return Asked(
        form,
        output,
        out.published,
        out.encoding,
        out.limit,
        out.raw,
        out.bom,
        *((where.workers, where.scheduler, where.sort, fields) if where else ()),
    )


# ---------------------------------------------------------------------------------------------------------------------
# Commands


@command
def industries(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME] [FILE]...",
            help="An industry, for all that is said of it; documents, or folders of them.",
            autocompletion=industry_names,
        ),
    ] = None,
    *,
    tier: Annotated[str | None, _text("NAME", "Of this tier of the document.")] = None,
    chart: Chart = False,
    explain: Explain = False,
    where: Where,
    out: Out,
) -> int:
    """The industries, under the tiers of the document.

    With scale, number of enterprises, standing, milestones and every line that speaks of them.

    Examples:
      zzcli industries --tier 优势
      zzcli industries 轨道交通
    """
    name, paths = name_and_files(files or [])
    choice = Choice(tier=tier, industry=name)
    return showing.show("industries", paths, asked(out, where), choice, explain=explain, chart=chart)


def name_and_files(given: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The name that stands before files, if the first is none: no such file, and no path."""
    first = given[0] if given else ""
    if first in ("", "-") or os.path.lexists(first) or "." in first or os.sep in first:
        return None, given
    return first, given[1:]


@command
def timeline(
    files: Files = None,
    *,
    times: Times,
    granularity: Annotated[
        str | None, _text("NAME", "year, half, quarter, month, day, range and others.", parser=granularity)
    ] = None,
    chart: Chart = False,
    explain: Explain = False,
    where: Where,
    out: Out,
) -> int:
    """Every dated statement, in order of date.

    Relative dates (去年10月) are settled by the date of publication, given or found in the text.

    Examples:
      zzcli timeline --since 2023 --until 2024-06
      zzcli timeline --chart
    """
    choice = Choice(granularity=granularity, since=times.since, until=times.until)
    return showing.show("timeline", files, asked(out, where), choice, explain=explain, chart=chart)


@command
def figures(
    files: Files = None,
    *,
    indicator: Indicator = None,
    which: Figures,
    times: Times,
    chart: Annotated[
        str | None, _text("INDICATOR", "A chart of an indicator over time.", autocompletion=indicators)
    ] = None,
    explain: Explain = False,
    where: Where,
    out: Out,
) -> int:
    """Every number that states something.

    What it measures, value and unit, growth, rank or difference, period, area and line.

    Examples:
      zzcli figures --indicator 利润 --measure growth
      zzcli figures --unit 元 --min 100亿 --sort -value --format csv
    """
    choice = Choice(indicator=indicator or chart, **which._asdict(), since=times.since, until=times.until)
    return showing.show("figures", files, asked(out, where), choice, explain=explain, chart=chart is not None)


@command
def compare(
    files: SomeFiles,
    *,
    by: Annotated[
        str, _text("COLUMNS", "document or period: what stands side by side.", parser=one_of(("document", "period")))
    ] = "document",
    indicator: Indicator = None,
    which: Figures,
    times: Times,
    where: Where,
    out: Out,
) -> int:
    """The same statistics of several documents side by side.

    In one unit, matched by all their names, with the change from column to column; below, what only one has.

    Examples:
      zzcli compare seeds/zhuzhou.txt --by period
      zzcli compare tests/gold/bulletin.txt tests/gold/communique.txt
    """
    choice = Choice(indicator=indicator, **which._asdict(), since=times.since, until=times.until)
    return showing.compare(files, by, asked(out, where), choice)


@command
def series(
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help="What is measured, by any of its names.",
            autocompletion=indicators,
            show_default=False,
        ),
    ],
    files: Files = None,
    *,
    which: Figures,
    times: Times,
    where: Where,
    out: Out,
) -> int:
    """One statistic over documents and years, with a chart.

    Statements that cannot both be true are marked.

    Examples:
      zzcli series GDP
      zzcli series GDP tests/gold --format csv
    """
    choice = Choice(**which._asdict(), since=times.since, until=times.until)
    return showing.series(indicator, files, asked(out, where), choice)


IndexFile = Annotated[Path | None, _text("FILE", "Where the index of the folder is, if not in it.", "--index")]


@command
def search(
    term: Annotated[
        str, typer.Argument(metavar="TERM", help="What to look for; every character means itself.", show_default=False)
    ],
    files: Files = None,
    *,
    names: Annotated[bool, typer.Option("--files", "-l", help="Only name the documents that hold the term.")] = False,
    index: IndexFile = None,
    out: Out,
) -> int:
    """The passages that hold a term, best first.

    Those that hold the term itself, then all of its words, then some. Of folders the best 20, or --limit.

    Examples:
      zzcli search 产业集群
      zzcli search "绿色 转型" --limit 3
    """
    return showing.search(term, files, names, index, asked(out))


@command
def index(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of documents.", show_default=False)],
    *,
    index: IndexFile = None,
    out: Out,
) -> int:
    """Index a folder, so that searching it takes less time.

    The index is a hidden file in the folder. Asked again, only what is new or changed is read.

    Examples:
      zzcli index seeds
      zzcli index seeds --format json
    """
    return showing.index(folder, index, asked(out))


@command
def check(files: Files = None, *, where: Where, out: Out) -> int:
    """What to look at before a table is signed.

    Numbers that became no figure, and why; years inferred; text that breaks off; units that are missing.

    Examples:
      zzcli check
      zzcli check --format markdown
    """
    return showing.show("doubts", files, asked(out, where))


@command
def overview(files: Files = None, *, where: Where, out: Out) -> int:
    """What a document is, and how to go on.

    Examples:
      zzcli overview
      zzcli overview seeds --sort -figures
    """
    return showing.show("overview", files, asked(out, where))


@command
def text(
    files: Files = None,
    *,
    marks: Annotated[bool, typer.Option("--marks", help="Mark the figures, dates and industries in it.")] = False,
    where: Where,
    out: Out,
) -> int:
    """The text as zzcli reads it, line by line.

    With --raw the text that the places of records count in, as it stands.

    Examples:
      zzcli text --marks
      zzcli text --raw
    """
    return showing.show("text", files, asked(out, where), marks=marks)


def door(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
    lang: Lang = None,
) -> None:
    """Answer ``--version``, and show the bundled page where no command is given."""
    if version:
        showing.write_lines([f"zzcli {zzcli.__version__}"], Asked())
        raise typer.Exit
    if context.invoked_subcommand is None:
        overview(where=Where(), out=Out())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: every error becomes one line and an exit code here."""
    try:
        spoken.choose(arguments)
        app = application(needed(sys.argv[1:] if arguments is None else arguments))
        return app(arguments, prog_name="zzcli", standalone_mode=False) or 0
    except EndedError as ended:
        return ended.code
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        name = context.command_path if context else "zzcli"
        message = retold(" ".join(error.format_message().split()))
        complain(say("{message} (see: {name} --help)", message=message, name=name))
    except ZzcliError as error:
        complain(str(error))
    except Exception as error:  # a fault of zzcli's own: the reader gets a line to report, never a traceback
        complain(fault(error))
    return showing.UNREADABLE
