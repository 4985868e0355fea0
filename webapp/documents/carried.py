"""Takes the case file out of the PDF that carries it, which may have been made by somebody who means harm.

No reader of PDFs is asked: all of them unpack what they find, and big ones do it in a language that forgets
where its memory ends. What is looked for is one stream of JSON that stands in the file as it is, as PDF/A and
everyone who saves such a file again write it; the work is bounded whatever the file holds.
"""

from __future__ import annotations

import re
import zlib
from collections import deque

# A letter is under 100 KB and a case file under 1 MB: the PDF of both has no need of more.
MOST_READ = 8_000_000
MOST_GIVEN = 1_000_000

# How many streams of JSON are looked at, and how far apart the ends of such a stream's description may be.
_TRIES = 8
_DESCRIPTION = 2000

_JSON = re.compile(rb"/application#2[Ff]json(?![A-Za-z0-9])")
_STREAM = re.compile(rb"stream(?:\r\n|\n)")
_PACKED = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])(?![A-Za-z0-9])")


def case_file_in(pdf: bytes) -> bytes | None:
    """The case file (JSON, at most MOST_GIVEN bytes) inside a PDF, or None when there is none to be had.

    Whatever the bytes are, nothing is raised: a file that is too big, broken, encrypted, not a PDF or without
    a case file gives None. What comes back is JSON by its own account only: read it as any other upload.
    """
    if len(pdf) > MOST_READ or b"%PDF-" not in pdf[:1024]:
        return None
    # What a program adds to a file it adds at its end: the last is the newest.
    for found in reversed(deque(_JSON.finditer(pdf), _TRIES)):
        content = _stream(pdf, found.start())
        if content is not None and content.lstrip()[:1] == b"{":
            return content
    return None


def _stream(pdf: bytes, place: int) -> bytes | None:
    """The stream in whose description `place` lies, unpacked."""
    begins = pdf.rfind(b"obj", max(place - _DESCRIPTION, 0), place)
    ends = _STREAM.search(pdf, place, place + _DESCRIPTION)
    if begins < 0 or not ends:
        return None
    description = pdf[begins : ends.start()]
    if b"endobj" in description or not description.rstrip().endswith(b">>"):
        return None
    # A stream that is packed well is smaller than what it holds, one that is packed badly hardly bigger.
    content = pdf[ends.end() : ends.end() + MOST_GIVEN + 10_000]
    if b"/Filter" not in description:
        plain, ended, _ = content.partition(b"endstream")
        plain = plain.rstrip(b"\r\n")
        return plain if ended and len(plain) <= MOST_GIVEN else None
    if b"/DecodeParms" in description or not _PACKED.search(description):
        return None
    return _unpacked(content)


def _unpacked(content: bytes) -> bytes | None:
    """What was packed, unless it is broken or bigger than anything that we pack."""
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(content, MOST_GIVEN + 1)
    except zlib.error:
        return None
    return unpacked if unpacking.eof and len(unpacked) <= MOST_GIVEN else None
