"""Every path through the law ends in letters, signposts or dates, and every letter can be written.

Run with -s to see how many were walked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from answering import answer_all
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import TODAY, paths_of, places_of, reached_in, used_in
from reading_aloud import faults, our_words, shape_faults, strings_of, untranslated
from wrapped import Heard, wrapped_words

from webapp.cases.model import Case, CaseError, Problem
from webapp.cases.reading import read_answers
from webapp.documents import render
from webapp.flows.reading import read_law
from webapp.language import LANGUAGES, Words, read_words
from webapp.letters.compose import compose
from webapp.letters.model import Letter
from webapp.places import flows_folder, templates_folder, translations_folder
from webapp.plans.compose import compose_plan, extra_kinds
from webapp.procedures import END, LetterDue, Route, route

LAW = read_law(flows_folder(), templates_folder() / "letters")
KINDS = {"complaint", "escalation", "chase", "request-procedure", "wait", END}
STATES = {"you": {"open", "done", "missed", "unknown"}, "them": {"open", "done", "late", "unknown"}}

OWN_NAME = "Ann Rhys-Öztürk"
WORDS = {
    "you": {
        "name": OWN_NAME,
        "address": "1 Mill Lane\nTown",
        "email": "ann@example.org",
        "phone": "01632 960001",
        "reply-by": ["post", "email", "phone"],
        "parental-responsibility": "yes",
        "privacy": ["not-other-parent", "no-messages"],
    },
    "children": [{"names": "Bo Rhys", "born": "2019-04-02"}, {"names": "Cy Rhys"}],
    "reference": "CS/1234",
    "worker": "D. Jones",
    "support": {
        "interpreter": "pl",
        "supporter": "Sam Lee",
        "reply-format": "large-print",
        "adjustments": "Short sentences, please.",
    },
    "send-by": "post",
    "legal": ["in-court"],
}
WRITER = {"name": "Sam Lee", "organisation": "Advocacy Here"}
OWN = frozenset(
    {
        *(OWN_NAME, "Sam Lee", "Advocacy Here", "D. Jones", "CS/1234", "Bo Rhys", "Cy Rhys"),
        *("Pat Hughes", "2 Civic Square", "Town", "1 Mill Lane"),
    }
)


def section_words(letter: str, concerns: list[str]) -> dict[str, Any]:
    """Every free text that a letter can carry."""
    return {
        "details": dict.fromkeys(concerns, "On 4 March this happened.\n\nIt was wrong."),
        "outcomes": [entry.id for entry in LAW.outcomes if letter in entry.letters],
        "own-outcome": "Please listen.",
        "why-late": "I was ill.",
        "why-unhappy": "It was not answered.",
        "tried": "I rang.",
        "enclosures": "A letter\nA note",
        "dates-i-can-make": "Tuesdays",
        "recipient": {"name": "Pat Hughes", "address": "2 Civic Square\nTown"},
        "conference-type": "review",
        "attended": "yes",
        "about-chair": "yes",
        "meeting": "welcome",
        "keep-working": "yes",
    }


PROFILES: dict[str, dict[str, Any]] = {
    "bare": {},
    "full": WORDS,
    "supporter": WORDS | {"role": "supporter", "writer": WRITER, "children": [{"names": "Bo Rhys"}]},
    "young": {"role": "young-person", "you": WORDS["you"], "support": {"reply-format": "braille"}},
    "carer": {
        "role": "carer",
        "you": {"parental-responsibility": "not-sure"},
        "support": {"interpreter": "cy"},
    },
    "family": {"role": "family-member", "you": {"name": OWN_NAME, "parental-responsibility": "no"}},
}


def merged(answers: dict[str, Any], profile: str) -> dict[str, Any]:
    """The answers with the words that a profile gives; the bare one and short ones have none."""
    more = dict(PROFILES[profile])
    if profile in ("full", "supporter"):
        for letter in LAW.letter:
            concerns = [one for one in answers["concerns"] if LAW.concern[one].letter == letter]
            if concerns:
                more[letter] = section_words(letter, concerns) | answers.get(letter, {})
    return answers | more


def check_route(case: Case, found: Route) -> None:
    """Letters, a signpost or dates to wait for; never nothing, never a state that cannot be."""
    assert found.letters or found.signposts
    for due in found.letters:
        assert due.kind in KINDS
        assert due.stage in due.procedure.stage
        assert due.stage.to in LAW.recipient
        assert due.concerns
        known = [entry.due for entry in due.deadlines if entry.due]
        assert known == sorted(known)
        assert all(entry.due is None for entry in due.deadlines[len(known) :])
        for entry in due.deadlines:
            check_deadline(case, due, entry)
        own = [entry for entry in due.deadlines if entry.state == "missed"]
        assert not due.late or own
        if due.kind == "chase":
            assert any(entry.state == "late" for entry in due.deadlines)
        if due.kind == "wait":
            waits = due.deadlines or extra_kinds(case, due, LAW) or due.reached == "procedure-requested"
            assert waits, "a dead end: nothing to wait for and nothing to ask"
        if due.kind == END:
            assert due.procedure.end.point


def check_deadline(case: Case, due: LetterDue, entry: Any) -> None:
    """What holds for every deadline."""
    who = entry.deadline.who
    assert entry.state in STATES[who]
    assert (entry.state == "unknown") <= (entry.due is None)
    assert (entry.act_by is not None) == (who == "you" and entry.state == "open")
    assert (entry.late_from is not None) == (who == "them" and entry.due is not None)
    if entry.act_by is not None:
        assert entry.act_by >= case.today
        assert entry.act_by == case.today or entry.act_by <= entry.due
        assert entry.act_by == case.today or LAW.calendar.is_working(entry.act_by)
    if entry.late_from is not None:
        assert entry.late_from > entry.due
        assert LAW.calendar.is_working(entry.due)
        assert entry.state != "late" or case.today >= entry.late_from
    if due.kind in ("complaint", "escalation"):
        assert (who == "them" and entry.state in ("open", "unknown")) or who == "you"


@cache
def walked() -> tuple[int, dict[tuple[object, ...], dict[str, Any]]]:
    """How many cases were routed, and one case for each way in which they end."""
    count, ends = 0, {}
    for procedure in LAW.procedures:
        for answers in paths_of(LAW, procedure):
            count += 1
            case = read_answers(answers, LAW, TODAY)
            found = route(case, LAW)
            check_route(case, found)
            (due,) = found.letters
            states = tuple((entry.deadline.rule, entry.state) for entry in due.deadlines)
            key = (due.procedure.id, case.nation, due.stage.id, due.kind, due.reached, due.late, states)
            ends.setdefault(
                (*key, due.concerns if due.kind in ("complaint", "request-procedure") else ()), answers
            )
    return count, ends


def test_every_answer_of_every_letter_ends_in_a_letter_a_signpost_or_dates() -> None:
    count, ends = walked()
    print(f"\n{count} cases routed, {len(ends)} of them end differently")
    assert count > 15_000
    reached = {(key[0], key[4]) for key in ends}
    for procedure in LAW.procedures:
        for used in used_in(procedure):
            assert {(procedure.id, each) for each in reached_in(procedure, used)} <= reached


def letters_of(case: Case, words: Words) -> Iterator[tuple[LetterDue, str, Letter]]:
    """Every letter that this case lets a parent write now."""
    found = route(case, LAW)
    for due in found.letters:
        for kind in ([due.kind] if due.writes else []) + list(extra_kinds(case, due, LAW)):
            yield due, kind, compose(case, due, found, LAW, words, kind)


def check_words(name: str, letter: Letter, own: frozenset[str] | None = None) -> None:
    """No gap, no empty heading, nothing untranslated."""
    wrong = [fault for text in our_words(letter) for fault in faults(text)]
    wrong += shape_faults(letter)
    wrong += untranslated(letter, own) if own is not None else []
    assert not wrong, f"{name}: {'; '.join(wrong)}"


@cache
def authority_names() -> frozenset[str]:
    return frozenset(name for entry in LAW.authorities for name in (entry.name, entry.name_cy) if name)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_letter_composes_in_every_language(profile: str) -> None:
    texts = 0
    own = OWN | authority_names()
    for key, answers in walked()[1].items():
        case = read_answers(merged(answers, profile), LAW, TODAY)
        name = f"{profile} {key[0]} {key[2]} {key[3]} {key[4]}"
        for _, kind, letter in letters_of(case, read_words("en", translations_folder())):
            check_words(f"{name} as {kind}", letter)
            texts += 1
        for _, kind, letter in letters_of(case, wrapped_words("cy")):
            check_words(f"{name} as {kind}, wrapped", letter, own)
            texts += 1
    print(f"\n{profile}: {texts} letters read")


@pytest.mark.parametrize("language", [each.id for each in LANGUAGES[1:]])
def test_every_letter_composes_in_the_language_of_its_catalogue(language: str) -> None:
    if not (translations_folder() / language / "LC_MESSAGES" / "heard.mo").exists():
        pytest.skip("the catalogues are not compiled here")
    words = read_words(language, translations_folder())
    heard = Heard(words.catalogue)
    words = replace(words, catalogue=heard)
    for key, answers in walked()[1].items():
        case = read_answers(merged(answers, "full"), LAW, TODAY)
        for _, kind, letter in letters_of(case, words):
            check_words(f"{language} {key[0]} {key[2]} {kind}", letter)
        compose_plan(case, route(case, LAW), LAW, words)
    assert not heard.left, f"these are left in English: {sorted(heard.left)}"


def test_every_plan_can_be_made_and_has_no_gap() -> None:
    for key, answers in walked()[1].items():
        case = read_answers(answers, LAW, TODAY)
        for words in (read_words("en", translations_folder()), wrapped_words("cy")):
            plan = compose_plan(case, route(case, LAW), LAW, words)
            (card,) = plan.cards
            wrong = [
                fault
                for text in strings_of(
                    (card.panel, card.steps, card.says, card.notes, plan.notes, plan.summary)
                )
                for fault in faults(text)
                if text and "straight quote" not in fault and "long dash" not in fault
            ]
            assert not wrong, f"{key}: {wrong}"
            assert card.panel.label
            assert card.panel.why or card.panel.left, key
            assert card.steps or card.notes, key


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
