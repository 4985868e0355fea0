"""The other agencies: one letter to the agency itself, then its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from routing import Letter

AGENCIES = ("police", "health", "school", "cafcass", "probation", "housing", "other-agency")


@pytest.mark.parametrize("place", ["durham", "england", "carmarthenshire", "wales"])
@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize(
    ("reached", "kind"),
    [
        ("not-started", "complaint"),
        ("talked", "complaint"),
        ("stage-1-sent", "wait"),
        ("stage-1-replied", "end"),
        ("stage-1-unresolved", "end"),
    ],
)
def test_the_letter_goes_to_the_agency_itself_and_no_time_is_stated(
    letter: Callable[..., Letter], agency: str, place: str, reached: str, kind: str
) -> None:
    made = letter(agency, place, "2026-11-23", reached, complaint_sent="2024-01-08")
    assert made == {
        "id": agency,
        "procedure": agency,
        "stage": "stage-1",
        "kind": kind,
        "to": agency,
        "concerns": [agency],
        "late": False,
        "deadlines": [],
    }
