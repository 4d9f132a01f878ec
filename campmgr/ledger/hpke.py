"""What only one receiver can read: HPKE (RFC 9180) to an X25519 key, base mode.

A data file has a sealing key beside its signing key; what is closed for it is bound to a text (`bound`), and opens under that text
alone.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class SealingKey(NamedTuple):
    """A key that others close letters for, both halves as hex."""

    private: str
    public: str


def new_sealing_key() -> SealingKey:
    """A fresh sealing key."""
    return sealing_key_from(X25519PrivateKey.generate().private_bytes_raw())


def sealing_key_from(private: bytes) -> SealingKey:
    """The sealing key with these 32 bytes as its private half."""
    key = X25519PrivateKey.from_private_bytes(private)
    return SealingKey(private.hex(), key.public_key().public_bytes_raw().hex())


_FIELD = 2**255 - 19


def sealing_key_beside(signing_private: str) -> SealingKey:
    """The sealing key that belongs to an Ed25519 key: of the same curve in its other form, as that key's own scalar makes it.

    So whoever knows the public half of the one knows that of the other (`sealing_public_beside`), and a request can be told in half
    as many figures (docs/decisions.md#one-key-told).
    """
    return sealing_key_from(hashlib.sha512(bytes.fromhex(signing_private)).digest()[:32])


def sealing_public_beside(signing_public: str) -> str:
    """The public half of the sealing key beside an Ed25519 key, from its public half: u = (1 + y) / (1 - y) (RFC 7748, 4.1).

    Beside what is no key of anybody's stands none either: see `is_sealing_key`.
    """
    y = int.from_bytes(bytes.fromhex(signing_public), "little") & ((1 << 255) - 1)
    return ((1 + y) * pow(1 - y, _FIELD - 2, _FIELD) % _FIELD).to_bytes(32, "little").hex()


def close_for(public: str, content: bytes, bound: str) -> bytes:
    """Content that only the holder of a sealing key opens. Raises ValueError for what is no such key."""
    return _SUITE.encrypt(content, X25519PublicKey.from_public_bytes(bytes.fromhex(public)), info=bound.encode())


def is_sealing_key(public: str) -> bool:
    """Whether something can be closed for it: what an enrolment calls a key may be anything."""
    try:
        close_for(public, b"", "")
    except ValueError:
        return False
    return True


def open_with(private: str, closed: bytes, bound: str) -> bytes | None:
    """What was closed for a key; None when it was closed for another, is bound to another text, or was altered."""
    try:
        return _SUITE.decrypt(closed, X25519PrivateKey.from_private_bytes(bytes.fromhex(private)), info=bound.encode())
    except (InvalidTag, ValueError):
        return None
