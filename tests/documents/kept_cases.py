"""The cases that are kept in tests/cases, composed: their letters and their plans."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from webapp.cases.model import Case
from webapp.cases.reading import read_case
from webapp.clock import london_day
from webapp.flows.law import Law
from webapp.flows.reading import read_law
from webapp.language import Words, read_words
from webapp.letters.compose import compose
from webapp.letters.model import Letter
from webapp.places import flows_folder, templates_folder, translations_folder
from webapp.plans.compose import compose_plan, extra_kinds
from webapp.plans.model import Plan
from webapp.procedures import Route, route

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.json"))


@cache
def law() -> Law:
    """The law of this checkout."""
    return read_law(flows_folder(), templates_folder() / "letters")


def words(language: str) -> Words:
    """The words of a language."""
    return read_words(language, translations_folder())


def read(path: Path) -> tuple[Case, Route]:
    """A kept case and what follows from it today."""
    case = read_case(json.loads(path.read_text("utf-8")), law(), london_day())
    return case, route(case, law())


def letters_of(path: Path, language: str) -> Iterator[tuple[str, Letter]]:
    """Every letter that can be written in a kept case, each after its kind."""
    case, found = read(path)
    for due in found.letters:
        for kind in ([due.kind] if due.writes else []) + list(extra_kinds(case, due, law())):
            yield kind, compose(case, due, found, law(), words(language), kind)


def plan_of(path: Path, language: str) -> Plan:
    """The plan of a kept case."""
    case, found = read(path)
    return compose_plan(case, found, law(), words(language))
