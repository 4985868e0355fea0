"""The path through the questions, replayed from the answers: what is asked, what counts, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from webapp.cases.model import ELSEWHERE, CaseError
from webapp.cases.reading import read_answers
from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.flows.model import Box, Option, Outcome, Question, every
from webapp.procedures import END, LetterDue, Route, case_facts, is_sent, letter_facts, route

Answers = Mapping[str, Any]
_NEEDED = ("nation", "authority", "concerns")


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
    facts: dict[str, Facts] = field(default_factory=dict)
    open_step: Step | None = None
    route: Route | None = None

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


class _Walker:
    def __init__(self, answers: Answers, law: Law, today: date) -> None:
        self.answers, self.law, self.today = answers, law, today
        self.done = Walk()
        self._refresh()

    def walk(self) -> Walk:
        for group in _grouped(self.law.questions):
            if not self._ask_group(group):
                break
        else:
            self._refresh()
        return self.done

    def _ask_group(self, group: list[Question]) -> bool:
        if not group[0].each:
            return all(self._ask(Step(question)) for question in group)
        letters = self.done.route.letters if self.done.route else ()
        return all(self._ask_letter(due.letter, group) for due in letters)

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
        letters = self.done.route.letters if self.done.route else ()
        number = [due.letter for due in letters].index(letter) + 1
        return Step(question, letter, item, number, place)

    def _ask_events(self, letter: str, question: Question) -> bool:
        asked: set[str] = set()
        while True:  # an answer may open another date, before or after it
            left = [id for id in events_of(self._due(letter), self.law) if id not in asked]
            if not left:
                return True
            asked.add(left[0])
            if not self._ask(self._step(question, letter, left[0])):
                return False

    def _ask(self, step: Step) -> bool:
        """Keeps the step’s answer when it is on the path. False when it is still open."""
        facts = self.done.facts_of(step)
        if not step.question.when.holds(facts):
            return True
        if step.question.kind == "boxes" and not boxes_of(step.question, facts):
            return True
        self.done.steps.append(step)
        if not self._keep(step, facts):
            self.done.open_step = step
            return False
        return True

    def _keep(self, step: Step, facts: Facts) -> bool:
        question = step.question
        if question.kind == "read":
            if question.id not in self.answers.get("read", ()):
                return False
            put(self.done.kept, "read", [*self.done.kept.get("read", ()), question.id])
            return True
        needed = set(self._needed(step, facts))
        for key in step.keys:
            value = value_at(self.answers, key)
            if key not in needed:
                continue
            if value is None or not self._fits(step, key, value, facts):
                return False
            put(self.done.kept, key, value)
        return self._refresh_after(step)

    def _needed(self, step: Step, facts: Facts) -> Iterator[str]:
        open_boxes = {box.id for box in boxes_of(step.question, facts)}
        for key in step.keys:
            own = key.removeprefix(f"{step.letter}.") if step.letter else key
            if not step.question.box or own == step.question.key or own in open_boxes:
                yield key

    def _fits(self, step: Step, key: str, value: Any, facts: Facts) -> bool:
        """False for an answer that is no longer one of those the page offers."""
        question = step.question
        if question.kind not in ("one", "several", "outcomes") or not key.endswith(question.key):
            return True
        known = {option.id for option in options_of(question, facts)}
        if question.kind == "outcomes":
            known = {outcome.id for outcome in outcomes_of(step.letter, self.law, facts)}
        values = value if isinstance(value, list) else [value]
        return all(entry in known for entry in values)

    def _refresh_after(self, step: Step) -> bool:
        """Works out the route again where the answer may change it; a refused answer is dropped."""
        question = step.question
        if step.letter and question.kind not in ("event", "reached") and question.key != "procedure-used":
            return True
        try:
            self._refresh()
        except CaseError:
            for key in step.keys:
                put(self.done.kept, key, None)
            return False
        return True

    def _refresh(self) -> None:
        kept, facts = self.done.kept, self.done.facts
        basic = {key: _values(kept.get(key)) for key in ("nation", "role", "helper", "legal")}
        ready = all(kept.get(key) for key in _NEEDED) or kept.get("nation") == ELSEWHERE
        if not ready:
            facts[""] = basic
            return
        case = read_answers(kept, self.law, self.today)
        self.done.route = route(case, self.law)
        letters = self.done.route.letters
        to_write = any(due.writes for due in letters)
        of_case = case_facts(case, letters) | {
            "letters": frozenset({"yes" if letters else "no"}),
            "letters-to-write": frozenset({"yes" if to_write else "no"}),
            "reply-by": frozenset(case.you.reply_by),
        }
        facts[""] = of_case
        for due in letters:
            facts[due.letter] = of_case | letter_facts(case, due)

    def _due(self, letter: str) -> LetterDue:
        assert self.done.route is not None
        return next(due for due in self.done.route.letters if due.letter == letter)


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
