"""The library of letter templates: its list, a page for each template, its files, and all of them at once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    request,
    send_file,
    url_for,
)

from webapp import visits
from webapp.documents import FORMATS, DocumentError, NotInLanguage, Offer, offers
from webapp.documents.article import article
from webapp.language import BY_ID, LANGUAGES, N_
from webapp.letters.blank import Blank, compose_blank
from webapp.letters.facts import authority_name
from webapp.library.catalogue import Sheet
from webapp.library.desk import Desk
from webapp.library.details import addressed, details
from webapp.library.shelf import Book, books, edition
from webapp.pages import page
from webapp.security import keep_a_while
from webapp.views.counting import count_template
from webapp.views.downloads import size_in_words, streamed
from webapp.views.library_choices import Choice, choosers, chosen, subjects

room = Blueprint("library", __name__)
# The formats beside each letter of the list, in standard print; its own page has every file.
_BESIDE = ("docx", "pdf", "txt")
# The kinds of letter that the sender’s own time limit is about.
_OPENING = ("complaint", "escalation", "holding")
_ZIP = "all.zip"
_TRY_AGAIN = "60"  # seconds


def desk() -> Desk:
    """The desk of the running site."""
    found: Desk = current_app.extensions["library"]
    return found


@room.get("/<lang>/templates")
def shelves(lang: str) -> Any:
    """The list, or the part of it that somebody chose. A form that was sent is shortened to what it chose."""
    law, words = visits.heard().law, visits.words()
    choice = chosen(request.args, law)
    if not all(request.args.values()):
        return redirect(url_for("library.shelves", lang=lang, **choice.query))
    headings = subjects(law, desk(), words)
    groups: dict[str, list[dict[str, Any]]] = {}
    for blank in choice.found(law):
        groups.setdefault(headings[blank.nation, blank.procedure.id], []).append(_row(blank, lang, choice))
    council = law.authority.get(choice.council)
    return page(
        "library",
        choosers=choosers(choice, law, desk(), words),
        groups=groups,
        found=_bundle(lang, choice),
        whole=_bundle(lang, Choice()),
        chosen=bool(choice.query),
        council=authority_name(council, words) if council else "",
        only=[
            {"name": _title(format), "url": _bundle(lang, choice, format=format)["url"]} for format in _BESIDE
        ],
        kinds=[words.say(offer.title) for offer in offers(BY_ID[lang])],
    )


@room.get(f"/<lang>/templates/{_ZIP}")
def everything(lang: str) -> Any:
    """The library in the page’s language as one zip, or what was chosen of it. The whole one is kept."""
    law = visits.heard().law
    choice, format = chosen(request.args, law), FORMATS.get(request.args.get("format", ""))
    wanted = [book for book in books(choice.found(law), [lang]) if format in (None, book.offer.format)]
    if not wanted:
        abort(404)
    name = f"templates-{lang}.zip"
    kept_as = "" if choice.query or format else f"{lang}/{_ZIP}"
    if kept_as and (finished := desk().finished(kept_as)):
        return _sent(finished, "application/zip", name, kept_as)
    give_back = desk().seat()
    if give_back is None:
        return _too_many(lang)
    pieces = desk().bind(wanted, kept_as)
    try:
        response = streamed(pieces, name)
    except BaseException:
        give_back()
        raise
    response.call_on_close(pieces.close)
    response.call_on_close(give_back)
    return response


@room.get("/<lang>/templates/<nation>/<procedure>/<stage>/<id>")
def template(lang: str, nation: str, procedure: str, stage: str, id: str) -> Any:
    """One template: what it is for, where it goes, its limits, its files, the letter, and its sources."""
    law, words = visits.heard().law, visits.words()
    blank = _blank(nation, procedure, stage, id)
    shown, choice = desk().sheet(blank, words), chosen(request.args, law)
    more = details(blank, shown, law, words)
    all_books = books([blank], [lang])
    beside = [_standard(blank, lang, format) for format in _BESIDE]
    return page(
        "library-letter",
        sheet=shown,
        heading=subjects(law, desk(), words)[blank.nation, blank.procedure.id],
        time=_time(blank, shown),
        details=more,
        read_since=words.plain_date(more.read_since) if more.read_since else "",
        day=words.plain_date,
        files=[_file_row(book) for book in beside],
        more_files=[_file_row(book) for book in all_books if book not in beside],
        letter=article(compose_blank(blank, law, words), top=3),
        others=[(each, _url(blank, each.id, choice)) for each in LANGUAGES if each.id != lang],
        back_url=url_for("library.shelves", lang=lang, **choice.query),
    )


@room.get("/<lang>/templates/<nation>/<procedure>/<stage>/<id>/<language>/<file>")
def download(lang: str, nation: str, procedure: str, stage: str, id: str, language: str, file: str) -> Any:
    """A file of a template. One that cannot be made leads to the nearest that can."""
    blank = _blank(nation, procedure, stage, id)
    offer = next((each for each in _every_offer() if each.file_name(blank.id) == file), None)
    if offer is None or language not in BY_ID:
        abort(404)
    book = Book(blank, language, offer)
    try:
        content = desk().file(book)
    except DocumentError as error:
        return _instead(book, lang, error)
    response = _sent(content, offer.format.media_type, file, book.path)
    return count_template(response, offer.format.id)


def _blank(nation: str, procedure: str, stage: str, id: str) -> Blank:
    return desk().blank(f"{nation}/{procedure}/{stage}/{id}") or abort(404)


def _every_offer() -> list[Offer]:
    """Every file that a letter can be had as in some language."""
    letters = (format for format in FORMATS.values() if format.made_of == "letter")
    return [Offer(format, size) for format in letters for size in format.sizes]


def _sent(content: Path | bytes, media_type: str, name: str, path: str) -> Response:
    """A file that holds nothing of a person: browsers may keep it, and ask whether it is still the same."""
    keep_a_while()
    return send_file(
        content if isinstance(content, Path) else BytesIO(content),
        mimetype=media_type.partition(";")[0],  # it says itself that text is UTF-8
        as_attachment=True,
        download_name=name,
        conditional=True,
        etag=f"{edition()}-{path}",
    )


def _instead(book: Book, lang: str, error: DocumentError) -> Any:
    """The page for a file that cannot be had: why, and the nearest one."""
    words = visits.words()
    there = offers(BY_ID[book.language])
    nearest = error.nearest if isinstance(error, NotInLanguage) else book.offer.format.nearest
    others = [Offer(FORMATS[nearest], size) for size in (book.offer.size, *FORMATS[nearest].sizes)]
    offer = next((other for other in others if other in there and other != book.offer), there[0])
    unspoken = words.say(N_("We do not have this kind of file in this language yet."))
    return page(
        "library-problem",
        404 if isinstance(error, NotInLanguage) else 409,
        title=words.say(N_("We could not make that file")),
        text=unspoken if isinstance(error, NotInLanguage) else error.say(words.say),
        nearest=_file_row(Book(book.blank, book.language, offer)),
        back_url=_url(book.blank, lang, Choice()),
    )


def _too_many(lang: str) -> Any:
    """The page for somebody who has to wait until others have their zip."""
    say = visits.words().say
    busy = N_("Other people are downloading many letters just now. Single letters work as always.")
    text, status = page(
        "library-problem",
        503,
        title=say(N_("Please try again in a minute")),
        text=say(busy),
        back_url=url_for("library.shelves", lang=lang),
    )
    return text, status, {"Retry-After": _TRY_AGAIN}


def _bundle(lang: str, choice: Choice, **more: Any) -> dict[str, Any]:
    """A zip as the list offers it: how many letters and files it holds, and where it is."""
    found = choice.found(visits.heard().law)
    return {
        "letters": len(found),
        "files": len(books(found, [lang])),
        "url": url_for("library.everything", lang=lang, **choice.query, **more),
    }


def _row(blank: Blank, lang: str, choice: Choice) -> dict[str, Any]:
    """A letter as the list shows it."""
    shown = desk().sheet(blank, visits.words())
    return {
        "sheet": shown,
        "url": _url(blank, lang, choice),
        "to": addressed(shown, visits.words()),
        "time": _time(blank, shown),
        "files": [(_title(format), _file_url(_standard(blank, lang, format))) for format in _BESIDE],
    }


def _file_row(book: Book) -> dict[str, Any]:
    """A file as a page offers it: what it opens with, and its size once it is on the shelf."""
    say = visits.words().say
    size = desk().size(book)
    opens = say(book.offer.format.opens)
    return {
        "name": say(book.offer.title),
        "hint": f"{opens} {size_in_words(size)}." if size else opens,
        "url": _file_url(book),
    }


def _time(blank: Blank, shown: Sheet) -> str:
    """The time limit of who sends it, in words; for a reminder the one that it reminds of; "" for none."""
    say = visits.words().say
    if blank.reminds_of:
        theirs = next(limit for limit in shown.limits if limit.rules[0].id == blank.reminds_of.rule)
        return say(N_("They had: {limit}")).replace("{limit}", theirs.allowed)
    if blank.kind.kind not in _OPENING or not shown.own_limit:
        return ""
    if blank.kind.late:
        return say(N_("It has passed: {limit}")).replace("{limit}", shown.own_limit)
    return shown.own_limit


def _title(format: str) -> str:
    """What a format in standard print is called."""
    return visits.words().say(FORMATS[format].titles["standard"])


def _standard(blank: Blank, lang: str, format: str) -> Book:
    return Book(blank, lang, Offer(FORMATS[format], "standard"))


def _url(blank: Blank, lang: str, choice: Choice) -> str:
    """The address of a template’s page. It carries what was chosen in the list, for the way back."""
    path = url_for("library.template", lang=lang, **_at(blank))
    query = urlencode(choice.query)
    return f"{path}?{query}" if query else path


def _file_url(book: Book) -> str:
    at = _at(book.blank) | {"language": book.language, "file": book.offer.file_name(book.blank.id)}
    return url_for("library.download", lang=visits.words().language.id, **at)


def _at(blank: Blank) -> dict[str, Any]:
    """The parts of its address."""
    return {"nation": blank.nation, "procedure": blank.procedure.id, "stage": blank.stage.id, "id": blank.id}
