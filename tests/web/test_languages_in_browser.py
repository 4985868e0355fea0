"""Parents at a real browser in their own language: from the first screen to both letters; pages’ widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser import NARROW, WIDE, Parent, axe_faults, sideways
from own_words import OWN_WORDS, in_own_words
from playwright.sync_api import Browser, expect
from sampled import languages
from test_files import words_of_pdf

from webapp.language import BY_ID
from webapp.making import words_of

pytestmark = pytest.mark.browser
NOTICE = "This copy is for you to read and keep. Please do not send it. Send the letter in English."
PAGES = (
    "",
    "nation",
    "rules",
    "dates",
    "privacy",
    "accessibility",
    "traces",
    "templates",
    "come-back",
    "kiosk",
)
OF_A_CASE = (
    "letter-1/reached",
    "letter-1/date-1",
    "letter-1/details-1",
    "check",
    "plan",
    "letter-1/read",
    "save",
)


@pytest.fixture
def parent(chromium: Browser, address: str) -> Iterator[Callable[..., Parent]]:
    """Makes a parent with a browser window of their own; the browser must have nothing to complain of."""
    made = []

    def make(**settings: Any) -> Parent:
        context = chromium.new_context(**{"viewport": NARROW, **settings})
        made.append(Parent(context.new_page(), address))
        return made[-1]

    yield make
    for each in made:
        each.tab.context.close()
    assert [fault for each in made for fault in each.faults] == []


@pytest.mark.parametrize("lang", OWN_WORDS)
def test_a_parent_goes_from_the_first_screen_to_both_letters(
    parent: Callable[..., Parent], lang: str
) -> None:
    one = parent(locale="en-GB")
    words, direction = words_of(lang), BY_ID[lang].direction
    one.go("/")
    with one.tab.expect_navigation():
        one.tab.locator("main").get_by_role("link", name=BY_ID[lang].name, exact=True).click()
    expect(one.tab.locator("html")).to_have_attribute("dir", direction)
    assert axe_faults(one.tab) == []
    with one.tab.expect_navigation():
        one.tab.locator(".heard-start-button").click()
    one.walk(in_own_words(lang))
    one.go(f"/{lang}/plan")
    assert axe_faults(one.tab) == []
    assert one.tab.locator("html").get_attribute("lang") == lang

    rows = one.tab.locator(".heard-card").first.locator(".heard-files__link")
    name, to_send = one.download(rows.nth(0))
    assert name == "letter-1.pdf"
    said = words_of_pdf(to_send)
    assert "23 November 2026" in said
    assert "Please have them translated." in said
    name, own = one.download(rows.nth(1))
    assert name == "letter-1-your-copy.pdf"
    if direction == "ltr":  # what runs the other way is read by its tags: tests/documents
        assert words.say(NOTICE) in words_of_pdf(own)

    one.go(f"/{lang}/letter-1/read")
    expect(one.tab.locator("article.letter").nth(0)).to_have_attribute("dir", direction)
    expect(one.tab.locator("article.letter").nth(1)).to_have_attribute("lang", "en")
    assert one.tab.get_by_text(OWN_WORDS[lang]).count() == 2
    assert axe_faults(one.tab) == []
    one.tab.set_viewport_size(WIDE)  # type: ignore[arg-type]
    left, right = (one.tab.locator(".heard-pair > *").nth(at).bounding_box() for at in (0, 1))
    assert left
    assert right
    assert abs(left["y"] - right["y"]) < 1, "side by side"
    assert (left["x"] > right["x"]) == (direction == "rtl"), "the parent’s own comes first"
    # English names, numbers and addresses read from left to right, in one piece.
    for text in ("Leanne Hartley", "leanne.h@example.org"):
        at = one.tab.locator("article.letter").nth(0).get_by_text(re.compile(re.escape(text))).first
        assert at.evaluate("e => getComputedStyle(e).direction") == "ltr"


@pytest.mark.parametrize("lang", languages(but=("en", "cy")))
def test_no_page_is_too_wide_on_a_phone_or_with_letters_twice_as_large(
    parent: Callable[..., Parent], saved_case: bytes, tmp_path: Any, lang: str
) -> None:
    one = parent()
    file = tmp_path / "saved-answers.json"
    file.write_bytes(saved_case)
    one.go(f"/{lang}/come-back")
    one.tab.locator("#file").set_input_files(file)
    with one.tab.expect_navigation():
        one.tab.locator("main form .govuk-button").first.click()
    found: list[str] = []
    for page in (*PAGES, *OF_A_CASE):
        one.go(f"/{lang}/{page}")
        html = one.tab.locator("html")
        assert (html.get_attribute("lang"), html.get_attribute("dir")) == (lang, BY_ID[lang].direction)
        found += sideways(one.tab)
        one.tab.evaluate("document.documentElement.style.fontSize = '200%'")
        found += [f"200 %: {fault}" for fault in sideways(one.tab)]
    assert found == []
