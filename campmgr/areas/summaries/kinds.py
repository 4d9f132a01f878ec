"""The kinds about what units hand in at the end."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

# fmt: off
KINDS = (
    Kind("summary_written", Home.PEOPLE, Right.COVERS_SCOPE, ("summary",), ("summaries",), fields("text handed_in:flag"),
         registers=("text",),
         stays="要改总结，请再报送一次。"),
    Kind("summary_judged", Home.PEOPLE, Right.COVERS_SCOPE, ("summary",), ("summaries",), fields("summary accepted:flag reason"),
         registers=("answer {summary}",),
         stays="要改处理结果，请再处理一次。"),
)
# fmt: on
