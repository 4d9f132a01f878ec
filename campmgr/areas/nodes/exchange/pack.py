"""Making a pack: segments in one file, each compressed and closed alone for those it is made for (docs/formats.md#packs)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

from campmgr.areas.nodes.exchange.pack_head import (
    EVERY_SCOPE,
    HEARD,
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
from campmgr.disk import stick_file
from campmgr.ids import canonical, random_key
from campmgr.ledger.chunks import ChunkWriter
from campmgr.ledger.hpke import close_for
from campmgr.ledger.seal import KeyPair, sign
from campmgr.ledger.segment import fact_line

_BLOCK = 1 << 18


class Receiver(NamedTuple):
    """Who is to open a pack: the public half of a sealing key, which scopes its holder may read, and what else they are told.

    `secrets`: units and their keys; `heard`: the marks of their receipts that are here, the newest first.
    """

    sealing_key: str
    may_read: Callable[[str], bool]
    secrets: tuple[tuple[str, str], ...] = ()
    heard: Sequence[str] = ()


class Packed(NamedTuple):
    """What was written, for which nodes, the pack's id (what its maker signed), and the pack whose receipts it builds on."""

    streams: int
    facts: int
    bytes: int
    made_for: tuple[str, ...]
    pack: str
    answers: str | None


def write_pack(
    path: Path, head: PackHead, maker: KeyPair, receivers: Sequence[Receiver], keys: Mapping[str, str], segments: Iterable[Outgoing]
) -> Packed:
    """Write a pack as a file for a stick. `keys`: writer to public key. Raises Trouble."""
    with stick_file(path, "数据包") as file, TemporaryFile() as body:
        rows, content_key = [], bytes.fromhex(random_key())
        for number, each in enumerate(segments):
            key = scope_key(content_key, each.segment.stream.scope)
            rows.append(_write_segment(body, key, number, each, keys[each.segment.stream.writer]))
        body.seek(0)
        pack, front = _front(head, maker, receivers, rows, content_key)
        file.write(front)
        while block := body.read(_BLOCK):
            file.write(block)
    return Packed(len({row.stream for row in rows}), sum(row.length for row in rows), file.size, head.made_for, pack, head.answers)


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


def _front(
    head: PackHead, maker: KeyPair, receivers: Sequence[Receiver], rows: Sequence[PackRow], content_key: bytes
) -> tuple[str, bytes]:
    """Head, table, letters and signature; before them the pack's id."""
    scopes = list(dict.fromkeys(row.stream.scope for row in rows))
    table = MAGIC + head_line(head, len(rows), len(receivers)) + b"".join(map(row_line, rows))
    bound = bound_text(hashlib.sha256(table).hexdigest())
    letters = (
        letter_line(each.sealing_key, close_for(each.sealing_key, _letter(each, scopes, content_key), bound)) for each in receivers
    )
    front = table + b"".join(letters)
    pack = hashlib.sha256(front).hexdigest()
    return pack, front + signature_line(sign(maker, signed_text(pack)))


def _letter(receiver: Receiver, scopes: Sequence[str], content_key: bytes) -> bytes:
    """Lines of a key and what it is for: the content key for who may read everything, else one for each scope; and what else."""
    readable = [scope for scope in scopes if receiver.may_read(scope)]
    lines = [f"{scope_key(content_key, scope).hex()} {scope}" for scope in readable]
    lines = [f"{content_key.hex()} {EVERY_SCOPE}"] if readable == scopes else lines
    lines += [f"{key} {SECRET_OF}{unit}" for unit, key in receiver.secrets]
    return "\n".join(lines + [f"{mark} {HEARD}{place}" for place, mark in enumerate(receiver.heard)]).encode()
