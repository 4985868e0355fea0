"""Blank letters: the sentences of a parent's letter, with places to fill in where an answer would stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from webapp.cases.model import NOT_SURE, Case, Person, Section, Support, Writer
from webapp.cases.model import Letter as LetterSection
from webapp.conditions import Facts
from webapp.flows.blanks import BlankKind
from webapp.flows.law import Law
from webapp.flows.model import Deadline, Procedure, Stage, first
from webapp.language import Words
from webapp.letters.compose import Head, Printer, put_together
from webapp.letters.facts import council_name, facts_of, source_of_limit
from webapp.letters.inserts import Inserts
from webapp.letters.model import Block, Choices, Letter, Space, Table, place
from webapp.procedures import Counted, LetterDue, Route, letter_due

_OPEN_ROWS = 2
_CHILDREN = 2
_ENCLOSURES = 3
_SENDER = ("name", "address", "address-more", "phone", "email")
_TO = ("recipient-address", "recipient-address-more")
_WITH_HELP = ("complaint", "escalation")
# What a blank letter leaves open: who writes, what they chose, how it is sent.
_LEFT_OPEN = ("role", "children", "send-by", "outcomes", "parental-responsibility", "reached", "attended")


@dataclass(frozen=True)
class Blank:
    """One blank letter that there is; `reminds_of` is the rule of the limit that a reminder is about."""

    nation: str
    procedure: Procedure
    stage: Stage
    kind: BlankKind
    reminds_of: Deadline | None = None

    @property
    def id(self) -> str:
        """Its name in an address: the kind, and for a reminder the rule of the limit."""
        return f"{self.kind.id}-{self.reminds_of.rule.lower()}" if self.reminds_of else self.kind.id


def blanks_of(law: Law) -> tuple[Blank, ...]:
    """Every blank letter that the law's procedures have, in the law's order."""
    return tuple(
        blank
        for letter in law.letters
        for procedure in law.procedures
        if procedure.letter == letter.id
        for nation in procedure.nations
        for stage in procedure.stage
        for blank in _of_stage(nation, procedure, stage, law)
    )


def _of_stage(nation: str, procedure: Procedure, stage: Stage, law: Law) -> Iterator[Blank]:
    for kind in law.blanks:
        if kind.kind == "chase":
            for deadline in procedure.deadline:
                theirs = deadline.who == "them" and stage.id in deadline.stages
                if theirs and deadline.seen and deadline.chase:
                    yield Blank(nation, procedure, stage, kind, deadline)
        elif _has(procedure, stage, kind, law):
            yield Blank(nation, procedure, stage, kind)


def _has(procedure: Procedure, stage: Stage, kind: BlankKind, law: Law) -> bool:
    """True when this stage has letters of this kind."""
    is_first = stage == procedure.stage[0]
    if kind.kind == "enquiry":
        return True
    if kind.kind == "request-procedure":
        return is_first and any(each.asks and each.letter == procedure.letter for each in law.concerns)
    if (kind.kind == "escalation") == is_first:
        return False
    if kind.unanswered and stage.opened_by:
        return False
    return own_limit(procedure, stage) is not None if kind.late or kind.kind == "holding" else True


def own_limit(procedure: Procedure, stage: Stage) -> Deadline | None:
    """The parent's own time limit for this stage, or None: one that makes a letter for it late."""
    for deadline in procedure.deadline:
        at = deadline.late_at if deadline.late_at is not None else deadline.stages
        if deadline.who == "you" and stage.id in at:
            return deadline
    return None


def compose_blank(blank: Blank, law: Law, words: Words) -> Letter:
    """The blank letter, in the language of `words`."""
    names = {entry.id: place(words.say(entry.text)) for entry in law.places}
    case = _case(blank, law)
    due, facts = due_and_facts(blank, law)
    unknown = law.event.keys() - facts["known"]
    values = {id: name for id, name in names.items() if id not in unknown} | _computed(due, law, words)
    if case.authority != NOT_SURE:
        values["council"] = council_name(case, law, words)
    child = {"child-names": names["child-names"], "child-born": names["child-born"]}
    head = Head(
        sender=tuple(names[id] for id in _SENDER),
        date=names["today"],
        known_recipient=(),
        known_address=(),
        children=(child,) * _CHILDREN,
        enclosures=(names["enclosure"],) * _ENCLOSURES,
    )
    inserts = _BlankInserts(case, due, law, words, facts, names)
    letter = put_together(law, due, blank.nation, Printer(words, facts, values), inserts, head)
    return replace(letter, recipient=letter.recipient + tuple(names[id] for id in _TO))


def due_and_facts(blank: Blank, law: Law) -> tuple[LetterDue, Facts]:
    """The letter as the law sees it, without a date, and what is known where nothing is filled in."""
    case = _case(blank, law)
    due = _undated(blank, letter_due(case, blank.procedure.letter, law))
    return due, _facts(blank, case, due, law)


