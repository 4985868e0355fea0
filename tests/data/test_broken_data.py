"""One broken example for each kind of error in the data: exactly one problem, with its place and remedy.

The examples are in the breaks_*.py beside this file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from breaking import DURHAM, OPENING, Break, copy_of_the_data, problems_of
from breaks_in_reading import READING
from breaks_unknown import UNKNOWN
from breaks_unreached import UNREACHED

from webapp.flows.checks import check_law
from webapp.flows.law import Law
from webapp.flows.problems import Problem


@pytest.fixture(scope="module")
def already(law: Law) -> tuple[Problem, ...]:
    """What is said of the data as it stands: nothing, when `test_the_law_is_whole` passes."""
    return check_law(law)


@pytest.mark.parametrize("broken", READING + UNKNOWN + UNREACHED, ids=lambda broken: broken.name)
def test_a_broken_file_gives_one_problem_with_its_place_and_remedy(
    broken: Break, tmp_path: Path, already: tuple[Problem, ...]
) -> None:
    copy_of_the_data(tmp_path)
    broken.apply(tmp_path)
    found = [problem for problem in problems_of(tmp_path) if problem not in already]
    assert len(found) == 1, "\n".join(map(str, found))
    problem = found[0]
    assert broken.what in problem.what
    assert broken.remedy in problem.remedy
    assert problem.entry == broken.entry
    assert problem.file == expected_file(broken)


def expected_file(broken: Break) -> str:
    if "flows" not in broken.file:
        return "templates/letters"
    if "no procedure catches" in broken.what:
        return "procedures"
    if "both catch" in broken.what:
        return f"{broken.entry}.toml"
    return Path(broken.file).name


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    copy_of_the_data(tmp_path)
    (tmp_path / "flows" / "habits.toml").unlink()
    found = problems_of(tmp_path)
    assert "habits.toml: the file is missing; put it back." in [str(problem) for problem in found]


def test_two_procedures_of_one_council_are_named(tmp_path: Path, already: tuple[Problem, ...]) -> None:
    copy_of_the_data(tmp_path)
    durham = tmp_path / DURHAM
    second = durham.read_text(encoding="utf-8").replace("conference-durham", "conference-a-second")
    durham.with_name("conference-a-second.toml").write_text(second, encoding="utf-8")
    found = [str(problem) for problem in problems_of(tmp_path) if problem not in already]
    assert found == [
        "conference-durham.toml, conference-durham: it and conference-a-second both catch the letter "
        "conference for E06000047; take the code out of one of them."
    ]


def test_everything_is_said_at_once(tmp_path: Path) -> None:
    copy_of_the_data(tmp_path)
    chosen = [broken for broken in UNKNOWN if broken.file != OPENING]
    texts = set()
    for broken in chosen:
        broken.apply(tmp_path)
        texts.add(broken.what)
    said = "\n".join(str(problem) for problem in problems_of(tmp_path))
    assert [text for text in texts if text not in said] == []
