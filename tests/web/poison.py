"""What a letter could do to the process that makes it: work for the pool of the tests alone."""

from __future__ import annotations

import ctypes
import os
import resource
import time
from typing import Any

from webapp.documents import Document, UnprintableCharacters, render
from webapp.letters.model import Letter

NAME = "Marmalade-of-the-marsh"


def sleeps(seconds: float, *_: Any) -> Document:
    time.sleep(seconds)
    return Document(b"slept", "text/plain", "txt")


def never_ends(*_: Any) -> Document:
    while True:
        pass


def crashes(*_: Any) -> Document:
    ctypes.string_at(0)
    raise AssertionError


def eats_memory(*_: Any) -> Document:
    return Document(bytes(8 << 30), "text/plain", "txt")


def grows(*_: Any) -> Document:
    """Leaves the process with 300 MB more than it had."""
    kept.append(b"x" * (300 << 20))
    return Document(b"grown", "text/plain", "txt")


kept: list[bytes] = []


def breaks(*_: Any) -> Document:
    raise KeyError(NAME)


def refuses(*_: Any) -> Document:
    raise UnprintableCharacters(("𓀀", "\ue000"))


def tells(*_: Any) -> Document:
    """What the process may and may not: its number, its limits, and the settings that it knows."""
    core = resource.getrlimit(resource.RLIMIT_CORE)[0]
    known = sorted(name for name in os.environ if name.startswith("HEARD_"))
    return Document(f"{os.getpid()} {core} {known}".encode(), "text/plain", "txt")


def crashes_once(mark: str, *_: Any) -> Document:
    """As when the machine is short of memory and ends a process that did nothing wrong."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return Document(b"made", "text/plain", "txt")
    os.abort()


def true_letter(letter: Letter) -> Document:
    return render(letter, "pdf")
