"""A document in memory: parsed once, frozen, viewed many ways.

    >>> document = parse("2024年上半年，全市地区生产总值1853.63亿元，同比增长5.8%。")
    >>> [(figure.indicator, figure.measure, str(figure.value)) for figure in document.figures]
    [('地区生产总值', 'level', '185363000000'), ('地区生产总值', 'growth', '5.8')]

Facts are spans of ``document.text.clean``; ``document.text.origin(span)`` is their place in the file. Parsing is pure:
the same text and ``published`` give the same facts, whatever the clock says or was read before.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from zzcli.patterns import compiled
from zzcli.reading import files
from zzcli.reading.reflow import TITLE, Text, reflow
from zzcli.reading.source import Source, unhidden
from zzcli.span import Span

if TYPE_CHECKING:
    from zzcli.facts.dating import Dating
    from zzcli.facts.doubts import Doubt
    from zzcli.facts.events import Event
    from zzcli.facts.figures import Figure, Numbers
    from zzcli.facts.industries import Industry
    from zzcli.mentions.names import Area
    from zzcli.views.records import Record

_FAR = date.max
_TOP = 12  # blocks among which a title stands
_LONGEST_HEADING = 70  # characters; what is longer is a sentence
_LONGEST_TITLE = 40  # characters of a first sentence that names a text without a heading
_SENTENCE_END = compiled(r"[。！？!?；;]")
_CLAUSE_END = compiled(r"[，：:]|,(?!\d)")


class Document(Struct, frozen=True, dict=True):
    """One document: its text, and its facts, each kind read when it is first asked for and kept.

    What reads a kind of facts is loaded no sooner either: a search needs none of it.

    Attributes:
        file: the text as it stands in its file, the name that the user gave it, its pages and paragraphs.
        text: the reflowed text with its source map.
        given: the day of publication as given by the caller, or None.
    """

    file: Source
    text: Text
    given: date | None = None

    @property
    def source(self) -> str:
        """What the user called it: a path, ``-``, or the name of the bundled page."""
        return self.file.name

    @property
    def encoding(self) -> str | None:
        """The encoding it was decoded from, ``str`` for a text handed over as such, None where a format settles it."""
        return self.file.encoding

    @cached_property
    def heading(self) -> str | None:
        """The heading at the top, from which the facts may draw; None where the text begins without one."""
        top = self.text.blocks[:_TOP]
        first = next((block for block in top if block.kind == "heading" and block.level == TITLE), None)
        if first is None:
            first = next((block for block in top if block.kind != "furniture"), None)
        if first is None or first.kind != "heading":
            return None
        words = self._first_line(first)
        return words if len(words) <= _LONGEST_HEADING else None

    @cached_property
    def title(self) -> str | None:
        """What to call the document: its heading, else its first words; None for a text without words."""
        if self.heading is not None:
            return self.heading
        first = next((block for block in self.text.blocks if block.kind != "furniture"), None)
        return None if first is None else _opening(self._first_line(first))

    def _first_line(self, block: Span) -> str:
        written = unhidden(self.text.origin(block).of(self.text.source))
        return " ".join(written.strip().splitlines()[0].split())

    @cached_property
    def area(self) -> str | None:
        """The area that the document is about: 全市, 全省 and what names no other area mean it."""
        from zzcli.mentions.names import document_area

        return document_area(self.text.clean, self.heading, self._areas)

    @cached_property
    def _areas(self) -> list[Area]:
        from zzcli.mentions.names import find_areas

        return find_areas(self.text.clean)

    @cached_property
    def dating(self) -> Dating:
        """When it was published and every time expression in it."""
        from zzcli.facts.dating import date_text

        return date_text(self.text, self.given)

    @cached_property
    def _numbers(self) -> Numbers:
        from zzcli.facts.figures import read_numbers

        return read_numbers(self.text, self.dating, self._areas, title=self.heading, area=self.area)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every number that states something, in the order of the text."""
        return self._numbers.figures

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every dated statement, in the order of the text."""
        from zzcli.facts.events import read_events

        return read_events(self.text, self.dating)

    @cached_property
    def timeline(self) -> tuple[Event, ...]:
        """Every dated statement in order of date: by first day, then last; undated ones at the end."""

        def when(event: Event) -> tuple[date, date, int]:
            first, last = event.period.first, event.period.last
            return first or last or _FAR, last or _FAR, event.start

        return tuple(sorted(self.events, key=when))

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What was seen and is not sure, the weightier first."""
        from zzcli.facts.doubts import read_doubts

        return read_doubts(self.text, self.dating, self.figures, self._numbers.left_out, self.events)

    @cached_property
    def industries(self) -> tuple[Industry, ...]:
        """The industries that the document names, tier by tier."""
        from zzcli.facts.industries import read_industries

        return read_industries(self.text, self.figures, self.events, self._areas)

    def records(self, kind: str) -> list[Record]:
        """Its facts of one kind as flat records, as the command line gives them; any frame library takes these.

        >>> parse("2024年，产值5亿元。").records("figures")[0]["value"]
        Decimal('500000000')

        Raises:
            UsageError: there is no such kind.
        """
        from zzcli.errors import UsageError
        from zzcli.language import say
        from zzcli.views.records import KINDS, records

        if kind not in KINDS:
            some = ", ".join(KINDS)
            raise UsageError(say("{kind} is no kind of records; there are {some}", kind=repr(kind), some=some))
        return records(self, kind)


def _opening(line: str) -> str:
    """A short line, the first sentence of a longer one, or as many of its clauses as a title may hold.

    >>> _opening("去年，全市经济向好。" * 9), len(_opening("长" * 500))
    ('去年，全市经济向好', 41)
    """
    if len(line) <= _LONGEST_TITLE:
        return line
    sentence = _SENTENCE_END.split(line[: 10 * _LONGEST_TITLE], maxsplit=1)[0] or line[:1]
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    ends = [mark.start() for mark in _CLAUSE_END.finditer(sentence, 1, _LONGEST_TITLE + 1)]
    return sentence[: ends[-1]] if ends else sentence[:_LONGEST_TITLE] + "…"


def parse(text: str, published: date | None = None, *, source: str = "text", encoding: str = "str") -> Document:
    """The document that a text is.

    Args:
        text: the text as it stands in the file, newlines untouched.
        published: the day of publication, on which relative dates hang; None: the text must settle it.
        source: what records call it.
        encoding: what it was decoded from, for display.
    """
    return of_source(Source(source, text, encoding), published)


def of_source(source: Source, published: date | None = None) -> Document:
    """The document that was taken out of a file.

    Raises:
        UsageError: ``published`` is no date.
    """
    if published is not None and not isinstance(published, date):
        from zzcli.errors import UsageError
        from zzcli.language import say

        raise UsageError(say("published: {given} is no datetime.date", given=repr(published)))
    return Document(source, reflow(source.text, source.format), published)


def read(path: str | Path | None = None, published: date | None = None, *, encoding: str | None = None) -> Document:
    """The document in a file; ``-`` is standard input, None the bundled page.

    Raises:
        UnreadableError: there is no such file, it is a folder, it is no text, or there is no such encoding.
    """
    source = files.bundled() if path is None else files.read(str(path), encoding)
    if path is None and encoding is not None:  # asked for, so it is done, also to the bundled page
        text, encoding = files.decode(source.text.encode(source.encoding or "utf-8"), encoding, name=source.name)
        source = Source(source.name, text, encoding)
    return of_source(source, published)
