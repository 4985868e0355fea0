"""A sheet of paper as SVG, in millimetres: boxes of wrapped text, arrows, and nothing that is cut off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

SIZE = 2.52  # millimetres: 7.1 points, the smallest text on the sheet
LEADING = 2.85
PAD = 1.2
_FONT = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"
# How wide a letter is, in parts of the size: the widths of Arial and of the fonts made to its measure.
_WIDTHS = {
    **dict.fromkeys("ijl’‘|", 0.23),
    **dict.fromkeys("ft.,:;!/[]I ", 0.28),
    **dict.fromkeys("r()-“”•", 0.34),
    **dict.fromkeys("ckszvxyJ", 0.5),
    **dict.fromkeys("ABEKPSVXYwCDHNRU", 0.71),
    **dict.fromkeys("GOQ", 0.78),
    **dict.fromkeys("mM%", 0.84),
    **dict.fromkeys("W@", 0.98),
}
_OTHER = 0.57
_BOLDER = 1.08

INK, SOFT, RAIL = "#2A1B28", "#584654", "#7A6674"
DAMSON, FERN = "#5C2148", "#1B5747"
PAPER, TINT = "#FFFFFF", "#FFF4E5"
_HEAD = (
    '<defs><marker id="head" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="6" markerHeight="6" '
    f'orient="auto"><path d="M0 0.5 L6 3 L0 5.5 Z" fill="{INK}"/></marker></defs>'
)


@dataclass(frozen=True)
class Line:
    """One paragraph of a box. `size` is in millimetres."""

    text: str
    bold: bool = False
    colour: str = INK
    size: float = SIZE

    @property
    def leading(self) -> float:
        """From this line to the next, in millimetres."""
        return self.size * LEADING / SIZE

    def wrapped(self, width: float) -> list[str]:
        """The words in lines that are no wider than `width` millimetres."""
        lines: list[str] = []
        for word in self.text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and width_of(longer, self.size, self.bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


@dataclass(frozen=True)
class Box:
    """A box on the sheet, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.y + self.height / 2


def width_of(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is, in millimetres."""
    total = sum(_WIDTHS.get(letter, _OTHER) for letter in text)
    return total * size * (_BOLDER if bold else 1)


def height_of(lines: Iterable[Line], width: float) -> float:
    """How high a box of this width is with these lines in it."""
    inner = width - 2 * PAD
    return 2 * PAD + sum(line.leading * len(line.wrapped(inner)) for line in lines)


@dataclass
class Sheet:
    """Collects what is drawn. `boxes` lists every box, so that a test can look for overlaps."""

    width: float
    boxes: list[Box] = field(default_factory=list)
    _under: list[str] = field(default_factory=list)
    _over: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, line: Line) -> None:
        """One line of text with its base line at `y`, never wrapped."""
        weight = ' font-weight="bold"' if line.bold else ""
        self._over.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{line.size:.2f}" fill="{line.colour}"{weight}>'
            f"{escape(line.text)}</text>"
        )

    def box(
        self, x: float, y: float, width: float, lines: list[Line], fill: str = PAPER, height: float = 0
    ) -> Box:
        """A box with these lines, at least `height` high."""
        made = Box(x, y, width, max(height, height_of(lines, width)))
        self.boxes.append(made)
        self._over.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{made.height:.2f}" rx="1" '
            f'fill="{fill}" stroke="{RAIL}" stroke-width="0.25"/>'
        )
        base = y + PAD
        for line in lines:
            for part in line.wrapped(width - 2 * PAD):
                base += line.leading
                self.text(x + PAD, base - line.leading * 0.25, Line(part, line.bold, line.colour, line.size))
        return made

    def arrow(self, points: list[tuple[float, float]], dashed: bool = False) -> None:
        """A line through these points with a head at its end; it runs under the boxes."""
        path = " L".join(f"{x:.2f} {y:.2f}" for x, y in points)
        dash = ' stroke-dasharray="1.2 0.8"' if dashed else ""
        self._under.append(
            f'<path d="M{path}" fill="none" stroke="{INK}" stroke-width="0.35"{dash} '
            'marker-end="url(#head)"/>'
        )

    def svg(self, title: str, description: str, height: float) -> str:
        """The whole sheet as one SVG document, `height` millimetres high."""
        return "\n".join(
            [
                '<?xml version="1.0" encoding="UTF-8"?>',
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}mm" height="{height:g}mm" '
                f'viewBox="0 0 {self.width:g} {height:g}" font-family="{_FONT}" role="img" '
                'aria-labelledby="title description">',
                f'<title id="title">{escape(title)}</title>',
                f'<desc id="description">{escape(description)}</desc>',
                _HEAD,
                f'<rect width="{self.width:g}" height="{height:g}" fill="{PAPER}"/>',
                *self._under,
                *self._over,
                "</svg>",
                "",
            ]
        )
