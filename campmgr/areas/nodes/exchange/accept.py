"""Taking in a pack, in one transaction: its good segments, what had waited for them, then what this file says to it of its own.

What comes from elsewhere and holds always goes in. Whatever this file does on its own after that (introducing itself, letting go
of lost scopes, carrying, telling) and cannot do is taken back, told in a note, and keeps nothing out (docs/ledger.md#packs).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from campmgr.areas.nodes.exchange.giving_up import shed_lost_scopes
from campmgr.areas.nodes.exchange.noticing import notice_undone
from campmgr.areas.nodes.exchange.pack_reader import PackReader, damaged
from campmgr.areas.nodes.exchange.taking import Accepted, Taking
from campmgr.areas.nodes.local import count_pack
from campmgr.errors import BadInput, CampError, NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.quarantine import stretches_out
from campmgr.facts.saying import carry, introduce
from campmgr.facts.secret import held_keys, keep_key
from campmgr.ledger.envelope import Stream
from campmgr.ledger.seal import writer_of
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.fault_log import remember
from campmgr.store.identity import PREDECESSOR, WRITER, own_writers
from campmgr.store.ledger import own_sealing_keys


def accept(w: Writer, path: Path) -> Accepted:
    """Take in a pack, then carry what it has made due. Raises as `take_in` does."""
    taken = take_in(w, path)
    _on_its_own(w, taken, "转送", carry)
    return taken


def take_in(w: Writer, path: Path) -> Accepted:
    """Take in the good segments of a pack and say nothing to them.

    Raises BadInput for a pack that can be trusted in nothing, newer or of another camp, NotAllowed when it brings no grant; then
    the caller's transaction takes all of it back.
    """
    reader = PackReader(path, own_sealing_keys(w))
    taken = Accepted()
    _check_campaign(w, reader, taken)
    taking = Taking(w, reader.head.campaign, taken)
    for parcel in reader.segments():
        taking.take(parcel)
    if reader.has_more:
        taken.notes.append("数据包末尾多出了内容，没有理会。")
    if taken.segments and all(each.result == "damaged" for each in taken.segments):
        raise damaged(path, taken.segments[0].why)
    taking.finish()
    count_pack(w)
    _check_enrolled(w, path)
    _keep_secrets(w, reader)
    _on_its_own(w, taken, "清理不再归本机的范围", shed_lost_scopes)
    taken.quarantined = quarantined(w, ledger.streams(w) if taking.rights_changed else taking.streams)
    return taken


def _check_campaign(w: Writer, reader: PackReader, taken: Accepted) -> None:
    own = w.meta("campaign")
    if own and own != reader.head.campaign:
        raise BadInput("数据包属于另一个训练营，没有写入。", reason="wrong_campaign", hint="请核对数据包。")
    asked = own_writers(w).intersection(reader.head.made_for)
    if not own and not asked:
        raise NotAllowed("这个数据包不是上级给这份数据文件的授权。", reason="not_enrolled",
                         hint="请把 campmgr node request 的文件交给上级，再接收上级返回的文件。")  # fmt: skip
    if not reader.is_readable:
        raise NotAllowed("这个数据包不是给这份数据文件的，打不开，没有写入。", reason="sealed_pack",
                         hint="请对方用 campmgr pack make --for 为本机制作，或由它的收件方转交。")  # fmt: skip
    if not own:
        if w.meta(WRITER) in asked:  # the grant names today's writer, so it has nobody to succeed
            w.drop_meta(PREDECESSOR)
        w.set_meta("campaign", reader.head.campaign)
        # a file restored before it was granted anything has a camp to say it in only now
        _on_its_own(w, taken, "说明这份文件接替了谁", introduce)


def _check_enrolled(w: Writer, path: Path) -> None:
    trust = worlds.load(w).trust
    if not trust.root:
        raise damaged(path, "没有本营的开营记录")
    if not trust.node_of(w.meta(WRITER)):
        raise NotAllowed(
            "这个数据包里没有给这份数据文件的授权。", reason="not_enrolled", hint="请上级重新办理 campmgr node enrol。"
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


def _on_its_own(w: Writer, taken: Accepted, what: str, work: Callable[[Writer], object]) -> None:
    """Work that follows and is nobody else's: what fails of it is taken back alone, and told."""
    try:
        with w.attempt():
            work(w)
    except CampError as problem:
        taken.notes.append(f"已写入，但本机随后的“{what}”没有做成：{problem.sentence}")
        notice_undone(w, what, problem.sentence)
    except (ValueError, LookupError, TypeError, ArithmeticError) as problem:  # ours; of the machine's nothing may be kept
        code = f"代号 {remember(problem)[0]}"
        taken.notes.append(f"已写入，但本机随后的“{what}”没有做成（{code}）。")
        notice_undone(w, what, f"{code}。")
    else:
        notice_undone(w, what, "")


def quarantined(r: Reader, streams: Iterable[Stream]) -> int:
    """How many facts of these streams are kept but not counted: beyond a cut, or never granted."""
    world, count = worlds.load(r), 0
    for stream in streams:
        count += sum(each.count for each in stretches_out(r, world, stream))
    return count
