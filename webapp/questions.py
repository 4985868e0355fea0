"""The path through the questions, replayed from the answers: what is asked, what counts, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from webapp.cases.model import ELSEWHERE, NOT_SURE, Case, CaseError
from webapp.cases.reading import read_answers
from webapp.conditions import Facts
from webapp.flows.asking import Box, Option, Outcome, Question
from webapp.flows.law import Law
from webapp.flows.model import every
from webapp.procedures import END, LetterDue, case_facts, is_sent, letter_due, letter_facts, letters_due

Answers = Mapping[str, Any]
_NEEDED = ("nation", "authority", "concerns")
_STEERING = ("nation", "authority", "role", "concerns", "legal", "helper", "send-by")
_STEERING_IN_LETTER = ("reached", "procedure-used", "send-by", "conference-type", "attended", "about-chair")


@dataclass(frozen=True)
class Step:
    """One page of one case: a question, for a letter and an item of it where it has them.

    `number` and `place` count the letter and the concern: addresses carry them instead of their ids,
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
        name = self.item if self.question.kind == "event" else self.question.id
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


def walk(answers: Answers, law: Law, today: date) -> Walk:
    """Replays the questions over the answers, up to the first that is open.

    Answers off the path, and answers that the law no longer knows, are left out of `kept`.
    """
    return _Walker(answers, law, today).walk()


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


def _as_if_written(facts: Facts) -> Facts:
    """The facts as they would be if the letter, or any letter, were being written now."""
    return {**facts, "kind": frozenset({"complaint", "escalation"}), "letters-to-write": frozenset({"yes"})}


def _steers(question: Question) -> bool:
    """True when the answer may change which letters there are, or what is asked next."""
    if question.kind in ("event", "reached", "council", "concerns", "sending"):
        return True
    return question.key in (*_STEERING, *_STEERING_IN_LETTER)


