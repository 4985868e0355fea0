"""Logs hold no word of a parent."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path

import pytest
from flask import Flask
from tiny_app import MARK

from webapp import security
from webapp.store import StoreUnavailable


@pytest.fixture
def logged() -> io.StringIO:
    return io.StringIO()


def listen(name: str, stream: io.StringIO) -> logging.Logger:
    logger = logging.Logger(name)
    logger.addHandler(logging.StreamHandler(stream))
    logger.addFilter(security.Discreet())
    return logger


def test_a_log_line_loses_its_query_and_nothing_else(logged: io.StringIO) -> None:
    logger = listen("server", logged)
    logger.info('"%s" %s', f"GET /en/council?name={MARK}&a=b HTTP/1.1", 200)
    logger.error("Error handling request %(url)s", {"url": f"/en/council?{MARK}"})
    assert logged.getvalue() == '"GET /en/council HTTP/1.1" 200\nError handling request /en/council\n'


def test_a_fault_is_logged_with_its_place_and_kind_but_not_with_what_it_said(
    app: Flask, logged: io.StringIO
) -> None:
    handler = logging.StreamHandler(logged)
    app.logger.addHandler(handler)
    try:
        assert app.test_client().get(f"/fault?{MARK}").status_code == 500
    finally:
        app.logger.removeHandler(handler)
    log = logged.getvalue()
    assert "Exception on /fault [GET]" in log
    assert "builtins.KeyError: " in log
    assert re.search(r"tiny_app\.py\", line \d+, in fault", log)
    assert MARK not in log


def test_what_led_to_a_fault_is_logged_too(logged: io.StringIO) -> None:
    logger = listen("app", logged)
    try:
        try:
            int(MARK)
        except ValueError as fault:
            raise RuntimeError(MARK) from fault
    except RuntimeError:
        logger.exception("Not expected")
    log = logged.getvalue()
    assert log.index("builtins.ValueError") < log.index("builtins.RuntimeError")
    assert MARK not in log


def test_a_fault_of_the_store_is_logged_with_its_remedy(logged: io.StringIO, tmp_path: Path) -> None:
    logger = listen("app", logged)
    try:
        raise StoreUnavailable(tmp_path, OSError(28, "No space left on device"))
    except StoreUnavailable:
        logger.exception("Not kept")
    assert "Free some space" in logged.getvalue()


def test_the_access_log_that_is_offered_names_no_person_and_no_query() -> None:
    atoms = set(re.findall(r"%\(([^)]+)\)s", security.ACCESS_LOG_FORMAT))
    # Time, method, path without query, status, length, milliseconds: gunicorn’s names for them.
    assert atoms == {"t", "m", "U", "s", "B", "M"}
