"""Answers in the store: hidden on disk, lost by nobody, gone when their hour is over."""

import multiprocessing
import os
import resource
import signal
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from webapp.store import Answers, Store, StoreUnavailable, data_folder, new_token

MARK = "Marigold-of-the-marsh"


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    store = Store(folder, now=clock)
    yield store
    store.close()


def put(answers: Answers) -> Callable[[Answers], Answers]:
    return lambda before: before | answers


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


# What is kept


def test_what_was_put_in_comes_out_again_unchanged(store: Store) -> None:
    token = new_token()
    answers = {
        "nation": "wales",
        "you": {"name": "Siân ŵ 🙂 عائشة\r\n\t", "reply-by": ["post"]},
        "odd": "\ud800",
        "n": [1, None],
    }
    assert store.update(token, lambda _: answers) == answers
    assert store.read(token) == answers


def test_a_box_of_fifty_thousand_emoji_comes_out_again(store: Store) -> None:
    token = new_token()
    store.update(token, put({"details": "🙂" * 50_000}))
    assert store.read(token) == {"details": "🙂" * 50_000}


def test_a_later_answer_joins_the_earlier_ones(store: Store) -> None:
    token = new_token()
    store.update(token, put({"nation": "england"}))
    store.update(token, put({"role": "parent"}))
    assert store.read(token) == {"nation": "england", "role": "parent"}


def test_two_browsers_do_not_see_each_other(store: Store) -> None:
    one, other = new_token(), new_token()
    store.update(one, put({"role": "parent"}))
    store.update(other, put({"role": "carer"}))
    assert store.read(one) == {"role": "parent"}
    assert store.read(other) == {"role": "carer"}


def test_a_change_that_raises_leaves_the_answers_as_they_were(store: Store) -> None:
    def refuse(answers: Answers) -> Answers:
        answers["role"] = "carer"
        raise LookupError("no")

    token = new_token()
    store.update(token, put({"role": "parent"}))
    with pytest.raises(LookupError):
        store.update(token, refuse)
    assert store.read(token) == {"role": "parent"}
    store.update(token, put({"nation": "wales"}))


def test_another_store_on_the_same_folder_reads_the_same_answers(
    store: Store, folder: Path, clock: Clock
) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    second = Store(folder, now=clock)
    assert second.read(token) == {"role": "parent"}
    second.close()


# What a thief reads


def test_neither_an_answer_nor_the_token_can_be_found_on_disk(store: Store, folder: Path) -> None:
    token = new_token()
    store.update(token, put({"you": {"name": MARK}}))
    store.update(token, put({"worker": MARK * 500}))
    assert sorted(file.name for file in folder.iterdir()) == [
        "answers.sqlite3", "answers.sqlite3-shm", "answers.sqlite3-wal",
    ]  # fmt: skip
    disk = on_disk(folder)
    assert len(disk) > 40_000
    for secret in (MARK, "Marigold", token, token[:16], "worker", "name"):
        assert secret.encode() not in disk
        assert secret.encode("utf-16-le") not in disk


def test_the_length_on_disk_does_not_tell_a_long_answer_from_a_short_one(store: Store, folder: Path) -> None:
    for text in ("no", "a sentence that says somewhat more"):
        store.update(new_token(), put({"tried": text}))
    with sqlite3.connect(folder / "answers.sqlite3") as connection:
        lengths = {length for (length,) in connection.execute("SELECT length(sealed) FROM answers")}
    connection.close()
    assert len(lengths) == 1


def test_the_same_answers_never_look_the_same_twice(store: Store, folder: Path) -> None:
    def sealed() -> bytes:
        connection = sqlite3.connect(folder / "answers.sqlite3")
        row = connection.execute("SELECT sealed FROM answers").fetchone()
        connection.close()
        return bytes(row[0])

    token = new_token()
    store.update(token, put({"role": "parent"}))
    first = sealed()
    store.update(token, put({"role": "parent"}))
    assert sealed()[:12] != first[:12]
    assert sealed()[12:] != first[12:]


def test_a_row_moved_to_another_browser_does_not_open(store: Store, folder: Path) -> None:
    one, other = new_token(), new_token()
    store.update(one, put({"role": "parent"}))
    store.update(other, put({"role": "carer"}))
    connection = sqlite3.connect(folder / "answers.sqlite3", isolation_level=None)
    (first, a), (second, b) = connection.execute("SELECT id, sealed FROM answers").fetchall()
    connection.execute("UPDATE answers SET sealed = ? WHERE id = ?", (b, first))
    connection.execute("UPDATE answers SET sealed = ? WHERE id = ?", (a, second))
    connection.close()
    assert store.read(one) is None
    assert store.read(other) is None


@pytest.mark.parametrize("damage", [b"", b"short", bytes(200)])
def test_a_damaged_row_counts_as_absent_and_can_be_written_again(
    store: Store, folder: Path, damage: bytes
) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    connection = sqlite3.connect(folder / "answers.sqlite3", isolation_level=None)
    connection.execute("UPDATE answers SET sealed = ?", (damage,))
    connection.close()
    assert store.read(token) is None
    assert store.update(token, put({"role": "carer"})) == {"role": "carer"}
    assert store.read(token) == {"role": "carer"}


