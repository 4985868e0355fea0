"""The command line: which letters are due, the letters themselves, and the checks of the data."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from webapp.cli_making import REFUSALS, Refused, SomeFailed, add_making, case_in, one_line, read_data
from webapp.clock import london_day
from webapp.counters import Counters
from webapp.flows.law import Law
from webapp.flows.problems import DataError, Problems
from webapp.places import translations_folder
from webapp.procedures import Counted, LetterDue, Route, route
from webapp.settings import data_folder
from webapp.workdays import UnknownHolidays


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. The status is 0, or 2 with one line on standard error that says what is wrong."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], str] = options.command
    try:
        said = command(options)
    except (*REFUSALS, UnknownHolidays) as error:
        print(f"heard: {one_line(error)}", file=sys.stderr)
        return 2
    except SomeFailed as partly:
        print(partly, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("heard: stopped; say it again to go on", file=sys.stderr)
        return 130
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"heard: {error.filename or 'file'}: {error.strerror}", file=sys.stderr)
        return 2
    if said:
        _print(said)
    return 0


def _print(said: str) -> None:
    """Prints, and is content when whoever reads, such as `head`, has read enough."""
    try:
        print(said, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = _OneLine(prog="heard", description="Child protection complaint letters, and every date.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, help: str, run: Callable[[argparse.Namespace], str]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help)
        made.set_defaults(command=run)
        return made

    routing = command("route", "print the letters that a case leads to, with their dates", _route)
    routing.add_argument("case", metavar="CASE.json", type=Path)
    add_making(command)
    command("check", "check flows/ and the words of the letters, and list what can be answered", _check)
    command("languages", "print the languages: how complete, by whom checked, with which fonts", _languages)
    drawing = command("draw", "draw the decision tree as SVG", _draw)
    drawing.add_argument("--output", type=Path)
    command("routes", "print the complete route table", _routes)
    counting = command("counters", "print what was counted, where HEARD_COUNTERS=yes", _counters)
    counting.add_argument("--from", dest="first", metavar="MONTH", help="such as 2026-04; else this January")
    counting.add_argument("--to", dest="last", metavar="MONTH", help="such as 2027-03; else this month")
    return parser


class _OneLine(argparse.ArgumentParser):
    """Says what is wrong with the command in one line."""

    def error(self, message: str) -> Any:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _route(options: argparse.Namespace) -> str:
    law = read_data()
    return json.dumps(as_json(route(case_in(options.case, law), law)), ensure_ascii=False, indent=2)


def _check(options: argparse.Namespace) -> str:
    from webapp.flows.checks import check_law

    law = read_data()
    problems = check_law(law)
    if problems:
        raise DataError(Problems(problems))
    return _answers(law)


def _answers(law: Law) -> str:
    """What can be answered: the ids that a case file may hold, beside those of its description."""
    lines = [f"The data is in order: {len(law.rules)} rules, {len(law.authorities)} authorities."]
    lines += [f"procedures: {' '.join(entry.id for entry in law.procedures)}"]
    lines += [f"concerns: {' '.join(entry.id for entry in law.concerns)}"]
    lines += [f"events: {' '.join(entry.id for entry in law.events)}"]
    for letter in law.letters:
        ids = " ".join(entry.id for entry in law.outcomes if letter.id in entry.letters)
        lines.append(f"{letter.id}.outcomes: {ids}")
    for question in law.questions:
        if question.option:
            lines.append(f"{question.key}: {' '.join(option.id for option in question.option)}")
    return "\n".join(lines)


def _languages(options: argparse.Namespace) -> str:
    from webapp.languages_table import languages_table

    return languages_table(translations_folder())


def _draw(options: argparse.Namespace) -> str:
    from webapp.flows.drawing import draw

    drawn = draw(read_data())
    if options.output is None:
        return drawn
    options.output.write_text(drawn, encoding="utf-8")
    return str(options.output)


def _routes(options: argparse.Namespace) -> str:
    from webapp.route_table import route_table

    return route_table(read_data()).rstrip("\n")


def _counters(options: argparse.Namespace) -> str:
    """What was counted, as lines of comma-separated values."""
    today = london_day()
    first, last = options.first or f"{today.year}-01", options.last or today.isoformat()[:7]
    try:
        found = Counters(data_folder()).between(first, last)
    except ValueError as error:
        raise Refused(str(error)) from None
    return "\n".join(["what,id,number", *(f"{each.what},{each.id},{each.number}" for each in found)])


def as_json(found: Route) -> dict[str, Any]:
    """A route in the form of the case file’s description; a key that does not apply is absent."""
    return {
        "letters": [_letter_json(due) for due in found.letters],
        "signposts": list(found.signposts),
        "notices": list(found.notices),
    }


def _letter_json(due: LetterDue) -> dict[str, Any]:
    return {
        "id": due.letter,
        "procedure": due.procedure.id,
        "stage": due.stage.id,
        "kind": due.kind,
        "to": due.stage.to,
        "concerns": list(due.concerns),
        "late": due.late,
        "deadlines": [_deadline_json(entry) for entry in due.deadlines],
    }


def _deadline_json(entry: Counted) -> dict[str, Any]:
    made: dict[str, Any] = {"rule": entry.deadline.rule, "who": entry.deadline.who}
    made["due"] = entry.due.isoformat() if entry.due else None
    if entry.deadline.who == "them":
        made["late_from"] = entry.late_from.isoformat() if entry.late_from else None
    if entry.act_by:
        made["act_by"] = entry.act_by.isoformat()
    made["state"] = entry.state
    if entry.assumed:
        made["assumed"] = True
    return made


if __name__ == "__main__":
    sys.exit(main())
