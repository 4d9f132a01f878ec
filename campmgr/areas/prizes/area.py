"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="prizes",
    title="名单",
    uses=("units", "camp", "people", "works", "holidays"),
    sort="camp",
    schemas=(Schema("prizes 1", __package__),),
    kinds="campmgr.areas.prizes.kinds:KINDS",
    folds="campmgr.areas.prizes.fold:FOLDS",
    matters="campmgr.areas.prizes.matters:MATTERS",
    settings="campmgr.areas.prizes.settings:SECTIONS",
    unfinished="campmgr.areas.prizes.queries.unsettled:unfinished",
    frozen="campmgr.areas.prizes.queries.unsettled:frozen",
    pages=(
        "campmgr.areas.prizes.pages.lists:area",
        "campmgr.areas.prizes.pages.prizes:area",
        "campmgr.areas.prizes.pages.freezing:area",
        "campmgr.areas.prizes.pages.publicity:area",
        "campmgr.areas.prizes.pages.objections:area",
    ),
    links=(
        Link("office", 60, "office_prizes.ranking", "排名与名单", "whole", group="榜单"),
        Link("list", 10, "office_prizes.one", "名单"),
        Link("list", 20, "office_publicity.shown", "公示与异议"),
        Link("list", 30, "office_publicity.amend", "更正"),
    ),
    commands=(
        Command("prizes", "获奖名单：定榜、查看、导出、核对、公示、异议、更正", "campmgr.areas.prizes.commands.prizes:prizes"),
    ),
)
