"""A page with the English of the council’s papers beside each term at its first use."""

from __future__ import annotations

import re

from webapp.glossary import Glossing, glossing
from webapp.language import Language

_TAGS = re.compile(r"(<[^>]*>)")
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
# What is not read as words of ours: what somebody typed, other languages, scripts, and letters, which are
# glossed as they are made.
_LEFT_ALONE = re.compile(
    r'<(?:script|style|textarea|select|svg|audio)\b|<[a-z0-9]+\b[^>]*\b(?:dir="auto"|lang=|class="letter )'
)
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def glossed_page(html: str, language: Language) -> str:
    """The page, with English terms in brackets at the first use of each in its main part."""
    gloss = glossing(language)
    main = _MAIN.search(html) if gloss.terms else None
    if main is None:
        return html
    return html[: main.start()] + _glossed(main.group(), gloss) + html[main.end() :]


def _glossed(html: str, gloss: Glossing) -> str:
    parts = _TAGS.split(html)
    said: list[str] = []
    inside: list[str] = []  # the open elements, from the first one that is left alone
    for place, part in enumerate(parts):
        if place % 2:
            _follow(part, inside)
            said.append(part)
        elif inside:
            said.append(part)
        else:
            said.append(gloss.text(part, " ".join(parts[place + 2 : place + 9 : 2])))
    return "".join(said)


def _follow(tag: str, inside: list[str]) -> None:
    """Keeps count of the elements that are open, once inside one that is left alone."""
    found = _NAME.match(tag)
    name = found.group(1).lower() if found else ""
    if not name or name in _VOID or tag.endswith("/>"):
        return
    if tag.startswith("</"):
        if inside and inside[-1] == name:
            inside.pop()
    elif inside or _LEFT_ALONE.match(tag):
        inside.append(name)
