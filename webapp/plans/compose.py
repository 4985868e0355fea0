"""The plan of a case: a card for each letter, what to know, where to get help, and the reminders."""

from __future__ import annotations

from hashlib import sha256

from webapp.cases.model import Case
from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.flows.model import Recipient, every
from webapp.language import N_, Words
from webapp.letters.facts import council_name, facts_of
from webapp.plans.model import Card, Note, Plan, Reminder
from webapp.plans.notes import help_gaps, help_lines, notices, partly_read, rule_words, say_first, signposts
from webapp.plans.panel import date_panel, is_used, own_deadline
from webapp.plans.steps import steps_ahead
from webapp.procedures import END, LetterDue, Route, case_facts

ENQUIRY = "enquiry"
HOLDING = "holding"


def compose_plan(case: Case, route: Route, law: Law, words: Words) -> Plan:
    """Everything on the plan page and on the sheet of next steps, in the language of `words`."""
    cards = tuple(
        _card(case, due, route, number, law, words) for number, due in enumerate(route.letters, start=1)
    )
    facts = case_facts(case, route.letters)
    made = words.say("Worked out on {day}.").replace("{day}", words.long_date(case.today))
    return Plan(
        language=words.language.id,
        direction=words.language.direction,
        title=words.say("Your plan"),
        summary=_summary(route, cards, words),
        made_on=made,
        cards=cards,
        notes=notices(route, facts, law, words),
        signposts=signposts(route, facts, law, words),
        quoted=partly_read(case, route, law, words),
        lines=help_lines(case, route, law, words),
        before_sending=_before_sending(case, route, words)
        if any(due.writes for due in route.letters)
        else (),
        reminders=tuple(_reminders(route, case, words)),
        gaps=help_gaps(case, law, words),
    )


def extra_kinds(case: Case, due: LetterDue, law: Law) -> tuple[str, ...]:
    """The other letters that can be written at this place: an enquiry, or a short holding letter."""
    theirs = [
        entry.deadline for entry in due.deadlines if entry.deadline.who == "them" and entry.state == "open"
    ]
    asked = due.reached == "procedure-requested"
    if due.kind == "wait" and not asked and not any(deadline.chase and deadline.seen for deadline in theirs):
        return (ENQUIRY,)
    own = own_deadline(due)
    if due.kind != "complaint" or own is None or own.due is None or own.state != "open":
        return ()
    return (HOLDING,) if (own.due - case.today).days < law.habits.holding_letter_days else ()


def _card(case: Case, due: LetterDue, route: Route, number: int, law: Law, words: Words) -> Card:
    facts = facts_of(case, due, route, due.kind)
    recipient = law.recipient[due.stage.to]
    to = words.say("To {recipient}").replace("{recipient}", say_first(recipient.name, facts, words))
    council = council_name(case, law, words)
    total = len(route.letters)
    place = (
        words.say("Letter {number} of {total}")
        .replace("{number}", str(number))
        .replace("{total}", str(total))
    )
    return Card(
        letter=due.letter,
        number=number,
        total=total,
        place=place,
        title=say_first(law.letter[due.letter].title, facts, words),
        to=f"{to}, {council}" if council and _is_of_the_council(recipient) else to,
        kind=due.kind,
        makes_letter=due.writes,
        panel=date_panel(due, case.today, law, words, facts),
        says=(say_first(due.procedure.what, facts, words),),
        where=tuple(words.say(entry.text) for entry in every(recipient.where, facts)) if due.writes else (),
        steps=steps_ahead(due, case.today, law, words, facts),
        extra_kinds=extra_kinds(case, due, law),
        notes=_stage_notes(due, law, words, facts),
    )


def _is_of_the_council(recipient: Recipient) -> bool:
    """True when the address of the letter names the council; an ombudsman’s does not."""
    return any("{council}" in line.text for line in recipient.lines)


def _stage_notes(due: LetterDue, law: Law, words: Words, facts: Facts) -> tuple[Note, ...]:
    notes = [
        Note(due.stage.id, words.say(note.title), words.say(note.text), rule_words(note.rules, law, words))
        for note in due.stage.notes
        if note.when.holds(facts)
    ]
    if due.kind == END:
        title = words.say("What you can still do")
        for point in every(due.procedure.end.point, facts):
            notes.append(Note(END, title, words.say(point.text), rule_words(point.rules, law, words)))
            title = ""
    return tuple(notes)


def _summary(route: Route, cards: tuple[Card, ...], words: Words) -> str:
    writing = [card for card in cards if card.makes_letter]
    if not writing:
        return words.say("There is no letter to send now.") if cards else ""
    text = words.count("You have {count} letter to send.", "You have {count} letters to send.", len(writing))
    dated = [card for card in writing if card.kind != "request-procedure"]
    days = [card.panel.day for card in dated if card.panel.state == "send-by" and card.panel.day]
    if not days:
        return text
    by = words.count("Send it by {{day}}.", "Send them by {{day}}.", len(writing))
    return f"{text} {by.replace('{day}', words.long_date(min(days)))}"


def _before_sending(case: Case, route: Route, words: Words) -> tuple[str, ...]:
    steps = [words.say("Read it. Is every date right?"), words.say("Sign it.")]
    complaints = (due for due in route.letters if due.kind in ("complaint", "escalation"))
    if any(case.letter(due.letter).answers.enclosures.strip() for due in complaints):
        steps.append(words.say("Put in copies of what you enclose."))
    steps.append(words.say("Keep a copy."))
    if sum(due.writes for due in route.letters) > 1:
        steps.append(words.say("Send the letters on the same day."))
    return tuple(steps)


def _reminders(route: Route, case: Case, words: Words) -> list[Reminder]:
    found = []
    for number, due in enumerate(route.letters, start=1):
        for entry in due.deadlines:
            if entry.state != "open" or entry.due is None or is_used(entry, due):
                continue
            if entry.deadline.who == "you" and entry.act_by:
                send = due.writes and entry.deadline.stages
                today, last = N_("Letter {number}: send today"), N_("Letter {number}: last day to go further")
                message, day = today if send else last, entry.act_by
            elif entry.deadline.seen and entry.late_from:
                message, day = N_("Letter {number}: look for an answer"), entry.late_from
            else:
                continue
            key = f"{due.letter}/{due.stage.id}/{entry.deadline.rule}"
            uid = f"{sha256(key.encode()).hexdigest()[:20]}@reminder.invalid"
            found.append(Reminder(uid, day, words.say(message).replace("{number}", str(number))))
    return found
