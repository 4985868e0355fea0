"""Every path through the law walked once, and what holds for each route and each letter on the way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from paths import TODAY, paths_of
from reading_aloud import faults, our_words, shape_faults, untranslated

from webapp.cases.model import Case
from webapp.cases.reading import read_answers
from webapp.flows.reading import read_law
from webapp.language import Words
from webapp.letters.compose import compose
from webapp.letters.model import Letter
from webapp.places import flows_folder, templates_folder
from webapp.plans.compose import extra_kinds
from webapp.procedures import END, LetterDue, Route, route

LAW = read_law(flows_folder(), templates_folder() / "letters")
KINDS = {"complaint", "escalation", "chase", "request-procedure", "wait", END}
STATES = {"you": {"open", "done", "missed", "unknown"}, "them": {"open", "done", "late", "unknown"}}


def check_route(case: Case, found: Route) -> None:
    """Letters, a signpost or dates to wait for; never nothing, never a state that cannot be."""
    assert found.letters or found.signposts
    for due in found.letters:
        assert due.kind in KINDS
        assert due.stage in due.procedure.stage
        assert due.stage.to in LAW.recipient
        assert due.concerns
        known = [entry.due for entry in due.deadlines if entry.due]
        assert known == sorted(known)
        assert all(entry.due is None for entry in due.deadlines[len(known) :])
        for entry in due.deadlines:
            check_deadline(case, due, entry)
        own = [entry for entry in due.deadlines if entry.state == "missed"]
        assert not due.late or own
        if due.kind == "chase":
            assert any(entry.state == "late" for entry in due.deadlines)
        if due.kind == "wait":
            waits = due.deadlines or extra_kinds(case, due, LAW) or due.reached == "procedure-requested"
            assert waits, "a dead end: nothing to wait for and nothing to ask"
        if due.kind == END:
            assert due.procedure.end.point


def check_deadline(case: Case, due: LetterDue, entry: Any) -> None:
    """What holds for every deadline."""
    who = entry.deadline.who
    assert entry.state in STATES[who]
    assert (entry.state == "unknown") <= (entry.due is None)
    assert (entry.act_by is not None) == (who == "you" and entry.state == "open")
    assert (entry.late_from is not None) == (who == "them" and entry.due is not None)
    if entry.act_by is not None:
        assert entry.act_by >= case.today
        assert entry.act_by == case.today or entry.act_by <= entry.due
        assert entry.act_by == case.today or LAW.calendar.is_working(entry.act_by)
    if entry.late_from is not None:
        assert entry.late_from > entry.due
        assert LAW.calendar.is_working(entry.due)
        assert entry.state != "late" or case.today >= entry.late_from
    if due.kind in ("complaint", "escalation"):
        assert (who == "them" and entry.state in ("open", "unknown")) or who == "you"


@cache
def walked() -> tuple[int, dict[tuple[object, ...], dict[str, Any]]]:
    """How many cases were routed, and one case for each way in which they end."""
    count, ends = 0, {}
    for procedure in LAW.procedures:
        for answers in paths_of(LAW, procedure):
            count += 1
            case = read_answers(answers, LAW, TODAY)
            found = route(case, LAW)
            check_route(case, found)
            (due,) = found.letters
            states = tuple((entry.deadline.rule, entry.state) for entry in due.deadlines)
            key = (due.procedure.id, case.nation, due.stage.id, due.kind, due.reached, due.late, states)
            ends.setdefault(
                (*key, due.concerns if due.kind in ("complaint", "request-procedure") else ()), answers
            )
    return count, ends


def letters_of(case: Case, words: Words) -> Iterator[tuple[LetterDue, str, Letter]]:
    """Every letter that this case lets a parent write now."""
    found = route(case, LAW)
    for due in found.letters:
        for kind in ([due.kind] if due.writes else []) + list(extra_kinds(case, due, LAW)):
            yield due, kind, compose(case, due, found, LAW, words, kind)


def check_words(name: str, letter: Letter, own: frozenset[str] | None = None) -> None:
    """No gap, no empty heading, nothing untranslated."""
    wrong = [fault for text in our_words(letter) for fault in faults(text)]
    wrong += shape_faults(letter)
    wrong += untranslated(letter, own) if own is not None else []
    assert not wrong, f"{name}: {'; '.join(wrong)}"
