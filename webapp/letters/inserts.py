"""The computed blocks of a letter: concerns, outcomes, dates, and the parent’s own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from webapp.cases.model import Case, Section
from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.flows.model import first
from webapp.language import Words
from webapp.letters.model import Block, Concern, OwnWords, Points, Table
from webapp.procedures import Counted, LetterDue

_BLANK_LINES = re.compile(r"\n[ \t]*\n[\s]*")


def own_words(text: str) -> OwnWords | None:
    """What the parent typed, paragraph by paragraph and otherwise untouched; None when it is empty."""
    paragraphs = tuple(part.strip("\n") for part in _BLANK_LINES.split(text.replace("\r\n", "\n")))
    kept = tuple(part for part in paragraphs if part.strip())
    return OwnWords(kept) if kept else None


@dataclass(frozen=True)
class Inserts:
    """Makes the block that a paragraph names; a block that would be empty is no block."""

    case: Case
    due: LetterDue
    law: Law
    words: Words
    facts: Facts

    def make(self, name: str) -> tuple[Block, ...]:
        """The blocks of the insert `name`. Raises KeyError for a name that the checks do not know."""
        return MAKERS[name](self)

    @property
    def answers(self) -> Section:
        """The parent’s answers for this letter."""
        return self.case.letter(self.due.letter).answers

    def concerns(self) -> tuple[Block, ...]:
        """Each concern with its heading and the parent’s own words."""
        details = self.answers.details
        return tuple(
            Concern(number, self.heading(concern), (), own_words(details.get(concern, "")))
            for number, concern in enumerate(self.due.concerns, start=1)
        )

    def concern_headings(self) -> tuple[Block, ...]:
        """The headings of the concerns alone."""
        headings = tuple(self.heading(concern) for concern in self.due.concerns)
        return (Points(headings, numbered=True),) if headings else ()

    def outcomes(self) -> tuple[Block, ...]:
        """What the parent asks for, in the procedure’s own terms, and their own wish as they typed it."""
        chosen = [self.law.outcome[id] for id in self.answers.outcomes]
        fitting = [entry for entry in chosen if entry.when.holds(self.facts)]
        blocks: list[Block] = []
        if fitting:
            said = tuple(self.words.say(entry.text) for entry in fitting)
            rules = tuple(rule for entry in fitting for rule in entry.rules)
            blocks.append(Points(said, numbered=len(said) > 1, rules=rules))
        own = own_words(self.answers.own_outcome)
        return (*blocks, own) if own else tuple(blocks)

    def deadlines(self) -> tuple[Block, ...]:
        """What they must do and by when, in the words of the procedure."""
        said = [self._clause(entry) for entry in self.due.deadlines if entry.deadline.who == "them"]
        clauses = tuple((text, rule) for text, rule in said if text)
        items = tuple(text for text, _ in clauses)
        return (Points(items, rules=tuple(rule for _, rule in clauses)),) if items else ()

    def history(self) -> tuple[Block, ...]:
        """What happened on which day, as far as it is known."""
        rows = []
        for event in self.law.events:
            day = self.due.events.get(event.id)
            said = first(event.history, self.facts)
            if day and said:
                rows.append((day, self.words.plain_date(day), self.words.say(said.text)))
        rows.sort(key=lambda row: row[0])
        if not rows:
            return ()
        head = (self.words.say("Date"), self.words.say("What happened"))
        return (Table("", head, tuple((day, said) for _, day, said in rows)),)  # its part has a heading

    def own(self, text: str) -> tuple[Block, ...]:
        """The parent’s own words as a block."""
        words = own_words(text)
        return (words,) if words else ()

    def heading(self, concern: str) -> str:
        """What a concern is called in a letter."""
        entry = self.law.concern[concern]
        found = first(entry.heading or entry.label, self.facts)
        return self.words.say(found.text) if found else ""

    def _clause(self, entry: Counted) -> tuple[str, str]:
        deadline = entry.deadline
        if entry.due and entry.state == "open" and (dated := first(deadline.letter_dated, self.facts)):
            last = entry.late_from - timedelta(days=1) if entry.late_from else entry.due
            values = {"{due}": self.words.long_date(entry.due), "{latest}": self.words.long_date(last)}
            text = self.words.say(dated.text)
            for name, value in values.items():
                text = text.replace(name, value)
            return text, deadline.rule
        plain = first(deadline.letter, self.facts) if entry.state in ("open", "unknown") else None
        return (self.words.say(plain.text) if plain else "", deadline.rule)


MAKERS: Mapping[str, Callable[[Inserts], tuple[Block, ...]]] = {
    "concerns": lambda made: made.concerns(),
    "concern-headings": lambda made: made.concern_headings(),
    "outcomes": lambda made: made.outcomes(),
    "deadlines": lambda made: made.deadlines(),
    "history": lambda made: made.history(),
    "why-late": lambda made: made.own(made.answers.why_late),
    "tried": lambda made: made.own(made.answers.tried),
    "why-unhappy": lambda made: made.own(made.answers.why_unhappy),
    "dates-i-can-make": lambda made: made.own(made.answers.dates_i_can_make),
    "adjustments": lambda made: made.own(made.case.support.adjustments),
}
