"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link, Sort
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
    pages=(
        "campmgr.areas.points.pages.week:area",
        "campmgr.areas.points.pages.items:area",
        "campmgr.areas.points.pages.correcting:area",
        "campmgr.areas.points.pages.passing:area",
        "campmgr.areas.points.pages.passing_paper:area",
        "campmgr.areas.points.pages.handover:area",
        "campmgr.areas.points.pages.office_passing:area",
        "campmgr.areas.points.pages.office:area",
        "campmgr.areas.points.pages.noted:area",
        "campmgr.areas.points.pages.bulletins:area",
        "campmgr.areas.points.pages.gains:area",
        "campmgr.areas.points.pages.roster:area",
        "campmgr.areas.points.pages.standings:area",
        "campmgr.areas.points.pages.lists:venues",
        "campmgr.areas.points.pages.lists:outlets",
        "campmgr.areas.points.pages.lists:all_venues",
    ),
    links=(
        Link("activity desk", 10, "reporting_week.week", "本周"),
        Link("activity desk", 20, "reporting.new", "报送稿件"),
        Link("activity desk", 30, "passing.waiting", "待审稿件"),
        Link("activity desk", 35, "handover.listed", "宣传员"),
        Link("activity desk", 40, "venues.listed", "场馆"),
        Link("activity", 10, "office_points.short", "谁还差"),
        Link("activity", 15, "office_passing.waiting", "待审稿件"),
        Link("activity", 20, "office_points.table", "积分统计表"),
        Link("activity", 30, "office_points.items", "稿件"),
        Link("activity", 40, "office_points.adoptions", "录用核定"),
        Link("activity", 45, "office_bulletins.listed", "通报"),
        Link("activity", 47, "office_standings.listed", "附加分和免除"),
        Link("activity", 50, "office_decisions.tried", "换条规则试算"),
        Link("activity", 55, "office_roster.listed", "宣传员"),
        Link("activity", 60, "outlets.listed", "载体分类"),
        Link("activity", 70, "office_venues.listed", "场馆"),
    ),
    commands=(
        Command("item", "宣传稿件：报送、审核、录用、核定、对上稿件", "campmgr.areas.points.commands.items:item"),
        Command("points", "宣传积分：建单位、附加分、免除任务、换宣传员", "campmgr.areas.points.commands.hosting:points"),
        Command("bulletin", "积分通报：定稿、查看、核对、更正、导出", "campmgr.areas.points.commands.hosting:bulletin"),
        Command("outlet", "载体分类：登记、撤下、查看", "campmgr.areas.points.commands.lists:outlet"),
        Command("venue", "场馆：登记、撤下、查看", "campmgr.areas.points.commands.lists:venue"),
    ),
    reports=(
        Command("points", "各单位积分，可按通知的统计表另存、换规则试算。", "campmgr.areas.points.commands.reports:points"),
        Command("quotas", "各单位每周、每月、每季度的任务。", "campmgr.areas.points.commands.reports:quotas"),
        Command("items", "稿件，可按单位、时期、统计表的列筛选。", "campmgr.areas.points.commands.waiting:items"),
        Command("short", "谁还差几篇，可以直接贴到群里。", "campmgr.areas.points.commands.waiting:short"),
        Command(
            "adoptions", "等核定的录用，没有归类的媒体，没有对上稿件的录用。", "campmgr.areas.points.commands.waiting:adoptions"
        ),
        Command("item", "一篇稿件的积分，每一分的来历。", "campmgr.areas.points.commands.items:item_report"),
        Command("venues", "体验馆摸排。", "campmgr.areas.points.commands.reports:venues"),
        Command("roster", "宣传员名单。", "campmgr.areas.points.commands.reports:roster"),
        Command("outlets", "载体分类。", "campmgr.areas.points.commands.lists:outlets"),
    ),
)
