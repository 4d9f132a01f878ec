"""`campmgr entry`."""

from __future__ import annotations

from campmgr.areas.entries.commands import saying
from campmgr.areas.entries.commands.checking import check_
from campmgr.areas.entries.commands.showing import show
from campmgr.areas.entries.files.sheets import WHO
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.cli.inventory_commands import inventory_command

entry = inventory_command(ENTRIES, WHO)
entry.help = "作品征集：报送前体检、登记、附上文件、承诺、初筛、撤销。成批的用 campmgr import entries。"

for each in (check_, show, saying.attach, saying.detach, saying.agree, saying.stage, saying.revoke):
    entry.add_command(each)
