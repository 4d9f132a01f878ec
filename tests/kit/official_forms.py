"""Forms that the notices print, described once: points tables and roster and venues of 001, tables of 000, 002 and 003."""

from __future__ import annotations

from campmgr.files.official_form import FormColumn, OfficialForm

ADOPTED = ("录用条数",)
_POINTS = (
    FormColumn("unit", "单位", "name", 10, is_spread=True),
    FormColumn("reports", "工作动态/舆情", "number", 8),
    FormColumn("articles", "综合性文章/约稿", "number", 9),
    *(FormColumn(f"n{place}", f"{word}类", "number", 4, over=ADOPTED) for place, word in enumerate("一二三四五", 1)),
    FormColumn("points", "积分总计", "number", 6, is_spread=True),
)
_POINTS_NEEDED = (("unit",), ("reports",))

TABLE_A = OfficialForm("points", "积分表", "2022年度信息宣传稿件积分统计表", _POINTS, _POINTS_NEEDED, subtitle="（板  块）")
TABLE_B = OfficialForm("points", "积分表", "2022年度信息宣传稿件积分统计表", _POINTS, _POINTS_NEEDED, subtitle="（科室  大队）")

UNITS_A = "雪堰镇 礼嘉镇 前黄镇 湖塘镇 牛塘镇 洛阳镇 湟里镇 嘉泽镇 南夏墅街道 高新区 高新北区 西太湖 科教城".split()
UNITS_B = "办公室 人事教育科 应急指挥 - 调查减灾科、火灾防治科 自然灾害救援科 - 危化科 基础科 综合协调科、巡查督查科 政策法规科 执法大队".split()
"""The rows of the second table in order; "-" is a ruled row without anything."""

ROSTER = OfficialForm(
    "correspondents", "宣传员名单", "武进区应急管理宣传员名单",
    (
        FormColumn("name", "姓名", "name", 6, is_spread=True), FormColumn("post", "职务", "text", 8, is_spread=True),
        FormColumn("phone", "联系电话", "code", 9), FormColumn("note", "备注", "text", 9, is_spread=True),
    ),
    (("name",),),
    above=("填报单位：{unit}",),
    below=("备注：宣传员名单请于3月4日前报送至区应急管理局人事教育科。",),
)  # fmt: skip

VENUES = OfficialForm(
    "venues", "场馆摸排汇总表", "常州市武进区公共安全体验馆摸排汇总表",
    (
        FormColumn("", "序号", "number", 3), FormColumn("name", "基地、场馆名称", "text", 12, "场馆名称 基地名称"),
        FormColumn("use", "现有用途", "text", 9), FormColumn("area", "面积", "number", 5, "使用面积"),
        FormColumn("class", "目标建成类别", "name", 7, "建成类别"),
    ),
    (("name",), ("area",)),
    above=(("单位（盖章）：{unit}", "填表人：{filler}", "时间：{told_on}"),),
    below=(
        "备注：",
        "1、摸排范围：村（社区）、企业、学校中现有的应急（安全）、防灾减灾等基地场馆；拟新改（扩）建成的基地和场馆。",
        "2、目标建成类别：Ⅰ类馆不小于200平方米（指使用面积）；Ⅱ类馆不小于120平方米。",
        "3、摸排要求：各单位摸排2-3家公共安全体验基地和场馆，汇总表请于3月4日前报送至区应急管理局人事教育科。",
    ),
)  # fmt: skip

COLLECTION = OfficialForm(
    "entries", "作品征集汇总表", "第四届应急管理新媒体作品征集汇总表",
    (
        FormColumn("", "序号", "number", 3), FormColumn("title", "作品名称", "text", 10), FormColumn("class", "作品类型", "name", 5),
        FormColumn("sub", "具体形式", "name", 5), FormColumn("authors", "作者（团队）", "text", 7),
        FormColumn("created_on", "创作时间", "code", 6),
        FormColumn("platform", "发布平台", "text", 6), FormColumn("published_on", "发布时间", "code", 6),
        FormColumn("link", "作品链接", "text", 10), FormColumn("length", "时长或大小", "text", 6), FormColumn("file", "文件名", "text", 8),
        FormColumn("note", "备注", "text", 6),
    ),
    (("title",), ("class",)),
    above=(("组织单位：{unit}", "联系人及电话：{contact}", "通讯地址：{address}"),),
    below=("本表随每次报送作品一并发至邮箱：{mail}",),
    wide=True,
)  # fmt: skip

CONTEST = OfficialForm(
    "recommended", "推荐汇总表", "首届“工业强国·新型工业化”短视频推荐汇总表",
    (
        FormColumn("", "序号", "number", 3), FormColumn("title", "作品名称", "text", 10),
        FormColumn("entrant", "参选单位（个人）", "text", 9), FormColumn("sort", "参选主体类别", "name", 7),
        FormColumn("theme", "作品主题", "name", 6), FormColumn("also", "兼及主题", "name", 6),
        FormColumn("length", "作品时长", "code", 5), FormColumn("ratio", "画面比例", "code", 5),
        FormColumn("about", "作品简介", "text", 12), FormColumn("contact", "联系人", "name", 5),
        FormColumn("phone", "联系电话", "code", 7), FormColumn("sender", "推荐单位", "text", 8), FormColumn("note", "备注", "text", 5),
    ),
    (("title",), ("theme",)),
    wide=True,
)  # fmt: skip

SCORES = OfficialForm(
    "scores", "评分表", "{activity}评分表（评委：{judge}）",
    (
        FormColumn("", "序号", "number", 3), FormColumn("entry", "作品编号", "code", 7), FormColumn("title", "作品名称", "text", 12),
        *(FormColumn(key, heading, "number", 4) for key, heading in (
            ("science", "科学性"), ("story", "故事性"), ("new", "创新性"), ("art", "艺术性"), ("spread", "传播性"), ("fun", "趣味性"))),
        FormColumn("recused", "回避", "name", 4), FormColumn("note", "备注", "text", 8),
    ),
    (("entry",),),
    wide=True,
)  # fmt: skip

TASKS = OfficialForm(
    "matters", "任务表", "{year}年度宣传融合协作任务表",
    (
        FormColumn("", "序号", "number", 3), FormColumn("level", "层级", "name", 6), FormColumn("category", "类别", "name", 6),
        FormColumn("title", "任务", "text", 14), FormColumn("lead", "牵头单位", "text", 8), FormColumn("partners", "配合单位", "text", 10),
        FormColumn("channels", "渠道", "text", 7), FormColumn("when", "起止时间", "text", 9), FormColumn("progress", "进展", "text", 9),
        FormColumn("state", "状态", "name", 4),
    ),
    (("title",), ("lead",)),
    wide=True,
)  # fmt: skip

EXPOSED = OfficialForm(
    "exposures", "隐患曝光台账", "隐患曝光台账",
    (
        FormColumn("", "序号", "number", 3), FormColumn("on", "曝光时间", "code", 6), FormColumn("where", "单位（场所）", "text", 10),
        FormColumn("danger", "隐患", "text", 12), FormColumn("outlet", "媒体", "text", 7), FormColumn("due", "整改期限", "code", 6),
        FormColumn("done", "整改情况", "text", 9), FormColumn("closed", "销号时间", "code", 6),
    ),
    (("where",), ("danger",)),
    wide=True,
)  # fmt: skip

ALL = {
    "a": TABLE_A, "b": TABLE_B, "roster": ROSTER, "venues": VENUES, "collection": COLLECTION, "contest": CONTEST, "scores": SCORES,
    "tasks": TASKS, "exposed": EXPOSED,
}  # fmt: skip
