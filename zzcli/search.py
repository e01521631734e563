"""Search: the passages of documents that hold a term, best first.

A passage is a sentence, a heading or a caption of the reflowed text, so a term that the scan broke is found like any
other. Query and passage are compared folded: width, case, and the forms of quotes, dashes and dots do not count, nor do
spaces but for those between Latin letters or digits. A query is text; no character of it has a meaning of its own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from msgspec import Struct

from zzcli.document import Document
from zzcli.errors import UsageError
from zzcli.language import say
from zzcli.mentions import words
from zzcli.patterns import compiled
from zzcli.reading.source import HIDDEN
from zzcli.span import Span

# Okapi BM25: how soon repeats stop counting, and how much a long passage is marked down.
SATURATION = 1.2
LENGTH_NORM = 0.75

# Words for a message are taken from this much of a document; segmenting a whole library would take minutes.
NEAREST_WITHIN = 100_000
# Text is segmented in pieces no longer than this: a segmenter looks ahead as far as its text goes on without a mark.
PIECE = 400
# A longer word of a query is looked for as it stands, and not in its parts.
LONGEST_WORD = 60

STOPS = frozenset("。!?")
"""Folded characters that end a sentence; a query that holds one is looked for in whole blocks."""


class Tier(IntEnum):
    """How well a passage answers. A better tier comes first, whatever the ranking within."""

    SOME = 1
    """Some words of the query."""
    PARTS = 2
    """Every word, some of them only as the parts that make them up: 轨道交通 … 产业 for 轨道交通产业."""
    WORDS = 3
    """Every word."""
    PHRASE = 4
    """The query as it stands."""


class Hit(Struct, frozen=True):
    """A passage that answers a query. Spans cut the clean text of its document."""

    document: Document
    passage: Span
    tier: Tier
    relevance: float
    highlights: tuple[Span, ...]

    @property
    def score(self) -> float:
        """The tier before the point, and behind it how relevant the passage is among those of its tier."""
        return round(self.tier + min(self.relevance / (1 + self.relevance), 0.9999), 4)

    @property
    def quote(self) -> str:
        """The passage without its scan breaks."""
        return self.document.text.quoted(self.passage)


class Word(Struct, frozen=True):
    """A word of a query, folded; ``parts`` are the words it is made of, if it is made of several."""

    whole: str
    parts: tuple[str, ...]

    def held(self, passage: str) -> bool:
        """Whether the folded passage holds the word, whole or in all its parts."""
        return self.whole in passage or self.held_in_parts(passage)

    def held_in_parts(self, passage: str) -> bool:
        """Whether the folded passage holds all its parts."""
        return bool(self.parts) and all(part in passage for part in self.parts)

    def found(self, passage: str) -> tuple[str, ...]:
        """What to mark in the folded passage: the word, or else its parts."""
        if self.whole in passage:
            return (self.whole,)
        return self.parts if self.held_in_parts(passage) else ()


class Query(Struct, frozen=True):
    """A query as it is compared: all of it, and word by word."""

    phrase: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, text: str, *, in_parts: bool = True) -> Query:
        """Read a query; words stand between spaces, and are ``in_parts`` also looked for in the words they consist of.

        Raises:
            UsageError: there is nothing to search for.
        """
        phrase = fold(text)
        if not phrase:
            raise UsageError(say("the term to search for is empty"))
        split = dict.fromkeys(word for word in text.split() if fold(word))
        return cls(phrase, tuple(Word(fold(word), _parts(word) if in_parts else ()) for word in split))

    @property
    def terms(self) -> tuple[str, ...]:
        """Everything whose frequency counts in the ranking."""
        wholes = (term for word in self.words for term in (word.whole, *word.parts))
        return tuple(dict.fromkeys((self.phrase, *wholes)))

    @property
    def over_stops(self) -> bool:
        """Whether passages are whole blocks, for the query runs over a full stop."""
        return not STOPS.isdisjoint(self.phrase)

    def tier(self, passage: str) -> Tier | None:
        """How well the folded passage answers, or None."""
        if self.phrase in passage:
            return Tier.PHRASE
        if all(word.whole in passage for word in self.words):
            return Tier.WORDS
        held = [word.held(passage) for word in self.words]
        return Tier.PARTS if all(held) else Tier.SOME if any(held) else None

    def found(self, passage: str) -> tuple[str, ...]:
        """What to mark in the folded passage."""
        if self.phrase in passage:
            return (self.phrase,)
        return tuple(term for word in self.words for term in word.found(passage))


def search(documents: Iterable[Document], text: str) -> list[Hit]:
    """Every passage of the documents that answers the query, best first.

    Raises:
        UsageError: the query is empty.
    """
    query = Query.of(text)
    return answers([read for document in documents for read in passages(document, query)], query)


def answers(read: Sequence[Passage], query: Query) -> list[Hit]:
    """Those of the passages that answer the query, best first."""
    relevance = _Relevance(query.terms, [folded for _, _, folded in read])
    hits = [
        Hit(document, passage, tier, relevance.of(folded), _marks(document, passage, folded, query))
        for document, passage, folded in read
        if (tier := query.tier(folded)) is not None
    ]
    return sorted(hits, key=lambda hit: (-hit.tier, -hit.relevance))


def nearest(documents: Iterable[Document], text: str, count: int = 3) -> list[str]:
    """The words the documents hold that are most like the query, best first; empty where none is like it."""
    from difflib import SequenceMatcher  # for a search that found nothing

    held = _held(documents)
    query = fold(text)[:LONGEST_WORD]
    likeness = {word: SequenceMatcher(None, query, fold(word)).ratio() for word in held if set(query) & set(fold(word))}
    return sorted(likeness, key=lambda word: (-likeness[word], -held[word]))[:count]


def frequent(documents: Iterable[Document], count: int = 3) -> list[str]:
    """The words that the documents hold most often."""
    return [word for word, _ in _held(documents).most_common(count)]


def _held(documents: Iterable[Document]) -> Counter[str]:
    held: Counter[str] = Counter()
    for document in documents:
        for piece in _pieces(document.text.clean[:NEAREST_WITHIN]):
            held.update(word for word in words.cut(piece) if _tells(word))
    return held


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that end at a mark, or where no mark comes."""
    return (found[0] for found in _PIECE.finditer(text))


