"""Whether a plain text as it stands in its file holds a word, without reading the file as a document.

Reading a document (``reflow``) takes a hundred times as long as looking for a word in it. What it does is known:

* It only deletes. Characters that follow one another in the clean text follow one another in the file.
* Within a line it deletes white space and what ``view_of`` shows as white space; folding drops the same, but for the
  space between Latin letters or digits. So a word that stands in one line, with no more than white space inside, is
  held, unless the line is dropped (one of up to ``PAGES`` short ones between two that belong together), or cut at
  such a space (``breaks``).
* Between two lines that belong together it deletes ends of line, blank lines, short ones and the mark of a quotation.

  Which two belong together its lines and their layout tell (``goes_on``), without anything being written.

What follows from this with certainty is said at once; for the rest the answer is ``READ``: read it to know.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from zzcli.cache import keep, load
from zzcli.patterns import compiled
from zzcli.reading.layout import GAP, Layout, breaks, goes_on
from zzcli.reading.lines import CLOSERS, PUNCTUATION, WHITE, view_of
from zzcli.reading.reflow import laid_out
from zzcli.reading.source import CONTROLS, HIDDEN, UNSEEN, unhidden
from zzcli.search import FOLDED, LONGEST_WORD, USUAL, fold

READ = -1
"""The text has to be read to know."""

PAGES = 3  # page numbers, running heads and scraps that a sentence goes over
SHORT = 30  # characters of the longest of these

_COMMENT = compiled(rf"<[!{CONTROLS}{UNSEEN}]")  # how the only thing begins that a view hides over several lines
# with digits and Latin letters all that a page number or a lone cell consists of
_PAGE_WORDS = frozenset("第页共版持平")
_LINE_MARKS = frozenset("#*+->")
_HIDDEN = frozenset(" *$\\&<>")  # what a view may not show though it stands there
_ENDS = frozenset("。！？…!?")
_NEAR = 40  # characters before a closing mark within which a sentence may have ended
# What a view hides begins with one of these, for the brackets of a pattern.
_ODD = rf"{WHITE}{CONTROLS}{UNSEEN}&<!\[\]*$\\"
_TRIES = 50  # places of a word that are looked at for a certain one
_FEW = 12  # characters that are looked for one by one rather than by a pattern

# Where characters are not compared as they are. Elsewhere there are ideographs, syllables and what is unassigned.
FOLDING = ((0x00, 0x3400), (0xA000, 0xAC00), (0xF900, 0x20000), (0x2F800, 0x2FA20), (0xE0000, 0xE1000))
_CHUNK = 64
_LONGEST_FOLD = 18  # characters that one is folded to, at most


@cache
def forms() -> dict[str, str]:
    """For each folded character the others that are folded to it or to several with it; for ``""`` those that vanish.

    They are worked out once for a version of Unicode and kept.
    """
    key = f"{unicodedata.unidata_version} {FOLDING} {sorted(USUAL.items())} {UNSEEN}".encode()
    kept = load("forms", key)
    if kept is None:
        found = "\n".join(folded + others for folded, others in _forms().items())
        keep("forms", key, found.encode())
        return _forms()
    lines = kept.decode().split("\n")
    return {line[:1]: line[1:] for line in lines[1:]} | {"": lines[0]}


def _forms() -> dict[str, str]:
    found: dict[str, list[str]] = {"": []}
    for first, last in FOLDING:
        for begin in range(first, last, _CHUNK):
            chunk = "".join(map(chr, range(begin, begin + _CHUNK)))
            if unicodedata.normalize("NFKC", chunk).casefold() == chunk and _plain(chunk):
                continue
            for char in chunk:
                folded = char.translate(FOLDED)
                if folded != char:
                    for each in set(folded) or {""}:
                        found.setdefault(each, []).append(char)
    return {folded: "".join(chars) for folded, chars in found.items()}


def _plain(chunk: str) -> bool:
    return not any(char in USUAL or not char.translate(FOLDED) for char in chunk)


class Word:
    """A word to be looked for in many texts.

    Args:
        folded: the word as it is compared.
        typed: the word as it was asked for.
        over_stops: whether passages are whole blocks, as they are for a query that runs over a full stop.
    """

    def __init__(self, folded: str, typed: str = "", over_stops: bool = False) -> None:
        self._begins = len(folded) > LONGEST_WORD  # of so long a word only the beginning is looked for here
        if self._begins:
            folded, typed = folded[:LONGEST_WORD].strip(), ""
        self.folded = folded
        self._over_stops = over_stops
        as_typed = len(typed) == len(folded) and fold(typed) == folded
        spelled = [typed, folded, folded.upper()] if as_typed else [folded]
        self._spelled = tuple(dict.fromkeys(each for each in spelled if fold(each) == folded))
        self._plain = not set(folded) & _HIDDEN and fold(folded) == folded
        self._closes = [at for at, char in enumerate(folded[:-1]) if char in _CLOSING]

        known = forms()
        spellings: list[str] = []
        needed: list[str] = []
        odd: list[str] = []
        for char in folded.replace(" ", ""):
            others = known.get(char, "")
            usual = char + _usual(char, others)
            spellings.append(usual)
            odd += [other for other in others if other not in usual]
            if len(others) < _FEW:
                needed.append("".join({*usual, *others}))
        self._needed = tuple(dict.fromkeys(needed))
        self._usual = tuple(dict.fromkeys(spellings))
        self._odd = _OneOf(odd)
        chars = [_any_of(each) for each in spellings]
        self._chars = [re.compile(each) for each in chars]
        unseen = _ranges(known[""])
        self._broken = _broken(chars, unseen, SHORT)
        self._broken_or_odd = _broken(chars, unseen, SHORT, _ODD)
        self._broken_folded = _broken(chars, unseen, SHORT * _LONGEST_FOLD)

    def look(self, text: str) -> int:
        """How often the text holds the word (at least), 0 where it does not, or ``READ``."""
        held = self._look(text)
        return READ if held and self._begins else held

    def _look(self, text: str) -> int:
        doubtful = False
        for spelled in self._spelled:
            at = text.find(spelled)
            if at >= 0:
                if self._stands(text, spelled, at):
                    return 1 + text.count(spelled, at + len(spelled))
                doubtful = True
        if doubtful:
            return READ
        if not _holds_each(text, self._needed):
            return 0
        if _holds_each(text, self._usual) and self._broken_or_odd.search(text):
            view = view_of(unhidden(text))
            broken = self._broken.search(view)
            if broken:
                return 1 if self._joined(view, broken) or self._goes_over(view, broken.start()) else READ
        if self._odd.in_(text) and self._broken_folded.search(view_of(unhidden(text)).translate(FOLDED)):
            return READ
        return 0

    def _stands(self, text: str, spelled: str, at: int) -> bool:
        """Whether the word as spelled certainly stays one where it stands in the text, first at ``at``."""
        if not self._plain or _COMMENT.search(text):
            return False
        for _ in range(_TRIES):
            start, end = _line(text, at)
            if HIDDEN.search(text, start, end):
                return False
            line = view_of(text[start:end])
            if line.startswith(spelled, at - start) and self._kept(line, at - start):
                return True
            at = text.find(spelled, at + 1)
            if at < 0:
                return False
        return False

    def _kept(self, line: str, at: int) -> bool:
        """Whether a line is certainly text, and the word at ``at`` in one sentence of it."""
        bare = line.strip()
        if len(bare) <= SHORT and not (PUNCTUATION.search(bare) and any(map(_names, bare))):
            return False
        if line[at] in _LINE_MARKS and not line[:at].strip():
            return False
        for closing in self._closes:
            near = line[max(at + closing - _NEAR, 0) : at + closing]
            if not self._over_stops and (len(near) < _NEAR or not _ENDS.isdisjoint(near)):
                return False
        return True

    def _joined(self, view: str, broken: re.Match[str]) -> bool:
        """Whether what was found with white space inside is certainly one word."""
        if not self._plain or self._closes:
            return False
        start, end = _line(view, broken.start())
        if broken.end() > end:
            return False
        line = view[start:end]
        at = broken.start() - start
        return self._kept(line, at) and all(
            not _kept_apart(line[gap.start() - 1], line[gap.end()]) and _bridged(line, gap)
            for gap in GAP.finditer(line, at, broken.end() - start)
        )

    def _goes_over(self, view: str, start: int) -> bool:
        """Whether the word that begins there is certainly one, for each line it is broken into goes on in the next."""
        if not self._plain or self._closes:
            return False
        layout = laid_out(view)
        lines = layout.lines
        number = bisect_right(lines, start, key=lambda line: line.start) - 1
        if number < 0 or start >= lines[number].end:  # a mark at the beginning of a line
            return False
        at, before = start, ""
        for char in self._chars:
            gap = GAP.match(view, at, lines[number].end)
            here = gap.end() if gap else at
            if here >= lines[number].end:
                after = _following(layout, number)
                if after is None:
                    return False
                number, here = after, lines[after].start
            found = char.match(view, here)
            if not found or layout.looks[number] == "page" or (here > at and _kept_apart(before, found[0])):
                return False
            at, before = found.end(), found[0]
        return True


def _following(layout: Layout, number: int) -> int | None:
    """The line that a line goes on in."""
    after = number + 1
    while after < len(layout.lines) and after - number <= PAGES and layout.looks[after] == "page":
        after += 1
    if layout.looks[number] not in ("text", "item", "numbered", "caption") or after >= len(layout.lines):
        return None
    return after if goes_on(layout, number, after) else None


_CLOSING = frozenset(fold(CLOSERS))


def _any_of(chars: str) -> str:
    return re.escape(chars) if len(chars) == 1 else f"[{_ranges(chars)}]"


def _ranges(chars: Iterable[str]) -> str:
    """What stands between the brackets of a pattern for any of the characters."""
    ranges: list[list[str]] = []
    for char in sorted(set(chars)):
        if ranges and ord(char) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = char
        else:
            ranges.append([char, char])
    return "".join(
        re.escape(first) if first == last else f"{re.escape(first)}-{re.escape(last)}" for first, last in ranges
    )


def _holds_each(text: str, spellings: Iterable[str]) -> bool:
    """Whether the text holds one character of each."""
    for chars in spellings:
        for char in chars:
            if char in text:
                break
        else:
            return False
    return True


def _usual(char: str, others: str) -> str:
    """Those of the other forms of a folded character that are found in any text: capitals, and all forms of a mark."""
    if char.isalnum():
        return "".join(other for other in others if other.isascii())
    return "".join(other for other in others if other.translate(FOLDED) == char)


class _OneOf:
    """Characters that are hardly ever found."""

    def __init__(self, chars: Iterable[str]) -> None:
        near = "".join({char: "" for char in chars if char < "\U00010000"})
        # A pattern is fast if no character beyond is in it, and these are quickly missed.
        self._each = {char for char in chars if char >= "\U00010000"} | set(near if len(near) <= _FEW else "")
        self._pattern = re.compile(_any_of(near)) if len(near) > _FEW else None

    def in_(self, text: str) -> bool:
        """Whether the text holds one of them."""
        for char in self._each:
            if char in text:
                return True
        return self._pattern is not None and self._pattern.search(text) is not None


def _broken(chars: list[str], unseen: str, short: int, odd: str = "") -> re.Pattern[str]:
    """The characters of a word with what may be deleted between them, in a view.

    With ``odd`` in a text: those, or characters of the word as far as to one of what a view may not show, or near it.
    """
    inside = rf"(?:[^\S\r\n]|[{unseen}])"
    skipped = rf"[\s{unseen}]"
    page = rf"(?:>[ ]*+)?\S[^\r\n]{{0,{short - 1}}}+[^\S\r\n]*+[\r\n]{skipped}*+"
    over = rf"[\r\n]{skipped}*+(?:{page}){{0,{PAGES}}}?(?:>{inside}*+)?"
    gap = rf"{inside}*+(?:{over})?"
    if not odd:
        return re.compile(gap.join(chars))
    lines = rf"[\r\n](?:[^\r\n{odd}]*+[\r\n]\s*+){{0,{PAGES + 1}}}[^\r\n{odd}]*+"
    near = rf"(?:(?![{odd}]){inside})*+(?:{lines})?[{odd}]"
    pattern = chars[-1]
    for each in reversed(chars[:-1]):
        pattern = rf"{each}(?:(?:(?=[\s{odd}{unseen}]){gap})?{pattern}|(?=[\s{odd}{unseen}]){near})"
    return re.compile(pattern)


def _line(text: str, at: int) -> tuple[int, int]:
    """Where the line that holds the place begins and ends."""
    start = text.rfind("\n", 0, at) + 1
    start = max(start, text.rfind("\r", start, at) + 1)
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    carriage = text.find("\r", at, end)
    return start, end if carriage < 0 else carriage


def _names(char: str) -> bool:
    """Whether no page number and no lone cell holds the character."""
    return char.isalpha() and not char.isascii() and char not in _PAGE_WORDS


def _kept_apart(left: str, right: str) -> bool:
    """Whether a space between the two may be one that counts."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _bridged(line: str, gap: re.Match[str]) -> bool:
    """Whether no text can be missing in a gap, wherever the line was cut before."""
    far = max(gap.start() - 80, 0)
    head = line[gap.end() : gap.end() + 80].replace(" ", "")
    begins = {far, *(before.end() for before in GAP.finditer(line, far, gap.start()))}
    return not any(breaks(line[begin : gap.start()].replace(" ", ""), head) for begin in begins)
