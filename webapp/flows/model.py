"""The law as frozen objects: what flows/ and the letters' words hold once they are read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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

    def stage_of(self, id: str) -> Stage:
        """The stage with this id. Raises KeyError."""
        for stage in self.stage:
            if stage.id == id:
                return stage
        raise KeyError(id)


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
class Recipient:
    """Who a letter goes to, or whose duty a deadline is."""

    id: str
    name: Sentences
    actor: Sentences
    lines: Sentences = ()
    salutation: Sentences = ()
    where: Sentences = ()


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
    again at each stage.
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
class Source:
    """A document that rules were read in."""

    id: str
    name: str
    publisher: str
    dated: str
    read: date
    status: str
    note: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Rule:
    """One sentence of a source that the product relies on."""

    id: str
    source: str
    what: str
    sure: str
    quote: str = ""
    as_written: str = ""
    day_type: str = ""
    from_as_written: str = ""
    note: str = ""
    unused: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Authority:
    """A council with duties for children."""

    code: str
    name: str
    nation: str
    short: str
    region: str = ""
    name_cy: str = ""
    place_cy: str = ""
    board: str = ""
    note: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SendingWay:
    """A way to send a letter and the working days until it counts as received."""

    id: str
    label: str
    hint: str
    working_days: int
    rules: tuple[str, ...] = ()


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
    to the paragraph before it.
    """

    part: str
    text: str = ""
    run_on: bool = False
    choice: str = ""
    insert: str = ""
    when: Condition = ALWAYS
    rules: tuple[str, ...] = ()
    points: tuple[Sentence, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class HelpLine:
    """A line that a parent can ring or write to, for whom it is, and how sure we are of it."""

    id: str
    name: str
    what: str
    nations: tuple[str, ...]
    kinds: tuple[str, ...]
    status: Literal["A", "B"]
    dated: str
    read: date
    source: str
    sure: str
    people: tuple[str, ...] = Field(default=(), validation_alias="for")
    authorities: tuple[str, ...] = ()
    phone: str = ""
    sms: str = ""
    web: str = ""
    email: str = ""
    post: str = ""
    hours: str = ""
    note: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class HelpGap:
    """Where no line of a kind could be found for a nation, said honestly."""

    nations: tuple[str, ...]
    kind: str
    say: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PartlyRead:
    """A council's own conference procedure of which only a part was read."""

    authorities: tuple[str, ...]
    name: str
    status: Literal["current", "old", "undated"]
    dated: str
    read: date
    address: str
    source: str
    says: tuple[str, ...]
    unread: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Habits:
    """Our own limits, which no source states: they steer pages, never a date of the law."""

    holding_letter_days: int
    reply_within: Length
    words_limit: int
    line_limit: int
    far_away_days: int
    leave_to: str
    silence_minutes: int
