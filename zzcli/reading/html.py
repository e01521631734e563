"""Web pages: the article without the menus around it. This is the only importer of trafilatura (``zzcli[html]``).

Which part of a page is its article says trafilatura; that part is then read as it stands, so that no line of it is
lost or moved: a paragraph is a line with a blank one before it, what ``<br>`` parts are lines, a row of a table is a
line with a tab between its columns. Where trafilatura finds none, or less than half of what the page has of running
text and tables, it is the whole page but for its links. What is above the article and below its title is kept, for
there stands when it was published; a day that only the head of the page declares becomes a line below the title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct

from zzcli.errors import UnreadableError
from zzcli.language import english, say
from zzcli.patterns import compiled
from zzcli.reading.cells import DATA_ROWS, Cell, arranged, line_of
from zzcli.reading.lines import CHINESE, SENTENCE_MARK, ends_sentence, width_of
from zzcli.reading.source import SMALL, Source, shown, small, unhidden

Element = Any
"""Of lxml, which carries no types."""

_LARGEST = 8_000_000  # characters of a page whose article is looked for; of a larger one all is read

_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADS | {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "legend", "li", "main", "menu", "ol", "p"),
    *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_NOT_SHOWN = {
    *("audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link", "map", "meta"),
    *("nav", "noframes", "noscript", "object", "option", "rp", "rt", "script", "select", "style", "svg", "template"),
    *("textarea", "title", "video"),
}
_NO_ARTICLES = _HEADS | {"blockquote", "dl", "li", "ol", "p", "pre", "table", "tbody", "thead", "tr", "ul"}
_HIDDEN = compiled(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden")
# What takes lxml time that grows with the square of its attributes; nothing of them is read.
_LONG_TAG = compiled(r"(<[A-Za-z][^\s<>]{0,40}+)\s[^<>]{20000}+[^<>]{0,300000000}+>")
_SPACE = compiled(r"\s+")
_WHITE = compiled(r"[ \t\r\n\f\v]+")
# A line of the markup, none of the text.
_BETWEEN_CHINESE = compiled(rf"(?<=[{CHINESE}])[^\S\r\n]*+[\r\n]\s*+(?=[{CHINESE}])")
_SHORTEST = 6  # characters by which a line is known
_LONGEST_LABEL = 60  # characters of a line that tells when a page was published
_WIDE = 40  # columns of a line of running text that does not end as a sentence
_MOST_ABOVE = 12  # lines between a title and its article

_TITLES = ("articletitle", "og:title", "twitter:title", "title")
_SITES = ("og:site_name", "sitename", "application-name")
_DAYS = ("pubdate", "publishdate", "article:published_time", "datepublished", "publish_date", "dc.date.issued")
_TITLE_PART = compiled(r"\s{0,40}[_|｜]{1,40}+\s*|\s{1,40}[-–—]{1,40}\s+|\s{0,40}——\s*")
_SITE = compiled(r"(?:网|网站|门户|政府|首页|频道|客户端|日报|晚报)$")
_DAY = compiled(
    r"\s{0,40}((?:19|20)\d\d)(?:[-/.年]?)(0[1-9]|1[0-2]|[1-9](?!\d))(?:[-/.月]?)(0[1-9]|[12]\d|3[01]|[1-9])(?!\d)"
)
_SAYS_DAY = compiled(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")


class Line(Struct):
    """A line of a page.

    Attributes:
        text: what it says.
        element: what it stands in.
        linked: how many of its characters are a link.
        kind: ``text``, ``row``, or the name of a heading.
        apart: whether it begins a block.
    """

    text: str
    element: Element
    linked: int = 0
    kind: str = "text"
    apart: bool = True

    @property
    def is_link(self) -> bool:
        """Whether it is a link, or several."""
        return 5 * self.linked >= 4 * len(self.text.replace(" ", ""))

    @property
    def weight(self) -> int:
        """Its characters, if it is of running text or of a table."""
        running = self.kind == "row" or ends_sentence(self.text) or width_of(self.text[:_WIDE]) >= _WIDE
        return len(self.text) if running and not self.is_link else 0


def extract(text: str, path: str, encoding: str) -> Source:
    """The article of a page.

    Raises:
        UnreadableError: there is no text in it, or trafilatura is not installed.
    """
    try:
        import trafilatura
    except ImportError:
        raise UnreadableError(
            say("{name}: is a web page; to read it: pip install 'zzcli[html]'", name=shown(path))
        ) from None
    tree, broken_off = _tree(text)
    lines = [] if tree is None else _shown(tree)
    if not lines and broken_off:
        raise UnreadableError(say("{name}: nests its tags too deep to be read; save it as text", name=shown(path)))
    if not lines:
        raise UnreadableError(
            say("{name}: is a web page without text; save it from a browser, as shown there", name=shown(path))
        )
    first, last = _article(lines, _found(trafilatura, tree, len(text)))
    meta = _meta(tree)
    head, kept = _titled(lines, first, last, meta)
    told = english("{name}: nests its tags too deep; what follows is not read, so save it as text", name=shown(path))
    notes = (told,) if broken_off else ()
    return Source(path, "\n".join(_written(head, kept, meta)), encoding, "html", notes=notes)


def _tree(text: str) -> tuple[Element | None, bool]:
    """The elements of a page, and whether they break off, where they are nested deeper than lxml goes."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        tree = document_fromstring(_LONG_TAG.sub(r"\1>", text).encode(errors="replace"), parser=parser)
    except (etree.ParserError, ValueError):  # nothing but remarks
        return None, False
    for element in tree.iter(*SMALL):
        element.text = small(element.tag, element.text or "")
    return tree, any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)


