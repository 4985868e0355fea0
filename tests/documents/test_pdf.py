"""Letters as PDF files: valid, readable by machine, and laid out as they should be."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from conftest import elements_of, faults, furniture_of, lefts_of, pages_of, sizes_of, text_of, words_of
from letters_to_print import ARABIC, NAMES, PLAIN, RICH, WELSH
from sheets import body_of, lines_of

from webapp.documents import SIZES, PangoMissing, TooLong, UnprintableCharacters
from webapp.documents.paper import _fetcher
from webapp.documents.pdf import html_to_print, render, warm
from webapp.letters.model import Concern, Heading, Letter, OwnWords, Paragraph

pytestmark = pytest.mark.usefixtures("no_complaints")

LETTERS = {"plain": PLAIN, "rich": RICH, "welsh": WELSH, "arabic": ARABIC}


def pdf(letter: Letter, size: str = "standard") -> bytes:
    return render(letter, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_pdf_ua_1(name: str, size: str) -> None:
    assert faults(pdf(LETTERS[name], size)) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_parents_own_words_come_back_word_for_word(size: str) -> None:
    pages = lines_of(pdf(RICH, size))
    text = "".join("".join(line.text.split()) for page in pages for line in body_of(page))
    for block in RICH.blocks:
        own = block.words if isinstance(block, Concern) else block
        if isinstance(own, OwnWords):
            for paragraph in own.paragraphs:
                assert "".join(paragraph.split()) in text


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_in_any_of_our_scripts_prints_and_is_read_back(name: str) -> None:
    content = pdf(replace(PLAIN, sender=(name,)))
    assert faults(content) == []
    assert set(name.split()) <= set(words_of(text_of(content)))


def test_arabic_words_come_back_and_a_telephone_number_keeps_its_order() -> None:
    content = pdf(replace(ARABIC, sender=("Leanne Hartley",)))
    words = re.findall(r"\w+", text_of(content))
    typed = [block.text for block in ARABIC.blocks if isinstance(block, (Paragraph, Heading))]
    assert set(re.findall(r"\w+", " ".join(typed))) <= set(words)
    assert lefts_of(content, "07700", "900", "123") == sorted(lefts_of(content, "07700", "900", "123"))


def test_fifty_thousand_characters_of_own_words_arrive_whole() -> None:
    typed = " ".join(f"word{number}" for number in range(5600))[:50_000]
    found = Counter(words_of(text_of(pdf(replace(PLAIN, blocks=(OwnWords((typed,)),))))))
    assert Counter(typed.split()) <= found


def test_a_word_without_end_breaks_and_loses_nothing() -> None:
    typed = "abcdefghijklmnopqrstuvwxyz&<" * 180
    found = "".join(
        words_of(text_of(pdf(replace(PLAIN, blocks=(OwnWords((typed,)),), footer="", page_of=""))))
    )
    assert typed in found


def test_line_breaks_of_the_parent_are_kept() -> None:
    lines = text_of(pdf(RICH)).splitlines()
    assert lines.index("second line") == lines.index("First line") + 1


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\r\n"])
def test_rare_line_ends_are_line_ends(end: str) -> None:
    lines = text_of(pdf(replace(PLAIN, blocks=(OwnWords((f"one{end}two",)),)))).splitlines()
    assert lines.index("two") == lines.index("one") + 1


def test_a_letter_of_nothing_but_line_breaks_is_refused() -> None:
    with pytest.raises(TooLong, match="5000 lines"):
        pdf(replace(PLAIN, blocks=(OwnWords(("a\n" * 6000,)),)))


def test_an_emoji_is_refused_and_named() -> None:
    with pytest.raises(UnprintableCharacters) as refused:
        pdf(replace(PLAIN, blocks=(OwnWords(("so sad 😢 and 😡, 😢",)),)))
    assert refused.value.characters == ("😢", "😡")
    assert "😢 😡" in str(refused.value)


@pytest.mark.parametrize(("size", "words", "least"), [("large", 18, 16), ("giant", 24, 20)])
def test_large_and_giant_print_have_no_table_and_no_small_type(size: str, words: int, least: int) -> None:
    content = pdf(RICH, size)
    assert not {kind for kind, _, _, _ in elements_of(content)} & {"Table", "TR", "TH", "TD"}
    sizes = sizes_of(content)
    assert min(sizes) == least
    assert words in sizes
    body = " ".join(line.text for page in lines_of(content) for line in body_of(page))
    assert "I talked to the chair. It was not settled." in body


@pytest.mark.parametrize("size", ["large", "giant"])
def test_in_large_and_giant_print_everything_begins_at_the_left(size: str) -> None:
    first = ("Leanne", "Monday", "The", "Dear")
    lefts = lefts_of(pdf(replace(PLAIN, footer="", page_of=""), size), *first)
    assert max(lefts) - min(lefts) < 3


def test_standard_print_has_no_type_under_twelve_points() -> None:
    assert min(sizes_of(pdf(RICH))) == 12


def test_every_column_heading_says_what_it_heads() -> None:
    headings = [scope for kind, _, scope, _ in elements_of(pdf(RICH)) if kind == "TH"]
    assert headings == ["Column", "Column"]


@pytest.mark.parametrize("size", SIZES)
def test_footers_are_page_furniture_and_not_read_out(size: str) -> None:
    content = pdf(RICH, size)
    words = [word for text in furniture_of(content) for word in text.split()]
    assert {word for word in words if not word.isdigit()} == {*RICH.footer.split(), "Page", "of"} - {"1"}
    assert len(furniture_of(content)) >= 2 * len(pages_of(content))


@pytest.mark.parametrize("size", SIZES)
def test_the_title_is_neutral_and_the_headings_are_bookmarks(size: str) -> None:
    content = pdf(RICH, size)
    headings = re.findall(r"<h(\d)[^>]*>(.*?)</h", html_to_print(RICH, size), re.S)
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == "Complaint about a conference"
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()
    assert marks == [(int(level) - 1, re.sub("<[^>]*>", "", text)) for level, text in headings]
    assert (2, "1 How the conference was run") in marks
    tagged = [kind for kind, _, _, _ in elements_of(content) if re.fullmatch(r"H\d", kind)]
    assert tagged == [f"H{level}" for level, _ in headings]


@pytest.mark.parametrize("name", ["rich", "arabic"])
def test_every_passage_in_another_language_says_so_in_the_tags(name: str) -> None:
    article = html_to_print(LETTERS[name], "standard").partition("</div>")[2]
    named = Counter(re.findall(r'<[^>]* lang="([^"]*)"', article))
    # The letter itself goes on from page to page.
    pages = len(pages_of(pdf(LETTERS[name])))
    named[LETTERS[name].language] += pages - 1
    assert Counter(language for _, language, _, _ in elements_of(pdf(LETTERS[name])) if language) == named


def test_a_letter_with_two_concerns_fits_on_one_sheet() -> None:
    assert len(pages_of(pdf(PLAIN))) <= 2


def test_the_annex_begins_a_new_page() -> None:
    pages = pages_of(pdf(RICH))
    assert pages[-1].startswith("My authority for somebody to write for me")


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert pdf(RICH) == pdf(RICH)


def test_letters_made_at_the_same_time_do_not_disturb_each_other() -> None:
    alone = {name: pdf(letter) for name, letter in LETTERS.items()}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda name: (name, pdf(LETTERS[name])), [*LETTERS] * 2))
    assert all(alone[name] == content for name, content in together)


def test_a_child_of_a_warmed_process_makes_letters_with_fonts_that_its_parent_never_used(
    tmp_path: Path,
) -> None:
    warm()
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # a child that waits for a thread of its parent waits for ever
        failed = 1
        try:
            for name, letter in LETTERS.items():
                (tmp_path / name).write_bytes(pdf(letter, "giant"))
            failed = 0
        finally:
            os._exit(failed)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert all(faults((tmp_path / name).read_bytes()) == [] for name in LETTERS)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/", "https://example.org/", "file:///etc/hostname", "ftp://a/"]
)
def test_nothing_is_fetched_from_outside_the_letter(address: str) -> None:
    with pytest.raises(ValueError, match="disallowed protocol"):
        _fetcher().fetch(address)


def test_programs_that_are_started_later_keep_their_own_fonts() -> None:
    warm()
    assert "heard" not in os.environ.get("FONTCONFIG_FILE", "")


def test_without_pango_a_pdf_names_the_command_and_the_rest_works() -> None:
    program = """
import sys
class NoPango:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, NoPango())
sys.path.insert(0, sys.argv[1])
from letters_to_print import PLAIN
from webapp import documents
assert documents.render(PLAIN, "txt").content and documents.render(PLAIN, "html").content
try:
    documents.render(PLAIN, "pdf")
except documents.PangoMissing as missing:
    print(missing)
"""
    folder = os.path.dirname(__file__)
    done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    assert PangoMissing.command in done.stdout
    assert "libpangoft2-1.0-0 libharfbuzz-subset0" in PangoMissing.command
