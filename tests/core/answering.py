"""Answers any page of the wizard with something sensible, as a parent would who reads one page at a time."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from webapp.flows.law import Law
from webapp.questions import Step, Walk, boxes_of, options_of, outcomes_of, put, value_at
from webapp.walking import walk

MOST_STEPS = 400


def answer_all(given: dict[str, Any], law: Law, today: date, dates: str = "recent") -> Walk:
    """Walks to the end: `given` answers first, then sensible ones. `dates`: recent, not-known or not-yet.

    Raises AssertionError when a page does not take its answer, or when there is no end.
    """
    answers = deepcopy(given)
    tried: dict[str, int] = {}
    for _ in range(MOST_STEPS):
        done = walk(answers, law, today)
        step = done.open_step
        if step is None:
            return done
        assert step in done.steps
        assert step.path not in [other.path for other in done.steps[:-1]], f"two pages at {step.path}"
        times = tried[step.path] = tried.get(step.path, 0) + 1
        assert times < 4, (
            f"the page {step.path} takes no answer: {[value_at(answers, key) for key in step.keys]}"
        )
        answer(step, done, answers, law, today, dates, times)
    raise AssertionError("no end")


def answer(
    step: Step, done: Walk, answers: dict[str, Any], law: Law, today: date, dates: str, times: int = 1
) -> None:
    """Puts an answer to this page into `answers`, and keeps one that fits."""
    question, facts = step.question, done.facts_of(step)

    def give(key: str, value: object) -> None:
        if value_at(answers, key) is None or times > 1:
            put(answers, key, value)

    main = step.keys[0] if step.keys else ""
    if question.kind == "read":
        put(answers, "read", [*answers.get("read", []), question.id])
    elif question.kind == "one":
        give(main, options_of(question, facts)[0].id)
    elif question.kind == "several":
        give(main, [option.id for option in options_of(question, facts) if not option.alone])
    elif question.kind == "council":
        give(main, "not-sure")
    elif question.kind == "reached":
        give(main, "not-started")
    elif question.kind == "concerns":
        give(main, ["worker"])
    elif question.kind == "outcomes":
        give(main, [outcome.id for outcome in outcomes_of(step.letter, law, facts)][:2])
    elif question.kind == "event":
        give(main, day_of(step.item, law, today, dates))
    elif question.kind == "details":
        give(main, "On 4 March this happened.")
    elif question.kind == "children":
        give(main, [{"names": "Bo", "born": "2019-04-02"}])
    elif question.kind == "sending":
        give(main, law.ways[0].id)
    elif question.kind != "boxes":
        raise AssertionError(f"nobody knows how to answer a page of the kind {question.kind}")
    for box in boxes_of(question, facts):
        give(f"{step.letter}.{box.id}" if step.letter else box.id, "Some words")


def day_of(event: str, law: Law, today: date, dates: str) -> str:
    """A day for this event: as recent as its place among the others lets it be, or none."""
    if dates == "not-yet" and law.event[event].not_yet:
        return "not-yet"
    if dates != "recent":
        return "not-known"
    ids = sorted(law.earlier, key=lambda id: (len(law.earlier[id]), id))
    # A panel comes after the request of the stage it belongs to, whichever that is.
    place = ids.index("stage-3-sent") + 0.5 if event == "panel-met" else ids.index(event)
    return (today - timedelta(days=2 * int(len(ids) - place))).isoformat()
