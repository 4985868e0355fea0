"""Composing a letter: the paragraphs whose conditions hold and whose facts are known, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from webapp.cases.model import Case
from webapp.conditions import Facts
from webapp.flows.law import Law
from webapp.flows.model import LetterLine, LetterParagraph, Sentence, first
from webapp.glossary import glossing
from webapp.language import Words
from webapp.letters.facts import Values, asking_for_translation, children_of, facts_of, values_of
from webapp.letters.glossed import glossed
from webapp.letters.inserts import Inserts
from webapp.letters.model import (
    Block,
    Choices,
    Concern,
    Heading,
    Letter,
    OwnWords,
    Paragraph,
    Points,
    Signature,
)
from webapp.letters.own_language import can_be_read
from webapp.procedures import LetterDue, Route

_PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")
_PER_CHILD = "{child-names}"
_Line = TypeVar("_Line", LetterLine, Sentence)


@dataclass(frozen=True)
class Head:
    """What stands round the parts of a letter and comes from whoever sends it."""

    sender: tuple[str, ...]
    date: str
    known_recipient: tuple[str, ...]
    known_address: tuple[str, ...]
    children: tuple[Values, ...]
    enclosures: tuple[str, ...]


@dataclass(frozen=True)
class Printer:
    """Says sentences of one letter: translated, filled in, and only when all they name is known."""

    words: Words
    facts: Facts
    values: Values

    def say(self, text: str, more: Values | None = None) -> str | None:
        """The sentence, or None when it names something unknown."""
        values = {**self.values, **(more or {})}
        if any(name not in values for name in _PLACEHOLDER.findall(text)):
            return None
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self.words.say(text))

    def lines(self, lines: Iterable[_Line], more: Values | None = None) -> Iterator[tuple[_Line, str]]:
        """Every line that can be printed, with its words; of a `choice` only the first."""
        chosen: set[str] = set()
        for line in lines:
            choice = getattr(line, "choice", "")
            if choice in chosen or not line.when.holds(self.facts):
                continue
            said = self.say(line.text, more)
            if said is not None:
                chosen |= {choice} - {""}
                yield line, said

    def first(self, lines: Iterable[_Line]) -> str:
        """The words of the first line that can be printed, or ""."""
        return next((said for _, said in self.lines(lines)), "")


def compose(
    case: Case, due: LetterDue, route: Route, law: Law, words: Words, kind: str | None = None
) -> Letter:
    """The letter of this case for this procedure and stage, in the language of `words`.

    `kind` writes another letter at the same place: an enquiry, or a short holding letter. Where those who
    get it cannot read the parent’s own words, it asks for their translation and for an interpreter.
    """
    facts = facts_of(case, due, route, kind or due.kind)
    letter = _written(case, due, law, words, facts)
    if asks_for_translation(letter, case.nation):
        return _written(case, due, law, words, asking_for_translation(facts))
    return letter


def asks_for_translation(letter: Letter, nation: str) -> bool:
    """True when the letter prints own words that the councils of the nation cannot be expected to read."""
    return not can_be_read(_own_words_in(letter), nation)


def _written(case: Case, due: LetterDue, law: Law, words: Words, facts: Facts) -> Letter:
    printer = Printer(words, facts, values_of(case, due, law, words))
    answers = case.letter(due.letter).answers
    head = Head(
        sender=_sender(case),
        date=words.long_date(case.today),
        known_recipient=_own_lines(answers.recipient.name),
        known_address=_own_lines(answers.recipient.address),
        children=children_of(case, words),
        enclosures=_own_lines(answers.enclosures),
    )
    return put_together(law, due, case.nation, printer, Inserts(case, due, law, words, facts), head)


def put_together(
    law: Law, due: LetterDue, nation: str, printer: Printer, inserts: Inserts, head: Head
) -> Letter:
    """The letter of which all that it says is known: its parts in order, under its head."""
    words, lines = printer.words, law.letter_words.lines
    language = words.language
    heading = printer.first(lines["heading"])
    recipient = law.recipient[due.stage.to]
    by_role = tuple(said for _, said in printer.lines(recipient.lines))
    enclosed = printer.first(lines["enclosed"])  # "" in a letter that goes without copies
    enclosures = head.enclosures if enclosed else ()
    letter = Letter(
        language=language.id,
        direction=language.direction,
        title=printer.first(lines["title"]),
        notice="" if nation in language.official else printer.first(lines["notice"]),
        sender=head.sender + tuple(said for _, said in printer.lines(lines["sender"])),
        # A name or an address that the parent knows goes before what we know.
        recipient=head.known_recipient
        + (by_role[:1] + head.known_address if head.known_address else by_role),
        date=head.date,
        salutation=printer.first(lines["salutation"]) or printer.first(recipient.salutation),
        heading=heading,
        reference=tuple(_reference(head.children, printer, lines["reference"])),
        blocks=tuple(_blocks(printer, law, inserts)) + _signatures(printer, lines["signature"]),
        closing=printer.first(lines["closing"]),
        enclosures_heading=enclosed if enclosures else "",
        enclosures=enclosures,
        annex=tuple(_annex(printer, lines["annex"])),
        footer=printer.first(lines["footer"]) or heading,
        page_of=words.say("Page {page} of {pages}"),
    )
    return glossed(letter, glossing(language))


def _own_words_in(letter: Letter) -> Iterator[str]:
    """Each text that the parent typed in their own words, as the letter prints it."""
    for block in letter.blocks:
        own = block.words if isinstance(block, Concern) else block
        if isinstance(own, OwnWords):
            yield "\n".join(own.paragraphs)


def _sender(case: Case) -> tuple[str, ...]:
    """The parent’s name and only the ways to reply that are safe, as they were typed."""
    ways = {"post": case.you.address, "phone": case.you.phone, "email": case.you.email}
    printed = [case.you.name, *(text for way, text in ways.items() if way in case.you.reply_by)]
    return tuple(line for text in printed for line in _own_lines(text))


def _own_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _reference(
    children: tuple[Values, ...], printer: Printer, lines: tuple[LetterLine, ...]
) -> Iterator[str]:
    per_child = tuple(line for line in lines if _PER_CHILD in line.text)
    for child in children:
        yield from (said for _, said in printer.lines(per_child, child))
    yield from (said for _, said in printer.lines(line for line in lines if line not in per_child))


def _signatures(printer: Printer, lines: tuple[LetterLine, ...]) -> tuple[Signature, ...]:
    date_label = printer.words.say("Date")
    return tuple(Signature(said, date_label) for _, said in printer.lines(lines))


def _annex(printer: Printer, lines: tuple[LetterLine, ...]) -> Iterator[Block]:
    date_label = printer.words.say("Date")
    for place, (line, said) in enumerate(printer.lines(lines)):
        if place == 0:
            yield Heading(said)
        else:
            yield Signature(said, date_label) if line.sign else Paragraph(said, line.rules)


def _blocks(printer: Printer, law: Law, inserts: Inserts) -> Iterator[Block]:
    """The parts of the letter in order; a part with nothing in it prints no heading."""
    chosen: set[str] = set()
    for part in law.letter_words.parts:
        blocks: list[Block] = []
        for paragraph in law.letter_words.paragraphs:
            if paragraph.part != part.id or paragraph.choice in chosen:
                continue
            made = _paragraph(paragraph, printer, inserts)
            if made is None:
                continue
            chosen |= {paragraph.choice} - {""}
            last = blocks[-1] if blocks else None
            if paragraph.run_on and isinstance(last, Paragraph) and isinstance(made[0], Paragraph):
                made = (Paragraph(f"{last.text} {made[0].text}", last.rules + made[0].rules), *made[1:])
                blocks.pop()
            blocks += made
        heading = first(part.headings, printer.facts)
        if blocks and heading:
            yield Heading(printer.words.say(heading.text))
        yield from blocks


def _paragraph(paragraph: LetterParagraph, printer: Printer, inserts: Inserts) -> tuple[Block, ...] | None:
    """The blocks of one paragraph, or None when it cannot be printed."""
    if not paragraph.when.holds(printer.facts):
        return None
    blocks: tuple[Block, ...] = ()
    if paragraph.insert:
        blocks = inserts.make(paragraph.insert)
    elif paragraph.points:
        said = tuple(printer.lines(paragraph.points))
        rules = tuple(rule for point, _ in said for rule in point.rules)
        items = tuple(words for _, words in said)
        block = Choices(items, rules) if paragraph.tick else Points(items, rules=rules)
        blocks = (block,) if said else ()
    if (paragraph.insert or paragraph.points) and not blocks:
        return None
    if not paragraph.text:
        return blocks or None
    said_text = printer.say(paragraph.text)
    return None if said_text is None else (Paragraph(said_text, paragraph.rules), *blocks)
