"""Heard: from a parent’s answers to the right letter, with every date worked out and explained."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> Flask:
    """The website, ready to be served. Raises DataError when flows/ cannot be used.

    Where the settings or the store cannot be used, it says so on standard error and ends with status 2.
    """
    from webapp.settings import SettingsError  # only now: the command line needs no web
    from webapp.site import build_site
    from webapp.store import StoreUnavailable

    try:
        return build_site()
    except (SettingsError, StoreUnavailable) as wrong:
        print(f"Heard cannot start:\n{wrong}", file=sys.stderr)
        raise SystemExit(2) from None
