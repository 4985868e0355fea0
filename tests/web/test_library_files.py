"""The files of the library of blank letters: made once, sent from disk, and all at once as a zip."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from advocates import COMPLAINT, DURHAM, Advocate
from flask import Flask
from page_tree import text_of

from webapp.documents import offers
from webapp.flows.law import Law
from webapp.language import BY_ID
from webapp.library.catalogue import find
from webapp.library.desk import ZIPS_AT_ONCE, Desk
from webapp.library.shelf import Shelf, books

# Files


def test_every_kind_of_file_downloads_and_its_size_is_then_shown(advocate: Advocate) -> None:
    kept = f"/en/templates/{COMPLAINT}/en"
    for offer in offers(BY_ID["en"]):
        if offer.size != "standard":
            continue
        name = offer.file_name("complaint")
        response = advocate.file(f"{kept}/{name}")
        assert response.content_type == offer.format.media_type
        assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert len(response.data) > 500
    page = advocate.get(f"/en/templates/{COMPLAINT}")
    word = next(a for a in page.all("a", "heard-files__link") if a.get("href") == f"{kept}/complaint.docx")
    assert re.search(r"\b\d+ KB\.", text_of(word))


def test_a_browser_that_has_the_file_is_told_so(advocate: Advocate) -> None:
    address = f"/en/templates/{COMPLAINT}/en/complaint.txt"
    etag = advocate.file(address).headers["ETag"]
    assert etag.startswith('"')
    again = advocate.file(address, 304, If_None_Match=etag)
    assert again.data == b""


def test_a_file_is_made_once(advocate: Advocate, closed: Callable[[], None]) -> None:
    address = f"/en/templates/{COMPLAINT}/en/complaint-large-print.docx"
    before = advocate.file(address).data
    closed()
    assert advocate.file(address).data == before


def test_a_kind_of_file_that_a_language_does_not_have_leads_to_the_nearest(advocate: Advocate) -> None:
    page = advocate.get(f"/en/templates/{COMPLAINT}/cy/complaint-grade-1.brf", status=404)
    assert page.h1 == "We could not make that file"
    assert f"/en/templates/{COMPLAINT}/cy/complaint.brf" in page.links("main").values()


@pytest.mark.parametrize(
    "address",
    [
        "england/conference-durham/stage-1/nothing",
        "wales/conference-durham/stage-1/complaint",
        "england/nowhere/stage-1/complaint",
        f"{COMPLAINT}/en/complaint.exe",
        f"{COMPLAINT}/en/enquiry.pdf",
        f"{COMPLAINT}/zz/complaint.pdf",
        "all.zip?format=nothing&stage=exceptional&procedure=police",
    ],
)
def test_what_there_is_not_in_the_library_gets_the_usual_page(advocate: Advocate, address: str) -> None:
    page = advocate.get(f"/en/templates/{address}", status=404)
    assert page.h1 == "We could not find that page"


# All at once


def test_a_zip_comes_in_pieces_and_holds_everything_that_was_chosen(advocate: Advocate, law: Law) -> None:
    found = find(law, council=DURHAM, stage="exceptional")
    with advocate.zip(f"/en/templates/all.zip?council={DURHAM}&stage=exceptional") as whole:
        assert whole.testzip() is None
        assert whole.namelist() == [book.path for book in books(found, ["en"])]
    with advocate.zip(f"/cy/templates/all.zip?council={DURHAM}&stage=stage-1&format=docx") as words:
        found = find(law, council=DURHAM, stage="stage-1")
        wanted = [book.path for book in books(found, ["cy"]) if book.offer.format.id == "docx"]
        assert words.namelist() == wanted


def test_the_whole_library_is_kept_and_then_sent_as_it_lies(
    advocate: Advocate, monkeypatch: pytest.MonkeyPatch, closed: Callable[[], None]
) -> None:
    # Only its text: all of it takes minutes.
    def some(*of: Any) -> Any:
        return tuple(book for book in books(*of) if book.offer.format.id == "txt")

    monkeypatch.setattr("webapp.views.library.books", some)
    address = "/cy/templates/all.zip"
    with advocate.zip(address) as first:
        assert first.testzip() is None
        names = first.namelist()
    closed()
    kept = advocate.file(address)
    with zipfile.ZipFile(BytesIO(kept.data)) as second:
        assert second.namelist() == names
    assert advocate.file(address, 304, If_None_Match=kept.headers["ETag"]).data == b""


def test_no_more_zips_are_made_at_once_than_the_site_can_bear(advocate: Advocate, site: Flask) -> None:
    address = "/en/templates/all.zip?procedure=police&format=txt"
    for _ in range(2 * ZIPS_AT_ONCE):
        advocate.zip(address).close()  # each gives its place back
    desk: Desk = site.extensions["library"]
    taken = [desk.seat() for _ in range(ZIPS_AT_ONCE)]
    try:
        assert all(taken)
        page = advocate.get(address, status=503)
        assert page.h1 == "Please try again in a minute"
        assert int(advocate.response.headers["Retry-After"]) > 0
    finally:
        for give_back in filter(None, taken):
            give_back()
            give_back()  # giving back twice frees one place
    advocate.zip(address).close()


def test_who_stops_a_download_leaves_the_place_to_others(advocate: Advocate, site: Flask) -> None:
    desk: Desk = site.extensions["library"]
    for _ in range(2 * ZIPS_AT_ONCE):
        response = advocate.client.get("/en/templates/all.zip?procedure=police&format=txt", buffered=False)
        next(response.iter_encoded())
        response.close()
    given = [desk.seat() for _ in range(ZIPS_AT_ONCE)]
    assert all(given)
    for give_back in filter(None, given):
        give_back()


def test_one_makes_the_zip_that_is_kept_and_others_get_their_own(shelf: Shelf, law: Law) -> None:
    desk = Desk(shelf)
    desk.open()
    some = [book for book in books(find(law, procedure="police"), ["en"]) if book.offer.format.id == "txt"]
    first, second = desk.bind(some, "en/all.zip"), desk.bind(some, "en/all.zip")
    begun = next(first)
    whole = b"".join(second)
    assert desk.finished("en/all.zip") is None
    assert begun + b"".join(first) == whole
    kept = desk.finished("en/all.zip")
    assert kept
    assert kept.read_bytes() == whole
    assert not list(shelf.folder.rglob("*.part"))
