"""What is wrong with the data, said to the person who edits it: file, entry, problem, remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_REMEDIES = {
    "missing": ("{key} is missing", "add it"),
    "extra_forbidden": ("{key} is not known here", "remove it or correct its spelling"),
    "unexpected_keyword_argument": ("{key} is not known here", "remove it or correct its spelling"),
    "string_type": ("{key} is not words", "write it in quotation marks"),
    "tuple_type": ("{key} is not a list", "write it in square brackets"),
    "bool_type": ("{key} is neither true nor false", "write true or false"),
    "bool_parsing": ("{key} is neither true nor false", "write true or false"),
    "int_type": ("{key} is not a whole number", "write figures without quotation marks"),
    "date_type": ("{key} is not a date", "write it as 2026-11-30, without quotation marks"),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the data."""

    file: str
    entry: str
    what: str
    remedy: str

    @classmethod
    def of(cls, file: str, entry: str, detail: Mapping[str, Any]) -> Problem:
        """A problem from what the schema library says of one value."""
        key = ".".join(str(step) for step in detail["loc"]) or "the entry"
        fallback = (f"{key}: {detail['msg']}", "correct it as CONTRIBUTING.md shows")
        what, remedy = _REMEDIES.get(detail["type"], fallback)
        if detail["type"] == "value_error":
            return cls(file, entry, f"{key} cannot be read", str(detail["ctx"]["error"]))
        if detail["type"] == "literal_error":
            return cls(file, entry, f"{key} has no such value", f"write {detail['ctx']['expected']}")
        return cls(file, entry, what.replace("{key}", key), remedy)

    def __str__(self) -> str:
        place = f"{self.file}, {self.entry}" if self.entry else self.file
        return f"{place}: {self.what}; {self.remedy}."


@dataclass(frozen=True)
class Problems:
    """All that is wrong, in the order in which it was found."""

    found: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.found)


class DataError(ValueError):
    """flows/ or the letters' words cannot be used; `problems` says all that is wrong."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(str(problems))
        self.problems = problems
