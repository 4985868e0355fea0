"""A letter as it is said: the order, the silences, and what is said for numbers, addresses and marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letters_to_print import ARABIC, PLAIN, RICH, WELSH

from webapp.documents import spoken as said
from webapp.documents.sayable import sayable
from webapp.documents.spoken import Sentence, spoken
from webapp.language import read_words
from webapp.letters.model import (
    Block,
    Choices,
    Heading,
    Letter,
    OwnWords,
    Paragraph,
    Points,
    Signature,
    Space,
    Table,
    place,
)
from webapp.places import translations_folder

EMPTY = Letter("en", "ltr", "", "", (), (), "", "", "", (), (), "", "", (), (), "", "")
ENGLISH = read_words("en", translations_folder())


def of(*blocks: Block) -> list[Sentence]:
    """What is said of these parts alone."""
    return list(spoken(replace(EMPTY, blocks=blocks), ENGLISH))


def words(sentences: list[Sentence]) -> list[str]:
    return [sentence.words for sentence in sentences]


def test_the_letter_is_said_in_the_order_of_its_page_without_the_footer() -> None:
    whole = " | ".join(sentence.words for sentence in spoken(RICH, ENGLISH))
    parts = (
        "Send the other one.",
        "Żaneta",
        "Monday 23 November 2026",
        "The conference chair",
        "Dear Conference Chair",
        "stage 1 | My child",
        "I am Kai’s mother. |",
        "Date: 20 October 2026 | What happened: The conference was held.",
        "1. | How the conference was run",
        "2. | The decision",
        "First line | second line | a line set in",
        "Yours faithfully | Leanne Hartley | Date | Enclosed | letter from Kai’s school, 5 October 2026 |",
        "My authority",
        "I, Leanne Hartley, agree",
    )
    places = [whole.index(part) for part in parts]
    assert places == sorted(places)
    assert RICH.footer not in whole
    assert "{page}" not in whole
    assert "_" not in whole


def test_headings_stand_between_long_silences() -> None:
    before, heading, after = of(Paragraph("One."), Heading("Two"), Paragraph("Three."))
    assert before.pause == said.BEFORE_HEADING > said.AFTER_PARAGRAPH > said.AFTER_SENTENCE
    assert heading == Sentence("Two", said.AFTER_HEADING)
    assert after.pause >= said.AFTER_PARAGRAPH


def test_a_paragraph_is_said_sentence_by_sentence() -> None:
    assert words(of(Paragraph("He said “Wait.” I waited! Why? No one… came. It was 9.30am."))) == [
        "He said “Wait.”",
        "I waited!",
        "Why?",
        "No one… came.",
        "It was 9 30am.",
    ]
    assert words(of(Paragraph("Dr. Smith and J. Okafor rang St. Mary’s, e.g. twice."))) == [
        "Dr. Smith and J. Okafor rang St. Mary’s, e.g. twice."
    ]


def test_numbered_points_are_numbered_aloud() -> None:
    assert words(of(Points(("First.", "Second."), numbered=True))) == ["1.", "First.", "2.", "Second."]
    first, second = of(Points(("first", "second")))
    assert (first.words, second.words) == ("first", "second")
    assert first.pause >= said.AFTER_LINE


def test_a_table_is_read_row_by_row_with_its_headings() -> None:
    table = Table("So far", ("Day", "What"), (("2 May 2026", "They rang."), ("", "They wrote.")))
    assert words(of(table)) == ["So far", "Day: 2 May 2026", "What: They rang.", "What: They wrote."]


def test_places_of_a_blank_letter_are_read_as_their_names() -> None:
    blocks = (
        Paragraph(f"I got the notes on {place('the date')}. I am {place('your name')}"),
        Paragraph(place("who you are")),
        Space("what happened", 6),
        Choices(("They did not listen.", f"in this language: {place('language')}")),
        Signature(place("your name"), "Date"),
    )
    assert words(of(*blocks)) == [
        "I got the notes on, the date.",
        "I am, your name",
        "who you are",
        "what happened",
        "They did not listen.",
        "in this language: language",
        "your name",
        "Date",
    ]


def test_own_words_are_said_in_full_and_their_lines_apart() -> None:
    typed = "I asked\nthree times!!!!\n\nNobody   came"
    assert words(of(OwnWords((typed, "And then?")))) == [
        "I asked",
        "three times!",
        "Nobody came",
        "And then?",
    ]


def test_no_sentence_is_longer_than_a_breath_and_nothing_is_lost() -> None:
    long = " ".join(f"word{number:03}, and more" if number % 7 else "then" for number in range(400))
    sentences = of(Paragraph(long))
    assert all(len(sentence.words) <= said.LONGEST for sentence in sentences)
    assert " ".join(words(sentences)).split() == long.split()
    unbroken = of(OwnWords(("x" * 1000,)))
    assert all(len(word) <= 60 for sentence in unbroken for word in sentence.words.split())
    assert "".join(words(unbroken)).replace(" ", "") == "x" * 1000


@pytest.mark.parametrize("letter", [PLAIN, RICH, WELSH, ARABIC], ids=["plain", "rich", "welsh", "arabic"])
def test_every_sentence_has_words_and_a_silence(letter: Letter) -> None:
    language = "cy" if letter is WELSH else "en"
    for sentence in spoken(letter, read_words(language, translations_folder())):
        assert sentence.words == sentence.words.strip() != ""
        assert 0 <= sentence.pause < 2


def test_an_empty_letter_says_nothing() -> None:
    assert of() == []
    assert of(Paragraph(""), Paragraph("___ [ ] …")) == []


@pytest.mark.parametrize(
    ("seen", "heard"),
    [
        # Telephones, digit by digit
        ("Ring 07700 900 123.", "Ring 0 7 7 0 0, 9 0 0, 1 2 3."),
        ("07700900123", "0 7 7 0 0, 9 0 0, 1 2 3"),
        ("(01632) 960-366", "0 1 6 3 2, 9 6 0, 3 6 6"),
        ("+44 7700 900123", "+ 4 4, 7 7 0 0, 9 0 0, 1 2 3"),
        ("07700 900 123, 01632 960 366", "0 7 7 0 0, 9 0 0, 1 2 3, 0 1 6 3 2, 9 6 0, 3 6 6"),
        # Postcodes and references; a lone A would be said as the article
        ("AD14 0ZZ", "A, D 1 4, 0 Z Z"),
        ("SE1 9RT, London", "S E 1, 9 R T, London"),
        ("Your reference: CP/1140.", "Your reference: C P / 1 1 4 0."),
        ("2019/BR/00123", "2 0 1 9 / B R / 0 0 1 2 3"),
        ("12345678", "1 2 3 4 5, 6 7 8"),
        ("14A Elm Road", "1 4, A, Elm Road"),
        ("COVID-19 at 10AM", "COVID-19 at 10AM"),
        # Addresses
        ("sam_o-k99@ex-ample.co.uk", "sam underscore o dash k99@ex dash ample.co.uk"),
        ("https://www.example.org/a_b.", "www.example.org/a underscore b."),
        # Dates, times, money
        ("Monday 2 November 2026", "Monday 2 November 2026"),
        ("on 20/10/2026 or 2026-10-20", "on 20 10 2026 or 2026 10 20"),
        ("at 9.30am, 10.00 am and 3pm", "at 9 30am, 10 am and 3pm"),
        ("£50 of £1,250.50", "50 British pounds of 1,250.50 British pounds"),
        ("1,000,000 and 3.14", "1,000,000 and 3.14"),
        ("2-3 weeks, a 5-year-old", "2–3 weeks, a 5-year-old"),
        # Marks
        ("he/she (my son) said", "he she, my son, said"),
        ("(dydd Llun)", "dydd Llun"),
        ("section 26(3)(b).", "section 26, 3, b."),
        ("[my name] ____ *so*", "my name so"),
        ("-----", ""),
        ("☺", "☺"),
        # What would steer a machine
        ("<b>no</b> <break time='9s'/>", "b no /b break time='9s'/"),
        ("[[h@l'oU]]", "h@l'oU"),
        ("a\u200bb\u202e \x01c\x00\ue000", "ab c"),
    ],
)
def test_what_is_made_to_be_seen_can_be_heard(seen: str, heard: str) -> None:
    assert sayable(seen, ENGLISH) == heard


def test_money_is_said_in_the_letter_s_language() -> None:
    welsh = read_words("cy", translations_folder())
    assert sayable("£50", welsh) == "50 punt Prydain"
