"""Conferences in the rest of England: four steps, and no time limit of any of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from expecting import Make

from webapp.cases.reading import read_answers
from webapp.flows.law import Law
from webapp.procedures import route

PLACES = ("england", "norfolk")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("reached", "stage", "kind", "to"),
    [
        ("not-started", "stage-1", "complaint", "conference-chair"),
        ("talked", "stage-1", "complaint", "conference-chair"),
        ("procedure-requested", "stage-1", "wait", "conference-chair"),
        ("procedure-received", "stage-1", "complaint", "conference-chair"),
        ("stage-1-sent", "stage-1", "wait", "conference-chair"),
        ("stage-1-replied", "manager", "escalation", "chair-manager"),
        ("stage-1-unresolved", "manager", "escalation", "chair-manager"),
        ("manager-sent", "manager", "wait", "chair-manager"),
        ("manager-replied", "stage-2", "escalation", "partnership-chair"),
        ("manager-unresolved", "stage-2", "escalation", "partnership-chair"),
        ("manager-skipped", "stage-2", "escalation", "partnership-chair"),
        ("stage-2-sent", "stage-2", "wait", "partnership-chair"),
        ("stage-2-replied", "stage-3", "escalation", "partnership-chair"),
        ("stage-2-unresolved", "stage-3", "escalation", "partnership-chair"),
        ("stage-3-sent", "stage-3", "wait", "partnership-chair"),
        ("stage-3-replied", "stage-3", "end", "partnership-chair"),
        ("stage-3-unresolved", "stage-3", "end", "partnership-chair"),
    ],
)
def test_how_far_the_parent_got_decides_stage_kind_and_recipient(
    letter: Make, place: str, reached: str, stage: str, kind: str, to: str
) -> None:
    made = letter(
        "conference", place, "2026-11-23", reached, conference="2026-06-01", complaint_sent="2026-06-08"
    )
    assert made["procedure"] == "conference-england"
    assert made.place == (stage, kind, to)
    assert made.rules == (["LAW-LGSCO-12M"] if kind == "end" else [])
    assert made["late"] is False


def test_however_long_it_takes_nothing_is_called_late(letter: Make) -> None:
    made = letter("conference", "england", "2026-11-23", "stage-1-sent", complaint_sent="2024-01-08")
    assert made["kind"] == "wait"


def test_only_not_being_told_how_to_complain_asks_for_the_procedure(letter: Make) -> None:
    made = letter("conference", "england", "2026-11-23", concerns=["conference-no-information"])
    assert made.place == ("stage-1", "request-procedure", "conference-chair")
    assert made["deadlines"] == []


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # Tuesday 2026-03-10 to Tuesday 2027-03-09
        ({"noticed": "2026-03-10", "conference": "2026-06-01"}, "2027-03-09"),
        # Monday 2026-06-01 to Monday 2027-05-31, a bank holiday: the last working day is Friday 2027-05-28
        ({"conference": "2026-06-01"}, "2027-05-31"),
        ({"noticed": "not-known", "conference": "2026-06-01"}, "2027-05-31"),
        ({"noticed": "not-known", "conference": "not-known"}, None),
        ({}, None),
    ],
)
def test_the_ombudsmans_year_counts_from_when_the_parent_knew_else_from_the_conference(
    letter: Make, events: dict[str, Any], expected: str | None
) -> None:
    ombudsman = letter("conference", "england", "2026-11-23", "stage-3-replied", **events)("LAW-LGSCO-12M")
    assert ombudsman["due"] == expected
    assert ombudsman["state"] == ("open" if expected else "unknown")
    if expected == "2027-05-31":
        assert ombudsman["act_by"] == "2027-05-28"
    assert ("act_by" in ombudsman) is bool(expected)


@pytest.mark.parametrize(
    ("reached", "happened"),
    [
        ("not-started", set()),
        ("stage-1-sent", {"complaint-sent"}),
        ("stage-1-replied", {"complaint-sent", "stage-1-reply"}),
        ("stage-1-unresolved", {"complaint-sent"}),
        ("manager-sent", {"complaint-sent", "stage-1-reply", "manager-sent"}),
        ("manager-replied", {"complaint-sent", "stage-1-reply", "manager-sent", "manager-reply"}),
        ("manager-unresolved", {"complaint-sent", "stage-1-reply", "manager-sent"}),
        ("manager-skipped", {"complaint-sent", "stage-1-reply"}),
        ("stage-2-sent", {"complaint-sent", "stage-1-reply", "stage-2-sent"}),
        ("stage-2-unresolved", {"complaint-sent", "stage-1-reply", "stage-2-sent"}),
    ],
)
def test_how_far_the_parent_got_implies_what_has_happened(law: Law, reached: str, happened: set[str]) -> None:
    answers = {"nation": "england", "authority": "not-sure", "concerns": ["plan-made"]}
    case = read_answers(answers | {"conference": {"reached": reached}}, law, date(2026, 11, 23))
    (due,) = route(case, law).letters
    assert due.events == dict.fromkeys(happened | {"noticed", "conference"})


def test_days_of_a_step_that_was_passed_over_or_not_come_to_are_left_out(law: Law) -> None:
    days = {"complaint-sent": "2026-06-08", "manager-sent": "2026-07-01", "stage-2-sent": "2026-08-03"}
    answers = {"nation": "england", "authority": "not-sure", "concerns": ["plan-made"]}
    for reached, left in (("manager-skipped", {"complaint-sent"}), ("stage-1-sent", {"complaint-sent"}),
                          ("manager-sent", {"complaint-sent", "manager-sent"})):  # fmt: skip
        section = days | {"reached": reached}
        case = read_answers(answers | {"conference": section}, law, date(2026, 11, 23))
        (due,) = route(case, law).letters
        assert {id for id, day in due.events.items() if day} == left
