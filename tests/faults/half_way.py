"""A parent in the middle of a journey: before the question what was wrong, with the rest answered or not."""

from __future__ import annotations

from running import Site, saved_case, visitor
from seeing import letter
from visiting import Visitor

from webapp.flows.law import Law

WORDS = "Ocelot: I wrote all of this by hand"
PAGE = "/en/letter-1/details-1"
NEXT = "/en/letter-1/details-2"
DETAILS = ("conference.details.conference-run", "conference.details.plan-made")


def half_way(site: Site, law: Law, *still_open: str) -> Visitor:
    """A visitor who has the question before them what was wrong with how the conference was run."""
    browse = visitor(site.port, law)
    browse.get("/en/")
    browse.bring_back(saved_case(*DETAILS, *still_open))
    browse.get(PAGE)
    return browse


def go_on_to_the_letter(browse: Visitor, words: str = WORDS) -> None:
    """Answers what is open, and reads in the letters what was said before and after the fault."""
    if browse.path == PAGE:
        browse.submit(details=words)
    assert browse.path == NEXT
    browse.submit(details="Pangolin: 12 days.")
    assert browse.get("/en/check").text.count(words) == 1
    said = letter(browse)
    assert words in said
    assert "Pangolin: 12 days." in said
    assert "ten minutes before the meeting" in letter(browse, 2)


def refused(browse: Visitor, form: dict[str, list[str]], words: str = WORDS) -> None:
    """Sends the page that they have before them, which cannot be kept now: what was typed comes back."""
    page = browse.post(PAGE, form, 503)
    assert page.h1 == "We could not save that"
    assert "Copy it, and try again in a minute." in page.text
    assert words in page.text


def sent_again(browse: Visitor, form: dict[str, list[str]], words: str = WORDS) -> None:
    """Sends it again, now that it can be kept, and goes on to the end."""
    browse.post(PAGE, form)
    go_on_to_the_letter(browse, words)
