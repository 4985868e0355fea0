"""A store that is full, damaged, busy or out of reach says so, and loses nothing."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from storing import MARK, Clock, in_child, put

from webapp.store import Store, StoreUnavailable, new_token
from webapp.store.sqlite import SqliteStore


def test_a_full_store_says_so_and_keeps_what_it_has(folder: Path, clock: Clock) -> None:
    store, token = SqliteStore(folder, now=clock, room=256 * 1024), new_token()
    store.update(token, put({"role": "parent"}))
    with pytest.raises(StoreUnavailable, match="no room left") as fault:
        store.update(token, put({"details": MARK * 20_000}))
    assert fault.value.reason == "full"
    assert MARK not in str(fault.value)
    assert store.read(token) == {"role": "parent"}
    store.update(token, put({"nation": "wales"}))
    store.destroy(token)
    assert store.read(token) is None
    store.close()


def test_a_full_disk_says_so_and_answers_are_kept_again_when_there_is_room(folder: Path) -> None:
    def child() -> int:
        store, token = SqliteStore(folder), new_token()
        store.update(token, put({"role": "parent"}))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
        try:
            store.update(token, put({"details": MARK * 10_000}))
        except StoreUnavailable as fault:
            if MARK in str(fault):
                return 2
        else:
            return 3
        if store.read(token) != {"role": "parent"}:
            return 4
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        store.update(token, put({"details": MARK * 10_000}))
        return 0 if store.read(token) == {"role": "parent", "details": MARK * 10_000} else 5

    assert in_child(child) == 0


def test_a_folder_that_cannot_be_written_says_who_must_do_what() -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        folder = Path(open_to_all) / "kept"
        folder.mkdir(mode=0o755)
        folder.chmod(0o555)

        def child() -> int:
            if os.geteuid() == 0:
                os.seteuid(65534)
            for call in calls(SqliteStore(folder)):
                try:
                    call()
                except StoreUnavailable as fault:
                    if fault.reason != "read-only" or "Check who owns the folder" not in str(fault):
                        return 2
                else:
                    return 3
            return 0

        assert in_child(child) == 0


def calls(store: Store) -> list[Callable[[], Any]]:
    token = new_token()
    return [
        lambda: store.read(token),
        lambda: store.update(token, put({"role": "parent"})),
        lambda: store.touch(token),
        lambda: store.rotate(token),
        lambda: store.destroy(token),
        store.sweep,
    ]


def test_a_file_where_the_folder_should_be_is_a_fault_of_our_own_kind(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for call in calls(SqliteStore(tmp_path / "file" / "kept")):
        with pytest.raises(StoreUnavailable):
            call()


def test_a_damaged_file_says_what_to_delete(folder: Path) -> None:
    folder.mkdir()
    (folder / "answers.sqlite3").write_bytes(b"this is no database " * 500)
    for call in calls(SqliteStore(folder)):
        with pytest.raises(StoreUnavailable, match="delete it") as fault:
            call()
        assert fault.value.reason == "damaged"


def test_a_store_that_another_program_holds_gives_up_after_its_patience(folder: Path, clock: Clock) -> None:
    store, token = SqliteStore(folder, now=clock, patience=0.05), new_token()
    store.update(token, put({"role": "parent"}))
    other = sqlite3.connect(folder / "answers.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="Another program") as fault:
        store.update(token, put({"role": "carer"}))
    assert fault.value.reason == "busy"
    assert store.read(token) == {"role": "parent"}
    other.close()
    assert store.update(token, put({"role": "carer"})) == {"role": "carer"}
    store.close()
