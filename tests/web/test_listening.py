"""The listen button, in a browser whose voices are made up: who may speak, what is read, when it stops."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from answering_pages import TWO_LETTERS
from browser import NARROW, WIDE, Parent, axe_faults, expect, sideways
from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

ENGLISH = {"name": "Here", "lang": "en-GB", "localService": True}
AMERICAN = {"name": "There", "lang": "en-US", "localService": True}
ANDROID = {"name": "Phone", "lang": "en_GB", "localService": True}
REMOTE = {"name": "Cloud", "lang": "en-GB", "localService": False}
WELSH = {"name": "Yma", "lang": "cy-GB", "localService": True}

# A device that keeps what it was told to say. It says it at once, or never comes to an end of it.
DEVICE = """
(([voices, ends]) => {
  let later = []
  const device = Object.assign(new EventTarget(), {
    said: [], cancelled: 0, voices,
    getVoices: () => device.voices,
    speak (utterance) {
      device.said.push({ text: utterance.text, voice: utterance.voice.name, lang: utterance.lang })
      later.push(utterance)
      if (ends) setTimeout(() => { if (later.includes(utterance)) utterance.onend() })
    },
    cancel () {
      device.cancelled += 1
      sessionStorage.setItem('cancelled', device.cancelled)
      later.splice(0).forEach((utterance) => utterance.onerror({ error: 'canceled' }))
    }
  })
  Object.defineProperty(window, 'speechSynthesis', { value: device })
  window.SpeechSynthesisUtterance = class { constructor (text) { this.text = text } }
})(%s)
"""


@pytest.fixture
def listener(chromium: Browser, address: str) -> Iterator[Callable[..., Parent]]:
    """Makes a parent whose device has these voices; the browser must have nothing to complain of."""
    made = []

    def make(*voices: dict[str, Any], ends: bool = True, **settings: Any) -> Parent:
        context = chromium.new_context(**{"viewport": WIDE, **settings})
        context.add_init_script(DEVICE % json.dumps([voices, ends]))
        made.append(Parent(context.new_page(), address))
        return made[-1]

    yield make
    for each in made:
        each.tab.context.close()
    assert [fault for each in made for fault in each.faults if "422" not in fault] == []


def button(one: Parent) -> Locator:
    return one.tab.locator(".heard-listen")


def said(one: Parent) -> list[dict[str, str]]:
    found: list[dict[str, str]] = one.tab.evaluate("speechSynthesis.said")
    return found


def heard(one: Parent) -> str:
    """Presses the button, waits until the page was read, and gives all that was said, a sentence a line."""
    one.tab.evaluate("speechSynthesis.said = []")
    button(one).click()
    one.tab.wait_for_function("speechSynthesis.said.length > 0")
    expect(button(one)).to_have_text("Listen")
    return "\n".join(sentence["text"] for sentence in said(one))


# Who may speak


@pytest.mark.parametrize(
    ("voices", "page", "shown"),
    [
        ([ENGLISH], "/en/", True),
        ([REMOTE, ANDROID], "/en/", True),
        ([AMERICAN], "/en/", True),
        ([REMOTE], "/en/", False),
        ([], "/en/", False),
        ([WELSH], "/en/", False),
        ([ENGLISH, REMOTE], "/cy/", False),
        ([WELSH], "/cy/", True),
    ],
    ids=["own", "phone", "american", "remote", "none", "other", "other-cy", "own-cy"],
)
def test_it_is_there_only_with_a_voice_of_this_device_and_language(
    listener: Callable[..., Parent], voices: list[dict[str, Any]], page: str, shown: bool
) -> None:
    one = listener(*voices)
    one.go(page)
    one.tab.wait_for_function("document.readyState === 'complete'")
    assert button(one).is_visible() is shown
    assert (
        one.tab.get_by_role("main").get_by_role("button", name=re.compile("^Listen|^Gwrand")).count() == shown
    )


def test_it_is_never_there_without_a_script_or_without_speech(
    listener: Callable[..., Parent], chromium: Browser, address: str
) -> None:
    one = listener(ENGLISH, java_script_enabled=False)
    one.go("/en/nation")
    expect(button(one)).to_be_hidden()
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    other = Parent(context.new_page(), address)
    other.go("/en/nation")
    expect(button(other)).to_be_hidden()
    assert other.faults == []
    context.close()


def test_it_appears_when_the_device_finds_its_voices(listener: Callable[..., Parent]) -> None:
    one = listener()
    one.go("/en/nation")
    expect(button(one)).to_be_hidden()
    for voices, shown in (([REMOTE], False), ([REMOTE, ENGLISH], True), ([], False)):
        one.tab.evaluate(
            "voices => { speechSynthesis.voices = voices; "
            "speechSynthesis.dispatchEvent(new Event('voiceschanged')) }",
            voices,
        )
        expect(button(one)).to_be_visible(visible=shown)


def test_a_voice_from_elsewhere_never_gets_a_word(listener: Callable[..., Parent]) -> None:
    one = listener(REMOTE, AMERICAN, ENGLISH)
    one.go("/en/privacy")
    heard(one)
    assert {sentence["voice"] for sentence in said(one)} == {"Here"}
    assert {sentence["lang"] for sentence in said(one)} == {"en-GB"}


def test_other_languages_on_a_page_get_their_own_voice_or_none(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH, WELSH)
    one.go("/en/")
    heard(one)
    assert {sentence["text"]: sentence["voice"] for sentence in said(one)}["Cymraeg"] == "Yma"
    other = listener(ENGLISH)
    other.go("/en/")
    words = heard(other)
    assert "Cymraeg" not in words
    assert "Every date, and why" in words


# What is read


def test_a_question_is_read_with_its_hints_and_answers_and_nothing_round_it(
    listener: Callable[..., Parent],
) -> None:
    one = listener(ENGLISH)
    one.begin()
    one.walk({}, until="/role")
    words = heard(one)
    page = one.page
    for part in (page.h1, *one.tab.locator(".govuk-radios__label").all_inner_texts()):
        assert part.strip() in words
    for hint in one.tab.locator("main .govuk-hint").all_inner_texts():
        assert hint.split(". ")[0] in words
    for part in ("Continue", "Back", "Leave now", "Listen", "Stop", "Stuck", "Privacy", "Cymraeg"):
        assert part not in words
    lines = words.split("\n")
    assert len(lines) == len(set(lines)), "nothing is said twice"
    assert all(0 < len(line) <= 180 for line in lines)


def test_errors_are_read(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH)
    one.begin()
    one.go_on()
    words = heard(one)
    assert words.index("There is a problem") < words.index(one.page.h1)
    assert words.count(one.tab.locator(".govuk-error-summary__list").inner_text().strip()) == 2


def test_what_is_folded_away_is_read_once_it_is_opened(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH)
    one.begin()
    one.walk({}, until="/legal")
    details = one.tab.locator("main details").first
    inside = details.locator("p").first.text_content() or ""
    assert inside[:30] not in heard(one)
    details.locator("summary").click()
    assert inside[:30] in heard(one)


@pytest.mark.verify
def test_what_was_typed_is_not_read_until_it_is_the_page(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH)
    one.begin()
    one.walk(TWO_LETTERS)
    typed = ("Marmalade", "ten minutes before")
    words = heard(one)
    assert all(part in words for part in typed), "the page of the answers is asked to be read"
    assert "Change" not in words
    one.go("/en/letter-1/details-1")
    expect(one.tab.locator("textarea")).to_have_value(re.compile("Marmalade"))
    one.tab.locator("textarea").fill("Marmalade, and a secret: ten minutes before.")
    words = heard(one)
    assert not any(part in words for part in (*typed, "secret"))
    assert one.page.h1 in words
    one.go("/en/you")
    for box in one.tab.locator("main input[type=text], main textarea").all():
        box.fill("Quagga")
    assert "Quagga" not in heard(one)
    one.go("/en/letter-1/read")
    assert "Marmalade" in heard(one)
    one.go("/en/plan")
    words = heard(one)
    assert "Send it by" in words
    assert "Marmalade" not in words


def test_the_words_of_a_refused_form_are_not_read(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH)
    one.go("/en/nation")
    inserted = "<div data-unread><p>Okapi.</p></div><p>After.</p>"
    one.tab.locator("main h1").evaluate(
        "(heading, html) => heading.insertAdjacentHTML('afterend', html)", inserted
    )
    words = heard(one)
    assert "Okapi" not in words
    assert "After." in words


# Starting, stopping


def test_it_starts_and_stops_by_keyboard_and_keeps_the_focus(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH, ends=False)
    one.go("/en/nation")
    keyboard = one.tab.keyboard
    expect(button(one)).not_to_be_focused()
    for key in ("Tab", "Enter", "Tab"):  # over the link to the main content
        keyboard.press(key)
    expect(button(one)).to_be_focused()
    keyboard.press("Enter")
    expect(one.tab.get_by_role("button", name="Stop", exact=True)).to_be_focused()
    assert len(said(one)) == 1, "one sentence at a time"
    keyboard.press("Space")
    expect(one.tab.get_by_role("button", name="Listen", exact=True)).to_be_focused()
    assert one.tab.evaluate("speechSynthesis.cancelled") == 1
    assert len(said(one)) == 1, "nothing after Stop"
    keyboard.press("Enter")
    assert len(said(one)) == 2, "and again from the beginning"
    assert said(one)[0] == said(one)[1]


def silent(one: Parent) -> bool:
    return bool(one.tab.evaluate("+sessionStorage.getItem('cancelled')"))


def test_it_falls_silent_when_the_parent_goes_on(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH, ends=False)
    one.go("/en/privacy")
    button(one).click()
    assert not silent(one)
    one.tab.get_by_role("link", name="Accessibility").click()
    one.tab.wait_for_url("**/accessibility")
    assert silent(one)
    assert said(one) == []


def test_it_falls_silent_when_the_parent_turns_away(listener: Callable[..., Parent]) -> None:
    one = listener(ENGLISH, ends=False)
    one.go("/en/privacy")
    button(one).click()
    one.tab.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true }); "
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    assert silent(one)
    expect(button(one)).to_have_text("Listen")


@pytest.mark.parametrize(
    "leave",
    [
        "document.querySelector('.heard-exit').click()",
        "[1, 2, 3].forEach(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })))",
    ],
    ids=["pressed", "escape"],
)
def test_it_falls_silent_with_the_page_on_leave_now(listener: Callable[..., Parent], leave: str) -> None:
    one = listener(ENGLISH, ends=False)
    one.go("/en/privacy")
    button(one).click()
    # Asked in the same breath: the next page is long in coming.
    with one.tab.expect_event("requestfailed"):
        cancelled, hidden, text = one.tab.evaluate(
            f"() => {{ {leave}; return [speechSynthesis.cancelled, "
            "document.documentElement.classList.contains('heard-left'), "
            "document.querySelector('.heard-listen').textContent] }"
        )
    assert (cancelled, hidden, text.strip()) == (1, True, "Listen")
    one.faults[:] = [fault for fault in one.faults if not fault.startswith("it calls https://www.bbc.co.uk")]


# How it looks


@pytest.mark.parametrize("page", ["/en/", "/en/nation", "/en/privacy", "/cy/nation"])
def test_it_can_be_hit_and_harms_no_page(listener: Callable[..., Parent], page: str) -> None:
    one = listener(ENGLISH, WELSH)
    one.go(page)
    for size in ({"width": 320, "height": 640}, NARROW, WIDE):
        one.tab.set_viewport_size(size)  # type: ignore[arg-type]
        box = button(one).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert axe_faults(one.tab) == []
        assert sideways(one.tab) == []
        back = one.tab.locator(".govuk-back-link")
        if back.count() and (edge := back.bounding_box()):
            assert edge["x"] + edge["width"] < box["x"], "it lies over the Back link"
