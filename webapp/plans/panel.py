"""The date panel of a letter: the next date, how many days are left, and why it is that day."""

from __future__ import annotations

from datetime import date, timedelta

from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.language import Words
from webapp.plans.model import CalendarDay, DatePanel, RuleWords, State
from webapp.plans.notes import rule_words, say_first
from webapp.procedures import END, Counted, LetterDue, is_sent

_ROWS = 5
_WEEK = timedelta(days=7)


def date_panel(due: LetterDue, today: date, law: Law, words: Words, facts: Facts) -> DatePanel:
    """The panel that fits the letter’s kind and what is known of its dates."""
    return _Panels(due, today, law, words, facts).make()


def own_deadline(due: LetterDue) -> Counted | None:
    """The parent’s own deadline that matters now: that of the stage, else one of every stage."""
    own = [entry for entry in due.deadlines if entry.deadline.who == "you"]
    of_stage = [entry for entry in own if entry.deadline.stages]
    return next(iter(of_stage or [entry for entry in own if _counts_here(entry, due)]), None)


def _counts_here(entry: Counted, due: LetterDue) -> bool:
    at = entry.deadline.late_at
    return due.kind == END or (at is not None and due.stage.id in at)


def is_used(entry: Counted, due: LetterDue) -> bool:
    """True for the limit of a step that the parent has taken already: nothing hangs on it any more."""
    return due.stage.id in (entry.deadline.late_at or ()) and is_sent(due.kind, due.reached)


def why(entry: Counted, words: Words, facts: Facts) -> str:
    """Why the date is that day, in plain words: from what it counts, and what we assumed."""
    deadline = entry.deadline
    fell_back = entry.assumed and entry.start_event != deadline.start and deadline.start != "received"
    text = say_first(
        deadline.assumed_text if fell_back and deadline.assumed_text else deadline.why, facts, words
    )
    if entry.start is None:
        return ""
    text = text.replace("{from}", words.long_date(entry.start))
    if entry.assumed and not fell_back and deadline.assumed_text:
        assumed = say_first(deadline.assumed_text, facts, words)
        text = f"{text} {assumed}".replace("{from}", words.long_date(entry.start))
    return text


