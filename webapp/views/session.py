"""Keeping and clearing: save to the parent’s own device, come back, finish, leave, carry on, text size."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webapp import visits
from webapp.cases.model import NOT_YET, CaseError
from webapp.cases.reading import VERSION, read_case
from webapp.clock import london_day
from webapp.documents.carried import case_file_in
from webapp.flows.law import Law
from webapp.language import N_
from webapp.pages import SIZE_COOKIE, TEXT_SIZES, page, page_url
from webapp.plans.notes import say_first
from webapp.security import answer_token, forget_browser
from webapp.store import StoreUnavailable
from webapp.views.hand_over import hand_overs
from webapp.walking import walk

room = Blueprint("session", __name__)
_LARGEST_FILE = 1_000_000
_FILE_NAME = "saved-answers.json"


@room.get("/<lang>/text-size/<size>/")
@room.get("/<lang>/text-size/<size>/<path:back>")
def size(lang: str, size: str, back: str = "") -> AnyResponse:
    """Remembers the text size and goes back to the page, with the query that it had."""
    query = request.query_string.decode("ascii", "ignore")
    response = redirect(f"/{lang}/{back}" + (f"?{query}" if query else ""))
    if size in TEXT_SIZES:
        response.set_cookie(SIZE_COOKIE, size, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


@room.get("/<lang>/save")
def save(lang: str) -> Any:
    """The page that says what the saved file holds."""
    return page("save", back_url=page_url("plan"))


@room.post("/<lang>/save")
def save_file(lang: str) -> Response:
    """The case file, for the parent’s own device."""
    response = Response(visits.case_file(_to_save()), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{_FILE_NAME}"'
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
    """Takes the answers of a saved file. One that cannot be used changes nothing."""
    problems, brought = _read_file()
    if problems:
        return page("come-back", 422, problems=problems, errors=True, back_url=page_url("start"))
    visits.keep(lambda _: brought)
    return redirect(f"/{lang}/welcome-back")


@room.get("/<lang>/welcome-back")
def welcome_back(lang: str) -> Any:
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


def _read_file() -> tuple[list[str], dict[str, Any]]:
    say = visits.words().say
    sent = request.files.get("file")
    content = sent.read(_LARGEST_FILE + 1) if sent else b""
    if not content:
        return [say(N_("Choose the file that you saved"))], {}
    if len(content) > _LARGEST_FILE:
        return [say(N_("This file is too large to be one that you saved here"))], {}
    if content.startswith(b"%PDF"):
        content = case_file_in(content) or b""
        if not content:
            return [say(N_("This PDF has no answers in it. Choose your own copy of the letter"))], {}
    try:
        document = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return [say(N_("This is not a file that you saved here, or it is damaged"))], {}
    law, today = visits.heard().law, london_day()
    if isinstance(document, dict):
        document.pop("today", None)  # the day on which it was saved counts no longer
    try:
        read_case(document, law, today)
    except CaseError as error:
        if not _is_unfinished(document, error):
            return [f"{problem.where}: {problem.text(say)}" for problem in error.problems], {}
        brought = walk(document["answers"], law, today).kept
    else:
        # Whole: what stands behind a question that is open since is kept until that is answered.
        brought = _asked_again(_still_wanted(document["answers"], law), law)
    return ([], brought) if brought else ([say(N_("There is nothing in this file that we can use"))], {})


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


@room.route("/<lang>/keep-on", methods=["GET", "POST"])
def keep_on(lang: str) -> tuple[str, int]:
    """The parent is still there: the hour begins again. 410 where it is over already."""
    return "", 204 if visits.heard().store.touch(answer_token()) else 410


@room.post("/<lang>/finish")
def finish(lang: str) -> AnyResponse:
    """Clears everything and says so."""
    return _cleared(f"/{lang}/finished")


@room.get("/<lang>/finished")
def finished(lang: str) -> Any:
    """Everything is cleared."""
    return page("finished")


@room.get("/<lang>/cleared")
def cleared(lang: str) -> Any:
    """An hour of silence is over: everything is cleared."""
    _destroy()
    g.answers = {}
    html, status = page("cleared")
    response = Response(html, status)
    forget_browser(response)
    return response


@room.route("/leave", methods=["GET", "POST"])
def leave() -> AnyResponse:
    """The way out: clears everything and goes to an ordinary page elsewhere."""
    return _cleared(visits.heard().law.habits.leave_to)


def _cleared(to: str) -> Response:
    _destroy()
    response = Response(status=303, headers={"Location": to})
    forget_browser(response)
    return response


def _destroy() -> None:
    with suppress(StoreUnavailable):  # then a code for a phone ends with its minutes
        hand_overs().cancel(answer_token())
    with suppress(StoreUnavailable):  # without its cookie nobody can read the row, and it expires
        visits.heard().store.destroy(answer_token())
