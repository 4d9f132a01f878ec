"""The tables of this area, but for those of its two lists with fields."""

from __future__ import annotations

from campmgr.store.tables import Table

ITEMS = Table(
    "items",
    ("item", "fact", "activity", "unit", "sort", "title", "event_on", "sent_at", "sent_on", "characters", "length", "section",
     "tags", "author", "urgent", "file", "sha256", "source", "last_day", "late", "short", "task", "stage", "state", "points"),
    1,
    "item",
)  # fmt: skip
ITEM_STAGES = Table(
    "item_stages", ("item", "fact", "stage", "accepted", "post", "reason", "said_on", "said_at", "actor", "counts"), 2,
    "item",
)  # fmt: skip
ADOPTIONS = Table(
    "adoptions",
    ("item", "fact", "activity", "unit", "outlet", "class", "said_class", "adopted_on", "link", "evidence", "settled", "reason"),
    2,
    "item",
)
NOTED_ADOPTIONS = Table(
    "noted_adoptions",
    ("adoption", "fact", "activity", "unit", "said_item", "title", "outlet", "said_class", "adopted_on", "link", "state", "item",
     "reason"),
    1,
    "adoption",
)  # fmt: skip
ITEM_POINTS = Table(
    "item_points", ("item", "place", "activity", "unit", "code", "day", "column_", "number", "points", "adoption"), 2, "item"
)
BONUSES = Table("bonuses", ("standing", "host", "activity", "unit", "tenths", "reason", "ground", "cancel_reason"), 2, "standing")
EXCUSES = Table("quota_excuses", ("standing", "host", "period", "activity", "unit", "reason"), 3, "standing")
BULLETINS = Table(
    "bulletins",
    ("bulletin", "fact", "host", "activity", "number", "period", "group_", "at", "digest", "content", "published"),
    2,
    "bulletin",
)
BULLETIN_AMENDMENTS = Table(
    "bulletin_amendments", ("bulletin", "fact", "host", "amendment", "said_on", "digest", "content", "published"), 2, "bulletin"
)
