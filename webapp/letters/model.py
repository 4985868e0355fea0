"""The shape of a composed letter: words in order, without markup, fonts or pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

# In a blank letter’s text, the name of a place to fill in stands between these two marks.
_OPENS, _CLOSES = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPENS}([^{_CLOSES}]*){_CLOSES}")


@dataclass(frozen=True)
class Place:
    """A place to fill in, inside a sentence or a line; `name` says what belongs there."""

    name: str


def place(name: str) -> str:
    """The text that stands for a place to fill in: any string of a blank letter may hold some."""
    return f"{_OPENS}{name}{_CLOSES}"


def pieces(text: str) -> tuple[str | Place, ...]:
    """A text in order: its words, and the places to fill in between them. Nothing empty is in it."""
    split = _MARKED.split(text)
    found: list[str | Place] = [Place(part) if at % 2 else part for at, part in enumerate(split)]
    return tuple(piece for piece in found if piece)


@dataclass(frozen=True)
class Heading:
    """A heading inside the letter; level 2 opens a part, level 3 a point in it."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the letter's own words, with the ids of the rules that it rests on."""

    text: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Points:
    """A short list; each item is one sentence or clause."""

    items: tuple[str, ...]
    numbered: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnWords:
    """What the parent typed, exactly: one entry a paragraph, line breaks inside kept as "\\n"."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Concern:
    """One numbered concern: its heading, the sentences that place it, and the parent's own words."""

    number: int
    heading: str
    sentences: tuple[Paragraph, ...]
    words: OwnWords | None


@dataclass(frozen=True)
class Table:
    """A small table with one row of column headings; large print turns it into headed lists."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Space:
    """Room to write at length, in a blank letter: `name` says what about, `lines` is how many are ruled."""

    name: str
    lines: int


@dataclass(frozen=True)
class Choices:
    """Sentences of a blank letter that each get a box: who fills it in ticks those that fit."""

    items: tuple[str, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Lines to sign and date on; `name` is printed under the first, `date_label` under the second."""

    name: str
    date_label: str


Block = Heading | Paragraph | Points | OwnWords | Concern | Table | Space | Choices | Signature


@dataclass(frozen=True)
class Letter:
    """One letter in one language, ready for any renderer.

    `annex` is a second sheet (the parent's authority for somebody who writes for them), empty when
    there is none. `notice` is printed above everything else: a reading copy in a language that the
    council need not read says so there. All strings are final; a renderer adds no words of its own
    but `page_of`, a pattern with `{page}` and `{pages}`.
    """

    language: str
    direction: str
    title: str
    notice: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    date: str
    salutation: str
    heading: str
    reference: tuple[str, ...]
    blocks: tuple[Block, ...]
    closing: str
    enclosures_heading: str
    enclosures: tuple[str, ...]
    annex: tuple[Block, ...]
    footer: str
    page_of: str
