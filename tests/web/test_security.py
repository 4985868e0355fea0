"""Headers, cookies, hosts, sizes and logs, on an app of a few lines."""

import io
import logging
import re
import stat
from pathlib import Path

import pytest
from flask import Flask, Response, jsonify, redirect, request, send_file
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from webapp import security
from webapp.store import StoreUnavailable, new_token

MARK = "Marigold-of-the-marsh"
HTTP = "http://localhost"
HTTPS = "https://heard.example"


def make_app(folder: Path, **environ: str) -> Flask:
    static = folder.parent / "static"
    static.mkdir(exist_ok=True)
    (static / "site.css").write_text("p { margin: 0 }")
    app = Flask("tiny", static_folder=str(static))
    security.secure(app, folder, environ)

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def app(folder: Path) -> Flask:
    return make_app(folder, HEARD_HOSTS="localhost, heard.example")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def post(
    client: FlaskClient, site: str, headers: dict[str, str] | None = None, **fields: str
) -> TestResponse:
    fields["csrf_token"] = client.get("/form", base_url=site).text
    return client.post("/form", base_url=site, headers=headers, data=fields)


# Headers


@pytest.mark.parametrize(
    "path", ["/form", "/letter", "/finish", "/nowhere", "/static/site.css", "/static/none.css"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    for name, value in {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            "script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-DNS-Prefetch-Control": "off",
    }.items():
        assert headers.getlist(name) == [value]
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in headers["Permissions-Policy"]


def test_static_files_that_pass_the_app_by_get_the_same_headers(client: FlaskClient) -> None:
    headers: dict[str, str] = {}
    security.static_headers(headers, "/srv/static/site.css", "/static/site.css")
    assert headers.items() <= dict(client.get("/form").headers).items()
    assert "Content-Security-Policy" in headers


@pytest.mark.parametrize("path", ["/form", "/letter", "/finish", "/nowhere", "/static/none.css", "/give/x"])
def test_no_page_and_no_letter_is_kept_by_the_browser(client: FlaskClient, path: str) -> None:
    assert client.get(path, buffered=True).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/static/site.css?v=1a2b", "public, max-age=31536000, immutable"),
        ("/static/site.css", "public, max-age=3600"),
    ],
)
def test_a_static_file_with_its_version_is_kept_for_good(client: FlaskClient, path: str, kept: str) -> None:
    assert client.get(path, buffered=True).headers["Cache-Control"] == kept


def test_only_https_asks_for_https_from_now_on(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/form", base_url=HTTP).headers
    assert client.get("/form", base_url=HTTPS).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_no_answer_says_what_serves_it(client: FlaskClient) -> None:
    headers = client.get("/give/x").headers
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


# Cookies


@pytest.mark.parametrize(
    ("site", "start", "secure"), [(HTTP, "heard=", False), (HTTPS, "__Host-heard=", True)]
)
def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_other_hosts(
    client: FlaskClient, site: str, start: str, secure: bool
) -> None:
    token = new_token()
    (cookie,) = client.get(f"/give/{token}", base_url=site).headers.getlist("Set-Cookie")
    assert cookie.startswith(start + token)
    attributes = set(cookie.split("; ")[1:])
    assert attributes == {"HttpOnly", "Path=/", "SameSite=Lax"} | ({"Secure"} if secure else set())
    assert client.get("/token", base_url=site).json == token


def test_on_https_a_cookie_planted_over_http_is_not_looked_at(client: FlaskClient) -> None:
    client.set_cookie("heard", new_token(), domain="heard.example")
    assert client.get("/token", base_url=HTTPS).json is None


@pytest.mark.parametrize(("site", "name"), [(HTTP, "heard-form"), (HTTPS, "__Host-heard-form")])
def test_the_cookie_of_the_forms_is_guarded_in_the_same_way(
    client: FlaskClient, site: str, name: str
) -> None:
    (cookie,) = client.get("/form", base_url=site).headers.getlist("Set-Cookie")
    assert cookie.startswith(name + "=")
    attributes = set(cookie.split("; ")[1:])
    assert attributes == {"HttpOnly", "Path=/", "SameSite=Lax"} | ({"Secure"} if site == HTTPS else set())


@pytest.mark.parametrize(("site", "prefix"), [(HTTP, ""), (HTTPS, "__Host-")])
def test_finishing_takes_both_cookies_and_all_the_browser_holds(
    client: FlaskClient, site: str, prefix: str
) -> None:
    client.get(f"/give/{new_token()}", base_url=site)
    client.get("/form", base_url=site)
    response = client.get("/finish", base_url=site)
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    gone = response.headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in gone) == [f"{prefix}heard", f"{prefix}heard-form"]
    for cookie in gone:
        assert "Max-Age=0" in cookie
        assert "Path=/" in cookie
        # Without it a browser ignores the deletion of a __Host- cookie.
        assert ("Secure" in cookie) == (site == HTTPS)
    assert client.get("/token", base_url=site).json is None


