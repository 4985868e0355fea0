"""Social services in Wales: two stages set by law, then the Welsh ombudsman."""

from __future__ import annotations

import pytest
from expecting import UNKNOWN, Make, iso, open_until, theirs

FIRST = ["LAW-WALES-S1-ACK", "LAW-WALES-12M", "LAW-PSOW-1Y", "LAW-WALES-S1-MEET"]


@pytest.mark.parametrize("place", ["carmarthenshire", "cardiff", "wales"])
@pytest.mark.parametrize(
    ("reached", "stage", "kind", "rules"),
    [
        ("not-started", "stage-1", "complaint", FIRST),
        ("talked", "stage-1", "complaint", FIRST),
        (
            "stage-1-sent",
            "stage-1",
            "wait",
            ["LAW-WALES-12M", "LAW-PSOW-1Y", "LAW-WALES-S1-ACK", "LAW-WALES-S1-MEET"],
        ),
        ("stage-1-replied", "stage-2", "escalation", ["LAW-WALES-S2", "LAW-PSOW-1Y"]),
        ("stage-1-unresolved", "stage-2", "escalation", ["LAW-WALES-S2", "LAW-PSOW-1Y"]),
        ("stage-2-sent", "stage-2", "wait", ["LAW-PSOW-1Y", "LAW-WALES-S2"]),
        ("stage-2-replied", "ombudsman", "escalation", ["LAW-PSOW-1Y"]),
        ("stage-2-unresolved", "ombudsman", "escalation", ["LAW-PSOW-1Y"]),
        ("ombudsman-sent", "ombudsman", "wait", ["LAW-PSOW-1Y"]),
        ("ombudsman-replied", "ombudsman", "end", ["LAW-PSOW-1Y"]),
    ],
)
def test_how_far_the_parent_got_decides_stage_kind_and_deadlines(
    letter: Make, place: str, reached: str, stage: str, kind: str, rules: list[str]
) -> None:
    made = letter("services", place, "2026-11-23", reached)
    assert made["procedure"] == "services-wales"
    assert made.place == (stage, kind, "psow" if stage == "ombudsman" else "complaints-team")
    assert made.rules == rules  # unknown ones keep the order of the table
    assert made["late"] is False


def test_which_english_procedure_is_used_is_of_no_matter_in_wales(letter: Make) -> None:
    made = letter("services", "wales", "2026-11-23", "stage-2-replied", procedure_used="council-own")
    assert made == letter("services", "wales", "2026-11-23", "stage-2-replied")


def test_the_limits_of_stage_1(letter: Make) -> None:
    made = letter("services", "wales", "2026-11-23", noticed="2026-03-10")
    assert made("LAW-WALES-12M") == open_until("Tuesday 2027-03-09")
    assert made("LAW-PSOW-1Y") == open_until("Tuesday 2027-03-09")
    assert made("LAW-WALES-S1-ACK") == theirs("Wednesday 2026-11-25", "Thursday 2026-11-26")
    assert made("LAW-WALES-S1-MEET") == UNKNOWN
    assert made.rules == ["LAW-WALES-S1-ACK", "LAW-WALES-12M", "LAW-PSOW-1Y", "LAW-WALES-S1-MEET"]


def test_after_twelve_months_the_letter_is_late(letter: Make) -> None:
    made = letter("services", "wales", "2026-03-10", noticed="2025-03-10")
    assert made("LAW-WALES-12M") == {"due": iso("Monday 2026-03-09"), "state": "missed"}
    assert made["late"]


def test_a_missing_acknowledgement_is_chased_after_two_working_days(letter: Make) -> None:
    # Friday 2026-11-20 and 2 working days: Tuesday 2026-11-24
    sent = {"complaint_sent": "2026-11-20"}
    assert letter("services", "wales", "2026-11-24", "stage-1-sent", **sent)["kind"] == "wait"
    made = letter("services", "wales", "2026-11-25", "stage-1-sent", **sent)
    assert made("LAW-WALES-S1-ACK") == theirs("Tuesday 2026-11-24", "Wednesday 2026-11-25", "late")
    assert made("LAW-WALES-S1-MEET") == UNKNOWN
    assert made["kind"] == "chase"


def test_the_acknowledgement_starts_ten_working_days_for_a_talk(letter: Make) -> None:
    sent = {"complaint_sent": "2026-11-20", "acknowledged": "2026-11-24"}
    # Tuesday 2026-11-24 and 10 working days: Tuesday 2026-12-08
    waiting = letter("services", "wales", "2026-12-08", "stage-1-sent", **sent)
    assert waiting("LAW-WALES-S1-ACK")["state"] == "done"
    assert waiting("LAW-WALES-S1-MEET") == theirs("Tuesday 2026-12-08", "Wednesday 2026-12-09")
    assert waiting["kind"] == "wait"
    assert letter("services", "wales", "2026-12-09", "stage-1-sent", **sent)["kind"] == "chase"
    met = letter("services", "wales", "2026-12-09", "stage-1-sent", met="2026-12-01", **sent)
    assert met("LAW-WALES-S1-MEET")["state"] == "done"
    assert met["kind"] == "wait"


def test_an_acknowledgement_of_a_forgotten_day_leaves_the_talk_unknown(letter: Make) -> None:
    sent = {"complaint_sent": "2026-11-20", "acknowledged": "not-known"}
    made = letter("services", "wales", "2027-01-29", "stage-1-sent", **sent)
    assert made("LAW-WALES-S1-ACK")["state"] == "done"
    assert made("LAW-WALES-S1-MEET") == UNKNOWN
    assert made["kind"] == "wait"


def test_a_talk_without_an_acknowledgement_leaves_that_one_late(letter: Make) -> None:
    sent = {"complaint_sent": "2026-11-20", "met": "2026-11-30"}
    made = letter("services", "wales", "2026-12-01", "stage-1-sent", **sent)
    assert made("LAW-WALES-S1-MEET") == {"due": None, "late_from": None, "state": "done"}
    assert made("LAW-WALES-S1-ACK")["state"] == "late"
    assert made["kind"] == "chase"


def test_stage_2_is_answered_within_25_working_days(letter: Make) -> None:
    sent = {"stage_2_sent": "2026-06-01"}
    waiting = letter("services", "wales", "2026-07-06", "stage-2-sent", **sent)
    assert waiting("LAW-WALES-S2") == theirs("Monday 2026-07-06", "Tuesday 2026-07-07")
    assert waiting["kind"] == "wait"
    assert letter("services", "wales", "2026-07-07", "stage-2-sent", **sent)["kind"] == "chase"


def test_the_ombudsmans_year_counts_at_the_ombudsman_alone(letter: Make) -> None:
    assert not letter("services", "wales", "2026-11-23", "stage-1-replied", noticed="2025-03-10")["late"]
    assert letter("services", "wales", "2026-11-23", "stage-2-replied", noticed="2025-03-10")["late"]
