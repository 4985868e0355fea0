"""What is counted where, when counting is on: plans by their routes, letters that are taken, pages."""

from __future__ import annotations

from flask import Response, current_app, g, request, session

from webapp import counters, visits
from webapp.clock import london_day
from webapp.counters import Counters

# In the signed cookie of the forms: this browser’s plan is counted. It says nothing else, and goes with it.
_ONCE = "counted"


def kept() -> Counters:
    """The counters of the running site."""
    found: Counters = current_app.extensions["counters"]
    return found


def count_plan() -> None:
    """Counts the letters of a plan by procedure, stage and kind: once until the browser is cleared."""
    if not kept().on or session.get(_ONCE):
        return
    session[_ONCE] = True
    for due in visits.route_now().letters:
        _count(counters.ROUTE, f"{due.procedure.id}/{due.stage.id}/{due.kind}")


def count_letter(response: Response, format: str, language: str) -> Response:
    """Counts a letter that is taken away whole, and gives it on. A player asks for parts: not counted."""
    if response.status_code == 200:
        _count(counters.FORMAT, format)
        _count(counters.LANGUAGE, language)
    return response


def count_template(response: Response, format: str) -> Response:
    """Counts a blank letter that is taken away whole, and gives it on."""
    if response.status_code == 200:
        _count(counters.TEMPLATE, format)
    return response


def count_page(response: Response) -> Response:
    """Counts a page that was shown, by its language."""
    if response.status_code == 200 and request.method == "GET" and response.mimetype == "text/html":
        _count(counters.PAGES, g.lang)
    return response


def _count(what: str, id: str) -> None:
    kept().count(what, id, london_day())
