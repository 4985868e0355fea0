"""Children’s services in England: three stages of the Children Act procedure, then the Ombudsman."""

from __future__ import annotations

from typing import Any

import pytest
from expecting import OWN_UNKNOWN, UNKNOWN, Make, iso, open_until, theirs

ASSUMED = UNKNOWN | {"assumed": True}


@pytest.mark.parametrize("place", ["durham", "norfolk", "england"])
@pytest.mark.parametrize(
    ("reached", "stage", "kind", "rules"),
    [
        ("not-started", "stage-1", "complaint", ["NOR-06", "NOR-08", "LAW-CA-1Y"]),
        ("talked", "stage-1", "complaint", ["NOR-06", "NOR-08", "LAW-CA-1Y"]),
        ("stage-1-sent", "stage-1", "wait", ["NOR-06", "NOR-08", "LAW-CA-1Y"]),
        ("stage-1-replied", "stage-2", "escalation", ["NOR-20"]),
        ("stage-1-unresolved", "stage-2", "escalation", ["NOR-20"]),
        ("stage-2-sent", "stage-2", "wait", ["NOR-20"]),
        ("stage-2-replied", "stage-3", "escalation", ["NOR-29", "NOR-26", "NOR-31"]),
        ("stage-2-unresolved", "stage-3", "escalation", ["NOR-29", "NOR-26", "NOR-31"]),
        ("stage-3-sent", "stage-3", "wait", ["NOR-26", "NOR-29", "NOR-31"]),
        ("stage-3-replied", "ombudsman", "escalation", []),
        ("stage-3-unresolved", "ombudsman", "escalation", []),
        ("ombudsman-sent", "ombudsman", "wait", []),
        ("ombudsman-replied", "ombudsman", "end", []),
        ("ombudsman-unresolved", "ombudsman", "end", []),
    ],
)
def test_how_far_the_parent_got_decides_stage_kind_and_deadlines(
    letter: Make, place: str, reached: str, stage: str, kind: str, rules: list[str]
) -> None:
    made = letter("services", place, "2026-11-23", reached)
    assert made["procedure"] == "services-england"
    assert made.place == (stage, kind, "lgsco" if stage == "ombudsman" else "complaints-team")
    assert made.rules == [*rules, "LAW-LGSCO-12M"]
    assert made["late"] is False


@pytest.mark.parametrize(
    ("reached", "stage", "kind", "rules"),
    [
        ("not-started", "stage-1", "complaint", ["NOR-06", "NOR-08", "LAW-CA-1Y"]),
        ("stage-1-sent", "stage-1", "wait", ["NOR-06", "NOR-08", "LAW-CA-1Y"]),
        ("stage-1-replied", "stage-2", "escalation", []),
        ("stage-1-unresolved", "stage-2", "escalation", []),
        ("stage-2-sent", "stage-2", "wait", []),
        ("stage-2-replied", "ombudsman", "escalation", []),
        ("stage-2-unresolved", "ombudsman", "escalation", []),
        ("ombudsman-sent", "ombudsman", "wait", []),
        ("ombudsman-replied", "ombudsman", "end", []),
    ],
)
def test_the_councils_own_procedure_has_two_stages_and_none_of_the_later_rules(
    letter: Make, reached: str, stage: str, kind: str, rules: list[str]
) -> None:
    made = letter("services", "england", "2026-11-23", reached, procedure_used="council-own")
    assert (made["stage"], made["kind"]) == (stage, kind)
    assert made.rules == [*rules, "LAW-LGSCO-12M"]


@pytest.mark.parametrize("used", ["children-act", "not-known"])
def test_the_children_act_procedure_is_the_default(letter: Make, used: str) -> None:
    said = letter("services", "england", "2026-11-23", "stage-2-replied", procedure_used=used)
    assert said == letter("services", "england", "2026-11-23", "stage-2-replied")


def test_stage_3_is_no_stage_of_the_councils_own_procedure(routes: Any) -> None:
    section = {"reached": "stage-3-sent", "procedure-used": "council-own"}
    said = routes.refused("england", "2026-11-23", concerns=["worker"], services=section)
    assert "services.reached" in said
    assert "stage-3-sent" in said


# ---------------------------------------------------------------- stage 1


def test_the_limits_of_stage_1(letter: Make) -> None:
    made = letter("services", "england", "2026-11-23", noticed="2026-03-10")
    assert made("LAW-CA-1Y") == open_until("Tuesday 2027-03-09")
    assert made("LAW-LGSCO-12M") == open_until("Tuesday 2027-03-09")
    assert made("NOR-06") == theirs("Monday 2026-11-30", "Tuesday 2026-12-01", assumed=True)
    assert made("NOR-08") == theirs("Monday 2026-12-07", "Tuesday 2026-12-22", assumed=True)
    assert made.rules == ["NOR-06", "NOR-08", "LAW-CA-1Y", "LAW-LGSCO-12M"]


