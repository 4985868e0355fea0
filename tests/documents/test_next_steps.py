"""The parent's own sheet."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from conftest import elements_of, faults, furniture_of, pages_of, sizes_of, text_of, words_of
from letters_to_print import PLAN

from webapp.documents import SIZES, UnknownSize, next_steps
from webapp.plans.model import Plan

pytestmark = pytest.mark.usefixtures("no_complaints")

CARD = PLAN.cards[0]
TWO_LETTERS = replace(PLAN, cards=(CARD, replace(CARD, place="Letter 2 of 2", title="The services")))
NO_DATE = replace(
    PLAN,
    cards=(
        replace(
            CARD,
            panel=replace(CARD.panel, state="send-today", day=None, weekday="", big="", left="", weeks=()),
            steps=(),
        ),
    ),
)
NO_LETTER = replace(PLAN, cards=(), before_sending=(), reminders=())
MANY_LINES = replace(PLAN, lines=PLAN.lines * 7)
PLANS = {
    "one": PLAN,
    "two letters": TWO_LETTERS,
    "no date": NO_DATE,
    "no letter": NO_LETTER,
    "lines": MANY_LINES,
}


def sheet(plan: Plan, size: str = "standard") -> bytes:
    return next_steps.render(plan, size).content


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PLANS)
def test_every_sheet_is_pdf_ua_1(name: str, size: str) -> None:
    assert faults(sheet(PLANS[name], size)) == []


def test_one_letter_fits_on_one_side() -> None:
    assert len(pages_of(sheet(PLAN))) == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_dates_and_the_steps_of_the_plan_are_on_the_sheet(size: str) -> None:
    text = " ".join(words_of(text_of(sheet(PLAN, size))))
    panel = CARD.panel
    wanted = [
        CARD.place,
        CARD.title,
        CARD.to,
        panel.label,
        panel.big,
        panel.left,
        panel.why,
        *PLAN.before_sending,
    ]
    wanted += [
        words for step in CARD.steps for words in (step.when, step.hangs_on, step.allowed, step.if_not)
    ]
    wanted += [PLAN.lines[0].name, PLAN.lines[0].phone, PLAN.notes[0].title]
    wanted += ["The chair meets you.", "You send the letter.", "For you to keep. Do not send."]
    missing = [words for words in wanted if not set(words.split()) <= set(text.split())]
    assert missing == []
    assert "The chair The chair" not in text


def test_pictures_have_their_text_and_the_timetable_its_headings() -> None:
    elements = elements_of(sheet(PLAN))
    assert [alt for kind, _, _, alt in elements if kind == "Figure"] == ["Heard", CARD.panel.weeks_text]
    scopes = [scope for kind, _, scope, _ in elements if kind == "TH"]
    assert scopes == ["Column"] * 3 + ["Row"] * len(CARD.steps)


@pytest.mark.parametrize(("size", "words", "least"), [("large", 18, 16), ("giant", 24, 20)])
def test_large_and_giant_print_have_no_table_and_no_small_type(size: str, words: int, least: int) -> None:
    content = sheet(PLAN, size)
    assert "Table" not in {kind for kind, _, _, _ in elements_of(content)}
    assert min(sizes_of(content)) == least
    assert words in sizes_of(content)


@pytest.mark.parametrize("size", SIZES)
def test_the_headings_are_bookmarks(size: str) -> None:
    document = pypdfium2.PdfDocument(sheet(TWO_LETTERS, size))
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()
    letters = [mark for card in TWO_LETTERS.cards for mark in ((1, card.title), (2, "The steps ahead"))]
    assert marks == [
        (0, "Your next steps"),
        *letters,
        (1, "Before you send it"),
        (1, "Talk to someone, free"),
    ]


@pytest.mark.parametrize("size", SIZES)
def test_the_foot_of_a_page_is_furniture_and_not_read_out(size: str) -> None:
    content = sheet(PLAN, size)
    words = " ".join(furniture_of(content)).split()
    assert {word for word in words if word.isalpha()} == {*PLAN.made_on.split()[:4], "November", "Page", "of"}
    assert words.count("Page") == len(pages_of(content))


def test_a_rule_in_english_says_so_on_a_welsh_sheet() -> None:
    welsh = sheet(replace(PLAN, language="cy"))
    assert [kind for kind, language, _, _ in elements_of(welsh) if language == "en"] == ["Span"]
    assert [kind for kind, language, _, _ in elements_of(sheet(PLAN)) if language] == []


def test_the_sheets_own_words_are_translated() -> None:
    asked: list[str] = []

    def gettext(message: str) -> str:
        asked.append(message)
        return message.upper() if "{" not in message else message

    assert "YOUR NEXT STEPS" in text_of(next_steps.render(PLAN, "standard", gettext).content)
    assert "Page {page} of {pages}" in asked


def test_a_size_that_there_is_not_names_those_that_work() -> None:
    with pytest.raises(UnknownSize, match="standard, large, giant"):
        next_steps.render(PLAN, "huge")
