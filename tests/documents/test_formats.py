"""Which formats and sizes there are, and what is said about any other."""

from __future__ import annotations

from importlib import import_module

import pytest
from letters_to_print import PLAIN

from webapp.documents import FORMATS, UnknownFormat, UnknownSize, check, render


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_its_module(format: str) -> None:
    assert callable(import_module(FORMATS[format].module).render)


@pytest.mark.parametrize("format", [format for format, each in FORMATS.items() if each.made_of == "letter"])
def test_every_format_of_a_letter_comes_in_each_of_its_sizes(format: str) -> None:
    for size in FORMATS[format].sizes:
        made = render(PLAIN, format, size)
        assert made.content
        assert made.extension == format
        assert made.media_type == FORMATS[format].media_type


def test_an_unknown_format_names_those_that_work() -> None:
    with pytest.raises(UnknownFormat) as refused:
        render(PLAIN, "docx")
    assert refused.value.works == ("pdf", "html", "txt", "ics")
    assert str(refused.value) == "There is no format “docx”. These work: pdf, html, txt, ics."


def test_a_size_that_the_format_has_not_names_those_that_work() -> None:
    with pytest.raises(UnknownSize, match="standard") as refused:
        check("txt", "large")
    assert refused.value.works == ("standard",)
    with pytest.raises(UnknownSize, match="standard, large"):
        render(PLAIN, "pdf", "giant")


def test_a_calendar_is_not_made_of_a_letter() -> None:
    with pytest.raises(UnknownFormat, match="pdf, html, txt"):
        render(PLAIN, "ics")


def test_what_is_wrong_can_be_said_in_another_language() -> None:
    error = UnknownFormat("docx", ("pdf",))
    assert error.say(lambda message: "{works}, not {format}") == "pdf, not docx"
