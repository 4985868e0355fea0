"""PDF/UA-1 and PDF/A-3a as veraPDF checks them, and that it finds what is wrong when something is."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from kept_cases import CASES, letters_of, plan_of, words
from letters_to_print import ARABIC, NAMES, PLAN, RICH
from verapdf import UA, A, clauses

from webapp.documents import SIZES, archive, next_steps, paper, pdf

# One process alone starts Java.
pytestmark = pytest.mark.xdist_group("verapdf")

PAGE = """<!doctype html><html lang="en"><head><title>Title</title></head><body><h1>One</h1><h2>Two</h2>
<h3>Three</h3><p>Words.</p><table><thead><tr><th scope="col">Day</th><th scope="col">What</th></tr></thead>
<tbody><tr><td>1 May</td><td>A meeting</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A square</title>
<rect width="9" height="9"/></svg></body></html>"""
FILE = paper.Attached("saved-answers.json", "application/json", "Saved answers", b'{"a": 1}')

KINDS = {
    path.stem: path
    for path in CASES
    if path.stem
    in {
        "conference-carmarthenshire-stage-1-complaint-by-a-young-person",
        "conference-durham-stage-1-complaint-by-a-supporter",
        "conference-durham-stage-2-escalation-late",
        "services-england-stage-1-chase",
    }
}


@pytest.mark.parametrize(("name", "language", "size"), [
    ("conference-carmarthenshire-stage-1-complaint-by-a-young-person", "cy", "standard"),
    ("conference-durham-stage-1-complaint-by-a-supporter", "en", "large"),
    ("conference-durham-stage-2-escalation-late", "en", "giant"),
    ("conference-durham-stage-2-escalation-late", "cy", "large"),
    ("services-england-stage-1-chase", "en", "standard"),
])  # fmt: skip
def test_letters_of_many_kinds_are_valid(name: str, language: str, size: str) -> None:
    for _, letter in letters_of(KINDS[name], language):
        assert clauses(pdf.render(letter, size)) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_sheet_of_next_steps_is_valid(size: str) -> None:
    assert clauses(next_steps.render(PLAN, size).content) == []
    welsh = plan_of(KINDS["conference-durham-stage-2-escalation-late"], "cy")
    assert clauses(next_steps.render(welsh, size, words("cy").say).content) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_with_everything_in_it_is_valid_and_so_is_the_copy_that_carries_a_file(size: str) -> None:
    assert clauses(pdf.render(RICH, size)) == []
    assert clauses(pdf.render_copy(RICH, size, b'{"a": 1}', "Saved answers")) == []


def test_a_letter_in_every_script_is_valid() -> None:
    assert clauses(pdf.render(replace(RICH, sender=tuple(NAMES.values())), "standard")) == []
    assert clauses(pdf.render(ARABIC, "large")) == []


def test_a_page_with_fields_to_fill_in_is_valid_for_everybody_though_no_archive_takes_it() -> None:
    fields = '<form><p><label>Name <input name="name"></label></p></form><table>'
    made = paper.print_html(PAGE.replace("<table>", fields), ("letter-print.css",), forms=True)
    assert clauses(made, UA) == []
    document = pypdfium2.PdfDocument(made)
    assert document.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM
    document.close()


# What must be found: each spoils one thing in a page that is otherwise valid.


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], object]], None]:
    """Lets a test change a PDF right before it is written."""
    finish = archive.finish

    def begin(change: Callable[[Any], object]) -> None:
        def changed(made: Any, media_type: str) -> None:
            finish(made, media_type)
            change(made)

        monkeypatch.setattr(archive, "finish", changed)

    return begin


def made(html: str = PAGE) -> bytes:
    return paper.print_html(html, ("letter-print.css",), attached=FILE)


def dictionaries(made: Any, key: str, value: str) -> list[Any]:
    """The dictionaries of a PDF in which a key has a value."""
    return [each for each in made.objects if isinstance(each, dict) and each.get(key) == value]


def without(key: str, value: str, *gone: str) -> Callable[[Any], None]:
    """A change that takes entries out of every dictionary that has that value for that key."""

    def change(made: Any) -> None:
        found = dictionaries(made, key, value)
        assert found
        for each in found:
            for entry in gone:
                each.pop(entry, None)

    return change


def without_marks(made: Any) -> None:
    """The first words of a page hang on no tag."""
    stream = next(each.stream for each in made.objects if b"BDC" in (getattr(each, "stream", None) or ()))
    place = stream.index(b"BDC")
    del stream[stream.index(b"EMC", place)]
    del stream[place - 2 : place + 1]


def without_fonts(made: Any) -> None:
    for each in dictionaries(made, "Type", "/FontDescriptor"):
        for entry in ("FontFile2", "FontFile3"):
            each.pop(entry, None)


def test_the_page_that_is_spoilt_below_is_valid() -> None:
    assert clauses(made()) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<title>Title</title>", "", f"{UA} 7.1-9"),
        ("<title>A square</title>", "", f"{UA} 7.3-1"),
        ("h2>", "h4>", f"{UA} 7.4.2-1"),
        ("<h1>One</h1>", "", f"{UA} 7.4.2-1"),
    ],
    ids=["no title", "no alternative text", "a level of headings skipped", "no first heading"],
)
def test_what_is_missing_from_a_page_is_found(old: str, new: str, found: str) -> None:
    assert old in PAGE
    assert found in clauses(made(PAGE.replace(old, new)))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda made: made.catalog.pop("Lang"), f"{UA} 7.2-2"),
        (lambda made: made.catalog.pop("ViewerPreferences"), f"{UA} 7.1-10"),
        (lambda made: made.catalog.pop("StructTreeRoot"), f"{UA} 7.1-11"),
        (lambda made: made.catalog.pop("OutputIntents"), f"{A} 6.2.4.3-2"),
        (without_marks, f"{UA} 7.1-3"),
        (without_fonts, f"{A} 6.2.11.4.1-1"),
        (without("Type", "/Filespec", "AFRelationship"), f"{A} 6.8-3"),
        (lambda made: made.catalog.pop("AF"), f"{A} 6.8-4"),
    ],
    ids=[
        "no language",
        "no title shown",
        "no tags",
        "no colours",
        "words without a tag",
        "no fonts",
        "a file that says not why",
        "a file that belongs to nothing",
    ],
)
def test_what_is_missing_from_a_file_is_found(
    spoil: Any, change: Callable[[Any], object], found: str
) -> None:
    spoil(change)
    assert found in clauses(made())


def test_a_table_whose_headings_say_not_what_they_head_is_found(spoil: Any) -> None:
    def change(made: Any) -> None:
        without("S", "/TH", "A")(made)
        without("S", "/TD", "A")(made)

    spoil(change)
    assert f"{UA} 7.5-1" in clauses(made())


def test_a_file_that_claims_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "finish", lambda made, media_type: None)
    assert clauses(made()) == [f"{UA} 5-1"]


def test_both_claims_stand_in_the_file() -> None:
    content = made()
    (packed,) = re.findall(rb"/Type /Metadata.*?stream\n(.*?)\nendstream", content, re.S)
    description = zlib.decompress(packed).decode()
    assert ElementTree.fromstring(description) is not None
    for claim in ('pdfaid:part="3"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"'):
        assert description.count(claim) == 1
    assert "Date" not in description
