"""A finished document, and the reasons why one cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from webapp.language import N_


@dataclass(frozen=True)
class Document:
    """The bytes of one document, its media type, and the ending of its file name (without the dot)."""

    content: bytes
    media_type: str
    extension: str


class DocumentError(Exception):
    """No document can be made. `message` is a sentence to translate, `values` what stands in its braces."""

    message = N_("This document cannot be made.")

    def __init__(self, **values: str) -> None:
        self.values = values
        super().__init__(self.say(N_))

    def say(self, gettext: Callable[[str], str]) -> str:
        """The reason as one sentence, in the language of `gettext`."""
        return gettext(self.message).format(**self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        """As it goes from process to process: what its own `__init__` takes is not what it keeps."""
        return as_it_was, (type(self), self.args, self.__dict__)


def as_it_was(kind: type[DocumentError], said: tuple[str, ...], kept: dict[str, Any]) -> DocumentError:
    """A DocumentError that was pickled, again."""
    error = kind.__new__(kind, *said)
    error.__dict__.update(kept)
    return error


class UnknownFormat(DocumentError):
    """There is no such format; `values["works"]` names those that there are."""

    message = N_("There is no format “{format}”. These work: {works}.")

    def __init__(self, format: str, works: tuple[str, ...]) -> None:
        self.works = works
        super().__init__(format=format, works=", ".join(works))


class UnknownSize(DocumentError):
    """The format does not come in that size; `values["works"]` names the sizes that it has."""

    message = N_("There is no size “{size}” of the format “{format}”. These work: {works}.")

    def __init__(self, size: str, format: str, works: tuple[str, ...]) -> None:
        self.works = works
        super().__init__(size=size, format=format, works=", ".join(works))


class NotInLanguage(DocumentError):
    """The format cannot be made in that language; `nearest` is the id of a format that can."""

    message = N_("There is no “{format}” in this language yet ({language}). Take “{nearest}” instead.")

    def __init__(self, format: str, language: str, nearest: str) -> None:
        self.nearest = nearest
        super().__init__(format=format, language=language, nearest=nearest)


class UnprintableCharacters(DocumentError):
    """Characters that no font has; they would be printed as empty boxes. `characters` are they, once each."""

    message = N_("These characters cannot be printed: {characters}. Take them out, or use words instead.")

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(characters=" ".join(map(shown, characters)))


class TooLong(DocumentError):
    """The letter would fill hundreds of pages, which nobody reads, and keep everybody else waiting."""

    message = N_(
        "This letter is too long to print: it has more than {lines} lines. Make your own words shorter."
    )

    def __init__(self, lines: int) -> None:
        super().__init__(lines=str(lines))


class PangoMissing(DocumentError):
    """The system's libraries for setting text are not installed; `command` installs them."""

    message = N_("A PDF needs two packages that are not installed. Install them with: {command}")
    command = "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"

    def __init__(self) -> None:
        super().__init__(command=self.command)


class LouisMissing(DocumentError):
    """The system's library for Braille is not installed; `command` installs it."""

    message = N_("Braille needs two packages that are not installed. Install them with: {command}")
    command = "apt-get install liblouis20 liblouis-data"

    def __init__(self) -> None:
        super().__init__(command=self.command)


def shown(character: str) -> str:
    """A character as it can be named to somebody: itself, or its number when it has no shape."""
    return character if character.isprintable() else f"U+{ord(character):04X}"
