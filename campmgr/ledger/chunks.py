"""A run of bytes closed with a key: ChaCha20-Poly1305 in numbered chunks of 64 KiB, the last one marked, so that memory stays flat.

A chunk that was altered, left out, doubled or moved does not open, nor does a run that was cut short. A key closes many runs, each
under a number of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_CHUNK = 1 << 16
_TAG = 16

KEY_SIZE = 32
"""Bytes of a key."""


def _nonce(run: int, place: int, *, last: bool) -> bytes:
    return run.to_bytes(4, "big") + place.to_bytes(7, "big") + bytes([last])


class ChunkWriter:
    """Closes what is added, piece by piece; `put` takes the closed bytes. `end` must be called."""

    def __init__(self, key: bytes, run: int, put: Callable[[bytes], object]) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._run = run
        self._put = put
        self._place = 0
        self._rest = bytearray()

    def add(self, data: bytes) -> None:
        """More bytes."""
        self._rest += data
        while len(self._rest) > _CHUNK:  # what fills the last chunk is known at the end alone
            self._close(bytes(self._rest[:_CHUNK]), last=False)
            del self._rest[:_CHUNK]

    def end(self) -> None:
        """Close the last chunk."""
        self._close(bytes(self._rest), last=True)

    def _close(self, data: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._run, self._place, last=last), data, None))
        self._place += 1


def opened_chunks(key: bytes, run: int, size: int, read: Callable[[int], bytes]) -> Iterator[bytes]:
    """The bytes of a run of `size` closed bytes, chunk by chunk. Raises ValueError for whatever is not as it was closed."""
    cipher, place, left = ChaCha20Poly1305(key), 0, size
    while True:
        part = min(left, _CHUNK + _TAG)
        left -= part
        closed = read(part)
        try:
            yield cipher.decrypt(_nonce(run, place, last=not left), closed, None)
        except InvalidTag as problem:
            raise ValueError("a chunk that was not closed with this key in this place") from problem
        place += 1
        if not left:
            return
