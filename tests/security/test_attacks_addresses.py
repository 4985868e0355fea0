"""Addresses that try to lead elsewhere: up the folders, to another site, under another name."""

from __future__ import annotations

from io import BytesIO

import pytest
from attacking import MARK, Browser, faults, whole_case
from flask import Flask
from werkzeug.test import TestResponse, run_wsgi_app
from werkzeug.wrappers import Request

from webapp.flows.law import Law

UP = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..\\..\\..\\etc\\passwd",
    "....//....//etc/passwd",
    "．．/．．/etc/passwd",
    "..%c0%af..%c0%afetc/passwd",
    "//etc/passwd",
    "file:///etc/passwd",
    "secret\x00.css",
    "%00",
    "a" * 3000,
    "../gunicorn_conf.py",
    "../../flows/habits.toml",
    "../../pyproject.toml",
]
ELSEWHERE = [
    "/evil.example",
    "//evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "https:/evil.example",
    "..//evil.example",
    ".//evil.example",
    "%2f%2fevil.example",
    "%5c%5cevil.example",
    "\t//evil.example",
    "@evil.example",
    "%0d%0aLocation:%20//evil.example",
    "plan%0d%0aSet-Cookie:%20zq7=1",
]


def raw(site: Flask, path: str, **environ: str) -> TestResponse:
    """The answer to an address as it is on the wire: no client puts it right first."""
    made = Request.from_values(base_url="http://localhost/").environ
    made |= {"PATH_INFO": path.encode().decode("latin-1"), "REQUEST_URI": path, **environ}
    told, status, headers = run_wsgi_app(site, made, buffered=True)
    return TestResponse(told, status, headers, Request(made))


@pytest.mark.parametrize("path", UP)
@pytest.mark.parametrize(
    "room", ["/static/", "/en/templates/", "/en/letter-1/en/", "/en/text-size/125/", "/"]
)
def test_no_address_reads_a_file_that_is_not_given_out(site: Flask, room: str, path: str) -> None:
    response = raw(site, room + path)
    assert response.status_code in (302, 308, 400, 404)
    assert "root:" not in response.text
    assert "silence_minutes" not in response.text
    assert "Cache-Control" in response.headers or room == "/static/"


@pytest.mark.parametrize("back", ELSEWHERE)
@pytest.mark.parametrize("room", ["/en/text-size/125/", "/en/", "/", "/cy/text-size/9/"])
def test_no_address_leads_to_another_site(site: Flask, room: str, back: str) -> None:
    response = raw(site, room + back)
    assert not [fault for fault in faults(response) if fault.startswith(("leads", "status"))]
    location = response.headers.get("Location", "/")
    assert not location.startswith(("//", "/\\", "\\")), location
    assert location.startswith(("/", "http://localhost/")), location
    assert "zq7" not in response.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_links_to_the_page_in_another_language_and_size_stay_here(site: Flask, back: str) -> None:
    page = raw(site, f"/en/no-such-room-{MARK}/x/y/z/../{back}", QUERY_STRING=f"{MARK}=//evil.example")
    assert not faults(page)
    if page.status_code == 404:
        assert 'href="//' not in page.text
        assert 'href="http' not in page.text.partition("<main")[0]


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "localhost.evil.example"},
        {"HTTP_HOST": "evil.example:80"},
        {"HTTP_HOST": "localhost@evil.example"},
        {"HTTP_HOST": "localhost, evil.example"},
        {"HTTP_HOST": "localhost:80:80"},
        {"HTTP_HOST": "localhost:evil"},
        {"HTTP_HOST": "localhost#evil.example"},
        {"HTTP_HOST": "localhost/evil.example"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "[::1"},
        {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_HOST": "localhost", "HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_HOST": "localhost", "HTTP_X_ORIGINAL_URL": "//evil.example", "HTTP_X_REWRITE_URL": "/evil"},
        {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_PREFIX": "//evil.example", "SCRIPT_NAME": ""},
    ],
)
def test_another_name_for_this_site_is_refused_or_not_looked_at(
    site: Flask, law: Law, environ: dict[str, str]
) -> None:
    browser = Browser(site)
    cookie = f"heard={browser.hold(whole_case(law))}"
    for path in ("/en/", "/en/hand-over", "/en/kiosk", "/en/plan", "/en", "/en/nowhere//", "/"):
        response = raw(site, path, HTTP_COOKIE=cookie, **environ)
        assert response.status_code < 500
        assert "evil" not in response.text
        assert "evil" not in str(response.headers)


def test_a_file_that_comes_back_is_never_called_what_its_sender_calls_it(browser: Browser) -> None:
    for name in (*UP, 'zq7".html', "zq7\r\nSet-Cookie: zq7=1"):
        sent = (BytesIO(b"{}"), name.replace("\r\n", "%0d%0a"))
        fields = {"csrf_token": browser.secret(), "file": sent}
        response = browser.client.post("/en/come-back", data=fields)
        assert response.status_code == 422
        assert not faults(response)
        assert MARK not in response.text
