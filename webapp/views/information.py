"""Pages that ask nothing: the start, privacy, accessibility, the rules, and how dates are counted."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from webapp import visits
from webapp.pages import page
from webapp.plans.notes import help_line, rule_words
from webapp.questions import Walk

room = Blueprint("information", __name__)


@room.get("/<lang>/")
def start(lang: str) -> Any:
    """What this does, what it keeps, and the way in."""
    path: Walk = visits.path()
    first = path.steps[0]
    return page("start", first_url=f"/{lang}/{first.path}", begun=bool(path.kept))


@room.get("/<lang>/privacy")
def privacy(lang: str) -> Any:
    """What is kept, for how long, and how it is locked."""
    return page("privacy", habits=visits.heard().law.habits)


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
    return page("rules", groups=groups, unused=unused, say=words.say)


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
        lines=[help_line(line, words) for line in law.help_lines if "advice" in line.kinds],
    )
