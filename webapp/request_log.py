"""One line of JSON for each request, where it is switched on: what was done, and nothing of who did it."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

_NAME = "heard.requests"


def log_requests(app: Flask) -> None:
    """Writes the lines to standard output, from now on. Call it before other functions see the answers.

    A line holds the minute, the method, the name of the room (never its address, which could hold an answer),
    the status, the milliseconds until the answer began, and the language of the page.
    """
    logger = logging.getLogger(_NAME)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers = [_Standard()]
    app.before_request(_begin)
    app.after_request(_write)


class _Standard(logging.Handler):
    """Standard output as it is now: a line at a time, whole."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stdout.write(record.getMessage() + "\n")
            sys.stdout.flush()
        except (OSError, ValueError):
            pass  # who reads the log has gone; the visitors have not


def _begin() -> None:
    g.began = time.perf_counter()


def _write(response: Response) -> Response:
    began = g.get("began")
    line = {
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        "method": request.method if request.method in _METHODS else "other",
        "room": request.endpoint or "none",
        "status": response.status_code,
        "ms": round((time.perf_counter() - began) * 1000) if began else 0,
        "language": g.get("lang", ""),
    }
    logging.getLogger(_NAME).info("%s", json.dumps(line))
    return response


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
