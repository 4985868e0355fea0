"""Every path through the law: the combinations of answers that can change what a case leads to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from webapp.cases.dates import earlier_events, out_of_order
from webapp.flows.law import Law
from webapp.flows.model import Procedure
from webapp.flows.stages import reached_ids

TODAY = date(2026, 11, 23)
NOT_KNOWN = "not-known"
ABSENT = None
PLACES = {
    "conference-durham": ("england", "E06000047"),
    "conference-england": ("england", "E10000020"),
    "conference-carmarthenshire": ("wales", "W06000010"),
    "conference-wales": ("wales", "not-sure"),
}
USED = ("children-act", "council-own", "not-known")


def places_of(procedure: Procedure) -> list[tuple[str, str]]:
    """A nation and a council for each kind of area in which a procedure is used."""
    if procedure.id in PLACES:
        return [PLACES[procedure.id]]
    councils = {"england": "not-sure", "wales": "W06000015"}
    return [(nation, councils[nation]) for nation in procedure.nations]


def used_in(procedure: Procedure) -> tuple[str, ...]:
    """The answers to “which procedure” that make a difference here."""
    named = {
        value for stage in procedure.stage for key, value in stage.when.names() if key == "procedure-used"
    }
    return USED if named else ("not-known",)


def reached_in(procedure: Procedure, used: str) -> tuple[str, ...]:
    """How far a parent can have got."""
    return reached_ids(procedure, {"procedure-used": frozenset({used})})


def dates_of(law: Law, procedure: Procedure, step: int) -> dict[str, date]:
    """A day for each event, each `step` days after those that must come before it."""
    earlier = earlier_events(law, procedure)
    marks = {id for stage in procedure.stage for id in (stage.sent, stage.reply, *stage.between)}
    counted = {id for deadline in procedure.deadline for id in (deadline.start, *deadline.else_from)}
    used = (marks | counted | law.always | {*law.letter[procedure.letter].events}) & set(law.event)
    ordered = sorted(used, key=lambda id: (len(earlier[id]), id))
    last = TODAY - timedelta(days=1)
    return {id: last - timedelta(days=step * place) for place, id in enumerate(reversed(ordered))}


def whole_patterns(law: Law, procedure: Procedure) -> list[dict[str, str]]:
    """The dates in time, long ago, with a few days left, all forgotten, and none come."""
    sets = [dates_of(law, procedure, step) for step in (1, 60)] + list(nearly_over(law, procedure))
    dated = [{id: day.isoformat() for id, day in days.items()} for days in sets]
    return [*dated, dict.fromkeys(law.event, NOT_KNOWN), {}]


def nearly_over(law: Law, procedure: Procedure) -> Iterator[dict[str, date]]:
    """For each limit of the parent’s own: dates that leave two days of it."""
    earlier = earlier_events(law, procedure)
    due = TODAY + timedelta(days=2)
    for deadline in procedure.deadline:
        if deadline.who == "you" and deadline.stages:
            days = dates_of(law, procedure, 1)
            back = (TODAY - timedelta(days=number) for number in range(1, 400))
            start = next(day for day in back if deadline.within.after(day, law.calendar) <= due)
            before = {id: min(days[id], start) for id in earlier[deadline.start] & days.keys()}
            yield days | before | {deadline.start: start}


def mixed_patterns(law: Law, procedure: Procedure, reached: str) -> Iterator[dict[str, str]]:
    """Each date that the limits hang on in time, long ago, forgotten or not come, in every mixture."""
    ids = sorted(
        {
            id
            for deadline in procedure.deadline
            if not deadline.stages or any(reached.startswith(stage) for stage in deadline.stages)
            for id in (deadline.start, deadline.settled_by, *deadline.else_from)
        }
        & set(law.event)
    )
    if len(ids) > 7:
        raise AssertionError(f"too many dates to mix at {procedure.id}, {reached}")
    ids += [stage.sent for stage in procedure.stage if reached.startswith(stage.id) and stage.sent not in ids]
    recent, old = dates_of(law, procedure, 2), dates_of(law, procedure, 45)
    earlier = earlier_events(law, procedure)
    for chosen in product((recent, old, NOT_KNOWN, ABSENT), repeat=len(ids)):
        days = {
            id: pick[id] if isinstance(pick, dict) else None for id, pick in zip(ids, chosen, strict=True)
        }
        if any(out_of_order("", days, earlier)):
            continue
        yield {
            id: pick[id].isoformat() if isinstance(pick, dict) else pick
            for id, pick in zip(ids, chosen, strict=True)
            if pick is not ABSENT
        }


def paths_of(law: Law, procedure: Procedure) -> Iterator[dict[str, Any]]:
    """The answers of every case with this procedure’s letter alone that can end differently."""
    letter = procedure.letter
    concerns = [entry.id for entry in law.concerns if entry.letter == letter]
    for (nation, authority), used in product(places_of(procedure), used_in(procedure)):
        for reached in reached_in(procedure, used):
            section = {"reached": reached, "procedure-used": used}
            base = {"nation": nation, "authority": authority}
            for ticked in ([[one] for one in concerns] + [concerns])[: None if len(concerns) > 1 else 1]:
                for events in whole_patterns(law, procedure):
                    yield base | {"concerns": ticked, letter: section | events}
            for events in mixed_patterns(law, procedure, reached):
                yield base | {"concerns": concerns[:1], letter: section | events}
