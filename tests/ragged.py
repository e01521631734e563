"""Break clean text as a scanner breaks a newspaper page, or as a printer breaks lines; the same seed, the same breaks.

Used by tests of the whole: reading the broken text must give the same facts as reading the clean one.
"""

from __future__ import annotations

import random
import re

CAPTIONS = ("▲ 园区一角。本报记者 摄", "▲ 生产线上的工人正在检修设备。", "市民在江边散步。王小明 摄")
OPENERS = re.compile("近年来|目前|截至|今年|去年|与此同时|此外|\\d{4}年")
_HAN = re.compile("[\u4e00-\u9fff]")


def ragged(text: str, seed: int, *, lose: int = 0) -> str:
    """``text``, one paragraph a line, as a scan of a page with columns would have it.

    Where a column was full stands a space, a newline or a blank line; spaces stand around numbers and now and then
    inside a word; between paragraphs stand captions and page numbers. With ``lose``, so many paragraphs (that are
    followed by one which begins with a time) lose their end. Lines that hold no stop are headings and stay whole.

    >>> ragged("一二三四五六七八九十" * 3 + "。", 1) == ragged("一二三四五六七八九十" * 3 + "。", 1)
    True
    """
    chance = random.Random(seed)
    paragraphs = [line for line in text.splitlines() if line.strip()]
    candidates = [
        index
        for index in range(len(paragraphs) - 1)
        if _is_prose(paragraphs[index]) and len(paragraphs[index]) > 60 and OPENERS.match(paragraphs[index + 1])
    ]
    lost = set(chance.sample(candidates, min(lose, len(candidates))))
    column = chance.randint(18, 24)
    out: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        if _is_prose(paragraph):
            if index % 5 == 4:
                column = chance.randint(14, 24)
            pieces = _columns(paragraph, column)
            if index in lost:
                pieces = pieces[: max(2, len(pieces) - 1)]
                pieces[-1] = pieces[-1].rstrip("，、；：。")
            out.append(_rejoin(pieces, chance))
        else:
            out.append(paragraph)
        out.append("\n\n" if chance.random() < 0.8 else "\n\n\n\n")
        if index and index % 7 == 0:
            out.append(f"{chance.randint(1, 16):02d}\n\n\n")
        if index and index % 9 == 0:
            out.append(chance.choice(CAPTIONS) + "\n\n")
    return "\n" + "".join(out)


def wrapped(text: str, columns: int, *, indent: str = "\u3000\u3000", pages: int = 0) -> str:
    """``text``, one paragraph a line, as printed: hard lines of ``columns`` characters, the first one indented.

    With ``pages``, a page number stands after every so many lines, also in the middle of a sentence.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        if not paragraph.strip():
            continue
        if _is_prose(paragraph):
            lines += _columns(indent + paragraph, columns)
        else:
            lines.append(paragraph)
    if pages:
        numbered: list[str] = []
        for at, line in enumerate(lines, 1):
            numbered.append(line)
            if at % pages == 0:
                numbered += ["", f"— {at // pages} —", ""]
        lines = numbered
    return "\n".join(lines) + "\n"


def _is_prose(paragraph: str) -> bool:
    return bool(re.search("[。！？]", paragraph))


def _columns(paragraph: str, column: int) -> list[str]:
    """The lines of a column; a full-width character is one wide, a half-width one a half.

    No stop begins a line, no opening bracket or quotation mark ends one.
    """
    pieces: list[str] = []
    start = at = 0
    width = 0.0
    while at < len(paragraph):
        width += 0.5 if paragraph[at].isascii() else 1
        at += 1
        if width >= column and at < len(paragraph):
            number = re.match(r"[\d.,%．％‰]", paragraph[at]) and re.match(r"[\d.,．]", paragraph[at - 1])
            if paragraph[at] in "，。、；：！？）”》,.;:)%％" or paragraph[at - 1] in "“（《(" or number:
                continue
            pieces.append(paragraph[start:at])
            start, width = at, 0.0
    pieces.append(paragraph[start:])
    return pieces


def _rejoin(pieces: list[str], chance: random.Random) -> str:
    out = []
    for number, piece in enumerate(pieces):
        if number:
            out.append(chance.choices((" ", "\n", "\n\n"), (6, 1, 3))[0])
        out.append(_blotted(piece, chance))
    return "".join(out)


def _blotted(piece: str, chance: random.Random) -> str:
    """Now and then a space before or after a number, or inside a word."""

    def number(match: re.Match[str]) -> str:
        left = " " if match.start() and _HAN.match(piece[match.start() - 1]) and chance.random() < 0.1 else ""
        right = " " if _HAN.match(piece[match.end() : match.end() + 1]) and chance.random() < 0.1 else ""
        return left + match[0] + right

    piece = re.sub(r"\d[\d.,]*", number, piece)
    if chance.random() < 0.05:
        at = chance.randrange(1, len(piece)) if len(piece) > 2 else 0
        if at and _HAN.match(piece[at - 1]) and _HAN.match(piece[at]):
            piece = piece[:at] + " " + piece[at:]
    return piece
