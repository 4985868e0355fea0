"""A letter as one HTML file that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from markupsafe import Markup

from webapp.documents.article import article, context, stylesheet, templates
from webapp.letters.model import Letter

__all__ = ["article", "render"]


def render(letter: Letter, size: str) -> bytes:
    """The letter as a whole page in UTF-8, in standard or large print, with its style inside."""
    style = Markup(stylesheet("letter-page.css"))
    page = templates().get_template("letter-page.html").render(context(letter, size), style=style)
    return page.encode("utf-8")
