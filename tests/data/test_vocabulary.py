"""The names that the data may use are the ones that the code knows: facts, placeholders, inserts, answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest

from webapp.cases.model import NOT_KNOWN, Answers, Case, CaseError, Person, Section, Support
from webapp.cases.reading import read_answers
from webapp.flows.law import Law
from webapp.flows.reach import situations
from webapp.flows.stages import reached_ids
from webapp.flows.vocabulary import (
    ANSWERS,
    CHILD_VALUES,
    INSERTS,
    KINDS,
    facts_known,
    placeholders,
    values_known,
)
from webapp.language import read_words
from webapp.letters.blank import blanks_of, due_and_facts
from webapp.letters.facts import children_of, facts_of, values_of
from webapp.letters.inserts import MAKERS
from webapp.places import translations_folder
from webapp.procedures import LetterDue, Route, case_facts, letter_facts, route
from webapp.walking import walk

TODAY = date(2026, 11, 23)


def literals(annotation: Any) -> frozenset[str]:
    """The words that a field of the case file allows, but for the empty one."""
    found: set[str] = set()
    for part in get_args(annotation):
        found |= {part} if isinstance(part, str) else literals(part)
    return frozenset(found - {""})


FIELDS = {
    "role": Answers.model_fields["role"],
    "legal": Answers.model_fields["legal"],
    "helper": Answers.model_fields["helper"],
    "reply-by": Person.model_fields["reply_by"],
    "privacy": Person.model_fields["privacy"],
    "parental-responsibility": Person.model_fields["parental_responsibility"],
    "procedure-used": Section.model_fields["procedure_used"],
    "conference-type": Section.model_fields["conference_type"],
    "attended": Section.model_fields["attended"],
    "about-chair": Section.model_fields["about_chair"],
    "meeting": Section.model_fields["meeting"],
    "keep-working": Section.model_fields["keep_working"],
    "reply-language": Support.model_fields["reply_language"],
}


@pytest.mark.parametrize("fact", sorted(FIELDS))
def test_the_fixed_answers_are_those_of_the_case_file(fact: str) -> None:
    assert ANSWERS[fact] == literals(FIELDS[fact].annotation)


def test_the_fixed_answers_are_all_compared() -> None:
    assert ANSWERS.keys() - FIELDS.keys() == {"nation"}


def test_the_inserts_are_those_that_the_letters_make() -> None:
    assert MAKERS.keys() == INSERTS


def rich_answers(nation: str, authority: str, letter: str, concerns: list[str], law: Law) -> dict[str, Any]:
    """Answers with a word in every box, so that every fact and every value shows."""
    section = {
        "details": dict.fromkeys(concerns, "x"),
        "why-late": "x",
        "why-unhappy": "x",
        "tried": "x",
        "enclosures": "x",
        "dates-i-can-make": "x",
        "send-by": "post",
        "recipient": {"name": "x", "address": "x"},
        "conference-type": "initial",
        "attended": "yes",
        "about-chair": "yes",
        "meeting": "welcome",
        "keep-working": "yes",
    }
    return {
        "nation": nation,
        "authority": authority,
        "role": "supporter",
        "concerns": concerns,
        "legal": ["police-case"],
        "helper": "worker",
        "you": {
            "name": "x",
            "reply-by": ["post"],
            "privacy": ["no-messages"],
            "parental-responsibility": "yes",
        },
        "writer": {"name": "x", "organisation": "x"},
        "children": [{"names": "x", "born": "2019-04-02"}],
        "reference": "x",
        "worker": "x",
        "support": {"interpreter": "pl", "supporter": "x", "reply-format": "braille", "adjustments": "x"},
        letter: section,
    }


def cases(law: Law) -> Iterator[tuple[Case, LetterDue, Route]]:
    """Each procedure at each place, with every day forgotten, known, and long ago."""
    for procedure in law.procedures:
        concerns = [concern.id for concern in law.concerns if concern.letter == procedure.letter]
        for nation in procedure.nations:
            authority = procedure.authorities[0] if procedure.authorities else "not-sure"
            for used in sorted(ANSWERS["procedure-used"]):
                for reached in reached_ids(procedure, {"procedure-used": {used}}):
                    for day in (NOT_KNOWN, "2026-11-20", "2024-11-20"):
                        answers = rich_answers(nation, authority, procedure.letter, concerns, law)
                        section = answers[procedure.letter] | dict.fromkeys(law.event, day)
                        answers[procedure.letter] = section | {"reached": reached, "procedure-used": used}
                        case = read_answers(answers, law, TODAY)
                        found = route(case, law)
                        yield case, found.letters[0], found


def test_conditions_may_ask_for_what_is_known_and_for_nothing_else(law: Law) -> None:
    known, values = facts_known(law), values_known(law)
    of_letter: set[str] = set()
    of_case: set[str] = set()
    for case, due, found in cases(law):
        facts = facts_of(case, due, found, due.kind)
        of_letter |= facts.keys()
        of_case |= case_facts(case, found.letters).keys()
        assert (case_facts(case, found.letters) | letter_facts(case, due)).keys() <= known["notice"]
        for fact, ids in facts.items():
            assert ids - {""} <= values[fact], fact
    for blank in blanks_of(law):
        _, facts = due_and_facts(blank, law)
        of_letter |= facts.keys()
        for fact, ids in facts.items():
            assert ids - {""} <= values[fact], fact
    other_letters = set(law.letter)
    assert of_letter | other_letters == known["letter"]
    assert of_case | other_letters == known["case"]


def test_pages_know_what_conditions_of_questions_ask_for(law: Law) -> None:
    known = facts_known(law)
    answers = {"nation": "wales", "authority": "not-sure", "concerns": ["worker"], "role": "parent"}
    answers |= {"helper": "none", "legal": ["none"], "services": {"reached": "not-started"}}
    done = walk(answers, law, TODAY)
    assert done.facts[""].keys() <= known["page"]
    assert done.facts["services"].keys() <= known["letter page"]
    others = set(law.letter)
    assert known["page"] - others <= done.facts[""].keys()
    assert known["letter page"] - others <= done.facts["services"].keys()


def test_sentences_may_name_the_values_that_letters_fill_in(law: Law) -> None:
    words = read_words("en", translations_folder())
    filled: set[str] = set()
    of_children: set[str] = set()
    for case, due, _ in cases(law):
        values = values_of(case, due, law, words)
        assert values.keys() <= placeholders(law)
        filled |= values.keys()
        of_children |= {name for child in children_of(case, words) for name in child}
    answers = {"nation": "england", "authority": "E06000047", "concerns": ["worker"]}
    case = read_answers(answers, law, TODAY)
    filled |= values_of(case, route(case, law).letters[0], law, words).keys()
    assert of_children == CHILD_VALUES
    assert placeholders(law) == filled | {entry.id for entry in law.places}


def test_every_place_of_a_procedure_is_one_that_conditions_may_meet(law: Law) -> None:
    reachable = [dict(place) for procedure in law.procedures for place in situations(procedure, law)]
    for case, due, found in cases(law):
        facts = facts_of(case, due, found, due.kind)
        assert due.kind in KINDS
        assert any(all(facts[fact] & ids for fact, ids in place.items()) for place in reachable)


def test_every_key_that_a_question_fills_is_one_of_the_case_file(law: Law) -> None:
    top, section = {*Answers.model_fields}, {*Section.model_fields}
    for question in law.questions:
        for key in [question.key, *(box.id for box in question.box)]:
            first = key.partition(".")[0].replace("-", "_")
            assert not first or first in (section if question.each else top), key


def test_an_answer_that_a_question_offers_is_one_that_a_case_may_hold(law: Law) -> None:
    for question in law.questions:
        if question.kind not in ("one", "several") or question.each or not question.option:
            continue
        for option in question.option:
            answers: dict[str, Any] = {"nation": "wales", "authority": "not-sure", "concerns": ["worker"]}
            value: Any = [option.id] if question.kind == "several" else option.id
            for part in reversed(question.key.split(".")):
                value = {part: value}
            try:
                read_answers(answers | value, law, TODAY)
            except CaseError as error:
                pytest.fail(f"{question.id}, {option.id}: {error}")
