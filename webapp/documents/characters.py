"""Which characters our fonts can print, and which way a piece of text runs."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Literal

from fontTools.ttLib import TTFont

from webapp.places import fonts_folder

Direction = Literal["ltr", "rtl"]

# Line ends and tabs are laid out, not printed.
_LAID_OUT = frozenset("\n\r\t\u2028\u2029")
# Invisible by nature: soft hyphens, joiners, marks of direction, choosers of a glyph's variant.
_INVISIBLE = frozenset(
    chr(number)
    for first, last in (
        (0xAD, 0xAD),
        (0x34F, 0x34F),
        (0x61C, 0x61C),
        (0x180B, 0x180E),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
        (0xE0000, 0xE0FFF),
    )
    for number in range(first, last + 1)
)
# Fonts have glyphs for these, and Pango prints none: marks around notes between lines.
_NEVER = frozenset("\ufff9\ufffa\ufffb")


@cache
def printable() -> frozenset[str]:
    """Every character that at least one of our fonts has. Reads the fonts once in a process."""
    found: set[int] = set()
    for path in sorted(fonts_folder().glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    # A font's private characters have no meaning outside it.
    known = {
        character for character in map(chr, found) if unicodedata.category(character) not in ("Co", "Cc")
    }
    return frozenset(known - _NEVER) | _LAID_OUT | _INVISIBLE


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters of `text` that none of our fonts has, once each, in the order in which they come."""
    missing = set(text) - printable()
    return tuple(character for character in dict.fromkeys(text) if character in missing) if missing else ()


def direction(text: str, otherwise: Direction) -> Direction:
    """Which way `text` runs: that of its first letter; digits alone run left to right; else `otherwise`."""
    digits = False
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
        digits = digits or kind == "EN"
    return "ltr" if digits else otherwise
