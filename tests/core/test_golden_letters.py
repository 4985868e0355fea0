"""One letter of each procedure, stage and kind, as a parent sends it.

tests/cases holds the answers, tests/letters the text.

`HEARD_REWRITE=1 pytest tests/core/test_golden_letters.py` writes the texts anew; read what changed.
A case is named after its letter, <procedure>-<stage>-<kind>, and what is special about it may follow.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from every_path import LAW, walked
from paths import TODAY
from reading_aloud import faults, our_words, shape_faults

from webapp.cases.reading import read_answers, read_case
from webapp.documents import render
from webapp.language import read_words
from webapp.letters.compose import compose
from webapp.places import translations_folder
from webapp.plans.compose import extra_kinds
from webapp.procedures import route

CASES = Path(__file__).parent.parent / "cases"
LETTERS = CASES.parent / "letters"
NAMES = sorted(path.stem for path in CASES.glob("*.json") if path.stem.startswith(tuple(LAW.procedure)))
WORDS = read_words("en", translations_folder())
Written = tuple[str, str, str]


def writable() -> set[Written]:
    """Each procedure, stage and kind that can be written."""
    found = set()
    for answers in walked()[1].values():
        case = read_answers(answers, LAW, TODAY)
        for due in route(case, LAW).letters:
            kinds = ([due.kind] if due.writes else []) + list(extra_kinds(case, due, LAW))
            found |= {(due.procedure.id, due.stage.id, kind) for kind in kinds}
    return found


def named(name: str) -> Written:
    """The procedure, the stage and the kind in a case’s name; the longest that fit."""
    fitting = [each for each in ALL if re.match(f"{'-'.join(each)}(-|$)", name)]
    assert fitting, f"no letter can be written that is called {name}"
    return max(fitting, key=lambda each: len("-".join(each)))


ALL = writable()


def test_each_procedure_stage_and_kind_has_a_letter_to_read() -> None:
    missing = {"-".join(each) for each in ALL - {named(name) for name in NAMES}}
    assert not missing, f"write a case in tests/cases for each of: {sorted(missing)}"


def test_no_letter_is_kept_without_its_case() -> None:
    assert sorted(path.stem for path in LETTERS.glob("*.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_letter_reads_as_it_did(name: str) -> None:
    procedure, stage, kind = named(name)
    document = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    case = read_case(document, LAW, date.min)
    found = route(case, LAW)
    due = next(each for each in found.letters if each.procedure.id == procedure)
    assert due.stage.id == stage
    assert kind in ((due.kind,) if due.writes else ()) + extra_kinds(case, due, LAW)
    letter = compose(case, due, found, LAW, WORDS, kind)
    assert not [fault for text in our_words(letter) for fault in faults(text)]
    assert not list(shape_faults(letter))
    path, text = LETTERS / f"{name}.txt", render(letter, "txt").content.decode("utf-8")
    if os.environ.get("HEARD_REWRITE"):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"write it with HEARD_REWRITE=1, and read it: {path.name}"
    assert text == path.read_text(encoding="utf-8"), (
        "if the new words are right, write them with HEARD_REWRITE=1"
    )
