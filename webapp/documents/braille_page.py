"""Braille pages: lines of 40 cells, 25 lines to a page, as a file that embossers and displays read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

WIDTH, HEIGHT = 40, 25

# The 64 cells in the order of Unicode’s Braille patterns, as North American ASCII Braille writes them. It
# has exactly 64 signs, 0x20 to 0x5F, so letters are capitals: devices that take small letters fold them here.
_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
_TO_ASCII = {0x2800 + at: sign for at, sign in enumerate(_ASCII)}

# Signs that only mean something together with the cell after them.
_BEFORE_OTHERS = frozenset('@^_".;,#')
_HYPHEN, _GOES_ON = "-", '"'
_AT, _SLASH = "@A", "_/"


@dataclass(frozen=True)
class Line:
    """One line of a page, without its line end.

    `held` keeps it on the same page as the line after it. A `gap` is an empty line that only parts two
    things: it is left out at the top of a page and behind another empty line.
    """

    cells: str = ""
    held: bool = False
    gap: bool = False


GAP = Line(gap=True)


def ascii_cells(patterns: str) -> str:
    """Unicode’s Braille patterns of six dots as ASCII Braille."""
    return patterns.translate(_TO_ASCII)


def wrap(cells: str, first: int, rest: int, width: int = WIDTH) -> list[str]:
    """The cells in lines: `first` and `rest` are how many cells the first and the other lines are set in.

    Only a word that is longer than a line is broken: a hyphen shows it, or, in an address of the web or of
    email, where a hyphen would be read as part of it, dot 5.
    """
    lines: list[str] = []
    line, indent = "", first
    for word in cells.split():
        while word:
            room = width - indent - len(line) - bool(line)
            if len(word) <= room:
                line, word = f"{line} {word}" if line else word, ""
            elif line:
                lines.append(" " * indent + line)
                line, indent = "", rest
            else:
                cut = room - 1
                while cut > 1 and word[cut - 1] in _BEFORE_OTHERS:
                    cut -= 1
                mark = _GOES_ON if _AT in word or _SLASH in word else _HYPHEN
                lines.append(" " * indent + word[:cut] + mark)
                word, indent = word[cut:], rest
    return [*lines, " " * indent + line] if line else lines


def centred(cells: str) -> list[str]:
    """The cells in lines in the middle, with at least three empty cells at either side."""
    lines = wrap(cells, 0, 0, WIDTH - 6)
    return [" " * ((WIDTH - len(line)) // 2) + line for line in lines]


def file(parts: Iterable[Iterable[Line]], number: Callable[[int], str]) -> bytes:
    """The parts as a BRF file: each begins a page; `number` gives a page’s number in cells.

    The number stands at the right end of a page’s first line, which holds nothing else. Every line ends in
    CR LF and every page, also the last, in a form feed, so that an embosser gives out the last sheet too.
    """
    pages = [page for part in parts for page in _pages(part)]
    numbered = ([number(at).rjust(WIDTH), *page] for at, page in enumerate(pages, start=1))
    return "".join("\r\n".join((*page, "\f")) for page in numbered).encode("ascii")


def _pages(lines: Iterable[Line]) -> Iterator[list[str]]:
    room = HEIGHT - 1
    page: list[str] = []
    for together in _together(lines):
        if len(page) + len(together) > room >= len(together):
            yield _trimmed(page)
            page = []
        for line in together:
            if len(page) == room:
                yield _trimmed(page)
                page = []
            if not (line.gap and (not page or not page[-1])):
                page.append(line.cells)
    if page:
        yield _trimmed(page)


def _together(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines in runs that no page break may part."""
    run: list[Line] = []
    for line in lines:
        goes_on = line.held or (line.gap and bool(run))
        run.append(line)
        if not goes_on:
            yield run
            run = []
    if run:
        yield run


def _trimmed(page: list[str]) -> list[str]:
    """The page without the empty lines at its end."""
    last = max((at for at, cells in enumerate(page) if cells), default=-1)
    return page[: last + 1]
