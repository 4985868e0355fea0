"""*Your next steps*: the parent's own sheet, made from the plan, as a PDF file."""

from __future__ import annotations

from collections.abc import Callable

from babel.dates import get_day_names
from markupsafe import Markup

from webapp.documents.article import templates
from webapp.documents.model import Document, UnknownSize
from webapp.documents.paper import print_html
from webapp.language import BY_ID, N_
from webapp.plans.model import Plan, Step

STYLES = {
    "standard": (
        "fonts.css",
        "next-steps.css",
    ),
    "large": ("fonts.css", "next-steps.css", "next-steps-large.css"),
    "giant": ("fonts.css", "next-steps.css", "next-steps-large.css", "next-steps-giant.css"),
}


def render(plan: Plan, size: str = "standard", gettext: Callable[[str], str] = N_) -> Document:
    """The sheet as a PDF. `gettext` turns the sheet's own headings into the plan's language.

    Raises UnknownSize, UnprintableCharacters and PangoMissing.
    """
    if size not in STYLES:
        raise UnknownSize(size, "pdf", tuple(STYLES))
    html = html_to_print(plan, size, gettext)
    return Document(print_html(html, STYLES[size]), "application/pdf", "pdf")


def html_to_print(plan: Plan, size: str, gettext: Callable[[str], str] = N_) -> str:
    """The page that is printed."""
    names = get_day_names("narrow", locale=BY_ID[plan.language].locale)
    return (
        templates()
        .get_template("next-steps.html")
        .render(plan=plan, size=size, _=gettext, doing=doing, weekdays=[names[day] for day in range(7)])
    )


def doing(step: Step) -> Markup:
    """Who does what, with the actor's name marked."""
    return Markup('<b class="actor--{}">{}</b> {}').format(step.who, step.actor, step.rest)
