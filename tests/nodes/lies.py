"""What no honest program says, and what becomes of it."""

from __future__ import annotations

from campmgr.areas.nodes.queries.nodes import quarantined_stretches
from campmgr.facts.saying import record
from campmgr.ledger.envelope import Draft, subject
from tests.kit.story import Node


def lies(who: Node, kind: str, about: str, /, **body: object) -> None:
    """Something no honest program says: straight into the ledger, under one's own seal."""
    who.do(lambda w: record(w, [Draft("", kind, subject("node", about), body)]))


def enrolled_by_force(giver: Node, child: Node, unit: str) -> None:
    """A grant that the giver's program would have refused to write."""
    asked = child.asked()
    grant = {"unit": giver.unit(unit), "number": 1, "line": None, "excluding": [], "cuts": []}
    lies(giver, "node_enrolled", child.id, key=asked.key, sealing_key=asked.sealing_key, **grant)


def out(node: Node) -> list[tuple[str, int, int, str]]:
    """What a node holds and does not count: scope, from, to, why."""
    return [(each.scope, each.start, each.end, each.reason) for each in node.see(quarantined_stretches)]
