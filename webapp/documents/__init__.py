"""A composed letter into bytes: the formats and sizes there are, and which renderer makes each.

A new format is one module with `render(letter, size)` and one entry in `formats.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from webapp.documents.formats import FORMATS, SIZES, Format, Offer, offers
from webapp.documents.model import (
    Document,
    DocumentError,
    LouisMissing,
    NotInLanguage,
    PangoMissing,
    TooLong,
    UnknownFormat,
    UnknownSize,
    UnprintableCharacters,
)
from webapp.language import BY_ID
from webapp.letters.model import Letter

__all__ = [
    "FORMATS",
    "SIZES",
    "Document",
    "DocumentError",
    "Format",
    "LouisMissing",
    "NotInLanguage",
    "Offer",
    "PangoMissing",
    "TooLong",
    "UnknownFormat",
    "UnknownSize",
    "UnprintableCharacters",
    "check",
    "offers",
    "render",
]


def check(format: str, size: str = "standard", language: str = "en") -> Format:
    """The format of that id. Raises UnknownFormat, UnknownSize and NotInLanguage, which name what works."""
    if format not in FORMATS:
        raise UnknownFormat(format, tuple(FORMATS))
    found = FORMATS[format]
    if size not in found.sizes:
        raise UnknownSize(size, format, found.sizes)
    spoken = BY_ID.get(language)  # a letter may be in a language that the pages do not have
    if spoken and not found.speaks(spoken):
        nearest = found
        while not nearest.speaks(spoken):
            nearest = FORMATS[nearest.nearest]
        raise NotInLanguage(format, spoken.name, nearest.id)
    return found


def render(letter: Letter, format: str, size: str = "standard") -> Document:
    """One letter as a document.

    Raises UnknownFormat (also for a format that is not made of a letter), UnknownSize, NotInLanguage; for a
    PDF UnprintableCharacters, TooLong and PangoMissing; for Braille UnprintableCharacters and LouisMissing.
    """
    found = check(format, size, letter.language)
    if found.made_of != "letter":
        raise UnknownFormat(format, tuple(each.id for each in FORMATS.values() if each.made_of == "letter"))
    # Imported only now: text and HTML work without the libraries that a PDF needs.
    make: Callable[[Letter, str], bytes] = import_module(found.module).render
    return Document(make(letter, size), found.media_type, found.extension)
