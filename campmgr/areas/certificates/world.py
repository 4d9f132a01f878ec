"""Numbers of certificates that no longer hold, as nodes publish them: known even where the people are not.

Any node of the camp may publish, and what it says counts up to its cut: that a certificate is taken back must be heard everywhere,
and whoever says so signs it. Where the certificate itself is held, its own facts decide.
"""

from __future__ import annotations

from campmgr.facts.trust import Trust
from campmgr.facts.world import Public, WorldPart
from campmgr.store.door import Row
from campmgr.store.tables import Table

REVOKED_NUMBERS = Table("revoked_numbers", ("number", "state", "by_number", "on_day", "writer"), 1, "number")

STATES = ("revoked", "superseded", "valid")
"""What can be published; `valid` takes an earlier word back."""


def _revoked_numbers(public: Public) -> list[Row]:
    """(number, state, the number that stands instead, day, writer): the last word on each number that nobody has taken back.

    `valid` takes back what its own node said, or one below it: no neighbour can make another's revocation unheard.
    """
    words: dict[str, dict[str, Row]] = {}
    trust = public.trust
    for one in public.told:
        if one.fact.kind == "revocations_published" and trust.counts_in_public(one):
            node = trust.node_of(one.fact.writer)
            for entry in filter(_is_entry, one.body["entries"]):
                said = words.setdefault(entry[0], {})
                if entry[1] == "valid":
                    words[entry[0]] = {who: row for who, row in said.items() if not _is_above(trust, node, who)}
                else:
                    said.pop(node, None)
                    said[node] = (*entry, one.fact.writer)
    return [list(said.values())[-1] for said in words.values() if said]


def _is_above(trust: Trust, node: str, other: str) -> bool:
    """Whether a node is the other, or stands above it."""
    return node in {other, trust.root} or node in trust.above(other)


def _is_entry(entry: object) -> bool:
    return isinstance(entry, list) and [type(part) for part in entry] == [str] * 4 and entry[1] in STATES


REVOCATIONS = WorldPart("revocations", REVOKED_NUMBERS, _revoked_numbers, list)

WORLD = (REVOCATIONS,)
