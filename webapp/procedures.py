"""From a case to the letters that are due: procedure, stage, kind, and every deadline with its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.cases.model import ELSEWHERE, Case, CaseError, Problem
from webapp.conditions import Facts
from webapp.deadlines import last_day_to_send, received
from webapp.flows.law import Law
from webapp.flows.model import Deadline, Procedure, Stage
from webapp.flows.stages import next_stage, open_stages
from webapp.language import N_
from webapp.workdays import UnknownHolidays

END = "end"
NO_LETTER = frozenset({"wait", END})
_OWN_ALONE = "request-procedure"
_REQUESTED = "procedure-requested"


@dataclass(frozen=True)
class Counted:
    """One deadline of one case. `start` is the day it counts from, known or assumed from `start_event`."""

    deadline: Deadline
    state: str
    due: date | None
    late_from: date | None
    act_by: date | None
    start: date | None
    start_event: str
    assumed: bool


@dataclass(frozen=True)
class LetterDue:
    """The next letter of one procedure: its stage, what kind it is, and the dates that belong to it."""

    letter: str
    procedure: Procedure
    stage: Stage
    kind: str
    reached: str
    concerns: tuple[str, ...]
    deadlines: tuple[Counted, ...]
    events: dict[str, date | None]
    late: bool

    @property
    def writes(self) -> bool:
        """True when there is a letter to send now."""
        return self.kind not in NO_LETTER


@dataclass(frozen=True)
class Route:
    """What a case leads to: letters in the law's order, signposts and notices by id."""

    letters: tuple[LetterDue, ...]
    signposts: tuple[str, ...]
    notices: tuple[str, ...]


def route(case: Case, law: Law) -> Route:
    """The letters, signposts and notices of a case.

    Raises CaseError for a day from which nothing can be counted, because its bank holidays are not known.
    """
    letters = letters_due(case, law)
    facts = case_facts(case, letters)
    signposts = tuple(post.id for post in law.signposts if post.when.holds(facts))
    each = [facts | letter_facts(case, due) for due in letters] or [facts | {"concerns": frozenset()}]
    notices = tuple(
        notice.id for notice in law.notices if any(notice.when.holds(of_letter) for of_letter in each)
    )
    return Route(letters, signposts, notices)


def letters_due(case: Case, law: Law) -> tuple[LetterDue, ...]:
    """The next letter of each procedure that the case opens, in the law’s order."""
    if case.nation == ELSEWHERE:
        return ()
    opened = {law.concern[concern].letter for concern in case.concerns}
    return tuple(letter_due(case, entry.id, law) for entry in law.letters if entry.id in opened)


def letter_due(case: Case, letter: str, law: Law) -> LetterDue:
    """The next letter of the procedure that `letter` belongs to in this case."""
    section = case.letter(letter)
    procedure = law.procedure_for(letter, case.nation, case.authority)
    reached = section.answers.reached
    concerns = tuple(concern for concern in case.concerns if law.concern[concern].letter == letter)
    used = {"procedure-used": frozenset({section.answers.procedure_used})}
    stage, kind = _position(procedure, reached, used)
    if kind == "complaint" and _only_asks(concerns, reached, law):
        kind = _OWN_ALONE
    events = _events(dict(section.events), procedure, open_stages(procedure, used), stage, kind, reached, law)
    send_by = section.answers.send_by or case.send_by
    counting = _Counting(case, letter, send_by, stage, kind, reached, events, law)
    facts = used | {"kind": frozenset({kind}), "stage": frozenset({stage.id})}
    counted = [counting.count(deadline) for deadline in _listed(procedure, stage, kind, reached, facts)]
    if kind == "wait" and any(entry.state == "late" and entry.deadline.chase for entry in counted):
        kind = "chase"
    counted.sort(key=lambda entry: entry.due or date.max)
    late = any(entry.state == "missed" and _makes_late(entry.deadline, stage) for entry in counted)
    return LetterDue(letter, procedure, stage, kind, reached, concerns, tuple(counted), events, late)


