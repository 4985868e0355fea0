"""The site with two rooms more, for a server of the tests: a slow letter and a true one, made as all are."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import poison
from flask import Flask, Response

from webapp.cases.reading import read_case
from webapp.making import compose_one, words_of
from webapp.procedures import route
from webapp.site import build_site
from webapp.views.downloads import make

CASE = Path(__file__).parents[1] / "cases" / "two-letters.json"


def create_app() -> Flask:
    app = build_site(os.environ)
    law = app.extensions["heard"].law
    case = read_case(json.loads(CASE.read_text()), law, date(2026, 11, 23))
    found = route(case, law)
    letter = compose_one(case, found, found.letters[0].letter, None, law, words_of("en"))

    @app.get("/<lang>/slow/<int:seconds>")
    def slow(lang: str, seconds: int) -> Response:
        return Response(make("pdf", poison.sleeps, seconds).content)

    @app.get("/<lang>/true")
    def true(lang: str) -> Response:
        return Response(make("pdf", poison.true_letter, letter).content)

    @app.get("/<lang>/fatal")
    def fatal(lang: str) -> Response:
        return Response(make("pdf", poison.crashes).content)

    return app
