"""Who asks, as far as a limit has to know it: the browser’s key, and the address that it asks from."""

from __future__ import annotations

from flask import current_app, request

from webapp.limiting import Allowance, Limits, visitor_address
from webapp.security import answer_token


def charge(allowance: Allowance, cost: int = 1) -> None:
    """Counts what this request is about to have done. Raises TooMuch."""
    limits: Limits = current_app.extensions["limits"]
    address = visitor_address(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""))
    if not address and "X-Forwarded-Proto" in request.headers:
        limits.warn_of_front_server()
    limits.charge(allowance, cost, address, answer_token() or "")
