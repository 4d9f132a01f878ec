"""Taking in a pack: its good segments, what had waited for them, then what this file says to it of its own.

`public` and the tree decide about the rest, and go in first, in one transaction. Then segments go in some at a time: read and
checked while nobody waits, written in a transaction of their own (docs/decisions.md#runs). What is in stays; whoever was cut off
takes the same pack in again. What comes from elsewhere and holds always goes in: whatever this file does on its own after that
(introducing itself, letting go of lost scopes, carrying, telling) and cannot do is taken back, told in a note, and keeps nothing
out (docs/ledger.md#packs).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from itertools import chain
from typing import TypeVar

from campmgr.areas.nodes.exchange.giving_up import shed_lost_scopes
from campmgr.areas.nodes.exchange.noticing import notice_behind, notice_undone
from campmgr.areas.nodes.exchange.pack_reader import PackReader, damaged
from campmgr.areas.nodes.exchange.taking import Accepted, Incoming, Taking
from campmgr.areas.nodes.local.incoming import BEHIND, count_pack, drop_noticed, let_go
from campmgr.clock import seconds_passed, utc_text
from campmgr.errors import BadInput, Busy, CampError, NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.importing import Progress, nobody_watches
from campmgr.facts.quarantine import stretches_out
from campmgr.facts.saying import carry, introduce
from campmgr.facts.secret import held_keys, keep_key
from campmgr.facts.streaming import Pace
from campmgr.facts.under_way import PACK, UnderWay, claim_of, drop_under_way, note_under_way, under_way
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Stream, scope_unit
from campmgr.ledger.seal import writer_of
from campmgr.store import ledger
from campmgr.store.claims import claimed
from campmgr.store.door import Reader, Writer, uncollected
from campmgr.store.fault_log import remember
from campmgr.store.identity import PREDECESSOR, WRITER, own_writers

_FIRST_RUN = 200
"""Facts of the first run; those after it have as many as fit into the time a run may take."""

_CARRIED = 400
"""Facts carried in one transaction."""

_Came = TypeVar("_Came")

Turn = Callable[[], AbstractContextManager[Writer]]
"""Gives one transaction after another; others may write in between."""


def accept(turn: Turn, reader: PackReader, told: Progress = nobody_watches) -> Accepted:
    """Take in a pack, then carry what it has made due. Raises as `take_in` does."""
    taken = take_in(turn, reader, told)
    carried = _CARRIED
    while carried == _CARRIED:
        with turn() as w:
            carried = _on_its_own(w, taken, "转送", partial(carry, most=_CARRIED)) or 0
    return taken


def take_in(turn: Turn, reader: PackReader, told: Progress = nobody_watches) -> Accepted:
    """Take in the good segments of a pack and say nothing to them. `told` hears how many facts of how many are done.

    Raises BadInput for a pack that can be trusted in nothing, newer or of another camp, NotAllowed when it brings no grant, Busy
    while another of the same maker is being taken in; then nothing was written. What `told` raises ends it between two runs: what
    is in stays.
    """
    with claimed(claim_of(_batch_of(reader))) as mine:
        if not mine:
            raise Busy("同一台电脑的数据包正在接收。", hint="请等它完成。")
        return _take_in(turn, reader, told)


def _take_in(turn: Turn, reader: PackReader, told: Progress) -> Accepted:
    taken, pace, whole = Accepted(), Pace(_FIRST_RUN), sum(row.length for row in reader.rows())
    with turn() as w:
        check_campaign(w, reader)
        _join(w, reader, taken)
        incoming = (Incoming(reader.head.campaign, kinds_of(w), parcel) for parcel in reader.segments())
        first, rest = _deciding(incoming)
        held = _own_ends(w, reader)
        _take(w, first, taken)
        _check_enrolled(w, reader.name)
        _note(w, reader, taken, whole)
    for run in _runs(rest, pace):
        told(_done(taken), whole)
        with turn() as w:
            began = seconds_passed()
            _take(w, run, taken)
            _note(w, reader, taken, whole)
        pace.took(seconds_passed() - began)
    if reader.has_more:
        taken.notes.append("数据包末尾多出了内容，没有理会。")
    with turn() as w:
        drop_under_way(w, _batch_of(reader))
        if not taken.segments or any(each.result != "damaged" for each in taken.segments):
            _finish(w, reader, taken)
            _tell_behind(w, reader, taken, held)
            return taken
    raise damaged(reader.name, taken.segments[0].why)


def _own_ends(r: Reader, reader: PackReader) -> dict[Stream, int]:
    """How far this file holds what a pack has of its own words, under each of its keys, or held it when it let go of a scope."""
    campaign, own, gone = r.meta("campaign"), own_writers(r), let_go(r)
    named = {row.stream for row in reader.rows() if row.stream.writer in own}
    return {each: max(ledger.head(r, campaign, each).seq, gone.get(each, 0)) for each in named}


def _tell_behind(w: Writer, reader: PackReader, taken: Accepted, held: dict[Stream, int]) -> None:
    """Whoever made the pack may hold more of this file's own words than it did: then it is a copy of before they were in it.

    The file it is a copy of sends all of them in a whole pack, and nothing is lacking any more.
    """
    own, now, named = own_writers(w), _own_ends(w, reader), dict[Stream, int]()
    for each in taken.segments:
        if each.stream.writer in own and each.result != "not_for_here":
            named[each.stream] = max(each.end, named.get(each.stream, 0))
    lacked = {stream: end for stream, end in named.items() if end > held.get(stream, 0)}
    brought = sum(max(0, min(end, now.get(stream, 0)) - held.get(stream, 0)) for stream, end in lacked.items())
    left = sum(max(0, end - now.get(stream, 0)) for stream, end in lacked.items())
    if not left and reader.head.answers is None and writer_of(reader.head.made_by) in own:
        drop_noticed(w, BEHIND, BEHIND)
    elif lacked:
        taken.notes.append(notice_behind(w, brought, left))


def _deciding(incoming: Iterator[Incoming]) -> tuple[list[Incoming], Iterator[Incoming]]:
    """The segments of `public` and of the tree at the beginning, and all after them."""
    first: list[Incoming] = []
    for each in incoming:
        if scope_unit(each.row.stream.scope) is not None:
            return first, chain([each], incoming)
        first.append(each)
    return first, incoming


def _runs(incoming: Iterable[Incoming], pace: Pace) -> Iterator[list[Incoming]]:
    """Segments of about as many facts as the pace allows, read and checked as far as they fit into memory."""
    run: list[Incoming] = []
    for each in incoming:
        if run and sum(one.row.length for one in (*run, each)) > pace.rows:
            yield run
            run = []
        with uncollected():
            each.read_ahead()
        run.append(each)
    if run:
        yield run


def _take(w: Writer, some: Iterable[Incoming], taken: Accepted) -> None:
    taking = Taking(w, taken)
    for each in some:
        taking.take(each)
    taking.finish()


def _finish(w: Writer, reader: PackReader, taken: Accepted) -> None:
    """What a pack asks for once all of it is in."""
    count_pack(w)
    _keep_secrets(w, reader)
    _on_its_own(w, taken, "清理不再归本机的范围", shed_lost_scopes)
    streams = ledger.streams(w) if taken.rights_changed else {each.stream for each in taken.segments}
    taken.quarantined = quarantined(w, streams)


def _batch_of(reader: PackReader) -> str:
    """What the packs of one maker are noted under: a later one holds all that an earlier one did."""
    return hash_id(PACK, reader.head.made_by, reader.head.made_for)


def _note(w: Writer, reader: PackReader, taken: Accepted, whole: int) -> None:
    batch, now = _batch_of(reader), utc_text(w.clock.now())
    earlier = under_way(w, batch)
    since = earlier.started_at if earlier else now
    note_under_way(w, UnderWay(batch, PACK, reader.name, batch, "", since, now, _done(taken), whole, taken.new, 0, {}))


def _done(taken: Accepted) -> int:
    """Facts that have been read so far."""
    return sum(each.end - each.start + 1 for each in taken.segments)


def check_campaign(r: Reader, reader: PackReader) -> None:
    """Refuse a pack of another camp, closed for others, or without a grant where one is needed. Raises BadInput, NotAllowed."""
    own = r.meta("campaign")
    if own and own != reader.head.campaign:
        raise BadInput("数据包属于另一个训练营，没有写入。", reason="wrong_campaign", hint="请核对数据包。")
    asked = own_writers(r).intersection(reader.head.made_for)
    if not own and not asked:
        raise NotAllowed("这个数据包不是上级给这份数据文件的授权。", reason="not_enrolled",
                         hint="请把加入申请交给上级，再接收上级返回的文件。",
                         at_console="请把 campmgr node request 的文件交给上级，再接收上级返回的文件。")  # fmt: skip
    if not reader.is_readable:
        raise NotAllowed("这个数据包不是给这份数据文件的，打不开，没有写入。", reason="sealed_pack",
                         hint="请对方为这台电脑另做一个数据包，或由它的收件方转交。",
                         at_console="请对方用 campmgr pack make --for 为本机制作，或由它的收件方转交。")  # fmt: skip


def _join(w: Writer, reader: PackReader, taken: Accepted) -> None:
    """A file that belongs to no camp yet belongs to that of the pack from now on."""
    if not w.meta("campaign"):
        if w.meta(WRITER) in reader.head.made_for:  # the grant names today's writer, so it has nobody to succeed
            w.drop_meta(PREDECESSOR)
        w.set_meta("campaign", reader.head.campaign)
        # a file restored before it was granted anything has a camp to say it in only now
        _on_its_own(w, taken, "说明这份文件接替了谁", introduce)


def _check_enrolled(w: Writer, name: str) -> None:
    trust = worlds.load(w).trust
    if not trust.root:
        raise damaged(name, "没有本营的开营记录")
    if not trust.node_of(w.meta(WRITER)):
        raise NotAllowed(
            "这个数据包里没有给这份数据文件的授权。",
            reason="not_enrolled",
            hint="请上级重新同意这台电脑加入。",
            at_console="请上级重新办理 campmgr node enrol。",
        )


def _keep_secrets(w: Writer, reader: PackReader) -> None:
    """Keep the secret of the unit that was granted, from whoever stands above; one that is there stays: ids were made from it."""
    trust, maker = worlds.load(w).trust, writer_of(reader.head.made_by)
    own = trust.node_of(w.meta(WRITER))
    if trust.node_of(maker) in trust.above(own) and trust.speaks(maker):
        granted, held = {grant.unit for grant in trust.grants(own)}, held_keys(w)
        for unit, key in reader.secrets().items():
            if unit in granted and unit not in held:
                keep_key(w, unit, key)


def _on_its_own(w: Writer, taken: Accepted, what: str, work: Callable[[Writer], _Came]) -> _Came | None:
    """What work that follows came to, which is nobody else's: what fails of it is taken back alone, and told."""
    try:
        with w.attempt():
            came = work(w)
    except CampError as problem:
        taken.notes.append(f"已写入，但本机随后的“{what}”没有做成：{problem.sentence}")
        notice_undone(w, what, problem.sentence)
    except (ValueError, LookupError, TypeError, ArithmeticError) as problem:  # ours; of the machine's nothing may be kept
        code = f"代号 {remember(problem)[0]}"
        taken.notes.append(f"已写入，但本机随后的“{what}”没有做成（{code}）。")
        notice_undone(w, what, f"{code}。")
    else:
        notice_undone(w, what, "")
        return came
    return None


def quarantined(r: Reader, streams: Iterable[Stream]) -> int:
    """How many facts of these streams are kept but not counted: beyond a cut, or never granted."""
    world, count = worlds.load(r), 0
    for stream in streams:
        count += sum(each.count for each in stretches_out(r, world, stream))
    return count
