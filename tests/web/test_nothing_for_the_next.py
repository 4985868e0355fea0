"""Two people at one screen, in a real browser over https: the second finds nothing of what the first did.

Its back/forward cache is on, as it is for everybody but test tools; controls prove that it, the cache on disk
and the search would have shown what was left.
"""

from __future__ import annotations

import base64
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from answering_pages import DURHAM
from browser import FLAGS, Parent, served
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from playwright.sync_api import BrowserContext, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page as Tab
from visiting import Visitor

from webapp import pages
from webapp.flows.law import Law
from webapp.store import Answers, Store

pytestmark = pytest.mark.browser
MARK = "Zorvex"
MARKED = DURHAM | {
    "concerns": ["worker"],
    "event services noticed": "2026-09-01",
    "details services worker": f"{MARK}told me to wait.",
    "name": {"you.name": f"{MARK}name Hartley"},
    "contact": {
        "you.address": f"14 {MARK}street\nBishop Auckland",
        "you.email": f"{MARK}@example.org",
        "you.phone": "01632 960001",
    },
    "children": {"names-0": f"{MARK}child", "day-0": "2", "month-0": "4", "year-0": "2019"},
}
UNSENT = f"{MARK}unsent: I had not pressed Continue."
CONTROL = "Quillonby"
CONTROL_PAGE = """<!DOCTYPE html><title>Control</title><link rel="icon" href="data:,">
<p>NAME</p><a href="/control/b">b</a>"""


@dataclass
class Served:
    """The site over https, and what was asked of it. `spki` makes a browser trust its certificate."""

    address: str
    spki: str
    asked: list[str] = field(default_factory=list)


def certificate(folder: Path) -> tuple[str, str, str]:
    """The files of a certificate of this machine and of its key, and the hash of the key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)  # noqa: UP017
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return (
        str(folder / "cert.pem"),
        str(folder / "key.pem"),
        base64.b64encode(sha256(public).digest()).decode(),
    )


@pytest.fixture(scope="module")
def secure(site: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, with control pages beside it that do what it must not."""
    cert, key, spki = certificate(tmp_path_factory.mktemp("tls"))
    found = Served("", spki)

    def app(environ: dict[str, Any], start: Any) -> Any:
        path = environ["PATH_INFO"]
        found.asked.append(path)
        if not path.startswith("/control/"):
            return site(environ, start)
        keep = "max-age=600" if path.endswith("kept") else "no-store"
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", keep)])
        return [CONTROL_PAGE.replace("NAME", CONTROL + path.removeprefix("/control/")).encode()]

    with served(app, (cert, key)) as found.address:
        yield found


@pytest.fixture(scope="module")
def answered(site: Flask, law: Law) -> Answers:
    """All answers of the first person."""
    one = Visitor(site, law)
    one.walk_all(MARKED)
    found: Answers = one.kept()["answers"]
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture
def screen(
    playwright: Playwright, secure: Served, tmp_path: Path
) -> Iterator[Callable[[bool], tuple[BrowserContext, Parent]]]:
    """Opens a browser with a profile on disk."""
    opened: list[BrowserContext] = []

    def opens(script: bool) -> tuple[BrowserContext, Parent]:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=shutil.which("chromium") or "/usr/bin/chromium",
            args=[*FLAGS, f"--ignore-certificate-errors-spki-list={secure.spki}"],
            ignore_default_args=["--disable-back-forward-cache"],
            java_script_enabled=script,
            viewport={"width": 768, "height": 1024},
        )
        opened.append(context)
        return context, Parent(context.pages[0], secure.address)

    yield opens
    for each in opened:
        with suppress(Exception):
            each.close()


# What the second person looks at


def shown(tab: Tab) -> str:
    """Everything on the page, and everything in its boxes."""
    boxes = tab.evaluate("[...document.querySelectorAll('input, textarea')].map(e => e.value).join(' ')")
    return f"{tab.url} {tab.title()} {tab.content()} {boxes}"


def back_through_all(one: Parent) -> tuple[int, list[str]]:
    """Presses Back until the first page of the tab: how often, and the pages on which a mark is seen."""
    found: list[str] = []
    for steps in range(1, 80):
        try:
            one.tab.go_back(wait_until="commit")
        except PlaywrightError as error:
            # The answer to a form: it can only be seen by sending that form again.
            if "ERR_CACHE_MISS" not in str(error):
                raise
            one.tab.wait_for_url("chrome-error://**")
            one.tab.reload()
        if one.tab.url == "about:blank":
            return steps, found
        one.tab.wait_for_load_state()
        if MARK in shown(one.tab):
            found.append(one.tab.url)
    raise AssertionError(f"no end: {one.tab.url}")


def in_the_profile(profile: Path, word: str) -> list[str]:
    """The files of a profile that hold a word, as it is, in UTF-16 or packed."""
    pattern = re.compile(b"|".join(map(re.escape, (word.encode(), word.encode("utf-16-le")))), re.IGNORECASE)
    found = []
    for path in profile.rglob("*"):
        if not path.is_file() or path.is_symlink():
            continue
        content = path.read_bytes()
        pieces = [content]
        for begins in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", content):
            with suppress(zlib.error):
                pieces.append(zlib.decompressobj(47).decompress(content[begins.start() :], 2_000_000))
        if any(pattern.search(piece) for piece in pieces):
            found.append(str(path.relative_to(profile)))
    return found


