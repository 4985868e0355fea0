"""One parent's answers as frozen objects, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

NOT_KNOWN = "not-known"
NOT_YET = "not-yet"
ELSEWHERE = "elsewhere"
NOT_SURE = "not-sure"

Gettext = Callable[[str], str]
YesNo = Literal["yes", "no"]


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer: its key in the case file, and a message with its values."""

    where: str
    message: str
    values: Mapping[str, str]

    def text(self, gettext: Gettext) -> str:
        """The message in the language of `gettext`, without the key."""
        return gettext(self.message).format(**self.values)


class CaseError(ValueError):
    """A case that cannot be used; `problems` names each key that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.text(str)}" for problem in problems))
        self.problems = problems


class _Answers(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=lambda name: name.replace("_", "-")
    )


class Person(_Answers):
    """The parent: only the contact details named in `reply_by` are printed."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    reply_by: list[Literal["post", "email", "phone"]] = Field(default_factory=list)
    parental_responsibility: Literal["yes", "no", "not-sure", ""] = ""
    privacy: list[Literal["not-other-parent", "no-messages", "none"]] = Field(default_factory=list)


class Writer(_Answers):
    """Somebody who writes for the parent."""

    name: str = ""
    organisation: str = ""
    authority: str = ""


class Child(_Answers):
    """A child whom the complaint is about."""

    names: str = ""
    born: str = ""


class Recipient(_Answers):
    """The name and address that the parent knows for a letter."""

    name: str = ""
    address: str = ""


class Support(_Answers):
    """The help that the parent needs."""

    interpreter: str = ""
    supporter: str = ""
    reply_format: str = ""
    reply_language: Literal["cy", "en", ""] = ""
    adjustments: str = ""


class Section(_Answers):
    """The answers of one letter, but for its dates."""

    reached: str = "not-started"
    details: dict[str, str] = Field(default_factory=dict)
    outcomes: list[str] = Field(default_factory=list)
    own_outcome: str = ""
    why_late: str = ""
    why_unhappy: str = ""
    tried: str = ""
    enclosures: str = ""
    dates_i_can_make: str = ""
    send_by: str = ""
    recipient: Recipient = Field(default_factory=Recipient)
    conference_type: Literal["initial", "review", "not-known", ""] = ""
    attended: YesNo | Literal[""] = ""
    about_chair: YesNo | Literal[""] = ""
    meeting: Literal["welcome", "not-wanted", ""] = ""
    keep_working: YesNo | Literal[""] = ""
    procedure_used: Literal["children-act", "council-own", "not-known"] = "not-known"


class Answers(_Answers):
    """The answers of a case, but for the sections of its letters."""

    nation: str
    authority: str = ""
    role: Literal["parent", "carer", "young-person", "family-member", "supporter"] = "parent"
    concerns: list[str] = Field(default_factory=list)
    send_by: str = "email"
    legal: list[Literal["in-court", "letter-before-proceedings", "police-case", "none"]] = Field(
        default_factory=list
    )
    helper: Literal["none", "family-or-friend", "advocate", "worker", "complained-about"] = "none"
    you: Person = Field(default_factory=Person)
    writer: Writer = Field(default_factory=Writer)
    children: list[Child] = Field(default_factory=list)
    reference: str = ""
    worker: str = ""
    support: Support = Field(default_factory=Support)
    read: list[str] = Field(default_factory=list)


@dataclass(frozen=True)
class Letter:
    """A letter's section: its answers and its dates; a date that is forgotten is None."""

    answers: Section
    events: Mapping[str, date | None]


@dataclass(frozen=True)
class Case:
    """One case, whole and checked."""

    today: date
    nation: str
    authority: str
    role: str
    concerns: tuple[str, ...]
    send_by: str
    legal: tuple[str, ...]
    helper: str
    you: Person
    writer: Writer
    children: tuple[Child, ...]
    reference: str
    worker: str
    support: Support
    letters: Mapping[str, Letter]

    def letter(self, id: str) -> Letter:
        """The section of the letter `id`; an absent one counts as not started."""
        return self.letters.get(id, Letter(Section(), {}))
