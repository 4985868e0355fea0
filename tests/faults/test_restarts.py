"""The site is restarted while twenty people write: no call fails, and what was confirmed is kept."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from half_way import DETAILS, PAGE
from running import SECRET, Site, own_tree, saved_case, until
from test_new_versions import reorder_law
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart
from wire import Wire

PEOPLE = 20
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Writer:
    """Somebody who writes the same answer anew again and again, and remembers what was confirmed."""

    def __init__(self, port: int, number: int) -> None:
        self.wire, self.number = Wire(port), number
        self.confirmed, self.times = "", 0
        fields = {"csrf_token": self._token("/en/come-back"), "file": self._case()}
        boundary, body = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={boundary}"
        assert self.wire.post("/en/come-back", body, kind).status_code == 302
        self.token = self._token(PAGE)

    def _token(self, address: str) -> str:
        found = _TOKEN.search(self.wire.get(address).text)
        assert found, address
        return found[1]

    def _case(self) -> FileStorage:
        return FileStorage(BytesIO(saved_case(*DETAILS)), "saved-answers.json")

    def write(self, stop: threading.Event) -> None:
        """Writes until it is told to stop. Raises AssertionError for a call that fails."""
        while not stop.wait(0.1 + 0.01 * self.number):
            words = f"Ocelot number {self.number}, time {self.times}"
            form = {"csrf_token": self.token, "asks": "details conference conference-run", "details": words}
            answer = self.wire.post(PAGE, form)
            assert answer.status_code == 302, f"{answer.status} for {words}"
            self.confirmed, self.times = words, self.times + 1
            # In a new version the page that comes next may have another address: then it is led there.
            assert self.wire.get(answer.headers["Location"]).status_code in (200, 302)

    def kept(self) -> str:
        """What the site says that this person wrote."""
        saved = self.wire.post("/en/save", {"csrf_token": self.token}).text
        found: str = json.loads(saved)["answers"]["conference"]["details"]["conference-run"]
        return found


@contextmanager
def twenty_writers(site: Site) -> Iterator[Callable[[], None]]:
    """Twenty people who write all the while. Gives what waits until each has written twice more."""
    stop = threading.Event()
    with ThreadPoolExecutor(PEOPLE) as room:
        writers = list(room.map(lambda number: Writer(site.port, number), range(PEOPLE)))
        written = [room.submit(each.write, stop) for each in writers]

        def all_write_on() -> None:
            before = [each.times for each in writers]
            until(
                lambda: (
                    all(each.times > n + 1 for each, n in zip(writers, before, strict=True))
                    or any(each.done() for each in written)
                ),
                "somebody cannot go on",
                60,
            )

        try:
            all_write_on()
            yield all_write_on
            all_write_on()
        finally:
            stop.set()
        for each in written:
            each.result()
        for one in writers:
            assert one.kept() == one.confirmed


def test_new_workers_under_twenty_people_lose_nothing(sites: Callable[..., Site]) -> None:
    site = sites()
    with twenty_writers(site) as all_write_on:
        before = site.workers()
        site.signal(signal.SIGHUP)
        until(lambda: len(site.workers()) == 2 and not set(before) & set(site.workers()), "no new workers")
        all_write_on()
    assert "Traceback" not in site.log()


@pytest.mark.verify
def test_a_new_version_under_twenty_people_loses_nothing(sites: Callable[..., Site], tmp_path: Path) -> None:
    """As heard.socket does it: the socket stays open, so that who calls meanwhile waits and is answered."""
    tree = own_tree(tmp_path / "tree")
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as held:
        site = sites(tree=tree, held=held, environ={"HEARD_SECRET": SECRET})
        with twenty_writers(site):
            reorder_law(tree)
            site.stop()
            site.start()
        assert "Traceback" not in site.log()


@pytest.mark.verify
def test_a_server_that_is_told_to_replace_itself_loses_nothing(sites: Callable[..., Site]) -> None:
    """gunicorn’s own way, with USR2: the new server begins at the same port, then the old one ends."""
    site = sites()
    with twenty_writers(site) as all_write_on:
        site.signal(signal.SIGUSR2)
        until(lambda: site.log().count("Heard is at") == 2, "no new server")
        site.stop()
        all_write_on()
    assert "Traceback" not in site.log()
