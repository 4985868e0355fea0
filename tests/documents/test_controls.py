"""Negative controls: the check of PDF/UA-1 and our own readers notice what is broken on purpose."""

from __future__ import annotations

import pytest
from conftest import elements_of, faults

from webapp.documents import paper

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A letter</title></head>
<body><h1>Heading</h1><h2>Part</h2><p>Words</p></body></html>"""

BROKEN = {
    "untitled": GOOD.replace("<title>A letter</title>", ""),
    "without a language": GOOD.replace(' lang="en"', ""),
    "without its first heading": GOOD.replace("<h1>Heading</h1>", ""),
    "with a heading skipped": GOOD.replace("h2>", "h3>"),
    "with a picture that has no text": GOOD.replace(
        "Words", '<svg viewBox="0 0 9 9" width="9" height="9"><rect width="9" height="9"/></svg>'
    ),
}


def test_the_unbroken_page_passes() -> None:
    assert faults(paper.print_html(GOOD, ("letter-print.css",))) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_page_fails_the_check(name: str) -> None:
    assert faults(paper.print_html(BROKEN[name], ("letter-print.css",)))


def test_an_untagged_page_fails_the_check() -> None:
    assert faults(paper._engine().HTML(string=GOOD).write_pdf(font_config=paper._fonts()))


def test_a_glyph_that_no_font_has_fails_the_check() -> None:
    page = GOOD.replace("Words", "Words 😀")
    assert faults(
        paper._engine().HTML(string=page).write_pdf(font_config=paper._fonts(), pdf_variant="pdf/ua-1")
    )


def test_without_our_mending_languages_and_scopes_are_lost() -> None:
    page = GOOD.replace(
        "<p>Words</p>", "<table><thead><tr><th>A</th></tr></thead><tr><td>1</td></tr></table>"
    )
    bare = paper._engine().HTML(string=page).write_pdf(font_config=paper._fonts(), pdf_variant="pdf/ua-1")
    mended = paper.print_html(page, ("letter-print.css",))
    assert [scope for kind, _, scope, _ in elements_of(bare) if kind == "TH"] == [""]
    assert [scope for kind, _, scope, _ in elements_of(mended) if kind == "TH"] == ["Column"]
