"""The fixtures of the tests of security: an app of a few lines, and a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tiny_app import make_app


@pytest.fixture
def app(folder: Path) -> Flask:
    return make_app(folder, HEARD_HOSTS="localhost, heard.example")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
