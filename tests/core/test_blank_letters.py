"""Blank letters: every one composes, asserts nothing that is not known, and has a place for what is."""

from __future__ import annotations

import re

import pytest
from every_path import LAW

from webapp.documents.text import text
from webapp.language import read_words
from webapp.letters.blank import Blank, blanks_of, compose_blank
from webapp.letters.model import Choices, Letter, Place, Space, pieces
from webapp.library.catalogue import find, path_of, sheet
from webapp.places import translations_folder

BLANKS = {path_of(blank): blank for blank in blanks_of(LAW)}
ENGLISH = read_words("en", translations_folder())
WELSH = read_words("cy", translations_folder())


def composed(path: str) -> Letter:
    return compose_blank(BLANKS[path], LAW, ENGLISH)


def places_in(letter: Letter) -> list[str]:
    return re.findall(r"\[(\S[^\]]*)\]", " ".join(text(letter).split()))


def each_stage() -> list[tuple[str, str, str]]:
    return [
        (nation, procedure.id, stage.id)
        for procedure in LAW.procedures
        for nation in procedure.nations
        for stage in procedure.stage
    ]


@pytest.mark.parametrize(("nation", "procedure", "stage"), each_stage())
def test_every_stage_of_every_procedure_has_a_first_letter_and_one_that_asks(
    nation: str, procedure: str, stage: str
) -> None:
    here = {blank.kind.kind for blank in BLANKS.values()
            if (blank.nation, blank.procedure.id, blank.stage.id) == (nation, procedure, stage)}  # fmt: skip
    first = LAW.procedure[procedure].stage[0].id == stage
    assert ("complaint" if first else "escalation") in here
    assert "enquiry" in here


def test_a_path_names_one_blank_letter_alone() -> None:
    assert len(BLANKS) == len(blanks_of(LAW))


@pytest.mark.parametrize("path", BLANKS)
def test_every_blank_letter_has_places_and_no_date_or_gap(path: str) -> None:
    letter = composed(path)
    said = text(letter)
    assert not re.search(r"\b20\d\d-\d\d|\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d", said)
    assert not re.search(r"[{}\ue000\ue001]|  \w", said.replace("\n    ", "\n").replace("\n  ", "\n"))
    places = places_in(letter)
    assert {"your full name", "date of this letter", "your house and street"} <= set(places)
    assert letter.heading
    assert letter.salutation
    assert not any(
        isinstance(piece, Place) for piece in pieces(letter.footer + letter.title + letter.heading)
    )


@pytest.mark.parametrize("path", BLANKS)
def test_every_blank_letter_is_said_in_welsh_too(path: str) -> None:
    english, welsh = composed(path), compose_blank(BLANKS[path], LAW, WELSH)
    assert len(english.blocks) == len(welsh.blocks)
    assert english.heading != welsh.heading
    assert len(places_in(english)) == len(places_in(welsh))


def test_a_blank_complaint_offers_the_concerns_and_outcomes_of_its_procedure_alone() -> None:
    letter = composed("wales/conference-carmarthenshire/stage-1/complaint")
    offered = [item for block in letter.blocks if isinstance(block, Choices) for item in block.items]
    assert "How the conference was run (the conference process)" in offered
    assert "I ask for the decision to be looked at again." in offered
    assert not any("held again, with a different chair" in item for item in offered)
    assert any(isinstance(block, Space) and block.lines >= 10 for block in letter.blocks)


def test_a_late_blank_names_the_limit_asks_for_discretion_and_leaves_room_for_the_reason() -> None:
    said = " ".join(text(composed("england/conference-durham/stage-1/complaint-late")).split())
    assert "within 28 days of receiving the notes. I received them on [day you got them]." in said
    assert "in exceptional circumstances" in said
    assert "[Your reason]" in said
    assert "This letter is within the 28 days" not in said


def test_a_reminder_is_about_one_limit_and_quotes_it() -> None:
    meeting = " ".join(text(composed("england/conference-durham/stage-1/chase-dur-32")).split())
    answer = " ".join(text(composed("england/conference-durham/stage-1/chase-dur-41")).split())
    assert "“within seven working days of receipt of your complaint”" in meeting
    assert "We met about it on" not in meeting
    assert "We met about it on [day you met]." in answer
    assert "your written answer, with notes of our meeting" in answer


def test_the_council_is_named_where_the_procedure_is_its_own_and_else_a_place() -> None:
    assert "Durham County Council" in composed("england/conference-durham/stage-1/complaint").recipient
    general = places_in(composed("england/conference-england/stage-1/complaint"))
    assert "name of the council" in general


def ids(found: tuple[Blank, ...]) -> set[str]:
    return {blank.procedure.id for blank in found}


def test_every_place_and_every_room_that_has_a_name_is_met_in_some_letter() -> None:
    met = {name for path in BLANKS for name in places_in(composed(path))}
    events = {entry.id for entry in LAW.events}
    assert {entry.text for entry in LAW.places if entry.id not in events} <= met
    assert events <= {entry.id for entry in LAW.places}, "each date that can be known has a place"
    assert {entry.text for entry in LAW.spaces} <= met


def test_a_council_finds_its_own_procedure_and_not_the_general_one() -> None:
    assert "conference-durham" in ids(find(LAW, council="E06000047"))
    assert "conference-england" not in ids(find(LAW, council="E06000047"))
    assert "conference-england" in ids(find(LAW, council="E06000001"))
    assert {blank.nation for blank in find(LAW, council="W06000010")} == {"wales"}


def test_a_procedure_and_a_stage_find_their_letters_and_what_there_is_not_finds_all() -> None:
    stage = find(LAW, procedure="conference-durham", stage="stage-2")
    assert {blank.stage.id for blank in stage} == {"stage-2"}
    assert ids(stage) == {"conference-durham"}
    assert find(LAW, council="X", procedure="nonsense", stage="nonsense") == blanks_of(LAW)


@pytest.mark.parametrize("path", BLANKS)
def test_every_blank_letter_says_what_it_is_for_when_to_use_it_and_on_what_it_rests(path: str) -> None:
    shown = sheet(BLANKS[path], LAW, ENGLISH)
    for said in (shown.title, shown.what, shown.use, shown.to, shown.stage, shown.procedure):
        assert said
        assert "{" not in said
    for limit in shown.limits:
        assert limit.does
        assert limit.allowed
        assert limit.rules
    assert shown.rules or BLANKS[path].kind.kind == "enquiry"


def test_the_limits_of_durham_s_first_stage_are_told_in_words() -> None:
    shown = sheet(BLANKS["england/conference-durham/stage-1/complaint"], LAW, ENGLISH)
    assert shown.own_limit == "28 days after you get the notes."
    assert ("they", "The chair meets you. You can bring a friend or relative.") in [
        (limit.who, limit.does) for limit in shown.limits
    ]
