"""The container of old Office files (Compound File Binary): enough of it to find a named stream."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA  # this and above: end of chain, free, or a sector of the table itself
_MINI_SECTOR, _MINI_CUTOFF = 64, 4096


class OleFile:
    """An old Office file in memory. Every method raises ValueError where the file is damaged."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise ValueError("short")
        self._data = data
        shift = self._u16(30)
        if shift not in {9, 12}:
            raise ValueError("sector size")
        self._sector = 1 << shift
        self._check_counts()
        self._table = self._sector_table()
        self._entries = self._directory()
        self._mini_table = _numbers(self._chain(self._u32(60))) if self._u32(64) else []
        self._mini_container = self._chain(self._root) if self._mini_table else b""

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(self._entries)

    def has(self, name: str) -> bool:
        """Whether there is a stream of that name."""
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, empty where there is none."""
        if name not in self._entries:
            return b""
        start, size = self._entries[name]
        if size >= _MINI_CUTOFF:
            return self._chain(start)[:size]
        return self._mini_chain(start)[:size]

    def _u16(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 2], "little")

    def _u32(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], "little")

    def _sector_bytes(self, number: int) -> bytes:
        at = (number + 1) * self._sector
        if at >= len(self._data):
            raise ValueError("sector beyond the end")
        return self._data[at : at + self._sector]

    def _check_counts(self) -> None:
        """Readers set memory aside by these counts before they look; damaged ones ended the whole process."""
        most = len(self._data) // self._sector + 1
        if any(self._u32(at) > most for at in (44, 64, 72)) or self._u32(62) > 1 << 26:
            raise ValueError("more sectors than bytes")

    def _sector_table(self) -> list[int]:
        """The allocation table: for each sector the next one of its chain."""
        sectors = list(struct.unpack("<109I", self._data[76:512]))
        following, steps = self._u32(68), len(self._data) // self._sector + 1
        while following < _END:
            if not steps:
                raise ValueError("endless table")
            numbers = _numbers(self._sector_bytes(following))
            sectors += numbers[:-1]
            following, steps = numbers[-1], steps - 1
        return [entry for sector in sectors if sector < _END for entry in _numbers(self._sector_bytes(sector))]

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _END:
            if start >= len(self._table) or len(pieces) > len(self._table):
                raise ValueError("chain")
            pieces.append(self._sector_bytes(start))
            start = self._table[start]
        return b"".join(pieces)

    def _mini_chain(self, start: int) -> bytes:
        """A small stream: 64-byte pieces of the root's stream, chained by a table of their own."""
        table, pieces = self._mini_table, list[bytes]()
        while start < _END:
            if start >= len(table) or len(pieces) > len(table):
                raise ValueError("mini chain")
            pieces.append(self._mini_container[start * _MINI_SECTOR : (start + 1) * _MINI_SECTOR])
            start = table[start]
        return b"".join(pieces)

    def _directory(self) -> dict[str, tuple[int, int]]:
        """Stream name -> (first sector, size in bytes)."""
        raw, entries = self._chain(self._u32(48)), dict[str, tuple[int, int]]()
        for at in range(0, len(raw) - 127, 128):
            name = raw[at : at + 64].decode("utf-16-le", "replace").split("\0")[0]
            entries.setdefault(name, struct.unpack("<II", raw[at + 116 : at + 124]))  # the first of a name is the one readers take
        self._root = struct.unpack("<I", raw[116:120])[0] if entries else _END
        return entries


def _numbers(raw: bytes) -> list[int]:
    return [number for (number,) in struct.iter_unpack("<I", raw[: len(raw) // 4 * 4])]
