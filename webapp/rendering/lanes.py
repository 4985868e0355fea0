"""What each format costs, and so where it is made: at once, or in a lane with a limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from webapp.documents import Document


@dataclass(frozen=True)
class Lane:
    """Files that cost about the same. `limit` and `usual` are seconds; `line` is how many may wait.

    A slow lane leaves one process to the others, where there are two or more.
    """

    id: str
    limit: float
    usual: float
    line: int
    slow: bool = False


# Measured: a PDF takes 0.13 s of a processor, the next steps 0.3 s, four boxes of 50,000 characters 2.5 s.
PAPER = Lane("paper", limit=20, usual=0.4, line=8)
# Measured: an MP3 takes 0.5 to 2.5 s, the longest that is made 15 s.
SOUND = Lane("sound", limit=60, usual=3, line=1, slow=True)
LANES = (PAPER, SOUND)

# Measured: 60 ms for the longest letter there can be. Plain text has to work when nothing else does.
_AT_ONCE = frozenset({"txt", "html", "docx", "ics"})
_SLOW = frozenset({"mp3"})


class Make(Protocol):
    """Makes a file: calls `work`, a function of a module, with `given`, which can be pickled.

    `format` is an id of FORMATS. Raises what `work` raises of DocumentError, NotMade, and, where there is a
    line to wait in, Busy.
    """

    def __call__(self, format: str, work: Callable[..., Document], /, *given: Any) -> Document:
        """The file."""


def at_once(format: str, work: Callable[..., Document], /, *given: Any) -> Document:
    """A Make that does it here and now, as the command line does."""
    return work(*given)


def lane_of(format: str) -> Lane | None:
    """The lane of a format; None for one that is so cheap that it is made at once."""
    if format in _AT_ONCE:
        return None
    return SOUND if format in _SLOW else PAPER
