"""What the tests of the library share: advocates who come without a cookie, and a shelf of their own."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from reading_pages import Page
from visiting import Visitor
from werkzeug.test import TestResponse

from webapp.library.catalogue import path_of
from webapp.security import HEADERS, KEEP_A_WHILE

DURHAM, NORFOLK, CARDIFF = "E06000047", "E10000020", "W06000015"
COMPLAINT = "england/conference-durham/stage-1/complaint"
WELSH = pytest.param("cy", id="welsh")


class Advocate(Visitor):
    """Somebody in the library, where the address says what is looked for: it is no answer of a parent."""

    def _check_address(self, address: str) -> None:
        pass

    def file(self, address: str, status: int = 200, **headers: str) -> TestResponse:
        """A file, which browsers may keep."""
        with self.client.get(address, headers=headers) as response:
            response.get_data()
        assert response.status_code == status, f"{address}: {response.status}"
        for name, value in HEADERS.items():
            assert response.headers.getlist(name) == [value], name
        assert response.headers["Cache-Control"] == KEEP_A_WHILE
        assert response.headers.getlist("Set-Cookie") == []
        return response

    def zip(self, address: str) -> zipfile.ZipFile:
        """A zip, whole."""
        with self.client.get(address) as response:
            content = response.get_data()
        assert response.status_code == 200
        assert response.content_type == "application/zip"
        return zipfile.ZipFile(BytesIO(content))


def rows(page: Page) -> list[str]:
    """The addresses of the templates on a list, without what they carry."""
    return [a.get("href", "").partition("?")[0] for a in page.all("a", "heard-table__name")]


def paths(found: Any, lang: str = "en") -> list[str]:
    return [f"/{lang}/templates/{path_of(blank)}" for blank in found]


def selected(page: Page) -> dict[str, str]:
    """What the lists to choose from show as chosen."""
    return {
        str(each.get("name")): next(
            (option.get("value", "") for option in each.iter("option") if option.get("selected") is not None),
            "",
        )
        for each in page.all("select")
    }
