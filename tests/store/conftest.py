"""The fixtures of the tests of the stores: a clock that stands still, and a store of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from storing import Clock, OnDisk, OnServer, Place

from webapp.store import Store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "redis"])
def place(request: pytest.FixtureRequest, folder: Path, clock: Clock) -> Iterator[Place]:
    """Where the answers lie: in a file, and then all again on a Redis server."""
    made: Place
    if request.param == "sqlite":
        made = OnDisk(folder, clock)
    else:
        made = OnServer(request.getfixturevalue("redis_server"), clock)
    yield made
    made.close()


@pytest.fixture
def store(place: Place) -> Store:
    return place.open()


@pytest.fixture
def on_disk(folder: Path, clock: Clock) -> Iterator[OnDisk]:
    made = OnDisk(folder, clock)
    yield made
    made.close()
