"""The route table that is kept beside the tests is the one that the law makes today."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from webapp.flows.law import Law
from webapp.procedures import NO_LETTER
from webapp.route_table import route_table

KEPT = Path(__file__).parent.parent / "routes.tsv"


def test_the_kept_route_table_is_that_of_the_law(law: Law) -> None:
    now, kept = route_table(law), KEPT.read_text(encoding="utf-8")
    diff = "\n".join(unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm="", n=0))
    remedy = "When each change is meant, keep it: heard routes > tests/routes.tsv"
    assert now == kept, f"the law leads elsewhere now. {remedy}\n{diff}"


def test_the_table_shows_every_procedure_stage_kind_state_and_notice(law: Law) -> None:
    table = route_table(law)
    cells = {part for line in table.splitlines() for cell in line.split("\t") for part in cell.split(", ")}
    assert {procedure.id for procedure in law.procedures} <= cells
    assert {stage.id for procedure in law.procedures for stage in procedure.stage} <= cells
    assert {"complaint", "escalation", "chase", "request-procedure", *NO_LETTER} <= cells
    assert {post.id for post in law.signposts} <= cells
    assert {notice.id for notice in law.notices} <= cells
    told = " ".join(cells)
    for deadline in (deadline for procedure in law.procedures for deadline in procedure.deadline):
        assert f"{deadline.rule} " in told, deadline.rule
    for state in ("open", "done", "missed", "late", "unknown"):
        assert f" {state}" in told


def test_the_table_can_be_read_by_a_person(law: Law) -> None:
    lines = route_table(law).splitlines()
    assert 200 < len(lines) < 2000
    assert len(set(lines)) > 0.95 * len([line for line in lines if line])
