"""What this area brings."""

from __future__ import annotations

from campmgr.areas.register import AREAS, area_of
from campmgr.areas.whole import ROOMS
from campmgr.facts.area import Area, Command, Link, Sort
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.saying import introduce
from campmgr.store.schemas import Schema

AREA = Area(
    name="walks",
    title="安全巡查",
    uses=("units", "people", "activities"),
    sort="walks",
    declares=Sort("walks", "安全巡查", "walks.name", duties=("巡查员",)),
    schemas=(Schema("walks 1", __package__),),
    kinds="tests.kit.walks.kinds:KINDS",
    folds="tests.kit.walks.fold:FOLDS",
    inventories="tests.kit.walks.inventories:INVENTORIES",
    sheets="tests.kit.walks.files:SHEETS",
    settings="tests.kit.walks.settings:SECTIONS",
    unfinished="tests.kit.walks.queries:unfinished",
    frozen="tests.kit.walks.queries:frozen",
    pages=(
        "tests.kit.walks.pages:area",
        "tests.kit.walks.pages:sites",
        "tests.kit.walks.pages:channels",
        "tests.kit.walks.pages:all_sites",
    ),
    links=(
        Link("activity", 10, "walks.listed", "巡查记录"),
        Link("activity", 20, "channels.listed", "媒体名录"),
        Link("activity", 30, "office_sites.listed", "体验馆"),
        Link("activity desk", 10, "sites.listed", "体验馆"),
    ),
    commands=(
        Command("walk", "安全巡查：登记", "tests.kit.walks.commands:walk"),
        Command("site", "体验馆：登记、撤下、查看", "tests.kit.walks.inventory_commands:site"),
    ),
    reports=(Command("sites", "体验馆摸排汇总表。", "tests.kit.walks.inventory_commands:report"),),
)

WITH_WALKS = Catalogue([*(area_of(name) for name in AREAS), AREA], ROOMS, introduce)
"""All that the program has, and this area: what a test opens data files with."""
