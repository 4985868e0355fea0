"""The languages of tests: a sample in `make test`, all of them in `make verify`."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from webapp.language import LANGUAGES

SAMPLE = ("en", "cy", "ar", "bn", "pl")


def languages(*, but: Collection[str] = (), only: Collection[str] | None = None) -> list[object]:
    """The id of every language, or of some, as parameters; outside the sample only for `make verify`."""
    return [
        language.id if language.id in SAMPLE else pytest.param(language.id, marks=pytest.mark.verify)
        for language in LANGUAGES
        if language.id not in but and (only is None or language.id in only)
    ]
