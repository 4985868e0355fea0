"""What the tests of the stores share: a clock, a change of answers, a thief’s look at each place, a child."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from redis_server import RedisServer

from webapp.store import Answers, Store
from webapp.store.redis import RedisStore
from webapp.store.sqlite import SqliteStore

MARK = "Marigold-of-the-marsh"


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


class Place(Protocol):
    """Where answers lie: opens stores there, and looks at the records as a thief would."""

    def open(self, **options: Any) -> Store: ...

    def records(self) -> dict[Any, bytes]:
        """What is sealed, by id."""

    def write(self, id: Any, sealed: bytes) -> None:
        """Puts other bytes in place of what is sealed."""

    def everything(self) -> bytes:
        """Every byte that a thief would find."""

    def close(self) -> None: ...


class OnDisk:
    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.opened: list[SqliteStore] = []

    def open(self, **options: Any) -> SqliteStore:
        store = SqliteStore(self.folder, **{"now": self.clock, **options})
        self.opened.append(store)
        return store

    def records(self) -> dict[Any, bytes]:
        with closing(sqlite3.connect(self.folder / "answers.sqlite3")) as connection:
            return dict(connection.execute("SELECT id, sealed FROM answers").fetchall())

    def write(self, id: Any, sealed: bytes) -> None:
        with closing(sqlite3.connect(self.folder / "answers.sqlite3", isolation_level=None)) as connection:
            connection.execute("UPDATE answers SET sealed = ? WHERE id = ?", (sealed, id))

    def everything(self) -> bytes:
        return b"".join(file.read_bytes() for file in sorted(self.folder.iterdir()))

    def log(self) -> int:
        """The size of the write-ahead log."""
        return (self.folder / "answers.sqlite3-wal").stat().st_size

    def close(self) -> None:
        for store in self.opened:
            store.close()


class OnServer:
    def __init__(self, server: RedisServer, clock: Clock) -> None:
        self.server, self.clock = server, clock
        self.opened: list[RedisStore] = []
        with server.client() as client:
            client.flushall()

    def open(self, **options: Any) -> RedisStore:
        store = RedisStore(self.server.address, **{"now": self.clock, **options})
        self.opened.append(store)
        return store

    def records(self) -> dict[Any, bytes]:
        with self.server.client() as client:
            return {key: client.get(key)[8:] for key in client.scan_iter()}

    def write(self, id: Any, sealed: bytes) -> None:
        with self.server.client() as client:
            client.set(id, client.get(id)[:8] + sealed, keepttl=True)

    def everything(self) -> bytes:
        with self.server.client() as client:
            client.save()
            held = [key + client.get(key) for key in client.scan_iter()]
        files = [file.read_bytes() for file in self.server.folder.rglob("*") if file.is_file()]
        return b"".join(held + files)

    def close(self) -> None:
        for store in self.opened:
            store.close()


def put(answers: Answers) -> Callable[[Answers], Answers]:
    return lambda before: before | answers


def in_child(work: Callable[[], int]) -> int:
    """The status with which a forked child ends that does this work."""
    pid = os.fork()
    if pid == 0:
        status = 99
        try:
            status = work()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
