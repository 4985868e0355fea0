"""A PDF as assistive technology reads it: element by element, each with the text that is given for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pypdfium2
from conftest import wide

raw = pypdfium2.raw


def read_aloud(pdf: bytes) -> Iterator[str]:
    """Each piece of text in the order of the tag tree; what hangs on no element is not read."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            marked = _marked(page)
            tree = raw.FPDF_StructTree_GetForPage(page.raw)
            for at in range(raw.FPDF_StructTree_CountChildren(tree)):
                yield from _read(raw.FPDF_StructTree_GetChildAtIndex(tree, at), marked)
            raw.FPDF_StructTree_Close(tree)
    finally:
        document.close()


def _marked(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text that is painted under each mark of a page."""
    texts = page.get_textpage()
    found: dict[int, str] = defaultdict(str)
    for at in range(texts.count_chars()):
        thing = raw.FPDFText_GetTextObject(texts.raw, at)
        if thing:
            found[raw.FPDFPageObj_GetMarkedContentID(thing)] += chr(raw.FPDFText_GetUnicode(texts.raw, at))
    return found


def _read(element: object, marked: dict[int, str]) -> Iterator[str]:
    if given := wide(raw.FPDF_StructElement_GetActualText, element):
        yield given
        return
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            yield from _read(child, marked)
        else:
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
            yield marked.get(mark, "") if mark >= 0 else ""
