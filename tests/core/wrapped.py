"""A catalogue that wraps each message, so that words which were never given to it stand out."""

from __future__ import annotations

import re
from gettext import NullTranslations

from webapp.language import BY_ID, Words

_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")


class Wrapped(NullTranslations):
    """Every message between ⟦ and ⟧."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"


def wrapped_words(language: str) -> Words:
    """The words of a language as if each message had been translated."""
    return Words(BY_ID[language], Wrapped())


def outside(text: str) -> str:
    """What of a text was never given to the catalogue."""
    while (shorter := _INNERMOST.sub("", text)) != text:
        text = shorter
    return text.strip()
