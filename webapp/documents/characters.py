"""Which characters our fonts can print, and which way a piece of text runs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import Literal

from fontTools.ttLib import TTFont

from webapp.places import fonts_folder

Direction = Literal["ltr", "rtl"]

# A telephone number, a date in figures: its groups would change places among words from right to left.
DIGIT_GROUPS = re.compile(r"\+?\d+(?:[ \u00a0/.-]\d+)+")

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}

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


@cache
def _by_font() -> tuple[tuple[str, frozenset[str]], ...]:
    """The characters of each family, in the order in which a family is asked for one."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted(fonts_folder().glob("*-Regular.ttf"), key=lambda path: (len(path.stem), path.stem)):
        with TTFont(path, lazy=True) as font:
            family = font["name"].getBestFamilyName()
            found[family] = frozenset(map(chr, font.getBestCmap()))
    own = sorted(found.items(), key=lambda entry: entry[0].startswith("Noto"))
    return tuple(own)


def fonts_of(text: str) -> tuple[str, ...]:
    """The families of ours that print the letters of this text: as few as are needed, in their order."""
    letters = {character for character in text if character.isalpha()}
    families = []
    for family, characters in _by_font():
        if letters & characters:
            families.append(family)
            letters -= characters
    return tuple(families)


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


def stretches(text: str, around: Direction) -> tuple[tuple[str, Direction], ...]:
    """The text in order, in stretches that each run one way; `around` is the way of the line they stand in.

    What has no way of its own (spaces, stops, figures) goes with its neighbours if they agree, and else with
    the line. Figures right behind Latin letters go with these, and so do groups of figures.
    """
    kinds = [unicodedata.bidirectional(character) for character in text]
    if around == "ltr" and not {"R", "AL"}.intersection(kinds):
        return ((text, around),) if text else ()
    ways = _own_ways(text, kinds)
    # The way that comes next behind each place.
    ahead = around
    nexts: list[Direction] = []
    for way in reversed(ways):
        ahead = way or ahead
        nexts.append(ahead)
    before = around
    settled: list[Direction] = []
    for way, after in zip(ways, reversed(nexts), strict=True):
        before = way or before
        settled.append(way or (before if before == after else around))
    places = groupby(range(len(text)), key=settled.__getitem__)
    return tuple(("".join(map(text.__getitem__, group)), way) for way, group in places)


def _own_ways(text: str, kinds: list[str]) -> list[Direction | None]:
    """The way of each character, or None; signs that sit on a letter, and joiners, have that letter's way."""
    ways: list[Direction | None] = []
    last: Direction | None = None
    for place, kind in enumerate(kinds):
        way = _STRONG.get(kind)
        last = way or last
        if kind == "EN" and last == "ltr":
            way = last
        elif kind in ("NSM", "BN") and place:
            way = ways[-1]
        ways.append(way)
    for group in DIGIT_GROUPS.finditer(text):
        ways[group.start() : group.end()] = ["ltr"] * len(group.group())
    return ways
