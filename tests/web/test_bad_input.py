"""Pages left empty, and options that there are not: each says why, and loses nothing."""

from __future__ import annotations

import pytest
from seeing import answers, says
from visiting import Visitor

# What was left out


@pytest.mark.parametrize(
    ("address", "box", "message"),
    [
        ("nation", "nation", "Choose where your child lives"),
        ("role", "role", "Choose who you are"),
        ("helper", "helper", "Choose who is helping you, or “No”"),
        ("legal", "legal", "Tick what is happening, or “None of these”"),
        ("concerns", "concerns", "Tick at least one thing that you are unhappy about"),
        ("letter-1/reached", "reached", "Choose how far you have got"),
        ("letter-1/date-4", "day", "Write the day, month and year, or tick a box"),
        ("letter-1/details-1", "details", "Write what happened. A few words are enough"),
        ("letter-1/outcomes", "outcomes", "Tick at least one thing, or write your own"),
        ("name", "you.name", "Write the full name"),
        ("children", "names-0", "Write the child’s name"),
        ("send-by", "send-by", "Choose how you send it"),
    ],
)
def test_an_empty_page_says_what_is_missing(whole: Visitor, address: str, box: str, message: str) -> None:
    kept = answers(whole)
    whole.get(f"/en/{address}")
    hidden = {"csrf_token": whole.page.form.filled()["csrf_token"], "asks": whole.page.form.asks}
    says(whole.post(f"/en/{address}", hidden, 422), box, message)
    assert answers(whole) == kept


def test_an_empty_council_says_so_at_the_box_that_can_be_seen(browse: Visitor) -> None:
    browse.begin()
    browse.walk({}, until="/authority")
    page = browse.submit(422)
    assert page.errors == [("#find-council", "Choose your council, or “I am not sure”")]
    assert page.field_errors == ["Error: Choose your council, or “I am not sure”"]


def test_a_page_of_free_boxes_may_stay_empty(whole: Visitor) -> None:
    for address in ("council-details", "support", "letter-1/tried", "letter-1/additions"):
        whole.get(f"/en/{address}?from=check")
        whole.submit(
            **dict.fromkeys(
                [name for name in whole.page.form.fields if name not in ("csrf_token", "asks")], ""
            )
        )
        assert whole.path == "/en/check", address


# Options that there are not


@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        ("nation", "nation", "scotland"),
        ("role", "role", "parent\x00"),
        ("authority", "authority", "E99999999"),
        ("authority", "authority", "W06000010"),
        ("legal", "legal", "divorce"),
        ("concerns", "concerns", "weather"),
        ("letter-1/reached", "reached", "stage-9-sent"),
        ("letter-1/conference-type", "conference-type", ""),
        ("letter-1/outcomes", "outcomes", "a-million-pounds"),
        ("letter-1/outcomes", "outcomes", "services-apology"),
        ("reply-by", "you.reply-by", "pigeon"),
        ("send-by", "send-by", "pigeon"),
        ("reply-format", "support.reply-format", "../../etc/passwd"),
    ],
)
def test_an_option_that_the_page_does_not_offer_is_refused(
    whole: Visitor, address: str, name: str, value: str
) -> None:
    kept = answers(whole)
    whole.get(f"/en/{address}")
    form = whole.page.form.filled() | {name: [value]}
    page = whole.post(f"/en/{address}", form, 422)
    assert len(page.errors) == 1
    assert value == "" or value not in page.html
    assert answers(whole) == kept


def test_none_beside_something_else_is_refused(whole: Visitor) -> None:
    whole.get("/en/legal")
    page = whole.submit(422, legal=["none", "in-court"])
    says(page, "legal", "You ticked “none” and something else. Untick one of them")
    assert page.form.fields["legal"].held == ["in-court", "none"]


def test_an_answer_twice_counts_once(whole: Visitor) -> None:
    whole.get("/en/concerns?from=check")
    whole.submit(concerns=["worker", "conference-run", "worker", "plan-made"])
    assert sorted(answers(whole)["concerns"]) == ["conference-run", "plan-made", "worker"]


def test_fields_that_no_page_has_are_ignored(whole: Visitor) -> None:
    kept = answers(whole)
    whole.get("/en/name?from=check")
    extra = {"nation": ["wales"], "conference.reached": ["stage-1-sent"], "read": ["x"], "__class__": ["x"]}
    whole.post("/en/name?from=check", whole.page.form.filled() | extra)
    assert answers(whole) == kept
