"""The kinds about what units hand in at the end."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

# fmt: off
KINDS = (
    Kind("summary_written", Home.PEOPLE, Right.COVERS_SCOPE, ("summary",), ("summaries",), fields("text handed_in:flag"),
         registers=("text",)),
    Kind("summary_judged", Home.PEOPLE, Right.COVERS_SCOPE, ("summary",), ("summaries",), fields("summary accepted:flag reason"),
         registers=("answer {summary}",)),
)
# fmt: on
