"""Packs that no honest program would make: by whoever holds a key, of whatever segments, for whomever."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from campmgr.areas.nodes.exchange.accept import accept
from campmgr.areas.nodes.exchange.pack import Receiver, write_pack
from campmgr.areas.nodes.exchange.pack_head import (
    EVERY_SCOPE,
    MAGIC,
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
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.ids import canonical
from campmgr.ledger.chunks import KEY_SIZE, ChunkWriter
from campmgr.ledger.envelope import Stream
from campmgr.ledger.hpke import SealingKey, close_for
from campmgr.ledger.seal import KeyPair, sign
from campmgr.store.door import Writer
from campmgr.store.ledger import own_sealing_keys

AT = "2023-06-01T09:00:00+08:00"


def accept_within(w: Writer, path: Path) -> Accepted:
    """Take in a pack within a transaction that is open, so that all of it can be taken back."""
    return accept(lambda: nullcontext(w), PackReader(path, own_sealing_keys(w)))


def pack_by(
    maker: KeyPair,
    campaign: str,
    path: Path,
    segments: Iterable[Outgoing],
    *sealing_keys: str,
    keys: Mapping[str, str] | None = None,
    to: Iterable[str] = (),
) -> Path:
    """A pack that these keys open whole. `keys`: writers and their public keys, where others than the maker wrote."""
    receivers = [Receiver(key, lambda _: True) for key in sealing_keys]
    write_pack(
        path, PackHead(campaign, maker.public, tuple(to), AT), maker, receivers, keys or {maker.writer: maker.public}, segments
    )
    return path


class Written(NamedTuple):
    """A segment as lines, the first of which says what it follows and how it is sealed; true or not."""

    stream: Stream
    start: int
    end: int
    lines: list[bytes]


def pack_of_lines(maker: KeyPair, campaign: str, path: Path, parts: Sequence[Written], sealing_key: str) -> Path:
    """A pack whose form is in order, whatever the lines say: what somebody makes who knows the form and holds a key."""
    content_key, body, rows = b"k" * KEY_SIZE, bytearray(), []
    for number, part in enumerate(parts):
        closed = bytearray()
        closing = ChunkWriter(scope_key(content_key, part.stream.scope), number, closed.extend)
        closing.add(zlib.compress(b"".join(line + b"\n" for line in part.lines)))
        closing.end()
        rows.append(PackRow(part.stream, part.start, part.end, len(closed), hashlib.sha256(closed).hexdigest()))
        body += closed
    table = MAGIC + head_line(PackHead(campaign, maker.public, (), AT), len(rows), 1) + b"".join(map(row_line, rows))
    bound = bound_text(hashlib.sha256(table).hexdigest())
    front = table + letter_line(sealing_key, close_for(sealing_key, f"{content_key.hex()} {EVERY_SCOPE}".encode(), bound))
    path.write_bytes(front + signature_line(sign(maker, signed_text(hashlib.sha256(front).hexdigest()))) + body)
    return path


def lines_of_pack(path: Path, sealing_key: SealingKey) -> list[Written]:
    """The segments of an honest pack, opened."""
    parts = []
    for parcel in PackReader(path, [sealing_key]).segments():
        segment, key, values = parcel.open()
        first = [segment.previous, segment.seal.chain, segment.seal.suite, segment.seal.signature, key]
        lines = [canonical(value).encode() for value in (first, *values)]
        parts.append(Written(segment.stream, segment.start, segment.seal.seq, lines))
    return parts


def places_of(path: Path) -> tuple[int, list[tuple[int, int]]]:
    """How long the front of a pack is, and from where to where each segment lies behind it."""
    front = path.read_bytes().splitlines(keepends=True)
    head = json.loads(front[1])
    lines = 2 + head["segments"] + head["letters"] + 1
    place = body = sum(map(len, front[:lines]))
    spans = []
    for line in front[2 : 2 + head["segments"]]:
        size = json.loads(line)[4]
        spans.append((place, place + size))
        place += size
    return body, spans
