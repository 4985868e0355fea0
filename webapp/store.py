"""Where answers stay for an hour: one encrypted row a browser, the key only in that browser’s cookie."""

from __future__ import annotations

import base64
import binascii
import errno
import json
import os
import secrets
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Answers = dict[str, Any]

HOUR = 3600.0
SWEEP_EVERY = 60.0
# The file may grow to this many bytes: a flood of visitors must not fill the disk.
ROOM = 1 << 30
TOKEN_BYTES, TOKEN_LENGTH, ROW_ID_BYTES, KEY_BYTES, NONCE_BYTES = 32, 43, 16, 32, 12
# Answers are filled up to a multiple of this, so that their length on disk tells little.
BLOCK = 1024

_TABLE = (
    "CREATE TABLE IF NOT EXISTS answers (id BLOB PRIMARY KEY, expires REAL NOT NULL, sealed BLOB NOT NULL)"
)
_INDEX = "CREATE INDEX IF NOT EXISTS answers_by_expiry ON answers (expires)"

_REMEDIES = {
    "full": "There is no room left. Free some space on its disk.",
    "busy": "Another program is holding it. Stop that program.",
    "read-only": "It cannot be opened or written. Check who owns the folder, or name another in HEARD_DATA.",
    "damaged": "It is damaged. Stop the site, and delete it with its -wal and -shm files.",
    "broken": "It cannot be used.",
}
_REASONS: dict[object, str] = {
    **dict.fromkeys(["FULL", errno.ENOSPC, errno.EDQUOT, errno.EFBIG], "full"),
    **dict.fromkeys(["BUSY", "LOCKED"], "busy"),
    **dict.fromkeys(["READONLY", "PERM", "CANTOPEN", errno.EACCES, errno.EPERM, errno.EROFS], "read-only"),
    **dict.fromkeys(["CORRUPT", "NOTADB"], "damaged"),
}


class StoreUnavailable(Exception):
    """The store cannot be used now. `reason` is full, busy, read-only, damaged or broken.

    Its words are for whoever runs the site: they name the file and the remedy, never an answer.
    """

    def __init__(self, path: Path, fault: sqlite3.Error | OSError) -> None:
        if isinstance(fault, OSError):
            kind: object = fault.errno
        else:
            # SQLITE_READONLY_DIRECTORY and the like: the second word says what kind of fault it is.
            kind = (getattr(fault, "sqlite_errorname", None) or "SQLITE_UNKNOWN").split("_")[1]
        self.reason = _REASONS.get(kind, "broken")
        super().__init__(f"{path}: {_REMEDIES[self.reason]} ({fault})")


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder for answers: `HEARD_DATA`, or `heard` among the user’s own files of this kind."""
    if named := environ.get("HEARD_DATA"):
        return Path(named).expanduser().absolute()
    state = Path(environ.get("XDG_STATE_HOME") or "")
    return (state if state.is_absolute() else Path.home() / ".local" / "state") / "heard"


def private_folder(folder: Path) -> None:
    """Makes the folder, for its owner alone, where it is missing. Raises StoreUnavailable."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreUnavailable(folder, fault) from fault


def new_token() -> str:
    """A fresh token for a browser’s cookie: 32 random bytes as 43 URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Store:
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
        keys = _keys(token)
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
        keys = _keys(token)
        if keys is None:
            raise ValueError("This is not a token of new_token().")
        with self._faults(), self._writing() as connection:
            answers = change(self._find(connection, keys) or {})
            self._put(connection, keys, answers, self.lifetime if lifetime is None else lifetime)
        self._sweep_by_and_by()
        return answers

    def touch(self, token: str | None) -> bool:
        """Begins the time of silence anew. False where nothing is kept under the token."""
        keys = _keys(token)
        if keys is None:
            return False
        now = self._now()
        with self._faults():
            connection = self._connection()
            query = "SELECT expires FROM answers WHERE id = ? AND expires > ?"
            row = connection.execute(query, (keys.row_id, now)).fetchone()
            # A page that follows its answer within a second needs no second write.
            if row and now + self.lifetime - row[0] >= 1:
                again = "UPDATE answers SET expires = ? WHERE id = ?"
                connection.execute(again, (now + self.lifetime, keys.row_id))
        self._sweep_by_and_by()
        return row is not None

    def rotate(self, old: str | None) -> str:
        """Moves the answers to a new token and key, and gives the token; where nothing is kept, just that.

        Of several who ask at once, one gets the answers. The bytes under the old key are overwritten.
        """
        token = new_token()
        before, after = _keys(old), _keys(token)
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
        if keys := _keys(token):
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
            gone = connection.execute("DELETE FROM answers WHERE expires <= ?", (now,)).rowcount
            if gone or process.shred_owed:
                self._shred(connection)
        return gone

    def close(self) -> None:
        """Closes this thread’s connection; the next call opens one again."""
        connection: sqlite3.Connection | None = self._process.connections.__dict__.pop("open", None)
        if connection is not None:
            connection.close()

    def _find(self, connection: sqlite3.Connection, keys: _Keys) -> Answers | None:
        query = "SELECT sealed FROM answers WHERE id = ? AND expires > ?"
        row = connection.execute(query, (keys.row_id, self._now())).fetchone()
        return _unseal(keys, row[0]) if row else None

    def _put(self, connection: sqlite3.Connection, keys: _Keys, answers: Answers, lifetime: float) -> None:
        connection.execute(
            "INSERT INTO answers (id, expires, sealed) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET expires = excluded.expires, sealed = excluded.sealed",
            (keys.row_id, self._now() + lifetime, _seal(keys, answers)),
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
                process.watched = self.path.exists() and self._holds_rows()
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


def _watch(store: weakref.ref[Store]) -> None:
    """Sweeps once a minute for as long as the store lives and holds a row."""
    while True:
        time.sleep(SWEEP_EVERY)
        alive = store()
        if alive is None or not alive._watch_goes_on():
            return
        del alive


class _Keys(NamedTuple):
    row_id: bytes
    key: bytes


def _keys(token: str | None) -> _Keys | None:
    """Row id and key of a token; None where it cannot be one of new_token()."""
    if token is None or len(token) != TOKEN_LENGTH or not token.isascii():
        return None
    try:
        secret = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    # The last character has two spare bits: only one spelling of a token is the token.
    if base64.urlsafe_b64encode(secret).decode().rstrip("=") != token:
        return None
    derived = HKDF(SHA256(), ROW_ID_BYTES + KEY_BYTES, salt=None, info=b"heard answers 1").derive(secret)
    return _Keys(derived[:ROW_ID_BYTES], derived[ROW_ID_BYTES:])


def _seal(keys: _Keys, answers: Answers) -> bytes:
    plain = json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(keys.key).encrypt(nonce, plain.ljust(-(-len(plain) // BLOCK) * BLOCK), keys.row_id)


def _unseal(keys: _Keys, sealed: bytes) -> Answers | None:
    """The answers in a row; None where its bytes were changed: a row that does not open counts as absent."""
    try:
        plain = AESGCM(keys.key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], keys.row_id)
    except (InvalidTag, ValueError):
        return None
    answers: Answers = json.loads(plain.decode("utf-8", "surrogatepass"))
    return answers
