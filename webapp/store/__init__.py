"""Where answers stay for an hour: one encrypted record a browser, its key only in that browser’s cookie."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from webapp.settings import Settings
from webapp.store.faults import StoreUnavailable, private_folder
from webapp.store.sealing import TOKEN_BYTES, Answers, new_token
from webapp.store.sqlite import SqliteStore

__all__ = [
    "TOKEN_BYTES",
    "Answers",
    "Store",
    "StoreUnavailable",
    "new_token",
    "open_store",
    "private_folder",
]


class Store(Protocol):
    """What every store does. Each method may raise StoreUnavailable; threads and processes share a store."""

    lifetime: float

    def now(self) -> float:
        """The time by this store’s clock, in seconds since 1970."""

    def read(self, token: str | None) -> Answers | None:
        """The answers kept under a token; None for one that is unknown, expired, forged or malformed."""

    def update(
        self, token: str, change: Callable[[Answers], Answers], *, lifetime: float | None = None
    ) -> Answers:
        """Replaces the answers by what `change` makes of them, and gives what is now kept.

        Nobody else writes in between, so that two tabs lose nothing; `change` may be called again for that.
        It gets an empty dict where nothing is kept (any more), and the record is then made; where it raises,
        all stays as it was. `lifetime` is in seconds, where it is not the store’s own.
        Raises ValueError for a malformed token.
        """

    def touch(self, token: str | None, *, lifetime: float | None = None) -> bool:
        """Begins the time of silence anew. False where nothing is kept under the token.

        `lifetime` is in seconds, where it is not the store’s own.
        """

    def rotate(self, old: str | None) -> str:
        """Moves the answers to a new token and key, and gives the token; where nothing is kept, just that.

        Of several who ask at once, one gets the answers.
        """

    def destroy(self, token: str | None) -> None:
        """Destroys what is kept under a token. Nothing kept is no error.

        Where it raises StoreUnavailable, take the cookie away all the same: without it nobody can read them.
        """

    def sweep(self) -> int:
        """Destroys what has expired, and gives how many records that were."""

    def watch(self) -> None:
        """From now on this process destroys what expires, even while nobody visits."""

    def close(self) -> None:
        """Closes what this thread holds open; the next call opens it again."""


def open_store(settings: Settings, lifetime: float) -> Store:
    """The store that the settings name; answers stay there for `lifetime` seconds of silence.

    A Redis server that does not answer is logged and waited for: the site says so meanwhile, and goes on by
    itself. Raises StoreUnavailable for one that refuses us.
    """
    if not settings.store:
        return SqliteStore(settings.data, lifetime=lifetime)
    from webapp.store.redis import RedisStore  # only now: most sites need no Redis, and it is slow to load

    store = RedisStore(settings.store, lifetime=lifetime)
    try:
        advice = store.look()
    except StoreUnavailable as fault:
        if fault.reason != "away":
            raise
        advice = [str(fault)]
    finally:
        store.close()  # a connection is not for the processes that are forked from this one
    for each in advice:
        logging.getLogger("gunicorn.error").warning("%s", each)
    return store
