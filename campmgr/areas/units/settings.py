"""What the area of units lets a camp decide: the form it started from, and how the units' numbers are put together."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings.fields import Section, setting


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
        allowed=("city", "county", "school", "federation", "line"),
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
