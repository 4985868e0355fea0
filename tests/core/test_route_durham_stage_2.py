"""Conferences in County Durham: stage 2, the end, and a panel that meets again."""

from __future__ import annotations

import pytest
from durham import Durham, sent_to_the_panel
from expecting import OWN_UNKNOWN, UNKNOWN, iso, open_until, theirs

# Stage 2


def test_stage_2_is_asked_for_within_28_days_of_the_chairs_letter(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", "stage-1-replied", stage_1_reply="Monday 2026-11-02")
    assert made.place == ("stage-2", "escalation", "board-business-manager")
    assert made.rules == ["DUR-46", "DUR-48", "DUR-63"]
    assert made("DUR-46") == open_until("Monday 2026-11-30", "Monday 2026-11-30")
    assert made("DUR-48") == theirs("Monday 2026-12-21", "Wednesday 2027-01-06", assumed=True)
    assert made("DUR-63") == UNKNOWN


def test_a_late_request_for_stage_2_is_late(durham: Durham) -> None:
    made = durham("Tuesday 2026-12-01", "stage-1-replied", stage_1_reply="Monday 2026-11-02")
    assert made("DUR-46") == {"due": iso("Monday 2026-11-30"), "state": "missed"}
    assert made["late"]


def test_the_first_limit_is_of_no_matter_at_stage_2(durham: Durham) -> None:
    made = durham(
        "Monday 2026-11-23",
        "stage-1-replied",
        notes_received="Tuesday 2026-06-02",
        complaint_sent="Monday 2026-08-03",
        stage_1_reply="Monday 2026-11-02",
    )
    assert made.rules == ["DUR-46", "DUR-48", "DUR-63"]
    assert not made["late"]


@pytest.mark.parametrize("reply", [{}, {"stage_1_reply": "not-known"}])
@pytest.mark.parametrize("reached", ["stage-1-replied", "stage-1-unresolved"])
def test_without_the_day_of_the_answer_or_without_one_the_limit_is_unknown(
    durham: Durham, reached: str, reply: dict[str, str]
) -> None:
    made = durham("Monday 2026-11-23", reached, **reply)
    assert made.place == ("stage-2", "escalation", "board-business-manager")
    assert made("DUR-46") == OWN_UNKNOWN
    assert made.rules == ["DUR-48", "DUR-46", "DUR-63"]


def test_the_panel_is_late_only_after_28_working_days(durham: Durham) -> None:
    made = sent_to_the_panel(durham, "Tuesday 2026-11-10")
    assert made.place == ("stage-2", "wait", "board-business-manager")
    assert made("DUR-46") == {"due": iso("Thursday 2026-10-08"), "state": "done"}
    assert made("DUR-48") == theirs("Thursday 2026-10-29", "Wednesday 2026-11-11", assumed=True)
    late = sent_to_the_panel(durham, "Wednesday 2026-11-11")
    assert late("DUR-48")["state"] == "late"
    assert late["kind"] == "chase"


def test_a_limit_of_theirs_that_ends_at_a_weekend_moves_to_the_monday(durham: Durham) -> None:
    made = sent_to_the_panel(durham, "Monday 2026-10-05", stage_2_sent="Saturday 2026-10-03")
    assert made("DUR-48")["due"] == iso("Monday 2026-11-02")


def test_a_limit_of_theirs_that_ends_on_christmas_day_moves_past_the_holidays(durham: Durham) -> None:
    made = sent_to_the_panel(durham, "Monday 2026-12-07", stage_2_sent="Friday 2026-11-27")
    assert made("DUR-48")["due"] == iso("Tuesday 2026-12-29")


def test_the_panels_meeting_starts_the_time_for_its_letter(durham: Durham) -> None:
    made = sent_to_the_panel(durham, "Monday 2026-11-16", panel_met="Friday 2026-11-06")
    assert made("DUR-48")["state"] == "done"
    assert made("DUR-63") == theirs("Tuesday 2026-11-17", "Wednesday 2026-11-18")
    assert sent_to_the_panel(durham, "Wednesday 2026-11-18", panel_met="Friday 2026-11-06")["kind"] == "chase"


def test_stage_2_sent_on_a_forgotten_day_is_done_and_the_rest_unknown(durham: Durham) -> None:
    made = durham("Monday 2027-02-01", "stage-2-sent", stage_1_reply="Thursday 2026-09-10")
    assert made("DUR-46") == {"due": iso("Thursday 2026-10-08"), "state": "done"}
    assert made("DUR-48") == UNKNOWN | {"assumed": True}
    assert made["kind"] == "wait"


def test_stage_2_sent_too_late_stays_missed(durham: Durham) -> None:
    made = sent_to_the_panel(durham, "Monday 2026-10-12", stage_2_sent="Friday 2026-10-09")
    assert made("DUR-46") == {"due": iso("Thursday 2026-10-08"), "state": "missed"}
    assert made["late"]


# The end, and meeting again


@pytest.mark.parametrize("reached", ["stage-2-replied", "stage-2-unresolved"])
def test_after_the_panel_the_procedure_is_at_its_end(durham: Durham, reached: str) -> None:
    made = durham(
        "Monday 2026-11-23",
        reached,
        conference="Monday 2026-07-06",
        stage_1_reply="Thursday 2026-09-10",
        stage_2_sent="Thursday 2026-10-01",
        panel_met="Friday 2026-11-06",
    )
    assert made.place == ("stage-2", "end", "board-business-manager")
    assert made.rules == ["DUR-46", "DUR-48", "DUR-63", "LAW-LGSCO-12M"]
    assert made("DUR-46") == {"due": iso("Thursday 2026-10-08"), "state": "done"}
    assert made("DUR-48")["state"] == made("DUR-63")["state"] == "done"
    assert made("LAW-LGSCO-12M")["due"] == iso("Monday 2027-07-05")


def test_an_answer_settles_every_limit_of_theirs_dated_or_not(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", "stage-2-replied")
    assert made("DUR-48") == {"due": None, "late_from": None, "state": "done", "assumed": True}
    assert made("DUR-63") == {"due": None, "late_from": None, "state": "done"}
    assert made("DUR-46") == {"due": None, "state": "done"}


def test_the_ombudsmans_year_at_the_end_starts_when_the_parent_knew(durham: Durham) -> None:
    made = durham(
        "Monday 2026-11-23", "stage-2-replied", noticed="Tuesday 2026-03-10", conference="Monday 2026-07-06"
    )
    assert made("LAW-LGSCO-12M") == open_until("Tuesday 2027-03-09", "Tuesday 2027-03-09")


def test_the_ombudsmans_year_does_not_make_a_conference_letter_late(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", "stage-2-replied", noticed="Friday 2025-11-21")
    assert made("LAW-LGSCO-12M") == {"due": iso("Friday 2026-11-20"), "state": "missed"}
    assert not made["late"]


def test_only_a_reconvened_conference_leads_to_the_exceptional_stage(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", "reconvened")
    assert made.place == ("exceptional", "escalation", "board-business-manager")
    assert made["deadlines"] == []
    assert not made["late"]


def test_a_panel_asked_to_meet_again_has_no_time_limit(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", "exceptional-sent", exceptional_sent="Monday 2026-01-05")
    assert made.place == ("exceptional", "wait", "board-business-manager")
    assert made["deadlines"] == []


@pytest.mark.parametrize("reached", ["exceptional-replied", "exceptional-unresolved"])
def test_after_the_exceptional_stage_only_the_ombudsman_is_left(durham: Durham, reached: str) -> None:
    made = durham("Monday 2026-11-23", reached, conference="Monday 2026-07-06")
    assert made.place == ("exceptional", "end", "board-business-manager")
    assert made.rules == ["LAW-LGSCO-12M"]
