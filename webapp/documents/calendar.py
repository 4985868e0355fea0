"""A plan's dates as entries for the parent's own calendar, in words that tell a stranger nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from webapp.documents.model import Document
from webapp.language import N_
from webapp.plans.model import Plan

NAME = N_("Reminders")

# An all-day entry begins at midnight: nine in the morning of the day before is fifteen hours earlier.
_NINE_THE_DAY_BEFORE = timedelta(hours=-15)


def render(plan: Plan, stamp: datetime, gettext: Callable[[str], str] = N_) -> Document:
    """One all-day entry for each reminder, with an alarm at nine the morning before.

    `stamp` is when the file is made, with a time zone (RFC 5545 wants it in UTC: ValueError otherwise).
    The same reminder always has the same uid, so that a second file replaces the entries of the first.
    """
    if stamp.utcoffset() != timedelta(0):
        raise ValueError(f"the stamp of a calendar is in UTC, not {stamp.isoformat()}")
    calendar = Calendar()
    calendar.add("prodid", "-//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", gettext(NAME))
    for reminder in plan.reminders:
        event = Event()
        event.add("uid", reminder.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", reminder.day)
        event.add("dtend", reminder.day + timedelta(days=1))
        event.add("summary", reminder.words)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", reminder.words)
        alarm.add("trigger", _NINE_THE_DAY_BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    return Document(calendar.to_ical(), "text/calendar; charset=utf-8", "ics")
