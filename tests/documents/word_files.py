"""Letters for the tests of Word files, and reading such a file back."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx.oxml.ns import qn
from letters_to_print import ARABIC, PLAIN, RICH, WELSH
from lxml import etree

from webapp.documents.docx import render
from webapp.letters.model import Choices, Letter, Paragraph, Signature, Space, Table, place

BLANK = replace(
    PLAIN,
    sender=(place("your full name"), place("your street")),
    blocks=(
        Paragraph(f"I write about {place('the child’s name')}, born {place('date of birth')}."),
        Choices(("How it was run", f"An interpreter for {place('language')} & “<Welsh>”")),
        Space("What happened?", 4),
        Table("", ("Date", "What happened"), ((place("day"), "I got the notes."),)),
        Signature(place("your full name"), "Date"),
    ),
    footer="Complaint",
)
LETTERS = {"plain": PLAIN, "rich": RICH, "arabic": ARABIC, "welsh": WELSH, "blank": BLANK}
EVERY = pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)

Element = etree._Element


def part(letter: Letter, name: str = "document", size: str = "standard") -> Element:
    name = {"footer": "footer1"}.get(name, name)
    with zipfile.ZipFile(BytesIO(render(letter, size))) as file:
        return etree.fromstring(file.read(f"word/{name}.xml"))


def text(element: Element) -> str:
    """What can be read in an element, with its tabs and line ends, without marks that have no shape."""
    signs = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n"}
    found = (each.text or "" if each.tag == qn("w:t") else signs[each.tag] for each in element.iter(*signs))
    return re.sub("[\u200e\u200f]", "", "".join(filter(None, found)))


def paragraphs(element: Element) -> list[tuple[str, str]]:
    """The style and the text of each paragraph in order."""
    return [(style_of(each), text(each)) for each in element.iter(qn("w:p"))]


def style_of(paragraph: Element) -> str:
    style = paragraph.find("w:pPr/w:pStyle", paragraph.nsmap)
    return "Normal" if style is None else value(style)


def value(element: Element) -> str:
    return element.get(qn("w:val"))
