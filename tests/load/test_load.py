"""The load test itself: it visits this machine alone, and its visitors walk journeys to the end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("run.py")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RUN), *arguments], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    "address",
    ["http://example.org", "https://192.0.2.7:8000", "http://10.0.0.1", "http://127.0.0.1.example.org"],
)
def test_no_other_machine_is_visited(address: str) -> None:
    found = run("--host", address, "--no-keep")
    assert found.returncode == 2
    assert "only a site on this machine is visited" in found.stderr


@pytest.mark.verify
def test_a_few_quick_visitors_walk_to_the_end_without_an_error() -> None:
    found = run("--users", "6", "--seconds", "8", "--ramp", "1", "--think", "0.1", "--no-keep")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "errors: none" in found.stdout
    assert " 0 journeys to the end" not in found.stdout


def test_the_results_that_are_kept_name_no_machine_and_no_folder() -> None:
    for path in RUN.with_name("results").glob("*.json"):
        text = path.read_text("utf-8")
        assert json.loads(text)["errors"] == {}
        assert "/" not in text.replace("GNU/Linux", "")
