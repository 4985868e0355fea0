"""Tokens, and what they open: a record’s id and its key both follow from the token in a browser’s cookie."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Answers = dict[str, Any]

TOKEN_BYTES, TOKEN_LENGTH, ROW_ID_BYTES, KEY_BYTES, NONCE_BYTES = 32, 43, 16, 32, 12
# Answers are filled up to a multiple of this, so that their length tells a thief little.
BLOCK = 1024


class Keys(NamedTuple):
    """Where the answers of a token lie, and what opens them."""

    row_id: bytes
    key: bytes


def new_token() -> str:
    """A fresh token for a browser’s cookie: 32 random bytes as 43 URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def keys_of(token: str | None) -> Keys | None:
    """Id and key of a token; None where it cannot be one of new_token()."""
    if token is None or len(token) != TOKEN_LENGTH or not token.isascii():
        return None
    try:
        secret = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    # The last character has two spare bits: only one spelling of a token is the token.
    if base64.urlsafe_b64encode(secret).decode().rstrip("=") != token:
        return None
    derived = HKDF(SHA256(), ROW_ID_BYTES + KEY_BYTES, salt=None, info=b"heard answers 1").derive(secret)
    return Keys(derived[:ROW_ID_BYTES], derived[ROW_ID_BYTES:])


def keys_or_refuse(token: str) -> Keys:
    """Id and key of a token. Raises ValueError where it cannot be one of new_token()."""
    keys = keys_of(token)
    if keys is None:
        raise ValueError("This is not a token of new_token().")
    return keys


def seal(keys: Keys, answers: Answers) -> bytes:
    """The answers encrypted, and bound to the id that they lie under."""
    plain = json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(keys.key).encrypt(nonce, plain.ljust(-(-len(plain) // BLOCK) * BLOCK), keys.row_id)


def unseal(keys: Keys, sealed: bytes) -> Answers | None:
    """The answers again; None where the bytes were changed: what does not open counts as absent."""
    try:
        plain = AESGCM(keys.key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], keys.row_id)
    except (InvalidTag, ValueError):
        return None
    answers: Answers = json.loads(plain.decode("utf-8", "surrogatepass"))
    return answers
