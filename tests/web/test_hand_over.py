"""From the kiosk to a phone: one use, minutes only, and nothing about the case in any address."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from answering_pages import TWO_LETTERS
from flask import Flask
from handing import HOST, Device, code_of, later
from page_tree import text_of
from seeing import cards

from webapp.clock import london_time
from webapp.store import Store, new_token

USED = "This code was used or is too old"
OPENED = "It was opened on a phone"
OVER = "The code does not work any more"
MARKED = "Marmalade: I had the report ten minutes before."


@pytest.fixture
def store(site: Flask) -> Store:
    """Where the answers lie."""
    found: Store = site.extensions["heard"].store
    return found


# The way


def test_the_phone_gets_the_plan_and_the_kiosk_keeps_its_own(
    kiosk: Device, phone: Device, store: Store
) -> None:
    address = kiosk.show_code()
    assert re.fullmatch(rf"https://{HOST}/en/open\?code=[a-z2-7]{{26}}", address)
    phone.scan(address)
    assert phone.page.h1 == "Open it on this phone?"
    assert phone.token() is None
    phone.press("/en/open")
    assert phone.path == "/en/plan"
    assert len(cards(phone.page)) == 2
    assert phone.token() not in (None, kiosk.token())
    assert store.read(phone.token()) == store.read(kiosk.token())
    assert kiosk.get("/en/hand-over").h1 == OPENED
    assert len(cards(kiosk.get("/en/plan"))) == 2


def test_what_the_phone_changes_stays_on_the_phone(kiosk: Device, phone: Device) -> None:
    phone.scan(kiosk.show_code())
    phone.press("/en/open")
    phone.get("/en/letter-1/details-1?from=check")
    phone.submit(details="Wallaby: typed on the phone")
    assert "Wallaby" in json.dumps(phone.kept())
    assert "Wallaby" not in json.dumps(kiosk.kept())


def test_an_unfinished_case_goes_on_at_its_open_question(device: Callable[[], Device]) -> None:
    kiosk, phone = device(), device()
    kiosk.begin()
    kiosk.walk(TWO_LETTERS, until="/concerns")
    phone.scan(kiosk.show_code())
    phone.press("/en/open")
    assert phone.path == "/en/concerns"


def test_in_welsh_the_address_leads_to_welsh_pages(kiosk: Device, phone: Device) -> None:
    kiosk.get("/cy/hand-over")
    kiosk.press("/cy/hand-over")
    phone.scan(text_of(kiosk.page.one("p", "heard-code-address")))
    phone.press("/cy/open")
    assert phone.path == "/cy/plan"


def test_the_language_and_the_text_size_change_without_losing_the_code(kiosk: Device, phone: Device) -> None:
    address = kiosk.show_code()
    phone.scan(address)
    phone.get(phone.page.links("header")["Cymraeg"])
    phone.get(next(a.get("href", "") for a in phone.page.all("a", "heard-sizes__link--175")))
    assert phone.address == f"/cy/open?code={code_of(address)}"
    phone.press("/cy/open")
    assert phone.path == "/cy/plan"


def test_who_types_the_address_may_use_capitals(kiosk: Device, phone: Device) -> None:
    code = code_of(kiosk.show_code())
    phone.get(f"/en/open?code={code.upper()[:13]}%20{code[13:]}")
    phone.press("/en/open")
    assert phone.path == "/en/plan"


# Once


def test_looking_at_the_address_uses_nothing_up_and_tells_nothing(
    kiosk: Device, phone: Device, device: Callable[[], Device]
) -> None:
    address = kiosk.show_code().removeprefix(f"https://{HOST}")
    preview = device()
    for _ in range(3):
        seen = preview.get(address)
        assert preview.client.head(address).data == b""
    for told in ("Durham", "Leanne", "Kai", "conference", "complaint", "Marmalade"):
        assert told not in seen.html, told
    assert seen.title == "Open it on this phone - Heard"
    assert '<meta name="robots" content="noindex">' in seen.html
    assert preview.token() is None
    phone.scan(address)
    phone.press("/en/open")
    assert phone.path == "/en/plan"


def test_a_code_opens_once(kiosk: Device, phone: Device, device: Callable[[], Device]) -> None:
    address, other = kiosk.show_code(), device()
    other.scan(address)
    phone.scan(address)
    phone.press("/en/open")
    other.press("/en/open", 410)
    assert other.page.h1 == USED
    assert other.token() is None
    other.scan(address, 410)
    assert other.page.h1 == USED


def test_of_many_who_press_at_once_one_gets_it(kiosk: Device, device: Callable[[], Device]) -> None:
    address = kiosk.show_code()
    phones = [device() for _ in range(8)]
    for each in phones:
        each.scan(address)
    start, got = threading.Barrier(len(phones)), []

    def press(each: Device) -> None:
        fields = each.page.form.filled()
        start.wait()
        got.append(each.send("/en/open", fields).status_code)

    threads = [threading.Thread(target=press, args=(each,)) for each in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [303] + [410] * 7
    assert [bool(each.token()) for each in phones].count(True) == 1


@pytest.mark.parametrize(
    "code", ["", "x", "a" * 26, "a" * 25 + "b", "a" * 27, "é" * 26, "1" * 26, "%00" * 26, "a" * 5000]
)
def test_a_code_that_never_was_opens_nothing(phone: Device, code: str) -> None:
    assert phone.get(f"/en/open?code={code}", 410).h1 == USED
    assert phone.get("/en/open", 410).h1 == USED
    phone.get("/en/come-back")
    response = phone.send("/en/open", phone.page.form.filled(code=code))
    assert response.status_code == 410


def test_a_code_is_no_cookie(kiosk: Device, phone: Device, store: Store) -> None:
    code = code_of(kiosk.show_code())
    for token in (code, code + "a" * 17, (code * 2)[:43]):
        assert store.read(token) is None
        phone.client.set_cookie("__Host-heard", token, domain=HOST, secure=True)
        phone.get("/en/plan")
        assert phone.path == "/en/nation"


# Minutes


def test_the_page_says_until_when_by_the_clock_in_london(
    kiosk: Device, store: Store, saved_case: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = datetime(2026, 11, 23, 14, 0, 10, tzinfo=ZoneInfo("Europe/London")).timestamp()
    monkeypatch.setattr(store, "_now", lambda: monday)
    kiosk.bring_back(saved_case)
    kiosk.show_code()
    assert "Use it before 14:05. The code works once, and for 5 minutes at most." in kiosk.page.text


def test_in_summer_london_is_an_hour_ahead() -> None:
    monday = datetime(2026, 7, 6, 13, 5, tzinfo=ZoneInfo("UTC")).timestamp()
    assert f"{london_time(monday):%A %H:%M}" == "Monday 14:05"


def test_after_its_minutes_a_code_opens_nothing(
    kiosk: Device, phone: Device, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = kiosk.show_code()
    later(store, monkeypatch, 295)
    phone.scan(address)
    assert kiosk.get("/en/hand-over").h1 == "Point the phone’s camera here"
    later(store, monkeypatch, 6)
    phone.press("/en/open", 410)
    assert phone.page.h1 == USED
    assert kiosk.get("/en/hand-over").h1 == OVER
    assert kiosk.show_code() != address


def test_a_new_code_ends_the_one_before(kiosk: Device, phone: Device, store: Store) -> None:
    first, old = kiosk.show_code(), kiosk.page
    (again,) = [each for each in old.forms if each.action == "/en/hand-over/cancel"]
    kiosk.post("/en/hand-over", again.filled())  # a second press, or a page from before
    second = text_of(kiosk.page.one("p", "heard-code-address"))
    assert second != first
    phone.scan(first, 410)
    phone.scan(second)


def test_the_phone_keeps_its_copy_for_an_hour_of_its_own(
    kiosk: Device, phone: Device, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.scan(kiosk.show_code())
    phone.press("/en/open")
    later(store, monkeypatch, 3500)
    assert phone.get("/en/check").h1 == "Check what you told us"
    later(store, monkeypatch, 3700)
    phone.get("/en/check")
    assert phone.path == "/en/nation"


# Ended by hand


def test_a_code_that_was_stopped_opens_nothing(kiosk: Device, phone: Device) -> None:
    address = kiosk.show_code()
    phone.scan(address)
    kiosk.press("/en/hand-over/cancel")
    assert kiosk.page.h1 == "Send it to a phone"
    phone.press("/en/open", 410)
    assert phone.page.h1 == USED


@pytest.mark.parametrize("way", ["/en/finish", "/leave", "/en/cleared"])
def test_who_clears_the_kiosk_stops_the_code_too(kiosk: Device, phone: Device, way: str) -> None:
    address = kiosk.show_code()
    phone.scan(address)
    (form,) = [each for each in kiosk.page.forms if each.action == "/en/hand-over/cancel"]
    if way == "/en/cleared":
        kiosk.client.get(way)
    else:
        kiosk.send(way, form.filled())
    phone.press("/en/open", 410)
    assert phone.page.h1 == USED


def test_who_clears_the_kiosk_afterwards_leaves_the_phone_its_copy(kiosk: Device, phone: Device) -> None:
    phone.scan(kiosk.show_code())
    phone.press("/en/open")
    kiosk.get("/en/hand-over")
    kiosk.press("/en/finish")
    assert kiosk.path == "/en/finished"
    assert len(cards(phone.get("/en/plan"))) == 2


# The phone’s own answers


def test_a_phone_with_answers_is_asked_before_they_are_replaced(
    kiosk: Device, phone: Device, store: Store
) -> None:
    phone.begin()
    phone.walk({}, until="/role")
    before = phone.token()
    phone.scan(kiosk.show_code())
    assert "There are answers on this phone already." in phone.page.text
    phone.follow("Keep the old ones")
    assert phone.path == "/en/role"
    phone.scan(text_of(kiosk.page.one("p", "heard-code-address")))
    phone.press("/en/open")
    assert phone.path == "/en/plan"
    assert phone.token() != before
    assert store.read(before) is None


def test_answers_that_came_after_the_page_was_shown_are_not_lost_unasked(
    kiosk: Device, phone: Device
) -> None:
    address = kiosk.show_code()
    phone.scan(address)
    fields = phone.page.form.filled()
    phone.begin()
    phone.walk({}, until="/role")
    token = phone.token()
    phone.post("/en/open", fields | {"csrf_token": phone.page.form.filled()["csrf_token"]})
    assert "There are answers on this phone already." in phone.page.text
    assert phone.token() == token
    phone.press("/en/open")
    assert phone.path == "/en/plan"


# What is kept, and what is told


def test_the_copy_is_locked_and_its_code_is_nowhere_on_the_disk(
    kiosk: Device, phone: Device, store: Store
) -> None:
    code = code_of(kiosk.show_code())
    folder: Path = store.path.parent

    def disk() -> bytes:
        return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())

    for secret in (MARKED, "Marmalade", "Leanne", code, code[:12], code.upper()):
        assert secret.encode() not in disk(), secret
    connection = sqlite3.connect(store.path)
    rows = dict(connection.execute("SELECT id, sealed FROM answers").fetchall())
    phone.get(f"/en/open?code={code}")
    phone.press("/en/open")
    after = dict(connection.execute("SELECT id, sealed FROM answers").fetchall())
    connection.close()
    (gone,) = rows.keys() - after.keys()
    assert len(rows[gone]) > 2000
    assert rows[gone][100:164] not in disk(), "its bytes are overwritten"


def test_the_state_is_told_without_a_word(kiosk: Device, phone: Device) -> None:
    def state() -> tuple[int, bytes]:
        response = kiosk.client.get("/en/hand-over/state")
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.headers.getlist("Set-Cookie")
        return response.status_code, response.data

    address = kiosk.show_code()
    assert state() == (204, b"")
    phone.scan(address)
    assert state() == (204, b"")
    phone.press("/en/open")
    assert state() == (200, b"")
    assert phone.client.get("/en/hand-over/state").status_code == 200


def test_no_log_holds_a_code(
    site: Flask, kiosk: Device, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = kiosk.show_code()
    code, stream = code_of(address), StringIO()
    handler, server = logging.StreamHandler(stream), logging.getLogger("werkzeug")
    phone.scan(address)

    def broken(_self: object, code: str) -> str:
        raise RuntimeError(code)

    monkeypatch.setattr("webapp.hand_over.HandOvers.take", broken)
    monkeypatch.setattr("webapp.hand_over.HandOvers.holds", broken)
    for logger in (site.logger, server):
        logger.addHandler(handler)
    try:
        server.error('"%s" %s', f"GET {address} HTTP/1.1", 200)
        phone.press("/en/open", 500)
        phone.scan(address, 500)
    finally:
        for logger in (site.logger, server):
            logger.removeHandler(handler)
    assert "RuntimeError" in stream.getvalue()
    assert code not in stream.getvalue()
    assert code not in phone.page.text


def test_a_form_without_its_secret_opens_nothing_and_shows_no_code(kiosk: Device, phone: Device) -> None:
    address = kiosk.show_code()
    phone.scan(address)
    phone.post("/en/open", {"code": code_of(address), "csrf_token": "x"}, 400)
    assert code_of(address) not in phone.page.text
    phone.scan(address)
    phone.press("/en/open")
    assert phone.path == "/en/plan"


def test_a_stranger_s_key_shows_no_code_of_another_browser(kiosk: Device, phone: Device) -> None:
    kiosk.show_code()
    phone.client.set_cookie("__Host-heard", new_token(), domain=HOST, secure=True)
    phone.get("/en/hand-over")
    assert phone.path == "/en/nation"


def test_nobody_without_answers_gets_a_code(phone: Device) -> None:
    phone.get("/en/hand-over")
    assert phone.path == "/en/nation"
    for action in ("/en/hand-over", "/en/hand-over/cancel"):
        phone.post(action, {"csrf_token": phone.page.form.filled()["csrf_token"]})
    assert phone.token() is None
