"""A file locked with a passphrase, in the public age format (age-encryption.org/v1): other tools open it too.

Of that format this is the part for passphrases: scrypt makes a key of the passphrase, ChaCha20-Poly1305 seals
the contents in pieces. How much work and memory scrypt costs is said in the file. We lock with 128 MB, and
refuse files that ask for more than 256 MB, which is what the tools ask for; one is opened at a time.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import threading
import unicodedata

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SHORTEST_PASSPHRASE = 8
# Work factors are powers of two: 17 takes 128 MB and half a second, 18 twice as much.
WORK, MOST_WORK = 17, 18
# What the lock adds to a file, at most, and to each piece of it.
LARGEST_LOCKED_EXTRA = 20_000

_MAGIC = b"age-encryption.org/v1\n"
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"--- ([A-Za-z0-9+/]{43})\n"
)
_PIECE, _TAG, _SALT, _FILE_KEY, _NONCE = 64 * 1024, 16, 16, 16, 16
_ZERO = bytes(12)
_one_at_a_time = threading.Lock()


class LockError(Exception):
    """A locked file that does not open. `reason` is passphrase, damaged or heavy."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(_SAID[reason])


_SAID = {
    "passphrase": "this passphrase does not open the file",
    "damaged": "the file is damaged, or was not locked with a passphrase",
    "heavy": "the file was locked in a way that needs too much memory to open",
}


def is_locked(content: bytes) -> bool:
    """True for what looks like a locked file."""
    return content.startswith(_MAGIC)


def plain_passphrase(typed: str) -> str:
    """A passphrase as it counts: spaces around it do not, nor how a keyboard makes an accented letter."""
    return unicodedata.normalize("NFC", typed).strip()


def lock(content: bytes, passphrase: str) -> bytes:
    """The contents, locked with a passphrase."""
    file_key, salt = secrets.token_bytes(_FILE_KEY), secrets.token_bytes(_SALT)
    wrapped = ChaCha20Poly1305(_stretched(passphrase, salt, WORK)).encrypt(_ZERO, file_key, None)
    header = _MAGIC + b"-> scrypt %s %d\n%s\n---" % (_written(salt), WORK, _written(wrapped))
    nonce = secrets.token_bytes(_NONCE)
    sealing = ChaCha20Poly1305(_derived(file_key, b"payload", nonce))
    starts = range(0, max(len(content), 1), _PIECE)
    pieces = (
        sealing.encrypt(_counted(number, start == starts[-1]), content[start : start + _PIECE], None)
        for number, start in enumerate(starts)
    )
    return header + b" " + _written(_mac(file_key, header).finalize()) + b"\n" + nonce + b"".join(pieces)


def unlock(locked: bytes, passphrase: str) -> bytes:
    """The contents of a locked file. Raises LockError."""
    found = _HEADER.match(locked)
    if not found:
        raise LockError("damaged")
    salt, wrapped, mac = (_read(found[group]) for group in (1, 3, 4))
    if int(found[2]) > MOST_WORK:
        raise LockError("heavy")
    try:
        file_key = ChaCha20Poly1305(_stretched(passphrase, salt, int(found[2]))).decrypt(_ZERO, wrapped, None)
    except InvalidTag:
        raise LockError("passphrase") from None
    try:
        _mac(file_key, locked[: found.start(4) - 1]).verify(mac)
        return _pieces(file_key, locked[found.end() :])
    except (InvalidSignature, InvalidTag, ValueError):
        raise LockError("damaged") from None


def _pieces(file_key: bytes, payload: bytes) -> bytes:
    nonce, sealed = payload[:_NONCE], payload[_NONCE:]
    opening = ChaCha20Poly1305(_derived(file_key, b"payload", nonce))
    starts = range(0, max(len(sealed), 1), _PIECE + _TAG)
    pieces = [
        opening.decrypt(_counted(number, start == starts[-1]), sealed[start : start + _PIECE + _TAG], None)
        for number, start in enumerate(starts)
    ]
    if len(pieces) > 1 and not pieces[-1]:
        raise LockError("damaged")
    return b"".join(pieces)


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    with _one_at_a_time:
        scrypt = Scrypt(b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << work, r=8, p=1)
        return scrypt.derive(plain_passphrase(passphrase).encode("utf-8", "surrogatepass"))


def _derived(file_key: bytes, purpose: bytes, salt: bytes = b"") -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> HMAC:
    mac = HMAC(_derived(file_key, b"header"), SHA256())
    mac.update(header)
    return mac


def _counted(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _written(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")


def _read(written: bytes) -> bytes:
    try:
        value = base64.b64decode(written + b"=" * (-len(written) % 4), validate=True)
    except binascii.Error:
        raise LockError("damaged") from None
    if _written(value) != written:  # only one spelling counts
        raise LockError("damaged")
    return value
