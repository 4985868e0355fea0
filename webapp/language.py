"""Languages: their catalogues, their dates, and the words for lengths of time."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date

from webapp.deadlines import Period
from webapp.places import translations_folder


def N_(message: str) -> str:
    """Marks a message for translation and gives it back as it is; whoever shows it translates it."""
    return message


@dataclass(frozen=True)
class Language:
    """One language of the product, as its entry in translations/languages.toml describes it.

    `also` are other tags that browsers have for it. `official` lists the nations whose councils read it. The
    four dates are Babel’s patterns. `braille` are liblouis’s tables, the usual one first, and `voice` is that
    of eSpeak NG: both stay empty where none proves right. `font_bytes` is what its font adds to a PDF.
    `brackets` go round an English term. `common` are words by which a council’s language is known. `reviewed`
    names who has checked the translation, when and what: a line each.
    """

    id: str
    name: str
    english: str
    locale: str
    direction: Literal["ltr", "rtl"]
    long_date: str
    plain_date: str
    short_date: str
    day_and_month: str
    also: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    braille: tuple[str, ...] = ()
    voice: str = ""
    font_bytes: int = 0
    brackets: str = " ({})"
    common: frozenset[str] = frozenset()
    reviewed: tuple[str, ...] = ()


def _languages() -> tuple[Language, ...]:
    with (translations_folder() / "languages.toml").open("rb") as file:
        entries = tomllib.load(file)["language"]
    for entry in entries:
        entry |= {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
        entry["common"] = frozenset(entry.get("common", "").split())
    return tuple(Language(**entry) for entry in entries)


LANGUAGES = _languages()
ENGLISH = LANGUAGES[0]
BY_ID = {language.id: language for language in LANGUAGES}


@dataclass(frozen=True)
class Words:
    """Everything that is said in one language."""

    language: Language
    catalogue: NullTranslations

    def say(self, message: str) -> str:
        """The message in this language; an empty one stays empty."""
        return self.catalogue.gettext(message) if message else ""

    def count(self, one: str, many: str, number: int) -> str:
        """The message for this number of things, with `{count}` filled in."""
        return self.catalogue.ngettext(one, many, number).format(count=number)

    def long_date(self, day: date) -> str:
        """“Monday 2 November 2026”, in the language’s own order."""
        return format_date(day, self.language.long_date, locale=self.language.locale)

    def plain_date(self, day: date) -> str:
        """“2 November 2026”."""
        return format_date(day, self.language.plain_date, locale=self.language.locale)

    def short_date(self, day: date) -> str:
        """“Mon 30 Nov”."""
        return format_date(day, self.language.short_date, locale=self.language.locale)

    def day_and_month(self, day: date, today: date) -> str:
        """“30 November”, with the year when it is not the year of `today`."""
        this_year = day.year == today.year
        pattern = self.language.day_and_month if this_year else self.language.plain_date
        return format_date(day, pattern, locale=self.language.locale)

    def weekday(self, day: date) -> str:
        """“Monday”."""
        return format_date(day, "EEEE", locale=self.language.locale)

    def period(self, period: Period) -> str:
        """“28 days”, “7 working days”, “12 months”."""
        if period.unit == "days":
            return self.count("{count} day", "{count} days", period.count)
        if period.unit == "working days":
            return self.count("{count} working day", "{count} working days", period.count)
        return self.count("{count} month", "{count} months", period.count)

    def days(self, number: int) -> str:
        """“3 days”."""
        return self.count("{count} day", "{count} days", number)

    def name_of_language(self, typed: str) -> str:
        """The name, in this language, of the language with this id or own name; else it stays as typed."""
        wanted = typed.strip().casefold()
        own = next((each.id for each in LANGUAGES if wanted == each.name.casefold()), typed)
        names = Locale.parse(self.language.locale).languages
        return str(names.get(own.replace("-", "_"), typed))


def read_words(language: str, translations: Path) -> Words:
    """The words of the language with this id. Raises KeyError for a language that there is not.

    English needs no catalogue; for another language a missing one is an error of the installation.
    """
    return _read(language, translations)


@cache
def _read(language: str, translations: Path) -> Words:
    found = BY_ID[language]
    path = translations / found.locale / "LC_MESSAGES" / "heard.mo"
    if language == ENGLISH.id:
        return Words(found, NullTranslations())
    with path.open("rb") as catalogue:
        return Words(found, GNUTranslations(catalogue))


Gettext = Callable[[str], str]
