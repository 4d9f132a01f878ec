"""`campmgr entry`."""

from __future__ import annotations

import click

from campmgr.areas.entries.commands.checking import check_


@click.group()
def entry() -> None:
    """作品征集：报送前体检、登记、初筛、撤销。"""


entry.add_command(check_)