def test_only_the_owner_may_look_into_the_folder_and_the_files(store: Store, folder: Path) -> None:
    store.update(new_token(), put({"role": "parent"}))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(folder: Path, clock: Clock) -> None:
    folder.mkdir()
    (folder / "answers.sqlite3").touch(mode=0o644)
    (folder / "answers.sqlite3").chmod(0o644)
    store = Store(folder, now=clock)
    store.update(new_token(), put({"role": "parent"}))
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    store.close()


# Tokens


def test_tokens_are_url_safe_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(len(token) == 43 and set(token) <= set("-_" + ALPHANUMERIC) for token in tokens)


ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
MALFORMED = {
    "empty": "", "one-letter": "x", "too-short": "x" * 42, "too-long": "x" * 44, "accents": "é" * 43,
    "equals": "=" * 43, "nul": "\0" * 43, "spaces": " " * 43, "plus": "+" * 43, "huge": "a" * 100_000,
    "spare-bits": "x" * 43,
}  # fmt: skip
FORGED = MALFORMED | {"well-formed": "A" * 43, "none": None}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_token_opens_nothing_and_harms_nothing(store: Store, token: str | None) -> None:
    own = new_token()
    store.update(own, put({"role": "parent"}))
    assert store.read(token) is None
    assert store.touch(token) is False
    store.destroy(token)
    assert store.read(store.rotate(token)) is None
    assert store.read(own) == {"role": "parent"}


@pytest.mark.parametrize("token", MALFORMED.values(), ids=MALFORMED)
def test_nothing_is_written_under_a_malformed_token(store: Store, token: str) -> None:
    with pytest.raises(ValueError, match="not a token"):
        store.update(token, put({"role": "parent"}))


def test_another_spelling_of_a_token_is_not_that_token(store: Store) -> None:
    # 43 characters hold 258 bits, two more than the 32 bytes: the last character could be spelt four ways.
    token = new_token()
    store.update(token, put({"role": "parent"}))
    others = [token[:-1] + last for last in ALPHANUMERIC + "-_" if last != token[-1]]
    assert [store.read(other) for other in others] == [None] * 63


# Rotation and destruction


def test_after_rotation_the_new_token_opens_the_answers_and_the_old_one_nothing(store: Store) -> None:
    old = new_token()
    store.update(old, put({"role": "parent"}))
    new = store.rotate(old)
    assert new != old
    assert store.read(new) == {"role": "parent"}
    assert store.read(old) is None


def test_destroyed_answers_leave_no_byte_on_disk(store: Store, folder: Path) -> None:
    token = new_token()
    store.update(token, put({"details": MARK * 2000}))
    connection = sqlite3.connect(folder / "answers.sqlite3")
    row_id, sealed = connection.execute("SELECT id, sealed FROM answers").fetchone()
    connection.close()
    pieces = [row_id, *(sealed[start : start + 32] for start in range(0, len(sealed) - 32, 997))]
    assert all(piece in on_disk(folder) for piece in pieces[:2])
    store.destroy(token)
    assert store.read(token) is None
    assert not [piece for piece in pieces if piece in on_disk(folder)]
    assert (folder / "answers.sqlite3-wal").stat().st_size == 0


def test_a_reader_in_the_way_does_not_hold_up_finishing_and_the_next_sweep_clears_the_rest(
    store: Store, folder: Path
) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    reader = sqlite3.connect(folder / "answers.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM answers").fetchall()
    store.destroy(token)
    assert store.read(token) is None
    assert (folder / "answers.sqlite3-wal").stat().st_size > 0
    reader.close()
    assert store.sweep() == 0
    assert (folder / "answers.sqlite3-wal").stat().st_size == 0


# The hour


def test_answers_are_gone_after_an_hour_of_silence(store: Store, clock: Clock) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    clock.time += 3599
    assert store.read(token) == {"role": "parent"}
    clock.time += 1
    assert store.read(token) is None
    assert store.touch(token) is False
    assert store.read(store.rotate(token)) is None


def test_an_answer_after_the_hour_starts_from_nothing(store: Store, clock: Clock) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    clock.time += 3600
    assert store.update(token, put({"nation": "wales"})) == {"nation": "wales"}


def test_a_page_looked_at_or_an_answer_begins_the_hour_anew(store: Store, clock: Clock) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    clock.time += 3000
    assert store.touch(token) is True
    clock.time += 3000
    store.update(token, put({"nation": "wales"}))
    clock.time += 3000
    assert store.read(token) == {"role": "parent", "nation": "wales"}


def test_reading_alone_does_not_begin_the_hour_anew(store: Store, clock: Clock) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    for _ in range(4):
        clock.time += 900
        store.read(token)
    assert store.read(token) is None


