"""The council that CONTRIBUTING.md invents: the file shown there is enough for whole letters."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from webapp.cases.reading import read_answers
from webapp.documents import render
from webapp.flows.checks import check_law
from webapp.flows.law import Law
from webapp.flows.reading import read_law
from webapp.language import read_words
from webapp.letters.compose import compose
from webapp.places import flows_folder, templates_folder, translations_folder
from webapp.procedures import route

ROOT = Path(__file__).resolve().parent.parent.parent
MONDAY = date(2026, 11, 23)
WEXCOMBE = {"nation": "england", "authority": "E06099999", "concerns": ["conference-run"]}


def blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.S)


def law_with_wexcombe(folder: Path) -> Law:
    flows = folder / "flows"
    shutil.copytree(flows_folder(), flows)
    for block in blocks():
        for table, file in (("source", "sources"), ("rule", "rules"), ("authority", "authorities")):
            if block.startswith(f"[[{table}]]"):
                with (flows / f"{file}.toml").open("a", encoding="utf-8") as kept:
                    kept.write(f"\n{block}")
        if '\nid = "conference-wexcombe"' in block:
            (flows / "procedures" / "conference-wexcombe.toml").write_text(block, encoding="utf-8")
    return read_law(flows, templates_folder() / "letters")


def letter(law: Law, **section: object) -> str:
    case = read_answers({**WEXCOMBE, "conference": section}, law, MONDAY)
    found = route(case, law)
    assert found.letters[0].procedure.id == "conference-wexcombe"
    words = read_words("en", translations_folder())
    composed = compose(case, found.letters[0], found, law, words)
    assert composed.heading
    return render(composed, "txt").content.decode()


def test_the_example_is_in_order(tmp_path: Path) -> None:
    assert [str(problem) for problem in check_law(law_with_wexcombe(tmp_path))] == []


def test_its_letters_are_whole_with_that_one_file(tmp_path: Path) -> None:
    law = law_with_wexcombe(tmp_path)
    late = letter(law, **{"notes-received": "2026-10-19", "why-late": "I was in hospital."})
    assert "The procedure allows 28 days." in late
    assert "7 days late" in " ".join(late.split())  # due Monday 2026-11-16
    further = letter(law, reached="stage-1-replied", conference="2026-10-05")
    assert "request for stage 2" in " ".join(further.split())
    assert "I remain dissatisfied" in " ".join(further.split())
