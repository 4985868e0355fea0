"""Languages: their catalogues, their dates, and the words for lengths of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date

from webapp.deadlines import Period


def N_(message: str) -> str:
    """Marks a message for translation and gives it back as it is; whoever shows it translates it."""
    return message


@dataclass(frozen=True)
class Language:
    """One language of the product.

    `official` lists the nations whose councils must read it. `long_date` is Babel’s pattern for a date
    in a sentence: Welsh puts the weekday behind, where it does not mutate. `braille` are liblouis’s tables,
    the usual one first, and `voice` is eSpeak NG’s: both stay empty where none proves right.
    """

    id: str
    name: str
    locale: str
    direction: str
    official: tuple[str, ...]
    long_date: str
    braille: tuple[str, ...] = ()
    voice: str = ""


LANGUAGES = (
    Language(
        "en",
        "English",
        "en_GB",
        "ltr",
        official=("england", "wales"),
        long_date="EEEE d MMMM y",
        braille=("en-ueb-g2.ctb", "en-ueb-g1.ctb"),
        voice="en-gb",
    ),
    Language(
        "cy",
        "Cymraeg",
        "cy",
        "ltr",
        official=("wales",),
        long_date="d MMMM y (EEEE)",
        braille=("cy-ueb-g1.ctb",),
        voice="cy",
    ),
)
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
        return format_date(day, "long", locale=self.language.locale)

    def short_date(self, day: date) -> str:
        """“Mon 30 Nov”."""
        return format_date(day, "EEE d MMM", locale=self.language.locale)

    def day_and_month(self, day: date, today: date) -> str:
        """“30 November”, with the year when it is not the year of `today`."""
        pattern = "d MMMM" if day.year == today.year else "d MMMM y"
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
        """The name of the language with this id, in this language; what is no id stays as typed."""
        names = Locale.parse(self.language.locale).languages
        return str(names.get(typed.replace("-", "_"), typed))


def read_words(language: str, translations: Path) -> Words:
    """The words of the language with this id. Raises KeyError for a language that there is not.

    English needs no catalogue; for another language a missing one is an error of the installation.
    """
    return _read(language, translations)


@cache
def _read(language: str, translations: Path) -> Words:
    found = BY_ID[language]
    path = translations / language / "LC_MESSAGES" / "heard.mo"
    if language == LANGUAGES[0].id:
        return Words(found, NullTranslations())
    with path.open("rb") as catalogue:
        return Words(found, GNUTranslations(catalogue))


Gettext = Callable[[str], str]
