"""Replaying the path: question after question over the answers, and the letters that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from webapp.cases.model import ELSEWHERE, NOT_SURE, Case, CaseError, Section
from webapp.cases.reading import read_answers
from webapp.conditions import Facts
from webapp.flows.asking import Question
from webapp.flows.law import Law
from webapp.procedures import LetterDue, case_facts, letter_due, letter_facts, letters_due
from webapp.questions import (
    Answers,
    Step,
    Walk,
    boxes_of,
    events_of,
    options_of,
    outcomes_of,
    past_events,
    put,
    value_at,
)

_NEEDED = ("nation", "authority", "concerns")
_STEERING = ("nation", "authority", "role", "concerns", "legal", "helper", "send-by")
_STEERING_IN_LETTER = ("reached", "procedure-used", "send-by")
# What conditions may ask of a letter, though it changes no date and no stage.
_TOLD_IN_LETTER = ("conference-type", "attended", "about-chair")


def walk(answers: Answers, law: Law, today: date) -> Walk:
    """Replays the questions over the answers, up to the first that is open.

    Answers off the path, and answers that the law no longer knows, are left out of `kept`.
    """
    return _Walker(answers, law, today).walk()


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
        self.steered: dict[str, dict[str, Any]] = {}
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

    def _event_step(self, question: Question, letter: str, id: str) -> Step:
        return self._step(question, letter, id, list(self.law.event).index(id) + 1)

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
                self.done.steps += [self._event_step(question, letter, id) for id in known]
                continue
            asked.append(left[0])  # one by one: one of them is open, or cannot stand beside the others
            if not self._ask(self._event_step(question, letter, left[0])):
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
        needed = list(self._needed(step, facts))
        answered = any(value_at(self.answers, key) is not None for key in needed)
        optional = {box.id for box in question.box if not box.missing}
        for key in needed:
            value = value_at(self.answers, key)
            if value is None and answered and key.removeprefix(f"{step.letter}.") in optional:
                continue  # a box that the page had not yet when it was answered
            if value is None or not self._fits(step, key, value, facts):
                return False
            put(self.done.kept, key, value)
        if step.letter and question.key in _TOLD_IN_LETTER:
            self.of_letter[step.letter][question.key] = _values(value_at(self.done.kept, step.keys[0]))
            self._facts_of_case()
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
        self.steered = {due.letter: self._steering(due.letter) for due in self.done.letters}
        for due in self.done.letters:
            self.of_letter[due.letter] = letter_facts(case, due)
        self.case = case
        self._facts_of_case()
        return True

    def _refresh_letter(self, letter: str) -> bool:
        """The same for one letter alone; where nothing that steers has changed, there is nothing to do."""
        steered = self._steering(letter)
        if steered == self.steered.get(letter, {}):
            return True
        try:
            case = self._case(letter)
        except CaseError:
            return False
        self.steered[letter] = steered
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
        answers |= {letter: steering for letter in letters if (steering := self._steering(letter))}
        return read_answers(answers, self.law, self.today, texts=False)

    def _steering(self, letter: str) -> dict[str, Any]:
        """What is kept of a letter’s section that decides its stage and its dates."""
        section = self.done.kept.get(letter, {})
        wanted = {key: section[key] for key in section if key in _STEERING_IN_LETTER or key in self.law.event}
        if wanted.get("reached") == Section.model_fields["reached"].default:
            del wanted["reached"]  # as if it were not said
        return wanted

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
