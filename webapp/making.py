"""Making files from a case: which letter, in which kind, format, size and language, under which name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from webapp.cases.model import Case
from webapp.documents import Document, Offer, check, render
from webapp.flows.law import Law
from webapp.language import BY_ID, LANGUAGES, N_, Words, read_words
from webapp.letters.compose import compose
from webapp.letters.model import Letter
from webapp.places import translations_folder
from webapp.plans.compose import compose_plan, extra_kinds
from webapp.plans.model import Plan
from webapp.plans.sheet import sheet_of
from webapp.procedures import END, LetterDue, Route, route
from webapp.rendering import Make, at_once

Files = dict[str, Document]


class NoLetter(LookupError):
    """There is no such letter to write; the message says what there is."""


class NothingDue(NoLetter):
    """The case is in order, and asks for no such letter now."""


def words_of(language: str) -> Words:
    """The words of a language. Raises NoLetter, naming the languages that there are."""
    if language not in BY_ID:
        known = ", ".join(each.id for each in LANGUAGES)
        raise NoLetter(f"there is no language “{language}”; these work: {known}")
    return read_words(language, translations_folder())


def letter_of(case: Case, found: Route, id: str, kind: str | None, law: Law) -> tuple[LetterDue, str]:
    """The letter with this id and the kind in which it is written.

    Raises NoLetter when the case has no such letter, or when there is nothing to write now.
    """
    due = next((each for each in found.letters if each.letter == id), None)
    if due is None:
        there = ", ".join(each.letter for each in found.letters) or "none"
        raise NothingDue(f"this case has no letter “{id}”; it has: {there}")
    kinds = ([due.kind] if due.writes else []) + list(extra_kinds(case, due, law))
    if kind is not None and kind not in kinds:
        there = ", ".join(kinds) or "none"
        raise NoLetter(f"the letter “{id}” cannot be written as “{kind}” now; these can: {there}")
    if kind is None and not due.writes:
        reason = (
            "the procedure is at its end" if due.kind == END else "there is nothing to send while you wait"
        )
        other = f"; for a letter that asks, use --kind {kinds[0]}" if kinds else ""
        raise NothingDue(f"no letter is due for “{id}”: {reason}{other}")
    return due, kind or due.kind


def compose_one(case: Case, found: Route, id: str, kind: str | None, law: Law, words: Words) -> Letter:
    """The composed letter with this id. Raises NoLetter."""
    due, as_kind = letter_of(case, found, id, kind, law)
    return compose(case, due, found, law, words, as_kind)


def plan_file(
    case: Case,
    found: Route,
    law: Law,
    words: Words,
    format: str = "pdf",
    size: str = "standard",
    make: Make = at_once,
) -> Document:
    """The plan of the case, for the parent to keep; as `ics`, its dates alone.

    Raises DocumentError, and what `make` does.
    """
    made_of = check(format, size, words.language.id).made_of
    if made_of == "dates":
        return calendar_file(case, found, law, words)
    plan = compose_plan(case, found, law, words)
    if format == "pdf":
        return make(format, _sheet, plan, size, words.language.id)
    return make(format, render, sheet_of(plan, words), format, size)


def _sheet(plan: Plan, size: str, language: str) -> Document:
    from webapp.documents.next_steps import render as render_sheet

    return render_sheet(plan, size, words_of(language).say)


def copy_of(letter: Letter, case_file: bytes, size: str, words: Words, make: Make = at_once) -> Document:
    """The parent’s own copy of a letter: a PDF that carries the case file.

    Raises DocumentError, and what `make` does.
    """
    keep = letter.notice or words.say(N_("This copy is for you to keep. Please do not send it."))
    inside = words.say(N_("Your answers are inside this file, so that you can come back with it."))
    copy = replace(letter, notice=f"{keep} {inside}")
    return make("pdf", _copy, copy, size, case_file, words.say(N_("Your answers")))


def _copy(letter: Letter, size: str, case_file: bytes, description: str) -> Document:
    from webapp.documents.pdf import render_copy

    return Document(render_copy(letter, size, case_file, description), "application/pdf", "pdf")


def calendar_file(case: Case, found: Route, law: Law, words: Words) -> Document:
    """The dates of the case for the parent’s own calendar."""
    from webapp.documents.calendar import render as render_calendar

    stamp = datetime.combine(case.today, time(0), UTC)
    return render_calendar(compose_plan(case, found, law, words), stamp, words.say)


def letter_files(
    case: Case,
    law: Law,
    id: str | None,
    kind: str | None,
    format: str,
    size: str,
    language: str,
    case_file: bytes | None = None,
) -> Files:
    """The files of one letter or of all letters of a case, by neutral names.

    With `case_file` they are the parent’s own copies, which carry it. Raises NoLetter, and DocumentError for
    a format, a size or a language in which there is none.
    """
    words = words_of(language)
    offer = Offer(check(format, size, language), size)
    if case_file is not None and format != "pdf":
        raise NoLetter("only a PDF can carry the answers; leave --copy out, or choose --format pdf")
    found = route(case, law)
    if offer.format.made_of == "dates":
        return {"dates.ics": calendar_file(case, found, law, words)}
    ids = [id] if id else [due.letter for due in found.letters if due.writes]
    if not found.letters:
        raise NothingDue("this case opens no letter; heard route shows where to go instead")
    if not ids:
        raise NothingDue("no letter is due now; wait, or choose one with --letter and --kind enquiry")
    files: Files = {}
    for one in ids:
        letter = compose_one(case, found, one, kind if id else None, law, words)
        stem = file_name(found, one)
        if case_file is None:
            files[offer.file_name(stem)] = render(letter, format, size)
        else:
            files[offer.file_name(f"{stem}-your-copy")] = copy_of(letter, case_file, size, words)
    return files


def file_name(found: Route, id: str) -> str:
    """A name that tells a stranger nothing: “letter-1”."""
    place = [due.letter for due in found.letters].index(id) + 1
    return f"letter-{place}"


def write_files(files: Files, output: Path | None, force: bool, chosen: bool) -> tuple[Path, ...]:
    """Writes the files: one letter to `output`, all letters of a case into a folder or a zip.

    `chosen` says that one letter was asked for by name; an `output` with an ending, such as letter.pdf, is
    a file too. Gives what was written. Raises NoLetter when several letters would go to one file, and when
    something would be written over and `force` is false.
    """
    if output is not None and output.suffix == ".zip":
        _refuse_over([output], force)
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, document in files.items():
                archive.writestr(name, document.content)
        return (output,)
    is_file = output is not None and not output.is_dir() and (chosen or bool(output.suffix))
    if is_file and len(files) > 1:
        raise NoLetter("there are several letters: give a folder or a .zip, or choose one with --letter")
    if is_file and output is not None:
        targets = {output: next(iter(files.values()))}
    else:
        folder = output or Path()
        targets = {folder / name: document for name, document in files.items()}
        folder.mkdir(parents=True, exist_ok=True)
    _refuse_over(targets, force)
    for path, document in targets.items():
        path.write_bytes(document.content)
    return tuple(targets)


def _refuse_over(paths: Iterable[Path], force: bool) -> None:
    there = [str(path) for path in paths if path.exists()]
    if there and not force:
        raise NoLetter(f"{there[0]} is there already; use --force to write over it")
