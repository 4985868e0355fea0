"""Forms of other sites, planted and forged cookies: nothing changes, and no key but our own is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attacking import Browser, faults, whole_case
from flask import Flask

from webapp.flows.law import Law
from webapp.security import forget_browser
from webapp.store import new_token

HTTPS = "https://heard.example"
# To clear needs no secret: somebody in a hurry must never be refused. Another site that sends these clears
# this browser at worst, and browsers say where such a form comes from: those are refused all the same.
CLEARS = {"session.finish"}
# Addresses that change something when they are only opened, and why each may.
GETS_THAT_CHANGE = {
    "session.leave": "the way out must work as a link, without a script, at once",
    "session.cleared": "where the page goes by itself when the hour is over; it clears this browser",
    "session.keep_on": "says that somebody is there; the cookie goes with no image or frame of another site",
    "session.size": "a link in the header; it keeps the size of the text and nothing of a person",
    "kiosk.start": "the link that a worker keeps; a browser that holds answers and is no kiosk is only asked",
}


def posts(site: Flask) -> Iterator[tuple[str, str]]:
    """Every room that takes a form, with an address of it."""
    parts = {"lang": "en", "address": "name"}
    with site.test_request_context():
        for rule in site.url_map.iter_rules():
            if "POST" in (rule.methods or ()):
                built = site.url_map.bind("localhost").build(rule.endpoint, parts, method="POST")
                yield rule.endpoint, built


@pytest.fixture
def holding(browser: Browser, law: Law) -> Browser:
    browser.hold(whole_case(law))
    return browser


FORM = {"asks": "name", "you.name": "Somebody Else", "code": "x", "end": "1"}


def test_every_room_that_takes_a_form_is_known(site: Flask) -> None:
    assert {endpoint for endpoint, _ in posts(site)} == {
        *("wizard.answer", "session.finish", "session.leave", "session.keep_on", "saved.save_file"),
        *("saved.bring_back", "hand_over.make", "hand_over.cancel", "hand_over.take", "kiosk.switch"),
    }


def test_no_room_takes_a_form_without_the_secret_of_this_browser(
    site: Flask, holding: Browser, browsers: Callable[[], Browser]
) -> None:
    before, theirs = holding.kept(), browsers().secret()
    for endpoint, address in posts(site):
        if endpoint in CLEARS:
            continue
        for secret in ({}, {"csrf_token": ""}, {"csrf_token": "forged"}, {"csrf_token": theirs}):
            response = holding.client.post(address, data=FORM | secret)
            assert response.status_code == 400, endpoint
            assert not faults(response), endpoint
    assert holding.kept() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Origin": "http://localhost@elsewhere.example"},
        {"Origin": "http://[::1"},
        {"Origin": "http://localhost:99"},
        {"Origin": "javascript:zq7"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "zq7"},
    ],
)
def test_no_room_takes_a_form_of_another_site_whatever_is_in_it(
    site: Flask, holding: Browser, headers: dict[str, str]
) -> None:
    before, secret = holding.kept(), holding.secret()
    for endpoint, address in posts(site):
        response = holding.client.post(address, data=FORM | {"csrf_token": secret}, headers=headers)
        assert response.status_code == 400, endpoint
        assert not faults(response)
    assert holding.kept() == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", '{"csrf_token": "SECRET", "asks": "name", "you.name": "Somebody Else"}'),
        ("text/plain", "csrf_token=SECRET&asks=name&you.name=Somebody+Else"),
        ("", "csrf_token=SECRET&asks=name&you.name=Somebody+Else"),
        ("multipart/form-data", "csrf_token=SECRET&asks=name&you.name=Somebody+Else"),
        ("application/xml", "<csrf_token>SECRET</csrf_token>"),
    ],
)
def test_a_body_that_is_no_form_is_refused(holding: Browser, kind: str, body: str) -> None:
    before = holding.kept()
    body = body.replace("SECRET", holding.secret())
    for address in ("/en/name", "/en/hand-over", "/en/come-back"):
        assert holding.client.post(address, data=body, content_type=kind).status_code == 400
    assert holding.kept() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X"])
def test_other_methods_do_nothing_and_no_header_or_field_makes_one_of_another(
    holding: Browser, method: str
) -> None:
    before, secret = holding.kept(), holding.secret()
    response = holding.client.open("/en/name", method=method, data=FORM | {"csrf_token": secret})
    assert response.status_code in (400, 405)
    tricks = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "X-Method-Override": "POST"}
    response = holding.client.get("/en/name", query_string=FORM | {"_method": "POST"}, headers=tricks)
    assert response.status_code == 200
    assert holding.kept() == before


def test_opening_an_address_changes_nothing_but_at_the_few_that_must(holding: Browser, site: Flask) -> None:
    parts = {"lang": "en", "address": "name", "number": "1", "language": "en", "size": "125", "format": "txt",
             "kind": "complaint", "back": "plan", "nation": "x", "procedure": "x", "stage": "x", "id": "x",
             "file": "x"}  # fmt: skip
    key = holding.client.get_cookie("heard")
    assert key
    before = holding.kept()
    for rule in site.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in {*GETS_THAT_CHANGE, "library.everything"}:
            if rule.endpoint == "plan.everything":
                continue  # a file like the others, which takes half a minute to make
            address = site.url_map.bind("localhost").build(rule.endpoint, parts, method="GET")
            response = holding.client.get(address)
            changed = [each for each in response.headers.getlist("Set-Cookie") if "-form=" not in each]
            assert not changed, rule.endpoint
            assert holding.kept() == before, rule.endpoint
    assert holding.client.get_cookie("heard") == key


# Keys


@pytest.mark.parametrize("site_name", ["http://localhost", HTTPS])
def test_a_key_that_somebody_planted_is_never_the_one_that_answers_are_kept_under(
    site: Flask, monkeypatch: pytest.MonkeyPatch, site_name: str
) -> None:
    monkeypatch.setitem(site.config, "TRUSTED_HOSTS", ["localhost", "heard.example"])
    browser, planted = Browser(site), new_token()
    name = "__Host-heard" if site_name == HTTPS else "heard"
    domain = site_name.partition("//")[2]
    browser.client.set_cookie(name, planted, domain=domain)
    page = browser.client.get("/en/nation", base_url=site_name).text
    secret = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    form = {"csrf_token": secret, "asks": "nation", "nation": "england"}
    response = browser.client.post("/en/nation", data=form, base_url=site_name)
    assert response.status_code == 302
    given = browser.client.get_cookie(name, domain=domain)
    assert given
    assert given.value != planted
    assert browser.kept(planted) is None
    assert browser.kept(given.value) == {"nation": "england"}


@pytest.mark.parametrize(
    "change",
    [
        lambda key: "",
        lambda key: key[:-1],
        lambda key: key + "A",
        lambda key: key.swapcase(),
        lambda key: key * 100,
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "E"),
        lambda key: "../" + key,
        lambda key: f'"{key}',
        lambda key: "é\x7f%00",
    ],
)
def test_a_key_that_is_nearly_right_opens_nothing(holding: Browser, change: Any) -> None:
    key = holding.client.get_cookie("heard")
    assert key
    cookie = f"heard={change(key.value)}".encode().decode("latin-1")
    for address in ("/en/plan", "/en/check", "/en/letter-1/read", "/en/hand-over", "/en/save"):
        response = holding.app.test_client(use_cookies=False).get(address, headers={"Cookie": cookie})
        assert response.status_code in (200, 302, 404)
        assert "Leanne" not in response.text
        assert not faults(response)


def test_the_cookie_of_the_forms_cannot_be_written_by_anybody_else(holding: Browser) -> None:
    before, secret = holding.kept(), holding.secret()
    form = holding.client.get_cookie("heard-form")
    assert form
    content, stamp, signed = form.value.split(".")
    for forged in (
        f"{content}.{stamp}.",
        f"{content}.{stamp}.{signed[::-1]}",
        f"e30.{stamp}.{signed}",
        "x" * 4000,
    ):
        holding.client.set_cookie("heard-form", forged)
        response = holding.client.post("/en/name", data=FORM | {"csrf_token": secret})
        assert response.status_code == 400
        assert not faults(response)
    assert holding.kept() == before


def test_two_browsers_never_see_each_other(holding: Browser, browsers: Callable[[], Browser]) -> None:
    other = browsers()
    for address in ("/en/plan", "/en/check", "/en/letter-1/read", "/en/letter-1/en/standard.txt", "/en/name"):
        assert holding.client.get(address).status_code == 200
        assert "Leanne" not in other.client.get(address, follow_redirects=True).text


def test_clearing_is_done_for_whoever_asks_from_here(holding: Browser) -> None:
    assert forget_browser.__doc__
    assert holding.client.post("/en/finish").status_code == 303
    assert holding.kept() is None
