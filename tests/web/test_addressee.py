"""The name of the person a letter goes to stays with that person: the next stage goes to somebody else."""

from __future__ import annotations

from answering_pages import DURHAM
from seeing import letter
from visiting import Visitor

ANSWERED = DURHAM | {
    "concerns": ["conference-run"],
    "event conference conference": "2026-10-20",
    "event conference notes-received": "2026-11-02",
}


def name_the_chair(browse: Visitor) -> None:
    browse.walk_all(ANSWERED)
    browse.get("/en/letter-1/additions?from=check")
    browse.submit(**{"recipient.name": "Ms Numbat", "recipient.address": "1 Quoll Road"})
    assert "Dear Ms Numbat" in letter(browse)


def test_the_next_stage_forgets_the_name_of_the_person_before(browse: Visitor) -> None:
    name_the_chair(browse)
    browse.get("/en/letter-1/reached?from=check")
    browse.answer({"reached": "stage-1-replied"})
    browse.walk({"event conference stage-1-reply": "2026-11-20"})
    assert "Numbat" not in letter(browse)
    assert "Quoll" not in letter(browse)
    assert "Dear Business Manager" in letter(browse)


def test_a_letter_to_the_same_person_keeps_the_name(browse: Visitor) -> None:
    name_the_chair(browse)
    browse.get("/en/letter-1/reached?from=check")
    browse.answer({"reached": "talked"})
    browse.walk({})
    assert "Dear Ms Numbat" in letter(browse)
