"""What tests look at: the plan, a letter, the answers that are kept, and what a page says of a mistake."""

from __future__ import annotations

from typing import Any

from page_tree import text_of
from reading_pages import Page
from visiting import Visitor
from werkzeug.test import TestResponse

# What a parent typed on a page that is refused.
WORDS = "Ocelot: I wrote all of this by hand"


def cards(page: Page) -> list[str]:
    """The words of each letter’s card on the plan."""
    return [text_of(each) for each in page.all("article", "heard-card")]


def headings(page: Page) -> list[str]:
    """The second-level headings of a page."""
    return [text_of(each) for each in page.one("main").iter("h2")]


def letter(browse: Visitor, number: int = 1, kind: str = "") -> str:
    """The words of a letter as the page shows it."""
    page = browse.get(f"/{browse.lang}/letter-{number}/read{f'/{kind}' if kind else ''}")
    return text_of(page.one("div", "heard-letter"))


def answers(browse: Visitor) -> dict[str, Any]:
    """The answers that the saved file would hold."""
    found: dict[str, Any] = browse.kept()["answers"]
    return found


def says(page: Page, box: str, message: str) -> None:
    """Asserts that the summary and the box both say this, and that the summary leads to the box."""
    assert page.title.startswith("Error: ")
    assert [(href, text) for href, text in page.errors if text == message] == [(f"#{box}", message)], (
        page.errors
    )
    assert f"Error: {message}" in page.field_errors
    assert page.h1


def typed_page(browse: Visitor, response: TestResponse, status: int = 400) -> Page:
    """The page of a refusal, which shows what was typed."""
    page = browse._see(response, browse.address, status)
    assert WORDS in page.text
    return page
