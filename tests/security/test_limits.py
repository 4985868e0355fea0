"""Limits by cost: a building full of kiosks behind one address never meets one, and a flood does."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from attacking import Browser, faults, whole_case
from flask import Flask

from webapp import limiting
from webapp.flows.law import Law
from webapp.limiting import Allowance, Limits, TooMuch, network_of, visitor_address
from webapp.store import new_token

KIOSKS = 60
OFFICE = "203.0.113.9"
SECONDS_AN_HOUR = 3600


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of the counts: its one number can be set forward."""
    now = [1_790_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


@pytest.mark.usefixtures("clock")
def test_sixty_kiosks_behind_one_address_take_three_packs_each_in_one_hour(clock: list[float]) -> None:
    limits = Limits()
    people = KIOSKS * 3
    for person in range(people):
        clock[0] += SECONDS_AN_HOUR / people
        key = new_token()
        limits.charge(limiting.BEGINNINGS, 1, OFFICE, "")
        limits.charge(limiting.CODES, 1, OFFICE, key)
        limits.charge(limiting.FILES, limiting.PACK, OFFICE, key)
        if person % 2:
            limits.charge(limiting.FILES_BACK, 1, OFFICE, key)
            limits.charge(limiting.LOCKS, 1, OFFICE, key)


def test_pages_are_never_limited(site: Flask, browser: Browser, law: Law) -> None:
    # Sixty kiosks with a page every five seconds ask for 43,200 in an hour: no count is kept of them at all.
    browser.hold(whole_case(law))
    site.extensions["limits"] = Refusing()
    secret = browser.secret()
    for address in (
        "",
        "name",
        "check",
        "letter-1/read",
        "privacy",
        "templates",
        "save",
        "come-back",
        "open",
    ):
        assert browser.client.get(f"/en/{address}").status_code in (200, 410)
    form = {"csrf_token": secret, "asks": "name", "you.name": "Leanne Hartley"}
    assert browser.client.post("/en/name", data=form).status_code == 302
    assert browser.client.post("/en/save", data={"csrf_token": secret}).status_code == 200
    assert browser.client.get("/en/plan").status_code == 200
    assert browser.client.post("/en/finish").status_code == 303


class Refusing(Limits):
    """Counts that have no room for anything."""

    def charge(self, allowance: Allowance, cost: int, address: str, browser: str) -> None:
        raise TooMuch(600)


def test_a_parent_takes_every_file_there_is_and_meets_no_limit() -> None:
    limits, key = Limits(), new_token()
    for _ in range(10):
        limits.charge(limiting.FILES, limiting.PACK, OFFICE, key)
    for cost in limiting.COSTS.values():
        for _ in range(50):
            limits.charge(limiting.FILES, cost, OFFICE, key)


def test_a_flood_from_one_browser_meets_the_limit_and_others_do_not(law: Law, browser: Browser) -> None:
    browser.hold(whole_case(law))
    limits: Limits = browser.app.extensions["limits"]
    key = browser.client.get_cookie("heard")
    assert key
    limits.charge(limiting.FILES, limiting.FILES.browser, "127.0.0.1", key.value)
    response = browser.client.get("/en/letter-1/en/standard.txt")
    assert response.status_code == 429
    assert 60 <= int(response.headers["Retry-After"]) <= SECONDS_AN_HOUR + 60
    assert "Nothing is lost" in response.text
    assert not faults(response)
    assert browser.client.get("/en/letter-1/read").status_code == 200
    other = Browser(browser.app)
    other.hold(whole_case(law))
    assert other.client.get("/en/letter-1/en/standard.txt").status_code == 200


def test_a_flood_from_one_address_meets_the_limit_whatever_keys_it_makes_up() -> None:
    limits = Limits()
    for _ in range(limiting.FILES.address // limiting.PACK):
        limits.charge(limiting.FILES, limiting.PACK, OFFICE, new_token())
    with pytest.raises(TooMuch):
        limits.charge(limiting.FILES, limiting.PACK, OFFICE, new_token())
    limits.charge(limiting.FILES, limiting.PACK, "203.0.113.10", new_token())


def test_after_an_hour_all_is_well_again(clock: list[float]) -> None:
    limits, key = Limits(), new_token()
    limits.charge(limiting.LOCKS, limiting.LOCKS.browser, OFFICE, key)
    with pytest.raises(TooMuch):
        limits.charge(limiting.LOCKS, 1, OFFICE, key)
    clock[0] += 2 * SECONDS_AN_HOUR
    limits.charge(limiting.LOCKS, 1, OFFICE, key)


def test_passphrases_cannot_be_tried_by_the_thousand(browser: Browser) -> None:
    browser.app.extensions["limits"] = Refusing()
    form = {"csrf_token": browser.secret(), "locked": "x", "passphrase": "correct horse battery"}
    response = browser.client.post("/en/come-back", data=form)
    assert response.status_code == 429
    assert "correct horse" not in response.text


def test_an_answer_that_is_refused_is_shown_again(browser: Browser) -> None:
    browser.app.extensions["limits"] = Refusing()
    form = {"csrf_token": browser.secret(), "asks": "nation", "nation": "england", "x": "Two words"}
    response = browser.client.post("/cy/nation", data=form)
    assert response.status_code == 429
    assert "Two words" in response.text


@pytest.mark.parametrize(
    ("remote", "forwarded", "whose"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, nobody", ""),
        ("127.0.0.1", "", ""),
        ("198.51.100.1", "203.0.113.9", "198.51.100.1"),
        ("::1", "2001:db8::1", "2001:db8::1"),
        ("", "203.0.113.9", ""),
    ],
)
def test_only_the_server_in_front_can_say_whose_a_request_is(remote: str, forwarded: str, whose: str) -> None:
    assert visitor_address(remote, forwarded) == whose


def test_of_the_newer_addresses_a_whole_network_counts_as_one() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2:ffff::") == "2001:db8:1:2::/64"
    assert network_of("::ffff:203.0.113.9") == network_of(" 203.0.113.9 ") == "203.0.113.9"
    assert network_of("unix:") == network_of("") == ""


def test_no_address_and_no_key_can_be_found_in_the_counts_or_on_the_disk(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    limits, key = Limits(), new_token()
    limits.charge(limiting.CODES, limiting.CODES.browser, OFFICE, key)
    with pytest.raises(TooMuch):
        limits.charge(limiting.CODES, 1, OFFICE, key)
    kept = str(vars(limits._counts.storage))
    assert OFFICE not in kept + caplog.text
    assert key not in kept + caplog.text
    assert limits._salt != Limits()._salt
    assert not folder.exists()


def test_the_log_says_once_when_the_server_in_front_hides_who_asks(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    form = {"csrf_token": browser.secret()}
    for _ in range(3):
        browser.client.post("/en/hand-over", data=form, headers={"X-Forwarded-Proto": "http"})
    assert caplog.text.count("no X-Forwarded-For") == 1


def test_behind_a_server_that_says_who_asks_each_address_counts_alone(browser: Browser, law: Law) -> None:
    limits: Limits = browser.app.extensions["limits"]
    browser.hold(whole_case(law))
    limits.charge(limiting.FILES, limiting.FILES.address, OFFICE, "")
    for address, status in ((OFFICE, 429), ("203.0.113.10", 200)):
        forwarded = {"X-Forwarded-For": f"198.51.100.1, {address}"}
        assert browser.client.get("/en/letter-1/en/standard.txt", headers=forwarded).status_code == status
