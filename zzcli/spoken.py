"""Help in the reader's language, folded as wide characters need it; and which language that is.

Help is put together when it is asked for, from the English that the commands are declared with: each paragraph, each
option and what the framework adds to it is looked up by itself.
"""

from __future__ import annotations

import inspect
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from zzcli.errors import UsageError
from zzcli.language import LANGUAGES, VARIABLE, preferred, retold, say, use
from zzcli.patterns import compiled
from zzcli.showing import Asked, write_lines
from zzcli.views.visible import cells

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context, Parameter
    from typer._click.shell_completion import CompletionItem
    from typer.core import TyperOption

OPTION = "--lang"

_WIDEST = 78
_NARROWEST = 50
_MOST_NAMES = 30  # cells of the names of options; what is explained of longer ones stands below them
_INDENT = "  "
_PIECE = compiled(r"[（《“]{0,3}(?:[!-~]{1,200}|[^\s])[，。；：、）》”,.;:)\]]{0,3}\s*")


def choose(arguments: Sequence[str] | None = None) -> None:
    """Speak the language that ``--lang`` names, wherever it stands, else ``ZZCLI_LANG``, else that of the locale.

    Raises:
        UsageError: there is no such language.
    """
    use(preferred())
    named = _named(sys.argv[1:] if arguments is None else arguments)
    if named is None:
        named = os.environ.get(VARIABLE) or None
    if named is not None and named.lower() not in LANGUAGES:
        raise UsageError(say("{name}: no such language; give zh or en", name=repr(named)))
    use(named and named.lower())


def _named(arguments: Sequence[str]) -> str | None:
    """What stands behind the last ``--lang``."""
    named = None
    for argument, following in zip(arguments, [*arguments[1:], None], strict=False):
        if argument == "--":
            break
        if argument == OPTION:
            named = following
        elif argument.startswith(OPTION + "="):
            named = argument.removeprefix(OPTION + "=")
    return named


class Command(TyperCommand):
    """A command whose help is in the reader's language."""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """``--help``."""
        return _writing(super().get_help_option(ctx))

    def get_help(self, ctx: Context) -> str:
        """The page of help."""
        return _page(self, ctx)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """What may be typed on, each with its help."""
        return _said(super().shell_complete(ctx, incomplete))


class Group(TyperGroup):
    """The commands, with help in the reader's language."""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """``--help``."""
        return _writing(super().get_help_option(ctx))

    def get_help(self, ctx: Context) -> str:
        """The page of help."""
        return _page(self, ctx)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """What may be typed on, each with its help."""
        found = _said(super().shell_complete(ctx, incomplete))
        for item in found:
            if item.value in self.commands:
                item.help = _summary(self.commands[item.value])
        return found


def _writing(option: TyperOption | None) -> TyperOption | None:
    """The option for help, which is written as all answers are: what keeps it from being written is told."""

    def write(context: Context, _: Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            write_lines(context.get_help().splitlines(), Asked())
            context.exit()

    if option is not None:
        option.callback = write
    return option


def _said(found: Iterable[CompletionItem]) -> list[CompletionItem]:
    found = list(found)
    for item in found:
        item.help = item.help and retold(item.help)
    return found


def _page(command: AnyCommand, context: Context) -> str:
    width = max(min(shutil.get_terminal_size().columns - 2, _WIDEST), _NARROWEST)
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for parameter in command.get_params(context):
        if record := _record(parameter, context):
            (arguments if parameter.param_type_name == "argument" else options).append(record)
    commands = getattr(command, "commands", {})
    return "\n".join(
        [
            *_usage(command, context, width),
            *_paragraphs(command.help, width),
            *_section(say("Arguments:"), arguments, width),
            *_section(say("Options:"), options, width),
            *_section(say("Commands:"), [(name, _summary(each)) for name, each in commands.items()], width),
            *_paragraphs(command.epilog, width),
        ]
    )


def _usage(command: AnyCommand, context: Context, width: int) -> Iterator[str]:
    opening = say("Usage: {command} ", command=context.command_path)
    pieces = " ".join(map(retold, command.collect_usage_pieces(context)))
    return _indented(_folded(pieces, width - cells(opening)), opening, " " * cells(opening))


def _paragraphs(text: str | None, width: int) -> Iterator[str]:
    r"""The paragraphs of a text, an empty line before each; one that begins with ``\b`` stands as it is."""
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        if paragraph:
            yield ""
        if paragraph.startswith("\b\n"):
            yield from _indented(paragraph.split("\n")[1:], _INDENT)
        elif paragraph:
            yield from _indented(_folded(retold(" ".join(paragraph.split())), width - len(_INDENT)), _INDENT)


def _section(heading: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Names, and what is to be said of each beside it."""
    if not rows:
        return
    yield ""
    yield heading
    column = len(_INDENT) + 2 + min(max(cells(name) for name, _ in rows), _MOST_NAMES)
    for name, words in rows:
        opening = _INDENT + name
        if cells(opening) > column - 2:
            yield opening
            opening = ""
        room = " " * (column - cells(opening))
        yield from _indented(_folded(words, width - column), opening + room, " " * column)


def _record(parameter: Parameter, context: Context) -> tuple[str, str] | None:
    """The names of an option or argument and what is said of it, with what the framework adds in brackets."""
    record = parameter.get_help_record(context)
    if record is None:
        return None
    names, told = record
    words = getattr(parameter, "help", None) or ""
    added = told.removeprefix(words).strip().removeprefix("[").removesuffix("]")
    brackets = f"[{say('; ').join(map(retold, added.split('; ')))}]" if added else ""
    return names, "  ".join(filter(None, [retold(" ".join(words.split())), brackets]))


def _summary(command: AnyCommand) -> str:
    """What a command is for: its first paragraph."""
    first, *_ = inspect.cleandoc(command.help or "").split("\n\n")
    return retold(" ".join(first.split()))


def _indented(lines: Iterable[str], first: str, others: str | None = None) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield ((first if others is None or not number else others) + line).rstrip()


def _folded(text: str, width: int) -> list[str]:
    """The lines of a text: a line ends between words, or between any two characters of Chinese."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and cells(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return lines
