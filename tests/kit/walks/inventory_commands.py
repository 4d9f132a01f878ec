"""`campmgr venue` and `campmgr report venues`."""

from __future__ import annotations

from campmgr.cli.inventory_commands import inventory_command, inventory_report
from tests.kit.walks.files import WHO
from tests.kit.walks.inventories import VENUES

venue = inventory_command(VENUES, WHO)
report = inventory_report(VENUES, WHO)
