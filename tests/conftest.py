"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis_server import RedisServer

from webapp.flows.law import Law
from webapp.flows.reading import read_law
from webapp.places import flows_folder, templates_folder


@pytest.fixture(scope="session")
def law() -> Law:
    """The law and the letters’ words as they are in this checkout."""
    return read_law(flows_folder(), templates_folder() / "letters")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet, for what the site keeps."""
    return tmp_path / "kept"


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A real Redis server, reached through a socket. Empty it before use."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()
