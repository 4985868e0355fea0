"""Refused forms on a kiosk: shown at an address of their own, never as the answer to a form.

A browser writes the body of a form that was answered with a page to its own disk, for when it is opened
again, and offers to send it once more to whoever presses Back. Answered by a redirect it does neither. What
was refused lies meanwhile in the store, sealed under a key that follows from the browser’s own.
"""

from __future__ import annotations

import base64
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import g, redirect, request
from werkzeug.datastructures import MultiDict

from webapp import kiosk, visits
from webapp.security import answer_token
from webapp.store import TOKEN_BYTES

_PURPOSE = b"heard refused 1"


def by_address(shown: Any) -> Any:
    """The page that refuses this form; on a kiosk a redirect to where it is shown."""
    place = _place()
    if place is None:
        return shown
    form = {name: request.form.getlist(name) for name in request.form if name != "csrf_token"}
    visits.keep_beside(place, {"address": _address(), "form": form})
    return redirect(request.full_path.rstrip("?"), 303)


def sent_here() -> MultiDict[str, str] | None:
    """The form that was refused at this address and not sent again since."""
    place = _place()
    kept = visits.heard().store.read(place) if place else None
    return MultiDict(kept["form"]) if kept and kept["address"] == _address() else None


def forget() -> None:
    """Destroys what was refused. May raise StoreUnavailable."""
    store, place = visits.heard().store, _place()
    if place and store.read(place) is not None:
        store.destroy(place)


def _place() -> str | None:
    """Where the refused form of this browser lies; None where there is none, and none is kept."""
    token = answer_token()
    if not token or not kiosk.on() or not visits.answers():
        return None
    key = HKDF(SHA256(), TOKEN_BYTES, salt=None, info=_PURPOSE).derive(token.encode())
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def _address() -> str:
    """The address in no language: a refused form may be read in another one."""
    return request.path.partition(f"/{g.lang}/")[2]
