"""A browser that reaches the site over the network, for tests that look at the processes of a real server."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

HOST = "heard.example"
# What the server itself adds, not the site.
_SERVER_S_OWN = ("server", "date", "connection", "transfer-encoding")


class Wire:
    """What a Visitor needs of a browser: get, post, cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, address: str, **more: Any) -> TestResponse:
        return self._ask("GET", address, **more)

    def post(self, address: str, data: Any = None, content_type: str = "", **more: Any) -> TestResponse:
        if isinstance(data, Mapping):
            data, content_type = urlencode(data, doseq=True).encode(), "application/x-www-form-urlencoded"
        return self._ask("POST", address, data, {"Content-Type": content_type}, **more)

    def get_cookie(self, name: str) -> SimpleNamespace | None:
        return SimpleNamespace(value=self.cookies[name]) if name in self.cookies else None

    def _ask(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] = {}
    ) -> TestResponse:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, address, body, {"Host": HOST, "Cookie": cookie, **headers})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _SERVER_S_OWN]
        return TestResponse([content], f"{answer.status} {answer.reason}", kept, None)  # type: ignore[arg-type]