# Forms


@pytest.mark.parametrize("site", [HTTP, HTTPS])
def test_a_form_of_the_site_itself_is_taken(client: FlaskClient, site: str) -> None:
    response = post(client, site, {"Origin": site, "Sec-Fetch-Site": "same-origin"}, name="x")
    assert (response.status_code, response.json) == (200, {"name": 1})


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "none"}])
def test_a_browser_that_says_little_of_where_a_form_comes_from_is_not_locked_out(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert post(client, HTTPS, headers, name="x").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "https://heard.example.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_right_csrf_token(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert post(client, HTTPS, headers, name="x").status_code == 400


@pytest.mark.parametrize("token", [None, "", "forged", "a.b.c"])
def test_a_form_without_its_csrf_token_is_refused(client: FlaskClient, token: str | None) -> None:
    client.get("/form")
    assert client.post("/form", data={"csrf_token": token} if token is not None else {}).status_code == 400


def test_a_form_of_another_browser_is_refused(app: Flask) -> None:
    theirs = app.test_client().get("/form").text
    client = app.test_client()
    client.get("/form")
    assert client.post("/form", data={"csrf_token": theirs}).status_code == 400


def test_a_form_does_not_grow_old_before_its_answers_do(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


# Sizes


@pytest.mark.parametrize("character", ["a", "é", "語", "🙂"])
def test_a_box_of_fifty_thousand_characters_gets_through_to_its_own_error(
    client: FlaskClient, character: str
) -> None:
    assert post(client, HTTP, details=character * 50_000).json == {"details": 50_000}


def test_more_than_any_letter_needs_is_refused_and_read_to_its_end(client: FlaskClient) -> None:
    body = io.BytesIO(b"details=" + b"a" * security.LARGEST_BODY)
    response = client.post("/form", input_stream=body)
    assert response.status_code == 413
    assert response.text.startswith("413")
    assert body.read() == b""


def test_what_is_far_too_much_is_not_read_at_all(client: FlaskClient) -> None:
    body = io.BytesIO(b"details=a")
    length = {"CONTENT_LENGTH": str(security.LARGEST_REFUSED_BODY + 1)}
    response = client.post("/form", input_stream=body, environ_overrides=length)
    assert response.status_code == 413
    assert body.tell() == 0


# Hosts and secrets


def test_only_this_machine_is_served_until_hosts_are_named(folder: Path) -> None:
    client = make_app(folder).test_client()
    for site in ("http://localhost:8000", "http://127.0.0.1:8000"):
        assert client.get("/form", base_url=site).status_code == 200
    assert client.get("/form", base_url=HTTPS).status_code == 400


def test_a_host_that_is_not_named_is_refused_and_the_log_says_what_to_set(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/form", base_url="https://elsewhere.example")
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert "HEARD_HOSTS" in caplog.text
    assert client.get("/form", base_url=HTTPS).status_code == 200


def test_workers_share_one_secret_that_only_their_user_can_read(folder: Path) -> None:
    first, second = make_app(folder), make_app(folder)
    assert first.secret_key == second.secret_key
    assert len(str(first.secret_key)) >= 43
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret"]


def test_a_secret_that_is_named_is_not_written_down(folder: Path) -> None:
    assert make_app(folder, HEARD_SECRET="s" * 32).secret_key == "s" * 32
    assert not folder.exists()


def test_a_short_secret_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="32 random characters"):
        make_app(folder, HEARD_SECRET="hush")


def test_a_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable):
        security.secure(Flask("tiny"), tmp_path / "file" / "kept", {})


# Words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("no\x00thing\x07 \x1b[31mred\x7f\x9f", "nothing [31mred"),
        ("one\x0btwo\x0cthree\x85four", "one\ntwo\nthree\nfour"),
        ("\t tab and spaces  ", "\t tab and spaces  "),
        ("half \ud83d of a face 🙂", "half  of a face 🙂"),
        ("\r\n\r\n", "\n\n"),
        ("", ""),
    ],
)
def test_control_characters_go_and_line_ends_become_one_kind(typed: str, kept: str) -> None:
    assert security.clean_text(typed) == kept


