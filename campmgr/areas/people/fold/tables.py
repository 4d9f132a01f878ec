"""The tables of who is who."""

from __future__ import annotations

from campmgr.store.tables import Table

PEOPLE = Table(
    "people",
    ("person", "home", "kind", "number", "name", "class_name", "phone", "guardian", "erased", "code", "joined_on", "credited",
     "signed_in", "complete", "ready", "certified", "placements", "steps"),
    1,
    "person",
)  # fmt: skip
ALIAS_LINKS = Table("alias_links", ("person", "other", "said"), 2, "person")
ALIASES = Table("aliases", ("person", "stands_for", "code"), 1, "person")
MEMBERSHIPS = Table("memberships", ("person", "unit", "since"), 2, "person")
CONSENTS = Table("consents", ("person", "version", "given_on", "withdrawn_on"), 1, "person")
PROGRESS_DUE = Table("progress_due", ("person", "unit", "progress"), 2, "person")