class _Walker:
    """Asks question after question, and works the letters out again where an answer may change them."""

    def __init__(self, answers: Answers, law: Law, today: date) -> None:
        self.answers, self.law, self.today = answers, law, today
        self.done = Walk()
        self.case: Case | None = None
        self.of_letter: dict[str, dict[str, frozenset[str]]] = {}
        self._refresh()

    def walk(self) -> Walk:
        for group in _grouped(self.law.questions):
            if not self._ask_group(group):
                break
        return self.done

    def _ask_group(self, group: list[Question]) -> bool:
        if not group[0].each:
            return all(self._ask(Step(question)) for question in group)
        return all(self._ask_letter(due.letter, group) for due in self.done.letters)

    def _ask_letter(self, letter: str, group: list[Question]) -> bool:
        return all(self._ask_all(letter, question) for question in group)

    def _ask_all(self, letter: str, question: Question) -> bool:
        if question.each == "event":
            return self._ask_events(letter, question)
        if question.each == "concern":
            concerns = enumerate(self._due(letter).concerns, start=1)
            return all(self._ask(self._step(question, letter, item, place)) for place, item in concerns)
        return self._ask(self._step(question, letter))

    def _step(self, question: Question, letter: str, item: str = "", place: int = 0) -> Step:
        number = [due.letter for due in self.done.letters].index(letter) + 1
        return Step(question, letter, item, number, place)

    def _ask_events(self, letter: str, question: Question) -> bool:
        asked: list[str] = []
        while True:  # an answer may open another date, before or after it
            left = [id for id in events_of(self._due(letter), self.law) if id not in asked]
            if not left:
                self._keep_past_events(letter, set(asked))
                return True
            section = self.answers.get(letter, {})
            known = [id for id in left if id in section]
            if known and left[0] in known and self._keep_events(letter, known):
                asked += known
                self.done.steps += [self._step(question, letter, id) for id in known]
                continue
            asked.append(left[0])  # one by one: one of them is open, or cannot stand beside the others
            if not self._ask(self._step(question, letter, left[0])):
                return False

    def _keep_events(self, letter: str, ids: list[str]) -> bool:
        """Keeps the days of several events at once. False, and nothing is kept, when they clash."""
        for id in ids:
            put(self.done.kept, f"{letter}.{id}", self.answers[letter][id])
        if self._refresh_letter(letter):
            return True
        for id in ids:
            put(self.done.kept, f"{letter}.{id}", None)
        return False

    def _keep_past_events(self, letter: str, asked: set[str]) -> None:
        """Keeps days of earlier stages that are asked for no longer: the next letter tells them."""
        due = self._due(letter)
        section = self.answers.get(letter, {})
        past = [id for id in past_events(due, self.law) - asked if id in section]
        if past:
            self._keep_events(letter, past)

    def _ask(self, step: Step) -> bool:
        """Keeps the step’s answer when it is on the path. False when it is still open."""
        facts = self.done.facts_of(step)
        if not step.question.when.holds(facts):
            if self.done.letters and step.question.when.holds(_as_if_written(facts)):
                self._keep_for_the_next_letter(step)
            return True
        if step.question.kind == "boxes" and not boxes_of(step.question, facts):
            return True
        self.done.steps.append(step)
        if not self._keep(step, facts):
            self.done.open_step = step
            return False
        return True

    def _keep_for_the_next_letter(self, step: Step) -> None:
        """While a parent waits, what the next letter will say is kept though nobody asks for it now."""
        for key in step.keys:
            value = value_at(self.answers, key)
            if value is not None:
                put(self.done.kept, key, value)

    def _keep(self, step: Step, facts: Facts) -> bool:
        question = step.question
        if question.kind == "read":
            if question.id not in self.answers.get("read", ()):
                return False
            put(self.done.kept, "read", [*self.done.kept.get("read", ()), question.id])
            return True
        for key in self._needed(step, facts):
            value = value_at(self.answers, key)
            if value is None or not self._fits(step, key, value, facts):
                return False
            put(self.done.kept, key, value)
        if question.key == "you.reply-by":
            self._facts_of_case()
        if not _steers(question) or (self._refresh_letter(step.letter) if step.letter else self._refresh()):
            return True
        for key in step.keys:  # it cannot stand beside the others: it is asked again
            put(self.done.kept, key, None)
        return False

    def _needed(self, step: Step, facts: Facts) -> Iterator[str]:
        open_boxes = {box.id for box in boxes_of(step.question, facts)}
        for key in step.keys:
            own = key.removeprefix(f"{step.letter}.") if step.letter else key
            if not step.question.box or own == step.question.key or own in open_boxes:
                yield key

    def _fits(self, step: Step, key: str, value: Any, facts: Facts) -> bool:
        """False for an answer that is no longer one of those the page offers."""
        question = step.question
        if question.kind == "council":
            council = self.law.authority.get(value)
            return value == NOT_SURE or (council is not None and council.nation in facts["nation"])
        if question.kind not in ("one", "several", "outcomes") or not key.endswith(question.key):
            return True
        known = {option.id for option in options_of(question, facts)}
        if question.kind == "outcomes":
            known = {outcome.id for outcome in outcomes_of(step.letter, self.law, facts)}
        values = value if isinstance(value, list) else [value]
        return all(entry in known for entry in values)

    def _refresh(self) -> bool:
        """Works out all letters from what is kept. False when the answers cannot stand together."""
        kept, facts = self.done.kept, self.done.facts
        if not all(kept.get(key) for key in _NEEDED) and kept.get("nation") != ELSEWHERE:
            facts[""] = {key: _values(kept.get(key)) for key in ("nation", "role", "helper", "legal")}
            return True
        try:
            case = self._case(*(letter.id for letter in self.law.letters))
        except CaseError:
            return False
        self.done.letters = letters_due(case, self.law)
        for due in self.done.letters:
            self.of_letter[due.letter] = letter_facts(case, due)
        self.case = case
        self._facts_of_case()
        return True

    def _refresh_letter(self, letter: str) -> bool:
        """The same for one letter alone."""
        try:
            case = self._case(letter)
        except CaseError:
            return False
        changed = letter_due(case, letter, self.law)
        self.done.letters = tuple(changed if due.letter == letter else due for due in self.done.letters)
        self.of_letter[letter] = letter_facts(case, changed)
        self._facts_of_case()
        return True

    def _facts_of_case(self) -> None:
        letters, facts = self.done.letters, self.done.facts
        to_write = any(due.writes for due in letters)
        if self.case is None:
            return
        facts[""] = case_facts(self.case, letters) | {
            "letters": frozenset({"yes" if letters else "no"}),
            "letters-to-write": frozenset({"yes" if to_write else "no"}),
            "reply-by": _values(value_at(self.done.kept, "you.reply-by")),
        }
        for due in letters:
            facts[due.letter] = facts[""] | self.of_letter[due.letter]

    def _case(self, *letters: str) -> Case:
        """The case as far as it decides which letters there are: without what the parent wrote."""
        kept = self.done.kept
        answers = {key: kept[key] for key in _STEERING if key in kept}
        for letter in letters:
            section = kept.get(letter, {})
            steering = {
                key: section[key] for key in section if key in _STEERING_IN_LETTER or key in self.law.event
            }
            if steering:
                answers[letter] = steering
        return read_answers(answers, self.law, self.today, texts=False)

    def _due(self, letter: str) -> LetterDue:
        return next(due for due in self.done.letters if due.letter == letter)


def _values(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(value) if isinstance(value, list) else frozenset()


def _grouped(questions: tuple[Question, ...]) -> Iterator[list[Question]]:
    """Neighbouring questions of one kind of page: those of the case, and those of each letter."""
    group: list[Question] = []
    for question in questions:
        if group and bool(group[0].each) != bool(question.each):
            yield group
            group = []
        group.append(question)
    yield group
