"""Mends what WeasyPrint leaves out of a PDF's tags: languages, spoken text, scopes, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags as engine

# Scripts of India write signs before the letters that they follow in speech: only the original text tells.
_REORDERED = re.compile("[\u0900-\u0dff]")

_build = engine._build_box_tree


def listen() -> None:
    """From now on, what the tag tree's elements forget of their boxes is kept for `finish`.

    This is the one private function of WeasyPrint that we lean on; its version is pinned for that reason.
    """
    engine._build_box_tree = _build_and_keep


def _build_and_keep(
    box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, tags: Any
) -> Iterator[Any]:
    spoken: dict[tuple[int, int], str] = vars(pdf).setdefault("spoken", {})
    # What runs from right to left is painted backwards. Readers put plain glyphs in order again, and would do
    # so to a text given for the glyphs: it is given for their element instead.
    backwards: dict[tuple[int, int], str] = vars(pdf).setdefault("backwards", {})
    for piece, mark in _texts(box, tags):
        if _REORDERED.search(piece.text):
            # Readers see the gap between glyphs, and none between given texts: cells must not grow together.
            spoken[page, mark] = piece.text + (" " if box.element_tag in ("td", "th") else "")
        elif piece.style["direction"] == "rtl":
            backwards[page, mark] = piece.text
    for element in _build(box, parent, pdf, page, nums, annotations, tags):
        if language := _language(box):
            element["Lang"] = pydyf.String(language)
        yield element


def _language(box: Any) -> str | None:
    """The language that an element itself names; the whole document's stands elsewhere."""
    source = getattr(box, "element", None)
    if source is None or box.element_tag in ("html", "body") or "::" in box.element_tag:
        return None
    language: str | None = source.get("lang")
    return language


def _texts(box: Any, tags: Any) -> Iterator[tuple[Any, int]]:
    """The pieces of text right inside a box, with the number that marks each in the page's content."""
    for child in getattr(box, "children", ()):
        for piece in getattr(child, "children", ()) if type(child).__name__ == "LineBox" else (child,):
            if hasattr(piece, "text") and piece in tags:
                yield piece, tags[piece]["mcid"]


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's `finisher`: changes `pdf` (a pydyf.PDF) right before it is written."""
    objects = {each.reference: each for each in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    reached = _reached(root, objects)
    orphans = []
    furniture: dict[bytes, set[int]] = {}
    for number, each in objects.items():
        if isinstance(each, pydyf.Stream):
            _complete_unicode(each)
        elif isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem":
            if number not in reached:
                orphans.append(each)
                furniture.setdefault(each["Pg"], set()).update(
                    kid for kid in each["K"] if isinstance(kid, int)
                )
            elif each["S"] == "/TH":
                in_head = objects[objects[each["P"]]["P"]]["S"] == "/THead"
                each["A"]["Scope"] = "/Column" if in_head else "/Row"
    for number, reference in enumerate(pdf.page_references):
        spoken = {mark: text for (page, mark), text in vars(pdf).get("spoken", {}).items() if page == number}
        _mark_again(objects[objects[reference]["Contents"]].stream, furniture.get(reference, set()), spoken)
    numbers = objects[root["ParentTree"]]["Nums"]
    _forget(orphans, numbers)
    for number in reached:
        _say_in_order(objects[number], pdf, numbers)


def _reached(root: Any, objects: dict[bytes, Any]) -> set[bytes]:
    """The references of all elements that hang on the tree's root."""
    reached: set[bytes] = set()
    waiting = [kid for kid in root["K"] if isinstance(kid, bytes)]
    while waiting:
        reference = waiting.pop()
        if reference not in reached:
            reached.add(reference)
            waiting.extend(kid for kid in objects[reference].get("K", ()) if isinstance(kid, bytes))
    return reached


def _say_in_order(element: Any, pdf: Any, numbers: Any) -> None:
    """Gives what is painted backwards in an element its text, in an element of its own for each piece."""
    if element.get("Type") != "/StructElem" or "Pg" not in element:
        return
    page = pdf.page_references.index(element["Pg"])
    # The table of marks goes: a page's number, then the elements of its marks in order.
    owners = numbers[numbers.index(page) + 1]
    for place, kid in enumerate(element.get("K", ())):
        text = vars(pdf).get("backwards", {}).get((page, kid)) if isinstance(kid, int) else None
        if text is None:
            continue
        if len(element["K"]) == 1 and element["S"] == "/Span":
            element["ActualText"] = pydyf.String(text)
            return
        piece = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/Span",
                "P": element.reference,
                "Pg": element["Pg"],
                "K": pydyf.Array([kid]),
                "ActualText": pydyf.String(text),
            }
        )
        pdf.add_object(piece)
        element["K"][place] = owners[kid] = piece.reference


def _mark_again(stream: list[Any], furniture: set[int], spoken: dict[int, str]) -> None:
    """In a page's content, makes artifacts of what hangs on nothing, and says what glyphs alone do not."""
    if not furniture and not spoken:
        return
    for place in range(2, len(stream)):
        if stream[place] != b"BDC":
            continue
        mark = stream[place - 1].get("MCID")
        if mark in furniture:
            stream[place - 2 : place] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
        elif mark in spoken:
            stream[place - 1]["ActualText"] = pydyf.String(spoken[mark])


def _complete_unicode(stream: Any) -> None:
    """A glyph that only follows another stands for no character: it gets one that is not seen or spoken."""
    if stream.stream and stream.stream[0] == b"/CIDInit /ProcSet findresource begin":
        stream.stream[:] = [
            line.replace(b"> <>", b"> <200b>") if line.endswith(b"> <>") else line for line in stream.stream
        ]


def _forget(orphans: list[Any], numbers: Any) -> None:
    """Empties the elements that hang on nothing, and takes them out of the table of marks."""
    gone = {each.reference for each in orphans}
    for each in numbers:
        if isinstance(each, pydyf.Array):
            each[:] = [b"null" if item in gone else item for item in each]
    for each in orphans:
        each.clear()
