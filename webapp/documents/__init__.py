"""A composed letter into bytes: the formats and sizes there are, and which renderer makes each.

A new format is one module with `render(letter, size)` and one entry in FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Literal

from webapp.documents.model import (
    Document,
    DocumentError,
    PangoMissing,
    TooLong,
    UnknownFormat,
    UnknownSize,
    UnprintableCharacters,
)
from webapp.letters.model import Letter

__all__ = [
    "FORMATS",
    "SIZES",
    "Document",
    "DocumentError",
    "Format",
    "PangoMissing",
    "TooLong",
    "UnknownFormat",
    "UnknownSize",
    "UnprintableCharacters",
    "check",
    "render",
]

SIZES = ("standard", "large")


@dataclass(frozen=True)
class Format:
    """One format: what it is made of, the sizes it comes in, and the module that makes it.

    `made_of` is "letter" (use `render`) or "dates" (the entries of a plan: its module's own function).
    """

    id: str
    made_of: Literal["letter", "dates"]
    sizes: tuple[str, ...]
    media_type: str
    module: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        each.id: each
        for each in (
            Format("pdf", "letter", SIZES, "application/pdf", "webapp.documents.pdf"),
            Format("html", "letter", SIZES, "text/html; charset=utf-8", "webapp.documents.html"),
            Format("txt", "letter", ("standard",), "text/plain; charset=utf-8", "webapp.documents.text"),
            Format(
                "ics", "dates", ("standard",), "text/calendar; charset=utf-8", "webapp.documents.calendar"
            ),
        )
    }
)


def check(format: str, size: str = "standard") -> Format:
    """The format of that id. Raises UnknownFormat or UnknownSize, which name what works."""
    if format not in FORMATS:
        raise UnknownFormat(format, tuple(FORMATS))
    found = FORMATS[format]
    if size not in found.sizes:
        raise UnknownSize(size, format, found.sizes)
    return found


def render(letter: Letter, format: str, size: str = "standard") -> Document:
    """One letter as a document.

    Raises UnknownFormat (also for a format that is not made of a letter), UnknownSize, and
    for a PDF UnprintableCharacters, TooLong and PangoMissing.
    """
    found = check(format, size)
    if found.made_of != "letter":
        raise UnknownFormat(format, tuple(each.id for each in FORMATS.values() if each.made_of == "letter"))
    # Imported only now: text and HTML work without the libraries that a PDF needs.
    make: Callable[[Letter, str], bytes] = import_module(found.module).render
    return Document(make(letter, size), found.media_type, found.id)
