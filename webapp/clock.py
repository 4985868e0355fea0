"""The one place that asks what day it is: the day in London, on which the time limits run."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")


def london_day() -> date:
    """Today in London."""
    return datetime.now(_LONDON).date()
