"""What each unit has: of each tool the last word stands."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows

TOOLS = Table("tools", ("tool", "unit", "name", "count", "lent_on"), 1, "tool")


def fold_tools(folding: Folding, tools: Sequence[str]) -> tuple[()]:
    """Fold these tools again."""
    rows: list[Row] = []
    for tool, told in standing_of(folding, "tool", tools).items():
        lent = [one for one in told if one.fact.kind == "tool_lent"]
        rows += [(tool, one.body["unit"], one.body["name"], one.body["count"], one.fact.happened_on) for one in lent[-1:]]
    sync_rows(folding.w, TOOLS, tools, rows)
    return ()


FOLDS = (Fold(name="tools", sort="tool", run=fold_tools, tables=(TOOLS,), reads={BATCHES: spoken_of("tool")}),)
