"""Parents at a real browser: walks to the PDF, accessibility, the keyboard, and life without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from answering_pages import CARMARTHENSHIRE, DURHAM, TWO_LETTERS
from browser import ELSEWHERE, NARROW, WIDE, Parent, axe_faults, expect, sideways
from playwright.sync_api import Browser
from test_files import words_of_pdf

pytestmark = pytest.mark.browser
LATE = DURHAM | {
    "concerns": ["conference-run"],
    "event conference conference": "2026-08-04",
    "event conference notes-received": "2026-09-01",
}


@pytest.fixture
def parent(chromium: Browser, address: str) -> Iterator[Callable[..., Parent]]:
    """Makes a parent with a browser window of their own; the browser must have nothing to complain of."""
    made = []

    def make(**settings: Any) -> Parent:
        context = chromium.new_context(**{"viewport": WIDE, **settings})
        made.append(Parent(context.new_page(), address))
        return made[-1]

    yield make
    for each in made:
        each.tab.context.close()
    assert [fault for each in made for fault in each.faults] == []


def left(one: Parent) -> None:
    """Asserts that somebody who left is forgotten. (Where they went cannot be reached from a test.)"""
    assert "heard" not in {cookie["name"] for cookie in one.tab.context.cookies()}
    for _ in range(150):  # to wait for an address fails when its page does
        if re.search("chrome-error|weather", one.tab.url):
            break
        one.tab.wait_for_timeout(100)
    one.faults[:] = [fault for fault in one.faults if fault != f"it calls {ELSEWHERE}"]
    one.go("/en/plan")
    assert one.path == "/en/nation"


# The four walks


def test_a_durham_parent_walks_to_two_letters_as_pdf(parent: Callable[..., Parent]) -> None:
    one = parent()
    one.begin()
    one.walk(TWO_LETTERS)
    expect(one.tab.locator("h1")).to_have_text("Check what you told us")
    one.tab.get_by_role("button", name="Make my letters").click()
    expect(one.tab.locator(".heard-card")).to_have_count(2)
    card = one.tab.locator(".heard-card").first
    expect(card).to_contain_text("Send it by")
    expect(card).to_contain_text("7 days left")
    name, content = one.download(card.get_by_role("link", name=re.compile("^PDF Opens")).first)
    assert name == "letter-1.pdf"
    said = words_of_pdf(content)
    for words in (
        "The chair of the conference",
        "Marmalade: I had the report ten minutes before.",
        "Pangolin: 12 days are wrong.",
        "Leanne Hartley",
        "14 Larkspur Close",
        "Kai Hartley",
        "Monday 23 November 2026",
    ):
        assert words in said, words
    name, content = one.download(
        one.tab.locator(".heard-card").last.get_by_role("link", name=re.compile("^Large print PDF Opens"))
    )
    assert name == "letter-2-large-print.pdf"
    assert "Wombat: she did not come." in words_of_pdf(content)
    name, _ = one.download(one.tab.get_by_role("link", name="Add the dates to my calendar"))
    assert name == "dates.ics"
    one.tab.get_by_role("button", name="Finish and clear everything").click()
    expect(one.tab.locator("h1")).to_have_text("Everything is cleared")
    one.go("/en/plan")
    assert one.path == "/en/nation"


@pytest.mark.verify
def test_a_carmarthenshire_parent_walks_in_welsh_to_the_welsh_letter(parent: Callable[..., Parent]) -> None:
    one = parent(viewport=NARROW, locale="cy-GB")
    one.begin("cy")
    one.walk(
        CARMARTHENSHIRE
        | {
            "concerns": ["conference-run"],
            "event conference conference": "2026-11-04",
            "event conference notes-sent": "2026-11-16",
        }
    )
    one.go("/cy/plan")
    assert one.tab.locator("html").get_attribute("lang") == "cy"
    name, content = one.download(one.tab.locator(".heard-files__link").first)
    assert name == "letter-1.pdf"
    said = words_of_pdf(content)
    assert "23 Tachwedd 2026" in said
    assert "On 4 March Zebedee happened." in said
    assert not re.search(r"\b(Dear|November|complaint|Yours)\b", said)


@pytest.mark.verify
def test_a_late_parent_gives_the_reason(parent: Callable[..., Parent]) -> None:
    one = parent()
    one.begin()
    one.walk(LATE, until="/reason")
    expect(one.tab.locator("h1")).to_have_text("Your letter is late. What is the reason?")
    one.walk(LATE)
    one.go("/en/plan")
    expect(one.tab.locator(".heard-date--late")).to_contain_text("The last day was")
    _, content = one.download(one.tab.get_by_role("link", name=re.compile("^PDF Opens")).first)
    assert "Numbat nobody told me how." in words_of_pdf(content)


@pytest.mark.verify
def test_a_parent_brings_the_file_back_for_stage_2(parent: Callable[..., Parent], tmp_path: Path) -> None:
    first = parent()
    first.begin()
    first.walk(TWO_LETTERS)
    first.go("/en/plan")
    first.tab.get_by_role("link", name="Save and come back later").click()
    name, content = first.download(first.tab.get_by_role("button", name="Save the file"))
    assert name == "saved-answers.json"
    assert json.loads(content)["case"] == 1
    file = tmp_path / name
    file.write_bytes(content)

    later = parent()
    later.go("/en/")
    later.tab.get_by_role("link", name="Come back to a saved case").click()
    later.tab.locator("#file").set_input_files(file)
    later.tab.get_by_role("button", name="Open it").click()
    expect(later.tab.locator("h1")).to_have_text("Welcome back. What has happened since?")
    later.tab.get_by_role("link", name=re.compile("^Letter 1")).click()
    later.answer({"reached": "stage-1-replied"})
    later.walk(
        {
            "event conference complaint-sent": "2026-11-05",
            "event conference met": "2026-11-12",
            "event conference stage-1-reply": "2026-11-20",
        }
    )
    later.go("/en/plan")
    _, content = later.download(later.tab.get_by_role("link", name=re.compile("^PDF Opens")).first)
    said = words_of_pdf(content)
    for words in (
        "stage 2",
        "Quokka point one is not settled.",
        "Marmalade",
        "Leanne Hartley",
        "Kai Hartley",
    ):
        assert words in said, words


# Accessibility


@pytest.mark.parametrize(
    "size", [pytest.param(NARROW, id="narrow"), pytest.param(WIDE, id="wide", marks=pytest.mark.verify)]
)
def test_every_page_of_a_walk_and_every_other_page_passes_axe(
    parent: Callable[..., Parent], size: dict[str, int]
) -> None:
    one = parent(viewport=size)
    found: list[str] = []

    def look(at: Parent) -> None:
        found.extend(axe_faults(at.tab))

    for address in (
        "/en/",
        "/en/privacy",
        "/en/accessibility",
        "/en/dates",
        "/en/come-back",
        "/en/nowhere/read",
    ):
        one.go(address)
        look(one)
    one.begin()
    one.walk(
        TWO_LETTERS
        | {
            "helper": "complained-about",
            "legal": ["in-court"],
            "event conference notes-received": "2026-10-30",
            "event services noticed": "2025-09-01",
        },
        look=look,
    )
    for address in ("/en/plan", "/en/letter-1/read", "/en/save", "/en/welcome-back", "/cy/plan", "/en/rules"):
        one.go(address)
        look(one)
    for address in ("/en/legal", "/en/letter-1/date-4", "/en/letter-1/details-1", "/en/children"):
        one.go(address)
        one.tab.locator('input[type="checkbox"], input[type="radio"]').evaluate_all(
            "all => all.forEach(e => e.checked = false)"
        )
        for box in one.tab.locator('main input[type="text"], main textarea').all():
            box.fill("")
        one.go_on()
        assert one.page.errors, address
        look(one)
    one.tab.locator("details.heard-languages summary").click()
    look(one)
    one.go("/en/finished")
    look(one)
    one.faults[:] = [fault for fault in one.faults if "404" not in fault and "422" not in fault]
    assert found == []


@pytest.mark.verify
def test_no_page_scrolls_sideways_on_the_smallest_phone(parent: Callable[..., Parent]) -> None:
    one = parent(viewport={"width": 320, "height": 256})
    found: list[str] = []
    one.begin()
    one.walk(TWO_LETTERS, look=lambda at: found.extend(sideways(at.tab)))
    for address in (
        "plan",
        "letter-1/read",
        "save",
        "come-back",
        "rules",
        "dates",
        "privacy",
        "accessibility",
        "",
    ):
        one.go(f"/en/{address}")
        found.extend(sideways(one.tab))
    one.go("/en/text-size/175/plan")
    found.extend(sideways(one.tab))
    assert found == []


# The keyboard


def test_the_error_summary_takes_the_focus_and_leads_to_the_box(parent: Callable[..., Parent]) -> None:
    one = parent()
    one.begin()
    tab = one.tab
    one.go_on()
    expect(tab.locator(".govuk-error-summary")).to_be_focused()
    assert tab.title() == "Error: Question - Heard"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("#nation")).to_be_focused()
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/en/authority")
    one.go_on()
    tab.get_by_role("link", name="Choose your council, or “I am not sure”").click()
    expect(tab.locator("#find-council")).to_be_focused()
    one.walk(TWO_LETTERS, until="/letter-1/date-4")
    one.go_on()
    tab.get_by_role("link", name="Write the day, month and year, or tick a box").click()
    expect(tab.locator("#day")).to_be_focused()
    one.faults[:] = [fault for fault in one.faults if "422" not in fault]


def test_a_whole_page_works_by_keyboard_alone(parent: Callable[..., Parent]) -> None:
    one = parent()
    one.go("/en/nation")
    tab = one.tab
    tab.keyboard.press("Tab")
    expect(tab.locator(".govuk-skip-link")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#main-content")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowDown")
    assert tab.locator('[name="nation"]:checked').input_value() == "wales"
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/en/authority\b"))


def test_escape_three_times_leaves_and_clears(parent: Callable[..., Parent]) -> None:
    one = parent()
    one.begin()
    one.walk({}, until="/legal")
    with one.tab.expect_request(ELSEWHERE):
        for _ in range(3):
            one.tab.keyboard.press("Escape")
    left(one)


def test_the_warning_keeps_the_answers_of_who_carries_on_and_clears_those_of_who_does_not(
    parent: Callable[..., Parent],
) -> None:
    one = parent()
    one.tab.clock.install()
    one.begin()
    one.walk({}, until="/legal")
    dialog = one.tab.locator("dialog.heard-timeout")
    expect(dialog).to_be_hidden()
    one.tab.clock.run_for(56 * 60 * 1000)
    expect(dialog).to_be_visible()
    expect(one.tab.get_by_role("button", name="Yes, carry on")).to_be_focused()
    assert [fault.split(": ", 1)[1] for fault in axe_faults(one.tab)] == []
    with one.tab.expect_response("**/keep-on") as kept:
        one.tab.get_by_role("button", name="Yes, carry on").click()
    assert kept.value.status == 204
    expect(dialog).to_be_hidden()
    assert one.path == "/en/legal"
    one.tab.clock.run_for(54 * 60 * 1000)
    expect(dialog).to_be_hidden()
    one.tab.clock.run_for(7 * 60 * 1000)
    one.tab.wait_for_url("**/en/cleared")
    one.go("/en/legal")
    assert one.path == "/en/nation"


# The council finder


@pytest.mark.parametrize("script", [True, False], ids=["with-a-script", "without-one"])
def test_a_council_is_found_by_typing(parent: Callable[..., Parent], script: bool) -> None:
    one = parent(java_script_enabled=script)
    one.begin()
    one.walk({}, until="/authority")
    shown = one.tab.locator(".govuk-radios__item:visible label")
    expect(shown).to_have_text(["I am not sure"])
    one.find("Durham")
    expect(shown).to_have_text(["Durham County Council", "I am not sure"])
    expect(one.tab.get_by_role("status").first).to_have_text("1 council matches “Durham”")
    one.find("zzz")
    expect(shown).to_have_text(["I am not sure"])
    expect(one.tab.get_by_role("status").first).to_contain_text("No council matches “zzz”.")
    one.find("e")
    expect(one.tab.get_by_role("status").first).to_contain_text("More than 20")
    one.find("durh")
    one.tab.get_by_label("Durham County Council").check()
    one.go_on()
    assert one.path == "/en/role"


@pytest.mark.parametrize(
    ("nation", "typed", "council"),
    [
        pytest.param("wales", "SIR BENFRO", "Pembrokeshire County Council", marks=pytest.mark.verify),
        ("wales", "ynys mon", "Isle of Anglesey County Council"),
        pytest.param("england", "kingston-upon hull", "Hull City Council", marks=pytest.mark.verify),
        pytest.param("england", "saint h", "St Helens Council", marks=pytest.mark.verify),
        pytest.param("england", "elens", "", marks=pytest.mark.verify),
    ],
)
def test_the_script_and_the_server_find_the_same(
    parent: Callable[..., Parent], nation: str, typed: str, council: str
) -> None:
    found = []
    for script in (True, False):
        one = parent(java_script_enabled=script)
        one.begin()
        one.walk({"nation": nation}, until="/authority")
        one.find(typed)
        expect(one.tab.get_by_role("status").first).to_contain_text(typed)
        found.append(one.tab.locator(".govuk-radios__item:visible label").all_inner_texts())
    assert found == [[*([council] if council else []), "I am not sure"]] * 2


# Without JavaScript


def test_a_whole_walk_works_without_a_script(parent: Callable[..., Parent]) -> None:
    one = parent(java_script_enabled=False, viewport=NARROW)
    one.begin()
    one.walk(TWO_LETTERS)
    one.tab.get_by_role("button", name="Make my letters").click()
    expect(one.tab.locator(".heard-card")).to_have_count(2)
    one.tab.get_by_text("Braille, audio, other files and languages").first.click()
    name, _ = one.download(one.tab.get_by_role("link", name="Plain text").first)
    assert name == "letter-1.txt"
    with one.tab.expect_request(ELSEWHERE):
        one.tab.get_by_role("link", name="Leave now").click(no_wait_after=True)
    left(one)
