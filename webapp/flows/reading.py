"""Reading flows/ and the letters' words from TOML, with every error at once and what to do about each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from webapp.flows import asking, blanks, model, register
from webapp.flows.law import BankHolidays, Law, LetterWords
from webapp.flows.problems import DataError, Problem, Problems

_T = TypeVar("_T")
_LETTER_LINES = (
    *("title", "heading", "salutation", "reference", "closing", "sender"),
    *("signature", "enclosed", "annex", "footer", "notice"),
)


class _Reader:
    """Reads tables of files into entries and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def tables(self, path: Path) -> dict[str, Any]:
        """The tables of one TOML file; an unreadable file counts as empty and as one problem."""
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.problems.append(Problem(path.name, "", "the file is missing", "put it back"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(Problem(path.name, "", f"it is not TOML: {error}", "mend that line"))
        return {}

    def entries(self, path: Path, kind: type[_T], raw: object) -> tuple[_T, ...]:
        """Each table of the list `raw` as a `kind`; the ones that are wrong are left out and named."""
        made = []
        for position, table in enumerate(raw if isinstance(raw, list) else [raw], start=1):
            entry = self.entry(path, kind, table, f"entry {position}")
            if entry is not None:
                made.append(entry)
        return tuple(made)

    def entry(self, path: Path, kind: type[_T], table: object, name: str) -> _T | None:
        """One table as a `kind`, or None with its problems noted."""
        if isinstance(table, Mapping):
            name = str(table.get("id") or table.get("code") or table.get("rule") or name)
        try:
            return TypeAdapter(kind).validate_python(table)
        except ValidationError as error:
            self.problems.extend(Problem.of(path.name, name, detail) for detail in error.errors())
            return None

    def only(self, path: Path, tables: Mapping[str, Any], *known: str) -> None:
        """Notes every table of a file that nobody reads."""
        for key in tables.keys() - set(known):
            advice = f"remove it, or write one of: {', '.join(known)}"
            self.problems.append(Problem(path.name, key, "nobody reads this table", advice))


def read_law(flows: Path, letters: Path) -> Law:
    """The law from the folder `flows` and the letters' words from the folder `letters`.

    Raises DataError with every problem found, each naming file, entry and remedy.
    """
    reader = _Reader()
    single = {
        "letters": _lists(reader, flows / "letters.toml", letter=model.LetterKind),
        "questions": _lists(
            reader, flows / "questions.toml", part=asking.WizardPart, question=asking.Question
        ),
        "events": _lists(reader, flows / "events.toml", event=model.Event),
        "concerns": _lists(
            reader, flows / "concerns.toml", group=asking.ConcernGroup, concern=asking.Concern
        ),
        "outcomes": _lists(reader, flows / "outcomes.toml", outcome=asking.Outcome, cannot=model.Sentence),
        "recipients": _lists(reader, flows / "recipients.toml", recipient=model.Recipient),
        "notices": _lists(reader, flows / "notices.toml", notice=asking.Notice),
        "signposts": _lists(reader, flows / "signposts.toml", signpost=asking.Signpost),
        "help": _lists(reader, flows / "help-lines.toml", line=register.HelpLine, gap=register.HelpGap),
        "partly": _lists(reader, flows / "partly-read.toml", area=register.PartlyRead),
        "rules": _lists(reader, flows / "rules.toml", rule=register.Rule),
        "sources": _lists(reader, flows / "sources.toml", source=register.Source),
        "authorities": _lists(reader, flows / "authorities.toml", authority=register.Authority),
        "counting": _lists(reader, flows / "counting.toml", note=model.Note),
        "library": _lists(
            reader,
            flows / "library.toml",
            blank=blanks.BlankKind,
            place=blanks.BlankPlace,
            space=blanks.BlankSpace,
        ),
        "sending": _lists(reader, flows / "sending.toml", way=register.SendingWay),
        "threats": _lists(reader, flows / "threats.toml", threat=register.Threat),
    }
    habits = reader.entry(
        flows / "habits.toml", register.Habits, reader.tables(flows / "habits.toml"), "the whole file"
    )
    bank_holidays = _bank_holidays(reader, flows / "bank-holidays.toml")
    procedures = _procedures(reader, flows / "procedures")
    words = _letter_words(reader, letters)
    if reader.problems or habits is None or bank_holidays is None:
        raise DataError(Problems(tuple(reader.problems)))
    return Law(
        letters=single["letters"]["letter"],
        procedures=procedures,
        wizard_parts=single["questions"]["part"],
        questions=single["questions"]["question"],
        events=single["events"]["event"],
        groups=single["concerns"]["group"],
        concerns=single["concerns"]["concern"],
        outcomes=single["outcomes"]["outcome"],
        cannots=single["outcomes"]["cannot"],
        recipients=single["recipients"]["recipient"],
        notices=single["notices"]["notice"],
        signposts=single["signposts"]["signpost"],
        help_lines=single["help"]["line"],
        help_gaps=single["help"]["gap"],
        partly_read=single["partly"]["area"],
        rules=single["rules"]["rule"],
        sources=single["sources"]["source"],
        authorities=single["authorities"]["authority"],
        counting=single["counting"]["note"],
        blanks=single["library"]["blank"],
        places=single["library"]["place"],
        spaces=single["library"]["space"],
        ways=single["sending"]["way"],
        threats=single["threats"]["threat"],
        habits=habits,
        bank_holidays=bank_holidays,
        letter_words=words,
    )


def _lists(reader: _Reader, path: Path, **kinds: type[Any]) -> dict[str, tuple[Any, ...]]:
    tables = reader.tables(path)
    reader.only(path, tables, *kinds)
    return {name: reader.entries(path, kind, tables.get(name, [])) for name, kind in kinds.items()}


def _procedures(reader: _Reader, folder: Path) -> tuple[model.Procedure, ...]:
    found = []
    for path in sorted(folder.glob("*.toml")):
        procedure = reader.entry(path, model.Procedure, reader.tables(path), path.stem)
        if procedure is None:
            continue
        if procedure.id != path.stem:
            advice = "give both the same name"
            reader.problems.append(Problem(path.name, procedure.id, "the id is not the file’s name", advice))
        found.append(procedure)
    return tuple(found)


def _letter_words(reader: _Reader, folder: Path) -> LetterWords:
    parts: tuple[model.Part, ...] = ()
    paragraphs: list[model.LetterParagraph] = []
    lines: dict[str, tuple[model.LetterLine, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        tables = reader.tables(path)
        reader.only(path, tables, "part", "paragraph", *_LETTER_LINES)
        parts += reader.entries(path, model.Part, tables.get("part", []))
        paragraphs += reader.entries(path, model.LetterParagraph, tables.get("paragraph", []))
        for name in _LETTER_LINES:
            lines[name] = lines.get(name, ()) + reader.entries(path, model.LetterLine, tables.get(name, []))
    return LetterWords(parts, tuple(paragraphs), lines)


def _bank_holidays(reader: _Reader, path: Path) -> BankHolidays | None:
    tables = reader.tables(path)
    days = tables.get("days", [])
    good = [day for day in days if type(day) is date]
    read = tables.get("read")
    if not good or len(good) != len(days) or type(read) is not date:
        advice = "give `read` a date, and `days` a list of dates"
        reader.problems.append(Problem(path.name, "days", "the days cannot be read", advice))
        return None
    return BankHolidays(read, str(tables.get("source", "")), tuple(sorted(good)))