STORES = """async () => [
  localStorage.length, sessionStorage.length, (await caches.keys()).length,
  (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length,
  document.cookie,
]"""


# The first person


def fills_in(one: Parent, store: Store, whole: Answers | None) -> None:
    """Somebody starts the kiosk, answers with marked words, reads their letter, and writes on.

    `whole`: what they have answered already, so that they only type the pages with words once more.
    """
    one.go("/en/kiosk/start")
    one.tab.locator(".heard-start-button").click()
    one.walk(MARKED, until="/role" if whole else "/check")
    if whole:
        (token,) = [each["value"] for each in one.tab.context.cookies() if each["name"] == "__Host-heard"]
        store.update(token, lambda _: whole)
        for page in ("letter-1/details-1", "name", "contact", "children"):
            one.go(f"/en/{page}?from=check")
            one.answer(MARKED)
            one.tab.wait_for_url("**/en/check")
    one.tab.get_by_role("button", name="Make my letters").click()
    one.tab.locator(".heard-card__read").click()
    assert MARK in shown(one.tab)
    one.go("/en/letter-1/details-1")
    # Words that are refused: the page with them is the answer to a form.
    one.tab.locator("#details").fill(f"{UNSENT} 😀")
    one.go_on()
    assert one.page.errors
    one.tab.locator("#details").fill(UNSENT)


def ends(one: Parent, way: str) -> None:
    """They finish, leave, or just go away."""
    if way == "finish":
        one.tab.get_by_role("button", name="Finish and clear everything").click()
        one.tab.wait_for_url("**/en/finished")
    elif way == "leave":
        one.tab.get_by_role("link", name="Leave now").first.click()
        one.tab.wait_for_url("**/control/elsewhere")
    else:
        one.tab.wait_for_url("**/en/cleared", timeout=15_000)


@pytest.mark.parametrize(
    ("way", "script"),
    [
        pytest.param("finish", True, id="finish-with-a-script"),
        # Each takes a browser and a profile of its own: the other ways wait for the long checks.
        pytest.param("finish", False, id="finish-without-one", marks=pytest.mark.verify),
        pytest.param("leave", True, id="leave-with-a-script", marks=pytest.mark.verify),
        pytest.param("leave", False, id="leave-without-one", marks=pytest.mark.verify),
        pytest.param("time-out", True, id="time-out-with-a-script", marks=pytest.mark.verify),
        pytest.param("time-out", False, id="time-out-without-one", marks=pytest.mark.verify),
    ],
)
def test_the_next_person_finds_nothing(
    screen: Callable[[bool], tuple[BrowserContext, Parent]],
    secure: Served,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    site: Flask,
    answered: Answers,
    way: str,
    script: bool,
) -> None:
    if way == "time-out":
        ordinary = pages._kiosk
        short = {"silence": 1, "warning": 1, "page_seconds": 3}
        monkeypatch.setattr(pages, "_kiosk", lambda: (known := ordinary()) and known | short)
    heard = site.extensions["heard"]
    away = replace(heard.law.habits, leave_to=f"{secure.address}/control/elsewhere")
    monkeypatch.setitem(site.extensions, "heard", replace(heard, law=replace(heard.law, habits=away)))
    context, first = screen(script)
    whole = way == "finish" and script
    fills_in(first, heard.store, None if whole else answered)
    assert "__Host-heard" in {cookie["name"] for cookie in context.cookies()}
    ends(first, way)

    # Cookies, and every kind of storage.
    left = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    assert left.pop("kiosk") == "en"
    assert left.keys() <= {"__Host-heard-form"}
    steps, found = back_through_all(first)
    assert steps > (25 if whole else 10)
    assert found == []
    # A new tab, addresses from the history, and the questions once more.
    second = Parent(context.new_page(), secure.address)
    for address in ("plan", "check", "letter-1/read", "letter-1/details-1", "children", "hand-over", "name"):
        second.go(f"/en/{address}")
        assert MARK not in shown(second.tab), address
        assert second.path in ("/en/nation", "/en/letter-1/read")
    second.go("/en/")
    second.tab.locator(".heard-start-button").click()
    second.walk(
        DURHAM | {"details": "Another person.", "why-unhappy": "Another."},
        until="/check" if whole else "/helper",
        look=_nothing_on,
    )
    if script:
        assert second.tab.evaluate(STORES) == [0, 0, 0, 0, 0, ""]
    second.go("/control/kept")
    context.close()
    profile = tmp_path / "profile"
    assert in_the_profile(profile, CONTROL), "the cache on disk works, and so does the search"
    assert in_the_profile(profile, MARK) == []


def _nothing_on(one: Parent) -> None:
    assert MARK not in shown(one.tab), one.path


@pytest.mark.parametrize("script", [True, False], ids=["with-a-script", "without-one"])
def test_the_back_forward_cache_is_on_in_these_tests(
    screen: Callable[[bool], tuple[BrowserContext, Parent]], secure: Served, script: bool
) -> None:
    _, one = screen(script)
    one.go("/control/a")
    one.tab.get_by_role("link").click()
    one.tab.wait_for_url("**/control/b")
    secure.asked.clear()
    one.tab.go_back(wait_until="commit")
    assert f"{CONTROL}a" in one.tab.content()
    assert "/control/a" not in secure.asked, "a page that must not be stored came from the browser’s memory"
