"""Whether a council can read a parent’s own words: what is typed in another language is noticed."""

from __future__ import annotations

import pytest
from sampled import languages

from webapp.flows.law import Law
from webapp.language import read_words
from webapp.letters.own_language import can_be_read
from webapp.places import translations_folder


def examples(law: Law) -> tuple[str, ...]:
    """What parents write, as the pages give it for an example: whole sentences."""
    said = (sentence.text for entry in law.concerns for sentence in entry.example)
    return tuple(text for text in said if len(text.split()) > 11)


def test_english_words_can_be_read_in_both_nations(law: Law) -> None:
    assert len(examples(law)) > 10
    for nation in ("england", "wales"):
        for text in examples(law):
            assert can_be_read([text], nation), text


def test_welsh_words_can_be_read_in_wales_alone(law: Law) -> None:
    words = read_words("cy", translations_folder())
    said = [words.say(text) for text in examples(law)]
    assert all(can_be_read([text], "wales") for text in said)
    assert not any(can_be_read([text], "england") for text in said)


@pytest.mark.parametrize("language", languages(but=("en", "cy")))
def test_words_in_another_language_cannot(law: Law, language: str) -> None:
    words = read_words(language, translations_folder())
    said = [words.say(text) for text in examples(law)]
    assert not [text for text in said if can_be_read([text], "england")]
    # A few words of Welsh are words of Romanian or Spanish too.
    assert len([text for text in said if can_be_read([text], "wales")]) <= len(said) / 4


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", True),
        ("12 March, 10 am", True),
        ("Żaneta Szűcs, Nguyễn Văn An, O’Brien", True),
        ("Ms Łukaszewska and the two others from the school were never asked to come to it", True),
        (
            "Reports late, page 4 wrong, pages 7 to 9 missing, father’s name wrong, school’s letter missing",
            True,
        ),
        ("الاجتماع", False),
        ("会议开得太快", False),
        ("Nobody came. لم يأت أحد إلى الاجتماع ولم يتصل بي أحد بعد ذلك", False),
        ("I said “شكرا” to the chair and left, because there was nothing more that I could do", True),
        ("Nikt nie przyszedł i nikt do mnie potem nie zadzwonił, a ja czekałam cały dzień", False),
    ],
)
def test_what_is_short_or_holds_a_foreign_name_is_no_other_language(text: str, read: bool) -> None:
    assert can_be_read([text], "england") is read
    assert can_be_read(["This was said and done before they asked.", text], "england") is read