def test_the_length_of_the_silence_is_a_setting(folder: Path, clock: Clock) -> None:
    store = Store(folder, now=clock, lifetime=60)
    token = new_token()
    store.update(token, put({"role": "parent"}))
    clock.time += 60
    assert store.read(token) is None
    store.close()


def test_sweeping_deletes_what_has_expired_and_nothing_else(store: Store, folder: Path, clock: Clock) -> None:
    old, young = new_token(), new_token()
    store.update(old, put({"role": "parent"}))
    clock.time += 1800
    store.update(young, put({"role": "carer"}))
    clock.time += 1800
    assert store.sweep() == 1
    assert rows(folder) == 1
    assert (folder / "answers.sqlite3-wal").stat().st_size == 0
    assert store.read(young) == {"role": "carer"}


def test_writing_sweeps_at_most_once_a_minute(store: Store, folder: Path, clock: Clock) -> None:
    store.update(new_token(), put({"role": "parent"}))
    clock.time += 3550
    store.update(new_token(), put({"role": "carer"}))
    clock.time += 55
    store.update(new_token(), put({"role": "carer"}))
    assert rows(folder) == 3
    clock.time += 5
    store.update(new_token(), put({"role": "carer"}))
    assert rows(folder) == 3


def test_a_site_that_nobody_visits_is_swept_too(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.store.SWEEP_EVERY", 0.02)
    store = Store(folder, now=clock)
    for _ in range(2):
        before = set(threading.enumerate())
        store.update(new_token(), put({"role": "parent"}))
        (watch,) = set(threading.enumerate()) - before
        assert rows(folder) == 1
        clock.time += 3600
        watch.join(10)
        assert not watch.is_alive(), "the watch ends when no row is left to wait for"
        assert rows(folder) == 0
    store.close()


def rows(folder: Path) -> int:
    connection = sqlite3.connect(folder / "answers.sqlite3")
    count: int = connection.execute("SELECT count(*) FROM answers").fetchone()[0]
    connection.close()
    return count


# Several at once


def count_up(folder: Path, token: str, key: str, times: int) -> None:
    store = Store(folder)
    for _ in range(times):
        store.update(token, lambda answers: answers | {key: answers.get(key, 0) + 1})
    store.close()


def test_two_tabs_that_answer_at_once_lose_nothing(folder: Path) -> None:
    store, token = Store(folder), new_token()

    def tab(key: str) -> None:
        for _ in range(100):
            store.update(
                token,
                lambda answers: answers | {key: answers.get(key, 0) + 1, "both": answers.get("both", 0) + 1},
            )
        store.close()

    tabs = [threading.Thread(target=tab, args=(key,)) for key in ("left", "right")]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert store.read(token) == {"left": 100, "right": 100, "both": 200}
    store.close()


def test_workers_that_open_a_new_folder_at_once_lose_nothing(folder: Path) -> None:
    token = new_token()
    start = multiprocessing.get_context("fork").Process
    workers = [start(target=count_up, args=(folder, token, "n", 25)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    store = Store(folder)
    assert store.read(token) == {"n": 100}
    store.close()


def test_a_store_used_before_a_fork_works_in_parent_and_child(store: Store) -> None:
    token = new_token()
    store.update(token, put({"parent": 1}))

    inherited = store._connection()

    def child() -> int:
        if store._connection() is inherited:
            return 2
        store.update(token, put({"child": 1}))
        return 0 if store.read(token) == {"parent": 1, "child": 1} else 1

    assert in_child(child) == 0
    store.update(token, put({"parent": 2}))
    assert store.read(token) == {"parent": 2, "child": 1}


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


# Faults


def test_a_full_store_says_so_and_keeps_what_it_has(folder: Path, clock: Clock) -> None:
    store, token = Store(folder, now=clock, room=256 * 1024), new_token()
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
        store, token = Store(folder), new_token()
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
            for call in calls(Store(folder)):
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
    for call in calls(Store(tmp_path / "file" / "kept")):
        with pytest.raises(StoreUnavailable):
            call()


def test_a_damaged_file_says_what_to_delete(folder: Path) -> None:
    folder.mkdir()
    (folder / "answers.sqlite3").write_bytes(b"this is no database " * 500)
    for call in calls(Store(folder)):
        with pytest.raises(StoreUnavailable, match="delete it") as fault:
            call()
        assert fault.value.reason == "damaged"


def test_a_store_that_another_program_holds_gives_up_after_its_patience(folder: Path, clock: Clock) -> None:
    store, token = Store(folder, now=clock, patience=0.05), new_token()
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


# Where


def test_the_folder_is_the_one_that_is_named_or_a_private_one_of_the_user(tmp_path: Path) -> None:
    assert data_folder({"HEARD_DATA": str(tmp_path), "XDG_STATE_HOME": "/elsewhere"}) == tmp_path
    assert data_folder({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "heard"
    home = Path.home() / ".local/state/heard"
    assert data_folder({}) == home
    assert data_folder({"XDG_STATE_HOME": "not/absolute", "HEARD_DATA": ""}) == home
    assert data_folder({"HEARD_DATA": "~/heard"}) == Path.home() / "heard"
