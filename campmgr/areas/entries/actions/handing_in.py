"""Closing a batch 结批, and opening it again; what was sent stands with its digest, however often it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campmgr.areas.entries.actions.staging import checked_reason
from campmgr.areas.entries.local import keep_address, keep_secret
from campmgr.areas.entries.queries.entries import Entry, entries_by_id
from campmgr.areas.entries.queries.handins import HandedRow, HandIn, handin_of, leaves_in, to_relay, waiting_of
from campmgr.areas.entries.rules.batch import batch_digest, handin_id
from campmgr.areas.entries.rules.windows import PlacedHandIn, place_hand_in
from campmgr.areas.entries.settings import Entries
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.works.rules.statements import agreed_to
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import may_write, say
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Closing:
    """How a batch is closed: who answers questions, where the files are fetched ("" as attachments) and with which password, for
    which window it is meant ("" for the one that is open), whether all statements were agreed to, and where the unit is
    ("" as before).
    """

    contact: Person
    share: str = ""
    secret: str = ""
    meant: str = ""
    stated: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What closing would do now: where it belongs, what goes in, what stays behind since it does not pass. `waiting`: how many
    works wait in all, of which `going` and `staying` are those that were looked at.
    """

    placed: PlacedHandIn
    waiting: int
    going: tuple[Entry, ...]
    staying: tuple[Entry, ...]


def preview(r: Reader, activity: Activity, unit: Unit, meant: str = "", part: slice = slice(None)) -> Preview:
    """What would be handed in, told before anything is final: all that waits is judged, or a part of it in the batch's order."""
    world = worlds.load(r)
    placed = _by_leave(r, world, activity, unit, meant) or place_hand_in(
        r.clock.now(), activity.rules, to_relay=to_relay(world, activity, unit.unit), meant=meant
    )
    ids = waiting_of(r, world, activity, unit)
    seen = entries_by_id(r, world, activity, ids[part])
    return Preview(placed, len(ids), tuple(each for each in seen if each.passes), tuple(each for each in seen if not each.passes))


def _by_leave(r: Reader, world: World, activity: Activity, unit: Unit, meant: str) -> PlacedHandIn | None:
    """The late batch that the host takes of this unit, as long as it was not handed in; None where there is none."""
    for leave in leaves_in(r, world, activity, unit.unit):
        if not leave.is_used and meant in {"", leave.window.name}:
            return PlacedHandIn(leave.window, leave.window.name, f"主办单位同意补报{leave.window.words}：{leave.reason}")
    return None


def take_late(w: Writer, activity: Activity, unit: Unit, window: str, reason: str, actor: str = "") -> Fact:
    """The host takes a unit's batch of a window that is over, with the reason, which the unit reads.

    Raises BadInput without a reason, Refused where nothing is late, NotAllowed where this file is not the host's, NotFound.
    """
    world = worlds.load(w)
    if not may_write(world, w.meta(WRITER), activity.host):
        raise NotAllowed("补报由主办单位决定。", hint="请与主办单位联系，说明原因。")
    known, reason = handin_of(w, world, activity, unit.unit, window), checked_reason(reason, needed=True)
    if known.window.until is None or known.window.until.holds(w.clock.now()):
        raise Refused(f"{known.window.words}还没有截止，不用补报。", hint="请报送单位照常结批。")
    if known.state == "closed":
        raise Refused(f"{known.unit_name}{known.window.words}这一批已经结批。", hint="要改的，请先写明原因重新打开。")
    body = {"activity": activity.id, "unit": unit.unit, "window": window, "reason": reason}
    about = subject("handin", known.id)
    return say(w, [Draft(unit.unit, "handin_late_taken", about, body, actor=actor)])[0].fact


def close_batch(w: Writer, activity: Activity, unit: Unit, closing: Closing, actor: str = "") -> Fact:
    """Close a unit's batch of the window that is open. Raises BadInput, Refused, NotAllowed."""
    asked, shown = activity.rules[Entries], preview(w, activity, unit, closing.meant)
    if shown.placed.window is None:
        raise Refused(shown.placed.sentence, hint="确需补报的，请主办单位在活动的“补报”页上写明原因收下，再结批。")
    window = shown.placed.window.name
    known = handin_of(w, worlds.load(w), activity, unit.unit, window)
    if known.state == "closed":
        raise Refused(f"{shown.placed.window.words}这一批已经结批。", reason="conflict", hint="要改的，请先写明原因重新打开。")
    if not shown.going:
        raise Refused("没有可以报送的作品。", hint="请先登记作品，按提示修改不合格的。")
    if asked.statements and not closing.stated:
        raise BadInput("请逐项确认承诺，再结批。", reason="missing_value", hint="承诺由报送单位向创作者核实。")
    if closing.share and not closing.share.lower().startswith(("http://", "https://")):
        raise BadInput("共享链接要以 http:// 或 https:// 开头。", reason="bad_link")
    rows = [each.plain() for each in numbered(shown.going)]
    body = {
        "activity": activity.id, "unit": unit.unit, "window": window, "late": shown.placed.late, "rows": rows,
        "contact": closing.contact.person, "share": closing.share,
        "statements": agreed_to(asked.statements, asked.statements_version),
        "sent_on": today_of(w.clock), "digest": batch_digest(rows, window, unit.unit),
    }  # fmt: skip
    id_ = handin_id(activity.id, unit.unit, window)
    fact = say(w, [Draft(unit.unit, "handin_closed", subject("handin", id_), body, actor=actor)])[0].fact
    keep_secret(w, id_, closing.secret)
    if closing.address:
        keep_address(w, unit.unit, closing.address)
    return fact


def reopen_batch(w: Writer, activity: Activity, handin: HandIn, reason: str, actor: str = "") -> Fact:
    """Open a batch again; the closed one stays in its history. Raises BadInput without a reason, Refused where it is not closed."""
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput(f"请写明原因，最多 {LONGEST_REASON} 字。", reason="too_long" if reason else "missing_value")
    if handin.state != "closed":
        raise Refused("这一批还没有结批。")
    body = {"activity": activity.id, "unit": handin.unit, "window": handin.window.name, "reason": reason}
    return say(w, [Draft(handin.unit, "handin_reopened", subject("handin", handin.id), body, actor=actor)])[0].fact


def numbered(entries: Sequence[Entry]) -> list[HandedRow]:
    """Works in their order, as they are handed in."""
    return [
        HandedRow(number, each.id, each.title, each.kind, str(each.row.values["sub"]), each.row.unit,
                  tuple((file.probe.name, file.probe.sha256 or "") for file in each.files))
        for number, each in enumerate(entries, 1)
    ]  # fmt: skip
