"""Finding a council by typing its name: the same rule as the script’s, for a browser without one."""

from __future__ import annotations

import unicodedata
from typing import Any

from webapp.cases.model import NOT_SURE
from webapp.flows.law import Law
from webapp.flows.register import Authority
from webapp.forms import Filled
from webapp.language import Words
from webapp.letters.facts import authority_name

LIMIT = 20


def found_councils(filled: Filled, law: Law, words: Words, nation: str, looking: bool) -> dict[str, Any]:
    """What the council finder shows: all councils of the nation, those that the query finds unhidden."""
    query = str(filled.typed.get("find-council", "")).strip()
    chosen = filled.typed.get("authority", "")
    here = [entry for entry in law.authorities if entry.nation == nation]
    matching = [entry for entry in here if query and _matches(query, entry)]
    few = matching if len(matching) <= LIMIT else []
    items = [_item(entry, words, hidden=entry not in few, checked=entry.code == chosen) for entry in here]
    hint = words.say("We will use steps that we have read elsewhere, and your letter asks for yours.")
    items.append(
        {
            "value": NOT_SURE,
            "text": words.say("I am not sure"),
            "hint": hint,
            "checked": chosen == NOT_SURE,
            "always": True,
        }
    )
    counts = [_count(words, number) for number in range(LIMIT + 1)]
    counts.append(words.say("More than 20 councils match. Type more letters."))
    shown = counts[min(len(matching), LIMIT + 1)].replace("{query}", query) if looking or query else ""
    return {"councils": items, "query": query, "found": shown, "found_list": counts, "limit": LIMIT}


def _item(entry: Authority, words: Words, hidden: bool, checked: bool) -> dict[str, Any]:
    name = authority_name(entry, words)
    other = entry.name if name != entry.name else entry.name_cy
    return {
        "value": entry.code,
        "text": name,
        "hint": ", ".join(
            text for text in (other, entry.region if entry.nation == "england" else "") if text
        ),
        "keywords": _plain(" ".join((entry.short, entry.place_cy, *entry.other_names))),
        "hidden": hidden,
        "checked": checked,
    }


def _count(words: Words, number: int) -> str:
    if number == 0:
        return words.say("No council matches “{query}”. Try the first letters of its name.")
    return words.catalogue.ngettext(
        "{count} council matches “{query}”", "{count} councils match “{query}”", number
    ).replace("{count}", str(number))


def _matches(query: str, entry: Authority) -> bool:
    """True when the query begins a word of the council’s names or region."""
    texts = (entry.name, entry.short, entry.name_cy, entry.place_cy, entry.region, *entry.other_names)
    return f" {_plain(query)}" in f" {_plain(' '.join(texts))}"


def _plain(text: str) -> str:
    """Small letters without accents; every other mark is a space."""
    letters = unicodedata.normalize("NFD", text.lower())
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())