@pytest.mark.parametrize(
    "words",
    [
        "Siân a'r plant",
        "e\u0301 é ﬁ Ⅳ",
        "عائشة\u200f \u202bنص\u202c",
        "👩‍👧 ❤️",
        "a\u00a0b\u2028c\u00ad",
        "“—”",
        "\ufeff",
    ],
)
def test_a_parents_words_stay_as_they_were_typed(words: str) -> None:
    assert security.clean_text(words) == words


# Logs


@pytest.fixture
def logged() -> io.StringIO:
    return io.StringIO()


def listen(name: str, stream: io.StringIO) -> logging.Logger:
    logger = logging.Logger(name)
    logger.addHandler(logging.StreamHandler(stream))
    logger.addFilter(security.Discreet())
    return logger


def test_a_log_line_loses_its_query_and_nothing_else(logged: io.StringIO) -> None:
    logger = listen("server", logged)
    logger.info('"%s" %s', f"GET /en/council?name={MARK}&a=b HTTP/1.1", 200)
    logger.error("Error handling request %(url)s", {"url": f"/en/council?{MARK}"})
    assert logged.getvalue() == '"GET /en/council HTTP/1.1" 200\nError handling request /en/council\n'


def test_a_fault_is_logged_with_its_place_and_kind_but_not_with_what_it_said(
    app: Flask, logged: io.StringIO
) -> None:
    handler = logging.StreamHandler(logged)
    app.logger.addHandler(handler)
    try:
        assert app.test_client().get(f"/fault?{MARK}").status_code == 500
    finally:
        app.logger.removeHandler(handler)
    log = logged.getvalue()
    assert "Exception on /fault [GET]" in log
    assert "builtins.KeyError: " in log
    assert re.search(r"test_security\.py\", line \d+, in fault", log)
    assert MARK not in log


def test_what_led_to_a_fault_is_logged_too(logged: io.StringIO) -> None:
    logger = listen("app", logged)
    try:
        try:
            int(MARK)
        except ValueError as fault:
            raise RuntimeError(MARK) from fault
    except RuntimeError:
        logger.exception("Not expected")
    log = logged.getvalue()
    assert log.index("builtins.ValueError") < log.index("builtins.RuntimeError")
    assert MARK not in log


def test_a_fault_of_the_store_is_logged_with_its_remedy(logged: io.StringIO, tmp_path: Path) -> None:
    logger = listen("app", logged)
    try:
        raise StoreUnavailable(tmp_path, OSError(28, "No space left on device"))
    except StoreUnavailable:
        logger.exception("Not kept")
    assert "Free some space" in logged.getvalue()


def test_the_access_log_that_is_offered_names_no_person_and_no_query() -> None:
    atoms = set(re.findall(r"%\(([^)]+)\)s", security.ACCESS_LOG_FORMAT))
    # Time, method, path without query, status, length, milliseconds: gunicorn’s names for them.
    assert atoms == {"t", "m", "U", "s", "B", "M"}
