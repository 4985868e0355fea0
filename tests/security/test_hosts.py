"""Hosts that are served, and the secret that workers share."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tiny_app import HTTPS, make_app

from webapp import security
from webapp.settings import Settings
from webapp.store import StoreUnavailable


def test_only_this_machine_is_served_until_hosts_are_named(folder: Path) -> None:
    client = make_app(folder).test_client()
    for site in ("http://localhost:8000", "http://127.0.0.1:8000"):
        assert client.get("/form", base_url=site).status_code == 200
    assert client.get("/form", base_url=HTTPS).status_code == 400


def test_a_host_that_is_not_named_is_refused_and_the_log_says_what_to_set(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/form", base_url="https://elsewhere.example")
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert "HEARD_HOSTS" in caplog.text
    assert client.get("/form", base_url=HTTPS).status_code == 200


def test_workers_share_one_secret_that_only_their_user_can_read(folder: Path) -> None:
    first, second = make_app(folder), make_app(folder)
    assert first.secret_key == second.secret_key
    assert len(str(first.secret_key)) >= 43
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret"]


def test_a_secret_that_is_named_is_not_written_down(folder: Path) -> None:
    assert make_app(folder, HEARD_SECRET="s" * 32).secret_key == "s" * 32
    assert not folder.exists()


def test_a_short_secret_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="32 random characters"):
        make_app(folder, HEARD_SECRET="hush")


def test_a_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable):
        security.secure(Flask("tiny"), Settings(data=tmp_path / "file" / "kept"))
