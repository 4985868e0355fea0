"""Pages that ask nothing, addresses that lead nowhere, languages and text sizes."""

from __future__ import annotations

import re

import pytest
from page_tree import text_of
from visiting import Visitor

from webapp.flows.law import Law
from webapp.language import LANGUAGES

FIXED = ["", "privacy", "accessibility", "rules", "dates", "come-back", "save", "finished", "cleared"]
WELSH = pytest.param("cy", id="welsh")


@pytest.mark.parametrize("lang", ["en", WELSH])
@pytest.mark.parametrize("name", FIXED)
def test_a_page_that_asks_nothing_is_there_in_each_language(browse: Visitor, name: str, lang: str) -> None:
    page = browse.get(f"/{lang}/{name}")
    assert page.root.get("lang") == lang
    assert browse.path == f"/{lang}/{name}"
    for link in page.one("footer").iter("a"):
        assert link.get("href", "").startswith(f"/{lang}/")


def test_the_start_says_what_it_is_and_leads_to_every_language(browse: Visitor) -> None:
    page = browse.get("/en/")
    assert page.h1 == "Unhappy about child protection? Put it in a letter."
    for language in LANGUAGES:
        assert page.links("main")[language.name] == f"/{language.id}/"
    assert browse.token() is None, "who only looks gets no key"


@pytest.mark.parametrize(
    ("header", "marked"),
    [("cy, en;q=0.5", "cy"), ("de", "en"), ("", "en"), ("en-US", "en"), ("ar-SY, en;q=0.1", "ar")],
)
def test_the_bare_address_names_every_language_and_only_marks_the_browser_s(
    browse: Visitor, header: str, marked: str
) -> None:
    first = browse.get("/", headers={"Accept-Language": header})
    assert browse.path == "/"
    names = first.one("main").findall(".//a")
    assert [a.get("href") for a in names] == [f"/{language.id}/" for language in LANGUAGES]
    assert [a.get("hreflang") for a in names if a.get("aria-current")] == [marked]
    assert [a[0].text for a in names] == [language.name for language in LANGUAGES]
    assert first.one("html").get("lang") == marked


@pytest.mark.parametrize(
    ("header", "marked"),
    [("ku-IQ", "ckb"), ("zh-HK", "zh-Hans"), ("prs", "fa"), ("pa-PK", "ur"), ("zh-CN, en", "zh-Hans")],
)
def test_other_names_of_a_language_are_understood(browse: Visitor, header: str, marked: str) -> None:
    first = browse.get("/", headers={"Accept-Language": header})
    assert first.one("html").get("lang") == marked


@pytest.mark.parametrize("address", ["/zz/", "/zz/nation", "/xx/plan", "/zz/letter-1/read", "/nowhere"])
def test_a_language_that_there_is_not_leads_to_the_start(browse: Visitor, address: str) -> None:
    browse.get(address)
    assert browse.path == "/en/"


@pytest.mark.parametrize(
    "address",
    [
        "/en/letter-9/read",
        "/en/letter-0/read",
        "/en/letter-1/en/standard.pdf",
        "/en/letter-9/en/standard.pdf",
        "/en/next-steps/standard.pdf",
        "/en/calendar.ics",
        "/en/next-steps/giant.pdf",
        "/static/none.css",
        "/static/../store.py",
    ],
)
def test_an_address_that_leads_nowhere_says_so(browse: Visitor, address: str) -> None:
    page = browse.get(address, status=404)
    assert page.h1 == "We could not find that page"


@pytest.mark.parametrize("address", ["/en/", "/en/plan", "/en/privacy"])
def test_a_form_sent_to_a_page_without_one_is_no_fault(browse: Visitor, address: str) -> None:
    token = browse.get("/en/come-back").form.filled()["csrf_token"]
    response = browse.send(address, {"csrf_token": token})
    assert response.status_code in (302, 405)


def test_every_rule_and_every_source_that_we_use_is_on_its_page(browse: Visitor, law: Law) -> None:
    page = browse.get("/en/rules")
    for rule in law.rules:
        assert re.search(rf"(?<![\w-]){rule.id}(?![\w-])", page.text), rule.id
    used = {rule.source for rule in law.rules if not rule.unused}
    for source in law.sources:
        assert (source.name in page.text) or source.id not in used


def test_the_page_of_dates_says_which_bank_holidays_are_known(browse: Visitor, law: Law) -> None:
    page = browse.get("/en/dates")
    assert f"until the end of {law.calendar.last_year}" in page.text


@pytest.mark.parametrize("size", ["125", "175", "100"])
def test_a_text_size_is_kept_and_leads_back_to_the_page(browse: Visitor, size: str) -> None:
    browse.get("/en/nation")
    name = {"125": "Larger text", "175": "Largest text", "100": "Standard text"}[size]
    link = next(a for a in browse.page.all("a", "heard-sizes__link") if name in text_of(a))
    browse.get(link.get("href", ""))
    assert browse.path == "/en/nation"
    assert f"heard-text-{size}" in browse.page.root.get("class", "").split()
    browse.get("/en/privacy")
    assert f"heard-text-{size}" in browse.page.root.get("class", "").split()
    current = [text_of(a) for a in browse.page.all("a", "heard-sizes__link") if a.get("aria-current")]
    assert current == [f"A{name}"]


def test_a_text_size_that_there_is_not_changes_nothing(browse: Visitor) -> None:
    browse.get("/en/text-size/900/privacy")
    assert browse.path == "/en/privacy"
    assert "heard-text-100" in browse.page.root.get("class", "").split()
    browse.client.set_cookie("text-size", '175" onload="x')
    browse.get("/en/privacy")
    assert "heard-text-100" in browse.page.root.get("class", "").split()


@pytest.mark.parametrize(
    "back", ["/evil.example/x", "https://evil.example/", "\\evil.example", "%2F%2Fevil.example"]
)
def test_a_text_size_never_leads_to_another_website(browse: Visitor, back: str) -> None:
    response = browse.client.get(f"/en/text-size/125/{back}")
    assert response.status_code in (302, 308)
    assert response.headers["Location"].startswith("/en/")


def test_the_language_of_a_question_changes_in_place(browse: Visitor) -> None:
    browse.begin()
    browse.walk({}, until="/role")
    assert browse.page.links("header")["Cymraeg"] == "/cy/role"
    browse.submit(422, role="nobody")
    assert browse.page.links("header")["Cymraeg"] == "/cy/role", "also where the page says what is wrong"


def test_every_page_offers_the_way_out(browse: Visitor) -> None:
    for name in FIXED:
        (link,) = browse.get(f"/en/{name}").all("a", "heard-exit")
        assert link.get("href") == "/leave"


def test_only_a_page_with_answers_warns_before_the_time_is_up(browse: Visitor) -> None:
    assert browse.get("/en/nation").all("dialog") == []
    browse.answer({})
    (dialog,) = browse.page.all("dialog")
    assert dialog.get("data-seconds") == "3600"
