"""From a posted page to answers: what is not one of its options, or cannot be, gets a message at its box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from webapp.cases.model import NOT_KNOWN, NOT_SURE, NOT_YET
from webapp.conditions import Facts
from webapp.documents.characters import missing_characters
from webapp.flows.law import Law
from webapp.flows.model import first
from webapp.flows.stages import open_stages
from webapp.language import Words
from webapp.questions import Step, boxes_of, options_of, outcomes_of, value_at
from webapp.security import clean_text

UNKNOWN = "unknown"
MOST_CHILDREN = 12
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FIGURES = re.compile(r"\d{1,4}")


@dataclass
class Filled:
    """What a page holds: the answers by key, the messages by box, and what was typed, to show again."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One answer that the page offers. `divider` stands above it."""

    id: str
    label: str
    hint: str = ""
    alone: bool = False
    divider: str = ""


def choices_of(step: Step, law: Law, facts: Facts, words: Words) -> tuple[Choice, ...]:
    """The answers that a page offers, in its language."""
    question = step.question
    if question.kind == "outcomes":
        return tuple(
            Choice(entry.id, words.say(entry.label)) for entry in outcomes_of(step.letter, law, facts)
        )
    if question.kind == "sending":
        return tuple(Choice(way.id, words.say(way.label), words.say(way.hint)) for way in law.ways)
    offered = tuple(
        Choice(option.id, _say(option.label, facts, words), _say(option.hint, facts, words), option.alone)
        for option in options_of(question, facts)
    )
    if question.kind == "reached":
        return tuple(_how_far(step, law, facts, words, offered))
    return offered


def _how_far(
    step: Step, law: Law, facts: Facts, words: Words, offered: tuple[Choice, ...]
) -> Iterator[Choice]:
    """How far a parent can have got: what comes before the stages, then each stage of the procedure."""
    procedure = law.procedure[next(iter(facts["procedure"]))]
    yield from (choice for choice in offered if choice.id in procedure.before)
    for stage in open_stages(procedure, facts):
        divider = words.say(stage.name) if len(procedure.stage) > 1 else ""
        for id, label in (
            (stage.opened_by, stage.reached_opened),
            (f"{stage.id}-skipped" if stage.may_skip else "", stage.reached_skipped),
            (f"{stage.id}-sent", stage.reached_sent),
            (f"{stage.id}-replied", stage.reached_replied),
            (f"{stage.id}-unresolved", stage.reached_unresolved),
        ):
            if id:
                yield Choice(id, _say(label, facts, words), divider=divider)
                divider = ""


def read_form(
    step: Step, form: MultiDict[str, str], law: Law, facts: Facts, words: Words, today: date
) -> Filled:
    """The answers of one posted page. Keys that the page may leave empty hold an empty text."""
    return _Form(step, form, law, facts, words, today).read()


