"""`campmgr site` and `campmgr report sites`."""

from __future__ import annotations

from campmgr.cli.inventory_commands import inventory_command, inventory_report
from tests.kit.walks.files import WHO
from tests.kit.walks.inventories import SITES

site = inventory_command(SITES, WHO)
report = inventory_report(SITES, WHO)
