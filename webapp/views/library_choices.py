"""What the list of templates can be narrowed down to: a nation, a council, a procedure, a stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from webapp.flows.law import Law
from webapp.language import N_, Words
from webapp.letters.blank import Blank
from webapp.letters.facts import authority_name
from webapp.library.catalogue import find
from webapp.library.desk import Desk


@dataclass(frozen=True)
class Choice:
    """What somebody chose, as ids; "" where they chose nothing."""

    nation: str = ""
    council: str = ""
    procedure: str = ""
    stage: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """What of it a link has to carry."""
        chosen = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: id for name, id in chosen.items() if id}

    def found(self, law: Law) -> tuple[Blank, ...]:
        """The blank letters that fit."""
        return find(law, **self.query)


def chosen(asked: Mapping[str, str], law: Law) -> Choice:
    """The choice that an address carries; what there is not chooses nothing. A council lies in its nation."""
    council = asked.get("council", "")
    authority = law.authority.get(council)
    nation = authority.nation if authority else asked.get("nation", "")
    procedure, stage = asked.get("procedure", ""), asked.get("stage", "")
    return Choice(
        nation=nation if nation in _nations(law) else "",
        council=council if authority else "",
        procedure=procedure if procedure in law.procedure else "",
        stage=stage if any(stage == each.id for entry in law.procedures for each in entry.stage) else "",
    )


def nation_name(nation: str, law: Law, words: Words) -> str:
    """The name of a nation, as the question that asks for it says it."""
    return next(words.say(option.label[0].text) for option in law.question["nation"].option
                if option.id == nation)  # fmt: skip


def subjects(law: Law, desk: Desk, words: Words) -> dict[tuple[str, str], str]:
    """The heading of each nation’s procedure: its name, and the nation where another has one of that name."""
    firsts = {(blank.nation, blank.procedure.id): blank for blank in reversed(find(law))}
    names = {key: _sentence(desk.sheet(blank, words).procedure) for key, blank in firsts.items()}
    times = Counter(names.values())
    return {
        (nation, id): f"{name}, {nation_name(nation, law, words)}" if times[name] > 1 else name
        for (nation, id), name in names.items()
    }


def choosers(choice: Choice, law: Law, desk: Desk, words: Words) -> list[dict[str, Any]]:
    """The four lists to choose from, as the page draws them."""
    say = words.say
    nations = [(id, nation_name(id, law, words)) for id in _nations(law)]
    councils = [(name, _options(_councils(id, law, words), choice.council)) for id, name in nations]
    procedures = _options(_procedures(choice, law, desk, words), choice.procedure)
    stages = _options(_stages(choice, law, words), choice.stage)
    return [
        _chooser("nation", say(N_("Nation")), say(N_("Any nation")), _options(nations, choice.nation)),
        _chooser("council", say(N_("Council")), say(N_("Any council")), groups=councils),
        _chooser("procedure", say(N_("Procedure")), say(N_("Any procedure")), procedures),
        _chooser("stage", say(N_("Stage")), say(N_("Any stage")), stages),
    ]


def _chooser(
    id: str, label: str, none: str, options: Iterable[Any] = (), groups: Iterable[Any] = ()
) -> dict[str, Any]:
    return {"id": id, "label": label, "none": none, "options": list(options), "groups": list(groups)}


def _options(entries: Iterable[tuple[str, str]], current: str) -> list[dict[str, Any]]:
    return [{"value": id, "text": text, "selected": id == current} for id, text in entries]


def _nations(law: Law) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.nation for entry in law.authorities))


def _councils(nation: str, law: Law, words: Words) -> list[tuple[str, str]]:
    here = [(entry.code, authority_name(entry, words)) for entry in law.authorities if entry.nation == nation]
    return sorted(here, key=lambda entry: entry[1].casefold())


def _procedures(choice: Choice, law: Law, desk: Desk, words: Words) -> list[tuple[str, str]]:
    """Each procedure once: as the heading of its only nation, or by its name in the chosen one."""
    headings = subjects(law, desk, words)
    firsts = {(blank.nation, blank.procedure.id): blank for blank in reversed(find(law))}
    named = []
    for procedure in law.procedures:
        if len(procedure.nations) == 1:
            named.append((procedure.id, headings[procedure.nations[0], procedure.id]))
        else:
            nation = choice.nation if choice.nation in procedure.nations else procedure.nations[0]
            blank = firsts[nation, procedure.id]
            named.append((procedure.id, _sentence(desk.sheet(blank, words).procedure)))
    return named


def _stages(choice: Choice, law: Law, words: Words) -> list[tuple[str, str]]:
    """The stages of what else is chosen. One that procedures name each in their own way has all its names."""
    found = find(law, choice.nation, choice.council, choice.procedure)
    if choice.stage not in {"", *(blank.stage.id for blank in found)}:
        found = find(law)
    names: dict[str, dict[str, None]] = {}
    for blank in found:
        names.setdefault(blank.stage.id, {})[words.say(blank.stage.name)] = None
    return [(id, " / ".join(said)) for id, said in names.items()]


def _sentence(text: str) -> str:
    """The text with a capital at its start, as it stands alone."""
    return text[:1].upper() + text[1:]
