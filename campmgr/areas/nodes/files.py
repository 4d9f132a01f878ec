"""Packs as files: made for a node or for above, and taken in together with what then becomes due (docs/ledger.md#packs)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from campmgr.areas.nodes.exchange.accept import accept
from campmgr.areas.nodes.exchange.pack import Packed, write_pack
from campmgr.areas.nodes.exchange.pack_head import PackHead
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.receivers import neighbours, receivers_of
from campmgr.areas.nodes.exchange.recovering import take_over, take_over_from
from campmgr.areas.nodes.exchange.segments import streams_for, whole_stream
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.clock import Clock, local_text, utc_text
from campmgr.errors import BadInput, CampError, Trouble
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.importing import Progress, nobody_watches
from campmgr.facts.laptops import laptop
from campmgr.facts.recovery import Recovery, recovery_of, words_on
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact, Stream, scope_unit
from campmgr.store import data_file, ledger, upkeep
from campmgr.store.door import Reader, Store
from campmgr.store.identity import PREDECESSOR, WRITER
from campmgr.store.ledger import own_key, own_sealing_keys

_LONGEST_SHEET = 1 << 16

RESULTS = {
    "new": "已写入",
    "known": "本来就有",
    "gap": "缺前一段，已暂存",
    "not_for_here": "不属于本电脑，没有写入",
    "damaged": "已损坏，没有写入；其余已写入",
    "refused": "记录不合规范，没有写入；其余已写入",
}
"""What became of a segment, in words."""


def odd_segments(world: World, taken: Accepted) -> list[tuple[str, str]]:
    """Every segment that was not simply taken: which one, and what became of it."""
    found = []
    for place, each in enumerate(taken.segments, 1):
        forked = "；同一编号有两份记录（文件曾被复制或恢复），两份都保留" if each.forked else ""
        if each.result not in {"new", "known"} or forked:
            why = f"：{each.why}" if each.result == "damaged" else ""
            where = f"第 {place} 段（{_place(world, each.stream)}，第 {each.start}–{each.end} 条）"
            found.append((where, RESULTS[each.result] + why + forked))
    return found


def _place(world: World, stream: Stream) -> str:
    unit = world.tree.units.get(scope_unit(stream.scope) or "")
    return f"{laptop(world, stream.writer)}写在“{unit.name if unit else stream.scope}”"


def make_pack(r: Reader, world: World, out: Path, node: str) -> Packed:
    """Write what a node is to have into a pack; for "" everything, for the nodes next to this one. Raises Trouble."""
    known = [world.trust.node_of(writer) for writer in (r.meta(WRITER), r.meta(PREDECESSOR))]  # a copy may not have said so yet
    own, maker = next(filter(None, known), ""), own_key(r)
    to = (node,) if node else neighbours(world.trust, own)
    head = PackHead(world.campaign, maker.public, to, local_text(utc_text(r.clock.now())))
    streams = streams_for(r, world, node)
    segments = (piece for stream in streams for piece in whole_stream(r, world.campaign, stream))
    return write_pack(out, head, maker, receivers_of(r, world, to), ledger.public_keys(r), segments)


def accept_pack(store: Store, file: Path, told: Progress = nobody_watches, name: str = "") -> Accepted:
    """Take in a pack, run by run: others read and write meanwhile. `told` hears how far it is; what it raises ends it. `name`: see
    `PackReader`.

    Raises BadInput, NotAllowed, Busy; then nothing was written. Trouble where the file cannot be read on; what is in stays.
    """
    with store.reading() as r:
        reader = PackReader(file, own_sealing_keys(r), name)
    try:
        return accept(partial(store.writing, alone=True), reader, told)
    except OSError as problem:
        raise Trouble(
            f"数据包读到一半读不下去了：{problem.strerror}。", hint="请插好 U 盘，再接收一次同一个数据包：已写入的不会重复。"
        ) from problem
    finally:
        store.empty_log()


def read_sheet(path: Path) -> Recovery:
    """The recovery key on a sheet, or in a text file that holds the code alone. Raises BadInput."""
    try:
        text = path.read_bytes()[:_LONGEST_SHEET].decode("utf-8-sig", "replace")
    except OSError as problem:
        raise BadInput(
            f"{path.name} 读不了：{problem.strerror}。", reason="unreadable_file", hint="请核对恢复单的文件名。"
        ) from problem
    return recovery_of(words_on(text))


def recover_root(path: Path, source: Path, recovery: Recovery, plan: Catalogue, clock: Clock | None = None) -> Fact:
    """Make a new data file of a backup, or of a pack that was made for the root, and make it the camp's root.

    Raises BadInput, NotFound, Trouble; then nothing is left.
    """
    is_backup = upkeep.is_data_file(source)
    try:
        if is_backup:
            upkeep.restore(source, path, plan)
        else:
            data_file.close(data_file.create(path, plan, clock))
        with data_file.opened(path, plan, clock) as store, store.writing(alone=True, begins=False) as w:
            return take_over(w, recovery) if is_backup else take_over_from(w, source, recovery)
    except CampError:
        for left in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            left.unlink(missing_ok=True)
        raise
