"""Blank letters on paper, as forms to type into, and as pages."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

import pypdfium2
import pypdfium2.raw as raw
import pytest
import verapdf
from conftest import faults, pages_of, sizes_of, text_of, words_of
from letters_to_print import PLAIN
from tinyhtml5.parser import HTMLParser

from webapp.documents import SIZES, html, pdf
from webapp.documents.form import Form, is_blank
from webapp.flows.reading import read_law
from webapp.language import read_words
from webapp.letters.blank import Blank, blanks_of, compose_blank
from webapp.letters.model import Choices, Letter, Paragraph, Place, Points, Space, Table, pieces, place
from webapp.places import flows_folder, templates_folder, translations_folder

LAW = read_law(flows_folder(), templates_folder() / "letters")
BLANKS = {
    f"{blank.nation} {blank.procedure.id} {blank.stage.id} {blank.id}": blank for blank in blanks_of(LAW)
}
FIRST = "england conference-durham stage-1 complaint"
LATE = "england conference-durham stage-2 escalation-late"
SOME = [
    (FIRST, "en", "standard"),
    (LATE, "cy", "giant"),
    ("england conference-durham stage-1 holding", "cy", "standard"),
    ("england services-england ombudsman escalation", "en", "large"),
    ("wales police stage-1 complaint", "en", "standard"),
]
EVERY = [(name, language, size) for name in BLANKS for language in ("en", "cy") for size in SIZES]
SHORT = Letter(
    language="en",
    direction="ltr",
    title="A letter",
    notice="",
    sender=(place("your full name"),),
    recipient=("The chair",),
    date=place("date of this letter"),
    salutation="Dear Chair",
    heading="Complaint",
    reference=(f"Child: {place('child’s full name')}", f"Child: {place('child’s full name')}"),
    blocks=(
        Paragraph(f"It was on {place('date of the conference')}."),
        Table("", ("Date", "What happened"), ((place("date of the conference"), "It was held"),)),
        Space("What happened?", 40),
        Choices((f"in this language: {place('language')}", "in Braille")),
    ),
    closing="Yours faithfully",
    enclosures_heading="Enclosed:",
    enclosures=(place("name of the paper"), place("name of the paper")),
    annex=(),
    footer="Complaint",
    page_of="Page {page} of {pages}",
)


@dataclass(frozen=True)
class Widget:
    """One field as a program that shows the PDF finds it, with the page and the place that it has there."""

    page: int
    id: str
    label: str
    kind: int
    flags: int
    left: float
    bottom: float
    right: float
    top: float


@cache
def letter_of(name: str, language: str = "en") -> Letter:
    """A blank letter of the library."""
    return compose_blank(BLANKS[name], LAW, read_words(language, translations_folder()))


def widgets_of(content: bytes) -> list[Widget]:
    """The fields of a PDF, in the order in which they are gone through."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    if document.formenv is None:
        return []
    form = document.formenv.raw
    found = []
    for number, page in enumerate(document):
        for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, at)
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, box)
            name, label = (
                said(form, annotation, ask)
                for ask in (raw.FPDFAnnot_GetFormFieldName, raw.FPDFAnnot_GetFormFieldAlternateName)
            )
            kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
            flags = raw.FPDFAnnot_GetFormFieldFlags(form, annotation)
            found.append(Widget(number, name, label, kind, flags, box.left, box.bottom, box.right, box.top))
    return found


def said(form: object, annotation: object, ask: object) -> str:
    """A string that PDFium writes into a buffer of the caller's."""
    space = (ctypes.c_ushort * 512)()
    written = ask(form, annotation, space, 1024)  # type: ignore[operator]
    return bytes(space)[: max(written - 2, 0)].decode("utf-16-le")


def places_in(letter: Letter) -> set[str]:
    """The names of all places to fill in, and of the room to write."""
    texts = [*letter.sender, *letter.recipient, *letter.reference, *letter.enclosures, letter.date]
    names = set()
    for block in letter.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Points | Choices):
            texts += block.items
        elif isinstance(block, Table):
            texts += [cell for row in block.rows for cell in row]
        elif isinstance(block, Space):
            names.add(block.name)
    return names | {each.name for text in texts for each in pieces(text) if isinstance(each, Place)}


