"""Makes a PDF that is fit for an archive (PDF/A-3a) say that it is fit for everybody too (PDF/UA-1)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pydyf

# The colours that a file means, by the name under which WeasyPrint is given them.
COLOURS = "heard-srgb"

# An archive must be able to look up every word of a file's description of itself: PDF/A knows nothing of
# PDF/UA, so the one property of PDF/UA is described along with it.
_PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\
"""
_END = b"</rdf:RDF>"


class Colours:
    """What red, green and blue are (3 KB of every file): WeasyPrint takes it for its own ColorProfile.

    Its own would be read anew for every letter and leave a file open, and on being written it puts the hour
    into itself.
    """

    name = "sRGB IEC61966-2.1"
    components = ("r", "g", "b")
    pdf_reference: bytes | None = None

    def __init__(self) -> None:
        self.content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


@cache
def colours() -> Colours:
    """The one of the process."""
    return Colours()


def finish(pdf: Any, media_type: str) -> None:
    """Changes `pdf` (a pydyf.PDF made as PDF/A-3a) right before it is written.

    `media_type` is that of the file which it carries, if it carries one.
    """
    objects = {each.reference: each for each in pdf.objects}
    description = objects[pdf.catalog["Metadata"]]
    description.stream = [b"".join(description.stream).replace(_END, _PDF_UA + _END)]
    if carried := pdf.catalog.get("AF"):
        # WeasyPrint names each file twice, and guesses its type from its name.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(carried))
        for reference in pdf.catalog["AF"]:
            objects[objects[reference]["EF"]["F"]].extra["Subtype"] = pydyf.name(media_type)
