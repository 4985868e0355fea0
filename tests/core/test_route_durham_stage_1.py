"""Conferences in County Durham: stage 1 is sent, and the chair’s time limits run."""

from __future__ import annotations

import pytest
from durham import Durham, sent_on_friday
from expecting import UNKNOWN, iso, theirs


def test_the_chairs_limits_count_from_the_day_the_letter_arrived(durham: Durham) -> None:
    made = sent_on_friday(durham, "Monday 2026-11-23")
    assert made.place == ("stage-1", "wait", "conference-chair")
    assert made("DUR-21") == {"due": iso("Friday 2026-11-27"), "state": "done"}
    assert made("DUR-22") == theirs("Friday 2026-11-27", "Saturday 2026-11-28")
    assert made("DUR-32") == theirs("Tuesday 2026-12-01", "Wednesday 2026-12-02")
    assert made("DUR-41") == UNKNOWN
    assert made.rules == ["DUR-21", "DUR-22", "DUR-32", "DUR-41"]  # a tie keeps the order of the table


def test_a_letter_that_was_posted_arrived_two_working_days_later(durham: Durham) -> None:
    made = sent_on_friday(durham, "Monday 2026-11-23", send_by="post")
    assert made("DUR-32") == theirs("Thursday 2026-12-03", "Friday 2026-12-04")


def test_a_letter_emailed_on_a_saturday_counts_from_that_saturday(durham: Durham) -> None:
    made = sent_on_friday(durham, "Monday 2026-11-23", complaint_sent="Saturday 2026-11-21")
    assert made("DUR-22") == theirs("Friday 2026-11-27", "Saturday 2026-11-28")


def test_what_the_parent_cannot_see_is_never_late_and_no_reason_to_chase(durham: Durham) -> None:
    made = sent_on_friday(durham, "Tuesday 2026-12-01")
    assert made("DUR-22") == theirs("Friday 2026-11-27", "Saturday 2026-11-28", "open")
    assert made["kind"] == "wait"


def test_with_no_meeting_in_time_the_parent_chases(durham: Durham) -> None:
    assert sent_on_friday(durham, "Tuesday 2026-12-01")["kind"] == "wait"
    made = sent_on_friday(durham, "Wednesday 2026-12-02")
    assert made.place == ("stage-1", "chase", "conference-chair")
    assert made("DUR-32")["state"] == "late"
    assert made("DUR-22")["state"] == "open"
    assert not made["late"]  # that is about the parent's own limit


def test_a_meeting_settles_its_limit_and_starts_the_next(durham: Durham) -> None:
    made = sent_on_friday(durham, "Wednesday 2026-12-09", met="Monday 2026-11-30")
    assert made("DUR-32") == theirs("Tuesday 2026-12-01", "Wednesday 2026-12-02", "done")
    assert made("DUR-41") == theirs("Wednesday 2026-12-09", "Thursday 2026-12-10")
    assert made["kind"] == "wait"
    assert sent_on_friday(durham, "Thursday 2026-12-10", met="Monday 2026-11-30")["kind"] == "chase"


def test_a_late_meeting_still_settles_its_limit(durham: Durham) -> None:
    made = sent_on_friday(durham, "Tuesday 2026-12-08", met="Monday 2026-12-07")
    assert made("DUR-32")["state"] == "done"
    assert made["kind"] == "wait"


def test_a_meeting_on_a_forgotten_day_settles_its_limit_and_the_next_is_unknown(durham: Durham) -> None:
    made = sent_on_friday(durham, "Thursday 2026-12-31", met="not-known")
    assert made("DUR-32")["state"] == "done"
    assert made("DUR-41") == UNKNOWN
    assert made["kind"] == "wait"


@pytest.mark.parametrize("sent", [{}, {"complaint_sent": "not-known"}])
def test_a_letter_sent_on_a_forgotten_day_leaves_their_limits_unknown(
    durham: Durham, sent: dict[str, str]
) -> None:
    made = durham("Thursday 2026-12-31", "stage-1-sent", notes_received="Friday 2026-10-30", **sent)
    assert made("DUR-21") == {"due": iso("Friday 2026-11-27"), "state": "done"}
    assert [made(rule) for rule in ("DUR-22", "DUR-32", "DUR-41")] == [UNKNOWN] * 3
    assert made["kind"] == "wait"
    assert not made["late"]


def test_a_complaint_sent_late_stays_late(durham: Durham) -> None:
    made = sent_on_friday(durham, "Monday 2026-12-07", complaint_sent="Saturday 2026-11-28")
    assert made("DUR-21") == {"due": iso("Friday 2026-11-27"), "state": "missed"}
    assert made["late"]


def test_a_complaint_sent_on_the_last_day_is_done(durham: Durham) -> None:
    made = sent_on_friday(durham, "Monday 2026-12-07", complaint_sent="Friday 2026-11-27")
    assert made("DUR-21")["state"] == "done"
    assert not made["late"]


def test_a_sent_complaint_without_the_notes_is_done_on_no_known_day(durham: Durham) -> None:
    made = durham("Monday 2026-12-07", "stage-1-sent", complaint_sent="Friday 2026-11-27")
    assert made("DUR-21") == {"due": None, "state": "done"}


def test_an_answer_settles_nothing_while_the_parent_says_that_they_wait(durham: Durham) -> None:
    made = sent_on_friday(durham, "Wednesday 2026-12-02", stage_1_reply="Monday 2026-11-30")
    assert made("DUR-32")["state"] == "late"


def test_the_day_from_which_they_are_late_is_itself_never_moved(durham: Durham) -> None:
    made = sent_on_friday(durham, "Friday 2026-12-04", complaint_sent="Wednesday 2026-11-25")
    # 7 working days end on Friday 2026-12-04, so they are late from the Saturday.
    assert made("DUR-32") == theirs("Friday 2026-12-04", "Saturday 2026-12-05")
    saturday = sent_on_friday(durham, "Saturday 2026-12-05", complaint_sent="Wednesday 2026-11-25")
    assert saturday("DUR-32")["state"] == "late"
