"""Answers the form of any question page: what a test gives for it, else something sensible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reading_pages import Form

# By what a page asks ("reached conference", "event conference notes-received"), or by its question alone:
# an id, a list of ids, a day ("2026-11-02"), the words of its one box, or a dict of boxes.
Given = Mapping[str, Any]

SENSIBLE: Given = {
    "nation": "england",
    "authority": "not-sure",
    "role": "parent",
    "helper": "none",
    "legal": ["none"],
    "concerns": ["worker"],
    "reached": "not-started",
    "event": "not-known",
    "details": "On 4 March Zebedee happened.",
    "why-unhappy": {"why-unhappy": "Quokka point one is not settled."},
    "reason": {"why-late": "Numbat nobody told me how."},
    "writer": {"writer.name": "Sam Quince"},
    "name": {"you.name": "Leanne Hartley"},
    "reply-by": ["post", "email"],
    "contact": {
        "you.address": "14 Larkspur Close\nBishop Auckland",
        "you.email": "leanne.h@example.org",
        "you.phone": "01632 960001",
    },
    "keep-private": ["none"],
    "children": {"names-0": "Kai Hartley", "day-0": "2", "month-0": "4", "year-0": "2019"},
    "send-by": "email",
}

# What several tests give.
DURHAM = {"nation": "england", "authority": "E06000047"}
ENGLAND = {"nation": "england", "authority": "not-sure"}
CARMARTHENSHIRE = {"nation": "wales", "authority": "W06000010"}
TWO_LETTERS = DURHAM | {
    "concerns": ["conference-run", "plan-made", "worker"],
    "conference-type": "initial",
    "event conference conference": "2026-10-20",
    "event conference notes-received": "2026-11-02",
    "event services noticed": "2026-09-01",
    "details conference conference-run": "Marmalade: I had the report ten minutes before.",
    "details conference plan-made": "Pangolin: 12 days are wrong.",
    "details services worker": "Wombat: she did not come.",
}


def answers_for(form: Form, given: Given) -> dict[str, list[str]]:
    """What to send for the boxes of this form."""
    asks = form.asks
    question = asks.split()[0]
    value = next((each[key] for each in (given, SENSIBLE) for key in (asks, question) if key in each), None)
    if "day" in form.fields:
        return _day(str(value))
    if isinstance(value, Mapping):
        return {name: [str(text)] for name, text in value.items() if name in form.fields}
    choices = [each for each in form.fields.values() if each.kind in ("radio", "checkbox")]
    if choices:
        (choice,) = choices
        if value is None:
            value = next(iter(choice.values))
        values = [value] if isinstance(value, str) else list(value)
        assert set(values) <= set(choice.values), f"{asks}: {values} not among {list(choice.values)}"
        return {choice.name: values}
    boxes = [each for each in form.fields.values() if each.kind not in ("hidden", "submit")]
    if value is not None and len(boxes) == 1:
        return {boxes[0].name: [str(value)]}
    assert value is None, f"{asks}: nobody knows where to write {value!r}"
    return {}


def _day(value: str) -> dict[str, list[str]]:
    if value in ("not-known", "not-yet"):
        return {"unknown": [value], "day": [""], "month": [""], "year": [""]}
    year, month, day = value.split("-")
    return {"unknown": [], "day": [str(int(day))], "month": [str(int(month))], "year": [year]}
