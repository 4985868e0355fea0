"""The kiosk’s screen and the time-out at home in a real browser: warned in time, seen, spoken, extendable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from answering_pages import TWO_LETTERS
from browser import NARROW, WIDE, Parent, axe_faults, expect, sideways
from flask import Flask
from handing import later
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
TABLET = {"width": 768, "height": 1024}
SMALLEST = 56
WORDS = "Ocelot: I wrote all of this by hand"
# What is pressed or ticked; a link inside a sentence may be as low as its line.
LOW = """() => [...document.querySelectorAll('button, summary, a, select, input, textarea')].filter(e => {
  if (!e.getClientRects().length || e.closest('.govuk-visually-hidden') || e.type === 'hidden') return false
  const alone = '.heard-tiles__link, .heard-files__link, .heard-languages__link, .heard-sizes__link'
  const inside = e.matches('a') && e.closest('p, li:not(.heard-footer li)')
  if (e.matches('.govuk-skip-link') || inside && !e.matches(alone)) return false
  return e.getBoundingClientRect().height < 55.9
}).map(e => `${e.outerHTML.slice(0, 90)} ${e.getBoundingClientRect().height}`)"""
# What has the focus and lies under the bar.
COVERED = """() => [...document.querySelectorAll('main :is(a, button, input, textarea, summary)')]
  .filter(e => e.getClientRects().length && !e.closest('details:not([open]) > :not(summary)')).filter(e => {
    e.focus()
    const box = e.getBoundingClientRect(), bar = document.querySelector('.heard-bar').getBoundingClientRect()
    return box.top >= bar.top - 1
  }).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture
def parent(chromium: Browser, address: str) -> Iterator[Callable[..., Parent]]:
    """Makes a parent with a browser window of their own; the browser must have nothing to complain of."""
    made = []

    def make(**settings: Any) -> Parent:
        context = chromium.new_context(**{"viewport": TABLET, **settings})
        made.append(Parent(context.new_page(), address))
        return made[-1]

    yield make
    for each in made:
        each.tab.context.close()
    assert [
        fault for each in made for fault in each.faults if "410" not in fault and "409" not in fault
    ] == []


def started(one: Parent) -> Parent:
    one.go("/en/kiosk/start")
    one.tab.locator(".heard-start-button").click()
    return one


@pytest.mark.verify
def test_targets_are_large_and_nothing_is_covered_or_cut_off(parent: Callable[..., Parent]) -> None:
    one = started(parent())
    found: list[str] = []

    def look(at: Parent) -> None:
        for size in (NARROW, TABLET):
            at.tab.set_viewport_size(size)  # type: ignore[arg-type]
            found.extend(f"{at.path}: {low}" for low in at.tab.evaluate(LOW))
            found.extend(sideways(at.tab))
        expect(at.tab.locator(".heard-bar__finish")).to_be_in_viewport()

    every_kind = ("nation", "authority", "helper", "concerns", "date-1", "details-1", "contact", "children")
    one.walk(TWO_LETTERS, look=lambda at: look(at) if at.path.endswith(every_kind) else None)
    for address in (
        "",
        "plan",
        "letter-1/read",
        "hand-over",
        "traces",
        "privacy",
        "kiosk",
        "save",
        "finished",
    ):
        one.go(f"/en/{address}")
        look(one)
        found.extend(axe_faults(one.tab))
    one.tab.set_viewport_size({"width": 320, "height": 256})
    for address in ("helper", "concerns", "letter-1/details-1", "plan"):
        one.go(f"/en/{address}")
        found.extend(f"{address}: {covered}" for covered in one.tab.evaluate(COVERED))
        found.extend(sideways(one.tab))
        expect(one.tab.locator(".heard-bar__finish")).to_be_in_viewport()
    one.faults[:] = [fault for fault in one.faults if "403" not in fault]
    assert found == []


def test_silence_is_warned_of_without_taking_the_focus_and_then_clears(parent: Callable[..., Parent]) -> None:
    one = parent()
    one.tab.clock.install()
    started(one)
    one.walk(TWO_LETTERS, until="/letter-1/details-1")
    box, still = one.tab.locator("#details"), one.tab.locator("[data-still]")
    said = one.tab.locator("[data-said]")
    box.fill(WORDS)
    one.tab.clock.run_for(119_000)
    expect(still).to_be_hidden()
    one.tab.clock.run_for(2_000)
    expect(still).to_be_visible()
    expect(still).to_be_in_viewport()
    expect(box).to_be_focused()
    expect(said).to_have_attribute("aria-live", "assertive")
    expect(said).to_have_text(
        "Are you still there? 60 seconds left. Touch the screen or press any key to carry on."
    )
    one.tab.clock.run_for(20_000)
    expect(said).to_have_text("40 seconds left.")
    assert axe_faults(one.tab) == []  # meanwhile the clock goes on by itself
    with one.tab.expect_response("**/keep-on") as told:
        one.tab.keyboard.press("x")
    assert told.value.status == 204
    one.tab.clock.run_for(1_000)
    expect(still).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value(WORDS + "x")
    one.tab.clock.run_for(121_000)
    one.tab.mouse.move(50, 50)
    one.tab.mouse.move(60, 60)
    one.tab.clock.run_for(1_000)
    expect(still).to_be_hidden()
    one.tab.clock.run_for(121_000)
    one.tab.get_by_role("button", name="Yes, carry on").click()
    one.tab.clock.run_for(1_000)
    expect(still).to_be_hidden()
    assert one.path == "/en/letter-1/details-1"
    one.tab.clock.run_for(181_000)
    one.tab.wait_for_url("**/en/cleared")
    assert {each["name"] for each in one.tab.context.cookies()} <= {"kiosk", "heard-form"}
    one.tab.clock.run_for(61_000)
    one.tab.wait_for_url("**/en/")
    expect(one.tab.locator(".heard-start-button")).to_have_text("Start")
    one.go("/en/plan")
    assert one.path == "/en/nation"


