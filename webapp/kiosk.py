"""The kiosk: whether this screen is one that people use after one another, and what it keeps of that."""

from __future__ import annotations

from flask import Response, request

from webapp.language import BY_ID, ENGLISH

_COOKIE = "kiosk"
# All but cookies: those of a person are taken away one by one, so that the screen stays a kiosk.
_FORGET = '"cache", "storage"'


def on() -> bool:
    """True where a worker made this browser a kiosk."""
    return request.cookies.get(_COOKIE) in BY_ID


def home() -> str:
    """The language that the kiosk’s start page is in, whatever the last person chose."""
    chosen = request.cookies.get(_COOKIE, "")
    return chosen if chosen in BY_ID else ENGLISH.id


def begin(response: Response, lang: str) -> None:
    """Makes this browser a kiosk until it is closed. The cookie holds the language of its start page."""
    response.set_cookie(_COOKIE, lang, secure=request.is_secure, httponly=True, samesite="Lax", path="/")


def end(response: Response) -> None:
    """Makes this browser an ordinary one again."""
    response.delete_cookie(_COOKIE, secure=request.is_secure, httponly=True, samesite="Lax", path="/")


def stay(response: Response, *others: str) -> None:
    """Where a response makes the browser forget: takes these other cookies too, and leaves the kiosk’s."""
    response.headers["Clear-Site-Data"] = _FORGET
    for name in others:
        response.delete_cookie(name, secure=request.is_secure, httponly=True, samesite="Lax", path="/")
