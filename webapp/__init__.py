"""Heard: from a parent’s answers to the right letter, with every date worked out and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> Flask:
    """The website, ready to be served. Raises DataError when flows/ cannot be used."""
    from webapp.site import build_site  # only now: the command line needs no web

    return build_site()
