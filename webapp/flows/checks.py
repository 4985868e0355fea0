"""Checking the law as a whole: every name is known, and every rule, answer and stage has its use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from webapp.flows import asking, model, register
from webapp.flows.entries import LETTERS, Entry, entries, file_of, name_of
from webapp.flows.law import Law
from webapp.flows.problems import Problem
from webapp.flows.reach import check_paths
from webapp.flows.uses import uses
from webapp.flows.vocabulary import (
    CHILD_VALUES,
    INSERTS,
    KINDS,
    facts_known,
    place_of,
    placeholders,
    values_known,
)

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FEW = 12
# The words of a deadline that may name a day, and what they may call it.
_DAYS: Mapping[str, frozenset[str]] = {
    "why": frozenset({"from"}),
    "assumed_text": frozenset({"from"}),
    "if_not": frozenset({"late-from"}),
    "letter_dated": frozenset({"due", "latest"}),
}


def check_law(law: Law) -> tuple[Problem, ...]:
    """Everything that is wrong with the law, each with its file, entry and remedy; empty when all is well."""
    found = [*_duplicates(law)]
    facts, values = facts_known(law), values_known(law)
    for entry in entries(law):
        found += [*_rules(entry, law), *_conditions(entry, facts, values), *_placeholders(entry, law)]
        found += _references(entry, law)
    for procedure in law.procedures:
        found += _procedure(procedure, law)
    found += [*_holidays(law), *check_paths(law), *_uses(law)]
    return tuple(dict.fromkeys(found))


def _unknown(entry: Entry, kind: str, id: str, known: Collection[str], file: str) -> Problem:
    """The problem of a name that nothing has."""
    if not known or len(known) <= _FEW:
        remedy = f"write one of: {', '.join(sorted(known))}"
    else:
        near = get_close_matches(id, known, n=3, cutoff=0.5)
        remedy = f"write one that stands in {file}" + (f", such as {' or '.join(near)}" if near else "")
    return Problem(entry.file, entry.name, f"there is no {kind} “{id}”", remedy)


def _each(
    entry: Entry, kind: str, ids: Collection[str], known: Collection[str], file: str
) -> Iterator[Problem]:
    return (_unknown(entry, kind, id, known, file) for id in ids if id and id not in known)


def _rules(entry: Entry, law: Law) -> Iterator[Problem]:
    return _each(entry, "rule", tuple(entry.rules()), law.rule, "rules.toml")


def _conditions(
    entry: Entry, facts: Mapping[str, frozenset[str]], values: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    for field, when in entry.conditions():
        here = facts[place_of(entry, field)]
        for fact, value in sorted(when.names()):
            remedy = f"use one of: {', '.join(sorted(here))}"
            if fact not in values:
                yield Problem(entry.file, entry.name, f"a `when` asks for “{fact}”, which is no fact", remedy)
            elif fact not in here:
                what = f"a `when` asks for “{fact}”, which is not known there"
                yield Problem(entry.file, entry.name, what, remedy)
            elif value not in values[fact]:
                yield _unknown(entry, f"value of {fact}", value, values[fact], "the data")


def _placeholders(entry: Entry, law: Law) -> Iterator[Problem]:
    for field, text in entry.texts():
        known: frozenset[str] = frozenset()
        if isinstance(entry.value, model.Deadline):
            known = _DAYS.get(field, frozenset())
        elif entry.file == LETTERS or (isinstance(entry.value, model.Recipient) and field == "lines"):
            known = placeholders(law)
            if entry.name.startswith("reference "):
                known |= CHILD_VALUES
        for name in _PLACEHOLDER.findall(text):
            if name not in known:
                may = f"use one of: {', '.join(sorted(known))}" if known else "say it without one"
                yield Problem(entry.file, entry.name, f"nothing fills in “{{{name}}}” there", may)


def _references(entry: Entry, law: Law) -> Iterator[Problem]:
    """Names of other entries, kind by kind."""
    value = entry.value
    authorities = law.authority
    nations = {authority.nation for authority in law.authorities}
    match value:
        case register.Rule():
            yield from _each(entry, "source", [value.source], law.source, "sources.toml")
        case register.HelpLine():
            yield from _each(entry, "source", [value.source], law.source, "sources.toml")
            yield from _each(entry, "authority", value.authorities, authorities, "authorities.toml")
            yield from _each(entry, "nation", value.nations, nations, "authorities.toml")
        case register.PartlyRead():
            yield from _each(entry, "source", [value.source], law.source, "sources.toml")
            yield from _each(entry, "authority", value.authorities, authorities, "authorities.toml")
        case register.HelpGap():
            yield from _each(entry, "nation", value.nations, nations, "authorities.toml")
        case asking.Concern():
            yield from _concern(entry, value, law)
        case asking.Outcome():
            yield from _each(entry, "letter", value.letters, law.letter, "letters.toml")
        case asking.Signpost():
            kinds = {kind for line in law.help_lines for kind in line.kinds}
            yield from _each(entry, "kind of help line", value.lines, kinds, "help-lines.toml")
        case model.LetterKind():
            yield from _each(entry, "event", value.events, law.event, "events.toml")
        case model.Event():
            yield from _each(entry, "event", value.after, law.event, "events.toml")
        case asking.Question():
            parts = {part.id for part in law.wizard_parts}
            yield from _each(entry, "part", [value.part], parts, "questions.toml")
        case model.LetterParagraph():
            parts = {part.id for part in law.letter_words.parts}
            yield from _each(entry, "part of a letter", [value.part], parts, "parts.toml")
            yield from _each(entry, "insert", [value.insert], INSERTS, "the list of inserts")
            if not (value.text or value.insert or value.points):
                yield Problem(entry.file, entry.name, "it prints nothing", "give it `text`, or remove it")
        case register.Authority():
            yield from _each(entry, "nation", [value.nation], {"england", "wales"}, "authorities.toml")


def _concern(entry: Entry, concern: asking.Concern, law: Law) -> Iterator[Problem]:
    posts = {post.id for post in law.signposts}
    groups = {group.id for group in law.groups}
    yield from _each(entry, "group", [concern.group], groups, "concerns.toml")
    yield from _each(entry, "letter", [concern.letter], law.letter, "letters.toml")
    yield from _each(entry, "signpost", [concern.signpost], posts, "signposts.toml")
    if not concern.letter and not concern.signpost:
        what = "it opens neither a letter nor a signpost"
        yield Problem(entry.file, entry.name, what, "give it `letter` or `signpost`")


def _procedure(procedure: model.Procedure, law: Law) -> Iterator[Problem]:
    """The names inside one procedure."""
    file = file_of(procedure)
    whole = Entry(file, procedure.id, procedure)
    nations = {authority.nation for authority in law.authorities}
    stages = [stage.id for stage in procedure.stage]
    own_concerns = {concern.id for concern in law.concerns if concern.letter == procedure.letter}
    roles = values_known(law)["role"]
    before = [option.id for each in law.questions if each.kind == "reached" for option in each.option]
    yield from _each(whole, "letter", [procedure.letter], law.letter, "letters.toml")
    yield from _each(whole, "nation", procedure.nations, nations, "authorities.toml")
    yield from _each(whole, "authority", procedure.authorities, law.authority, "authorities.toml")
    yield from _each(whole, "answer for `before`", procedure.before, before, "questions.toml")
    yield from _each(whole, "role", procedure.who.roles if procedure.who else (), roles, "questions.toml")
    yield from _each(whole, "concern of this letter", list(procedure.scope), own_concerns, "concerns.toml")
    for stage in procedure.stage:
        entry = Entry(file, stage.id, stage)
        events = (stage.sent, stage.reply, *stage.between)
        yield from _each(entry, "recipient", [stage.to], law.recipient, "recipients.toml")
        yield from _each(entry, "event", events, law.event, "events.toml")
        yield from _stage_words(entry, stage)
    for deadline in procedure.deadline:
        entry = Entry(file, deadline.rule, deadline)
        yield from _each(entry, "recipient", [deadline.actor], law.recipient, "recipients.toml")
        yield from _each(entry, "stage", (*deadline.stages, *(deadline.late_at or ())), stages, file)
        yield from _each(entry, "kind of letter", deadline.kinds, KINDS, file)
        yield from _each(entry, "event to count from,", _starts(deadline), law.event, "events.toml")
        settles = [] if deadline.settled_by == "reply" else [deadline.settled_by]
        yield from _each(entry, "event to settle it,", settles, law.event, "events.toml")


def _starts(deadline: model.Deadline) -> list[str]:
    start = [] if deadline.start == "received" else [deadline.start]
    return [*start, *deadline.else_from]


def _stage_words(entry: Entry, stage: model.Stage) -> Iterator[Problem]:
    needed = ["reached_sent", "reached_replied", "reached_unresolved"]
    needed += ["reached_skipped"] if stage.may_skip else []
    needed += ["reached_opened"] if stage.opened_by else []
    for key in needed:
        if not getattr(stage, key):
            what = f"the answer for “how far have you got” has no words: {key} is missing"
            yield Problem(entry.file, entry.name, what, "add it")


def _holidays(law: Law) -> Iterator[Problem]:
    entry = Entry("bank-holidays.toml", "source", law.bank_holidays)
    return _each(entry, "source", [law.bank_holidays.source], law.source, "sources.toml")


def _uses(law: Law) -> Iterator[Problem]:
    """Rules that nothing uses, and rules that are used although they say that they are not."""
    used = uses(law)
    for rule in law.rules:
        if rule.unused and rule.id in used:
            what = f"it is marked as unused, but {used[rule.id][0]} cites it"
            yield Problem("rules.toml", rule.id, what, "remove `unused`, or the citation")
        elif not rule.unused and rule.id not in used:
            remedy = "cite it where it is needed, or say in `unused` why it is not"
            yield Problem("rules.toml", rule.id, "nothing uses it", remedy)


def _duplicates(law: Law) -> Iterator[Problem]:
    lists: list[tuple[str, str, Collection[object]]] = [
        ("letters.toml", "", law.letters),
        ("questions.toml", "", law.wizard_parts),
        ("questions.toml", "", law.questions),
        ("events.toml", "", law.events),
        ("concerns.toml", "", law.groups),
        ("concerns.toml", "", law.concerns),
        ("outcomes.toml", "", law.outcomes),
        ("recipients.toml", "", law.recipients),
        ("notices.toml", "", law.notices),
        ("signposts.toml", "", law.signposts),
        ("help-lines.toml", "", law.help_lines),
        ("rules.toml", "", law.rules),
        ("sources.toml", "", law.sources),
        ("authorities.toml", "", law.authorities),
        ("sending.toml", "", law.ways),
        ("library.toml", "", law.blanks),
        ("library.toml", "", law.places),
        ("library.toml", "", law.spaces),
        ("parts.toml", "", law.letter_words.parts),
    ]
    lists += [(file_of(procedure), "", procedure.stage) for procedure in law.procedures]
    for question in law.questions:
        lists += [("questions.toml", f"{question.id}, ", list_) for list_ in (question.option, question.box)]
    for file, above, values in lists:
        for id, times in Counter(name_of(value) for value in values).items():
            if times > 1:
                yield Problem(file, above + id, f"this id stands here {times} times", "give each its own")
