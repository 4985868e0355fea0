"""Saving to the parent’s own device, locked with a passphrase or not, and coming back with the file."""

from __future__ import annotations

import base64
import binascii
import json
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webapp import visits
from webapp.cases.model import NOT_YET, CaseError
from webapp.cases.reading import VERSION, read_case
from webapp.clock import london_day
from webapp.documents.carried import case_file_in
from webapp.flows.law import Law
from webapp.forms import MOST_CHILDREN
from webapp.language import N_
from webapp.locking import (
    LARGEST_LOCKED_EXTRA,
    SHORTEST_PASSPHRASE,
    LockError,
    is_locked,
    lock,
    plain_passphrase,
    unlock,
)
from webapp.pages import page, page_url
from webapp.plans.notes import say_first
from webapp.security import answer_token, clean_text
from webapp.store import StoreUnavailable
from webapp.views.hand_over import hand_overs
from webapp.walking import walk

room = Blueprint("saved", __name__)
_LARGEST_FILE = 1_000_000
_MOST_PROBLEMS = 20
_FILE_NAME, _LOCKED_NAME = "saved-answers.json", "saved-answers.age"
_WHY_LOCKED = {
    "passphrase": N_("These words do not open the file. Look for capital letters and spaces, and try again"),
    "damaged": N_("This is not a file that you saved here, or it is damaged"),
    "heavy": N_("This file is locked in a way that we cannot open. Open it with the tool that locked it"),
}


class _Refused(Exception):
    """A file that cannot be used; `problems` say why."""

    def __init__(self, *problems: str) -> None:
        self.problems = list(problems)


class _StillLocked(Exception):
    """A locked file, whose passphrase is missing or wrong."""

    def __init__(self, content: bytes, problem: str = "") -> None:
        self.content, self.problem = content, problem


@room.get("/<lang>/save")
def save(lang: str) -> Any:
    """The page that says what the saved file holds."""
    return page("save", back_url=page_url("plan"), shortest=SHORTEST_PASSPHRASE)


@room.post("/<lang>/save")
def save_file(lang: str) -> Any:
    """The case file, for the parent’s own device."""
    passphrase = plain_passphrase(request.form.get("passphrase", ""))
    if 0 < len(passphrase) < SHORTEST_PASSPHRASE:
        known: dict[str, Any] = {"back_url": page_url("plan"), "shortest": SHORTEST_PASSPHRASE}
        return page("save", 422, too_short=True, errors=True, **known)
    content, name, kind = visits.case_file(_to_save()), _FILE_NAME, "application/json"
    if passphrase:
        content, name, kind = lock(content, passphrase), _LOCKED_NAME, "application/octet-stream"
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _to_save() -> dict[str, Any]:
    """The answers that count; while a question on the way is open, those behind it too."""
    path, law = visits.path(), visits.heard().law
    if path.open_step is None:
        return path.kept
    behind = _still_wanted(visits.answers(), law)
    try:
        read_case({"case": VERSION, "answers": behind}, law, london_day())
    except CaseError:
        return path.kept  # some of them cannot stand beside what was changed
    return behind


def _still_wanted(answers: dict[str, Any], law: Law) -> dict[str, Any]:
    """The answers without letters and concerns that are not, or no longer, ticked."""
    ticked = answers.get("concerns", [])
    opened = {law.concern[id].letter for id in ticked}
    wanted = {key: value for key, value in answers.items() if key not in law.letter or key in opened}
    for letter in opened & wanted.keys():
        details = wanted[letter].get("details", {})
        if details:
            left = {id: text for id, text in details.items() if id in ticked}
            wanted[letter] = wanted[letter] | {"details": left}
    return wanted


@room.get("/<lang>/come-back")
def come_back(lang: str) -> Any:
    """The page that takes a saved file."""
    return page("come-back", problems=[], back_url=page_url("start"))


@room.post("/<lang>/come-back")
def bring_back(lang: str) -> Any:
    """Takes the answers of a saved file, under a new key. One that cannot be used changes nothing."""
    try:
        brought = _read_answers(_unlocked(_sent()))
    except _Refused as refused:
        return page("come-back", 422, problems=refused.problems, errors=True, back_url=page_url("start"))
    except _StillLocked as locked:
        # The file comes back with the passphrase: a browser does not choose it again by itself.
        return page(
            "come-back",
            422 if locked.problem else 200,
            problems=[locked.problem] if locked.problem else [],
            errors=bool(locked.problem),
            locked=base64.b64encode(locked.content).decode(),
            back_url=page_url("come-back"),
        )
    with suppress(StoreUnavailable):  # then a code for a phone ends with its minutes
        hand_overs().cancel(answer_token())
    visits.keep_anew(brought)
    return redirect(f"/{lang}/welcome-back")


