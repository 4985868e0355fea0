"""Answers that cannot be, requests that cannot be right, and faults: each says why, and loses nothing."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from reading_pages import Page
from test_changing import answers
from test_walks import DURHAM, TWO_LETTERS
from visiting import Visitor
from werkzeug.test import TestResponse

from webapp.store import Store, StoreUnavailable

EMOJI = "😀"
WORDS = "Ocelot: I wrote all of this by hand"


@pytest.fixture
def whole(browse: Visitor) -> Visitor:
    """A visitor who has answered everything."""
    browse.walk_all(TWO_LETTERS)
    return browse


def says(page: Page, box: str, message: str) -> None:
    """Asserts that the summary and the box both say this, and that the summary leads to the box."""
    assert page.title.startswith("Error: ")
    assert [(href, text) for href, text in page.errors if text == message] == [(f"#{box}", message)], (
        page.errors
    )
    assert f"Error: {message}" in page.field_errors
    assert page.h1


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


# Words


def test_a_character_that_cannot_be_printed_is_named_at_its_box(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    page = whole.submit(422, details=f"{WORDS} {EMOJI}")
    says(page, "details", f"We cannot print {EMOJI}. Take it out, or use words instead")
    assert page.form.fields["details"].held == [f"{WORDS} {EMOJI}"]
    whole.get("/en/children")
    page = whole.submit(422, names_0=f"Kai {EMOJI}")
    says(page, "names-0", f"We cannot print {EMOJI}. Take it out, or use words instead")


@pytest.mark.parametrize(
    "words", ["Zażółć gęślą jaźń", "Łukasz d’Ôr – “yes”", "Ŵyn ŷ", "Ημέρα", "Ёлка", "½ £5 €6"]
)
def test_other_alphabets_are_kept_as_typed(whole: Visitor, words: str) -> None:
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details=words)
    assert whole.path == "/en/check"
    assert answers(whole)["conference"]["details"]["conference-run"] == words
    assert words in whole.get("/en/letter-1/read").text


def test_words_are_kept_exactly_with_their_lines_and_spaces(whole: Visitor) -> None:
    typed = "First  line\r\n\r\n  <b>Second</b> & “third” {brackets} %(x)s {{ y }}\ttab"
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details=typed)
    kept = answers(whole)["conference"]["details"]["conference-run"]
    assert kept == typed.replace("\r\n", "\n")
    whole.get("/en/letter-1/details-1")
    assert whole.page.form.fields["details"].held == [kept]
    for address in ("/en/check", "/en/letter-1/read"):
        page = whole.get(address)
        assert "<b>Second</b> & “third” {brackets} %(x)s {{ y }}" in page.text
    assert (
        "<b>Second</b> & “third” {brackets} %(x)s {{ y }}"
        in whole.download("/en/letter-1/en/standard.txt").decode()
    )


def test_nul_and_other_control_characters_are_left_out(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details="Before\x00 and\x07 after\x1b[31m\u0085next")
    assert answers(whole)["conference"]["details"]["conference-run"] == "Before and after[31m\nnext"
    whole.get("/en/children")
    page = whole.submit(422, day_0="2\x00x", names_0="Kai\x00 Hartley")
    assert "\x00" not in page.html
    assert page.form.fields["names-0"].held == ["Kai Hartley"]


def test_fifty_thousand_characters_are_too_many_and_none_is_lost(whole: Visitor) -> None:
    words = "Zebra " * 8334
    kept = answers(whole)
    whole.get("/en/letter-1/details-1")
    page = whole.submit(422, details=words)
    says(page, "details", f"This is too long by {len(words) - 10_000} characters. 10000 fit. Make it shorter")
    assert page.form.fields["details"].held == [words]
    assert answers(whole) == kept


def test_as_many_characters_as_fit_are_taken(whole: Visitor) -> None:
    words = ("Zebra " * 1667)[:9_999] + "."
    whole.get("/en/letter-1/details-1?from=check")
    whole.submit(details=words)
    assert answers(whole)["conference"]["details"]["conference-run"] == words
    assert whole.download("/en/letter-1/en/standard.pdf").startswith(b"%PDF")


@pytest.mark.parametrize("typed", ["leanne", "leanne@home", "a b@example.org", "@example.org"])
def test_an_email_address_that_is_none_is_refused(whole: Visitor, typed: str) -> None:
    whole.get("/en/contact")
    page = whole.submit(422, you__email=typed)
    says(page, "you.email", "Write the email address like name@example.org")
    assert page.form.fields["you.email"].held == [typed]


def test_a_line_that_is_too_long_is_refused(whole: Visitor) -> None:
    whole.get("/en/name")
    page = whole.submit(422, you__name="L" * 201)
    says(page, "you.name", "This is too long by 1 characters. 200 fit. Make it shorter")


# Dates


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (("31", "2", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("0", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("ten", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("-1", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("٣", "1", "2026"), "This date does not exist. Write it like 28 10 2026"),
        (("1", "1", "99999"), "This date does not exist. Write it like 28 10 2026"),
        (("29", "2", "2025"), "This date does not exist. Write it like 28 10 2026"),
        (("24", "11", "2026"), "The date must be today or earlier"),
        (("1", "1", "2027"), "The date must be today or earlier"),
        (("1", "10", "26"), "Write the year with four figures, like 2026"),
        (("1", "", "2026"), "Write the day, month and year, or tick a box"),
        (("", "", ""), "Write the day, month and year, or tick a box"),
    ],
)
def test_a_day_that_cannot_be_says_why(whole: Visitor, day: tuple[str, str, str], message: str) -> None:
    whole.get("/en/letter-1/date-4")
    page = whole.submit(422, day=day[0], month=day[1], year=day[2])
    says(page, "day", message)
    assert tuple(page.form.fields[part].held[0] for part in ("day", "month", "year")) == day
    assert answers(whole)["conference"]["notes-received"] == "2026-11-02"


def test_today_and_a_leap_day_are_days(browse: Visitor) -> None:
    browse.walk_all({"concerns": ["worker"], "event services noticed": "2024-02-29"})
    browse.get("/en/letter-1/date-1?from=check")
    browse.submit(day="23", month="11", year="2026")
    assert answers(browse)["services"]["noticed"] == "2026-11-23"


def test_a_day_and_a_tick_cannot_both_be_right(whole: Visitor) -> None:
    whole.get("/en/letter-1/date-4")
    page = whole.submit(422, unknown="not-known")
    says(page, "day", "Give a date, or tick one box, not both")
    assert page.form.fields["unknown"].held == ["not-known"]
    assert page.form.fields["day"].held == ["2"]
    page = whole.submit(422, unknown=["not-known", "not-yet"], day="", month="", year="")
    says(page, "day", "Give a date, or tick one box, not both")


def test_a_tick_that_this_date_does_not_offer_counts_as_none(whole: Visitor) -> None:
    whole.get("/en/letter-1/date-2")
    whole.submit(422, unknown="not-yet", day="", month="", year="")
    whole.submit(422, unknown="whenever", day="", month="", year="")


def test_days_out_of_order_name_the_other_day(whole: Visitor) -> None:
    whole.get("/en/letter-1/date-4")
    page = whole.submit(422, day="19", month="10", year="2026")
    says(page, "day", "This day cannot be before this one: The conference")
    whole.get("/en/letter-1/date-2")
    page = whole.submit(422, day="3", month="11", year="2026")
    says(page, "day", "This day cannot be after this one: You got the notes")
    assert answers(whole)["conference"]["conference"] == "2026-10-20"


def test_days_out_of_order_name_the_other_day_on_the_way_there(browse: Visitor) -> None:
    browse.begin()
    browse.walk(
        DURHAM | {"concerns": ["conference-run"], "event conference conference": "2026-10-20"},
        until="/letter-1/date-4",
    )
    page = browse.submit(422, day="19", month="10", year="2026")
    says(page, "day", "This day cannot be before this one: The conference")


def test_a_birth_in_the_future_or_without_a_name_is_refused(whole: Visitor) -> None:
    whole.get("/en/children")
    page = whole.submit(422, year_0="2027")
    says(page, "day-0", "The date must be today or earlier")
    page = whole.submit(422, names_0="", year_0="2019")
    says(page, "names-0", "Write the child’s name")
    page = whole.submit(422, names_0="Kai Hartley", day_0="")
    says(page, "day-0", "Write the whole date of birth")


def test_a_second_child_can_be_added_and_taken_away(whole: Visitor) -> None:
    whole.get("/en/children?from=check")
    whole.submit(add="yes")
    assert whole.page.form.fields["names-1"].held == [""]
    whole.submit(names_1="Bo Hartley")
    assert whole.path == "/en/check"
    assert [child["names"] for child in answers(whole)["children"]] == ["Kai Hartley", "Bo Hartley"]
    whole.get("/en/children?from=check")
    whole.submit(names_0="", day_0="", month_0="", year_0="")
    assert answers(whole)["children"] == [{"names": "Bo Hartley", "born": ""}]


def test_there_is_an_end_to_the_children(whole: Visitor) -> None:
    whole.get("/en/children")
    for number in range(1, 12):
        whole.submit(add="yes")
        whole.page.form.fields[f"names-{number}"].held[:] = [f"Child {number}"]
    assert not any(each.get("name") == "add" for each in whole.page.all("button"))


# The council finder without a script


@pytest.mark.parametrize(
    ("typed", "found", "said"),
    [
        ("Durham", ["Durham County Council"], "1 council matches “Durham”"),
        ("co durham", [], "No council matches “co durham”. Try the first letters of its name."),
        ("q<b>x", [], "No council matches “q<b>x”. Try the first letters of its name."),
        ("s", [], "More than 20 councils match. Type more letters."),
        ("", [], "No council matches “”. Try the first letters of its name."),
    ],
)
def test_typing_and_find_shows_the_councils_of_that_name(
    browse: Visitor, typed: str, found: list[str], said: str
) -> None:
    browse.begin()
    browse.walk({}, until="/authority")
    page = browse.submit(find="yes", find_council=typed)
    assert browse.path == "/en/authority"
    assert shown(page) == [*found, "I am not sure"]
    assert said in page.text or not typed
    assert page.form.fields["find-council"].held == [typed]


def shown(page: Page) -> list[str]:
    """The councils that can be seen."""
    rows = [each for each in page.all("div", "govuk-radios__item") if each.get("hidden") is None]
    return [page.label_of(next(row.iter("input"))) for row in rows]


def test_a_council_is_found_by_its_welsh_name_and_only_in_its_nation(browse: Visitor) -> None:
    browse.begin()
    browse.walk({"nation": "wales"}, until="/authority")
    assert shown(browse.submit(find="yes", find_council="sir gaer")) == [
        "Carmarthenshire County Council",
        "I am not sure",
    ]
    assert shown(browse.submit(find="yes", find_council="ynys mon"))[1:] == ["I am not sure"]
    assert shown(browse.submit(find="yes", find_council="Durham")) == ["I am not sure"]
    assert "E06000047" not in browse.page.html
    browse.submit(authority="W06000010")
    assert answers(browse)["authority"] == "W06000010"


def test_the_chosen_council_stays_in_sight_whatever_is_looked_for(whole: Visitor) -> None:
    whole.get("/en/authority")
    assert shown(whole.page) == ["Durham County Council", "I am not sure"]
    assert shown(whole.submit(find="yes", find_council="Norfolk")) == [
        "Durham County Council",
        "Norfolk County Council",
        "I am not sure",
    ]


# Forms that are not ours


def typed_page(browse: Visitor, response: TestResponse, status: int = 400) -> Page:
    """The page of a refusal, which shows what was typed."""
    page = browse._see(response, browse.address, status)
    assert WORDS in page.text
    return page


@pytest.mark.parametrize("token", [None, "", "forged", "a.b.c"])
def test_a_form_without_its_secret_is_refused_and_its_words_are_shown(
    whole: Visitor, token: str | None
) -> None:
    kept = answers(whole)
    whole.get("/en/letter-1/details-1")
    form = whole.page.form.filled(details=WORDS) | {"csrf_token": [] if token is None else [token]}
    page = typed_page(whole, whole.send("/en/letter-1/details-1", form))
    assert page.h1 == "This page was open too long"
    assert answers(whole) == kept


def test_a_form_of_another_website_is_refused(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    form = whole.page.form.filled(details=WORDS)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        typed_page(whole, whole.send("/en/letter-1/details-1", form, headers=headers))


def test_a_refusal_in_welsh_is_in_welsh(browse: Visitor) -> None:
    browse.get("/cy/nation")
    page = browse.post("/cy/nation", {"nation": ["wales"]}, status=400)
    assert page.root.get("lang") == "cy"


def test_a_lost_cookie_loses_no_words(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    form = whole.page.form.filled(details=WORDS)
    whole.client.delete_cookie("heard")
    page = typed_page(whole, whole.send("/en/letter-1/details-1", form), 409)
    assert page.h1 == "This question is no longer asked"
    whole.client.delete_cookie("heard-form")
    typed_page(whole, whole.send("/en/letter-1/details-1", form))
    whole.get("/en/plan")
    assert whole.path == "/en/nation"


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "é" * 43, "../../secret", "' OR 1=1 --"])
def test_a_forged_cookie_opens_nothing_and_breaks_nothing(
    whole: Visitor, visitor: Callable[[], Visitor], token: str
) -> None:
    other = visitor()
    other.client.set_cookie("heard", token)
    other.get("/en/check")
    assert other.path == "/en/nation"
    other.answer({})
    assert other.path == "/en/authority"
    assert other.token() not in (token, whole.token())
    assert answers(whole)["authority"] == "E06000047"


def test_a_body_that_is_too_large_gets_a_page(whole: Visitor) -> None:
    whole.get("/en/letter-1/details-1")
    page = whole.post("/en/letter-1/details-1", whole.page.form.filled(details="x" * 3_000_000), 413)
    assert page.h1 == "That is too much at once"


def test_a_form_of_very_many_fields_gets_a_page(whole: Visitor) -> None:
    form = whole.get("/en/name").form.filled() | {f"extra-{number}": ["x"] for number in range(5000)}
    assert whole.send("/en/name", form).status_code in (302, 413)


@pytest.mark.parametrize("body", [b"\xff\xfe=%00&%zz", b"{}", b"--x\r\nno end"])
def test_a_body_that_is_no_form_gets_a_page(whole: Visitor, body: bytes) -> None:
    kept = answers(whole)
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
        response = whole.client.post("/en/name", data=body, content_type=kind)
        whole._see(response, "/en/name", 400)
    assert answers(whole) == kept


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example"])
def test_another_name_of_the_site_is_refused(browse: Visitor, host: str) -> None:
    response = browse.client.get("/en/", headers={"Host": host})
    assert response.status_code == 400
    assert host not in response.text


# Faults


@pytest.fixture
def full_disk(site: Flask) -> Iterator[None]:
    """A store that cannot write, as on a full disk."""

    def update(self: Store, *_: object) -> None:
        raise StoreUnavailable(self.path, OSError(errno.ENOSPC, "No space left on device"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "update", update)
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

        def update(self: Store, *_: object) -> None:
            raise StoreUnavailable(self.path, OSError(errno.ENOSPC, "No space left on device"))

        patch.setattr(Store, "update", update)
        typed_page(whole, whole.send("/en/letter-1/details-1", form), 503)
    assert answers(whole) == kept
    whole.post("/en/letter-1/details-1", form)
    assert WORDS in json.dumps(answers(whole))


@pytest.mark.parametrize("method", ["read", "touch", "update"])
def test_a_store_that_is_gone_gets_a_page_everywhere(whole: Visitor, method: str) -> None:
    form = whole.get("/en/name").form.filled()
    with pytest.MonkeyPatch.context() as patch:

        def broken(self: Store, *_: object) -> None:
            raise StoreUnavailable(self.path, OSError(errno.EIO, "Input/output error"))

        patch.setattr(Store, method, broken)
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
