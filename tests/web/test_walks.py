"""Parents walk through the whole site: every page on the way is checked, and each walk ends as it should."""

from __future__ import annotations

import pytest
from answering_pages import CARMARTHENSHIRE, DURHAM, ENGLAND, TWO_LETTERS
from seeing import cards, headings, letter
from visiting import Visitor


def test_a_durham_parent_gets_two_letters(browse: Visitor) -> None:
    check = browse.walk_all(TWO_LETTERS)
    assert "Marmalade: I had the report ten minutes before." in check.text
    assert "Monday 2 November 2026" in check.text
    assert headings(check) == [
        "About your case",
        "Letter 1: the conference",
        "Letter 2: Children’s Services",
        "About you",
    ]
    plan = browse.get("/en/plan")
    conference, services = cards(plan)
    assert "Letter 1 of 2" in conference
    assert "To the chair of the conference, Durham County Council" in conference
    assert "Send it by Monday 30 November 7 days left" in conference
    assert "write within 28 days of receipt of the notes" in conference
    assert "Letter 2 of 2" in services
    assert "To the complaints team of the council, Durham County Council" in services
    assert "Your two complaints should be looked at together." in plan.text
    one, two = letter(browse), letter(browse, 2)
    assert "Marmalade: I had the report ten minutes before." in one
    assert "Pangolin: 12 days are wrong." in one
    assert "Wombat" not in one
    assert "Wombat: she did not come." in two
    assert "Marmalade" not in two
    for text in (one, two):
        assert "Leanne Hartley" in text
        assert "Kai Hartley" in text


def test_a_parent_who_is_not_sure_of_the_council_gets_the_usual_steps(browse: Visitor) -> None:
    browse.walk_all(ENGLAND | {"concerns": ["conference-run"], "conference-type": "review"})
    (card,) = cards(browse.get("/en/plan"))
    assert "To the chair of the conference" in card
    assert "Durham" not in card
    assert "Marmalade" not in letter(browse)


def test_a_carmarthenshire_parent_gets_the_council_s_own_time_limit(browse: Visitor) -> None:
    browse.walk_all(
        CARMARTHENSHIRE
        | {
            "concerns": ["conference-run"],
            "event conference conference": "2026-11-04",
            "event conference notes-sent": "2026-11-16",
        }
    )
    plan = browse.get("/en/plan")
    (card,) = cards(plan)
    assert "Send it by Friday 4 December" in card
    assert "14 working days from Monday 16 November 2026, the day the minutes were sent." in card
    assert "Sign your letter before you send it." in plan.text


def test_a_parent_in_wales_walks_in_welsh(browse: Visitor) -> None:
    browse.walk_all(
        CARMARTHENSHIRE
        | {
            "concerns": ["conference-run", "worker"],
            "event conference conference": "2026-11-04",
            "event conference notes-sent": "2026-11-16",
            "event services noticed": "2026-09-01",
        },
        lang="cy",
    )
    plan = browse.get("/cy/plan")
    assert len(cards(plan)) == 2
    assert "4 Rhagfyr" in plan.text
    assert "English letter" not in plan.text
    said = letter(browse)
    assert browse.page.one("main").get("lang", "cy") == "cy"
    assert "Tachwedd 2026" in said
    assert "November" not in said
    assert "On 4 March Zebedee happened." in said


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_parent_elsewhere_is_told_why_there_is_no_letter(browse: Visitor, lang: str) -> None:
    browse.walk_all({"nation": "elsewhere"}, lang)
    assert browse.asked == ["nation"]
    plan = browse.get(f"/{lang}/plan")
    assert cards(plan) == []
    if lang == "en":
        assert "We cannot write your letter." in headings(plan)
        assert "0808" not in plan.one("main").itertext()
    browse.get("/en/letter-1/read", status=404)


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_parent_who_is_unhappy_with_the_court_alone_gets_a_signpost(browse: Visitor, lang: str) -> None:
    browse.walk_all({"concerns": ["court"]}, lang)
    assert browse.asked == ["nation", "authority", "role", "helper", "legal", "concerns"]
    plan = browse.get(f"/{lang}/plan")
    assert cards(plan) == []
    if lang == "en":
        assert "A complaint cannot help with this." in headings(plan)


def test_every_agency_gets_its_own_letter(browse: Visitor) -> None:
    agencies = ["police", "health", "school", "cafcass", "probation", "housing", "other-agency"]
    browse.walk_all({"concerns": [*agencies, "court"]})
    plan = browse.get("/en/plan")
    assert len(cards(plan)) == 7
    for number in range(1, 8):
        assert "Zebedee" in letter(browse, number)
    assert "A complaint cannot help with this." in headings(plan)


