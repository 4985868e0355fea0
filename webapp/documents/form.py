"""A blank letter as a form: what its fields are called, which places share one, how much room each gets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from webapp.documents.text import named
from webapp.letters.model import (
    Choices,
    Concern,
    Heading,
    Letter,
    Paragraph,
    Place,
    Points,
    Signature,
    Space,
    Table,
    pieces,
)

# What follows a place without a space stays in its line: a full stop, a comma.
_TAIL = re.compile(r"[^\s\w]+")


@dataclass(frozen=True)
class Field:
    """One field of a form: `id` is neutral, and the same for places that are filled in together.

    `label` tells who cannot see the page what belongs there; no other field of the letter has it.
    """

    id: str
    label: str


class Form:
    """The fields of one letter. Ask for each once, in the order in which the letter shows them."""

    def __init__(self, letter: Letter) -> None:
        groups = list(_groups(letter))
        self._repeated = {
            name for group in groups for name, times in Counter(_names(group)).items() if times > 1
        }
        self._long = {
            name for line in (*letter.sender, *letter.recipient) if is_place(line) for name in _names((line,))
        }
        self._shared: dict[str, Field] = {}
        self._labels: Counter[str] = Counter()
        self._ids: Counter[str] = Counter()

    def place(self, name: str, beside: str = "") -> Field:
        """The field of a place; `beside` is what its row says, and tells it from others of its name.

        A name that stands once in each list and table means the same everywhere: it is one field. One that
        is repeated (a second child, a free row) is a field each time.
        """
        if name not in self._repeated:
            if name not in self._shared:
                self._shared[name] = self._new("place", name)
            return self._shared[name]
        return self._new("place", f"{name}: {beside}" if beside else name)

    def space(self, name: str) -> Field:
        """The field of room to write at length."""
        return self._new("space", name)

    def box(self, sentence: str) -> Field:
        """The field of a box to tick beside a sentence."""
        return self._new("box", named(sentence))

    def room(self, name: str, otherwise: str) -> str:
        """How long the line of a place in a sentence is: what fills a line of an address is always long."""
        return "long" if name in self._long else otherwise

    def _new(self, kind: str, label: str) -> Field:
        label = label.strip()
        self._labels[label] += 1
        self._ids[kind] += 1
        again = f" ({self._labels[label]})" if self._labels[label] > 1 else ""
        return Field(f"{kind}-{self._ids[kind]}", label + again)


def parts(text: str) -> Iterator[tuple[str | Place, str]]:
    """A text in order: words, or a place with what clings to its end."""
    split = list(pieces(text))
    for at, piece in enumerate(split):
        tail = ""
        following = split[at + 1] if at + 1 < len(split) else None
        if isinstance(piece, Place) and isinstance(following, str) and (found := _TAIL.match(following)):
            tail = found.group()
            split[at + 1] = following[len(tail) :]
        if piece:
            yield piece, tail


def is_place(text: str) -> bool:
    """True when a text is one place to fill in, and nothing else."""
    split = pieces(text)
    return len(split) == 1 and isinstance(split[0], Place)


def is_blank(letter: Letter) -> bool:
    """True for a letter that somebody has yet to fill in: it has places, room to write, or boxes to tick."""
    return any(isinstance(block, Space | Choices) for block in (*letter.blocks, *letter.annex)) or any(
        _names(group) for group in _groups(letter)
    )


def _groups(letter: Letter) -> Iterator[tuple[str, ...]]:
    """The letter's texts, those of a list or table together, without what a parent typed at length."""
    yield letter.sender
    yield letter.recipient
    yield letter.reference
    yield letter.enclosures
    for text in (
        letter.title,
        letter.notice,
        letter.date,
        letter.salutation,
        letter.heading,
        letter.closing,
        letter.enclosures_heading,
        letter.footer,
    ):
        yield (text,)
    for block in (*letter.blocks, *letter.annex):
        match block:
            case Heading() | Paragraph():
                yield (block.text,)
            case Points() | Choices():
                yield block.items
            case Concern():
                yield (block.heading, *(sentence.text for sentence in block.sentences))
            case Table():
                yield (block.caption, *block.head, *(cell for row in block.rows for cell in row))
            case Signature():
                yield block.name, block.date_label


def _names(group: tuple[str, ...]) -> list[str]:
    return [piece.name for text in group for piece in pieces(text) if isinstance(piece, Place)]
