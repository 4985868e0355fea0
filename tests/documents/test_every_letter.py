"""Every kept case as PDF, in each language and size: valid, whole, and well laid out. `make verify`."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import faults
from kept_cases import CASES, letters_of, plan_of, words
from sheets import faults_of_letter, faults_of_sheet, lines_of
from verapdf import clauses

from webapp.documents import SIZES, next_steps, pdf
from webapp.documents.carried import case_file_in
from webapp.language import BY_ID, LANGUAGES

# Every case in the languages of councils; one case of each kind of letter in the others.
KINDS = (
    "conference-durham-stage-1-complaint-late",
    "conference-england-stage-1-request-procedure",
    "conference-carmarthenshire-stage-1-chase",
    "conference-wales-stage-1-enquiry",
    "conference-durham-stage-1-holding",
    "services-england-stage-3-escalation",
    "services-england-ombudsman-escalation",
    "police-stage-1-complaint",
)
EVERY = [
    (case, language.id, size)
    for case in CASES
    for language in LANGUAGES
    if language.official or case.stem in KINDS
    for size in SIZES
]

# A letter is one or two sides long in standard print, with its second sheet left out; these are three.
THREE_SIDES = {
    ("conference-durham-stage-1-complaint-late", "cy"),
    ("conference-durham-stage-1-complaint-with-services", "cy"),
    ("conference-durham-stage-2-escalation", "cy"),
    ("conference-durham-stage-2-escalation", "en"),
    ("conference-durham-stage-2-escalation-late", "cy"),
    ("conference-durham-stage-2-escalation-late", "en"),
    ("services-england-stage-3-escalation", "cy"),
    ("services-england-stage-3-escalation-late", "cy"),
    ("services-england-stage-3-escalation-late", "en"),
}

pytestmark = [pytest.mark.verify, pytest.mark.xdist_group("verapdf")]


@pytest.mark.parametrize(("path", "language", "size"), EVERY, ids=lambda value: getattr(value, "stem", value))
def test_every_letter_is_valid_whole_and_well_laid_out(path: Path, language: str, size: str) -> None:
    longest = 0
    for _, letter in letters_of(path, language):
        made = pdf.render(letter, size)
        assert faults(made) == []
        assert clauses(made) == []
        assert faults_of_letter(letter, pdf.html_to_print(letter, size), size, made) == []
        longest = max(longest, len(lines_of(made)) - bool(letter.annex))
        copy = pdf.render_copy(letter, size, path.read_bytes(), "Saved answers")
        assert faults(copy) == []
        assert clauses(copy) == []
        assert case_file_in(copy) == path.read_bytes()
    if size == "standard" and BY_ID[language].official:
        assert (longest > 2) == ((path.stem, language) in THREE_SIDES)
        assert longest <= 3


@pytest.mark.parametrize(("path", "language", "size"), EVERY, ids=lambda value: getattr(value, "stem", value))
def test_every_sheet_of_next_steps_is_valid_whole_and_well_laid_out(
    path: Path, language: str, size: str
) -> None:
    plan, say = plan_of(path, language), words(language).say
    made = next_steps.render(plan, size, say).content
    assert faults(made) == []
    assert clauses(made) == []
    assert faults_of_sheet(next_steps.html_to_print(plan, size, say), size, made) == []
