"""`campmgr outlet`, `venue`, `violation`, `opinion-lead`, and the reports of those lists that the area itself does not tell."""

from __future__ import annotations

from campmgr.areas.points.kinds.lists import LEADS, OUTLETS, VENUES, VIOLATIONS
from campmgr.cli.inventory_commands import inventory_command, inventory_report

outlet = inventory_command(OUTLETS)
venue = inventory_command(VENUES)
violation = inventory_command(VIOLATIONS)
lead = inventory_command(LEADS)
outlets = inventory_report(OUTLETS)
violations = inventory_report(VIOLATIONS)
leads = inventory_report(LEADS)
