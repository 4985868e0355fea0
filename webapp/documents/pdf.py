"""A letter as a PDF/UA-1 file: A4, standard or large print."""

from __future__ import annotations

from webapp.documents.article import context, templates
from webapp.documents.model import TooLong
from webapp.documents.paper import print_html
from webapp.letters.model import Letter, Paragraph

STYLES = {
    "standard": ("letter-print.css",),
    "large": ("letter-print.css", "letter-large.css"),
}

# About a hundred pages: what the longest text that can be typed fills, unless it is made of line breaks.
MOST_LINES = 5000


def html_to_print(letter: Letter, size: str) -> str:
    """The page that is printed: the letter's article and its footer."""
    return templates().get_template("letter-print.html").render(context(letter, size))


def render(letter: Letter, size: str) -> bytes:
    """The letter as a PDF. Raises UnprintableCharacters, TooLong and PangoMissing."""
    html = html_to_print(letter, size)
    if html.count("\n") > MOST_LINES:
        raise TooLong(MOST_LINES)
    return print_html(html, STYLES[size])


def warm() -> None:
    """Loads the fonts and sets one line in each size, so that no parent waits for it.

    Call it before a server forks its workers: they share the memory. Raises PangoMissing.
    """
    words = "Heard ŵ ы ع 0123456789"
    letter = Letter(
        language="en",
        direction="ltr",
        title=words,
        notice="",
        sender=(words,),
        recipient=(words,),
        date=words,
        salutation=words,
        heading=words,
        reference=(words,),
        blocks=(Paragraph(words),),
        closing=words,
        enclosures_heading="",
        enclosures=(),
        annex=(),
        footer=words,
        page_of="{page} {pages}",
    )
    for size in STYLES:
        render(letter, size)
