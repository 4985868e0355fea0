"""Files of a letter: the one to send, in a language that its reader reads, and the parent’s own beside it."""

from __future__ import annotations

from typing import Any

from webapp import visits
from webapp.documents.formats import missing_in
from webapp.language import BY_ID, ENGLISH, LANGUAGES, N_, Language
from webapp.letters.model import Letter
from webapp.views.downloads import Row, rows


def languages_to_send(lang: str) -> tuple[Language, ...]:
    """The languages in which a letter may be sent in the parent’s nation; the page’s first, if it is one."""
    nation = visits.case().nation
    official = [language for language in LANGUAGES if nation in language.official] or [ENGLISH]
    return tuple(sorted(official, key=lambda language: language.id != lang))


def letter_files(lang: str, number: int, kind: str | None, letters: dict[str, Letter]) -> dict[str, Any]:
    """What is offered of one letter, composed in every language of `letters` by its id.

    First come the letter to send and, where that is another, the parent’s own copy; all else is behind them.
    """
    base = f"/{lang}/letter-{number}"
    tail = f"/{kind}" if kind else ""
    own = BY_ID[lang]
    to_send = languages_to_send(lang)
    first: list[Row] = []
    others: list[Row] = []
    for language in to_send:
        few, more = rows(letters[language.id], f"{base}/{language.id}{tail}")
        if language is not own:
            few, more = _named(few, language), _named(more, language)
        if first:
            others += few
        elif language is own:
            first, others = few, more
        else:
            sent = visits.words().say("The letter to send, in this language: %(language)s")
            few[0]["hint"] = f"{sent % {'language': language.name}}. {few[0]['hint']}"
            first, others = few[:1], few[1:] + more
    if own not in to_send:
        few, more = rows(letters[lang], f"{base}/{lang}{tail}")
        first += [] if kind else [_copy(lang, number)]
        others = _named(few + more, own) + others
    elif not kind:
        others.append(_copy(lang, number))
    return {"files": first, "more_files": others, "missing": missing(own)}


def missing(language: Language) -> str:
    """What cannot be had in this language yet, in words; "" when there is all."""
    say = visits.words().say
    titles = [say(format.titles[format.sizes[0]]) for format in missing_in(language)]
    sentence = say(N_("Not in this language yet: {formats}."))
    return sentence.replace("{formats}", ", ".join(titles)) if titles else ""


def _named(found: list[Row], language: Language) -> list[Row]:
    return [row | {"name": f"{row['name']}, {language.name}"} for row in found]


def _copy(lang: str, number: int) -> Row:
    say = visits.words().say
    yours = say(N_("For you to keep. Your answers are inside it: you can come back with this file."))
    keep = say(N_("Please do not send it."))
    url = f"/{lang}/letter-{number}/{lang}/your-copy/standard.pdf"
    return {"name": say(N_("Your own copy (PDF)")), "hint": f"{yours} {keep}", "url": url}
