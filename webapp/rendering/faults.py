"""Why a file was not made here and now."""

from __future__ import annotations

from webapp.documents import DocumentError
from webapp.language import N_


class NotMade(DocumentError):
    """Making the file failed: it took too long, wanted too much memory, or ended the process that made it."""

    message = N_(
        "This file could not be made just now. Please try again. "
        "If it fails again, take the plain text: that always works."
    )


class Busy(Exception):
    """Too many files are being made: ask again in about so many `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"about {seconds} seconds")


class NeverStarted(Exception):
    """The process that makes files could not be started. It was given no letter yet."""


class Died(Exception):
    """The process ended over a letter; the message says how, and nothing of the letter."""


class TooSlow(Exception):
    """The letter took longer than its lane allows. Its process was ended."""


class Broke(Exception):
    """Making the letter raised what nobody expected; the message says what and where, not what it said."""
