"""What the area of units lets a camp decide: the form it started from, and how the units' numbers are put together."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.fields import setting
from campmgr.settings.sections import Section
from campmgr.settings.terms import vocabulary

UNIT_KINDS = vocabulary(
    "单位类别",
    {
        "省": "省级 自治区 直辖市 province provincial",
        "市": "地级市 设区市 设区的市 地市 市级 city municipality prefecture",
        "县": "区 县级市 市辖区 县级 区县 县区 县（市、区） 县市区 county district",
        "乡": "街道 镇 乡镇 乡镇街道 乡级 街道办 街道办事处 township town street subdistrict",
        "村": "居委会 村委会 行政村 村居 村民委员会 居民委员会 村级 village",
        "学校": "小学 中学 初中 高中 大学 高校 学院 幼儿园 中职 职校 school university college kindergarten",
        "社区": "居民区 小区 community neighbourhood neighborhood",
        "企业": "公司 国企 央企 中央企业 地方企业 工厂 enterprise company firm business",
        "机关": "政府机关 党政机关 事业单位 机关单位 部门 agency office government authority",
        "妇联": "妇女联合会 妇女之家 federation womensfederation women'sfederation",
        "其他": "其它 other others",
    },
)

LINES = vocabulary(
    "条线",
    {
        "安委": "安办 安委办 安委会 安委会办公室 安全生产委员会 安全生产委员会办公室 safety safetycommittee",
        "应急": "应急管理 应急局 应急管理局 应急管理厅 综合执法与应急管理局 emergency",
        "教育": "教育局 教育厅 教育系统 社会事业局 education",
        "妇联": "妇女联合会 省妇联 市妇联 县妇联 women federation womensfederation",
        "企业": "企事业 国资 国资委 enterprise business",
        "社区": "社区条线 街道社区 community",
    },
)

OUTSIDE = "outside"
"""The kind of a work's author who never joined (docs/ledger.md#erasure)."""

PARTICIPANT_KINDS = vocabulary(  # F-06, and the authors who never joined
    "参与者类别",
    {
        "活动组织机构": "组织机构 各地区安全生产月活动组织机构 安全生产月活动组织机构 组织方 organizer organiser",
        "企事业单位": "中央企业及地方企事业单位 中央企业 地方企事业单位 企业 事业单位 单位 enterprise company",
        "职工": "企业职工 员工 工人 干部职工 干部 employee worker staff",
        "学校师生": "师生 学生 教师 老师 教职工 school student pupil teacher",
        "社区(村)居民": "居民 村民 社区居民 村居民 社区村居民 家庭 resident villager",
        "社会公众": "公众 群众 社会 其他 其它 public other",
        OUTSIDE: "外部 未报名 场外作者",
    },
    {OUTSIDE: "未报名作者"},
)


@dataclass(frozen=True, slots=True)
class Preset:
    """Which form the camp started from."""

    name: str = setting("预设名称", default="camp", required=True)
    units_file: str = setting("预设单位表")


@dataclass(frozen=True, slots=True)
class RollUp:
    """How the units' numbers are put together."""

    addressees: tuple[str, ...] = setting("主送单位", "F-07", default=())
    reports: tuple[str, ...] = setting(
        "汇总口径",
        "F-10",
        "全省各级应急管理、教育、妇联等部门",
        default=("city", "school", "federation"),
        allowed={"city": "设区市", "county": "县（市、区）", "school": "学校", "federation": "妇联", "line": "条线"},
    )
    city_level_units: tuple[str, ...] = setting(
        "按设区市一级单列的单位（代码）", "F-08", "平潭综合实验区安办、综合执法与应急管理局、社会事业局、妇联", default=()
    )
    direct_unit: str = setting("省直单位（代码）", "F-09", "省（部）属高校，厅直属学校")
    not_participating: tuple[str, ...] = setting("不参加的单位（代码）", default=())


SECTIONS = (
    Section("preset", Preset, "预设", place=10, is_fixed=True),
    Section("roll_up", RollUp, "汇总", place=130),
)
