"""What the tests of documents share: reading a PDF back, and hearing what WeasyPrint complains of."""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Callable, Iterator

import page
import pypdfium2
import pytest


def words_of(text: str) -> list[str]:
    """The words of a text, without what only a layout adds: no-break spaces, invisible marks, line ends."""
    return re.sub(r"[\u200b-\u200f\ufeff\ufffe]", "", text.replace("\u00a0", " ")).split()


def text_of(pdf: bytes) -> str:
    """The text of a PDF as a program that reads it aloud gets it, page after page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(each.get_textpage().get_text_bounded() for each in document)
    finally:
        document.close()


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [each.get_textpage().get_text_bounded() for each in document]
    finally:
        document.close()


def lefts_of(pdf: bytes, *words: str) -> list[float]:
    """How far from the left edge of the first page each word begins, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = document[0].get_textpage()
        found = [texts.search(word, match_whole_word=True).get_next() for word in words]
        return [texts.get_charbox(first)[0] for first, _ in found]
    finally:
        document.close()


def sizes_of(pdf: bytes) -> set[float]:
    """The sizes of type in a PDF, in points; what is drawn inside a picture (upside down) is left out."""
    document = pypdfium2.PdfDocument(pdf)
    found: set[float] = set()
    try:
        for each in document:
            for thing in each.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                size = pypdfium2.raw.c_float()
                pypdfium2.raw.FPDFTextObj_GetFontSize(thing.raw, size)
                found.add(round(size.value * thing.get_matrix().d, 1))
    finally:
        document.close()
    return {size for size in found if size > 0}


def faults(pdf: bytes) -> list[str]:
    """What keeps a PDF from being PDF/UA-1."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return [f"{each.rule_id} {each.message}" for each in report.failures]


def furniture_of(pdf: bytes) -> list[str]:
    """The pieces of text that are marked as page furniture."""
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    found: list[str] = []
    for each in document:
        texts = each.get_textpage()
        for thing in each.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            if "Artifact" in marks_of(thing.raw):
                found.append(wide(raw.FPDFTextObj_GetText, thing.raw, texts.raw))
    document.close()
    return found


def marks_of(thing: object) -> list[str]:
    """The names of the marks around a thing on a page (a handle of PDFium's)."""
    raw = pypdfium2.raw
    marks = [raw.FPDFPageObj_GetMark(thing, at) for at in range(raw.FPDFPageObj_CountMarks(thing))]
    return [wide(raw.FPDFPageObjMark_GetName, mark, tells_length=True) for mark in marks]


def elements_of(pdf: bytes) -> list[tuple[str, str, str, str]]:
    """The tag tree from its start to its end: kind, language, scope and alternative text of each element."""
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    found: list[tuple[str, str, str, str]] = []

    def walk(element: object) -> None:
        found.append(
            (
                wide(raw.FPDF_StructElement_GetType, element),
                wide(raw.FPDF_StructElement_GetLang, element),
                _scope(element),
                wide(raw.FPDF_StructElement_GetAltText, element),
            )
        )
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
                walk(child)

    for each in document:
        tree = raw.FPDF_StructTree_GetForPage(each.raw)
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, at))
        raw.FPDF_StructTree_Close(tree)
    document.close()
    return found


def _scope(element: object) -> str:
    """Whether a table's heading says that it heads a column or a row."""
    raw = pypdfium2.raw
    for at in range(raw.FPDF_StructElement_GetAttributeCount(element)):
        attributes = raw.FPDF_StructElement_GetAttributeAtIndex(element, at)
        if value := raw.FPDF_StructElement_Attr_GetValue(attributes, b"Scope"):
            return wide(raw.FPDF_StructElement_Attr_GetStringValue, value, tells_length=True)
    return ""


def wide(function: Callable[..., int], *arguments: object, tells_length: bool = False) -> str:
    """A string that PDFium writes in UTF-16, with a zero at its end, into a buffer of the caller's."""
    space = (ctypes.c_ushort * 1024)()
    kind = function.argtypes[len(arguments)]  # type: ignore[attr-defined]
    written = ctypes.c_ulong()
    if tells_length:
        function(*arguments, ctypes.cast(space, kind), 2048, written)
    else:
        written.value = function(*arguments, ctypes.cast(space, kind), 2048)
    return bytes(space)[: max(written.value - 2, 0)].decode("utf-16-le")


@pytest.fixture
def no_complaints() -> Iterator[None]:
    """Fails a test in which WeasyPrint warned of something: a missing glyph, a style it does not know."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    yield
    logger.removeHandler(listener)
    assert not heard, f"WeasyPrint warned: {heard}"
