"""Working days: weekends and the known bank holidays, and nothing guessed beyond them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


class UnknownHolidays(ValueError):
    """A working day was asked for in a year whose bank holidays are not known; `day` is that day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"the bank holidays of {day.year} are not known")
        self.day = day


@dataclass(frozen=True)
class WorkCalendar:
    """The bank holidays of one nation, with the first and last year for which they are known."""

    holidays: frozenset[date]
    first_year: int
    last_year: int

    def is_working(self, day: date) -> bool:
        """True unless `day` is a Saturday, a Sunday or a bank holiday. Raises UnknownHolidays."""
        if not self.first_year <= day.year <= self.last_year:
            raise UnknownHolidays(day)
        return day.weekday() < 5 and day not in self.holidays

    def add(self, start: date, working_days: int) -> date:
        """The day that is `working_days` working days after `start`, which is day 0."""
        day = start
        for _ in range(working_days):
            day = self.on_or_after(day + _DAY)
        return day

    def on_or_after(self, day: date) -> date:
        """`day` itself when it is a working day, else the next one."""
        while not self.is_working(day):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        """`day` itself when it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= _DAY
        return day
