"""The JSON of rankings (docs/commands.md)."""

from __future__ import annotations

from typing import Any

from campmgr.areas.works.queries.standings import StandingRow, StandingsPage


def standing_data(row: StandingRow) -> dict[str, Any]:
    """One line of a ranking."""
    return {"place": row.place, "person": row.person, "name": row.name, "work": row.work, "title": row.title, "link": row.link,
            "likes": row.likes, "unit": row.unit, "city": row.city, "account": row.account,
            "at_least": row.at_least}  # fmt: skip


def standings_data(page: StandingsPage) -> dict[str, Any]:
    """`report standings`."""
    rows = [standing_data(row) for row in page.rows]
    return {"at": page.at or None, "rule": page.rule, "rows": rows, "tied_at_cut": page.tied_at_cut,
            "left_out": page.left_out, "decided_at_cut": page.decided_at_cut}  # fmt: skip
