"""The registers as frozen objects: rules with their sources, councils, help lines, ways to send, habits."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from webapp.flows.model import STRICT, Length


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Source:
    """A document that rules were read in."""

    id: str
    name: str
    publisher: str
    dated: str
    read: date
    status: str
    note: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Rule:
    """One sentence of a source that the product relies on."""

    id: str
    source: str
    what: str
    sure: str
    quote: str = ""
    as_written: str = ""
    day_type: str = ""
    from_as_written: str = ""
    note: str = ""
    unused: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Threat:
    """Somebody who could want to harm a parent through the site, and the tests that show what stops them."""

    id: str
    attacker: str
    wants: str
    stopped_by: tuple[str, ...]
    left: str
    tests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Authority:
    """A council with duties for children."""

    code: str
    name: str
    nation: str
    short: str
    region: str = ""
    name_cy: str = ""
    place_cy: str = ""
    board: str = ""
    note: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SendingWay:
    """A way to send a letter and the working days until it counts as received."""

    id: str
    label: str
    hint: str
    working_days: int
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class HelpLine:
    """A line that a parent can ring or write to, for whom it is, and how sure we are of it."""

    id: str
    name: str
    what: str
    nations: tuple[str, ...]
    kinds: tuple[str, ...]
    status: Literal["A", "B"]
    dated: str
    read: date
    source: str
    sure: str
    people: tuple[str, ...] = Field(default=(), validation_alias="for")
    authorities: tuple[str, ...] = ()
    phone: str = ""
    sms: str = ""
    web: str = ""
    email: str = ""
    post: str = ""
    hours: str = ""
    note: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class HelpGap:
    """Where no line of a kind could be found for a nation, said honestly."""

    nations: tuple[str, ...]
    kind: str
    say: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PartlyRead:
    """A council's own conference procedure of which only a part was read."""

    authorities: tuple[str, ...]
    name: str
    status: Literal["current", "old", "undated"]
    dated: str
    read: date
    address: str
    source: str
    says: tuple[str, ...]
    unread: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Habits:
    """Our own limits, which no source states: they steer pages, never a date of the law."""

    holding_letter_days: int
    reply_within: Length
    words_limit: int
    line_limit: int
    far_away_days: int
    leave_to: str
    silence_minutes: int
    hand_over_minutes: int
    kiosk_silence_seconds: int
    kiosk_warning_seconds: int
    kiosk_page_minutes: int
