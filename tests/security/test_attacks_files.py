"""Wild words in every file that is made: no order, no link, no field, no line of their own, only words."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pytest
from attacking import BLENDS, CASES, MARK, TODAY, WORKED_OUT, Browser, filled, page_faults, whole_case
from flask import Flask

from webapp.cases.reading import read_answers
from webapp.documents import Document, voice
from webapp.flows.law import Law
from webapp.language import read_words
from webapp.packing import packed
from webapp.places import translations_folder
from webapp.security import clean_text
from webapp.walking import walk

LETTER = "letter-1/en/standard"
_NEUTRAL = re.compile(
    r"(letter-\d+|next-steps)(-your-copy)?(-[a-z0-9-]+)?\.[a-z0-9]+|dates\.ics|contents\.html|saved-answers\.json"
)

_ORDERS = (
    *(b"JavaScript", b"JS", b"Launch", b"URI", b"SubmitForm", b"ImportData", b"GoToR", b"GoToE"),
    *(b"OpenAction", b"AA", b"RichMedia", b"Rendition", b"AcroForm", b"XFA"),
)


@pytest.fixture(params=range(len(BLENDS)))
def answers(request: pytest.FixtureRequest, law: Law) -> dict[str, Any]:
    """A whole case with wild words in each box of it."""
    return filled(whole_case(law), law, clean_text(BLENDS[request.param]))


@pytest.fixture
def holding(browser: Browser, answers: dict[str, Any]) -> Browser:
    """A browser with that case."""
    browser.hold(answers)
    return browser


def get(browser: Browser, name: str) -> bytes:
    response = browser.client.get(f"/en/{name}")
    assert response.status_code == 200, name
    disposition = response.headers["Content-Disposition"]
    assert MARK not in disposition
    assert disposition.startswith("attachment; ")
    return response.data


def test_a_letter_as_a_web_page_holds_words_and_no_orders(holding: Browser) -> None:
    page = get(holding, f"{LETTER}.html").decode()
    assert MARK in page
    assert not page_faults(page)
    assert not re.search(r"<(script|iframe|object|form|link|img)\b", page)
    assert WORKED_OUT not in page


def test_a_word_file_holds_no_field_link_macro_or_outside_part_of_a_typed_word(holding: Browser) -> None:
    with zipfile.ZipFile(BytesIO(get(holding, f"{LETTER}.docx"))) as file:
        parts = {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}
    document = parts["word/document.xml"]
    assert MARK in document
    for name, part in parts.items():
        assert not re.search(r"vbaProject|altChunk|oleObject|attachedTemplate|embeddings/", name + part), name
        assert 'TargetMode="External"' not in part, name
        assert "<!DOCTYPE" not in part, name
        assert "<!ENTITY" not in part, name
        for order in re.findall(r"<w:(?:instrText|fldSimple|hyperlink)\b.*?(?:</|/>)", part, re.DOTALL):
            assert MARK not in order
        for tag in re.findall(r"<[^>]*>", part):
            assert MARK not in tag, tag


def test_a_pdf_has_no_script_link_or_action_and_starts_nothing(holding: Browser) -> None:
    for name in (f"{LETTER}.pdf", "letter-1/en/your-copy/standard.pdf"):
        objects = objects_of(get(holding, name))
        for order in _ORDERS:
            assert not re.search(rb"/" + order + rb"(?![A-Za-z])", objects), (name, order)


def objects_of(pdf: bytes) -> bytes:
    """What a PDF says of its objects, unpacked; without the contents of its pages, fonts and files."""
    packed_objects = [
        zlib.decompressobj().decompress(found[2])
        for found in re.finditer(
            rb"<<([^>]*/Type\s*/ObjStm.*?)>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL
        )
        if b"/FlateDecode" in found[1]
    ]
    return re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL) + b"".join(packed_objects)


def test_a_calendar_holds_its_own_lines_and_no_typed_word(holding: Browser) -> None:
    calendar = get(holding, "calendar.ics")
    assert MARK.encode() not in calendar
    assert b"ATTACH" not in calendar
    lines = calendar.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert all(len(line) <= 75 for line in lines)
    assert set(re.findall(rb"^(?:BEGIN|END):(\w+)", calendar, re.MULTILINE)) == {
        b"VCALENDAR",
        b"VEVENT",
        b"VALARM",
    }


def test_braille_is_braille_and_plain_text_is_text(holding: Browser) -> None:
    response = holding.client.get(f"/en/{LETTER}.brf")
    assert response.status_code in (200, 409)  # Braille has no signs for some of them, and the page says so
    if response.status_code == 200:
        assert not re.search(rb"[^\x20-\x7e\r\n\x0c]", response.data)
    text = get(holding, f"{LETTER}.txt").decode()
    assert MARK in text
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)


def test_a_saved_case_comes_back_as_it_went(holding: Browser, answers: dict[str, Any], law: Law) -> None:
    form = {"csrf_token": holding.secret("/en/save")}
    saved = holding.client.post("/en/save", data=form).get_json()
    assert saved["answers"] == walk(answers, law, TODAY).kept
    fields = {"csrf_token": holding.secret(), "file": (BytesIO(json.dumps(saved).encode()), f'"{MARK}.json')}
    response = holding.client.post("/en/come-back", data=fields)
    if response.status_code == 302:
        assert (
            holding.client.post("/en/save", data=form).get_json()["answers"].keys() == saved["answers"].keys()
        )


def test_the_names_in_a_pack_tell_nothing_and_lead_nowhere(
    site: Flask, answers: dict[str, Any], law: Law
) -> None:
    def make(format: str, *_: Any) -> Document:
        return Document(b"x", "text/plain", format)

    case = read_answers(answers, law, TODAY, texts=False)
    words = read_words("en", translations_folder())
    pack = b"".join(packed(case, law, words, b"{}", make))
    with zipfile.ZipFile(BytesIO(pack)) as file:
        names = file.namelist()
        assert all(_NEUTRAL.fullmatch(name) for name in names), names
        assert len(names) == len(set(names)) > 10
        assert not page_faults(file.read("contents.html").decode())


def test_what_is_read_aloud_is_read_as_words() -> None:
    # No flag for SSML (0x10) or phonemes (0x100): a mark in the text is no order to the voice.
    assert voice._PLAIN & (0x10 | 0x100) == 0


def test_no_cell_of_the_one_table_that_is_made_begins_as_a_formula_does(law: Law) -> None:
    cells = [
        cell for line in (CASES.parent / "routes.tsv").read_text().splitlines() for cell in line.split("\t")
    ]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell != "-" and cell.startswith(("=", "+", "-", "@"))]