def test_the_parents_year_includes_its_first_day_also_in_a_leap_year(letter: Make) -> None:
    leap = letter("services", "england", "2024-03-11", noticed="2024-02-29")
    assert leap("LAW-CA-1Y")["due"] == leap("LAW-LGSCO-12M")["due"] == iso("Friday 2025-02-28")
    # The year ends on the leap day itself when it began on the first of March.
    assert (
        letter("services", "england", "2023-06-01", noticed="2023-03-01")("LAW-CA-1Y")["due"] == "2024-02-29"
    )


def test_the_last_day_of_the_year_at_a_weekend_is_posted_in_time(letter: Make) -> None:
    # The year that began on Sunday 2026-03-15 ends on Sunday 2027-03-14.
    # Posted on the Wednesday before, the letter arrives on Friday.
    made = letter("services", "england", "2026-11-23", noticed="2026-03-15", send_by="post")
    assert made("LAW-CA-1Y") == open_until("Sunday 2027-03-14", "Wednesday 2027-03-10")


def test_after_a_year_the_letter_is_late_and_the_ombudsmans_year_is_missed_too(letter: Make) -> None:
    made = letter("services", "england", "2026-11-23", noticed="2025-11-23")
    assert made("LAW-CA-1Y") == {"due": iso("Sunday 2026-11-22"), "state": "missed"}
    assert made("LAW-LGSCO-12M") == {"due": iso("Sunday 2026-11-22"), "state": "missed"}
    assert made["late"]
    assert not letter("services", "england", "2026-11-23", noticed="2025-11-24")["late"]


@pytest.mark.parametrize("noticed", [{}, {"noticed": "not-known"}, {"conference": "2026-06-01"}])
def test_when_the_parent_does_not_know_when_they_knew_nothing_is_counted(
    letter: Make, noticed: dict[str, str]
) -> None:
    made = letter("services", "england", "2026-11-23", **noticed)
    assert made("LAW-CA-1Y") == made("LAW-LGSCO-12M") == OWN_UNKNOWN


def test_one_councils_promise_is_never_alone_a_reason_to_chase(letter: Make) -> None:
    # Monday 2026-11-02: 5 working days to Monday 2026-11-09, 10 to Monday 2026-11-16, 20 to Monday 2026-11-30
    made = letter("services", "england", "2026-11-30", "stage-1-sent", complaint_sent="2026-11-02")
    assert made("NOR-06") == theirs("Monday 2026-11-09", "Tuesday 2026-11-10", "late", assumed=True)
    assert made("NOR-08") == theirs("Monday 2026-11-16", "Tuesday 2026-12-01", "open", assumed=True)
    assert made["kind"] == "wait"


def test_after_20_working_days_without_an_answer_the_parent_chases(letter: Make) -> None:
    made = letter("services", "england", "2026-12-01", "stage-1-sent", complaint_sent="2026-11-02")
    assert made("NOR-08")["state"] == "late"
    assert made["kind"] == "chase"


@pytest.mark.parametrize("acknowledged", ["2026-11-04", "not-known", "2026-11-20"])
def test_an_acknowledgement_settles_its_limit_alone(letter: Make, acknowledged: str) -> None:
    sent = {"complaint_sent": "2026-11-02", "acknowledged": acknowledged}
    made = letter("services", "england", "2026-12-01", "stage-1-sent", **sent)
    assert made("NOR-06")["state"] == "done"
    assert made("NOR-08")["state"] == "late"
    assert made["kind"] == "chase"


def test_a_sent_complaint_of_a_forgotten_day(letter: Make) -> None:
    made = letter("services", "england", "2026-12-01", "stage-1-sent", noticed="2026-03-10")
    assert made("LAW-CA-1Y") == {"due": iso("Tuesday 2027-03-09"), "state": "done"}
    assert made("LAW-LGSCO-12M") == open_until("Tuesday 2027-03-09")
    assert made("NOR-06") == made("NOR-08") == ASSUMED
    assert made["kind"] == "wait"


def test_a_complaint_sent_after_the_year_stays_late(letter: Make) -> None:
    sent = {"noticed": "2025-03-10", "complaint_sent": "2026-03-10"}
    made = letter("services", "england", "2026-03-11", "stage-1-sent", **sent)
    assert made("LAW-CA-1Y") == {"due": iso("Monday 2026-03-09"), "state": "missed"}
    assert made["late"]
    on_the_day = letter(
        "services", "england", "2026-03-11", "stage-1-sent", noticed="2025-03-10", complaint_sent="2026-03-09"
    )
    assert on_the_day("LAW-CA-1Y")["state"] == "done"
    assert on_the_day("LAW-LGSCO-12M")["state"] == "missed"
    assert not on_the_day["late"]


# ---------------------------------------------------------------- stage 2


def test_the_council_is_late_at_stage_2_only_after_65_working_days(letter: Make) -> None:
    # Monday 2026-06-01: 25 working days to Monday 2026-07-06; 65 to Tuesday 2026-09-01 (one bank holiday)
    sent = {"stage_2_sent": "2026-06-01", "complaint_sent": "2026-04-01", "stage_1_reply": "2026-05-01"}
    made = letter("services", "england", "2026-09-01", "stage-2-sent", **sent)
    assert made("NOR-20") == theirs("Monday 2026-07-06", "Wednesday 2026-09-02", assumed=True)
    assert made["kind"] == "wait"
    late = letter("services", "england", "2026-09-02", "stage-2-sent", **sent)
    assert late("NOR-20")["state"] == "late"
    assert late["kind"] == "chase"


