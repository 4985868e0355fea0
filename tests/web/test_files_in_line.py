"""What a visitor sees of the processes that make letters, in the site and in gunicorn."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import poison
import pytest
from flask import Flask
from gunicorn_server import gunicorn
from visiting import Visitor

from webapp.counters import FILE, Counters
from webapp.documents import (
    FORMATS,
    Offer,
)
from webapp.flows.law import Law
from webapp.rendering import Rendering, pool
from webapp.site import build_site


@pytest.fixture
def processes(site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rendering]:
    """The site makes its letters as gunicorn’s workers do."""
    made: Rendering = site.extensions["rendering"]
    made.start(2)
    yield made
    made.stop()


# What a visitor sees


def test_a_letter_comes_from_a_process_and_is_the_same(whole: Visitor, processes: Rendering) -> None:
    made = {
        format: whole.download(f"/en/letter-1/en/standard.{format}")
        for format in ("pdf", "docx", "txt", "html", "brf")
    }
    steps, copy = "/en/next-steps/standard.pdf", "/en/letter-1/en/your-copy/standard.pdf"
    sheets = [whole.download(steps), whole.download(copy)]
    assert processes.state()["running"] == 2
    processes.stop()
    for format, content in made.items():
        assert content == whole.download(f"/en/letter-1/en/standard.{format}"), format
    assert sheets == [whole.download(steps), whole.download(copy)]


def test_who_has_to_wait_reads_how_long_and_the_page_comes_back(
    whole: Visitor, processes: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PATIENCE", -1)
    address = "/en/letter-1/en/large.pdf"
    page = whole.get(address, status=503)
    assert page.h1 == "Your file is not ready yet"
    assert "Yours needs about 5 seconds." in page.text
    assert whole.response.headers["Retry-After"] == whole.response.headers["Refresh"] == "5"
    links = [a.get("href") for a in page.one("main").iter("a")]
    assert links == [address, "/en/letter-1/en/standard.txt"]
    monkeypatch.undo()
    assert whole.download(address)


def test_who_cannot_have_a_letter_is_told_what_to_do(
    whole: Visitor, processes: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.views.plan.render", poison.crashes)
    page = whole.get("/en/letter-1/en/standard.pdf", status=503)
    assert page.h1 == "We could not make that file"
    assert "Please try again." in page.text
    assert "Refresh" not in whole.response.headers
    monkeypatch.undo()
    assert whole.download("/en/letter-1/en/standard.txt")
    assert whole.download("/en/letter-1/en/standard.pdf")


def test_a_zip_leaves_out_what_cannot_be_made_and_says_so(
    whole: Visitor, processes: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.packing.render", poison.breaks)
    monkeypatch.setattr("webapp.packing.offers", lambda language: pdf_alone(language))
    with zipfile.ZipFile(io.BytesIO(whole.download("/en/everything.zip"))) as archive:
        names = archive.namelist()
        contents = archive.read("contents.html").decode()
    assert "letter-1.pdf" not in names
    assert {"letter-1-your-copy.pdf", "next-steps.pdf", "dates.ics", "saved-answers.json"} <= set(names)
    assert "This file could not be made just now" in contents


def pdf_alone(language: Any) -> tuple[Any, ...]:
    return (Offer(FORMATS["pdf"], "standard"),)


def test_a_third_zip_at_once_has_to_wait(whole: Visitor, site: Flask) -> None:
    seats = [site.extensions["rendering"].seat() for _ in range(pool.ZIPS_AT_ONCE)]
    assert whole.get("/en/everything.zip", status=503).h1 == "Your file is not ready yet"
    for give_back in seats:
        give_back()


# In gunicorn


@pytest.mark.verify
def test_pages_answer_while_letters_take_long(tmp_path: Path) -> None:
    """Every process of both workers is busy for three seconds, and the lines are full."""
    with gunicorn(tmp_path / "kept", HEARD_RENDERERS="4") as served:
        for _ in range(4):
            served.ask("/en/true")
        with ThreadPoolExecutor(14) as people:
            letters = [people.submit(served.ask, "/en/slow/3") for _ in range(14)]
            time.sleep(0.5)
            took = []
            for _ in range(20):
                begun = time.monotonic()
                assert served.ask("/en/")[0] == 200
                took.append(time.monotonic() - begun)
            assert not any(each.done() and each.result()[0] == 200 for each in letters)
            assert sorted(took)[-2] < 0.3, took
            answers = [each.result() for each in letters]
        assert {status for status, *_ in answers} <= {200, 503}
        assert all(status == 200 or headers["Retry-After"] for status, headers, _ in answers)
        assert served.ask("/en/fatal")[0] == 503
        assert served.ask("/en/true")[0] == 200
        said = served.stop()
        assert "Traceback" not in said


# What is counted of a whole visit


def test_a_visit_is_counted_once_and_its_counters_hold_no_word_of_it(
    tmp_path: Path, law: Law, whole: Visitor
) -> None:
    app = build_site({"HEARD_DATA": str(tmp_path), "HEARD_COUNTERS": "yes"})
    other = Visitor(app, law)
    other.get("/en/")
    other.bring_back(saved(whole))
    for _ in range(2):
        other.get("/en/plan")
    other.download("/en/letter-1/en/standard.pdf")
    counted = {(each.what, each.id) for each in app.extensions["counters"].between("2000-01", "2099-12")}
    assert {what for what, _ in counted} == {"route", "letter-format", "letter-language", "pages-language"}
    assert all(number == "fewer than 5" for what, number in routes(tmp_path / FILE) if what == "route")
    content = (tmp_path / FILE).read_bytes()
    for word in ("Leanne", "Hartley", "Kai", "Marmalade"):
        assert word.encode() not in content


def saved(visitor: Visitor) -> bytes:
    return json.dumps(visitor.kept()).encode()


def routes(path: Path) -> list[tuple[str, str]]:
    return [(each.what, each.number) for each in Counters(path.parent).between("2000-01", "2099-12")]
