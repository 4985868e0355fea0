"""Make the fonts "Heard Text" from Atkinson Hyperlegible Next: the same letters, with an open zero.

Its zero is slashed, so that "30" and "2026" can read as 38 and 2826 to tired eyes. This gives `zero` one
plain oval inside, with the strokes of the original. It writes whole TTF files (for documents)
and small WOFF2 files (Latin only, for web pages). For developers only, with fonttools and brotli: what it
makes is committed.

    python open_zero.py SOURCE_FOLDER TTF_FOLDER WOFF2_FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPointPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Heard Text"
STYLES = {"400Regular": ("Regular", 400), "600SemiBold": ("SemiBold", 600)}

# Letters that carry an accent in the languages that Heard Text sets on screen.
ACCENTED = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"  # Western Europe, Portuguese, Albanian
    "ŴŵŶŷẀẁẂẃẄẅỲỳŸ"  # Welsh
    "ĄąĆćĘęŁłŃńŚśŹźŻż"  # Polish
    "ĂăȘșȚțŞşŢţ"  # Romanian
    "ĞğİıŞş"  # Turkish
    "ČčĖėĮįŠšŲųŪūŽž"  # Lithuanian
    "ŐőŰű"  # Hungarian
    "ĎďĚěŇňŘřŤťŮů"  # Czech, Slovak and Romani names
)
MARKS = "\u00a0¡£§©«®°·»¿–—‘’‚“”„†•…‹›€−×½¼¾ªº"
WEB_CHARACTERS = "".join(chr(code) for code in range(0x20, 0x7F)) + ACCENTED + MARKS


def open_zero(font: TTFont) -> None:
    """Give the glyph `zero` one oval inside: the outer oval, scaled to the inner edges of the strokes.

    Raises ValueError if the zero is not the slashed one that this was drawn for.
    """
    glyphs = font["glyf"]
    zero = glyphs["zero"]
    points, ends, flags = zero.getCoordinates(glyphs)
    if len(ends) != 3:
        raise ValueError(f"zero has {len(ends)} contours; a slashed one has 3")
    outer = list(points[: ends[0] + 1])
    kinds = list(flags[: ends[0] + 1])
    inner = list(points[ends[0] + 1 :])
    left, right = min(x for x, _ in outer), max(x for x, _ in outer)
    low, high = min(y for _, y in outer), max(y for _, y in outer)
    centre, middle = (left + right) / 2, (low + high) / 2
    # The inner edges of the strokes: the two halves beside the slash reach them left, top and bottom.
    half_width = centre - min(x for x, _ in inner)
    inner_low, inner_high = min(y for _, y in inner), max(y for _, y in inner)
    half_height, inner_middle = (inner_high - inner_low) / 2, (inner_high + inner_low) / 2
    across, up = half_width / (centre - left), half_height / (middle - low)
    oval = [
        (round(centre + (x - centre) * across), round(inner_middle + (y - middle) * up)) for x, y in outer
    ]

    pen = TTGlyphPointPen(glyphs)
    # A hole must run the other way round than the shape that it is cut from.
    for contour, on_curve in ((outer, kinds), (oval[::-1], kinds[::-1])):
        pen.beginPath()
        for point, kind in zip(contour, on_curve, strict=True):
            pen.addPoint(tuple(point), segmentType="qcurve" if kind & 1 else None)
        pen.endPath()
    glyphs["zero"] = pen.glyph()
    glyphs["zero"].recalcBounds(glyphs)


def rename(font: TTFont, style: str, weight: int) -> None:
    """Call the font by its new family name, so that it is never taken for the original."""
    names = font["name"]
    full = f"{FAMILY} {style}"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    keep = {0, 8, 9, 11, 12, 13, 14}
    names.names = [record for record in names.names if record.nameID in keep]
    values = {
        1: FAMILY if style == "Regular" else full,
        2: "Regular",
        3: f"2.001;{postscript}",
        4: full,
        5: "Version 2.001",
        6: postscript,
        10: "Atkinson Hyperlegible Next with an open zero.",
    }
    if style != "Regular":
        values |= {16: FAMILY, 17: style}
    for name_id, value in values.items():
        names.setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if "STAT" in font:  # it describes the variable family, which this is no longer part of
        del font["STAT"]


def web_subset(font: TTFont) -> None:
    """Keep what web pages in Latin script need, and nothing else."""
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["ccmp", "kern", "locl", "mark", "tnum"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(text=WEB_CHARACTERS)
    subsetter.subset(font)
    font.flavor = "woff2"


def main(source: Path, whole: Path, web: Path) -> None:
    """Write both kinds of file for both weights."""
    for folder, (style, weight) in STYLES.items():
        path = source / folder / f"AtkinsonHyperlegibleNext_{folder}.ttf"
        font = TTFont(path, recalcTimestamp=False)
        open_zero(font)
        rename(font, style, weight)
        font.save(whole / f"HeardText-{style}.ttf")
        web_subset(font)
        font.save(web / f"heard-text-{weight}.woff2")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
