"""What is cleared is gone: finishing, leaving, and the end of the hour."""

from __future__ import annotations

import pytest
from flask import Flask
from visiting import Visitor
from werkzeug.test import TestResponse


def gone(browse: Visitor, site: Flask, token: str | None, response: TestResponse) -> None:
    """Asserts that the row is destroyed and the browser told to forget."""
    assert token
    assert site.extensions["heard"].store.read(token) is None
    cookies = response.headers.getlist("Set-Cookie")
    assert any(cookie.startswith("heard=;") and "Expires=Thu, 01 Jan 1970" in cookie for cookie in cookies)
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert browse.token() is None
    browse.client.set_cookie("heard", token)
    browse.get("/en/plan")
    assert browse.path == "/en/nation", "the old key opens nothing"


def test_finish_destroys_everything(whole: Visitor, site: Flask) -> None:
    token = whole.token()
    form = whole.get("/en/plan").form
    assert form.action == "/en/finish"
    response = whole.send("/en/finish", form.filled())
    assert response.status_code == 303
    assert response.headers["Location"] == "/en/finished"
    gone(whole, site, token, response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_destroys_everything_and_goes_elsewhere(whole: Visitor, site: Flask, method: str) -> None:
    token = whole.token()
    if method == "get":
        response = whole.client.get("/leave")
    else:
        response = whole.send("/leave", whole.get("/en/plan").form.filled())
    assert response.status_code == 303
    assert response.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert response.headers["Cache-Control"] == "no-store"
    gone(whole, site, token, response)


def test_the_end_of_the_hour_destroys_everything(whole: Visitor, site: Flask) -> None:
    token = whole.token()
    response = whole.client.get("/en/cleared")
    assert response.status_code == 200
    gone(whole, site, token, response)


def test_after_finish_the_form_of_an_old_page_keeps_its_words(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    old = whole.page.form.filled(details="Ocelot: I wrote all of this by hand")
    whole.send("/en/finish", whole.get("/en/plan").form.filled())
    page = whole._see(whole.send("/en/letter-1/details-1", old), "/en/letter-1/details-1", 400)
    assert "Ocelot: I wrote all of this by hand" in page.text


def test_who_finishes_twice_or_without_answers_meets_no_fault(browse: Visitor) -> None:
    form = browse.get("/en/come-back").form.filled()
    for _ in range(2):
        response = browse.send("/en/finish", form)
        assert response.status_code in (303, 400)
    assert browse.client.get("/leave").status_code == 303


@pytest.mark.parametrize("method", ["get", "post"])
def test_carrying_on_begins_the_hour_again(
    whole: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    store = site.extensions["heard"].store
    now = store._now()
    form = whole.get("/en/plan").form.filled()
    monkeypatch.setattr(store, "_now", lambda: now + 3500)
    send = (
        (lambda: whole.client.get("/en/keep-on"))
        if method == "get"
        else (lambda: whole.send("/en/keep-on", form))
    )
    assert send().status_code == 204
    monkeypatch.setattr(store, "_now", lambda: now + 7000)
    assert whole.get("/en/check").h1 == "Check what you told us"
    monkeypatch.setattr(store, "_now", lambda: now + 11_000)
    assert send().status_code == 410, "too late: the script then says that all is cleared"
    whole.get("/en/check")
    assert whole.path == "/en/nation"


def test_the_way_out_of_each_page_is_the_one_that_clears(whole: Visitor) -> None:
    plan = whole.get("/en/plan")
    (dialog,) = plan.all("dialog")
    assert dialog.get("data-cleared") == "/en/cleared"
    assert dialog.get("data-keep") == "/en/keep-on"
    assert {a.get("href") for a in plan.all("a", "heard-exit")} == {"/leave"}
    assert '<noscript><meta http-equiv="refresh" content="3600; url=/en/cleared"></noscript>' in plan.html