@room.get("/<lang>/welcome-back")
def welcome_back(lang: str) -> AnyResponse | tuple[str, int]:
    """After coming back: what has happened since, letter by letter."""
    found = visits.path()
    if not found.letters:
        return redirect(page_url("check"))
    reached = [step for step in found.steps if step.question.kind == "reached"]
    law, words = visits.heard().law, visits.words()
    names = {
        step.letter: say_first(law.letter[step.letter].name, found.facts_of(step), words) for step in reached
    }
    return page("welcome-back", steps=reached, names=names, lang_path=f"/{lang}/")


def _sent() -> bytes:
    """The file that was chosen, or the locked one that was chosen a page before. Raises _Refused."""
    say = visits.words().say
    sent = request.files.get("file")
    content = sent.read(_LARGEST_FILE + LARGEST_LOCKED_EXTRA + 1) if sent else b""
    if not content:
        try:
            content = base64.b64decode(request.form.get("locked", ""), validate=True)
        except (binascii.Error, ValueError):
            content = b""
    if not content:
        raise _Refused(say(N_("Choose the file that you saved")))
    if len(content) > _LARGEST_FILE + LARGEST_LOCKED_EXTRA * is_locked(content):
        raise _Refused(say(N_("This file is too large to be one that you saved here")))
    return content


def _unlocked(content: bytes) -> bytes:
    """The case file itself. Raises _Refused, and _StillLocked for one that needs another passphrase."""
    say = visits.words().say
    if is_locked(content):
        passphrase = plain_passphrase(request.form.get("passphrase", ""))
        if not passphrase:
            asked = "locked" in request.form
            raise _StillLocked(content, say(N_("Type the passphrase of this file")) if asked else "")
        try:
            return unlock(content, passphrase)
        except LockError as error:
            if error.reason == "passphrase":
                raise _StillLocked(content, say(_WHY_LOCKED["passphrase"])) from None
            raise _Refused(say(_WHY_LOCKED[error.reason])) from None
    if content.startswith(b"%PDF"):
        carried = case_file_in(content)
        if not carried:
            raise _Refused(say(N_("This PDF has no answers in it. Choose your own copy of the letter")))
        return carried
    return content


def _read_answers(content: bytes) -> dict[str, Any]:
    """The answers of a case file, as far as they can be used. Raises _Refused."""
    say = visits.words().say
    try:
        document = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise _Refused(say(N_("This is not a file that you saved here, or it is damaged"))) from None
    law, today = visits.heard().law, london_day()
    if isinstance(document, dict):
        document.pop("today", None)  # the day on which it was saved counts no longer
        if _many_children(document.get("answers")):
            raise _Refused(say(N_("This file is too large to be one that you saved here")))
    try:
        read_case(document, law, today)
    except CaseError as error:
        if not _is_unfinished(document, error):
            # The keys of a strange file are anybody’s: they may be thousands, and no text at all.
            wrong = error.problems[:_MOST_PROBLEMS]
            raise _Refused(*(clean_text(f"{each.where}: {each.text(say)}"[:500]) for each in wrong)) from None
        brought = walk(document["answers"], law, today).kept
    else:
        # Whole: what stands behind a question that is open since is kept until that is answered.
        brought = _asked_again(_still_wanted(document["answers"], law), law)
    if not brought:
        raise _Refused(say(N_("There is nothing in this file that we can use")))
    return brought


def _many_children(answers: object) -> bool:
    """True for more children than the page can show: a letter about thousands would take minutes."""
    children = answers.get("children") if isinstance(answers, dict) else None
    return isinstance(children, list) and len(children) > MOST_CHILDREN


def _asked_again(answers: dict[str, Any], law: Law) -> dict[str, Any]:
    """The answers without “it has not happened yet”: by now it may have."""
    for letter in law.letters:
        section = answers.get(letter.id)
        if isinstance(section, dict):
            answers[letter.id] = {key: value for key, value in section.items() if value != NOT_YET}
    return answers


def _is_unfinished(document: Any, error: CaseError) -> bool:
    """True for a file saved half-way: whole as far as it goes."""
    answers = document.get("answers") if isinstance(document, dict) else None
    if not isinstance(answers, dict) or document.get("case") != VERSION:
        return False
    return all(problem.where in ("nation", "authority", "concerns") and problem.where not in answers
               for problem in error.problems)  # fmt: skip
