"""Rules, notices, signposts and help lines as a plan shows them: in plain words, with their source."""

from __future__ import annotations

from collections.abc import Iterable

from webapp.cases.model import Case
from webapp.conditions import Facts
from webapp.flows import model, register
from webapp.flows.law import Law
from webapp.flows.model import first
from webapp.language import Words
from webapp.plans.model import HelpLine, Note, RuleWords
from webapp.procedures import Route


def rule_words(ids: Iterable[str], law: Law, words: Words) -> tuple[RuleWords, ...]:
    """Each rule once: our plain sentence, the source’s own words, the source with its date, and a remark."""
    return tuple(_rule(law.rule[id], law, words) for id in dict.fromkeys(ids) if id in law.rule)


def _rule(rule: register.Rule, law: Law, words: Words) -> RuleWords:
    source = law.source[rule.source]
    name = words.say(source.name)
    dated = name if source.dated == "undated" else f"{name}, {source.dated[:4]}"
    remark = " ".join(words.say(text) for text in (rule.note, source.note) if text)
    return RuleWords(rule.id, words.say(rule.what), rule.quote, dated, remark)


def say_first(sentences: tuple[model.Sentence, ...], facts: Facts, words: Words) -> str:
    """The first sentence that holds, in the language of `words`; "" when none does."""
    found = first(sentences, facts)
    return words.say(found.text) if found else ""


def notices(route: Route, facts: Facts, law: Law, words: Words) -> tuple[Note, ...]:
    """The notices of a route, in the law’s order."""
    shown = (notice for notice in law.notices if notice.id in route.notices)
    return tuple(
        Note(
            notice.id,
            say_first(notice.title, facts, words),
            say_first(notice.text, facts, words),
            rule_words(notice.rules, law, words),
        )
        for notice in shown
    )


def signposts(route: Route, facts: Facts, law: Law, words: Words) -> tuple[Note, ...]:
    """Where to go when no letter helps."""
    shown = (post for post in law.signposts if post.id in route.signposts)
    return tuple(
        Note(
            post.id,
            words.say(post.title),
            say_first(post.text, facts, words),
            rule_words(post.rules, law, words),
        )
        for post in shown
    )


def partly_read(case: Case, route: Route, law: Law, words: Words) -> tuple[Note, ...]:
    """What was read of the conference procedure of the parent’s own council, as unconfirmed."""
    if not any(
        due.procedure.letter == "conference" and not due.procedure.authorities for due in route.letters
    ):
        return ()
    found = []
    for area in law.partly_read:
        if case.authority not in area.authorities:
            continue
        sentences = [words.say(text) for text in (*area.says, *area.unread, area.note) if text]
        sentences.append(
            words.say("We could not check this. Ask the chair for the procedure that applies to you.")
        )
        title = words.say("What we read about {area}: not confirmed").replace("{area}", area.name)
        source = f"{area.address}, {area.dated}" if area.dated != "undated" else area.address
        read = words.say("We read this on {day}.").replace("{day}", words.plain_date(area.read))
        rule = RuleWords(area.source, "", "", source, read)
        found.append(Note("partly-read", title, " ".join(sentences), (rule,)))
    return tuple(found)


def help_lines(case: Case, route: Route, law: Law, words: Words) -> tuple[HelpLine, ...]:
    """The lines of the parent’s own nation; those about one agency only beside its letter."""
    agencies = {letter.id for letter in law.letters}
    opened = {due.letter for due in route.letters}
    return tuple(
        help_line(line, words)
        for line in law.help_lines
        if case.nation in line.nations
        and (not line.authorities or case.authority in line.authorities)
        and (not agencies & set(line.kinds) or opened & set(line.kinds))
    )


def help_gaps(case: Case, law: Law, words: Words) -> tuple[Note, ...]:
    """Where no line of a kind was found for the parent’s nation, said as it is."""
    shown = (gap for gap in law.help_gaps if case.nation in gap.nations)
    return tuple(Note(gap.kind, "", words.say(gap.say), rule_words(gap.rules, law, words)) for gap in shown)


def help_line(line: register.HelpLine, words: Words) -> HelpLine:
    """One line, with the day on which its details were read."""
    read = words.say("We read this on {day}.").replace("{day}", words.plain_date(line.read))
    if line.status == "B":
        unchecked = words.say("We could not check it on their own pages.")
        read = f"{read} {unchecked}"
    other = ", ".join(text for text in (line.sms, line.web, line.email, line.post) if text)
    hours = words.say(line.hours).rstrip(".")
    return HelpLine(
        words.say(line.name), words.say(line.what), line.phone, hours, other, read, _for_parents(line)
    )


def _for_parents(line: register.HelpLine) -> bool:
    """True for advice that a parent can have; a line for children is none."""
    return "advice" in line.kinds and "child" not in line.kinds
