"""The one small test that opens questions, procedures, paragraphs and notices."""

from __future__ import annotations

import pytest

from webapp.conditions import ALWAYS, Facts, read_when

FACTS: Facts = {"nation": frozenset({"wales"}), "concerns": frozenset({"worker", "reports"})}


@pytest.mark.parametrize(
    "raw",
    [
        {"nation": ["wales"]},
        {"nation": ["england", "wales"]},
        {"nation": ["wales"], "concerns": ["reports"]},
        [{"nation": ["england"]}, {"concerns": ["worker"]}],
    ],
)
def test_it_holds_when_every_key_of_one_table_shares_a_value(raw: object) -> None:
    assert read_when(raw).holds(FACTS)


@pytest.mark.parametrize(
    "raw",
    [
        {"nation": ["england"]},
        {"nation": ["wales"], "concerns": ["court"]},
        [{"nation": ["england"]}, {"concerns": ["court"]}],
        {"stage": ["stage-1"]},
    ],
)
def test_it_does_not_hold_when_a_key_of_each_table_shares_none(raw: object) -> None:
    assert not read_when(raw).holds(FACTS)


def test_no_condition_always_holds() -> None:
    assert ALWAYS.holds({})


def test_it_names_every_fact_and_value_for_the_checks_of_the_data() -> None:
    when = read_when([{"nation": ["england", "wales"]}, {"stage": ["stage-1"]}])
    assert when.names() == {("nation", "england"), ("nation", "wales"), ("stage", "stage-1")}


def test_a_condition_that_was_read_is_taken_as_it_is() -> None:
    when = read_when({"nation": ["wales"]})
    assert read_when(when) is when


@pytest.mark.parametrize(
    "wrong", ["wales", {}, [{}], {"nation": "wales"}, {"nation": []}, {"nation": [1]}, 5, None]
)
def test_anything_else_is_refused_with_how_to_write_it(wrong: object) -> None:
    with pytest.raises(ValueError, match="write"):
        read_when(wrong)


def test_an_empty_list_is_refused_for_it_would_always_hold() -> None:
    with pytest.raises(ValueError, match="write"):
        read_when([])
