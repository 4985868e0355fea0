"""Finding the words to translate in the TOML of flows/ and templates/, for Babel’s extraction."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import IO, Any

_KEYS = frozenset(
    [
        "actor",
        "allowed",
        "ask",
        "assumed_text",
        "attacker",
        "beside",
        "discretion_text",
        "example",
        "heading",
        "headings",
        "help",
        "hint",
        "history",
        "hours",
        "if_not",
        "label",
        "left",
        "letter",
        "letter_dated",
        "line",
        "lines",
        "missing",
        "name",
        "not_yet",
        "note",
        "plan",
        "prompts",
        "question",
        "reached_opened",
        "reached_replied",
        "reached_sent",
        "reached_skipped",
        "reached_unresolved",
        "salutation",
        "say",
        "says",
        "short",
        "stopped_by",
        "text",
        "title",
        "unknown",
        "unread",
        "unused",
        "use",
        "wants",
        "what",
        "where",
        "where_to_look",
        "why",
    ]
)
# Names of councils and areas are not translated; nor is an id that shares its key with words.
_AS_THEY_ARE = {
    "authorities.toml": frozenset({"name", "short"}),
    "partly-read.toml": frozenset({"name"}),
    "concerns.toml": frozenset({"letter"}),
}
_IDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Message = tuple[int, str, str, list[str]]


def toml_words(
    fileobj: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[Message]:
    """Every sentence under a key that a person reads, with its line. Quotations are never translated."""
    content = fileobj.read().decode("utf-8")
    left_alone = _AS_THEY_ARE.get(PurePath(fileobj.name).name, frozenset())
    lines = content.splitlines()
    seen: set[str] = set()
    for text, name in _words(tomllib.loads(content), "", left_alone):
        if text not in seen:
            seen.add(text)
            yield _line_of(text, lines), "gettext", text, [name] if name else []


def _words(value: Any, key: str, left_alone: frozenset[str], name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        name = str(value.get("id") or value.get("rule") or name)
        for inner_key, inner in value.items():
            yield from _words(inner, inner_key, left_alone, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner, key, left_alone, name)
    elif isinstance(value, str) and value and key in _KEYS - left_alone and not _is_id(key, value):
        yield value, name


def _is_id(key: str, value: str) -> bool:
    """True for the id of a letter, and for a line that is nothing but one name to fill in."""
    only_a_name = value.startswith("{") and value.endswith("}") and value.count("{") == 1
    return only_a_name or (key in ("letter", "actor") and bool(_IDS.fullmatch(value)))


def _line_of(text: str, lines: list[str]) -> int:
    start = text[:40].replace('"', '\\"')
    return next((number for number, line in enumerate(lines, start=1) if start in line), 1)
