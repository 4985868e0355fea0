"""The shared store: its expiry, its restart, its absence, its refusals, and what of it reaches a log."""

from __future__ import annotations

import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from redis_server import RedisServer, free_port
from storing import MARK, Clock, OnServer, put

from webapp.settings import Settings
from webapp.store import Answers, Store, StoreUnavailable, new_token, open_store
from webapp.store.redis import RedisStore, without_password
from webapp.store.sqlite import SqliteStore

PASSWORD = "Pomegranate-by-the-door"


@pytest.fixture
def on_server(redis_server: RedisServer, clock: Clock) -> Iterator[OnServer]:
    made = OnServer(redis_server, clock)
    yield made
    made.close()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of this test’s own, which writes each change down."""
    server = RedisServer(tmp_path / "own", keeps=True, port=free_port())
    server.start()
    yield server
    server.stop()


# Expiry


def test_the_server_itself_destroys_what_has_expired(on_server: OnServer) -> None:
    store, token = on_server.open(lifetime=0.2), new_token()
    store.update(token, put({"role": "parent"}))
    assert store.touch(token) is True
    assert len(on_server.records()) == 1
    time.sleep(0.3)
    assert not on_server.records(), "though the clock of this machine has stood still"
    assert store.read(token) is None


def test_every_record_has_an_end(on_server: OnServer) -> None:
    store = on_server.open()
    tokens = [new_token() for _ in range(3)]
    for token in tokens:
        store.update(token, put({"role": "parent"}))
    store.touch(tokens[0])
    store.rotate(tokens[1])
    store.update(tokens[2], put({"role": "carer"}), lifetime=300)
    with on_server.server.client() as client:
        ends = sorted(client.pttl(key) for key in client.scan_iter())
    assert 290_000 < ends[0] <= 300_000
    assert all(3_590_000 < end <= 3_600_000 for end in ends[1:])


def test_what_is_destroyed_while_a_page_is_looked_at_stays_destroyed(on_server: OnServer) -> None:
    store, token = on_server.open(), new_token()
    store.update(token, put({"role": "parent"}))

    def destroy_and_answer(answers: Answers) -> Answers:
        if answers:
            other = on_server.open()
            other.destroy(token)
        return answers | {"nation": "wales"}

    assert store.update(token, destroy_and_answer) == {"nation": "wales"}, "the second try finds nothing"


# Several at once


def test_a_change_that_never_finds_a_quiet_moment_gives_up(on_server: OnServer) -> None:
    store, other, token = on_server.open(), on_server.open(), new_token()

    def interrupted(answers: Answers) -> Answers:
        other.update(token, put({"n": answers.get("n", 0)}))
        return answers

    with pytest.raises(StoreUnavailable, match="too often") as fault:
        store.update(token, interrupted)
    assert fault.value.reason == "busy"


def test_two_machines_lose_nothing(on_server: OnServer) -> None:
    token = new_token()

    def machine(key: str) -> None:
        store = RedisStore(on_server.server.address)
        for _ in range(50):
            store.update(token, lambda answers: answers | {key: answers.get(key, 0) + 1})

    start = multiprocessing.get_context("fork").Process
    machines = [start(target=machine, args=(key,)) for key in ("left", "right")]
    for each in machines:
        each.start()
    for each in machines:
        each.join()
    assert [each.exitcode for each in machines] == [0, 0]
    assert on_server.open(now=time.time).read(token) == {"left": 50, "right": 50}


# A restart, and absence


def test_a_restart_of_a_server_that_writes_things_down_loses_no_answer(own_server: RedisServer) -> None:
    store, token = RedisStore(own_server.address), new_token()
    store.update(token, put({"role": "parent"}))
    assert own_server.process
    own_server.process.terminate()
    own_server.process.wait()
    own_server.start()
    assert store.read(token) == {"role": "parent"}, "over a connection that had died"
    assert store.update(token, put({"nation": "wales"})) == {"role": "parent", "nation": "wales"}
    own_server.stop()
    own_server.start()
    assert store.read(token) == {"role": "parent", "nation": "wales"}, "killed, not asked to stop"
    store.close()


def test_while_the_server_is_away_each_call_says_so_and_afterwards_all_goes_on(
    own_server: RedisServer,
) -> None:
    store, token = RedisStore(own_server.address), new_token()
    store.update(token, put({"role": "parent"}))
    own_server.stop()
    calls = [
        lambda: store.read(token),
        lambda: store.update(token, put({"role": MARK})),
        lambda: store.touch(token),
        lambda: store.rotate(token),
        lambda: store.destroy(token),
    ]
    for call in calls:
        with pytest.raises(StoreUnavailable, match="does not answer") as fault:
            call()
        assert fault.value.reason == "away"
        assert str(own_server.port) in str(fault.value)
        assert MARK not in str(fault.value)
    own_server.start()
    assert store.read(token) == {"role": "parent"}
    store.close()


def test_a_server_that_takes_the_call_and_says_nothing_holds_nobody_up_for_long() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as deaf:
        store = RedisStore(f"redis://127.0.0.1:{deaf.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            store.read(new_token())
        assert time.monotonic() - began < 3


# Refusals


def test_a_full_server_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    server = RedisServer(tmp_path / "own", "--maxmemory", "3mb", "--maxmemory-policy", "noeviction")
    server.start()
    try:
        store, token = RedisStore(server.address), new_token()
        store.update(token, put({"role": "parent"}))

        def fill() -> None:
            for _ in range(100):
                store.update(new_token(), put({"details": MARK * 5_000}))

        with pytest.raises(StoreUnavailable, match="no room left") as fault:
            fill()
        assert fault.value.reason == "full"
        assert MARK not in str(fault.value)
        assert store.read(token) == {"role": "parent"}
        store.destroy(token)
        assert store.read(token) is None
    finally:
        server.stop()


def test_a_password_is_used_and_never_said(tmp_path: Path) -> None:
    server = RedisServer(tmp_path / "own", port=free_port())
    server.start()
    try:
        with server.client() as client:
            client.config_set("requirepass", PASSWORD)
        token = new_token()
        store = RedisStore(f"redis://:{PASSWORD}@127.0.0.1:{server.port}/0")
        store.update(token, put({"role": "parent"}))
        assert store.read(token) == {"role": "parent"}
        for address in (
            f"redis://127.0.0.1:{server.port}",
            f"redis://:not-{PASSWORD}@127.0.0.1:{server.port}",
        ):
            with pytest.raises(StoreUnavailable, match="It refuses us") as fault:
                open_store(Settings(data=tmp_path, store=address), 3600)
            assert fault.value.reason == "refused"
            assert PASSWORD not in str(fault.value)
    finally:
        server.stop()


def test_the_address_is_said_without_name_and_password() -> None:
    said = without_password(f"rediss://heard:{PASSWORD}@redis.example:6380/2?ssl_ca_certs=ca.pem")
    assert said == "rediss://redis.example:6380/2"


# Which store


def test_a_file_is_the_store_until_a_server_is_named(folder: Path, on_server: OnServer) -> None:
    assert isinstance(open_store(Settings(data=folder), 60), SqliteStore)
    assert not folder.exists()
    shared = open_store(Settings(data=folder, store=on_server.server.address), 60)
    assert isinstance(shared, RedisStore)
    assert shared.lifetime == 60
    assert not folder.exists()


def test_a_server_that_is_not_there_yet_is_named_in_the_log_and_waited_for(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = RedisServer(tmp_path / "own", port=free_port())
    store: Store = open_store(Settings(data=folder, store=server.address), 60)
    assert "does not answer" in caplog.text
    server.start()
    try:
        assert store.read(new_token()) is None
    finally:
        server.stop()


def test_a_server_that_would_throw_answers_away_is_named_in_the_log(
    folder: Path, on_server: OnServer, caplog: pytest.LogCaptureFixture
) -> None:
    with on_server.server.client() as client:
        client.config_set("maxmemory", 100_000_000)
        client.config_set("maxmemory-policy", "allkeys-lru")
        open_store(Settings(data=folder, store=on_server.server.address), 60)
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", 0)
    assert "Set maxmemory-policy noeviction" in caplog.text


def test_threads_share_a_store(on_server: OnServer) -> None:
    store, token = on_server.open(), new_token()
    threads = [threading.Thread(target=lambda n=n: store.update(token, put({f"n{n}": n}))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read(token) == {f"n{n}": n for n in range(8)}
