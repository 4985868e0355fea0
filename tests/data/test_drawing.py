"""The picture of the decision tree: whole, readable on A3, and nothing over anything else."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest

from webapp.flows.drawing import HEIGHT, WIDTH, draw
from webapp.flows.law import Law
from webapp.flows.sheet import PAD, Box, Line, width_of

SVG = "{http://www.w3.org/2000/svg}"
POINT = 25.4 / 72  # millimetres


@pytest.fixture(scope="module")
def drawn(law: Law) -> ElementTree.Element:
    return ElementTree.fromstring(draw(law))


def boxes(drawn: ElementTree.Element) -> list[Box]:
    return [
        Box(*(float(rect.attrib[key]) for key in ("x", "y", "width", "height")))
        for rect in drawn.iter(f"{SVG}rect")
        if "rx" in rect.attrib
    ]


def texts(drawn: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in drawn.iter(f"{SVG}text"))


def test_it_is_one_sheet_of_a3_with_a_title_and_a_description(drawn: ElementTree.Element) -> None:
    assert drawn.attrib["width"] == f"{WIDTH:g}mm"
    assert drawn.attrib["height"] == f"{HEIGHT:g}mm", "the law no longer fits: make the boxes wider"
    assert drawn.findtext(f"{SVG}title")
    assert "procedures" in (drawn.findtext(f"{SVG}desc") or "")


def test_it_shows_every_procedure_stage_recipient_deadline_and_concern(
    drawn: ElementTree.Element, law: Law
) -> None:
    told = texts(drawn)
    for procedure in law.procedures:
        assert procedure.id in told
        for stage in procedure.stage:
            assert stage.name in told
        for deadline in procedure.deadline:
            assert deadline.rule in told
            assert f"{deadline.within.count}" in told
    for option in law.question["nation"].option:
        assert option.label[0].text in told


def test_no_text_is_smaller_than_seven_points(drawn: ElementTree.Element) -> None:
    for text in drawn.iter(f"{SVG}text"):
        assert float(text.attrib["font-size"]) >= 7 * POINT, text.text


def test_no_box_lies_over_another_or_off_the_sheet(drawn: ElementTree.Element) -> None:
    found = boxes(drawn)
    for one, other in combinations(found, 2):
        apart = one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
        assert apart, (one, other)
    for box in found:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= WIDTH
        assert box.bottom <= float(drawn.attrib["height"].removesuffix("mm"))


def test_no_text_runs_out_of_its_box(drawn: ElementTree.Element) -> None:
    found = boxes(drawn)
    for text in drawn.iter(f"{SVG}text"):
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        inside = [box for box in found if box.x < x < box.right and box.y < y < box.bottom]
        wide = width_of(text.text or "", float(text.attrib["font-size"]), "font-weight" in text.attrib)
        for box in inside:
            assert x + wide <= box.right - PAD + 0.01, text.text


def test_a_word_wider_than_its_box_stands_alone() -> None:
    assert Line("one incomprehensibilities two").wrapped(10) == ["one", "incomprehensibilities", "two"]
