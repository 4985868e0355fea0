"""What watches the site and what is counted: nothing in it says who."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from webapp import health
from webapp.cli import main
from webapp.counters import FILE, FORMAT, LANGUAGE, PAGES, ROUTE, TEMPLATE, Counters, Tally
from webapp.site import build_site
from webapp.store import StoreUnavailable

DAY = date(2026, 11, 23)
MARK = "Marigold-of-the-marsh"
TEMPLATES = "/en/templates/england/conference-durham/stage-1/complaint/en/complaint.txt"


def site(folder: Path, **environ: str) -> Flask:
    return build_site({"HEARD_DATA": str(folder), **environ})


def logged(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


# Health


def test_a_site_that_is_well_says_so_and_nothing_else(folder: Path) -> None:
    response = site(folder).test_client().get("/healthz", headers={"Host": "10.0.0.7"})
    assert response.status_code == 200
    assert response.get_json() == {
        "ok": True,
        "store": True,
        "data": True,
        "disk": True,
        "renderers": True,
        "processes": 0,
        "line": 0,
    }
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_it_says_what_is_not_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = site(folder)
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 60)
    monkeypatch.setattr(health, "london_day", lambda: date(2099, 1, 1))

    def away(token: str | None) -> None:
        raise StoreUnavailable(folder, OSError(28, "No space left on device"))

    monkeypatch.setattr(app.extensions["heard"].store, "read", away)
    response = app.test_client().get("/healthz")
    assert response.status_code == 503
    said = response.get_json()
    assert [key for key, value in said.items() if value is False] == ["ok", "store", "data", "disk"]


def test_only_looking_is_answered(folder: Path) -> None:
    client = site(folder).test_client()
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").data == b""


# The log of requests


def test_nothing_is_logged_unless_it_is_switched_on(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    site(folder).test_client().get("/en/")
    assert capfd.readouterr() == ("", "")


def test_a_line_of_the_log_holds_no_word_no_address_and_no_person(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = site(folder, HEARD_LOG="json").test_client()
    client.get(f"/cy/templates?council={MARK}", headers={"User-Agent": MARK, "Referer": f"/{MARK}"})
    client.get(f"/en/{MARK}?{MARK}")
    client.post("/en/name", data={"you.name": MARK})
    client.open("/en/", method=MARK[:8].upper())
    output = capsys.readouterr().out
    assert MARK not in output
    assert MARK[:8].upper() not in output
    lines = logged(output)
    assert len(lines) == 4
    for line in lines:
        assert set(line) == {"time", "method", "room", "status", "ms", "language"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", str(line["time"])), "no second"
    assert (lines[0]["room"], lines[0]["language"]) == ("library.shelves", "cy")


# Counters


def test_nothing_is_counted_unless_it_is_switched_on(folder: Path) -> None:
    app = site(folder)
    client = app.test_client()
    client.get("/en/")
    client.get(TEMPLATES).close()
    assert not (folder / FILE).exists()
    assert "What is counted" not in client.get("/en/privacy").text


def test_pages_and_templates_are_counted_by_language_and_format(folder: Path) -> None:
    app = site(folder, HEARD_COUNTERS="yes")
    client = app.test_client()
    for _ in range(5):
        assert client.get("/cy/").status_code == 200
        with client.get(TEMPLATES) as response:
            assert response.status_code == 200
    assert "What is counted" in client.get("/en/privacy").text
    client.get("/en/nowhere")
    found = app.extensions["counters"].between("2000-01", "2099-12")
    assert found == [Tally(PAGES, "cy", "5"), Tally(PAGES, "en", "fewer than 5"), Tally(TEMPLATE, "txt", "5")]


def test_the_file_holds_months_and_ids_alone(folder: Path) -> None:
    counters = Counters(folder)
    counters.count(ROUTE, "conference-durham/stage-1/complaint", DAY)
    counters.count(FORMAT, "pdf", DAY)
    counters.count(LANGUAGE, "en", DAY)
    counters.count(LANGUAGE, "en", date(2026, 11, 24))
    file = sqlite3.connect(folder / FILE)
    rows = file.execute("SELECT * FROM counters ORDER BY what").fetchall()
    file.close()
    assert rows == [
        ("2026-11", "letter-format", "pdf", 1),
        ("2026-11", "letter-language", "en", 2),
        ("2026-11", "route", "conference-durham/stage-1/complaint", 1),
    ]


def test_what_cannot_be_counted_troubles_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE).write_text("not a database, and long enough to look at " * 50)
    counters = Counters(tmp_path)
    for _ in range(3):
        counters.count(PAGES, "en", DAY)
    assert caplog.text.count("Nothing is counted") == 1


def test_the_report_hides_small_numbers(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    counters = Counters(folder)
    for month in (3, 4, 5, 6, 7):
        counters.count(FORMAT, "pdf", date(2026, month, 1))
        counters.count(FORMAT, "brf", date(2026, 3, 1))
    counters.count(ROUTE, "conference-durham/stage-2/escalation", date(2026, 5, 1))
    monkeypatch.setenv("HEARD_DATA", str(folder))
    assert main(["counters", "--from", "2026-01", "--to", "2026-12"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "what,id,number",
        "letter-format,brf,5",
        "letter-format,pdf,5",
        "route,conference-durham/stage-2/escalation,fewer than 5",
    ]
    assert main(["counters", "--from", "2026-04", "--to", "2027-03"]) == 0
    assert "letter-format,pdf,fewer than 5" in capsys.readouterr().out


def test_the_report_says_what_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEARD_DATA", str(folder))
    assert main(["counters"]) == 2
    assert "nothing was counted yet" in capsys.readouterr().err
    assert main(["counters", "--from", "2026"]) == 2
    assert "say it like 2026-04" in capsys.readouterr().err
