"""One broken example for each kind of error in the data: exactly one problem, with its place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from breaking import Break, copy_of_the_data, problems_of

from webapp.flows.checks import check_law
from webapp.flows.law import Law
from webapp.flows.problems import Problem

DURHAM = "flows/procedures/conference-durham.toml"
QUESTIONS = "flows/questions.toml"
OPENING = "templates/letters/10-opening.toml"

# What the reader of the files finds.
READING = [
    Break(
        "bad TOML",
        "flows/notices.toml",
        "[[notice",
        what="it is not TOML",
        remedy="mend that line",
    ),
    Break(
        "unknown table",
        "flows/events.toml",
        "[[evnet]]",
        entry="evnet",
        what="nobody reads this table",
        remedy="remove it, or write one of: event",
    ),
    Break(
        "unknown key",
        "flows/notices.toml",
        '\ncolour = "red"',
        at='id = "decision-stands"',
        entry="decision-stands",
        what="colour is not known here",
        remedy="remove it or correct its spelling",
    ),
    Break(
        "unknown language key",
        "flows/authorities.toml",
        '\nname_pl = "Hartlepool"',
        at='code = "E06000001"',
        entry="E06000001",
        what="name_pl is not known here",
        remedy="remove it or correct its spelling",
    ),
    Break(
        "missing key",
        "flows/sources.toml",
        "",
        at='id = "DUR"',
        old='publisher = "Durham County Council"\n',
        entry="DUR",
        what="publisher is missing",
        remedy="add it",
    ),
    Break(
        "help line without status",
        "flows/help-lines.toml",
        "",
        at='id = "family-rights-group"',
        old='status = "A"\n',
        entry="family-rights-group",
        what="status is missing",
        remedy="add it",
    ),
    Break(
        "words without quotation marks",
        "flows/authorities.toml",
        "name = 7",
        at='code = "E06000001"',
        old='name = "Hartlepool Borough Council"',
        entry="E06000001",
        what="name is not words",
        remedy="write it in quotation marks",
    ),
    Break(
        "list without brackets",
        "flows/events.toml",
        'after = "conference"',
        at='id = "notes-sent"',
        old='after = ["conference"]',
        entry="notes-sent",
        what="after is not a list",
        remedy="write it in square brackets",
    ),
    Break(
        "no such choice",
        "flows/help-lines.toml",
        'status = "C"',
        at='id = "family-rights-group"',
        old='status = "A"',
        entry="family-rights-group",
        what="status has no such value",
        remedy="write 'A' or 'B'",
    ),
    Break(
        "bad period",
        DURHAM,
        '"28 dayz"',
        at='rule = "DUR-21"',
        old='"28 days"',
        entry="conference-durham",
        what="deadline.0.within cannot be read",
        remedy="write “28 days”, “7 working days”",
    ),
    Break(
        "bad when",
        "flows/notices.toml",
        'helper = "complained-about"',
        at='id = "other-help"',
        old='helper = ["complained-about"]',
        entry="other-help",
        what="when cannot be read",
        remedy="as a list of words in square brackets",
    ),
    Break(
        "bad day",
        "flows/bank-holidays.toml",
        '"2019-01-01"',
        at="days = [",
        old="2019-01-01",
        entry="days",
        what="the days cannot be read",
        remedy="give `read` a date, and `days` a list of dates",
    ),
    Break(
        "id is not the file’s name",
        DURHAM,
        'id = "conference-darlington"',
        old='id = "conference-durham"',
        entry="conference-darlington",
        what="the id is not the file’s name",
        remedy="give both the same name",
    ),
]

# What the checks of the whole find.
UNKNOWN = [
    Break(
        "unknown rule of a notice",
        "flows/notices.toml",
        'rules = ["DUR-999", ',
        at='id = "other-help"',
        old="rules = [",
        entry="other-help",
        what="there is no rule “DUR-999”",
        remedy="write one that stands in rules.toml, such as DUR-",
    ),
    Break(
        "unknown rule of a deadline",
        DURHAM,
        'late_rule = "DUR-999"\nstages =',
        at='rule = "DUR-32"',
        old="stages =",
        entry="DUR-32",
        what="there is no rule “DUR-999”",
        remedy="write one that stands in rules.toml",
    ),
    Break(
        "unknown rule of a letter",
        OPENING,
        'rules = ["NOR-99"]\npart = "opening"',
        at="[[paragraph]]\n",
        old='part = "opening"',
        entry="“Thank you for sending me the complaints procedur…”",
        what="there is no rule “NOR-99”",
        remedy="write one that stands in rules.toml",
    ),
    Break(
        "unknown rule of a scope",
        DURHAM,
        'conference-run = "DUR-04x"',
        at="[scope]",
        old='conference-run = "DUR-04"',
        entry="conference-durham",
        what="there is no rule “DUR-04x”",
        remedy="such as DUR-04",
    ),
    Break(
        "unknown source",
        "flows/rules.toml",
        'source = "FRAX"',
        at='id = "FRA-01"',
        old='source = "FRA"',
        entry="FRA-01",
        what="there is no source “FRAX”",
        remedy="write one that stands in sources.toml, such as FRA",
    ),
    Break(
        "unknown event",
        DURHAM,
        'between = ["met", "meeting"]',
        old='between = ["met"]',
        entry="stage-1",
        what="there is no event “meeting”",
        remedy="write one that stands in events.toml",
    ),
    Break(
        "deadline counted from no event",
        DURHAM,
        'from = "notes-receved"',
        at='rule = "DUR-21"',
        old='from = "notes-received"',
        entry="DUR-21",
        what="there is no event to count from, “notes-receved”",
        remedy="such as notes-received",
    ),
    Break(
        "deadline counted from no event, second best",
        DURHAM,
        'else_from = ["received"]',
        at='rule = "DUR-21"',
        old='else_from = ["notes-sent", "conference"]',
        entry="DUR-21",
        what="there is no event to count from, “received”",
        remedy="write one that stands in events.toml",
    ),
    Break(
        "deadline settled by no event",
        DURHAM,
        'settled_by = "meeting"',
        at='rule = "DUR-32"',
        old='settled_by = "met"',
        entry="DUR-32",
        what="there is no event to settle it, “meeting”",
        remedy="write one that stands in events.toml",
    ),
    Break(
        "unknown concern",
        DURHAM,
        'conference-ran = "DUR-04"\n',
        at="[scope]\n",
        entry="conference-durham",
        what="there is no concern of this letter “conference-ran”",
        remedy="write one of: conference-category",
    ),
    Break(
        "unknown authority",
        DURHAM,
        'authorities = ["E06000047", "E06999999"]',
        old='authorities = ["E06000047"]',
        entry="conference-durham",
        what="there is no authority “E06999999”",
        remedy="write one that stands in authorities.toml",
    ),
    Break(
        "unknown recipient of a letter",
        DURHAM,
        'to = "conference-chairs"',
        old='to = "conference-chair"',
        entry="stage-1",
        what="there is no recipient “conference-chairs”",
        remedy="such as conference-chair",
    ),
    Break(
        "unknown recipient with a duty",
        DURHAM,
        'actor = "the-chair"',
        at='rule = "DUR-32"',
        old='actor = "conference-chair"',
        entry="DUR-32",
        what="there is no recipient “the-chair”",
        remedy="write one that stands in recipients.toml",
    ),
    Break(
        "unknown letter",
        "flows/outcomes.toml",
        'letters = ["conference", "council"]',
        at='id = "early-review"',
        old='letters = ["conference"]',
        entry="early-review",
        what="there is no letter “council”",
        remedy="write one of: cafcass",
    ),
    Break(
        "unknown procedure in a when",
        "flows/notices.toml",
        'procedure = ["conference-carmarthen", ',
        at='id = "sign-it"',
        old="procedure = [",
        entry="sign-it",
        what="there is no value of procedure “conference-carmarthen”",
        remedy="such as conference-carmarthenshire",
    ),
    Break(
        "unknown stage in a when",
        OPENING,
        'part = "opening"\nwhen = { stage = ["stage-7"] }\ntext = "X"\n[[paragraph]]\n',
        at="[[paragraph]]\n",
        entry="“X”",
        what="there is no value of stage “stage-7”",
        remedy="write one of: exceptional",
    ),
    Break(
        "unknown stage of a deadline",
        DURHAM,
        'stages = ["stage-9"]',
        at='rule = "DUR-32"',
        old='stages = ["stage-1"]',
        entry="DUR-32",
        what="there is no stage “stage-9”",
        remedy="write one of: exceptional, stage-1, stage-2",
    ),
    Break(
        "unknown kind",
        DURHAM,
        'kinds = ["ending"]',
        at='rule = "LAW-LGSCO-12M"',
        old='kinds = ["end"]',
        entry="LAW-LGSCO-12M",
        what="there is no kind of letter “ending”",
        remedy="write one of: chase",
    ),
    Break(
        "unknown fact in a when",
        "flows/notices.toml",
        "helpers =",
        at='id = "other-help"',
        old="helper =",
        entry="other-help",
        what="a `when` asks for “helpers”, which is no fact",
        remedy="use one of: about-chair",
    ),
    Break(
        "fact that is not known there",
        "flows/signposts.toml",
        'when = { concerns = ["court"], kind = ["wait"] }',
        at='id = "court"',
        old='when = { concerns = ["court"] }',
        entry="court",
        what="a `when` asks for “kind”, which is not known there",
        remedy="use one of: authority",
    ),
    Break(
        "unknown answer of how far it has got",
        DURHAM,
        'before = ["spoke", ',
        old="before = [",
        entry="conference-durham",
        what="there is no answer for `before` “spoke”",
        remedy="write one of: not-started",
    ),
    Break(
        "unknown role",
        DURHAM,
        'roles = ["grandparent", ',
        at="[who]",
        old="roles = [",
        entry="conference-durham",
        what="there is no role “grandparent”",
        remedy="write one of: carer",
    ),
    Break(
        "unknown kind of help line",
        "flows/signposts.toml",
        'lines = ["advise"]',
        at='id = "court"',
        old='lines = ["advice"]',
        entry="court",
        what="there is no kind of help line “advise”",
        remedy="write one",
    ),
    Break(
        "unknown part of a letter",
        OPENING,
        'part = "middle"\ntext = "X"\n[[paragraph]]\n',
        at="[[paragraph]]\n",
        entry="“X”",
        what="there is no part of a letter “middle”",
        remedy="write one",
    ),
    Break(
        "unknown insert",
        OPENING,
        'part = "opening"\ninsert = "weather"\n[[paragraph]]\n',
        at="[[paragraph]]\n",
        entry="“weather”",
        what="there is no insert “weather”",
        remedy="write one of: adjustments",
    ),
    Break(
        "unknown placeholder of a letter",
        OPENING,
        'part = "opening"\ntext = "Dear {chair}"\n[[paragraph]]\n',
        at="[[paragraph]]\n",
        entry="“Dear {chair}”",
        what="nothing fills in “{chair}” there",
        remedy="use one of: acknowledged",
    ),
    Break(
        "unknown placeholder of a deadline",
        DURHAM,
        'letter = "you will meet me by {due}, within',
        at='rule = "DUR-32"',
        old='letter = "you will meet me within',
        entry="DUR-32",
        what="nothing fills in “{due}” there",
        remedy="say it without one",
    ),
    Break(
        "unknown part of the wizard",
        QUESTIONS,
        'part = "start"',
        at='id = "nation"\n',
        old='part = "where"',
        entry="nation",
        what="there is no part “start”",
        remedy="write one of: check",
    ),
]

UNREACHED = [
    Break(
        "question that asks for what is asked below it",
        QUESTIONS,
        'when = { nation = ["england", "wales"], legal = ["in-court"] }',
        at='id = "helper"',
        old='when = { nation = ["england", "wales"] }',
        entry="helper",
        what="its `when` asks for “legal”, which is asked below it",
        remedy="move it below “legal”",
    ),
    Break(
        "question that no case meets",
        QUESTIONS,
        'when = { nation = ["elsewhere"], helper = ["complained-about"] }',
        at='id = "who-helps"',
        old='when = { helper = ["complained-about"] }',
        entry="who-helps",
        what="no case can meet this `when`: nation = elsewhere, helper = complained-about",
        remedy="correct it, or remove what it opens",
    ),
    Break(
        "paragraph that no case meets",
        OPENING,
        'part = "opening"\nwhen = { procedure = ["conference-durham"], stage = ["stage-3"] }\ntext = "X"\n'
        "[[paragraph]]\n",
        at="[[paragraph]]\n",
        entry="“X”",
        what="no case can meet this `when`: procedure = conference-durham, stage = stage-3",
        remedy="correct it, or remove what it opens",
    ),
    Break(
        "option that nobody uses",
        QUESTIONS,
        '[[question.option]]\nid = "not-sure"\nlabel = "I am not sure"\n\n[[question]]',
        at='id = "about-chair"\npart',
        old="[[question]]",
        entry="about-chair",
        what="no case file can hold the answer “not-sure”",
        remedy="use one of: no, yes",
    ),
    Break(
        "options that nothing tells apart",
        QUESTIONS,
        '[[question.option]]\nid = "morse"\nlabel = "In Morse"\n\n[[question]]',
        at='id = "reply-format"\npart',
        old="[[question]]",
        entry="reply-format",
        what="nobody uses these answers, nothing tells them apart: standard, morse",
        remedy="name each in a `when` as reply-format = […], or remove it",
    ),
    Break(
        "stage that leads nowhere",
        DURHAM,
        'next = "stage-3"',
        at='id = "stage-2"',
        old='next = "end"',
        entry="stage-2",
        what="it leads nowhere: there is no stage “stage-3”",
        remedy="write one of: stage-1, stage-2, exceptional, end",
    ),
    Break(
        "stage that goes round",
        DURHAM,
        'next = "exceptional"',
        at='id = "exceptional"',
        old='next = "end"',
        entry="exceptional",
        what="its steps go round and never end",
        remedy="correct a `next`",
    ),
    Break(
        "stage that no path leads to",
        "flows/procedures/housing.toml",
        '[[stage]]\nid = "stage-2"\nto = "housing"\nname = "X"\nletter = "X"\nsent = "stage-2-sent"\n'
        'reply = "stage-2-reply"\nnext = "end"\nreached_sent = "X"\nreached_replied = "X"\n'
        'reached_unresolved = "X"\n\n[end]',
        old="[end]",
        entry="stage-2",
        what="no path leads to it",
        remedy="name it in the `next` of another stage, or give it `opened_by`",
    ),
    Break(
        "stage without words for an answer",
        DURHAM,
        "",
        at='id = "stage-2"',
        old='reached_sent = "I have asked for stage 2 and I am waiting"\n',
        entry="stage-2",
        what="reached_sent is missing",
        remedy="add it",
    ),
    Break(
        "events in a circle",
        "flows/events.toml",
        'after = ["notes-received"]',
        at='id = "notes-sent"',
        old='after = ["conference"]',
        entry="notes-sent",
        what="these events come before themselves: notes-sent, notes-received",
        remedy="correct their `after`",
    ),
    Break(
        "two procedures that catch the same letter",
        DURHAM,
        "",
        old='authorities = ["E06000047"]\n',
        entry="conference-england",
        what="it and conference-durham both catch the letter conference in england",
        remedy="give one of them `authorities`, or remove it",
    ),
    Break(
        "a letter that no procedure catches",
        "flows/procedures/other-agency.toml",
        'nations = ["england"]',
        old='nations = ["england", "wales"]',
        entry="other-agency",
        what="no procedure catches this letter in wales",
        remedy="add a procedure for it without `authorities`",
    ),
    Break(
        "concern that opens nothing",
        "flows/concerns.toml",
        "",
        at='id = "housing"',
        old='letter = "housing"\n',
        entry="housing",
        what="it opens neither a letter nor a signpost",
        remedy="give it `letter` or `signpost`",
    ),
    Break(
        "duplicate id",
        "flows/sending.toml",
        '[[way]]\nid = "email"\nlabel = "X"\nhint = "X"\nworking_days = 0',
        entry="email",
        what="this id stands here 2 times",
        remedy="give each its own",
    ),
    Break(
        "duplicate option",
        QUESTIONS,
        '[[question.option]]\nid = "no"\nlabel = "No"\n\n[[question]]',
        at='id = "about-chair"\npart',
        old="[[question]]",
        entry="about-chair, no",
        what="this id stands here 2 times",
        remedy="give each its own",
    ),
    Break(
        "rule that nothing uses",
        "flows/rules.toml",
        '[[rule]]\nid = "DUR-998"\nsource = "DUR"\nwhat = "X"\nsure = "read"',
        entry="DUR-998",
        what="nothing uses it",
        remedy="cite it where it is needed, or say in `unused` why it is not",
    ),
    Break(
        "rule that is used and marked unused",
        "flows/rules.toml",
        '\nunused = "It says the same as another."',
        at='id = "DUR-21"',
        entry="DUR-21",
        what="it is marked as unused, but ",
        remedy="remove `unused`, or the citation",
    ),
]


@pytest.fixture(scope="module")
def already(law: Law) -> tuple[Problem, ...]:
    """What is said of the data as it stands: nothing, when `test_the_law_is_whole` passes."""
    return check_law(law)


@pytest.mark.parametrize("broken", READING + UNKNOWN + UNREACHED, ids=lambda broken: broken.name)
def test_a_broken_file_gives_one_problem_with_its_place_and_remedy(
    broken: Break, tmp_path: Path, already: tuple[Problem, ...]
) -> None:
    copy_of_the_data(tmp_path)
    broken.apply(tmp_path)
    found = [problem for problem in problems_of(tmp_path) if problem not in already]
    assert len(found) == 1, "\n".join(map(str, found))
    problem = found[0]
    assert broken.what in problem.what
    assert broken.remedy in problem.remedy
    assert problem.entry == broken.entry
    assert problem.file == expected_file(broken)


def expected_file(broken: Break) -> str:
    if "flows" not in broken.file:
        return "templates/letters"
    if "no procedure catches" in broken.what:
        return "procedures"
    if "both catch" in broken.what:
        return f"{broken.entry}.toml"
    return Path(broken.file).name


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    copy_of_the_data(tmp_path)
    (tmp_path / "flows" / "habits.toml").unlink()
    found = problems_of(tmp_path)
    assert "habits.toml: the file is missing; put it back." in [str(problem) for problem in found]


def test_two_procedures_of_one_council_are_named(tmp_path: Path, already: tuple[Problem, ...]) -> None:
    copy_of_the_data(tmp_path)
    durham = tmp_path / DURHAM
    second = durham.read_text(encoding="utf-8").replace("conference-durham", "conference-a-second")
    durham.with_name("conference-a-second.toml").write_text(second, encoding="utf-8")
    found = [str(problem) for problem in problems_of(tmp_path) if problem not in already]
    assert found == [
        "conference-durham.toml, conference-durham: it and conference-a-second both catch the letter "
        "conference for E06000047; take the code out of one of them."
    ]


def test_everything_is_said_at_once(tmp_path: Path) -> None:
    copy_of_the_data(tmp_path)
    chosen = [broken for broken in UNKNOWN if broken.file != OPENING]
    texts = set()
    for broken in chosen:
        broken.apply(tmp_path)
        texts.add(broken.what)
    said = "\n".join(str(problem) for problem in problems_of(tmp_path))
    assert [text for text in texts if text not in said] == []
