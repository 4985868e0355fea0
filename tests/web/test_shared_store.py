"""One machine to many: several sites over one Redis server, its absence, and new versions of flows/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from answering_pages import TWO_LETTERS
from flask import Flask
from redis_server import RedisServer, free_port
from seeing import WORDS, answers, typed_page
from visiting import Visitor
from werkzeug.test import Client, TestResponse

from webapp.flows.law import Law
from webapp.flows.reading import read_law
from webapp.places import flows_folder, package_folder, templates_folder
from webapp.site import build_site
from webapp.versions import with_others

MONDAY = date(2026, 11, 23)
SECRET = "the same secret on every machine"

Machine = Callable[..., Flask]


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[RedisServer]:
    """A server that writes down each change, reached over a port."""
    server = RedisServer(tmp_path / "redis", keeps=True, port=free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def machine(shared: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Makes a site on a machine of its own: it shares the store and the secret, and no folder."""
    made: list[Flask] = []

    def make(flows: Path | None = None) -> Flask:
        if flows:
            monkeypatch.setattr("webapp.site.flows_folder", lambda: flows)
        folder = tmp_path / f"machine-{len(made)}"
        environ = {"HEARD_DATA": str(folder), "HEARD_STORE": shared.address, "HEARD_SECRET": SECRET}
        made.append(build_site(environ))
        for name, module in list(sys.modules.items()):
            if name.startswith("webapp.") and hasattr(module, "london_day"):
                monkeypatch.setattr(module, "london_day", lambda: MONDAY)
        return made[-1]

    return make


class InTurn:
    """What stands before several machines: each request goes to the next of them."""

    def __init__(self, *machines: Flask) -> None:
        self.machines, self.count = machines, 0

    def __call__(self, environ: Any, start: Any) -> Iterable[bytes]:
        self.count += 1
        return self.machines[self.count % len(self.machines)](environ, start)

    def test_client(self) -> Client:
        return Client(self, TestResponse)


def visitor_of(law: Law, *machines: Flask) -> Visitor:
    return Visitor(InTurn(*machines), law)  # type: ignore[arg-type]


def test_a_parent_who_is_served_by_two_machines_in_turn_notices_nothing(
    machine: Machine, law: Law, shared: RedisServer
) -> None:
    one, other = machine(), machine()
    browse = visitor_of(law, one, other)
    browse.walk_all(TWO_LETTERS)
    for alone in (one, other):
        assert alone.extensions["heard"].store.read(browse.token())["you"]["name"] == "Leanne Hartley"
    assert browse.download("/en/letter-1/en/standard.txt")
    with shared.client() as client:
        (name,) = client.scan_iter()
        assert name.startswith(b"heard:")
        assert b"Hartley" not in client.get(name)
    token = browse.token()
    browse.send("/en/finish", browse.get("/en/plan").form.filled())
    assert other.extensions["heard"].store.read(token) is None
    with shared.client() as client:
        assert not client.dbsize()