def words_in(letter: Letter) -> list[str]:
    """The words of a blank letter's sentences, and of the names of its places."""
    texts = [letter.heading, letter.salutation, letter.closing, *places_in(letter)]
    for block in letter.blocks:
        if isinstance(block, Paragraph):
            texts += [each for each in pieces(block.text) if isinstance(each, str)]
        elif isinstance(block, Choices):
            texts += [each for item in block.items for each in pieces(item) if isinstance(each, str)]
    return [word.strip("().,;:") for text in texts for word in words_of(text)]


def is_sound(name: str, language: str, size: str) -> None:
    """Asserts that a blank letter is accessible, gives back its words, and names each place’s field."""
    letter = letter_of(name, language)
    content = pdf.render(letter, size)
    assert faults(content) == []
    recovered = {word.strip("().,;:") for word in words_of(text_of(content))}
    assert [word for word in words_in(letter) if word and word not in recovered] == []
    widgets = widgets_of(content)
    labels = {widget.label.split(" (")[0].split(":")[0] for widget in widgets}
    wanted = {name.split(" (")[0].split(":")[0].strip() for name in places_in(letter)}
    assert wanted <= labels
    assert all(widget.id and widget.label for widget in widgets)
    by_label = {(widget.label, widget.id) for widget in widgets}
    assert max(Counter(label for label, _ in by_label).values()) == 1


@pytest.mark.parametrize(("name", "language", "size"), SOME)
@pytest.mark.usefixtures("no_complaints")
def test_a_blank_letter_is_an_accessible_form(name: str, language: str, size: str) -> None:
    is_sound(name, language, size)


@pytest.mark.verify
@pytest.mark.parametrize(("name", "language", "size"), EVERY)
def test_every_blank_letter_is_an_accessible_form(name: str, language: str, size: str) -> None:
    is_sound(name, language, size)


@pytest.mark.xdist_group("verapdf")
def test_verapdf_finds_no_fault_in_a_form() -> None:
    for name, language, size in SOME[:2]:
        assert verapdf.clauses(pdf.render(letter_of(name, language), size), verapdf.UA) == []
    turned = replace(letter_of(FIRST), language="ar", direction="rtl")
    assert verapdf.clauses(pdf.render(turned, "standard"), verapdf.UA) == []


@pytest.mark.parametrize(
    "blank",
    [blank for blank in BLANKS.values() if blank.id == "complaint"],
    ids=lambda each: each.procedure.id,
)
def test_a_first_complaint_fills_three_sides_at_most(blank: Blank) -> None:
    letter = compose_blank(blank, LAW, read_words("en", translations_folder()))
    assert len(pages_of(pdf.render(letter, "standard"))) <= 3


def test_a_letter_that_is_written_has_no_fields() -> None:
    assert not is_blank(PLAIN)
    assert widgets_of(pdf.render(PLAIN, "standard")) == []


def test_what_means_the_same_is_typed_once_and_what_is_repeated_each_time() -> None:
    widgets = widgets_of(pdf.render(SHORT, "standard"))
    ids = {
        label: {each.id for each in widgets if each.label == label} for label in {w.label for w in widgets}
    }
    assert sum(each.label == "date of the conference" for each in widgets) == 2
    assert len(ids["date of the conference"]) == 1
    for label in ("child’s full name", "name of the paper"):
        assert ids[label] != ids[f"{label} (2)"]


def test_no_shared_field_stands_for_two_different_days() -> None:
    known = replace(LAW, places=tuple(replace(each, text=f"{each.text}#{each.id}") for each in LAW.places))
    words = read_words("en", translations_folder())
    for name, blank in BLANKS.items():
        form = Form(letter_of(name))
        meant: dict[str, set[str]] = {}
        for marked in places_of(compose_blank(blank, known, words)):
            meant.setdefault(form.place(marked.split("#")[0]).id, set()).add(marked)
        assert all(len(each) == 1 for each in meant.values()), name


