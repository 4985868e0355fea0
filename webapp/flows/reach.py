"""Checking that everything can be reached: questions, answers, stages, events, procedures, conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from webapp.conditions import When
from webapp.flows import asking, model
from webapp.flows.entries import Entry, entries, file_of
from webapp.flows.law import Law
from webapp.flows.problems import Problem
from webapp.flows.stages import next_stage, open_stages, reached_ids
from webapp.flows.vocabulary import ANSWERS, CONTRACT, fact_of, place_of, values_known

END = "end"
Table = Mapping[str, frozenset[str]]
Situation = Mapping[str, frozenset[str]]
_NONE: frozenset[str] = frozenset()
_OF_SITUATION = frozenset(
    {"nation", "authority", "letter", "procedure", "procedure-used", "concerns", "reached", "stage", "kind"}
)
_ELSEWHERE: Situation = {"nation": frozenset({"elsewhere"})}
_ASKED_WITH_CONCERNS = ("letter", "procedure", "writing", "letters", "listed")
_ASKED_WITH_REACHED = ("stage", "kind", "letters-to-write")


def check_paths(law: Law) -> Iterator[Problem]:
    """What nobody can get to, and what cannot be decided."""
    yield from _event_circles(law)
    for procedure in law.procedures:
        yield from _stages(procedure)
    yield from _catching(law)
    if any(procedure.letter not in law.letter for procedure in law.procedures):
        return
    yield from _order(law)
    yield from _options(law)
    yield from _conditions(law)


# ---- events, stages, procedures


def _event_circles(law: Law) -> Iterator[Problem]:
    circle = [event.id for event in law.events if event.id in _before(event.id, law)]
    if circle:
        what = f"these events come before themselves: {', '.join(circle)}"
        yield Problem("events.toml", circle[0], what, "correct their `after`")


def _before(id: str, law: Law) -> frozenset[str]:
    found: set[str] = set()
    left = [id]
    while left:
        event = law.event.get(left.pop())
        fresh = set(event.after if event else ()) - found
        found |= fresh
        left += fresh
    return frozenset(found)


def _stages(procedure: model.Procedure) -> Iterator[Problem]:
    file = file_of(procedure)
    by_id = {stage.id: stage for stage in procedure.stage}
    reached = {procedure.stage[0].id} | {stage.id for stage in procedure.stage if stage.opened_by}
    left = list(reached)
    while left:
        following = by_id[left.pop()].next
        if following in by_id and following not in reached:
            reached.add(following)
            left.append(following)
    for stage in procedure.stage:
        if stage.next != END and stage.next not in by_id:
            remedy = f"write one of: {', '.join([*by_id, END])}"
            yield Problem(file, stage.id, f"it leads nowhere: there is no stage “{stage.next}”", remedy)
        elif _never_ends(stage, by_id):
            yield Problem(file, stage.id, "its steps go round and never end", "correct a `next`")
        if stage.id not in reached:
            remedy = "name it in the `next` of another stage, or give it `opened_by`"
            yield Problem(file, stage.id, "no path leads to it", remedy)


def _never_ends(stage: model.Stage, by_id: Mapping[str, model.Stage]) -> bool:
    seen: list[str] = []
    while stage.next in by_id:
        if stage.id in seen:
            return stage.id == seen[0]  # said once for the stage, not for all that lead to it
        seen.append(stage.id)
        stage = by_id[stage.next]
    return False


def _catching(law: Law) -> Iterator[Problem]:
    nations = list(dict.fromkeys(authority.nation for authority in law.authorities))
    for letter, nation in product(law.letters, nations):
        serving = [each for each in law.procedures if each.letter == letter.id and nation in each.nations]
        general = [each for each in serving if not each.authorities]
        if not general:
            remedy = "add a procedure for it without `authorities`"
            yield Problem("procedures", letter.id, f"no procedure catches this letter in {nation}", remedy)
        for other in general[1:]:
            what = f"it and {general[0].id} both catch the letter {letter.id} in {nation}"
            yield Problem(file_of(other), other.id, what, "give one of them `authorities`, or remove it")
        owners: dict[str, str] = {}
        for procedure in serving:
            for code in procedure.authorities:
                if law.authority.get(code) and law.authority[code].nation != nation:
                    continue
                first = owners.setdefault(code, procedure.id)
                if first != procedure.id:
                    what = f"it and {first} both catch the letter {letter.id} for {code}"
                    yield Problem(file_of(procedure), procedure.id, what, "take the code out of one of them")


# ---- questions and their answers


def _askers(law: Law) -> Mapping[str, int]:
    """For each fact that an answer brings, the place of its question in the list."""
    found: dict[str, int] = {}
    for place, question in enumerate(law.questions):
        brought = [fact_of(question.key)] if question.key else []
        if question.kind == "concerns":
            brought += [*_ASKED_WITH_CONCERNS, *law.letter]
        elif question.kind == "reached":
            brought += _ASKED_WITH_REACHED
        elif question.kind == "event":
            brought += ["late"]
        found.update({fact: place for fact in brought if fact not in found})
    return found


def _order(law: Law) -> Iterator[Problem]:
    askers = _askers(law)
    for place, question in enumerate(law.questions):
        below = set()
        for _, when in Entry("questions.toml", question.id, question).conditions():
            below |= {fact for fact, _ in when.names() if askers.get(fact, -1) >= place}
        inside = {"letter", "kind", "stage", "procedure"}  # its own letter, whatever is asked of it
        for fact in sorted(below - (inside if question.kind == "reached" else set())):
            asker = law.questions[askers[fact]].id
            what = f"its `when` asks for “{fact}”, which is asked below it"
            yield Problem("questions.toml", question.id, what, f"move it below “{asker}”")


def _options(law: Law) -> Iterator[Problem]:
    """Answers that the case file refuses, and answers that nothing tells apart."""
    named = {pair for entry in entries(law) for _, when in entry.conditions() for pair in when.names()}
    printed = {name for entry in entries(law) for _, text in entry.texts() for name in _braces(text)}
    for question in law.questions:
        fact = fact_of(question.key)
        known = ANSWERS.get(fact)
        for option in question.option:
            if known is not None and option.id not in known:
                remedy = f"use one of: {', '.join(sorted(known))}"
                what = f"no case file can hold the answer “{option.id}”"
                yield Problem("questions.toml", question.id, what, remedy)
        silent = list(dict.fromkeys(each.id for each in question.option if (fact, each.id) not in named))
        if fact in CONTRACT or fact in printed or not question.option:
            continue
        silent = [id for id in silent if known is None or id in known]
        others = [id for id in silent if not _is_alone(question, id)]
        if len(others) > (0 if question.kind == "several" else 1):
            what = f"nobody uses these answers, nothing tells them apart: {', '.join(others)}"
            remedy = f"name each in a `when` as {fact} = […], or remove it"
            yield Problem("questions.toml", question.id, what, remedy)


def _braces(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def _is_alone(question: asking.Question, id: str) -> bool:
    return any(option.id == id and option.alone for option in question.option)


# ---- conditions that no case can meet


def _conditions(law: Law) -> Iterator[Problem]:
    values = values_known(law)
    known = {procedure.id: tuple(situations(procedure, law)) for procedure in law.procedures}
    every = tuple(situation for each in known.values() for situation in each)
    askers = _askers(law)
    for entry in entries(law):
        within = known.get(entry.file.removesuffix(".toml"), every)
        for field, when in entry.conditions():
            if any(value not in values.get(fact, ()) for fact, value in when.names()):
                continue  # that is a problem of its own
            whole = place_of(entry, field) in ("case", "page")
            for table in _tables(when):
                tables: Iterator[Table] = iter([table])
                if isinstance(entry.value, asking.Question):
                    tables = _merged(table, list(table), frozenset({entry.name}), askers, law)
                if not any(_meets(option, within, whole) for option in tables):
                    text = ", ".join(f"{fact} = {', '.join(sorted(ids))}" for fact, ids in table.items())
                    what = f"no case can meet this `when`: {text}"
                    yield Problem(entry.file, entry.name, what, "correct it, or remove what it opens")


def _tables(when: When) -> Iterator[Table]:
    return (dict(table) for table in when.tables)


def _merged(
    table: Table, left: list[str], seen: frozenset[str], askers: Mapping[str, int], law: Law
) -> Iterator[Table]:
    """The table of a question with what opens the questions whose answers it asks for, and so on."""
    if not left:
        yield table
        return
    asker = law.questions[askers[left[0]]] if left[0] in askers else None
    if asker is None or asker.id in seen or not asker.when.tables:
        yield from _merged(table, left[1:], seen, askers, law)
        return
    for other in _tables(asker.when):
        facts = dict.fromkeys((*table, *other))
        both = {fact: table.get(fact, other.get(fact, _NONE)) & other.get(fact, table.get(fact, _NONE))
                for fact in facts}  # fmt: skip
        if all(both.values()):
            fresh = [fact for fact in other if fact not in table]
            yield from _merged(both, left[1:] + fresh, seen | {asker.id}, askers, law)


def _meets(table: Table, within: tuple[Situation, ...], whole: bool) -> bool:
    """True when some situation shares a value with each fact of the table that situations know.

    `whole`: the condition looks at the case, whose concerns may belong to other letters too, or which
    may have no letter at all.
    """
    asked = {fact: ids for fact, ids in table.items() if fact in _OF_SITUATION}
    if whole:
        asked.pop("concerns", None)
        within = (*within, _ELSEWHERE)
    return any(all(ids & situation.get(fact, _NONE) for fact, ids in asked.items()) for situation in within)


def situations(procedure: model.Procedure, law: Law) -> Iterator[Situation]:
    """Every place in a procedure where a case may stand, as facts; `kind` holds all that it may be there."""
    letters = frozenset({procedure.letter})
    of_letter = frozenset(concern.id for concern in law.concerns if concern.letter == procedure.letter)
    codes = frozenset(procedure.authorities) or (
        frozenset(entry.code for entry in law.authorities if entry.nation in procedure.nations) | {"not-sure"}
    )
    for nation, used in product(procedure.nations, sorted(ANSWERS["procedure-used"])):
        facts = {"procedure-used": frozenset({used})}
        for reached in reached_ids(procedure, facts):
            stage, kinds = _place(procedure, reached, facts)
            yield {
                "nation": frozenset({nation}),
                "authority": codes,
                "letter": letters,
                "procedure": frozenset({procedure.id}),
                "procedure-used": frozenset({used}),
                "concerns": of_letter,
                "reached": frozenset({reached}),
                "stage": frozenset({stage}),
                "kind": kinds,
            }


def _place(procedure: model.Procedure, reached: str, facts: Situation) -> tuple[str, frozenset[str]]:
    for stage in open_stages(procedure, facts):
        if reached == f"{stage.id}-sent":
            return stage.id, frozenset({"wait", "chase", "enquiry"})
        if reached == stage.opened_by:
            return stage.id, frozenset({"escalation"})
        if reached in (f"{stage.id}-{step}" for step in ("replied", "unresolved", "skipped")):
            following = next_stage(procedure, stage, facts)
            return (following.id, frozenset({"escalation"})) if following else (stage.id, frozenset({END}))
    kinds = {"wait"} if reached == "procedure-requested" else {"complaint", "request-procedure", "holding"}
    return procedure.stage[0].id, frozenset(kinds)
