"""A pack: segments in one file, made once, read many times, never changed (the file on a stick).

Two lines of text, then compressed lines of JSON: a header, the writers' public keys, segments with their facts, an end line.
The second line is the SHA-256 of all that follows it, so that a flipped bit or a file cut short is seen before anything is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.disk import close_to_others, put_in_place
from campmgr.errors import BadInput, Trouble
from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream
from campmgr.ledger.seal import Seal
from campmgr.ledger.segment import Damaged, Segment, fact_line

_MAGIC = b"campmgr pack 1\n"
_PIECE = 1 << 16
_LONGEST_LINE = 8 << 20


@dataclass(frozen=True, slots=True)
class PackHeader:
    """Whose camp, made by which writer, for which node ("" for anyone), when."""

    campaign: str
    made_by: str
    made_for: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written."""

    streams: int
    facts: int
    bytes: int


def write_pack(path: Path, header: PackHeader, keys: Iterable[tuple[str, str]], segments: Iterable[Outgoing]) -> Packed:
    """Write a pack beside its place and put it there in one step. Raises Trouble when the disk will not have it."""
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("w+b") as file:
            streams, facts = _write(file, header, keys, segments)
            size = file.seek(0, os.SEEK_END)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(fresh, path)
        close_to_others(path)
    except OSError as problem:
        fresh.unlink(missing_ok=True)
        raise Trouble(f"数据包写不到 {path.name}：{problem.strerror}。", hint="请检查 U 盘空间和写保护。") from problem
    return Packed(streams, facts, size)


def _write(file: BinaryIO, header: PackHeader, keys: Iterable[tuple[str, str]], segments: Iterable[Outgoing]) -> tuple[int, int]:
    file.write(_MAGIC + b"0" * 64 + b"\n")
    digest, squeeze = hashlib.sha256(), zlib.compressobj(6)
    streams: set[Stream] = set()
    facts = 0

    def line(text: str) -> None:
        put(squeeze.compress(text.encode("utf-8", "surrogatepass") + b"\n"))

    def put(data: bytes) -> None:
        digest.update(data)
        file.write(data)

    line(canonical({"campaign": header.campaign, "by": header.made_by, "for": header.made_for, "at": header.made_at}))
    for writer, public in keys:
        line(canonical({"key": [writer, public]}))
    for segment, content in segments:
        line(canonical({"segment": [*segment.stream, segment.start, segment.previous, *segment.seal]}))
        streams.add(segment.stream)
        for fact in content:
            line(fact_line(fact))
            facts += 1
    line(canonical({"end": facts}))
    put(squeeze.flush())
    file.seek(len(_MAGIC))
    file.write(digest.hexdigest().encode())
    return len(streams), facts


class PackReader:
    """Reads a pack, once its digest has been seen to fit. Iterate over `segments()`, and over each one's lines before the next."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _check_digest(path)
        self._lines = _lines(path)
        self.header = self._header()
        self.keys: dict[str, str] = {}
        self._facts = 0

    def _header(self) -> PackHeader:
        first = _json(next(self._lines, ""))
        try:
            return PackHeader(*(str(first[name]) for name in ("campaign", "by", "for", "at")))
        except (KeyError, TypeError) as problem:
            raise damaged(self._path) from problem

    def segments(self) -> Iterator[tuple[Segment, Iterator[Any]]]:
        """Each segment with the values of its facts' lines. Raises BadInput "damaged_pack"."""
        for text in self._lines:
            value = _json(text)
            if not isinstance(value, dict):
                raise damaged(self._path)
            if "key" in value:
                writer, public = _strings(value["key"], 2, self._path)
                self.keys[writer] = public
            elif "segment" in value:
                segment = _segment(value["segment"], self._path)
                values = self._values(segment.length)
                yield segment, values
                for _ in values:  # what nobody wanted is passed over
                    pass
            elif value.get("end") == self._facts and next(self._lines, None) is None:
                return
            else:
                raise damaged(self._path)
        raise damaged(self._path)

    def _values(self, count: int) -> Iterator[Any]:
        for _ in range(count):
            text = next(self._lines, None)
            if text is None:
                raise damaged(self._path)
            self._facts += 1
            yield _json(text)


def damaged(path: Path, what: str = "") -> BadInput:
    """The refusal of a pack whose bytes do not fit."""
    return BadInput(f"数据包 {path.name} 已损坏或被改动{'：' + what if what else ''}，没有写入任何内容。", reason="damaged_pack",
                    hint="请重新拷贝，或请对方重新制作。")  # fmt: skip


def _check_digest(path: Path) -> None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            magic, told = file.read(len(_MAGIC)), file.read(65)
            if magic[:13] == _MAGIC[:13] and magic != _MAGIC and magic[13:14].isdigit() and magic[13:14] > b"1":
                raise BadInput("数据包由更新版本的程序制作。", reason="newer_pack", hint="请升级 campmgr。")
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as problem:
        raise BadInput(f"打不开数据包 {path.name}。", reason="unreadable_file", hint="请检查路径和 U 盘。") from problem
    if magic != _MAGIC or told != digest.hexdigest().encode() + b"\n":
        raise damaged(path)


def _lines(path: Path) -> Iterator[str]:
    """The lines, decompressed piece by piece; a line never gets longer than a sane fact is."""
    loosen = zlib.decompressobj()
    rest = b""
    with path.open("rb") as file:
        file.seek(len(_MAGIC) + 65)
        while piece := file.read(_PIECE):
            try:
                rest += loosen.decompress(piece, 4 * _LONGEST_LINE)
                while loosen.unconsumed_tail:
                    *whole, rest = rest.split(b"\n")
                    yield from (line.decode("utf-8", "surrogatepass") for line in whole)
                    rest += loosen.decompress(loosen.unconsumed_tail, 4 * _LONGEST_LINE)
            except (zlib.error, UnicodeDecodeError) as problem:
                raise damaged(path) from problem
            *whole, rest = rest.split(b"\n")
            if len(rest) > _LONGEST_LINE:
                raise damaged(path)
            yield from (line.decode("utf-8", "surrogatepass") for line in whole)
    if rest or not loosen.eof or loosen.unused_data:
        raise damaged(path)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _strings(value: object, count: int, path: Path) -> list[str]:
    if not isinstance(value, list) or len(value) != count or not all(isinstance(part, str) for part in value):
        raise damaged(path)
    return value


def _segment(value: object, path: Path) -> Segment:
    if not isinstance(value, list) or [type(part) for part in value] != [str, str, int, str, int, str, str, str]:
        raise damaged(path)
    scope, writer, start, previous, seq, chain, suite, signature = value
    return Segment(Stream(scope, writer), start, previous, Seal(seq, chain, suite, signature))


__all__ = ["Damaged", "PackHeader", "PackReader", "Packed", "damaged", "write_pack"]
