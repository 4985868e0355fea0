"""Reading a case: its answers checked key by key against the law that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from webapp.cases.dates import earlier_events, out_of_order, read_events, read_iso_date
from webapp.cases.model import ELSEWHERE, NOT_SURE, Answers, Case, CaseError, Letter, Problem, Section
from webapp.flows.law import Law
from webapp.flows.model import Procedure
from webapp.flows.stages import reached_ids
from webapp.language import N_

VERSION = 1
_WRONG_SHAPE = N_("this has the wrong shape; look at the description of case files")
_KEYS = frozenset({"case", "today", "answers"})
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_case(document: object, law: Law, today: date) -> Case:
    """The case that a case file holds. `today` is used where the file names no day.

    Raises CaseError that names every key that is wrong.
    """
    if not isinstance(document, dict):
        raise CaseError((Problem("case", N_("this is not a case file"), {}),))
    for key in document.keys() - _KEYS:
        raise CaseError((_unknown(key),))
    if document.get("case") != VERSION or isinstance(document.get("case"), bool):
        message = N_("this must be a case file of version {version}")
        raise CaseError((Problem("case", message, {"version": str(VERSION)}),))
    if "today" in document:
        day = read_iso_date(document["today"])
        if day is None:
            raise CaseError((Problem("today", N_("write the day as 2026-11-30"), {}),))
        today = day
    if not isinstance(document.get("answers"), dict):
        raise CaseError((Problem("answers", N_("the answers are missing"), {}),))
    return read_answers(document["answers"], law, today)


def read_answers(answers: Mapping[str, Any], law: Law, today: date, texts: bool = True) -> Case:
    """The case that these answers make on the day `today`. Raises CaseError.

    `texts` says whether to look at the length and the letters of what was typed, too.
    """
    sections = {letter.id: answers[letter.id] for letter in law.letters if letter.id in answers}
    of_case = {key: value for key, value in answers.items() if key not in sections}
    try:
        top = Answers.model_validate(of_case)
    except ValidationError as error:
        raise CaseError(tuple(_of_schema(detail) for detail in error.errors())) from None
    problems = [*_place(top, law), *_ids(top, law)]
    if problems:
        raise CaseError(tuple(problems))
    opened = _opened(top, law)
    sections = {id: raw for id, raw in sections.items() if id in opened}
    if texts:
        problems += _long_or_unprintable(of_case | sections, law)
    letters: dict[str, Letter] = {}
    for id, raw in sections.items():
        letters[id] = _section(id, raw, opened[id], law, today, problems)
    for number, child in enumerate(top.children):
        _born(child.born, f"children.{number}.born", today, problems)
    if problems:
        raise CaseError(tuple(problems))
    return Case(
        today=today,
        nation=top.nation,
        authority=top.authority,
        role=top.role,
        concerns=tuple(top.concerns),
        send_by=top.send_by,
        legal=tuple(top.legal),
        helper=top.helper,
        you=top.you,
        writer=top.writer,
        children=tuple(top.children),
        reference=top.reference,
        worker=top.worker,
        support=top.support,
        letters=letters,
    )


def _opened(top: Answers, law: Law) -> dict[str, Procedure]:
    """The letters that are open, with their procedures; what a file says of any other is ignored."""
    if top.nation == ELSEWHERE:
        return {}
    letters = {law.concern[concern].letter for concern in top.concerns} - {""}
    return {id: law.procedure_for(id, top.nation, top.authority) for id in letters}


def _unknown(key: str) -> Problem:
    return Problem(key, N_("this key is not known; remove it or correct its spelling"), {})


def _not_one_of(where: str, value: object, known: Iterator[str] | tuple[str, ...]) -> Problem:
    message = N_("“{value}” is not known here; use one of: {known}")
    return Problem(where, message, {"value": str(value)[:80], "known": ", ".join(known)})


def _of_schema(detail: Any) -> Problem:
    where = ".".join(str(step) for step in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return _unknown(where)
    if detail["type"] == "missing":
        return Problem(where, N_("this is missing"), {})
    if detail["type"] == "literal_error":
        message = N_("“{value}” is not known here; use one of: {known}")
        known = str(detail["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").removesuffix(", ")
        return Problem(where, message, {"value": str(detail["input"])[:80], "known": known})
    return Problem(where, _WRONG_SHAPE, {})


def _place(top: Answers, law: Law) -> Iterator[Problem]:
    nations = sorted({authority.nation for authority in law.authorities})
    if top.nation not in (*nations, ELSEWHERE):
        yield _not_one_of("nation", top.nation, (*nations, ELSEWHERE))
        return
    authority = law.authority.get(top.authority)
    if top.authority not in ("", NOT_SURE) and authority is None:
        yield Problem("authority", N_("no council has the code “{value}”"), {"value": top.authority[:80]})
    if top.nation == ELSEWHERE:
        return
    if not top.authority:
        yield Problem("authority", N_("this is missing"), {})
    elif authority is not None and authority.nation != top.nation:
        message = N_("{council} is not in the nation that you chose")
        yield Problem("authority", message, {"council": authority.name})
    if not top.concerns:
        yield Problem("concerns", N_("choose at least one"), {})


def _ids(top: Answers, law: Law) -> Iterator[Problem]:
    for concern in top.concerns:
        if concern not in law.concern:
            yield _not_one_of("concerns", concern, tuple(law.concern))
    for name, values in (("concerns", top.concerns), ("legal", [str(entry) for entry in top.legal])):
        if len(set(values)) < len(values):
            yield Problem(name, N_("the same answer stands here twice"), {})
    if "none" in top.legal and len(top.legal) > 1:
        yield Problem("legal", N_("“none” cannot stand beside another answer"), {})
    if top.send_by not in law.way:
        yield _not_one_of("send-by", top.send_by, tuple(law.way))
    formats = {option.id for question in law.questions if question.key == "support.reply-format"
               for option in question.option}  # fmt: skip
    if top.support.reply_format and formats and top.support.reply_format not in formats:
        yield _not_one_of("support.reply-format", top.support.reply_format, tuple(sorted(formats)))


def _section(
    id: str, raw: object, procedure: Procedure, law: Law, today: date, problems: list[Problem]
) -> Letter:
    """The section of one open letter; adds to `problems` what is wrong in it."""
    if not isinstance(raw, dict):
        problems.append(
            Problem(id, N_("this has the wrong shape; look at the description of case files"), {})
        )
        return Letter(Section(), {})
    try:
        answers = Section.model_validate({key: raw[key] for key in raw if key not in law.event})
    except ValidationError as error:
        for detail in error.errors():
            found = _of_schema(detail)
            problems.append(Problem(f"{id}.{found.where}", found.message, found.values))
        return Letter(Section(), {})
    for concern in answers.details:
        if concern not in law.concern or law.concern[concern].letter != id:
            own = tuple(entry.id for entry in law.concerns if entry.letter == id)
            problems.append(_not_one_of(f"{id}.details", concern, own))
    for outcome in answers.outcomes:
        if outcome not in law.outcome or id not in law.outcome[outcome].letters:
            own = tuple(entry.id for entry in law.outcomes if id in entry.letters)
            problems.append(_not_one_of(f"{id}.outcomes", outcome, own))
    if answers.send_by and answers.send_by not in law.way:
        problems.append(_not_one_of(f"{id}.send-by", answers.send_by, tuple(law.way)))
    events = {key: raw[key] for key in raw if key in law.event}
    problems += _reached(id, answers, procedure)
    known = read_events(id, events, law, today, problems)
    problems += out_of_order(id, known, earlier_events(law, procedure))
    return Letter(answers, known)


def _reached(id: str, answers: Section, procedure: Procedure) -> Iterator[Problem]:
    known = reached_ids(procedure, {"procedure-used": {answers.procedure_used}})
    if answers.reached not in known:
        yield _not_one_of(f"{id}.reached", answers.reached, known)


def _born(text: str, where: str, today: date, problems: list[Problem]) -> None:
    if not text:
        return
    day = read_iso_date(text)
    if day is None:
        problems.append(Problem(where, N_("write the day as 2026-11-30"), {}))
    elif day > today:
        problems.append(Problem(where, N_("this day is after today"), {}))


def _long_or_unprintable(answers: Mapping[str, Any], law: Law) -> Iterator[Problem]:
    for where, text in _texts(answers, ""):
        if len(text) > law.habits.words_limit:
            message = N_("this is too long by {over} characters; {limit} can be kept")
            over = str(len(text) - law.habits.words_limit)
            yield Problem(where, message, {"over": over, "limit": str(law.habits.words_limit)})
        if _UNPRINTABLE.search(text):
            yield Problem(where, N_("there is a character here that cannot be printed; remove it"), {})


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{where}.{number}")
