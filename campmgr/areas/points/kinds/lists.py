"""Lists with fields: venues, as the notice's form asks, cases and leads, which units keep beside their items (七, 十一),
and outlets, which the host keeps for all.
"""

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
        Field("class", "类别", "whole", 4, names="等级", within=(1, 5), required=True, counts="类"),
        Field("from_on", "生效日期", "day", 8, names="生效 起始日期", required=True),
        Field("aliases", "另称（用、隔开）", width=14, names="另称 别名"),
    ),
    home=Home.PUBLIC,
    above=(),
    note="通知已经列出的载体写在规则里，不用再登记；这里只登记通知没有列出的、类别有变的。",
)

VIOLATIONS = Inventory(
    name="violation",
    table="violations",
    called="典型案例",
    title="违法典型案例台账",
    sort="points",
    key=("name", "decided_on"),
    fields=(
        Field("name", "案例名称", width=16, names="案例 名称 案由", required=True),
        Field("decided_on", "处罚日期", "day", 8, names="决定日期 日期", required=True),
        Field("subject", "当事单位", width=12, names="违法单位 企业名称"),
        Field("facts", "违法事实", width=18, names="违法行为 主要事实"),
        Field("penalty", "处理结果", width=12, names="处罚结果 处罚"),
        Field("exposed", "已曝光", "flag", 5, names="是否曝光"),
        Field("exposed_on", "曝光日期", "day", 8),
        Field("outlet", "曝光媒体", width=10, names="媒体"),
        Field("note", "备注", width=0),
    ),
)

LEADS = Inventory(
    name="opinion_lead",
    table="opinion_leads",
    called="舆情线索",
    title="舆情线索台账",
    sort="points",
    key=("name", "found_on"),
    fields=(
        Field("name", "线索", width=18, names="标题 舆情 线索内容", required=True),
        Field("found_on", "发现日期", "day", 8, names="日期", required=True),
        Field("source", "来源", width=10, names="平台 媒体"),
        Field("link", "链接", width=0, names="网址"),
        Field("weight", "程度", "choice", 6, names="等级 级别", choices=("一般", "较大", "重大")),
        Field("handled", "管控和处置", width=18, names="处置 管控措施 处置情况"),
        Field("state", "进展", "choice", 6, names="状态", choices=("处置中", "已办结")),
        Field("ended_on", "办结日期", "day", 8),
        Field("note", "备注", width=0),
    ),
)

INVENTORIES = (VENUES, OUTLETS, VIOLATIONS, LEADS)
