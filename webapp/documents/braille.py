"""A letter in Braille, to emboss or to read on a display, by the usual table of its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from webapp.documents import louis
from webapp.documents.braille_page import GAP, Line, ascii_cells, centred, file, wrap
from webapp.documents.model import UnprintableCharacters
from webapp.documents.text import named
from webapp.language import BY_ID
from webapp.letters.model import (
    Block,
    Choices,
    Concern,
    Heading,
    Letter,
    OwnWords,
    Paragraph,
    Points,
    Signature,
    Space,
    Table,
)

# How many cells the first and the further lines of a thing are set in. Paragraphs begin in cell 3, lists
# hang, headings keep to their column; own words are a paragraph set in by two cells more.
_BLOCK, _PARAGRAPH, _HANGING, _OWN = (0, 2), (2, 0), (0, 2), (4, 2)
_PART, _POINT = (4, 4), (6, 6)
_ROW, _ROW_GOES_ON = (0, 4), (2, 4)

_BOX = "[ ]"
# Felt as a line to sign along, where print has a rule.
_LINE_TO_WRITE_ON = "-" * 20
_MOST_EMPTY_LINES = 3
# A number’s groups are joined over their spaces, which the tables do between any two digits: only those of a
# telephone number belong together, not the two halves of a postcode. A no-break space is never joined.
_DIGITS_APART = re.compile(r"((?<!\w)[+0]\d+(?: \d+)+(?!\w))|(?<=\d) (?=\d)")
# At a word’s beginning the tables take it for the end of a quotation.
_APOSTROPHE = re.compile(r"(?<![^\s(\[“‘])’(?=\w)")
_LIGATURES = {sign: unicodedata.normalize("NFKC", chr(sign)) for sign in range(0xFB00, 0xFB07)}
# What Unicode does not take apart, and marks that some tables have only the plain form of.
_WITHOUT = {"ı": "i", "•": "-", "’": "'", "„": '"'}
_VARIANTS = frozenset(
    map(chr, (0x34F, *range(0x180B, 0x180E), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


def render(letter: Letter, size: str) -> bytes:
    """The letter as a BRF file. There is one size of Braille.

    Raises UnprintableCharacters for characters that the table has no cells for, and LouisMissing.
    """
    return emboss(letter, BY_ID[letter.language].braille[0])


def emboss(letter: Letter, table: str) -> bytes:
    """The letter as a BRF file by this table of liblouis’s. Raises as `render` does."""
    writer = _Writer(table)
    content = file((writer.letter(letter), writer.blocks(letter.annex)), lambda page: writer.cells(str(page)))
    if writer.unknown:
        raise UnprintableCharacters(tuple(writer.unknown))
    return content


class _Writer:
    """Makes lines of a letter; gathers in `unknown` the characters that the table does not know."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.unknown: dict[str, None] = {}

    def letter(self, letter: Letter) -> Iterator[Line]:
        yield from self.set(letter.notice, _PARAGRAPH)
        for group in (letter.sender, (letter.date,), letter.recipient, (letter.salutation,)):
            yield GAP
            for line in group:
                yield from self.set(line, _BLOCK)
        yield GAP
        yield from (Line(line, held=True) for line in centred(self.cells(letter.heading)))
        yield Line(held=True, gap=True)
        for line in letter.reference:
            yield from self.set(line, _BLOCK)
        yield GAP
        closed = False
        for block in letter.blocks:
            if isinstance(block, Signature) and not closed:
                yield from self.closing(letter)
                closed = True
            yield from self.block(block)
        if not closed:
            yield from self.closing(letter)
        if letter.enclosures:
            yield GAP
            yield from self.set(letter.enclosures_heading, _BLOCK, held=True)
            yield from self.listed(letter.enclosures, numbered=len(letter.enclosures) > 1, marked=False)

    def closing(self, letter: Letter) -> Iterator[Line]:
        yield GAP
        yield from self.set(letter.closing, _BLOCK, held=True)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Line]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Line]:
        match block:
            case Heading():
                yield GAP
                yield from self.set(block.text, _PART if block.level == 2 else _POINT, held=True)
            case Paragraph():
                yield from self.set(block.text, _PARAGRAPH)
            case Points():
                yield GAP
                yield from self.listed(block.items, block.numbered)
                yield GAP
            case OwnWords():
                yield from self.own(block)
            case Concern():
                yield GAP
                yield from self.set(f"{block.number}. {block.heading}", _POINT, held=True)
                for sentence in block.sentences:
                    yield from self.set(sentence.text, _PARAGRAPH)
                if block.words:
                    yield from self.own(block.words)
            case Table():
                yield from self.rows(block)
            case Space():
                yield from self.set(f"[{block.name}]", _PARAGRAPH)
                yield from [Line()] * min(block.lines, _MOST_EMPTY_LINES)
            case Choices():
                yield GAP
                for item in block.items:
                    yield from self.set(f"{_BOX} {item}", _HANGING)
                yield GAP
            case Signature():
                yield from self.to_sign(block.name, held=True)
                yield from self.to_sign(block.date_label)

    def to_sign(self, name: str, held: bool = False) -> Iterator[Line]:
        """A line to write on, and under it what belongs there."""
        yield from (Line(held=True, gap=True), Line(_LINE_TO_WRITE_ON, held=True))
        yield from self.set(name, _BLOCK, held)

    def own(self, words: OwnWords) -> Iterator[Line]:
        """What the parent typed, line by line."""
        yield GAP
        for paragraph in words.paragraphs:
            for line in paragraph.splitlines():
                yield from self.set(line, _OWN) if line.strip() else (GAP,)
        yield GAP

    def listed(self, items: tuple[str, ...], numbered: bool = False, marked: bool = True) -> Iterator[Line]:
        for number, item in enumerate(items, start=1):
            mark = f"{number}. " if numbered else "• " if marked else ""
            yield from self.set(mark + item, _HANGING)

    def rows(self, table: Table) -> Iterator[Line]:
        """The table as a list: its first column begins each row, the others follow set in."""
        yield GAP
        yield from self.set(table.caption, _PARAGRAPH, held=True)
        for row in table.rows:
            for column, (head, cell) in enumerate(zip(table.head, row, strict=True)):
                if cell:
                    yield from self.set(f"{head}: {cell}", _ROW_GOES_ON if column else _ROW)
        yield GAP

    def set(self, text: str, indents: tuple[int, int], held: bool = False) -> Iterator[Line]:
        """One paragraph’s text in lines."""
        yield from (Line(line, held) for line in wrap(self.cells(text), *indents))

    def cells(self, text: str) -> str:
        """A whole paragraph in cells: what contracts depends on what stands around it."""
        plain = _plain(named(text))
        for each in dict.fromkeys(plain):
            if not louis.knows(each, self.table):
                if bare := self.bare(each):
                    plain = plain.replace(each, bare)
                else:
                    self.unknown[each] = None
        return "" if self.unknown else ascii_cells(louis.translate(plain, self.table))

    def bare(self, letter: str) -> str:
        """The letter without the accent that the table has no sign for, or "" where that is none either.

        A name with such a letter (Żaneta) must not keep its owner from reading the whole.
        """
        bare = _WITHOUT.get(letter) or unicodedata.normalize("NFD", letter)[0]
        return bare if bare != letter and louis.knows(bare, self.table) else ""


def _plain(text: str) -> str:
    """The text with accents on their letters, spaces for white space of any kind, and no invisible marks."""
    composed = unicodedata.normalize("NFC", text).translate(_LIGATURES)
    seen = (each for each in composed if unicodedata.category(each) != "Cf" and each not in _VARIANTS)
    spaced = _APOSTROPHE.sub("'", " ".join("".join(seen).split()))
    return _DIGITS_APART.sub(lambda found: found[1] or "\u00a0", spaced)
