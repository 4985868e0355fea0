"""What is wrong with composed words: gaps, doubled spaces, headings over nothing, words never translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from wrapped import outside

from webapp.letters.model import (
    Block,
    Concern,
    Heading,
    Letter,
    OwnWords,
    Paragraph,
    Points,
    Signature,
    Table,
)
from webapp.plans.model import CalendarDay

# Also of Arabic, Urdu, the Indian languages, Chinese and Tigrinya.
_STOPS = tuple(".?؟۔।。？።")
_WRONG = {
    "a gap that was not filled": re.compile(r"[{}]"),
    "None": re.compile(r"\bNone\b"),
    "two spaces": re.compile(r"  | \n|\n "),
    "a space before a stop": re.compile(r" [.,;:?]"),
    "two stops": re.compile(r"(?<!\.)\.\.(?!\.)|,,|,\.|:\.|;\.|\?\.|\.:"),
    "an empty pair": re.compile(r"\(\)|\[\]|“”|‘’|\(\s|\s\)"),
    "a straight quote": re.compile(r"[\"']"),
    "a long dash": re.compile(r"[—–]"),
    "not applicable": re.compile(r"\bN/A\b|\bTODO\b|\bXX"),
}


def faults(text: str) -> Iterator[str]:
    """What is wrong with one string of ours."""
    if not text.strip() or text != text.strip():
        yield f"empty, or spaces at its ends: {text!r}"
    for what, pattern in _WRONG.items():
        if pattern.search(text):
            yield f"{what}: {text!r}"


def our_words(letter: Letter) -> Iterator[str]:
    """Every string of a letter that is ours; what the parent typed on its own is left out."""
    yield from (letter.title, letter.date, letter.salutation, letter.heading, letter.closing, letter.footer)
    yield letter.page_of.replace("{page}", "1").replace("{pages}", "2")
    yield from letter.recipient
    yield from letter.reference
    if letter.notice:
        yield letter.notice
    if letter.enclosures:
        yield letter.enclosures_heading
    for block in (*letter.blocks, *letter.annex):
        yield from words_of_block(block)


def words_of_block(block: Block) -> Iterator[str]:
    """Every string of ours in one block."""
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Points():
            yield from block.items
        case Concern():
            yield block.heading
            yield from (sentence.text for sentence in block.sentences)
        case Table():
            yield from (*filter(None, [block.caption]), *block.head)
            yield from (cell for row in block.rows for cell in row)
        case Signature():
            yield from (block.name, block.date_label)
        case OwnWords():
            return


def shape_faults(letter: Letter) -> Iterator[str]:
    """Headings over nothing, sentences that promise a list and have none, and empty blocks."""
    for blocks in (letter.blocks, letter.annex):
        for place, block in enumerate(blocks):
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            if isinstance(block, Heading) and (after is None or isinstance(after, Heading | Signature)):
                yield f"nothing under the heading {block.text!r}"
            if isinstance(block, Paragraph) and block.text.rstrip("⟧").endswith(":"):
                if not isinstance(after, Points | Concern | Table | OwnWords):
                    yield f"nothing after {block.text!r}"
            elif (
                isinstance(block, Paragraph)
                and blocks is letter.blocks
                and not block.text.rstrip("⟧”»“）)").endswith(_STOPS)
            ):
                yield f"no stop at the end of {block.text!r}"
            if isinstance(block, Points) and not block.items:
                yield "an empty list"
            if isinstance(block, OwnWords) and not any(text.strip() for text in block.paragraphs):
                yield "no words where the parent’s should stand"
    if not any(isinstance(block, Paragraph) for block in letter.blocks):
        yield "no sentence at all"
    if sum(isinstance(block, Signature) for block in letter.blocks) < 1:
        yield "nowhere to sign"


def untranslated(letter: Letter, own: frozenset[str]) -> Iterator[str]:
    """Words of ours that were never given to the catalogue; `own` are values that are never translated."""
    shown = [*our_words(letter)]
    dates = {letter.date}
    for block in letter.blocks:
        if isinstance(block, Table):
            dates |= {row[0] for row in block.rows}
    for text in shown:
        rest = outside(text)
        if rest and text not in dates and not re.fullmatch(r"[\d\W]*", rest) and rest not in own:
            yield f"never translated: {rest!r} in {text!r}"


def strings_of(thing: object) -> Iterator[str]:
    """Every string in a tree of frozen objects, such as a plan."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from strings_of(each)
    elif is_dataclass(thing) and not isinstance(thing, CalendarDay):
        for field in fields(thing):
            yield from strings_of(getattr(thing, field.name))
