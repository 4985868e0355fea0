"""The English terms of the council’s papers, beside a language’s own at their first use.

A parent who reads Polish will meet “child protection conference” in English papers. So a page or a letter
says it in brackets, once. What a term is in a language stands in glossary.toml in its folder of translations.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from webapp.language import Language
from webapp.places import translations_folder

# In a form, `*` stands for the rest of a word, or for its beginning.
_REST = r"[^\s()（）\[\]<>.,;:!?“”„«»、，。：；！？،؛؟۔።፣፤·/]*"
# How far behind a term its English counts as being beside it.
_BESIDE = 60


@dataclass(frozen=True)
class Term:
    """A term: in English, in the language, and the forms of it that its sentences have."""

    english: str
    own: str
    forms: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """What finds any of its forms."""
        forms = sorted(self.forms, key=len, reverse=True)
        return "|".join(_REST.join(map(re.escape, form.split("*"))) for form in forms)


@cache
def read_glossary(language: Language, translations: Path) -> tuple[Term, ...]:
    """The terms of a language, the longest English first; none where it has no glossary."""
    path = translations / language.locale / "glossary.toml"
    if not path.is_file():
        return ()
    with path.open("rb") as file:
        entries = tomllib.load(file)["term"]
    terms = [Term(entry["english"], entry["own"], tuple(entry["forms"])) for entry in entries]
    return tuple(sorted(terms, key=lambda term: -len(term.english)))


@cache
def finder(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """What finds the forms of all terms; the group that matched has the term’s place as its number."""
    # Letters before a form would make it a piece of another word; Chinese has no spaces to tell.
    groups = (f"({term.pattern})" for term in terms)
    return re.compile(rf"(?<![A-Za-zÀ-ɏЀ-ӿ])(?:{'|'.join(groups)})", re.IGNORECASE)


@dataclass
class Glossing:
    """Puts the English beside the first use of each term, through one page or one letter, text by text."""

    terms: tuple[Term, ...]
    brackets: str = " ({})"
    done: set[str] = field(default_factory=set)

    def text(self, text: str, ahead: str = "") -> str:
        """The text with the English of each term that is new in it; `ahead` is what follows the text."""
        if not self.terms or not text.strip():
            return text
        pieces: list[str] = []
        at = 0
        for found in finder(self.terms).finditer(text):
            term = self.terms[(found.lastindex or 1) - 1]
            if term.english in self.done or self._in_brackets(text, found.start()):
                continue
            beside = f"{found.group()} {(text[found.end() :] + ' ' + ahead)[:_BESIDE]}"
            there = term.english.casefold() in beside.casefold()
            if not there and text[found.end() :].lstrip().startswith(("(", "（")):
                continue  # two brackets behind each other read badly: its next use is soon enough
            self._learn(term.english)
            if there:
                continue
            pieces += [text[at : found.end()], self.brackets.format(term.english)]
            at = found.end()
        return "".join(pieces) + text[at:]

    def _learn(self, english: str) -> None:
        """Who has read “child protection conference” need not be told “conference”."""
        self.done |= {english} | {
            term.english for term in self.terms if re.search(rf"\b{re.escape(term.english)}\b", english, re.I)
        }

    def _in_brackets(self, text: str, at: int) -> bool:
        before = text[:at]
        return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def glossing(language: Language) -> Glossing:
    """A new glossing for one page or letter. A language that councils read needs none."""
    terms = () if language.official else read_glossary(language, translations_folder())
    return Glossing(terms, language.brackets)
