"""The decision tree as one picture for people who review the law: nation, letter, procedure, stages, end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from webapp.conditions import When
from webapp.deadlines import Period
from webapp.flows import asking, model
from webapp.flows.law import Law
from webapp.flows.model import Sentences
from webapp.flows.sheet import (
    DAMSON,
    FERN,
    PAPER,
    SOFT,
    TINT,
    Box,
    Line,
    Sheet,
    height_of,
)
from webapp.flows.vocabulary import fact_of

WIDTH, HEIGHT = 420.0, 297.0
_MARGIN = 6.0
_GAP = 1.9
_NATION, _LETTER, _PROCEDURE, _STAGE = 15.0, 43.0, 60.0, 52.0
_RUN = 4.0  # room for an arrow
_CARD = 50.0  # the narrowest card
_HEADING = 128.0  # how wide the title is
_TITLE = "What leads where: the decision tree of the law"


def draw(law: Law) -> str:
    """The tree as an SVG document for A3 landscape; it grows downwards when the law does."""
    return _Drawing(law, Sheet(WIDTH)).draw()


@dataclass
class _Drawing:
    law: Law
    sheet: Sheet

    def draw(self) -> str:
        y = self._heading(_MARGIN)
        for nations in self._bands():
            procedures = [each for each in self.law.procedures if each.nations == nations]
            upright = all(len(each.stage) == 1 for each in procedures)
            y = (self._cards if upright else self._rows)(nations, procedures, y) + _GAP
        description = (
            f"{len(self.law.procedures)} procedures with "
            f"{sum(len(each.stage) for each in self.law.procedures)} stages and their deadlines. "
            "From left to right: where the child lives, what the complaint is about, the procedure, "
            "its stages with who each letter goes to, and what is left at the end."
        )
        return self.sheet.svg(_TITLE, description, max(HEIGHT, ceil(y - _GAP + _MARGIN)))

    def _heading(self, y: float) -> float:
        """The title, and beside it where no letter helps."""
        self.sheet.text(_MARGIN, y + 4.4, Line(_TITLE, bold=True, size=5))
        read = max(source.read for source in self.law.sources)
        told = f"Each deadline: rule, who must act, time, and its start. The law as read on {read:%-d %B %Y}."
        self.sheet.text(_MARGIN, y + 8.6, Line(told, colour=SOFT))
        return max(y + 10, self._signposts(_MARGIN + _HEADING, y)) + _GAP

    def _bands(self) -> list[tuple[str, ...]]:
        """The nations that share procedures: those of one nation first, in the order of the question."""
        order = [option.id for option in self._question("nation").option]
        found = dict.fromkeys(procedure.nations for procedure in self.law.procedures)
        return sorted(found, key=lambda each: (len(each), [order.index(nation) for nation in each]))

    # ---- procedures with several stages, one below the other

    def _rows(self, nations: tuple[str, ...], procedures: list[model.Procedure], y: float) -> float:
        top = y
        left = _MARGIN + _NATION + _RUN
        letters: list[Box] = []
        for letter in self.law.letters:
            own = [each for each in procedures if each.letter == letter.id]
            own.sort(key=lambda each: not each.authorities)
            if not own:
                continue
            start = y
            x = left + _LETTER + _RUN
            boxes = []
            for procedure in own:
                box, y = self._row(procedure, nations, x, y)
                boxes.append(box)
                y += _GAP
            lines = self._letter_lines(letter, nations)
            made = self.sheet.box(left, start, _LETTER, lines, TINT, y - _GAP - start)
            letters.append(made)
            y = max(y, made.bottom + _GAP)
            for box in boxes:
                self.sheet.arrow([(made.right, box.y + 3), (box.x, box.y + 3)])
        nation = self.sheet.box(_MARGIN, top, _NATION, self._nation_lines(nations), TINT, y - _GAP - top)
        for made in letters:
            self.sheet.arrow([(nation.right, made.y + 3), (made.x, made.y + 3)])
        return y - _GAP

    def _row(
        self, procedure: model.Procedure, nations: tuple[str, ...], x: float, y: float
    ) -> tuple[Box, float]:
        """One procedure with its stages beside it. Returns its box and the lower edge of the row."""
        own = self.sheet.box(x, y, _PROCEDURE, self._procedure_lines(procedure, nations))
        bottom, before = own.bottom, own
        made: dict[str, Box] = {}
        x = own.right + _RUN
        for stage in procedure.stage:
            box = self.sheet.box(x, y, _STAGE, self._stage_lines(procedure, stage, nations))
            made[stage.id] = box
            if before is own or any(each.next == stage.id for each in procedure.stage):
                self.sheet.arrow([(before.right, y + 3), (box.x, y + 3)])
            bottom, before, x = max(bottom, box.bottom), box, box.right + _RUN
        end = self.sheet.box(x, y, WIDTH - _MARGIN - x, self._end_lines(procedure, nations))
        ends = [stage for stage in procedure.stage if stage.next not in made]
        bottom = max(bottom, end.bottom)
        for stage in ends:
            box = made[stage.id]
            if box is before:
                self.sheet.arrow([(box.right, y + 3), (end.x, y + 3)])
                continue
            # The stages between are not passed: the arrow goes round below them.
            between = [other.bottom for other in made.values() if other.x > box.x]
            low = max(bottom, *between, box.bottom) + 1.6
            self.sheet.arrow([(box.right - 6, box.bottom), (box.right - 6, low), (end.x + 4, low),
                              (end.x + 4, end.bottom)])  # fmt: skip
            bottom = low
        return own, bottom

    # ---- procedures of one stage, side by side

    def _cards(self, nations: tuple[str, ...], procedures: list[model.Procedure], y: float) -> float:
        top, left = y, _MARGIN + _NATION + _RUN
        room = WIDTH - _MARGIN - left
        order = [letter.id for letter in self.law.letters]
        procedures = sorted(procedures, key=lambda each: (order.index(each.letter), not each.authorities))
        across = min(len(procedures), int((room + _GAP) // (_CARD + _GAP)))
        width = (room - _GAP * (across - 1)) / across
        for first in range(0, len(procedures), across):
            row = procedures[first : first + across]
            blocks = [self._card_blocks(procedure, nations) for procedure in row]
            heights = [max(height_of(lines, width) for lines in level) for level in zip(*blocks, strict=True)]
            for place, levels in enumerate(blocks):
                x, at = left + place * (width + _GAP), y
                for level, lines in enumerate(levels):
                    fill = PAPER if level else TINT
                    box = self.sheet.box(x, at, width, lines, fill, heights[level])
                    if level:
                        self.sheet.arrow([(x + width / 2, at - _RUN), (x + width / 2, at)])
                    at = box.bottom + _RUN
            y += sum(heights) + _RUN * (len(heights) - 1) + _GAP
        nation = self.sheet.box(_MARGIN, top, _NATION, self._nation_lines(nations), TINT, y - _GAP - top)
        self.sheet.arrow([(nation.right, top + 3), (left, top + 3)])
        return y - _GAP

    def _card_blocks(self, procedure: model.Procedure, nations: tuple[str, ...]) -> list[list[Line]]:
        letter = self.law.letter[procedure.letter]
        stage = self._stage_lines(procedure, procedure.stage[0], nations)
        return [
            self._letter_lines(letter, nations),
            self._procedure_lines(procedure, nations) + stage,
            self._end_lines(procedure, nations),
        ]

    # ---- where no letter helps

    def _signposts(self, x: float, y: float) -> float:
        bottom, posts = y, self.law.signposts
        width = (WIDTH - _MARGIN - x + _RUN) / max(2 * len(posts), 1) - _RUN
        for post in posts:
            names = [self._label_of(fact, value) for fact, value in sorted(post.when.names())]
            start = self.sheet.box(x, y, width, [Line(name, bold=True) for name in names], TINT)
            told = [Line(post.title, bold=True)]
            told += [Line(_rules(post.rules), colour=SOFT)] if post.rules else []
            box = self.sheet.box(start.right + _RUN, y, width, told)
            self.sheet.arrow([(start.right, y + 3), (box.x, y + 3)])
            bottom, x = max(bottom, start.bottom, box.bottom), box.right + _RUN
        return bottom

    # ---- what stands in the boxes

    def _nation_lines(self, nations: tuple[str, ...]) -> list[Line]:
        return [Line(self._label_of("nation", nation), bold=True, size=3) for nation in nations]

    def _letter_lines(self, letter: model.LetterKind, nations: tuple[str, ...]) -> list[Line]:
        facts = {"letter": letter.id}
        lines = [Line(self._say(letter.title, nations, **facts), bold=True, size=3)]
        for concern in self.law.concerns:
            if concern.letter == letter.id:
                lines.append(Line(f"• {self._say(concern.label, nations, **facts)}"))
        return lines

    def _procedure_lines(self, procedure: model.Procedure, nations: tuple[str, ...]) -> list[Line]:
        said = self._say(procedure.name, nations, letter=procedure.letter, procedure=procedure.id)
        lines = [Line(said[:1].upper() + said[1:], bold=True), Line(procedure.id, colour=SOFT)]
        if procedure.authorities:
            names = [self.law.authority[code].short for code in procedure.authorities]
            lines.append(Line(f"Only for: {', '.join(names)}"))
        elif any(_shares(procedure, other) and other.authorities for other in self.law.procedures):
            lines.append(Line("For every other council, or when it is not known"))
        if procedure.who:
            roles = [self._label_of("role", role) for role in procedure.who.roles]
            lines.append(Line(f"Who may complain ({procedure.who.rule}): {'; '.join(roles)}"))
        for deadline in procedure.deadline:
            if not deadline.stages and not deadline.kinds:
                lines += [Line("At every stage:"), self._deadline_line(deadline, procedure, None, nations)]
        if procedure.rules:
            lines.append(Line(_rules(procedure.rules), colour=SOFT))
        return lines

    def _stage_lines(
        self, procedure: model.Procedure, stage: model.Stage, nations: tuple[str, ...]
    ) -> list[Line]:
        facts = {"letter": procedure.letter, "procedure": procedure.id, "stage": stage.id}
        recipient = self.law.recipient[stage.to]
        lines = [
            Line(stage.name, bold=True, size=2.8),
            Line(f"To {self._say(recipient.name, nations, **facts)}"),
        ]
        if stage.opened_by:
            opened = self._say(stage.reached_opened, nations, **facts)
            lines.append(Line(f"Only after: “{opened}”", colour=DAMSON))
        if stage.when.tables:
            lines.append(Line(f"Only if: {self._condition(stage.when)}", colour=DAMSON))
        if stage.may_skip:
            lines.append(Line("May be skipped", colour=DAMSON))
        for deadline in procedure.deadline:
            if stage.id in deadline.stages:
                lines.append(self._deadline_line(deadline, procedure, stage, nations))
        if not any(stage.id in deadline.stages for deadline in procedure.deadline):
            lines.append(Line("No time is written", colour=SOFT))
        return lines

    def _end_lines(self, procedure: model.Procedure, nations: tuple[str, ...]) -> list[Line]:
        lines = [Line("The end", bold=True)]
        for deadline in procedure.deadline:
            if "end" in deadline.kinds:
                lines.append(self._deadline_line(deadline, procedure, None, nations))
        rules = dict.fromkeys(rule for point in procedure.end.point for rule in point.rules)
        return [*lines, Line(f"What is left: {_rules(rules)}" if rules else "Nothing is left", colour=SOFT)]

    def _deadline_line(
        self,
        deadline: model.Deadline,
        procedure: model.Procedure,
        stage: model.Stage | None,
        nations: tuple[str, ...],
    ) -> Line:
        """One deadline in one paragraph."""
        facts = {"letter": procedure.letter, "procedure": procedure.id, "stage": stage.id if stage else ""}

        def day(id: str) -> str:
            return f"“{self._say(self.law.event[id].label, nations, **facts)}”"

        actor = "You"
        if deadline.who == "them":
            recipient = self.law.recipient.get(deadline.actor)
            actor = self._say(recipient.actor, nations, **facts) if recipient else "They"
        start = "they get the letter" if deadline.start == "received" else day(deadline.start)
        counts = deadline.within.unit.endswith("beginning with")
        parts = [
            f"{deadline.rule} {actor}: {_period(deadline.within)} {'from' if counts else 'after'} {start}"
        ]
        if counts:
            parts.append("that day counts")
        if deadline.assumed:
            parts.append("this start is assumed")
        if deadline.else_from:
            parts.append(f"if that day is forgotten, count from {' or '.join(map(day, deadline.else_from))}")
        if deadline.late_after:
            parts.append(f"late only after {_period(deadline.late_after)} ({deadline.late_rule})")
        if deadline.discretion:
            parts.append(f"may be looked at when late ({deadline.discretion})")
        if not deadline.seen:
            parts.append("the parent cannot see it")
        elif not deadline.chase:
            parts.append("no reason to write a reminder")
        if deadline.when.tables and not (stage and stage.when == deadline.when):
            parts.append(f"only if {self._condition(deadline.when)}")
        return Line("; ".join(parts), colour=DAMSON if deadline.who == "you" else FERN)

    def _condition(self, when: When) -> str:
        said = []
        for table in when.tables:
            said += [" or ".join(self._label_of(fact, value) for value in self._sorted(fact, values))
                     for fact, values in table]  # fmt: skip
        return "; ".join(said)

    def _sorted(self, fact: str, values: frozenset[str]) -> list[str]:
        order = [option.id for option in self._question(fact).option]
        return sorted(values, key=lambda value: order.index(value) if value in order else len(order))

    def _question(self, fact: str) -> asking.Question:
        return next(each for each in self.law.questions if each.key and fact_of(each.key) == fact)

    def _label_of(self, fact: str, value: str) -> str:
        """What a parent reads for this value of a fact."""
        if fact == "concerns":
            return self._say(self.law.concern[value].label, ())
        for option in self._question(fact).option:
            if option.id == value:
                return self._say(option.label, ())
        return value

    def _say(self, sentences: Sentences, nations: tuple[str, ...], **facts: str) -> str:
        """The words for each of these nations, once when they are the same."""
        known = {fact: frozenset({value}) for fact, value in facts.items()}
        said = {}
        for nation in nations or ("",):
            found = model.first(sentences, known | {"nation": frozenset({nation})})
            if found:
                said[found.text] = True
        return " / ".join(said)


def _period(period: Period) -> str:
    unit = period.unit.removesuffix(" beginning with")
    return f"{period.count} {unit if period.count != 1 else unit.removesuffix('s')}"


def _rules(rules: Iterable[str]) -> str:
    """The ids in their order; three or more that follow each other as “FRA-01 to FRA-03”."""
    runs: list[list[str]] = []
    for rule in rules:
        if runs and _follows(runs[-1][-1], rule):
            runs[-1].append(rule)
        else:
            runs.append([rule])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def _follows(one: str, other: str) -> bool:
    (start, _, number), (other_start, _, next_number) = one.rpartition("-"), other.rpartition("-")
    known = start == other_start and number.isdecimal() and next_number.isdecimal()
    return known and int(next_number) == int(number) + 1


def _shares(one: model.Procedure, other: model.Procedure) -> bool:
    return one.letter == other.letter and bool(set(one.nations) & set(other.nations))