# ---------------------------------------------------------------------------------------------------------------------
# The lines of a page


def _shown(tree: Element) -> list[Line]:
    """The lines of a page, also what is hidden if it outweighs all the rest: then a script shows it."""
    lines = list(_lines(tree))
    seen = sum(line.weight for line in lines)
    shown = 0
    for element in tree.iter():
        if _is_hidden(element):
            style = element.attrib.pop("style")
            weight = sum(line.weight for line in _lines(element))
            if weight > seen + shown:
                shown += weight
            else:
                element.set("style", style)
    return list(_lines(tree)) if shown else lines


def _lines(tree: Element) -> Iterator[Line]:
    """The lines of a page in order, but for those of menus that say so themselves."""
    from lxml import etree

    line = _Open(tree)
    walk = etree.iterwalk(tree, events=("start", "end"))
    skipped: Element = None
    links = 0
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if _is_unseen(element):
                walk.skip_subtree()
                skipped = element
            elif tag == "table" and _is_data(element):
                yield from line.end()
                yield from _rows(element)
                walk.skip_subtree()
                skipped = element
            elif tag == "br":
                yield from line.end(soft=True)
            else:
                if tag in _BLOCKS:
                    yield from line.end()
                    line.begin(element)
                links += tag == "a"
                yield from line.add(element.text, links)
            continue
        if element is skipped:
            skipped = None
            if tag == "table":
                line.begin(element.getparent())
        else:
            if tag in _BLOCKS:
                yield from line.end()
                line.begin(element.getparent())
            links -= tag == "a"
        if element is not tree:
            yield from line.add(element.tail, links)
    yield from line.end()


class _Open:
    """A line that is being read."""

    def __init__(self, element: Element) -> None:
        self._parts: list[str] = []
        self._linked = 0
        self._apart = True
        self.begin(element)

    def begin(self, element: Element | None) -> None:
        self._element = element
        self._kind = element.tag if element is not None and element.tag in _HEADS else "text"
        self._set = element is not None and element.tag == "pre"  # as it stands, line by line

    def add(self, text: str | None, links: int) -> Iterator[Line]:
        if not text:
            return
        lines = text.splitlines() if self._set else [text]
        for number, part in enumerate(lines):
            if number:
                yield from self.end(soft=True)
            self._parts.append(part)
            if links:
                self._linked += len(_SPACE.sub("", part))

    def end(self, *, soft: bool = False) -> Iterator[Line]:
        if soft and self._kind != "text":  # a heading of two lines
            self._parts.append("\n")
            return
        written = unhidden("".join(self._parts))
        text = written.strip() if self._set else _collapsed(written)
        if text:
            # What <br> parts are paragraphs where they are indented.
            indented = written.lstrip(" \r\n\t") != written.lstrip() and not self._set
            yield Line(text, self._element, self._linked, self._kind, self._apart or indented)
        self._apart = not (soft and text)
        self._parts, self._linked = [], 0


