"""What the tests of handing over share: a kiosk with a whole case, and phones, under the site’s own name."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from page_tree import text_of
from visiting import Visitor

from webapp.flows.law import Law
from webapp.store import Store

HOST = "heard.example"


class Named(FlaskClient):
    """A browser that opens the site under its name, over https."""

    def open(self, *args: Any, **more: Any) -> Any:
        return super().open(*args, **{"base_url": f"https://{HOST}", **more})


class Device(Visitor):
    """A screen or a phone that reaches the site over the network."""

    def __init__(self, site: Flask, law: Law) -> None:
        super().__init__(site, law)
        self.client = Named(site, site.response_class, use_cookies=True)

    def token(self) -> str | None:
        cookie = self.client.get_cookie("__Host-heard", domain=HOST)
        return cookie.value if cookie else None

    def press(self, action: str, status: int = 200, **fields: str) -> None:
        """Presses the button of the form that goes there."""
        (form,) = [each for each in self.page.forms if each.action == action]
        self.post(action, form.filled(**fields), status)

    def show_code(self) -> str:
        """Makes a code, and gives the address that the page shows."""
        self.get("/en/hand-over")
        self.press("/en/hand-over")
        return text_of(self.page.one("p", "heard-code-address"))

    def scan(self, address: str, status: int = 200) -> None:
        """Goes where the code leads."""
        self.get(address.removeprefix(f"https://{HOST}"), status)


def code_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["code"][0]


def later(store: Store, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = store.now() + seconds
    monkeypatch.setattr(store, "_now", lambda: now)
