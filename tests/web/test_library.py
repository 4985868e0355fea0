"""The library of letter templates: its list, the page of each template, its files, and the zip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from advocates import CARDIFF, COMPLAINT, DURHAM, NORFOLK, WELSH, Advocate, paths, rows, selected
from browser import NARROW, WIDE, axe_faults, launch, served, sideways
from flask import Flask
from page_tree import text_of
from playwright.sync_api import sync_playwright
from reading_pages import Page
from sampled import languages
from visiting import Visitor

from webapp.documents import offers
from webapp.flows.law import Law
from webapp.language import BY_ID
from webapp.letters.blank import blanks_of
from webapp.library.catalogue import find, path_of
from webapp.site import build_site

# The list


@pytest.mark.parametrize("lang", ["en", WELSH])
def test_the_list_has_every_letter_with_its_files(advocate: Advocate, law: Law, lang: str) -> None:
    page = advocate.get(f"/{lang}/templates")
    assert rows(page) == paths(blanks_of(law), lang)
    said = {a.get("href") for a in page.one("table").iter("a")}
    for path in rows(page):
        id = path.rpartition("/")[2]
        assert {f"{path}/{lang}/{id}.{ending}" for ending in ("docx", "pdf", "txt")} <= said


def test_the_list_says_who_a_letter_goes_to_and_how_long_there_is(advocate: Advocate) -> None:
    page = advocate.get(f"/en/templates?council={DURHAM}&procedure=conference-durham&stage=stage-1")
    table = text_of(page.one("table"))
    assert "To the chair of the conference 28 days after you get the notes." in table
    assert "It has passed: 28 days after you get the notes." in table
    assert "They had: 7 working days after you meet." in table
    assert "Use it when no complaint about this has been sent yet." in table
    page = advocate.get("/en/templates?procedure=police")
    assert "To the police force We count none. Its own page says more." in text_of(page.one("table"))


def test_a_council_with_a_procedure_of_its_own_shows_that_and_not_the_general_one(advocate: Advocate) -> None:
    here = rows(advocate.get(f"/en/templates?council={DURHAM}"))
    assert any("/conference-durham/" in path for path in here)
    assert not any("/conference-england/" in path or "/wales/" in path for path in here)


def test_a_council_without_one_shows_the_general_one(advocate: Advocate) -> None:
    here = rows(advocate.get(f"/en/templates?council={NORFOLK}"))
    assert any("/conference-england/" in path for path in here)
    assert not any("/conference-durham/" in path for path in here)
    here = rows(advocate.get(f"/en/templates?council={CARDIFF}"))
    assert any("/conference-wales/" in path for path in here)
    assert not any("/england/" in path or "/conference-carmarthenshire/" in path for path in here)


def test_the_list_is_found_by_nation_procedure_and_stage(advocate: Advocate, law: Law) -> None:
    for query, found in (
        ("nation=wales", find(law, nation="wales")),
        ("procedure=health", find(law, procedure="health")),
        ("stage=ombudsman", find(law, stage="ombudsman")),
        (f"council={DURHAM}&stage=stage-1", find(law, council=DURHAM, stage="stage-1")),
    ):
        page = advocate.get(f"/en/templates?{query}")
        assert found
        assert rows(page) == paths(found)
        assert f"{len(found)} letters" in page.text
        assert page.links()[f"Download all {len(found)} (ZIP)"] == f"/en/templates/all.zip?{query}" or (
            "nation" not in query
        )


def test_procedures_that_both_nations_have_say_whose_they_are(advocate: Advocate) -> None:
    said = [text_of(each) for each in advocate.get("/en/templates").all("tr", "heard-table__group")]
    assert len(said) == len(set(said))
    assert "The police complaints procedure, England" in said
    assert "The police complaints procedure, Wales" in said
    assert "Durham’s complaints procedure for child protection conferences" in said


def test_the_address_carries_the_choice_to_every_page_and_back(advocate: Advocate) -> None:
    query = f"?nation=england&council={DURHAM}&stage=stage-1"
    page = advocate.get(f"/en/templates?council={DURHAM}&stage=stage-1")
    assert selected(page) == {"nation": "england", "council": DURHAM, "procedure": "", "stage": "stage-1"}
    assert "These are for Durham County Council." in page.text
    page = advocate.get(page.all("a", "heard-table__name")[0].get("href", ""))
    assert advocate.address == f"/en/templates/{COMPLAINT}{query}"
    assert page.back == f"/en/templates{query}"
    page = advocate.follow("This letter in another language: Cymraeg")
    assert page.root.get("lang") == "cy"
    assert page.back == f"/cy/templates{query}"


def test_a_form_that_was_sent_is_shortened_to_what_was_chosen(advocate: Advocate) -> None:
    advocate.get(f"/en/templates?nation=&council={DURHAM}&procedure=&stage=stage-2")
    assert advocate.address == f"/en/templates?nation=england&council={DURHAM}&stage=stage-2"


@pytest.mark.parametrize(
    "query",
    ["council=E99999999", "nation=elsewhere", "procedure=nowhere", "stage=stage-99", "council=%00&x=y"],
)
def test_a_choice_that_there_is_not_chooses_nothing(advocate: Advocate, law: Law, query: str) -> None:
    page = advocate.get(f"/en/templates?{query}")
    assert rows(page) == paths(blanks_of(law))
    assert set(selected(page).values()) == {""}


def test_a_choice_that_fits_no_letter_says_so_and_what_to_do(advocate: Advocate) -> None:
    page = advocate.get(f"/en/templates?council={DURHAM}&stage=manager")
    assert "No letter fits all of this" in page.text
    assert selected(page)["stage"] == "manager"
    assert page.links("main")["Show all letters"] == "/en/templates"
    advocate.get(f"/en/templates/all.zip?council={DURHAM}&stage=manager", status=404)


def test_the_start_and_the_footer_lead_to_the_library(advocate: Advocate) -> None:
    page = advocate.get("/en/")
    for part in ("main", "footer"):
        assert page.links(part)["Letter templates for advocates"] == "/en/templates"


# A template's own page


@pytest.mark.parametrize("lang", ["en", WELSH])
def test_templates_of_every_kind_and_procedure_have_their_page(
    advocate: Advocate, law: Law, lang: str
) -> None:
    kinds = {(blank.kind.id, blank.stage.next): blank for blank in blanks_of(law)}
    procedures = {(blank.nation, blank.procedure.id): blank for blank in reversed(blanks_of(law))}
    for path in {path_of(blank) for blank in (*kinds.values(), *procedures.values())}:
        page = advocate.get(f"/{lang}/templates/{path}")
        assert page.all("div", "heard-letter")
        assert page.all("details")


def test_a_template_shows_its_limits_and_quotes_its_rules(advocate: Advocate, law: Law) -> None:
    page = advocate.get(f"/en/templates/{COMPLAINT}")
    limits = text_of(page.one("table"))
    assert "You You send your complaint to the chair. 28 days after you get the notes. (DUR-21)" in limits
    assert "They The chair meets you. You can bring a friend or relative. 7 working days" in limits
    leaflet = text_of(page.details("Durham’s complaints leaflet"))
    assert "Durham County Council, 2016. We read it on 19 November 2026." in leaflet
    for id in ("DUR-21", "DUR-32"):
        assert law.rule[id].quote in leaflet
        assert f"/en/rules#{id}" in page.links("main").values()
    where = "To the chair of the conference If you have the procedure, use the address in it."
    assert where in page.text
    assert "Formal complaint about a child protection conference" in text_of(page.one("div", "heard-letter"))


@pytest.mark.parametrize("lang", languages())
def test_a_template_offers_every_file_of_its_language(advocate: Advocate, lang: str) -> None:
    page = advocate.get(f"/{lang}/templates/{COMPLAINT}")
    links = [a.get("href") for a in page.all("a", "heard-files__link")]
    assert sorted(links) == sorted(
        f"/{lang}/templates/{COMPLAINT}/{lang}/{offer.file_name('complaint')}"
        for offer in offers(BY_ID[lang])
    )


# Whoever comes


def test_nobody_gets_a_cookie_and_nothing_of_a_parent_is_shown(
    whole: Visitor, advocate: Advocate, site: Flask
) -> None:
    for address in ("/en/templates", f"/en/templates/{COMPLAINT}", "/en/templates/all.zip?stage=none"):
        response = advocate.client.get(address, buffered=False)
        assert response.headers.getlist("Set-Cookie") == []
        response.close()
    parents = Page(whole.client.get("/en/templates").text)
    assert parents.text == advocate.get("/en/templates").text
    assert not parents.all("aside")


@pytest.fixture
def cramped(tmp_path: Path, law: Law) -> Iterator[Advocate]:
    """Somebody at a site that cannot keep files: something else stands where its folder should be."""
    (tmp_path / "library").write_text("in the way")
    yield Advocate(build_site({"HEARD_DATA": str(tmp_path)}), law)
    assert (tmp_path / "library").read_text() == "in the way"


def test_a_folder_that_cannot_be_written_stops_nothing(cramped: Advocate) -> None:
    address = f"/en/templates/{COMPLAINT}/en/complaint.txt"
    response = cramped.file(address)
    assert b"Durham County Council" in response.data
    assert cramped.file(address, 304, If_None_Match=response.headers["ETag"]).data == b""
    assert "KB" not in cramped.get(f"/en/templates/{COMPLAINT}").text
    with cramped.zip("/en/templates/all.zip?procedure=police&format=txt") as found:
        assert found.testzip() is None


@pytest.mark.browser
@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["narrow", "wide"])
def test_the_library_works_by_hand_and_for_everyone(site: Flask, window: Any) -> None:
    with served(site) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        # Without a script: the button alone does it.
        tab = browser.new_context(viewport=window, java_script_enabled=False).new_page()
        tab.goto(f"{address}/en/templates")
        tab.get_by_label("Council").select_option(label="Durham County Council")
        tab.get_by_label("Stage").select_option(value="stage-1")
        tab.get_by_role("button", name="Show letters").click()
        assert tab.url.endswith(f"/en/templates?nation=england&council={DURHAM}&stage=stage-1")
        there = tab.url
        tab = browser.new_context(viewport=window).new_page()
        for each in (there, f"{address}/cy/templates/{COMPLAINT}"):
            tab.goto(each)
            assert axe_faults(tab) == []
            assert sideways(tab) == []
        browser.close()
