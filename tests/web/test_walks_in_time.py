"""Walks of parents who are late, who wait, who have an answer, or who are at the end."""

from __future__ import annotations

from answering_pages import DURHAM, ENGLAND, TWO_LETTERS
from seeing import cards, letter
from visiting import Visitor


def test_a_late_parent_is_asked_why(browse: Visitor) -> None:
    browse.walk_all(
        DURHAM
        | {
            "concerns": ["conference-run"],
            "event conference conference": "2026-08-04",
            "event conference notes-received": "2026-09-01",
        }
    )
    assert "reason conference" in browse.asked
    (card,) = cards(browse.get("/en/plan"))
    assert "The last day was Tuesday 29 September 55 days ago. Send it today." in card
    assert "exceptional circumstances" in card
    assert "Numbat nobody told me how." in letter(browse)


def test_a_parent_in_time_is_not_asked_why_it_is_late(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    assert not [asked for asked in browse.asked if asked.startswith("reason")]


SENT = DURHAM | {
    "concerns": ["conference-run"],
    "reached": "stage-1-sent",
    "event conference conference": "2026-10-06",
    "event conference notes-received": "2026-10-13",
    "event conference met": "not-yet",
}


def test_a_parent_whose_answer_is_late_gets_a_reminder(browse: Visitor) -> None:
    browse.walk_all(SENT | {"event conference complaint-sent": "2026-10-26"})
    (card,) = cards(browse.get("/en/plan"))
    assert "Send the reminder today They have been late since Thursday 5 November 2026." in card
    assert "26 October 2026" in letter(browse)


def test_a_parent_who_waits_gets_the_day_to_expect_and_no_letter(browse: Visitor) -> None:
    browse.walk_all(SENT | {"event conference complaint-sent": "2026-11-19"})
    (card,) = cards(browse.get("/en/plan"))
    assert "They should do this by Monday 30 November" in card
    assert "Read letter" not in card
    browse.get("/en/letter-1/read", status=404)
    browse.get("/en/letter-1/read/enquiry", status=404)


def test_where_no_time_is_written_a_parent_who_waits_may_ask(browse: Visitor) -> None:
    browse.walk_all(
        ENGLAND
        | {
            "concerns": ["conference-run"],
            "reached": "stage-1-sent",
            "event conference conference": "2026-08-04",
            "event conference complaint-sent": "2026-08-10",
        }
    )
    plan = browse.get("/en/plan")
    assert "Wait for their answer" in cards(plan)[0]
    browse.follow("Read the letter that asks")
    assert browse.path == "/en/letter-1/read/enquiry"
    assert "10 August 2026" in browse.page.text
    assert browse.download("/en/letter-1/en/enquiry/standard.txt")


def test_at_the_end_the_plan_says_what_is_left(browse: Visitor) -> None:
    browse.walk_all(
        ENGLAND
        | {
            "concerns": ["conference-run"],
            "reached": "stage-3-replied",
            "event conference conference": "2026-03-03",
        }
    )
    plan = browse.get("/en/plan")
    (card,) = cards(plan)
    assert "You can ask the Ombudsman until" in card
    assert "What you can still do" in card
    assert "Read letter" not in card


def test_a_police_complaint_at_its_end_names_the_next_body(browse: Visitor) -> None:
    browse.walk_all({"concerns": ["police"], "reached": "stage-1-replied"})
    assert "You can ask for a review." in cards(browse.get("/en/plan"))[0]
