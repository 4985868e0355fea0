"""Every kept case as a PDF, in each language and size: PDF/UA-1, and its words recovered. `make verify`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import faults, text_of, words_of

from webapp.cases.reading import read_case
from webapp.clock import london_day
from webapp.documents import SIZES, render
from webapp.documents.next_steps import render as render_sheet
from webapp.flows.reading import read_law
from webapp.language import LANGUAGES, read_words
from webapp.letters.compose import compose
from webapp.letters.model import Concern, Letter, Paragraph, Points
from webapp.places import flows_folder, templates_folder, translations_folder
from webapp.plans.compose import compose_plan, extra_kinds
from webapp.procedures import route

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.json"))
LAW = read_law(flows_folder(), templates_folder() / "letters")
EVERY = [(case, language.id, size) for case in CASES for language in LANGUAGES for size in SIZES]

pytestmark = pytest.mark.verify


def said_in(letter: Letter) -> list[str]:
    """All that a letter says, in pieces that a page break leaves whole words of."""
    said = [*letter.sender, *letter.recipient, letter.salutation, letter.heading, *letter.reference]
    for block in letter.blocks:
        if isinstance(block, Paragraph):
            said.append(block.text)
        elif isinstance(block, Points):
            said += block.items
        elif isinstance(block, Concern):
            said += [block.heading, *(block.words.paragraphs if block.words else ())]
    return [*said, letter.closing, *letter.enclosures]


@pytest.mark.parametrize(("path", "language", "size"), EVERY, ids=lambda value: getattr(value, "stem", value))
def test_every_letter_is_accessible_and_gives_back_its_words(path: Path, language: str, size: str) -> None:
    words = read_words(language, translations_folder())
    case = read_case(json.loads(path.read_text()), LAW, london_day())
    found = route(case, LAW)
    for due in found.letters:
        for kind in ([due.kind] if due.writes else []) + list(extra_kinds(case, due, LAW)):
            letter = compose(case, due, found, LAW, words, kind)
            pdf = render(letter, "pdf", size).content
            assert faults(pdf) == []
            recovered = set(words_of(text_of(pdf)))
            missing = [word for text in said_in(letter) for word in words_of(text) if word not in recovered]
            assert missing == []


@pytest.mark.parametrize(("path", "language", "size"), EVERY, ids=lambda value: getattr(value, "stem", value))
def test_every_sheet_of_next_steps_is_accessible(path: Path, language: str, size: str) -> None:
    words = read_words(language, translations_folder())
    case = read_case(json.loads(path.read_text()), LAW, london_day())
    plan = compose_plan(case, route(case, LAW), LAW, words)
    assert faults(render_sheet(plan, size, words.say).content) == []
