"""A letter as a Word file: named styles, real lists, headings and tables, content controls in a blank one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from itertools import count

import docx
from babel import Locale
from babel.core import get_global
from docx.document import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.text.paragraph import Paragraph as Line

from webapp.documents.article import context
from webapp.documents.characters import Direction, direction
from webapp.documents.docx_styles import CONCERNS, NUMBERS, blank, columns
from webapp.documents.docx_xml import add_run, add_text, clean, control, field, named, put, saved, way_of
from webapp.language import BY_ID, ENGLISH
from webapp.letters.model import (
    Block,
    Choices,
    Concern,
    Heading,
    Letter,
    OwnWords,
    Paragraph,
    Place,
    Points,
    Signature,
    Space,
    Table,
    pieces,
)

_FIELDS = re.compile(r"\{(page|pages)\}")
_FIELD = {"page": "PAGE", "pages": "NUMPAGES"}
# So many characters of the foot stand beside each other in standard print.
_MOST_IN_A_LINE = 88
# Word takes no longer title of a document.
_MOST_OF_A_TITLE = 255


def render(letter: Letter, size: str) -> bytes:
    """The letter as a Word file in standard (12 point), large (18) or giant (24) print.

    The same letter gives the same bytes. What XML cannot hold, and nobody can see, is left out.
    """
    around: Direction = "rtl" if letter.direction == "rtl" else "ltr"
    tag = language_tag(letter.language)
    latin = tag if around == "ltr" else language_tag(ENGLISH.id)
    document = docx.Document(BytesIO(blank(size, around, tag, latin)))
    document.core_properties.title = clean(named(letter.title))[:_MOST_OF_A_TITLE]
    document.core_properties.language = tag
    _Writer(document, around, size).write(letter)
    return saved(document)


def language_tag(language: str) -> str:
    """The language as Word knows it, with the country that it is most spoken in: “en-GB”, “cy-GB”."""
    name = BY_ID[language].locale if language in BY_ID else language.replace("-", "_")
    locale = Locale.parse(name)
    if not locale.territory:
        likely = get_global("likely_subtags")
        locale = Locale.parse(likely.get(name) or likely.get(locale.language) or name)
    return "-".join(part for part in (locale.language, locale.territory) if part)


class _Writer:
    """Writes one letter into a document, from its top to its end."""

    def __init__(self, document: Document, around: Direction, size: str) -> None:
        self._document = document
        self._around = around
        self._size = size
        self._last: Line | None = None
        # No line has been written behind a table.
        self._after_table = False
        # What is written next begins a sheet of its own.
        self._opens_sheet = False
        # The list that the last concern's heading is part of, and the number of that concern.
        self._concerns = 0
        self._last_number = 0
        # Each place to fill in has a number of its own.
        self._numbers = count(1)

    def write(self, letter: Letter) -> None:
        """All that is printed."""
        parts = context(letter, self._size)
        self._lines("Notice", letter.notice)
        self._lines("SenderName", *letter.sender[:1])
        self._lines("Sender", *letter.sender[1:])
        self._lines("Date", letter.date)
        self._lines("Recipient", *letter.recipient)
        self._lines("Salutation", letter.salutation)
        self._line("Heading1", letter.heading)
        self._lines("Reference", *letter.reference)
        self._blocks(parts["body"])
        if letter.closing:
            self._keep_with_next()
            self._line("Closing", letter.closing)
        self._blocks(parts["sign"])
        self._enclosures(letter)
        self._opens_sheet = bool(letter.annex)
        self._blocks(parts["annex"])
        if self._after_table:
            self._line("Normal", "")
        self._footer(letter)

    def _footer(self, letter: Letter) -> None:
        """The foot of each page: what letter this is, and the number of the page."""
        foot = self._document.sections[0].footer
        foot.is_linked_to_previous = False
        line = self._begin(foot.paragraphs[0], "Footer", self._around)
        self._words(line, letter.footer, self._around)
        length = len(named(letter.footer)) + len(letter.page_of)
        if self._size != "standard" or length > _MOST_IN_A_LINE:
            line = self._begin(foot.add_paragraph(), "Footer", self._around)
        else:
            add_run(line, "\t", self._around)
        for at, part in enumerate(_FIELDS.split(letter.page_of)):
            if at % 2:
                field(line, _FIELD[part], add_run(line, "1", self._around))
            elif part:
                add_run(line, part, self._around)

    def _begin(self, line: Line, style: str, way: Direction) -> Line:
        """The line in the style of that id, as one whose words run that way."""
        # The library looks a style up by its name, which takes longer than all else that a line takes.
        line._p.style = style
        if way == "rtl":
            put(line._p.get_or_add_pPr(), "bidi")
        elif way != self._around:
            put(line._p.get_or_add_pPr(), "bidi", val=0)
        return line

    def _new(self, style: str, way: Direction, list: int = 0) -> Line:
        """A line without words, and part of that list."""
        opens, self._opens_sheet, self._after_table = self._opens_sheet, False, False
        if opens and style == "Heading2":
            style = "AnnexHeading"
        self._last = line = self._begin(self._document.add_paragraph(), style, way)
        if opens and style != "AnnexHeading":
            line.paragraph_format.page_break_before = True
        if list:
            member = put(line._p.get_or_add_pPr(), "numPr")
            put(member, "ilvl", val=0)
            put(member, "numId", val=list)
        return line

    def _line(self, style: str, text: str, way: Direction | None = None, list: int = 0) -> Line:
        way = way or self._around
        return self._words(self._new(style, way, list), text, way)

    def _lines(self, style: str, *texts: str) -> None:
        for text in filter(None, texts):
            self._line(style, text)

    def _keep_with_next(self) -> None:
        """What comes now does not stand alone at the top of a page."""
        if self._last and not self._after_table:
            self._last.paragraph_format.keep_with_next = True

    def _words(self, line: Line, text: str, around: Direction) -> Line:
        """A text of the letter in a line that runs one way: its words, and its places as content controls.

        A text that runs against its line is kept together, so that a house number stays at its start.
        """
        own = way_of(text, around)
        for piece in pieces(text):
            if isinstance(piece, Place):
                shown = add_run(line, piece.name, direction(piece.name, own), "PlaceholderText")
                control(line, piece.name, next(self._numbers), "text", shown)
            else:
                add_text(line, piece, own, around)
        return line

    def _blocks(self, blocks: Iterable[tuple[str, Block, int]]) -> None:
        for _, block, level in blocks:
            if isinstance(block, Points | Choices | Space) or (
                isinstance(block, Table) and not block.caption
            ):
                self._keep_with_next()
            match block:
                case Heading():
                    self._line(f"Heading{level}", block.text)
                case Paragraph():
                    self._line("Normal", block.text, way_of(block.text, self._around))
                case Points():
                    self._points(block.items, block.numbered)
                case OwnWords():
                    self._own_words("Quote", block)
                case Concern():
                    self._concern(block, level)
                case Table():
                    self._table(block)
                case Space():
                    self._space(block)
                case Choices():
                    self._choices(block.items)
                case Signature():
                    self._line("Signature", block.name)
                    self._line("SignatureDate", block.date_label)

    def _points(self, items: tuple[str, ...], numbered: bool) -> list[Line]:
        style = "ListNumber" if numbered else "ListBullet"
        # Each numbered list begins anew; dashes need no list of their own.
        list = self._new_list(NUMBERS) if numbered else 0
        return [self._line(style, item, list=list) for item in items]

    def _new_list(self, kind: int, start: int = 1) -> int:
        made = self._document.part.numbering_part.element.add_num(kind)
        made.add_lvlOverride(0).add_startOverride(start)
        number: int = made.numId
        return number

    def _concern(self, concern: Concern, level: int) -> None:
        if not self._concerns or concern.number != self._last_number + 1:
            self._concerns = self._new_list(CONCERNS, concern.number)
        self._last_number = concern.number
        self._line(f"Heading{level}", concern.heading, list=self._concerns)
        for sentence in concern.sentences:
            self._line("ConcernText", sentence.text, way_of(sentence.text, self._around))
        if concern.words:
            self._own_words("ConcernQuote", concern.words)

    def _own_words(self, style: str, own: OwnWords) -> None:
        around = way_of(" ".join(own.paragraphs), self._around)
        for paragraph in own.paragraphs:
            way = way_of(paragraph, around)
            line = self._new(style if way == self._around else f"{style}Turned", way)
            add_text(line, paragraph, way, way)

    def _choices(self, sentences: tuple[str, ...]) -> None:
        for sentence in sentences:
            line = self._new("Choice", self._around)
            box = add_run(line, "\u2610", "ltr", "TickBox")
            control(line, named(sentence), next(self._numbers), "w14:checkbox", box)
            add_run(line, "\t", self._around)
            self._words(line, sentence, self._around)

    def _space(self, space: Space) -> None:
        self._line("SpaceName", space.name)
        line = self._new("Space", self._around)
        ruled = add_run(line, "\n".join("\t" * space.lines), self._around, "PlaceholderText")
        control(line, named(space.name), next(self._numbers), "richText", ruled)

    def _table(self, table: Table) -> None:
        self._lines("Caption", table.caption)
        if self._size != "standard":
            for row in table.rows:
                self._listed(table.head, row)
            return
        # Two tables never touch.
        if self._opens_sheet or self._after_table:
            self._line("Normal", "")
        widths = columns(len(table.head), self._size)
        made = self._document.add_table(1 + len(table.rows), len(widths), "Letter Table")
        made.autofit = False
        if self._around == "rtl":
            made.table_direction = WD_TABLE_DIRECTION.RTL
        if table.caption:
            put(made._tbl.tblPr, "tblCaption", val=clean(named(table.caption)))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for number, (row, texts) in enumerate(zip(made.rows, (table.head, *table.rows), strict=True)):
            put(row._tr.get_or_add_trPr(), "cantSplit")
            for cell, width, text in zip(row.cells, widths, texts, strict=True):
                cell.width = width
                style = "TableText" if number else "TableHeading"
                self._words(self._begin(cell.paragraphs[0], style, self._around), text, self._around)
        put(made.rows[0]._tr.get_or_add_trPr(), "tblHeader")
        self._after_table = True

    def _listed(self, head: tuple[str, ...], row: tuple[str, ...]) -> None:
        """A row of a table as a list: what is not said in it has no heading either."""
        style = "RowHeading"
        for name, cell in zip(head, row, strict=True):
            if cell:
                if style != "RowHeading":
                    self._keep_with_next()
                self._line(style, name)
                self._line("CellText", cell)
                style = "CellHeading"

    def _enclosures(self, letter: Letter) -> None:
        if not letter.enclosures:
            return
        lines = [self._line("EnclosuresHeading", letter.enclosures_heading)]
        if len(letter.enclosures) == 1:
            self._line("Enclosure", letter.enclosures[0])
        else:
            lines += self._points(letter.enclosures, numbered=True)[:-1]
        for line in lines:
            line.paragraph_format.keep_with_next = True
