"""Words that parents type: kept as typed, or refused with the reason at their box."""

from __future__ import annotations

import pytest
from seeing import WORDS, answers, says
from visiting import Visitor

EMOJI = "😀"


def test_a_character_that_cannot_be_printed_is_named_at_its_box(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    page = whole.submit(422, details=f"{WORDS} {EMOJI}")
    says(page, "details", f"We cannot print {EMOJI}. Take it out, or use words instead")
    assert page.form.fields["details"].held == [f"{WORDS} {EMOJI}"]
    whole.get("/en/children")
    page = whole.submit(422, names_0=f"Kai {EMOJI}")
    says(page, "names-0", f"We cannot print {EMOJI}. Take it out, or use words instead")


@pytest.mark.parametrize(
    "words", ["Zażółć gęślą jaźń", "Łukasz d’Ôr – “yes”", "Ŵyn ŷ", "Ημέρα", "Ёлка", "½ £5 €6"]
)
def test_other_alphabets_are_kept_as_typed(whole: Visitor, words: str) -> None:
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details=words)
    assert whole.path == "/en/check"
    assert answers(whole)["conference"]["details"]["conference-run"] == words
    assert words in whole.get("/en/letter-1/read").text


def test_words_are_kept_exactly_with_their_lines_and_spaces(whole: Visitor) -> None:
    typed = "First  line\r\n\r\n  <b>Second</b> & “third” {brackets} %(x)s {{ y }}\ttab"
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details=typed)
    kept = answers(whole)["conference"]["details"]["conference-run"]
    assert kept == typed.replace("\r\n", "\n")
    whole.get("/en/letter-1/details-1")
    assert whole.page.form.fields["details"].held == [kept]
    for address in ("/en/check", "/en/letter-1/read"):
        page = whole.get(address)
        assert "<b>Second</b> & “third” {brackets} %(x)s {{ y }}" in page.text
    assert (
        "<b>Second</b> & “third” {brackets} %(x)s {{ y }}"
        in whole.download("/en/letter-1/en/standard.txt").decode()
    )


def test_nul_and_other_control_characters_are_left_out(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details="Before\x00 and\x07 after\x1b[31m\u0085next")
    assert answers(whole)["conference"]["details"]["conference-run"] == "Before and after[31m\nnext"
    whole.get("/en/children")
    page = whole.submit(422, day_0="2\x00x", names_0="Kai\x00 Hartley")
    assert "\x00" not in page.html
    assert page.form.fields["names-0"].held == ["Kai Hartley"]


def test_fifty_thousand_characters_are_too_many_and_none_is_lost(whole: Visitor) -> None:
    words = "Zebra " * 8334
    kept = answers(whole)
    whole.get("/en/letter-1/details-1")
    page = whole.submit(422, details=words)
    says(page, "details", f"This is too long by {len(words) - 10_000} characters. 10000 fit. Make it shorter")
    assert page.form.fields["details"].held == [words]
    assert answers(whole) == kept


def test_as_many_characters_as_fit_are_taken(whole: Visitor) -> None:
    words = ("Zebra " * 1667)[:9_999] + "."
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details=words)
    assert answers(whole)["conference"]["details"]["conference-run"] == words
    assert whole.download("/en/letter-1/en/standard.pdf").startswith(b"%PDF")


@pytest.mark.parametrize("typed", ["leanne", "leanne@home", "a b@example.org", "@example.org"])
def test_an_email_address_that_is_none_is_refused(whole: Visitor, typed: str) -> None:
    whole.get("/en/contact")
    page = whole.submit(422, you__email=typed)
    says(page, "you.email", "Write the email address like name@example.org")
    assert page.form.fields["you.email"].held == [typed]


def test_a_line_that_is_too_long_is_refused(whole: Visitor) -> None:
    whole.get("/en/name")
    page = whole.submit(422, you__name="L" * 201)
    says(page, "you.name", "This is too long by 1 characters. 200 fit. Make it shorter")
