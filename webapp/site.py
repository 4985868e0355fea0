"""The website put together: the law read once, the store opened, every room of it reachable."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flask import Flask, abort, g, redirect, request
from werkzeug.wrappers import Response
from whitenoise import WhiteNoise

from webapp import visits
from webapp.flows.reading import read_law
from webapp.language import BY_ID, LANGUAGES, read_words
from webapp.library.desk import Desk
from webapp.library.shelf import Shelf
from webapp.pages import prepare
from webapp.places import flows_folder, static_folder, templates_folder, translations_folder
from webapp.security import secure, static_headers
from webapp.store import Store, data_folder
from webapp.views import errors, hand_over, information, library, plan, session, wizard


def build_site(environ: Mapping[str, str] = os.environ) -> Flask:
    """The website. Raises DataError for data, StoreUnavailable for a data folder, that cannot be used."""
    law = read_law(flows_folder(), templates_folder() / "letters")
    folder = data_folder(environ)
    app = Flask("webapp", static_folder=None, template_folder=None)
    store = Store(folder, lifetime=law.habits.silence_minutes * 60)
    app.extensions["heard"] = visits.Heard(law, store)
    app.extensions["library"] = desk = Desk(Shelf(folder / "library", law))
    desk.open()
    secure(app, folder, environ)
    prepare(app)
    app.before_request(_speak)
    app.after_request(visits.give_new_token)
    for room in (information, library, session, plan, hand_over, wizard):
        app.register_blueprint(room.room)
    errors.register(app)
    app.add_url_rule("/", "home", _home)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(static_folder()), prefix="/static/", add_headers_function=static_headers
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
    return request.accept_languages.best_match([each.id for each in LANGUAGES]) or LANGUAGES[0].id


def _home() -> Response:
    return redirect(f"/{_preferred()}/")
