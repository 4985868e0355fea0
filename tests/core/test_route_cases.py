"""What links the letters of one case: which letters open, signposts and notices."""

from __future__ import annotations

from typing import Any

import pytest
from routing import Routes

CONFERENCE = (
    "conference-run",
    "conference-category",
    "plan-made",
    "plan-not-made",
    "plan-continued",
    "plan-ended",
)
SERVICES = (
    "worker",
    "assessment",
    "services",
    "slow-response",
    "communication",
    "reports",
    "plan-not-followed",
    "no-plan",
)
AGENCIES = ("police", "health", "school", "cafcass", "probation", "housing", "other-agency")


def ids(found: dict[str, Any]) -> list[str]:
    return [letter["id"] for letter in found["letters"]]


@pytest.mark.parametrize("concern", [*CONFERENCE, "conference-no-information"])
def test_a_concern_about_the_conference_or_the_plan_opens_the_conference_letter(
    routes: Routes, concern: str
) -> None:
    assert ids(routes.route("england", "2026-11-23", concerns=[concern])) == ["conference"]


@pytest.mark.parametrize("concern", SERVICES)
def test_a_concern_about_the_services_opens_their_letter(routes: Routes, concern: str) -> None:
    assert ids(routes.route("wales", "2026-11-23", concerns=[concern])) == ["services"]


@pytest.mark.parametrize("concern", AGENCIES)
def test_a_concern_about_an_agency_opens_its_letter(routes: Routes, concern: str) -> None:
    assert ids(routes.route("durham", "2026-11-23", concerns=[concern])) == [concern]


def test_letters_come_in_the_order_of_the_table_whatever_was_ticked_first(routes: Routes) -> None:
    ticked = [*reversed(AGENCIES), "reports", "worker", "plan-made", "conference-run"]
    found = routes.route("england", "2026-11-23", concerns=ticked)
    assert ids(found) == ["conference", "services", *AGENCIES]
    assert found["letters"][0]["concerns"] == ["plan-made", "conference-run"]
    assert found["letters"][1]["concerns"] == ["reports", "worker"]


def test_the_court_has_a_signpost_and_no_letter(routes: Routes) -> None:
    found = routes.route("england", "2026-11-23", concerns=["court"])
    assert found == {"letters": [], "signposts": ["court"], "notices": []}


def test_the_court_beside_another_concern_has_both(routes: Routes) -> None:
    found = routes.route("wales", "2026-11-23", concerns=["court", "police"])
    assert ids(found) == ["police"]
    assert found["signposts"] == ["court"]
    assert found["letters"][0]["concerns"] == ["police"]


@pytest.mark.parametrize(
    "more", [{}, {"concerns": []}, {"concerns": ["plan-made", "worker"]}, {"authority": "not-sure"}]
)
def test_elsewhere_has_a_signpost_and_no_letter(routes: Routes, more: dict[str, Any]) -> None:
    found = routes.route("elsewhere", "2026-11-23", **more)
    assert found == {"letters": [], "signposts": ["elsewhere"], "notices": []}


@pytest.mark.parametrize(
    ("place", "procedure"),
    [
        ("durham", "conference-durham"),
        ("norfolk", "conference-england"),
        ("england", "conference-england"),
        ("carmarthenshire", "conference-carmarthenshire"),
        ("cardiff", "conference-wales"),
        ("wales", "conference-wales"),
    ],
)
def test_the_council_decides_the_conference_procedure_alone(
    routes: Routes, place: str, procedure: str
) -> None:
    found = routes.route(place, "2026-11-23", concerns=["plan-made", "worker", "school"])
    nation = "wales" if place in ("carmarthenshire", "cardiff", "wales") else "england"
    assert [letter["procedure"] for letter in found["letters"]] == [procedure, f"services-{nation}", "school"]


