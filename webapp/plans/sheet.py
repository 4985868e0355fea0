"""The plan as a sheet of words in order, so that every format that can hold a letter can hold the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webapp.language import N_, Words
from webapp.letters.model import Block, Heading, Letter, Paragraph, Points, Table
from webapp.plans.model import Card, HelpLine, Note, Plan, Step

NEXT_STEPS = N_("Your next steps")


def sheet_of(plan: Plan, words: Words) -> Letter:
    """The plan as a letter to nobody: it has no sender, no recipient and no signature.

    `words` are those of the plan's language.
    """
    return Letter(
        language=plan.language,
        direction=plan.direction,
        title=words.say(NEXT_STEPS),
        notice=words.say("For you to keep. Do not send."),
        sender=(),
        recipient=(),
        date="",
        salutation="",
        heading=words.say(NEXT_STEPS),
        reference=tuple(line for line in (plan.summary, plan.made_on) if line),
        blocks=tuple(_blocks(plan, words)),
        closing="",
        enclosures_heading="",
        enclosures=(),
        annex=(),
        footer=words.say(NEXT_STEPS),
        page_of=words.say("Page {page} of {pages}"),
    )


def _blocks(plan: Plan, words: Words) -> Iterator[Block]:
    for card in plan.cards:
        yield from _card(card, words)
    notes = (*plan.notes, *plan.signposts, *plan.quoted)
    if notes:
        yield Heading(words.say("Good to know"))
        yield from _notes(notes)
    if plan.before_sending:
        yield Heading(words.say("Before you send it"))
        yield Points(plan.before_sending)
    if plan.lines or plan.gaps:
        yield Heading(words.say("Where to get help"))
        yield from (Paragraph(_line(line)) for line in plan.lines)
        yield from _notes(plan.gaps)
        yield Paragraph(words.say("If someone is in danger now, call 999."))


def _card(card: Card, words: Words) -> Iterator[Block]:
    yield Heading(card.title)
    yield Paragraph(_joined((card.place, card.to)))
    panel = card.panel
    if panel.label or panel.big:
        day = " ".join(text for text in (panel.weekday, panel.big) if text)
        yield Paragraph(_joined((": ".join(text for text in (panel.label, day) if text), panel.left)))
    if panel.why:
        yield Paragraph(panel.why)
    for rule in panel.rules[:1]:
        if rule.quote:
            yield Paragraph(f"“{rule.quote}” {rule.source}", (rule.id,))
    if card.where:
        yield Heading(words.say("Where to send it"), 3)
        yield from (Paragraph(text) for text in card.where)
    if card.steps:
        yield Heading(words.say("The steps ahead"), 3)
        head = (words.say("When"), words.say("Who does what"), words.say("If they do not"))
        yield Table("", head, tuple(_row(step) for step in card.steps))
    yield from _notes(card.notes)


def _row(step: Step) -> tuple[str, ...]:
    when = f"{step.when} ({step.hangs_on})" if step.hangs_on else step.when
    return when, _joined((f"{step.actor} {step.rest}", step.allowed)), step.if_not


def _notes(notes: Iterable[Note]) -> Iterator[Block]:
    for note in notes:
        yield Paragraph(_joined((note.title, note.text)), tuple(rule.id for rule in note.rules))


def _line(line: HelpLine) -> str:
    return _joined((line.name, line.phone, line.who, line.hours, line.other, line.read))


def _joined(texts: Iterable[str]) -> str:
    """The texts as sentences on one line; what has no full stop gets one."""
    kept = (text.strip() for text in texts)
    return " ".join(text if text[-1] in ".?!:…”" else f"{text}." for text in kept if text)
