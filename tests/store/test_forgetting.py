"""Answers are gone when they are destroyed, or when their hour is over."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from storing import MARK, Clock, OnDisk, Place, put

from webapp.store import Store, new_token

# Rotation and destruction


def test_after_rotation_the_new_token_opens_the_answers_and_the_old_one_nothing(store: Store) -> None:
    old = new_token()
    store.update(old, put({"role": "parent"}))
    new = store.rotate(old)
    assert new != old
    assert store.read(new) == {"role": "parent"}
    assert store.read(old) is None


def pieces_of(place: Place) -> list[bytes]:
    """Some of the bytes that lie there now, ids among them."""
    found = []
    for id, sealed in place.records().items():
        found += [id, *(sealed[start : start + 32] for start in range(0, len(sealed) - 32, 997))]
    assert len(found) > 5
    assert all(piece in place.everything() for piece in found)
    return found


def assert_gone(pieces: list[bytes], place: Place) -> None:
    left = place.everything()
    assert not [piece for piece in pieces if piece in left]


def test_rotation_leaves_no_byte_under_the_old_key(store: Store, place: Place) -> None:
    old = new_token()
    store.update(old, put({"details": MARK * 200}))
    pieces = pieces_of(place)
    store.rotate(old)
    assert_gone(pieces, place)


def test_of_many_who_rotate_at_once_one_gets_the_answers(store: Store) -> None:
    old, found = new_token(), []
    store.update(old, put({"role": "parent"}))
    start = threading.Barrier(6)

    def rotate() -> None:
        start.wait()
        found.append(store.read(store.rotate(old)))
        store.close()

    threads = [threading.Thread(target=rotate) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found, key=bool) == [None] * 5 + [{"role": "parent"}]


def test_destroyed_answers_leave_no_byte(store: Store, place: Place) -> None:
    token = new_token()
    store.update(token, put({"details": MARK * 2000}))
    pieces = pieces_of(place)
    store.destroy(token)
    assert store.read(token) is None
    assert_gone(pieces, place)


def test_a_reader_in_the_way_does_not_hold_up_finishing_and_the_next_sweep_clears_the_rest(
    on_disk: OnDisk, folder: Path
) -> None:
    store, token = on_disk.open(), new_token()
    store.update(token, put({"details": MARK * 200}))
    pieces = pieces_of(on_disk)
    reader = sqlite3.connect(folder / "answers.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM answers").fetchall()
    store.destroy(token)
    assert store.read(token) is None
    assert on_disk.log() > 0
    reader.close()
    assert store.sweep() == 0
    assert on_disk.log() == 0
    assert_gone(pieces, on_disk)


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


def test_the_length_of_the_silence_is_a_setting(place: Place, clock: Clock) -> None:
    store, token = place.open(lifetime=60), new_token()
    store.update(token, put({"role": "parent"}))
    clock.time += 60
    assert store.read(token) is None


def test_one_row_may_have_a_shorter_time_than_the_others(store: Store, clock: Clock) -> None:
    short, long = new_token(), new_token()
    store.update(short, put({"role": "parent"}), lifetime=300)
    store.update(long, put({"role": "carer"}))
    clock.time += 299
    new = store.rotate(short)
    assert store.read(new) == {"role": "parent"}
    store.update(short, put({"role": "parent"}), lifetime=300)
    clock.time += 300
    assert store.read(short) is None
    assert store.read(long) == {"role": "carer"}
    clock.time += 3299
    assert store.read(new) == {"role": "parent"}, "what moved has the store’s own time again"


def test_a_clock_set_forward_shows_nothing_that_has_expired_and_set_back_again_nothing_either(
    on_disk: OnDisk, clock: Clock
) -> None:
    store, token = on_disk.open(), new_token()
    store.update(token, put({"role": "parent"}))
    clock.time += 7200
    assert store.read(token) is None
    store.sweep()
    clock.time -= 7200
    assert store.read(token) is None


def test_a_clock_set_back_a_little_loses_no_answer(store: Store, clock: Clock) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    clock.time -= 1800
    assert store.touch(token) is True
    assert store.read(token) == {"role": "parent"}
    assert store.sweep() == 0


def test_answers_kept_while_the_clock_was_far_ahead_do_not_outstay_their_hour(
    on_disk: OnDisk, clock: Clock
) -> None:
    store, token = on_disk.open(), new_token()
    clock.time += 90_000
    store.update(token, put({"role": "parent"}))
    clock.time -= 90_000
    assert store.read(token) is None
    assert store.touch(token) is False
    store.sweep()
    assert not on_disk.records()


# Sweeping a file


def test_sweeping_deletes_what_has_expired_and_nothing_else(on_disk: OnDisk, clock: Clock) -> None:
    store, old, young = on_disk.open(), new_token(), new_token()
    store.update(old, put({"details": MARK * 200}))
    pieces = pieces_of(on_disk)
    clock.time += 1800
    store.update(young, put({"role": "carer"}))
    clock.time += 1800
    assert store.sweep() == 1
    assert len(on_disk.records()) == 1
    assert on_disk.log() == 0
    assert_gone(pieces, on_disk)
    assert store.read(young) == {"role": "carer"}


def test_writing_sweeps_at_most_once_a_minute(on_disk: OnDisk, clock: Clock) -> None:
    store = on_disk.open()
    store.update(new_token(), put({"role": "parent"}))
    clock.time += 3550
    store.update(new_token(), put({"role": "carer"}))
    clock.time += 55
    store.update(new_token(), put({"role": "carer"}))
    assert len(on_disk.records()) == 3
    clock.time += 5
    store.update(new_token(), put({"role": "carer"}))
    assert len(on_disk.records()) == 3


def test_a_site_that_nobody_visits_is_swept_too(
    on_disk: OnDisk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.store.sqlite.SWEEP_EVERY", 0.02)
    store = on_disk.open()
    for _ in range(2):
        before = set(threading.enumerate())
        store.update(new_token(), put({"role": "parent"}))
        (watch,) = set(threading.enumerate()) - before
        assert len(on_disk.records()) == 1
        clock.time += 3600
        watch.join(10)
        assert not watch.is_alive(), "the watch ends when no row is left to wait for"
        assert not on_disk.records()


def test_a_process_that_begins_destroys_what_expired_while_there_was_none(
    on_disk: OnDisk, clock: Clock
) -> None:
    first = on_disk.open()
    first.update(new_token(), put({"details": MARK * 200}))
    first.close()
    pieces = pieces_of(on_disk)
    clock.time += 3600
    on_disk.open().watch()
    assert_gone(pieces, on_disk)


def test_watching_makes_no_file_where_there_is_none(on_disk: OnDisk, folder: Path) -> None:
    on_disk.open().watch()
    assert not folder.exists()
