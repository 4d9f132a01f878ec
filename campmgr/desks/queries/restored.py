"""What came back with a backup: of which camp, until when, and which laptops may hold what was recorded after it."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.clock import minute_text
from campmgr.facts.laptops import laptop, own_node
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.store.identity import lacking


@dataclass(frozen=True, slots=True)
class RestoredFile:
    """`last_at`: when the last of its facts was recorded, "" for none; `above`, `below`: what the laptops next to it are called;
    `lacks`: how many facts this machine knows to be missing.
    """

    camp: str
    laptop: str
    people: int
    facts: int
    last_at: str
    above: str
    below: tuple[str, ...]
    lacks: int


_LAST = """
    select max(f.recorded_at) from (select scope, writer, max(seq) as seq from seals group by scope, writer) s
    join facts f on f.scope = s.scope and f.writer = s.writer and f.seq = s.seq"""
"""Of each stream the end alone is looked at, whatever came before it: it is numbered without a gap."""
_FACTS = "select sum(seq) from (select max(seq) as seq from seals group by scope, writer)"


def facts_held(r: Reader) -> int:
    """How many facts stand in this data file; of a stream that forked its longer branch counts."""
    return int(r.value(_FACTS) or 0)


def restored_file(r: Reader, world: World) -> RestoredFile:
    """What a restored data file holds, and whom to ask for the rest."""
    trust, own = world.trust, own_node(r, world)
    above = trust.above(own)[:1] if own else []
    below = [each for each in trust.nodes() if own and trust.above(each)[:1] == [own] and trust.state(each) == "granted"]
    last = r.value(_LAST)
    return RestoredFile(
        world.name, laptop(world, own) if own else "",
        int(r.value("select total(people) + total(away) from class_sums")), facts_held(r),
        minute_text(last or ""),
        laptop(world, above[0]) if above else "", tuple(laptop(world, each) for each in below), lacking(r)[0],
    )  # fmt: skip
