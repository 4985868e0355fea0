"""Pages: what every template is given, and the words of a page in its language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from flask import Flask, g, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from webapp import kiosk
from webapp.glossed_page import glossed_page
from webapp.language import BY_ID, ENGLISH, LANGUAGES, N_, Language
from webapp.places import static_folder, templates_folder
from webapp.plans.notes import help_line
from webapp.visits import answers, heard, words

TEXT_SIZES = {"100": N_("Standard text"), "125": N_("Larger text"), "175": N_("Largest text")}
SIZE_COOKIE = "text-size"
NAMED = {
    "start": "information.start",
    "privacy": "information.privacy",
    "accessibility": "information.accessibility",
    "rules": "information.rules",
    "dates": "information.dates",
    "come-back": "saved.come_back",
    "save": "saved.save",
    "finish": "session.finish",
    "check": "wizard.check",
    "plan": "plan.plan",
    "templates": "library.shelves",
    "kiosk": "kiosk.about",
    "traces": "information.traces",
    "threats": "information.threats",
}


@dataclass(frozen=True)
class Link:
    """A choice in the header: a language or a text size."""

    id: str
    name: str
    url: str
    dir: str = ""
    current: bool = False

    @property
    def size(self) -> str:
        """The id of a text size, as the templates call it."""
        return self.id

    @property
    def label(self) -> str:
        """The name of a text size, as the templates call it."""
        return self.name


def prepare(app: Flask) -> None:
    """Gives the app its templates, their translations, and what every page knows."""
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(templates_folder()),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: words().catalogue.gettext(message),
        lambda one, many, number: words().catalogue.ngettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_known_everywhere)


def page(template: str, status: int = 200, **context: Any) -> tuple[str, int]:
    """A page from its template, and the status to send it with."""
    return glossed_page(render_template(f"pages/{template}.html", **context), BY_ID[g.lang]), status


def page_url(name: str) -> str:
    """The address of a named page in the language of this one."""
    return url_for(NAMED[name], lang=g.lang)


@cache
def static(name: str) -> str:
    """The address of a static file, which changes when the file does."""
    digest = sha256((static_folder() / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def text_size() -> str:
    """The text size that this browser chose; a kiosk’s is one step larger."""
    usual = "125" if kiosk.on() else "100"
    chosen = request.cookies.get(SIZE_COOKIE, usual)
    return chosen if chosen in TEXT_SIZES else usual


def _known_everywhere() -> dict[str, Any]:
    language = BY_ID[g.lang]
    return {
        "lang": language.id,
        "dir": language.direction,
        "languages": [Link(each.id, each.name, _in_language(each.id), each.direction) for each in LANGUAGES],
        "unchecked": words().say(_unchecked(language)),
        "text_size": text_size(),
        "text_sizes": [
            Link(size, words().say(name), _in_size(size), current=size == text_size())
            for size, name in TEXT_SIZES.items()
        ],
        "static": static,
        "csrf_token": generate_csrf,
        "leave_url": url_for("session.leave"),
        "page_url": page_url,
        "stuck": _stuck(),
        "no_line": _no_line,
        "timeout": _timeout(),
        "kiosk": _kiosk(),
    }


def _unchecked(language: Language) -> str:
    """What is said on pages whose words no named person has checked; "" where somebody has."""
    if language is ENGLISH or language.reviewed:
        return ""
    if language.official:
        return N_("Nobody has checked this translation yet. You can send the letter in English instead.")
    return N_("Nobody has checked this translation yet. The English letter is the one to send.")


def _here() -> str:
    """The page’s own address without its language, for a link that comes back to it."""
    if request.method != "GET" and request.endpoint not in ("wizard.answer", "saved.bring_back"):
        return ""
    return request.path.partition(f"/{g.lang}/")[2]


def _query() -> str:
    """What follows the page’s own address, for the same link."""
    query = request.query_string.decode("ascii", "ignore")
    return f"?{query}" if query and request.method == "GET" else ""


def _in_language(id: str) -> str:
    return f"/{id}/{_here()}{_query()}"


def _in_size(size: str) -> str:
    return url_for("session.size", lang=g.lang, size=size, back=_here()) + _query()


def _stuck() -> Any:
    """The free advice line of the parent’s nation; none before the nation is known.

    A line for children is the one for a young person, and for nobody else.
    """
    nation = answers().get("nation")
    young = answers().get("role") == "young-person"
    for line in heard().law.help_lines:
        wanted = "advice" in line.kinds and ("child" in line.kinds) == young
        if wanted and nation in line.nations and line.phone and not line.authorities:
            return help_line(line, words())
    return None


def _no_line() -> str:
    """Where no free line for parents of the nation was found: what to do instead."""
    nation = answers().get("nation")
    gaps = (gap for gap in heard().law.help_gaps if gap.kind == "advice" and nation in gap.nations)
    return " ".join(words().say(gap.say) for gap in gaps)


def _timeout() -> dict[str, Any] | None:
    """The time-out of a page that shows answers; a page without answers needs none."""
    if not answers() or kiosk.on():
        return None
    seconds = heard().law.habits.silence_minutes * 60
    return {
        "seconds": seconds,
        "warn": min(300, seconds // 2),
        "keep_url": url_for("session.keep_on", lang=g.lang),
        "finish_url": url_for("session.finish", lang=g.lang),
        "leave_url": url_for("session.leave"),
        "cleared_url": url_for("session.cleared", lang=g.lang),
    }


# Pages of a kiosk that may stand for ever: there is nothing of anybody on them.
_RESTING = ("information.start", "kiosk.about")
_OVER = ("session.finished", "session.cleared")


def _kiosk() -> dict[str, Any] | None:
    """What the bar of a kiosk needs to know; None in every other browser.

    `watch`: silence clears this page. `rest`: it only says that all is cleared, and makes room by itself.
    """
    if not kiosk.on():
        return None
    habits = heard().law.habits
    rest = request.endpoint in _OVER
    return {
        "watch": bool(answers()) or (not rest and request.endpoint not in _RESTING),
        "rest": rest,
        "silence": habits.kiosk_silence_seconds,
        "warning": habits.kiosk_warning_seconds,
        "page_seconds": habits.kiosk_page_minutes * 60,
        "home_url": url_for("information.start", lang=kiosk.home()),
        "keep_url": url_for("session.keep_on", lang=g.lang) if answers() else "",
        "finish_url": url_for("session.finish", lang=g.lang),
        "cleared_url": url_for("session.cleared", lang=g.lang),
    }
