"""The answers as *check your answers* lists them: by section, each with its way back to change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from webapp import visits
from webapp.cases.dates import read_iso_date
from webapp.cases.model import NOT_KNOWN, NOT_SURE, NOT_YET
from webapp.conditions import Facts
from webapp.forms import choices_of
from webapp.letters.facts import authority_name
from webapp.plans.notes import say_first
from webapp.questions import Step, Walk, boxes_of, value_at


@dataclass(frozen=True)
class Row:
    """One answer: its question in few words, its lines, and whether they are the parent’s own words."""

    label: str
    lines: tuple[str, ...]
    own_words: bool
    url: str


@dataclass(frozen=True)
class Section:
    """The answers that belong together."""

    title: str
    rows: tuple[Row, ...]


def sections(path: Walk, lang: str) -> tuple[Section, ...]:
    """All answers on the path, but for pages that are only read."""
    made: list[Section] = []
    for step in path.steps:
        if step.question.kind == "read":
            continue
        title = _title(step, path.facts_of(step))
        rows = tuple(_rows(step, path, lang))
        if made and made[-1].title == title:
            made[-1] = Section(title, made[-1].rows + rows)
        else:
            made.append(Section(title, rows))
    return tuple(made)


def _title(step: Step, facts: Facts) -> str:
    law, words = visits.heard().law, visits.words()
    if step.letter:
        name = say_first(law.letter[step.letter].name, facts, words)
        return (
            words.say("Letter {number}: {name}").replace("{number}", str(step.number)).replace("{name}", name)
        )
    part = next(part for part in law.wizard_parts if part.id == step.question.part)
    return {
        "where": words.say("About your case"),
        "what": words.say("About your case"),
        "you": words.say("About you"),
    }.get(part.id, say_first(part.title, facts, words))


def _rows(step: Step, path: Walk, lang: str) -> list[Row]:
    law, words = visits.heard().law, visits.words()
    facts = path.facts_of(step)
    url = f"/{lang}/{step.path}?from=check"
    label = say_first(step.question.label, facts, words)
    kind = step.question.kind
    if kind == "event":
        event = law.event[step.item]
        return [Row(say_first(event.label, facts, words), (_day(step, path),), False, url)]
    if kind == "details":
        label = say_first(law.concern[step.item].label, facts, words)
        return [Row(label, _paragraphs(value_at(path.kept, step.keys[0])), True, url)]
    if kind == "children":
        return [Row(label, tuple(_child(child) for child in path.kept["children"]), False, url)]
    rows = []
    if step.question.key:
        value = value_at(path.kept, step.keys[0])
        rows.append(Row(label, _chosen(step, value, facts), False, url))
    for box in boxes_of(step.question, facts):
        key = f"{step.letter}.{box.id}" if step.letter else box.id
        text = value_at(path.kept, key)
        if text:
            rows.append(Row(say_first(box.label, facts, words), (text,), box.kind == "words", url))
    return rows or [Row(label, _paragraphs(""), False, url)]


def _chosen(step: Step, value: Any, facts: Facts) -> tuple[str, ...]:
    law, words = visits.heard().law, visits.words()
    if step.question.kind == "council":
        if value == NOT_SURE:
            return (words.say("I am not sure"),)
        return (authority_name(law.authority[value], words),)
    if step.question.kind == "concerns":
        return tuple(say_first(law.concern[id].label, facts, words) for id in value)
    labels = {choice.id: choice.label for choice in choices_of(step, law, facts, words)}
    values = value if isinstance(value, list) else [value]
    return tuple(str(labels.get(entry, entry)) for entry in values)


def _day(step: Step, path: Walk) -> str:
    law, words = visits.heard().law, visits.words()
    value = value_at(path.kept, step.keys[0])
    if value == NOT_YET:
        return say_first(law.event[step.item].not_yet, path.facts_of(step), words)
    day = None if value == NOT_KNOWN else read_iso_date(value)
    return words.long_date(day) if day else words.say("I do not know")


def _child(child: dict[str, str]) -> str:
    words = visits.words()
    born = read_iso_date(child.get("born", ""))
    if not born:
        return child["names"]
    text = words.say("{names}, born {day}")
    return text.replace("{names}", child["names"]).replace("{day}", words.plain_date(born))


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return (text,) if text else (visits.words().say("Nothing"),)
