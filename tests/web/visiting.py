"""A visitor of the site: sees each page as a parent would, and checks it as every page must be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from answering_pages import Given, answers_for
from babel.messages.pofile import read_po
from flask import Flask
from page_tree import squeeze
from reading_pages import Page
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from webapp.flows.law import Law
from webapp.language import BY_ID
from webapp.places import translations_folder
from webapp.security import HEADERS

MOST_PAGES = 120
SECRET = "the-secret-of-this-visitor"
_SECRET = re.compile(r'(?<=name="csrf_token" value=")[^"]+')
ATTACHMENTS = re.compile(
    r'attachment; filename="('
    r"(letter-\d+|next-steps)(-your-copy)?(-large-print|-giant-print|-grade-1)?\.(pdf|docx|txt|html|brf|mp3)"
    r'|dates\.ics|saved-answers\.(json|age)|everything\.zip)"'
)


class Visitor:
    """A browser with its cookies. Each page that it gets is checked; `page` is the one that it sees."""

    def __init__(self, app: Flask, law: Law) -> None:
        self.client = app.test_client()
        self.app, self.law = app, law
        self.response: TestResponse
        self.page: Page
        self.address = ""
        self.asked: list[str] = []
        self.typed: set[str] = set()
        self.secret = ""
        self._never = re.compile(rf"(?<![a-z0-9-])({'|'.join(secrets_of(law))})(?![a-z0-9-])")
        self._untitled = labels_of(law)

    # Going to a page

    def get(self, address: str, status: int = 200, **more: Any) -> Page:
        """The page at an address, after redirects."""
        return self._see(self.client.get(address, **more), address, status)

    def post(
        self, address: str, data: Mapping[str, Any] | None = None, status: int = 200, **more: Any
    ) -> Page:
        """The page after a form was sent, after redirects."""
        for values in (data or {}).values():
            for value in values if isinstance(values, (list, tuple)) else [values]:
                if isinstance(value, str) and " " in value.strip():
                    self.typed.add(value.strip())
        return self._see(self.send(address, data, **more), address, status)

    def send(self, address: str, data: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Sends a form as this browser would, with its own secret, and gives the bare response."""
        sent = dict(data or {})
        if sent.get("csrf_token") == [SECRET]:
            sent["csrf_token"] = [self.secret]
        return self.client.post(address, data=sent, **more)

    def download(self, address: str, status: int = 200) -> bytes:
        """A file."""
        response = self.client.get(address)
        self._check_headers(response)
        assert response.status_code == status, f"{address}: {response.status}"
        assert ATTACHMENTS.fullmatch(response.headers["Content-Disposition"]), response.headers
        return response.data

    def follow(self, words: str) -> Page:
        """The page behind the link with these words, or that alone begins with them."""
        found = {href for text, href in self._links() if text == words} or {
            href for text, href in self._links() if text.startswith(words)
        }
        assert len(found) == 1, f"{words!r} leads to {found}; there is {[text for text, _ in self._links()]}"
        return self.get(found.pop())

    def go_back(self) -> Page:
        """The page behind the Back link."""
        return self.get(self.page.back)

    def submit(self, status: int = 200, /, **answers: object) -> Page:
        """Sends the form of this page with these answers."""
        form = self.page.form
        return self.post(form.action or self.address, form.filled(**answers), status)

    # Answering

    def answer(self, given: Given, status: int = 200) -> Page:
        """Answers the question on this page: what is given for it, else something sensible."""
        form = self.page.form
        self.asked.append(form.asks)
        answers = answers_for(form, given)
        return self.post(self.address, form.filled() | answers, status)

    def walk(self, given: Given, until: str = "/check") -> Page:
        """Answers page after page until this one, and gives it. `asked` grows by what was asked."""
        for _ in range(MOST_PAGES):
            if self.path.endswith(until):
                return self.page
            before = self.path, self.page.form.asks
            self.answer(given)
            assert (self.path, self.page.forms and self.page.form.asks) != before, f"{before} takes no answer"
        raise AssertionError(f"no end: {self.asked[-10:]}")

    def begin(self, lang: str = "en") -> Page:
        """From the start to the first question."""
        self.get(f"/{lang}/")
        return self.get(self.page.one("a", "heard-start-button").get("href", ""))

    def walk_all(self, given: Given, lang: str = "en") -> Page:
        """From the start to the page that shows all answers."""
        self.begin(lang)
        return self.walk(given)

    def kept(self) -> dict[str, Any]:
        """The answers in the file that the parent would save."""
        page = self.get(f"/{self.lang}/save")
        response = self.send(f"/{self.lang}/save", page.form.filled())
        self._check_headers(response)
        assert ATTACHMENTS.fullmatch(response.headers["Content-Disposition"])
        document: dict[str, Any] = response.get_json()
        return document

    def bring_back(self, content: bytes, status: int = 200) -> Page:
        """Comes back with a file."""
        address = f"/{self.lang}/come-back"
        self.get(address)
        sent = FileStorage(BytesIO(content), "saved-answers.json")
        fields = {"csrf_token": self.secret, "file": sent}
        boundary, body = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={boundary}"
        return self._see(self.client.post(address, data=body, content_type=kind), address, status)

    def token(self) -> str | None:
        """The key in this browser’s cookie."""
        cookie = self.client.get_cookie("heard")
        return cookie.value if cookie else None

    @property
    def path(self) -> str:
        """The address of this page without its query."""
        return self.address.partition("?")[0]

    @property
    def lang(self) -> str:
        """The language of the pages that this visitor sees."""
        return (self.path or "/en/").split("/")[1]

    def _links(self) -> list[tuple[str, str]]:
        return [(squeeze("".join(a.itertext())), a.get("href", "")) for a in self.page.root.iter("a")]

    # Checking

    def _see(self, response: TestResponse, address: str, status: int) -> Page:
        for _ in range(6):
            self._check_headers(response)
            self._check_address(address)
            if response.status_code not in (301, 302, 303, 307, 308):
                break
            address = response.headers["Location"]
            response = self.client.get(address)
        self.response, self.address = response, address
        assert response.content_type == "text/html; charset=utf-8"
        self.page = self._read(response.text, address)
        assert response.status_code == status, f"{address}: {response.status}, not {status}: {self.page.text}"
        assert not self.page.faults, f"{address}: " + "\n".join(self.page.faults)
        self._check_title()
        if self.page.root.get("lang") != "en":
            left = untranslated(self.page)
            assert not left, f"{address} is not all in its language: {left}"
        return self.page

    def _read(self, html: str, address: str) -> Page:
        """The page, read once for all visitors who see the same but for the secret of their forms."""
        if found := _SECRET.search(html):
            self.secret = found[0]
            html = _SECRET.sub(SECRET, html)
        return read_page(html, address)

    def _check_headers(self, response: TestResponse) -> None:
        for name, value in HEADERS.items():
            assert response.headers.getlist(name) == [value], name
        assert response.headers["Cache-Control"] == "no-store"
        assert "Server" not in response.headers
        assert response.headers.get("X-Powered-By") is None

    def _check_address(self, address: str) -> None:
        said = unquote(address)
        assert not self._never.search(said), f"{said} tells an answer"
        for typed in self.typed:
            assert typed not in said

    def _check_title(self) -> None:
        title = self.page.title
        for typed in self.typed:
            assert typed not in title
        for label in self._untitled:
            assert label not in title, f"the title {title!r} tells {label!r}"


