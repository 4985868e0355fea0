"""The store of several machines: a Redis server, which sees sealed bytes and ids alone."""

from __future__ import annotations

import random
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from redis import Redis
from redis import exceptions as faults
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

from webapp.store.faults import StoreUnavailable
from webapp.store.sealing import Answers, Keys, keys_of, keys_or_refuse, new_token, seal, unseal

T = TypeVar("T")

HOUR = 3600.0
CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 2.0
# How often a change is tried while others change the same answers: two tabs need two or three.
TRIES = 60
# A record is the time at which it expires, then what is sealed.
_EXPIRES = struct.Struct(">d")

_AWAY = "It does not answer. Start it, or look at HEARD_STORE and at the network between."
_REFUSED = "It refuses us. Look at the name and the password in HEARD_STORE, and at what that user may do."
_FULL = "It has no room left, or cannot save. Give it more memory (maxmemory) and free some of its disk."
_COPY = "It is a copy that cannot be written. Name the main server in HEARD_STORE."
_BUSY = "The same answers were changed too often at once."
_BROKEN = "It cannot be used."
_KEPT = "noeviction"


class _Record(NamedTuple):
    expires: float
    sealed: bytes


class RedisStore:
    """The answers of every browser, on a Redis server that several machines share.

    `address` is that of the server: redis://, rediss:// or unix://. Answers are gone after `lifetime` seconds
    of silence by the clock `now`, or by the server’s own clock, whichever is first.
    """

    def __init__(self, address: str, *, lifetime: float = HOUR, now: Callable[[], float] = time.time) -> None:
        self.place = without_password(address)
        self.lifetime = lifetime
        self._now = now
        self._client = Redis.from_url(
            address,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            # One reconnect: after a restart the old connections are dead. Who was slow is not asked again.
            retry=Retry(NoBackoff(), 1, (faults.ConnectionError,)),
            decode_responses=False,
        )

    def now(self) -> float:
        """The time by this store’s clock, in seconds since 1970."""
        return self._now()

    def read(self, token: str | None) -> Answers | None:
        """See Store."""
        keys = keys_of(token)
        if keys is None:
            return None
        with self._faults():
            record = self._alive(self._client.get(_name(keys)))
        return unseal(keys, record.sealed) if record else None

    def update(
        self, token: str, change: Callable[[Answers], Answers], *, lifetime: float | None = None
    ) -> Answers:
        """See Store."""
        keys = keys_or_refuse(token)

        def write(held: _Record | None, pipeline: Pipeline) -> Answers:
            answers = change((unseal(keys, held.sealed) if held else None) or {})
            self._put(pipeline, keys, answers, self.lifetime if lifetime is None else lifetime)
            return answers

        return self._change(keys, write)

    def touch(self, token: str | None, *, lifetime: float | None = None) -> bool:
        """See Store."""
        keys = keys_of(token)
        if keys is None:
            return False

        def extend(held: _Record | None, pipeline: Pipeline) -> bool:
            seconds = self.lifetime if lifetime is None else lifetime
            expires = self._now() + seconds
            # A page that follows its answer within a second needs no second write.
            if held and abs(expires - held.expires) >= 1:
                pipeline.setrange(_name(keys), 0, _EXPIRES.pack(expires))
                pipeline.pexpire(_name(keys), _milliseconds(seconds))
            return held is not None

        return self._change(keys, extend)

    def rotate(self, old: str | None) -> str:
        """See Store."""
        token = new_token()
        before, after = keys_of(old), keys_or_refuse(token)
        if before is None:
            return token

        def move(held: _Record | None, pipeline: Pipeline) -> None:
            answers = unseal(before, held.sealed) if held else None
            pipeline.delete(_name(before))
            if answers is not None:
                self._put(pipeline, after, answers, self.lifetime)

        self._change(before, move)
        return token

    def destroy(self, token: str | None) -> None:
        """See Store."""
        if keys := keys_of(token):
            with self._faults():
                self._client.delete(_name(keys))

    def sweep(self) -> int:
        """Nothing: the server itself destroys what has expired."""
        return 0

    def watch(self) -> None:
        """Nothing: the server itself destroys what has expired."""

    def close(self) -> None:
        """Closes the connections that no thread is using; the next call opens one again."""
        self._client.connection_pool.disconnect(inuse_connections=False)

    def look(self) -> list[str]:
        """What whoever runs the site should change on the server, in sentences."""
        with self._faults():
            found = self._client.info("memory")
        policy, limit = found.get("maxmemory_policy", _KEPT), found.get("maxmemory", 0)
        if limit and policy != _KEPT:
            return [
                f"{self.place}: when it is full it throws answers away (maxmemory-policy {policy})."
                f" Set maxmemory-policy {_KEPT}."
            ]
        return []

    def _alive(self, found: bytes | str | None) -> _Record | None:
        if not isinstance(found, bytes) or len(found) < _EXPIRES.size:
            return None
        record = _Record(_EXPIRES.unpack_from(found)[0], found[_EXPIRES.size :])
        return record if record.expires > self._now() else None

    def _put(self, pipeline: Pipeline, keys: Keys, answers: Answers, lifetime: float) -> None:
        record = _EXPIRES.pack(self._now() + lifetime) + seal(keys, answers)
        pipeline.set(_name(keys), record, px=_milliseconds(lifetime))

    def _change(self, keys: Keys, work: Callable[[_Record | None, Pipeline], T]) -> T:
        """Runs `work`, and does what it puts into the pipeline; again when another wrote in between."""
        with self._faults():
            for tried in range(TRIES):
                with self._client.pipeline() as pipeline:
                    try:
                        pipeline.watch(_name(keys))  # type: ignore[no-untyped-call]
                        held = self._alive(pipeline.get(_name(keys)))
                        pipeline.multi()
                        found = work(held, pipeline)
                        if len(pipeline):
                            pipeline.execute()
                        return found
                    except faults.WatchError:
                        time.sleep(random.uniform(0, 0.001 * min(tried + 1, 20)))
        raise StoreUnavailable(self.place, f"{TRIES} tries", "busy", _BUSY)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except faults.RedisError as fault:
            reason, remedy = _explain(fault)
            # What the server says may repeat what was sent to it; its first word is the kind of fault.
            said = f"{type(fault).__name__}: {str(fault)[:200]}" if reason == "away" else type(fault).__name__
            raise StoreUnavailable(self.place, said, reason, remedy) from fault


def without_password(address: str) -> str:
    """The address of a server without the name and the password in it, for logs."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _name(keys: Keys) -> str:
    return f"heard:{keys.row_id.hex()}"


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _explain(fault: faults.RedisError) -> tuple[str, str]:
    """The reason and the remedy of a fault."""
    refused = (
        faults.AuthenticationError,
        faults.AuthenticationWrongNumberOfArgsError,
        faults.AuthorizationError,
        faults.NoPermissionError,
    )
    if isinstance(fault, refused):
        return "refused", _REFUSED
    if isinstance(fault, (faults.ConnectionError, faults.TimeoutError)):
        return "away", _AWAY
    if isinstance(fault, faults.OutOfMemoryError) or "MISCONF" in str(fault):
        return "full", _FULL
    if isinstance(fault, faults.ReadOnlyError):
        return "read-only", _COPY
    return "broken", _BROKEN
