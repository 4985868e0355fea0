"""The table of languages: how complete each catalogue is, who has checked it, its fonts, its last change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from gettext import GNUTranslations
from pathlib import Path

from webapp.documents.characters import fonts_of
from webapp.language import ENGLISH, LANGUAGES, Language, read_words

NOBODY = "nobody yet"


@dataclass(frozen=True)
class Row:
    """One language of the table. `messages` are those that it has, `complete` is their share of all."""

    id: str
    name: str
    messages: str
    complete: str
    reviewed: str
    fonts: str
    changed: str


_HEAD = Row("id", "language", "messages", "complete", "reviewed by", "fonts", "last change")


def languages_table(translations: Path) -> str:
    """A line for each language, in columns. Raises OSError when a compiled catalogue is missing."""
    catalogues = {
        language: read_words(language.id, translations).catalogue
        for language in LANGUAGES
        if language is not ENGLISH
    }
    messages = {language: _messages(found) for language, found in catalogues.items()}
    # English stands in the code and the data: all that any catalogue translates is a message of it.
    all_ids = frozenset[str]().union(*messages.values())
    messages[ENGLISH] = {id: id for id in all_ids}
    rows = []
    for language in LANGUAGES:
        there = messages[language]
        changed = "" if language is ENGLISH else catalogues[language].info()["po-revision-date"][:10]
        rows.append(_row(language, there, len(all_ids), changed))
    return "\n".join(_columns([_HEAD, *rows]))


def _row(language: Language, messages: dict[str, str], all: int, changed: str) -> Row:
    reviewed = "; ".join(language.reviewed) or ("the source" if language is ENGLISH else NOBODY)
    fonts = ", ".join(fonts_of("".join(messages.values())))
    # A share is never rounded up to a hundred.
    complete = f"{len(messages) * 100 // all} %"
    return Row(language.id, language.english, str(len(messages)), complete, reviewed, fonts, changed)


def _messages(catalogue: object) -> dict[str, str]:
    """The messages that a catalogue translates; of one with several forms the English one, and all forms."""
    if not isinstance(catalogue, GNUTranslations):
        return {}
    found: dict[str, str] = {}
    # The one way to list what a compiled catalogue holds is the attribute that the standard library fills.
    for key, said in catalogue._catalog.items():  # type: ignore[attr-defined]
        id = key[0] if isinstance(key, tuple) else key
        if id and said:
            found[id] = found.get(id, "") + said
    return found


def _columns(rows: list[Row]) -> Iterable[str]:
    cells = [astuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
