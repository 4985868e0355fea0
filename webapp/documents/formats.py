"""The formats that there are: what each is called, its sizes, its languages, and which module makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from webapp.language import N_, Language

SIZES = ("standard", "large", "giant")


# Functions with a name, not lambdas: a format goes from process to process when a whole library is made.
def _always(language: Language) -> bool:
    return True


def _in_braille(language: Language) -> bool:
    return bool(language.braille)


def _in_two_grades(language: Language) -> bool:
    return len(language.braille) > 1


def _aloud(language: Language) -> bool:
    return bool(language.voice)


@dataclass(frozen=True)
class Format:
    """One format. `titles` names it in each size that it comes in; `opens` says what opens it.

    `made_of` is "letter" (use `render`) or "dates" (the entries of a plan: its module's own function).
    `speaks` says in which languages it can be made; in the others `nearest` is the format to take.
    `bytes` is how large a file is about: so many, and so many more for each character of the letter as text.
    The numbers were measured on the letters in tests/cases. A file that is text itself (`is_text`) counts the
    bytes of the letter as text: outside Latin letters they are two or three times as many.
    """

    id: str
    made_of: Literal["letter", "dates"]
    extension: str
    media_type: str
    module: str
    titles: Mapping[str, str]
    opens: str
    bytes: tuple[int, float] = (0, 0)
    is_text: bool = False
    carries_fonts: bool = False
    speaks: Callable[[Language], bool] = _always
    nearest: str = "txt"

    def size_of(self, said: str, language: Language) -> float:
        """About how many bytes a file has of a letter in this language that says this as text."""
        base, each = self.bytes
        fonts = language.font_bytes if self.carries_fonts else 0
        return base + fonts + each * (len(said.encode()) if self.is_text else len(said))

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes that it comes in."""
        return tuple(self.titles)

    @property
    def mark(self) -> str:
        """What tells its files from those of another format with the same ending."""
        return self.id.removeprefix(self.extension)


_ALL = (
    Format(
        id="pdf",
        made_of="letter",
        extension="pdf",
        media_type="application/pdf",
        module="webapp.documents.pdf",
        titles={"standard": N_("PDF"), "large": N_("Large print PDF"), "giant": N_("Giant print PDF")},
        opens=N_("Opens on any phone or computer. Ready to print."),
        bytes=(13_400, 3.6),
        carries_fonts=True,
    ),
    Format(
        id="docx",
        made_of="letter",
        extension="docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        module="webapp.documents.docx",
        titles={"standard": N_("Word"), "large": N_("Large print Word"), "giant": N_("Giant print Word")},
        opens=N_("Opens in Word or LibreOffice. You can change it."),
        bytes=(10_300, 0.5),
    ),
    Format(
        id="txt",
        made_of="letter",
        extension="txt",
        media_type="text/plain; charset=utf-8",
        module="webapp.documents.text",
        titles={"standard": N_("Plain text")},
        opens=N_("Opens anywhere. To copy into an email."),
        bytes=(0, 1.02),
        is_text=True,
    ),
    Format(
        id="html",
        made_of="letter",
        extension="html",
        media_type="text/html; charset=utf-8",
        module="webapp.documents.html",
        titles={
            "standard": N_("Web page"),
            "large": N_("Large print web page"),
            "giant": N_("Giant print web page"),
        },
        opens=N_("Opens in a browser, without the internet."),
        bytes=(2_800, 1.5),
        is_text=True,
    ),
    Format(
        id="brf",
        made_of="letter",
        extension="brf",
        media_type="application/x-brf",
        module="webapp.documents.braille",
        titles={"standard": N_("Braille")},
        opens=N_("For a Braille display or a Braille printer."),
        bytes=(0, 1.1),
        speaks=_in_braille,
        nearest="mp3",
    ),
    Format(
        id="brf-grade-1",
        made_of="letter",
        extension="brf",
        media_type="application/x-brf",
        module="webapp.documents.braille_grade_1",
        titles={"standard": N_("Braille without short forms (grade 1)")},
        opens=N_("For a Braille display or a Braille printer."),
        bytes=(0, 1.2),
        speaks=_in_two_grades,
        nearest="brf",
    ),
    Format(
        id="mp3",
        made_of="letter",
        extension="mp3",
        media_type="audio/mpeg",
        module="webapp.documents.audio",
        titles={"standard": N_("Audio (MP3)")},
        opens=N_("Plays on any phone or computer. A computer voice reads it."),
        bytes=(37_000, 328),
        speaks=_aloud,
    ),
    Format(
        id="ics",
        made_of="dates",
        extension="ics",
        media_type="text/calendar; charset=utf-8",
        module="webapp.documents.calendar",
        titles={"standard": N_("Dates for your calendar")},
        opens=N_("Opens in the calendar of your phone or computer."),
    ),
)
FORMATS: Mapping[str, Format] = MappingProxyType({each.id: each for each in _ALL})


@dataclass(frozen=True)
class Offer:
    """One file that can be had of a letter: a format in a size."""

    format: Format
    size: str

    @property
    def title(self) -> str:
        """What it is called, in English."""
        return self.format.titles[self.size]

    def file_name(self, stem: str) -> str:
        """The name of its file: “letter-1-large-print.pdf”."""
        size = "" if self.size == "standard" else f"-{self.size}-print"
        return f"{stem}{size}{self.format.mark}.{self.format.extension}"


def offers(language: Language) -> tuple[Offer, ...]:
    """Every file that can be had of a letter in this language, in the order in which they are shown."""
    return tuple(
        Offer(format, size)
        for format in FORMATS.values()
        if format.made_of == "letter" and format.speaks(language)
        for size in format.sizes
    )


def missing_in(language: Language) -> tuple[Format, ...]:
    """The kinds of file that cannot be had of a letter in this language, one format for each."""
    there = {offer.format.extension for offer in offers(language)}
    absent = [each for each in FORMATS.values() if each.made_of == "letter" and each.extension not in there]
    return tuple({each.extension: each for each in reversed(absent)}.values())[::-1]
