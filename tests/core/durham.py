"""A conference letter in County Durham as one call, at any stage."""

from __future__ import annotations

from typing import Any

from expecting import Make, iso
from routing import Letter


class Durham:
    """A conference letter in Durham, counted on the day that is given with its weekday."""

    def __init__(self, letter: Make) -> None:
        self.make = letter

    def __call__(self, today: str, reached: str = "not-started", /, **section: Any) -> Letter:
        made = {key: iso(value) if " " in value and key != "details" else value
                for key, value in section.items() if isinstance(value, str)}  # fmt: skip
        return self.make("conference", "durham", iso(today), reached, **(section | made))


def sent_on_friday(durham: Durham, today: str, **more: Any) -> Letter:
    section = {"notes_received": "Friday 2026-10-30", "complaint_sent": "Friday 2026-11-20"}
    return durham(today, "stage-1-sent", **(section | more))


def sent_to_the_panel(durham: Durham, today: str, **more: Any) -> Letter:
    section = {"stage_1_reply": "Thursday 2026-09-10", "stage_2_sent": "Thursday 2026-10-01"}
    return durham(today, "stage-2-sent", **(section | more))
