"""Taking the root's place with the recovery key, and putting another paper in place of the first (docs/ledger.md#recovery)."""

from __future__ import annotations

from pathlib import Path

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.taking import Accepted, Incoming, Taking
from campmgr.areas.nodes.queries.nodes import cuts_now
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.recovery import Recovery, close_secret, open_secret
from campmgr.facts.rootship import recovery_message
from campmgr.facts.saying import record
from campmgr.facts.secret import keep_key, unit_key
from campmgr.facts.world import World
from campmgr.ledger.envelope import CAMP, Draft, Fact, subject
from campmgr.ledger.seal import sign
from campmgr.store.door import Writer
from campmgr.store.identity import begin_anew
from campmgr.store.ledger import own_sealing_key


def take_over(w: Writer, recovery: Recovery) -> Fact:
    """Make this file the root: whoever wrote as the root before is cut where it stands here, on every branch.

    It writes under a new key, which the recovery key signs, and gets the camp's secret back. Raises BadInput.
    """
    world = worlds.load(w)
    _check(world, recovery)
    secret = open_secret(world.campaign, recovery.sealing.private, world.trust.closed_secret)
    key = begin_anew(w)
    body = {"key": key.public, "sealing_key": own_sealing_key(w).public, "cuts": cuts_now(w, world, world.trust.root)}
    fact = _say(w, world, recovery, Draft("", "root_recovered", subject("node", world.trust.root), body,
                                          replaces=tuple(world.trust.recoveries())))  # fmt: skip
    if secret:
        keep_key(w, world.root_unit, secret)
    return fact


def take_over_from(w: Writer, path: Path, recovery: Recovery) -> Fact:
    """As `take_over`, for a new file, from a pack that was made for the root: the paper opens it. Raises BadInput.

    Read twice: what stands in `public` says who the root is, and then all is taken that the root receives.
    """
    reader = PackReader(path, [recovery.sealing])
    if not reader.is_readable:
        raise BadInput("这个数据包不是做给根电脑的，或恢复单不对，打不开。", reason="sealed_pack",
                       hint="请用下级做给根电脑的数据包，或根电脑的备份。")  # fmt: skip
    w.set_meta("campaign", reader.head.campaign)
    _take(w, reader, "")
    _take(w, reader, worlds.load(w).trust.root)
    return take_over(w, recovery)


def _take(w: Writer, reader: PackReader, node: str) -> None:
    taking = Taking(w, Accepted(), node)
    for parcel in reader.segments():
        taking.take(Incoming(reader.head.campaign, kinds_of(w), parcel))
    taking.finish()


def replace_paper(w: Writer, old: Recovery, new: Recovery) -> Fact:
    """Put a new recovery key in place of the old one, which has to sign it. Raises BadInput."""
    world = worlds.load(w)
    _check(world, old)
    secret = unit_key(w, world, world.root_unit) or open_secret(world.campaign, old.sealing.private, world.trust.closed_secret)
    body = {"recovery_key": new.signing.public, "recovery_sealing_key": new.sealing.public,
            "secret": close_secret(world.campaign, new.sealing.public, secret)}  # fmt: skip
    return _say(w, world, old, Draft("", "recovery_replaced", CAMP, body, replaces=tuple(world.trust.recoveries())))


def _check(world: World, recovery: Recovery) -> None:
    if not world.trust.root or recovery.signing.public != world.trust.recovery_key:
        raise BadInput("这张恢复单不是这个训练营的，或已被新的恢复单取代。", reason="wrong_recovery_code",
                       hint="请核对恢复单上的训练营和日期。")  # fmt: skip


def _say(w: Writer, world: World, recovery: Recovery, draft: Draft) -> Fact:
    draft.body["signature"] = sign(recovery.signing, recovery_message(world.campaign, draft.body))
    return record(w, [draft])[0]
