"""The tables of frozen lists."""

from __future__ import annotations

from campmgr.store.tables import Table

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
