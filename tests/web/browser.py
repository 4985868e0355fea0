"""Chromium, the site in a thread of this process, and a parent who clicks through it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from answering_pages import Given, answers_for
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Playwright, expect
from playwright.sync_api import Page as Tab
from reading_pages import Page
from werkzeug.serving import make_server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing beyond this machine is called
]
MOST_PAGES = 120
WIDE = {"width": 1280, "height": 900}
ELSEWHERE = "https://www.bbc.co.uk/weather"
NARROW = {"width": 360, "height": 740}


@contextmanager
def served(app: Any, ssl_context: Any = None) -> Iterator[str]:
    """The address of the site, for as long as it is served; over https with a certificate and its key."""
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=ssl_context)
    server.log = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if ssl_context else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def launch(playwright: Playwright, *flags: str) -> Browser:
    """Debian’s Chromium. Where it is told the same twice, the later flag counts."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=[*FLAGS, *flags]
    )


class Parent:
    """Somebody at a browser. `faults` gathers what the browser complained of."""

    def __init__(self, tab: Tab, site: str) -> None:
        self.tab, self.site = tab, site
        self.asked: list[str] = []
        self.seen: list[str] = []
        self.faults: list[str] = []
        tab.set_default_timeout(15_000)
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on(
            "console",
            lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None,
        )
        tab.on("request", self._only_here)

    def _only_here(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.faults.append(f"it calls {request.url}")

    def go(self, address: str) -> None:
        """Types an address."""
        self.tab.goto(self.site + address)

    @property
    def path(self) -> str:
        """Where this is."""
        return self.tab.url.removeprefix(self.site).partition("?")[0]

    @property
    def page(self) -> Page:
        """The page as the server sent it."""
        return Page(self.tab.content())

    def begin(self, lang: str = "en") -> None:
        """From the start to the first question."""
        self.go(f"/{lang}/")
        self.tab.locator(".heard-start-button").click()

    def answer(self, given: Given, submit: bool = True) -> None:
        """Answers this page by hand: types, ticks and presses the last button of the form."""
        form = self.page.form
        self.asked.append(form.asks)
        for name, values in answers_for(form, given).items():
            field = form.fields[name]
            boxes = self.tab.locator(f'[name="{name}"]')
            if field.kind == "radio":
                self._choose(boxes.and_(self.tab.locator(f'[value="{values[0]}"]')))
            elif field.kind == "checkbox":
                for id in field.values:
                    boxes.and_(self.tab.locator(f'[value="{id}"]')).set_checked(id in values)
            else:
                boxes.fill(values[0])
        if submit:
            self.go_on()

    def _choose(self, radio: Locator) -> None:
        if not radio.is_visible():  # a council: type its name first
            self.find(radio.locator("xpath=following-sibling::label").inner_text() or "")
        radio.check()

    def find(self, name: str) -> None:
        """Types the name of a council; without a script, presses Find too."""
        self.tab.locator("#find-council").fill(name)
        if self.tab.locator("body.govuk-frontend-supported").count() == 0:
            self.tab.locator('button[name="find"]').click()

    def go_on(self) -> None:
        """Presses the button that goes on."""
        with self.tab.expect_navigation():
            self.tab.locator(".heard-button-row button").click()

    def walk(self, given: Given, until: str = "/check", look: Any = None) -> None:
        """Answers page after page until this one. `look` is called on each."""
        for _ in range(MOST_PAGES):
            if look:
                look(self)
            if self.path.endswith(until):
                return
            before = self.tab.url
            self.answer(given)
            assert self.tab.url != before, f"{before} takes no answer: {self.page.text}"
        raise AssertionError(f"no end: {self.asked[-10:]}")

    def download(self, link: Locator) -> tuple[str, bytes]:
        """The name and the content of the file behind a link or button."""
        with self.tab.expect_download() as waiting:
            link.click()
        found = waiting.value
        return found.suggested_filename, found.path().read_bytes()


def axe_faults(tab: Tab) -> list[str]:
    """What axe finds. The Back link alone may stand outside the regions, where GOV.UK puts it."""
    found = []
    for violation in Axe().run(tab).response["violations"]:
        for node in violation["nodes"]:
            target = str(node["target"])
            if violation["id"] == "region" and ".govuk-back-link" in target:
                continue
            found.append(f"{tab.url}: {violation['id']}: {target}: {node.get('failureSummary', '')}")
    return found


def sideways(tab: Tab) -> list[str]:
    """What is wider than the window."""
    if tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
        return []
    wide = tab.evaluate(
        "[...document.querySelectorAll('main *, header *, footer *')]"
        ".filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".slice(0, 5).map(e => e.outerHTML.slice(0, 120))"
    )
    return [f"{tab.url} scrolls sideways: {wide}"]


__all__ = ["NARROW", "WIDE", "Parent", "axe_faults", "expect", "launch", "served", "sideways"]
