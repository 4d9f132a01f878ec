"""A part of a signed revocation list, scanned or pasted: proved, then kept beside what packs bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from campmgr.areas.certificates.local import keep_ended_numbers
from campmgr.areas.certificates.proof.revocation_list import SignedPart, decode_part
from campmgr.areas.certificates.proof.statement import NotAStatement, scanned
from campmgr.areas.certificates.queries.checks import list_signer, name_of_node
from campmgr.areas.certificates.queries.words import NOTES
from campmgr.clock import utc_text
from campmgr.errors import Refused
from campmgr.facts.world import World
from campmgr.store.door import Writer


@dataclass(frozen=True, slots=True)
class TakenPart:
    """What was taken: an instant in its stored form, who signed, which part of how many, its numbers and how many were news."""

    as_of: str
    issuer: str
    part: int
    parts: int
    count: int
    new: int


def is_list(text: str) -> bool:
    """Whether a text is a part of a list, true or not."""
    try:
        decode_part(scanned(text)[1])
    except NotAStatement:
        return False
    return True


def proved_list(world: World, text: str) -> tuple[SignedPart, str]:
    """(a part, the node that signed it). Raises Refused for a part that nobody of the camp signed."""
    said = decode_part(scanned(text)[1])
    writer, problem = list_signer(world, said)
    if problem:
        raise Refused(
            f"这份撤销名单不可信，没有收下。{NOTES[problem]}", reason="refused_by_rule", hint="请向组织方要一份新的名单。"
        )
    return said, world.trust.node_of(writer)


def take_list(w: Writer, world: World, text: str) -> TakenPart:
    """Keep what a part says, where it is newer than what is kept. Raises as `proved_list` does."""
    said, node = proved_list(world, text)
    if said.as_of > utc_text(w.clock.now() + timedelta(days=1)):
        raise Refused("这份撤销名单的时间还没有到，没有收下。", reason="refused_by_rule", hint="请核对本机时间，或要一份新的名单。")
    new = _keep(w, said, node, world.trust.root)
    return TakenPart(said.as_of, name_of_node(world, node), said.part, said.parts, len(said.entries), new)


def _keep(w: Writer, said: SignedPart, node: str, root: str) -> int:
    """Keep what is newer. That a number stands is believed of the camp's root alone: no neighbour unsays another's revocation."""
    heard = [entry for entry in said.entries if entry.state != "stands" or node == root]
    rows = [(entry.number, entry.state, entry.instead, said.as_of, node) for entry in heard]
    return keep_ended_numbers(w, rows)
