"""The tables that the folds of this area fill."""

from __future__ import annotations

from campmgr.store.tables import Table

WAYS = Table(
    "entry_ways",
    ("unit", "entry", "activity", "stage", "outlets", "staged_on", "reason", "revoked", "revoked_reason", "checks"),
    2,
    "entry",
)
FILES = Table("entry_files", ("unit", "entry", "role", "sha256", "name", "bytes", "probe"), 4, "entry")
LINKS = Table("entry_links", ("unit", "entry", "link"), 2, "entry")
APART = Table("entry_apart", ("unit", "entry", "why", "other"), 4, "entry")
AGREEMENTS = Table("entry_agreements", ("unit", "entry", "statement", "version", "agreed_at"), 3, "entry")
VOTES = Table(
    "vote_readings", ("unit", "entry", "channel", "read_at", "activity", "votes", "rejected", "rounded", "at_least"), 4, "entry"
)

HANDINS = Table(
    "handins",
    ("unit", "handin", "activity", "window", "state", "late", "rows", "contact", "share", "statements", "sent_on", "digest",
     "reason"),
    2,
    "handin",
)  # fmt: skip
LEAVES = Table("handin_leaves", ("unit", "handin", "activity", "window", "reason"), 2, "handin")
HANDED_IN = Table("handin_entries", ("unit", "handin", "entry", "number"), 3, "handin")
