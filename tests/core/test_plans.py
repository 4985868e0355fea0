"""The plan of a case: the next date, the steps ahead, and what a parent is reminded of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from routing import Routes

from webapp.cases.reading import read_case
from webapp.language import read_words
from webapp.places import translations_folder
from webapp.plans.compose import compose_plan, extra_kinds
from webapp.plans.model import Card, Plan
from webapp.procedures import route


class Plans:
    """Makes the plan of a case in English."""

    def __init__(self, routes: Routes) -> None:
        self.routes = routes

    def plan(self, place: str, today: str, **answers: Any) -> Plan:
        case = read_case(self.routes.document(place, today, answers), self.routes.law, date.min)
        law = self.routes.law
        return compose_plan(case, route(case, law), law, read_words("en", translations_folder()))

    def card(self, letter: str, place: str, today: str, reached: str, /, **section: str) -> Card:
        concern = section.pop(
            "concern", {"conference": "plan-made", "services": "worker"}.get(letter, letter)
        )
        own = {key.replace("_", "-"): value for key, value in section.items()} | {"reached": reached}
        (card,) = self.plan(place, today, **{"concerns": [concern], letter: own}).cards
        return card


@pytest.fixture(scope="module")
def plans(routes: Routes) -> Plans:
    return Plans(routes)


def test_the_panel_shows_the_day_to_send_and_how_many_days_are_left(plans: Plans) -> None:
    # Notes on Sunday 2026-11-01: the last day is Sunday 2026-11-29, the letter goes on Friday 2026-11-27.
    card = plans.card("conference", "durham", "2026-11-23", "not-started", notes_received="2026-11-01")
    panel = card.panel
    assert (panel.state, panel.label, panel.day) == ("send-by", "Send it by", date(2026, 11, 27))
    assert (panel.weekday, panel.big, panel.left) == ("Friday", "27 November", "4 days left")
    assert panel.why.startswith(
        "It must arrive by Sunday 29 November 2026. 28 days from Sunday 1 November 2026"
    )
    assert [rule.id for rule in panel.rules] == ["DUR-21", "DUR-31"]
    last = [square for week in panel.weeks for square in week if square.state == "last"]
    assert [square.day for square in last] == [date(2026, 11, 27)]


def test_the_last_day_says_so(plans: Plans) -> None:
    card = plans.card("conference", "durham", "2026-11-27", "not-started", notes_received="2026-10-30")
    assert card.panel.left == "Today is the last day"


def test_a_missed_day_says_how_long_ago_and_whether_there_is_discretion(plans: Plans) -> None:
    card = plans.card("conference", "durham", "2026-11-28", "not-started", notes_received="2026-10-30")
    assert card.panel.state == "missed"
    assert card.panel.left == "1 day ago. Send it today."
    assert "exceptional circumstances" in card.panel.why


def test_an_unknown_day_says_to_send_it_today(plans: Plans) -> None:
    card = plans.card("conference", "durham", "2026-11-28", "not-started", notes_received="not-known")
    assert (card.panel.state, card.panel.day) == ("send-today", None)


def test_an_assumed_day_says_from_what_it_was_counted(plans: Plans) -> None:
    events = {"notes_received": "not-known", "conference": "2026-10-20"}
    card = plans.card("conference", "durham", "2026-11-02", "not-started", **events)
    assert "from Tuesday 20 October 2026" in card.panel.why
    assert "We do not know the day you got the notes" in card.panel.why


def test_the_steps_ahead_follow_from_each_other(plans: Plans) -> None:
    card = plans.card("conference", "durham", "2026-11-23", "not-started", notes_received="2026-11-02")
    days = [(step.who, step.day, step.hangs_on) for step in card.steps]
    assert days == [
        ("you", date(2026, 11, 30), ""),
        ("them", date(2026, 11, 30), ""),
        ("them", date(2026, 12, 2), ""),
        ("them", date(2026, 12, 11), "If the step before is on Wed 2 Dec"),
        ("you", date(2027, 1, 8), "If they answer on Fri 11 Dec"),
    ]


def test_nothing_is_said_to_follow_from_a_day_that_has_passed(plans: Plans) -> None:
    card = plans.card("services", "england", "2026-11-23", "stage-2-sent", stage_2_sent="2026-04-20")
    assert card.kind == "chase"
    assert not any(step.hangs_on for step in card.steps)
    assert "They have been late since Thu 23 Jul." in card.steps[1].if_not
    assert card.steps[0].allowed == ""


def test_no_dates_are_announced_where_none_follow(plans: Plans) -> None:
    assert plans.card("conference", "england", "2026-11-23", "not-started").steps[0].allowed == ""
    assert plans.card("services", "england", "2026-11-23", "not-started").steps[0].allowed != ""


@pytest.mark.parametrize(
    ("reached", "concern"),
    [("not-started", "conference-no-information"), ("procedure-requested", "plan-made")],
)
def test_while_the_procedure_is_asked_for_the_time_for_the_complaint_runs(
    plans: Plans, reached: str, concern: str
) -> None:
    events = {"notes_received": "2026-11-02", "concern": concern}
    card = plans.card("conference", "durham", "2026-11-23", reached, **events)
    assert (card.panel.label, card.panel.day) == ("Complain by", date(2026, 11, 30))
    assert card.steps[-1].does == "You send your complaint to the chair."
    assert card.steps[-1].day == date(2026, 11, 30)
    assert not any("stage 2" in step.does for step in card.steps)


def test_a_request_for_the_procedure_is_sent_now_not_on_the_last_day_of_the_complaint(plans: Plans) -> None:
    plan = plans.plan(
        "durham",
        "2026-11-23",
        concerns=["conference-no-information"],
        conference={"notes-received": "2026-11-02"},
    )
    assert plan.cards[0].steps[0].when == "Now"
    assert plan.summary == "You have 1 letter to send."


@pytest.mark.parametrize("reached", ["ombudsman-sent", "ombudsman-replied"])
@pytest.mark.parametrize("place", ["england", "wales"])
def test_nobody_is_told_to_ask_the_ombudsman_again(plans: Plans, place: str, reached: str) -> None:
    plan = plans.plan(
        place, "2026-11-23", concerns=["worker"], services={"reached": reached, "noticed": "2026-06-01"}
    )
    assert plan.cards[0].panel.day is None
    assert plan.cards[0].steps == ()
    assert plan.reminders == ()


@pytest.mark.parametrize(
    ("letter", "place", "reached", "to"),
    [
        ("conference", "durham", "not-started", "the chair of the conference, Durham County Council"),
        ("conference", "durham", "reconvened", "the business manager of the Durham Safeguarding …"),
        ("conference", "england", "not-started", "the chair of the conference"),
        ("services", "norfolk", "not-started", "the complaints team of the council, Norfolk County Council"),
        ("services", "norfolk", "stage-3-replied", "the Local Government and Social Care Ombudsman"),
        ("police", "durham", "not-started", "the police force"),
    ],
)
def test_only_a_recipient_at_the_council_is_named_with_it(
    plans: Plans, letter: str, place: str, reached: str, to: str
) -> None:
    found = plans.card(letter, place, "2026-11-23", reached).to
    assert found.replace("Children Partnership", "…") == f"To {to}"


@pytest.mark.parametrize(
    ("letter", "place", "reached", "events", "kinds"),
    [
        ("conference", "england", "stage-1-sent", {}, ("enquiry",)),
        ("conference", "durham", "stage-1-sent", {}, ("enquiry",)),
        ("conference", "durham", "stage-1-sent", {"complaint-sent": "2026-11-20"}, ()),
        ("conference", "england", "procedure-requested", {}, ()),
        ("conference", "durham", "not-started", {"notes-received": "2026-10-30"}, ("holding",)),
        ("conference", "durham", "not-started", {"notes-received": "2026-10-31"}, ()),
        ("conference", "durham", "not-started", {"notes-received": "2026-10-26"}, ("holding",)),
        ("conference", "durham", "not-started", {"notes-received": "2026-10-25"}, ()),
        ("conference", "durham", "stage-2-replied", {}, ()),
        ("police", "wales", "stage-1-sent", {}, ("enquiry",)),
    ],
)
def test_an_enquiry_where_no_time_runs_and_a_holding_letter_in_the_last_days(
    plans: Plans, letter: str, place: str, reached: str, events: dict[str, str], kinds: tuple[str, ...]
) -> None:
    concern = {"conference": "plan-made", "police": "police"}[letter]
    answers = {"concerns": [concern], letter: {"reached": reached} | events}
    law = plans.routes.law
    case = read_case(plans.routes.document(place, "2026-11-23", answers), law, date.min)
    (due,) = route(case, law).letters
    assert extra_kinds(case, due, law) == kinds


def test_enclosures_are_put_in_only_with_a_complaint(plans: Plans) -> None:
    put_in = "Put in copies of what you enclose."
    for reached, sent, there in (
        ("not-started", {}, True),
        ("stage-1-sent", {"complaint-sent": "2026-11-02"}, False),
    ):
        section = {"reached": reached, "enclosures": "My notes"} | sent
        plan = plans.plan("durham", "2026-11-23", concerns=["plan-made"], conference=section)
        assert (put_in in plan.before_sending) is there


def test_reminders_have_lasting_names_and_tell_a_stranger_nothing(plans: Plans) -> None:
    section = {"notes-received": "2026-11-02"}
    first = plans.plan("durham", "2026-11-23", concerns=["plan-made"], conference=section).reminders
    later = plans.plan("durham", "2026-11-24", concerns=["plan-made"], conference=section).reminders
    assert {reminder.uid for reminder in first} == {reminder.uid for reminder in later}
    assert [(reminder.day, reminder.words) for reminder in first] == [
        (date(2026, 11, 30), "Letter 1: send today"),
        (date(2026, 12, 3), "Letter 1: look for an answer"),
    ]


def test_the_far_end_of_the_calendar_leaves_a_later_step_undated(plans: Plans) -> None:
    # Thursday 2028-12-14: the meeting is due by Wednesday 2028-12-27, and the answer after it in 2029.
    card = plans.card("conference", "durham", "2028-12-14", "not-started", notes_received="2028-12-01")
    assert [step.day for step in card.steps if step.who == "them"][-1] is None
