"""The tables of this area."""

from __future__ import annotations

from campmgr.store.tables import Table

ROUNDS = Table(
    "rounds", ("unit", "round", "activity", "name", "settings", "fact", "digest", "set_on", "earlier", "openings"), 2, "round"
)
ASSIGNMENTS = Table("assignments", ("unit", "entry", "round", "judge", "activity", "facts"), 4, "entry")
RECUSALS = Table("recusals", ("unit", "entry", "round", "judge", "activity", "state", "why", "note", "fact", "said_on"), 4, "entry")
SCORES = Table(
    "scores",
    ("unit", "entry", "round", "judge", "activity", "state", "marks", "note", "source", "form", "reason", "fact", "said_on",
     "actor", "earlier", "beside"),
    4,
    "entry",
)  # fmt: skip
FITS = Table("award_fits", ("unit", "entry", "award", "activity", "reason", "fact"), 3, "entry")
NOTES = Table(
    "nominee_notes", ("unit", "nominee", "award", "activity", "line", "sort", "at", "name", "reason", "fact"), 3, "nominee"
)
POINTS = Table("nominee_points", ("unit", "nominee", "part", "activity", "line", "points", "reason"), 3, "nominee")
LISTS = Table("award_lists", ("unit", "list", "fact", "activity", "number", "at", "digest", "content", "published"), 3, "list")
AMENDMENTS = Table(
    "award_amendments", ("unit", "list", "fact", "amendment", "said_on", "digest", "content", "published"), 3, "list"
)
TASKS = Table("award_tasks", ("unit", "list", "line", "task", "activity", "state", "note", "said_on"), 4, "list")
POSTINGS = Table(
    "award_postings", ("unit", "list", "fact", "place", "state", "starts_on", "ends_on", "shown_until", "counted", "how"), 3, "list"
)
OBJECTIONS = Table(
    "award_objections",
    ("unit", "list", "fact", "raised_on", "line", "way", "matter", "state", "answer", "answered_on"),
    3,
    "list",
)
