"""What a visitor sees whose file cannot be had yet: about how long it takes, or what to take instead."""

from __future__ import annotations

from typing import Any

from flask import Flask, request, url_for

from webapp import visits
from webapp.documents import FORMATS, Offer
from webapp.language import N_
from webapp.pages import page
from webapp.rendering import Busy, NotMade

_PLAIN = Offer(FORMATS["txt"], "standard")


def register(app: Flask) -> None:
    """Gives a file that has to be waited for, and one that could not be made, a page of their own."""
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(NotMade, _not_made)


def _busy(error: Busy) -> Any:
    """The page that comes back by itself: its header does so without a script too."""
    say = visits.words().say
    wait = N_("Other files are being made first. Yours needs about {seconds} seconds.")
    html, status = page(
        "waiting",
        503,
        title=say(N_("Your file is not ready yet")),
        text=say(wait).replace("{seconds}", str(error.seconds)),
        comes_back=True,
        **_links(),
    )
    return html, status, {"Retry-After": str(error.seconds), "Refresh": str(error.seconds)}


def _not_made(error: NotMade) -> Any:
    """It does not come back by itself: what failed twice would fail again and again."""
    say = visits.words().say
    title = say(N_("We could not make that file"))
    return page("waiting", 503, title=title, text=error.say(say), comes_back=False, **_links())


def _links() -> dict[str, str]:
    """The same file again, the plain text of the same words, and the way back."""
    library = request.blueprint == "library"
    query = request.query_string.decode("ascii", "ignore")
    return {
        "again_url": request.path + (f"?{query}" if query else ""),
        "plain_url": _plain_text(),
        "back_url": url_for("library.shelves" if library else "plan.plan", lang=visits.words().language.id),
    }


def _plain_text() -> str:
    """The address of the same words as plain text, which is made at once; "" where there are none."""
    named = dict(request.view_args or {})
    if request.endpoint in ("plan.download", "plan.next_steps"):
        return url_for(request.endpoint, **named | {"size": "standard", "format": "txt"})
    if request.endpoint == "plan.own_copy":
        return url_for("plan.download", **named | {"size": "standard", "format": "txt"})
    if request.endpoint == "library.download":
        return url_for(request.endpoint, **named | {"file": _PLAIN.file_name(named["id"])})
    return ""
