"""The path through the questions, replayed from the answers: what is asked, what counts, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.conditions import Facts
from webapp.flows.asking import Box, Option, Outcome, Question
from webapp.flows.law import Law
from webapp.flows.model import every
from webapp.procedures import END, LetterDue, is_sent

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One page of one case: a question, for a letter and an item of it where it has them.

    `number` and `place` count the letter, and the concern or date: addresses carry them instead of ids,
    because an address must not tell what somebody complains about.
    """

    question: Question
    letter: str = ""
    item: str = ""
    number: int = 0
    place: int = 0

    @property
    def id(self) -> str:
        """What the page asks, whatever its place on the path; a form carries it back."""
        return " ".join((self.question.id, self.letter, self.item)).strip()

    @property
    def path(self) -> str:
        """The end of the page’s address."""
        name = "date" if self.question.kind == "event" else self.question.id
        name = f"{name}-{self.place}" if self.place else name
        return f"letter-{self.number}/{name}" if self.number else name

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the case file that this page fills, dots between their levels."""
        question = self.question
        if question.kind == "event":
            return (f"{self.letter}.{self.item}",)
        if question.kind == "details":
            return (f"{self.letter}.details.{self.item}",)
        own = ([question.key] if question.key else []) + [box.id for box in question.box]
        return tuple(f"{self.letter}.{key}" if self.letter else key for key in own)


@dataclass
class Walk:
    """The replayed path: its steps, the answers that count, and the first step still open."""

    steps: list[Step] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    open_step: Step | None = None
    letters: tuple[LetterDue, ...] = ()

    def find(self, path: str) -> Step | None:
        """The step with this address, when it is on the path."""
        return next((step for step in self.steps if step.path == path), None)

    def asking(self, id: str) -> Step | None:
        """The step that asks this, when it is on the path."""
        return next((step for step in self.steps if step.id == id), None)

    def before(self, step: Step) -> Step | None:
        """The step before this one, or None at the start."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    def facts_of(self, step: Step) -> Facts:
        """What is known when this page is asked: of the case, and of its letter."""
        return self.facts.get(step.letter) or self.facts.get("", {})


def value_at(answers: Answers, key: str) -> Any:
    """The answer under a dotted key, or None."""
    found: Any = answers
    for part in key.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def put(answers: dict[str, Any], key: str, value: Any) -> None:
    """Sets the answer under a dotted key; None takes it away."""
    *above, last = key.split(".")
    for part in above:
        answers = answers.setdefault(part, {})
    if value is None:
        answers.pop(last, None)
    else:
        answers[last] = value


def options_of(question: Question, facts: Facts) -> tuple[Option, ...]:
    """The options of a page that are open in this case."""
    return tuple(option for option in question.option if option.when.holds(facts))


def boxes_of(question: Question, facts: Facts) -> tuple[Box, ...]:
    """The boxes of a page that are open in this case."""
    return tuple(box for box in question.box if box.when.holds(facts))


def outcomes_of(letter: str, law: Law, facts: Facts) -> tuple[Outcome, ...]:
    """What may be asked for in this letter."""
    return tuple(entry for entry in law.outcomes if letter in entry.letters and entry.when.holds(facts))


def cannots_of(law: Law, facts: Facts) -> tuple[str, ...]:
    """What this procedure cannot give, in plain sentences."""
    return tuple(sentence.text for sentence in every(law.cannots, facts))


def events_of(due: LetterDue, law: Law) -> tuple[str, ...]:
    """The dates that this letter needs, in the order of the law’s events.

    They are the ones that its deadlines count from or are settled by, the letters and replies that
    must have been, and what its letter always names. A second-best date is asked for only when the
    best one is forgotten.
    """
    sent = is_sent(due.kind, due.reached)
    wanted = set(law.letter[due.letter].events)
    for entry in due.deadlines:
        deadline = entry.deadline
        if due.kind == END and deadline.who == "them":
            continue
        wanted |= {deadline.start, deadline.settled_by}
        if due.events.get(deadline.start, "absent") is None and deadline.start not in law.always:
            wanted |= set(deadline.else_from)
    letters_and_replies = {id for stage in due.procedure.stage for id in (stage.sent, stage.reply)}
    wanted = {id for id in wanted if id not in letters_and_replies}
    wanted |= letters_and_replies & due.events.keys()
    if not sent:
        wanted -= {due.stage.sent, due.stage.reply, *due.stage.between}
    return tuple(event.id for event in law.events if event.id in wanted)


def past_events(due: LetterDue, law: Law) -> set[str]:
    """The events that may have happened by now: not those of an unsent letter, nor of later stages."""
    own = {id for stage in due.procedure.stage for id in (stage.sent, stage.reply, *stage.between)}
    past = law.event.keys() - own
    for stage in due.procedure.stage:
        if stage.id == due.stage.id:
            return past | {stage.sent, *stage.between} if is_sent(due.kind, due.reached) else past
        past |= {stage.sent, stage.reply, *stage.between}
    return past
