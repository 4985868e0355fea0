"""What a visitor sees when something cannot be done: what happened, and what to do now."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from webapp import kiosk
from webapp.cases.model import CaseError
from webapp.documents import DocumentError
from webapp.language import BY_ID, ENGLISH, N_, read_words
from webapp.pages import page
from webapp.places import translations_folder
from webapp.security import clean_text
from webapp.store import StoreUnavailable
from webapp.workdays import UnknownHolidays

_NOT_TYPED = frozenset({"csrf_token", "asks", "find", "code", "passphrase", "locked"})
_SAID = {
    404: (N_("We could not find that page"), N_("It may have moved. Your answers are still here.")),
    405: (N_("We could not find that page"), N_("It may have moved. Your answers are still here.")),
    413: (
        N_("That is too much at once"),
        N_("Go back and make it shorter. Nothing that you sent before is lost."),
    ),
}
_GENERAL = (
    N_("Something went wrong"),
    N_("It is not your fault. Go back and try again. What you answered before is still here."),
)


def register(app: Flask) -> None:
    """Gives every fault a page in the visitor’s language."""
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(StoreUnavailable, _cannot_save)
    app.register_error_handler(DocumentError, _no_document)
    app.register_error_handler(UnknownHolidays, _too_far_away)
    app.register_error_handler(CaseError, _too_far_away)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def typed_words() -> list[str]:
    """What the visitor typed into the form that could not be taken, so that it is not lost."""
    try:
        form = request.form
    except HTTPException:
        return []
    texts = [clean_text(text) for key in form for text in form.getlist(key) if key not in _NOT_TYPED]
    return [text for text in texts if len(text) > 20 or " " in text.strip() or "@" in text]


def lost(status: int) -> Any:
    """The page for an answer that came after all was cleared. It shows what was typed, but not on a kiosk.

    There a browser may have offered to send the form of the person before once more.
    """
    if kiosk.on():
        return redirect(url_for("kiosk.lost", lang=g.lang), 303)
    return page("lost", status, typed=typed_words())


def _form_too_old(error: CSRFError) -> Any:
    _ensure_language()
    return lost(400)


def _cannot_save(error: StoreUnavailable) -> tuple[str, int]:
    _ensure_language()
    g.answers = {}
    current_app.logger.error("answers cannot be kept: %s: %s", error.reason, error)
    message = N_(
        "We cannot keep your answers just now. What you typed is below. Copy it, and try again in a minute."
    )
    return _said(503, N_("We could not save that"), message, typed=typed_words())


def _no_document(error: DocumentError) -> tuple[str, int]:
    _ensure_language()
    title = g.words.say("We could not make that letter")
    return page("problem", 409, title=title, text=error.say(g.words.say), typed=[])


def _too_far_away(error: UnknownHolidays | CaseError) -> tuple[str, int]:
    message = N_("A date is too far away for the bank holidays that we know. Check the dates that you gave.")
    return _said(409, N_("We cannot count that date"), message)


def _http(error: HTTPException) -> Any:
    if isinstance(error, SecurityError):
        # Under another name than its own the site has no addresses, and so no page.
        return Response("This is not the address of a website here.", 400, mimetype="text/plain")
    if error.code is not None and error.code < 400:
        return error
    title, text = _SAID.get(error.code or 500, _GENERAL)
    return _said(error.code or 500, title, text, typed=typed_words() if error.code != 413 else [])


def _broken(error: Exception) -> tuple[str, int]:
    current_app.logger.error("a page broke", exc_info=error)
    return _said(500, *_GENERAL, typed=typed_words())


def _said(status: int, title: str, text: str, typed: list[str] | None = None) -> tuple[str, int]:
    _ensure_language()
    say = g.words.say
    return page("problem", status, title=say(title), text=say(text), typed=typed or [])


def _ensure_language() -> None:
    """A request that was refused before its language was known is answered in that of its address."""
    if "words" not in g:
        named = request.path.split("/")[1]
        g.lang = named if named in BY_ID else ENGLISH.id
        g.words = read_words(g.lang, translations_folder())
    if "answers" not in g:
        g.answers = {}
