"""Saving, finishing and coming back; the next stage after an answer; and that what is cleared is gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from reading_pages import text_of
from test_changing import answers
from test_walks import DURHAM, TWO_LETTERS, cards, letter
from visiting import Visitor
from werkzeug.test import TestResponse


@pytest.fixture
def whole(browse: Visitor) -> Visitor:
    """A visitor who has answered everything."""
    browse.walk_all(TWO_LETTERS)
    return browse


def file_of(browse: Visitor) -> bytes:
    """The saved file."""
    return json.dumps(browse.kept()).encode()


def check_of(browse: Visitor) -> list[str]:
    """The rows of the page with all answers."""
    page = browse.get("/en/check")
    return [text_of(row) for row in page.all("div", "govuk-summary-list__row")]


# Save, finish, come back


def test_a_saved_case_comes_back_whole(whole: Visitor, visitor: Callable[[], Visitor]) -> None:
    before = check_of(whole)
    whole.get("/en/save")
    assert "The file is not locked." in whole.page.text
    content = file_of(whole)
    whole.get("/en/plan")
    whole.submit()
    assert whole.path == "/en/finished"
    later = visitor()
    page = later.bring_back(content)
    assert page.h1 == "Welcome back. What has happened since?"
    later.follow("Nothing new: check my answers")
    assert check_of(later) == before
    assert file_of(later) == content


def test_the_file_is_a_case_file_of_today_with_a_neutral_name(whole: Visitor) -> None:
    document = whole.kept()
    assert document["case"] == 1
    assert document["today"] == "2026-11-23"
    assert list(document) == ["case", "today", "answers"]
    assert document["answers"]["conference"]["notes-received"] == "2026-11-02"


def test_a_case_saved_half_way_goes_on_where_it_stopped(visitor: Callable[[], Visitor]) -> None:
    for stop in ("/role", "/concerns", "/letter-1/date-4", "/contact"):
        half = visitor()
        half.begin()
        half.walk(TWO_LETTERS, until=stop)
        place = half.path
        content = file_of(half)
        later = visitor()
        later.bring_back(content)
        later.get("/en/check")
        assert later.path == place
        later.walk(TWO_LETTERS)
        assert len(cards(later.get("/en/plan"))) == 2


def test_what_had_not_happened_is_asked_again(browse: Visitor, visitor: Callable[[], Visitor]) -> None:
    browse.walk_all(
        DURHAM
        | {
            "concerns": ["conference-run"],
            "event conference conference": "2026-11-10",
            "event conference notes-received": "not-yet",
        }
    )
    later = visitor()
    later.bring_back(file_of(browse))
    later.asked.clear()
    later.get("/en/check")
    assert later.path == "/en/letter-1/date-4"
    later.answer({"event conference notes-received": "2026-11-20"})
    later.get("/en/plan")
    assert later.path == "/en/plan"


def test_a_question_that_the_time_has_opened_loses_nothing_behind_it(
    browse: Visitor, visitor: Callable[[], Visitor]
) -> None:
    late = {"event conference notes-received": "2026-10-21", "event conference conference": "2026-10-20"}
    browse.walk_all(TWO_LETTERS | late)
    document = browse.kept()
    del document["answers"]["conference"]["why-late"]  # as it was saved while there was time
    later = visitor()
    later.bring_back(json.dumps(document).encode())
    later.get("/en/plan")
    assert later.path == "/en/letter-1/reason"
    saved_again = later.kept()["answers"]
    assert saved_again == document["answers"]
    later.get("/en/letter-1/reason?from=check")
    later.answer({})
    assert later.path == "/en/check"


def test_a_file_saved_while_a_question_is_open_holds_what_stands_behind_it(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/concerns?from=check")
    browse.submit(concerns=["conference-run", "plan-continued", "worker"])
    assert browse.path == "/en/letter-1/details-2"
    kept = answers(browse)
    assert kept["you"]["name"] == "Leanne Hartley"
    assert kept["conference"]["details"] == {
        "conference-run": "Marmalade: I had the report ten minutes before."
    }
    browse.get("/en/nation?from=check")
    browse.submit(nation="wales")
    assert answers(browse)["nation"] == "wales", "what cannot stand beside it is left out"


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
        (b"%PDF-1.7 a letter", "This is not a file that you saved here, or it is damaged"),
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


# After an answer


def test_after_they_answered_the_next_letter_needs_only_the_day_and_why(
    whole: Visitor, visitor: Callable[[], Visitor]
) -> None:
    content = file_of(whole)
    later = visitor()
    later.bring_back(content)
    later.follow("Letter 1")
    assert later.path == "/en/letter-1/reached"
    later.asked.clear()
    later.answer({"reached": "stage-1-replied"})
    later.walk(
        {
            "event conference complaint-sent": "2026-11-05",
            "event conference met": "2026-11-12",
            "event conference stage-1-reply": "2026-11-20",
        }
    )
    typed = [asked for asked in later.asked if not asked.startswith("event ")]
    assert typed == ["reached conference", "why-unhappy conference"]
    assert len([asked for asked in later.asked if asked.startswith("event ")]) <= 3
    plan = later.get("/en/plan")
    assert "Letter 1 of 2" in cards(plan)[0]
    assert "Friday 18 December" in cards(plan)[0], "28 days from 20 November"
    said = letter(later)
    for text in (
        "stage 2",
        "Quokka point one is not settled.",
        "Marmalade: I had the report ten minutes before.",
        "Leanne Hartley",
        "Kai Hartley",
        "20 November 2026",
    ):
        assert text in said, text


def test_after_the_letter_was_sent_only_the_day_is_asked(
    whole: Visitor, visitor: Callable[[], Visitor]
) -> None:
    later = visitor()
    later.bring_back(file_of(whole))
    later.follow("Letter 2")
    later.asked.clear()
    later.answer({"reached": "stage-1-sent"})
    later.walk({"event services complaint-sent": "2026-11-20", "event services acknowledged": "not-yet"})
    assert [asked for asked in later.asked if not asked.startswith("event ")] == [
        "reached services",
        "procedure-used services",
    ]
    # And when the answer has come, nothing of the first letter is asked again.
    again = visitor()
    again.bring_back(file_of(later))
    again.follow("Letter 2")
    again.asked.clear()
    again.answer({"reached": "stage-1-replied"})
    again.walk({"event services stage-1-reply": "2026-11-22"})
    assert again.asked == ["reached services", "event services stage-1-reply", "why-unhappy services"]
    said = letter(again, 2)
    assert "Wombat: she did not come." in said
    assert "22 November 2026" in said


def test_a_change_of_stage_asks_again_why_they_are_unhappy(whole: Visitor) -> None:
    whole.get("/en/letter-1/reached?from=check")
    whole.answer({"reached": "stage-1-replied"})
    whole.walk({"event conference stage-1-reply": "2026-11-20"})
    assert "Quokka" in letter(whole)
    whole.get("/en/letter-1/reached?from=check")
    whole.asked.clear()
    whole.answer({"reached": "stage-2-sent"})
    whole.walk({"event conference stage-2-sent": "2026-11-22"})
    assert "Quokka" not in json.dumps(answers(whole))


# Gone


def gone(browse: Visitor, site: Flask, token: str | None, response: TestResponse) -> None:
    """Asserts that the row is destroyed and the browser told to forget."""
    assert token
    assert site.extensions["heard"].store.read(token) is None
    cookies = response.headers.getlist("Set-Cookie")
    assert any(cookie.startswith("heard=;") and "Expires=Thu, 01 Jan 1970" in cookie for cookie in cookies)
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert browse.token() is None
    browse.client.set_cookie("heard", token)
    browse.get("/en/plan")
    assert browse.path == "/en/nation", "the old key opens nothing"


def test_finish_destroys_everything(whole: Visitor, site: Flask) -> None:
    token = whole.token()
    form = whole.get("/en/plan").form
    assert form.action == "/en/finish"
    response = whole.send("/en/finish", form.filled())
    assert response.status_code == 303
    assert response.headers["Location"] == "/en/finished"
    gone(whole, site, token, response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_destroys_everything_and_goes_elsewhere(whole: Visitor, site: Flask, method: str) -> None:
    token = whole.token()
    if method == "get":
        response = whole.client.get("/leave")
    else:
        response = whole.send("/leave", whole.get("/en/plan").form.filled())
    assert response.status_code == 303
    assert response.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert response.headers["Cache-Control"] == "no-store"
    gone(whole, site, token, response)


def test_the_end_of_the_hour_destroys_everything(whole: Visitor, site: Flask) -> None:
    token = whole.token()
    response = whole.client.get("/en/cleared")
    assert response.status_code == 200
    gone(whole, site, token, response)


def test_after_finish_the_form_of_an_old_page_keeps_its_words(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    old = whole.page.form.filled(details="Ocelot: I wrote all of this by hand")
    whole.send("/en/finish", whole.get("/en/plan").form.filled())
    page = whole._see(whole.send("/en/letter-1/details-1", old), "/en/letter-1/details-1", 400)
    assert "Ocelot: I wrote all of this by hand" in page.text


def test_who_finishes_twice_or_without_answers_meets_no_fault(browse: Visitor) -> None:
    form = browse.get("/en/come-back").form.filled()
    for _ in range(2):
        response = browse.send("/en/finish", form)
        assert response.status_code in (303, 400)
    assert browse.client.get("/leave").status_code == 303


@pytest.mark.parametrize("method", ["get", "post"])
def test_carrying_on_begins_the_hour_again(
    whole: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    store = site.extensions["heard"].store
    now = store._now()
    form = whole.get("/en/plan").form.filled()
    monkeypatch.setattr(store, "_now", lambda: now + 3500)
    send = (
        (lambda: whole.client.get("/en/keep-on"))
        if method == "get"
        else (lambda: whole.send("/en/keep-on", form))
    )
    assert send().status_code == 204
    monkeypatch.setattr(store, "_now", lambda: now + 7000)
    assert whole.get("/en/check").h1 == "Check what you told us"
    monkeypatch.setattr(store, "_now", lambda: now + 11_000)
    assert send().status_code == 410, "too late: the script then says that all is cleared"
    whole.get("/en/check")
    assert whole.path == "/en/nation"


def test_the_way_out_of_each_page_is_the_one_that_clears(whole: Visitor) -> None:
    plan = whole.get("/en/plan")
    (dialog,) = plan.all("dialog")
    assert dialog.get("data-cleared") == "/en/cleared"
    assert dialog.get("data-keep") == "/en/keep-on"
    assert {a.get("href") for a in plan.all("a", "heard-exit")} == {"/leave"}
    assert '<noscript><meta http-equiv="refresh" content="3600; url=/en/cleared"></noscript>' in plan.html
