"""Reading a pack: its head is checked whole before anything else, then segment after segment, with bounded memory."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from campmgr.areas.nodes.exchange.pack_head import (
    EVERY_SCOPE,
    HEARD,
    LONGEST_HEAD,
    LONGEST_ROW,
    MAGIC,
    SECRET_OF,
    PackRow,
    read_head,
    read_row,
    scope_key,
)  # fmt: skip
from campmgr.areas.nodes.exchange.signed_front import SignedFront, read_line
from campmgr.errors import BadInput
from campmgr.ids import canonical
from campmgr.ledger.chunks import KEY_SIZE, opened_chunks
from campmgr.ledger.hpke import SealingKey
from campmgr.ledger.seal import Seal
from campmgr.ledger.segment import Damaged, Segment

_PIECE = 1 << 18
_LONGEST_LINE = 4 << 20
"""Bytes of a fact's line. What is longer no program of ours has written."""


class Opened(NamedTuple):
    """A segment that was opened, its writer's public key, and the values of its facts' lines, one after another."""

    segment: Segment
    key: str
    values: Iterator[Any]


class PackReader:
    """Reads a pack. Raises BadInput when it is none, newer, or its head is not as its maker signed it.

    `name`: what the file was called where it came from, for sentences; its own name where nothing is said.
    """

    def __init__(self, path: Path, sealing_keys: Iterable[SealingKey] = (), name: str = "") -> None:
        self.path = path
        self.name = name or path.name
        try:
            with path.open("rb") as file:
                self._read_head(file, sealing_keys)
                size = file.seek(0, 2)
        except OSError as problem:
            raise BadInput(f"打不开数据包 {self.name}。", reason="unreadable_file", hint="请检查路径和 U 盘。") from problem
        except ValueError as problem:
            raise damaged(self.name) from problem
        self.has_more = size > self._body + self._size
        """Whether something stands behind the last segment that the head says nothing of."""

    @property
    def is_readable(self) -> bool:
        """Whether one of the keys given opens any of it."""
        return self._keys is not None

    def _read_head(self, file: BinaryIO, sealing_keys: Iterable[SealingKey]) -> None:
        """Head, table, letters and signature; places are kept, rows are read again when they are needed."""
        front = SignedFront(file, MAGIC, "数据包")
        self.head, self._rows, letters = read_head(front.line(LONGEST_HEAD))
        self._table = file.tell()
        self._size = sum(read_row(front.line(LONGEST_ROW)).size for _ in range(self._rows))
        front.read_letters(letters, {key.public: key.private for key in sealing_keys})
        self.pack = front.check(self.head.made_by)
        """The pack's id: what its maker signed."""
        self._body = file.tell()
        letter = front.opened()
        self._keys = None if letter is None else _keys_of(letter)
        """Keys by what they are for; None when no letter is for here."""

    def key_of(self, scope: str) -> bytes | None:
        """The key of a scope's segments; None where they are closed for others."""
        keys = self._keys or {}
        return scope_key(keys[EVERY_SCOPE], scope) if EVERY_SCOPE in keys else keys.get(scope)

    def secrets(self) -> dict[str, str]:
        """The secrets of units that its maker gave with it, as hex."""
        return {name[len(SECRET_OF) :]: key.hex() for name, key in (self._keys or {}).items() if name.startswith(SECRET_OF)}

    def heard(self) -> list[str]:
        """The marks of this file's receipts that its maker had by then, the newest first."""
        return [key.hex() for name, key in (self._keys or {}).items() if name.startswith(HEARD)]

    def rows(self) -> Iterator[PackRow]:
        """The table of segments."""
        with self.path.open("rb") as file:
            file.seek(self._table)
            for _ in range(self._rows):
                yield read_row(read_line(file, LONGEST_ROW))

    def segments(self) -> Iterator[Parcel]:
        """Every segment of the table, unopened."""
        place = self._body
        for number, row in enumerate(self.rows()):
            yield Parcel(self.path, row, number, place, self.key_of(row.stream.scope))
            place += row.size


class Parcel(NamedTuple):
    """A segment as it lies in a pack. `key` is None where it is closed for others."""

    path: Path
    row: PackRow
    number: int
    place: int
    key: bytes | None

    def open(self) -> Opened:
        """Open it; what is wrong with its facts shows while they are read. Raises Damaged."""
        lines = self._lines()
        inside = _json(next(lines, b""))
        if not isinstance(inside, list) or [type(part) for part in inside] != [str] * 5:
            raise Damaged("片段读不懂")
        previous, chain, suite, signature, key = inside
        row = self.row
        return Opened(Segment(row.stream, row.start, previous, Seal(row.end, chain, suite, signature)), key, self._values(lines))

    def _values(self, lines: Iterator[bytes]) -> Iterator[Any]:
        for _ in range(self.row.length):
            line = next(lines, None)
            if line is None:
                raise Damaged("片段不完整")
            yield _json(line)
        if next(lines, None) is not None:
            raise Damaged("片段里多出了内容")

    def _lines(self) -> Iterator[bytes]:
        """Decompressed piece by piece; no line gets longer than a sane fact is."""
        loosen, rest = zlib.decompressobj(), b""
        for piece in self._pieces():
            waiting, loose = piece, b""
            while waiting or len(loose) == _PIECE:  # a full piece: there may be more inside that needs no more input
                try:
                    loose = loosen.decompress(waiting, _PIECE)
                except zlib.error as problem:
                    raise Damaged("片段解不开") from problem
                waiting = loosen.unconsumed_tail
                *whole, rest = (rest + loose).split(b"\n")
                yield from whole
                if len(rest) > _LONGEST_LINE:
                    raise Damaged("一行太长")
        if rest or not loosen.eof or loosen.unused_data:
            raise Damaged("片段不完整")

    def _pieces(self) -> Iterator[bytes]:
        digest = hashlib.sha256()
        with self.path.open("rb") as file:
            file.seek(self.place)

            def read(size: int) -> bytes:
                closed = file.read(size)
                digest.update(closed)
                return closed

            try:
                yield from opened_chunks(self.key or b"\0" * KEY_SIZE, self.number, self.row.size, read)
            except ValueError as problem:
                raise Damaged("片段的内容被改动或不完整") from problem
        if digest.hexdigest() != self.row.digest:
            raise Damaged("片段与包头所列的不符")


def damaged(name: str, what: str = "") -> BadInput:
    """The refusal of a pack of which nothing can be trusted."""
    return BadInput(f"数据包 {name} 已损坏或被改动{'：' + what if what else ''}，没有写入任何内容。", reason="damaged_pack",
                    hint="请重新拷贝，或请对方重新制作。")  # fmt: skip


def _keys_of(text: bytes) -> Mapping[str, bytes]:
    """What a letter says. One that is garbled gives no keys."""
    try:
        pairs = (line.partition(" ") for line in text.decode().split("\n"))
        return {name: bytes.fromhex(key) for key, _, name in pairs if len(key) == 2 * KEY_SIZE}
    except ValueError:
        return {}


def _json(line: bytes) -> Any:
    try:
        value = json.loads(line.decode())
        if b"\\u" in line:
            canonical(value).encode()
    except (ValueError, RecursionError) as problem:
        raise Damaged("一行读不懂") from problem
    return value
