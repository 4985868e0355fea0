"""A letter as a PDF file: A4, in standard, large and giant print."""

from __future__ import annotations

from webapp.documents.article import context, templates
from webapp.documents.form import is_blank
from webapp.documents.model import TooLong
from webapp.documents.paper import Attached, print_html
from webapp.letters.model import Letter, Paragraph

STYLES = {
    "standard": ("fonts.css", "letter-print.css"),
    "large": ("fonts.css", "letter-print.css", "letter-large.css"),
    "giant": ("fonts.css", "letter-print.css", "letter-large.css", "letter-giant.css"),
}

# What the case file is called that the parent's own copy carries.
CASE_FILE = "saved-answers.json"

# About a hundred pages: what the longest text that can be typed fills, unless it is made of line breaks.
MOST_LINES = 5000


def html_to_print(letter: Letter, size: str) -> str:
    """The page that is printed: the letter's article and its footer."""
    fillable = is_blank(letter)
    return templates().get_template("letter-print.html").render(context(letter, size, fillable=fillable))


def render(letter: Letter, size: str) -> bytes:
    """The letter to send, as a PDF. Raises UnprintableCharacters, TooLong and PangoMissing."""
    return _printed(letter, size)


def render_copy(letter: Letter, size: str, case_file: bytes, description: str) -> bytes:
    """The parent's own copy: the same PDF, with their case file inside it. `description` says what that is.

    `carried.case_file_in` takes it out again. Raises what `render` does.
    """
    return _printed(letter, size, Attached(CASE_FILE, "application/json", description, case_file))


def _printed(letter: Letter, size: str, attached: Attached | None = None) -> bytes:
    html = html_to_print(letter, size)
    if html.count("\n") > MOST_LINES:
        raise TooLong(MOST_LINES)
    if is_blank(letter):
        return print_html(html, (*STYLES[size], "letter-blank.css"), forms=True)
    return print_html(html, STYLES[size], attached=attached)


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
