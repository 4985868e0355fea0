"""The shape of a composed letter: words in order, without markup, fonts or pages."""

from __future__ import annotations

from dataclasses import dataclass


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
class Signature:
    """Lines to sign and date on; `name` is printed under the first, `date_label` under the second."""

    name: str
    date_label: str


Block = Heading | Paragraph | Points | OwnWords | Concern | Table | Signature


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
