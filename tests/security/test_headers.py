"""The headers of every answer, and how long a browser keeps what."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from tiny_app import HTTP, HTTPS

from webapp import security


@pytest.mark.parametrize(
    "path", ["/form", "/letter", "/finish", "/nowhere", "/static/site.css", "/static/none.css"]
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    for name, value in {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            "script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; connect-src 'self'; "
            "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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
