"""The library’s desk: where the files are asked for, whether or not there is a shelf to keep them on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore, Lock

from webapp.documents.zipped import zipped
from webapp.language import Words
from webapp.letters.blank import Blank, blanks_of
from webapp.library.catalogue import Sheet, path_of, sheet
from webapp.library.shelf import Book, Shelf
from webapp.rendering import Make, at_once

# Each takes a thread of its process for as long as it is made and sent.
ZIPS_AT_ONCE = 2


class Desk:
    """Hands out the library’s files: from the shelf, or made anew where nothing can be kept there."""

    def __init__(self, shelf: Shelf, make_for_zip: Make = at_once) -> None:
        self._shelf = shelf
        self._binder = replace(shelf, make_file=make_for_zip)
        self._keeps = False
        self._blanks = {path_of(blank): blank for blank in blanks_of(shelf.law)}
        self._sheets: dict[tuple[str, str], Sheet] = {}
        self._seats = BoundedSemaphore(ZIPS_AT_ONCE)
        self._building = Lock()

    def open(self) -> None:
        """Makes the shelf ready. Where its folder cannot be written every file is made when it is wanted."""
        try:
            self._shelf.open()
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            logging.getLogger(__name__).warning("%s cannot be written: %s", self._shelf.folder, reason)
        else:
            self._keeps = True

    def blank(self, path: str) -> Blank | None:
        """The blank letter at this path of the catalogue, or None."""
        return self._blanks.get(path)

    def sheet(self, blank: Blank, words: Words) -> Sheet:
        """What the library says of a blank letter. Composed once in each language."""
        key = (words.language.id, path_of(blank))
        if key not in self._sheets:
            self._sheets[key] = sheet(blank, self._shelf.law, words)
        return self._sheets[key]

    def size(self, book: Book) -> int | None:
        """How many bytes a file has, when it lies on the shelf already."""
        try:
            return (self._shelf.folder / book.path).stat().st_size if self._keeps else None
        except OSError:
            return None

    def file(self, book: Book) -> Path | bytes:
        """A file: where it lies, or its content where it cannot be kept. Raises DocumentError."""
        return self._file(book, self._shelf)

    def _file(self, book: Book, shelf: Shelf) -> Path | bytes:
        if self._keeps:
            try:
                return shelf.file(book)
            except OSError:
                logging.getLogger(__name__).warning("%s cannot be kept", book.path)
        return shelf.make(book).content

    def finished(self, name: str) -> Path | None:
        """The zip that is kept under this name, when it is there whole."""
        path = self._shelf.folder / name
        return path if self._keeps and path.is_file() else None

    def seat(self) -> Callable[[], None] | None:
        """Leave to make a zip, to be given back by calling it; None while too many others make theirs."""
        if not self._seats.acquire(blocking=False):
            return None
        taken = [self._seats]

        def give_back() -> None:
            if taken:
                taken.pop().release()

        return give_back

    def bind(self, wanted: Sequence[Book], name: str = "") -> Generator[bytes, None, None]:
        """These books as a zip, piece by piece; with a name it is kept for the next who asks.

        One at a time makes a zip that is kept: who asks meanwhile gets one of their own.
        Raises DocumentError, and OSError where the disk fills up on the way.
        """
        if name and self._keeps and self._building.acquire(blocking=False):
            try:
                yield from self._binder.bind(wanted, self._shelf.folder / name)
            finally:
                self._building.release()
        else:
            yield from zipped((book.path, self._content(book)) for book in wanted)

    def _content(self, book: Book) -> bytes:
        found = self._file(book, self._binder)
        return found.read_bytes() if isinstance(found, Path) else found
