"""The library's catalogue: each blank letter, what it is for, when to use it, its limits and its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.flows.law import Law
from webapp.flows.model import first
from webapp.language import Words
from webapp.letters.blank import Blank, blanks_of, compose_blank, due_and_facts, own_limit
from webapp.letters.model import Choices, Letter, Paragraph, Points
from webapp.plans.model import RuleWords
from webapp.plans.notes import rule_words, say_first


@dataclass(frozen=True)
class Limit:
    """One time limit in words: who must do what, and how long they have."""

    who: str
    does: str
    allowed: str
    rules: tuple[RuleWords, ...]


@dataclass(frozen=True)
class Sheet:
    """A blank letter as the library shows it. `own_limit` is the time that its sender has, in words."""

    path: str
    title: str
    stage: str
    procedure: str
    what: str
    use: str
    to: str
    own_limit: str
    limits: tuple[Limit, ...]
    rules: tuple[RuleWords, ...]


def path_of(blank: Blank) -> str:
    """Where it stands: in an address of the site, and in a folder of files."""
    return f"{blank.nation}/{blank.procedure.id}/{blank.stage.id}/{blank.id}"


def blank_at(path: str, law: Law) -> Blank | None:
    """The blank letter at this path, or None."""
    return next((blank for blank in blanks_of(law) if path_of(blank) == path), None)


def find(
    law: Law, nation: str = "", council: str = "", procedure: str = "", stage: str = ""
) -> tuple[Blank, ...]:
    """The blank letters that fit; an empty choice, and one that there is not, chooses nothing.

    A council chooses the procedures that hold there: its own where it has one, else its nation's.
    """
    authority = law.authority.get(council)
    held = {law.procedure_for(letter.id, authority.nation, council).id for letter in law.letters if authority}
    wanted = {
        "nation": authority.nation if authority else nation,
        "procedure": procedure if procedure in law.procedure else "",
        "stage": stage if stage in {each.id for entry in law.procedures for each in entry.stage} else "",
    }
    return tuple(
        blank
        for blank in blanks_of(law)
        if (not authority or blank.procedure.id in held)
        and wanted["nation"] in ("", blank.nation)
        and wanted["procedure"] in ("", blank.procedure.id)
        and wanted["stage"] in ("", blank.stage.id)
    )


def sheet(blank: Blank, law: Law, words: Words) -> Sheet:
    """Everything that the library says of a blank letter, in the language of `words`."""
    due, facts = due_and_facts(blank, law)
    kind, recipient = blank.kind, law.recipient[blank.stage.to]
    own = own_limit(blank.procedure, blank.stage)
    limits = [entry.deadline for entry in due.deadlines]
    cited = [rule for said in (kind.use, blank.procedure.what) for each in said for rule in each.rules]
    cited += [*rules_of(compose_blank(blank, law, words)), *blank.procedure.rules]
    use = say_first(kind.use, facts, words)
    if blank.reminds_of:
        late = blank.reminds_of
        use = " ".join((use, say_first(late.plan, facts, words), say_first(late.allowed, facts, words)))
    return Sheet(
        path=path_of(blank),
        title=say_first(kind.title, facts, words),
        stage=words.say(blank.stage.name),
        procedure=say_first(blank.procedure.name, facts, words),
        what=say_first(kind.what, facts, words),
        use=use,
        to=say_first(recipient.name, facts, words),
        own_limit=say_first(own.allowed, facts, words) if own else "",
        limits=tuple(
            Limit(
                who="you" if limit.who == "you" else "they",
                does=words.say(does.text),
                allowed=say_first(limit.allowed, facts, words),
                rules=rule_words((limit.rule,), law, words),
            )
            for limit in limits
            if (does := first(limit.plan, facts))
        ),
        rules=rule_words((*cited, *(limit.rule for limit in limits)), law, words),
    )


def rules_of(letter: Letter) -> Iterator[str]:
    """The ids of the rules that a letter's own sentences rest on, in its order."""
    for block in letter.blocks:
        if isinstance(block, Paragraph | Points | Choices):
            yield from block.rules
