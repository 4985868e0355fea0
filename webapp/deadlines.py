"""Counting: from a day and a period to the last day, and back to the day to send a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from webapp.workdays import WorkCalendar

Unit = Literal["days", "working days", "months beginning with"]
_PERIOD = re.compile(r"(\d+) (days?|working days?|months? beginning with|years? beginning with)")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A length of time as a rule states it. Years are kept as twelve months each."""

    count: int
    unit: Unit

    def after(self, start: date, calendar: WorkCalendar) -> date:
        """The last day of the period when the event happened on `start`.

        Days leave the first day out; “beginning with” periods count it, so they end the day before
        the same date (LAW-LGSCO-12M; a date that does not exist gives the day before 1 March).
        Raises UnknownHolidays.
        """
        if self.unit == "days":
            return start + timedelta(days=self.count)
        if self.unit == "working days":
            return calendar.add(start, self.count)
        return _same_date_later(start, self.count) - _DAY


def read_period(raw: object) -> Period:
    """A period from its form in the data, such as “28 days” or “1 year beginning with”.

    Raises ValueError with the forms that are known.
    """
    if isinstance(raw, Period):
        return raw
    match = _PERIOD.fullmatch(raw) if isinstance(raw, str) else None
    if not match:
        raise ValueError(
            "write “28 days”, “7 working days”, “12 months beginning with” or “1 year beginning with”"
        )
    count, unit = int(match[1]), match[2]
    if unit.startswith("year"):
        return Period(count * 12, "months beginning with")
    if unit.startswith("month"):
        return Period(count, "months beginning with")
    return Period(count, "working days" if unit.startswith("working") else "days")


def _same_date_later(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    try:
        return date(year, month, start.day)
    except ValueError:  # the 29th, 30th or 31st of a shorter month
        return date(year + month // 12, month % 12 + 1, 1)


def received(sent: date, working_days: int, calendar: WorkCalendar) -> date:
    """The day a letter counts as received when its way of sending takes `working_days`."""
    return calendar.add(sent, working_days)


def last_day_to_send(due: date, working_days: int, calendar: WorkCalendar) -> date:
    """The last working day on which a letter that takes `working_days` still arrives by `due`."""
    day = calendar.on_or_before(due)
    while received(day, working_days, calendar) > due:
        day = calendar.on_or_before(day - _DAY)
    return day
