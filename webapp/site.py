"""The website put together: the law read once, the store opened, every room of it reachable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, g, make_response, redirect, request
from werkzeug.wrappers import Response
from whitenoise import WhiteNoise

from webapp import visits
from webapp.counters import Counters
from webapp.flows.reading import read_law
from webapp.health import Health
from webapp.language import BY_ID, ENGLISH, LANGUAGES, read_words
from webapp.library.desk import Desk
from webapp.library.shelf import Shelf
from webapp.pages import page, prepare
from webapp.places import flows_folder, static_folder, templates_folder, translations_folder
from webapp.rendering import Rendering
from webapp.request_log import log_requests
from webapp.security import secure, static_headers
from webapp.settings import read_settings
from webapp.store import open_store
from webapp.views import (
    errors,
    hand_over,
    information,
    kiosk,
    library,
    limited,
    plan,
    saved,
    session,
    waiting,
    wizard,
)
from webapp.views.counting import count_page


def build_site(environ: Mapping[str, str] = os.environ) -> Flask:
    """The website. Raises SettingsError, DataError and StoreUnavailable for what cannot be used."""
    settings = read_settings(environ)
    law = read_law(flows_folder(), templates_folder() / "letters")
    app = Flask("webapp", static_folder=None, template_folder=None)
    if settings.log:
        log_requests(app)
    store = open_store(settings, law.habits.silence_minutes * 60)
    app.extensions["heard"] = visits.Heard(law, store)
    app.extensions["rendering"] = rendering = Rendering()
    shelf = Shelf(settings.data / "library", law, rendering.make)
    app.extensions["library"] = desk = Desk(shelf, rendering.make_for_zip)
    desk.open()
    app.extensions["counters"] = Counters(settings.data, settings.counters)
    secure(app, settings)
    prepare(app)
    app.before_request(_speak)
    app.after_request(visits.give_new_token)
    if settings.counters:
        app.after_request(count_page)
    for room in (information, library, kiosk, saved, session, plan, hand_over, wizard):
        app.register_blueprint(room.room)
    # To clear needs no secret, as /leave needs none: somebody in a hurry must never be refused.
    app.extensions["csrf"].exempt(session.finish)
    errors.register(app)
    waiting.register(app)
    limited.register(app)
    app.add_url_rule("/", "home", _home)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(static_folder()), prefix="/static/", add_headers_function=static_headers
    )
    app.wsgi_app = Health(  # type: ignore[method-assign]
        app.wsgi_app, law, store, rendering, settings.data
    )
    return app


def _speak() -> Response | None:
    """Finds the language of the page in its address; an address in an unknown one leads to the start."""
    wanted = (request.view_args or {}).get("lang") or request.path.split("/")[1]
    known = wanted in BY_ID
    g.lang = wanted if known else _preferred()
    g.words = read_words(g.lang, translations_folder())
    if request.path.startswith("/static/"):
        abort(404)  # the files that there are never come this far
    if not known and "lang" in (request.view_args or {}):
        return redirect(f"/{g.lang}/")
    return None


def _preferred() -> str:
    """The first language of the browser’s list that we have: “ar-SY” is Arabic, and some have other tags."""
    known = {tag.lower(): language.id for language in LANGUAGES for tag in (language.id, *language.also)}
    for tag, _ in request.accept_languages:
        wanted = tag.lower()
        while wanted and wanted not in known:
            wanted = wanted.rpartition("-")[0]
        if wanted:
            return known[wanted]
    return ENGLISH.id


def _home() -> Any:
    """Every language in its own name. What the browser says it prefers is only marked."""
    response = make_response(page("languages"))
    response.vary.add("Accept-Language")
    return response