def test_while_the_server_is_away_a_page_says_so_with_what_was_typed_and_then_all_goes_on(
    machine: Machine, law: Law, shared: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    browse = visitor_of(law, machine())
    browse.walk_all(TWO_LETTERS)
    kept = answers(browse)
    form = browse.get("/en/letter-1/details-1").form.filled(details=WORDS)
    shared.stop()
    typed_page(browse, browse.send("/en/letter-1/details-1", form), 503)
    browse.get("/en/plan", status=503)
    assert visitor_of(law, browse.app.machines[0]).get("/en/privacy").h1, "who has no answers yet reads on"
    assert "It does not answer. Start it" in caplog.text
    assert WORDS not in caplog.text
    shared.start()
    assert answers(browse) == kept
    browse.post("/en/letter-1/details-1", form)
    assert WORDS in json.dumps(answers(browse))


def test_a_restart_of_the_server_between_two_pages_is_not_noticed(
    machine: Machine, law: Law, shared: RedisServer
) -> None:
    browse = visitor_of(law, machine())
    browse.begin()
    browse.walk(TWO_LETTERS, until="/children")
    shared.stop()
    shared.start()
    browse.walk(TWO_LETTERS)
    assert answers(browse)["you"]["name"] == "Leanne Hartley"


def test_a_server_that_refuses_the_password_stops_the_start_with_a_word(
    shared: RedisServer, tmp_path: Path
) -> None:
    environ = {
        "PATH": os.environ["PATH"],
        "PORT": str(free_port()),
        "HEARD_DATA": str(tmp_path / "kept"),
        "HEARD_SECRET": SECRET,
        "HEARD_STORE": f"redis://heard:Pomegranate@127.0.0.1:{shared.port}",
    }
    started = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", str(package_folder() / "gunicorn_conf.py")],
        cwd=package_folder().parent, env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert started.returncode == 2
    said = started.stderr.strip().splitlines()
    assert said[0] == "Heard cannot start:"
    assert said[1].startswith(f"redis://127.0.0.1:{shared.port}: It refuses us.")
    assert len(said) == 2
    assert "Pomegranate" not in started.stderr


# New versions of flows/


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A flows/ from before it asked what the council’s letters say."""
    folder = tmp_path / "flows"
    shutil.copytree(flows_folder(), folder)
    questions = (folder / "questions.toml").read_text()
    begins = questions.index('[[question]]\nid = "council-details"')
    ends = questions.index("[[question]]\n", begins + 1)
    (folder / "questions.toml").write_text(questions[:begins] + questions[ends:])
    return folder


def test_an_older_machine_loses_no_answer_of_a_case_that_a_newer_one_began(
    machine: Machine, law: Law, older: Path
) -> None:
    new, old = machine(), machine(older)
    browse = visitor_of(law, new)
    browse.walk_all(TWO_LETTERS | {"council-details": {"reference": "Ref Ocelot 7", "worker": "Ms Heron"}})
    assert answers(browse)["reference"] == "Ref Ocelot 7"
    browse.client.application = old  # the cookies stay
    assert browse.get("/en/check").h1
    browse.get("/en/name?from=check")
    browse.submit(you__name="Leanne H. Hartley")
    assert browse.path == "/en/check"
    assert "Ocelot" not in json.dumps(answers(browse)), "it does not know what to do with it"
    browse.client.application = new
    kept = answers(browse)
    assert (kept["reference"], kept["worker"]) == ("Ref Ocelot 7", "Ms Heron")
    assert kept["you"]["name"] == "Leanne H. Hartley"
    assert browse.get("/en/check").h1 == "Check what you told us"


def test_an_answer_to_a_question_that_this_machine_does_not_ask_goes_nowhere_else(
    machine: Machine, law: Law, older: Path
) -> None:
    new, old = machine(), machine(older)
    browse = visitor_of(law, new)
    browse.walk_all(TWO_LETTERS)
    kept = answers(browse)
    form = browse.get("/en/council-details").form.filled(reference=WORDS)
    browse.client.application = old
    typed_page(browse, browse.send("/en/council-details", form), 409)
    browse.client.application = new
    assert answers(browse) == kept


def test_a_newer_machine_asks_what_the_older_one_did_not(machine: Machine, law: Law, older: Path) -> None:
    old = machine(older)
    browse = visitor_of(law, old)
    browse.walk_all(TWO_LETTERS)
    kept = answers(browse)
    assert "reference" not in kept
    browse.client.application = machine(flows_folder())
    browse.get("/en/plan")
    assert browse.path == "/en/council-details"
    browse.answer({})
    browse.get("/en/plan")
    assert browse.path == "/en/plan"
    assert kept.items() <= answers(browse).items()


def test_only_what_no_question_asks_for_is_kept_beside_what_counts(law: Law, older: Path) -> None:
    before = read_law(older, templates_folder() / "letters")
    known = {"nation": "wales", "conference": {"details": {"plan-made": "x"}, "conference": "2026-10-20"}}
    other = {"reference": "Ref 7", "conference": {"new-box": "y"}, "new": {"deep": ["z"]}}
    every = known | other | {"conference": known["conference"] | other["conference"]}  # type: ignore[operator]
    assert with_others({}, every, before) == other
    assert with_others({}, every, law) == {"conference": {"new-box": "y"}, "new": {"deep": ["z"]}}
    kept = {"conference": {"conference": "2026-10-20"}}
    assert with_others(kept, every, law)["conference"] == {"conference": "2026-10-20", "new-box": "y"}
    assert kept == {"conference": {"conference": "2026-10-20"}}, "a copy"
