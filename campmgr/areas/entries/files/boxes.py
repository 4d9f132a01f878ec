"""Boxes of an MP4 file: where each begins and ends, read by their heads alone, so that gigabytes cost nothing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MOST = 4096
"""Boxes beside each other; what has more is no film."""

_HEAD = 8


class CutShort(ValueError):
    """A box that reaches beyond the end of what holds it; of a whole file: it was not copied to its end."""


class Damaged(ValueError):
    """Bytes that are no box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its four letters, and where its content begins and ends in the file."""

    kind: bytes
    start: int
    end: int


class BoxFile:
    """A file of boxes, read by seeking."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self.size = size

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """The boxes between two places. Raises CutShort, Damaged; less than a head at the end is padding."""
        for _ in range(_MOST):
            if end - start < _HEAD:
                return
            box = self._box(start, end)
            yield box
            start = box.end
        raise Damaged("too many boxes")

    def inside(self, box: Box, *path: bytes) -> Iterator[Box]:
        """The boxes in a box that stand at the end of a path."""
        for each in self.boxes(box.start, box.end):
            if each.kind == path[0]:
                if len(path) == 1:
                    yield each
                else:
                    yield from self.inside(each, *path[1:])

    def read(self, box: Box, most: int) -> bytes:
        """The first bytes of a box's content."""
        self._stream.seek(box.start)
        return self._stream.read(min(most, box.end - box.start))

    def _box(self, start: int, end: int) -> Box:
        self._stream.seek(start)
        head = self._stream.read(16)
        size, kind = struct.unpack_from(">I4s", head)
        body = start + _HEAD
        if size == 1 and len(head) == 16:
            (size,), body = struct.unpack_from(">Q", head, _HEAD), body + 8
        elif size == 0:
            size = end - start
        if size < body - start:
            raise Damaged("a box smaller than its head")
        if start + size > end:
            raise CutShort("a box beyond the end")
        return Box(kind, body, start + size)
