"""The dates of a case: strict, not after today, and in an order that can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from webapp.cases.model import NOT_KNOWN, NOT_YET, Problem
from webapp.flows.law import Law
from webapp.flows.model import Procedure
from webapp.language import N_

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read_iso_date(text: object) -> date | None:
    """The day that `text` names as YYYY-MM-DD, or None when it names none."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_events(
    letter: str, raw: Mapping[str, object], law: Law, today: date, problems: list[Problem]
) -> dict[str, date | None]:
    """The events of one letter that have happened; the day of a forgotten one is None.

    Adds to `problems` each date that does not exist or lies after `today`.
    """
    events: dict[str, date | None] = {}
    for id, text in raw.items():
        if text == NOT_YET:
            continue
        day = read_iso_date(text)
        if text != NOT_KNOWN and day is None:
            message = N_("write the day as 2026-11-30, or “not-known”")
            problems.append(Problem(f"{letter}.{id}", message, {}))
        elif day is not None and day > today:
            problems.append(Problem(f"{letter}.{id}", N_("this day is after today"), {}))
        else:
            events[id] = day
    return events


def earlier_events(law: Law, procedure: Procedure) -> Mapping[str, frozenset[str]]:
    """For each event, all events that cannot be later than it in this procedure."""
    earlier = dict(law.earlier)
    for stage in procedure.stage:  # its panel or meeting lies between its letter and its reply
        for id in stage.between:
            earlier[id] = earlier[id] | {stage.sent} | earlier[stage.sent]
        earlier[stage.reply] = earlier[stage.reply].union(stage.between)
    return earlier


def out_of_order(
    letter: str, events: Mapping[str, date | None], earlier: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Each pair of dates that cannot be in this order, both named."""
    message = N_("this day cannot be before “{earlier}”")
    for id, day in events.items():
        for other in sorted(earlier[id]):
            before = events.get(other)
            if day is not None and before is not None and day < before:
                yield Problem(f"{letter}.{id}", message, {"earlier": f"{letter}.{other}"})
