"""The tables of what people did."""

from __future__ import annotations

from campmgr.store.tables import Table

MARKS = Table("marks", ("person", "fact", "lesson", "day", "minutes", "source"), 2, "person")
CONDITIONS = Table("conditions", ("person", "fact", "condition", "day", "source"), 2, "person")
MOMENTS = Table("moments", ("person", "moment"), 2, "person")
CROWDS = Table("crowds", ("moment", "people"), 1, "moment")
DECLARATIONS = Table("declarations", ("person", "fact", "lesson", "day", "minutes", "state", "reason", "evidence"), 2, "person")
