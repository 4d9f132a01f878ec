"""The folded tables that every camp has, whatever its areas; each area names its own beside its folds."""

from __future__ import annotations

from campmgr.store.tables import Table

AMOUNTS = ("joined", "learning", "completed", "ready", "certified", "hours", "works", "likes")
"""What totals count; hours are hundredths of a class-hour."""

NOTHING = (0,) * len(AMOUNTS)

CAMP = Table(
    "camp", ("campaign", "name", "root_writer", "root_unit", "province", "opened_on", "rules", "rules_digest"), 1, "campaign"
)
ACTIVITIES = Table(
    "activities",
    ("activity", "code", "sort", "name", "host", "seat", "opened_on", "closed_on", "reason", "version", "rules", "rules_digest"),
    1,
    "activity",
)
NODES = Table("nodes", ("node", "key", "number", "parent", "unit", "line", "state", "events"), 1, "node")
UNITS = Table(
    "units",
    ("unit", "code", "name", "kind", "parent", "own_line", "line", "expected", "participating", "path", "place", "birth_path",
     "birth_line", "parents", "counted_on", "count_source", "closed_on"),
    1,
    "unit",
)  # fmt: skip

IMPORTS = Table(
    "imports",
    ("batch", "fact", "unit", "kind", "file", "sha256", "read_at", "row_count", "new_rows", "changed_rows", "unchanged_rows",
     "rejected_rows", "actor", "recorded_at", "clock"),
    2,
    "batch",
)  # fmt: skip
WITHDRAWN = Table("withdrawn", ("batch", "scope", "fact"), 3, "batch")

CARRY_DUE = Table("carry_due", ("subject", "fact", "source", "target"), 4, "subject")
REVIEW = Table("review", ("subject", "matter", "detail", "id", "unit", "since"), 3, "subject")
RULED_WORDS = Table("ruled_words", ("subject", "fact", "activity", "unit", "word", "said_on", "tells"), 2, "subject")
SHARED = (CARRY_DUE, REVIEW, RULED_WORDS)
"""Each fold that says so keeps the rows of its own subjects here: what a human should look at, what belongs into another scope,
what was said from which seat.
"""

PLACEMENT_DAYS = Table("placement_days", ("placement", "day", *AMOUNTS), 2, "placement")
UNIT_DAYS = Table("unit_days", ("unit", "line", "day", *AMOUNTS), 3, "unit")
UNIT_TOTALS = Table("unit_totals", ("unit", "line", *AMOUNTS), 2, "unit")
TOTALS = (PLACEMENT_DAYS, UNIT_DAYS, UNIT_TOTALS)
"""Kept by difference, from the steps that folds put on and take off: see `totals`."""
