"""What a template’s own page says beside its sheet: where to send it, what to know, and its documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from webapp.flows.law import Law
from webapp.flows.model import every
from webapp.language import Words
from webapp.letters.blank import Blank, due_and_facts
from webapp.library.catalogue import Sheet
from webapp.plans.model import Note, RuleWords
from webapp.plans.notes import rule_words, say_first


@dataclass(frozen=True)
class Source:
    """A document that a template rests on: who published it, when, when we read it, and its sentences."""

    name: str
    publisher: str
    dated: str
    read: date
    note: str
    rules: tuple[RuleWords, ...]


@dataclass(frozen=True)
class Details:
    """The rest of a template’s page. `to` says to whom it goes in one phrase."""

    to: str
    procedure: str
    where: tuple[str, ...]
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]

    @property
    def read_since(self) -> date | None:
        """The day before which none of the documents was read, or None without documents."""
        return min((source.read for source in self.sources), default=None)


def details(blank: Blank, shown: Sheet, law: Law, words: Words) -> Details:
    """The details of a blank letter, whose sheet this is, in the language of `words`."""
    _, facts = due_and_facts(blank, law)
    where = every(law.recipient[blank.stage.to].where, facts)
    notes = [note for note in blank.stage.notes if note.when.holds(facts)]
    cited = [rule.id for rule in shown.rules]
    cited += [rule for sentence in where for rule in sentence.rules]
    cited += [rule for note in notes for rule in note.rules]
    return Details(
        to=addressed(shown, words),
        procedure=say_first(blank.procedure.what, facts, words),
        where=tuple(words.say(sentence.text) for sentence in where),
        notes=tuple(
            Note("", words.say(note.title), words.say(note.text), rule_words(note.rules, law, words))
            for note in notes
        ),
        sources=_sources(tuple(dict.fromkeys(cited)), law, words),
    )


def addressed(shown: Sheet, words: Words) -> str:
    """“To the chair of the conference”: a recipient’s name may have no other form in a language."""
    return words.say("To {recipient}").replace("{recipient}", shown.to)


def _sources(cited: tuple[str, ...], law: Law, words: Words) -> tuple[Source, ...]:
    """The documents of these rules, in the order in which the rules first name them."""
    ids = dict.fromkeys(law.rule[rule].source for rule in cited)
    return tuple(
        Source(
            name=words.say(source.name),
            publisher=source.publisher,
            dated="" if source.dated == "undated" else source.dated,
            read=source.read,
            note=words.say(source.note),
            rules=tuple(
                # What is to be said of the whole document is said once.
                replace(rule, note=words.say(law.rule[rule.id].note))
                for rule in rule_words(cited, law, words)
                if law.rule[rule.id].source == source.id
            ),
        )
        for source in (law.source[id] for id in ids)
    )
