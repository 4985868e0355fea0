"""Words that a parent, or somebody in a parent’s name, can type: on every page they stay words."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from attacking import (
    BLENDS,
    EVERY_BOX,
    TODAY,
    WORKED_OUT,
    Browser,
    as_sent,
    faults,
    filled,
    form_of,
    text_keys,
    whole_case,
)

from webapp.flows.law import Law
from webapp.security import clean_text
from webapp.walking import walk

PAGES = ("check", "plan", "letter-1/read", "welcome-back", "save", "hand-over")


@pytest.fixture(params=range(len(BLENDS)))
def words(request: pytest.FixtureRequest) -> str:
    found: str = BLENDS[request.param]
    return found


def test_every_box_of_every_page_takes_wild_words_as_words_or_refuses_them(
    browser: Browser, law: Law, words: str
) -> None:
    asked: set[tuple[str, str]] = set()
    for names in EVERY_BOX:
        answers = whole_case(law, *names)
        browser.hold(answers)
        secret = browser.secret()
        for step in walk(answers, law, TODAY).steps:
            for name, _ in text_keys(step, answers, law):
                if (step.question.id, name) in asked:
                    continue
                asked.add((step.question.id, name))
                form = form_of(step, answers) | {"csrf_token": secret, name: as_sent(words)}
                if name == "names-0":
                    form |= {"day-0": as_sent(words[:20]), "month-0": "4", "year-0": "2019"}
                response = browser.client.post(f"/en/{step.path}?from=check", data=form)
                assert response.status_code in (302, 422), (step.id, name, response.status)
                assert not faults(response), (step.id, name)
                if response.status_code == 302:
                    assert not faults(browser.client.get(f"/cy/{step.path}")), (step.id, name)
        for page in PAGES:
            assert not faults(browser.client.get(f"/en/{page}")), page
    boxes = {(question.id, box.id) for question in law.questions for box in question.box}
    assert asked == boxes | {("children", "names-0"), ("details", "details")}


def test_words_that_came_in_past_the_forms_are_words_on_every_page_too(
    browser: Browser, law: Law, words: str
) -> None:
    typed = clean_text(words)
    answers = filled(whole_case(law), law, typed)
    browser.hold(answers)
    for lang in ("en", "cy"):
        for page in PAGES:
            response = browser.client.get(f"/{lang}/{page}")
            assert response.status_code == 200, page
            assert not faults(response), page
            assert WORKED_OUT not in response.text
        for step in walk(answers, law, TODAY).steps:
            response = browser.client.get(f"/{lang}/{step.path}")
            assert not faults(response), step.id


def test_a_case_file_with_wild_words_everywhere_comes_back_as_words_or_not_at_all(
    browser: Browser, law: Law, words: str
) -> None:
    answers = filled(whole_case(law), law, words)
    for wild in (answers, {**answers, words: words}, {**answers, "nation": words}, {**answers, "you": words}):
        content = json.dumps({"case": 1, "answers": wild}).encode()
        fields = {"csrf_token": browser.secret(), "file": (BytesIO(content), "saved-answers.json")}
        response = browser.client.post("/en/come-back", data=fields)
        assert response.status_code in (302, 422)
        assert not faults(response)
        assert not faults(browser.client.get("/en/welcome-back"))


def test_words_in_the_query_and_in_the_address_are_never_part_of_a_page(browser: Browser, words: str) -> None:
    typed = words.encode("utf-8", "replace").decode()
    for address in ("templates", "open", "authority", "nation", "start", "kiosk/start", "text-size/125/plan"):
        query = dict.fromkeys(("nation", "council", "code", "from", "find", "v", typed), typed)
        assert not faults(browser.client.get(f"/en/{address}", query_string=query)), address
    for path in (
        f"/en/{typed}",
        f"/{typed}",
        f"/en/templates/{typed}/{typed}/{typed}/{typed}",
        f"/en/x/{typed}",
    ):
        assert not faults(browser.client.get(path))


def test_the_council_finder_says_what_was_looked_for_as_words(browser: Browser, law: Law, words: str) -> None:
    browser.hold({"nation": "england"})
    form = {
        "csrf_token": browser.secret(),
        "asks": "authority",
        "find": "yes",
        "find-council": as_sent(words),
    }
    response = browser.client.post("/en/authority", data=form)
    assert response.status_code == 200
    assert not faults(response)


def test_words_of_a_form_that_is_refused_are_shown_again_as_words(browser: Browser, words: str) -> None:
    for token in (b"", b"forged", as_sent(words)):
        response = browser.client.post(
            "/en/name", data={"csrf_token": token, "you.name": as_sent(f"{words} {words}")}
        )
        assert response.status_code == 400
        assert not faults(response)
