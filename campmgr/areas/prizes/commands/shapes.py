"""The JSON of prize lists (docs/commands.md)."""

from __future__ import annotations

from typing import Any

from campmgr.areas.prizes.queries.prizes import AmendedLine, PrizeList
from campmgr.areas.works.commands.shapes import standing_data


def prizes_data(frozen: PrizeList) -> dict[str, Any]:
    """`prizes freeze`, `show`, `amend`. `rows` stand as amended; `frozen_rows` as frozen, null while nothing was amended."""
    return {
        "number": frozen.number, "at": frozen.at, "rule": frozen.rule, "digest": frozen.digest, "digest_now": frozen.digest_now,
        "division": frozen.content["division"],
        "published": frozen.published, "whole": frozen.whole, "fact": frozen.fact,
        "rows": [standing_data(row) for row in frozen.rows],
        "frozen_rows": [standing_data(row) for row in frozen.frozen_rows] if frozen.amendments else None,
        "amendments": [
            {"amendment": each.amendment, "on": each.on, "reason": each.reason, "objection": each.objection or None,
             "digest": each.digest, "changes": [amended_data(line) for line in each.lines]}
            for each in frozen.amendments
        ],
        "excluded": [dict(zip(("work", "person", "likes", "home", "why", "reason"), each, strict=True))
                     for each in frozen.content["excluded"]],
        "sources": [dict(zip(("sha256", "file", "read_at", "recorded_at"), each, strict=True)) for each in frozen.sources],
    }  # fmt: skip


def amended_data(line: AmendedLine) -> dict[str, Any]:
    """One line of an amendment, before and after."""
    before, after = line.before, line.after
    return {"before": before and standing_data(before), "after": after and standing_data(after)}
