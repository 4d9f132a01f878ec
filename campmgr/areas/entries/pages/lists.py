"""The works of a unit: the pages of their inventory."""

from __future__ import annotations

from campmgr.areas.entries.files.sheets import WHO
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.web.inventory_pages import inventory_pages

area = inventory_pages(ENTRIES, WHO, ("entry_files.shown", "文件、体检和进展"))
