"""The form in a blank letter's PDF: one field over the lines of each space, names, tags and appearances."""

from __future__ import annotations

from typing import Any

import pydyf

_MULTILINE = 1 << 12
_FROM_THE_RIGHT = 2
# A table of characters is written in parts of so many lines.
_MOST_LINES = 100
# How far the words of a field stand off its edges, and how far they reach under the line, in its own type.
_AROUND, _UNDER = 1.35, 0.22


def gather(document: Any) -> None:
    """Makes one field of the lines that a space has on a page. For a laid out WeasyPrint document.

    Lines that run on to another page are another field there: PDF knows none in two parts.
    """
    parts: dict[str, int] = {}
    for page in document.pages:
        lines: dict[str, int] = {}
        kept: list[Any] = []
        for box, (left, top, right, bottom) in page.forms[None]:
            id = box.element.get("name")
            if not _is_rule(box):
                kept.append((box, (left, top, right, bottom)))
            elif id in lines:
                first, (left, top, _, _) = kept[lines[id]]
                kept[lines[id]] = first, (left, top, right, bottom)
            else:
                lines[id] = len(kept)
                kept.append((box, (left, top, right, bottom)))
        for id, at in lines.items():
            parts[id] = parts.get(id, 0) + 1
            if parts[id] > 1:
                element = kept[at][0].element
                element.set("name", f"{id}-{parts[id]}")
                element.set("title", f"{element.get('title')} ({parts[id]})")
        page.forms[None] = kept


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's `finisher` for a form: changes `pdf` (a pydyf.PDF) right before it is written."""
    objects = {each.reference: each for each in pdf.objects}
    form = pdf.catalog["AcroForm"]
    # Every field brings its appearance: no reader has to make one up before somebody types.
    del form["NeedAppearances"]
    by_name: dict[str, list[Any]] = {}
    for page in document.pages:
        for box, _ in page.forms[None]:
            widget = box.widget_annotation
            by_name.setdefault(box.element.get("name"), []).append(widget)
            _place(widget, box)
            if box.element.get("type") == "checkbox":
                _tick(pdf, widget, objects, form["DR"])
            else:
                _write(pdf, widget, box, form["DR"])
    _complete_unicode(document, objects)
    form["Fields"] = pydyf.Array(_field(pdf, widgets).reference for widgets in by_name.values())


def _complete_unicode(document: Any, objects: dict[bytes, Any]) -> None:
    """Says what ligatures of the page stand for: in fonts of fields, WeasyPrint knows only single letters."""
    fonts = {each["BaseFont"]: each for each in objects.values() if _is_font(each)}
    for font in document.fonts.values():
        if font.used_in_forms and font.name in fonts:
            stream = objects[fonts[font.name]["ToUnicode"]].stream
            known = {line[:6] for line in stream if isinstance(line, bytes) and line.startswith(b"<")}
            lines = [
                f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>".encode()
                for glyph, text in font.to_unicode.items()
                if f"<{glyph:04x}>".encode() not in known
            ]
            for at in range(0, len(lines), _MOST_LINES):
                some = lines[at : at + _MOST_LINES]
                end = stream.index(b"endcmap")
                stream[end:end] = [f"{len(some)} beginbfchar".encode(), *some, b"endbfchar"]


def _is_font(each: Any) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Font" and "ToUnicode" in each


def _is_rule(box: Any) -> bool:
    return "letter__rule" in box.element.get("class", "")


def _place(widget: Any, box: Any) -> None:
    """Puts a field where words typed into it stand on its line, as the words around it do."""
    x1, y1, x2, y2 = widget["Rect"]
    left, bottom, right, top = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    if box.element.get("type") == "text" and not _is_rule(box):
        size = box.style["font_size"] * 0.75
        bottom -= _UNDER * size
        top = min(top, bottom + _AROUND * size)
    widget["Rect"] = pydyf.Array([round(each, 3) for each in (left, bottom, right, top)])


def _size(widget: Any) -> tuple[float, float]:
    left, bottom, right, top = widget["Rect"]
    return round(right - left, 3), round(top - bottom, 3)


def _write(pdf: Any, widget: Any, box: Any, resources: bytes) -> None:
    """Completes a field to type into."""
    del widget["V"]
    widget["Q"] = _FROM_THE_RIGHT if box.style["direction"] == "rtl" else 0
    if _is_rule(box):
        widget["Ff"] = _MULTILINE
        # Typed lines are closer than ruled ones. White behind them covers the rules, once there are some.
        widget["MK"] = pydyf.Dictionary({"BG": pydyf.Array([1])})
    widget["AP"] = pydyf.Dictionary({"N": _appearance(pdf, widget, resources, [b"/Tx BMC", b"EMC"])})


def _tick(pdf: Any, widget: Any, objects: dict[bytes, Any], resources: bytes) -> None:
    """Completes a box: what it looks like with its tick and without. The box itself is part of the page."""
    width, height = _size(widget)
    on = objects[widget["AP"]["N"]["on"]]
    on.stream = [
        f"0 G {width * 0.14:.2f} w 1 J 1 j".encode(),
        f"{width * 0.16:.2f} {height * 0.5:.2f} m {width * 0.4:.2f} {height * 0.2:.2f} l".encode(),
        f"{width * 0.84:.2f} {height * 0.84:.2f} l S".encode(),
    ]
    on.extra["BBox"] = pydyf.Array([0, 0, width, height])
    widget["AP"]["N"]["Off"] = _appearance(pdf, widget, resources, [])
    del widget["MK"], widget["Border"]


def _appearance(pdf: Any, widget: Any, resources: bytes, content: list[bytes]) -> bytes:
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array([0, 0, *_size(widget)]),
        "Resources": resources,
    }
    stream = pydyf.Stream(content, extra)
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference


def _field(pdf: Any, widgets: list[Any]) -> Any:
    """The field of these widgets: what is typed into one of them stands in all."""
    if len(widgets) == 1:
        return widgets[0]
    first = widgets[0]
    shared = {key: first[key] for key in ("FT", "T", "TU", "DA", "Q", "Ff") if key in first}
    field = pydyf.Dictionary({**shared, "Kids": pydyf.Array(widget.reference for widget in widgets)})
    pdf.add_object(field)
    for widget in widgets:
        widget["Parent"] = field.reference
        for key in shared.keys() - {"TU"}:
            del widget[key]
    return field
