"""Back, *change*, answers off the path, requests that skip ahead, and two tabs at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from answering_pages import DURHAM, TWO_LETTERS
from flask import Flask
from page_tree import text_of
from seeing import answers, cards
from visiting import Visitor


def change(browse: Visitor, what: str) -> None:
    """Follows *change* beside an answer on the page that shows them all."""
    browse.get(f"/{browse.lang}/check")
    browse.follow(f"Change {what}")


# Back


def test_back_leads_to_the_page_before_all_the_way_to_the_start(browse: Visitor) -> None:
    browse.begin()
    visited = []
    while not browse.path.endswith("/check"):
        visited.append(browse.path)
        browse.answer(TWO_LETTERS)
    for expected in reversed(visited):
        browse.go_back()
        assert browse.path == expected
    browse.go_back()
    assert browse.path == "/en/"


def test_back_shows_what_was_answered(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/letter-1/date-4")
    form = browse.page.form
    assert [form.fields[part].held for part in ("day", "month", "year")] == [["2"], ["11"], ["2026"]]
    browse.get("/en/concerns")
    assert browse.page.form.fields["concerns"].held == ["conference-run", "plan-made", "worker"]
    browse.get("/en/letter-1/details-2")
    assert browse.page.form.fields["details"].held == ["Pangolin: 12 days are wrong."]
    browse.get("/en/authority")
    assert browse.page.form.fields["authority"].held == ["E06000047"]
    browse.get("/en/children")
    assert browse.page.form.fields["names-0"].held == ["Kai Hartley"]


def test_back_from_the_plan_and_from_a_letter_leads_one_page_back(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/letter-2/read")
    browse.go_back()
    assert browse.path == "/en/plan"
    browse.go_back()
    assert browse.path == "/en/check"


# Change


def test_a_changed_answer_leads_back_to_the_check(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    change(browse, "Full name")
    browse.submit(you__name="Leanne Mary Hartley")
    assert browse.path == "/en/check"
    assert "Leanne Mary Hartley" in browse.page.text


def test_back_from_a_change_leads_to_the_check(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    change(browse, "Full name")
    browse.go_back()
    assert browse.path == "/en/check"


def test_a_change_with_a_mistake_still_leads_back_to_the_check(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    change(browse, "Full name")
    browse.submit(422, you__name="")
    browse.submit(you__name="Leanne Mary Hartley")
    assert browse.path == "/en/check"


def test_every_change_link_leads_to_its_question_and_back(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    links = [href for words, href in browse.page.links("main").items() if words.startswith("Change ")]
    assert len(links) > 25
    for link in links:
        browse.get(link)
        assert browse.address == link
        browse.answer(TWO_LETTERS)
        assert browse.path == "/en/check", link


def test_after_a_change_only_newly_opened_questions_are_asked(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    change(browse, "You are unhappy about")
    browse.asked.clear()
    browse.answer({"concerns": ["conference-run", "plan-made", "plan-continued", "worker", "school"]})
    browse.walk({})
    assert browse.asked == [
        "concerns",
        "details conference plan-continued",
        "reached school",
        "details school school",
        "tried school",
        "outcomes school",
        "additions school",
    ]
    assert len(cards(browse.get("/en/plan"))) == 3
    kept = answers(browse)
    assert kept["conference"]["details"]["plan-made"] == "Pangolin: 12 days are wrong."


def test_a_new_way_to_reply_asks_for_the_address_alone(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS | {"reply-by": ["email"]})
    assert "address" not in answers(browse)["you"]
    change(browse, "Safe ways to reply")
    browse.asked.clear()
    browse.answer({"reply-by": ["email", "post"]})
    browse.walk({})
    assert browse.asked == ["reply-by", "contact"]


# What is off the path is forgotten


def test_an_unticked_concern_takes_its_words_with_it(browse: Visitor, site: Flask) -> None:
    browse.walk_all(TWO_LETTERS)
    assert "Pangolin" in json.dumps(answers(browse))
    change(browse, "You are unhappy about")
    browse.answer({"concerns": ["conference-run", "worker"]})
    assert browse.path == "/en/check"
    assert "Pangolin" not in browse.page.text
    assert "Pangolin" not in json.dumps(answers(browse))
    assert "Pangolin" not in json.dumps(site.extensions["heard"].store.read(browse.token()))
    change(browse, "You are unhappy about")
    browse.answer({"concerns": ["conference-run", "plan-made", "worker"]})
    assert browse.path == "/en/letter-1/details-2"
    assert browse.page.form.fields["details"].held == [""]


def test_an_unticked_letter_takes_its_section_with_it(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    change(browse, "You are unhappy about")
    browse.answer({"concerns": ["conference-run", "plan-made"]})
    assert browse.path == "/en/check"
    assert "services" not in answers(browse)
    assert len(cards(browse.get("/en/plan"))) == 1


def test_another_nation_forgets_the_council(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/nation?from=check")
    browse.answer({"nation": "wales"})
    assert browse.path == "/en/authority"
    assert "authority" not in answers(browse)
    browse.get("/en/plan")
    assert browse.path == "/en/authority"


def test_elsewhere_forgets_everything_else(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/nation?from=check")
    browse.answer({"nation": "elsewhere"})
    assert browse.path == "/en/check"
    assert answers(browse) == {"nation": "elsewhere"}


def test_a_reason_for_being_late_goes_when_the_letter_is_in_time(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS | {"event conference notes-received": "2026-10-21"})
    assert "Numbat" in json.dumps(answers(browse))
    change(browse, "You got the notes")
    browse.answer({"event": "2026-11-02"})
    assert browse.path == "/en/check"
    assert "Numbat" not in json.dumps(answers(browse))


# Skipping ahead


@pytest.mark.parametrize(
    "address", ["/en/plan", "/en/check", "/en/authority", "/en/letter-1/details-1", "/en/letter-7/reached"]
)
def test_who_skips_ahead_comes_to_the_first_open_question(browse: Visitor, address: str) -> None:
    browse.get(address)
    assert browse.path == "/en/nation"


def test_who_skips_ahead_half_way_comes_to_the_first_open_question(browse: Visitor) -> None:
    browse.begin()
    browse.walk(DURHAM, until="/legal")
    for address in ("/en/plan", "/en/check", "/en/concerns", "/en/welcome-back", "/en/send-by"):
        browse.get(address)
        assert browse.path == "/en/legal", address
    for address in ("/en/letter-1/read", "/en/letter-1/en/standard.pdf", "/en/calendar.ics"):
        browse.get(address, status=404)
    assert browse.kept()["answers"]["authority"] == "E06000047"


def test_an_answer_sent_ahead_is_not_taken_and_not_lost(browse: Visitor) -> None:
    browse.begin()
    words = "Ocelot: all that I have to say about it"
    page = browse.post(
        "/en/letter-1/details-1",
        browse.page.form.filled() | {"asks": "details services worker", "details": words},
        status=409,
    )
    assert words in page.text
    browse.follow("Go on")
    assert browse.path == "/en/nation"


# Two tabs


def test_a_page_whose_question_is_gone_says_so_and_shows_what_was_typed(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/letter-1/details-2")
    old = browse.page.form
    change(browse, "You are unhappy about")
    browse.answer({"concerns": ["conference-run", "worker"]})
    words = "Ocelot: all that I have\nto say about it"
    page = browse.post("/en/letter-1/details-2", old.filled(details=words), status=409)
    assert page.h1 == "This question is no longer asked"
    assert "Ocelot: all that I have to say about it" in page.text
    assert "Ocelot" not in json.dumps(answers(browse))


def test_a_page_whose_question_moved_still_takes_its_answer(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/letter-2/details-1")
    old = browse.page.form
    change(browse, "You are unhappy about")
    browse.answer({"concerns": ["worker"]})
    browse.post("/en/letter-2/details-1", old.filled(details="Ocelot: it moved to letter 1"))
    kept = answers(browse)
    assert kept["services"]["details"] == {"worker": "Ocelot: it moved to letter 1"}
    assert "conference" not in kept


def test_a_page_left_open_in_an_address_that_now_asks_something_else_changes_nothing(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/letter-1/details-1")
    old = browse.page.form
    change(browse, "You are unhappy about")
    browse.answer({"concerns": ["plan-made", "worker"]})
    browse.post("/en/letter-1/details-1", old.filled(details="Ocelot: about how it was run"), status=409)
    assert answers(browse)["conference"]["details"] == {"plan-made": "Pangolin: 12 days are wrong."}


def test_answers_sent_at_the_same_time_are_all_kept(browse: Visitor, visitor: Callable[[], Visitor]) -> None:
    browse.walk_all(TWO_LETTERS)
    pages = {
        "/en/letter-1/details-1": {"details": "Ocelot one"},
        "/en/letter-1/details-2": {"details": "Ocelot two"},
        "/en/letter-2/details-1": {"details": "Ocelot three"},
        "/en/name": {"you.name": "Ocelot four"},
        "/en/council-details": {"reference": "Ocelot five"},
        "/en/letter-1/tried": {"tried": "Ocelot six"},
    }
    tabs = []
    for address, typed in pages.items():
        tab = visitor()
        tab.client._cookies = dict(browse.client._cookies or {})  # the same browser
        tab.get(address)
        sent = tab.page.form.filled() | {name: [text] for name, text in typed.items()}
        tabs.append(threading.Thread(target=tab.send, args=(address, sent)))
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    kept = json.dumps(answers(browse))
    for word in ("one", "two", "three", "four", "five", "six"):
        assert f"Ocelot {word}" in kept


# After a letter was sent


def test_a_letter_that_moves_on_keeps_the_words_of_the_others(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    browse.get("/en/letter-2/reached?from=check")
    browse.answer({"reached": "stage-1-sent"})
    browse.walk({"event services complaint-sent": "2026-11-20"})
    plan = browse.get("/en/plan")
    conference, services = cards(plan)
    assert "Read letter 1" in conference
    assert "Read letter 2" not in services
    assert "Wombat" in json.dumps(answers(browse)), "what the next letter will need is kept while they wait"
    assert text_of(plan.one("h1")) == "Your plan"