_PIECE = compiled(rf"(?s:.{{1,{PIECE}}}(?:(?<=[，。；：、！？,;:!?\s])|\Z)|.{{1,{PIECE}}})")


def fold(text: str) -> str:
    """``text`` as it is compared.

    >>> fold("「ＩＧＢＴ 全套 技术」"), fold("Open  Source，484 亿元")
    ('"igbt全套技术"', 'open source,484亿元')
    """
    return _GAP.sub(_joint, text.translate(FOLDED))


def _joint(gap: re.Match[str]) -> str:
    before, after = gap.string[max(gap.start() - 1, 0) : gap.start()], gap.string[gap.end() : gap.end() + 1]
    return " " if (before + after).isascii() and before.isalnum() and after.isalnum() else ""


_GAP = compiled(r"\s+")


class _Folds(dict[int, str]):
    """What each character is compared as: one character, several (㎡), or none (a zero-width mark)."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        unseen = unicodedata.category(char) == "Cf" or HIDDEN.match(char)
        folded = "" if unseen else unicodedata.normalize("NFKC", char).casefold()
        self[code] = folded
        return folded


# Forms of marks that Unicode keeps apart.
USUAL = {
    **dict.fromkeys("“”„‟〝〞「」『』﹁﹂﹃﹄", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("‐‑‒–—―−－─", "-"),
    **dict.fromkeys("·・•‧∙⋅･", "·"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("〔﹝", "["),
    **dict.fromkeys("〕﹞", "]"),
}
FOLDED = _Folds(str.maketrans(USUAL))


def _parts(word: str) -> tuple[str, ...]:
    """The words that make up a long word, folded; single characters say too little to be looked for apart."""
    if not 4 <= len(word) <= LONGEST_WORD or word.isascii():
        return ()
    parts = dict.fromkeys(fold(part) for part in words.cut(word) if _tells(part))
    return tuple(parts) if len(parts) > 1 else ()


def _tells(word: str) -> bool:
    return len(word) > 1 and word.isalnum() and not word.isdecimal()


Passage = tuple[Document, Span, str]
"""A passage of a document, and how it is compared."""


def passages(document: Document, query: Query) -> Iterator[Passage]:
    """The passages of a document, folded: its sentences, or whole blocks for a query that runs over a full stop."""
    text = document.text
    places: Sequence[Span] = text.blocks if query.over_stops else text.sentences
    for place in places:
        yield document, place, fold(place.of(text.clean))


class _Relevance:
    """BM25 of folded passages for the terms of a query."""

    def __init__(self, terms: Sequence[str], passages: Sequence[str]) -> None:
        holding = {term: sum(term in passage for passage in passages) for term in terms}
        self._mean_length = sum(map(len, passages)) / max(len(passages), 1)
        self._weights = {
            term: math.log(1 + (len(passages) - held + 0.5) / (held + 0.5)) for term, held in holding.items() if held
        }

    def of(self, passage: str) -> float:
        norm = SATURATION * (1 - LENGTH_NORM + LENGTH_NORM * len(passage) / self._mean_length)
        return sum(
            weight * (SATURATION + 1) * repeats / (repeats + norm)
            for term, weight in self._weights.items()
            if (repeats := passage.count(term))
        )


def _marks(document: Document, passage: Span, folded: str, query: Query) -> tuple[Span, ...]:
    """Where the passage holds what the query asks for, in clean text, in order and without overlap."""
    places = _offsets(passage.of(document.text.clean))
    found = sorted(
        (passage.start + places[start], passage.start + places[start + len(term) - 1] + 1)
        for term in query.found(folded)
        for start in _starts(folded, term)
    )
    marks: list[Span] = []
    for start, end in found:
        if marks and start < marks[-1].end:
            marks[-1] = Span(marks[-1].start, max(end, marks[-1].end))
        else:
            marks.append(Span(start, end))
    return tuple(marks)


def _starts(text: str, term: str) -> Iterator[int]:
    start = text.find(term)
    while start >= 0:
        yield start
        start = text.find(term, start + len(term))


def _offsets(text: str) -> list[int]:
    """For each character of the folded text, the place of the character it was folded from."""
    widened = text.translate(FOLDED)
    places = [place for place, char in enumerate(text) for _ in char.translate(FOLDED)]
    kept: list[int] = []
    done = 0
    for gap in _GAP.finditer(widened):
        kept += places[done : gap.start()] + places[gap.start() : gap.start() + len(_joint(gap))]
        done = gap.end()
    return kept + places[done:]
