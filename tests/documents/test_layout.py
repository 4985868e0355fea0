"""How letters and sheets lie on their pages: nothing is stranded, broken, lost, or too wide to follow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_cases import CASES, letters_of, plan_of, words
from letters_to_print import ARABIC, PLAIN, PLAN, RICH, WELSH
from sheets import (
    Line,
    body_of,
    faults_of_letter,
    faults_of_sheet,
    half_empty,
    lines_of,
    lost,
    overlapping,
    stranded,
    too_long,
    unsigned,
)

from webapp.documents import SIZES, next_steps, pdf
from webapp.letters.model import Heading, Letter, Paragraph, Signature

BY_STEM = {path.stem: path for path in CASES}
# The biggest calendar that there is, under a title of two lines.
_CARD = PLAN.cards[0]
_WEEKS = (*_CARD.panel.weeks[:1] * 4, _CARD.panel.weeks[1])
LONG_MONTH = replace(
    PLAN,
    cards=(replace(_CARD, title=_CARD.title * 2, panel=replace(_CARD.panel, weeks=_WEEKS)),) * 2,
)
SAMPLE = (
    "conference-durham-stage-1-complaint-by-a-supporter",
    "conference-durham-stage-2-escalation-late",
    "services-england-stage-3-escalation",
)


def faults(letter: Letter, size: str) -> list[str]:
    return faults_of_letter(letter, pdf.html_to_print(letter, size), size, pdf.render(letter, size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letter", [PLAIN, RICH, WELSH, ARABIC], ids=["plain", "rich", "welsh", "arabic"])
def test_a_letter_lies_well_on_its_pages(letter: Letter, size: str) -> None:
    assert faults(letter, size) == []


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", SAMPLE)
def test_letters_of_kept_cases_lie_well_on_their_pages(name: str, language: str) -> None:
    for _, letter in letters_of(BY_STEM[name], language):
        for size in SIZES:
            assert faults(letter, size) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_sheet_of_next_steps_lies_well_on_its_pages(size: str) -> None:
    for plan, say in (
        (PLAN, words("en").say),
        (LONG_MONTH, words("en").say),
        *((plan_of(BY_STEM[name], "cy"), words("cy").say) for name in SAMPLE),
    ):
        html = next_steps.html_to_print(plan, size, say)
        assert faults_of_sheet(html, size, next_steps.render(plan, size, say).content) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("notes", range(5))
def test_a_letters_place_and_title_stay_with_its_date(size: str, notes: int) -> None:
    card = PLAN.cards[0]
    first = replace(card, steps=card.steps[: notes + 1])
    for page in lines_of(next_steps.render(replace(PLAN, cards=(first, first)), size).content)[:-1]:
        last = body_of(page)[-1].text
        assert last not in (card.place, card.to, card.title, card.panel.label)


# So many sentences that what follows them falls on the end of a page.
@pytest.mark.parametrize(
    ("size", "full"), [("standard", range(16, 24)), ("large", range(19, 26)), ("giant", range(3, 12))]
)
def test_a_signature_never_stands_alone_on_its_page(size: str, full: range) -> None:
    seen = set()
    for lines in full:
        blocks = (*(Paragraph(f"Sentence {number}.") for number in range(lines)), Signature("Leanne", "Date"))
        letter = replace(PLAIN, blocks=blocks, enclosures=())
        assert faults(letter, size) == []
        for page in lines_of(pdf.render(letter, size)):
            text = [line.text for line in page]
            if "Yours faithfully" in text:
                seen.add(sum("Sentence" in line for line in text))
    assert 1 in seen, "no signature came near a page's end: choose other numbers of sentences"


@pytest.mark.parametrize(
    ("size", "full"), [("standard", range(14, 19)), ("large", range(19, 23)), ("giant", range(2, 9))]
)
def test_no_heading_is_left_behind_at_the_foot_of_a_page(size: str, full: range) -> None:
    for lines in full:
        blocks = (
            *(Paragraph(f"Sentence {number}.") for number in range(lines)),
            Heading("A heading"),
            *RICH.blocks[2:6],
        )
        assert faults(replace(PLAIN, blocks=blocks, closing="", enclosures=()), size) == []


@pytest.mark.parametrize("size", SIZES[1:])
def test_long_words_and_long_footers_keep_to_their_places(size: str) -> None:
    long = "Complaint about a child protection conference and about the services: request for stage 2"
    letter = replace(PLAIN, footer=long, sender=(*PLAIN.sender, "leanne.hartley-okafor@longer.example.org"))
    assert faults(letter, size) == []


# That the checks see what they are there to see.


def line(text: str, *kinds: str, top: float = 500, furniture: bool = False) -> Line:
    return Line(text, kinds or ("P",), top, top - 10, furniture)


def test_a_heading_at_the_end_of_a_page_is_seen() -> None:
    pages = [[line("Words"), line("A heading", "Sect", "H2", "Span")], [line("Its words")]]
    assert list(stranded(pages)) == ["a heading is left behind: A heading"]
    assert list(stranded([[line("A heading", "H2"), line("Its words")], [line("More")]])) == []


def test_a_lone_signature_is_seen() -> None:
    letter = replace(PLAIN, blocks=(Paragraph("Words."), Signature("Leanne", "Date")))
    ends = ["Yours faithfully", "Leanne", "Date"]
    for pages in (["Words.", *ends], []), (["Words."], ["Page two.", *ends]):
        assert list(unsigned(letter, list(pages))) == []
    for pages in (["Words."], ends), (["Words.", "Yours faithfully"], ["Leanne", "Date"]):
        assert list(unsigned(letter, list(pages))) != []


def test_a_broken_word_and_a_lost_word_are_seen() -> None:
    html = "<body><p>One <b>w</b>ord, two well-made <br>words.</p></body>"
    assert list(lost(html, b"", [[line("One word, two well-"), line("made words.")]])) == []
    assert list(lost(html, b"", [[line("One word, two wel"), line("l-made words.")]])) != []
    assert list(lost(html, b"", [[line("One word, two well-made")]])) == ["'words.' is broken or lost (1)"]


def test_a_line_that_is_too_long_is_seen() -> None:
    assert list(too_long([[line("a" * 70)]])) == []
    assert len(list(too_long([[line("a " * 36)]]))) == 1


def test_a_foot_that_touches_the_text_is_seen() -> None:
    assert list(overlapping([[line("Words", top=60), line("Page 1", top=40, furniture=True)]])) == []
    assert list(overlapping([[line("Words", top=52), line("Page 1", top=40, furniture=True)]])) != []
    assert list(overlapping([[line("Words", top=90), line("Page 1", top=20, furniture=True)]])) != []


def test_a_half_empty_page_is_seen() -> None:
    pages = [[line("Words", top=600), line("Page 1", top=40, furniture=True)], [line("My authority")]]
    assert list(half_empty(pages)) == ["a page is half empty, before: My authority"]
    assert list(half_empty(pages, "My authority for you")) == []
    assert list(half_empty([[line("Words", top=400)], [line("My authority")]])) == []


def test_what_is_read_from_a_page_is_what_is_on_it() -> None:
    (page,) = lines_of(next_steps.render(PLAN, "standard").content)
    assert [one.text for one in page if one.furniture] == [
        "Worked out on Monday 23 November 2026. Page 1 of 1"
    ]
    assert "M T W T F S S" not in [one.text for one in body_of(page)]
    assert [one.text for one in page if "H1" in one.kinds] == ["Your next steps"]
