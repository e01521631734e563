"""Paths, standard input and the bundled page; bytes → text.

The text is the file as decoded: newlines stand as they are in the file, a byte order mark is not counted, and every
place in it counts Unicode code points. Which encoding the bytes are in is settled by proof, in this order: a byte
order mark, strict UTF-8, what a web page declares, UTF-16 (only where the text comes out as Chinese), UTF-8 with little
damage, GB18030 and Big5. A damaged byte becomes U+FFFD, so that the rest of the file can still be read; what cannot be
text is refused. Web pages, Word and PDF files are handed to the reader of their format, which is loaded for them only;
Word and PDF files are what their first bytes say, and an encoding that is given does not concern them.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from zzcli.errors import UnreadableError, reason
from zzcli.language import say
from zzcli.patterns import compiled
from zzcli.reading.source import Source, shown

BUNDLED = "zhuzhou.txt"
LARGEST = 256 * 1024 * 1024  # bytes; a device that never ends must end with a line

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

PDF = b"%PDF-"
_PDF_END = b"startxref"
_PREFACE = 1024  # bytes: a PDF may begin behind so many of something else
ARCHIVE = b"PK\x03\x04"  # what a Word file is packed in
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the first bytes of common files say, and what to do about it.
SIGNATURES = (
    (PDF, "a PDF"),
    (ARCHIVE, "a ZIP archive"),
    (OLD_OFFICE, "an old Office file (DOC, XLS)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF file"),
)

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # what holds a Word file that has a password

PAGES = (".html", ".htm", ".xhtml", ".shtml")
"""The suffixes, in lower case, of web pages."""

MARKDOWN = (".md", ".markdown")
"""The suffixes of texts with the marks of Markdown."""

# How a web page begins, whatever its file is called: with its type or its root, behind remarks and white space.
_PAGE = compiled(
    r"""
    (?: \xef\xbb\xbf )? \s{0,400}+
    (?: (?: <!-- [^>]{0,400}+ > | <\? [^>]{0,200}+ > ) \s{0,400}+ ){0,8}+
    <(?: !doctype \s{1,20} html | html ) [\s>]
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What it says of its encoding.
_DECLARED = compiled(
    r"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE
)
_HEAD = 4096  # bytes of a file in which both stand

# What Python calls encodings, and no file is in: those of names, of Python's own source, and of the system.
_NO_FILES = frozenset(("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"))

_PATIENCE = 5.0  # seconds in which somebody has to begin to write to a pipe
_PROOF = 10  # Chinese characters: so many sequences of UTF-8 do not come about by chance
_SAMPLE = 200_000  # characters that are looked at to tell one encoding from another

