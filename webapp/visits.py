"""One visit: the answers of the browser that asks, and the path that they make."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g

from webapp import kiosk
from webapp.cases.model import Case
from webapp.cases.reading import VERSION, read_answers
from webapp.charging import charge
from webapp.clock import london_day
from webapp.flows.law import Law
from webapp.language import Words
from webapp.limiting import BEGINNINGS
from webapp.procedures import Route, route
from webapp.questions import Walk
from webapp.security import answer_token, give_token
from webapp.store import Store, StoreUnavailable, new_token
from webapp.walking import walk

Answers = dict[str, Any]
# The script of a kiosk says every twenty seconds that somebody is there; a slow line may take some more.
_LAG = 30


@dataclass(frozen=True)
class Heard:
    """What the site is made of: the law, and where answers stay."""

    law: Law
    store: Store


def heard() -> Heard:
    """The parts of the running site."""
    found: Heard = current_app.extensions["heard"]
    return found


def words() -> Words:
    """The words of the page’s language."""
    found: Words = g.words
    return found


def answers() -> Answers:
    """The answers kept for this browser; {} when there are none, or no longer any."""
    if "answers" not in g:
        g.answers = heard().store.read(answer_token()) or {}
    found: Answers = g.answers
    return found


def path() -> Walk:
    """The path that the kept answers make today."""
    if "path" not in g:
        g.path = walk(answers(), heard().law, london_day())
    found: Walk = g.path
    return found


def case() -> Case:
    """The case that the answers on the path make. Raises CaseError while it is not whole."""
    if "case" not in g:
        g.case = read_answers(path().kept, heard().law, london_day())
    found: Case = g.case
    return found


def case_file(kept: Answers | None = None) -> bytes:
    """These answers as a case file, or those on the path, for the parent’s own device."""
    document = {"case": VERSION, "today": london_day().isoformat(), "answers": kept or path().kept}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def route_now() -> Route:
    """The route of the whole case. Raises CaseError while it is not whole."""
    return route(case(), heard().law)


def keep(change: Callable[[Answers], Answers]) -> Answers:
    """Changes the kept answers in one step. A browser without answers gets a new key with its response."""
    token = answer_token()
    if heard().store.read(token) is None:
        charge(BEGINNINGS)
        token = new_token()
        g.new_token = token
    assert token is not None
    g.pop("path", None)
    g.pop("case", None)
    g.answers = heard().store.update(token, change, lifetime=_silence())
    return answers()


def keep_anew(brought: Answers) -> None:
    """Keeps these answers under a new key, in place of all that this browser had."""
    before, token = answer_token(), new_token()
    g.answers = heard().store.update(token, lambda _: brought, lifetime=_silence())
    g.new_token = token
    g.pop("path", None)
    g.pop("case", None)
    with suppress(StoreUnavailable):  # without its cookie nobody can read the row, and it expires
        heard().store.destroy(before)


def keep_beside(token: str, things: Answers) -> None:
    """Keeps something else for this visit, under another token and for as long as the answers."""
    heard().store.update(token, lambda _: things, lifetime=_silence())


def touch(seen: bool = False) -> bool:
    """Begins the time of silence anew. False where nothing is kept (any more).

    `seen`: the script of the page says that somebody is there. A kiosk then waits only until it would say so
    again; without a script somebody who reads or writes looks like an empty chair, and gets longer.
    """
    return heard().store.touch(answer_token(), lifetime=_silence(seen))


def _silence(seen: bool = False) -> float | None:
    """The seconds of silence after which a kiosk’s answers are gone; None elsewhere, for the store’s own."""
    habits = heard().law.habits
    if not kiosk.on():
        return None
    if seen:
        return habits.kiosk_silence_seconds + habits.kiosk_warning_seconds + _LAG
    return habits.kiosk_page_minutes * 60


def know_path(found: Walk) -> None:
    """Remembers, for this request, the path of the answers that are being kept."""
    g.path = found


def give_new_token(response: Response) -> Response:
    """Hands the browser the key that its answers were newly kept under."""
    if token := g.pop("new_token", None):
        give_token(response, token)
    return response
