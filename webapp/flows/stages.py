"""The stages of a procedure as one case meets them, and how far a parent can have got in them."""

from __future__ import annotations

from webapp.conditions import Facts
from webapp.flows.model import Procedure, Stage


def open_stages(procedure: Procedure, facts: Facts) -> tuple[Stage, ...]:
    """The stages that exist in this case, in order."""
    return tuple(stage for stage in procedure.stage if stage.when.holds(facts))


def next_stage(procedure: Procedure, stage: Stage, facts: Facts) -> Stage | None:
    """The stage after `stage`, or None at the end; one that does not exist in this case is passed over."""
    following = next((other for other in procedure.stage if other.id == stage.next), None)
    if following is None or following.when.holds(facts):
        return following
    return next_stage(procedure, following, facts)


def reached_ids(procedure: Procedure, facts: Facts) -> tuple[str, ...]:
    """Every value that `reached` may have in this procedure, in the order of its steps."""
    ids = list(procedure.before)
    for stage in open_stages(procedure, facts):
        ids += [stage.opened_by] if stage.opened_by else []
        ids += [f"{stage.id}-{step}" for step in ("sent", "replied", "unresolved")]
        ids += [f"{stage.id}-skipped"] if stage.may_skip else []
    return tuple(ids)
