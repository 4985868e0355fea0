"""Files that cannot be used say why and change nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from seeing import answers
from visiting import Visitor


def problem(browse: Visitor, content: bytes) -> str:
    """What is said of a file that cannot be used; the answers stay as they are."""
    before = answers(browse)
    token = browse.token()
    page = browse.bring_back(content, status=422)
    assert page.title == "Error: Come back - Heard"
    assert {href for href, _ in page.errors} == {"#file"}
    assert page.field_errors
    assert browse.token() == token
    said = " ".join(text for _, text in page.errors)
    assert "Nothing is changed and nothing is lost." in page.text
    assert answers(browse) == before
    return said


def case(**answers: Any) -> bytes:
    """A case file."""
    return json.dumps({"case": 1, "answers": answers}).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose the file that you saved"),
        (b"%PDF-1.7 a letter", "This PDF has no answers in it. Choose your own copy of the letter"),
        (b"\xff\xfe\x00", "This is not a file that you saved here, or it is damaged"),
        (
            b'{"case": 1, "answers": {"nation": "engl',
            "This is not a file that you saved here, or it is damaged",
        ),
        (b"[" * 100_000, "This is not a file that you saved here, or it is damaged"),
        (b"[]", "case: this is not a case file"),
        (b'"text"', "case: this is not a case file"),
        (b"null", "case: this is not a case file"),
        (b"{}", "case: this must be a case file of version 1"),
        (b'{"case": 2, "answers": {}}', "case: this must be a case file of version 1"),
        (b'{"case": true, "answers": {}}', "case: this must be a case file of version 1"),
        (b'{"case": 1}', "answers: the answers are missing"),
        (b'{"case": 1, "answers": []}', "answers: the answers are missing"),
        (b'{"case": 1, "answers": {}}', "There is nothing in this file that we can use"),
        (b'{"case": 1, "answers": {}, "evil": 1}', "evil: this key is not known"),
        (case(nation="mars"), "nation: “mars” is not known here"),
        (case(nation="england", authority="W06000010", concerns=["worker"]), "authority: Carmarthenshire"),
        (
            case(nation="england", authority="E99", concerns=["worker"]),
            "authority: no council has the code “E99”",
        ),
        (
            case(nation="england", authority="not-sure", concerns=["rain"]),
            "concerns: “rain” is not known here",
        ),
        (
            case(nation="england", authority="not-sure", concerns=["worker"], pet="cat"),
            "pet: this key is not known",
        ),
        (
            case(
                nation="england",
                authority="not-sure",
                concerns=["worker"],
                services={"noticed": "2026-12-01"},
            ),
            "services.noticed: this day is after today",
        ),
        (
            case(
                nation="england",
                authority="not-sure",
                concerns=["worker"],
                services={"noticed": "2026-02-31"},
            ),
            "services.noticed: write the day as 2026-11-30",
        ),
        (
            case(nation="england", authority="not-sure", concerns=["worker"], you={"name": "x" * 50_000}),
            "you.name: this is too long by 40000 characters",
        ),
        (
            case(nation="england", authority="not-sure", concerns=["worker"], reference="a\x00b"),
            "reference: there is a character here that cannot be printed",
        ),
        (
            case(nation="england", authority="not-sure", concerns=["worker"], you=[1]),
            "you: this has the wrong shape",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_changes_nothing(
    whole: Visitor, content: bytes, said: str
) -> None:
    assert said in problem(whole, content)


def test_a_file_that_is_too_large_says_so(whole: Visitor) -> None:
    assert "too large to be one that you saved here" in problem(whole, b" " * 1_100_000)


def test_several_faults_of_a_file_are_named_at_once(whole: Visitor) -> None:
    said = problem(
        whole,
        case(
            nation="england",
            authority="not-sure",
            concerns=["worker", "conference-run"],
            services={"reached": "moon"},
            conference={"conference": "x"},
        ),
    )
    assert "services.reached" in said
    assert "conference.conference" in said


def test_no_file_at_all_says_so(whole: Visitor) -> None:
    page = whole.get("/en/come-back")
    whole.post("/en/come-back", page.form.filled(), 422)
    assert whole.page.errors == [("#file", "Choose the file that you saved")]


def test_a_letter_of_the_file_that_no_answer_opens_is_left_out(browse: Visitor) -> None:
    browse.get("/en/come-back")
    browse.bring_back(
        case(
            nation="england",
            authority="not-sure",
            concerns=["worker"],
            conference={"details": {"conference-run": "Stale words that I took back"}},
        )
    )
    assert "Stale" not in json.dumps(answers(browse))


def test_words_of_a_file_that_no_font_has_are_asked_for_again_or_refused(browse: Visitor) -> None:
    browse.get("/en/come-back")
    browse.bring_back(
        case(nation="england", authority="not-sure", concerns=["worker"], you={"name": "Leanne 😀"})
    )
    browse.get("/en/check")
    browse.walk({})
    page = browse.get("/en/letter-1/read")
    assert "Leanne" in page.text
    browse.get("/en/letter-1/en/standard.pdf", status=409)
    assert "😀" in browse.page.text
