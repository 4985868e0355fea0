"""Make the fonts of other scripts: Chinese for documents, and small WOFF2 files of each script for web pages.

For developers only, with fonttools and brotli: what it makes is committed.

    python scripts.py NOTO_SANS_SC_FOLDER TTF_FOLDER WOFF2_FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# What a page in a script needs of its font; the Latin letters in it are set in Heard Text.
SCRIPTS = {
    "arabic": ("NotoNaskhArabic", ((0x0600, 0x06FF), (0x0750, 0x077F))),
    "bengali": ("NotoSansBengali", ((0x0964, 0x0965), (0x0980, 0x09FF))),
    "ethiopic": ("NotoSansEthiopic", ((0x1200, 0x139F),)),
    "gujarati": ("NotoSansGujarati", ((0x0964, 0x0965), (0x0A80, 0x0AFF))),
    "gurmukhi": ("NotoSansGurmukhi", ((0x0964, 0x0965), (0x0A00, 0x0A7F))),
    "tamil": ("NotoSansTamil", ((0x0964, 0x0965), (0x0B80, 0x0BFF))),
}
JOINERS = {0x200C, 0x200D}
WEIGHTS = {"Regular": 400, "Bold": 600}


def of_charset(*charsets: str) -> set[int]:
    """The characters of older character sets: those of people’s names, and all by which Chinese is known."""
    found = set()
    for code in range(0x80, 0x10000):
        for charset in charsets:
            try:
                chr(code).encode(charset)
            except UnicodeEncodeError:
                continue
            found.add(code)
    return found


def subset(path: Path, characters: Iterable[int], target: Path) -> None:
    """Write the part of a font that these characters need."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    if target.suffix == ".woff2":
        options.flavor = font.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = options.flavor
    font.save(target)


def main(chinese: Path, whole: Path, web: Path) -> None:
    """Write both kinds of file."""
    latin = set(range(0x20, 0x7F))
    # GBK has the traditional characters too, which many names in this country are written with. Nothing
    # that a parent types is ever bold, but for a heading of their own council’s.
    every, bold = of_charset("gbk", "big5"), of_charset("gb2312")
    subset(chinese / "400Regular/NotoSansSC_400Regular.ttf", latin | every, whole / "NotoSansSC-Regular.ttf")
    subset(chinese / "700Bold/NotoSansSC_700Bold.ttf", latin | bold, whole / "NotoSansSC-Bold.ttf")
    for script, (family, blocks) in SCRIPTS.items():
        characters = {code for first, last in blocks for code in range(first, last + 1)} | JOINERS
        for style, weight in WEIGHTS.items():
            subset(whole / f"{family}-{style}.ttf", characters, web / f"{script}-{weight}.woff2")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