def test_the_agencies_of_wales_are_those_of_wales(browse: Visitor) -> None:
    browse.walk_all({"nation": "wales", "concerns": ["cafcass", "health"]})
    plan = browse.get("/en/plan")
    assert "Cafcass Cymru" in plan.text
    assert "Llais" in plan.text
    assert "Parliamentary and Health" not in plan.text


def test_a_supporter_names_both_and_the_parent_agrees(browse: Visitor) -> None:
    browse.walk_all({"role": "supporter", "concerns": ["worker"]})
    assert "writer" in browse.asked
    said = letter(browse)
    assert "Sam Quince" in said
    assert "Leanne Hartley" in said
    assert "I can end it at any time by telling you." in said


def test_a_young_person_is_asked_for_their_own_name_once(browse: Visitor) -> None:
    browse.walk_all({"role": "young-person", "concerns": ["worker"]})
    assert "parental-responsibility" not in browse.asked
    assert "Leanne Hartley" in letter(browse)


@pytest.mark.parametrize("legal", ["in-court", "letter-before-proceedings", "police-case"])
def test_a_parent_in_court_stops_at_a_page_and_may_go_on(browse: Visitor, legal: str) -> None:
    browse.begin()
    browse.walk({"legal": [legal]}, until="/before-you-write")
    assert browse.page.h1 == "Talk to a solicitor first"
    assert "Family Rights Group" in browse.page.text
    browse.get("/en/plan")
    assert browse.path == "/en/before-you-write"
    browse.walk({"concerns": ["worker"]})
    plan = browse.get("/en/plan")
    assert "Please stop here and talk to a solicitor first." in plan.text
    assert len(cards(plan)) == 1
    assert "court" not in letter(browse).lower()


def test_a_page_that_stops_a_parent_in_wales_says_where_free_advice_is(browse: Visitor) -> None:
    browse.begin()
    browse.walk({"nation": "wales", "legal": ["in-court"]}, until="/before-you-write")
    assert "Talk to someone, free" in headings(browse.page)
    assert "Ask your council who offers parent advocacy near you." in browse.page.text


def test_help_from_the_person_complained_about_brings_a_page_with_other_help(browse: Visitor) -> None:
    browse.begin()
    browse.walk({"helper": "complained-about"}, until="/who-helps")
    assert browse.page.h1 == "You can do this with someone else, or alone"
    browse.walk({"concerns": ["worker"]})
    assert "Try to get help from someone else." in browse.get("/en/plan").text


def test_a_parent_whom_nobody_told_how_to_complain_asks_for_the_procedure(browse: Visitor) -> None:
    browse.walk_all(DURHAM | {"concerns": ["conference-no-information"]})
    assert not [asked for asked in browse.asked if asked.startswith(("details", "outcomes"))]
    (card,) = cards(browse.get("/en/plan"))
    assert "Read letter 1" in card
    assert "procedure" in letter(browse)


def test_a_young_person_in_wales_and_every_box_filled(browse: Visitor) -> None:
    browse.walk_all(
        {
            "nation": "wales",
            "role": "young-person",
            "helper": "advocate",
            "concerns": ["conference-run", "conference-no-information", "services", "no-plan"],
            "conference-type": "review",
            "about-chair": "yes",
            "reply-by": ["post", "email", "phone"],
            "keep-private": ["not-other-parent", "no-messages"],
            "tried": "Narwhal rang twice.",
            "outcomes": {"own-outcome": "Axolotl asks for a visit."},
            "additions": {
                "recipient.name": "Ms Olwen Quill",
                "recipient.address": "County Hall\nAnytown",
                "dates-i-can-make": "Tuesdays and Thursdays",
                "enclosures": "letter from school\nphoto of door",
            },
            "support": {
                "support.interpreter": "British Sign Language",
                "support.supporter": "Auntie Bea",
                "support.adjustments": "Breaks please",
            },
            "reply-format": "easy-read",
            "council-details": {"reference": "CP 1140", "worker": "Mr Lowe"},
            "send-by": "post",
        }
    )
    plan = browse.get("/en/plan")
    assert len(cards(plan)) == 2
    said = letter(browse)
    for text in (
        "Narwhal rang twice.",
        "Axolotl asks for a visit.",
        "Ms Olwen Quill",
        "Tuesdays and Thursdays",
        "photo of door",
        "British Sign Language",
        "Auntie Bea",
        "Breaks please",
        "CP 1140",
        "01632 960001",
    ):
        assert text in said, text
