"""Conferences in County Durham: the parent’s own 28 days to complain (DUR-21)."""

from __future__ import annotations

import pytest
from durham import Durham
from expecting import OWN_UNKNOWN, iso, open_until, theirs
from routing import Routes


def test_the_worked_example_of_the_description_of_case_files(routes: Routes) -> None:
    found = routes.of(
        {
            "case": 1,
            "today": "2026-11-23",
            "answers": {
                "nation": "england",
                "authority": "E06000047",
                "role": "parent",
                "concerns": ["conference-run", "plan-made", "worker"],
                "conference": {
                    "reached": "not-started",
                    "notes-received": "2026-10-30",
                    "details": {"conference-run": "…", "plan-made": "…"},
                    "outcomes": ["reconvene"],
                    "why-late": "…",
                },
                "services": {
                    "reached": "stage-1-sent",
                    "complaint-sent": "2026-10-05",
                    "noticed": "2026-09-01",
                },
                "send-by": "email",
                "legal": ["none"],
                "helper": "none",
                "you": {
                    "name": "…",
                    "address": "…",
                    "email": "…",
                    "phone": "…",
                    "reply-by": ["post", "email"],
                    "parental-responsibility": "yes",
                },
                "children": [{"names": "…", "born": "2019-04-02"}],
                "reference": "…",
                "worker": "…",
                "support": {"interpreter": "pl", "supporter": "…", "reply-format": "large-print"},
            },
        }
    )
    conference, services = found["letters"]
    assert conference == {
        "id": "conference",
        "procedure": "conference-durham",
        "stage": "stage-1",
        "kind": "complaint",
        "to": "conference-chair",
        "concerns": ["conference-run", "plan-made"],
        "late": False,
        "deadlines": [
            {"rule": "DUR-21", "who": "you", "due": "2026-11-27", "act_by": "2026-11-27", "state": "open"},
            {
                "rule": "DUR-22",
                "who": "them",
                "due": "2026-11-30",
                "late_from": "2026-12-01",
                "state": "open",
            },
            {
                "rule": "DUR-32",
                "who": "them",
                "due": "2026-12-02",
                "late_from": "2026-12-03",
                "state": "open",
            },
            {"rule": "DUR-41", "who": "them", "due": None, "late_from": None, "state": "unknown"},
        ],
    }
    assert services["id"] == "services"
    assert found["signposts"] == []
    assert found["notices"] == ["decision-stands", "co-ordinate"]


