"""The clock in London: the one place that asks what day it is there, on which the time limits run."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")


def london_day() -> date:
    """Today in London."""
    return datetime.now(_LONDON).date()


def london_time(seconds: float) -> datetime:
    """The moment that is so many seconds after the start of 1970, by the clock in London."""
    return datetime.fromtimestamp(seconds, _LONDON)
