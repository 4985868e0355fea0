"""The commands that make files: the letters, the plan and the pack of a case, and the library."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import cache, partial
from getpass import getpass
from pathlib import Path

from webapp.batch import Done, named, run
from webapp.cases.model import Case, CaseError
from webapp.cases.reading import read_case
from webapp.clock import london_day
from webapp.documents import FORMATS, SIZES, DocumentError
from webapp.flows.law import Law
from webapp.flows.reading import read_law
from webapp.language import LANGUAGES
from webapp.letters.blank import blanks_of
from webapp.library.shelf import Book, Shelf, books
from webapp.locking import LockError, is_locked, unlock
from webapp.making import Files, NoLetter, NothingDue, letter_files, plan_file, words_of, write_files
from webapp.packing import packed
from webapp.places import flows_folder, templates_folder
from webapp.procedures import route

Command = Callable[[str, str, Callable[[argparse.Namespace], str]], argparse.ArgumentParser]


class Refused(Exception):
    """What was asked for cannot be done; the message is the one line that says why."""


class SomeFailed(Exception):
    """Of many, some could not be made; the message names them and says what was made."""


REFUSALS = (Refused, CaseError, NoLetter, DocumentError)


def add_making(command: Command) -> None:
    """Adds the commands to the parser whose `command` makes one of a name, a help line and a function."""
    letter = command("letter", "make the letters of a case, or of a folder of cases", _letter)
    letter.add_argument("case", metavar="CASE.json", type=Path, help="a case file, or a folder of them")
    letter.add_argument("--letter", help="only this letter, such as conference")
    letter.add_argument("--kind", help="another letter at the same place: enquiry or holding")
    letter.add_argument(
        "--copy", action="store_true", help="the parent’s own copy: a PDF with the case in it"
    )
    _add_look(letter)
    plan = command("plan", "make the plan of a case: the next steps, with their dates", _plan)
    plan.add_argument("case", metavar="CASE.json", type=Path)
    _add_look(plan)
    pack = command("pack", "make everything for a case, in every format, as one zip", _pack)
    pack.add_argument("case", metavar="CASE.json", type=Path)
    _add_language(pack)
    _add_output(pack, "the zip; pack.zip when you say nothing")
    library = command("templates", "make the library of blank letters, or go on where it stopped", _templates)
    library.add_argument("--output", type=Path, required=True, metavar="DIR", help="the folder to fill")
    library.add_argument("--language", action="append", choices=_languages(), help="only in this language")
    library.add_argument("--format", action="append", choices=_of_letters(), help="only in this format")
    library.add_argument("--zip", type=Path, help="put them into this zip too")


def _languages() -> list[str]:
    return [each.id for each in LANGUAGES]


def _of_letters() -> list[str]:
    return [each.id for each in FORMATS.values() if each.made_of == "letter"]


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", default="en", help=f"one of: {', '.join(_languages())}")


def _add_output(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--output", type=Path, help=help)
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _add_look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", default="pdf", help=f"one of: {', '.join(FORMATS)}")
    parser.add_argument("--size", default="standard", help=f"one of: {', '.join(SIZES)}")
    _add_language(parser)
    _add_output(parser, "a file; for several letters a folder or a .zip")


@cache
def read_data() -> Law:
    """The law that this installation carries. Raises DataError."""
    return read_law(flows_folder(), templates_folder() / "letters")


def case_in(path: Path, law: Law) -> Case:
    """The case in a file. Raises Refused for a file that is locked or not JSON, CaseError, and OSError."""
    try:
        document = json.loads(contents(path).decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Refused(f"{path}: this is not a JSON file: {error}") from None
    return read_case(document, law, london_day())


def contents(path: Path) -> bytes:
    """What is in a case file, unlocked. Raises Refused for one that cannot be unlocked, and OSError."""
    content = path.read_bytes()
    if not is_locked(content):
        return content
    try:
        return unlock(content, _passphrase(path))
    except LockError as error:
        raise Refused(f"{path}: {error}") from None


@cache
def _passphrase(path: Path) -> str:
    """The passphrase of a locked file, as the environment has it or as it is typed: never an argument."""
    if given := os.environ.get("HEARD_PASSPHRASE"):
        return given
    if not sys.stdin.isatty():
        raise Refused(f"{path}: this file is locked; put its passphrase into HEARD_PASSPHRASE")
    return getpass(f"Passphrase of {path}: ")


def one_line(error: Exception) -> str:
    """What an error says, on one line."""
    if isinstance(error, OSError):
        return f"{error.filename or 'file'}: {error.strerror}"
    return " ".join(str(error).split())


def _letter(options: argparse.Namespace) -> str:
    if options.case.is_dir():
        return _folder(options)
    files = _letters(options.case, options)
    return "\n".join(map(str, write_files(files, options.output, options.force, bool(options.letter))))


def _letters(path: Path, options: argparse.Namespace) -> Files:
    law = read_data()
    case = case_in(path, law)
    carried = contents(path) if options.copy else None
    return letter_files(
        case, law, options.letter, options.kind, options.format, options.size, options.language, carried
    )


def _folder(options: argparse.Namespace) -> str:
    """The letters of every case file in a folder, each case in a folder of its own."""
    cases = sorted(options.case.rglob("*.json"))
    if not cases:
        raise Refused(f"{options.case}: there is no case file (.json) in this folder")
    output = options.output or Path("letters")
    if output.suffix:
        raise Refused(f"{output}: for a folder of cases give a folder")
    work = partial(_one_case, options=options, above=options.case, output=output)
    done = run(cases, work, _start)
    made = sum(each.made for each in done)
    of = sum(1 for each in done if each.made)
    return _summary(done, f"{made} files of {of} cases are in {output}; {len(cases)} case files were read")


def _one_case(path: Path, options: argparse.Namespace, above: Path, output: Path) -> Done:
    try:
        files = _letters(path, options)
        written = write_files(files, output / path.relative_to(above).with_suffix(""), options.force, False)
        return Done(str(path), made=len(written))
    except NothingDue as nothing:
        return Done(str(path), nothing=one_line(nothing))
    except (*REFUSALS, OSError) as error:
        return Done(str(path), failed=one_line(error))


def _start() -> None:
    """What each process reads once."""
    read_data()


def _summary(done: list[Done], said: str) -> str:
    """The summary, with every job that made nothing. Raises SomeFailed where one failed."""
    text = "\n".join((*named(done), said))
    if failed := sum(1 for each in done if each.failed):
        raise SomeFailed(f"{text}\n{failed} could not be made")
    return text


def _plan(options: argparse.Namespace) -> str:
    law = read_data()
    case = case_in(options.case, law)
    words = words_of(options.language)
    document = plan_file(case, route(case, law), law, words, options.format, options.size)
    name = f"{'dates' if options.format == 'ics' else 'next-steps'}.{document.extension}"
    chosen = options.output is not None and bool(options.output.suffix)
    return "\n".join(map(str, write_files({name: document}, options.output, options.force, chosen)))


def _pack(options: argparse.Namespace) -> str:
    law = read_data()
    case = case_in(options.case, law)
    output = options.output or Path("pack.zip")
    if output.exists() and not options.force:
        raise Refused(f"{output} is there already; use --force to write over it")
    pieces = packed(case, law, words_of(options.language), contents(options.case))
    output.write_bytes(b"".join(pieces))
    return str(output)


def _templates(options: argparse.Namespace) -> str:
    """Makes what is not there yet, and says how many files there are."""
    law = read_data()
    shelf = Shelf(options.output, law)
    shelf.open()
    wanted = books(blanks_of(law), options.language or _languages())
    wanted = tuple(each for each in wanted if each.offer.format.id in (options.format or _of_letters()))
    missing = [each for each in wanted if not (options.output / each.path).is_file()]
    done = run(missing, partial(_one_book, folder=options.output), _start) if missing else []
    made = sum(each.made for each in done)
    there = len(wanted) - len(missing)
    said = f"{made} made, {there} were there already: {made + there} files in {options.output}"
    text = _summary(done, said)
    if options.zip:
        for _ in shelf.bind(wanted, options.zip):
            pass
        text += f"\n{options.zip}"
    return text


def _one_book(book: Book, folder: Path) -> Done:
    try:
        Shelf(folder, read_data()).file(book)
        return Done(book.path, made=1)
    except (DocumentError, OSError) as error:
        return Done(book.path, failed=one_line(error))
