"""Too much, too deep, too often the same: refused with a page, and quickly."""

from __future__ import annotations

import io
import json
import time
import zlib
from typing import Any

import pytest
from attacking import Browser, faults, whole_case
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from webapp.flows.law import Law
from webapp.security import LARGEST_BODY

# Seconds. Each takes less than a tenth of it on a machine with nothing else to do.
LONGEST = 20


def bring(browser: Browser, content: bytes) -> Any:
    began = time.monotonic()
    sent = FileStorage(io.BytesIO(content), "saved-answers.json")
    boundary, body = encode_multipart({"csrf_token": browser.secret(), "file": sent})
    kind = f"multipart/form-data; boundary={boundary}"
    response = browser.client.post("/en/come-back", data=body, content_type=kind)
    assert time.monotonic() - began < LONGEST
    assert not faults(response)
    assert len(response.data) < 100_000
    return response


def case_file(answers: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"case": 1, "answers": answers | more}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 500_000,
        b'{"case":1,"answers":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
        b'{"case":1,"answers":{"nation":' + b"9" * 900_000 + b"}}",
        b'{"case":1e309,"answers":{}}',
        b'{"case":NaN,"answers":{"nation":NaN,"concerns":[Infinity,-Infinity,1e999]}}',
        b'{"case":true,"answers":{}}',
        b'{"case":1,"case":2,"answers":{"nation":"england"},"answers":[]}',
        b'{"case":1,"answers":{"\\ud800":"\\udfff"}}',
        b'{"case":1,"answers":{' + b",".join(b'"k%d":1' % number for number in range(80_000)) + b"}}",
        b'{"__proto__":{"x":1},"constructor":1,"case":1,"answers":{"__class__":"x"}}',
        "{}".encode("utf-16"),
        b"\xef\xbb\xbf{}",
        b"\x00" * 900_000,
        b"PK\x03\x04" + b"\x00" * 1000,
        b"a" * 1_000_001,
        b"",
    ],
    ids=range(16),
)
def test_a_file_that_is_no_case_is_refused_quickly(browser: Browser, content: bytes) -> None:
    assert bring(browser, content).status_code == 422
    assert browser.kept() is None


@pytest.mark.parametrize("filled", [b"0", b'{"a":'])
def test_a_pdf_that_unpacks_into_gigabytes_is_not_unpacked(browser: Browser, filled: bytes) -> None:
    bomb = zlib.compress(filled * (100_000_000 // len(filled)), 9)
    pdf = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fjson /Filter /FlateDecode"
        b" /Length " + str(len(bomb)).encode() + b" >>\nstream\n" + bomb + b"\nendstream\nendobj\n%%EOF"
    )
    assert bring(browser, pdf).status_code == 422


@pytest.mark.parametrize(
    "more",
    [
        {"children": [{"names": "Kai Hartley", "born": "2019-04-02"}] * 13},
        {"children": [{"names": "Kai Hartley", "born": ""}] * 15_000},
        {"concerns": ["worker"] * 10_000},
        {"concerns": [f"worker-{number}" for number in range(10_000)]},
        {"legal": ["none"] * 10_000},
        {"concerns": [[["worker"]]]},
        {"children": {"0": 1}},
        {"you": []},
        {"nation": {"england": 1}},
    ],
    ids=range(9),
)
def test_answers_that_are_too_many_or_of_the_wrong_kind_are_refused(
    browser: Browser, law: Law, more: dict[str, Any]
) -> None:
    assert bring(browser, case_file(whole_case(law), **more)).status_code == 422


def test_ten_thousand_ticks_are_one_answer_or_none(browser: Browser, law: Law) -> None:
    browser.hold(whole_case(law))
    form = {"csrf_token": browser.secret(), "asks": "concerns", "concerns": ["worker"] * 10_000}
    assert browser.client.post("/en/concerns", data=form).status_code == 302
    assert (browser.kept() or {})["concerns"] == ["worker"]
    form["concerns"] = [f"worker-{number}" for number in range(10_000)]
    response = browser.client.post("/en/concerns", data=form)
    assert response.status_code == 422
    assert not faults(response)


@pytest.mark.parametrize(
    "body",
    [
        b"a=&" * 600_000,
        b"&" * 1_900_000,
        b"%" * 1_900_000,
        b"csrf_token=x&" * 100_000,
        b"a" * 1_900_000 + b"=",
    ],
    ids=range(5),
)
def test_a_form_of_a_million_fields_is_refused_quickly(browser: Browser, body: bytes) -> None:
    began = time.monotonic()
    response = browser.client.post("/en/nation", data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert not faults(response)
    assert time.monotonic() - began < LONGEST


def part(name: str, content: str = "x", more: str = "") -> str:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{content}\r\n'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("".join(part(f"f{number}") for number in range(2_000)) + "--b--", 413),
        ("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", 400),
        ("--b\r\n\r\nx\r\n--b--", 400),
        ("--b\r\n" + "X: y\r\n" * 100_000 + "\r\nx\r\n--b--", 413),
        (part("csrf_token"), 400),
        ("--b--", 400),
        ("", 400),
        (part("csrf_token", more="; filename*=UTF-8''%ff%00") + "--b--", 400),
    ],
    ids=range(8),
)
def test_parts_that_are_too_many_or_broken_are_refused(browser: Browser, body: str, status: int) -> None:
    response = browser.client.post("/en/come-back", data=body, content_type="multipart/form-data; boundary=b")
    assert response.status_code in (status, 400)
    assert not faults(response)


