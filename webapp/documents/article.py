"""A letter as the inner HTML that every marked-up form of it shares: PDF, HTML file, page of the site."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from webapp.documents import characters
from webapp.documents.characters import DIGIT_GROUPS, Direction
from webapp.documents.form import Form, is_place, parts
from webapp.documents.text import named
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
from webapp.places import templates_folder

_KINDS: dict[type[object], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Points: "points",
    OwnWords: "own_words",
    Concern: "concern",
    Table: "table",
    Space: "space",
    Choices: "choices",
    Signature: "signature",
}

_LONG_WORD = 300
# Scripts that write without spaces part their lines by themselves.
_LONG_WORDS = re.compile(rf"[^\s<>\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff]{{{_LONG_WORD},}}")
# A piece never ends inside a character reference such as &amp;
_PIECE = re.compile(r"(?:&[^;\s]*;|[^&]){1,30}")


@cache
def templates() -> Environment:
    """The templates of documents, escaping what they are given. One for the whole process."""
    environment = Environment(
        loader=FileSystemLoader(templates_folder() / "documents"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals.update(
        turned=turned, direction=direction, words=words, parts=parts, is_place=is_place, beside=beside
    )
    return environment


def stylesheet(name: str) -> str:
    """The text of a style sheet in templates/documents."""
    path: Path = templates_folder() / "documents" / name
    return path.read_text("utf-8")


def direction(text: str, around: Direction) -> Direction:
    """Which way a text runs that may hold places to fill in: their names count, their marks do not."""
    return characters.direction(named(text), around)


def turned(text: str, around: Direction) -> Markup:
    """The attributes for text that runs against what is around it: empty when it runs the same way.

    Latin text in a letter that runs from right to left is a name or an address of this country.
    """
    own = direction(text, around)
    if own == around:
        return Markup("")
    return (
        Markup(' dir="ltr" lang="en"')
        if own == "ltr" and _has_letters(named(text))
        else Markup(f' dir="{own}"')
    )


def words(text: str, around: Direction) -> Markup:
    """A text as HTML, every character kept.

    Among words that run from right to left, groups of digits (a telephone number) would change places: each
    is marked to run left to right. A chain of hundreds of letters without a space is cut into pieces that may
    part at a line's end, because looking for that place in the whole chain takes half a minute.
    """
    marked = str(escape(text))
    if around == "rtl":
        marked = DIGIT_GROUPS.sub(r'<span dir="ltr">\g<0></span>', marked)
    if len(text) > _LONG_WORD:
        marked = _LONG_WORDS.sub(_in_pieces, marked)
    return Markup(marked)


def beside(row: tuple[str, ...], cell: str) -> str:
    """What the other cells of a row say, places left out: it tells one row's place from another's."""
    return " ".join(other for other in row if other != cell and not is_place(other))


def article(letter: Letter, size: str = "standard", top: int = 1) -> Markup:
    """The letter as `<article class="letter">`, without styles; `top` (1 to 3) is its heading’s level."""
    return Markup(templates().get_template("letter.html").render(context(letter, size, top)))


def context(letter: Letter, size: str, top: int = 1, fillable: bool = False) -> dict[str, Any]:
    """What the letter's templates are given; `fillable` makes fields of the places of a blank letter."""
    body = _leveled(letter.blocks, top)
    signed = next((place for place, (kind, _, _) in enumerate(body) if kind == "signature"), len(body))
    return {
        "letter": letter,
        "size": size,
        "top": top,
        "form": Form(letter),
        "fillable": fillable,
        # The closing words stand right before the first signature.
        "body": body[:signed],
        "sign": body[signed:],
        "annex": _leveled(letter.annex, top),
    }


def _leveled(blocks: tuple[Block, ...], top: int) -> list[tuple[str, Block, int]]:
    """Each block with its kind and the level of its heading (0: none): no level is ever skipped."""
    leveled: list[tuple[str, Block, int]] = []
    last = top
    for block in blocks:
        level = 0
        if isinstance(block, Heading):
            last = level = min(block.level + top - 1, last + 1)
        elif isinstance(block, Concern):
            # Concerns stand beside each other: they do not nest.
            level = min(top + 2, last + 1)
        leveled.append((_KINDS[type(block)], block, level))
    return leveled


def _in_pieces(word: re.Match[str]) -> str:
    return _PIECE.sub(r'<span class="letter__piece">\g<0></span>', word.group())


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)
