"""The plan: for each letter who to, what, by when and why; reading it, and taking it away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel.dates import get_day_names
from flask import Blueprint, Response, abort, redirect
from markupsafe import Markup, escape

from webapp import visits
from webapp.documents import FORMATS, SIZES, Document, Offer, render
from webapp.documents.article import article
from webapp.language import BY_ID
from webapp.letters.compose import asks_for_translation
from webapp.letters.model import Letter
from webapp.making import NoLetter, compose_one, copy_of, plan_file, words_of
from webapp.packing import packed
from webapp.pages import page, page_url
from webapp.plans.compose import compose_plan
from webapp.plans.model import DatePanel, Plan, Step
from webapp.plans.sheet import sheet_of
from webapp.views.counting import count_letter, count_plan
from webapp.views.downloads import Row, make, offer_of, rendering, rows, sent, streamed
from webapp.views.letter_files import languages_to_send, letter_files
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
    visits.touch()
    made, nation = _plan(), visits.case().nation
    count_plan()
    return page(
        "plan",
        plan=made,
        panel=lambda card: _panel(card.panel, made),
        steps=lambda card: [_step(step) for step in card.steps],
        files=lambda card: letter_files(lang, card.number, None, _letters(card.number, None, lang)),
        asks_for_translation=lambda card: asks_for_translation(_letter(card.number, None, lang), nation),
        sheets=_sheet_rows(lang, made),
        official=languages_to_send(lang)[0].id == lang,
        back_url=page_url("check"),
    )


@room.get("/<lang>/letter-<int:number>/read")
@room.get("/<lang>/letter-<int:number>/read/<kind>")
def read(lang: str, number: int, kind: str | None = None) -> Any:
    """A letter to read on the page, in the page’s language."""
    letters = _letters(number, kind, lang)
    sent = languages_to_send(lang)[0]
    base = f"/{lang}/letter-{number}/{lang}" + (f"/{kind}" if kind else "")
    return page(
        "letter",
        letter=article(letters[lang], top=1),
        to_send=article(letters[sent.id], top=2) if sent.id != lang else "",
        to_send_name=sent.name,
        number=number,
        **letter_files(lang, number, kind, letters),
        audio=f"{base}/standard.mp3" if FORMATS["mp3"].speaks(BY_ID[lang]) else "",
        back_url=page_url("plan"),
    )


@room.get("/<lang>/letter-<int:number>/<language>/<size>.<format>")
@room.get("/<lang>/letter-<int:number>/<language>/<kind>/<size>.<format>")
def download(
    lang: str, number: int, language: str, size: str, format: str, kind: str | None = None
) -> Response:
    """A letter as a file with a name that tells nothing."""
    offer = offer_of(format, size)
    if language not in BY_ID or offer is None or offer.format.made_of != "letter":
        abort(404)
    letter = _letter(number, kind, language)
    document = make(format, render, letter, format, size)
    response = sent(document, offer.file_name(f"letter-{number}"))
    return count_letter(response, format, language)


@room.get("/<lang>/letter-<int:number>/<language>/your-copy/<size>.pdf")
def own_copy(lang: str, number: int, language: str, size: str) -> Response:
    """The parent’s own copy of a letter, with their answers inside it."""
    if language not in BY_ID or size not in SIZES:
        abort(404)
    letter = _letter(number, None, language)
    document = copy_of(letter, visits.case_file(), size, words_of(language), make)
    response = sent(document, Offer(FORMATS["pdf"], size).file_name(f"letter-{number}-your-copy"))
    return count_letter(response, "pdf", language)


@room.get("/<lang>/calendar.ics")
def calendar(lang: str) -> Response:
    """The dates, for the parent’s own calendar."""
    return sent(_plan_file("ics", "standard"), "dates.ics")


@room.get("/<lang>/next-steps/<size>.<format>")
def next_steps(lang: str, size: str, format: str) -> Response:
    """The parent’s own sheet, in any format."""
    offer = offer_of(format, size)
    if offer is None or offer.format.made_of != "letter":
        abort(404)
    return sent(_plan_file(format, size), offer.file_name("next-steps"))


@room.get("/<lang>/everything.zip")
def everything(lang: str) -> Response:
    """Every letter and the plan, in every format, as one zip that is sent while it is made."""
    if visits.path().open_step is not None:
        abort(404)
    law, make_one = visits.heard().law, rendering().make_for_zip
    pieces = packed(visits.case(), law, visits.words(), visits.case_file(), make_one)
    response = streamed(_in_a_seat(pieces), "everything.zip")
    return count_letter(response, "zip", lang)


def _in_a_seat(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """These pieces of a zip, while there is room for one more. Raises Busy."""
    give_back = rendering().seat()
    try:
        yield from pieces
    finally:
        give_back()


def _plan_file(format: str, size: str) -> Document:
    if visits.path().open_step is not None:
        abort(404)
    law, words = visits.heard().law, visits.words()
    return plan_file(visits.case(), visits.route_now(), law, words, format, size, make)


def _sheet_rows(lang: str, made: Plan) -> dict[str, list[Row]]:
    """What is offered of the plan itself."""
    first, others = rows(sheet_of(made, visits.words()), f"/{lang}/next-steps")
    return {"files": first, "more_files": others}


def _plan() -> Plan:
    return compose_plan(visits.case(), visits.route_now(), visits.heard().law, visits.words())


def _letters(number: int, kind: str | None, lang: str) -> dict[str, Letter]:
    """The letter in every language in which it may be sent, and in the page’s, by the language’s id."""
    letters = {lang: _letter(number, kind, lang)}
    others = [language.id for language in languages_to_send(lang) if language.id != lang]
    return letters | {language: _letter(number, kind, language) for language in others}


def _letter(number: int, kind: str | None, language: str) -> Letter:
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
