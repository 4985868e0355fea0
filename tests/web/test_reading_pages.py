"""The checks of pages find what they are there to find."""

from __future__ import annotations

import pytest
from browser import axe_faults, launch
from playwright.sync_api import sync_playwright
from reading_pages import Page
from visiting import untranslated

GOOD = """<!DOCTYPE html>
<html lang="en" dir="ltr"><head><title>Question - Heard</title></head><body><main><h1>Name</h1>
<form method="post" autocomplete="off"><input type="hidden" name="csrf_token" value="x">
<label for="name">Full name</label><input id="name" name="name"></form></main></body></html>"""


def test_a_good_page_has_no_faults() -> None:
    assert Page(GOOD).faults == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("<!DOCTYPE html>\n", "", "doctype"),
        (' lang="en"', "", "language"),
        ("<title>Question - Heard</title>", "<title></title>", "title"),
        ("<h1>Name</h1>", "<h1>Name</h1><h1>Again</h1>", "2 h1"),
        ("<h1>Name</h1>", "<h1>Name</h1><h3>Deep</h3>", "level 3"),
        ("<h1>Name</h1>", "<h1>Name</h1><p><div>x</div></p>", "unexpected-end-tag"),
        ("<h1>Name</h1>", "<h1>Name</h1><span><div>x</div></span>", "<div> stands inside <span>"),
        ("<h1>Name</h1>", "<h1>Name</h1><ul><p>x</p></ul>", "<ul> holds <p>"),
        ("<h1>Name</h1>", "<h1>Name</h1><a href='#there'>x</a>", "#there"),
        ("<h1>Name</h1>", "<h1 style='color: red'>Name</h1>", "style"),
        ("<h1>Name</h1>", "<h1 onclick='x()'>Name</h1>", "onclick"),
        ("<h1>Name</h1>", "<h1>Name</h1><script>x()</script>", "refuse"),
        (
            "<h1>Name</h1>",
            "<h1>Name</h1><img src='https://evil.example/x' alt=''>",
            "calls https://evil.example",
        ),
        ('<label for="name">', '<label for="other">', "0 labels"),
        ('id="name" name="name"', 'id="name" name="name" aria-describedby="gone"', "gone"),
        ('<input id="name" name="name">', '<input id="name" name="name"><b id="name">x</b>', "2 times"),
        (' autocomplete="off"', "", "keep what was typed"),
        ('method="post"', 'method="get"', "address"),
        ('name="csrf_token"', 'name="token"', "secret"),
    ],
)
def test_a_page_with_a_fault_is_found_out(good: str, bad: str, fault: str) -> None:
    assert good in GOOD
    assert fault in "\n".join(Page(GOOD.replace(good, bad, 1)).faults)


def test_english_words_in_a_welsh_page_are_found() -> None:
    page = GOOD.replace('lang="en"', 'lang="cy"').replace("Name", "Enw").replace("Full name", "Enw llawn")
    sentence = "Nobody who uses this screen next can see it."
    assert untranslated(Page(page)) == []
    assert untranslated(Page(page.replace("Enw llawn", sentence))) == [sentence]
    assert untranslated(Page(page.replace("Enw llawn", "Full name"))) == ["Full name"]
    assert untranslated(Page(page.replace("<h1>Enw", f"<h1 lang='en'>{sentence}"))) == []


@pytest.mark.browser
def test_axe_finds_what_it_is_there_to_find() -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        tab = browser.new_page()
        tab.set_content(GOOD.replace('<label for="name">Full name</label>', ""))
        assert "label" in "\n".join(axe_faults(tab))
        browser.close()