def case_facts(case: Case, letters: tuple[LetterDue, ...]) -> dict[str, frozenset[str]]:
    """What conditions may ask of a whole case; each letter’s id is a fact with its kind as value."""
    facts = {
        "nation": frozenset({case.nation}),
        "authority": frozenset({case.authority}),
        "role": frozenset({case.role}),
        "legal": frozenset(case.legal),
        "helper": frozenset({case.helper}),
        "concerns": frozenset(case.concerns),
        "writing": frozenset(due.letter for due in letters if due.kind != END),
    }
    return facts | {due.letter: frozenset({due.kind}) for due in letters}


def letter_facts(case: Case, due: LetterDue) -> dict[str, frozenset[str]]:
    """What conditions may ask of one letter, beside the facts of its case."""
    answers = case.letter(due.letter).answers
    return {
        "letter": frozenset({due.letter}),
        "procedure": frozenset({due.procedure.id}),
        "stage": frozenset({due.stage.id}),
        "kind": frozenset({due.kind}),
        "reached": frozenset({due.reached}),
        "concerns": frozenset(due.concerns),
        "late": frozenset({"yes" if due.late else "no"}),
        "listed": frozenset({"yes" if is_listed(case, due) else "no"}),
        "procedure-used": frozenset({answers.procedure_used}),
        "conference-type": frozenset({answers.conference_type}),
        "attended": frozenset({answers.attended}),
        "about-chair": frozenset({answers.about_chair}),
    }


def is_listed(case: Case, due: LetterDue) -> bool:
    """False when the procedure’s own text has a list that leaves out a concern or this kind of person.

    A request for information is no complaint, so no list need name it. A supporter writes for a parent.
    """
    procedure = due.procedure
    role = "parent" if case.role == "supporter" else case.role
    if procedure.who and role not in procedure.who.roles:
        return False
    return not procedure.scope or all(concern in procedure.scope for concern in due.concerns)


def _position(procedure: Procedure, reached: str, facts: Facts) -> tuple[Stage, str]:
    stages = open_stages(procedure, facts)
    for stage in stages:
        if reached == stage.opened_by:
            return stage, "escalation"
        if reached == f"{stage.id}-sent":
            return stage, "wait"
        if reached in (f"{stage.id}-replied", f"{stage.id}-unresolved", f"{stage.id}-skipped"):
            following = next_stage(procedure, stage, facts)
            return (following, "escalation") if following else (stage, END)
    return stages[0], "wait" if reached == _REQUESTED else "complaint"


def _only_asks(concerns: tuple[str, ...], reached: str, law: Law) -> bool:
    return reached in ("not-started", "talked") and all(law.concern[concern].asks for concern in concerns)


def _listed(procedure: Procedure, stage: Stage, kind: str, reached: str, facts: Facts) -> Iterator[Deadline]:
    own_alone = kind == _OWN_ALONE or reached == _REQUESTED
    for deadline in procedure.deadline:
        if deadline.stages and stage.id not in deadline.stages:
            continue
        if deadline.kinds and kind not in deadline.kinds:
            continue
        if deadline.when.holds(facts) and (deadline.who == "you" or not own_alone):
            yield deadline


def _makes_late(deadline: Deadline, stage: Stage) -> bool:
    """A deadline of every stage, such as an ombudsman’s, counts only where it says so."""
    return stage.id in (deadline.late_at if deadline.late_at is not None else deadline.stages)


def _off_path(
    procedure: Procedure, stages: tuple[Stage, ...], stage: Stage, sent: bool, reached: str
) -> set[str]:
    """The marks of stages that this case has not come to, or has passed over: old answers, no events."""
    past = stages[: stages.index(stage) + sent]
    on_path = {id for other in past if reached != f"{other.id}-skipped" for id in _marks(other)}
    if reached == f"{stage.id}-sent":
        on_path -= {stage.reply}
    return {id for other in procedure.stage for id in _marks(other)} - on_path


def _marks(stage: Stage) -> tuple[str, ...]:
    return (stage.sent, stage.reply, *stage.between)


