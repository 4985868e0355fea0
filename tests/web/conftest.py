"""What the tests of the website share: the site on a Monday that stays, and visitors who check each page."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from advocates import Advocate
from answering_pages import TWO_LETTERS
from browser import launch, served
from flask import Flask
from handing import HOST, Device
from playwright.sync_api import Browser, sync_playwright
from visiting import Visitor

from webapp.flows.law import Law
from webapp.library.shelf import Shelf
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


# Handing over


@pytest.fixture(scope="module")
def saved_case(site: Flask, law: Law) -> bytes:
    """The answers of a whole case, as a file."""
    first = Visitor(site, law)
    first.walk_all(TWO_LETTERS)
    return json.dumps(first.kept()).encode()


@pytest.fixture
def device(site: Flask, law: Law, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Device]:
    """Makes a device without answers; each page that it gets is checked."""
    monkeypatch.setitem(site.config, "TRUSTED_HOSTS", ["localhost", HOST])
    return lambda: Device(site, law)


@pytest.fixture
def kiosk(device: Callable[[], Device], saved_case: bytes) -> Device:
    """A screen on which everything is answered."""
    made = device()
    made.get("/en/")
    made.bring_back(saved_case)
    return made


@pytest.fixture
def phone(device: Callable[[], Device]) -> Device:
    """A phone that has never been here."""
    return device()


@pytest.fixture
def advocate(site: Flask, law: Law) -> Advocate:
    """Somebody who looks for a template; every page that they get is checked."""
    return Advocate(site, law)


@pytest.fixture
def shelf(tmp_path: Path, law: Law) -> Shelf:
    """A shelf of its own, on which nothing lies."""
    return Shelf(tmp_path / "library", law)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes every attempt to make a file fail."""

    def refuse(*_: Any) -> None:
        raise AssertionError("a file is made again")

    return lambda: monkeypatch.setattr("webapp.library.shelf.render", refuse)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a module."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(site: Flask) -> Iterator[str]:
    """Where the site is served, on Monday 23 November 2026."""
    with served(site) as found:
        yield found
