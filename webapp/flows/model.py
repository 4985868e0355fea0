"""The law as frozen objects: what flows/ and the letters' words hold once they are read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from webapp.conditions import ALWAYS, Facts, When, read_when
from webapp.deadlines import Period, read_period

STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def _read_words(raw: object) -> object:
    """One sentence, or a list of sentences and of `{ when, text, rules }`, as a list of tables."""
    entries = raw if isinstance(raw, list) else [raw]
    return [{"text": entry} if isinstance(entry, str) else entry for entry in entries]


Condition = Annotated[When, BeforeValidator(read_when)]
Length = Annotated[Period, BeforeValidator(read_period)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Sentence:
    """Words that are used when a condition holds, with the rules that they rest on."""

    text: str
    when: Condition = ALWAYS
    rules: tuple[str, ...] = ()


Sentences = Annotated[tuple[Sentence, ...], BeforeValidator(_read_words)]


def first(sentences: tuple[Sentence, ...], facts: Facts) -> Sentence | None:
    """The first sentence whose condition holds, or None."""
    return next((sentence for sentence in sentences if sentence.when.holds(facts)), None)


def every(sentences: tuple[Sentence, ...], facts: Facts) -> tuple[Sentence, ...]:
    """All sentences whose condition holds, in order."""
    return tuple(sentence for sentence in sentences if sentence.when.holds(facts))


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Note:
    """Something to know: a bold first sentence, the rest, and the rules behind it."""

    title: str
    text: str
    when: Condition = ALWAYS
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Deadline:
    """One time limit of a procedure, as its row in the data says."""

    rule: str
    who: Literal["you", "them"]
    within: Length
    start: str = Field(validation_alias="from")
    actor: str = ""
    stages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    when: Condition = ALWAYS
    assumed: bool = False
    else_from: tuple[str, ...] = ()
    settled_by: str = ""
    late_at: tuple[str, ...] | None = None
    late_after: Length | None = None
    late_rule: str = ""
    chase: bool = True
    seen: bool = True
    discretion: str = ""
    plan: Sentences = ()
    allowed: Sentences = ()
    if_not: Sentences = ()
    letter: Sentences = ()
    letter_dated: Sentences = ()
    why: Sentences = ()
    assumed_text: Sentences = ()
    discretion_text: Sentences = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Stage:
    """One stage of a procedure: who it goes to, the events that mark it, and what comes next."""

    id: str
    to: str
    name: str
    letter: str
    sent: str
    reply: str
    next: str
    between: tuple[str, ...] = ()
    opened_by: str = ""
    may_skip: bool = False
    when: Condition = ALWAYS
    ask: Sentences = ()
    allowed: Sentences = ()
    reached_sent: Sentences = ()
    reached_replied: Sentences = ()
    reached_unresolved: Sentences = ()
    reached_skipped: Sentences = ()
    reached_opened: Sentences = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ClosedList:
    """The people whom a procedure's own text names as able to complain."""

    roles: tuple[str, ...]
    rule: str


@dataclass(frozen=True, kw_only=True, config=STRICT)
class End:
    """What is left after a procedure's last stage."""

    point: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Procedure:
    """One complaints procedure, with its stages and deadlines in the order of its file."""

    id: str
    letter: str
    nations: tuple[str, ...]
    name: Sentences
    what: Sentences
    numbered: bool
    before: tuple[str, ...]
    stage: tuple[Stage, ...]
    end: End
    authorities: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    who: ClosedList | None = None
    scope: Mapping[str, str] = Field(default_factory=dict)
    deadline: tuple[Deadline, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Event:
    """A date that a deadline counts from, and the words that ask for it."""

    id: str
    title: Sentences
    label: Sentences
    hint: Sentences = ()
    where_to_look: Sentences = ()
    history: Sentences = ()
    after: tuple[str, ...] = ()
    always: bool = False
    not_yet: Sentences = ()
    unknown: Sentences = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Recipient:
    """Who a letter goes to, or whose duty a deadline is."""

    id: str
    name: Sentences
    actor: Sentences
    lines: Sentences = ()
    salutation: Sentences = ()
    where: Sentences = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class LetterKind:
    """One of the letters a case can open, in the order in which they come."""

    id: str
    name: Sentences
    title: Sentences
    events: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Part:
    """A part of a letter, with the heading it carries when anything stands in it."""

    id: str
    headings: Sentences = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class LetterLine:
    """A line that stands outside the parts of a letter: its heading, a reference, a signature.

    Of the lines that share a `choice`, only the first that can be printed is. `sign` ones are signed.
    """

    text: str
    choice: str = ""
    sign: bool = False
    when: Condition = ALWAYS
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class LetterParagraph:
    """One paragraph of a letter: a sentence or two, a list under it, or a computed block.

    Of the paragraphs that share a `choice`, only the first that can be printed is. `run_on` joins it
    to the paragraph before it. `tick` puts a box before each of its points, for whoever fills in a blank.
    """

    part: str
    text: str = ""
    run_on: bool = False
    choice: str = ""
    insert: str = ""
    tick: bool = False
    when: Condition = ALWAYS
    rules: tuple[str, ...] = ()
    points: tuple[Sentence, ...] = ()
