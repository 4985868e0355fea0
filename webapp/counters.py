"""How much the site is used, in numbers of a month: which routes, formats and languages, and never who."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from webapp.store import StoreUnavailable, private_folder

FILE = "counters.sqlite3"
# A smaller number could be somebody whom the reader knows.
FEWEST = 5
FEW = f"fewer than {FEWEST}"

ROUTE = "route"
FORMAT = "letter-format"
LANGUAGE = "letter-language"
TEMPLATE = "template-format"
PAGES = "pages-language"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_SECONDS = 2.0


@dataclass(frozen=True)
class Tally:
    """One number: of what, of which id, and how many; “fewer than 5” for a small one."""

    what: str
    id: str
    number: str


class Counters:
    """The counters in the data folder, shared by all processes of a machine.

    Each counts one thing alone, by the month: two things together, or a day, could single somebody out.
    """

    def __init__(self, folder: Path, on: bool = True) -> None:
        self.on = on
        self._folder = folder
        self._warned = False

    def count(self, what: str, id: str, today: date) -> None:
        """One more. What cannot be written is not counted; no visitor notices."""
        if not self.on:
            return
        try:
            private_folder(self._folder)
            with self._open() as file:
                file.execute(
                    "INSERT INTO counters VALUES (?, ?, ?, 1)"
                    " ON CONFLICT (month, what, id) DO UPDATE SET number = number + 1",
                    (today.isoformat()[:7], what, id),
                )
        except (sqlite3.Error, OSError, StoreUnavailable) as fault:
            if not self._warned:
                logging.getLogger(__name__).warning("Nothing is counted: %s", type(fault).__name__)
            self._warned = True

    def between(self, first: str, last: str) -> list[Tally]:
        """The numbers from one month to another, such as “2026-04”, both included.

        Raises ValueError for what is no month, FileNotFoundError where nothing was counted yet.
        """
        for month in (first, last):
            if not _MONTH.fullmatch(month):
                raise ValueError(f"{month}: this is no month; say it like 2026-04")
        path = self._folder / FILE
        if not path.is_file():
            raise FileNotFoundError(2, "nothing was counted yet", str(path))
        with self._open() as file:
            rows = file.execute(
                "SELECT what, id, SUM(number) FROM counters WHERE month BETWEEN ? AND ?"
                " GROUP BY what, id ORDER BY what, SUM(number) >= ? DESC, id",
                (first, last, FEWEST),
            ).fetchall()
        return [Tally(what, id, str(number) if number >= FEWEST else FEW) for what, id, number in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._folder / FILE, timeout=_SECONDS)) as file, file:
            # A number that a failing power supply takes is no loss, and a page should not wait for a disk.
            file.execute("PRAGMA synchronous = OFF")
            file.execute(
                "CREATE TABLE IF NOT EXISTS counters (month TEXT, what TEXT, id TEXT, number INTEGER,"
                " PRIMARY KEY (month, what, id)) WITHOUT ROWID"
            )
            yield file
