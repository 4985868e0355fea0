"""The questions: one page each, back and forth along the path, and the page to check all answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from webapp import kiosk, visits
from webapp.cases.model import NOT_YET, CaseError, Problem
from webapp.cases.reading import read_answers
from webapp.clock import london_day
from webapp.flows.law import Law
from webapp.forms import Filled, read_form, typed_from
from webapp.pages import page
from webapp.plans.notes import say_first
from webapp.questions import Step, Walk, put, value_at
from webapp.versions import with_others
from webapp.views import refused
from webapp.views.questions import FROM_CHECK, question_page
from webapp.views.summary import sections
from webapp.walking import walk

room = Blueprint("wizard", __name__)


@room.get("/<lang>/<path:address>")
def ask(lang: str, address: str) -> Any:
    """A question that is on the path; any other address leads to the first open question."""
    path = visits.path()
    step = path.find(address)
    if step is None:
        return redirect(first_open(lang, path))
    visits.touch()
    filled = Filled(typed=typed_from(step, path.kept))
    if step.question.kind == "council" and request.args.get("find"):
        abort(404)  # what somebody looks for goes in the body of a form, never in an address
    if (sent := refused.sent_here()) is not None and (shown := _read(step, path, sent)[1]):
        return shown
    return question_page(step, path, filled)


@room.post("/<lang>/<path:address>")
def answer(lang: str, address: str) -> Any:
    """Takes the answer of a question that is on the path, and goes on to what comes next."""
    path = visits.path()
    # The form says what it asked: another tab may have moved the pages meanwhile.
    step = path.asking(request.form.get("asks", "")) or path.find(address)
    if step is None or (request.form.get("asks") and step.id != request.form["asks"]):
        return _no_longer_asked(lang, path)
    filled, shown = _read(step, path, request.form)
    if shown:
        return refused.by_address(shown)
    visits.keep(lambda kept: _merged(kept, step, filled.values))
    refused.forget()
    return redirect(_next(lang, step))


def _read(step: Step, path: Walk, form: MultiDict[str, str]) -> tuple[Filled, tuple[str, int] | None]:
    """What a form says, and the page that asks again; None where its answer can be taken."""
    law, words, today = visits.heard().law, visits.words(), london_day()
    if step.question.kind == "read":
        seen = [*visits.answers().get("read", ()), step.question.id]
        return Filled(values={"read": list(dict.fromkeys(seen))}), None
    filled = read_form(step, form, law, path.facts_of(step), words, today)
    if form.get("find"):  # the council finder’s own button
        filled.errors.clear()
        return filled, question_page(step, path, filled, looking=True)
    if not filled.errors:
        _check_dates(step, path, filled)
    if filled.errors:
        return filled, question_page(step, path, filled, status=422)
    if form.get("add"):
        return filled, question_page(step, path, filled, more=True)
    return filled, None


@room.get("/<lang>/check")
def check(lang: str) -> Any:
    """All answers, to check and to change, before anything is made."""
    path = visits.path()
    if path.open_step is not None:
        return redirect(first_open(lang, path, changing=True))
    visits.touch()
    last = path.steps[-1]
    return page("check", sections=sections(path, lang), back_url=f"/{lang}/{last.path}", path=path)


def first_open(lang: str, path: Walk, changing: bool = False) -> str:
    """The address of the first open question, or of the page to check the answers.

    While an answer is changed, the question leads back to that page too, and not through all that follow.
    """
    if path.open_step is None:
        return url_for("wizard.check", lang=lang)
    return f"/{lang}/{path.open_step.path}{f'?from={FROM_CHECK}' if changing else ''}"


def _next(lang: str, step: Step) -> str:
    """The page after this one: the next on the path; from *change*, the first open one or back to check."""
    path = visits.path()
    now = path.asking(step.id)
    changing = request.args.get("from") == FROM_CHECK
    if changing or now is None or now not in path.steps:
        return first_open(lang, path, changing)
    place = path.steps.index(now) + 1
    return f"/{lang}/{path.steps[place].path}" if place < len(path.steps) else first_open(lang, path)


def _merged(kept: dict[str, Any], step: Step, values: dict[str, Any]) -> dict[str, Any]:
    """The answers with these in them; what is then off the path is forgotten."""
    law, before = visits.heard().law, ""
    if step.question.kind == "reached" and value_at(kept, step.keys[0]) != values[step.keys[0]]:
        _ask_again(kept, step.letter, law)
        before = _addressee(walk(kept, law, london_day()), step.letter)
    for key, value in values.items():
        put(kept, key, value)
    found = walk(kept, law, london_day())
    if before and _addressee(found, step.letter) != before and kept[step.letter].pop("recipient", None):
        found = walk(kept, law, london_day())  # the name was that of the person before
    visits.know_path(found)
    # Answers after the first open question are kept until it is answered: it may well lead to them again.
    return kept if found.open_step else with_others(found.kept, kept, law)


def _addressee(path: Walk, letter: str) -> str:
    """Who the letter goes to, by role; "" when no letter is open yet."""
    return next((due.stage.to for due in path.letters if due.letter == letter), "")


def _ask_again(kept: dict[str, Any], letter: str, law: Law) -> None:
    """At a new stage, what was said of the stage before is asked again, and so is what had not happened."""
    section = kept.get(letter, {})
    once = {box.id for question in law.questions if question.once for box in question.box}
    for key in [key for key, value in section.items() if value == NOT_YET or key in once]:
        del section[key]


def _check_dates(step: Step, path: Walk, filled: Filled) -> None:
    """Says which other date this one cannot go with."""
    if step.question.kind != "event" or not filled.values:
        return
    whole = _copy(path.kept)
    for key, value in filled.values.items():
        put(whole, key, value)
    try:
        read_answers(whole, visits.heard().law, london_day())
    except CaseError as error:
        for problem in error.problems:
            if step.keys[0] in (problem.where, problem.values.get("earlier")):
                filled.errors["day"] = _explain(step, path, problem)
                return


def _explain(step: Step, path: Walk, problem: Problem) -> str:
    """The message of a date that cannot be where it is, naming the other date by its label."""
    words, law = visits.words(), visits.heard().law
    earlier = str(problem.values.get("earlier", "")).rpartition(".")[2]
    later = problem.where.rpartition(".")[2]
    if not earlier or later not in law.event:
        return problem.text(words.say)
    if later == step.item:
        message = words.say("This day cannot be before this one: {other}")
        other = earlier
    else:
        message = words.say("This day cannot be after this one: {other}")
        other = later
    return message.replace("{other}", say_first(law.event[other].label, path.facts_of(step), words))


def _no_longer_asked(lang: str, path: Walk) -> Any:
    """The page was left open while the answers changed or were cleared: nothing typed is lost."""
    from webapp.views.errors import lost, typed_words

    typed = typed_words()
    if not typed or (kiosk.on() and visits.answers()):
        return redirect(first_open(lang, path))
    if not visits.answers():
        return lost(409)
    return page("moved", 409, typed=typed, go_on=first_open(lang, path))


def _copy(answers: Any) -> Any:
    if isinstance(answers, dict):
        return {key: _copy(value) for key, value in answers.items()}
    return list(answers) if isinstance(answers, list) else answers
