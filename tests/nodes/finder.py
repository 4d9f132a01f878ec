"""What somebody reads of a pack or receipt that they found: written from docs/formats.md alone, with no code of the program's.

They hold whatever keys they hold, and try each of them on everything, in each form in which a key is ever used.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_CHUNK = (1 << 16) + 16


class Found(NamedTuple):
    """A file as it lies there: its sort, its head, the rows of its table, its letters, and what is closed, piece by piece."""

    sort: str
    head: dict[str, Any]
    rows: list[list[Any]]
    letters: list[list[str]]
    bound: str
    closed: list[bytes]


def read(data: bytes) -> Found:
    """Take a pack or receipt apart."""
    lines, place = [], 0

    def line() -> bytes:
        nonlocal place
        end = data.index(b"\n", place) + 1
        lines.append(data[place:end])
        place = end
        return lines[-1]

    sort, head = line().decode().strip(), json.loads(line())
    rows = [json.loads(line()) for _ in range(head.get("segments", 0))]
    bound = hashlib.sha256(b"".join(lines)).hexdigest()
    letters = [json.loads(line()) for _ in range(head["letters"])]
    line()  # the signature
    closed = []
    for size in [row[4] for row in rows] or [head.get("size", 0)]:
        closed.append(data[place : place + size])
        place += size
    return Found(sort, head, rows, letters, json.dumps(["campmgr-pack-letter", bound], separators=(",", ":")), closed)


def opened(found: Found, keys: Iterable[bytes]) -> Iterator[bytes]:
    """Whatever any of these keys opens: letters, and what lies closed, once the key of it is known or tried."""
    tried = set(keys)
    told = [each for key in tried for each in _letters(found, key)]
    yield from told
    words = (word for text in told for word in text.split())
    tried |= {bytes.fromhex(word.decode()) for word in words if len(word) == 64}
    tried |= {text for text in told if len(text) == 32}
    for key in tried:
        yield from _bodies(found, key)


def _letters(found: Found, key: bytes) -> Iterator[bytes]:
    for private in (key, hashlib.sha512(key).digest()[:32]):
        for _, closed in found.letters:
            with suppress(InvalidTag, ValueError):
                yield _SUITE.decrypt(bytes.fromhex(closed), X25519PrivateKey.from_private_bytes(private), info=found.bound.encode())


def _bodies(found: Found, key: bytes) -> Iterator[bytes]:
    for number, closed in enumerate(found.closed):
        scope = found.rows[number][0] if found.rows else ""
        for tried in (key, hmac.digest(key, scope.encode(), "sha256")):
            with suppress(InvalidTag):
                yield zlib.decompress(b"".join(_chunks(tried, number, closed)))


def _chunks(key: bytes, number: int, closed: bytes) -> Iterator[bytes]:
    for place, at in enumerate(range(0, len(closed), _CHUNK)):
        piece, last = closed[at : at + _CHUNK], at + _CHUNK >= len(closed)
        nonce = number.to_bytes(4, "big") + place.to_bytes(7, "big") + bytes([last])
        yield ChaCha20Poly1305(key).decrypt(nonce, piece, None)
