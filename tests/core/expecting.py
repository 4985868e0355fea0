"""What the tests of routes expect of a deadline, with every day written with its weekday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from routing import Letter

Make = Callable[..., Letter]
UNKNOWN = {"due": None, "late_from": None, "state": "unknown"}
OWN_UNKNOWN = {"due": None, "state": "unknown"}


def day(text: str) -> date:
    """The day of “Monday 2026-11-30”; the weekday must be right."""
    weekday, iso = text.split()
    found = date.fromisoformat(iso)
    assert found.strftime("%A") == weekday, f"{iso} is a {found:%A}"
    return found


def iso(text: str) -> str:
    """The same day as case files write it."""
    return day(text).isoformat()


def open_until(due: str, act_by: str = "", **more: Any) -> dict[str, Any]:
    """A limit of the parent’s own that runs; without `act_by`, the last day is the day to send."""
    return {"due": iso(due), "act_by": iso(act_by or due), "state": "open"} | more


def theirs(due: str, late_from: str, state: str = "open", **more: Any) -> dict[str, Any]:
    """A limit of theirs."""
    return {"due": iso(due), "late_from": iso(late_from), "state": state} | more
