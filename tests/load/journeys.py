"""What the visitors of a load test answer: whole cases, page by page, and the same cases half finished."""

from __future__ import annotations

import copy
import json
import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from webapp.cases.model import NOT_KNOWN
from webapp.clock import london_day
from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.flows.reading import read_law
from webapp.forms import typed_from
from webapp.places import flows_folder, templates_folder
from webapp.questions import Step, options_of, outcomes_of, put
from webapp.walking import walk

CASES = Path(__file__).resolve().parent.parent / "cases"
NAMES = (
    "two-letters",
    "conference-durham-stage-1-complaint",
    "conference-carmarthenshire-stage-1-complaint",
    "services-england-stage-1-complaint",
    "services-wales-stage-1-complaint",
    "police-stage-1-complaint",
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Journey:
    """One case: what is sent for each question, by what its form asks, and how many letters there are."""

    name: str
    answers: dict[str, Any]
    steps: tuple[Step, ...]
    sent: dict[str, dict[str, list[str]]]
    letters: int

    def half_way(self, chance: random.Random) -> bytes:
        """The saved file of somebody who has come as far as any page of it."""
        answers = copy.deepcopy(self.answers)
        for step in self.steps[chance.randrange(1, len(self.steps) + 1) :]:
            if step.question.kind == "read":
                answers["read"] = [id for id in answers.get("read", ()) if id != step.question.id]
            for key in step.keys:
                put(answers, key, None)
        for letter in [key for key, value in answers.items() if value == {}]:
            del answers[letter]
        return json.dumps({"case": 1, "answers": answers}).encode()


def journeys() -> tuple[Journey, ...]:
    """All of them. Raises AssertionError for a case that is not whole."""
    law = read_law(flows_folder(), templates_folder() / "letters")
    return tuple(_journey(name, law) for name in NAMES)


def _journey(name: str, law: Law) -> Journey:
    document = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    answers = document["answers"]
    later = london_day() - date.fromisoformat(document["today"])
    for letter in law.letter.keys() & answers.keys():
        for key, value in answers[letter].items():
            if isinstance(value, str) and _DAY.fullmatch(value):
                answers[letter][key] = _moved(value, later)
    found = walk(answers, law, london_day())
    for _ in range(60):
        if found.open_step is None:
            break
        _answer(found.open_step, answers, found.facts_of(found.open_step), law)
        found = walk(answers, law, london_day())
    assert found.open_step is None, f"{name}: nobody says what to answer to {found.open_step.id}"
    steps = tuple(found.steps)
    sent = {step.id: _sent(step, found.kept) for step in steps}
    return Journey(name, found.kept, steps, sent, len(found.letters))


def _answer(step: Step, answers: dict[str, Any], facts: Facts, law: Law) -> None:
    """What the case file leaves open: the first thing that is offered, or nothing."""
    question = step.question
    if question.kind == "read":
        answers.setdefault("read", []).append(question.id)
        return
    offered = (
        outcomes_of(step.letter, law, facts) if question.kind == "outcomes" else options_of(question, facts)
    )
    for key in step.keys:
        own = key.removeprefix(f"{step.letter}.")
        if question.kind == "event":
            put(answers, key, NOT_KNOWN)
        elif own == question.key:
            put(answers, key, offered[0].id if question.kind in ("one", "sending") else [offered[0].id])
        else:
            put(answers, key, "")


def _moved(day: str, by: timedelta) -> str:
    return (date.fromisoformat(day) + by).isoformat()


def _sent(step: Step, answers: dict[str, Any]) -> dict[str, list[str]]:
    """What a browser sends for this question, but for the secret of its form."""
    if step.question.kind == "read":
        return {}
    typed = typed_from(step, answers)
    if step.question.kind == "children":
        rows = enumerate(typed["children"])
        return {f"{name}-{number}": [value] for number, row in rows for name, value in row.items()}
    return {
        name: [str(each) for each in value] if isinstance(value, list) else [str(value)]
        for name, value in typed.items()
        if value is not None
    }
