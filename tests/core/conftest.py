"""The fixtures of the core’s tests."""

from __future__ import annotations

import pytest
from durham import Durham
from expecting import Make
from routing import Routes

from webapp.flows.law import Law

# Its asserts tell as much as those of a test.
pytest.register_assert_rewrite("every_path")


@pytest.fixture(scope="session")
def routes(law: Law) -> Routes:
    """Makes cases and routes them."""
    return Routes(law)


@pytest.fixture(scope="session")
def letter(routes: Routes) -> Make:
    """Makes a case in which one letter is open, and routes it."""
    return routes.letter


@pytest.fixture
def durham(letter: Make) -> Durham:
    """Makes a case in which the conference letter in County Durham is open, and routes it."""
    return Durham(letter)