def test_a_request_for_stage_2_counts_from_today_until_it_is_sent(letter: Make) -> None:
    made = letter(
        "services", "england", "2026-11-23", "stage-1-replied", stage_1_reply="2026-11-20", send_by="post"
    )
    # Posted on Monday it arrives on Wednesday 2026-11-25; 25 working days later is Monday 2027-01-04
    assert made("NOR-20")["due"] == iso("Monday 2027-01-04")
    assert made["late"] is False


# ---------------------------------------------------------------- stage 3


def test_a_panel_is_asked_for_within_20_working_days_of_the_answer(letter: Make) -> None:
    made = letter("services", "england", "2026-11-23", "stage-2-replied", stage_2_reply="2026-11-02")
    assert made("NOR-26") == open_until("Monday 2026-11-30")
    # 30 working days from Monday 2026-11-23, over Christmas and New Year
    assert made("NOR-29") == theirs("Thursday 2027-01-07", "Friday 2027-01-08")
    assert made("NOR-31") == UNKNOWN
    assert made.rules == ["NOR-26", "NOR-29", "NOR-31", "LAW-LGSCO-12M"]
    late = letter("services", "england", "2026-12-01", "stage-2-replied", stage_2_reply="2026-11-02")
    assert late("NOR-26") == {"due": iso("Monday 2026-11-30"), "state": "missed"}
    assert late["late"]


@pytest.mark.parametrize("reply", [{}, {"stage_2_reply": "not-known"}])
@pytest.mark.parametrize("reached", ["stage-2-replied", "stage-2-unresolved"])
def test_without_the_day_of_the_answer_its_limit_is_unknown(letter: Make, reached: str, reply: Any) -> None:
    made = letter("services", "england", "2026-11-23", reached, **reply)
    assert made("NOR-26") == OWN_UNKNOWN
    assert not made["late"]


def test_the_panels_meeting_settles_one_limit_and_starts_another(letter: Make) -> None:
    sent = {"stage_2_reply": "2026-09-01", "stage_3_sent": "2026-09-07"}
    waiting = letter("services", "england", "2026-10-20", "stage-3-sent", **sent)
    # Monday 2026-09-07 and 30 working days: Monday 2026-10-19
    assert waiting("NOR-29") == theirs("Monday 2026-10-19", "Tuesday 2026-10-20", "late")
    assert waiting("NOR-26") == {"due": iso("Tuesday 2026-09-29"), "state": "done"}
    assert waiting["kind"] == "chase"
    met = letter("services", "england", "2026-11-09", "stage-3-sent", panel_met="2026-10-12", **sent)
    assert met("NOR-29")["state"] == "done"
    # Monday 2026-10-12: 15 working days to Monday 2026-11-02, 20 to Monday 2026-11-09
    assert met("NOR-31") == theirs("Monday 2026-11-02", "Tuesday 2026-11-10")
    assert met["kind"] == "wait"
    assert (
        letter("services", "england", "2026-11-10", "stage-3-sent", panel_met="2026-10-12", **sent)["kind"]
        == "chase"
    )
    forgotten = letter("services", "england", "2026-11-10", "stage-3-sent", panel_met="not-known", **sent)
    assert forgotten("NOR-29")["state"] == "done"
    assert forgotten("NOR-31") == UNKNOWN
    assert forgotten["kind"] == "wait"


def test_a_panel_asked_for_too_late_stays_missed(letter: Make) -> None:
    sent = {"stage_2_reply": "2026-09-01", "stage_3_sent": "2026-09-30"}
    made = letter("services", "england", "2026-10-20", "stage-3-sent", **sent)
    assert made("NOR-26") == {"due": iso("Tuesday 2026-09-29"), "state": "missed"}
    assert made["late"]


# ---------------------------------------------------------------- the ombudsman


def test_the_ombudsmans_year_counts_at_the_ombudsman_alone(letter: Make) -> None:
    for reached, late in (("stage-1-replied", False), ("stage-2-replied", False), ("stage-3-replied", True)):
        made = letter("services", "england", "2026-11-23", reached, noticed="2025-03-10")
        assert made("LAW-LGSCO-12M") == {"due": iso("Monday 2026-03-09"), "state": "missed"}
        assert made["late"] is late


def test_a_complaint_to_the_ombudsman_has_no_day_by_which_it_is_answered(letter: Make) -> None:
    sent = {"noticed": "2026-03-10", "ombudsman_sent": "2026-08-03"}
    made = letter("services", "england", "2026-11-23", "ombudsman-sent", **sent)
    assert made.place == ("ombudsman", "wait", "lgsco")
    assert made.rules == ["LAW-LGSCO-12M"]
    assert made("LAW-LGSCO-12M")["due"] == iso("Tuesday 2027-03-09")
