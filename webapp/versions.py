"""Answers that this version of flows/ does not ask for: kept for the version that does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from webapp.flows.law import Law
from webapp.questions import put


def with_others(kept: dict[str, Any], answers: Mapping[str, Any], law: Law) -> dict[str, Any]:
    """A copy of `kept` that also holds those of the answers that no question of this law asks for.

    While machines are restarted one after the other, an older version of the law may take an answer of a case
    that a newer one has begun. What it does not know it must not throw away.
    """
    whole: dict[str, Any] = _copied(kept)
    known = _known(law)
    for key, value in _leaves(answers):
        above = key.split(".")
        if not any(".".join(above[:count]) in known for count in range(1, len(above) + 1)):
            put(whole, key, value)
    return whole


def _known(law: Law) -> frozenset[str]:
    """The dotted keys of all that the law asks for, in whatever case."""
    known = {"read"}
    for question in law.questions:
        own = [question.key] * bool(question.key) + [box.id for box in question.box]
        if question.kind == "event":
            own = [event.id for event in law.events]
        elif question.kind == "details":
            own = [f"details.{concern.id}" for concern in law.concerns]
        known |= (
            {f"{letter.id}.{key}" for letter in law.letters for key in own} if question.each else set(own)
        )
    return frozenset(known)


def _leaves(answers: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in answers.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _copied(value: Any) -> Any:
    return {key: _copied(each) for key, each in value.items()} if isinstance(value, dict) else value
