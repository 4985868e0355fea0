"""The whole of flows/ and of the letters' words as one frozen object, with the look-ups others need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from webapp.flows.asking import Concern, ConcernGroup, Notice, Outcome, Question, Signpost, WizardPart
from webapp.flows.blanks import BlankKind, BlankPlace, BlankSpace
from webapp.flows.model import (
    Event,
    LetterKind,
    LetterLine,
    LetterParagraph,
    Note,
    Part,
    Procedure,
    Recipient,
    Sentence,
)
from webapp.flows.register import (
    Authority,
    Habits,
    HelpGap,
    HelpLine,
    PartlyRead,
    Rule,
    SendingWay,
    Source,
    Threat,
)
from webapp.workdays import WorkCalendar


@dataclass(frozen=True)
class BankHolidays:
    """The bank holidays of England and Wales, and the day on which the list was read."""

    read: date
    source: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class LetterWords:
    """The words of all letters: parts in order, paragraphs, and the lines that every letter has."""

    parts: tuple[Part, ...]
    paragraphs: tuple[LetterParagraph, ...]
    lines: Mapping[str, tuple[LetterLine, ...]]


@dataclass(frozen=True)
class Law:
    """Everything that was read from the data. Tuples keep the order of the files."""

    letters: tuple[LetterKind, ...]
    procedures: tuple[Procedure, ...]
    wizard_parts: tuple[WizardPart, ...]
    questions: tuple[Question, ...]
    events: tuple[Event, ...]
    groups: tuple[ConcernGroup, ...]
    concerns: tuple[Concern, ...]
    outcomes: tuple[Outcome, ...]
    cannots: tuple[Sentence, ...]
    recipients: tuple[Recipient, ...]
    notices: tuple[Notice, ...]
    signposts: tuple[Signpost, ...]
    help_lines: tuple[HelpLine, ...]
    help_gaps: tuple[HelpGap, ...]
    partly_read: tuple[PartlyRead, ...]
    rules: tuple[Rule, ...]
    sources: tuple[Source, ...]
    authorities: tuple[Authority, ...]
    blanks: tuple[BlankKind, ...]
    places: tuple[BlankPlace, ...]
    spaces: tuple[BlankSpace, ...]
    ways: tuple[SendingWay, ...]
    threats: tuple[Threat, ...]
    habits: Habits
    counting: tuple[Note, ...]
    bank_holidays: BankHolidays
    letter_words: LetterWords

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days, for the years whose bank holidays are known."""
        days = self.bank_holidays.days
        return WorkCalendar(frozenset(days), min(days).year, max(days).year)

    @cached_property
    def procedure(self) -> Mapping[str, Procedure]:
        """Procedures by id."""
        return {entry.id: entry for entry in self.procedures}

    @cached_property
    def event(self) -> Mapping[str, Event]:
        """Events by id."""
        return {entry.id: entry for entry in self.events}

    @cached_property
    def concern(self) -> Mapping[str, Concern]:
        """Concerns by id."""
        return {entry.id: entry for entry in self.concerns}

    @cached_property
    def outcome(self) -> Mapping[str, Outcome]:
        """Outcomes by id."""
        return {entry.id: entry for entry in self.outcomes}

    @cached_property
    def recipient(self) -> Mapping[str, Recipient]:
        """Recipients by id."""
        return {entry.id: entry for entry in self.recipients}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        """Rules by id."""
        return {entry.id: entry for entry in self.rules}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {entry.id: entry for entry in self.sources}

    @cached_property
    def authority(self) -> Mapping[str, Authority]:
        """Authorities by ONS code."""
        return {entry.code: entry for entry in self.authorities}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {entry.id: entry for entry in self.questions}

    @cached_property
    def way(self) -> Mapping[str, SendingWay]:
        """Ways to send a letter, by id."""
        return {entry.id: entry for entry in self.ways}

    @cached_property
    def letter(self) -> Mapping[str, LetterKind]:
        """Letters by id."""
        return {entry.id: entry for entry in self.letters}

    @cached_property
    def always(self) -> frozenset[str]:
        """The events that have happened to everyone who complains."""
        return frozenset(entry.id for entry in self.events if entry.always)

    @cached_property
    def earlier(self) -> Mapping[str, frozenset[str]]:
        """For each event, all events that cannot be later than it, however many steps before."""
        found: dict[str, frozenset[str]] = {}

        def before(id: str) -> frozenset[str]:
            if id not in found:
                found[id] = frozenset()  # a circle ends here; the checks name it
                direct = self.event[id].after if id in self.event else ()
                found[id] = frozenset(direct).union(*(before(other) for other in direct))
            return found[id]

        for entry in self.events:
            before(entry.id)
        return found

    def procedure_for(self, letter: str, nation: str, authority: str) -> Procedure:
        """The authority's own procedure for this letter, else the one that catches its nation.

        Raises LookupError when there is none, which the checks of the data rule out.
        """
        general = None
        for procedure in self.procedures:
            if procedure.letter != letter or nation not in procedure.nations:
                continue
            if authority in procedure.authorities:
                return procedure
            if not procedure.authorities:
                general = procedure
        if general is None:
            raise LookupError(f"no procedure for {letter} in {nation}")
        return general
