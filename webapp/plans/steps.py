"""The steps ahead of one letter: who does what by when, what hangs on what, and what if they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.flows.model import Deadline, Stage
from webapp.flows.stages import next_stage
from webapp.language import Words
from webapp.plans.model import Step
from webapp.plans.notes import say_first
from webapp.plans.panel import is_used, own_deadline
from webapp.procedures import END, Counted, LetterDue
from webapp.workdays import UnknownHolidays


def steps_ahead(due: LetterDue, today: date, law: Law, words: Words, facts: Facts) -> tuple[Step, ...]:
    """The steps in the order in which they come; a date that hangs on another step says on which."""
    return tuple(_Steps(due, today, law, words, facts).make())


class _Steps:
    def __init__(self, due: LetterDue, today: date, law: Law, words: Words, facts: Facts) -> None:
        self.due, self.today, self.law, self.words, self.facts = due, today, law, words, facts
        self.expected: dict[str, date] = {}  # the day by which each event should have happened

    def make(self) -> list[Step]:
        of_stage = [entry for entry in self.due.deadlines if entry.deadline.stages]
        theirs = [entry for entry in of_stage if entry.deadline.who == "them" and entry.state != "done"]
        steps = [self._theirs(entry) for entry in theirs]
        if self.due.writes:
            steps.insert(0, self._send(any(step.day for step in steps)))
        if self.due.kind == "request-procedure" or self.due.reached == "procedure-requested":
            steps += self._complaining()
        elif self.due.kind != END:
            steps += self._following()
        every = [
            entry
            for entry in self.due.deadlines
            if not entry.deadline.stages and not is_used(entry, self.due)
        ]
        return steps + [self._until(entry) for entry in every if entry.state == "open" and entry.due]

    def _send(self, dates_follow: bool) -> Step:
        own = own_deadline(self.due)
        day = own.act_by if own and own.state == "open" else None
        day = None if self.due.kind == "request-procedure" else day  # its limit is the complaint's
        far = day and (day - self.today).days > self.law.habits.far_away_days
        day = None if far else day
        when = self._by(day) if day else self.words.say("Now")
        does = {
            "chase": self.words.say("You send the reminder."),
            "request-procedure": self.words.say("You ask for the procedure."),
        }.get(self.due.kind, self.words.say("You send the letter."))
        rules = (own.deadline.rule,) if own and day else ()
        starts_them = dates_follow and self.due.kind != "chase"  # a reminder starts no time limit
        allowed = self.words.say("If you send it today, the next dates are:") if starts_them else ""
        return Step(day, when, "", "you", self.words.say("You"), does, allowed, "", rules)

    def _theirs(self, entry: Counted) -> Step:
        deadline = entry.deadline
        day, hangs_on = entry.due, ""
        if day is None and (start := self.expected.get(deadline.start)):
            day = self._projected(deadline, start)
            hangs_on = self.words.say("If the step before is on {day}")
            hangs_on = hangs_on.replace("{day}", self.words.short_date(start))
        if day and day >= self.today and deadline.settled_by:
            settles = self.due.stage.reply if deadline.settled_by == "reply" else deadline.settled_by
            self.expected[settles] = day
        when = self._by(day) if day else self._after(deadline)
        if entry.state == "late" and deadline.chase and entry.late_from:
            late = self.words.say("They have been late since {day}. The letter reminds them.")
            late = late.replace("{day}", self.words.short_date(entry.late_from))
            return replace(self._step(deadline, entry.late_from, day, when, hangs_on), if_not=late)
        return self._step(deadline, entry.late_from, day, when, hangs_on)

    def _after(self, deadline: Deadline) -> str:
        if deadline.start == "received":
            return self.words.say("After they get your letter")
        return self.words.say("After the step before")

    def _projected(self, deadline: Deadline, start: date) -> date | None:
        """The day by which it should happen, or None when its bank holidays are not known yet."""
        calendar = self.law.calendar
        try:
            return calendar.on_or_after(deadline.within.after(start, calendar))
        except UnknownHolidays:
            return None

    def _step(
        self, deadline: Deadline, late_from: date | None, day: date | None, when: str, hangs_on: str
    ) -> Step:
        actor = self.law.recipient.get(deadline.actor)
        if_not = say_first(deadline.if_not, self.facts, self.words)
        if "{late-from}" in if_not:
            plain = self.words.say("If the day passes, come back. We will write a reminder.")
            late = self.words.short_date(late_from) if late_from else ""
            if_not = if_not.replace("{late-from}", late) if late else plain
        return Step(
            day=day,
            when=when,
            hangs_on=hangs_on,
            who="them",
            actor=say_first(actor.actor, self.facts, self.words) if actor else self.words.say("They"),
            does=say_first(deadline.plan, self.facts, self.words),
            allowed=say_first(deadline.allowed, self.facts, self.words),
            if_not=if_not,
            rules=(deadline.rule, deadline.late_rule) if deadline.late_rule else (deadline.rule,),
        )

    def _complaining(self) -> list[Step]:
        """What follows when the procedure has been asked for: the complaint itself, in its own time."""
        own = own_deadline(self.due)
        day = own.act_by if own else None
        soon = self.words.say("After they answer, or in a few days if nothing comes")
        when = self._by(day) if day else self.words.say("Now") if own and own.state == "missed" else soon
        does = say_first(own.deadline.plan, self.facts, self.words) if own else ""
        does = does or self.words.say("You send your complaint.")
        allowed = say_first(own.deadline.allowed, self.facts, self.words) if own else ""
        rules = (own.deadline.rule,) if own else ()
        return [Step(day, when, "", "you", self.words.say("You"), does, allowed, "", rules)]

    def _following(self) -> list[Step]:
        """What the parent may do after this stage, when it is not settled."""
        stage = next_stage(self.due.procedure, self.due.stage, self.facts)
        if stage is None or not stage.ask:
            return []
        own = self._own_of(stage)
        replied = self.expected.get(self.due.stage.reply)
        day, hangs_on = None, ""
        if own and replied and own.start == self.due.stage.reply:
            day = own.within.after(replied, self.law.calendar)
            hangs_on = self.words.say("If they answer on {day}")
            hangs_on = hangs_on.replace("{day}", self.words.short_date(replied))
        when = self._by(day) if day else self.words.say("After they answer")
        does = say_first(stage.ask, self.facts, self.words)
        allowed = say_first(stage.allowed, self.facts, self.words)
        rules = (own.rule,) if own else ()
        return [Step(day, when, hangs_on, "you", self.words.say("You"), does, allowed, "", rules)]

    def _own_of(self, stage: Stage) -> Deadline | None:
        facts = dict(self.facts) | {"stage": frozenset({stage.id})}
        for deadline in self.due.procedure.deadline:
            if deadline.who == "you" and stage.id in deadline.stages and deadline.when.holds(facts):
                return deadline
        return None

    def _until(self, entry: Counted) -> Step:
        assert entry.due is not None
        when = self.words.say("Until {day}").replace("{day}", self._far(entry.due))
        does = say_first(entry.deadline.plan, self.facts, self.words)
        allowed = say_first(entry.deadline.allowed, self.facts, self.words)
        return Step(
            entry.due, when, "", "you", self.words.say("You"), does, allowed, "", (entry.deadline.rule,)
        )

    def _by(self, day: date) -> str:
        return self.words.say("By {day}").replace("{day}", self._far(day))

    def _far(self, day: date) -> str:
        if day - self.today > timedelta(days=180):
            return self.words.plain_date(day)
        return self.words.short_date(day)
