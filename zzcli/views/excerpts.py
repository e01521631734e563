"""What to show of a sentence around a place in it: whole clauses, as many as there is room for."""

from __future__ import annotations

from bisect import bisect_right

from zzcli.patterns import compiled
from zzcli.reading.reflow import Text
from zzcli.span import Span
from zzcli.views.visible import cells

_CLAUSE = compiled(r"[，；。！？：\n]|[,;!?:](?!\d)")
_STOP = compiled(r"[，；。！？：、）)\n]|[,;!?:](?!\d)")
_CLOSING = "，,；;。：:、！!？?）)】]》」』”’…· \t\n\u3000"
_REACH = 160  # characters on either side that are looked at


def excerpt(text: Text, place: Span, room: int) -> Span:
    """The clauses around a place, within its sentence and within ``room`` cells.

    It is wider only where its own clause is. It begins with no closing mark; a clause that is longer than two lines
    begins at a lesser mark.
    """
    clean, sentences = text.clean, text.sentences
    at = max(bisect_right(sentences, place.start, key=lambda sentence: sentence.start) - 1, 0)
    sentence = sentences[at] if sentences else place
    first = max(sentence.start, place.start - _REACH)
    last = max(place.end, min(sentence.end, place.end + _REACH))
    starts = [mark.end() for mark in _CLAUSE.finditer(clean, first, place.start)]
    ends = [mark.end() for mark in _CLAUSE.finditer(clean, place.end, last)]
    if first == sentence.start:
        starts.insert(0, first)
    elif not starts:
        starts = [next((mark.end() for mark in _STOP.finditer(clean, first, place.start)), first)]
    if not ends or ends[-1] < last == max(place.end, sentence.end):
        ends.append(last)
    start, end = starts.pop(), ends.pop(0)
    while starts or ends:
        if starts and cells(clean[starts[-1] : end]) <= room:
            start = starts.pop()
        elif ends and cells(clean[start : ends[0]]) <= room:
            end = ends.pop(0)
        else:
            break
    start, end = _shortened(clean, start, end, place, room)
    while start < place.start and clean[start] in _CLOSING:
        start += 1
    while end > place.end and clean[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _shortened(clean: str, start: int, end: int, place: Span, room: int) -> tuple[int, int]:
    """A clause that is longer than two lines, from and to the nearest lesser marks that leave as much."""
    most = 2 * room
    if cells(clean[start:end]) > most:
        near = [mark.end() for mark in _STOP.finditer(clean, max(start, place.start - room // 2), place.start)]
        start = near[0] if near else max(start, place.start - room // 2)
    if cells(clean[start:end]) > most:
        far = [mark.end() for mark in _STOP.finditer(clean, place.end, min(end, place.end + room // 2))]
        end = far[-1] if far else min(end, place.end + room // 2)
    return start, end
