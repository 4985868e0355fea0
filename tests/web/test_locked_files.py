"""A case that is saved under a passphrase, and brought back with it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from page_tree import text_of
from visiting import ATTACHMENTS, Visitor

from webapp import locking
from webapp.locking import lock, unlock

PASSPHRASE = "marigold marsh quokka"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth of the work of locking."""
    monkeypatch.setattr(locking, "WORK", 7)


def save_locked(browse: Visitor, passphrase: str = PASSPHRASE) -> bytes:
    form = browse.get("/en/save").form
    response = browse.send("/en/save", form.filled(passphrase=passphrase))
    browse._check_headers(response)
    assert ATTACHMENTS.fullmatch(response.headers["Content-Disposition"])
    assert response.headers["Content-Disposition"] == 'attachment; filename="saved-answers.age"'
    assert response.status_code == 200
    return response.data


def test_a_locked_case_comes_back_with_its_passphrase(whole: Visitor, visitor: Callable[[], Visitor]) -> None:
    kept = whole.kept()
    locked = save_locked(whole)
    assert b"Hartley" not in locked
    assert json.loads(unlock(locked, PASSPHRASE)) == kept
    later = visitor()
    later.get("/en/")
    page = later.bring_back(locked)
    assert page.h1 == "Open the locked file"
    assert not page.errors
    assert not later.token(), "nothing is kept yet"
    later.submit(passphrase=f" {PASSPHRASE} ")
    assert later.path == "/en/welcome-back"
    assert later.kept()["answers"] == kept["answers"]


def test_a_wrong_passphrase_loses_neither_the_file_nor_the_answers(
    whole: Visitor, visitor: Callable[[], Visitor]
) -> None:
    locked = save_locked(whole)
    other = visitor()
    other.begin()
    other.answer({})
    before = other.token(), other.kept()
    other.bring_back(locked)
    for wrong, said in (("marigold", "These words do not open the file."), ("", "Type the passphrase")):
        page = other.submit(422, passphrase=wrong)
        ((at, message),) = page.errors
        assert at == "#passphrase"
        assert message.startswith(said)
        assert "nothing is lost" in page.text
        assert wrong not in page.html or not wrong
    assert (other.token(), other.kept()) == before
    other.bring_back(locked)
    other.submit(422, passphrase="marigold")
    other.submit(passphrase=PASSPHRASE)
    assert other.path == "/en/welcome-back"


def test_a_short_passphrase_is_no_lock(whole: Visitor) -> None:
    form = whole.get("/en/save").form
    page = whole.post("/en/save", form.filled(passphrase="  1234567 "), 422)
    assert page.errors == [("#passphrase", "Make the passphrase longer: 8 characters or more")]
    assert "1234567" not in page.html


def test_spaces_alone_are_no_passphrase(whole: Visitor) -> None:
    response = whole.send("/en/save", whole.get("/en/save").form.filled(passphrase="   "))
    assert response.headers["Content-Disposition"] == 'attachment; filename="saved-answers.json"'


def test_the_boxes_keep_the_passphrase_from_the_browser_s_own_memory(whole: Visitor) -> None:
    page = whole.get("/en/save")
    page_of_the_lock = whole.bring_back(lock(b"{}", PASSPHRASE))
    for each in (page, page_of_the_lock):
        (box,) = [found for found in each.all("input") if found.get("name") == "passphrase"]
        # Not of type password: browsers offer to keep those, and a word that nobody sees is soon mistyped.
        assert (box.get("type"), box.get("autocomplete"), box.get("spellcheck")) == ("text", "off", "false")
        assert not box.get("value")


def test_a_page_of_a_fault_does_not_show_the_passphrase(
    whole: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = whole.get("/en/save").form.filled(passphrase=PASSPHRASE)
    monkeypatch.setattr("webapp.views.saved.lock", lambda *_: 1 / 0)
    page = whole.post("/en/save", form, 500)
    assert PASSPHRASE not in page.html
    page = whole.post("/en/save", form | {"csrf_token": ["old"]}, 400)
    assert PASSPHRASE not in page.html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda locked: locked[:-3], "it is damaged"),
        (lambda locked: locked.replace(b" 7\n", b" 22\n", 1), "Open it with the tool that locked it"),
        (lambda locked: b"age-encryption.org/v1\n" + bytes(500), "it is damaged"),
    ],
)
def test_a_locked_file_that_cannot_be_used_says_why(
    whole: Visitor, change: Callable[[bytes], bytes], said: str
) -> None:
    kept = whole.kept()
    whole.bring_back(change(lock(json.dumps(kept).encode(), PASSPHRASE)))
    page = whole.submit(422, passphrase=PASSPHRASE)
    assert said in page.errors[0][1]
    assert page.h1 == "Come back to a saved case"
    assert whole.kept() == kept


@pytest.mark.parametrize("sent", ["", "%%%", "e30", "e30=", "aGVsbG8="])
def test_an_odd_form_in_place_of_the_locked_file_is_refused(browse: Visitor, sent: str) -> None:
    form = browse.get("/en/come-back").form.filled()
    page = browse.post("/en/come-back", form | {"locked": [sent], "passphrase": [PASSPHRASE]}, 422)
    assert page.errors


def test_the_largest_file_can_be_locked_and_brought_back(
    whole: Visitor, visitor: Callable[[], Visitor]
) -> None:
    document = json.dumps(whole.kept()).encode()
    locked = lock(document + b" " * (1_000_000 - len(document)), PASSPHRASE)
    later = visitor()
    later.get("/en/")
    later.bring_back(locked)
    later.submit(passphrase=PASSPHRASE)
    assert later.path == "/en/welcome-back"
    later.bring_back(lock(document + b" " * (1_020_000 - len(document)), PASSPHRASE), 422)
    assert "too large" in text_of(later.page.one("main"))


# A new key


def test_coming_back_gets_a_new_key_and_destroys_what_was_there(whole: Visitor) -> None:
    store = whole.app.extensions["heard"].store
    saved, old = json.dumps(whole.kept()).encode(), whole.token()
    whole.bring_back(saved)
    assert whole.token() != old
    assert store.read(old) is None
    assert store.read(whole.token())["you"]["name"] == "Leanne Hartley"
    whole.client.set_cookie("heard", old or "")
    whole.get("/en/plan")
    assert whole.path == "/en/nation"


def test_a_planted_key_that_was_never_given_is_not_taken(browse: Visitor) -> None:
    planted = "A" * 43
    browse.client.set_cookie("heard", planted)
    browse.get("/en/nation")
    browse.answer({})
    assert browse.token() not in (None, planted)
    assert browse.app.extensions["heard"].store.read(planted) is None


def test_a_key_whose_hour_is_over_is_not_taken_again(
    browse: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    browse.begin()
    browse.answer({})
    old, store = browse.token(), browse.app.extensions["heard"].store
    now = store.now()
    monkeypatch.setattr(store, "_now", lambda: now + 4000)
    browse.get("/en/nation")
    browse.answer({})
    assert browse.token() not in (None, old)
