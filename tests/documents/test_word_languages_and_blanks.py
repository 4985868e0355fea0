"""Word files in other languages and from right to left, blank letters, and the order that Word wants."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from docx.oxml.ns import qn
from letters_to_print import ARABIC, HISTORY, PLAIN, WELSH
from lxml import etree
from word_files import BLANK, EVERY, paragraphs, part, style_of, text, value

from webapp.documents import SIZES
from webapp.documents.characters import Direction, stretches
from webapp.documents.docx import language_tag
from webapp.letters.model import Letter, OwnWords, place


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en-GB"), ("cy", "cy-GB"), ("ar", "ar-EG"), ("zh-Hant", "zh-TW")]
)
def test_a_language_has_the_name_that_word_knows(language: str, tag: str) -> None:
    assert language_tag(language) == tag


@pytest.mark.parametrize(
    ("letter", "latin", "tag"),
    [(PLAIN, "en-GB", "en-GB"), (WELSH, "cy-GB", "cy-GB"), (ARABIC, "en-GB", "ar-EG")],
)
def test_the_whole_letter_is_marked_with_its_language(letter: Letter, latin: str, tag: str) -> None:
    language = next(part(letter, "styles").iter(qn("w:lang")))
    assert [language.get(qn(f"w:{name}")) for name in ("val", "eastAsia", "bidi")] == [latin, tag, tag]


def test_a_letter_from_right_to_left_really_runs_so() -> None:
    letter = replace(ARABIC, blocks=(HISTORY, *ARABIC.blocks))
    body = part(letter)
    assert all(each.find("w:pPr/w:bidi", each.nsmap) is not None for each in body.iter(qn("w:p")))
    assert body.find(".//w:sectPr/w:bidi", body.nsmap) is not None
    assert body.find(".//w:tblPr/w:bidiVisual", body.nsmap) is not None
    for run in body.iter(qn("w:r")):
        marked = run.find("w:rPr/w:rtl", run.nsmap) is not None
        assert not (marked and re.search("[A-Za-z]", text(run)))
        assert marked or not re.search("[\u0600-\u06ff]", text(run))
    bold = [each.find("w:rPr", each.nsmap) for each in part(letter, "styles").iter(qn("w:style"))]
    assert all(
        (run.find(qn("w:b")) is None) == (run.find(qn("w:bCs")) is None) for run in bold if run is not None
    )
    sizes = part(letter, "styles").find(".//w:rPrDefault/w:rPr", body.nsmap)
    assert (value(sizes.find(qn("w:sz"))), value(sizes.find(qn("w:szCs")))) == ("24", "26")


@pytest.mark.parametrize(
    ("words", "around", "found"),
    [
        ("", "ltr", []),
        ("only English, 2026", "ltr", [("only English, 2026", "ltr")]),
        ("أنا Leanne Hartley أم (Kai 2).", "rtl", ["أنا ", "Leanne Hartley", " أم (", "Kai 2", ")."]),
        ("هاتفي 07700 900 123.", "rtl", ["هاتفي ", "07700 900 123", "."]),
        ("الاثنين 23 نوفمبر 2026", "rtl", [("الاثنين 23 نوفمبر 2026", "rtl")]),
        ("I am محمدٌ الأحمدٌ, yes", "ltr", ["I am ", "محمدٌ الأحمدٌ", ", yes"]),
    ],
)
def test_a_text_is_parted_where_its_way_changes(
    words: str, around: Direction, found: list[str] | list[tuple[str, str]]
) -> None:
    parted = stretches(words, around)
    assert [each if isinstance(found[0], tuple) else each[0] for each in parted] == found
    assert all(before != after for (_, before), (_, after) in pairwise(parted))


def test_addresses_and_telephone_numbers_keep_their_order_from_right_to_left() -> None:
    runs = [(text(run), run.find("w:rPr/w:rtl", run.nsmap) is None) for run in part(ARABIC).iter(qn("w:r"))]
    assert ("14 Larkspur Close", True) in runs
    assert ("07700 900 123", True) in runs
    assert ("هاتفي ", False) in runs
    whole = "".join(part(ARABIC).itertext())
    assert "\u200e14 Larkspur Close" in whole
    assert "هاتفي \u200e07700 900 123\u200e." in whole


def test_words_that_run_against_the_letter_have_their_bar_on_their_own_side() -> None:
    letter = replace(PLAIN, blocks=(OwnWords(("قيل لأمي أن تنتظر.", "I said so.")),))
    found = [each for each in part(letter).iter(qn("w:p")) if style_of(each).startswith("Quote")]
    assert [style_of(each) for each in found] == ["QuoteTurned", "Quote"]
    assert [each.find("w:pPr/w:bidi", each.nsmap) is not None for each in found] == [True, False]
    turned = next(
        each for each in part(letter, "styles").iter() if each.get(qn("w:styleId")) == "QuoteTurned"
    )
    sides = turned.find("w:pPr/w:pBdr", turned.nsmap)
    assert [(etree.QName(each).localname, value(each)) for each in sides] == [
        ("left", "nil"),
        ("right", "single"),
    ]


def controls(letter: Letter) -> list[tuple[str, str, str]]:
    """The name, the kind and the text of each content control."""
    found = []
    for control in part(letter).iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        name = value(properties.find(qn("w:alias")))
        found.append((name, etree.QName(properties[-1]).localname, text(control.find(qn("w:sdtContent")))))
    return found


def test_each_place_to_fill_in_is_a_control_with_its_name() -> None:
    assert controls(BLANK) == [
        ("your full name", "text", "your full name"),
        ("your street", "text", "your street"),
        ("the child’s name", "text", "the child’s name"),
        ("date of birth", "text", "date of birth"),
        ("How it was run", "checkbox", "☐"),
        ("An interpreter for language & “<Welsh>”", "checkbox", "☐"),
        ("language", "text", "language"),
        ("What happened?", "richText", "\t\n\t\n\t\n\t"),
        ("day", "text", "day"),
        ("your full name", "text", "your full name"),
    ]
    found = paragraphs(part(BLANK))
    assert ("Normal", "I write about the child’s name, born date of birth.") in found
    assert ("Choice", "☐\tAn interpreter for language & “<Welsh>”") in found
    assert found[found.index(("SpaceName", "What happened?")) + 1][0] == "Space"


def test_a_place_shows_its_name_until_somebody_writes_there() -> None:
    body = part(BLANK)
    for control in body.iter(qn("w:sdt")):
        kind = etree.QName(control.find(qn("w:sdtPr"))[-1]).localname
        assert (control.find("w:sdtPr/w:showingPlcHdr", body.nsmap) is not None) == (kind != "checkbox")
        style = control.find("w:sdtContent/w:r/w:rPr/w:rStyle", body.nsmap)
        assert value(style) == ("TickBox" if kind == "checkbox" else "PlaceholderText")


def test_each_control_has_a_number_of_its_own_and_a_name_that_word_takes() -> None:
    long = replace(BLANK, reference=(place("name " * 30),), footer=place("your name"))
    found = [*part(long).iter(qn("w:sdtPr")), *part(long, "footer").iter(qn("w:sdtPr"))]
    numbers = [value(each.find(qn("w:id"))) for each in found]
    assert len(set(numbers)) == len(numbers) == 12
    assert all(0 < len(value(each.find(qn("w:alias")))) <= 64 for each in found)


# Word refuses a file whose properties are not in the order of its schema.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs bidi spacing ind "
    "contextualSpacing outlineLvl",
    "rPr": "rStyle rFonts b bCs color sz szCs shd rtl lang",
    "pBdr": "top left bottom right",
    "sdtPr": "alias id showingPlcHdr text richText checkbox",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "sectPr": "footerReference pgSz pgMar cols bidi docGrid",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr tblStylePr",
    "numbering": "abstractNum num",
}


@EVERY
@pytest.mark.parametrize("size", SIZES)
def test_properties_stand_in_the_order_that_word_wants(letter: Letter, size: str) -> None:
    letter = replace(letter, blocks=(HISTORY, *letter.blocks))
    for name in ("document", "styles", "numbering", "footer"):
        for each in part(letter, name, size).iter(*(qn(f"w:{tag}") for tag in ORDER)):
            wanted = ORDER[etree.QName(each).localname].split()
            if each.getparent() is not None and etree.QName(each.getparent()).localname == "pPrDefault":
                wanted = ["widowControl", "spacing"]
            places = [wanted.index(etree.QName(child).localname) for child in each]
            assert places == sorted(places)