@pytest.mark.verify
def test_what_is_cleared_in_one_tab_is_gone_from_the_others(parent: Callable[..., Parent]) -> None:
    one = started(parent())
    one.walk(TWO_LETTERS, until="/role")
    other = one.tab.context.new_page()
    other.goto(f"{one.site}/en/nation")
    one.tab.get_by_role("button", name="Finish and clear everything").click()
    one.tab.wait_for_url("**/en/finished")
    other.wait_for_url("**/en/cleared")


def test_a_screen_without_a_script_is_cleared_too(parent: Callable[..., Parent], site: Flask) -> None:
    one = parent(java_script_enabled=False)
    started(one)
    one.walk(TWO_LETTERS, until="/role")
    expect(one.tab.locator("[data-still]")).to_be_hidden()
    one.tab.get_by_role("button", name="Finish and clear everything").click()
    expect(one.tab.locator("h1")).to_have_text("Everything is cleared")
    one.go("/en/role")
    assert one.path == "/en/nation"


@pytest.mark.verify
def test_in_forced_colours_the_warning_and_the_bar_are_seen(parent: Callable[..., Parent]) -> None:
    one = parent(forced_colors="active", viewport=NARROW)
    one.tab.clock.install()
    started(one)
    one.tab.clock.run_for(121_000)
    bar = one.tab.locator(".heard-bar")
    expect(one.tab.locator("[data-still]")).to_be_visible()
    assert bar.evaluate("e => getComputedStyle(e).borderTopWidth") == "2px"


# At home


def typing(one: Parent) -> None:
    """Somebody at home who has answered all, and writes on, until they are warned."""
    one.tab.clock.install()
    one.begin()
    one.walk(TWO_LETTERS, until="/letter-1/details-1")
    one.tab.locator("#details").fill(WORDS)
    one.tab.clock.run_for(56 * 60 * 1000)
    expect(one.tab.locator("dialog.heard-timeout")).to_be_visible()


@pytest.mark.parametrize("how", ["button", "escape"])
def test_who_carries_on_keeps_what_was_typed_and_the_place(parent: Callable[..., Parent], how: str) -> None:
    one = parent(viewport=WIDE)
    typing(one)
    with one.tab.expect_response("**/keep-on"):
        if how == "button":
            one.tab.get_by_role("button", name="Yes, carry on").click()
        else:
            one.tab.keyboard.press("Escape")
    expect(one.tab.locator("#details")).to_be_focused()
    expect(one.tab.locator("#details")).to_have_value(WORDS)
    one.go_on()
    assert one.path != "/en/nation"
    one.go("/en/letter-1/details-1")
    expect(one.tab.locator("#details")).to_have_value(WORDS)


@pytest.mark.verify
def test_where_the_server_has_cleared_already_what_was_typed_is_shown(
    parent: Callable[..., Parent], site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = parent(viewport=WIDE)
    typing(one)
    later(site.extensions["heard"].store, monkeypatch, 3700)
    one.tab.get_by_role("button", name="Yes, carry on").click()
    expect(one.tab.locator("h1")).to_have_text("This page was open too long")
    expect(one.tab.locator("main")).to_contain_text(WORDS)


def test_without_a_script_a_form_that_comes_too_late_shows_what_was_typed(
    parent: Callable[..., Parent], site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = parent(viewport=WIDE, java_script_enabled=False)
    one.begin()
    one.walk(TWO_LETTERS, until="/letter-1/details-1")
    # The page waits longer than the server: what somebody still writes can be sent, and is shown again.
    assert 'content="7200; url=/en/cleared"' in one.tab.content()
    one.tab.locator("#details").fill(WORDS)
    later(site.extensions["heard"].store, monkeypatch, 3700)
    one.go_on()
    expect(one.tab.locator("h1")).to_have_text("This page was open too long")
    expect(one.tab.locator("main")).to_contain_text(WORDS)
