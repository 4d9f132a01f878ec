"""Making a pack: segments in one file, each compressed and closed alone for those it is made for (docs/formats.md#packs)."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

from campmgr.areas.nodes.exchange.pack_head import (
    EVERY_SCOPE,
    MAGIC,
    SECRET_OF,
    PackHead,
    PackRow,
    bound_text,
    head_line,
    letter_line,
    row_line,
    scope_key,
    signature_line,
    signed_text,
)  # fmt: skip
from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.disk import close_to_others, put_in_place
from campmgr.errors import Trouble
from campmgr.ids import canonical, random_key
from campmgr.ledger.chunks import ChunkWriter
from campmgr.ledger.hpke import close_for
from campmgr.ledger.seal import KeyPair, sign
from campmgr.ledger.segment import fact_line


class Receiver(NamedTuple):
    """Who is to open a pack: the public half of a sealing key, which scopes its holder may read, the secrets they are given."""

    sealing_key: str
    may_read: Callable[[str], bool]
    secrets: tuple[tuple[str, str], ...] = ()


class Packed(NamedTuple):
    """What was written, and for how many nodes."""

    streams: int
    facts: int
    bytes: int
    receivers: int


def write_pack(
    path: Path, head: PackHead, maker: KeyPair, receivers: Sequence[Receiver], keys: Mapping[str, str], segments: Iterable[Outgoing]
) -> Packed:
    """Write a pack beside its place and put it there in one step. `keys`: writer to public key. Raises Trouble."""
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("w+b") as file, TemporaryFile() as body:
            rows, content_key = [], bytes.fromhex(random_key())
            for number, each in enumerate(segments):
                key = scope_key(content_key, each.segment.stream.scope)
                rows.append(_write_segment(body, key, number, each, keys[each.segment.stream.writer]))
            body.seek(0)
            _write_head(file, head, maker, receivers, rows, content_key)
            shutil.copyfileobj(body, file)
            size = file.tell()
            file.flush()
            os.fsync(file.fileno())
        put_in_place(fresh, path)
        close_to_others(path)
    except OSError as problem:
        fresh.unlink(missing_ok=True)
        raise Trouble(f"数据包写不到 {path.name}：{problem.strerror}。", hint="请检查 U 盘空间和写保护。") from problem
    return Packed(len({row.stream for row in rows}), sum(row.length for row in rows), size, len(head.made_for))


def _write_segment(body: BinaryIO, key: bytes, number: int, each: Outgoing, public: str) -> PackRow:
    """One segment, closed: what it follows, its seal and its writer's key, then a line for each fact."""
    segment, facts = each
    digest, squeeze, size = hashlib.sha256(), zlib.compressobj(6), 0

    def put(data: bytes) -> None:
        nonlocal size
        size += len(data)
        digest.update(data)
        body.write(data)

    closing = ChunkWriter(key, number, put)
    inside = [segment.previous, segment.seal.chain, segment.seal.suite, segment.seal.signature, public]
    closing.add(squeeze.compress(canonical(inside).encode() + b"\n"))
    for fact in facts:
        closing.add(squeeze.compress(fact_line(fact).encode() + b"\n"))
    closing.add(squeeze.flush())
    closing.end()
    return PackRow(segment.stream, segment.start, segment.seal.seq, size, digest.hexdigest())


def _write_head(
    file: BinaryIO, head: PackHead, maker: KeyPair, receivers: Sequence[Receiver], rows: Sequence[PackRow], content_key: bytes
) -> None:
    digest = hashlib.sha256()

    def put(line: bytes) -> None:
        digest.update(line)
        file.write(line)

    scopes = list(dict.fromkeys(row.stream.scope for row in rows))
    put(MAGIC)
    put(head_line(head, len(rows), len(receivers)))
    for row in rows:
        put(row_line(row))
    bound = bound_text(digest.hexdigest())
    for each in receivers:
        put(letter_line(each.sealing_key, close_for(each.sealing_key, _letter(each, scopes, content_key), bound)))
    file.write(signature_line(sign(maker, signed_text(digest.hexdigest()))))


def _letter(receiver: Receiver, scopes: Sequence[str], content_key: bytes) -> bytes:
    """Lines of a key and what it is for: the content key for who may read everything, else one for each scope; secrets of units."""
    readable = [scope for scope in scopes if receiver.may_read(scope)]
    lines = [f"{scope_key(content_key, scope).hex()} {scope}" for scope in readable]
    lines = [f"{content_key.hex()} {EVERY_SCOPE}"] if readable == scopes else lines
    return "\n".join(lines + [f"{key} {SECRET_OF}{unit}" for unit, key in receiver.secrets]).encode()
