"""Printed pages read back, line by line, and what is wrong with how they are laid out."""

from __future__ import annotations

import html as markup
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from conftest import marks_of, wide, words_of
from read_aloud import read_aloud

from webapp.letters.model import Heading, Letter, Signature, Table

raw = pypdfium2.raw

HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6", "Caption"}
LONGEST_LINE = 70
# How far up a page its words may end, in points: a signature with room to sign, in giant print, and the line
# before it take up all that is under it.
_MIDDLE = 505
# A line may end at a hyphen, a slash or a dash, and in the middle of an address of the web or of mail.
_MAY_END = re.compile(r"(?<=[-/–—@.])")
# What PDFium makes of a hyphen at a line's end.
_HYPHEN = 2
# Such a chain of letters is cut on purpose.
_LONG_WORD = 300


@dataclass(frozen=True)
class Line:
    """A line on a page: its words, the tags around it from the outermost in, and its top and foot in points.

    `furniture` is what stands at the foot of every page, which nobody reads aloud.
    """

    text: str
    kinds: tuple[str, ...]
    top: float
    foot: float
    furniture: bool


def lines_of(pdf: bytes) -> list[list[Line]]:
    """The lines of each page, in the order in which they are read."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [list(_lines(page)) for page in document]
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    texts = page.get_textpage()
    kinds = _kinds(page)
    line: list[int] = []
    count = texts.count_chars()
    for at in range(count + 1):
        if at < count and raw.FPDFText_GetUnicode(texts.raw, at) not in (10, 13, _HYPHEN):
            line.append(at)
            continue
        text = "".join(chr(raw.FPDFText_GetUnicode(texts.raw, each)) for each in line)
        text += "-" if at < count and raw.FPDFText_GetUnicode(texts.raw, at) == _HYPHEN else ""
        inked = [each for each in line if not chr(raw.FPDFText_GetUnicode(texts.raw, each)).isspace()]
        if inked:
            thing = raw.FPDFText_GetTextObject(texts.raw, inked[0])
            feet, tops = zip(*(_box(texts, each) for each in inked), strict=True)
            # What is drawn in a picture stands in the picture's mark and has none of its own.
            mark = raw.FPDFPageObj_GetMarkedContentID(thing)
            furniture = "Artifact" in marks_of(thing)
            kind = kinds.get(mark, ("Figure",))
            yield Line(" ".join(words_of(text)), kind, max(tops), min(feet), furniture)
        line = []


def _box(texts: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    left, right, foot, top = (c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(texts.raw, at, left, right, foot, top)
    return foot.value, top.value


def _kinds(page: pypdfium2.PdfPage) -> dict[int, tuple[str, ...]]:
    """For each mark in the page's content, the tags around it."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    found: dict[int, tuple[str, ...]] = {}

    def walk(element: object, above: tuple[str, ...]) -> None:
        path = (*above, wide(raw.FPDF_StructElement_GetType, element))
        for at in range(raw.FPDF_StructElement_GetMarkedContentIdCount(element)):
            mark = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
            if mark >= 0:
                found[mark] = path
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
                walk(child, path)

    for at in range(raw.FPDF_StructTree_CountChildren(tree)):
        walk(raw.FPDF_StructTree_GetChildAtIndex(tree, at), ())
    raw.FPDF_StructTree_Close(tree)
    return found


def body_of(page: list[Line]) -> list[Line]:
    """The lines of a page that are read: no furniture, and nothing that is drawn inside a picture."""
    return [line for line in page if not line.furniture and "Figure" not in line.kinds]


def printed_words(html: str) -> str:
    """What a page to print says, without its furniture and its pictures."""
    body = html.partition("<body>")[2]
    body = re.sub(r'<div class="foot">.*?</div>|<svg.*?</svg>', " ", body, flags=re.S)
    body = re.sub(r"</?(?:span|b)\b[^>]*>", "", body)
    return markup.unescape(re.sub(r"<[^>]*>", " ", body))


def faults_of_sheet(html: str, size: str, pdf: bytes, fresh: str = "", room: float = 0) -> list[str]:
    """What is wrong with any printed sheet: words lost, headings stranded, lines too long, pages half empty.

    `fresh` is a heading that begins a page of its own. `room` is how much longer than one signature is what
    may not be parted, in points.
    """
    pages = lines_of(pdf)
    return [
        *lost(html, pdf, pages),
        *stranded(pages),
        *overlapping(pages),
        *half_empty(pages, fresh, room),
        *(too_long(pages) if size != "standard" else ()),
    ]


