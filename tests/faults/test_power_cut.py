"""The power is cut while answers are written: what can be read of the copy is right, and nothing breaks."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from webapp.store import Answers, StoreUnavailable, new_token
from webapp.store.sqlite import SqliteStore

NAME = "answers.sqlite3"
FILES = (NAME, f"{NAME}-wal", f"{NAME}-shm")
BROWSERS, WRITERS, ROUNDS = 12, 2, 25
# Each writer writes one answer after the other; what was confirmed stands in its own file.
_WRITER = """
import random, sys
from pathlib import Path
from webapp.store.sqlite import SqliteStore
folder, place, tokens = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
store, number = SqliteStore(folder), 0
with place.open("ab", buffering=0) as confirmed:
    while True:
        token = random.choice(tokens)
        number += 1
        words = "x" * random.randrange(9000)
        store.update(token, lambda before: before | {"number": number, "words": words, "length": len(words)})
        confirmed.write(f"{token} {number}\\n".encode())
        if number % 97 == 0:
            store.close()
            store.sweep()
"""


@pytest.fixture
def writers(tmp_path: Path) -> Iterator[tuple[list[list[str]], list[subprocess.Popen[bytes]]]]:
    """Processes that write all the while, each for browsers of its own."""
    (tmp_path / "live").mkdir()
    tokens = [[new_token() for _ in range(BROWSERS)] for _ in range(WRITERS)]
    command = [sys.executable, "-c", _WRITER, str(tmp_path / "live")]
    made = [
        subprocess.Popen([*command, str(tmp_path / f"confirmed-{number}"), *own])
        for number, own in enumerate(tokens)
    ]
    yield tokens, made
    for each in made:
        each.kill()
        each.wait()


def confirmed(file: Path) -> dict[str, int]:
    """The last number that was confirmed for each browser; a line that was cut does not count."""
    text = file.read_text() if file.exists() else ""
    return {token: int(number) for token, number in map(str.split, text[: text.rfind("\n") + 1].splitlines())}


def cut(copy: Path, how: str, chance: random.Random) -> None:
    """Does to the end of the log what a failing power supply does to what was not on the disk yet."""
    log = copy / FILES[1]
    size = log.stat().st_size if log.exists() else 0
    if how == "no-shm":
        (copy / FILES[2]).unlink(missing_ok=True)
    elif how == "torn" and size:
        os.truncate(log, chance.randrange(max(0, size - 40_000), size))
    elif how == "garbled" and size:
        with log.open("r+b") as file:
            file.seek(chance.randrange(max(0, size - 40_000), size))
            file.write(chance.randbytes(1500))
    elif how == "never-written" and size:
        with log.open("r+b") as file:
            start = chance.randrange(max(0, size - 40_000), size)
            file.seek(start)
            file.write(bytes(size - start))


@pytest.mark.parametrize("how", ["whole", "no-shm", "torn", "garbled", "never-written"])
def test_the_copy_of_a_power_cut_holds_each_answer_as_it_once_was(
    writers: tuple[list[list[str]], list[subprocess.Popen[bytes]]], tmp_path: Path, how: str
) -> None:
    tokens, processes = writers
    chance = random.Random(how)
    places = [tmp_path / f"confirmed-{number}" for number in range(WRITERS)]
    end = time.monotonic() + 30
    while not all(len(confirmed(place)) == BROWSERS for place in places):
        assert time.monotonic() < end
        time.sleep(0.05)
    seen = 0
    for round in range(ROUNDS // 5):
        time.sleep(chance.uniform(0.02, 0.15))
        for each in processes:
            each.send_signal(signal.SIGSTOP)
        certain = [confirmed(place) for place in places]
        copy = tmp_path / f"copy-{round}"
        copy.mkdir()
        for name in FILES:
            if (tmp_path / "live" / name).exists():
                shutil.copy(tmp_path / "live" / name, copy / name)
        for each in processes:
            each.send_signal(signal.SIGCONT)
        cut(copy, how, chance)
        store = SqliteStore(copy)
        for own, known in zip(tokens, certain, strict=True):
            for token in own:
                found = store.read(token)
                if how in ("whole", "no-shm"):
                    # Killed, but nothing that was on its way to the disk is missing. One may be kept unsaid.
                    assert found is not None
                    assert known[token] <= found["number"]
                if found is not None:
                    assert len(found["words"]) == found["length"]
                    seen += 1
        store.update(tokens[0][0], lambda before: before | {"number": -1})
        assert (store.read(tokens[0][0]) or {})["number"] == -1, "and it goes on"
        store.close()
        with closing(sqlite3.connect(copy / NAME)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert seen > BROWSERS


def read_or_fault(store: SqliteStore, token: str) -> tuple[Answers | None, StoreUnavailable | None]:
    try:
        return store.read(token), None
    except StoreUnavailable as fault:
        return None, fault


def test_a_copy_that_was_taken_file_by_file_never_shows_a_wrong_answer(
    writers: tuple[list[list[str]], list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """The worst copy: the files come from different moments. It may be damaged, and then it is said so."""
    tokens, _ = writers
    time.sleep(1)
    for round in range(10):
        copy = tmp_path / f"copy-{round}"
        copy.mkdir()
        for name in random.sample(FILES, 3):
            if (tmp_path / "live" / name).exists():
                shutil.copy(tmp_path / "live" / name, copy / name)
            time.sleep(0.02)
        store = SqliteStore(copy)
        for token in (each for own in tokens for each in own):
            found, fault = read_or_fault(store, token)
            if fault is not None:
                assert fault.reason == "damaged"
                assert "delete it with its -wal and -shm files" in str(fault)
                continue
            assert found is None or len(found["words"]) == found["length"]
        store.close()
