"""A long letter of the kept cases, in any language, as the texts that it prints of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from reading_aloud import our_words

from webapp.cases.reading import read_case
from webapp.clock import london_day
from webapp.flows.reading import read_law
from webapp.language import read_words
from webapp.letters.compose import compose
from webapp.places import flows_folder, templates_folder, translations_folder
from webapp.procedures import route

_CASE = Path(__file__).parent.parent / "cases" / "conference-durham-stage-2-escalation.json"


def letter_in(language: str) -> Iterator[str]:
    """What the letter says in this language."""
    law = read_law(flows_folder(), templates_folder() / "letters")
    case = read_case(json.loads(_CASE.read_text("utf-8")), law, london_day())
    found = route(case, law)
    letter = compose(case, found.letters[0], found, law, read_words(language, translations_folder()))
    return our_words(letter)
