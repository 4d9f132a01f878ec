"""What goes into a pack for laptops whose receipts are here: what any of them lacks, and no more (docs/ledger.md#receipts)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from campmgr.areas.nodes.local.receipts import HeardReceipt, Point, made
from campmgr.areas.nodes.queries.answered import Holdings, proven, standing
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Lean:
    """For whom, and the receipts of each that count together; of one without any nothing is known."""

    world: World
    heard: Mapping[str, Sequence[HeardReceipt]]
    answers: str | None
    """The oldest pack that these receipts answer; None where somebody is sent everything."""

    def held_by(self, held: Holdings, stream: Stream) -> list[Collection[Point]]:
        """Of each receiver of a stream the points that it holds of it; () for one that has nothing. [] where nobody receives it."""
        found: list[Collection[Point]] = []
        for node, some in self.heard.items():
            if self.world.trust.receives(node, stream.scope):
                found += [proven(held, one, stream) for one in some] or [()]
        return found


def lean_for(r: Reader, world: World, to: Sequence[str]) -> Lean:
    """What the receipts of these laptops say. A revoked one is told what others are told; nobody waits for its receipt."""
    asked = [node for node in to if world.trust.state(node) != "revoked"] or list(to)
    heard = {node: standing(r, world, node) for node in asked}
    answered = [made(r, one.pack) for some in heard.values() for one in some]
    packs = sorted((one.number, one.pack) for one in answered if one)
    return Lean(world, heard, packs[0][1] if packs and all(heard.values()) else None)
