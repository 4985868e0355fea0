"""The page of threats: each says what stops it and what is left, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from attacking import Browser, faults

from webapp.flows.law import Law

ROOT = Path(__file__).parent.parent.parent
_NEITHER_BROWSER_NOR_LONG = re.compile(r"mark\.(verify|skip|xfail)")


def test_every_threat_has_an_answer_and_tests_that_there_are(law: Law) -> None:
    assert len({threat.id for threat in law.threats}) == len(law.threats) > 10
    for threat in law.threats:
        assert threat.stopped_by, threat.id
        assert threat.left, threat.id
        assert threat.tests, threat.id
        for named in threat.tests:
            file, _, name = named.partition("::")
            found = [each for each in functions(ROOT / file) if each.name == name]
            assert len(found) == 1, named
            decorators = " ".join(map(ast.unparse, found[0].decorator_list))
            assert not _NEITHER_BROWSER_NOR_LONG.search(decorators), f"{named} does not run in make test"


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [each for each in tree.body if isinstance(each, ast.FunctionDef)]


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_the_page_shows_every_threat_and_is_found_from_privacy(browser: Browser, law: Law, lang: str) -> None:
    page = browser.client.get(f"/{lang}/threats")
    assert page.status_code == 200
    assert not faults(page)
    for threat in law.threats:
        assert f'id="{threat.id}"' in page.text
        for named in threat.tests:
            assert named.partition("::test_")[2].replace("_", " ") in page.text
    assert f'href="/{lang}/threats"' in browser.client.get(f"/{lang}/privacy").text


def test_the_attacks_are_all_named_somewhere(law: Law) -> None:
    named = {test.partition("::")[0] for threat in law.threats for test in threat.tests}
    ours = {f"tests/security/{path.name}" for path in Path(__file__).parent.glob("test_attacks_*.py")}
    assert ours <= named