def faults_of_letter(letter: Letter, html: str, size: str, pdf: bytes) -> list[str]:
    """What is wrong with a printed letter, beyond `faults_of_sheet`: its captions and its signature."""
    pages = [[line.text for line in body_of(page)] for page in lines_of(pdf)]
    second = next((block.text for block in letter.annex if isinstance(block, Heading)), "")
    signatures = sum(isinstance(block, Signature) for block in letter.blocks)
    found = faults_of_sheet(html, size, pdf, second, room=150 * max(signatures - 1, 0))
    for page in pages[:-1]:
        for block in letter.blocks:
            if isinstance(block, Table) and block.caption and block.caption.endswith(page[-1]):
                found.append(f"a caption is left behind: {page[-1]}")
        if letter.enclosures and page[-1] == letter.enclosures_heading:
            found.append(f"a heading is left behind: {page[-1]}")
    return [*found, *unsigned(letter, pages)]


def unsigned(letter: Letter, pages: list[list[str]]) -> Iterator[str]:
    """Whether the closing words, a line before them and the whole signature are on one page."""
    signed = next((block for block in letter.blocks if isinstance(block, Signature)), None)
    closing = " ".join(words_of(letter.closing))
    if signed and closing and not any(_signs(page, closing, signed) for page in pages):
        yield "the closing words, the signature and a line of the letter are not on one page"


def _signs(page: list[str], closing: str, signed: Signature) -> bool:
    before, there, after = " ".join(page).partition(closing)
    if not there or not before:
        return False
    return all(" ".join(words_of(part)) in after for part in (signed.name, signed.date_label))


def lost(html: str, pdf: bytes, pages: list[list[Line]]) -> Iterator[str]:
    """Words that are broken or missing: every word of the page to print stands in one piece on the paper.

    What runs from right to left is read as its tags say it: on the paper it is painted backwards. Chinese is
    read sign by sign, because it has no spaces.
    """
    split = list if 'lang="zh' in html[:200] else words_of
    if 'dir="rtl"' in html[:200]:
        texts = list(read_aloud(pdf))
        # PDFium moves marks at the ends of English lines, which have no text of their own given, about.
        split = _words_alone
    else:
        texts = [line.text for page in pages for line in body_of(page)]
    wanted = Counter(split("".join(printed_words(html).split()) if split is list else printed_words(html)))
    read = Counter(word for text in texts for word in split(text))
    for word, times in (wanted - read).items():
        parts = [part for part in _MAY_END.split(word) if part]
        if len(word) < _LONG_WORD and not _joined(parts, read):
            yield f"{word!r} is broken or lost ({times})"


def _words_alone(text: str) -> list[str]:
    return [bare for word in words_of(text) if (bare := word.strip("“”()."))]


def _joined(parts: list[str], read: Counter[str]) -> bool:
    """Whether a word stands on the paper in two pieces that part where they may."""
    return any(read["".join(parts[:at])] and read["".join(parts[at:])] for at in range(1, len(parts)))


def stranded(pages: list[list[Line]]) -> Iterator[str]:
    """Headings at the end of a page, away from what they head."""
    for page in pages[:-1]:
        body = body_of(page)
        if not body:
            yield "a page has nothing on it"
        elif HEADINGS & set(body[-1].kinds):
            yield f"a heading is left behind: {body[-1].text}"


def overlapping(pages: list[list[Line]]) -> Iterator[str]:
    """Pages whose foot meets their text, or lies where many printers do not print."""
    for page in pages:
        foot = [line for line in page if line.furniture]
        lowest = min((line.foot for line in body_of(page)), default=999)
        if foot and lowest < max(line.top for line in foot) + 3:
            yield "the foot of a page touches its text"
        if foot and min(line.foot for line in foot) < 20:
            yield "the foot of a page is too near its edge for a printer"


def half_empty(pages: list[list[Line]], fresh: str = "", room: float = 0) -> Iterator[str]:
    """Pages, but for the last one, whose lower half is empty for no reason."""
    for page, following in pairwise(pages):
        wanted = fresh and body_of(following) and fresh.startswith(body_of(following)[0].text)
        lowest = min((line.foot for line in page if not line.furniture), default=999)
        if lowest > _MIDDLE + room and not wanted:
            yield f"a page is half empty, before: {following[0].text}"


def too_long(pages: list[list[Line]]) -> Iterator[str]:
    """Lines that are too long for an eye to find the next one's beginning."""
    for page in pages:
        for line in (each for each in page if not each.furniture):
            # Signs above and below a letter take no room of their own.
            wide = sum(unicodedata.category(sign)[0] != "M" for sign in line.text)
            if wide > LONGEST_LINE:
                yield f"a line of {wide} characters: {line.text}"
