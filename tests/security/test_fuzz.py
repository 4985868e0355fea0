"""Thousands of requests that no browser would send: each gets an answer, and none is a fault of ours."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from attacking import MARK, TODAY, WILD, Browser, as_sent, faults, whole_case
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app
from werkzeug.wrappers import Request

from webapp.flows.law import Law
from webapp.limiting import Limits
from webapp.store import new_token
from webapp.walking import walk

EVERYDAY, LONG = 2_000, 100_000

# Each takes seconds of a processor, so these rooms get no GET here: that they can be had is shown elsewhere.
_DEAR = frozenset({"plan.everything", "library.everything"})

_wild = st.sampled_from(WILD) | st.text(max_size=40) | st.sampled_from(
    ("", "0", "-1", "1", "9" * 5000, "1e309", "NaN", "null", "x" * 3000, "\x00", "..", "%", "?", "#", "/")
)  # fmt: skip
_names = st.sampled_from(
    ("lang", "language", "nation", "council", "procedure", "stage", "format", "code", "from", "find", "v")
) | _wild  # fmt: skip


class Routes:
    """Every room of a site, and what fits its address; and what fits the forms of one case."""

    def __init__(self, app: Flask, law: Law, answers: dict[str, Any]) -> None:
        self.rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        self.steps = walk(answers, law, TODAY).steps
        self.answers = answers
        letter = next(iter(app.extensions["library"]._blanks)).split("/")
        paths = [step.path for step in self.steps]
        self.parts: dict[str, list[str]] = {
            "lang": ["en", "cy"],
            "language": ["en", "cy"],
            "size": ["standard", "large", "giant", "125", "100"],
            "format": ["txt", "docx", "html", "ics", "txt", "docx", "html", "brf", "pdf"],
            "kind": ["enquiry", "complaint", "chase"],
            "number": ["1", "2", "3"],
            "address": paths,
            "back": ["plan", "check", "/evil.example", *paths[:3]],
            "file": [f"{letter[3]}.txt", f"{letter[3]}.docx"],
            **dict(zip(("nation", "procedure", "stage", "id"), ([part] for part in letter), strict=True)),
        }
        self.ids = [step.id for step in self.steps]
        self.fields = sorted({key.split(".", 1)[-1] for step in self.steps for key in step.keys})
        self.fields += ["csrf_token", "asks", "code", "replace", "passphrase", "locked", "end", "add", "find"]
        self.fields += ["day", "month", "year", "unknown", "details", "names-0", "day-0", "find-council"]


@st.composite
def requests(draw: st.DrawFn, routes: Routes) -> dict[str, Any]:
    """One request: a room, an address that may fit, a method, a query, a form, cookies and headers."""
    rule = draw(st.sampled_from(routes.rules))
    method = draw(st.sampled_from((*sorted(rule.methods or ()), "GET", "POST", "HEAD", "PUT", "TRACE", "X")))
    if rule.endpoint in _DEAR and method in ("GET", "HEAD"):
        method = "DELETE"
    return {
        "path": _path(draw, rule, routes),
        "method": method,
        "query": draw(st.lists(st.tuples(_names, _wild), max_size=3)),
        "body": draw(_bodies(routes)) if method not in ("GET", "HEAD") else None,
        "secret": draw(st.booleans()),
        "cookies": draw(st.lists(st.tuples(st.sampled_from(_COOKIES), _wild), max_size=1)),
        "headers": draw(st.lists(st.tuples(st.sampled_from(_HEADERS), _wild), max_size=2)),
        "holds": draw(st.sampled_from(("", "whole", "begun", "made-up"))),
    }


_COOKIES = ("heard", "heard-form", "text-size", "kiosk", "__Host-heard", "zq7")
_HEADERS = (
    *("Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Content-Type", "Content-Length"),
    *("If-None-Match", "If-Modified-Since", "If-Range", "Origin", "Range", "Referer", "Sec-Fetch-Site"),
    *("Transfer-Encoding", "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"),
    *("X-HTTP-Method-Override", "X-Original-URL", "Forwarded", "Host", "Cookie", "Expect", "X-CSRFToken"),
)


def _path(draw: st.DrawFn, rule: Rule, routes: Routes) -> str:
    """An address of this room. Most of its parts fit, and some are anything."""
    path = rule.rule
    for name in sorted(rule.arguments):
        fits = routes.parts[name]
        part = draw(st.sampled_from(fits) if draw(st.integers(0, 4)) else _wild)
        for before in (f"<{name}>", f"<int:{name}>", f"<path:{name}>"):
            path = path.replace(before, part)
    if not draw(st.integers(0, 15)):
        path = draw(st.sampled_from(("//", "/.", "/%2e%2e", ""))) + path + draw(_wild)
    return path


@st.composite
def _bodies(draw: st.DrawFn, routes: Routes) -> tuple[str, Any]:
    kind = draw(st.sampled_from(("form", "form", "form", "file", "multipart", "json", "bytes")))
    if kind in ("bytes", "json"):
        return kind, draw(st.binary(max_size=200) | _wild.map(as_sent))
    if kind == "file":
        return kind, draw(_files(routes))
    names = st.sampled_from(routes.fields) | _wild
    values = _wild | st.sampled_from(routes.ids)
    fields = draw(st.lists(st.tuples(names, values), max_size=6))
    step = draw(st.sampled_from(routes.steps))
    if draw(st.booleans()):
        fields.append(("asks", step.id))
        fields += [(key.split(".", 1)[-1], draw(values)) for key in step.keys]
    return kind, fields


@st.composite
def _files(draw: st.DrawFn, routes: Routes) -> bytes:
    """A saved file that somebody has bent: another value somewhere, or no case file at all."""
    if not draw(st.integers(0, 4)):
        return draw(
            st.binary(max_size=300) | st.sampled_from((b"%PDF-", b"age-encryption.org/v1\n", b"[" * 9999))
        )
    answers = json.loads(json.dumps(routes.answers))
    at: Any = answers
    while True:
        key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if isinstance(at[key], (dict, list)) and at[key] and draw(st.booleans()):
            at = at[key]
            continue
        at[key] = draw(
            _wild
            | st.none()
            | st.integers()
            | st.floats()
            | st.dates().map(str)
            | st.lists(_wild, max_size=3)
            | st.dictionaries(_wild, _wild, max_size=2)
        )
        break
    return json.dumps({"case": 1, "answers": answers}).encode()


class Sender:
    """Sends requests as they are, and keeps no cookie but the ones that it is told to send."""

    def __init__(self, site: Flask, routes: Routes) -> None:
        self.routes = routes
        browser = Browser(site)
        self.secret = browser.secret()
        form = browser.client.get_cookie("heard-form")
        assert form
        self.form = form.value
        self.browser = browser
        self.site = site

    def ask(self, asked: dict[str, Any]) -> list[str]:
        """Sends one request, and gives what is wrong with the answer."""
        builder = EnvironBuilder(method=asked["method"])
        builder.query_string = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in asked["query"])
        _fill(builder, asked["body"], self.secret if asked["secret"] else "")
        environ = builder.get_environ()
        builder.close()
        cookies = [("heard", self._key(asked["holds"])), ("heard-form", self.form), *asked["cookies"]]
        environ["HTTP_COOKIE"] = "; ".join(f"{name}={_line(value)[:3000]}" for name, value in cookies)
        for name, value in asked["headers"]:
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = _line(value)
        environ["PATH_INFO"] = as_sent(asked["path"]).decode("latin-1")  # as servers hand it on
        environ["REMOTE_ADDR"] = "198.51.100.7"
        told, status, headers = run_wsgi_app(self.site, environ, buffered=True)
        response = TestResponse(told, status, headers, Request(environ))
        return [f"{asked['method']} {asked['path']!r}: {fault}" for fault in faults(response)]

    def _key(self, holds: str) -> str:
        if holds == "whole":
            return self.browser.hold(self.routes.answers)
        return self.browser.hold({"nation": "england"}) if holds == "begun" else new_token() if holds else ""


def _fill(builder: EnvironBuilder, body: tuple[str, Any] | None, secret: str) -> None:
    if body is None:
        return
    kind, content = body
    if kind in ("bytes", "json"):
        builder.input_stream = io.BytesIO(content)
        builder.content_type = "application/json" if kind == "json" else "text/plain"
        return
    if secret:
        builder.form.add("csrf_token", secret)
    if kind == "file":
        builder.files.add_file("file", io.BytesIO(content), f'../{MARK}".json', "text/html")
        return
    for name, value in content:
        builder.form.add(_text(name), _text(value))
    if kind == "multipart":
        builder.content_type = "multipart/form-data"


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _quoted(value: str) -> str:
    return "".join(f"%{byte:02x}" for byte in as_sent(value[:500]))


def _line(value: str) -> str:
    """What a header can hold: a server lets no line end and no NUL through to the site."""
    return (
        "".join(each if each.isprintable() else "?" for each in value)
        .encode("latin-1", "replace")
        .decode("latin-1")
    )


def send(site: Flask, law: Law, number: int) -> None:
    """So many requests. Always the same ones: what is found today is found tomorrow."""
    routes = Routes(site, law, whole_case(law))
    sender, sent = Sender(site, routes), 0

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(requests(routes))
    def run(asked: dict[str, Any]) -> None:
        nonlocal sent
        sent += 1
        if sent % 100 == 0:
            site.extensions["limits"] = Limits()  # or most of what is asked would be refused
        assert not (found := sender.ask(asked)), (found, asked)

    run()
    assert sent >= number


@pytest.mark.filterwarnings("ignore:The '.*' cookie is too large")
def test_two_thousand_requests_that_make_no_sense_break_nothing(
    site: Flask, law: Law, caplog: pytest.LogCaptureFixture
) -> None:
    send(site, law, EVERYDAY)
    assert "a page broke" not in caplog.text


@pytest.mark.verify
@pytest.mark.filterwarnings("ignore:The '.*' cookie is too large")
def test_a_hundred_thousand_requests_that_make_no_sense_break_nothing(site: Flask, law: Law) -> None:
    send(site, law, LONG)
