"""Answers in the store: what was put in comes out again, from several tabs and workers at once too."""

from __future__ import annotations

import multiprocessing
import threading
import time

import pytest
from storing import OnDisk, Place, in_child, put

from webapp.store import Answers, Store, new_token

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


def test_another_store_on_the_same_place_reads_the_same_answers(store: Store, place: Place) -> None:
    token = new_token()
    store.update(token, put({"role": "parent"}))
    assert place.open().read(token) == {"role": "parent"}


# Several at once


def count_up(place: Place, token: str, key: str, times: int) -> None:
    store = place.open(now=time.time)
    for _ in range(times):
        store.update(token, lambda answers: answers | {key: answers.get(key, 0) + 1})
    store.close()


def test_two_tabs_that_answer_at_once_lose_nothing(store: Store) -> None:
    token = new_token()

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


def test_workers_that_open_a_new_place_at_once_lose_nothing(place: Place) -> None:
    token = new_token()
    start = multiprocessing.get_context("fork").Process
    workers = [start(target=count_up, args=(place, token, "n", 25)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert place.open(now=time.time).read(token) == {"n": 100}


def test_a_store_used_before_a_fork_works_in_parent_and_child(store: Store) -> None:
    token = new_token()
    store.update(token, put({"parent": 1}))

    def child() -> int:
        store.update(token, put({"child": 1}))
        return 0 if store.read(token) == {"parent": 1, "child": 1} else 1

    assert in_child(child) == 0
    store.update(token, put({"parent": 2}))
    assert store.read(token) == {"parent": 2, "child": 1}


def test_a_child_does_not_use_the_connection_of_its_parent(on_disk: OnDisk) -> None:
    store = on_disk.open()
    inherited = store._connection()
    assert in_child(lambda: 2 if store._connection() is inherited else 0) == 0
