"""A work that is listed with all that its makers were asked to agree to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campmgr.areas.entries.actions.agreeing import agree
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import list_row, row_of
from campmgr.store.door import Writer


def list_agreed(w: Writer, activity: Activity, unit: str, said: Mapping[str, Any]) -> None:
    """List a work of a unit, or change it; every text of the call is agreed to."""
    list_row(w, ENTRIES, activity, unit, said)
    values = {each.name: each.blank for each in ENTRIES.fields} | dict(said)
    agree(w, [row_of(w, ENTRIES, ENTRIES.row_id(activity.id, unit, values))], None)
