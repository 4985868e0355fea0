"""Whether the site can do its work, for whatever watches it: /healthz, which knows nothing of a person."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from webapp.clock import london_day
from webapp.flows.law import Law
from webapp.rendering import Rendering
from webapp.security import HEADERS, KEEP_NOTHING
from webapp.store import Store, StoreUnavailable, new_token

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/healthz"
# Bytes. The answers of an hour take far less; a disk that is fuller than this will soon be full.
LEAST_FREE = 100 << 20


class Health:
    """A WSGI app before another: answers /healthz itself, under whatever name and without a cookie.

    200 where all is well, else 503. The body says what is: `store` answers, `data` covers this year, `disk`
    has room, `renderers` make files; and how many processes make files, and how many files are in line.
    """

    def __init__(
        self, app: WSGIApplication, law: Law, store: Store, rendering: Rendering, data: Path
    ) -> None:
        self._app, self._law, self._store = app, law, store
        self._rendering, self._data = rendering, data

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer to one request."""
        if environ.get("PATH_INFO") != PATH:
            return self._app(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            start_response("405 Method Not Allowed", [*_headers(0), ("Allow", "GET, HEAD")])
            return []
        found = self.state()
        body = json.dumps(found).encode() + b"\n"
        start_response("200 OK" if found["ok"] else "503 Service Unavailable", _headers(len(body)))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def state(self) -> dict[str, bool | int]:
        """What there is to say."""
        making = self._rendering.state()
        checks = {
            "store": _answers(self._store),
            "data": london_day().year <= self._law.calendar.last_year,
            "disk": _holds(lambda: _free(self._data) >= LEAST_FREE),
            "renderers": making["running"] > 0 or not making["renderers"],
        }
        return {"ok": all(checks.values()), **checks, "processes": making["running"], "line": making["line"]}


def _headers(length: int) -> list[tuple[str, str]]:
    own = {"Content-Type": "application/json", "Content-Length": str(length), "Cache-Control": KEEP_NOTHING}
    return list((HEADERS | own).items())


def _answers(store: Store) -> bool:
    """Whether the store can be read, asked with a key that nobody has."""
    try:
        store.read(new_token())
    except StoreUnavailable:
        return False
    return True


def _free(folder: Path) -> int:
    """The bytes that are free where the folder is, or will be."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free


def _holds(check: Callable[[], Any]) -> bool:
    try:
        return bool(check())
    except OSError:
        return False
