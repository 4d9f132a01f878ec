"""The names and columns of every folded table: what `rebuild` empties and `state-hash` covers."""

from __future__ import annotations

from campmgr.store.tables import Table

AMOUNTS = ("joined", "learning", "completed", "ready", "certified", "hours", "works", "likes")
"""What totals count; hours are hundredths of a class-hour."""

NOTHING = (0,) * len(AMOUNTS)

CAMP = Table(
    "camp", ("campaign", "name", "root_writer", "root_unit", "province", "opened_on", "rules", "rules_digest"), 1, "campaign"
)
LESSONS = Table("lessons", ("lesson", "name", "hundredths", "length_minutes", "kind", "field", "replay_of", "starts_at"), 1,
                "lesson")  # fmt: skip
NODES = Table("nodes", ("node", "key", "name", "parent", "unit", "line", "state", "events"), 1, "node")
UNITS = Table(
    "units",
    ("unit", "name", "kind", "parent", "own_line", "line", "expected", "participating", "path", "birth_path", "birth_line",
     "parents"),
    1,
    "unit",
)  # fmt: skip
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
MARKS = Table("marks", ("person", "fact", "lesson", "day", "minutes", "source"), 2, "person")
CONDITIONS = Table("conditions", ("person", "fact", "condition", "day", "source"), 2, "person")
MOMENTS = Table("moments", ("person", "moment"), 2, "person")
CROWDS = Table("crowds", ("moment", "people"), 1, "moment")
CONSENTS = Table("consents", ("person", "version", "given_on", "withdrawn_on"), 1, "person")
DECLARATIONS = Table("declarations", ("person", "fact", "lesson", "day", "minutes", "state", "reason", "evidence"), 2, "person")
CERTIFICATES = Table(
    "certificates", ("person", "number", "edition", "credited", "issued_on", "state", "ended_on", "reason"), 2, "person"
)
PLATFORM_CERTIFICATES = Table("platform_certificates", ("person", "fact", "number", "issued_on"), 2, "person")
REVOKED_NUMBERS = Table("revoked_numbers", ("number", "state", "by_number", "on_day", "writer"), 1, "number")
WORKS = Table(
    "works",
    ("person", "work", "author", "link", "number", "title", "account", "field", "published_on", "counts", "reason", "likes",
     "plays", "read_at", "steps", "at_least"),
    2,
    "work",
)  # fmt: skip
READINGS = Table("readings", ("person", "work", "fact", "read_at", "likes", "plays", "rounded", "at_least"), 3, "work")
WORK_KEYS = Table("work_keys", ("person", "work", "fact", "key", "clock"), 3, "work")
WORK_DECISIONS = Table(
    "work_decisions", ("person", "work", "fact", "case_", "counts", "reason", "actor", "recorded_at", "clock"), 3, "work"
)
IMPORTS = Table(
    "imports",
    ("batch", "fact", "unit", "kind", "file", "sha256", "read_at", "row_count", "new_rows", "changed_rows", "unchanged_rows",
     "rejected_rows", "actor", "recorded_at", "clock"),
    2,
    "batch",
)  # fmt: skip
WITHDRAWN = Table("withdrawn", ("batch", "scope", "fact"), 3, "batch")
PENDING = Table("pending", ("code", "fact", "scope"), 2, "code")
CARRY_DUE = Table("carry_due", ("subject", "fact", "source", "target"), 4, "subject")
PROGRESS_DUE = Table("progress_due", ("person", "unit", "progress"), 2, "person")
REVIEW = Table("review", ("subject", "matter", "detail"), 3, "subject")
PRIZE_LISTS = Table("prize_lists", ("number", "fact", "at", "rule_text", "digest", "content", "published"), 2, "number")
LIST_AMENDMENTS = Table(
    "list_amendments", ("number", "fact", "amendment", "said_on", "digest", "content", "published"), 2, "number"
)
LIST_POSTINGS = Table(
    "list_postings", ("number", "fact", "place", "state", "starts_on", "ends_on", "shown_until", "content"), 2, "number"
)
LIST_OBJECTIONS = Table(
    "list_objections", ("number", "fact", "raised_on", "work", "matter", "way", "state", "answer", "answered_on"), 2, "number"
)
CALENDAR_DAYS = Table("calendar_days", ("year", "day", "sort", "note"), 3, "year")
RECOMMENDATIONS = Table("recommendations", ("person", "work", "outlet", "state", "day", "note", "fact"), 3, "work")
SUMMARIES = Table("summaries", ("unit", "state", "text", "written_on", "fact", "reason", "judged_on"), 1, "unit")
PLACEMENT_DAYS = Table("placement_days", ("placement", "day", *AMOUNTS), 2, "placement")
TOLD_DAYS = Table("told_days", ("unit", "placement", "day", *AMOUNTS), 3, "unit")
UNIT_DAYS = Table("unit_days", ("unit", "line", "day", *AMOUNTS), 3, "unit")
UNIT_TOTALS = Table("unit_totals", ("unit", "line", *AMOUNTS), 2, "unit")

ALL = (
    CAMP, LESSONS, NODES, UNITS, PEOPLE, ALIAS_LINKS, ALIASES, MEMBERSHIPS, MARKS, CONDITIONS, MOMENTS, CROWDS, CONSENTS,
    DECLARATIONS, CERTIFICATES, PLATFORM_CERTIFICATES, REVOKED_NUMBERS, WORKS, READINGS, WORK_KEYS, WORK_DECISIONS,
    IMPORTS, WITHDRAWN, PENDING, CARRY_DUE, PROGRESS_DUE, REVIEW, PRIZE_LISTS, LIST_AMENDMENTS, LIST_POSTINGS, LIST_OBJECTIONS,
    CALENDAR_DAYS, RECOMMENDATIONS, SUMMARIES, PLACEMENT_DAYS, TOLD_DAYS, UNIT_DAYS, UNIT_TOTALS,
)  # fmt: skip
