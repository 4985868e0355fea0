"""What the tests of the website share: the site on a Monday that stays, and visitors who check each page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from answering_pages import TWO_LETTERS
from flask import Flask
from visiting import Visitor

from webapp.flows.law import Law
from webapp.site import build_site

MONDAY = date(2026, 11, 23)

# Its asserts tell as much as those of a test.
pytest.register_assert_rewrite("seeing")


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site, built once: its law is read, and its answers lie in a folder of their own."""
    app = build_site({"HEARD_DATA": str(tmp_path_factory.mktemp("kept"))})
    app.testing = False  # faults get their page, as they do for a parent
    return app


@pytest.fixture(scope="module")
def site(whole_site: Flask) -> Iterator[Flask]:
    """The site on Monday 23 November 2026: every module that asks what day it is gets that one."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("webapp.") and hasattr(module, "london_day"):
                patch.setattr(module, "london_day", lambda: MONDAY)
        yield whole_site


@pytest.fixture
def visitor(site: Flask, law: Law) -> Callable[[], Visitor]:
    """Makes another visitor with a browser of their own."""
    return lambda: Visitor(site, law)


@pytest.fixture
def browse(visitor: Callable[[], Visitor]) -> Visitor:
    """One visitor; every page that they get is checked."""
    return visitor()


@pytest.fixture
def whole(browse: Visitor) -> Visitor:
    """A visitor who has answered everything."""
    browse.walk_all(TWO_LETTERS)
    return browse
