"""What a visitor sees who had too much made in a short time: when to try again, and that nothing is lost."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from webapp import visits
from webapp.charging import charge
from webapp.language import N_
from webapp.limiting import (
    AT_ONCE,
    CODES,
    COPY,
    COSTS,
    FILES,
    FILES_BACK,
    LIBRARY_ZIP,
    LOCKS,
    PACK,
    Limits,
    TooMuch,
)
from webapp.pages import page
from webapp.views.errors import typed_words

# The rooms that make files, and what one costs; a format of its own price is named in the address.
_FILES = {
    "plan.download": AT_ONCE,
    "plan.next_steps": AT_ONCE,
    "plan.calendar": AT_ONCE,
    "plan.own_copy": COPY,
    "plan.everything": PACK,
    "library.everything": LIBRARY_ZIP,
}
# The rooms that take and keep something, and those where a lock is put on or opened.
_ONCE = {"hand_over.make": CODES, "saved.bring_back": FILES_BACK}
_LOCKS = ("saved.bring_back", "saved.save_file")


def register(app: Flask) -> None:
    """Counts what costs much, from now on. Call it last: what is refused anyway costs nothing."""
    app.extensions["limits"] = Limits()
    app.before_request(_charge)
    app.register_error_handler(TooMuch, _too_much)


def _charge() -> None:
    room = request.endpoint or ""
    if room in _FILES:
        charge(FILES, COSTS.get(str((request.view_args or {}).get("format")), _FILES[room]))
    if room in _ONCE:
        charge(_ONCE[room])
    if room in _LOCKS and request.form.get("passphrase"):
        charge(LOCKS)


def _too_much(error: TooMuch) -> Any:
    words, minutes = visits.words(), error.seconds // 60
    wait = words.catalogue.ngettext(
        "You can try again in about {minutes} minute.",
        "You can try again in about {minutes} minutes.",
        minutes,
    ).replace("{minutes}", str(minutes))
    text = words.say(N_("Very much was asked for from here in the last hour, so we have to wait a little."))
    lost = words.say(N_("Nothing is lost. You can read and change your answers and letters meanwhile."))
    html, status = page(
        "problem",
        429,
        title=words.say(N_("Please try again a little later")),
        text=f"{text} {wait} {lost}",
        typed=typed_words(),
    )
    return html, status, {"Retry-After": str(error.seconds)}
