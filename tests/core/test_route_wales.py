"""Conferences in Wales: Carmarthenshire’s own time limits, and elsewhere its steps without them."""

from __future__ import annotations

import pytest
from expecting import OWN_UNKNOWN, UNKNOWN, Make, iso


@pytest.mark.parametrize("place", ["carmarthenshire", "cardiff", "wales"])
@pytest.mark.parametrize(
    ("reached", "stage", "kind"),
    [
        ("not-started", "stage-1", "complaint"),
        ("talked", "stage-1", "complaint"),
        ("procedure-requested", "stage-1", "wait"),
        ("procedure-received", "stage-1", "complaint"),
        ("stage-1-sent", "stage-1", "wait"),
        ("stage-1-replied", "stage-2", "escalation"),
        ("stage-1-unresolved", "stage-2", "escalation"),
        ("stage-2-sent", "stage-2", "wait"),
        ("stage-2-replied", "stage-2", "end"),
        ("stage-2-unresolved", "stage-2", "end"),
    ],
)
def test_every_letter_goes_to_the_chair(
    letter: Make, place: str, reached: str, stage: str, kind: str
) -> None:
    made = letter("conference", place, "2026-11-23", reached, conference="2026-10-20")
    own = place == "carmarthenshire"
    assert made["procedure"] == ("conference-carmarthenshire" if own else "conference-wales")
    assert made.place == (stage, kind, "conference-chair")
    listed = ["CAR-16", "CAR-21"] if reached != "procedure-requested" else ["CAR-16"]
    of_stage = listed if own and stage == "stage-1" else []
    assert sorted(made.rules) == (["LAW-PSOW-1Y"] if kind == "end" else of_stage)


def test_carmarthenshire_counts_14_working_days_from_the_day_the_minutes_were_sent(letter: Make) -> None:
    made = letter(
        "conference", "carmarthenshire", "2026-11-23", notes_sent="2026-11-09", notes_received="2026-11-12"
    )
    # Monday 2026-11-09 and 14 working days: Friday 2026-11-27
    assert made("CAR-16") == {
        "due": iso("Friday 2026-11-27"),
        "act_by": iso("Friday 2026-11-27"),
        "state": "open",
    }
    # 7 days are Monday 2026-11-30, 7 working days Wednesday 2026-12-02
    assert made("CAR-21") == {
        "due": iso("Monday 2026-11-30"),
        "late_from": iso("Thursday 2026-12-03"),
        "state": "open",
    }
    assert made.rules == ["CAR-16", "CAR-21"]


def test_its_14_working_days_leave_out_christmas(letter: Make) -> None:
    made = letter("conference", "carmarthenshire", "2026-12-21", notes_sent="2026-12-14", send_by="post")
    # Monday 2026-12-14 and 14 working days: Wednesday 2027-01-06; posted on Monday 2027-01-04
    assert made("CAR-16")["due"] == iso("Wednesday 2027-01-06")
    assert made("CAR-16")["act_by"] == iso("Monday 2027-01-04")


def test_when_the_day_the_minutes_were_sent_is_forgotten_the_conference_counts(letter: Make) -> None:
    made = letter(
        "conference", "carmarthenshire", "2026-11-05", notes_sent="not-known", conference="2026-10-20"
    )
    # Tuesday 2026-10-20 and 14 working days: Monday 2026-11-09
    assert made("CAR-16") == {
        "due": iso("Monday 2026-11-09"),
        "act_by": iso("Monday 2026-11-09"),
        "state": "open",
        "assumed": True,
    }


@pytest.mark.parametrize(
    "events",
    [
        {"conference": "2026-10-20"},
        {"conference": "2026-10-20", "notes_received": "2026-11-02"},
        {"notes_sent": "not-known"},
        {"notes_sent": "not-known", "conference": "not-known"},
    ],
)
def test_minutes_that_were_not_sent_leave_the_last_day_unknown(letter: Make, events: dict[str, str]) -> None:
    made = letter("conference", "carmarthenshire", "2026-11-23", **events)
    assert made("CAR-16") == OWN_UNKNOWN
    assert made.rules == ["CAR-21", "CAR-16"]


def test_a_missed_last_day_makes_the_letter_late(letter: Make) -> None:
    made = letter("conference", "carmarthenshire", "2026-11-30", notes_sent="2026-11-09")
    assert made("CAR-16") == {"due": iso("Friday 2026-11-27"), "state": "missed"}
    assert made["late"]


def test_the_chair_is_late_only_after_7_working_days(letter: Make) -> None:
    sent = {"notes_sent": "2026-11-09", "complaint_sent": "2026-11-23"}
    waiting = letter("conference", "carmarthenshire", "2026-12-02", "stage-1-sent", **sent)
    assert waiting["kind"] == "wait"
    assert waiting("CAR-16") == {"due": iso("Friday 2026-11-27"), "state": "done"}
    assert waiting("CAR-21")["state"] == "open"
    late = letter("conference", "carmarthenshire", "2026-12-03", "stage-1-sent", **sent)
    assert late["kind"] == "chase"
    assert late("CAR-21")["state"] == "late"


def test_7_days_that_end_on_a_day_off_are_moved_to_the_next_working_day(letter: Make) -> None:
    made = letter("conference", "carmarthenshire", "2026-12-21", "stage-1-sent", complaint_sent="2026-12-18")
    # 7 days end on Christmas Day. The 7th working day is Thursday 2026-12-31: late from the holiday after it.
    assert made("CAR-21")["due"] == iso("Tuesday 2026-12-29")
    assert made("CAR-21")["late_from"] == iso("Friday 2027-01-01")


def test_a_complaint_sent_on_a_forgotten_day_leaves_the_chairs_limit_unknown(letter: Make) -> None:
    made = letter("conference", "carmarthenshire", "2026-12-21", "stage-1-sent", notes_sent="2026-11-09")
    assert made("CAR-16")["state"] == "done"
    assert made("CAR-21") == UNKNOWN


def test_stage_2_has_no_time_limit_anywhere_in_wales(letter: Make) -> None:
    for place in ("carmarthenshire", "wales"):
        made = letter("conference", place, "2026-12-21", "stage-2-sent", stage_2_sent="2025-01-06")
        assert made.place == ("stage-2", "wait", "conference-chair")
        assert made["deadlines"] == []


@pytest.mark.parametrize("place", ["carmarthenshire", "wales"])
def test_the_welsh_ombudsmans_year_counts_from_when_the_parent_knew_and_from_nothing_else(
    letter: Make, place: str
) -> None:
    known = letter("conference", place, "2026-11-23", "stage-2-replied", noticed="2026-03-10")
    assert known("LAW-PSOW-1Y") == {
        "due": iso("Tuesday 2027-03-09"),
        "act_by": iso("Tuesday 2027-03-09"),
        "state": "open",
    }
    forgotten = letter("conference", place, "2026-11-23", "stage-2-replied", conference="2026-06-01")
    assert forgotten("LAW-PSOW-1Y") == OWN_UNKNOWN
    late = letter("conference", place, "2026-11-23", "stage-2-replied", noticed="2025-03-10")
    assert late("LAW-PSOW-1Y")["state"] == "missed"
    assert not late["late"]


@pytest.mark.parametrize("place", ["carmarthenshire", "wales"])
def test_only_not_being_told_how_to_complain_asks_for_the_procedure(letter: Make, place: str) -> None:
    made = letter(
        "conference", place, "2026-11-23", concerns=["conference-no-information"], notes_sent="2026-11-09"
    )
    assert made["kind"] == "request-procedure"
    assert made.rules == (["CAR-16"] if place == "carmarthenshire" else [])
