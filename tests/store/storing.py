"""What the tests of the store share: a clock, a change of answers, a look at the disk, a forked child."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from webapp.store import Answers

MARK = "Marigold-of-the-marsh"


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


def put(answers: Answers) -> Callable[[Answers], Answers]:
    return lambda before: before | answers


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def rows(folder: Path) -> int:
    connection = sqlite3.connect(folder / "answers.sqlite3")
    count: int = connection.execute("SELECT count(*) FROM answers").fetchone()[0]
    connection.close()
    return count


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
