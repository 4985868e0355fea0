"""Every letter and every plan on every path can be written, in every language.

Run with -s to see how many were read.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from every_path import LAW, check_words, letters_of, walked
from paths import TODAY
from profiles import OWN, PROFILES, merged
from reading_aloud import faults, strings_of
from sampled import languages
from wrapped import Heard, wrapped_words

from webapp.cases.reading import read_answers
from webapp.language import read_words
from webapp.places import translations_folder
from webapp.plans.compose import compose_plan
from webapp.procedures import route


@cache
def authority_names() -> frozenset[str]:
    return frozenset(name for entry in LAW.authorities for name in (entry.name, entry.name_cy) if name)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_letter_composes_in_every_language(profile: str) -> None:
    texts = 0
    own = OWN | authority_names()
    for key, answers in walked()[1].items():
        case = read_answers(merged(answers, profile), LAW, TODAY)
        name = f"{profile} {key[0]} {key[2]} {key[3]} {key[4]}"
        for _, kind, letter in letters_of(case, read_words("en", translations_folder())):
            check_words(f"{name} as {kind}", letter)
            texts += 1
        for _, kind, letter in letters_of(case, wrapped_words("cy")):
            check_words(f"{name} as {kind}, wrapped", letter, own)
            texts += 1
    print(f"\n{profile}: {texts} letters read")


@pytest.mark.parametrize("language", languages(but=("en",)))
def test_every_letter_composes_in_the_language_of_its_catalogue(language: str) -> None:
    words = read_words(language, translations_folder())
    heard = Heard(words.catalogue)
    words = replace(words, catalogue=heard)
    for key, answers in walked()[1].items():
        case = read_answers(merged(answers, "full"), LAW, TODAY)
        for _, kind, letter in letters_of(case, words):
            check_words(f"{language} {key[0]} {key[2]} {kind}", letter)
        compose_plan(case, route(case, LAW), LAW, words)
    assert not heard.left, f"these are left in English: {sorted(heard.left)}"


def test_every_plan_can_be_made_and_has_no_gap() -> None:
    for key, answers in walked()[1].items():
        case = read_answers(answers, LAW, TODAY)
        for words in (read_words("en", translations_folder()), wrapped_words("cy")):
            plan = compose_plan(case, route(case, LAW), LAW, words)
            (card,) = plan.cards
            wrong = [
                fault
                for text in strings_of(
                    (card.panel, card.steps, card.says, card.notes, plan.notes, plan.summary)
                )
                for fault in faults(text)
                if text and "straight quote" not in fault and "long dash" not in fault
            ]
            assert not wrong, f"{key}: {wrong}"
            assert card.panel.label
            assert card.panel.why or card.panel.left, key
            assert card.steps or card.notes, key
