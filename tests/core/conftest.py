"""The fixtures of the core’s tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from routing import Letter, Routes

from webapp.flows.law import Law


@pytest.fixture(scope="session")
def routes(law: Law) -> Routes:
    """Makes cases and routes them."""
    return Routes(law)


@pytest.fixture(scope="session")
def letter(routes: Routes) -> Callable[..., Letter]:
    """Makes a case in which one letter is open, and routes it."""
    return routes.letter
