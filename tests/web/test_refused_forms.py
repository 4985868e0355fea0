"""Forms and requests that are not ours: refused with a page, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from seeing import WORDS, answers, typed_page
from visiting import Visitor


@pytest.mark.parametrize("token", [None, "", "forged", "a.b.c"])
def test_a_form_without_its_secret_is_refused_and_its_words_are_shown(
    whole: Visitor, token: str | None
) -> None:
    kept = answers(whole)
    whole.get("/en/letter-1/details-1")
    form = whole.page.form.filled(details=WORDS) | {"csrf_token": [] if token is None else [token]}
    page = typed_page(whole, whole.send("/en/letter-1/details-1", form))
    assert page.h1 == "This page was open too long"
    assert answers(whole) == kept


def test_a_form_of_another_website_is_refused(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    form = whole.page.form.filled(details=WORDS)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        typed_page(whole, whole.send("/en/letter-1/details-1", form, headers=headers))


def test_a_refusal_in_welsh_is_in_welsh(browse: Visitor) -> None:
    browse.get("/cy/nation")
    page = browse.post("/cy/nation", {"nation": ["wales"]}, status=400)
    assert page.root.get("lang") == "cy"


def test_a_lost_cookie_loses_no_words(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    form = whole.page.form.filled(details=WORDS)
    whole.client.delete_cookie("heard")
    page = typed_page(whole, whole.send("/en/letter-1/details-1", form), 409)
    assert page.h1 == "This page was open too long"
    whole.client.delete_cookie("heard-form")
    typed_page(whole, whole.send("/en/letter-1/details-1", form))
    whole.get("/en/plan")
    assert whole.path == "/en/nation"


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "é" * 43, "../../secret", "' OR 1=1 --"])
def test_a_forged_cookie_opens_nothing_and_breaks_nothing(
    whole: Visitor, visitor: Callable[[], Visitor], token: str
) -> None:
    other = visitor()
    other.client.set_cookie("heard", token)
    other.get("/en/check")
    assert other.path == "/en/nation"
    other.answer({})
    assert other.path == "/en/authority"
    assert other.token() not in (token, whole.token())
    assert answers(whole)["authority"] == "E06000047"


def test_a_body_that_is_too_large_gets_a_page(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    page = whole.post("/en/letter-1/details-1", whole.page.form.filled(details="x" * 3_000_000), 413)
    assert page.h1 == "That is too much at once"


def test_a_form_of_very_many_fields_gets_a_page(whole: Visitor) -> None:
    form = whole.get("/en/name").form.filled() | {f"extra-{number}": ["x"] for number in range(5000)}
    assert whole.send("/en/name", form).status_code in (302, 413)


@pytest.mark.parametrize("body", [b"\xff\xfe=%00&%zz", b"{}", b"--x\r\nno end"])
def test_a_body_that_is_no_form_gets_a_page(whole: Visitor, body: bytes) -> None:
    kept = answers(whole)
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
        response = whole.client.post("/en/name", data=body, content_type=kind)
        whole._see(response, "/en/name", 400)
    assert answers(whole) == kept


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example"])
def test_another_name_of_the_site_is_refused(browse: Visitor, host: str) -> None:
    response = browse.client.get("/en/", headers={"Host": host})
    assert response.status_code == 400
    assert host not in response.text