def test_a_letter_that_is_not_open_is_ignored_whatever_its_section_says(routes: Routes) -> None:
    left_over = {"reached": "no-such-stage", "complaint-sent": "2099-01-01", "deatils": 1}
    found = routes.route("england", "2026-11-23", concerns=["worker"], conference=left_over)
    assert found == routes.route("england", "2026-11-23", concerns=["worker"])
    none = routes.route("elsewhere", "2026-11-23", concerns=["plan-made"], conference=left_over)
    assert none["letters"] == []


# ---------------------------------------------------------------- notices


@pytest.mark.parametrize("concern", CONFERENCE)
def test_the_decision_stands_while_a_decision_is_complained_about(routes: Routes, concern: str) -> None:
    notices = routes.route("england", "2026-11-23", concerns=[concern])["notices"]
    assert notices == ([] if concern == "conference-run" else ["decision-stands"])


@pytest.mark.parametrize("reached", ["stage-1-sent", "stage-3-replied"])
def test_the_decision_still_stands_later_on(routes: Routes, reached: str) -> None:
    section = {"reached": reached}
    found = routes.route("england", "2026-11-23", concerns=["plan-made"], conference=section)
    assert "decision-stands" in found["notices"]


@pytest.mark.parametrize(
    ("conference", "services", "together"),
    [
        ("not-started", "not-started", True),
        ("stage-1-sent", "stage-1-sent", True),
        ("stage-2-replied", "stage-3-replied", True),
        ("procedure-requested", "ombudsman-sent", True),
        ("stage-3-replied", "not-started", False),
        ("not-started", "ombudsman-replied", False),
        ("stage-3-unresolved", "ombudsman-unresolved", False),
    ],
)
def test_two_complaints_are_to_be_looked_at_together_unless_one_is_at_its_end(
    routes: Routes, conference: str, services: str, together: bool
) -> None:
    sections = {"conference": {"reached": conference}, "services": {"reached": services}}
    found = routes.route("england", "2026-11-23", concerns=["conference-run", "worker"], **sections)
    assert ("co-ordinate" in found["notices"]) is together


def test_a_request_for_the_procedure_is_looked_at_together_with_the_other_complaint(routes: Routes) -> None:
    found = routes.route("england", "2026-11-23", concerns=["conference-no-information", "worker"])
    assert found["letters"][0]["kind"] == "request-procedure"
    assert "co-ordinate" in found["notices"]


@pytest.mark.parametrize("concerns", [["conference-run", "police"], ["worker", "police"], ["conference-run"]])
def test_other_pairs_are_not_co_ordinated(routes: Routes, concerns: list[str]) -> None:
    assert "co-ordinate" not in routes.route("england", "2026-11-23", concerns=concerns)["notices"]


@pytest.mark.parametrize(
    "legal", [["in-court"], ["letter-before-proceedings"], ["police-case"], ["in-court", "police-case"]]
)
@pytest.mark.parametrize("concerns", [["plan-made"], ["worker"], ["police"], ["court"]])
def test_a_case_in_court_or_with_the_police_asks_for_a_solicitor_first(
    routes: Routes, legal: list[str], concerns: list[str]
) -> None:
    found = routes.route("england", "2026-11-23", concerns=concerns, legal=legal)
    assert found["notices"][0] == "solicitor-first"
    assert ids(found) == ids(routes.route("england", "2026-11-23", concerns=concerns))


@pytest.mark.parametrize("legal", [["none"], []])
def test_without_one_there_is_no_such_notice(routes: Routes, legal: list[str]) -> None:
    assert routes.route("england", "2026-11-23", concerns=["worker"], legal=legal)["notices"] == []


@pytest.mark.parametrize("helper", ["none", "family-or-friend", "advocate", "worker", "complained-about"])
def test_only_the_person_complained_about_brings_other_help(routes: Routes, helper: str) -> None:
    notices = routes.route("england", "2026-11-23", concerns=["worker"], helper=helper)["notices"]
    assert notices == (["other-help"] if helper == "complained-about" else [])


