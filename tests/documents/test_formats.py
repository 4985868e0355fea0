"""Which formats and sizes there are, and what is said about any other."""

from __future__ import annotations

from importlib import import_module

import pytest
from kept_cases import CASES, letters_of
from letters_to_print import PLAIN
from sampled import languages

from webapp.documents import (
    FORMATS,
    NotInLanguage,
    Offer,
    UnknownFormat,
    UnknownSize,
    check,
    offers,
    render,
)
from webapp.documents.text import text
from webapp.language import BY_ID


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_its_module(format: str) -> None:
    assert callable(import_module(FORMATS[format].module).render)


@pytest.mark.parametrize("format", [format for format, each in FORMATS.items() if each.made_of == "letter"])
def test_every_format_of_a_letter_comes_in_each_of_its_sizes(format: str) -> None:
    for size in FORMATS[format].sizes:
        made = render(PLAIN, format, size)
        assert made.content
        assert made.extension == FORMATS[format].extension
        assert made.media_type == FORMATS[format].media_type


def test_an_unknown_format_names_those_that_work() -> None:
    with pytest.raises(UnknownFormat) as refused:
        render(PLAIN, "doc")
    assert refused.value.works == tuple(FORMATS)
    assert str(refused.value).startswith("There is no format “doc”. These work: pdf, docx, txt, html, brf")


def test_a_size_that_the_format_has_not_names_those_that_work() -> None:
    with pytest.raises(UnknownSize, match="standard") as refused:
        check("txt", "large")
    assert refused.value.works == ("standard",)
    with pytest.raises(UnknownSize, match="standard, large, giant"):
        render(PLAIN, "pdf", "huge")


def test_a_format_that_a_language_does_not_have_names_the_nearest() -> None:
    with pytest.raises(NotInLanguage) as refused:
        check("brf-grade-1", "standard", "cy")
    assert refused.value.nearest == "brf"


def test_each_file_has_a_name_of_its_own_that_says_what_it_is() -> None:
    names = [offer.file_name("letter-1") for offer in offers(BY_ID["en"])]
    assert len(set(names)) == len(names)
    assert {"letter-1.pdf", "letter-1-giant-print.docx", "letter-1.brf", "letter-1-grade-1.brf"} <= set(names)


@pytest.mark.parametrize("offer", offers(BY_ID["en"]), ids=lambda offer: offer.file_name("letter"))
def test_how_large_a_file_is_said_to_be_is_about_right(offer: Offer) -> None:
    about = offer.format.size_of(text(PLAIN), BY_ID["en"])
    true = len(render(PLAIN, offer.format.id, offer.size).content)
    assert 0.7 < about / true < 1.4


@pytest.mark.parametrize("format", ["pdf", "txt", "html", "docx"])
@pytest.mark.parametrize("language", languages())
def test_it_is_about_right_in_every_script(language: str, format: str) -> None:
    for _, letter in letters_of(CASES[0], language):
        about = FORMATS[format].size_of(text(letter), BY_ID[language])
        assert 0.7 < about / len(render(letter, format).content) < 1.4


def test_a_calendar_is_not_made_of_a_letter() -> None:
    with pytest.raises(UnknownFormat, match="pdf, docx, txt, html, brf, brf-grade-1, mp3"):
        render(PLAIN, "ics")


def test_what_is_wrong_can_be_said_in_another_language() -> None:
    error = UnknownFormat("docx", ("pdf",))
    assert error.say(lambda message: "{works}, not {format}") == "pdf, not docx"
