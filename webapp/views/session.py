"""Clearing and carrying on: finish, leave, the end of the hour, one more hour; and the text size."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webapp import kiosk, visits
from webapp.pages import SIZE_COOKIE, TEXT_SIZES, page
from webapp.security import answer_token, forget_browser
from webapp.store import StoreUnavailable
from webapp.views import refused
from webapp.views.hand_over import hand_overs

room = Blueprint("session", __name__)


@room.get("/<lang>/text-size/<size>/")
@room.get("/<lang>/text-size/<size>/<path:back>")
def size(lang: str, size: str, back: str = "") -> AnyResponse:
    """Remembers the text size and goes back to the page, with the query that it had."""
    query = request.query_string.decode("ascii", "ignore")
    response = redirect(f"/{lang}/{back}" + (f"?{query}" if query else ""))
    if size in TEXT_SIZES:
        response.set_cookie(SIZE_COOKIE, size, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


@room.route("/<lang>/keep-on", methods=["GET", "POST"])
def keep_on(lang: str) -> tuple[str, int]:
    """The parent is still there: the hour begins again. 410 where it is over already."""
    return "", 204 if visits.touch(seen=True) else 410


@room.post("/<lang>/finish")
def finish(lang: str) -> AnyResponse:
    """Clears everything and says so."""
    return cleared_to(f"/{lang}/finished")


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
    _forget(response)
    return response


@room.route("/leave", methods=["GET", "POST"])
def leave() -> AnyResponse:
    """The way out: clears everything and goes to an ordinary page elsewhere."""
    return cleared_to(visits.heard().law.habits.leave_to)


def cleared_to(to: str) -> Response:
    """Clears everything that is kept of this browser’s person, and goes on to an address."""
    _destroy()
    response = Response(status=303, headers={"Location": to})
    _forget(response)
    return response


def _forget(response: Response) -> None:
    forget_browser(response)
    if kiosk.on():
        kiosk.stay(response, SIZE_COOKIE)


def _destroy() -> None:
    with suppress(StoreUnavailable):
        refused.forget()
    with suppress(StoreUnavailable):  # then a code for a phone ends with its minutes
        hand_overs().cancel(answer_token())
    with suppress(StoreUnavailable):  # without its cookie nobody can read the row, and it expires
        visits.heard().store.destroy(answer_token())
