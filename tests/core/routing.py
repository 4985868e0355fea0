"""What the tests of the core share: a case as one call, and its route in the form of a case file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from webapp.cases.model import CaseError
from webapp.cases.reading import read_case
from webapp.cli import as_json
from webapp.flows.law import Law
from webapp.procedures import route

PLACES = {
    "durham": {"nation": "england", "authority": "E06000047"},
    "norfolk": {"nation": "england", "authority": "E10000020"},
    "england": {"nation": "england", "authority": "not-sure"},
    "carmarthenshire": {"nation": "wales", "authority": "W06000010"},
    "cardiff": {"nation": "wales", "authority": "W06000015"},
    "wales": {"nation": "wales", "authority": "not-sure"},
    "elsewhere": {"nation": "elsewhere"},
}
CONCERN = {"conference": "conference-run", "services": "worker"}


class Routes:
    """Makes cases and routes them, as `heard route` does."""

    def __init__(self, law: Law) -> None:
        self.law = law

    def document(self, place: str, today: str, answers: dict[str, Any]) -> dict[str, Any]:
        """A case file; answers may hold any key of one, with “_” for “-”."""
        given = {key.replace("_", "-"): value for key, value in answers.items()}
        return {"case": 1, "today": today, "answers": PLACES[place] | given}

    def route(self, place: str, today: str, **answers: Any) -> dict[str, Any]:
        """The route of a case as JSON."""
        return self.of(self.document(place, today, answers))

    def of(self, document: object) -> dict[str, Any]:
        """The route of a case file as JSON."""
        return as_json(route(read_case(document, self.law, date(2026, 11, 23)), self.law))

    def letter(
        self, letter: str, place: str, today: str, reached: str = "not-started", /, **section: Any
    ) -> Any:
        """One letter of a case in which only that letter is open; `section` may hold `concerns` too."""
        concerns = section.pop("concerns", [CONCERN.get(letter, letter)])
        own = {key.replace("_", "-"): value for key, value in section.items()} | {"reached": reached}
        found = self.route(place, today, **{"concerns": concerns, letter: own})
        (only,) = found["letters"]
        assert only["id"] == letter
        return Letter(only)

    def problems(self, document: object) -> str:
        """What is said of a case file that cannot be used."""
        with pytest.raises(CaseError) as caught:
            self.of(document)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    def refused(self, place: str, today: str, **answers: Any) -> str:
        """What is said of a case that cannot be used."""
        return self.problems(self.document(place, today, answers))


class Letter(dict[str, Any]):
    """A letter of a route, with a look-up of its deadlines."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Stage, kind and recipient."""
        return self["stage"], self["kind"], self["to"]

    @property
    def rules(self) -> list[str]:
        """The rules of its deadlines, in order."""
        return [entry["rule"] for entry in self["deadlines"]]

    def __call__(self, rule: str) -> dict[str, Any]:
        """The deadline of this rule without what never changes."""
        (found,) = (entry for entry in self["deadlines"] if entry["rule"] == rule)
        return {key: value for key, value in found.items() if key not in ("rule", "who")}
