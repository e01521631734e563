"""What zzcli itself says, in the reader's language: English as it stands in the code, Chinese from ``zh``.

Only what is said to people goes through here. What a document says stays as it is, and so does what programs read: the
keys of records, their codes and their reasons.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

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


def use(language: str) -> None:
    """Speak this language from now on."""
    global _current
    _current = language


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
