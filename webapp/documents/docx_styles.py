"""How a letter looks in Word: its styles in each size of print, the page, and the kinds of its lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor

from webapp.documents.characters import Direction
from webapp.documents.docx_xml import put, strip
from webapp.documents.formats import SIZES

# A measure in each size of print: standard, large, giant. Points for type and what is above it, else mm.
Sizes = tuple[float, float, float]

# On every PC of a council; Atkinson Hyperlegible is not, and a font that is missing is replaced by any.
FONT = "Arial"
BULLETS, NUMBERS, CONCERNS = 1, 2, 3

_NOTHING: Sizes = (0, 0, 0)
_TEXT: Sizes = (12, 18, 24)
# A point smaller than in the PDF where room is short: Arial is wider.
_TITLE: Sizes = (15, 25, 31)
# Arabic script is hard to read when it is as small, and as tight, as Latin.
_LARGER_FROM_RIGHT_TO_LEFT = 1
_LINE: dict[Direction, float] = {"ltr": 1.2, "rtl": 1.4}
_LINE_OF_A_HEADING: dict[Direction, float] = {"ltr": 1.12, "rtl": 1.3}

_TOP: Sizes = (17, 17, 16)
_RIGHT: Sizes = (23, 20, 17)
_BOTTOM: Sizes = (25, 31, 41)
_LEFT: Sizes = (24, 20, 17)
_FOOT: Sizes = (13, 12, 11)
_INSIDE: Sizes = (163, 170, 176)

_BAR: Sizes = (4, 5, 5)
_CONCERN_BAR: Sizes = (10.5, 5, 5)
_LISTS: Sizes = (6.5, 9, 12)
_CONCERNS: Sizes = (6.5, 8, 10)
_CHOICES: Sizes = (8, 11, 14)
_SIGN: Sizes = (33, 44, 62)
_GREY = "757575"


@dataclass(frozen=True)
class Border:
    """A line along one edge of a paragraph: its weight and how far it is from the words, in points."""

    edge: str
    weight: Sizes
    space: Sizes = _NOTHING
    color: str = "000000"


@dataclass(frozen=True)
class Style:
    """One style of paragraph. `start` and `end` set its lines in; `first` moves its first line back out.

    `level` is that of a heading; `tab` is the place of a stop at the line's end, with a ruled line up to it
    or without; `list` is the list whose number or dash it bears; `alike` leaves no room between two.
    """

    name: str
    based: str = "Normal"
    next: str = ""
    size: Sizes | None = None
    before: Sizes | None = _NOTHING
    after: Sizes | None = None
    start: Sizes = _NOTHING
    end: Sizes = _NOTHING
    first: Sizes = _NOTHING
    bold: bool = False
    level: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    alike: bool = False
    borders: tuple[Border, ...] = ()
    tab: Sizes = _NOTHING
    ruled: bool = False
    list: int = 0


# Names that Word knows; the others are the letter's own.
_BUILT_IN = {"Heading 1", "Heading 2", "Heading 3", "Caption", "Closing", "Date", "Footer", "List Bullet"}
_BUILT_IN |= {"List Number", "Placeholder Text", "Quote", "Salutation", "Signature"}


def _styles(runs: Direction) -> tuple[Style, ...]:
    # A paragraph's borders keep their side of the page whichever way its words run.
    side, other = ("left", "right") if runs == "ltr" else ("right", "left")
    weight, space = (1.5, 2.5, 3.5), (11, 14, 14)
    bar = (Border(side, weight, space, _GREY),)
    turned = (Border(side, _NOTHING), Border(other, weight, space, _GREY))
    box = tuple(Border(edge, (1, 1, 1.5), (7, 10, 10)) for edge in ("top", "left", "bottom", "right"))
    sides = (3, 4, 4)
    sign = (Border("top", (0.75, 0.75, 1), (3, 4, 6)),)
    return (
        Style("Normal", "", before=(6, 11, 16)),
        Style("Heading 1", next="Normal", size=_TITLE, before=(10, 10, 14), after=(2, 2, 2), level=1),
        Style("Heading 2", next="Normal", size=(13, 21, 28), before=(13, 20, 28), level=2),
        Style("Heading 3", next="Normal", before=(8, 14, 20), level=3),
        Style("Annex Heading", "Heading 2", "Normal", size=_TITLE, before=None, new_page=True),
        Style("Notice", after=(20, 20, 28), start=sides, end=sides, bold=True, borders=box),
        Style("Sender", start=(107, 0, 0)),
        Style("Sender Name", "Sender", "Sender", before=None, bold=True),
        Style("Recipient", before=(16, 14, 23), alike=True),
        Style("Date", "Sender", "Recipient", before=(8, 12, 16)),
        Style("Salutation", next="Normal", before=(16, 25, 34)),
        Style("Reference"),
        Style("Concern Text", before=(2, 5, 8), start=(6.5, 0, 0)),
        Style("Quote", before=(5, 9, 13), start=_BAR, borders=bar),
        Style("Quote Turned", "Quote", before=None, borders=turned),
        Style("Concern Quote", "Quote", before=None, start=_CONCERN_BAR),
        Style("Concern Quote Turned", "Quote Turned", before=None, start=_CONCERN_BAR),
        Style("List Bullet", before=(3, 6, 9), list=BULLETS),
        Style("List Number", before=(3, 6, 9), list=NUMBERS),
        Style("Caption", before=(8, 14, 20), after=(3, 0, 0), bold=True, keep_next=True),
        # The room between two columns: at the words' own end, whichever way the table runs.
        Style("Table Text", end=(2.8, 2.8, 2.8)),
        Style("Table Heading", "Table Text", before=(5, 5, 5), bold=True, keep_next=True),
        Style("Row Heading", before=(12, 12, 18), bold=True, keep_next=True),
        Style("Cell Heading", "Row Heading", before=(4, 4, 6)),
        Style("Cell Text", keep_lines=True),
        Style("Space", before=(3, 4, 6), tab=_INSIDE, ruled=True),
        Style("Space Name", next="Space", before=None, keep_next=True),
        Style("Choice", before=(4, 7, 10), start=_CHOICES, first=_CHOICES),
        Style("Signature Date", before=_SIGN, end=(117, 95, 76), keep_lines=True, borders=sign),
        Style("Signature", "Signature Date", "Signature Date", before=None, end=(85, 60, 26), keep_next=True),
        Style("Closing", next="Signature", before=(12, 18, 26), keep_next=True, keep_lines=True),
        Style("Enclosures Heading", before=(14, 18, 26), bold=True, keep_next=True),
        Style("Enclosure"),
        Style("Footer", size=(12, 16, 20), tab=_INSIDE),
    )


@lru_cache(64)
def blank(size: str, runs: Direction, tag: str, latin: str) -> bytes:
    """A Word file without words: its paper, styles and kinds of lists in that size of print.

    `tag` is the language of the letter and `latin` that of words in Latin letters inside it, as in “en-GB”.
    """
    at = SIZES.index(size)
    document = docx.Document()
    strip(document)
    _page(document, at, runs)
    _lists(document.part.numbering_part.element, at)
    styles: Any = document.styles
    for style in styles:
        if style.name not in ("Normal", "Default Paragraph Font", "No List", "Normal Table"):
            style.delete()
    _defaults(styles.element, at, runs, tag, latin)
    for each in _styles(runs):
        _paragraph_style(styles, each, at, runs)
    _other_styles(styles)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def columns(count: int, size: str) -> list[Length]:
    """How wide the columns of a table are: of two the first is the narrower."""
    whole = _INSIDE[SIZES.index(size)]
    return [Mm(whole * 0.34), Mm(whole * 0.66)] if count == 2 else [Mm(whole / count)] * count


def _page(document: Document, at: int, runs: Direction) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(_TOP[at]), Mm(_BOTTOM[at])
    page.left_margin, page.right_margin = Mm(_LEFT[at]), Mm(_RIGHT[at])
    page.header_distance = page.footer_distance = Mm(_FOOT[at])
    if runs == "rtl":
        put(page._sectPr, "bidi")


def _lists(numbering: BaseOxmlElement, at: int) -> None:
    for kind, form, text, style, start in (
        (BULLETS, "bullet", "\u2013", "ListBullet", _LISTS),
        (NUMBERS, "decimal", "%1.", "ListNumber", _LISTS),
        (CONCERNS, "decimal", "%1", "", _CONCERNS),
    ):
        made = put(numbering, "abstractNum", abstractNumId=kind)
        put(made, "multiLevelType", val="singleLevel")
        level = put(made, "lvl", ilvl=0)
        put(level, "start", val=1)
        put(level, "numFmt", val=form)
        if style:
            put(level, "pStyle", val=style)
        put(level, "lvlText", val=text)
        put(level, "lvlJc", val="left")
        put(put(level, "pPr"), "ind", left=Mm(start[at]).twips, hanging=Mm(start[at]).twips)
    for kind in (BULLETS, NUMBERS, CONCERNS):
        numbering.add_num(kind)


def _defaults(styles: BaseOxmlElement, at: int, runs: Direction, tag: str, latin: str) -> None:
    letters, lines = styles.xpath("w:docDefaults/*/w:rPr | w:docDefaults/*/w:pPr")
    letters.clear()
    put(letters, "rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    put(letters, "sz", val=round(_TEXT[at] * 2))
    put(letters, "szCs", val=_complex(_TEXT[at], runs))
    put(letters, "lang", val=latin, eastAsia=tag, bidi=tag)
    lines.clear()
    put(lines, "widowControl")
    put(lines, "spacing", line=round(_LINE[runs] * 240), lineRule="auto")


def _complex(points: float, runs: Direction) -> int:
    """The size of Arabic and Hebrew letters beside Latin ones of so many points, in half points."""
    return round((points + (_LARGER_FROM_RIGHT_TO_LEFT if runs == "rtl" else 0)) * 2)


def _paragraph_style(styles: Any, style: Style, at: int, runs: Direction) -> None:
    normal = style.name == "Normal"
    made = styles["Normal"] if normal else _new(styles, style.name, WD_STYLE_TYPE.PARAGRAPH, style.based)
    if style.next:
        made.element.get_or_add_next().val = style.next.replace(" ", "")
    made.quick_style = True
    heads = bool(style.level)
    form, letters = made.paragraph_format, made.font
    form.keep_with_next = style.keep_next or heads or None
    form.keep_together = style.keep_lines or heads or None
    form.page_break_before = style.new_page or None
    form.space_before = style.before and Pt(style.before[at])
    form.space_after = style.after and Pt(style.after[at])
    form.line_spacing = _LINE_OF_A_HEADING[runs] if heads else None
    form.left_indent = Mm(style.start[at]) or None
    form.right_indent = Mm(style.end[at]) or None
    form.first_line_indent = Mm(-style.first[at]) or None
    if style.tab[at]:
        leader = WD_TAB_LEADER.LINES if style.ruled else WD_TAB_LEADER.SPACES
        form.tab_stops.add_tab_stop(Mm(style.tab[at]), WD_TAB_ALIGNMENT.RIGHT, leader)
    letters.bold = letters.cs_bold = style.bold or heads or None
    if style.size:
        letters.size = Pt(style.size[at])
        put(made.element.rPr, "szCs", val=_complex(style.size[at], runs))
    properties = made.element.pPr
    if style.list:
        put(put(properties, "numPr"), "numId", val=style.list)
    if style.borders:
        edges = put(properties, "pBdr")
        for each in style.borders:
            _border(edges, each, at)
    if normal and runs == "rtl":
        put(properties, "bidi")
    if style.alike:
        put(properties, "contextualSpacing")
    if heads:
        put(properties, "outlineLvl", val=style.level - 1)


def _border(edges: BaseOxmlElement, border: Border, at: int) -> None:
    if border.weight[at]:
        weight, space = round(border.weight[at] * 8), round(border.space[at])
        put(edges, border.edge, val="single", sz=weight, space=space, color=border.color)
    else:
        put(edges, border.edge, val="nil")


def _new(styles: Any, name: str, kind: WD_STYLE_TYPE, based: str) -> Any:
    made = styles.add_style(name, kind, builtin=name in _BUILT_IN)
    made.style_id = name.replace(" ", "")
    made.base_style = styles[based]
    return made


def _other_styles(styles: Any) -> None:
    place = _new(styles, "Placeholder Text", WD_STYLE_TYPE.CHARACTER, "Default Paragraph Font")
    place.font.color.rgb = RGBColor(0x33, 0x33, 0x33)
    put(place.element.rPr, "shd", val="clear", color="auto", fill="E3E3E3")
    box, font = _new(styles, "Tick Box", WD_STYLE_TYPE.CHARACTER, "Default Paragraph Font"), "Segoe UI Symbol"
    put(box.element.get_or_add_rPr(), "rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)

    element = _new(styles, "Letter Table", WD_STYLE_TYPE.TABLE, "Normal Table").element
    whole = put(element, "tblPr")
    lines = put(whole, "tblBorders")
    for edge in ("bottom", "insideH"):
        put(lines, edge, val="single", sz=4, space=0, color=_GREY)
    room = put(whole, "tblCellMar")
    for edge, width in (("top", 50), ("left", 0), ("bottom", 50), ("right", 0)):
        put(room, edge, w=width, type="dxa")
    head = put(put(element, "tblStylePr", type="firstRow"), "tcPr")
    put(put(head, "tcBorders"), "bottom", val="single", sz=8, space=0, color="000000")
    put(head, "vAlign", val="bottom")
