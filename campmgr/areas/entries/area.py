"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Sort
from campmgr.store.schemas import Schema

AREA = Area(
    name="entries",
    title="作品征集",
    uses=("people", "works"),
    sort="entries",
    declares=Sort("entries", "作品征集", "entries.name"),
    schemas=(Schema("entries 1", __package__),),
    kinds="campmgr.areas.entries.kinds:KINDS",
    folds="campmgr.areas.entries.fold:FOLDS",
    inventories="campmgr.areas.entries.kinds:INVENTORIES",
    sheets="campmgr.areas.entries.files.sheets:SHEETS",
    settings="campmgr.areas.entries.settings:SECTIONS",
    commands=(
        Command("entry", "作品征集：体检、登记、初筛、撤销", "campmgr.areas.entries.commands.entry:entry"),
        Command("handin", "作品报送：查看、结批、重新打开、导出、核对", "campmgr.areas.entries.commands.handin:handin"),
    ),
    reports=(
        Command("entries", "作品统计：登记、报送、入围、展播、撤销。", "campmgr.areas.entries.commands.showing:report"),
        Command("handed-in", "收到的作品批次。", "campmgr.areas.entries.commands.handin:report"),
        Command("votes", "入围作品的票数、剔除的票，和按比重合成的分。", "campmgr.areas.entries.commands.votes:report"),
    ),
)