def test_the_complaint_is_due_28_days_after_the_notes_came(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", notes_received="Monday 2026-11-02")
    assert made.place == ("stage-1", "complaint", "conference-chair")
    assert made("DUR-21") == open_until("Monday 2026-11-30", "Monday 2026-11-30")
    assert not made["late"]


def test_post_must_leave_early_enough_to_arrive(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", notes_received="Friday 2026-10-30", send_by="post")
    assert made("DUR-21") == open_until("Friday 2026-11-27", "Wednesday 2026-11-25")
    # The chair's limits count from Wednesday 2026-11-25, when it arrives.
    assert made("DUR-22") == theirs("Wednesday 2026-12-02", "Thursday 2026-12-03")
    assert made("DUR-32") == theirs("Friday 2026-12-04", "Saturday 2026-12-05")


@pytest.mark.parametrize("way", ["email", "hand"])
def test_email_and_hand_arrive_on_the_same_day(durham: Durham, way: str) -> None:
    made = durham("Monday 2026-11-23", notes_received="Friday 2026-10-30", send_by=way)
    assert made("DUR-21") == open_until("Friday 2026-11-27", "Friday 2026-11-27")


def test_the_letters_own_way_of_sending_wins(routes: Routes) -> None:
    section = {"notes-received": "2026-10-30", "send-by": "post"}
    found = routes.route("durham", "2026-11-23", concerns=["plan-made"], conference=section, send_by="email")
    assert found["letters"][0]["deadlines"][0]["act_by"] == iso("Wednesday 2026-11-25")


def test_post_that_can_no_longer_arrive_in_time_is_sent_today(durham: Durham) -> None:
    made = durham("Friday 2026-11-27", notes_received="Friday 2026-10-30", send_by="post")
    assert made("DUR-21") == open_until("Friday 2026-11-27", "Friday 2026-11-27")
    assert not made["late"]


def test_a_last_day_at_a_weekend_stays_and_the_letter_goes_on_the_friday(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", notes_received="Sunday 2026-11-01")
    assert made("DUR-21") == open_until("Sunday 2026-11-29", "Friday 2026-11-27")


def test_on_the_saturday_before_that_sunday_the_day_to_send_is_today(durham: Durham) -> None:
    made = durham("Saturday 2026-11-28", notes_received="Sunday 2026-11-01")
    assert made("DUR-21") == open_until("Sunday 2026-11-29", "Saturday 2026-11-28")


@pytest.mark.parametrize(
    ("way", "act_by"), [("email", "Thursday 2026-12-24"), ("post", "Tuesday 2026-12-22")]
)
def test_a_last_day_on_the_boxing_day_holiday_is_sent_before_christmas(
    durham: Durham, way: str, act_by: str
) -> None:
    made = durham("Tuesday 2026-12-01", notes_received="Monday 2026-11-30", send_by=way)
    assert made("DUR-21") == open_until("Monday 2026-12-28", act_by)


def test_the_last_day_itself_is_in_time_and_the_day_after_is_late(durham: Durham) -> None:
    assert durham("Friday 2026-11-27", notes_received="Friday 2026-10-30")("DUR-21")["state"] == "open"
    made = durham("Saturday 2026-11-28", notes_received="Friday 2026-10-30")
    assert made("DUR-21") == {"due": iso("Friday 2026-11-27"), "state": "missed"}
    assert made["late"]
    assert made["kind"] == "complaint"


def test_when_the_day_the_notes_came_is_forgotten_the_day_they_were_sent_counts(durham: Durham) -> None:
    made = durham(
        "Monday 2026-11-23",
        notes_received="not-known",
        notes_sent="Wednesday 2026-10-28",
        conference="Tuesday 2026-10-20",
    )
    assert made("DUR-21") == open_until("Wednesday 2026-11-25", "Wednesday 2026-11-25", assumed=True)


@pytest.mark.parametrize("sent", [{}, {"notes_sent": "not-known"}])
def test_when_both_are_forgotten_the_day_of_the_conference_counts(
    durham: Durham, sent: dict[str, str]
) -> None:
    made = durham("Monday 2026-11-02", notes_received="not-known", conference="Tuesday 2026-10-20", **sent)
    assert made("DUR-21") == open_until("Tuesday 2026-11-17", "Tuesday 2026-11-17", assumed=True)


def test_an_assumed_day_can_be_missed_too(durham: Durham) -> None:
    made = durham("Wednesday 2026-11-18", notes_received="not-known", conference="Tuesday 2026-10-20")
    assert made("DUR-21") == {"due": iso("Tuesday 2026-11-17"), "state": "missed", "assumed": True}
    assert made["late"]


def test_a_known_day_is_not_assumed_though_another_is_forgotten(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", notes_received="Friday 2026-10-30", notes_sent="not-known")
    assert "assumed" not in made("DUR-21")


@pytest.mark.parametrize(
    "section",
    [
        {"notes_received": "not-known"},
        {"notes_received": "not-known", "conference": "not-known", "notes_sent": "not-known"},
        {},
        {"conference": "Tuesday 2026-10-20"},
        {"conference": "Tuesday 2026-10-20", "notes_sent": "Wednesday 2026-10-28"},
    ],
)
def test_with_no_day_to_count_from_or_notes_not_come_it_is_unknown(
    durham: Durham, section: dict[str, str]
) -> None:
    made = durham("Monday 2026-11-23", **section)
    assert made("DUR-21") == OWN_UNKNOWN
    assert made["late"] is False
    assert made.rules == ["DUR-22", "DUR-32", "DUR-21", "DUR-41"]  # by date, unknown last, else as listed


def test_the_notes_may_have_come_a_long_time_ago(durham: Durham) -> None:
    made = durham("Monday 2026-11-23", notes_received="Tuesday 2015-06-02")
    assert made("DUR-21") == {"due": iso("Tuesday 2015-06-30"), "state": "missed"}
