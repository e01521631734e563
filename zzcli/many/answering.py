"""One document → its answer: the function that is run here, in worker processes, by Dask and by Spark alike.

    >>> found = answer("云江.txt", Question("figures"), "2024年，产值5亿元。".encode())
    >>> found.records, found.text[:32], found.error
    (1, '{"source": "云江.txt", "line": 1, ', None)

It depends on nothing but its arguments and the file at ``path``, and question and answer are plain values that can be
pickled. What is the matter with one document becomes its answer, so that the others go on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from zzcli import language
from zzcli.choosing import EVERYTHING, Choice, chosen, offers
from zzcli.document import Document, of_source, read
from zzcli.errors import UnreadableError, ZzcliError, fault
from zzcli.reading import files
from zzcli.views.formats import Frame, frame, texts
from zzcli.views.records import facts_of, keys, records
from zzcli.views.visible import visible

if TYPE_CHECKING:
    from zzcli.views.sheet import Screen  # loaded for tables only


class Question(Struct, frozen=True):
    """What is asked of every document.

    Attributes:
        kind: ``figures``, ``timeline``, ``industries``, ``doubts``, ``text`` or ``overview``.
        form: a form of text (``views.formats``), ``sdmx-csv``, or ``table``, for a ``screen``.
        published: the day of publication, if it is given.
        encoding: the encoding, if it is given.
        explain: whether to say how each answer came about.
        limit: how many records of one document, if not all.
        screen: what tables are made for; None is a file.
        choice: which facts.
        fields: which keys of the records, in which order; empty: all.
        raw: whether cells stand as they are, and the text too.
        chart: whether a table is to be a chart. marks: whether the facts are marked in the text.
        language: in which tables and messages are.
    """

    kind: str
    form: str = "ndjson"
    published: date | None = None
    encoding: str | None = None
    explain: bool = False
    limit: int | None = None
    screen: Screen | None = None
    choice: Choice = EVERYTHING
    fields: tuple[str, ...] = ()
    raw: bool = False
    chart: bool = False
    marks: bool = False
    language: str = "en"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the records, in their order."""
        return self.fields or tuple(keys(self.kind, self.explain))

    @property
    def frame(self) -> Frame:
        """What makes a whole of the texts of all answers."""
        return Frame(between="" if self.raw else "\n") if self.form == "table" else frame(self.form, self.keys)


class Answer(Struct, frozen=True):
    """What came of one document.

    Attributes:
        text: its ``records`` in the form that was asked for.
        records: how many there are.
        error: why it could not be read, in one line.
        notes: what of it could not be read, a line each.
        source: what its records call it. area: whose document it is.
        offers: where no fact was chosen, what there is in place of what was asked for.
    """

    text: str = ""
    records: int = 0
    error: str | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    area: str | None = None
    offers: dict[str, list[str]] = {}


def answer(path: str | None, question: Question, data: bytes | None = None) -> Answer:
    """What a document answers to a question; None is the bundled page.

    Args:
        path: where it is, and what its records call it.
        question: what is asked.
        data: its bytes, where they were read already; the file is not touched then.

    Raises:
        ZzcliError: what is wrong for all documents alike.
    """
    language.use(question.language)
    try:
        return _told(_document(path, question, data), question)
    except UnreadableError as error:
        return Answer(error=str(error))
    except ZzcliError:
        raise
    except Exception as error:
        return Answer(error=f"{visible(path or files.BUNDLED)}: {fault(error)}")


def _document(path: str | None, question: Question, data: bytes | None) -> Document:
    if path is None or data is None:
        return read(path, question.published, encoding=question.encoding)
    return of_source(files.of_bytes(data, path, question.encoding), question.published)


def _told(document: Document, question: Question) -> Answer:
    facts: tuple[Any, ...] = facts_of(document, question.kind)
    found = chosen(facts, question.choice)
    offered = offers(facts, question.choice) if not found else {}
    found = found[: question.limit]
    if question.form == "table":
        text = _table(document, found, question)
    else:
        made = records(document, question.kind, found, question.explain)
        text = question.frame.between.join(texts(question.form, made, question.keys, question.raw))
    return Answer(text, len(found), None, document.file.notes, document.source, document.area, offered)


def _table(document: Document, facts: tuple[Any, ...], question: Question) -> str:
    if question.raw and question.kind == "text":
        return document.text.source
    if not facts and question.choice != EVERYTHING:
        return ""
    from zzcli.views import sheet, table

    screen = question.screen or sheet.screen(to_file=True)
    if question.kind == "overview":
        view = table.overview(document)
    elif question.kind == "text":
        from zzcli.views import marks

        view = marks.text_view(document, question.marks, question.limit)
    elif question.chart:
        from zzcli.views import charts

        view = getattr(charts, question.kind)(document, facts)
    elif question.choice.industry:
        view = table.industry(document, facts)
    else:
        told = {"explain": True} if question.explain else {}
        view = getattr(table, question.kind)(document, facts, **told)
    return sheet.render([view], screen)
