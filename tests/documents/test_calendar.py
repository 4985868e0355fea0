"""A plan's dates as calendar entries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import vobject
from icalendar import Calendar
from letters_to_print import PLAN

from webapp.documents import calendar

STAMP = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def events() -> list:  # type: ignore[type-arg]
    return list(Calendar.from_ical(calendar.render(PLAN, STAMP).content).walk("VEVENT"))


def test_each_reminder_is_an_entry_for_its_whole_day() -> None:
    assert [event.decoded("dtstart") for event in events()] == [date(2026, 11, 30), date(2026, 12, 3)]
    assert all(event["dtstart"].params["VALUE"] == "DATE" for event in events())
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in events())


def test_another_program_reads_the_same_entries() -> None:
    read = vobject.readOne(calendar.render(PLAN, STAMP).content.decode())
    assert [(entry.summary.value, entry.dtstart.value) for entry in read.vevent_list] == [
        (str(event["summary"]), event.decoded("dtstart")) for event in events()
    ]


def test_entries_leave_the_day_free_and_ring_at_nine_the_morning_before() -> None:
    for event in events():
        assert event["transp"] == "TRANSPARENT"
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("trigger") == timedelta(hours=-15)
    assert calendar.render(PLAN, STAMP).content.count(b"TRIGGER:-PT15H") == 2


def test_entries_say_nothing_but_the_neutral_words() -> None:
    content = calendar.render(PLAN, STAMP).content.decode()
    assert [str(event["summary"]) for event in events()] == [reminder.words for reminder in PLAN.reminders]
    assert not any("description" in event or "location" in event for event in events())
    assert "PRODID:-//Reminders//EN" in content
    assert not any(words in content for words in ("Heard", "child", "chair", "complaint"))


def test_the_same_plan_gives_the_same_file() -> None:
    assert [str(event["uid"]) for event in events()] == [reminder.uid for reminder in PLAN.reminders]
    assert calendar.render(PLAN, STAMP) == calendar.render(PLAN, STAMP)
    assert all(event.decoded("dtstamp") == STAMP for event in events())


def test_the_name_of_the_calendar_is_translated() -> None:
    made = calendar.render(PLAN, STAMP, lambda message: {"Reminders": "Nodiadau atgoffa"}[message])
    assert "X-WR-CALNAME:Nodiadau atgoffa" in made.content.decode()
    assert made.extension == "ics"


@pytest.mark.parametrize(
    "stamp", [STAMP.replace(tzinfo=None), STAMP.astimezone(timezone(timedelta(hours=1)))]
)
def test_a_stamp_that_is_not_in_utc_is_refused(stamp: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        calendar.render(PLAN, stamp)
