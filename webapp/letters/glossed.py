"""A letter with the English of the council’s papers beside each term at its first use."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from webapp.glossary import Glossing
from webapp.letters.model import (
    Block,
    Choices,
    Concern,
    Heading,
    Letter,
    Paragraph,
    Points,
    Table,
    pieces,
    place,
)


def glossed(letter: Letter, glossing: Glossing) -> Letter:
    """The letter, glossed in the order in which it is read; what the parent typed stays as it is."""
    said = _Said(glossing)
    return replace(
        letter,
        recipient=said.all(letter.recipient),
        salutation=said(letter.salutation),
        heading=said(letter.heading),
        reference=said.all(letter.reference),
        blocks=tuple(_block(block, said) for block in letter.blocks),
        closing=said(letter.closing),
        annex=tuple(_block(block, said) for block in letter.annex),
    )


class _Said:
    def __init__(self, glossing: Glossing) -> None:
        self._glossing = glossing

    def __call__(self, text: str) -> str:
        """The text; the names of places to fill in stay as they are."""
        said = [
            self._glossing.text(piece) if isinstance(piece, str) else place(piece.name)
            for piece in pieces(text)
        ]
        return "".join(said)

    def all(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """These texts in order."""
        return tuple(map(self, texts))


@singledispatch
def _block(block: Block, said: _Said) -> Block:
    """A block without words of ours: own words, room to write, lines to sign on."""
    return block


@_block.register
def _heading(block: Heading, said: _Said) -> Block:
    return replace(block, text=said(block.text))


@_block.register
def _paragraph(block: Paragraph, said: _Said) -> Block:
    return replace(block, text=said(block.text))


@_block.register
def _points(block: Points, said: _Said) -> Block:
    return replace(block, items=said.all(block.items))


@_block.register
def _choices(block: Choices, said: _Said) -> Block:
    return replace(block, items=said.all(block.items))


@_block.register
def _table(block: Table, said: _Said) -> Block:
    return replace(block, caption=said(block.caption), rows=tuple(map(said.all, block.rows)))


@_block.register
def _concern(block: Concern, said: _Said) -> Block:
    sentences = tuple(replace(sentence, text=said(sentence.text)) for sentence in block.sentences)
    return replace(block, heading=said(block.heading), sentences=sentences)
