"""A catalogue that wraps each message, so that words which were never given to it stand out."""

from __future__ import annotations

import re
from gettext import NullTranslations

from webapp.language import BY_ID, Words

_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")


# These are the same in every language of the product.
NAMES = frozenset(
    {
        *("PO Box 4771", "PO Box 5076", "1 Ffordd yr Hen Gae"),
        *(
            "Durham Safeguarding Children Partnership",
            "Family Rights Group",
            "Help at Hand",
            "Live Fear Free",
            "Men’s Advice Line",
        ),
    }
)


class Wrapped(NullTranslations):
    """Every message between ⟦ and ⟧."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"


class Heard(NullTranslations):
    """Every message as another catalogue says it, and a list of those that it leaves as they are."""

    def __init__(self, catalogue: NullTranslations) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.left: set[str] = set()

    def gettext(self, message: str) -> str:
        said = self.catalogue.gettext(message)
        if said == message and len(message.split()) > 2 and message not in NAMES:
            self.left.add(message)
        return said

    def ngettext(self, one: str, many: str, number: int) -> str:
        said = self.catalogue.ngettext(one, many, number)
        if said in (one, many):
            self.left.add(many)
        return said


def wrapped_words(language: str) -> Words:
    """The words of a language as if each message had been translated."""
    return Words(BY_ID[language], Wrapped())


def outside(text: str) -> str:
    """What of a text was never given to the catalogue."""
    while (shorter := _INNERMOST.sub("", text)) != text:
        text = shorter
    return text.strip()
