"""After a regrant the loser lets go: bodies of scopes it no longer holds are purged, signed daily totals stay."""

from __future__ import annotations

from campmgr.areas.nodes.local.incoming import note_let_go
from campmgr.areas.nodes.queries.answered import by_writer, has_all, holdings
from campmgr.facts import world as worlds
from campmgr.facts.folding import Touched, fold
from campmgr.facts.saying import record
from campmgr.facts.tables import NOTHING
from campmgr.facts.totals import Gathered, gathered
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Stream, scope_unit, subject
from campmgr.store import ledger
from campmgr.store.door import Writer
from campmgr.store.identity import WRITER, own_writers


def shed_lost_scopes(w: Writer) -> list[str]:
    """Purge every people scope this node no longer holds, and keep its totals as facts of its own; the scopes come back.

    A scope in which this file has written something that no receipt of a laptop above proves to have arrived is kept: nothing
    recorded is lost. While two grants stand side by side, nothing goes either: somebody has to say a third.
    """
    world = worlds.load(w)
    node = world.trust.node_of(w.meta(WRITER))
    if not world.trust.grants(node) or len(world.trust.tips(node)) > 1:
        return []
    scopes = sorted({stream.scope for stream in ledger.streams(w)})
    lost = [scope for scope in scopes if (unit := scope_unit(scope)) is not None and not world.trust.holds(node, unit)]
    lost = _arrived(w, world, node, lost) if lost else []
    if not lost:
        return []
    granted = world.trust.grants(node)[-1].unit
    before, touched = gathered(w), Touched(w)
    _note_own(w, lost)
    for scope in lost:
        for about in ledger.purge_scope(w, scope):
            touched.add_subject(about)
        touched.add_scope(scope)
    fold(w, touched)
    drafts = _totals(before, gathered(w), [scope_unit(scope) or "" for scope in lost], granted, world.activity)
    if world.trust.covers_people(w.meta(WRITER), granted):
        record(w, drafts)
    return lost


def _note_own(w: Writer, lost: list[str]) -> None:
    """Should the scopes come back one day, nobody is to say that this file lacks what it wrote there."""
    own, campaign = own_writers(w), w.meta("campaign")
    streams = [each for each in ledger.streams(w) if each.scope in lost and each.writer in own]
    note_let_go(w, {each: ledger.head(w, campaign, each).seq for each in streams})


def _arrived(w: Writer, world: World, node: str, lost: list[str]) -> list[str]:
    """Those of these scopes in which receipts prove all that this file has written there, to one laptop above that keeps them.

    To one file of it, where it was copied: that another copy has not answered yet takes nothing from what this one holds.
    """
    held, own = holdings(w), own_writers(w)
    above = [(each, some) for each in world.trust.above(node) for some in by_writer(w, world, each).values()]

    def has_arrived(stream: Stream) -> bool:
        return any(world.trust.receives(each, stream.scope) and has_all(held, some, stream) for each, some in above)

    missing = {each.scope for each in held.ends if each.writer in own and each.scope in lost and not has_arrived(each)}
    return [scope for scope in lost if scope not in missing]


def _totals(before: Gathered, after: Gathered, lost: list[str], target: str, activity: str) -> list[Draft]:
    """What the purge took off the totals of the camp that is going on, by lost unit, ids and names left out.

    The difference, and not what stands at the lost units: people who moved on are still held, with what they did there.
    """
    rows: dict[str, list[list[object]]] = {}
    for placement, day in sorted(before.keys() | after.keys()):
        pairs = zip(before.get((placement, day), NOTHING), after.get((placement, day), NOTHING), strict=True)
        gone = [a - b for a, b in pairs]
        if any(gone):
            home = placement.split("|")[1]
            rows.setdefault(home if home in lost else lost[0], []).append([placement, day, *gone])
    kind, camp = ("activity_totals_told", {"activity": activity}) if activity else ("totals_told", {})
    return [Draft(target, kind, subject("totals", unit), {**camp, "rows": told}) for unit, told in rows.items()]
