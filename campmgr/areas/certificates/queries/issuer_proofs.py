"""What a checker without a ledger needs: who may sign in this camp, each link proved up to the camp's own key.

No new kind of fact vouches for an issuer. An enrolment is a fact in `public` already, and a *voucher* is that fact with the way to
the seal over it: previous chain value, the envelopes from it to the seal, its salt and body, the seal's signature. Whoever holds
the enroller's key checks digest, chain and signature exactly as the ledger does. A new writer's introduction needs no way at
all: its body carries the predecessor's signature. The camp's id is the hash of its root key and a nonce.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from campmgr.areas.certificates.queries.checks import name_of_node
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.rootship import recovery_message
from campmgr.facts.trust import Trust
from campmgr.facts.world import World
from campmgr.ledger.envelope import PUBLIC, Fact, Stream, chain_of, envelope_text, genesis
from campmgr.ledger.order import ReadFact, read_facts
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Vouchers:
    """The camp's key and nonce, the grants and revocations in the order in which they count, and the successions.

    `papers` and `recoveries`: what recovery keys signed, each text with its signature, recoveries with their day.
    `units`: id -> parent at birth and line at birth, which decide whose certificates an issuer may sign. `names`: of the nodes,
    for people to read.
    """

    campaign: str
    root_key: str
    root_name: str
    nonce: str
    nodes: tuple[dict[str, Any], ...]
    successions: tuple[tuple[str, str, str, str], ...]
    papers: tuple[tuple[str, str], ...]
    recoveries: tuple[tuple[str, str, str], ...]
    units: dict[str, tuple[str, str]]
    names: dict[str, str]


def vouchers(r: Reader, world: World) -> Vouchers:
    """Everything that is needed to tell whether a key may sign for a unit."""
    trust = world.trust
    public = read_facts(kinds_of(r), ledger.of_scope(r, PUBLIC))
    opened = next(one.body for one in public if one.fact.kind == "campaign_opened" and one.fact.writer == trust.root)
    said = [one for node in trust.nodes() for one in trust.counted_of(node)]
    made = [voucher for one in said if (voucher := _voucher(r, world.campaign, one.fact))]
    names = {node: name_of_node(world, node) for node in trust.nodes()}
    nonce = opened["recovery_key"] + opened["recovery_sealing_key"]
    return Vouchers(world.campaign, opened["root_key"], names[trust.root], nonce, tuple(made),
                    tuple(_successions(trust)), *_recoveries(trust), _births(r), names)  # fmt: skip


def _successions(trust: Trust) -> Iterator[tuple[str, str, str, str]]:
    for writer in sorted(trust.successors()):
        one = trust.succession(writer)
        if one is not None and trust.node_of(writer):
            yield one.body["key"], one.body["sealing_key"], one.body["predecessor"], one.body["signature"]


def _recoveries(trust: Trust) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]:
    """What recovery keys signed: papers that replaced the first, and who took the root's place, with the day."""
    recovered, papers = trust.recovered()

    def signed(one: ReadFact) -> tuple[str, str]:
        return recovery_message(trust.campaign, one.body), one.body["signature"]

    return tuple(map(signed, papers)), tuple((*signed(one), one.fact.happened_on) for one in recovered)


def _voucher(r: Reader, campaign: str, fact: Fact) -> dict[str, Any] | None:
    """A fact with the way to its seal; None on a forked stream where there is no single way."""
    stream = Stream(fact.scope, fact.writer)
    mark = next((each for each in sorted(ledger.seals_of(r, stream)) if each.seq >= fact.seq), None)
    if mark is None:
        return None
    before = list(ledger.of_stream(r, stream, after=fact.seq - 2, upto=fact.seq - 1))
    previous = before[0].chain if before else genesis(campaign, stream).chain
    way = list(ledger.of_stream(r, stream, after=fact.seq - 1, upto=mark.seq))
    envelopes = [envelope_text(campaign, each) for each in way]
    chains = [previous, *(each.chain for each in way)]
    whole = all(chain_of(one, text) == other for (one, other), text in zip(pairwise(chains), envelopes, strict=True))
    if not whole or way[0].chain != fact.chain or chains[-1] != mark.chain:
        return None
    return {"previous": previous, "envelopes": envelopes, "salt": fact.salt, "body": fact.body, "seal": mark.signature}


def _births(r: Reader) -> dict[str, tuple[str, str]]:
    rows = r.all("select unit, birth_path, birth_line from units order by unit")
    return {unit: ((["", *path.strip("/").split("/")])[-2], line) for unit, path, line in rows}
