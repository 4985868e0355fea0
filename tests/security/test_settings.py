"""Settings: each checked at the start, every wrong one named at once, with what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.places import package_folder
from webapp.settings import KNOWN, SettingsError, data_folder, read_settings

SECRET = "0123456789abcdef0123456789abcdef"


def test_everything_can_be_left_out() -> None:
    settings = read_settings({"HOME": "/nowhere"})
    assert settings.hosts == ("localhost", "127.0.0.1")
    assert (settings.secret, settings.store, settings.port) == ("", "", 8000)


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "HEARD_DATA": str(tmp_path),
            "HEARD_SECRET": SECRET,
            "HEARD_HOSTS": "heard.example, www.heard.example  localhost",
            "HEARD_STORE": "rediss://heard:hush@redis.example:6380/2?ssl_ca_certs=ca.pem",
            "PORT": "8001",
        }
    )
    assert settings.data == tmp_path
    assert settings.secret == SECRET
    assert settings.hosts == ("heard.example", "www.heard.example", "localhost")
    assert settings.store.startswith("rediss://")
    assert settings.port == 8001


def test_an_empty_setting_is_one_that_is_left_out() -> None:
    assert read_settings(dict.fromkeys([*KNOWN, "PORT"], "")) == read_settings({})


def test_all_that_is_wrong_is_named_at_once_and_no_secret_is_repeated(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError) as fault:
        read_settings(
            {
                "HEARD_DATA": str(tmp_path / "file" / "kept"),
                "HEARD_SECRET": "hush-hush",
                "HEARD_HOSTS": "https://heard.example/",
                "HEARD_STORE": "postgres://heard:hush-hush@db.example",
                "HEARD_HOST": "heard.example",
                "PORT": "80 80",
            }
        )
    lines = str(fault.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "HEARD_HOST",
        "HEARD_DATA",
        "HEARD_STORE",
        "HEARD_SECRET",
        "HEARD_HOSTS",
        "PORT",
    ]
    assert "Did you mean HEARD_HOSTS?" in lines[0]
    assert "hush" not in str(fault.value)


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("localhost:6379", "begins with none of"),
        ("redis://", "names no server"),
        ("redis://redis.example:six", "not a number"),
        ("redis://redis.example:99999", "not a number"),
        ("redis://redis.example/first", "number of a database"),
        ("redis://redis.example?socket_timeout=99", "not socket_timeout"),
        ("unix://", "names no socket"),
    ],
)
def test_an_address_that_is_none_is_refused(store: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_settings({"HEARD_STORE": store, "HEARD_SECRET": SECRET})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "1e3", "９"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="between 1 and 65535"):
        read_settings({"PORT": port})


def test_machines_that_share_a_store_must_share_a_secret() -> None:
    with pytest.raises(SettingsError, match="HEARD_SECRET: it is missing"):
        read_settings({"HEARD_STORE": "redis://redis.example"})
    assert read_settings({"HEARD_STORE": "redis://redis.example", "HEARD_SECRET": SECRET}).store


def test_the_folder_is_the_one_that_is_named_or_a_private_one_of_the_user(tmp_path: Path) -> None:
    assert data_folder({"HEARD_DATA": str(tmp_path), "XDG_STATE_HOME": "/elsewhere"}) == tmp_path
    assert data_folder({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "heard"
    home = Path.home() / ".local/state/heard"
    assert data_folder({}) == home
    assert data_folder({"XDG_STATE_HOME": "not/absolute", "HEARD_DATA": ""}) == home
    assert data_folder({"HEARD_DATA": "~/heard"}) == Path.home() / "heard"


def test_the_server_does_not_start_with_wrong_settings_and_says_why(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "HEARD_DATA": str(tmp_path), "HEARD_SECRE": "x", "PORT": "none"}
    started = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", str(package_folder() / "gunicorn_conf.py")],
        cwd=package_folder().parent, env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert started.returncode == 2
    assert started.stderr.splitlines() == [
        "Heard cannot start:",
        "HEARD_SECRE: there is no such setting. Did you mean HEARD_SECRET?",
        "PORT: it is not a number between 1 and 65535. Leave it out for 8000.",
    ]
