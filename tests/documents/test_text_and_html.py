"""Letters as plain text and as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from letters_to_print import ARABIC, PLAIN, RICH

from webapp.documents import SIZES, render
from webapp.documents.html import article
from webapp.letters.model import Concern, Letter, OwnWords

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Checks that every element is closed in its turn, and gathers elements and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def own_words(letter: Letter) -> list[str]:
    blocks = [block.words if isinstance(block, Concern) else block for block in letter.blocks]
    return [paragraph for block in blocks if isinstance(block, OwnWords) for paragraph in block.paragraphs]


def text(letter: Letter) -> str:
    return render(letter, "txt").content.decode("utf-8")


def test_plain_text_wraps_our_words_and_leaves_theirs_alone() -> None:
    lines = text(RICH).split("\n")
    own = "\n".join(own_words(RICH))
    assert all(len(line) <= 72 or line in own for line in lines)
    for paragraph in own_words(RICH):
        assert paragraph in text(RICH)
    assert "\r" not in text(RICH)
    assert text(RICH).endswith("Date\n")


def test_plain_text_closes_before_the_signature_and_lists_what_is_enclosed() -> None:
    words = " ".join(text(PLAIN).split())
    rule = "_" * 32
    assert f"Yours faithfully {rule} Leanne Hartley {rule} Date Enclosed" in words


def test_plain_text_has_no_empty_group() -> None:
    assert "\n\n\n\n\n" not in text(RICH)
    assert not text(PLAIN).startswith("\n")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letter", [PLAIN, RICH, ARABIC], ids=["plain", "rich", "arabic"])
def test_the_html_file_is_whole_and_asks_for_nothing(letter: Letter, size: str) -> None:
    page = render(letter, "html", size).content.decode("utf-8")
    reader = Reader(page)
    assert page.startswith("<!doctype html>")
    assert reader.all("html") == [{"lang": letter.language, "dir": letter.direction}]
    assert len(reader.all("h1")) == len(reader.all("title")) == len(reader.all("main")) == 1
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import|https?:", page)
    assert not any(name.startswith("on") or name == "style" for _, each in reader.elements for name in each)
    assert all(heading["scope"] == "col" for heading in reader.all("th"))


def test_headings_never_skip_a_level() -> None:
    for top in (1, 2):
        levels = [
            int(tag[1]) for tag, _ in Reader(article(RICH, top=top)).elements if re.fullmatch(r"h\d", tag)
        ]
        assert levels[0] == top
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_parents_words_are_escaped_and_otherwise_untouched() -> None:
    page = article(RICH)
    assert "<b>not bold</b>" not in page
    words = Reader(page).words
    for paragraph in own_words(RICH):
        assert paragraph in words


def test_a_long_word_is_whole_for_a_reader_of_the_page() -> None:
    typed = "x&y<" * 200
    assert typed in "".join(Reader(article(replace(PLAIN, blocks=(OwnWords((typed,)),)))).words)


def test_large_print_has_no_table() -> None:
    assert "<table" in article(RICH, "standard")
    assert "<table" not in article(RICH, "large")


def test_in_a_letter_from_right_to_left_names_and_numbers_run_from_left_to_right() -> None:
    page = article(ARABIC)
    assert '<span dir="ltr" lang="en">14 Larkspur Close</span>' in page
    assert '<p class="letter__paragraph">هاتفي <span dir="ltr">07700 900 123</span>.</p>' in page
    assert 'class="letter letter--standard" lang="ar" dir="rtl"' in page
