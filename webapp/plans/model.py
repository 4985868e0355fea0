"""The shape of a parent's plan: for each letter who, what, by when and why. Words are final strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["send-by", "they-must", "missed", "send-today", "none"]


@dataclass(frozen=True)
class RuleWords:
    """A rule as it is shown: its id, our plain sentence, the source's own words, and what we assumed."""

    id: str
    what: str
    quote: str
    source: str
    note: str


@dataclass(frozen=True)
class CalendarDay:
    """One square of the small calendar."""

    day: date
    number: int
    state: Literal["today", "last", "between", "other"]


@dataclass(frozen=True)
class DatePanel:
    """The next date of a letter, big. `state` picks the colour; `day` is None when no date is known.

    `weeks` is empty when the last day is more than five weeks away or past.
    """

    state: State
    label: str
    day: date | None
    weekday: str
    big: str
    left: str
    why: str
    rules: tuple[RuleWords, ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    weeks_text: str


@dataclass(frozen=True)
class Step:
    """One step ahead. `hangs_on` says on what an uncertain date depends ("" when it is certain)."""

    day: date | None
    when: str
    hangs_on: str
    who: Literal["you", "them"]
    actor: str
    does: str
    allowed: str
    if_not: str
    rules: tuple[str, ...]

    @property
    def rest(self) -> str:
        """What is done, without its actor: a sentence that begins with the actor is not given it twice."""
        return self.does.removeprefix(self.actor).lstrip()


@dataclass(frozen=True)
class Card:
    """One letter of the plan. `makes_letter` is false for "wait" and "end"."""

    letter: str
    number: int
    total: int
    place: str
    title: str
    to: str
    kind: str
    makes_letter: bool
    panel: DatePanel
    says: tuple[str, ...]
    where: tuple[str, ...]
    steps: tuple[Step, ...]
    extra_kinds: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class HelpLine:
    """A free line that the parent can ring, with the day its details were read. `advice` ones come first."""

    name: str
    who: str
    phone: str
    hours: str
    other: str
    read: str
    advice: bool = False


@dataclass(frozen=True)
class Note:
    """Something to know before going on: a bold first sentence, the rest, and the rules behind it."""

    id: str
    title: str
    text: str
    rules: tuple[RuleWords, ...]


@dataclass(frozen=True)
class Reminder:
    """An entry for the parent's own calendar; its words tell a stranger nothing."""

    uid: str
    day: date
    words: str


@dataclass(frozen=True)
class Plan:
    """Everything on the plan page and on the sheet *Your next steps*."""

    language: str
    direction: str
    title: str
    summary: str
    made_on: str
    cards: tuple[Card, ...]
    notes: tuple[Note, ...]
    signposts: tuple[Note, ...]
    quoted: tuple[Note, ...]
    lines: tuple[HelpLine, ...]
    before_sending: tuple[str, ...]
    reminders: tuple[Reminder, ...]
    gaps: tuple[Note, ...] = ()
