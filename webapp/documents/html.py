"""A letter as one HTML file that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from markupsafe import Markup

from webapp.documents.article import article, context, stylesheet, templates
from webapp.documents.form import is_blank
from webapp.letters.model import Letter

__all__ = ["article", "render"]


def render(letter: Letter, size: str) -> bytes:
    """The letter as a whole page in UTF-8, in standard or large print, with its style inside."""
    names = ("letter-page.css", "letter-blank.css") if is_blank(letter) else ("letter-page.css",)
    style = Markup("\n".join(map(stylesheet, names)))
    page = templates().get_template("letter-page.html").render(context(letter, size), style=style)
    return page.encode("utf-8")
