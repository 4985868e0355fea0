"""The clock of the machine is moved under the running site, forward and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from half_way import PAGE, WORDS, half_way
from running import Site, visitor
from seeing import answers

from webapp.flows.law import Law

MINUTE = 60


class Clock:
    """The clock that a site sees, so many seconds before or after the right time."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.environ = {
            "PYTHONPATH": str(Path(__file__).parent / "moved_clock"),
            "MOVED_CLOCK": str(self.file),
        }
        self.move(0)

    def move(self, seconds: int) -> None:
        draft = self.file.with_suffix(".draft")
        draft.write_text(str(seconds))
        draft.rename(self.file)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


def test_a_clock_that_moves_shows_nothing_after_its_hour_and_loses_nothing_when_it_is_set_back(
    sites: Callable[..., Site], law: Law, clock: Clock
) -> None:
    site = sites(environ=clock.environ)
    browse = half_way(site, law)
    browse.submit(details=WORDS)
    kept = answers(browse)
    for minutes in (20, 50, -5, 10, -40):  # each move is less than an hour from the answer before it
        clock.move(minutes * MINUTE)
        assert answers(browse) == kept
        browse.get(PAGE)  # a page that is looked at begins the hour anew
    clock.move(0)
    assert answers(browse) == kept
    browse.get(PAGE)
    clock.move(61 * MINUTE)
    form = browse.page.form.filled(details="Zebra: typed before the hour was over")
    page = browse.post(PAGE, form, 409)
    assert "Zebra: typed before the hour was over" in page.text
    assert WORDS not in page.text
    browse.get("/en/plan")
    assert browse.path == "/en/nation"
    clock.move(0)
    browse.get("/en/plan")
    assert browse.path == "/en/nation", "what was over stays over"
    assert "Traceback" not in site.log()


@pytest.mark.verify
def test_answers_of_a_clock_that_was_wrong_do_not_outstay_their_hour(
    sites: Callable[..., Site], law: Law, clock: Clock
) -> None:
    clock.move(24 * 60 * MINUTE)
    site = sites(environ=clock.environ)
    browse = half_way(site, law)
    form = browse.page.form.filled(details=WORDS)
    clock.move(0)
    page = browse.post(PAGE, form, 409)
    assert WORDS in page.text
    other = visitor(site.port, law)
    other.get("/en/")
    other.bring_back(json.dumps({"case": 1, "answers": {"nation": "england"}}).encode())
    assert answers(other) == {"nation": "england"}, "from now on all is kept as always"
