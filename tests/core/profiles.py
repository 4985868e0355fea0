"""The words that parents give beside their answers: none, all, and those of each kind of writer."""

from __future__ import annotations

from typing import Any

from every_path import LAW

OWN_NAME = "Ann Rhys-Öztürk"
WORDS = {
    "you": {
        "name": OWN_NAME,
        "address": "1 Mill Lane\nTown",
        "email": "ann@example.org",
        "phone": "01632 960001",
        "reply-by": ["post", "email", "phone"],
        "parental-responsibility": "yes",
        "privacy": ["not-other-parent", "no-messages"],
    },
    "children": [{"names": "Bo Rhys", "born": "2019-04-02"}, {"names": "Cy Rhys"}],
    "reference": "CS/1234",
    "worker": "D. Jones",
    "support": {
        "interpreter": "pl",
        "supporter": "Sam Lee",
        "reply-format": "large-print",
        "adjustments": "Short sentences, please.",
    },
    "send-by": "post",
    "legal": ["in-court"],
}
WRITER = {"name": "Sam Lee", "organisation": "Advocacy Here"}
OWN = frozenset(
    {
        *(OWN_NAME, "Sam Lee", "Advocacy Here", "D. Jones", "CS/1234", "Bo Rhys", "Cy Rhys"),
        *("Pat Hughes", "2 Civic Square", "Town", "1 Mill Lane"),
    }
)


def section_words(letter: str, concerns: list[str]) -> dict[str, Any]:
    """Every free text that a letter can carry."""
    return {
        "details": dict.fromkeys(concerns, "On 4 March this happened.\n\nIt was wrong."),
        "outcomes": [entry.id for entry in LAW.outcomes if letter in entry.letters],
        "own-outcome": "Please listen.",
        "why-late": "I was ill.",
        "why-unhappy": "It was not answered.",
        "tried": "I rang.",
        "enclosures": "A letter\nA note",
        "dates-i-can-make": "Tuesdays",
        "recipient": {"name": "Pat Hughes", "address": "2 Civic Square\nTown"},
        "conference-type": "review",
        "attended": "yes",
        "about-chair": "yes",
        "meeting": "welcome",
        "keep-working": "yes",
    }


PROFILES: dict[str, dict[str, Any]] = {
    "bare": {},
    "full": WORDS,
    "supporter": WORDS | {"role": "supporter", "writer": WRITER, "children": [{"names": "Bo Rhys"}]},
    "young": {"role": "young-person", "you": WORDS["you"], "support": {"reply-format": "braille"}},
    "carer": {
        "role": "carer",
        "you": {"parental-responsibility": "not-sure"},
        "support": {"interpreter": "cy"},
    },
    "family": {"role": "family-member", "you": {"name": OWN_NAME, "parental-responsibility": "no"}},
}


def merged(answers: dict[str, Any], profile: str) -> dict[str, Any]:
    """The answers with the words that a profile gives; the bare one and short ones have none."""
    more = dict(PROFILES[profile])
    if profile in ("full", "supporter"):
        for letter in LAW.letter:
            concerns = [one for one in answers["concerns"] if LAW.concern[one].letter == letter]
            if concerns:
                more[letter] = section_words(letter, concerns) | answers.get(letter, {})
    return answers | more
