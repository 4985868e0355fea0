"""Conferences in County Durham: every time limit of the leaflet, as case-format.md counts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from routing import Letter, Routes
from test_workdays import day

Make = Callable[..., Letter]


def iso(text: str) -> str:
    return day(text).isoformat()


class Durham:
    """A conference letter in Durham, counted on the day that is given with its weekday."""

    def __init__(self, letter: Make) -> None:
        self.make = letter

    def __call__(self, today: str, reached: str = "not-started", /, **section: Any) -> Letter:
        made = {key: iso(value) if " " in value and key != "details" else value
                for key, value in section.items() if isinstance(value, str)}  # fmt: skip
        return self.make("conference", "durham", iso(today), reached, **(section | made))


@pytest.fixture
def durham(letter: Make) -> Durham:
    return Durham(letter)


def open_until(due: str, act_by: str, **more: Any) -> dict[str, Any]:
    return {"due": iso(due), "act_by": iso(act_by), "state": "open"} | more


def theirs(due: str, late_from: str, state: str = "open", **more: Any) -> dict[str, Any]:
    return {"due": iso(due), "late_from": iso(late_from), "state": state} | more


UNKNOWN = {"due": None, "late_from": None, "state": "unknown"}
OWN_UNKNOWN = {"due": None, "state": "unknown"}


# ---------------------------------------------------------------- the parent's own 28 days (DUR-21)


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


# ---------------------------------------------------------------- before anything is sent


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


# ---------------------------------------------------------------- stage 1 is sent


def sent_on_friday(durham: Durham, today: str, **more: Any) -> Letter:
    section = {"notes_received": "Friday 2026-10-30", "complaint_sent": "Friday 2026-11-20"}
    return durham(today, "stage-1-sent", **(section | more))


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


# ---------------------------------------------------------------- stage 2


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


def sent_to_the_panel(durham: Durham, today: str, **more: Any) -> Letter:
    section = {"stage_1_reply": "Thursday 2026-09-10", "stage_2_sent": "Thursday 2026-10-01"}
    return durham(today, "stage-2-sent", **(section | more))


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


def test_the_day_from_which_they_are_late_is_itself_never_moved(durham: Durham) -> None:
    made = sent_on_friday(durham, "Friday 2026-12-04", complaint_sent="Wednesday 2026-11-25")
    # 7 working days end on Friday 2026-12-04, so they are late from the Saturday.
    assert made("DUR-32") == theirs("Friday 2026-12-04", "Saturday 2026-12-05")
    saturday = sent_on_friday(durham, "Saturday 2026-12-05", complaint_sent="Wednesday 2026-11-25")
    assert saturday("DUR-32")["state"] == "late"


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


# ---------------------------------------------------------------- the end, and meeting again


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
