"""Two lists with fields: venues, which units keep as the notice's form asks, and outlets, which the host keeps for all."""

from __future__ import annotations

from collections.abc import Mapping

from campmgr.areas.points.settings import Due, Forms, before_words
from campmgr.facts.inventories import Field, Inventory
from campmgr.ledger.kinds import Home
from campmgr.settings.sections import Chosen

VENUE_CLASSES = ("Ⅰ类", "Ⅱ类")


def _venues_said(rules: Chosen) -> Mapping[str, str]:
    return {"district": rules[Forms].venues_district, "due": before_words(rules[Due].venues_on), "office": rules[Forms].office}


VENUES = Inventory(
    name="venue",
    table="venues",
    called="场馆",
    title="公共安全体验馆摸排汇总表",
    printed="{district}公共安全体验馆摸排汇总表",
    said=_venues_said,
    sort="points",
    key=("name",),
    fields=(
        Field("name", "基地、场馆名称", width=14, names="场馆名称 基地名称 名称", required=True),
        Field("used_for", "现有用途", width=12, names="用途"),
        Field("area", "面积", "tenths", 6, names="面积（平方米） 使用面积", within=(1, 1_000_000)),
        Field("class", "目标建成类别", "choice", 8, names="类别", choices=VENUE_CLASSES),
        Field("usable", "面积是使用面积", "flag", 0),
        Field("place", "所在", "choice", 0, choices=("村社区", "企业", "学校")),
        Field("existing", "现有", "flag", 0),
        Field("theme", "主题", width=0),
        Field("open_to_public", "面向公众开放", "flag", 0),
        Field("note", "备注", width=0),
    ),
    above=(("单位（盖章）：{unit}", "填表人：", "时间："),),
    below=(
        "备注：",
        "1、摸排范围：村（社区）、企业、学校中现有的应急（安全）、防灾减灾等基地场馆；拟新改（扩）建成的基地和场馆。",
        (
            "2、目标建成类别：Ⅰ类馆不小于200平方米（指使用面积），以公共安全为主题，面向社会公众普及应急安全知识的主题公园、示范街、基地、"
            "场馆、体验馆、场所等；Ⅱ类馆不小于120平方米，面向社会公众开放的，用于应急安全科普的专业性教育观、体验馆、基地、场所等。"
        ),
        "3、摸排要求：各单位摸排2-3家公共安全体验基地和场馆，汇总表请{due}报送至{office}。",
    ),
)

OUTLETS = Inventory(
    name="outlet",
    table="outlets",
    called="载体",
    title="载体分类",
    sort="points",
    key=("name", "from_on"),
    fields=(
        Field("name", "媒体名称", width=14, names="载体 媒体 名称", required=True),
        Field("class", "类别", "whole", 4, names="等级", within=(1, 5), required=True),
        Field("from_on", "生效日期", "day", 8, names="生效 起始日期", required=True),
        Field("aliases", "另称（用、隔开）", width=14, names="另称 别名"),
    ),
    home=Home.PUBLIC,
    above=(),
)

INVENTORIES = (VENUES, OUTLETS)
