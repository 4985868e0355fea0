"""Days that cannot be, days out of order, and the children with their dates of birth."""

from __future__ import annotations

import pytest
from answering_pages import DURHAM
from seeing import answers, says
from visiting import Visitor


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (("31", "2", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("0", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("ten", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("-1", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("٣", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("1", "1", "99999"), "This date does not exist. Write it like 28 10 2026"),
        (("29", "2", "2025"), "This date does not exist. Write it like 28 10 2026"),
        (("24", "11", "2026"), "The date must be today or earlier"),
        (("1", "1", "2027"), "The date must be today or earlier"),
        (("1", "10", "26"), "Write the year with four figures, like 2026"),
        (("1", "", "2026"), "Write the day, month and year, or tick a box"),
        (("", "", ""), "Write the day, month and year, or tick a box"),
    ],
)
def test_a_day_that_cannot_be_says_why(whole: Visitor, day: tuple[str, str, str], message: str) -> None:
    whole.get("/en/letter-1/date-4")
    page = whole.submit(422, day=day[0], month=day[1], year=day[2])
    says(page, "day", message)
    assert tuple(page.form.fields[part].held[0] for part in ("day", "month", "year")) == day
    assert answers(whole)["conference"]["notes-received"] == "2026-11-02"


def test_today_and_a_leap_day_are_days(browse: Visitor) -> None:
    browse.walk_all({"concerns": ["worker"], "event services noticed": "2024-02-29"})
    browse.get("/en/letter-1/date-1?from=check")
    browse.submit(day="23", month="11", year="2026")
    assert answers(browse)["services"]["noticed"] == "2026-11-23"


def test_a_day_and_a_tick_cannot_both_be_right(whole: Visitor) -> None:
    whole.get("/en/letter-1/date-4")
    page = whole.submit(422, unknown="not-known")
    says(page, "day", "Give a date, or tick one box, not both")
    assert page.form.fields["unknown"].held == ["not-known"]
    assert page.form.fields["day"].held == ["2"]
    page = whole.submit(422, unknown=["not-known", "not-yet"], day="", month="", year="")
    says(page, "day", "Give a date, or tick one box, not both")


def test_a_tick_that_this_date_does_not_offer_counts_as_none(whole: Visitor) -> None:
    whole.get("/en/letter-1/date-2")
    whole.submit(422, unknown="not-yet", day="", month="", year="")
    whole.submit(422, unknown="whenever", day="", month="", year="")


def test_days_out_of_order_name_the_other_day(whole: Visitor) -> None:
    whole.get("/en/letter-1/date-4")
    page = whole.submit(422, day="19", month="10", year="2026")
    says(page, "day", "This day cannot be before this one: The conference")
    whole.get("/en/letter-1/date-2")
    page = whole.submit(422, day="3", month="11", year="2026")
    says(page, "day", "This day cannot be after this one: You got the notes")
    assert answers(whole)["conference"]["conference"] == "2026-10-20"


def test_days_out_of_order_name_the_other_day_on_the_way_there(browse: Visitor) -> None:
    browse.begin()
    browse.walk(
        DURHAM | {"concerns": ["conference-run"], "event conference conference": "2026-10-20"},
        until="/letter-1/date-4",
    )
    page = browse.submit(422, day="19", month="10", year="2026")
    says(page, "day", "This day cannot be before this one: The conference")


def test_a_birth_in_the_future_or_without_a_name_is_refused(whole: Visitor) -> None:
    whole.get("/en/children")
    page = whole.submit(422, year_0="2027")
    says(page, "day-0", "The date must be today or earlier")
    page = whole.submit(422, names_0="", year_0="2019")
    says(page, "names-0", "Write the child’s name")
    page = whole.submit(422, names_0="Kai Hartley", day_0="")
    says(page, "day-0", "Write the whole date of birth")


def test_a_second_child_can_be_added_and_taken_away(whole: Visitor) -> None:
    whole.get("/en/children?from=check")
    whole.submit(add="yes")
    assert whole.page.form.fields["names-1"].held == [""]
    whole.submit(names_1="Bo Hartley")
    assert whole.path == "/en/check"
    assert [child["names"] for child in answers(whole)["children"]] == ["Kai Hartley", "Bo Hartley"]
    whole.get("/en/children?from=check")
    whole.submit(names_0="", day_0="", month_0="", year_0="")
    assert answers(whole)["children"] == [{"names": "Bo Hartley", "born": ""}]


def test_there_is_an_end_to_the_children(whole: Visitor) -> None:
    whole.get("/en/children")
    for number in range(1, 12):
        whole.submit(add="yes")
        whole.page.form.fields[f"names-{number}"].held[:] = [f"Child {number}"]
    assert not any(each.get("name") == "add" for each in whole.page.all("button"))
