"""Case files that cannot be used: each gets one line that names the key and what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from routing import Routes

from webapp.cases.reading import read_case
from webapp.flows.law import Law

TODAY = "2026-11-23"


def conference(routes: Routes, **section: Any) -> str:
    own = {key.replace("_", "-"): value for key, value in section.items()}
    return routes.refused("durham", TODAY, concerns=["plan-made"], conference=own)


def case(**changes: Any) -> dict[str, Any]:
    whole = {"case": 1, "answers": {"nation": "england", "authority": "not-sure", "concerns": ["worker"]}}
    return {key: value for key, value in (whole | changes).items() if value is not ...}


# ---------------------------------------------------------------- the file itself


@pytest.mark.parametrize("document", [None, [], "case", 1, True, 1.5])
def test_what_is_no_object_is_no_case_file(routes: Routes, document: object) -> None:
    assert routes.problems(document).startswith("case: ")


@pytest.mark.parametrize("version", [..., 0, 2, "1", None, True, [1]])
def test_the_version_must_be_the_one_that_is_known(routes: Routes, version: object) -> None:
    assert routes.problems(case(case=version)).startswith("case: ")


@pytest.mark.parametrize("answers", [..., None, [], "england", 5])
def test_the_answers_must_be_there(routes: Routes, answers: object) -> None:
    assert routes.problems(case(answers=answers)).startswith("answers: ")


def test_an_unknown_key_beside_the_answers_is_named(routes: Routes) -> None:
    assert routes.problems(case(anwsers={})).startswith("anwsers: ")


@pytest.mark.parametrize(
    "today", ["2026-02-30", "23/11/2026", "20261123", "", 20261123, None, "2026-11-23T00:00:00", "٢٠٢٦-١١-٢٣"]
)
def test_a_day_that_does_not_exist_or_is_written_otherwise_is_refused(routes: Routes, today: object) -> None:
    assert routes.problems(case(today=today)).startswith("today: ")


def test_without_a_day_the_day_that_is_given_counts(law: Law) -> None:
    assert read_case(case(), law, date(2026, 5, 6)).today == date(2026, 5, 6)
    assert read_case(case(today="2026-11-23"), law, date(2026, 5, 6)).today == date(2026, 11, 23)


def test_everything_but_nation_authority_and_concerns_may_be_left_out(law: Law) -> None:
    read = read_case(case(), law, date(2026, 5, 6))
    assert (read.role, read.legal, read.helper, read.send_by) == ("parent", (), "none", "email")
    assert read.letter("services").answers.reached == "not-started"
    assert read.letter("services").answers.procedure_used == "not-known"


# ---------------------------------------------------------------- the answers


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"authority": "not-sure", "concerns": ["worker"]}, "nation"),
        ({"nation": "england", "concerns": ["worker"]}, "authority"),
        ({"nation": "wales", "authority": "", "concerns": ["worker"]}, "authority"),
        ({"nation": "england", "authority": "not-sure"}, "concerns"),
        ({"nation": "england", "authority": "not-sure", "concerns": []}, "concerns"),
    ],
)
def test_what_is_needed_and_missing_is_named(routes: Routes, answers: dict[str, Any], key: str) -> None:
    assert routes.problems(case(answers=answers)).startswith(f"{key}: ")


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"nation": "scotland"}, "nation"),
        ({"nation": "England"}, "nation"),
        ({"nation": ["england"]}, "nation"),
        ({"authority": "E00000000"}, "authority"),
        ({"authority": "Durham"}, "authority"),
        ({"authority": "W06000010"}, "authority"),
        ({"authority": None}, "authority"),
        ({"role": "mother"}, "role"),
        ({"concerns": ["plan"]}, "concerns"),
        ({"concerns": ["worker", "plan-amde"]}, "concerns"),
        ({"concerns": "worker"}, "concerns"),
        ({"send-by": "pigeon"}, "send-by"),
        ({"legal": ["in-prison"]}, "legal"),
        ({"legal": "none"}, "legal"),
        ({"legal": ["none", "in-court"]}, "legal"),
        ({"legal": ["police-case", "none"]}, "legal"),
        ({"helper": "mum"}, "helper"),
        ({"you": {"name": 5}}, "you.name"),
        ({"you": {"nmae": "Ann"}}, "you.nmae"),
        ({"you": {"reply-by": ["pigeon"]}}, "you.reply-by"),
        ({"you": {"reply_by": ["post"]}}, "you.reply_by"),
        ({"you": {"parental-responsibility": "maybe"}}, "you.parental-responsibility"),
        ({"children": {"names": "Ann"}}, "children"),
        ({"children": [{"name": "Ann"}]}, "children.0.name"),
        ({"children": [{"names": "Ann"}, {"names": "Bo", "born": "2019-02-30"}]}, "children.1.born"),
        ({"children": [{"names": "Ann", "born": "2027-01-01"}]}, "children.0.born"),
        ({"support": {"reply-format": "morse"}}, "support.reply-format"),
        ({"support": {"interpeter": "pl"}}, "support.interpeter"),
        ({"writer": {"phone": "1"}}, "writer.phone"),
        ({"concrens": ["worker"]}, "concrens"),
        ({"send_by": "email"}, "send_by"),
        ({"polce": {}}, "polce"),
        ({"services": []}, "services"),
        ({"services": "stage-1-sent"}, "services"),
        ({"services": None}, "services"),
        ({"services": {"reached": "stage-9-sent"}}, "services.reached"),
        ({"services": {"reached": "reconvened"}}, "services.reached"),
        ({"services": {"reached": ""}}, "services.reached"),
        ({"services": {"complaint_sent": "2026-11-02"}}, "services.complaint_sent"),
        ({"services": {"stage-4-sent": "2026-11-02"}}, "services.stage-4-sent"),
        ({"services": {"outcomes": ["a-million-pounds"]}}, "services.outcomes"),
        ({"services": {"outcomes": ["reconvene"]}}, "services.outcomes"),
        ({"services": {"details": {"plan-made": "…"}}}, "services.details"),
        ({"services": {"details": {"nothing": "…"}}}, "services.details"),
        ({"services": {"details": {"worker": 5}}}, "services.details"),
        ({"services": {"send-by": "fax"}}, "services.send-by"),
        ({"services": {"procedure-used": "statutory"}}, "services.procedure-used"),
        ({"services": {"recipient": {"nmae": "x"}}}, "services.recipient.nmae"),
        ({"reference": "A\x00B"}, "reference"),
        ({"you": {"name": "Ann\x07"}}, "you.name"),
        ({"you": {"name": "Ann\ud800"}}, "you.name"),
        ({"services": {"details": {"worker": "x" * 50_000}}}, "services.details.worker"),
    ],
)
def test_an_answer_that_cannot_be_is_named_by_its_key(
    routes: Routes, changes: dict[str, Any], key: str
) -> None:
    answers = {"nation": "england", "authority": "not-sure", "concerns": ["worker"]} | changes
    said = routes.problems(case(answers=answers, today=TODAY))
    assert said.split(": ")[0].startswith(key), said
    said.encode()  # it can be printed


@pytest.mark.parametrize("value", ["x\x00y", "stage\ud8009", "{0}", "{value}", "%s", "x" * 900])
def test_strange_values_are_told_in_one_short_line(routes: Routes, value: str) -> None:
    answers = {
        "nation": "england",
        "authority": "not-sure",
        "concerns": ["worker"],
        "services": {"reached": value},
    }
    assert "services.reached" in routes.problems(case(answers=answers))


@pytest.mark.parametrize("nation", ["england", "wales"])
def test_a_council_of_the_other_nation_is_refused_by_name(routes: Routes, nation: str) -> None:
    other = {"england": "W06000010", "wales": "E06000047"}[nation]
    answers = {"nation": nation, "authority": other, "concerns": ["worker"]}
    said = routes.problems(case(answers=answers))
    assert said.startswith("authority: ")
    assert {"england": "Carmarthenshire", "wales": "Durham"}[nation] in said


def test_a_council_that_nobody_knows_is_refused_elsewhere_too(routes: Routes) -> None:
    assert routes.problems(case(answers={"nation": "elsewhere", "authority": "X1"})).startswith("authority: ")


def test_every_problem_is_named_at_once(routes: Routes) -> None:
    said = conference(routes, reached="stage-9", met="2026-13-01", send_by="fax", notes_sent="2027-01-01")
    for key in ("conference.reached", "conference.met", "conference.send-by", "conference.notes-sent"):
        assert key in said


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "wrong", ["2026-11-31", "2026-2-3", "yesterday", "", None, 20261101, ["2026-11-01"], "2026-11-01 "]
)
def test_a_date_that_does_not_exist_or_is_written_otherwise_is_named(routes: Routes, wrong: object) -> None:
    assert conference(routes, notes_received=wrong).startswith("conference.notes-received: ")


def test_a_date_after_today_is_refused_and_today_is_not(routes: Routes) -> None:
    assert conference(routes, notes_received="2026-11-24").startswith("conference.notes-received: ")
    section = {"notes-received": TODAY}
    assert routes.route("durham", TODAY, concerns=["plan-made"], conference=section)["letters"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("conference", "notes-sent"),
        ("conference", "notes-received"),
        ("notes-sent", "notes-received"),
        ("conference", "complaint-sent"),
        ("noticed", "complaint-sent"),
        ("complaint-sent", "acknowledged"),
        ("complaint-sent", "met"),
        ("complaint-sent", "stage-1-reply"),
        ("met", "stage-1-reply"),
        ("conference", "stage-2-sent"),
        ("stage-1-reply", "stage-2-sent"),
        ("stage-2-sent", "panel-met"),
        ("panel-met", "stage-2-reply"),
        ("stage-2-sent", "stage-2-reply"),
        ("complaint-sent", "stage-2-reply"),
        ("stage-2-reply", "exceptional-sent"),
    ],
)
def test_dates_in_an_order_that_cannot_be_are_refused_and_both_named(
    routes: Routes, first: str, second: str
) -> None:
    said = conference(routes, **{first: "2026-10-02", second: "2026-10-01", "reached": "stage-2-replied"})
    assert f"conference.{second}" in said
    assert f"conference.{first}" in said
    for same in ("2026-10-01", "not-known"):
        section = {first: same, second: "2026-10-01", "reached": "stage-2-replied"}
        assert routes.route("durham", TODAY, concerns=["plan-made"], conference=section)["letters"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("stage-3-sent", "panel-met"),
        ("panel-met", "stage-3-reply"),
        ("stage-2-reply", "stage-3-sent"),
        ("stage-3-reply", "ombudsman-sent"),
        ("ombudsman-sent", "ombudsman-reply"),
        ("noticed", "complaint-sent"),
    ],
)
def test_the_panel_of_the_services_belongs_to_their_third_stage(
    routes: Routes, first: str, second: str
) -> None:
    section = {first: "2026-10-02", second: "2026-10-01", "reached": "ombudsman-replied"}
    said = routes.refused("england", TODAY, concerns=["worker"], services=section)
    assert f"services.{second}" in said
    assert f"services.{first}" in said


def test_dates_of_two_letters_do_not_hinder_each_other(routes: Routes) -> None:
    sections = {"conference": {"conference": "2026-10-20"}, "services": {"complaint-sent": "2026-09-01"}}
    assert routes.route("durham", TODAY, concerns=["plan-made", "worker"], **sections)["letters"]


def test_an_event_that_has_not_happened_may_say_so(routes: Routes) -> None:
    section = {"notes-received": "not-yet"}
    found = routes.route("durham", TODAY, concerns=["plan-made"], conference=section)
    assert found == routes.route("durham", TODAY, concerns=["plan-made"])


@pytest.mark.parametrize(
    ("today", "section", "where"),
    [
        ("2028-12-27", {}, "today"),
        ("2028-12-28", {"reached": "stage-1-sent", "complaint-sent": "2028-12-22"}, "complaint-sent"),
        ("2028-03-10", {"noticed": "2028-03-10"}, "noticed"),
        ("2018-12-28", {}, "today"),
        ("2026-11-23", {"reached": "stage-1-sent", "complaint-sent": "2018-06-01"}, "complaint-sent"),
    ],
)
def test_nothing_is_counted_beyond_the_known_bank_holidays(
    routes: Routes, today: str, section: dict[str, str], where: str
) -> None:
    said = routes.refused("england", today, concerns=["worker"], services=section)
    assert where in said.split(": ")[0]
    assert "bank holidays" in said


def test_what_needs_no_bank_holiday_is_counted_all_the_same(routes: Routes) -> None:
    section = {"noticed": "2010-03-10"}
    found = routes.route("england", TODAY, concerns=["worker"], services=section)
    own = next(entry for entry in found["letters"][0]["deadlines"] if entry["rule"] == "LAW-CA-1Y")
    assert own == {"rule": "LAW-CA-1Y", "who": "you", "due": "2011-03-09", "state": "missed"}
