"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

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
