"""Conferences in County Durham before anything is sent: the complaint, or the request for the procedure."""

from __future__ import annotations

import pytest
from durham import Durham
from expecting import UNKNOWN, iso, open_until, theirs
from routing import Routes


def test_talking_to_the_chair_still_leads_to_the_first_stage(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", "talked", notes_received="Friday 2026-10-30")
    assert made.place == ("stage-1", "complaint", "conference-chair")
    assert made.rules == ["DUR-21", "DUR-22", "DUR-32", "DUR-41"]


def test_a_section_or_how_far_that_is_left_out_counts_as_not_started(routes: Routes) -> None:
    without = routes.route("durham", "2026-11-23", concerns=["plan-made"])
    empty = routes.route("durham", "2026-11-23", concerns=["plan-made"], conference={})
    said = routes.route("durham", "2026-11-23", concerns=["plan-made"], conference={"reached": "not-started"})
    assert without == empty == said


def test_dates_of_a_later_time_settle_nothing_before_the_letter_is_sent(durham: Durham) -> None:
    made = durham(
        "Monday 2026-11-23",
        notes_received="Friday 2026-10-30",
        complaint_sent="Monday 2026-11-02",
        met="Friday 2026-11-06",
        stage_1_reply="Monday 2026-11-16",
    )
    assert made.place == ("stage-1", "complaint", "conference-chair")
    assert made("DUR-21")["state"] == "open"
    assert made("DUR-32") == theirs("Wednesday 2026-12-02", "Thursday 2026-12-03")
    assert made("DUR-41") == UNKNOWN


@pytest.mark.parametrize("reached", ["not-started", "talked"])
def test_only_not_being_told_how_to_complain_asks_for_the_procedure(durham: Durham, reached: str) -> None:
    made = durham(
        "Monday 2026-11-23",
        reached,
        concerns=["conference-no-information"],
        notes_received="Friday 2026-10-30",
    )
    assert made.place == ("stage-1", "request-procedure", "conference-chair")
    assert made.rules == ["DUR-21"]
    assert made("DUR-21") == open_until("Friday 2026-11-27", "Friday 2026-11-27")


def test_beside_another_concern_it_is_a_request_inside_the_complaint(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", concerns=["conference-no-information", "plan-made"])
    assert made["kind"] == "complaint"
    assert made["concerns"] == ["conference-no-information", "plan-made"]


def test_waiting_for_the_procedure_lists_the_parents_own_limit_alone(durham: Durham) -> None:
    for concerns in (["conference-no-information"], ["plan-made"]):
        made = durham(
            "Monday 2026-11-23", "procedure-requested", concerns=concerns, notes_received="Friday 2026-10-30"
        )
        assert made.place == ("stage-1", "wait", "conference-chair")
        assert made.rules == ["DUR-21"]
        assert made("DUR-21") == open_until("Friday 2026-11-27", "Friday 2026-11-27")


def test_no_complaint_has_been_made_while_the_procedure_is_asked_for(durham: Durham) -> None:
    made = durham(
        "Monday 2026-11-30",
        "procedure-requested",
        notes_received="Friday 2026-10-30",
        complaint_sent="Monday 2026-11-02",
    )
    assert made("DUR-21") == {"due": iso("Friday 2026-11-27"), "state": "missed"}
    assert made["late"]


@pytest.mark.parametrize("concern", ["conference-no-information", "plan-made"])
def test_once_the_procedure_came_the_complaint_is_written(durham: Durham, concern: str) -> None:
    made = durham("Monday 2026-11-23", "procedure-received", concerns=[concern])
    assert made.place == ("stage-1", "complaint", "conference-chair")
    assert made.rules == ["DUR-22", "DUR-32", "DUR-21", "DUR-41"]
