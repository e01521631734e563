"""What zzcli itself says, in the reader's language: English as it stands in the code, Chinese from ``zh``.

Only what is said to people goes through here. What a document says stays as it is, and so does what programs read: the
keys of records, their codes and their reasons. A reason that is kept in a value, and told to people too, is a
``Message``: English in a record, in the reader's language where it is said.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

LANGUAGES = ("en", "zh")
VARIABLE = "ZZCLI_LANG"

_current = "en"


class Message(str):
    """English words that know how they were made, so that they can be said in another language.

    >>> Message("{count} dates", count=3)
    '3 dates'
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Message:
        """Put ``values`` in the places that are named in the template."""
        message = super().__new__(cls, template.format(**values) if values else template)
        message.template, message.values = template, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, object]]:
        """What a copy is made of."""
        return (self.template,), self.values


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
    if isinstance(message, Message):
        values, message = dict(message.values), message.template
    if _current == "zh":
        from zzcli.language.zh import ZH

        message = ZH.get(message, message)
        values = {name: say(value) if isinstance(value, Message) else value for name, value in values.items()}
    return message.format(**values) if values else message


def listed(things: Iterable[str]) -> str:
    """Things one after the other: ``a, b``, in Chinese ``a、b``."""
    return say(", ").join(things)


def counted(count: int, one: str, many: str, /, **values: object) -> str:
    """What is said of ``count`` things: English has a form for one, Chinese has only that for ``many``.

    >>> counted(1, "{count} figure", "{count} figures"), counted(2, "{count} figure", "{count} figures")
    ('1 figure', '2 figures')
    """
    return say(one if count == 1 and _current == "en" else many, count=count, **values)
