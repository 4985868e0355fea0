"""What a parent is asked and told, as frozen objects: questions, concerns, outcomes, notices, signposts."""

from __future__ import annotations

from typing import Literal

from pydantic.dataclasses import dataclass

from webapp.conditions import ALWAYS
from webapp.flows.model import STRICT, Condition, Note, Sentences


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ConcernGroup:
    """A group of concerns on the page."""

    id: str
    title: Sentences
    text: Sentences = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Concern:
    """One thing a parent may be unhappy about, and the letter or signpost it opens."""

    id: str
    group: str
    letter: str = ""
    signpost: str = ""
    label: Sentences
    hint: Sentences = ()
    heading: Sentences = ()
    question: Sentences = ()
    prompts: Sentences = ()
    asks: bool = False
    example: Sentences = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Outcome:
    """Something a parent may ask for where `when` holds."""

    id: str
    letters: tuple[str, ...]
    label: str
    text: str
    when: Condition = ALWAYS
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Option:
    """One answer that may be ticked; `alone` ones cannot stand beside others."""

    id: str
    label: Sentences
    hint: Sentences = ()
    when: Condition = ALWAYS
    alone: bool = False


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Box:
    """One box to write in; its id is the key of the case file that it fills."""

    id: str
    label: Sentences
    kind: Literal["line", "lines", "words", "email", "phone"] = "line"
    hint: Sentences = ()
    missing: str = ""
    when: Condition = ALWAYS


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Question:
    """One page of the wizard: something to tick, boxes to write in, or something to read first.

    `key` is the key of the case file that the ticks fill. `each` makes one page for every letter that
    is open, for every concern of a letter, or for every date that a letter needs. `missing` is the
    message when nothing is answered; without it an empty answer is an answer. `once` ones are asked
    again at each stage. `beside` is said on a shared screen, whatever is ticked: a
    worker may sit beside the parent.
    """

    id: str
    part: str
    kind: Literal[
        "one",
        "several",
        "council",
        "reached",
        "concerns",
        "outcomes",
        "sending",
        "event",
        "details",
        "boxes",
        "children",
        "read",
    ]
    title: Sentences
    key: str = ""
    each: Literal["", "letter", "concern", "event"] = ""
    label: Sentences = ()
    hint: Sentences = ()
    prompts: Sentences = ()
    beside: Sentences = ()
    help: tuple[Note, ...] = ()
    when: Condition = ALWAYS
    option: tuple[Option, ...] = ()
    box: tuple[Box, ...] = ()
    once: bool = False
    missing: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class WizardPart:
    """A part of the wizard, as its pages name it."""

    id: str
    title: Sentences


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Notice:
    """Something the parent must know before going on; `computed` ones are decided by the route."""

    id: str
    title: Sentences
    text: Sentences
    when: Condition = ALWAYS
    computed: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Signpost:
    """Where to go when no letter helps."""

    id: str
    title: str
    text: Sentences
    when: Condition = ALWAYS
    rules: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
