"""How what is made to be seen is said: telephone numbers, postcodes, addresses, references, money, marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import get_currency_name

from webapp.language import N_, Words

# The voice has no name for these inside an address.
_NAMED = {"_": N_("underscore"), "-": N_("dash")}

# The first that fits decides how a piece of the text is said; the rest is left to the voice.
_SEEN = re.compile(
    r"""
    (?P<email>[\w.+%'’-]+@[\w-]+(?:\.[\w-]+)+)
  | (?:https?://|\b(?=www\.))(?P<web>\S*[\w/])
  | (?P<phone>(?<![\w+.,£])(?:\+|\(?0)(?:[ ().-]{0,2}\d){8,14}(?!\w))
  | (?P<day>(?<![\w/.-])\d{1,4}(?P<between>[/.-])\d{1,2}(?P=between)\d{2,4}(?![\w/-]))
  | (?P<postcode>\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b)
  | £\s?(?P<pounds>\d[\d,]*(?:\.\d\d)?)(?!\w)
  | (?P<hour>(?<![\w.:])\d{1,2})[.:](?P<minutes>\d\d)(?=\s?[ap]\.?m\b)
  | (?P<reference>(?<![\w/-])(?=[A-Z/-]*\d)(?=[\d/-]*[A-Z])(?!\d+(?:AM|PM|ST|ND|RD|TH)\b)
        [A-Z\d]+(?:[/-][A-Z\d]+)*(?![\w/-]))
  | (?P<digits>(?<![\w.,])(?:\d{5,}|0\d{2,})(?!\w|[.,]\d))
  | (?P<span>(?<![\w-])\d{1,4}-\d{1,4}(?![\w-]))
  | (?P<either>(?<![\w./])[^\W\d_]+(?:/[^\W\d_]+)+(?![\w/]|\.\w))
    """,
    re.VERBOSE,
)
_RUNS = re.compile(r"[A-Z]+|\d+|/")
# A longer run of capitals is a word.
_LONGEST_INITIALS = 4

_SEPARATORS = re.compile(r"[\[\]{}<>*~^|\\_•·]+|[=/#-]{2,}")
_BRACKETS = re.compile(r"\s*[()]\s*")
_REPEATED = re.compile(r"([^\w\s])\1{2,}")
_PAUSES = re.compile(r"\s*,(?!\d)[\s,]*|\s+,[\s,]*")
_PAUSE_TOO_MANY = re.compile(r",\s+(?=[.;:!?…])|(?<=[.;:!?…]),|^, |, $")


def sayable(text: str, words: Words) -> str:
    """One line of a letter as the voice must get it; "" where nothing in it can be said.

    It adds no word but those that a mark stands for (“underscore”, “pounds”), in the language of `words`.
    """
    said = _SEEN.sub(lambda found: _said(found, words), "".join(_printed(text)))
    said = _SEPARATORS.sub(" ", said)
    said = _BRACKETS.sub(", ", said)
    said = _REPEATED.sub(r"\1", said)
    said = _PAUSES.sub(", ", said)
    said = " ".join(_PAUSE_TOO_MANY.sub("", said).split())
    # Letters, digits, and signs such as ☺ that have a name.
    return said if any(unicodedata.category(mark)[0] in "LN" or mark > "⌀" for mark in said) else ""


def _printed(text: str) -> Iterator[str]:
    """The characters without those that steer a machine, which a voice may take as an order."""
    for character in text:
        kind = unicodedata.category(character)
        if character in "`´":
            yield "’"
        elif kind in ("Cc", "Zl", "Zp"):
            yield " "
        elif kind[0] != "C" or character in "\u200c\u200d":  # joiners belong to a word
            yield character


def _said(found: re.Match[str], words: Words) -> str:
    """What is said for one thing that `_SEEN` found."""
    seen = found[0]
    match found.lastgroup:
        case "email" | "web":
            return "".join(
                f" {words.say(_NAMED[mark])} " if mark in _NAMED else mark for mark in found[found.lastgroup]
            )
        case "phone":
            plus = "+ " if "+" in seen else ""
            return plus + ", ".join(map(_digits, re.findall(r"\d+", seen)))
        case "day" | "between":
            return seen.replace(found["between"], " ")
        case "postcode":
            return f"{_characters(seen[:-3])}, {_characters(seen[-3:])}"
        case "pounds":
            amount = Decimal(found["pounds"].replace(",", ""))
            name = get_currency_name("GBP", count=amount, locale=words.language.locale)
            return f"{found['pounds']} {name}"
        case "minutes":
            return found["hour"] if found["minutes"] == "00" else f"{found['hour']} {found['minutes']}"
        case "reference":
            return _reference(seen)
        case "digits":
            return _digits(seen)
        case "span":
            return seen.replace("-", "–")
        case _:
            return seen.replace("/", " ")


def _reference(seen: str) -> str:
    """“CP/1140” letter by letter and digit by digit; “COVID-19” as it is."""
    runs = _RUNS.findall(seen)
    if any(run.isalpha() and len(run) > _LONGEST_INITIALS for run in runs):
        return seen
    return ", ".join(_digits(run) if run.isdigit() else _characters(run) for run in runs).replace(
        ", /,", " /"
    )


def _characters(seen: str) -> str:
    """One character after the other. A comma keeps a lone “A” from being said as the article."""
    return " ".join("A," if character == "A" else character for character in seen if not character.isspace())


def _digits(seen: str) -> str:
    """One digit after the other, in the groups in which people say them: “0 7 7 0 0, 9 0 0, 1 2 3”."""
    first = len(seen) if len(seen) <= 5 else len(seen) % 3 + 3
    groups = [seen[:first], *(seen[at : at + 3] for at in range(first, len(seen), 3))]
    return ", ".join(" ".join(group) for group in groups)
