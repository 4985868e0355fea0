"""What python-docx has no call for: Word’s own elements, runs each one way, places to fill in, no dates."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from zipfile import ZipFile

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from webapp.documents.characters import Direction, direction, stretches
from webapp.documents.zipped import zipped
from webapp.letters.model import Place, pieces


def _tags(names: str) -> list[str]:
    return [qn(f"w:{name}") for name in names.split()]


# What stands in these, in the order of the schema; elsewhere the order is that of writing.
_ORDER = {
    qn("w:pPr"): _tags(
        "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs bidi spacing ind "
        "contextualSpacing outlineLvl"
    ),
    qn("w:pBdr"): _tags("top left bottom right"),
    qn("w:rPr"): _tags("rStyle rFonts b bCs color sz szCs shd rtl lang"),
    qn("w:tblPr"): _tags("tblStyle bidiVisual tblW tblLayout tblLook tblCaption"),
    qn("w:sectPr"): _tags("footerReference pgSz pgMar cols bidi docGrid"),
    qn("w:settings"): _tags("removePersonalInformation removeDateAndTime defaultTabStop"),
}
# The settings of the library's own blank document that are kept.
_KEPT = _tags("defaultTabStop characterSpacingControl compat clrSchemeMapping decimalSymbol listSeparator")
# The parts of it that are not: who made it, a picture of it, every style a second time.
_NOT_OURS = {
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
# What XML cannot hold. It has no shape, so nothing that can be seen is lost.
_NEVER = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Programs that know only Unicode's own rules keep a stretch together that begins and ends with its mark.
_MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
# Word takes no longer title of a control.
_MOST_OF_A_NAME = 64


def put(parent: BaseOxmlElement, tag: str, **values: object) -> BaseOxmlElement:
    """A new element `tag` (of Word's own names, unless it has a prefix) with these attributes in `parent`.

    It goes where the schema has it among what is there already, and else to the end.
    """
    prefix = "" if ":" in tag else "w:"
    made: BaseOxmlElement = OxmlElement(prefix + tag)
    space = "w14:" if tag.startswith("w14:") else "w:"
    for name, value in values.items():
        made.set(qn(space + name), str(value))
    order = _ORDER.get(parent.tag, [])
    behind = order[order.index(made.tag) + 1 :] if made.tag in order else []
    after = next((each for each in parent if each.tag in behind), None)
    if after is None:
        parent.append(made)
    else:
        after.addprevious(made)
    return made


def clean(text: str) -> str:
    """The text without what XML cannot hold, with every kind of line end as "\\n"."""
    return _NEVER.sub("", _LINE_ENDS.sub("\n", text))


def named(text: str) -> str:
    """A text with the names of its places instead of them."""
    return "".join(piece.name if isinstance(piece, Place) else piece for piece in pieces(text))


def way_of(text: str, around: Direction) -> Direction:
    """Which way a text runs that may hold places to fill in."""
    return direction(named(text), around)


def add_run(line: Paragraph, text: str, way: Direction, style: str = "") -> Run:
    """A new run at the line's end whose text runs that way, in the character style of that id."""
    run = line.add_run(clean(text))
    if style:
        run._r.style = style
    if way == "rtl":
        run.font.rtl = True
    return run


def add_text(line: Paragraph, text: str, own: Direction, around: Direction) -> None:
    """A text as runs that each run one way, at the end of a line that runs `around`; itself it runs `own`.

    Every space, tab and line end of it is kept.
    """
    for stretch, way in stretches(text, own):
        mark = _MARKS[way]
        first = mark if way != around and not _is_strong(stretch[0]) else ""
        last = mark if way != around and not _is_strong(stretch[-1]) else ""
        add_run(line, f"{first}{stretch}{last}", way)


def _is_strong(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("L", "R", "AL")


def field(line: Paragraph, code: str, shown: Run) -> None:
    """A field such as PAGE at the line's end; `shown`, a run of that line, stands there at first."""
    put(line._p, "fldSimple", instr=f" {code} ").append(shown._r)


def control(line: Paragraph, name: str, number: int, kind: str, shown: Run) -> None:
    """A place to fill in at the line's end, of the kind "text", "richText" or "w14:checkbox".

    `number` is its own in the document; `shown`, a run of that line, stands there until somebody writes.
    """
    made = put(line._p, "sdt")
    properties = put(made, "sdtPr")
    put(properties, "alias", val=clean(name).strip()[:_MOST_OF_A_NAME])
    put(properties, "id", val=number)
    if kind == "w14:checkbox":
        box = put(properties, kind)
        put(box, "w14:checked", val=0)
        for state, sign in (("checkedState", "2611"), ("uncheckedState", "2610")):
            put(box, f"w14:{state}", val=sign, font="Segoe UI Symbol")
    else:
        put(properties, "showingPlcHdr")
        put(properties, kind)
    put(made, "sdtContent").append(shown._r)


def strip(document: Document) -> None:
    """Takes out of the library's blank document what says who made it, and when, and what is never used.

    Whoever saves it again in Word is not named in it either.
    """
    for owner in (document.part, document.part.package):
        for id, relationship in list(owner.rels.items()):
            if relationship.reltype in _NOT_OURS:
                del owner.rels[id]
    document.core_properties._element.clear()
    document.part.numbering_part.element.clear()
    document.sections[0]._sectPr.attrib.clear()
    settings = document.settings.element
    for each in list(settings):
        if each.tag not in _KEPT:
            settings.remove(each)
    put(settings, "removePersonalInformation")
    put(settings, "removeDateAndTime")
    compatible = settings.find(qn("w:compat"))
    compatible.remove(compatible.find(qn("w:useFELayout")))
    compatible.find(qn("w:compatSetting")).set(qn("w:val"), "15")


def saved(document: Document) -> bytes:
    """The document as a file that tells no day: the same document makes the same bytes."""
    file = BytesIO()
    document.save(file)
    with ZipFile(file) as made:
        return b"".join(zipped((name, made.read(name)) for name in made.namelist()))
