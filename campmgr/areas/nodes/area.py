"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="nodes",
    title="电脑",
    uses=("units", "camp"),
    schemas=(Schema("nodes 1", __package__), Schema("nodes 2", __package__, "packs.sql")),
    kinds="campmgr.areas.nodes.kinds:KINDS",
    matters="campmgr.areas.nodes.matters:MATTERS",
    folds="campmgr.areas.nodes.fold:FOLDS",
    pages=(
        "campmgr.areas.nodes.pages.nodes:area",
        "campmgr.areas.nodes.pages.packs:area",
        "campmgr.areas.nodes.pages.exchange:area",
        "campmgr.areas.nodes.pages.syncing:area",
        "campmgr.areas.nodes.pages.enrolling:area",
        "campmgr.areas.nodes.pages.recovery:area",
        "campmgr.areas.nodes.pages.joining:area",
        "campmgr.areas.nodes.pages.carrying:area",
    ),
    links=(Link("office", 24, "office_nodes.nodes", "电脑", "laptop", group="单位", holds=("/office/packs/",)),),
    commands=(
        Command("node", "电脑：申请、授权、接收、列表、撤销", "campmgr.areas.nodes.commands.nodes:node"),
        Command("pack", "数据包：制作、查看、接收", "campmgr.areas.nodes.commands.packs:pack"),
        Command("sync", "与联得上的上级或下级电脑同步", "campmgr.areas.nodes.commands.sync:sync"),
    ),
)
