"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link, Sort
from campmgr.store.schemas import Schema

AREA = Area(
    name="entries",
    title="作品征集",
    uses=("people", "works"),
    sort="entries",
    declares=Sort("entries", "作品征集", "entries.name", duties=("评委",)),
    schemas=(
        Schema("entries 1", __package__),
        Schema("entries 2", __package__, "schema_2.sql"),
        Schema("entries 3", __package__, "schema_3.sql"),
    ),
    kinds="campmgr.areas.entries.kinds:KINDS",
    names="campmgr.areas.entries.queries.entries:titles_of",
    folds="campmgr.areas.entries.fold.folds:FOLDS",
    matters="campmgr.areas.entries.matters:MATTERS",
    inventories="campmgr.areas.entries.kinds:INVENTORIES",
    sheets="campmgr.areas.entries.files.sheets:SHEETS",
    settings="campmgr.areas.entries.settings:SECTIONS",
    unfinished="campmgr.areas.entries.queries.counts:unfinished",
    frozen="campmgr.areas.entries.queries.counts:frozen",
    pages=(
        "campmgr.areas.entries.pages.lists:area",
        "campmgr.areas.entries.pages.handing_in:area",
        "campmgr.areas.entries.pages.files:area",
        "campmgr.areas.entries.pages.large_files:area",
        "campmgr.areas.entries.pages.checking:area",
        "campmgr.areas.entries.pages.screening:area",
        "campmgr.areas.entries.pages.late:area",
        "campmgr.areas.entries.pages.gallery:area",
        "campmgr.areas.entries.pages.taking_part:area",
    ),
    links=(
        Link("activity desk", 10, "entries.listed", "作品"),
        Link("activity desk", 20, "entry_check.page", "体检"),
        Link("activity desk", 30, "handins.listed", "报送"),
        Link("activity", 10, "screening.listed", "作品"),
        Link("activity", 20, "screening.votes", "票数"),
        Link("activity", 25, "late_batches.listed", "补报"),
        Link("activity", 30, "gallery.shown", "展播"),
        Link("activity public", 5, "taking_part.how", "怎样参加"),
        Link("activity public", 10, "gallery.shown", "展播作品"),
    ),
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
