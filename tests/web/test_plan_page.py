"""What is on the plan: the days left, the steps ahead, help lines, and which language to send."""

from __future__ import annotations

import pytest
from answering_pages import DURHAM, TWO_LETTERS
from page_tree import squeeze, text_of
from seeing import cards, headings
from visiting import Visitor

from webapp.making import words_of


def test_with_fewer_than_five_days_left_a_short_letter_is_offered(browse: Visitor) -> None:
    soon = DURHAM | {"concerns": ["conference-run"], "event conference conference": "2026-10-20"}
    browse.walk_all(soon | {"event conference notes-received": "2026-10-30"})
    plan = browse.get("/en/plan")
    assert "Send it by Friday 27 November 4 days left" in cards(plan)[0]
    assert "There is little time." in plan.text
    browse.follow("Read the short letter")
    assert browse.path == "/en/letter-1/read/holding"
    assert browse.download("/en/letter-1/en/holding/large.pdf").startswith(b"%PDF")


def test_with_five_days_left_no_short_letter_is_offered(browse: Visitor) -> None:
    browse.walk_all(
        DURHAM
        | {
            "concerns": ["conference-run"],
            "event conference conference": "2026-10-20",
            "event conference notes-received": "2026-10-31",
        }
    )
    plan = browse.get("/en/plan")
    assert "5 days left" not in plan.text  # 28 November is a Saturday: send it the day before
    assert "There is little time." not in plan.text
    browse.get("/en/letter-1/read/holding", status=404)


@pytest.mark.parametrize(
    ("nation", "own", "others"),
    [("england", "0808 801 0366", "0808 80 10 800"), ("wales", "0808 80 10 800", "0808 801 0366")],
)
def test_the_help_lines_are_those_of_the_nation_with_the_day_they_were_read(
    browse: Visitor, nation: str, own: str, others: str
) -> None:
    browse.walk_all({"nation": nation, "concerns": ["worker"]})
    plan = browse.get("/en/plan")
    assert own in plan.text
    assert others not in squeeze(" ".join(plan.root.itertext()))
    lines = plan.all("li", "heard-help__item")
    allowed = {
        line.name for line in browse.law.help_lines if nation in line.nations and line.status in ("A", "B")
    }
    assert lines
    for line in lines:
        assert "We read this on " in text_of(line)
        assert text_of(next(line.iter("strong"))) in allowed


def test_a_child_s_line_is_not_the_one_that_a_stuck_parent_is_given(browse: Visitor) -> None:
    browse.begin()
    browse.walk({"nation": "wales"}, until="/concerns")
    assert "Meic" not in squeeze(" ".join(browse.page.root.itertext()))
    browse.get("/en/role")
    browse.answer({"role": "young-person"})
    assert "Meic" in text_of(browse.page.one("aside"))


@pytest.mark.parametrize(
    ("authority", "said"),
    [("E08000001", "We read that you have 28 days from the conference to complain."), ("E06000047", "")],
)
def test_what_was_partly_read_of_a_council_is_quoted_as_not_confirmed(
    browse: Visitor, authority: str, said: str
) -> None:
    browse.walk_all({"nation": "england", "authority": authority, "concerns": ["conference-run"]})
    plan = browse.get("/en/plan")
    if not said:
        assert "not confirmed" not in plan.text
        return
    assert said in plan.text
    assert "What we read about Greater Manchester: not confirmed" in headings(plan)
    assert "Ask the chair for the procedure that applies to you." in plan.text
    assert "We read this on 19 November 2026." in plan.text


def test_the_steps_ahead_are_a_list_in_words(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS)
    plan = browse.get("/en/plan")
    steps = [text_of(each) for each in plan.all("li", "heard-step")]
    assert any(
        step.startswith("By Wed 2 Dec The chair meets you.") and "From Thu 3 Dec they are late." in step
        for step in steps
    )
    calendars = [each.get("aria-label") for each in plan.all("div", "heard-calendar")]
    assert calendars == ["Today is Monday 23 November 2026. The last day is Monday 30 November 2026."]


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("nation", ["england", "wales"])
def test_the_plan_says_which_language_to_send(browse: Visitor, nation: str, lang: str) -> None:
    browse.walk_all({"nation": nation, "concerns": ["worker"]}, lang)
    plan = browse.get(f"/{lang}/plan")
    other = {"en": "cy", "cy": "en"}[lang]
    offered = f"/{lang}/letter-1/{other}/standard.pdf" in [a.get("href") for a in plan.all("a")]
    assert offered == (nation == "wales" or lang == "cy")
    note = words_of(lang).say("The council reads English. Send the English letter. The other one is for you.")
    assert (note in plan.text) == (lang == "cy" and nation == "england")
