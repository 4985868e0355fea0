"""The site in each language: every page in it, the two letters, the language that nobody changes."""

from __future__ import annotations

import pytest
from answering_pages import CARMARTHENSHIRE, ENGLAND, TWO_LETTERS
from own_words import OWN_WORDS, in_own_words
from page_tree import text_of
from sampled import languages
from visiting import Visitor

from webapp.language import BY_ID, ENGLISH, LANGUAGES
from webapp.making import words_of

PAGES = (
    "",
    "privacy",
    "accessibility",
    "dates",
    "rules",
    "traces",
    "threats",
    "come-back",
    "templates",
    "kiosk",
)
FOREIGN = languages(but=("en", "cy"))


@pytest.mark.parametrize("lang", languages(but=("en",)))
def test_every_page_is_whole_in_its_language(browse: Visitor, lang: str) -> None:
    """Each page is read by the visitor: its direction, its words, what is left in English."""
    for name in PAGES:
        assert browse.get(f"/{lang}/{name}").root.get("lang") == lang
    browse.walk_all(TWO_LETTERS, lang)
    for name in ("check", "plan", "letter-1/read", "letter-2/read", "save", "finished"):
        assert browse.get(f"/{lang}/{name}").root.get("lang") == lang


@pytest.mark.parametrize("lang", languages())
def test_one_line_says_that_nobody_has_checked_the_words(browse: Visitor, lang: str) -> None:
    page = browse.get(f"/{lang}/")
    said = [text_of(each) for each in page.all("p", "heard-unchecked")]
    checked = lang == ENGLISH.id or BY_ID[lang].reviewed
    assert len(said) == (0 if checked else 1)


@pytest.mark.parametrize("lang", FOREIGN)
def test_the_letter_to_send_comes_first_and_the_parent_s_own_says_so(browse: Visitor, lang: str) -> None:
    browse.walk_all(ENGLAND | {"concerns": ["worker"]}, lang)
    plan = browse.get(f"/{lang}/plan")
    rows = [a.get("href") for a in plan.all("a", "heard-files__link")]
    assert rows[:2] == [
        f"/{lang}/letter-1/en/standard.pdf",
        f"/{lang}/letter-1/{lang}/your-copy/standard.pdf",
    ]
    first, own = plan.all("a", "heard-files__link")[:2]
    sent = words_of(lang).say("The letter to send, in this language: %(language)s")
    assert sent != "The letter to send, in this language: %(language)s"
    assert " ".join((sent % {"language": "English"}).split()) in text_of(first)
    assert words_of(lang).say("Please do not send it.") in text_of(own)


@pytest.mark.parametrize("lang", FOREIGN)
def test_the_two_letters_say_the_same_paragraph_by_paragraph(browse: Visitor, lang: str) -> None:
    browse.walk_all(TWO_LETTERS, lang)
    page = browse.get(f"/{lang}/letter-1/read")
    own, to_send = page.all("article", "letter")
    assert (own.get("lang"), own.get("dir")) == (lang, BY_ID[lang].direction)
    assert (to_send.get("lang"), to_send.get("dir")) == ("en", "ltr")
    notice, *rest = [each for each in own if each.get("class") == "letter__notice"]
    assert words_of(lang).say(
        "This copy is for you to read and keep. Please do not send it. Send the letter in English."
    ) == text_of(notice)
    assert rest == []
    shape = [(each.tag, each.get("class")) for each in own.iter() if "letter__" in each.get("class", "")][1:]
    other = [(each.tag, each.get("class")) for each in to_send.iter() if "letter__" in each.get("class", "")]
    headings = {"h1", "h2", "h3", "h4"}
    assert [name for tag, name in shape if tag not in headings] == [
        name for tag, name in other if tag not in headings
    ]
    assert "Marmalade: I had the report ten minutes before." in text_of(own)
    assert "Marmalade: I had the report ten minutes before." in text_of(to_send)


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_who_can_send_the_letter_of_the_page_sees_one(browse: Visitor, lang: str) -> None:
    browse.walk_all(CARMARTHENSHIRE | {"concerns": ["worker"]}, lang)
    page = browse.get(f"/{lang}/letter-1/read")
    assert [each.get("lang") for each in page.all("article", "letter")] == [lang]


@pytest.mark.parametrize("lang", OWN_WORDS)
def test_words_that_are_not_english_stay_and_the_letter_asks_for_them_to_be_translated(
    browse: Visitor, lang: str
) -> None:
    browse.walk_all(in_own_words(lang), lang)
    plan = browse.get(f"/{lang}/plan")
    asked = (
        "Some of your own words are not in English. They stay just as you wrote them. "
        "The letter asks for them to be translated, and for an interpreter."
    )
    first, second = plan.all("article", "heard-card")
    assert words_of(lang).say(asked) in text_of(first)
    assert words_of(lang).say(asked) not in text_of(second)
    own, to_send = browse.get(f"/{lang}/letter-1/read").all("article", "letter")
    for letter in (own, to_send):
        assert OWN_WORDS[lang] in text_of(letter)
    english = text_of(to_send)
    assert "Some of my own words in this letter are not in English. Please have them translated." in english
    assert (
        "Please arrange an interpreter for meetings and calls with me, in the language of my own words."
        in english
    )
    second_letter = browse.get(f"/{lang}/letter-2/read").all("article", "letter")[1]
    assert "translated" not in text_of(second_letter)


def test_the_language_can_change_on_any_page_and_no_answer_is_lost(browse: Visitor) -> None:
    browse.begin("en")
    browse.walk(TWO_LETTERS, until="/details-1")
    before = browse.path.removeprefix("/en/")
    for language in LANGUAGES[::-1]:
        here = browse.page.one("details", "heard-languages")
        (link,) = [a for a in here.iter("a") if a.get("hreflang") == language.id]
        browse.get(link.get("href", ""))
        assert browse.path == f"/{language.id}/{before}"
    browse.walk(TWO_LETTERS)
    assert "Pangolin: 12 days are wrong." in browse.page.text


def test_what_a_language_has_not_is_said_in_it(browse: Visitor) -> None:
    browse.walk_all(TWO_LETTERS, "so")
    words = words_of("so")
    formats = f"{words.say('Braille')}, {words.say('Audio (MP3)')}"
    said = words.say("Not in this language yet: {formats}.").replace("{formats}", formats)
    assert said in browse.get("/so/letter-1/read").text