def _case(blank: Blank, law: Law) -> Case:
    """A case that leads to this letter. No date that is counted from its day is printed."""
    procedure = blank.procedure
    asks = blank.kind.kind == "request-procedure"
    own = [each for each in law.concerns if each.letter == procedure.letter]
    concerns = [each.id for each in own if each.asks == asks]
    return Case(
        today=law.bank_holidays.read,
        nation=blank.nation,
        authority=procedure.authorities[0] if procedure.authorities else NOT_SURE,
        role="parent",
        concerns=tuple(concerns),
        send_by=law.ways[0].id,
        legal=(),
        helper="none",
        you=Person(),
        writer=Writer(),
        children=(),
        reference="",
        worker="",
        support=Support(),
        letters={procedure.letter: LetterSection(Section(reached=_reached(blank)), {})},
    )


def _reached(blank: Blank) -> str:
    """How far whoever sends this letter has got."""
    if blank.kind.kind in ("chase", "enquiry"):
        return f"{blank.stage.id}-sent"
    if blank.kind.kind != "escalation":
        return "not-started"
    if blank.stage.opened_by:
        return blank.stage.opened_by
    before = next(stage for stage in blank.procedure.stage if stage.next == blank.stage.id)
    return f"{before.id}-{'unresolved' if blank.kind.unanswered else 'replied'}"


def _undated(blank: Blank, due: LetterDue) -> LetterDue:
    """The letter without any date: theirs are open, the parent's is kept or missed, as the kind has it."""
    return replace(
        due,
        kind=blank.kind.kind,
        deadlines=tuple(_open(entry, blank) for entry in due.deadlines),
        late=blank.kind.late,
    )


def _open(entry: Counted, blank: Blank) -> Counted:
    own = own_limit(blank.procedure, blank.stage)
    state = "unknown"
    if entry.deadline == blank.reminds_of:
        state = "late"
    elif entry.deadline == own:
        state = "missed" if blank.kind.late else "open"
    return replace(entry, state=state, due=None, late_from=None, act_by=None)


def _facts(blank: Blank, case: Case, due: LetterDue, law: Law) -> Facts:
    limits = (own_limit(blank.procedure, blank.stage), blank.reminds_of)
    starts = {entry.start for entry in limits if entry and entry.start in law.event}
    known = frozenset({*due.events, *starts})
    helps = blank.kind.kind in _WITH_HELP
    return {
        **facts_of(case, due, Route((due,), (), ()), blank.kind.kind),
        **dict.fromkeys(_LEFT_OPEN, frozenset[str]()),
        "blank": frozenset({"yes"}),
        "known": known,
        "happened": known,
        "support": frozenset({"interpreter", "supporter", "adjustments"} if helps else ()),
        "has": frozenset({"why-late", "tried", "why-unhappy", "name", "council"}),
    }


def _computed(due: LetterDue, law: Law, words: Words) -> dict[str, str]:
    """The values that come from the law and not from who fills the letter in."""
    own = next((entry for entry in due.deadlines if entry.state in ("open", "missed")), None)
    late = next((entry for entry in due.deadlines if entry.state == "late"), None)
    values = {"stage": words.say(due.stage.letter)} if due.procedure.numbered else {}
    if own:
        values["own-limit"] = words.period(own.deadline.within)
    if late:
        values |= source_of_limit(late.deadline, law, words)
    return {key: value for key, value in values.items() if value}


@dataclass(frozen=True)
class _BlankInserts(Inserts):
    """Boxes to tick and room to write, where a parent's letter has what they ticked and wrote."""

    names: Mapping[str, str]

    def make(self, name: str) -> tuple[Block, ...]:
        """The blocks of the insert `name`, with the room to write that belongs to it."""
        room = next((each for each in self.law.spaces if each.id == name), None)
        if room is None:
            return super().make(name)
        if not room.when.holds(self.facts):
            return ()
        boxes = super().make(name) if name in ("concerns", "outcomes") else ()
        return (*boxes, Space(self.words.say(room.text), room.lines))

    def concerns(self) -> tuple[Block, ...]:
        """A box for each concern that this letter is for."""
        return (Choices(tuple(self.heading(concern) for concern in self.due.concerns)),)

    def concern_headings(self) -> tuple[Block, ...]:
        """The same boxes, in a letter that does not go into what happened."""
        return self.concerns()

    def outcomes(self) -> tuple[Block, ...]:
        """A box for each thing that this procedure can do."""
        fitting = [
            each
            for each in self.law.outcomes
            if self.due.letter in each.letters and each.when.holds(self.facts)
        ]
        if not fitting:
            return ()
        rules = tuple(rule for each in fitting for rule in each.rules)
        return (Choices(tuple(self.words.say(each.text) for each in fitting), rules),)

    def history(self) -> tuple[Block, ...]:
        """The steps so far with a place for each date, and rows that are free."""
        rows = [
            (self.names[event.id], self.words.say(said.text))
            for event in self.law.events
            if event.id in self.facts["known"] and (said := first(event.history, self.facts))
        ]
        rows += [(self.names["day"], self.names["happened"])] * _OPEN_ROWS
        return (Table("", (self.words.say("Date"), self.words.say("What happened")), tuple(rows)),)
