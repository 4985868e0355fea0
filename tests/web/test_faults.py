"""Faults of the store and of the site: each gets a page, and no answer is lost."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator

import pytest
from flask import Flask
from seeing import WORDS, answers, typed_page
from visiting import Visitor

from webapp.store import StoreUnavailable
from webapp.store.sqlite import SqliteStore


@pytest.fixture
def full_disk(site: Flask) -> Iterator[None]:
    """A store that cannot write, as on a full disk."""

    def update(self: SqliteStore, *_: object, **__: object) -> None:
        raise StoreUnavailable(self.path, OSError(errno.ENOSPC, "No space left on device"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteStore, "update", update)
        yield


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_shows_what_was_typed(browse: Visitor) -> None:
    browse.get("/en/nation")
    page = browse.submit(503, nation="england")
    assert page.h1 == "We could not save that"


def test_a_full_disk_loses_no_answer_and_no_word(whole: Visitor, request: pytest.FixtureRequest) -> None:
    kept = answers(whole)
    whole.get("/en/letter-1/details-1")
    form = whole.page.form.filled(details=WORDS)
    with pytest.MonkeyPatch.context() as patch:

        def update(self: SqliteStore, *_: object, **__: object) -> None:
            raise StoreUnavailable(self.path, OSError(errno.ENOSPC, "No space left on device"))

        patch.setattr(SqliteStore, "update", update)
        typed_page(whole, whole.send("/en/letter-1/details-1", form), 503)
    assert answers(whole) == kept
    whole.post("/en/letter-1/details-1", form)
    assert WORDS in json.dumps(answers(whole))


@pytest.mark.parametrize("method", ["read", "touch", "update"])
def test_a_store_that_is_gone_gets_a_page_everywhere(whole: Visitor, method: str) -> None:
    form = whole.get("/en/name").form.filled()
    with pytest.MonkeyPatch.context() as patch:

        def broken(self: SqliteStore, *_: object, **__: object) -> None:
            raise StoreUnavailable(self.path, OSError(errno.EIO, "Input/output error"))

        patch.setattr(SqliteStore, method, broken)
        for address in ("/en/plan", "/en/check", "/en/letter-1/details-1", "/en/name"):
            status = 200 if method == "update" else 503
            whole.get(address, status=status)
        if method != "touch":
            whole.post("/en/name", form, 503)
        assert whole.client.get("/leave").status_code == 303


def test_a_fault_of_ours_gets_a_page_that_blames_nobody(whole: Visitor) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.views.plan.compose_plan", lambda *_: 1 / 0)
        page = whole.get("/en/plan", status=500)
    assert page.h1 == "Something went wrong"
    assert "It is not your fault." in page.text
