"""The complete route table: every combination of answers that leads somewhere else, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from webapp.cases.model import ELSEWHERE, NOT_KNOWN, NOT_SURE
from webapp.cases.reading import read_answers
from webapp.flows.law import Law
from webapp.flows.model import Procedure, Stage
from webapp.flows.stages import open_stages, reached_ids
from webapp.flows.vocabulary import ANSWERS
from webapp.procedures import Counted, LetterDue, Route, route

TODAY = date(2026, 11, 23)
_DAY = timedelta(days=1)
_LONG_AGO = timedelta(days=500)  # longer than any time that they have
_TOO_LATE = timedelta(days=900)  # longer than any time that a parent has
_COLUMNS = ("letter", "nation", "area", "procedure-used", "concerns", "reached", "days")
_REACHED = _COLUMNS.index("reached")
_RESULT = ("procedure", "stage", "kind", "to", "late", "deadlines", "notices")
_HEAD = """\
# Where every combination of answers leads. Written by `heard routes`; a change to the law shows as a diff.
# days: when the events before the letter were, and after “sent” when it was sent and what has come since.
# deadlines: rule and state; * after a state means that the day it counts from is assumed.
"""

Answers = Mapping[str, object]
Events = dict[str, str]
Row = tuple[str, ...]


@dataclass(frozen=True)
class _Area:
    """One kind of place: a name, the authority that stands for it, and the procedure that catches it."""

    name: str
    authority: str
    procedure: Procedure


def route_table(law: Law) -> str:
    """The table as text, its columns parted by tabs: the same law always gives the same text."""
    parts = [
        _HEAD,
        _part(
            "each letter at each step", _COLUMNS + _RESULT, _collapsed(_steps(law), len(_COLUMNS), _REACHED)
        ),
        _part("each concern", (*_CONCERN, *_RESULT), _collapsed(_concerns(law), len(_CONCERN))),
        _part("who complains", (*_ROLE, *_SHOWN), _collapsed(_people(law), len(_ROLE))),
        _part("what else is going on", (*_ELSE, "signposts", "notices"), _others(law)),
        _part("two letters at once", (*_PAIR, "notices"), _collapsed(_pairs(law), len(_PAIR))),
    ]
    return "\n".join(parts)


_CONCERN = ("concern", "nation", "area")
_ROLE = ("letter", "nation", "area", "role")
_SHOWN = ("procedure", "notices")
_ELSE = ("question", "answer")
_PAIR = ("letter", "other letter", "nation", "kind", "other kind")


def _part(title: str, head: Row, rows: Iterable[Row]) -> str:
    lines = ["\t".join(row) for row in (head, *rows)]
    return "\n".join([f"# {title}", *lines, ""])


# ---- each letter at each step


def _steps(law: Law) -> Iterator[Row]:
    for letter, nation in product(law.letters, _nations(law)):
        for area in _areas(letter.id, nation, law):
            for used in _used(area.procedure):
                facts = {"procedure-used": frozenset({used})}
                for concerns, reached in product(
                    _concern_sets(area.procedure, law), reached_ids(area.procedure, facts)
                ):
                    for days, events in _days(area.procedure, used, reached, law):
                        section = {"reached": reached, "procedure-used": used, **events}
                        found = _route(law, nation, area.authority, concerns[1], {letter.id: section})
                        keys = (letter.id, nation, area.name, used, concerns[0], reached, days)
                        yield keys + _result(found)


def _nations(law: Law) -> tuple[str, ...]:
    return tuple(dict.fromkeys(authority.nation for authority in law.authorities))


def _areas(letter: str, nation: str, law: Law) -> list[_Area]:
    """An area with its own procedure, one without, and a council that the parent does not know."""
    found = []
    own = {code for each in law.procedures if each.letter == letter for code in each.authorities}
    for code in sorted(own):
        if law.authority[code].nation == nation:
            found.append(_Area(code, code, law.procedure_for(letter, nation, code)))
    general = next(each.code for each in law.authorities if each.nation == nation and each.code not in own)
    found.append(_Area("other", general, law.procedure_for(letter, nation, general)))
    found.append(_Area(NOT_SURE, NOT_SURE, law.procedure_for(letter, nation, NOT_SURE)))
    return found


def _used(procedure: Procedure) -> list[str]:
    """The answers to which procedure is used that make a difference here; one where none does."""
    answers = sorted(ANSWERS["procedure-used"])
    whens = [stage.when for stage in procedure.stage] + [each.when for each in procedure.deadline]
    asks = any(name == "procedure-used" for when in whens for name, _ in when.names())
    return answers if asks else [NOT_KNOWN]


def _concern_sets(procedure: Procedure, law: Law) -> list[tuple[str, tuple[str, ...]]]:
    """One set of concerns for each way in which concerns change the route."""
    own = [concern for concern in law.concerns if concern.letter == procedure.letter]
    asks = tuple(concern.id for concern in own if concern.asks)
    listed = [
        each.id for each in own if not each.asks and (not procedure.scope or each.id in procedure.scope)
    ]
    sets = [("ordinary", (listed[0],))]
    return sets + ([("only asks", asks)] if asks else [])


def _days(procedure: Procedure, used: str, reached: str, law: Law) -> Iterator[tuple[str, Events]]:
    """The ways in which the days of a case can lie, each with a name and its events."""
    stages = open_stages(procedure, {"procedure-used": frozenset({used})})
    past, now = _split(stages, reached)
    marks = {id for stage in procedure.stage for id in (stage.sent, stage.reply, *stage.between)}
    wanted = {*law.letter[procedure.letter].events, *law.always}
    wanted |= {id for each in procedure.deadline for id in (each.start, *each.else_from)}
    first = [event.id for event in law.events if event.id in wanted - marks]
    before = first + [id for stage in past for id in (stage.sent, stage.reply)]
    if reached.endswith("-unresolved") and before[-1] == past[-1].reply:
        before.pop()  # this reply never came
    if now is None:
        yield "just now", _chain(before, TODAY - _DAY)
        yield "long ago", _chain(before, TODAY - _TOO_LATE)
        yield "not known", dict.fromkeys(before, NOT_KNOWN)
        yield "not come", _chain([id for id in before if id in law.always], TODAY - _DAY)
        forgotten = dict.fromkeys(before, NOT_KNOWN)
        for id in [id for id in before if any(id in each.else_from for each in procedure.deadline)]:
            yield f"{id} alone known, just now", forgotten | _chain([id], TODAY - _DAY)
            yield f"{id} alone known, long ago", forgotten | _chain([id], TODAY - _TOO_LATE)
        return
    yield "in time, sent just now", _chain([*before, now.sent], TODAY - _DAY)
    late = _chain(before, TODAY - _TOO_LATE) | _chain([now.sent], TODAY - _DAY)
    yield "too late, sent just now", late
    yield "not known, sent just now", dict.fromkeys(before, NOT_KNOWN) | _chain([now.sent], TODAY - _DAY)
    yield "in time, sent long ago", _chain([*before, now.sent], TODAY - _LONG_AGO)
    yield "in time, sent not known", _chain(before, TODAY - _DAY) | {now.sent: NOT_KNOWN}
    for count in range(1, len(now.between) + 1):
        come = [*before, now.sent, *now.between[:count]]
        name = ", ".join(now.between[:count])
        yield f"in time, sent and {name} just now", _chain(come, TODAY - _DAY)
        yield f"in time, sent and {name} long ago", _chain(come, TODAY - _LONG_AGO)
        days = _chain(come, TODAY - _DAY) | {now.between[count - 1]: NOT_KNOWN}
        yield f"in time, sent just now, {name} not known", days


def _split(stages: tuple[Stage, ...], reached: str) -> tuple[list[Stage], Stage | None]:
    """The stages that are over at this value of `reached`, and the one whose letter is out."""
    past: list[Stage] = []
    for stage in stages:
        if reached == f"{stage.id}-sent":
            return past, stage
        if reached == stage.opened_by:
            return past, None
        if reached == f"{stage.id}-skipped":
            return past, None
        past.append(stage)
        if reached in (f"{stage.id}-replied", f"{stage.id}-unresolved"):
            return past, None
    return [], None


def _chain(events: list[str], last: date) -> Events:
    """The events a day apart, ending on the day `last`."""
    count = len(events)
    return {id: (last - _DAY * (count - 1 - place)).isoformat() for place, id in enumerate(events)}


# ---- concerns, people, other answers, pairs


def _concerns(law: Law) -> Iterator[Row]:
    for concern, nation in product(law.concerns, _nations(law)):
        if not concern.letter:
            continue
        for area in _areas(concern.letter, nation, law):
            found = _route(law, nation, area.authority, (concern.id,), {})
            yield (concern.id, nation, area.name, *_result(found))


def _people(law: Law) -> Iterator[Row]:
    for letter, nation in product(law.letters, _nations(law)):
        for area in _areas(letter.id, nation, law):
            concerns = _concern_sets(area.procedure, law)[0][1]
            for role in _options("role", law):
                found = _route(law, nation, area.authority, concerns, {"role": role})
                keys = (letter.id, nation, area.name, role)
                yield (*keys, area.procedure.id, _joined(found.notices))


def _others(law: Law) -> Iterator[Row]:
    nation = _nations(law)[0]
    letter = law.letters[0].id
    ordinary = _concern_sets(law.procedure_for(letter, nation, NOT_SURE), law)[0][1]
    answers: list[tuple[str, str, tuple[str, ...], Answers]] = []
    answers += [("legal", id, ordinary, {"legal": [id]}) for id in _options("legal", law)]
    answers += [("helper", id, ordinary, {"helper": id}) for id in _options("helper", law)]
    no_letter = tuple(each.id for each in law.concerns if not each.letter)
    answers += [("concerns", id, (id,), {}) for id in no_letter]
    answers += [("concerns", f"{id} beside another", (*ordinary, id), {}) for id in no_letter]
    for question, answer, concerns, more in answers:
        found = _route(law, nation, NOT_SURE, concerns, more)
        yield (question, answer, _joined(found.signposts), _joined(found.notices))
    found = _route(law, ELSEWHERE, "", (), {})
    yield ("nation", ELSEWHERE, _joined(found.signposts), _joined(found.notices))


def _pairs(law: Law) -> Iterator[Row]:
    """Two letters at once, at each pair of kinds that the two can have."""
    for (place, letter), nation in product(enumerate(law.letters), _nations(law)):
        for other in law.letters[place + 1 :]:
            one, two = _kinds(letter.id, nation, law), _kinds(other.id, nation, law)
            for kind, other_kind in product(one, two):
                concerns = one[kind][0] + two[other_kind][0]
                sections = {letter.id: one[kind][1], other.id: two[other_kind][1]}
                found = _route(law, nation, NOT_SURE, concerns, sections)
                assert [due.kind for due in found.letters] == [kind, other_kind]
                yield (letter.id, other.id, nation, kind, other_kind, _joined(found.notices))


def _kinds(letter: str, nation: str, law: Law) -> dict[str, tuple[tuple[str, ...], Answers]]:
    """For each kind that a letter can have, the concerns and the answers that bring it."""
    procedure = law.procedure_for(letter, nation, NOT_SURE)
    found: dict[str, tuple[tuple[str, ...], Answers]] = {}
    for _, concerns in _concern_sets(procedure, law):
        for reached in reached_ids(procedure, {"procedure-used": frozenset({NOT_KNOWN})}):
            for _, events in _days(procedure, NOT_KNOWN, reached, law):
                section: Answers = {"reached": reached, **events}
                due = _route(law, nation, NOT_SURE, concerns, {letter: section}).letters[0]
                found.setdefault(due.kind, (concerns, section))
    return found


def _options(question: str, law: Law) -> list[str]:
    return [option.id for option in law.question[question].option]


# ---- results


def _route(law: Law, nation: str, authority: str, concerns: tuple[str, ...], more: Answers) -> Route:
    answers = {"nation": nation, "authority": authority, "concerns": list(concerns), **more}
    return route(read_answers(answers, law, TODAY), law)


def _result(found: Route) -> Row:
    due: LetterDue = found.letters[0]
    order = {each.rule: place for place, each in enumerate(due.procedure.deadline)}
    return (
        due.procedure.id,
        due.stage.id,
        due.kind,
        due.stage.to,
        "late" if due.late else "-",
        _joined(_told(entry) for entry in sorted(due.deadlines, key=lambda each: order[each.deadline.rule])),
        _joined(found.notices),
    )


def _told(entry: Counted) -> str:
    return f"{entry.deadline.rule} {entry.state}{'*' if entry.assumed and entry.due else ''}"


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts) or "-"


def _collapsed(rows: Iterable[Row], keys: int, kept: int | None = None) -> list[Row]:
    """The rows with those made one that differ in a single key and lead to the same, last key first.

    The key `kept` stays apart, so that each of its values has a line. “any” stands for every value that
    the key has for the same keys before it.
    """
    left = list(rows)
    for column in reversed([place for place in range(keys) if place != kept]):
        every: dict[Row, set[str]] = {}
        values: dict[Row, list[str]] = {}
        for row in left:
            every.setdefault(row[:column], set()).add(row[column])
            values.setdefault(row[:column] + row[column + 1 :], []).append(row[column])
        left = []
        for others, found in values.items():
            known = every[others[:column]]
            told = "any" if len(known) > 1 and set(found) == known else " | ".join(dict.fromkeys(found))
            left.append((*others[:column], told, *others[column:]))
    return left
