"""Where each rule of the register is used, so that every rule can be shown with its places."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.flows.entries import entries
from webapp.flows.law import Law


def uses(law: Law) -> Mapping[str, tuple[str, ...]]:
    """For each rule that something cites, the places that cite it, as “file, entry”.

    Every citation is shown to somebody: beside a date, a note or a question, with a letter, or on the
    page of the rules.
    """
    found: dict[str, list[str]] = {}
    for entry in entries(law):
        for rule in entry.rules():
            places = found.setdefault(rule, [])
            place = f"{entry.file}, {entry.name}"
            if place not in places:
                places.append(place)
    return {rule: tuple(places) for rule, places in found.items()}
