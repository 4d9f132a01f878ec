"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Sort
from campmgr.store.schemas import Schema

AREA = Area(
    name="points",
    title="宣传积分",
    uses=("units", "people", "duties", "holidays"),
    sort="points",
    declares=Sort("points", "宣传积分", "points.name", duties=("宣传员",)),
    schemas=(Schema("points 1", __package__), Schema("points views 1", __package__, "views.sql")),
    kinds="campmgr.areas.points.kinds.facts:KINDS",
    folds="campmgr.areas.points.fold.folds:FOLDS",
    matters="campmgr.areas.points.matters:MATTERS",
    unfinished="campmgr.areas.points.queries.closing:unfinished",
    frozen="campmgr.areas.points.queries.closing:frozen",
    inventories="campmgr.areas.points.kinds.lists:INVENTORIES",
    settings="campmgr.areas.points.settings:SECTIONS",
    sheets="campmgr.areas.points.files.sheets:SHEETS",
    commands=(
        Command("item", "宣传稿件：报送、审核、录用、核定", "campmgr.areas.points.commands.items:item"),
        Command("points", "宣传积分：建单位、附加分、免除任务", "campmgr.areas.points.commands.hosting:points"),
        Command("bulletin", "积分通报：定稿、查看、核对、更正、导出", "campmgr.areas.points.commands.hosting:bulletin"),
        Command("outlet", "载体分类：登记、撤下、查看", "campmgr.areas.points.commands.lists:outlet"),
        Command("venue", "场馆：登记、撤下、查看", "campmgr.areas.points.commands.lists:venue"),
    ),
    reports=(
        Command("points", "各单位积分，可按通知的统计表另存、换规则试算。", "campmgr.areas.points.commands.reports:points"),
        Command("quotas", "各单位每周、每月、每季度的任务。", "campmgr.areas.points.commands.reports:quotas"),
        Command("items", "稿件，可按单位、时期、统计表的列筛选。", "campmgr.areas.points.commands.waiting:items"),
        Command("short", "谁还差几篇，可以直接贴到群里。", "campmgr.areas.points.commands.waiting:short"),
        Command("adoptions", "等核定的录用，没有归类的媒体。", "campmgr.areas.points.commands.waiting:adoptions"),
        Command("item", "一篇稿件的积分，每一分的来历。", "campmgr.areas.points.commands.items:item_report"),
        Command("venues", "体验馆摸排。", "campmgr.areas.points.commands.reports:venues"),
        Command("roster", "宣传员名单。", "campmgr.areas.points.commands.reports:roster"),
        Command("outlets", "载体分类。", "campmgr.areas.points.commands.lists:outlets"),
    ),
)
