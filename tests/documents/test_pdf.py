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

from webapp.documents import SIZES, PangoMissing, TooLong, UnprintableCharacters, render
from webapp.documents.paper import _fetcher
from webapp.documents.pdf import warm
from webapp.letters.model import Concern, Heading, Letter, OwnWords, Paragraph, Signature

pytestmark = pytest.mark.usefixtures("no_complaints")

LETTERS = {"plain": PLAIN, "rich": RICH, "welsh": WELSH, "arabic": ARABIC}


def pdf(letter: Letter, size: str = "standard") -> bytes:
    return render(letter, "pdf", size).content


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_pdf_ua_1(name: str, size: str) -> None:
    assert faults(pdf(LETTERS[name], size)) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_parents_own_words_come_back_word_for_word(size: str) -> None:
    text = " ".join(words_of(text_of(pdf(RICH, size))))
    for block in RICH.blocks:
        own = block.words if isinstance(block, Concern) else block
        if isinstance(own, OwnWords):
            for paragraph in own.paragraphs:
                assert " ".join(paragraph.split()) in text


def test_every_word_of_the_letter_comes_back() -> None:
    found = Counter(words_of(text_of(pdf(PLAIN))))
    strings = [
        *PLAIN.sender, *PLAIN.recipient, PLAIN.date, PLAIN.salutation, PLAIN.heading, *PLAIN.reference,
        PLAIN.closing, *PLAIN.enclosures,
    ]  # fmt: skip
    assert Counter(words_of(" ".join(strings))) <= found


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


def test_large_print_has_no_table_and_no_type_under_sixteen_points() -> None:
    content = pdf(RICH, "large")
    assert not {kind for kind, _, _, _ in elements_of(content)} & {"Table", "TR", "TH", "TD"}
    sizes = sizes_of(content)
    assert min(sizes) == 16
    assert 18 in sizes
    assert "I talked to the chair. It was not settled." in text_of(content)


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


def test_the_title_is_neutral_and_the_headings_are_bookmarks() -> None:
    document = pypdfium2.PdfDocument(pdf(RICH))
    assert document.get_metadata_value("Title") == "Complaint about a conference"
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert marks[0] == (0, RICH.heading)
    assert (2, "1 How the conference was run") in marks
    document.close()


def test_a_letter_with_two_concerns_fits_on_one_sheet() -> None:
    assert len(pages_of(pdf(PLAIN))) <= 2


def test_the_annex_begins_a_new_page() -> None:
    pages = pages_of(pdf(RICH))
    assert pages[-1].startswith("My authority for somebody to write for me")


# So many sentences that what follows them falls on the end of a page.
@pytest.mark.parametrize(("size", "full"), [("standard", range(16, 24)), ("large", range(19, 26))])
def test_a_signature_never_stands_alone_on_its_page(size: str, full: range) -> None:
    seen = set()
    for lines in full:
        blocks = (*(Paragraph(f"Sentence {number}.") for number in range(lines)), Signature("Leanne", "Date"))
        for text in pages_of(pdf(replace(PLAIN, blocks=blocks, enclosures=()), size)):
            if "Yours faithfully" in text:
                assert "Sentence" in text.split("Yours faithfully")[0]
                assert "Date" in text
                seen.add(text.count("Sentence"))
    assert 1 in seen, "no signature came near a page's end: choose other numbers of sentences"


@pytest.mark.parametrize(("size", "full"), [("standard", range(14, 19)), ("large", range(19, 23))])
def test_no_heading_is_left_behind_at_the_foot_of_a_page(size: str, full: range) -> None:
    for lines in full:
        blocks = (
            *(Paragraph(f"Sentence {number}.") for number in range(lines)),
            Heading("A heading"),
            Concern(1, "A concern", (), OwnWords(("Words. " * 60,))),
        )
        for text in pages_of(pdf(replace(PLAIN, blocks=blocks), size)):
            body = text.replace("\r", "").split(f"\n{PLAIN.footer}")[0].rstrip()
            assert not body.endswith(("A heading", "A concern"))


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
        for name, letter in LETTERS.items():
            (tmp_path / name).write_bytes(pdf(letter, "large"))
        os._exit(0)
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
