"""A letter as it is said: sentence by sentence, each with the silence after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from webapp.documents.sayable import sayable
from webapp.language import Words
from webapp.letters.model import (
    Block,
    Choices,
    Concern,
    Heading,
    Letter,
    OwnWords,
    Paragraph,
    Place,
    Points,
    Signature,
    Space,
    Table,
    pieces,
)

# Silences, in seconds. The voice itself is silent at commas, and stops short at the end of what it is given.
AFTER_BREATH = 0.15
AFTER_NUMBER = 0.3
AFTER_SENTENCE = 0.45
AFTER_LINE = 0.5
AFTER_PARAGRAPH = 0.8
AFTER_HEADING = 0.8
BEFORE_HEADING = 1.3

# Only one sentence’s sound lies in memory, and one sentence keeps other letters waiting.
LONGEST = 300
# Of a longer word the voice leaves out the end.
_LONGEST_WORD = re.compile(r"(\w{60})(?=\w)")

# A full stop behind an initial or a title ends no sentence: J. Dr. Mrs.
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][”’\"')]))(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\bMrs\.)\s+"
    r"(?=[^\W_a-z]|[“‘\"'(\[])"
)
_BREATHS = (", ", "; ", ": ", " – ")


@dataclass(frozen=True)
class Sentence:
    """What is said in one breath, and for how many seconds nothing is said after it."""

    words: str
    pause: float


def spoken(letter: Letter, words: Words) -> tuple[Sentence, ...]:
    """Everything that the letter says, in the order of its page; the footer, on every page, is left out.

    `words` are those of the letter’s language.
    """
    reading = _Reading(words)
    reading.paragraph(letter.notice)
    for lines in (letter.sender, (letter.date,), letter.recipient):
        reading.lines(lines)
    reading.paragraph(letter.salutation)
    reading.heading(letter.heading)
    reading.lines(letter.reference)
    closed = False
    for block in letter.blocks:
        if isinstance(block, Signature) and not closed:
            reading.paragraph(letter.closing)
            closed = True
        reading.block(block)
    if not closed:
        reading.paragraph(letter.closing)
    if letter.enclosures:
        reading.heading(letter.enclosures_heading)
        reading.listed(letter.enclosures, numbered=len(letter.enclosures) > 1)
    reading.rest(BEFORE_HEADING)
    for block in letter.annex:
        reading.block(block)
    return tuple(reading.said)


class _Reading:
    """What was said so far."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.said: list[Sentence] = []

    def rest(self, pause: float) -> None:
        """Makes the silence after the last sentence at least this long."""
        if self.said:
            self.said[-1] = replace(self.said[-1], pause=max(self.said[-1].pause, pause))

    def line(self, text: str, pause: float = AFTER_LINE) -> None:
        """Says a text; a line end in it is a silence, too. A place to fill in is said by its name."""
        said = (f", {piece.name}, " if isinstance(piece, Place) else piece for piece in pieces(text))
        for line in "".join(said).splitlines():
            for sentence in _SENTENCE_END.split(line.strip()):
                for breath in _breaths(sayable(sentence, self.words)):
                    self.said.append(Sentence(breath, AFTER_BREATH))
                self.rest(AFTER_SENTENCE)
            self.rest(AFTER_LINE)
        self.rest(pause)

    def lines(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            self.line(text)
        self.rest(AFTER_PARAGRAPH)

    def paragraph(self, text: str) -> None:
        self.line(text, AFTER_PARAGRAPH)

    def heading(self, text: str, number: str = "") -> None:
        self.rest(BEFORE_HEADING)
        self.number(number)
        self.line(text, AFTER_HEADING)

    def number(self, number: str) -> None:
        if number:
            self.said.append(Sentence(f"{number}.", AFTER_NUMBER))

    def listed(self, items: tuple[str, ...], numbered: bool) -> None:
        for place, item in enumerate(items, 1):
            self.number(str(place) if numbered else "")
            self.line(item, AFTER_PARAGRAPH)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block.text)
            case Paragraph():
                self.paragraph(block.text)
            case Points():
                self.listed(block.items, block.numbered)
            case Choices():
                self.listed(block.items, numbered=False)
            case OwnWords():
                for paragraph in block.paragraphs:
                    self.paragraph(paragraph)
            case Concern():
                self.heading(block.heading, str(block.number))
                for sentence in block.sentences:
                    self.paragraph(sentence.text)
                if block.words:
                    self.block(block.words)
            case Table():
                self.paragraph(block.caption)
                for row in block.rows:
                    cells = zip(block.head, row, strict=True)
                    self.lines(tuple(f"{head}: {cell}" for head, cell in cells if cell))
            case Space():
                self.paragraph(block.name)
            case Signature():
                self.rest(BEFORE_HEADING)
                self.lines((block.name, block.date_label))


def _breaths(text: str) -> Iterator[str]:
    """A sentence in pieces of at most LONGEST characters, parted where a speaker would breathe."""
    left = _LONGEST_WORD.sub(r"\1 ", text)
    while len(left) > LONGEST:
        found = max(left.rfind(mark, 1, LONGEST) + len(mark.rstrip()) for mark in _BREATHS)
        at = found if found > LONGEST // 3 else left.rfind(" ", 1, LONGEST)
        at = at if at > 0 else LONGEST
        yield left[:at].strip()
        left = left[at:].strip()
    if left:
        yield left