def _collapsed(text: str) -> str:
    """A text as a browser shows it: one space for several, but for those that do not break and the wide ones."""
    return _WHITE.sub(" ", _BETWEEN_CHINESE.sub("", text)).strip()


def _is_unseen(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN or element.get("hidden") is not None:
        return True
    return _is_hidden(element)


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return style is not None and _HIDDEN.search(style.lower()) is not None


def _is_data(table: Element) -> bool:
    """Whether a table holds data, rather than the parts of a page."""
    if table.get("role") in ("presentation", "none") or next(table.iterdescendants("table", *_HEADS), None) is not None:
        return False
    if 5 * sum(len(_bare(_inside(link))) for link in table.iterdescendants("a")) >= 4 * len(_bare(_inside(table))):
        return False  # a menu
    rows = [cells for row in table.iterdescendants("tr") if len(cells := _cells_of(row)) > 1]
    if not 0 < len(rows) < DATA_ROWS:
        return bool(rows)
    return not any(
        sum(1 for _ in cell.iter("p", "li")) > 1 and SENTENCE_MARK.search(_inside(cell)) for row in rows for cell in row
    )


def _rows(table: Element) -> Iterator[Line]:
    for caption in table.iterchildren("caption"):
        if text := _inside(caption):
            yield Line(text, table)
    rows = ([_cell(cell) for cell in _cells_of(row)] for row in table.iterdescendants("tr"))
    apart = True
    for row in arranged(rows):
        yield Line(line_of(row), table, 0, "row", apart)
        apart = False


def _cells_of(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _cell(cell: Element) -> Cell:
    return Cell(_inside(cell), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Element, name: str) -> int:
    written = cell.get(name, "").strip()
    return max(int(written), 1) if written.isascii() and written.isdecimal() and len(written) < 6 else 1


def _inside(element: Element) -> str:
    """The text of a cell, in one line."""
    parts: list[str] = []
    for each in element.iter():
        parts.append(" " if each.tag in _BLOCKS or each.tag == "br" else "")
        if not _is_unseen(each):
            parts.append(each.text or "")
        if each is not element:
            parts.append((" " if each.tag in _BLOCKS else "") + (each.tail or ""))
    return _SPACE.sub(" ", _collapsed(unhidden("".join(parts))))


# ---------------------------------------------------------------------------------------------------------------------
# The article


def _found(trafilatura: Any, tree: Element, size: int) -> frozenset[str]:
    """The lines of what trafilatura takes for the article, without white space."""
    if size > _LARGEST:
        return frozenset()
    import logging
    from copy import deepcopy

    from trafilatura.settings import use_config

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    copy = deepcopy(tree)
    for cell in copy.iter("td", "th"):
        for name in ("colspan", "rowspan"):  # a cell that says so is read a thousand times
            cell.attrib.pop(name, None)
    settings = use_config()
    settings["DEFAULT"].update(MIN_EXTRACTED_SIZE="20", MIN_OUTPUT_SIZE="1", EXTRACTION_TIMEOUT="0")
    try:
        article = trafilatura.bare_extraction(
            copy, fast=True, include_comments=False, include_tables=True, include_links=False, config=settings
        )
    except Exception:  # whatever is odd in a page, it has its lines
        return frozenset()
    if article is None or article.body is None:
        return frozenset()
    written = "\n".join(article.body.itertext())
    return frozenset(line for each in written.splitlines() if len(line := _bare(each)) >= _SHORTEST)


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _article(lines: Sequence[Line], found: frozenset[str]) -> tuple[int, int]:
    """The first line of the article and the one behind its last: those of the element that holds all that was found."""
    held = [line for line in lines if not line.is_link and line.kind == "text" and _bare(line.text) in found]
    if not held:
        return 0, len(lines)
    paths = {line.element: list(line.element.iterancestors()) for line in held}
    common = [held[0].element, *paths[held[0].element]]
    for element, above in paths.items():
        around = {element, *above}
        common = [each for each in common if each in around]
    article = next(each for each in common if each.tag not in _NO_ARTICLES)
    inside = [at for at, line in enumerate(lines) if line.element is article or article in _above(line.element, paths)]
    first, last = inside[0], inside[-1] + 1
    weights = [line.weight for line in lines]
    return (first, last) if 2 * sum(weights[first:last]) >= sum(weights) else (0, len(lines))


def _above(element: Element, paths: dict[Element, list[Element]]) -> list[Element]:
    if element not in paths:
        paths[element] = list(element.iterancestors())
    return paths[element]


def _titled(lines: Sequence[Line], first: int, last: int, meta: dict[str, str]) -> tuple[str, Sequence[Line]]:
    """The title of an article, and its other lines from there on, without links that stand together."""
    declared = next((meta[name] for name in _TITLES if name in meta), "")
    at = _title_line(lines, first, last, _bare(declared))
    if at is None:
        title, rest = _without_site(declared, meta), list(lines[first:last])
        if rest and rest[0].kind in _HEADS:
            title = ""
    else:
        title = lines[at].text
        rest = list(lines[at + 1 : first]) if at < first else []
        rest += [line for number, line in enumerate(lines[first:last], first) if number != at]
    whole = last - first == len(lines)
    links = [False, *(line.is_link for line in rest), False]
    kept = [
        line
        for line, before, link, after in zip(rest, links, links[1:], links[2:], strict=False)
        if not (link and (whole or before or after))
    ]
    return title, kept or rest


def _title_line(lines: Sequence[Line], first: int, last: int, declared: str) -> int | None:
    """The line that is the title: the nearest to the beginning that the head of the page names, else the last <h1>."""
    above = range(min(first + 2, last) - 1, max(first - _MOST_ABOVE, 0) - 1, -1)
    if not first:
        above = range(min(_MOST_ABOVE, last))
    for at in above:
        text = _bare(lines[at].text)
        if not lines[at].is_link and len(text) >= _SHORTEST and (declared.startswith(text) or declared.endswith(text)):
            return at
    heads = (at for at in chain(above, range(first, last)) if lines[at].kind == "h1" and not lines[at].is_link)
    return next(heads, None)


def _without_site(title: str, meta: dict[str, str]) -> str:
    """A title from the head of a page without the name of the site: “2024年统计公报_云江市人民政府网”."""
    sites = {_bare(meta[name]) for name in _SITES if name in meta}
    parts = [part for part in _TITLE_PART.split(title) if part]
    while parts and (_bare(parts[-1]) in sites or _SITE.search(parts[-1])):
        title = title[: title.rindex(parts.pop())]
        title = title.rstrip(" _|｜-–—")
    return _collapsed(title)


def _meta(tree: Element) -> dict[str, str]:
    """What the head of a page declares, by names in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = _collapsed(element.get("content") or "")
        if content:
            found.setdefault(name.strip().lower(), content)
    title = next(tree.iter("title"), None)
    if title is not None and (text := _collapsed(title.text or "")):
        found["title"] = text
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Writing


def _written(title: str, lines: Sequence[Line], meta: dict[str, str]) -> Iterator[str]:
    if title:
        yield title
    if day := _declared_day(lines, meta):
        yield ""
        yield f"发布时间：{day}"
    for number, line in enumerate(lines):
        if line.apart and (number or title):
            yield ""
        yield line.text


def _declared_day(lines: Iterable[Line], meta: dict[str, str]) -> str | None:
    """The day of publication that the head of a page declares, where no line above the text tells one."""
    match = next((match for name in _DAYS if name in meta and (match := _DAY.match(meta[name]))), None)
    if match is None:
        return None
    for line in lines:
        if line.kind == "row" or ends_sentence(line.text):
            break
        if len(line.text) <= _LONGEST_LABEL and _SAYS_DAY.search(line.text):
            return None
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
