"""Every path through the law ends in letters, signposts or dates.

Run with -s to see how many were walked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from every_path import LAW, check_route, check_words, letters_of, walked
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import TODAY, places_of, reached_in, used_in
from wrapped import wrapped_words

from webapp.cases.model import Case, CaseError, Problem
from webapp.cases.reading import read_answers
from webapp.documents import render
from webapp.language import read_words
from webapp.places import translations_folder
from webapp.plans.compose import compose_plan
from webapp.procedures import END, route


def test_every_answer_of_every_letter_ends_in_a_letter_a_signpost_or_dates() -> None:
    count, ends = walked()
    print(f"\n{count} cases routed, {len(ends)} of them end differently")
    assert count > 15_000
    reached = {(key[0], key[4]) for key in ends}
    for procedure in LAW.procedures:
        for used in used_in(procedure):
            assert {(procedure.id, each) for each in reached_in(procedure, used)} <= reached


def pairs() -> Iterator[dict[str, Any]]:
    """Two letters at once: every step of the conference and the services, else the steps that differ."""
    places = [
        ("england", "E06000047"),
        ("england", "not-sure"),
        ("wales", "W06000010"),
        ("wales", "not-sure"),
    ]
    for one, two in combinations(LAW.letter, 2):
        for nation, authority in places:
            steps = []
            for letter in (one, two):
                procedure = LAW.procedure_for(letter, nation, authority)
                known = reached_in(procedure, "not-known")
                steps.append(
                    known if {one, two} == {"conference", "services"} else (known[0], known[-3], known[-1])
                )
            concerns = {
                letter: next(e.id for e in LAW.concerns if e.letter == letter) for letter in (one, two)
            }
            for first in steps[0]:
                for second in steps[1]:
                    yield {
                        "nation": nation,
                        "authority": authority,
                        "concerns": [concerns[one], concerns[two]],
                        one: {"reached": first},
                        two: {"reached": second},
                    }


def test_two_letters_at_once_name_each_other_where_they_should() -> None:
    count, english = 0, read_words("en", translations_folder())
    for answers in pairs():
        count += 1
        case = read_answers(answers, LAW, TODAY)
        found = route(case, LAW)
        check_route(case, found)
        assert len(found.letters) == 2
        kinds = {due.letter: due.kind for due in found.letters}
        linked = set(kinds) == {"conference", "services"} and END not in kinds.values()
        assert ("co-ordinate" in found.notices) is linked
        for due, kind, letter in letters_of(case, english):
            name = f"{answers} {due.letter} as {kind}"
            check_words(name, letter)
            text = render(letter, "txt").content.decode().replace("\n", " ")
            if linked:
                assert "together" in text, f"{name}: it does not ask for the two to be looked at together"
            if END in kinds.values():
                assert "I am also complaining" not in text, name
    print(f"\n{count} pairs routed")
    assert count > 1_000


def read_or_refused(answers: dict[str, Any], today: date) -> tuple[Case | None, tuple[Problem, ...]]:
    try:
        return read_answers(answers, LAW, today), ()
    except CaseError as error:
        return None, error.problems


DAYS = st.dates(date(2021, 1, 1), date(2027, 6, 30)).map(date.isoformat) | st.just("not-known")


@given(st.data(), st.dates(date(2022, 1, 1), date(2027, 9, 30)), st.sampled_from(["email", "post"]))
@settings(max_examples=300, deadline=None)
def test_any_dates_are_counted_or_refused_for_a_reason(data: st.DataObject, today: date, way: str) -> None:
    procedure = data.draw(st.sampled_from(LAW.procedures))
    nation, authority = data.draw(st.sampled_from(places_of(procedure)))
    used = data.draw(st.sampled_from(used_in(procedure)))
    reached = data.draw(st.sampled_from(reached_in(procedure, used)))
    events = data.draw(st.dictionaries(st.sampled_from(sorted(LAW.event)), DAYS, max_size=6))
    concern = next(entry.id for entry in LAW.concerns if entry.letter == procedure.letter)
    section = {"reached": reached, "procedure-used": used, "send-by": way} | events
    answers = {"nation": nation, "authority": authority, "concerns": [concern], procedure.letter: section}
    case, refused = read_or_refused(answers, today)
    for problem in refused:
        assert problem.where.split(".")[-1] in events
        said = problem.text(str)
        assert "after today" in said or "cannot be before" in said
    if case is None:
        return
    found = route(case, LAW)
    check_route(case, found)
    if any(due.writes for due in found.letters):
        compose_plan(case, found, LAW, read_words("en", translations_folder()))


def test_the_court_alone_and_elsewhere_end_in_a_signpost() -> None:
    for answers in (
        {"nation": "elsewhere"},
        *(
            {"nation": nation, "authority": "not-sure", "concerns": ["court"]}
            for nation in ("england", "wales")
        ),
    ):
        case = read_answers(answers, LAW, TODAY)
        found = route(case, LAW)
        check_route(case, found)
        for words in (read_words("en", translations_folder()), wrapped_words("cy")):
            plan = compose_plan(case, found, LAW, words)
            assert plan.signposts
            assert not plan.cards
