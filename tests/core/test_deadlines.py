"""Counting from a day and a period to the last day, and back to the day to send a letter."""

from __future__ import annotations

from datetime import date

import pytest
from expecting import day
from hypothesis import given
from hypothesis import strategies as st
from test_workdays import CALENDAR, KNOWN

from webapp.deadlines import Period, last_day_to_send, read_period, received


@pytest.mark.parametrize(
    ("within", "start", "end"),
    [
        ("28 days", "Monday 2026-11-02", "Monday 2026-11-30"),
        ("28 days", "Saturday 2026-11-28", "Saturday 2026-12-26"),
        ("7 days", "Monday 2026-11-23", "Monday 2026-11-30"),
        ("1 day", "Monday 2026-11-23", "Tuesday 2026-11-24"),
        ("7 working days", "Monday 2026-11-23", "Wednesday 2026-12-02"),
        ("28 working days", "Monday 2026-11-23", "Tuesday 2027-01-05"),
        ("12 months beginning with", "Tuesday 2026-03-10", "Tuesday 2027-03-09"),
        ("1 year beginning with", "Tuesday 2026-03-10", "Tuesday 2027-03-09"),
        ("12 months beginning with", "Thursday 2024-02-29", "Friday 2025-02-28"),
        ("1 year beginning with", "Thursday 2024-02-29", "Friday 2025-02-28"),
        ("1 year beginning with", "Wednesday 2023-03-01", "Thursday 2024-02-29"),
        ("1 year beginning with", "Saturday 2025-03-01", "Saturday 2026-02-28"),
        ("1 year beginning with", "Thursday 2026-01-01", "Thursday 2026-12-31"),
        ("1 month beginning with", "Monday 2026-08-31", "Wednesday 2026-09-30"),
    ],
)
def test_a_period_ends_on_the_day_that_its_words_say(within: str, start: str, end: str) -> None:
    assert read_period(within).after(day(start), CALENDAR) == day(end)


def test_a_year_is_twelve_months() -> None:
    assert read_period("1 year beginning with") == read_period("12 months beginning with")


@pytest.mark.parametrize(
    "wrong", ["28", "days", "28 weeks", "-1 days", "28  days", "1 year", "", None, 28, "two days"]
)
def test_a_period_in_another_form_is_refused_with_the_forms_that_are_known(wrong: object) -> None:
    with pytest.raises(ValueError, match="28 days"):
        read_period(wrong)


@pytest.mark.parametrize(
    ("sent", "working_days", "arrives"),
    [
        ("Monday 2026-11-23", 0, "Monday 2026-11-23"),
        ("Saturday 2026-11-28", 0, "Saturday 2026-11-28"),
        ("Monday 2026-11-23", 2, "Wednesday 2026-11-25"),
        ("Thursday 2026-11-26", 2, "Monday 2026-11-30"),
        ("Friday 2026-11-27", 2, "Tuesday 2026-12-01"),
        ("Saturday 2026-11-28", 2, "Tuesday 2026-12-01"),
        ("Thursday 2026-12-24", 2, "Wednesday 2026-12-30"),
    ],
)
def test_post_counts_as_received_on_the_second_working_day(
    sent: str, working_days: int, arrives: str
) -> None:
    assert received(day(sent), working_days, CALENDAR) == day(arrives)


@pytest.mark.parametrize(
    ("due", "working_days", "last"),
    [
        ("Friday 2026-11-27", 0, "Friday 2026-11-27"),
        ("Saturday 2026-11-28", 0, "Friday 2026-11-27"),
        ("Sunday 2026-11-29", 0, "Friday 2026-11-27"),
        ("Friday 2026-12-25", 0, "Thursday 2026-12-24"),
        ("Monday 2026-12-28", 0, "Thursday 2026-12-24"),
        ("Friday 2026-11-27", 2, "Wednesday 2026-11-25"),
        ("Saturday 2026-11-28", 2, "Wednesday 2026-11-25"),
        ("Sunday 2026-11-29", 2, "Wednesday 2026-11-25"),
        ("Monday 2026-11-30", 2, "Thursday 2026-11-26"),
        ("Tuesday 2026-12-01", 2, "Friday 2026-11-27"),
        ("Monday 2026-12-28", 2, "Tuesday 2026-12-22"),
        ("Tuesday 2026-12-29", 2, "Wednesday 2026-12-23"),
        ("Wednesday 2026-12-30", 2, "Thursday 2026-12-24"),
    ],
)
def test_the_last_day_to_send_is_the_last_working_day_from_which_it_arrives(
    due: str, working_days: int, last: str
) -> None:
    assert last_day_to_send(day(due), working_days, CALENDAR) == day(last)


@given(KNOWN, st.integers(0, 3))
def test_a_letter_sent_on_the_last_day_arrives_and_one_a_working_day_later_does_not(
    due: date, working_days: int
) -> None:
    last = last_day_to_send(due, working_days, CALENDAR)
    assert CALENDAR.is_working(last)
    assert received(last, working_days, CALENDAR) <= due
    assert received(CALENDAR.add(last, 1), working_days, CALENDAR) > due


@given(KNOWN, st.integers(1, 70))
def test_calendar_days_are_never_later_than_as_many_working_days(start: date, count: int) -> None:
    strict = Period(count, "days").after(start, CALENDAR)
    assert strict <= Period(count, "working days").after(start, CALENDAR)


@given(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_a_beginning_with_year_has_its_own_first_day_in_it(start: date) -> None:
    end = read_period("1 year beginning with").after(start, CALENDAR)
    assert (end - start).days in (364, 365)
    assert (end.month, end.day) != (start.month, start.day)
