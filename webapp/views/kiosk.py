"""The kiosk’s own pages: what it is, the link that starts it, and the refusal of files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp import kiosk, visits
from webapp.pages import SIZE_COOKIE, page, page_url
from webapp.views.session import cleared_to

room = Blueprint("kiosk", __name__)
# What would leave a file on the screen’s own disk.
_FILES = frozenset(
    (
        "library.download",
        "library.everything",
        "plan.calendar",
        "plan.download",
        "plan.everything",
        "plan.next_steps",
        "plan.own_copy",
        "saved.save",
        "saved.save_file",
    )
)


@room.before_app_request
def _refuse_files() -> Any:
    """In a kiosk no file is given out, whatever link or address asks for it."""
    if request.endpoint in _FILES and kiosk.on():
        return page("kiosk-no-files", 403)
    return None


@room.get("/<lang>/kiosk")
def about(lang: str) -> Any:
    """For the worker: what a kiosk does, and the button and the link that start it."""
    return page(
        "kiosk",
        habits=visits.heard().law.habits,
        start_link=url_for("kiosk.start", lang=lang, _external=True),
        back_url=page_url("start"),
    )


@room.post("/<lang>/kiosk")
def switch(lang: str) -> AnyResponse:
    """Starts the kiosk, or ends it. Whatever was answered in this browser is cleared."""
    if "end" in request.form:
        response = cleared_to(url_for("kiosk.about", lang=lang))
        kiosk.end(response)
        return response
    return _begun(lang)


@room.get("/<lang>/kiosk/start")
def start(lang: str) -> AnyResponse:
    """The link that a worker keeps: starts the kiosk in one step, clean of whoever was there before.

    In a browser that is no kiosk yet and holds answers it only asks: nobody’s own phone loses them by a link.
    """
    if visits.answers() and not kiosk.on():
        return redirect(url_for("kiosk.about", lang=lang))
    return _begun(lang)


@room.get("/<lang>/kiosk/cleared")
def lost(lang: str) -> Any:
    """Where a form ends that was sent after all was cleared."""
    return page("lost", typed=[])


def _begun(lang: str) -> Response:
    response = cleared_to(page_url("start"))
    # Else the browser would be told to drop the cookie that this very response brings.
    kiosk.stay(response, SIZE_COOKIE)
    kiosk.begin(response, lang)
    return response
