"""What all tests share."""

from __future__ import annotations

import pytest

from webapp.flows.law import Law
from webapp.flows.reading import read_law
from webapp.places import flows_folder, templates_folder


@pytest.fixture(scope="session")
def law() -> Law:
    """The law and the letters’ words as they are in this checkout."""
    return read_law(flows_folder(), templates_folder() / "letters")
