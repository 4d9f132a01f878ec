"""The list of certificates that no longer hold, as this file knows them, signed (docs/certificates.md#list)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.areas.certificates.proof.revocation_list import RevokedEntry, list_texts
from campmgr.areas.certificates.queries.checks import name_of_node
from campmgr.areas.certificates.queries.statements import signing_key
from campmgr.clock import utc_text
from campmgr.errors import NotAllowed
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class RevocationList:
    """The list: an instant in its stored form, who signed, the entries, and the texts of its parts, one for each QR code."""

    as_of: str
    issuer: str
    entries: tuple[RevokedEntry, ...]
    texts: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many numbers no longer hold."""
        return sum(entry.state != "stands" for entry in self.entries)


def revocation_list(r: Reader, world: World) -> RevocationList:
    """The list as of now. Raises NotAllowed for a file that the camp does not know: nobody could check its signature."""
    key = signing_key(r, world)
    if key is None:
        raise NotAllowed("这份数据文件还没有本营的授权，不能签发撤销名单。", reason="not_enrolled", hint="请先接收上级的授权。")
    as_of, entries = utc_text(r.clock.now()), sorted(_entries(r, world))
    issuer = name_of_node(world, world.trust.node_of(key.writer))
    return RevocationList(as_of, issuer, tuple(entries), tuple(list_texts(key, world.campaign, as_of, entries)))


_HELD = """
    select c.number, coalesce((select n.number from certificates n where n.person = c.person and n.activity = c.activity
        and n.edition > c.edition
        and n.state = 'valid' order by n.edition desc, n.number limit 1), '')
    from certificates c where c.number in (select e.number from certificates e where e.state <> 'valid'
        union select o.number from certificates n join certificates o on o.person = n.person and o.activity = n.activity
            and o.edition < n.edition where n.edition > 1 and n.state = 'valid')
    order by c.number"""
_PUBLISHED = """
    select k.number, k.state, k.by_number from revoked_numbers k
    where not exists (select 1 from certificates c where c.number = k.number) order by k.number"""
_ISSUED = "select body from facts where scope = :scope and writer = :writer and kind = 'certificate_issued' order by seq"


def _entries(r: Reader, world: World) -> Iterator[RevokedEntry]:
    ended = set()
    for number, instead in r.all(_HELD):
        ended.add(number)
        yield RevokedEntry(number, "superseded", instead) if instead else RevokedEntry(number, "revoked")
    for number, state, instead in r.all(_PUBLISHED):
        yield RevokedEntry(number, "superseded", instead) if state == "superseded" and instead else RevokedEntry(number, "revoked")
    said = sorted(_of_revoked_nodes(r, world) - ended)
    for (number,) in r.among("select number from certificates where number in (:keys)", said):
        yield RevokedEntry(number, "stands")


def _of_revoked_nodes(r: Reader, world: World) -> set[str]:
    """Numbers issued by devices that were revoked later: these stand, and a paper they signed can be believed."""
    ended = {writer for writer in world.trust.keys if world.trust.ended_on(writer)}
    if not ended:
        return set()
    streams = [stream for stream in ledger.streams(r) if stream.writer in ended]
    bodies = [body for stream in streams for (body,) in r.all(_ISSUED, **stream._asdict()) if body]
    return {str(json.loads(body)["number"]) for body in bodies}