class _Form:
    def __init__(
        self, step: Step, form: MultiDict[str, str], law: Law, facts: Facts, words: Words, today: date
    ) -> None:
        self.step, self.form, self.law, self.facts, self.words, self.today = (
            step,
            form,
            law,
            facts,
            words,
            today,
        )
        self.filled = Filled()

    def read(self) -> Filled:
        question = self.step.question
        if question.kind == "event":
            self._event()
        elif question.kind == "children":
            self._children()
        elif question.kind == "details":
            self._box("details", "words", question.missing, self.step.keys[0])
        elif question.kind == "council":
            self.filled.typed["find-council"] = clean_text(self.form.get("find-council", ""))[:200]
            here = [each.code for each in self.law.authorities if each.nation in self.facts["nation"]]
            self._one({NOT_SURE, *here})
        elif question.kind in ("one", "reached", "sending"):
            self._one({choice.id for choice in self._choices()})
        elif question.kind in ("several", "concerns", "outcomes"):
            self._several()
        for box in boxes_of(question, self.facts):
            self._box(box.id, box.kind, box.missing, self._key(box.id))
        return self.filled

    def _choices(self) -> tuple[Choice, ...]:
        return choices_of(self.step, self.law, self.facts, self.words)

    def _key(self, own: str) -> str:
        return f"{self.step.letter}.{own}" if self.step.letter else own

    def _wrong(self, box: str, message: str, **values: object) -> None:
        said = self.words.say(message)
        for name, value in values.items():
            said = said.replace("{" + name + "}", str(value))
        self.filled.errors.setdefault(box, said)

    def _one(self, known: set[str]) -> None:
        key = self.step.question.key
        value = self.form.get(key, "")
        self.filled.typed[key] = value
        if value in known:
            self.filled.values[self._key(key)] = value
        else:
            self._wrong(key, self.step.question.missing)

    def _several(self) -> None:
        question = self.step.question
        key, values = question.key, list(dict.fromkeys(self.form.getlist(question.key)))
        self.filled.typed[key] = values
        if question.kind == "concerns":
            known, alone = {entry.id for entry in self.law.concerns}, set[str]()
        else:
            choices = self._choices()
            known, alone = {choice.id for choice in choices}, {each.id for each in choices if each.alone}
        own_words = any(self.form.get(box.id, "").strip() for box in question.box)
        if not set(values) <= known or (not values and question.missing and not own_words):
            self._wrong(key, question.missing)
        elif alone & set(values) and len(values) > 1:
            self._wrong(key, self.words.say("You ticked “none” and something else. Untick one of them"))
        else:
            self.filled.values[self._key(key)] = values

    def _box(self, id: str, kind: str, missing: str, key: str) -> None:
        text = clean_text(self.form.get(id, ""))
        self.filled.typed[id] = text
        text = text.strip() if kind in ("line", "email", "phone") else text.strip("\n")
        if not text.strip():
            if missing:
                self._wrong(id, missing)
            self.filled.values[key] = ""
            return
        limit = self.law.habits.words_limit if kind == "words" else self.law.habits.line_limit
        if kind == "lines":
            limit *= 10
        if len(text) > limit:
            message = self.words.say("This is too long by {over} characters. {limit} fit. Make it shorter")
            self._wrong(id, message, over=len(text) - limit, limit=limit)
        elif kind == "email" and not _EMAIL.fullmatch(text):
            self._wrong(id, self.words.say("Write the email address like name@example.org"))
        elif unprintable := missing_characters(text):
            message = self.words.say("We cannot print {characters}. Take it out, or use words instead")
            self._wrong(id, message, characters=" ".join(unprintable[:10]))
        else:
            self.filled.values[key] = text

    def _event(self) -> None:
        step, event = self.step, self.law.event[self.step.item]
        typed = {part: clean_text(self.form.get(part, "")).strip() for part in ("day", "month", "year")}
        ticked = [value for value in self.form.getlist(UNKNOWN) if value in (NOT_KNOWN, NOT_YET)]
        if not first(event.not_yet, self.facts):
            ticked = [value for value in ticked if value != NOT_YET]
        self.filled.typed = {**typed, UNKNOWN: ticked}
        if len(ticked) > 1 or (ticked and any(typed.values())):
            self._wrong("day", self.words.say("Give a date, or tick one box, not both"))
        elif ticked:
            self.filled.values[step.keys[0]] = ticked[0]
        elif day := self._date(typed, "day", step.question.missing):
            self.filled.values[step.keys[0]] = day.isoformat()

    def _date(self, typed: Mapping[str, str], box: str, missing: str) -> date | None:
        """The day that three boxes name; a message when it is missing, cannot be, or lies after today."""
        if not all(typed.values()):
            self._wrong(box, missing)
            return None
        try:
            if not all(_FIGURES.fullmatch(text) and text.isascii() for text in typed.values()):
                raise ValueError("not figures")
            day = date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
        except ValueError:
            self._wrong(box, self.words.say("This date does not exist. Write it like 28 10 2026"))
            return None
        if day > self.today:
            self._wrong(box, self.words.say("The date must be today or earlier"))
        elif day.year < self.today.year - 100:
            self._wrong(box, self.words.say("Write the year with four figures, like 2026"))
        else:
            return day
        return None

    def _children(self) -> None:
        rows = []
        for number in range(MOST_CHILDREN):
            names = clean_text(self.form.get(f"names-{number}", "")).strip()
            typed = {
                part: clean_text(self.form.get(f"{part}-{number}", "")).strip()
                for part in ("day", "month", "year")
            }
            if not names and not any(typed.values()):
                continue
            rows.append({"names": names, **typed})
        self.filled.typed["children"] = rows
        made = []
        for number, row in enumerate(rows):
            born = {part: row[part] for part in ("day", "month", "year")}
            day = (
                self._date(born, f"day-{number}", self.words.say("Write the whole date of birth"))
                if any(born.values())
                else None
            )
            if not row["names"]:
                self._wrong(f"names-{number}", self.step.question.missing)
            elif len(row["names"]) > self.law.habits.line_limit:
                self._wrong(f"names-{number}", self.words.say("This name is too long"))
            elif missing := missing_characters(row["names"]):
                message = self.words.say("We cannot print {characters}. Take it out, or use words instead")
                self._wrong(f"names-{number}", message, characters=" ".join(missing[:10]))
            made.append({"names": row["names"], "born": day.isoformat() if day else ""})
        if not rows:
            self._wrong("names-0", self.step.question.missing)
        self.filled.values["children"] = made


def typed_from(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the boxes of a page show when its answer is already known."""
    question = step.question
    typed: dict[str, Any] = {}
    if question.kind == "event":
        value = value_at(answers, step.keys[0])
        if value in (NOT_KNOWN, NOT_YET):
            return {UNKNOWN: [value]}
        if value:
            year, month, day = value.split("-")
            return {"day": str(int(day)), "month": str(int(month)), "year": year}
        return {}
    if question.kind == "details":
        return {"details": value_at(answers, step.keys[0]) or ""}
    if question.kind == "children":
        rows = []
        for child in value_at(answers, "children") or []:
            year, month, day = child.get("born", "").split("-") if child.get("born") else ("", "", "")
            rows.append({"names": child.get("names", ""), "day": day, "month": month, "year": year})
        return {"children": rows}
    for key in step.keys:
        own = key.removeprefix(f"{step.letter}.") if step.letter else key
        typed[own] = value_at(answers, key)
    return typed


def _say(sentences: Any, facts: Facts, words: Words) -> str:
    found = first(sentences, facts)
    return words.say(found.text) if found else ""
