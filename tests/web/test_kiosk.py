"""The kiosk: started by one link, larger, without files, and cleared by the server’s own clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from answering_pages import CARMARTHENSHIRE, TWO_LETTERS
from flask import Flask
from handing import later
from page_tree import text_of
from reading_pages import Page
from visiting import Visitor

from webapp.store import Store

FILES = (
    "/en/letter-1/en/standard.pdf",
    "/en/letter-1/en/standard.mp3",
    "/en/letter-1/en/holding/standard.pdf",
    "/en/letter-1/en/your-copy/standard.pdf",
    "/en/calendar.ics",
    "/en/next-steps/standard.pdf",
    "/en/everything.zip",
    "/en/save",
    "/en/templates/all.zip",
)
QUIET = "You can do this alone, or with an independent advocate."


@pytest.fixture
def store(site: Flask) -> Store:
    """Where the answers lie."""
    found: Store = site.extensions["heard"].store
    return found


@pytest.fixture
def screen(visitor: Callable[[], Visitor]) -> Visitor:
    """A kiosk that nobody has used yet."""
    made = visitor()
    made.get("/en/kiosk/start")
    return made


@pytest.fixture
def used(screen: Visitor) -> Visitor:
    """A kiosk on which somebody has answered everything."""
    screen.walk_all(TWO_LETTERS)
    return screen


def cookies(one: Visitor) -> dict[str, str]:
    found = one.client._cookies or {}
    return {cookie.key: cookie.value for cookie in found.values()}


def bar(page: Page) -> bool:
    """True where the bar with its form stands on the page."""
    found = page.all("section", "heard-bar")
    assert len(found) < 2
    return bool(found) and [form.get("action") for form in found[0].iter("form")] == ["/en/finish"]


# Starting and ending


def test_one_link_starts_it_and_its_cookie_tells_of_nobody(screen: Visitor) -> None:
    assert screen.path == "/en/"
    assert bar(screen.page)
    assert 'class="govuk-template heard-text-125 heard-kiosk"' in screen.page.html
    assert cookies(screen)["kiosk"] == "en"
    assert set(cookies(screen)) == {"kiosk", "heard-form"}
    response = screen.client.get("/en/kiosk/start", base_url="https://localhost")
    (cookie,) = [each for each in response.headers.getlist("Set-Cookie") if each.startswith("kiosk=en")]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie


def test_the_button_starts_it_and_ends_it(browse: Visitor) -> None:
    page = browse.get("/en/kiosk")
    assert not bar(page)
    assert "http://localhost/en/kiosk/start" in page.links()
    page = browse.submit()
    assert browse.path == "/en/"
    assert bar(page)
    page = browse.get("/en/kiosk")
    (form,) = [each for each in page.forms if not each.action]
    page = browse.post("/en/kiosk", form.filled(end="yes"))
    assert browse.path == "/en/kiosk"
    assert not bar(page)
    assert "kiosk" not in cookies(browse)


def test_the_link_clears_nothing_in_a_browser_that_is_no_kiosk(whole: Visitor) -> None:
    page = whole.get("/en/kiosk/start")
    assert whole.path == "/en/kiosk"
    assert not bar(page)
    whole.get("/en/plan")
    assert whole.path == "/en/plan"


def test_the_link_clears_what_the_last_person_left_on_a_kiosk(used: Visitor, store: Store) -> None:
    token = used.token()
    used.get("/en/kiosk/start")
    assert store.read(token) is None
    assert used.token() is None
    used.get("/en/plan")
    assert used.path == "/en/nation"


# What it shows


def test_every_page_has_the_bar_and_no_dialog(screen: Visitor) -> None:
    screen.begin()
    for _ in range(60):
        assert bar(screen.page), screen.path
        assert not screen.page.all("dialog")
        assert '<noscript><meta http-equiv="refresh" content="600; url=/en/cleared"></noscript>' in (
            screen.page.html
        )
        if screen.path == "/en/check":
            break
        screen.answer(TWO_LETTERS)
    for address in ("plan", "letter-1/read", "hand-over", "privacy", "traces", "rules", "templates"):
        assert bar(screen.get(f"/en/{address}")), address


def test_an_ordinary_browser_has_nothing_of_it(whole: Visitor) -> None:
    for address in ("", "plan", "helper", "concerns", "letter-1/read"):
        page = whole.get(f"/en/{address}")
        assert not bar(page)
        assert "heard-kiosk" not in page.html
        assert QUIET not in page.text


def test_no_file_is_offered_and_none_is_given(used: Visitor) -> None:
    for address in ("/en/", "/en/check", "/en/plan", "/en/letter-1/read", "/en/letter-2/read"):
        links = used.get(address).links()
        assert not [href for href in links.values() if href.split("?")[0].endswith((".pdf", ".zip", ".ics"))]
        assert not {"/en/save", "/en/come-back"} & set(links.values())
        assert not used.page.all("audio")
    assert used.page.links()["Send it to a phone"] == "/en/hand-over"
    assert "/en/hand-over" in used.get("/en/plan").links().values()
    for address in FILES:
        page = used.get(address, status=403)
        assert page.h1 == "This screen gives out no files", address
        assert page.links()["Send it to a phone"] == "/en/hand-over"
    assert used.send("/en/save", used.page.forms[0].filled()).status_code == 403


# Clearing


@pytest.mark.parametrize("way", ["finish", "leave", "cleared"])
def test_after_clearing_only_the_kiosk_is_left(used: Visitor, store: Store, way: str) -> None:
    used.get("/en/text-size/175/plan")
    token = used.token()
    if way == "finish":
        response = used.client.post("/en/finish")  # without a secret: clearing must never be refused
    else:
        response = used.client.get("/leave" if way == "leave" else "/en/cleared")
    assert store.read(token) is None
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Cache-Control"] == "no-store"
    assert set(cookies(used)) == {"kiosk"}
    assert bar(used.get("/en/"))


def test_the_start_page_comes_back_in_the_language_of_the_kiosk(screen: Visitor) -> None:
    screen.walk_all(CARMARTHENSHIRE, lang="cy")
    screen.send("/cy/finish")
    page = screen.get("/cy/finished")
    assert '<noscript><meta http-equiv="refresh" content="60; url=/en/"></noscript>' in page.html
    assert [each.get("data-next") for each in page.all("section", "heard-bar")] == ["/en/"]


def test_the_server_clears_by_its_own_clock(
    used: Visitor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    used.get("/en/plan")
    token = used.token()
    later(store, monkeypatch, 599)
    assert store.read(token), "a page without a script may stand for ten minutes"
    assert used.client.get("/en/keep-on").status_code == 204
    later(store, monkeypatch, 209)
    assert store.read(token), "a script has told: two minutes, one to warn, and the time until it tells again"
    later(store, monkeypatch, 2)
    assert store.read(token) is None
    assert used.client.get("/en/keep-on").status_code == 410
    used.get("/en/plan")
    assert used.path == "/en/nation"


def test_an_answer_on_a_kiosk_is_not_kept_for_an_hour(
    screen: Visitor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.get("/en/nation")
    screen.client.post("/en/nation", data=screen.page.form.filled(nation="england") | {
        "csrf_token": [screen.secret]
    })  # fmt: skip
    assert store.read(screen.token())
    later(store, monkeypatch, 601)
    assert store.read(screen.token()) is None


def test_words_that_come_too_late_are_not_shown_to_who_sends_them_again(
    used: Visitor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    used.get("/en/letter-1/details-1")
    old = used.page.form.filled(details="Ocelot: I wrote all of this by hand")
    later(store, monkeypatch, 700)
    page = used.post("/en/letter-1/details-1", old)
    assert page.h1 == "This page was open too long"
    assert "Ocelot" not in page.html
    used.client.delete_cookie("heard-form")
    page = used.post("/en/letter-1/details-1", old)
    assert "Ocelot" not in page.html


def test_a_refused_form_is_shown_at_an_address_and_never_as_the_answer_to_a_form(
    used: Visitor, store: Store
) -> None:
    used.get("/en/letter-1/details-1?from=check")
    form = used.page.form.filled(details="Ocelot: I wrote 😀 by hand")
    response = used.send("/en/letter-1/details-1?from=check", form)
    assert (response.status_code, response.headers["Location"]) == (303, "/en/letter-1/details-1?from=check")
    for address in ("/en/letter-1/details-1?from=check", "/cy/letter-1/details-1"):
        page = used.get(address, status=422)
        assert page.form.fields["details"].held == ["Ocelot: I wrote 😀 by hand"]
        assert page.errors
    assert "Ocelot" not in used.get("/en/letter-1/details-2").html
    used.get("/en/letter-1/details-1?from=check", status=422)
    used.submit(details="Ocelot: I wrote this by hand")
    assert used.path == "/en/check"
    assert not used.get("/en/letter-1/details-1").errors
    before = rows(store)
    used.send("/en/letter-1/details-1", form)
    assert len(rows(store) - before) == 1
    used.client.post("/en/finish")
    assert len(before - rows(store)) == 1
    assert not rows(store) - before


def rows(store: Store) -> set[Any]:
    with sqlite3.connect(store.path) as connection:  # type: ignore[attr-defined]
        return set(connection.execute("SELECT id FROM answers").fetchall())


# Who sits beside


def test_where_it_is_asked_a_quiet_line_says_who_else_can_help(screen: Visitor) -> None:
    screen.begin()
    for page in ("helper", "concerns"):
        screen.walk(TWO_LETTERS, until=f"/{page}")
        (line,) = screen.page.all("p", "heard-beside")
        assert text_of(line).startswith(QUIET)
        assert "Family Rights Group, 0808 801 0366" in text_of(line)


def test_in_wales_the_line_says_what_there_is(screen: Visitor) -> None:
    screen.begin("cy")
    screen.walk(CARMARTHENSHIRE, until="/concerns")
    assert screen.page.all("p", "heard-beside")
    screen.get("/en/concerns")
    (line,) = screen.page.all("p", "heard-beside")
    assert len(text_of(line)) > len(QUIET) + 20


def test_the_line_is_the_same_whatever_is_ticked_and_the_plan_says_nothing_of_it(
    visitor: Callable[[], Visitor],
) -> None:
    lines = []
    for helper in ("none", "complained-about"):
        screen = visitor()
        screen.get("/en/kiosk/start")
        screen.walk_all(TWO_LETTERS | {"helper": helper})
        plan = screen.get("/en/plan")
        assert "The person who is helping you" not in plan.text
        lines.append(text_of(screen.get("/en/concerns").all("p", "heard-beside")[0]))
    assert lines[0] == lines[1]
    ordinary = visitor()
    ordinary.walk_all(TWO_LETTERS | {"helper": "complained-about"})
    assert "The person who is helping you" in ordinary.get("/en/plan").text


# The way out


def test_the_way_out_is_on_every_page_and_no_title_tells(used: Visitor) -> None:
    pages = [
        used.get(f"/en/{address}", status=status)
        for address, status in {
            "": 200, "privacy": 200, "accessibility": 200, "rules": 200, "dates": 200, "traces": 200,
            "kiosk": 200, "come-back": 200, "check": 200, "plan": 200, "letter-1/read": 200,
            "letter-9/read": 404, "save": 403, "hand-over": 200, "templates": 200, "welcome-back": 200,
            "open?code=none": 410, "children": 200, "finished": 200, "cleared": 200,
        }.items()
    ]  # fmt: skip
    pages.append(used.post("/en/name", {"csrf_token": ["forged"]}))
    for page in pages:
        assert {each.get("href") for each in page.all("a", "heard-exit")} == {"/leave"}, page.title
        assert not any(
            word in page.title.lower() for word in ("complain", "protection", "social", "conference", "abuse")
        ), page.title


def test_the_advice_on_traces_is_found_where_it_helps(whole: Visitor) -> None:
    for address in ("", "privacy", "finished", "cleared"):
        assert whole.get(f"/en/{address}").links("main")["Leave no traces"] == "/en/traces"
    assert whole.get("/en/traces").h1 == "Leave no traces"
