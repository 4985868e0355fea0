"""Every walk through the questions reaches its end, and keeps what belongs to it.

Run with -s to see how many were walked.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from answering import answer_all
from every_path import LAW, check_route, check_words, letters_of
from paths import TODAY, places_of, reached_in, used_in

from webapp.cases.reading import read_answers
from webapp.language import read_words
from webapp.places import translations_folder
from webapp.procedures import route


@pytest.mark.parametrize("role", ["parent", "supporter"])
def test_every_walk_through_the_questions_reaches_its_end(role: str) -> None:
    count = 0
    for procedure in LAW.procedures:
        for (nation, authority), used in ((p, u) for p in places_of(procedure) for u in used_in(procedure)):
            concern = [entry.id for entry in LAW.concerns if entry.letter == procedure.letter]
            for reached in reached_in(procedure, used):
                given = {
                    "nation": nation,
                    "authority": authority,
                    "role": role,
                    "concerns": concern,
                    procedure.letter: {"reached": reached, "procedure-used": used},
                }
                done = answer_all(given, LAW, TODAY)
                case = read_answers(done.kept, LAW, TODAY)
                (due,) = route(case, LAW).letters
                assert (due.procedure.id, due.reached) == (procedure.id, reached)
                for _, kind, letter in letters_of(case, read_words("en", translations_folder())):
                    check_words(f"{procedure.id} {reached} as {kind}", letter)
                count += 1
    print(f"\n{count} walks")


@pytest.mark.parametrize(
    "given",
    [
        {"nation": "elsewhere"},
        {"nation": "england", "authority": "not-sure", "concerns": ["court"]},
        {"nation": "wales", "authority": "not-sure", "concerns": ["conference-no-information"]},
        {"nation": "england", "authority": "E06000047", "legal": ["in-court"], "helper": "complained-about",
         "concerns": [entry.id for entry in LAW.concerns]},
        {"nation": "wales", "authority": "W06000010", "role": "young-person",
         "concerns": [entry.id for entry in LAW.concerns]},
        {"nation": "england", "authority": "not-sure", "concerns": ["worker", "plan-made"],
         "services": {"reached": "ombudsman-replied"}, "conference": {"reached": "stage-3-replied"}},
    ],
)  # fmt: skip
@pytest.mark.parametrize("dates", ["recent", "not-known", "not-yet"])
def test_a_walk_with_many_letters_or_none_reaches_its_end(given: dict[str, Any], dates: str) -> None:
    done = answer_all(given, LAW, TODAY, dates)
    case = read_answers(done.kept, LAW, TODAY)
    check_route(case, route(case, LAW))


def test_a_walk_keeps_no_answer_of_a_letter_that_was_closed_again() -> None:
    given = {"nation": "england", "authority": "not-sure", "concerns": ["worker", "plan-made"]}
    both = answer_all(given, LAW, TODAY)
    one = answer_all(both.kept | {"concerns": ["worker"]}, LAW, TODAY)
    assert "conference" in both.kept
    assert "conference" not in one.kept


def test_a_day_without_known_bank_holidays_is_asked_for_again_and_breaks_nothing() -> None:
    given = {"nation": "england", "authority": "not-sure", "concerns": ["worker"],
             "services": {"reached": "stage-1-sent", "complaint-sent": "2011-03-07"}}  # fmt: skip
    done = answer_all(given, LAW, date(2026, 11, 23))
    assert done.kept["services"]["complaint-sent"] != "2011-03-07"
