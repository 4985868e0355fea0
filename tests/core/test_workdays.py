"""Working days: weekends, bank holidays, and nothing beyond the known years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from expecting import day
from hypothesis import given
from hypothesis import strategies as st

from webapp.flows.reading import read_law
from webapp.places import flows_folder, templates_folder
from webapp.workdays import UnknownHolidays, WorkCalendar

CALENDAR = read_law(flows_folder(), templates_folder() / "letters").calendar
KNOWN = st.dates(date(2019, 2, 1), date(2028, 6, 1))


@pytest.mark.parametrize(
    "off",
    [
        "Saturday 2026-11-28",
        "Sunday 2026-11-29",
        "Friday 2026-12-25",
        "Saturday 2026-12-26",
        "Monday 2026-12-28",
        "Friday 2027-01-01",
        "Friday 2027-03-26",
        "Monday 2027-03-29",
        "Monday 2027-12-27",
        "Tuesday 2027-12-28",
        "Monday 2028-01-03",
        "Friday 2020-05-08",
        "Monday 2022-09-19",
    ],
)
def test_weekends_and_bank_holidays_are_days_off(off: str) -> None:
    assert not CALENDAR.is_working(day(off))


@pytest.mark.parametrize(
    "working",
    [
        "Monday 2026-11-30",
        "Thursday 2026-12-24",
        "Tuesday 2026-12-29",
        "Thursday 2026-12-31",
        "Monday 2020-05-04",
        "Monday 2026-08-03",  # the Scottish holiday, and the first Monday in August
        "Thursday 2027-03-25",
    ],
)
def test_other_weekdays_are_working_days(working: str) -> None:
    assert CALENDAR.is_working(day(working))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("Monday 2026-11-23", 5, "Monday 2026-11-30"),
        ("Monday 2026-11-23", 7, "Wednesday 2026-12-02"),
        ("Friday 2026-11-27", 1, "Monday 2026-11-30"),
        ("Saturday 2026-11-28", 1, "Monday 2026-11-30"),
        ("Sunday 2026-11-29", 1, "Monday 2026-11-30"),
        ("Thursday 2026-12-24", 1, "Tuesday 2026-12-29"),
        ("Wednesday 2026-12-23", 7, "Wednesday 2027-01-06"),
        ("Thursday 2027-03-25", 1, "Tuesday 2027-03-30"),
        ("Friday 2027-12-24", 1, "Wednesday 2027-12-29"),
        ("Saturday 2026-11-28", 0, "Saturday 2026-11-28"),
    ],
)
def test_the_day_of_the_event_is_day_0_and_days_off_are_left_out(start: str, count: int, end: str) -> None:
    assert CALENDAR.add(day(start), count) == day(end)


@pytest.mark.parametrize("unknown", [date(2018, 12, 31), date(2029, 1, 1), date(2029, 1, 6)])
def test_a_day_outside_the_known_years_is_refused_even_at_a_weekend(unknown: date) -> None:
    with pytest.raises(UnknownHolidays, match=str(unknown.year)) as caught:
        CALENDAR.is_working(unknown)
    assert caught.value.day == unknown


def test_counting_over_the_last_known_day_is_refused() -> None:
    assert CALENDAR.add(day("Thursday 2028-12-28"), 1) == day("Friday 2028-12-29")
    with pytest.raises(UnknownHolidays):
        CALENDAR.add(day("Thursday 2028-12-28"), 2)


def test_the_calendar_of_no_holidays_leaves_out_weekends_only() -> None:
    bare = WorkCalendar(frozenset(), 2026, 2026)
    assert bare.add(day("Thursday 2026-12-24"), 1) == day("Friday 2026-12-25")


@given(KNOWN, st.integers(1, 70))
def test_adding_working_days_ends_on_a_working_day_and_passes_exactly_that_many(
    start: date, count: int
) -> None:
    end = CALENDAR.add(start, count)
    assert CALENDAR.is_working(end)
    between = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    assert sum(CALENDAR.is_working(each) for each in between) == count


@given(KNOWN, st.integers(0, 30), st.integers(0, 30))
def test_working_days_can_be_added_in_two_steps(start: date, one: int, two: int) -> None:
    assert CALENDAR.add(CALENDAR.add(start, one), two) == CALENDAR.add(start, one + two)


@given(KNOWN)
def test_the_next_and_the_last_working_day_are_the_nearest(start: date) -> None:
    after, before = CALENDAR.on_or_after(start), CALENDAR.on_or_before(start)
    assert before <= start <= after
    assert CALENDAR.is_working(after)
    assert CALENDAR.is_working(before)
    if CALENDAR.is_working(start):
        assert before == start == after
    else:
        assert CALENDAR.add(before, 1) == after
