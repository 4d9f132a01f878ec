"""Packs as files: made for a node or for above, and taken in together with what then becomes due (docs/ledger.md#packs)."""

from __future__ import annotations

from pathlib import Path

from campmgr.areas.nodes.exchange.accept import Accepted, accept
from campmgr.areas.nodes.exchange.pack import Packed, PackHeader, write_pack
from campmgr.areas.nodes.exchange.segments import streams_for, whole_stream
from campmgr.clock import local_text, utc_text
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader, Store
from campmgr.store.identity import WRITER

RESULTS = {
    "new": "已写入",
    "known": "本来就有",
    "gap": "缺前一段，已暂存",
    "not_for_here": "不属于本节点，没有写入",
    "refused": "记录不合规范，这一段没有写入",
}
"""What became of a segment, in words."""


def make_pack(r: Reader, world: World, out: Path, node: str) -> Packed:
    """Write what a node is to have (everything for "") into a pack. Raises Trouble."""
    header = PackHeader(world.campaign, r.meta(WRITER), node, local_text(utc_text(r.clock.now())))
    streams = streams_for(r, world, node)
    keys = ledger.public_keys(r)
    writers = sorted({stream.writer for stream in streams})
    segments = (piece for stream in streams for piece in whole_stream(r, world.campaign, stream))
    return write_pack(out, header, [(writer, keys[writer]) for writer in writers], segments)


def accept_pack(store: Store, file: Path) -> Accepted:
    """Take in a pack. Raises BadInput, NotAllowed; then nothing was written."""
    with store.writing(alone=True) as w:
        taken = accept(w, file)
    store.empty_log()
    return taken
