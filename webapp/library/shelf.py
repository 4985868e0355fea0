"""The library's files: each made once, kept in a folder, and taken from there until the library changes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

from webapp.documents import Document, Offer, offers, render
from webapp.documents.zipped import zipped
from webapp.flows.law import Law
from webapp.language import BY_ID, read_words
from webapp.letters.blank import Blank, compose_blank
from webapp.library.catalogue import path_of
from webapp.places import flows_folder, fonts_folder, package_folder, templates_folder, translations_folder
from webapp.rendering import Make, at_once

_EDITION = "edition.txt"
# What a file of the library is made from, beside the code.
_MAKERS = ("weasyprint", "python-docx", "babel", "espeakng-loader", "lameenc")


@dataclass(frozen=True)
class Book:
    """One file of the library: a blank letter in a language, a format and a size."""

    blank: Blank
    language: str
    offer: Offer

    @property
    def path(self) -> str:
        """Where it lies on the shelf: “en/england/conference-durham/stage-1/complaint.pdf”."""
        folder, _, name = path_of(self.blank).rpartition("/")
        return f"{self.language}/{folder}/{self.offer.file_name(name)}"


def books(blanks: Iterable[Blank], languages: Iterable[str]) -> tuple[Book, ...]:
    """Every file that there is of these blank letters in these languages."""
    kept = tuple(blanks)
    return tuple(
        Book(blank, language, offer)
        for language in languages
        for blank in kept
        for offer in offers(BY_ID[language])
    )


@dataclass(frozen=True)
class Shelf:
    """The folder where the files lie. What lies there from an older edition is cleared away."""

    folder: Path
    law: Law
    make_file: Make = at_once

    def open(self) -> None:
        """Makes the folder ready for this edition. Raises OSError where it cannot be written."""
        mark = self.folder / _EDITION
        if mark.is_file() and mark.read_text("utf-8") == edition():
            return
        for language in BY_ID:
            shutil.rmtree(self.folder / language, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        _put(mark, edition().encode())

    def file(self, book: Book) -> Path:
        """The file of a book, made now if it is not there yet. Raises DocumentError, and OSError."""
        path = self.folder / book.path
        if not path.is_file():
            _put(path, self.make(book).content)
        return path

    def make(self, book: Book) -> Document:
        """The book as a document, made anew. Raises DocumentError, and what `make_file` does."""
        words = read_words(book.language, translations_folder())
        letter = compose_blank(book.blank, self.law, words)
        format = book.offer.format.id
        return self.make_file(format, render, letter, format, book.offer.size)

    def bind(self, wanted: Iterable[Book], into: Path) -> Iterator[bytes]:
        """All these books as one zip, piece by piece: one for each book, and its table at the end.

        Who takes every piece leaves the zip at `into` for the next. Raises DocumentError, and OSError.
        """
        into.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=into.parent, suffix=".part", delete=False) as part:
            try:
                for piece in zipped((book.path, self.file(book).read_bytes()) for book in wanted):
                    part.write(piece)
                    yield piece
                part.close()
                os.replace(part.name, into)
            finally:
                Path(part.name).unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, whoever else makes the same one meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
    os.replace(part.name, path)


@cache
def edition() -> str:
    """What all files of the library hang on, as one short mark: data, words, fonts, code and makers."""
    seen = sha256()
    folders = (flows_folder(), templates_folder(), translations_folder(), fonts_folder(), package_folder())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".toml", ".html", ".css", ".mo", ".ttf", ".py") and "static" not in path.parts:
                seen.update(path.relative_to(folder).as_posix().encode())
                seen.update(path.read_bytes())
    for name in _MAKERS:
        seen.update(f"{name} {version(name)}".encode())
    return seen.hexdigest()[:16]
