"""Made-up schools, federation branches, communities and a company below the units of Fujian."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.acceptance.sheets_written import Sheet

PRESET = Path(__file__).parents[2] / "campmgr" / "areas" / "units" / "presets" / "fujian-units.csv"
AWAY = "350527"
ENTERPRISE = "35-QY01"


@dataclass(slots=True)
class Homes:
    """The units people are put into, by sort; `all_preset` holds what the camp brings along."""

    schools: list[str] = field(default_factory=list)
    branches: list[str] = field(default_factory=list)
    communities: list[str] = field(default_factory=list)
    cities: list[str] = field(default_factory=list)
    counties: list[str] = field(default_factory=list)
    line_units: list[str] = field(default_factory=list)
    villages: list[str] = field(default_factory=list)
    preset: set[str] = field(default_factory=set)


def preset_homes(divisions: Path | None, random: Random) -> Homes:
    """The units that stand there already, and 300 villages out of the divisions where these are given."""
    homes = Homes()
    with PRESET.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            homes.preset.add(row["code"])
            if row["kind"] == "市":
                homes.cities.append(row["code"])
            elif row["kind"] == "县" and row["code"] != AWAY:
                homes.counties.append(row["code"])
            elif row["code"].endswith(("-AB", "-YJ", "-JY")):
                homes.line_units.append(row["code"])
    if divisions is not None:
        with divisions.open(encoding="utf-8", newline="") as file:
            deep = [
                row["code"] for row in csv.DictReader(file) if row["level"] in {"乡", "村"} and not row["code"].startswith(AWAY)
            ]
        homes.villages = sorted(random.sample(deep, 300))
    return homes


def divisions_sheet(divisions: Path, homes: Homes) -> Sheet:
    """The divisions file, copied as it is: what the preset places stays where it is."""
    sheet = Sheet("units", "units.csv", ())
    with divisions.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] in homes.preset:
                sheet.unchanged += 1
            else:
                sheet.new += 1
    return sheet


def schools_sheet(homes: Homes, random: Random, schools_per_county: int) -> Sheet:
    """Every sort of unit below the preset's own, some bad rows, and a city that gives its own number."""
    sheet = Sheet("units", "schools.xlsx", "代码 名称 上级代码 类别 条线 应参与人数".split(), ["参加单位汇总表"])
    sheet.good("350102-X01-B", "鼓楼第一小学东校区", "350102-X01", "学校", None, 40)  # stands above its parent
    for county in homes.counties:
        for number in range(1, schools_per_county + 1):
            code, kind = f"{county}-X{number:02d}", random.choice(["学校", "小学", "中学"])
            sheet.good(code, f"第{number}学校（{county}）", county, kind, "教育", random.randint(30, 900))
            homes.schools.append(code)
    _small_units(sheet, homes)
    sheet.change("3509", "宁德市", "35", "市", None, 3000)
    sheet.bad("unknown_unit", "350102-Z01", "无处小学", "359998", "学校", "教育", 10)
    sheet.bad("unknown_word", "350102-Z02", "飞船小学", "350102", "宇宙飞船", "教育", 10)
    sheet.bad("missing_value", "350102-Z03", None, "350102", "学校", "教育", 10)
    sheet.bad("circular_parent", "350102-Z04", "自己小学", "350102-Z04", "学校", "教育", 10)
    sheet.good(f"{AWAY}-X01", "金门小学", AWAY, "学校", "教育", None)  # a unit that no report shows
    homes.schools += ["350102-X01-B", "3500-GX-01", "3500-ZX-01"]
    return sheet


def _small_units(sheet: Sheet, homes: Homes) -> None:
    for city in [*homes.cities, "350128"]:
        sheet.good(f"{city}-FL-1", f"妇联一分会（{city}）", f"{city}-FL", "妇联", None, 120)
        sheet.good(f"{city}-FL-2", f"妇联二分会（{city}）", f"{city}-FL", "妇联", "妇联", None)
        homes.branches += [f"{city}-FL-1", f"{city}-FL-2"]
    for county in homes.counties[::8]:
        sheet.good(f"{county}-S1", f"幸福社区（{county}）", county, "社区", "社区", None)
        homes.communities.append(f"{county}-S1")
    sheet.good("3500-GX-01", "福建演练大学", "3500-GX", "大学", None, 2000)
    sheet.good("3500-ZX-01", "应急学校", "3500-ZX", "学校", "教育", 300)
    sheet.good(ENTERPRISE, "福建演练集团有限公司", "35", "企业", "企业", 500)
