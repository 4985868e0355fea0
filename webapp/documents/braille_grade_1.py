"""A letter in uncontracted Braille, by the second table of its language."""

from __future__ import annotations

from webapp.documents.braille import emboss
from webapp.language import BY_ID
from webapp.letters.model import Letter


def render(letter: Letter, size: str) -> bytes:
    """The letter as a BRF file. There is one size of Braille. Raises as `braille.render` does."""
    return emboss(letter, BY_ID[letter.language].braille[1])
