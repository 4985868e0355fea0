"""Glossaries: every language has one, its catalogue keeps to it, and English stands at a term’s first use."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from kept_letters import letter_in
from sampled import languages

from webapp.glossary import Glossing, Term, read_glossary
from webapp.glossed_page import glossed_page
from webapp.language import BY_ID
from webapp.places import translations_folder

TERMS = (
    "child protection conference",
    "review conference",
    "child protection plan",
    "social worker",
    "parental responsibility",
    "complaint",
    "stage",
    "Children’s Services",
    "core group",
    "Ombudsman",
    "advocate",
    "chair",
    "panel",
    "conference",
)
OTHERS = languages(but=("en",))
PLAN = Term("child protection plan", "plan ochrony dziecka", ("plan* ochrony dziecka",))
COMPLAINT = Term("complaint", "skarga", ("skarg*",))


def glossary(language: str) -> tuple[Term, ...]:
    return read_glossary(BY_ID[language], translations_folder())


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_each_term(language: str) -> None:
    terms = glossary(language)
    assert sorted(term.english for term in terms) == sorted(TERMS)
    assert all(term.own and term.forms for term in terms)


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_says_each_term_as_its_glossary_does(language: str) -> None:
    locale = BY_ID[language].locale
    with (translations_folder() / locale / "LC_MESSAGES" / "heard.po").open("rb") as file:
        texts = [(_one(message.id), _one(message.string)) for message in read_po(file, locale=locale)]
    for term in glossary(language):
        kept, other = 0, []
        for english, said in texts:
            if not _says(term.english, english):
                continue
            if re.search(term.pattern, said, re.I) or term.english.casefold() in said.casefold():
                kept += 1
            else:
                other.append((english, said))
        least = LEAST.get((language, term.english), 0.85)
        assert kept >= least * (kept + len(other)), (term, other[:5])


def _one(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else " ".join(text)


def _says(term: str, english: str) -> bool:
    """Whether an English message has the term, and not only as a part of a longer one or in a quotation."""
    for longer in (each for each in TERMS if term.casefold() in each.casefold() and each != term):
        english = re.sub(re.escape(longer), "", english, flags=re.I)
    return bool(re.search(rf"\b{re.escape(term)}(s|’s)?\b", re.sub("“[^”]*”", "", english), re.I))


# Where a word of the language has several meanings, its broad form is left out of the glossary.
LEAST = {("fa", "panel"): 0.6, ("ckb", "conference"): 0.35}


@pytest.mark.parametrize("language", languages(but=("en", "cy")))
def test_a_letter_says_the_english_at_the_first_use_of_a_term(language: str) -> None:
    texts = " ".join(letter_in(language))
    for term in glossary(language):
        first = next(
            (
                found
                for found in re.finditer(term.pattern, texts, re.I)
                if not texts[found.end() :].lstrip().startswith(("(", "（"))
            ),
            None,
        )
        if first is not None:
            assert term.english.casefold() in texts.casefold(), term


def test_a_letter_that_a_council_reads_in_welsh_has_no_english_in_it() -> None:
    texts = " ".join(letter_in("cy"))
    assert not [english for english in TERMS if f"({english}" in texts]


def test_a_term_is_glossed_once_and_a_part_of_it_not_again() -> None:
    gloss = Glossing((PLAN, COMPLAINT))
    assert gloss.text("Skarga na planie ochrony dziecka.") == (
        "Skarga (complaint) na planie ochrony dziecka (child protection plan)."
    )
    assert gloss.text("Skargi i planu ochrony dziecka.") == "Skargi i planu ochrony dziecka."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Skarga (complaint) i plan", "Skarga (complaint) i plan"),
        ("Skarga (nr 4), druga skarga", "Skarga (nr 4), druga skarga (complaint)"),
        ("Oskarga", "Oskarga"),
        ("(skarga) i skarga", "(skarga) i skarga (complaint)"),
    ],
)
def test_what_is_glossed_already_or_is_another_word_stays(text: str, said: str) -> None:
    assert Glossing((PLAN, COMPLAINT)).text(text) == said


def test_a_page_is_glossed_in_its_main_part_and_never_in_what_somebody_typed() -> None:
    html = (
        '<title>Skarga</title><header>Skarga</header><main id="m"><p dir="auto">Moja skarga</p>'
        '<textarea>skarga</textarea><blockquote lang="pl"><p>skarga</p></blockquote>'
        '<a title="skarga">Skarga</a><p>Skarga</p></main><footer>Skarga</footer>'
    )
    made = glossed_page(html, BY_ID["pl"])
    assert made == html.replace('">Skarga</a>', '">Skarga (complaint)</a>')
    assert glossed_page(html, BY_ID["cy"]) == html
