"""One question as its page shows it: words, choices, boxes, what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import g, request
from flask_wtf.csrf import generate_csrf

from webapp import kiosk, visits
from webapp.cases.model import NOT_KNOWN, NOT_YET
from webapp.conditions import Facts
from webapp.flows.model import Note, Sentence, every
from webapp.forms import MOST_CHILDREN, UNKNOWN, Filled, choices_of
from webapp.pages import page, page_url, text_size
from webapp.plans.notes import rule_words, say_first
from webapp.questions import Step, Walk, boxes_of, cannots_of
from webapp.views.councils import found_councils

TEMPLATES = {
    "one": "choose",
    "several": "choose",
    "reached": "choose",
    "sending": "choose",
    "outcomes": "choose",
    "council": "council",
    "concerns": "concerns",
    "event": "date",
    "details": "boxes",
    "boxes": "boxes",
    "children": "children",
    "read": "read",
}


HOLE = "the-secret-of-the-form"
FROM_CHECK = "check"


class _Blanks:
    """Pages of questions without any answer in them, ready but for the secret of their forms.

    What such a page shows hangs on the question and on the facts that it was asked under, and on nobody:
    so the same page serves everyone. A page with an answer in it is never kept.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.kept: dict[Hashable, str] = {}

    def page(self, key: Hashable, make: Callable[[], str]) -> tuple[str, int]:
        """The page under this key, made when it is first wanted; with the secret of this visitor’s form."""
        html = self.kept.get(key)
        if html is None:
            html = make()
            if len(self.kept) >= self.room:
                self.kept.clear()
            self.kept[key] = html
        return html.replace(HOLE, generate_csrf()), 200


BLANKS = _Blanks(room=2000)


def question_page(
    step: Step, path: Walk, filled: Filled, status: int = 200, looking: bool = False, more: bool = False
) -> tuple[str, int]:
    """The page of a question. `looking` shows the councils found; `more` adds a row for another child."""
    blank = status == 200 and not looking and not more and not any(filled.typed.values())
    if not blank:
        return page(TEMPLATES[step.question.kind], status, **_context(step, path, filled, looking, more))
    return BLANKS.page(
        (
            step,
            path.before(step),
            g.lang,
            text_size(),
            bool(path.kept),
            kiosk.on() and kiosk.home(),
            _changes_whole_case(path),
            frozenset(path.facts_of(step).items()),
        ),
        lambda: page(TEMPLATES[step.question.kind], **_context(step, path, filled), csrf_token=lambda: HOLE)[
            0
        ],
    )


def _context(
    step: Step, path: Walk, filled: Filled, looking: bool = False, more: bool = False
) -> dict[str, Any]:
    law, words = visits.heard().law, visits.words()
    facts = path.facts_of(step)
    question = step.question
    before = path.before(step)
    context: dict[str, Any] = {
        "step": step,
        "question": question,
        "title": _title(step, facts),
        "hint": _text(_event_or(step, "hint"), facts),
        "beside": _text(question.beside, facts) if kiosk.on() else "",
        "prompts": [words.say(entry.text) for entry in every(_prompts(step), facts)],
        "help": [_note(note) for note in question.help if note.when.holds(facts)],
        "why": rule_words(_rules(step, path), law, words),
        "part": _part(step),
        "parts_count": len(law.wizard_parts),
        "part_name": _part_name(step, facts),
        "choices": choices_of(step, law, facts, words),
        "boxes": boxes_of(question, facts),
        "typed": filled.typed,
        "errors": filled.errors,
        "back_url": _back(path, before),
        "say": lambda sentences: say_first(sentences, facts, words),
        "limits": law.habits,
    }
    if question.kind == "council":
        context |= found_councils(filled, law, words, path.kept.get("nation", ""), looking)
    elif question.kind == "concerns":
        context["groups"] = _groups(facts)
    elif question.kind == "event":
        event = law.event[step.item]
        context |= {
            "where_to_look": _text(event.where_to_look, facts),
            "not_yet": _text(event.not_yet, facts),
            "unknown_hint": _text(event.unknown, facts),
            "unknown_name": UNKNOWN,
            "values": {"not_known": NOT_KNOWN, "not_yet": NOT_YET},
        }
    elif question.kind == "outcomes":
        context["cannots"] = [words.say(text) for text in cannots_of(law, facts)]
    elif question.kind == "details":
        concern = law.concern[step.item]
        context |= {"example": _text(concern.example, facts), "label": _text(concern.label, facts)}
    elif question.kind == "children":
        rows = list(filled.typed.get("children") or [{}])
        context["rows"] = [*rows, {}] if more and len(rows) < MOST_CHILDREN else rows
        context["can_add"] = len(context["rows"]) < MOST_CHILDREN
    return context


def _back(path: Walk, before: Step | None) -> str:
    if _changes_whole_case(path):
        return page_url("check")
    return f"/{g.lang}/{before.path}" if before else page_url("start")


def _changes_whole_case(path: Walk) -> bool:
    """True where *change* on the page of all answers led here, and nothing else is open."""
    return path.open_step is None and request.args.get("from") == FROM_CHECK


def _title(step: Step, facts: Facts) -> str:
    law = visits.heard().law
    if step.question.kind == "event":
        return _text(law.event[step.item].title, facts)
    if step.question.kind == "details":
        concern = law.concern[step.item]
        return _text(concern.question or concern.label, facts)
    return _text(step.question.title, facts)


def _event_or(step: Step, name: str) -> tuple[Sentence, ...]:
    event = visits.heard().law.event.get(step.item) if step.question.kind == "event" else None
    found: tuple[Sentence, ...] = getattr(event or step.question, name)
    return found


def _prompts(step: Step) -> tuple[Sentence, ...]:
    if step.question.kind == "details":
        return visits.heard().law.concern[step.item].prompts
    return step.question.prompts


def _rules(step: Step, path: Walk) -> tuple[str, ...]:
    """The rules behind the page; for a date, those of the deadlines that count from it."""
    if step.question.kind != "event":
        return step.question.rules
    due = next(due for due in path.letters if due.letter == step.letter)
    return tuple(
        entry.deadline.rule
        for entry in due.deadlines
        if step.item in (entry.deadline.start, entry.deadline.settled_by, *entry.deadline.else_from)
    )


def _part(step: Step) -> int:
    parts = [part.id for part in visits.heard().law.wizard_parts]
    return parts.index(step.question.part) + 1


def _part_name(step: Step, facts: Facts) -> str:
    law = visits.heard().law
    if step.letter:
        return _text(law.letter[step.letter].name, facts)
    return _text(law.wizard_parts[_part(step) - 1].title, facts)


def _groups(facts: Facts) -> list[dict[str, Any]]:
    law = visits.heard().law
    groups = []
    for group in law.groups:
        items = [
            {"id": entry.id, "label": _text(entry.label, facts), "hint": _text(entry.hint, facts)}
            for entry in law.concerns
            if entry.group == group.id
        ]
        groups.append({"id": group.id, "title": _text(group.title, facts), "text": _text(group.text, facts),
                       "concerns": items})  # fmt: skip
    return groups


def _note(note: Note) -> dict[str, Any]:
    law, words = visits.heard().law, visits.words()
    rules = rule_words(note.rules, law, words)
    return {"title": words.say(note.title), "text": words.say(note.text), "rules": rules}


def _text(sentences: tuple[Sentence, ...], facts: Facts) -> str:
    return say_first(sentences, facts, visits.words())
