"""A case handed to a phone: a copy of the answers under a code that opens them once, and only for minutes.

Three things must come together to open a copy: the code, which only the first screen shows; the key that
signs the forms, which only the server has; and the row itself. Without the server’s key in it, a code could
be made into a cookie that reads the copy again and again, and keeps it for longer than its minutes.

The code stands in the query of an address. A path would go into every log, and a fragment needs a script;
queries are taken from our own logs (security.Discreet), and after its one use, or its minutes, a code opens
nothing. It has 128 random bits: guessing is hopeless, and asking for codes makes one row a browser at most.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass
from enum import Enum

import segno
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webapp.store import TOKEN_BYTES, Answers, Store

CODE_BYTES, CODE_LENGTH = 16, 26
QUIET_ZONE = 4
_COPY, _NOTE = b"heard hand-over 1", b"heard hand-over note 1"


class State(Enum):
    """How a code stands. `OVER` is used or too old: after its minutes nobody can tell which."""

    WAITING = "waiting"
    OPENED = "opened"
    OVER = "over"


@dataclass(frozen=True)
class HandOver:
    """A code, when it ends (in seconds since 1970), and how it stands."""

    code: str
    until: float
    state: State


@dataclass(frozen=True)
class Picture:
    """A QR code: how many modules its side has with the quiet zone, and its black ones as an SVG path."""

    size: int
    path: str


class HandOvers:
    """The codes of every browser. `key` is the server’s own; `lifetime` of a code is in seconds.

    Every method may raise StoreUnavailable.
    """

    def __init__(self, store: Store, key: str | bytes, lifetime: float) -> None:
        self._store = store
        self._key = key.encode() if isinstance(key, str) else key
        self._lifetime = lifetime

    def begin(self, token: str, answers: Answers) -> None:
        """Makes a code for a copy of these answers. The code that this browser had before ends."""
        self.cancel(token)
        code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=").lower()
        note = {"code": code, "until": self._store.now() + self._lifetime}
        # The copy first: a note without one would say that it was opened.
        self._store.update(self._copy(code), lambda _: answers, lifetime=self._lifetime)
        self._store.update(self._note(token), lambda _: note)

    def of(self, token: str | None) -> HandOver | None:
        """The code that this browser made last, unless it was cancelled."""
        note = self._store.read(self._note(token)) if token else None
        if note is None:
            return None
        if self.holds(note["code"]):
            state = State.WAITING
        else:
            state = State.OPENED if self._store.now() < note["until"] else State.OVER
        return HandOver(note["code"], note["until"], state)

    def holds(self, code: str) -> bool:
        """True while a code would open something. It stays as it is."""
        plain = plain_code(code)
        return plain is not None and self._store.read(self._copy(plain)) is not None

    def take(self, code: str) -> str | None:
        """Uses a code up: the copy then lies under a new browser’s token, which this gives.

        None for a code that opens nothing (any more). Of several who ask at once, one gets the token.
        """
        plain = plain_code(code)
        if plain is None:
            return None
        token = self._store.rotate(self._copy(plain))
        return token if self._store.read(token) is not None else None

    def cancel(self, token: str | None) -> None:
        """Ends the code of this browser, and destroys the copy if nobody has opened it."""
        if token and (note := self._store.read(self._note(token))):
            self._store.destroy(self._copy(note["code"]))
            self._store.destroy(self._note(token))

    def _copy(self, code: str) -> str:
        return self._derived(code, _COPY)

    def _note(self, token: str) -> str:
        """Where the code lies that a browser made: only that browser’s own token opens it."""
        return self._derived(token, _NOTE)

    def _derived(self, secret: str, purpose: bytes) -> str:
        """A token of the store that follows from a secret and from the server’s key."""
        derived = HKDF(SHA256(), TOKEN_BYTES, salt=self._key, info=purpose).derive(secret.encode())
        return base64.urlsafe_b64encode(derived).decode().rstrip("=")


def plain_code(typed: str) -> str | None:
    """A code as it was made, from what was scanned or typed: capitals and spaces do not matter.

    None for what cannot be a code.
    """
    code = "".join(typed[: 4 * CODE_LENGTH].split()).lower()
    if len(code) != CODE_LENGTH or not code.isascii():
        return None
    try:
        secret = base64.b32decode(code.upper() + "======")
    except binascii.Error:
        return None
    # The last character has two spare bits: only one spelling of a code is the code.
    return code if base64.b32encode(secret).decode().rstrip("=").lower() == code else None


def picture(address: str) -> Picture:
    """The QR code of an address: error correction M or better, with its quiet zone."""
    rows = segno.make_qr(address, error="m").matrix_iter(border=QUIET_ZONE)
    matrix = [bytes(row) for row in rows]
    strokes = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = len(row[x:]) - len(row[x:].lstrip(b"\1"))
            if length:
                strokes.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length or 1
    return Picture(len(matrix), "".join(strokes))
