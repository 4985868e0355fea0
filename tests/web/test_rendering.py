"""Letters are made in processes of their own: nothing that a letter does reaches a page or another letter."""

from __future__ import annotations

import io
import json
import os
import pickle
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import poison
import pytest
from slow_site import CASE

from webapp.cases.reading import read_case
from webapp.documents import (
    Document,
    NotInLanguage,
    TooLong,
    UnknownSize,
    UnprintableCharacters,
)
from webapp.flows.law import Law
from webapp.letters.model import Letter
from webapp.making import compose_one, words_of
from webapp.procedures import route
from webapp.rendering import Busy, NotMade, Rendering, child, lanes, renderer
from webapp.rendering.lanes import Lane

HURRIED = Lane("paper", limit=1, usual=0.4, line=3)


@pytest.fixture
def rendering() -> Iterator[Rendering]:
    """Two processes that make letters."""
    made = Rendering()
    made.start(2)
    yield made
    made.stop()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter has one second."""
    monkeypatch.setattr(lanes, "PAPER", HURRIED)


@pytest.fixture
def letter_of_a_case(law: Law) -> Letter:
    case = read_case(json.loads(CASE.read_text()), law, date(2026, 11, 23))
    found = route(case, law)
    return compose_one(case, found, found.letters[0].letter, None, law, words_of("en"))


def sleep(rendering: Rendering, seconds: float = 0) -> bytes:
    return rendering.make("pdf", poison.sleeps, seconds).content


def others(rendering: Rendering, work: Callable[..., Document], seconds: float = 0.2) -> list[bytes]:
    """What four neighbours get while a poisoned letter is being made."""
    with ThreadPoolExecutor(5) as people:
        bad = people.submit(rendering.make, "pdf", work)
        good = [people.submit(rendering.make_for_zip, "pdf", poison.sleeps, seconds) for _ in range(4)]
        found = [each.result() for each in good]
        assert isinstance(bad.exception(), NotMade)
    return [each.content for each in found]


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(poison.crashes, id="crashes"),
        pytest.param(poison.eats_memory, id="eats memory"),
        pytest.param(poison.breaks, id="breaks"),
    ],
)
def test_a_poisoned_letter_hurts_no_neighbour_and_the_pool_heals(
    rendering: Rendering, work: Callable[..., Document]
) -> None:
    assert others(rendering, work) == [b"slept"] * 4
    assert sleep(rendering) == b"slept"
    assert rendering.state()["line"] == 0


def test_a_letter_that_never_ends_is_ended_and_hurts_no_neighbour(
    rendering: Rendering, hurried: None, capfd: pytest.CaptureFixture[str]
) -> None:
    sleep(rendering)
    begun = time.monotonic()
    assert others(rendering, poison.never_ends) == [b"slept"] * 4
    assert time.monotonic() - begun < 15
    assert sleep(rendering) == b"slept"


def test_a_process_whose_server_is_gone_ends_itself(rendering: Rendering, hurried: None) -> None:
    """Nobody is left to end it then: the system does, after the letter’s time."""
    one = renderer.Renderer()
    one.start()
    one._waited_for().send((poison.never_ends, (), 0.5))
    process = one._process
    assert process is not None
    assert process.wait(1 + child.GRACE + 5) == -14  # SIGALRM
    one.stop()


def test_a_letter_that_lost_its_process_by_chance_is_made_by_the_next(
    rendering: Rendering, tmp_path: Path
) -> None:
    assert rendering.make("pdf", poison.crashes_once, str(tmp_path / "mark")).content == b"made"


def test_a_process_that_dies_idle_is_replaced(rendering: Rendering) -> None:
    sleep(rendering)
    for each in rendering._all:
        os.kill(each.pid, 9)
    assert sleep(rendering) == b"slept"


def test_what_a_letter_said_when_it_broke_is_not_logged(
    rendering: Rendering, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NotMade):
        rendering.make("pdf", poison.breaks)
    with pytest.raises(NotMade):
        rendering.make("pdf", poison.crashes)
    assert "KeyError at" in caplog.text
    assert "signal 11" in caplog.text
    assert poison.NAME not in caplog.text
    assert capfd.readouterr() == ("", "")


def test_the_process_leaves_no_core_and_knows_no_setting_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_SECRET", "0123456789abcdef0123456789abcdef")
    made = Rendering()
    made.start(1)
    pid, core, known = made.make("pdf", poison.tells).content.decode().split(" ", 2)
    made.stop()
    assert int(pid) != os.getpid()
    assert (core, known) == ("0", "[]")


def test_what_the_process_leaves_behind_is_taken_away(rendering: Rendering) -> None:
    sleep(rendering)
    folders = [Path(each._folder) for each in rendering._all]
    assert all(folder.is_dir() for folder in folders)
    rendering.stop()
    assert not any(folder.exists() for folder in folders)


@pytest.mark.verify
def test_a_process_is_replaced_after_so_many_letters_and_memory_stays_bounded(
    letter_of_a_case: Letter,
) -> None:
    made = Rendering()
    made.start(1)
    numbers, largest = set(), 0.0
    for _ in range(300):
        made.make("pdf", poison.true_letter, letter_of_a_case)
        numbers.add(made._all[0].pid)
        largest = max(largest, made._all[0].alive and resident(made._all[0].pid))
    made.stop()
    assert len(numbers) == 1 + 300 // child.MOST_JOBS
    assert largest < 150, "MB"


def resident(pid: int) -> float:
    """The memory of a process in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6


