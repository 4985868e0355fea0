"""The plan: for each letter who to, what, by when and why; reading it, and taking it away."""

from __future__ import annotations

from typing import Any

from babel.dates import get_day_names
from flask import Blueprint, Response, abort, redirect
from markupsafe import Markup, escape

from webapp import visits
from webapp.documents import SIZES, Document, UnknownFormat, UnknownSize, render
from webapp.documents.article import article
from webapp.language import BY_ID, LANGUAGES
from webapp.making import NoLetter, calendar_file, compose_one, words_of
from webapp.pages import page, page_url
from webapp.plans.compose import compose_plan
from webapp.plans.model import DatePanel, Plan, Step
from webapp.security import answer_token
from webapp.views.wizard import first_open

room = Blueprint("plan", __name__)
_SIDES = {"you": "you", "them": "they"}
_STATES = {"send-by": "send", "they-must": "they", "missed": "late", "send-today": "today", "none": "today"}


@room.get("/<lang>/plan")
def plan(lang: str) -> Any:
    """The plan of a whole case; an unfinished one goes to its first open question."""
    path = visits.path()
    if path.open_step is not None:
        return redirect(first_open(lang, path, changing=True))
    visits.heard().store.touch(answer_token())
    made = _plan()
    languages = [each for each in LANGUAGES if each.id != lang]
    return page(
        "plan",
        plan=made,
        panel=lambda card: _panel(card.panel, made),
        steps=lambda card: [_step(step) for step in card.steps],
        languages_of_letters=languages,
        official=visits.case().nation in BY_ID[lang].official,
        back_url=page_url("check"),
    )


@room.get("/<lang>/letter-<int:number>/read")
@room.get("/<lang>/letter-<int:number>/read/<kind>")
def read(lang: str, number: int, kind: str | None = None) -> Any:
    """A letter to read on the page, in the page’s language."""
    letter = _letter(lang, number, kind, lang)
    return page("letter", letter=article(letter, top=1), number=number, kind=kind, back_url=page_url("plan"))


@room.get("/<lang>/letter-<int:number>/<language>/<size>.<format>")
@room.get("/<lang>/letter-<int:number>/<language>/<kind>/<size>.<format>")
def download(
    lang: str, number: int, language: str, size: str, format: str, kind: str | None = None
) -> Response:
    """A letter as a file with a name that tells nothing."""
    if language not in BY_ID or size not in SIZES:
        abort(404)
    letter = _letter(lang, number, kind, language)
    try:
        document = render(letter, format, size)
    except (UnknownFormat, UnknownSize):
        abort(404)
    return _file(document, f"letter-{number}")


@room.get("/<lang>/calendar.ics")
def calendar(lang: str) -> Response:
    """The dates, for the parent’s own calendar."""
    path = visits.path()
    if path.open_step is not None:
        abort(404)
    return _file(
        calendar_file(visits.case(), visits.route_now(), visits.heard().law, visits.words()), "dates"
    )


@room.get("/<lang>/next-steps/<size>.pdf")
def next_steps(lang: str, size: str) -> Response:
    """The parent’s own sheet."""
    from webapp.documents.next_steps import render as render_sheet

    path = visits.path()
    if path.open_step is not None or size not in SIZES:
        abort(404)
    return _file(render_sheet(_plan(), size, visits.words().say), "next-steps")


def _plan() -> Plan:
    return compose_plan(visits.case(), visits.route_now(), visits.heard().law, visits.words())


def _letter(lang: str, number: int, kind: str | None, language: str) -> Any:
    path = visits.path()
    if path.open_step is not None or not 1 <= number <= len(path.letters):
        abort(404)
    due = path.letters[number - 1]
    try:
        return compose_one(
            visits.case(), visits.route_now(), due.letter, kind, visits.heard().law, words_of(language)
        )
    except NoLetter:
        abort(404)


def _file(document: Document, name: str) -> Response:
    response = Response(document.content, content_type=document.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{document.extension}"'
    return response


def _panel(panel: DatePanel, made: Plan) -> dict[str, Any]:
    """A date panel as its macro takes it."""
    rule = panel.rules[0] if panel.rules and panel.rules[0].quote else None
    shown: dict[str, Any] = {
        "state": _STATES[panel.state],
        "label": panel.label,
        "weekday": panel.weekday,
        "date": panel.big,
        "iso": panel.day.isoformat() if panel.day else "",
        "left": panel.left,
        "why": panel.why,
    }
    if rule:
        shown["rule"] = {"quote": f"“{rule.quote}”", "source": f"{rule.source}.", "assumed": rule.note}
    if panel.weeks:
        say = visits.words().say
        names = get_day_names("narrow", locale=BY_ID[made.language].locale)
        shown["calendar"] = {
            "initials": [names[day] for day in range(7)],
            "weeks": [[{"number": day.number, "state": day.state} for day in week] for week in panel.weeks],
            "alt": panel.weeks_text,
            "today": say("Today"),
            "last": say("Last day"),
        }
    return shown


def _step(step: Step) -> dict[str, Any]:
    """A step ahead as its macro takes it: the actor stands out in the sentence."""
    side = _SIDES[step.who]
    name = Markup('<b class="heard-who heard-who--{}">{}</b>').format(side, step.actor)
    what = (
        name + escape(step.does[len(step.actor) :]) if step.does.startswith(step.actor) else escape(step.does)
    )
    return {
        "side": side,
        "when": step.when,
        "when_if": step.hangs_on,
        "what": what,
        "allowed": step.allowed,
        "otherwise": step.if_not,
        "hangs": bool(step.hangs_on) or step.day is None,
    }
