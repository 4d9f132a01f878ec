"""Packs as files: made for a node or for above, and taken in together with what then becomes due (docs/ledger.md#packs)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import chain
from pathlib import Path

from campmgr.areas.nodes.exchange.accept import accept
from campmgr.areas.nodes.exchange.giving_receipts import note_pack, receipt_due, receipt_of
from campmgr.areas.nodes.exchange.hearing_receipts import Heard, check_giver, hear, told_by
from campmgr.areas.nodes.exchange.lean import lean_for
from campmgr.areas.nodes.exchange.looking import PackLook, look_into
from campmgr.areas.nodes.exchange.pack import Packed, write_pack
from campmgr.areas.nodes.exchange.pack_head import PackHead
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.receipt import read_receipt
from campmgr.areas.nodes.exchange.receivers import receivers_of
from campmgr.areas.nodes.exchange.recovering import take_over, take_over_from
from campmgr.areas.nodes.exchange.segments import introduced, introductions, lacking, streams_for
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.local.given import note_given
from campmgr.areas.nodes.local.receipts import note_made
from campmgr.areas.nodes.queries.answered import holdings
from campmgr.areas.nodes.queries.neighbours import neighbours
from campmgr.clock import Clock, local_text, utc_text
from campmgr.disk import stick_file, why
from campmgr.errors import BadInput, CampError, Trouble
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.earlier import drop_stale
from campmgr.facts.importing import Progress, nobody_watches
from campmgr.facts.laptops import own_node
from campmgr.facts.recovery import Recovery, recovery_of, words_on
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact
from campmgr.ledger.seal import writer_of
from campmgr.store import data_file, ledger, upkeep
from campmgr.store.door import Reader, Store, uncollected
from campmgr.store.ledger import own_key, own_sealing_keys

_LONGEST_SHEET = 1 << 16


def make_pack(r: Reader, world: World, out: Path, node: str, *, whole: bool = False, empty: bool = False) -> Packed:
    """Write what a node lacks by its receipts into a pack; for "" what the nodes next to this one lack. Raises Trouble.

    `whole`: everything they are to have. What nobody's receipt tells of is sent in any case. `empty`: nothing at all, so that the
    receipt tells what is held. See `send_pack`.
    """
    maker = own_key(r)
    to = (node,) if node else neighbours(world, own_node(r, world))
    lean = lean_for(r, world, to) if to and not whole else None
    head = PackHead(world.campaign, maker.public, to, local_text(utc_text(r.clock.now())), lean.answers if lean else None)
    held = holdings(r)
    streams = {} if empty else {stream: lean.held_by(held, stream) if lean else ((),) for stream in streams_for(held, world, node)}
    lacked = {stream: lacking(held, world.campaign, stream, held_by) for stream, held_by in streams.items() if held_by}
    for stream in introductions(world, writer_of(maker.public)):
        lacked[stream] = introduced(held, world.campaign, stream, lacked.get(stream, iter(())))
    segments = chain.from_iterable(lacked.values())
    return write_pack(out, head, maker, receivers_of(r, world, to), ledger.public_keys(r), segments)


def send_pack(store: Store, out: Path, node: str = "", *, whole: bool = False, empty: bool = False) -> Packed:
    """Make a pack as `make_pack` does, and remember it, so that its receipt is known. Raises Trouble."""
    with store.reading() as r:
        world = worlds.load(r)
        packed = make_pack(r, world, out, node, whole=whole, empty=empty)
        made_at = utc_text(r.clock.now())
    with store.writing() as w:
        note_made(w, packed.pack, made_at, packed.facts, {each: world.trust.writers_of(each) for each in packed.made_for})
    return packed


def accept_pack(store: Store, file: Path, told: Progress = nobody_watches, name: str = "") -> Accepted:
    """Take in a pack, run by run: others read and write meanwhile. `told` hears how far it is; what it raises ends it. `name`: see
    `PackReader`. The receipt for its maker comes with the result.

    Raises BadInput, NotAllowed, Busy; then nothing was written. Trouble where the file cannot be read on; what is in stays.
    """
    with store.reading() as r:
        reader = PackReader(file, own_sealing_keys(r), name)
    try:
        taken = accept(partial(store.writing, alone=True), reader, told)
    except OSError as problem:
        raise Trouble(
            f"数据包读到一半读不下去了：{why(problem)}。", hint="请插好 U 盘，再接收一次同一个数据包：已写入的不会重复。"
        ) from problem
    finally:
        store.empty_log()
        drop_stale(store)
    with store.writing() as w:
        note_pack(w, reader.head.made_by, reader.head.made_at, taken)
    taken.receipt = give_receipt(store, reader.pack, reader.head.made_by, reader.heard(), taken)
    return taken


def give_receipt(
    store: Store, pack: str, made_by: str, heard: Iterable[str], taken: Accepted, *, in_any_case: bool = True
) -> bytes:
    """The receipt of a pack that was taken in; b"" where nobody is known who could read it. Others write while it is made.

    `heard`: the marks of those that the maker has. b"", too, where it would say what these said, if it is not for `in_any_case`.
    """
    with store.reading() as r, uncollected():
        due, now = receipt_due(r, pack, made_by), local_text(utc_text(r.clock.now()))
    if due is None:
        return b""
    with store.writing() as w:
        given = note_given(w, due.node, due.giver.public, due.state, due.tells, heard, in_any_case=in_any_case)
    return receipt_of(due, given, pack, now, taken) if given else b""


def look_at_pack(store: Store, file: Path, told: Progress = nobody_watches, name: str = "") -> PackLook:
    """What a pack would change, before it does. Raises as `accept_pack`."""
    with store.reading() as r:
        try:
            return look_into(r, PackReader(file, own_sealing_keys(r), name), told)
        except OSError as problem:
            raise Trouble(f"数据包读到一半读不下去了：{why(problem)}。", hint="请插好 U 盘，再试一次。") from problem


def hear_receipt(store: Store, file: Path, name: str = "") -> Heard:
    """Take in a receipt. Raises BadInput, NotAllowed; then nothing was changed."""
    with store.reading() as r:
        receipt = read_receipt(file, own_sealing_keys(r), name, partial(check_giver, r))
        lines = told_by(r, receipt)
    with store.writing() as w:
        return hear(w, receipt, lines)


def write_receipt(path: Path, receipt: bytes) -> None:
    """Put a receipt down on the stick, whole or not at all. Raises Trouble."""
    with stick_file(path, "回执") as file:
        file.write(receipt)


def read_sheet(path: Path) -> Recovery:
    """The recovery key on a sheet, or in a text file that holds the code alone. Raises BadInput."""
    try:
        text = path.read_bytes()[:_LONGEST_SHEET].decode("utf-8-sig", "replace")
    except OSError as problem:
        raise BadInput(
            f"{path.name} 读不了：{why(problem)}。", reason="unreadable_file", hint="请核对恢复单的文件名。"
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
