"""An app of a few lines, made as secure as the site."""

from __future__ import annotations

import io
from pathlib import Path

from flask import Flask, Response, jsonify, redirect, request, send_file
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from webapp import security
from webapp.settings import read_settings

MARK = "Marigold-of-the-marsh"
HTTP = "http://localhost"
HTTPS = "https://heard.example"


def make_app(folder: Path, **environ: str) -> Flask:
    static = folder.parent / "static"
    static.mkdir(exist_ok=True)
    (static / "site.css").write_text("p { margin: 0 }")
    app = Flask("tiny", static_folder=str(static))
    security.secure(app, read_settings({"HEARD_DATA": str(folder), **environ}))

    @app.get("/form")
    def form() -> str:
        return str(generate_csrf())

    @app.post("/form")
    def posted() -> Response:
        return jsonify({name: len(value) for name, value in request.form.items() if name != "csrf_token"})

    @app.get("/give/<token>")
    def give(token: str) -> Response:
        response = Response("given")
        response.headers["X-Powered-By"] = response.headers["Server"] = "a tiny app"
        response.headers["Cache-Control"] = "public"
        security.give_token(response, token)
        return response

    @app.get("/token")
    def token() -> Response:
        return jsonify(security.answer_token())

    @app.get("/finish")
    def finish() -> Response:
        response = redirect("/form", 303)
        assert isinstance(response, Response)
        security.forget_browser(response)
        return response

    @app.get("/letter")
    def letter() -> Response:
        return send_file(
            io.BytesIO(b"%PDF"), "application/pdf", as_attachment=True, download_name="letter.pdf"
        )

    @app.get("/fault")
    def fault() -> str:
        try:
            int(MARK)
        except ValueError:
            raise KeyError(MARK) from None
        return ""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int]:
        return f"{error.code}: {error.description}", error.code or 500

    return app


def post(
    client: FlaskClient, site: str, headers: dict[str, str] | None = None, **fields: str
) -> TestResponse:
    fields["csrf_token"] = client.get("/form", base_url=site).text
    return client.post("/form", base_url=site, headers=headers, data=fields)
