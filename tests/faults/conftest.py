"""What the tests of faults share: a site of their own, and visitors who check each page that they get."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# The visitors are those of the tests of the website.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "web"))
pytest.register_assert_rewrite("seeing")

from redis_server import RedisServer, free_port  # noqa: E402
from running import Site  # noqa: E402


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Starts sites, which end with the test."""
    made: list[Site] = []

    def start(**options: Any) -> Site:
        made.append(Site(options.pop("folder", tmp_path), **options))
        return made[-1].start()

    yield start
    for each in made:
        each.kill()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of this test’s own, which writes each change down before it answers."""
    server = RedisServer(tmp_path / "redis", keeps=True, port=free_port())
    server.start()
    yield server
    server.stop()
