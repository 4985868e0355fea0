"""The pack: everything for one case as one zip, with plain file names and a page that says what each is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from webapp.cases.model import Case
from webapp.documents import FORMATS, Document, DocumentError, offers, render
from webapp.documents.article import templates
from webapp.documents.zipped import zipped
from webapp.flows.law import Law
from webapp.language import BY_ID, ENGLISH, N_, Words
from webapp.letters.model import Letter
from webapp.making import compose_one, copy_of, file_name, plan_file, words_of
from webapp.plans.sheet import NEXT_STEPS
from webapp.procedures import Route, route
from webapp.rendering import Make, at_once

CASE_FILE = "saved-answers.json"
CONTENTS = "contents.html"

_Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True)
class Item:
    """One file of the pack; where it could not be made, `failed` says why."""

    name: str
    title: str
    opens: str
    bytes: int
    failed: str = ""

    @property
    def kilobytes(self) -> int:
        """Its size, in whole kilobytes and at least one."""
        return max(1, round(self.bytes / 1000))


@dataclass
class Group:
    """What belongs together: the files of one letter in one language, or those of the plan."""

    title: str
    items: list[Item] = field(default_factory=list)


def packed(case: Case, law: Law, words: Words, case_file: bytes, make: Make = at_once) -> Iterator[bytes]:
    """The zip, piece by piece, in the language of `words`; `case_file` goes into it, and into the copies.

    A file that cannot be made is left out, and the contents page says why.
    """
    return zipped(_Pack(case, route(case, law), law, words, case_file, make).files())


@dataclass
class _Pack:
    case: Case
    found: Route
    law: Law
    words: Words
    case_file: bytes
    make: Make
    groups: list[Group] = field(default_factory=list)

    def files(self) -> _Files:
        """Every file with its name; the contents come last, when it is known what there is."""
        for number, due in enumerate(self.found.letters, start=1):
            for language in self._languages() if due.writes else ():
                letter = compose_one(self.case, self.found, due.letter, None, self.law, language)
                stem = file_name(self.found, due.letter)
                to_send = not letter.notice
                said = N_("Letter {number}") if to_send else N_("Letter {number}: your copy, not to send")
                title = self._say(said).replace("{number}", str(number))
                yield from self._letter(letter, title, stem if to_send else f"{stem}-{language.language.id}")
        yield from self._plan()
        page = templates().get_template(CONTENTS).render(pack=self, language=self.words.language, _=self._say)
        yield CONTENTS, page.encode()

    def _letter(self, letter: Letter, title: str, stem: str) -> _Files:
        group = self._group(title)
        for offer in offers(BY_ID[letter.language]):
            format = offer.format.id
            make = partial(self.make, format, render, letter, format, offer.size)
            yield from self._one(group, offer.file_name(stem), offer.title, offer.format.opens, make)
        if letter.language == self.words.language.id:
            make = partial(copy_of, letter, self.case_file, "standard", self.words, self.make)
            opens = N_("For you to keep. Your answers are inside it.")
            yield from self._one(group, f"{stem}-your-copy.pdf", N_("Your own copy (PDF)"), opens, make)

    def _plan(self) -> _Files:
        group = self._group(self._say(NEXT_STEPS))
        make = partial(plan_file, self.case, self.found, self.law, self.words)
        for offer in offers(self.words.language):
            one = partial(make, offer.format.id, offer.size, make=self.make)
            yield from self._one(group, offer.file_name("next-steps"), offer.title, offer.format.opens, one)
        dates = FORMATS["ics"]
        yield from self._one(
            group, "dates.ics", dates.titles["standard"], dates.opens, partial(make, dates.id)
        )
        answers = Document(self.case_file, "application/json", "json")
        opens = N_("To come back with. This file is not locked.")
        yield from self._one(group, CASE_FILE, N_("Your answers"), opens, lambda: answers)

    def _one(self, group: Group, name: str, title: str, opens: str, make: Callable[[], Document]) -> _Files:
        try:
            content = make().content
        except DocumentError as error:
            group.items.append(Item(name, self._say(title), self._say(opens), 0, error.say(self._say)))
            return
        group.items.append(Item(name, self._say(title), self._say(opens), len(content)))
        yield name, content

    def _group(self, title: str) -> Group:
        group = Group(title)
        self.groups.append(group)
        return group

    def _languages(self) -> tuple[Words, ...]:
        """The parent’s language; where the council need not read it, the one to send goes first."""
        own = self.words
        return (own,) if self.case.nation in own.language.official else (words_of(ENGLISH.id), own)

    def _say(self, message: str) -> str:
        return self.words.say(message)
