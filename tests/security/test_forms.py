"""Forms: whose are taken, how large they may be, and what becomes of the words in them."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tiny_app import HTTP, HTTPS, post

from webapp import security

# Whose


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
