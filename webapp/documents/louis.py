"""Print into Braille cells, by the system’s liblouis: the little of it that documents need."""

from __future__ import annotations

import ctypes
import sys
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

from webapp.documents.model import LouisMissing

LIBRARY = "liblouis.so.20"

_OWN_TABLES = Path(__file__).parent / "tables"
# From liblouis.h. Cells come out as Unicode’s Braille patterns, whatever characters the table shows them as.
_DOTS, _AS_PATTERNS, _NOTHING_FOR_UNKNOWN = 4, 64, 128
_LOG_NOTHING = 60_000

# liblouis keeps its tables in variables of the process and is not safe to call from two threads at once.
_LOCK = Lock()


def version() -> str:
    """The version of liblouis, such as “3.24.0”. Raises LouisMissing."""
    with _LOCK:
        found: bytes = _library().lou_version()
    return found.decode("ascii")


def translate(text: str, table: str) -> str:
    """The text in Braille, as Unicode’s Braille patterns; a space is the blank pattern, U+2800.

    `table` is the name of one of liblouis’s tables or of one in the folder `tables`. A character that the
    table does not know becomes an escape: ask `knows` first. Raises LouisMissing.
    """
    return _converted("lou_translateString", text, table, _DOTS | _AS_PATTERNS)


@lru_cache(maxsize=8192)
def knows(character: str, table: str) -> bool:
    """Whether the table has cells of six dots for this character. Raises LouisMissing.

    It has for none that controls a device or is private: tables use some of those for their own ends.
    """
    if unicodedata.category(character) in ("Cc", "Co"):
        return False
    cells = _converted("lou_translateString", character, table, _DOTS | _AS_PATTERNS | _NOTHING_FOR_UNKNOWN)
    return bool(cells) and all("\u2800" <= cell <= "\u283f" for cell in cells)


def _converted(function: str, text: str, table: str, mode: int) -> str:
    if not text:
        return ""
    with _LOCK:
        library = _library()
        size = library.lou_charSize()
        encoding = f"utf-{8 * size}-{'le' if sys.byteorder == 'little' else 'be'}"
        given = text.encode(encoding)
        length, room = len(given) // size, 4 * len(text) + 64
        while True:
            taken, made = ctypes.c_int(length), ctypes.c_int(room)
            space = ctypes.create_string_buffer(room * size)
            worked = getattr(library, function)(
                _named(table), given, ctypes.byref(taken), space, ctypes.byref(made), None, None, mode
            )
            if not worked:
                raise LouisMissing
            # It takes less than it is given when there is no room for the rest.
            if made.value < room - 8:
                return space.raw[: made.value * size].decode(encoding)
            room *= 2


@cache
def _named(table: str) -> bytes:
    """The table’s name or path as liblouis wants it. Raises LouisMissing when it cannot read the table."""
    own = _OWN_TABLES / table
    name = str(own if own.exists() else table).encode()
    if not _library().lou_checkTable(name):
        raise LouisMissing
    return name


@cache
def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        raise LouisMissing from None
    library.lou_version.restype = ctypes.c_char_p
    # What it would log could hold words of a letter.
    library.lou_setLogLevel(_LOG_NOTHING)
    return library
