"""A letter as plain text: our words wrapped, the parent's own left exactly as they were typed."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

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

WIDTH = 72
_LINE_TO_WRITE_ON = "_" * 32


def render(letter: Letter, size: str) -> bytes:
    """The letter in UTF-8, with "\\n" at each line's end. There is one size of plain text."""
    return (text(letter) + "\n").encode("utf-8")


def text(letter: Letter) -> str:
    """The letter as one string, without a line end after its last line."""
    return named("\n\n".join(group for group in _all(letter) if group))


def named(text: str) -> str:
    """A text with its places to fill in as their names in brackets."""
    return "".join(f"[{piece.name}]" if isinstance(piece, Place) else piece for piece in pieces(text))


def _all(letter: Letter) -> list[str]:
    groups = [
        _wrapped(letter.notice),
        "\n".join(letter.sender),
        letter.date,
        "\n".join(letter.recipient),
        letter.salutation,
        _wrapped(letter.heading),
        "\n".join(map(_wrapped, letter.reference)),
    ]
    closed = False
    for block in letter.blocks:
        if isinstance(block, Signature) and not closed:
            groups.append(letter.closing)
            closed = True
        groups.extend(_groups(block))
    if not closed:
        groups.append(letter.closing)
    if letter.enclosures:
        alone = len(letter.enclosures) == 1
        items = _wrapped(letter.enclosures[0]) if alone else _listed(letter.enclosures, numbered=True)
        groups.append(f"{letter.enclosures_heading}\n{items}")
    if letter.annex:
        groups.append("\n" + "-" * WIDTH)
        for block in letter.annex:
            groups.extend(_groups(block))
    return groups


def _groups(block: Block) -> Iterator[str]:
    """The block in groups of lines that an empty line keeps apart."""
    match block:
        case Heading():
            yield "\n" + _wrapped(block.text)
        case Paragraph():
            yield _wrapped(block.text)
        case Points():
            yield _listed(block.items, block.numbered)
        case OwnWords():
            yield from block.paragraphs
        case Concern():
            yield _hung(f"{block.number}. ", block.heading)
            for sentence in block.sentences:
                yield _wrapped(sentence.text)
            if block.words:
                yield from block.words.paragraphs
        case Table():
            if block.caption:
                yield _wrapped(block.caption)
            for row in block.rows:
                cells = zip(block.head, row, strict=True)
                yield "\n".join(_hung(f"{head}: ", cell) for head, cell in cells if cell)
        case Space():
            yield _wrapped(f"[{block.name}]")
            yield "\n" * (block.lines - 1)
        case Choices():
            yield "\n".join(_hung("[ ] ", item) for item in block.items)
        case Signature():
            yield f"\n\n{_LINE_TO_WRITE_ON}\n{block.name}"
            yield f"\n{_LINE_TO_WRITE_ON}\n{block.date_label}"


def _listed(items: tuple[str, ...], numbered: bool) -> str:
    marks = (f"{place}. " if numbered else "- " for place in range(1, len(items) + 1))
    return "\n".join(map(_hung, marks, items))


def _hung(mark: str, words: str) -> str:
    """The words behind their mark; further lines begin under the first word when the mark is short."""
    indent = " " * len(mark) if len(mark) <= 4 else "  "
    return _wrapped(words, first=mark, indent=indent)


def _wrapped(words: str, first: str = "", indent: str = "") -> str:
    lines = wrap(
        words,
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)