@pytest.mark.parametrize(
    ("place", "role", "listed"),
    [
        ("durham", "parent", True),
        ("durham", "carer", True),
        ("durham", "supporter", True),
        ("durham", "young-person", False),
        ("durham", "family-member", False),
        ("carmarthenshire", "parent", True),
        ("carmarthenshire", "carer", True),
        ("carmarthenshire", "young-person", True),
        ("carmarthenshire", "supporter", True),
        ("carmarthenshire", "family-member", False),
        ("cardiff", "family-member", False),
        ("england", "young-person", True),
        ("england", "family-member", True),
    ],
)
def test_a_kind_of_person_that_the_text_does_not_name_writes_all_the_same(
    routes: Routes, place: str, role: str, listed: bool
) -> None:
    found = routes.route(place, "2026-11-23", concerns=["conference-run"], role=role)
    assert ("not-in-list" not in found["notices"]) is listed
    assert found["letters"][0]["kind"] == "complaint"


@pytest.mark.parametrize(
    ("place", "concern", "listed"),
    [
        *((place, concern, True) for place in ("durham", "england", "norfolk") for concern in CONFERENCE),
        *((place, "plan-continued", False) for place in ("carmarthenshire", "cardiff", "wales")),
        *(("carmarthenshire", concern, True) for concern in CONFERENCE if concern != "plan-continued"),
        ("carmarthenshire", "conference-no-information", True),
        ("durham", "conference-no-information", True),
        *((place, concern, True) for place in ("england", "wales") for concern in (*SERVICES, *AGENCIES)),
    ],
)
def test_a_concern_that_the_text_does_not_name_is_written_all_the_same(
    routes: Routes, place: str, concern: str, listed: bool
) -> None:
    found = routes.route(place, "2026-11-23", concerns=[concern])
    assert ("not-in-list" not in found["notices"]) is listed
    assert len(found["letters"]) == 1


@pytest.mark.parametrize("place", ["carmarthenshire", "cardiff", "wales"])
@pytest.mark.parametrize("reached", ["not-started", "stage-1-replied"])
def test_a_conference_complaint_in_wales_is_to_be_signed(routes: Routes, place: str, reached: str) -> None:
    section = {"reached": reached}
    found = routes.route(place, "2026-11-23", concerns=["conference-run"], conference=section)
    assert found["notices"] == ["sign-it"]


@pytest.mark.parametrize(
    ("place", "concern"), [("durham", "conference-run"), ("england", "plan-made"), ("wales", "worker")]
)
def test_no_other_letter_is_asked_to_be_signed(routes: Routes, place: str, concern: str) -> None:
    assert "sign-it" not in routes.route(place, "2026-11-23", concerns=[concern])["notices"]


def test_nothing_is_signed_while_the_parent_waits(routes: Routes) -> None:
    section = {"reached": "stage-1-sent"}
    found = routes.route("wales", "2026-11-23", concerns=["conference-run"], conference=section)
    assert found["notices"] == []


def test_notices_come_in_one_order(routes: Routes) -> None:
    found = routes.route(
        "carmarthenshire",
        "2026-11-23",
        concerns=["worker", "plan-continued"],
        legal=["in-court"],
        helper="complained-about",
    )
    assert found["notices"] == [
        "solicitor-first",
        "other-help",
        "decision-stands",
        "co-ordinate",
        "not-in-list",
        "sign-it",
    ]


def test_one_letter_may_wait_while_another_is_written(routes: Routes) -> None:
    sections = {
        "conference": {"reached": "stage-1-sent", "complaint-sent": "2026-11-20"},
        "services": {"reached": "stage-1-replied"},
        "police": {"reached": "stage-1-replied"},
    }
    found = routes.route("durham", "2026-11-23", concerns=["plan-made", "worker", "police"], **sections)
    assert [letter["kind"] for letter in found["letters"]] == ["wait", "escalation", "end"]