def labels_of(law: Law) -> frozenset[str]:
    """What a title must not tell: what a parent is unhappy about, with whom, and where they live."""
    concerns = [sentence.text for entry in law.concerns for sentence in entry.label]
    letters = [sentence.text for entry in law.letters for sentence in entry.name]
    councils = [name for entry in law.authorities for name in (entry.name, entry.name_cy) if name]
    return frozenset([*concerns, *letters, *councils])


def secrets_of(law: Law) -> Iterable[str]:
    """The ids that are answers: no address may hold one. Ids that are the names of pages too are left out."""
    pages = {question.id for question in law.questions} | {event.id for event in law.events} | BY_ID.keys()
    yield from (entry.code for entry in law.authorities)
    ids = [entry.id for entry in (*law.concerns, *law.outcomes)]
    ids += [option.id for question in law.questions for option in question.option]
    # Too short, or also a word of other addresses.
    ids = [id for id in dict.fromkeys(ids) if id not in pages and id not in ("none", "standard", "post")]
    yield from map(re.escape, ids)


# Words that were not translated


@lru_cache(maxsize=500)
def read_page(html: str, address: str) -> Page:
    """A page; the same one again is not read again."""
    return Page(html, address)


@cache
def catalogue(lang: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The English pieces that no page in this language may hold: of sentences, and whole short messages."""
    locale = BY_ID[lang].locale
    with (translations_folder() / locale / "LC_MESSAGES" / "heard.po").open("rb") as file:
        messages = list(read_po(file, locale=locale))
    own = " | ".join(
        squeeze(each) for m in messages for each in ([m.string] if isinstance(m.string, str) else m.string)
    )
    pieces, short = set(), {}
    for message in messages:
        for id in [message.id] if isinstance(message.id, str) else message.id:
            if not id or id in (message.string if not isinstance(message.string, str) else [message.string]):
                continue
            for piece in map(squeeze, re.split(r"%\(\w+\)s|%%?\{\w+\}|\{\w+\}|\n", id)):
                if len(piece.split()) > 2 and piece not in own:
                    pieces.add(piece)
            if len(id.split()) <= 2:
                short[squeeze(id)] = squeeze(
                    message.string if isinstance(message.string, str) else message.string[0]
                )
    return tuple(pieces), tuple(short.items())


def untranslated(page: Page) -> list[str]:
    """English messages that stand in a page of another language, outside what is marked as English."""
    pieces, short = catalogue(page.root.get("lang", ""))
    said = page.words_in(page.root.get("lang", ""))
    whole = " | ".join(said)
    found = [piece for piece in pieces if piece in whole]
    known = {english for english, own in short} - {own for _, own in short}
    return found + [each for each in said if each in known]