def places_of(letter: Letter) -> list[str]:
    """The name of each place of a letter, as often as it comes, wherever it stands."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            found.extend(each.name for each in pieces(value) if isinstance(each, Place))
        elif isinstance(value, tuple):
            for each in value:
                walk(each)
        elif hasattr(value, "__dataclass_fields__"):
            for field in value.__dataclass_fields__:
                walk(getattr(value, field))

    walk(letter)
    return found


def test_fields_are_gone_through_in_the_order_of_reading() -> None:
    labels = [widget.label for widget in widgets_of(pdf.render(letter_of(FIRST), "standard"))]
    order = ["your full name", "their town and postcode", "child’s full name (2)", "social worker’s name"]
    assert sorted(order, key=labels.index) == order
    box = next(at for at, label in enumerate(labels) if label.startswith("an interpreter"))
    assert labels[box + 1] == "language"


@pytest.mark.parametrize("size", SIZES)
def test_room_to_write_is_one_field_on_each_page_that_it_fills(size: str) -> None:
    multiline = 1 << 12
    rooms = [each for each in widgets_of(pdf.render(SHORT, size)) if each.flags & multiline]
    assert len(rooms) == len({each.page for each in rooms}) >= 2
    assert len({each.id for each in rooms}) == len({each.label for each in rooms}) == len(rooms)
    line = {"standard": 8, "large": 11, "giant": 14}[size] / 25.4 * 72
    lines = [(each.top - each.bottom) / line for each in rooms]
    assert sum(lines) == pytest.approx(40, abs=0.3)
    assert min(lines) > 1.9


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("size", SIZES)
def test_no_field_leaves_the_page_or_covers_another(size: str, direction: str) -> None:
    letter = letter_of(LATE)
    if direction == "rtl":
        letter = replace(letter, language="ar", direction="rtl")
    widgets = widgets_of(pdf.render(letter, size))
    for each in widgets:
        assert 40 < each.left < each.right < 556
        assert 30 < each.bottom < each.top < 830
        for other in widgets:
            if other is not each and other.page == each.page:
                across = min(each.right, other.right) - max(each.left, other.left)
                down = min(each.top, other.top) - max(each.bottom, other.bottom)
                assert across <= 0 or down <= 1, (each.label, other.label)


def test_names_of_places_are_large_where_the_letter_is() -> None:
    assert min(sizes_of(pdf.render(letter_of(FIRST), "standard"))) >= 9
    assert min(sizes_of(pdf.render(letter_of(FIRST), "large"))) >= 16
    assert min(sizes_of(pdf.render(letter_of(FIRST), "giant"))) >= 20


def test_a_form_prints_in_black_alone() -> None:
    document = pypdfium2.PdfDocument(pdf.render(letter_of(LATE), "standard"))
    document.init_forms()
    for page in document:
        picture = page.render(scale=1, may_draw_forms=True).to_pil().convert("RGB")
        colours = [colour for _, colour in picture.getcolors(1 << 24) or []]
        assert all(max(colour) - min(colour) <= 2 for colour in colours)
        for thing in page.get_objects():
            shade = [ctypes.c_uint() for _ in range(4)]
            raw.FPDFPageObj_GetFillColor(thing.raw, *shade)
            assert [each.value for each in shade[:3]] == [0, 0, 0]


def test_what_is_typed_and_ticked_is_seen() -> None:
    document = pypdfium2.PdfDocument(pdf.render(SHORT, "standard"))
    document.init_forms()
    form = document.formenv.raw
    before = [page.render(may_draw_forms=True).to_pil().tobytes() for page in document]
    pages = list(document)
    for each in widgets_of(pdf.render(SHORT, "standard")):
        page = pages[each.page].raw
        raw.FORM_OnAfterLoadPage(page, form)
        across, down = each.left + 4, each.top - 6
        raw.FORM_OnLButtonDown(form, page, 0, across, down)
        raw.FORM_OnLButtonUp(form, page, 0, across, down)
        if each.kind == raw.FPDF_FORMFIELD_TEXTFIELD and each.label in ("your full name", "What happened?"):
            typed = (ctypes.c_ushort * 6)(*map(ord, "Megan"), 0)
            raw.FORM_ReplaceSelection(form, page, ctypes.cast(typed, raw.FPDF_WIDESTRING))
        raw.FORM_ForceToKillFocus(form)
    after = [page.render(may_draw_forms=True).to_pil().tobytes() for page in pages]
    assert before[0] != after[0]
    assert before[-1] != after[-1]


def test_a_form_holds_no_script_and_asks_no_program_to_draw_its_fields() -> None:
    content = pdf.render(letter_of(FIRST), "standard")
    assert b"/JavaScript" not in content
    assert b"NeedAppearances" not in content


def test_a_page_shows_each_place_with_its_name() -> None:
    letter = letter_of(LATE)
    page = html.render(letter, "standard").decode()
    for name in places_of(letter):
        assert f"[{name}]" in page
    assert "<input" not in page
    parser = HTMLParser(namespace_html_elements=False)
    parser.parse(page)
    assert parser.errors == []
    assert "letter__gap {" in page
    assert "letter__gap {" not in html.render(PLAIN, "standard").decode()
