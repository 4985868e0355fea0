"""What is known of one letter: the facts that conditions ask for, and the values that sentences name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from webapp.cases.dates import read_iso_date
from webapp.cases.model import NOT_SURE, Case
from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.flows.model import Deadline
from webapp.flows.register import Authority
from webapp.language import Words
from webapp.procedures import Counted, LetterDue, Route, case_facts, letter_facts

Values = Mapping[str, str]


def facts_of(case: Case, due: LetterDue, route: Route, kind: str) -> Facts:
    """All facts of one letter of a case, when it is written as a letter of this kind."""
    section = case.letter(due.letter).answers
    missed = [entry for entry in due.deadlines if entry.state == "missed" and due.late]
    written = any(entry.deadline.discretion for entry in missed)
    texts = {
        "recipient-name": section.recipient.name,
        "writer": case.writer.name,
        "writer-organisation": case.writer.organisation,
        "why-late": section.why_late,
        "tried": section.tried,
        "why-unhappy": section.why_unhappy,
        "dates-i-can-make": section.dates_i_can_make,
        "adjustments": case.support.adjustments,
        "enclosures": section.enclosures,
        "details": "".join(section.details.values()),
        "name": case.you.name,
        "council": "" if case.authority == NOT_SURE else case.authority,
    }
    support = {
        "interpreter": case.support.interpreter,
        "supporter": case.support.supporter,
        "adjustments": case.support.adjustments,
        "reply-format": case.support.reply_format.replace("standard", ""),
    }
    named = [child for child in case.children if child.names]
    replied = due.reached.endswith("-replied")
    facts = case_facts(case, route.letters) | letter_facts(case, due)
    facts |= {
        "kind": frozenset({kind}),
        "outcomes": frozenset(section.outcomes),
        "send-by": frozenset({section.send_by or case.send_by}),
        "discretion": frozenset({"written" if written else "none"} if missed else ()),
        "known": frozenset(id for id, day in due.events.items() if day),
        "happened": frozenset(due.events),
        "others": frozenset(other.letter for other in route.letters if other != due and other.kind != "end"),
        "late-rules": frozenset(entry.deadline.rule for entry in due.deadlines if entry.state == "late"),
        "missed-rules": frozenset(entry.deadline.rule for entry in missed),
        "answered": frozenset({"yes" if replied else "no"} if kind == "escalation" else ()),
        "parental-responsibility": frozenset({case.you.parental_responsibility} - {""}),
        "children": frozenset({"one" if len(named) == 1 else "several"} if named else ()),
        "support": frozenset(key for key, value in support.items() if value),
        "reply-format": frozenset({case.support.reply_format} - {""}),
        "reply-language": frozenset({case.support.reply_language} - {""}),
        "reply-by": frozenset(case.you.reply_by),
        "privacy": frozenset(case.you.privacy) - {"none"},
        "meeting": frozenset({section.meeting} - {""}),
        "keep-working": frozenset({section.keep_working} - {""}),
        "has": frozenset(key for key, value in texts.items() if value.strip()),
    }
    return facts


def asking_for_translation(facts: Facts) -> Facts:
    """The facts of a letter with own words that those who get it cannot read."""
    support = facts["support"] | {"translation"}
    return {**facts, "support": support if "interpreter" in support else support | {"same-language"}}


def values_of(case: Case, due: LetterDue, law: Law, words: Words) -> Values:
    """The values that sentences may name, in the language of `words`; an unknown one is absent."""
    section = case.letter(due.letter).answers
    formats = {option.id: option for question in law.questions for option in question.option
               if question.key == "support.reply-format"}  # fmt: skip
    chosen = formats.get(case.support.reply_format)
    values = {
        "name": case.you.name,
        "council": council_name(case, law, words),
        "reference": case.reference,
        "worker": case.worker,
        "writer": case.writer.name,
        "writer-organisation": case.writer.organisation,
        "recipient-name": section.recipient.name,
        "supporter": case.support.supporter,
        "interpreter": words.name_of_language(case.support.interpreter),
        "reply-format": words.say(chosen.label[0].text) if chosen else "",
        "today": words.long_date(case.today),
        "stage": words.say(due.stage.letter) if due.procedure.numbered else "",
    }
    values |= {id: words.long_date(day) for id, day in due.events.items() if day}
    values |= _own_limit(case, due, words) | _their_limit(due, law, words)
    working_days = law.way[section.send_by or case.send_by].working_days
    arrives = law.calendar.add(case.today, working_days)
    values["reply-by-date"] = words.long_date(law.habits.reply_within.after(arrives, law.calendar))
    return {key: value.strip() for key, value in values.items() if value.strip()}


def children_of(case: Case, words: Words) -> tuple[Values, ...]:
    """For each child that is named: its names, and its date of birth when that is known."""
    found = []
    for child in case.children:
        born = read_iso_date(child.born)
        values = {"child-names": child.names.strip()}
        if born:
            values["child-born"] = words.plain_date(born)
        if values["child-names"]:
            found.append(values)
    return tuple(found)


def council_name(case: Case, law: Law, words: Words) -> str:
    """The council’s name in this language, or "" when the parent is not sure which it is."""
    authority = law.authority.get(case.authority)
    return authority_name(authority, words) if authority else ""


def authority_name(authority: Authority, words: Words) -> str:
    """A council’s own name in the language of `words`, where it has one."""
    return (words.language.id == "cy" and authority.name_cy) or authority.name


def _own_limit(case: Case, due: LetterDue, words: Words) -> dict[str, str]:
    """The parent’s own limit at this stage: its last day, its length, and by how much it is over."""
    own = [entry for entry in due.deadlines if entry.deadline.who == "you" and entry.due]
    missed = [entry for entry in own if entry.state == "missed"] if due.late else []
    entry = next(iter(missed or own), None)
    if entry is None or entry.due is None:
        return {}
    values = {"own-due": words.long_date(entry.due), "own-limit": words.period(entry.deadline.within)}
    sent = due.events.get(entry.deadline.settled_by)
    over = ((sent or case.today) - entry.due).days
    return values | ({"days-late": words.days(over)} if over > 0 else {})


def _their_limit(due: LetterDue, law: Law, words: Words) -> dict[str, str]:
    """The latest of their deadlines that is late, with the source’s own words for it."""
    late = [entry for entry in due.deadlines if entry.state == "late" and entry.deadline.chase]
    if not late:
        return {}
    entry = max(late, key=_last_day)
    return {"their-due": words.long_date(_last_day(entry)), **source_of_limit(entry.deadline, law, words)}


def source_of_limit(deadline: Deadline, law: Law, words: Words) -> Values:
    """The source’s own words for a time limit, and the name of that source."""
    rule = law.rule[deadline.late_rule or deadline.rule]
    if not rule.quote:  # our own lenient reading of a rule: its words are the rule’s
        rule = law.rule[deadline.rule]
    return {"their-quote": rule.quote, "their-source": words.say(law.source[rule.source].name)}


def _last_day(entry: Counted) -> date:
    """The last day of the most lenient reading: the day before it counts as late."""
    assert entry.late_from is not None
    return entry.late_from - timedelta(days=1)
