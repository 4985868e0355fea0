"""HTML onto paper: WeasyPrint with our own fonts, no network, as PDF/UA-1 and PDF/A-3a in one file."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from webapp.documents.article import stylesheet
from webapp.documents.characters import missing_characters
from webapp.documents.model import PangoMissing, UnprintableCharacters
from webapp.places import fonts_folder

if TYPE_CHECKING:
    from weasyprint import CSS

# Pango's font map is shared by all threads of a process, and may be used by one at a time.
_one_at_a_time = Lock()

# The rarer characters that end a line are taken as line ends: WeasyPrint stumbles over the first two.
_LINE_ENDS = dict.fromkeys((0x2028, 0x2029, 0x85, 0x0B, 0x0C), "\n")

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


@cache
def _settings() -> Path:
    """The file that tells Fontconfig of our fonts alone, in a folder of its own with room for a cache."""
    folder = Path(tempfile.mkdtemp(prefix="heard-fonts-"))
    atexit.register(_remove, folder, os.getpid())
    settings = folder / "fonts.conf"
    settings.write_text(
        _FONTS_CONF.format(fonts=escape(str(fonts_folder())), cache=escape(str(folder / "cache"))), "utf-8"
    )
    return settings


@contextmanager
def _our_fonts() -> Iterator[None]:
    """Points Fontconfig to our settings, and no longer than it reads them: other programs want their own."""
    if not _settings().is_file():  # some machines clear away old temporary files
        _settings.cache_clear()
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_settings())
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _engine() -> Any:
    """The WeasyPrint package. Raises PangoMissing. What it logs may quote a letter: it goes to no log."""
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).propagate = False
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        with _our_fonts():
            import weasyprint
    except OSError as fault:
        raise PangoMissing from fault
    from webapp.documents import tags

    tags.listen()
    return weasyprint


@cache
def _fonts() -> Any:
    """The one font configuration of the process: each new one would keep its memory for good."""
    weasyprint = _engine()
    from weasyprint.text.fonts import FontConfiguration

    with _our_fonts():
        made = FontConfiguration()
        # Pango goes on reading its settings in a thread until its first line is set.
        weasyprint.HTML(string="<p>a", url_fetcher=_fetcher()).render(font_config=made)
    _never_freed.append(made)
    return made


_never_freed: list[Any] = []


def _begin_anew() -> None:
    """Pango looks for fonts in threads of its own, and a forked child has none of its parent's threads.

    So that no child waits for one of them, it gets a font configuration of its own with its first letter; all
    else that is warm stays so. Its parent's is kept: to free it could mean to speak to such a thread.
    """
    global _one_at_a_time
    _one_at_a_time = Lock()
    _fonts.cache_clear()


os.register_at_fork(after_in_child=_begin_anew)


@cache
def _fetcher() -> Any:
    """What WeasyPrint may fetch: nothing but data that stands in the document itself."""
    _engine()
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), fail_on_errors=True, allow_redirects=False)


@cache
def _style(names: tuple[str, ...]) -> CSS:
    """These style sheets, one after the other, read once in a process."""
    text = "\n".join(map(stylesheet, names))
    return _engine().CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher())


@dataclass(frozen=True)
class Attached:
    """A file that a PDF carries inside it: its name, media type, a description for people, and its bytes."""

    name: str
    media_type: str
    description: str
    content: bytes


# PDF/A-3 wants a date for what is attached. The true one would tell when somebody was at work on the letter,
# and the same letter should give the same bytes.
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def print_html(
    html: str, styles: tuple[str, ...], *, attached: Attached | None = None, forms: bool = False
) -> bytes:
    """A whole HTML page as a PDF, with the style sheets of templates/documents named in `styles`.

    It is PDF/UA-1 and PDF/A-3a; with `attached` it carries that file. With `forms` its fields can be filled
    in, and it calls itself PDF/UA-1 alone: some programs open an archive's PDF to be read alone.
    Raises UnprintableCharacters when a character is in none of our fonts, and PangoMissing.
    """
    html = html.translate(_LINE_ENDS)
    if missing := missing_characters(html):
        raise UnprintableCharacters(missing)
    with _one_at_a_time:
        weasyprint = _engine()
        page = weasyprint.HTML(string=html, url_fetcher=_fetcher())
        from webapp.documents import archive, fields, tags

        def finish(document: Any, pdf: Any) -> None:
            tags.finish(document, pdf)
            if forms:
                fields.finish(document, pdf)
            else:
                archive.finish(pdf, attached.media_type if attached else "")

        files = []
        if attached:
            file = weasyprint.Attachment(
                file_obj=BytesIO(attached.content),
                url_fetcher=_fetcher(),
                name=attached.name,
                description=attached.description,
                created=_NO_DAY,
                modified=_NO_DAY,
                relationship="Source",
            )
            files.append(file)
        options: dict[str, Any] = {
            "stylesheets": [_style(styles)],
            "attachments": files,
            "pdf_forms": forms,
            "pdf_variant": "pdf/ua-1" if forms else "pdf/a-3a",
            "output_intent": None if forms else archive.COLOURS,
        }
        colours = None if forms else {archive.COLOURS: archive.colours()}
        document = page.render(font_config=_fonts(), color_profiles=colours, **options)
        if forms:
            fields.gather(document)
        content: bytes = document.write_pdf(finisher=finish, **options)
    return content


def _remove(folder: Path, owner: int) -> None:
    """Removes the settings of the fonts when their process ends, and not when one of its children does."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
