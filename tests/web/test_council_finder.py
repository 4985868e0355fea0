"""The council finder without a script."""

from __future__ import annotations

import pytest
from reading_pages import Page
from seeing import answers
from visiting import Visitor


def shown(page: Page) -> list[str]:
    """The councils that can be seen."""
    rows = [each for each in page.all("div", "govuk-radios__item") if each.get("hidden") is None]
    return [page.label_of(next(row.iter("input"))) for row in rows]


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
