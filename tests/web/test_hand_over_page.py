"""The page with the code: its picture, the names that a phone cannot find, and both screens in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
import segno
from browser import NARROW, WIDE, Parent, axe_faults, expect, launch, served, sideways
from flask import Flask
from flask.testing import FlaskClient
from handing import HOST, Device
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.test import TestResponse

from webapp.views.hand_over import only_here

SVG = "{http://www.w3.org/2000/svg}"


# The picture


def test_the_picture_is_the_address_as_a_qr_code_with_its_quiet_zone(kiosk: Device) -> None:
    address = kiosk.show_code()
    code = segno.make_qr(address, error="m")
    assert code.error in ("M", "Q", "H")
    (drawn,) = kiosk.page.all(SVG + "svg", "heard-code")
    size = code.symbol_size(border=4)[0]
    assert drawn.get("viewBox") == f"0 0 {size} {size}"
    assert int(drawn.get("width", "0")) >= 280
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") == "The code for the phone’s camera"
    ground, black = drawn
    assert (ground.get("fill"), ground.get("d")) == ("#fff", f"M0 0h{size}v{size}H0z")
    assert black.get("fill") == "#000"
    matrix = [[0] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", black.get("d", "")):
        for column in range(int(x), int(x) + int(length)):
            matrix[int(y)][column] = 1
    assert matrix == [list(row) for row in code.matrix_iter(border=4)]


# Names


def at(site: Flask, host: str, token: str | None) -> TestResponse:
    """The page as a browser with this key gets it under another name, over http."""
    browser = FlaskClient(site, site.response_class, use_cookies=False)
    return browser.get("/en/hand-over", base_url=f"http://{host}", headers={"Cookie": f"heard={token}"})


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:8000"])
def test_a_name_that_only_this_computer_knows_is_explained(kiosk: Device, site: Flask, host: str) -> None:
    site.config["TRUSTED_HOSTS"] += ["127.0.0.1"]
    kiosk._see(at(site, host, kiosk.token()), "/en/hand-over", 200)
    assert kiosk.page.h1 == "A phone cannot find this screen"
    assert f"The name is {host}." in kiosk.page.text
    assert "HEARD_HOSTS" in kiosk.page.text
    assert not kiosk.page.all(SVG + "svg", "heard-code")
    assert [each.action for each in kiosk.page.forms] == []


def test_only_names_that_mean_the_asker_s_own_machine_are_refused() -> None:
    for host in ("[::1]:8000", "127.8.8.8", "0.0.0.0:8000", "kiosk.localhost", "LOCALHOST"):
        assert only_here(host), host
    for host in ("heard.example", "kiosk", "10.0.0.7:8000", "[fd00::7]:8000", "localhost.example"):
        assert not only_here(host), host


def test_the_page_says_when_the_way_to_the_phone_is_open_to_others(kiosk: Device, site: Flask) -> None:
    warning = "The way to the phone is not locked here."
    assert warning not in kiosk.get("/en/hand-over").text
    assert warning in kiosk._see(at(site, HOST, kiosk.token()), "/en/hand-over", 200).text


# In a browser


@pytest.fixture(scope="module")
def address(site: Flask) -> Iterator[str]:
    """Where the site is served, under its name."""
    with served(site) as found:
        yield found.replace("127.0.0.1", HOST)


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Browser]:
    """A browser that finds the site under its name, and takes http to it for https, as on this machine."""
    names = f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = launch(playwright, names, f"--unsafely-treat-insecure-origin-as-secure={address}")
        yield browser
        browser.close()


@pytest.fixture
def devices(
    chromium: Browser, address: str, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Parent]]:
    """Makes a screen or a phone with a window of its own; the browser must have nothing to complain of."""
    monkeypatch.setitem(site.config, "TRUSTED_HOSTS", [HOST])
    made: list[Parent] = []

    def make(**settings: Any) -> Parent:
        made.append(Parent(chromium.new_context(**{"viewport": WIDE, **settings}).new_page(), address))
        return made[-1]

    yield make
    for each in made:
        each.tab.context.close()
    assert [fault for each in made for fault in each.faults if "410" not in fault] == []


def fill(one: Parent, saved_case: bytes) -> None:
    """Comes to this screen with a whole case."""
    one.go("/en/come-back")
    one.tab.locator("#file").set_input_files(
        {"name": "saved-answers.json", "mimeType": "application/json", "buffer": saved_case}
    )
    one.tab.get_by_role("button", name="Open it").click()
    expect(one.tab.locator("h1")).to_have_text("Welcome back. What has happened since?")


def show_code(one: Parent) -> str:
    """Shows a code, and gives the address that stands below it."""
    one.go("/en/hand-over")
    one.tab.get_by_role("button", name="Show the code").click()
    expect(one.tab.locator("h1")).to_have_text("Point the phone’s camera here")
    return one.tab.locator(".heard-code-address").text_content() or ""


def modules_of(one: Parent, size: int) -> list[list[int]]:
    """The picture as a camera sees it: 1 where the middle of a module is dark."""
    seen = Image.open(BytesIO(one.tab.locator(".heard-code").screenshot())).convert("L")
    step = seen.width / size
    return [
        [int(seen.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) < 128) for x in range(size)]
        for y in range(size)
    ]


@pytest.mark.browser
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"viewport": NARROW},
        {"forced_colors": "active"},
        {"color_scheme": "dark", "forced_colors": "active"},
    ],
    ids=["wide", "narrow", "forced-colours", "dark-forced-colours"],
)
def test_a_camera_sees_black_on_white_whatever_the_colours(
    devices: Callable[..., Parent], saved_case: bytes, settings: dict[str, Any]
) -> None:
    one = devices(**settings)
    fill(one, saved_case)
    code = segno.make_qr(show_code(one), error="m")
    size = code.symbol_size(border=4)[0]
    assert one.tab.locator(".heard-code").bounding_box()["width"] >= 280
    assert modules_of(one, size) == [list(row) for row in code.matrix_iter(border=4)]


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with-a-script", "without-one"])
def test_a_case_goes_from_a_screen_to_a_phone(
    devices: Callable[..., Parent], saved_case: bytes, script: bool
) -> None:
    kiosk = devices(java_script_enabled=script)
    phone = devices(java_script_enabled=script, viewport=NARROW, has_touch=True, is_mobile=True)
    fill(kiosk, saved_case)
    phone.go(show_code(kiosk).removeprefix(kiosk.site))
    expect(phone.tab.locator("h1")).to_have_text("Open it on this phone?")
    phone.tab.get_by_role("button", name="Open it on this phone").tap()
    expect(phone.tab.locator(".heard-card")).to_have_count(2)
    if not script:
        kiosk.tab.get_by_role("link", name="Look again").click()
    expect(kiosk.tab.locator("h1")).to_have_text("It was opened on a phone")
    kiosk.tab.get_by_role("button", name="Finish and clear everything").click()
    expect(kiosk.tab.locator("h1")).to_have_text("Everything is cleared")
    phone.tab.reload()
    expect(phone.tab.locator(".heard-card")).to_have_count(2)


@pytest.mark.browser
def test_every_state_of_both_pages_passes_axe_and_fits_the_smallest_phone(
    devices: Callable[..., Parent], saved_case: bytes
) -> None:
    kiosk, phone = devices(), devices()
    found: list[str] = []

    def look(one: Parent) -> None:
        for size in (NARROW, WIDE):
            one.tab.set_viewport_size(size)  # type: ignore[arg-type]
            found.extend(f"{size['width']}: {fault}" for fault in axe_faults(one.tab))
        one.tab.set_viewport_size({"width": 320, "height": 256})
        for summary in one.tab.locator("main summary").all():
            summary.click()
        found.extend(sideways(one.tab))

    fill(kiosk, saved_case)
    fill(phone, saved_case)
    kiosk.go("/en/hand-over")
    look(kiosk)
    phone.go(show_code(kiosk).removeprefix(kiosk.site))
    look(kiosk)
    look(phone)
    phone.tab.get_by_role("button", name="Clear the old ones and open the new ones").click()
    expect(phone.tab.locator(".heard-card")).to_have_count(2)
    kiosk.go("/en/hand-over")
    look(kiosk)
    phone.go("/en/open")
    look(phone)
    assert found == []
