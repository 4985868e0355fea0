"""Files to take away: what is offered of a letter, how large it is about, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, current_app, request

from webapp import visits
from webapp.documents import FORMATS, Document, Offer, offers
from webapp.documents.text import text
from webapp.language import BY_ID, N_, Language
from webapp.letters.model import Letter
from webapp.rendering import Rendering

Row = dict[str, Any]
# What most people want comes first; the rest stands behind one line.
_FIRST = (("pdf", "standard"), ("pdf", "large"), ("docx", "standard"))


def rendering() -> Rendering:
    """What makes the files of the running site."""
    found: Rendering = current_app.extensions["rendering"]
    return found


def make(format: str, work: Callable[..., Document], /, *given: Any) -> Document:
    """A Make for the visitor who asks. Raises DocumentError, and Busy."""
    return rendering().make(format, work, *given)


def rows(letter: Letter, base: str) -> tuple[list[Row], list[Row]]:
    """What is offered of this letter under the address `base`: the first few files, and the others."""
    said, language = text(letter), BY_ID[letter.language]
    first: list[Row] = []
    others: list[Row] = []
    for offer in offers(language):
        chosen = first if (offer.format.id, offer.size) in _FIRST else others
        chosen.append(row(offer, f"{base}/{offer.size}.{offer.format.id}", said, language))
    return first, others


def row(offer: Offer, url: str, said: str, language: Language) -> Row:
    """One file that can be had of a letter that says this: what it opens with, and about how large it is."""
    say = visits.words().say
    about = say(N_("About {size}.")).replace("{size}", size_in_words(offer.format.size_of(said, language)))
    return {"name": say(offer.title), "hint": f"{say(offer.format.opens)} {about}", "url": url}


def size_in_words(count: float) -> str:
    """A number of bytes as people read it: “24 KB”, “1.3 MB”."""
    return f"{count / 1_000_000:.1f} MB" if count >= 950_000 else f"{max(1, round(count / 1000))} KB"


def sent(document: Document, name: str) -> Response:
    """The file with this name, or the part of it that a player asks for."""
    response = Response(document.content, content_type=document.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.make_conditional(request, accept_ranges=True, complete_length=len(document.content))
    return response


def streamed(pieces: Iterable[bytes], name: str) -> Response:
    """A zip that is sent while it is made. What fails before the first piece is raised, not sent."""
    coming = iter(pieces)
    first = next(coming, b"")

    def flow() -> Iterable[bytes]:
        yield first
        yield from coming

    response = Response(flow(), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def offer_of(format: str, size: str) -> Offer | None:
    """The file that an address names, or None."""
    found = FORMATS.get(format)
    return Offer(found, size) if found and size in found.sizes else None
