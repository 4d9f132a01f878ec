"""Two inventories of the made-up sort: sites that units keep, as a notice prints them, and channels that the host keeps for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campmgr.facts.inventories import Field, Inventory
from campmgr.ledger.kinds import Home

LEAST = {"Ⅰ类": 2000, "Ⅱ类": 1200}


def large_enough(values: Mapping[str, Any]) -> tuple[str, str]:
    """A site of a class needs its area: 200 m² for Ⅰ, 120 m² for Ⅱ; in tenths."""
    least = LEAST.get(values["class"], 0)
    if values["area"] is not None and values["area"] < least:
        return "area", f"{values['class']}场馆不少于 {least // 10} 平方米。"
    return "", ""


SITES = Inventory(
    name="site",
    table="sites",
    called="体验馆",
    title="常州市武进区公共安全体验馆摸排汇总表",
    sort="walks",
    key=("name",),
    fields=(
        Field("name", "基地、场馆名称", width=14, names="场馆名称 名称", required=True),
        Field("used_for", "现有用途", width=12),
        Field("area", "面积", "tenths", 6, names="面积（平方米）", within=(1, 1_000_000)),
        Field("usable", "能用", "flag", 0),
        Field("class", "目标建成类别", "choice", 8, choices=("Ⅰ类", "Ⅱ类", "Ⅲ类")),
        Field("place", "所在", "choice", 0, choices=("村社区", "企业", "学校")),
        Field("theme", "主题", width=0),
        Field("keeper", "负责人编码", "person", 0),
        Field("note", "备注", width=0),
    ),
    above=(("单位（盖章）：{unit}", "填表人：", "时间："),),
    below=("注：1.面积填写建筑面积。",),
    check=large_enough,
)

CHANNELS = Inventory(
    name="channel",
    table="channels",
    called="媒体",
    title="媒体名录",
    sort="walks",
    key=("name",),
    fields=(
        Field("name", "媒体名称", width=14, required=True),
        Field("class", "类别", "whole", 4, within=(1, 5), required=True),
        Field("from_on", "生效日期", "day", 8),
    ),
    home=Home.PUBLIC,
    above=(),
)

INVENTORIES = (SITES, CHANNELS)