def test_a_process_that_grew_is_replaced(rendering: Rendering) -> None:
    def numbers() -> set[int]:
        return {each.pid for each in rendering._all}

    before = numbers()
    rendering.make("pdf", poison.grows)
    assert len(before & numbers()) == 1
    assert sleep(rendering) == b"slept"


def test_a_reason_why_a_letter_cannot_be_made_arrives_as_it_was(rendering: Rendering) -> None:
    with pytest.raises(UnprintableCharacters) as refused:
        rendering.make("pdf", poison.refuses)
    assert refused.value.characters == ("𓀀", "\ue000")
    assert "𓀀 U+E000" in str(refused.value)
    for error in (
        TooLong(5),
        NotInLanguage("brf", "Polski", "mp3"),
        UnknownSize("x", "pdf", ("y",)),
        NotMade(),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_process_cannot_answer_with_anything_but_a_document() -> None:
    for reply in (("made", os.system, False), ("made", Path("/"), False)):
        with pytest.raises(pickle.UnpicklingError):
            renderer._Reply(io.BytesIO(pickle.dumps(reply))).load()


def test_plain_text_is_made_at_once_whatever_the_processes_do(rendering: Rendering) -> None:
    assert rendering.make("txt", poison.tells).content.startswith(f"{os.getpid()} ".encode())


def test_where_no_process_can_be_started_letters_are_made_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(renderer.subprocess, "Popen", refuse)
    made = Rendering()
    made.start(1)
    assert made.make("pdf", poison.tells).content.startswith(f"{os.getpid()} ".encode())
    assert "Resource temporarily unavailable" in caplog.text
    made.stop()


def test_a_letter_that_ended_a_process_is_never_made_in_the_server(
    rendering: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep(rendering)
    sleep(rendering)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(renderer.subprocess, "Popen", refuse)
    with pytest.raises(NotMade):
        rendering.make("pdf", poison.crashes)


def test_a_long_line_says_how_long_it_takes(rendering: Rendering) -> None:
    sleep(rendering)
    most = 2 + lanes.PAPER.line
    with ThreadPoolExecutor(most + 3) as people:
        waiting = [people.submit(sleep, rendering, 0.7) for _ in range(most + 3)]
        busy = [each.exception() for each in waiting if each.exception()]
    assert len(busy) == 3
    assert all(isinstance(each, Busy) and each.seconds % 5 == 0 and 5 <= each.seconds <= 60 for each in busy)
    assert sleep(rendering) == b"slept"


def test_sound_leaves_a_process_to_the_letters(rendering: Rendering) -> None:
    sleep(rendering)
    sleep(rendering)
    with ThreadPoolExecutor(3) as people:
        sounds = [people.submit(rendering.make, "mp3", poison.sleeps, 1.5) for _ in range(2)]
        time.sleep(0.1)
        begun = time.monotonic()
        sleep(rendering)
        assert time.monotonic() - begun < 1
        assert [each.result().content for each in sounds] == [b"slept"] * 2


def test_a_process_whose_server_was_killed_takes_its_folder_away() -> None:
    one = renderer.Renderer()
    one.start()
    pipe, process, folder = one._waited_for(), one._process, Path(one._folder)
    assert folder.is_dir()
    pipe.close()
    assert process is not None
    assert process.wait(10) == 0
    assert not folder.exists()
    one.stop()
