"""Where each rule of the register is used, so that every rule can be shown with its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from webapp.flows.entries import Entry, entries
from webapp.flows.law import Law


def citations(law: Law) -> Iterator[tuple[str, Entry]]:
    """Each rule that something cites with the entry that cites it, file by file.

    Every citation is shown to somebody: beside a date, a note or a question, with a letter, or on the
    page of the rules.
    """
    for entry in entries(law):
        for rule in dict.fromkeys(entry.rules()):
            yield rule, entry


def uses(law: Law) -> Mapping[str, tuple[str, ...]]:
    """For each rule that something cites, the places that cite it, as “file, entry”."""
    found: dict[str, dict[str, None]] = {}
    for rule, entry in citations(law):
        found.setdefault(rule, {})[f"{entry.file}, {entry.name}"] = None
    return {rule: tuple(places) for rule, places in found.items()}
