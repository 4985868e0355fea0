"""Handing the case to a phone: the code on the first screen, and the page on the phone that opens it."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp import visits
from webapp.clock import london_time
from webapp.hand_over import HandOvers, State, picture
from webapp.pages import page, page_url
from webapp.security import answer_token, give_token
from webapp.store import StoreUnavailable

room = Blueprint("hand_over", __name__)


def hand_overs() -> HandOvers:
    """The codes of the running site."""
    heard, key = visits.heard(), current_app.secret_key
    assert key is not None  # secure() sees to it
    return HandOvers(heard.store, key, heard.law.habits.hand_over_minutes * 60)


@room.get("/<lang>/hand-over")
def show(lang: str) -> Any:
    """What it is, then the code, then what became of it."""
    if not visits.answers():
        return redirect(page_url("plan"))
    visits.touch()
    known: dict[str, Any] = {
        "minutes": visits.heard().law.habits.hand_over_minutes,
        "back_url": page_url("plan"),
    }
    if only_here(request.host):
        return page("hand-over", state="only-here", host=request.host, **known)
    made = hand_overs().of(answer_token())
    if made is None:
        return page("hand-over", state="ready", open_way=not request.is_secure, **known)
    if made.state is not State.WAITING:
        return page("hand-over", state=made.state.value, **known)
    address = url_for("hand_over.arrive", lang=lang, code=made.code, _external=True)
    until = f"{london_time(made.until):%H:%M}"
    drawn = picture(address)
    return page("hand-over", state="waiting", address=address, picture=drawn, until=until, **known)


@room.post("/<lang>/hand-over")
def make(lang: str) -> AnyResponse:
    """Makes a code."""
    token = answer_token()
    if token and visits.answers() and not only_here(request.host):
        hand_overs().begin(token, visits.answers())
    return redirect(url_for("hand_over.show", lang=lang), 303)


@room.post("/<lang>/hand-over/cancel")
def cancel(lang: str) -> AnyResponse:
    """Ends the code."""
    hand_overs().cancel(answer_token())
    return redirect(url_for("hand_over.show", lang=lang), 303)


@room.get("/<lang>/hand-over/state")
def state(lang: str) -> tuple[str, int]:
    """204 while the code waits, 200 when there is something new to see. It says no more than that."""
    made = hand_overs().of(answer_token())
    return "", 204 if made and made.state is State.WAITING else 200


@room.get("/<lang>/open")
def arrive(lang: str) -> Any:
    """Where the code leads: it only asks. What looks at addresses by itself must not use the code up."""
    code = request.args.get("code", "")
    return _ask(code) if hand_overs().holds(code) else _dead()


@room.post("/<lang>/open")
def take(lang: str) -> Any:
    """Uses the code up: the copy becomes this browser’s own answers, in place of those that it had."""
    code, codes = request.form.get("code", ""), hand_overs()
    if visits.answers() and "replace" not in request.form and codes.holds(code):
        return _ask(code)  # they came after the page was shown
    token, old = codes.take(code), answer_token()
    if token is None:
        return _dead()
    with suppress(StoreUnavailable):  # without its cookie nobody can read the row, and it expires
        codes.cancel(old)
        visits.heard().store.destroy(old)
    response = Response(status=303, headers={"Location": page_url("plan")})
    give_token(response, token)
    return response


def _ask(code: str) -> Any:
    return page("hand-over-open", state="ask", code=code, replace=bool(visits.answers()))


def _dead() -> Any:
    return page("hand-over-open", 410, state="dead")


def only_here(host: str) -> bool:
    """True for a name that means “this same machine” to whoever asks: a phone would look at itself."""
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
