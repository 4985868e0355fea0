"""The library of blank letters as frozen objects: its kinds, the places to fill in, and the room to write."""

from __future__ import annotations

from typing import Literal

from pydantic.dataclasses import dataclass

from webapp.conditions import ALWAYS
from webapp.flows.model import STRICT, Condition, Sentences


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BlankKind:
    """One kind of blank letter: how it is written, what it is for, and when to use it."""

    id: str
    kind: Literal["complaint", "escalation", "chase", "enquiry", "request-procedure", "holding"]
    title: Sentences
    what: Sentences
    use: Sentences
    late: bool = False
    unanswered: bool = False


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BlankPlace:
    """The name of a place to fill in. Its id is the value that a sentence names in curly brackets."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BlankSpace:
    """Room to write at length. Its id is the block of a letter that the parent’s own words would fill."""

    id: str
    text: str
    lines: int
    when: Condition = ALWAYS
