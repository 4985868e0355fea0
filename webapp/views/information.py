"""Pages that ask nothing: the start, privacy, accessibility, the rules, and how dates are counted."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from webapp import visits
from webapp.flows.uses import citations
from webapp.language import N_
from webapp.pages import page, page_url
from webapp.plans.notes import rule_words
from webapp.questions import Walk
from webapp.views import counting

room = Blueprint("information", __name__)
_ROOMS = {
    "templates/letters": N_("the letters"),
    "questions.toml": N_("the questions"),
    "concerns.toml": N_("the questions"),
    "events.toml": N_("the questions"),
    "outcomes.toml": N_("what you can ask for"),
    "help-lines.toml": N_("where to get help"),
    "sending.toml": N_("the dates"),
    "counting.toml": N_("the dates"),
}
_PLAN = N_("Your plan")  # all other data


@room.get("/<lang>/")
def start(lang: str) -> Any:
    """What this does, what it keeps, and the way in."""
    path: Walk = visits.path()
    first = path.steps[0]
    return page("start", first_url=f"/{lang}/{first.path}", begun=bool(path.kept))


@room.get("/<lang>/privacy")
def privacy(lang: str) -> Any:
    """What is kept, for how long, and how it is locked."""
    return page("privacy", habits=visits.heard().law.habits, counts=counting.kept().on)


@room.get("/<lang>/traces")
def traces(lang: str) -> Any:
    """How to take this site out of a browser’s history, and what that does not do."""
    return page("traces", back_url=page_url("privacy"))


@room.get("/<lang>/threats")
def threats(lang: str) -> Any:
    """Who could want to harm a parent through this site, what stops them, and what does not."""
    words = visits.words()
    return page("threats", threats=visits.heard().law.threats, say=words.say, back_url=page_url("privacy"))


@room.get("/<lang>/accessibility")
def accessibility(lang: str) -> Any:
    """Who this works for, and what is known not to work."""
    return page("accessibility")


@room.get("/<lang>/rules")
def rules(lang: str) -> Any:
    """The register of rules, by source, in plain words and in the source’s own."""
    law, words = visits.heard().law, visits.words()
    groups = []
    for source in law.sources:
        of_source = [rule.id for rule in law.rules if rule.source == source.id and not rule.unused]
        if of_source:
            groups.append({"source": source, "read": words.plain_date(source.read),
                           "rules": rule_words(of_source, law, words)})  # fmt: skip
    unused = [rule for rule in law.rules if rule.unused]
    return page("rules", groups=groups, unused=unused, used_in=_used_in(), say=words.say)


def _used_in() -> dict[str, list[str]]:
    """For each rule, the rooms of this site that rest on it, in the page’s language."""
    words = visits.words()
    found: dict[str, dict[str, None]] = {}
    for rule, entry in citations(visits.heard().law):
        found.setdefault(rule, {})[words.say(_ROOMS.get(entry.file, _PLAN))] = None
    return {rule: list(places) for rule, places in found.items()}


@room.get("/<lang>/dates")
def dates(lang: str) -> Any:
    """How days are counted, and the bank holidays that are known."""
    law, words = visits.heard().law, visits.words()
    holidays = law.bank_holidays
    return page(
        "dates",
        ways=law.ways,
        say=words.say,
        read=words.plain_date(holidays.read),
        last_year=law.calendar.last_year,
        notes=[
            {
                "title": words.say(note.title),
                "text": words.say(note.text),
                "rules": rule_words(note.rules, law, words),
            }
            for note in law.counting
        ],
    )
