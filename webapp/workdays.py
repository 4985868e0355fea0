"""Working days: weekends and the known bank holidays, and nothing guessed beyond them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property


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

    @cached_property
    def _working_days(self) -> list[date]:
        """Every known working day, in order."""
        first, last = date(self.first_year, 1, 1), date(self.last_year, 12, 31)
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in days if self.is_working(day)]

    def add(self, start: date, working_days: int) -> date:
        """The day that is `working_days` working days after `start`, which is day 0."""
        if working_days == 0:
            return start
        return self._at(bisect_right(self._working_days, start) + working_days - 1, start)

    def on_or_after(self, day: date) -> date:
        """`day` itself when it is a working day, else the next one."""
        return self._at(bisect_left(self._working_days, day), day)

    def on_or_before(self, day: date) -> date:
        """`day` itself when it is a working day, else the last one before it."""
        return self._at(bisect_right(self._working_days, day) - 1, day)

    def _at(self, place: int, asked: date) -> date:
        """The working day at this place of the list. Raises UnknownHolidays outside the known years."""
        if not self.first_year <= asked.year <= self.last_year:
            raise UnknownHolidays(asked)
        if not 0 <= place < len(self._working_days):
            beyond = self.last_year + 1 if place > 0 else self.first_year - 1
            raise UnknownHolidays(date(beyond, 1, 1))
        return self._working_days[place]
