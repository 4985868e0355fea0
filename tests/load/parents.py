"""Visitors of a load test: each walks whole journeys, thinks before each page, and checks what it gets.

Only a site on this machine is visited: any other address is refused.
"""

from __future__ import annotations

import ipaddress
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

import gevent
from journeys import Journey, journeys
from locust import FastHttpUser, task
from locust.exception import StopUser

JOURNEYS = journeys()
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_ASKS = re.compile(r'name="asks" value="([^"]+)"')
_STATIC = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2)[^"]*)"')
HERE = "http://127.0.0.1:8000"
FORM = "application/x-www-form-urlencoded"
# Of a hundred parents with a letter, how many take it away like this.
FILES = (
    ("PDF", "en/standard.pdf", 100, b"%PDF"),
    ("Word", "en/standard.docx", 50, b"PK"),
    ("PDF, large print", "en/large.pdf", 10, b"%PDF"),
    ("PDF, your copy", "en/your-copy/standard.pdf", 10, b"%PDF"),
    ("plain text", "en/standard.txt", 5, b""),
    ("MP3", "en/standard.mp3", 2, b""),
)
WAITS_FOR_A_FILE = 6


class Refused(ValueError):
    """The address is not one of this machine."""


def this_machine(address: str) -> str:
    """The address, when it is one of this machine. Raises Refused."""
    host = urlsplit(address).hostname or ""
    try:
        here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here:
        raise Refused(f"{address or 'No address'}: only a site on this machine is visited, such as {HERE}.")
    return address


class Wrong(Exception):
    """A page that is not as it must be. Its message names the page and says nothing of an answer."""


class Parent(FastHttpUser):
    """One of many people at once. `thinks` is the shortest and the longest time before a page, in seconds."""

    host = HERE
    thinks = (5.0, 15.0)
    network_timeout = connection_timeout = 60.0
    chance = random.Random()
    pages_of_files_waited_for = 0

    def on_start(self) -> None:
        """Refuses every site but one on this machine. Most come in the middle, as on any afternoon."""
        try:
            this_machine(self.host or "")
        except Refused as why:
            self.environment.process_exit_code = 2
            self.environment.runner.quit()
            raise StopUser from why
        self.new = True

    @task
    def journey(self) -> None:
        """From the start, or from a saved file, to *finish and clear*."""
        case, self.token = self.chance.choice(JOURNEYS), ""
        self.client.cookiejar.clear()
        try:
            page = self._begin(case)
            while asks := _ASKS.search(page):
                page = self._answer(case, asks[1])
            self._take_away(case)
            self._finish()
        except Wrong:
            pass  # it is counted; another journey begins
        self.new = False
        self._think()

    # The parts of a journey

    def _begin(self, case: Journey) -> str:
        page = self._get("start", "/en/")
        for address in dict.fromkeys(_STATIC.findall(page)):
            self._get("style or script", address)
        if self.new:
            return self._come_back(case)
        self._think()
        self.address = "/en/nation"
        return self._get("question", self.address)

    def _come_back(self, case: Journey) -> str:
        """Goes on with a saved file, on the page that is open in it."""
        self._get("come back", "/en/come-back")
        self._think()
        mark = "----the-end-of-a-part"
        file = case.half_way(self.chance).decode()
        parts = ('csrf_token"', self.token), ('file"; filename="saved-answers.json"', file)
        body = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}\r\n\r\n{value}\r\n'
            for name, value in parts
        )
        kind = f"multipart/form-data; boundary={mark}"
        self._post("come back, sent", "/en/come-back", f"{body}--{mark}--\r\n".encode(), kind)
        if self._get("welcome back", self.address, redirects=True):
            self._think()
            self.address = "/en/check"
        return self._follow("question")

    def _answer(self, case: Journey, asks: str) -> str:
        self._think()
        if asks not in case.sent:
            self._complain(f"{case.name}: asked for {asks}")
        fields = {"csrf_token": [self.token], "asks": [asks], **case.sent[asks]}
        self._post("answer", self.address, urlencode(fields, doseq=True).encode(), FORM)
        return self._follow("question")

    def _follow(self, kind: str) -> str:
        """The page that the site leads to from here."""
        for _ in range(4):
            named = "check" if self.address.endswith("/check") else kind
            page = self._get(named, self.address, redirects=True)
            if page:
                return page
        self._complain("led round and round")
        return ""

    def _take_away(self, case: Journey) -> None:
        self._think()
        plan = self._get("plan", "/en/plan")
        if plan.count("heard-card") < case.letters:
            self._complain("a plan without its letters")
        for number in range(1, case.letters + 1):
            self._think()
            page = self._get("letter", f"/en/letter-{number}/read")
            if case.answers["you"]["name"] not in page:
                self._complain("a letter without its name")
            for kind, end, percent, begins in FILES:
                if self.chance.randrange(100) < percent:
                    self._think()
                    self._file(kind, f"/en/letter-{number}/{end}", begins)

    def _finish(self) -> None:
        self._think()
        self._get("plan", "/en/plan")
        self._post("finish", "/en/finish", urlencode({"csrf_token": self.token}).encode(), FORM)
        self._get("finished", self.address)

    # Asking

    def _think(self) -> None:
        gevent.sleep(self.chance.uniform(*self.thinks))

    def _get(self, kind: str, address: str, redirects: bool = False) -> str:
        """A page; "" for a redirect, whose address is then the one that is open."""
        with self._asked("GET", kind, address) as answer:
            if redirects and answer.status_code == 302:
                self.address = answer.headers["Location"]
                return ""
            if answer.status_code != 200:
                self._fail(answer, f"{answer.status_code}")
            text: str = answer.text
            if found := _TOKEN.search(text):
                self.token = found[1]
            if address.startswith("/en/") and "<h1" not in text:
                self._fail(answer, "a page without a heading")
            return text

    def _post(self, kind: str, address: str, body: bytes, type: str) -> None:
        """Sends a form. The site leads on to another page: its address is then the one that is open."""
        with self._asked("POST", kind, address, data=body, headers={"Content-Type": type}) as answer:
            if answer.status_code not in (302, 303):
                self._fail(answer, f"{answer.status_code}")
            self.address = answer.headers["Location"]

    def _file(self, kind: str, address: str, begins: bytes) -> None:
        """A file. Where the site says that others come first, asks again when it says."""
        for _ in range(WAITS_FOR_A_FILE):
            with self._asked("GET", kind, address) as answer:
                if answer.status_code == 503 and answer.headers.get("Refresh"):
                    Parent.pages_of_files_waited_for += 1
                    answer.success()
                    wait = int(answer.headers["Retry-After"])
                elif answer.status_code != 200 or not answer.content.startswith(begins):
                    self._fail(answer, f"{answer.status_code}")
                else:
                    return
            gevent.sleep(wait)
        self._complain(f"{kind}: not ready after {WAITS_FOR_A_FILE} times")

    @contextmanager
    def _asked(self, method: str, kind: str, address: str, **more: Any) -> Iterator[Any]:
        with self.client.request(
            method, address, name=kind, catch_response=True, allow_redirects=False, **more
        ) as answer:
            yield answer

    def _fail(self, answer: Any, why: str) -> None:
        answer.failure(why)
        raise Wrong(why)

    def _complain(self, why: str) -> None:
        """Counts what no single answer shows as an error of its own."""
        self.environment.events.request.fire(
            request_type="GET",
            name="journey",
            response_time=0,
            response_length=0,
            exception=Wrong(why),
            context={},
        )
        raise Wrong(why)
