"""The store of one machine: one SQLite file, which threads and processes share."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from webapp.store.faults import StoreUnavailable, private_folder
from webapp.store.sealing import Answers, Keys, keys_of, keys_or_refuse, new_token, seal, unseal

HOUR = 3600.0
SWEEP_EVERY = 60.0
# The file may grow to this many bytes: a flood of visitors must not fill the disk.
ROOM = 1 << 30
# A clock may be set back by this much, and no answer is lost. What expires still later was written while the
# clock was wrong: it would outstay its hour, and counts as expired.
SET_BACK = HOUR

_TABLE = (
    "CREATE TABLE IF NOT EXISTS answers (id BLOB PRIMARY KEY, expires REAL NOT NULL, sealed BLOB NOT NULL)"
)
_ALIVE = "expires > ? AND expires <= ?"
_INDEX = "CREATE INDEX IF NOT EXISTS answers_by_expiry ON answers (expires)"


class SqliteStore:
    """The answers of every browser, in one SQLite file that threads and processes share.

    `folder` is made when it is first needed. Answers are gone after `lifetime` seconds of silence by the
    clock `now`. A writer waits up to `patience` seconds for another. The file may grow to `room` bytes.
    Every method may raise StoreUnavailable.
    """

    def __init__(
        self,
        folder: Path,
        *,
        lifetime: float = HOUR,
        now: Callable[[], float] = time.time,
        patience: float = 5.0,
        room: int = ROOM,
    ) -> None:
        self.path = folder / "answers.sqlite3"
        self.lifetime = lifetime
        self._now = now
        self._patience = patience
        self._room = room
        self._current = _Process()
        self._parents: list[_Process] = []

    def read(self, token: str | None) -> Answers | None:
        """The answers kept under a token; None for one that is unknown, expired, forged or malformed."""
        keys = keys_of(token)
        if keys is None:
            return None
        with self._faults():
            return self._find(self._connection(), keys)

    def now(self) -> float:
        """The time by this store’s clock, in seconds since 1970."""
        return self._now()

    def update(
        self, token: str, change: Callable[[Answers], Answers], *, lifetime: float | None = None
    ) -> Answers:
        """Replaces the answers by what `change` makes of them, and gives what is now kept.

        Nobody else writes meanwhile, so that two tabs lose nothing. `change` gets an empty dict where nothing
        is kept (any more), and the row is then made; where `change` raises, all stays as it was. `lifetime`
        is in seconds, where it is not the store’s own.
        Raises ValueError for a malformed token.
        """
        keys = keys_or_refuse(token)
        with self._faults(), self._writing() as connection:
            answers = change(self._find(connection, keys) or {})
            self._put(connection, keys, answers, self.lifetime if lifetime is None else lifetime)
        self._sweep_by_and_by()
        return answers

    def touch(self, token: str | None, *, lifetime: float | None = None) -> bool:
        """Begins the time of silence anew, or one of `lifetime` seconds. False where nothing is kept."""
        keys = keys_of(token)
        if keys is None:
            return False
        now = self._now()
        with self._faults():
            connection = self._connection()
            query = f"SELECT expires FROM answers WHERE id = ? AND {_ALIVE}"
            row = connection.execute(query, (keys.row_id, *self._span(now))).fetchone()
            expires = now + (self.lifetime if lifetime is None else lifetime)
            # A page that follows its answer within a second needs no second write.
            if row and abs(expires - row[0]) >= 1:
                again = "UPDATE answers SET expires = ? WHERE id = ?"
                connection.execute(again, (expires, keys.row_id))
        self._sweep_by_and_by()
        return row is not None

    def rotate(self, old: str | None) -> str:
        """Moves the answers to a new token and key, and gives the token; where nothing is kept, just that.

        Of several who ask at once, one gets the answers. The bytes under the old key are overwritten.
        """
        token = new_token()
        before, after = keys_of(old), keys_of(token)
        if before and after:
            with self._faults():
                with self._writing() as connection:
                    answers = self._find(connection, before)
                    connection.execute("DELETE FROM answers WHERE id = ?", (before.row_id,))
                    if answers is not None:
                        self._put(connection, after, answers, self.lifetime)
                self._shred(connection)
            self._sweep_by_and_by()
        return token

    def destroy(self, token: str | None) -> None:
        """Deletes what is kept under a token and overwrites its bytes. Nothing kept is no error.

        Where it raises StoreUnavailable, take the cookie away all the same: without it nobody can read them.
        """
        if keys := keys_of(token):
            with self._faults():
                connection = self._connection()
                if connection.execute("DELETE FROM answers WHERE id = ?", (keys.row_id,)).rowcount:
                    self._shred(connection)

    def sweep(self) -> int:
        """Deletes what has expired, overwrites its bytes, and gives how many rows that were."""
        process = self._process
        process.swept = now = self._now()
        with self._faults():
            connection = self._connection()
            gone = connection.execute(f"DELETE FROM answers WHERE NOT ({_ALIVE})", self._span(now)).rowcount
            if gone or process.shred_owed:
                self._shred(connection)
        return gone

    def watch(self) -> None:
        """Sweeps, and sees to it that what is left is swept too: for a process that has just begun."""
        with suppress(StoreUnavailable):
            if self.path.exists():
                self._sweep_by_and_by()

    def close(self) -> None:
        """Closes this thread’s connection; the next call opens one again."""
        connection: sqlite3.Connection | None = self._process.connections.__dict__.pop("open", None)
        if connection is not None:
            connection.close()

    def _find(self, connection: sqlite3.Connection, keys: Keys) -> Answers | None:
        query = f"SELECT sealed FROM answers WHERE id = ? AND {_ALIVE}"
        row = connection.execute(query, (keys.row_id, *self._span(self._now()))).fetchone()
        return unseal(keys, row[0]) if row else None

    def _span(self, now: float) -> tuple[float, float]:
        """The earliest and the latest time at which a row that counts may expire: for _ALIVE."""
        return now, now + self.lifetime + SET_BACK

    def _put(self, connection: sqlite3.Connection, keys: Keys, answers: Answers, lifetime: float) -> None:
        connection.execute(
            "INSERT INTO answers (id, expires, sealed) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET expires = excluded.expires, sealed = excluded.sealed",
            (keys.row_id, self._now() + lifetime, seal(keys, answers)),
        )

    def _shred(self, connection: sqlite3.Connection) -> None:
        """Empties the write-ahead log, where earlier copies of deleted bytes may still lie."""
        # Where a reader is in the way, or the disk is full, the next sweep does it: nobody waits now.
        self._process.shred_owed = True
        connection.execute("PRAGMA busy_timeout = 100")
        with suppress(sqlite3.Error):
            blocked = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            self._process.shred_owed = bool(blocked)
        connection.execute(f"PRAGMA busy_timeout = {round(self._patience * 1000)}")

    @property
    def _process(self) -> _Process:
        if self._current.pid != os.getpid():
            # Kept, not dropped: SQLite forbids a child to close what its parent opened.
            self._parents.append(self._current)
            self._current = _Process()
        return self._current

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as fault:
            with suppress(sqlite3.Error):
                self.close()
            raise StoreUnavailable(self.path, fault) from fault
        finally:
            # What was opened on a disk that cannot be written stays so for as long as one thread holds it.
            if not self._process.connections.__dict__.get("writable", True):
                self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # SQLite has sometimes rolled back already, when the disk is full.
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            raise

    def _connection(self) -> sqlite3.Connection:
        process = self._process
        connection: sqlite3.Connection | None = process.connections.__dict__.get("open")
        if connection is None:
            private_folder(self.path.parent)
            # One thread at a time: to close a file is to drop every lock that the process has on it.
            with process.opening:
                self._make_private_file()
                connection = self._open()
            process.connections.open = connection
            process.connections.writable = os.access(self.path, os.W_OK)
        return connection

    def _make_private_file(self) -> None:
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            with suppress(OSError):
                if self.path.stat().st_mode & 0o077:
                    self.path.chmod(0o600)
        except OSError as fault:
            raise StoreUnavailable(self.path, fault) from fault

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=self._patience, isolation_level=None)
        try:
            self._keep_a_log(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            page = connection.execute("PRAGMA page_size").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {max(1, self._room // page)}")
            connection.execute(_TABLE)
            connection.execute(_INDEX)
        except BaseException:
            connection.close()
            raise
        return connection

    def _keep_a_log(self, connection: sqlite3.Connection) -> None:
        """Turns the write-ahead log on. SQLite itself does not wait for other programs there."""
        deadline = time.monotonic() + self._patience
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
                return
            except sqlite3.OperationalError as fault:
                if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _sweep_by_and_by(self) -> None:
        """Sweeps, at most once a minute, and sees to it that a site nobody visits is swept too."""
        process = self._process
        if not 0 <= self._now() - process.swept < SWEEP_EVERY:
            # The answer is kept by now: a sweep that fails must not look like an answer that was lost.
            with suppress(StoreUnavailable):
                self.sweep()
        with process.watching:
            if not process.watched:
                process.watched = True
                threading.Thread(target=_watch, args=(weakref.ref(self),), name="sweep", daemon=True).start()

    def _watch_goes_on(self) -> bool:
        """One round of the watch: sweeps. False, and the watch ends, when no row is left to wait for."""
        process = self._process
        with suppress(StoreUnavailable):
            if self.path.exists():
                self.sweep()
            with process.watching:
                process.watched = self.path.exists() and (process.shred_owed or self._holds_rows())
        return process.watched

    def _holds_rows(self) -> bool:
        with self._faults():
            return self._connection().execute("SELECT 1 FROM answers LIMIT 1").fetchone() is not None


class _Process:
    """What one process holds open: a forked child starts its own, and leaves its parent’s alone."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.connections = threading.local()
        self.opening = threading.Lock()
        self.watching = threading.Lock()
        self.watched = False
        self.swept = float("-inf")
        self.shred_owed = False


def _watch(store: weakref.ref[SqliteStore]) -> None:
    """Sweeps once a minute for as long as the store lives and holds a row."""
    while True:
        time.sleep(SWEEP_EVERY)
        alive = store()
        if alive is None or not alive._watch_goes_on():
            return
        del alive