# Characters that every longer Chinese text is full of, in either script. Mojibake has next to none of them.
_FREQUENT = compiled("[的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們到作地于於出就分年月日，。、；：]")
_ASCII = compiled("[\x00-\x7f]")
_CHINESE = compiled("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_READABLE = compiled("[\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u2fff\u3000-\u30ff\u3200-\u33ff\u3400-\u9fff\uff00-\uffef]")
# Control characters that no text holds. ESC, backspace, form feed and the like do occur in hostile or printed text.
CONTROL = bytes([*range(0x07), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_CONTROL = compiled(f"[{CONTROL.decode()}]")


def read(path: str | os.PathLike[str], encoding: str | None = None) -> Source:
    """The document at ``path``, or standard input for ``"-"``.

    Raises:
        UnreadableError: missing, a folder, no permission, empty, no text, no such encoding. One line says which.
    """
    name = os.fspath(path)
    return of_bytes(contents(name), name, encoding)


def contents(path: str) -> bytes:
    """The bytes at ``path``, or of standard input for ``"-"``.

    Raises:
        UnreadableError: missing, a folder, no permission.
    """
    return _standard_input() if path == "-" else _bytes_of(path)


def of_bytes(data: bytes, path: str, encoding: str | None = None) -> Source:
    """The document whose bytes these are, as if they were read from ``path`` now.

    Raises:
        UnreadableError: empty, no text, no such encoding.
    """
    name = shown(path)
    _check_size(data, name)
    if data.startswith(PDF) or (PDF in data[:_PREFACE] and _PDF_END in data[-_PREFACE:]):
        from zzcli.reading import pdf

        return pdf.extract(data, path)
    if data.startswith(OLD_OFFICE) and _ENCRYPTED in data:
        raise UnreadableError(say("{name}: is protected by a password; save it without one", name=name))
    if data.startswith(ARCHIVE):
        from zzcli.reading import docx

        return docx.extract(data, path)
    page = is_page(data, path)
    text, used = decode(data, encoding, name=name, page=page)
    if page:
        from zzcli.reading import html

        return html.extract(text, path, used)
    return Source(path, text, used, form_of(path))


def form_of(path: str) -> str:
    """The format of a file of text, by the suffix of its name."""
    return "markdown" if path.lower().endswith(MARKDOWN) else "text"


def is_page(data: bytes, path: str) -> bool:
    """Whether a file is a web page: by the suffix of its name, or by how it begins."""
    return path.lower().endswith(PAGES) or _PAGE.match(_head(data)) is not None


def _head(data: bytes) -> str:
    return data[:_HEAD].decode("latin-1")


def bundled() -> Source:
    """The page that comes with the package: ``seeds/zhuzhou.txt`` of the checkout, ``zzcli.seeds`` when installed."""
    installed = find_spec("zzcli.seeds")
    places = list(installed.submodule_search_locations or ()) if installed else []
    places.append(str(Path(__file__).resolve().parents[2] / "seeds"))  # a checkout that is run without being installed
    data = _bytes_of(next(path for place in places if os.path.exists(path := os.path.join(place, BUNDLED))))
    text, encoding = decode(data, name=BUNDLED)
    return Source(BUNDLED, text, encoding)


def decode(data: bytes, encoding: str | None = None, *, name: str = "input", page: bool = False) -> tuple[str, str]:
    """The text of ``data`` and the encoding that it was read in; ``name`` is for the messages.

    With ``encoding`` nothing is guessed; what a web ``page`` declares counts where it holds. Characters that were
    damaged come out as U+FFFD.

    >>> decode("增长5%".encode("gb18030"), "gbk")
    ('增长5%', 'gbk')

    Raises:
        UnreadableError: nothing in it, no text, or no such encoding.
    """
    told = shown(name)
    _check_size(data, told)
    text, used = _forced(data, encoding, told) if encoding is not None else _proved(data, told, page)
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        raise UnreadableError(say("{name}: is empty; there is nothing to read", name=told))
    return text, used


def _check_size(data: bytes, shown: str) -> None:
    if len(data) > LARGEST:
        raise UnreadableError(
            say("{name}: is larger than {size} MB; split it", name=shown, size=LARGEST // 1024 // 1024)
        )


def _standard_input() -> bytes:
    if sys.stdin is None:  # closed by the shell: <&-
        raise UnreadableError(say("standard input: is closed; name a file"))
    return sys.stdin.buffer.read(LARGEST + 1)


def _bytes_of(name: str) -> bytes:
    told = shown(name)
    try:
        if stat.S_ISFIFO(os.stat(name).st_mode):
            return _of_pipe(name)
        with open(name, "rb") as file:
            if stat.S_ISDIR(os.fstat(file.fileno()).st_mode):
                raise IsADirectoryError
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UnreadableError(say("{name}: no such file; check the path", name=told)) from None
    except IsADirectoryError:
        raise UnreadableError(say("{name}: is a folder; name the files in it", name=told)) from None
    except PermissionError:
        raise UnreadableError(say("{name}: may not be read; ask for permission to read it", name=told)) from None
    except ValueError:  # a null character in the path
        raise UnreadableError(say("{name}: is no path", name=told)) from None
    except OSError as error:
        raise UnreadableError(say("{name}: cannot be read: {reason}", name=told, reason=reason(error))) from None


def _of_pipe(name: str) -> bytes:
    """What is written to a named pipe, for which nobody waits in vain."""
    with open(os.open(name, os.O_RDONLY | os.O_NONBLOCK), "rb") as pipe:
        waits = time.monotonic() + _PATIENCE
        first = b""
        while not first:
            try:
                first = os.read(pipe.fileno(), _HEAD)
            except BlockingIOError:  # who is to write has come, and has not yet written
                break
            if not first and time.monotonic() > waits:
                raise UnreadableError(
                    say("{name}: is a pipe that nobody writes to; start what writes to it first", name=shown(name))
                )
            time.sleep(0 if first else 0.02)
        os.set_blocking(pipe.fileno(), True)
        return first + pipe.read(LARGEST + 1)


def _forced(data: bytes, encoding: str, shown: str) -> tuple[str, str]:
    label = encoding if encoding.isprintable() else ascii(encoding)
    try:
        # A codec that is no text encoding (base64, rot13) is refused by decode itself.
        b"".decode(encoding)
        if codecs.lookup(encoding).name in _NO_FILES:
            raise LookupError
        text = data.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        raise UnreadableError(say("{name}: no such encoding; try utf-8, gb18030, big5 or utf-16", name=label)) from None
    if text.count("\ufffd") * 20 > len(text):
        raise UnreadableError(
            say("{name}: is not {encoding}; leave the encoding away or name another", name=shown, encoding=label)
        )
    if _is_other_than_utf8(data, text):
        raise UnreadableError(
            say("{name}: is UTF-8 and not {encoding}; leave the encoding away", name=shown, encoding=label)
        )
    return text, encoding.lower()


def _is_other_than_utf8(data: bytes, text: str) -> bool:
    """Whether a text is not what its bytes are as UTF-8, which holds without a fault and has several Chinese words."""
    try:
        proved = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return proved.removeprefix("\ufeff") != text.removeprefix("\ufeff") and len(_CHINESE.findall(proved)) >= _PROOF


def _proved(data: bytes, shown: str, page: bool) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plausible(data[len(mark) :].decode(encoding, errors="replace"), shown), encoding
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(
                say("{name}: is not text but {kind}; save it as text first", name=shown, kind=say(kind))
            )
    if b"\0" in data:
        if wide := _utf16(data):
            return wide
        raise UnreadableError(
            say(
                "{name}: is not text; zzcli reads text, web pages, Word and PDF files, so save it as one of these",
                name=shown,
            )
        )
    try:
        return _plausible(data.decode("utf-8"), shown), "utf-8"
    except UnicodeDecodeError:
        pass
    if page and (declared := _declared(data)):
        return _plausible(declared[0], shown), declared[1]
    if wide := _utf16(data):
        return wide
    # UTF-8 proves itself: bytes of another encoding hardly ever form its sequences, so where most of them hold,
    # the rest is damage (a file cut in the middle of a character), even though GB18030 may take all of them.
    text = data.decode("utf-8", errors="replace")
    foreign = len(text) - len(text.encode("ascii", errors="ignore"))
    if text.count("\ufffd") * 5 <= foreign:
        return _plausible(text, shown), "utf-8"
    text, encoding = _east_asian(data)
    return _plausible(text, shown), encoding


def _declared(data: bytes) -> tuple[str, str] | None:
    """A web page in the encoding that it says it is in, where that holds but for little damage."""
    found = _DECLARED.search(_head(data))
    if not found:
        return None
    encoding = found[1].lower()
    encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else encoding  # as browsers read them
    try:
        if codecs.lookup(encoding).name in _NO_FILES:
            return None
        text = data.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return None
    return (text, encoding) if text.count("\ufffd") * 100 <= len(text) else None


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, where the text proves it: nearly all readable, and Chinese or plainly ASCII."""
    if len(data) < 4:
        return None
    best: tuple[float, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[: 2 * _SAMPLE].decode(encoding, errors="replace")
        readable = len(_READABLE.findall(sample)) / len(sample)
        known = (len(_FREQUENT.findall(sample)) + len(_ASCII.findall(sample))) / len(sample)
        if readable >= 0.97 and known >= 0.05 and not _CONTROL.search(sample) and (best is None or known > best[0]):
            best = (known, encoding)
    if best is None:
        return None
    return data.decode(best[1], errors="replace"), best[1]


def _east_asian(data: bytes) -> tuple[str, str]:
    """GB18030, or Big5 where that leaves more of the frequent characters and no more damage."""
    candidates = []
    for encoding in ("gb18030", "big5hkscs"):
        text = data.decode(encoding, errors="replace")
        sample = text[:_SAMPLE]
        chinese = len(_CHINESE.findall(sample)) or 1
        frequent = len(_FREQUENT.findall(sample)) / chinese
        candidates.append((frequent - 10 * text.count("\ufffd") / len(text), text, encoding))
    (gb, text, encoding), (big5, *_) = candidates
    # GB18030 is the rule; Big5 must be clearly the better reading.
    if big5 > 2 * gb and big5 > 0.05:
        _, text, encoding = candidates[1]
        return text, "big5"
    return text, encoding


def _plausible(text: str, shown: str) -> str:
    """``text``, unless it is plainly something else that happens to decode: much damage, control characters."""
    doubtful = text.count("\ufffd") + len(_CONTROL.findall(text))
    if doubtful * 10 > len(text):
        raise UnreadableError(
            say("{name}: is not text, or in no encoding that can be told; name it with --encoding", name=shown)
        )
    return text
