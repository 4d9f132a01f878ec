"""Numbers of certificates that no longer hold, as nodes publish them: known even where the people are not (issue 4, 11).

Any node of the camp may publish, and what it says counts up to its cut: that a certificate is taken back must be heard everywhere,
and whoever says so signs it. Where the certificate itself is held, its own facts decide.
"""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.ledger.order import Told
from campmgr.projections.trust import Trust
from campmgr.store.door import Row

STATES = ("revoked", "superseded", "valid")
"""What can be published; `valid` takes an earlier word back."""


def revoked_numbers(public: Iterable[Told], trust: Trust) -> list[Row]:
    """(number, state, the number that stands instead, day, writer): the last word on each number, without those valid again."""
    words: dict[str, Row] = {}
    for one in public:
        if one.fact.kind == "revocations_published" and trust.counts_in_public(one):
            words |= {entry[0]: (*entry, one.fact.writer) for entry in one.body["entries"] if _is_entry(entry)}
    return [row for row in words.values() if row[1] != "valid"]


def _is_entry(entry: object) -> bool:
    return isinstance(entry, list) and [type(part) for part in entry] == [str] * 4 and entry[1] in STATES
