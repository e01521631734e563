"""What zzcli itself says, in the reader's language: English as it stands in the code, Chinese from ``zh``.

Only what is said to people goes through here. What a document says stays as it is, and so does what programs read: the
keys of records, their codes and their reasons. A reason that is kept in a value is ``english``, so that a record has it
in English, and is ``retold`` where people read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

LANGUAGES = ("en", "zh")
VARIABLE = "ZZCLI_LANG"

_current = "en"


def preferred(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for: ``ZZCLI_LANG``, else Chinese where the locale is Chinese.

    >>> preferred({"LANG": "zh_CN.UTF-8"}), preferred({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), preferred({})
    ('zh', 'en', 'en')
    """
    given = environment.get(VARIABLE, "").lower()
    if given in LANGUAGES:
        return given
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def use(language: str | None) -> None:
    """Speak this language from now on; None: go on as before."""
    global _current
    _current = language or _current


def current() -> str:
    """The language that is spoken."""
    return _current


def say(message: str, /, **values: object) -> str:
    """A message in the language that is spoken, with ``values`` in the places that are named in it.

    >>> say("{count} figures", count=3)
    '3 figures'
    """
    if _current == "zh":
        from zzcli.language.zh import ZH

        message = ZH.get(message, message)
    return message.format(**values) if values else message


def english(message: str, /, **values: object) -> str:
    """A message in English, to be kept in a value; whoever shows it to people has it ``retold``.

    >>> english("{count} figures", count=3)
    '3 figures'
    """
    return message.format(**values) if values else message


def retold(words: str) -> str:
    """English words that somebody else put together, in the language that is spoken: as they are, if nobody knows them.

    What stands in a place called ``reason`` is retold in turn.
    """
    if _current == "en":
        return words
    from zzcli.language import zh

    return zh.retold(words)


def listed(things: Iterable[str]) -> str:
    """Things one after the other: ``a, b``, in Chinese ``a、b``."""
    return say(", ").join(things)


def counted(count: int, one: str, many: str, /, **values: object) -> str:
    """What is said of ``count`` things: English has a form for one, Chinese has only that for ``many``.

    >>> counted(1, "{count} figure", "{count} figures"), counted(2, "{count} figure", "{count} figures")
    ('1 figure', '2 figures')
    """
    return say(one if count == 1 and _current == "en" else many, count=count, **values)
