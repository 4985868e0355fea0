"""The command line and files that a parent has locked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from webapp import cli_making, locking
from webapp.cli import main
from webapp.locking import lock

PASSPHRASE = "marigold marsh quokka"
CASES = Path(__file__).resolve().parent.parent / "cases"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A locked case file, in a place that nobody has typed a passphrase for yet."""
    monkeypatch.setattr(locking, "WORK", 7)
    monkeypatch.delenv("HEARD_PASSPHRASE", raising=False)
    cli_making._passphrase.cache_clear()
    path = tmp_path / "saved-answers.age"
    path.write_bytes(lock((CASES / "two-letters.json").read_bytes(), PASSPHRASE))
    return path


def test_with_its_passphrase_a_locked_file_is_as_good_as_an_open_one(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("HEARD_PASSPHRASE", PASSPHRASE)
    assert main(["route", str(locked)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert main(["route", str(CASES / "two-letters.json")]) == 0
    assert json.loads(said.out) == json.loads(capsys.readouterr().out)
    letter = tmp_path / "letter.txt"
    assert (
        main(["letter", str(locked), "--letter", "services", "--format", "txt", "--output", str(letter)]) == 0
    )
    assert letter.stat().st_size > 500


def test_at_a_terminal_the_passphrase_is_asked_for_once(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(cli_making, "getpass", lambda prompt: asked.append(prompt) or PASSPHRASE)
    copy = tmp_path / "copy.pdf"
    options = ["--letter", "services", "--copy", "--output", str(copy)]
    assert main(["letter", str(locked), *options]) == 0, capsys.readouterr().err
    assert asked == [f"Passphrase of {locked}: "]
    assert copy.read_bytes().startswith(b"%PDF")
    assert b"age-encryption" not in copy.read_bytes()


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("", "this file is locked; put its passphrase into HEARD_PASSPHRASE"),
        ("marigold", "does not open the file"),
    ],
)
def test_without_it_one_line_says_what_to_do(
    locked: Path,
    passphrase: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HEARD_PASSPHRASE", passphrase)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    assert main(["route", str(locked)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert error.startswith(f"heard: {locked}: ")
    assert said in error