@pytest.mark.parametrize("boundary", ["", '""', "\x00", "b" * 100_000, "--", "é"])
def test_a_boundary_that_is_none_breaks_nothing(browser: Browser, boundary: str) -> None:
    kind = f"multipart/form-data; boundary={boundary}"
    response = browser.client.post("/en/come-back", data=part("csrf_token"), content_type=kind)
    assert response.status_code in (400, 413)


def test_a_file_that_comes_back_never_touches_the_disk(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a file is written")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    assert bring(browser, b" " * 990_000).status_code == 422


def test_a_body_larger_than_any_letter_needs_gets_a_page_that_says_so(site: Flask, browser: Browser) -> None:
    for address in ("/en/name", "/en/come-back", "/en/hand-over", "/en/open", "/en/kiosk"):
        response = browser.client.post(address, data={"you.name": "a" * (LARGEST_BODY + 1)})
        assert response.status_code == 413
        assert "too much at once" in response.text
        assert not faults(response)


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "99999999999999999999", "0x10", "", " 1"])
def test_a_length_that_is_none_breaks_nothing(browser: Browser, length: str) -> None:
    response = browser.client.post(
        "/en/name", data=b"a=b", environ_overrides={"CONTENT_LENGTH": length}, content_type="text/plain"
    )
    assert response.status_code in (400, 413)


@pytest.mark.parametrize("number", ["0", "-1", "00001", "9" * 5000, "1e0", "1.0", "0x1", "١", "²", "", "NaN"])
def test_a_letter_that_there_is_not_is_not_found(browser: Browser, law: Law, number: str) -> None:
    browser.hold(whole_case(law))
    for rest in ("read", "en/standard.txt", "en/your-copy/standard.pdf"):
        response = browser.client.get(f"/en/letter-{number}/{rest}")
        assert response.status_code in ((200, 404) if number in ("00001", "١") else (302, 404))
        assert not faults(response)


def test_headers_of_any_size_and_shape_break_nothing(browser: Browser) -> None:
    for name in (
        "Accept-Language",
        "Range",
        "If-None-Match",
        "If-Modified-Since",
        "Referer",
        "X-Forwarded-For",
    ):
        for value in (
            "x" * 60_000,
            ", ".join("q;q=1" for _ in range(5_000)),
            "bytes=0-,0-,0-",
            "-",
            '"',
            "\x7f",
        ):
            response = browser.client.get("/en/nation", headers={name: value})
            assert response.status_code < 500
            assert not faults(response)
