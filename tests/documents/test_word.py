"""Letters as Word files: every word, and how it is set."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import chain, pairwise

import docx
import pytest
from docx.oxml.ns import qn
from kept_cases import words
from letters_to_print import ARABIC, HISTORY, PLAIN, PLAN, RICH, WELSH
from lxml import etree
from word_files import EVERY, paragraphs, part, style_of, text, value

from webapp.documents import SIZES
from webapp.documents.docx import render
from webapp.letters.model import Concern, Heading, Letter, OwnWords, Paragraph, Points, Signature, Table
from webapp.plans.sheet import sheet_of


def words_in_order(letter: Letter) -> list[str]:
    said: list[str] = [letter.notice, *letter.sender, letter.date, *letter.recipient, letter.salutation]
    said += [letter.heading, *letter.reference]
    closed = False
    for block in letter.blocks:
        if isinstance(block, Signature) and not closed:
            said.append(letter.closing)
            closed = True
        said += said_in(block)
    if letter.enclosures:
        said += [letter.enclosures_heading, *letter.enclosures]
    said += chain.from_iterable(map(said_in, letter.annex))
    return [each for each in said if each]


def said_in(block: object) -> list[str]:
    match block:
        case Heading() | Paragraph():
            return [block.text]
        case Points():
            return list(block.items)
        case OwnWords():
            return list(block.paragraphs)
        case Concern():
            own = block.words.paragraphs if block.words else ()
            return [block.heading, *(each.text for each in block.sentences), *own]
        case Table():
            return [block.caption, *block.head, *chain.from_iterable(block.rows)]
        case Signature():
            return [block.name, block.date_label]
    raise AssertionError(block)


@pytest.mark.parametrize("letter", [PLAIN, RICH, ARABIC, WELSH], ids=["plain", "rich", "arabic", "welsh"])
def test_all_the_words_of_a_letter_are_there_in_order(letter: Letter) -> None:
    assert [said for _, said in paragraphs(part(letter)) if said] == words_in_order(letter)


@EVERY
@pytest.mark.parametrize("size", SIZES)
def test_a_program_for_word_files_opens_every_letter_in_every_size(letter: Letter, size: str) -> None:
    opened = docx.Document(BytesIO(render(letter, size)))
    assert opened.core_properties.title == letter.title
    assert [each.text for each in opened.paragraphs if each.style.name == "Heading 1"] == [letter.heading]


@pytest.mark.parametrize(
    "typed",
    [
        "First line\nsecond line\n\n  a line set in by two spaces",
        "  spaces   kept  ",
        "tab\there",
        "<b>not bold</b> &amp; &lt; ]]> <w:br/>",
        '=cmd() { PAGE } HYPERLINK "x" https://example.org',
        "{page} {0} %s \\n",
        "Nguyễn Thị Hằng said “no” 😀 王小明",
        "café cafe\u0301 soft\u00adhyphen\u00a0joined\u200d",
        "word " * 4000,
        "x" * 20_000,
    ],
)
def test_the_parents_words_are_there_exactly_as_typed(typed: str) -> None:
    found = paragraphs(part(replace(PLAIN, blocks=(OwnWords((typed, "and then")),))))
    assert [said for style, said in found if style == "Quote"] == [typed, "and then"]


def test_what_xml_cannot_hold_is_left_out_and_nothing_else() -> None:
    letter = replace(
        PLAIN, blocks=(OwnWords(("a\x00b\x1b\ud83dc\uffff, one\r\ntwo\rthree\x0bfour\u2028five",)),)
    )
    assert ("Quote", "abc, one\ntwo\nthree\nfour\nfive") in paragraphs(part(letter))


def test_what_somebody_typed_never_becomes_a_field_a_link_or_a_picture() -> None:
    nasty = '<w:fldSimple w:instr="DDEAUTO"/></w:t></w:r>{ INCLUDEPICTURE "x" }'
    letter = replace(
        PLAIN, sender=(nasty,), title=nasty, footer=nasty, notice=nasty, blocks=(OwnWords((nasty,)),)
    )
    for name in ("document", "footer"):
        tags = {etree.QName(each).localname for each in part(letter, name).iter(etree.Element)}
        assert not tags & {"instrText", "hyperlink", "drawing", "object", "pict", "fldChar"}
    fields = [each.get(qn("w:instr")) for each in part(letter, "footer").iter(qn("w:fldSimple"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_the_foot_counts_the_pages_as_the_language_says_it() -> None:
    foot = part(replace(PLAIN, page_of="{pages} is all, {page} is this"), "footer")
    assert [each.get(qn("w:instr")) for each in foot.iter(qn("w:fldSimple"))] == [" NUMPAGES ", " PAGE "]
    assert text(foot) == f"{PLAIN.footer}\t1 is all, 1 is this"


def test_a_long_foot_and_large_print_have_the_page_on_a_line_of_its_own() -> None:
    assert len(paragraphs(part(PLAIN, "footer", "large"))) == 2
    assert len(paragraphs(part(replace(PLAIN, footer="a word " * 12), "footer"))) == 2


@EVERY
def test_nothing_points_outside_the_file_and_nothing_else_is_in_it(letter: Letter) -> None:
    with zipfile.ZipFile(BytesIO(render(letter, "standard"))) as file:
        parts = {"document", "styles", "numbering", "settings", "footer1"}
        parts |= {"fontTable", "theme/theme1", "webSettings"}
        assert {each for each in file.namelist() if not each.endswith(".rels")} == {
            "[Content_Types].xml",
            "docProps/core.xml",
            *(f"word/{each}.xml" for each in parts),
        }
        targets = [
            (each.get("Target"), each.get("TargetMode"))
            for name in file.namelist()
            if name.endswith(".rels")
            for each in etree.fromstring(file.read(name))
        ]
    assert {mode for _, mode in targets} == {None}
    assert all(":" not in target and not target.startswith(("/", "..")) for target, _ in targets)


def test_the_file_says_nothing_of_who_made_it_or_when() -> None:
    made = render(PLAIN, "standard")
    properties = docx.Document(BytesIO(made)).core_properties
    said = (properties.author, properties.last_modified_by, properties.comments, properties.keywords)
    assert said == ("", "", "", "")
    assert (properties.created, properties.modified, properties.revision) == (None, None, 0)
    assert (properties.title, properties.language) == (PLAIN.title, "en-GB")
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"Leanne" not in file.read("docProps/core.xml")
    assert part(PLAIN, "settings").find(qn("w:removePersonalInformation")) is not None


@EVERY
@pytest.mark.parametrize("size", SIZES)
def test_the_same_letter_gives_the_same_bytes(letter: Letter, size: str) -> None:
    assert render(letter, size) == render(letter, size)


@pytest.mark.parametrize(
    ("letter", "size", "points"), [(PLAIN, "standard", 12), (PLAIN, "large", 18), (WELSH, "giant", 24)]
)
def test_the_print_is_as_large_as_its_size_says(letter: Letter, size: str, points: int) -> None:
    run = part(letter, "styles", size).find("w:docDefaults/w:rPrDefault/w:rPr", {"w": qn("w:x")[1:-2]})
    assert [value(run.find(qn(name))) for name in ("w:sz", "w:szCs")] == [str(points * 2)] * 2
    smaller = 10 if size == "standard" else 16
    assert all(int(value(each)) >= smaller * 2 for each in part(letter, "styles", size).iter(qn("w:sz")))


@EVERY
@pytest.mark.parametrize("size", SIZES)
def test_styles_do_the_formatting(letter: Letter, size: str) -> None:
    styles = part(letter, "styles", size)
    known = {each.get(qn("w:styleId")) for each in styles.iter(qn("w:style"))}
    for name in ("document", "footer"):
        words = part(letter, name, size)
        assert {value(each) for each in words.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))} <= known
        direct = {etree.QName(each).localname for run in words.iter(qn("w:rPr")) for each in run}
        assert direct <= {"rStyle", "rtl"}
    linked = {value(each) for each in styles.iter(qn("w:basedOn"), qn("w:next"))}
    assert linked <= known
    assert not list(styles.iter(qn("w:i"), qn("w:caps"), qn("w:jc"), qn("w:u")))


def test_the_built_in_styles_have_the_names_that_word_knows() -> None:
    names = {each.name for each in docx.Document(BytesIO(render(PLAIN, "standard"))).styles}
    assert names >= {"Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Quote"}
    assert names >= {"Caption", "Salutation", "Date", "Closing", "Signature", "Footer", "Placeholder Text"}


@EVERY
def test_headings_never_skip_a_level(letter: Letter) -> None:
    levels = [
        2 if style == "AnnexHeading" else int(style[-1])
        for style, _ in paragraphs(part(letter))
        if "Heading" in style and (style[-1].isdigit() or style == "AnnexHeading")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_belongs_together_stays_on_one_page() -> None:
    kept = {
        each.get(qn("w:styleId"))
        for each in part(RICH, "styles").iter(qn("w:style"))
        if each.find("w:pPr/w:keepNext", each.nsmap) is not None
    }
    assert kept >= {"Heading1", "Heading2", "Heading3", "Caption", "Closing", "Signature", "TableHeading"}
    body = list(part(PLAIN).iter(qn("w:p")))
    closing = next(place for place, each in enumerate(body) if style_of(each) == "Closing")
    assert body[closing - 1].find("w:pPr/w:keepNext", body[0].nsmap) is not None


def test_a_list_is_a_list_and_each_numbered_one_begins_anew() -> None:
    lists = (
        Points(("one", "two"), numbered=True),
        Points(("a", "b")),
        Points(("three", "four"), numbered=True),
    )
    letter = replace(PLAIN, blocks=lists, enclosures=("first", "second"))
    numbers = {
        text(each): value(each.find("w:pPr/w:numPr/w:numId", each.nsmap))
        for each in part(letter).iter(qn("w:p"))
        if style_of(each) == "ListNumber"
    }
    assert list(numbers) == ["one", "two", "three", "four", "first", "second"]
    assert numbers["one"] == numbers["two"] != numbers["three"] == numbers["four"] != numbers["first"]
    lists_there = {each.get(qn("w:numId")): each for each in part(letter, "numbering").iter(qn("w:num"))}
    for number in set(numbers.values()):
        start = lists_there[number].find("w:lvlOverride/w:startOverride", lists_there[number].nsmap)
        assert value(start) == "1"
    assert [said for style, said in paragraphs(part(letter)) if style == "ListBullet"] == ["a", "b"]


def test_concerns_bear_their_own_numbers() -> None:
    concerns = tuple(Concern(number, f"Concern {number}", (), None) for number in (1, 2, 5))
    letter = replace(PLAIN, blocks=(Heading("What I am complaining about"), *concerns))
    lists = [
        value(each.find("w:pPr/w:numPr/w:numId", each.nsmap))
        for each in part(letter).iter(qn("w:p"))
        if style_of(each) == "Heading3"
    ]
    starts = {
        each.get(qn("w:numId")): value(each.find("w:lvlOverride/w:startOverride", each.nsmap))
        for each in part(letter, "numbering").iter(qn("w:num"))
        if len(each) > 1
    }
    assert lists[0] == lists[1] != lists[2]
    assert [starts[lists[0]], starts[lists[2]]] == ["1", "5"]


def test_a_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    table = part(RICH).find(".//w:tbl", part(RICH).nsmap)
    rows = table.findall(qn("w:tr"))
    assert [row.find("w:trPr/w:tblHeader", row.nsmap) is not None for row in rows] == [
        True,
        False,
        False,
        False,
    ]
    assert all(row.find("w:trPr/w:cantSplit", row.nsmap) is not None for row in rows)
    assert [text(cell) for cell in rows[1]] == ["", *HISTORY.rows[0]]
    assert value(table.find("w:tblPr/w:tblCaption", table.nsmap)) == HISTORY.caption


@pytest.mark.parametrize("size", ["large", "giant"])
def test_larger_print_has_headed_lists_instead_of_a_table(size: str) -> None:
    body = part(RICH, size=size)
    assert not list(body.iter(qn("w:tbl")))
    found = paragraphs(body)
    at = found.index(("RowHeading", "Date"))
    assert found[at : at + 4] == [
        ("RowHeading", "Date"),
        ("CellText", "20 October 2026"),
        ("CellHeading", "What happened"),
        ("CellText", "The conference was held."),
    ]


def test_two_tables_never_touch_and_none_is_the_last_thing() -> None:
    body = part(replace(PLAIN, blocks=(HISTORY, replace(HISTORY, caption="")), annex=(HISTORY,)))[0]
    tags = [etree.QName(each).localname for each in body]
    assert all(after == "p" for before, after in pairwise(tags) if before == "tbl")
    breaks = [each for each in body if each.find("w:pPr/w:pageBreakBefore", body.nsmap) is not None]
    assert [text(each) for each in breaks] == [HISTORY.caption]


def test_the_second_sheet_begins_on_a_page_of_its_own() -> None:
    assert ("AnnexHeading", RICH.annex[0].text) in paragraphs(part(RICH))  # type: ignore[union-attr]
    heading = next(
        each for each in part(RICH, "styles").iter() if each.get(qn("w:styleId")) == "AnnexHeading"
    )
    assert heading.find("w:pPr/w:pageBreakBefore", heading.nsmap) is not None
    assert value(heading.find("w:basedOn", heading.nsmap)) == "Heading2"


@pytest.mark.parametrize("size", SIZES)
def test_a_plan_has_no_empty_lines_where_a_letter_has_its_sender_and_its_end(size: str) -> None:
    body = part(sheet_of(PLAN, words("en")), size=size)
    found = paragraphs(body)
    assert found[:2] == [("Notice", "For you to keep. Do not send."), ("Heading1", "Your next steps")]
    # A cell of a table has to have a line, even an empty one.
    assert all(said or style == "TableText" for style, said in found)
    assert not list(body.iter(qn("w:sdt")))


def test_a_title_longer_than_word_takes_is_cut() -> None:
    opened = docx.Document(BytesIO(render(replace(PLAIN, title="word " * 100), "standard")))
    assert opened.core_properties.title == ("word " * 100)[:255]
