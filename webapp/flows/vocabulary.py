"""The names that the data and the code share: facts that a `when` may ask for, placeholders, and inserts."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.flows import asking, model
from webapp.flows.entries import Entry
from webapp.flows.law import Law
from webapp.flows.stages import reached_ids

KINDS = frozenset(
    {"complaint", "escalation", "chase", "enquiry", "request-procedure", "holding", "wait", "end"}
)
_YES_NO = frozenset({"yes", "no"})

# What the answers of a case file may be where the contract or the code fixes it. A question that asks
# for one of these offers the same ids.
ANSWERS: Mapping[str, frozenset[str]] = {
    "nation": frozenset({"england", "wales", "elsewhere"}),
    "role": frozenset({"parent", "carer", "young-person", "family-member", "supporter"}),
    "legal": frozenset({"in-court", "letter-before-proceedings", "police-case", "none"}),
    "helper": frozenset({"none", "family-or-friend", "advocate", "worker", "complained-about"}),
    "reply-by": frozenset({"post", "email", "phone"}),
    "privacy": frozenset({"not-other-parent", "no-messages", "none"}),
    "parental-responsibility": frozenset({"yes", "no", "not-sure"}),
    "procedure-used": frozenset({"children-act", "council-own", "not-known"}),
    "conference-type": frozenset({"initial", "review", "not-known"}),
    "attended": _YES_NO,
    "about-chair": _YES_NO,
    "meeting": frozenset({"welcome", "not-wanted"}),
    "keep-working": _YES_NO,
    "reply-language": frozenset({"cy", "en"}),
}
# The answers that the description of case files fixes: they stand whether or not a condition names them.
CONTRACT = frozenset(
    {"nation", "role", "legal", "helper", "reply-by", "procedure-used", "send-by", "reached"}
)

_HAS = frozenset(
    {
        "recipient-name",
        "writer",
        "writer-organisation",
        "why-late",
        "tried",
        "why-unhappy",
        "dates-i-can-make",
    }
    | {"adjustments", "enclosures", "details", "name", "council"}
)
_COMPUTED: Mapping[str, frozenset[str]] = {
    "kind": KINDS,
    "late": _YES_NO,
    "listed": _YES_NO,
    "letters": frozenset({"yes", "no"}),
    "letters-to-write": frozenset({"yes", "no"}),
    "discretion": frozenset({"written", "none"}),
    "answered": _YES_NO,
    "blank": frozenset({"yes"}),
    "children": frozenset({"one", "several"}),
    "support": frozenset(
        {"interpreter", "translation", "same-language", "supporter", "reply-format", "adjustments"}
    ),
    "has": _HAS,
}

_OF_CASE = frozenset({"nation", "authority", "role", "legal", "helper", "concerns", "writing"})
_OF_LETTER = frozenset(
    {"letter", "procedure", "stage", "kind", "reached", "late", "listed", "procedure-used"}
    | {"conference-type", "attended", "about-chair"}
)
_COMPOSED = frozenset(
    {"outcomes", "send-by", "discretion", "known", "happened", "others", "late-rules", "missed-rules"}
    | {
        "answered",
        "parental-responsibility",
        "children",
        "support",
        "reply-format",
        "reply-by",
        "privacy",
        "reply-language",
    }
    | {"meeting", "keep-working", "has", "blank"}
)

INSERTS = frozenset(
    {"concerns", "concern-headings", "outcomes", "deadlines", "history", "why-late", "tried", "why-unhappy"}
    | {"dates-i-can-make", "adjustments"}
)
_VALUES = frozenset(
    {"name", "council", "reference", "worker", "writer", "writer-organisation", "recipient-name", "supporter"}
    | {"interpreter", "reply-format", "today", "stage", "own-due", "own-limit", "days-late", "their-due"}
    | {"their-quote", "their-source", "reply-by-date"}
)
CHILD_VALUES = frozenset({"child-names", "child-born"})


def facts_known(law: Law) -> Mapping[str, frozenset[str]]:
    """For each place where a `when` may stand, the facts that are known there.

    The places are those of `place_of`.
    """
    case = _OF_CASE | {letter.id for letter in law.letters}
    of_letter = case | _OF_LETTER
    of_page = frozenset({"letters", "letters-to-write", "reply-by"})
    return {
        "stage": frozenset({"procedure-used"}),
        "deadline": frozenset({"procedure-used", "kind", "stage"}),
        "case": case,
        "page": case | of_page,
        "letter page": of_letter | of_page,
        "notice": of_letter,
        "letter": of_letter | _COMPOSED,
    }


def place_of(entry: Entry, field: str) -> str:
    """Where a `when` under this field of an entry is decided.

    `stage` and `deadline` decide the route, `case` knows no letter, `page` is a question of the case and
    `letter page` one of each letter, `notice` knows both, `letter` is what is shown or printed of a letter.
    """
    match entry.value:
        case model.Stage() if not field:
            return "stage"
        case model.Deadline() if not field:
            return "deadline"
        case asking.Notice() if not field:
            return "notice"
        case asking.Notice() | asking.Signpost() | model.Note():
            return "case"
        case asking.Question(each=""):
            return "page"
        case asking.Question() | asking.Outcome():
            return "letter page"
        case asking.Concern() | asking.ConcernGroup() if field != "heading":
            return "page"
        case model.Sentence() if entry.file == "outcomes.toml":  # what a procedure cannot give
            return "letter page"
        case model.Event() if field != "history":
            return "letter page"
    return "letter"


def values_known(law: Law) -> Mapping[str, frozenset[str]]:
    """For each fact, every value that it may have."""
    letters = frozenset(letter.id for letter in law.letters)
    events = frozenset(event.id for event in law.events)
    deadlines = frozenset(entry.rule for procedure in law.procedures for entry in procedure.deadline)
    offered = {
        fact: frozenset(option.id for option in question.option)
        for question in law.questions
        if (fact := fact_of(question.key)) and question.option
    }
    return {
        **offered,
        **{fact: ids | offered.get(fact, frozenset()) for fact, ids in ANSWERS.items()},
        **_COMPUTED,
        **dict.fromkeys(letters, KINDS),
        "authority": frozenset(entry.code for entry in law.authorities) | {"not-sure"},
        "letter": letters,
        "others": letters,
        "writing": letters,
        "procedure": frozenset(procedure.id for procedure in law.procedures),
        "stage": frozenset(stage.id for procedure in law.procedures for stage in procedure.stage),
        "reached": frozenset(id for procedure in law.procedures for id in every_reached(law, procedure.id)),
        "concerns": frozenset(concern.id for concern in law.concerns),
        "outcomes": frozenset(outcome.id for outcome in law.outcomes),
        "send-by": frozenset(way.id for way in law.ways),
        "known": events,
        "happened": events,
        "late-rules": deadlines,
        "missed-rules": deadlines,
    }


def every_reached(law: Law, procedure: str) -> frozenset[str]:
    """Every value that `reached` may have in a procedure, whatever the other answers are."""
    found: set[str] = set()
    for used in ANSWERS["procedure-used"]:
        found |= set(reached_ids(law.procedure[procedure], {"procedure-used": {used}}))
    return frozenset(found)


def fact_of(key: str) -> str:
    """The fact that a key of the case file becomes: its last part."""
    return key.rpartition(".")[2]


def placeholders(law: Law) -> frozenset[str]:
    """The names in curly brackets that every sentence of a letter may use."""
    return _VALUES | {event.id for event in law.events} | {place.id for place in law.places}
