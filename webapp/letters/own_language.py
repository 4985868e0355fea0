"""Whether those who get a letter can read the parent’s own words in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from webapp.language import LANGUAGES

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
# Fewer words than this say too little about their language: a list of names, a few days of the week.
_ENOUGH = 12
# Measured on the examples beside the concerns: in English the words of the list are 15 to 50 in a hundred, in
# Welsh 12 to 40; other languages in Latin letters have fewer of the English ones than 11.
_LEAST = 0.12


def can_be_read(texts: Iterable[str], nation: str) -> bool:
    """True unless one of these texts is surely in a language that the nation’s councils need not read."""
    official = [language.common for language in LANGUAGES if nation in language.official]
    return all(_can_be_read(text, official) for text in texts)


def _can_be_read(text: str, official: list[frozenset[str]]) -> bool:
    words = _WORD.findall(text.casefold().replace("'", "’"))
    if 2 * sum(map(_is_latin, words)) < len(words):
        return False
    if len(words) < _ENOUGH:
        return True
    return any(sum(word in common for word in words) >= _LEAST * len(words) for common in official)


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")
