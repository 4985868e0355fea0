"""The real data in a folder of its own, with one thing broken, and what is then said of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from webapp.flows.checks import check_law
from webapp.flows.problems import DataError, Problem
from webapp.flows.reading import read_law
from webapp.places import flows_folder, templates_folder

DURHAM = "flows/procedures/conference-durham.toml"
QUESTIONS = "flows/questions.toml"
OPENING = "templates/letters/10-opening.toml"


@dataclass(frozen=True)
class Break:
    """One edit, and the one problem that must come of it.

    After the first `at` of the file, the first `old` becomes `new`; without `old`, `new` is put right
    behind `at`; without both, `new` is added at the end of the file.
    """

    name: str
    file: str
    new: str
    at: str = ""
    old: str = ""
    entry: str = ""
    what: str = ""
    remedy: str = ""

    def apply(self, root: Path) -> None:
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        if not self.at and not self.old:
            path.write_text(f"{text}\n{self.new}\n", encoding="utf-8")
            return
        start = text.index(self.at) + len(self.at)
        place = text.index(self.old, start)
        path.write_text(text[:place] + self.new + text[place + len(self.old) :], encoding="utf-8")


def copy_of_the_data(root: Path) -> None:
    """flows/ and templates/letters/ under `root`."""
    shutil.copytree(flows_folder(), root / "flows")
    shutil.copytree(templates_folder() / "letters", root / "templates" / "letters")


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Everything that is said of the data under `root`, at reading or at checking."""
    try:
        return check_law(read_law(root / "flows", root / "templates" / "letters"))
    except DataError as error:
        return error.problems.found
