"""Saving, finishing and coming back, and the next stage after an answer."""

from __future__ import annotations

import json
from collections.abc import Callable

from answering_pages import DURHAM, TWO_LETTERS
from page_tree import text_of
from seeing import answers, cards, letter
from visiting import Visitor


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
    assert "The file is not locked unless you lock it." in whole.page.text
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
