"""Which characters can be printed, and which way a text runs."""

from __future__ import annotations

import pytest
from letters_to_print import NAMES

from webapp.documents.characters import direction, missing_characters
from webapp.documents.model import shown


def test_letters_of_the_languages_of_our_parents_are_all_there() -> None:
    assert missing_characters(" ".join(NAMES.values()) + "ŴŵŶŷẀẁẄẅ €£½ • – “ ” ‘ ’ … → ✓ ☐") == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("fine", ()),
        ("😀 and 😀", ("😀",)),
        ("a\x00b", ("\x00",)),
        ("王小明, 王曉東", ()),
        ("བོད", ("བ", "ོ", "ད")),
        ("\uf0b7 pasted from Word", ("\uf0b7",)),
        ("half a pair \ud83d", ("\ud83d",)),
        ("soft\u00adhyphen, joiner\u200d, heart ❤\ufe0f, mark\u200f", ()),
        ("line\r\nends\u2028too\t", ()),
    ],
)
def test_missing_characters_are_named_once_in_their_order(text: str, missing: tuple[str, ...]) -> None:
    assert missing_characters(text) == missing


def test_a_character_without_a_shape_is_named_by_its_number() -> None:
    assert [shown(character) for character in ("😀", "\x00", "\uf0b7")] == ["😀", "U+0000", "U+F0B7"]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("14 Larkspur Close", "ltr"),
        ("07700 900 123", "ltr"),
        ("محمد", "rtl"),
        ("2 نوفمبر", "rtl"),
        ("…", "rtl"),
        ("", "rtl"),
    ],
)
def test_a_text_runs_the_way_of_its_first_letter(text: str, way: str) -> None:
    assert direction(text, "rtl") == way
