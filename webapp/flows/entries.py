"""Every entry of the data with its file and name, and what stands inside it: conditions, rules, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from webapp.conditions import When
from webapp.flows import model, register
from webapp.flows.law import Law

LETTERS = "templates/letters"
_SHORT = 48


@dataclass(frozen=True)
class Node:
    """One object inside an entry, and the field of the entry under which it stands ("" for itself)."""

    field: str
    value: object


@dataclass(frozen=True)
class Entry:
    """One entry of the data. `without` names the fields that are entries of their own."""

    file: str
    name: str
    value: object
    without: frozenset[str] = frozenset()

    def nodes(self) -> Iterator[Node]:
        """The entry itself and every object inside it."""
        yield Node("", self.value)
        assert is_dataclass(self.value)
        for field in fields(self.value):
            if field.name not in self.without:
                for inner in _inside(getattr(self.value, field.name)):
                    yield Node(field.name, inner)

    def conditions(self) -> Iterator[tuple[str, When]]:
        """Each condition of the entry with the field under which it stands."""
        for node in self.nodes():
            when = getattr(node.value, "when", None)
            if isinstance(when, When) and when.tables:
                yield node.field, when

    def rules(self) -> Iterator[str]:
        """Each rule that the entry cites."""
        for node in self.nodes():
            value = node.value
            yield from getattr(value, "rules", ())
            if isinstance(value, model.Deadline):
                yield from (rule for rule in (value.rule, value.late_rule, value.discretion) if rule)
            elif isinstance(value, model.ClosedList):
                yield value.rule
            elif isinstance(value, model.Procedure):
                yield from value.scope.values()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each sentence of the entry with the field under which it stands."""
        for node in self.nodes():
            text = getattr(node.value, "text", "")
            if isinstance(text, str) and text:
                yield node.field, text


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for inner in value:
            yield from _inside(inner)
    elif is_dataclass(value) and not isinstance(value, (type, When)):
        yield value
        for field in fields(value):
            yield from _inside(getattr(value, field.name))


def entries(law: Law) -> Iterator[Entry]:
    """Every entry of the data, file by file."""
    lists: Mapping[str, tuple[object, ...]] = {
        "letters.toml": law.letters,
        "questions.toml": (*law.wizard_parts, *law.questions),
        "events.toml": law.events,
        "concerns.toml": (*law.groups, *law.concerns),
        "outcomes.toml": (*law.outcomes, *law.cannots),
        "recipients.toml": law.recipients,
        "notices.toml": law.notices,
        "signposts.toml": law.signposts,
        "help-lines.toml": (*law.help_lines, *law.help_gaps),
        "partly-read.toml": law.partly_read,
        "rules.toml": law.rules,
        "sources.toml": law.sources,
        "authorities.toml": law.authorities,
        "sending.toml": law.ways,
        "counting.toml": law.counting,
        "library.toml": (*law.blanks, *law.places, *law.spaces),
    }
    for file, values in lists.items():
        for value in values:
            yield Entry(file, name_of(value), value)
    for procedure in law.procedures:
        yield from _of_procedure(procedure)
    words = law.letter_words
    for value in (*words.parts, *words.paragraphs):
        yield Entry(LETTERS, name_of(value), value)
    for kind, lines in words.lines.items():
        for line in lines:
            yield Entry(LETTERS, f"{kind} {name_of(line)}", line)


def _of_procedure(procedure: model.Procedure) -> Iterator[Entry]:
    file = file_of(procedure)
    yield Entry(file, procedure.id, procedure, frozenset({"stage", "deadline", "end"}))
    for stage in procedure.stage:
        yield Entry(file, stage.id, stage)
    for deadline in procedure.deadline:
        yield Entry(file, deadline.rule, deadline)
    for point in procedure.end.point:
        yield Entry(file, f"end {name_of(point)}", point)


def file_of(procedure: model.Procedure) -> str:
    """The file that a procedure was read from."""
    return f"{procedure.id}.toml"


def name_of(value: object) -> str:
    """What an entry is called in a message: its id, or else the start of its words."""
    for key in ("id", "code", "name"):
        if isinstance(id := getattr(value, key, None), str):
            return id
    if isinstance(value, register.HelpGap):
        return f"gap {value.kind}"
    text = str(getattr(value, "text", ""))
    points = getattr(value, "points", ())
    insert = getattr(value, "insert", "")
    if not text:
        text = insert or (points[0].text if points else "")
    return f"“{text if len(text) <= _SHORT else text[:_SHORT].rstrip() + '…'}”"
