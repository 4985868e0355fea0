"""The fixtures of the tests of security: an app of a few lines, the whole site, and browsers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attacking import TODAY, Browser
from flask import Flask
from flask.testing import FlaskClient
from tiny_app import make_app

from webapp.limiting import Limits
from webapp.site import build_site


@pytest.fixture
def app(folder: Path) -> Flask:
    return make_app(folder, HEARD_HOSTS="localhost, heard.example")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The whole site, built once."""
    app = build_site({"HEARD_DATA": str(tmp_path_factory.mktemp("kept"))})
    app.testing = False  # faults get their page, as they do for a parent
    return app


@pytest.fixture
def site(built: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The whole site on a Monday that stays, with nothing counted against anybody yet."""
    for name, module in list(sys.modules.items()):
        if name.startswith("webapp.") and hasattr(module, "london_day"):
            monkeypatch.setattr(module, "london_day", lambda: TODAY)
    monkeypatch.setitem(built.extensions, "limits", Limits())
    return built


@pytest.fixture
def browser(site: Flask) -> Browser:
    """A browser on the whole site."""
    return Browser(site)


@pytest.fixture
def browsers(site: Flask) -> Callable[[], Browser]:
    """Makes another browser."""
    return lambda: Browser(site)
