"""The fixtures of the tests of the store: a clock that stands still, and a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from storing import Clock

from webapp.store import Store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    store = Store(folder, now=clock)
    yield store
    store.close()
