"""The languages of tests: a sample in `make test`, all of them in `make verify`."""

from __future__ import annotations

import pytest

from webapp.language import LANGUAGES

SAMPLE = ("en", "cy", "ar", "bn", "pl")


def languages(*, but: tuple[str, ...] = ()) -> list[object]:
    """Every language’s id as a parameter; those outside the sample only for `make verify`."""
    return [
        language.id if language.id in SAMPLE else pytest.param(language.id, marks=pytest.mark.verify)
        for language in LANGUAGES
        if language.id not in but
    ]