class _Panels:
    def __init__(self, due: LetterDue, today: date, law: Law, words: Words, facts: Facts) -> None:
        self.due, self.today, self.law, self.words, self.facts = due, today, law, words, facts

    def make(self) -> DatePanel:
        own = own_deadline(self.due)
        if self.due.kind == END:
            return self._at_the_end(own)
        if not self.due.writes:
            return self._waiting()
        if self.due.kind == "chase":
            return self._chasing()
        if self.due.kind == "request-procedure" and own and own.act_by and own.state == "open":
            return self._complain_by(own, own.act_by)
        if own is None or own.state == "done":
            return self._undated(
                self._say("Send it today"),
                self._say(
                    "We cannot give you a last day. There may be a short one, so send it today if you can."
                ),
                own,
            )
        return self._sending(own)

    def _sending(self, own: Counted) -> DatePanel:
        if own.state == "missed" and own.due:
            ago = (self.today - own.due).days
            left = self._count("{count} day ago. Send it today.", "{count} days ago. Send it today.", ago)
            discretion = say_first(own.deadline.discretion_text, self.facts, self.words)
            return self._dated("missed", self._say("The last day was"), own.due, left, own, discretion)
        if own.act_by is None or own.due is None:
            text = self._say(
                "We do not know your last day, because a date is missing. Sending it today is the safest."
            )
            return self._undated(self._say("Send it today"), text, own)
        if (own.act_by - self.today).days > self.law.habits.far_away_days:
            text = self._say("Sooner is better. The last day is {day}.")
            return self._undated(
                self._say("Send it soon"), text.replace("{day}", self.words.long_date(own.due)), own
            )
        extra = ""
        if own.act_by != own.due:
            extra = self._say("It must arrive by {day}.").replace("{day}", self.words.long_date(own.due))
        return self._dated("send-by", self._say("Send it by"), own.act_by, self._left(own.act_by), own, extra)

    def _chasing(self) -> DatePanel:
        late = [entry for entry in self.due.deadlines if entry.state == "late" and entry.deadline.chase]
        entry = max(late, key=lambda each: each.late_from or self.today)
        text = self._say("They have been late since {day}. The letter reminds them.")
        day = self.words.long_date(entry.late_from or self.today)
        return self._undated(self._say("Send the reminder today"), text.replace("{day}", day), entry)

    def _waiting(self) -> DatePanel:
        if self.due.reached == "procedure-requested":
            return self._before_the_procedure_comes(own_deadline(self.due))
        theirs = [entry for entry in self.due.deadlines if entry.deadline.who == "them"]
        entry = next((each for each in theirs if each.state == "open" and each.deadline.seen), None)
        if entry is None or entry.due is None:
            return self._undated(
                self._say("Wait for their answer"),
                self._say("No date for it is written, or we cannot count one."),
                None,
                "none",
            )
        last = max(entry.due, (entry.late_from or entry.due) - timedelta(days=1))
        days = (last - self.today).days
        left = (
            self._count("{count} day from now", "{count} days from now", days) if days else self._say("Today")
        )
        what = say_first(entry.deadline.plan, self.facts, self.words)
        return self._dated("they-must", self._say("They should do this by"), last, left, entry, what)

    def _complain_by(self, own: Counted, day: date) -> DatePanel:
        """While the procedure is asked for, the time for the complaint itself runs."""
        return self._dated("send-by", self._say("Complain by"), day, self._left(day), own, "")

    def _before_the_procedure_comes(self, own: Counted | None) -> DatePanel:
        """No complaint has been made yet: its own time runs, so nobody is told only to wait."""
        if own is not None and own.state == "open" and own.act_by:
            return self._complain_by(own, own.act_by)
        if own is not None and own.state == "missed" and own.due:
            now = self._say("Do not wait. Go back, choose that you have not complained yet, and send it.")
            discretion = say_first(own.deadline.discretion_text, self.facts, self.words)
            return self._dated("missed", self._say("The last day was"), own.due, now, own, discretion)
        text = self._say("Your own time may be short. If nothing comes in a few days, complain without it.")
        return self._undated(self._say("Do not wait too long"), text, own)

    def _at_the_end(self, own: Counted | None) -> DatePanel:
        own_ones = [entry for entry in self.due.deadlines if entry.deadline.who == "you"]
        every = [entry for entry in own_ones if not entry.deadline.stages and not is_used(entry, self.due)]
        ombudsman = every[0] if every else None
        if ombudsman is not None and ombudsman.act_by and ombudsman.state == "open":
            label = self._say("You can ask the Ombudsman until")
            day = ombudsman.due or ombudsman.act_by
            return self._dated("send-by", label, day, self._left(day), ombudsman, "")
        if ombudsman is not None and ombudsman.state in ("missed", "unknown"):
            deadline = ombudsman.deadline
            limit = deadline.discretion_text if ombudsman.state == "missed" else deadline.allowed
            text = " ".join(say_first(part, self.facts, self.words) for part in (deadline.plan, limit))
            return self._undated(self._say("The Ombudsman"), text, ombudsman)
        return self._undated(
            self._say("What comes next"),
            self._say("We have no further letter. Read what you can still do: the time may be short."),
            ombudsman or own,
            "none",
        )

    def _dated(self, state: State, label: str, day: date, left: str, entry: Counted, extra: str) -> DatePanel:
        words = self.words
        reason = " ".join(part for part in (extra, why(entry, words, self.facts)) if part)
        weeks = _weeks(self.today, day)
        text = self._say("Today is {today}. The last day is {day}.")
        text = text.replace("{today}", words.long_date(self.today)).replace("{day}", words.long_date(day))
        return DatePanel(
            state=state,
            label=label,
            day=day,
            weekday=words.weekday(day),
            big=words.day_and_month(day, self.today),
            left=left,
            why=reason,
            rules=self._rules(entry),
            weeks=weeks,
            weeks_text=text if weeks else "",
        )

    def _undated(
        self, label: str, text: str, entry: Counted | None, state: State = "send-today"
    ) -> DatePanel:
        return DatePanel(
            state=state,
            label=label,
            day=None,
            weekday="",
            big="",
            left="",
            why=text,
            rules=self._rules(entry) if entry else (),
            weeks=(),
            weeks_text="",
        )

    def _rules(self, entry: Counted) -> tuple[RuleWords, ...]:
        deadline = entry.deadline
        ids = [deadline.rule, deadline.late_rule, deadline.discretion]
        return rule_words([id for id in ids if id], self.law, self.words)

    def _left(self, day: date) -> str:
        days = (day - self.today).days
        if days == 0:
            return self._say("Today is the last day")
        return self._count("{count} day left", "{count} days left", days)

    def _say(self, message: str) -> str:
        return self.words.say(message)

    def _count(self, one: str, many: str, number: int) -> str:
        return self.words.count(one, many, number)


def _weeks(today: date, last: date) -> tuple[tuple[CalendarDay, ...], ...]:
    """The weeks from today’s to the last day’s, Mondays first; none when they are too many, or past."""
    monday = today - timedelta(days=today.weekday())
    rows = []
    while monday <= last and last >= today:
        rows.append(tuple(_square(monday + timedelta(days=place), today, last) for place in range(7)))
        monday += _WEEK
    return tuple(rows) if len(rows) <= _ROWS else ()


def _square(day: date, today: date, last: date) -> CalendarDay:
    if day == today:
        return CalendarDay(day, day.day, "today")
    if day == last:
        return CalendarDay(day, day.day, "last")
    return CalendarDay(day, day.day, "between" if today < day < last else "other")