def _events(
    events: dict[str, date | None],
    procedure: Procedure,
    stages: tuple[Stage, ...],
    stage: Stage,
    kind: str,
    reached: str,
    law: Law,
) -> dict[str, date | None]:
    """The events that count: those given, and those that must have happened though nobody named them."""
    sent = is_sent(kind, reached)
    for id in _off_path(procedure, stages, stage, sent, reached):
        events.pop(id, None)
    implied = [event.id for event in law.events if event.always]
    for other in stages:
        if other.id == stage.id:
            break
        if not other.may_skip or (reached.startswith(f"{other.id}-") and not reached.endswith("-skipped")):
            answered = reached != f"{other.id}-unresolved"
            implied += [other.sent, other.reply] if answered else [other.sent]
    if sent:
        implied += [stage.sent]
        implied += [stage.reply] if reached == f"{stage.id}-replied" else []
    return dict.fromkeys(implied) | events


def is_sent(kind: str, reached: str) -> bool:
    """True when the letter of the stage itself has gone out already."""
    return kind in ("wait", END) and reached != _REQUESTED


@dataclass(frozen=True)
class _Counting:
    """Counts the deadlines of one stage of one case."""

    case: Case
    letter: str
    send_by: str
    stage: Stage
    kind: str
    reached: str
    events: dict[str, date | None]
    law: Law

    def count(self, deadline: Deadline) -> Counted:
        """The deadline with its dates and state. Raises CaseError, naming the day it counts from."""
        try:
            return self._count(deadline)
        except UnknownHolidays as error:
            sent = self.stage.sent if self._sent else ""
            event = sent if deadline.start == "received" else self._start(deadline)[1]
            where = f"{self.letter}.{event}" if event else "today"
            message = N_("the days cannot be counted from here: the bank holidays of {year} are not known")
            raise CaseError((Problem(where, message, {"year": str(error.day.year)}),)) from None

    def _count(self, deadline: Deadline) -> Counted:
        start, start_event, fell_back = self._start(deadline)
        due = late_from = act_by = None
        calendar = self.law.calendar
        if start is not None:
            due = deadline.within.after(start, calendar)
            if deadline.who == "them":
                lenient = (deadline.late_after or deadline.within).after(start, calendar)
                due = calendar.on_or_after(due)
                late_from = max(due, calendar.on_or_after(lenient)) + timedelta(days=1)
        state = self._state(deadline, due, late_from)
        if deadline.who == "you" and state == "open" and due is not None:
            act_by = max(self.case.today, last_day_to_send(due, self._days_to_arrive, calendar))
        assumed = fell_back or deadline.assumed
        return Counted(deadline, state, due, late_from, act_by, start, start_event, assumed)

    @property
    def _days_to_arrive(self) -> int:
        return self.law.way[self.send_by].working_days

    @property
    def _sent(self) -> bool:
        return is_sent(self.kind, self.reached)

    def _start(self, deadline: Deadline) -> tuple[date | None, str, bool]:
        if deadline.start == "received":
            sent = self.events.get(self.stage.sent) if self._sent else self.case.today
            day = received(sent, self._days_to_arrive, self.law.calendar) if sent else None
            return day, self.stage.sent, False
        if deadline.start not in self.events:
            return None, deadline.start, False
        for id in (deadline.start, *deadline.else_from):
            day = self.events.get(id)
            if day is not None:
                return day, id, id != deadline.start
        return None, deadline.start, False

    def _state(self, deadline: Deadline, due: date | None, late_from: date | None) -> str:
        today = self.case.today
        if self._is_settled(deadline):
            day = self.events.get(deadline.settled_by)
            in_time = deadline.who == "them" or day is None or due is None or day <= due
            return "done" if in_time else "missed"
        if due is None:
            return "unknown"
        if deadline.who == "you":
            return "missed" if today > due else "open"
        return "late" if deadline.seen and late_from is not None and today >= late_from else "open"

    def _is_settled(self, deadline: Deadline) -> bool:
        if deadline.who == "them" and self.kind == END:
            return True  # whoever is past the stage has its reply, or goes on without it
        return self._sent and deadline.settled_by in self.events
