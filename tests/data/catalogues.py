"""What translations are held to: the messages that there are, and what is wrong with a translated one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from webapp.language import BY_ID
from webapp.places import translations_folder

Id = str | tuple[str, ...]
_ROOT = translations_folder().parent
# Placeholders of data, of counts and of templates.
_PLACEHOLDER = re.compile(r"%%?\{\w+\}|\{\{[\w-]+\}\}|\{[\w-]*\}|%\(\w+\)s")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|”[^“]*“|`[^`]*`|「[^」]*」")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
# Lines end, and joiners shape the letters of Farsi and of the Indian languages.
_MAY_HIDE = "\n\u200c\u200d"
# English sentences have many of these, and names of bodies hardly any.
_ENGLISH = re.compile(
    r"\b(the|and|my|was|that|not|she|they|we|it|have|had|with|this|did|you|our|her|his|are|would|about|from|by|when"
    r"|who|there|been|their|which|because|will|before|after|must|your|is)\b"
)
_QUESTION = ("?", "؟", "？", ";", "፧")


@cache
def messages() -> frozenset[Id]:
    """Every message of the code, the templates and the data, as `make messages` finds them."""
    with (_ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {"say": None, "_say": None, "N_": None, "count": (1, 2), "_count": (1, 2)}
    every = {**DEFAULT_KEYWORDS, **keywords}
    found = extract_from_dir(_ROOT, methods, options, every, directory_filter=_ours)
    return frozenset(message for _, _, message, _, _ in found)


def _ours(folder: str) -> bool:
    name = Path(folder).name
    return name not in ("node_modules", "tests", "deploy", "dist") and not name.startswith(".")


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of a language, as translators have it."""
    locale = BY_ID[language].locale
    with (translations_folder() / locale / "LC_MESSAGES" / "heard.po").open("rb") as file:
        return read_po(file, locale=locale)


def translated(language: str) -> Iterator[tuple[Id, tuple[str, ...]]]:
    """Each message with its translation, or its translations for each kind of number."""
    for message in catalogue(language):
        if message.id:
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            yield (message.id if isinstance(message.id, str) else tuple(message.id)), forms


def faults(language: str, id: Id, forms: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with one translation, in words."""
    english = (id,) if isinstance(id, str) else id
    if len(forms) != (1 if isinstance(id, str) else catalogue(language).num_plurals):
        yield f"{len(forms)} forms"
    for form in forms:
        if not form.strip():
            yield "empty"
        yield from _wrong_placeholders(english, form)
        yield from _wrong_signs(form)
        if left := _left_in_english(language, english[-1], form):
            yield left
        if english[-1].endswith("?") and not form.rstrip().endswith(_QUESTION):
            yield "no question mark"
        if form != form.strip():
            yield "space at an end"


def _wrong_placeholders(english: tuple[str, ...], form: str) -> Iterator[str]:
    wanted = [Counter(_PLACEHOLDER.findall(text)) for text in english]
    found = Counter(_PLACEHOLDER.findall(form))
    if found not in wanted and not (len(english) > 1 and found <= wanted[-1]):
        yield f"placeholders {dict(found)}"


def _wrong_signs(form: str) -> Iterator[str]:
    for sign in sorted(set(form)):
        hidden = unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") and sign not in _MAY_HIDE
        if hidden or sign in "'\"":
            yield f"sign U+{ord(sign):04X}"
    for opening, closing in ("()", "（）", "[]", "{}"):
        if form.count(opening) != form.count(closing):
            yield f"{opening} without {closing}"


def _left_in_english(language: str, english: str, form: str) -> str:
    """English sentences beyond what stands in brackets or is quoted; names of bodies have no such words."""
    if form == english and len(_words(english)) > 3 and _share_of_english(english) > 0.25:
        return "not translated"
    rest = _words(_QUOTED.sub(" ", _BRACKETED.sub(" ", _PLACEHOLDER.sub(" ", form))))
    latin = [word for word in rest if unicodedata.name(word[0], "").startswith("LATIN")]
    if len(latin) >= 5 and _share_of_english(" ".join(latin)) > 0.34:
        return "English left over"
    return ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _share_of_english(text: str) -> float:
    words = _words(text)
    return sum(bool(_ENGLISH.fullmatch(word)) for word in words) / len(words) if words else 0
