"""`campmgr outlet` and `campmgr venue`, `campmgr report outlets`."""

from __future__ import annotations

from campmgr.areas.points.kinds.lists import OUTLETS, VENUES
from campmgr.cli.inventory_commands import inventory_command, inventory_report

outlet = inventory_command(OUTLETS)
venue = inventory_command(VENUES)
outlets = inventory_report(OUTLETS)
