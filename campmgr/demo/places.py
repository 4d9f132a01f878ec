"""Where the made-up people are at home: the preset's own units, and below them schools, branches, communities, companies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from campmgr.areas.units.actions.units import UnitRow
from campmgr.areas.units.rules.preset_units import PresetUnit, preset_units
from campmgr.areas.units.settings import RollUp
from campmgr.demo.dice import Dice
from campmgr.settings.rules import Rules

PRESET = "escape-drill-2023"

Sort = Literal["school", "college", "federation", "community", "village", "company", "office", "region"]


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A unit people are at home in. `row` describes it, unless the preset brings it along; `zeal` is in percent of the usual."""

    unit: str
    city: str
    sort: Sort
    weight: int
    row: UnitRow | None = None
    members: int = 0
    zeal: int = 100


@dataclass(frozen=True, slots=True)
class _City:
    """A city-level unit: how many of a hundred people live there, and how many units of each sort there are."""

    code: str
    share: int
    schools: int
    branches: int
    communities: int
    villages: int
    companies: int


_CITIES = (
    _City("3501", 21, 9, 4, 3, 0, 2), _City("3502", 15, 7, 4, 3, 0, 1), _City("3503", 8, 4, 2, 1, 1, 0),
    _City("3504", 6, 3, 2, 1, 1, 0), _City("3505", 20, 8, 4, 2, 1, 2), _City("3506", 10, 4, 2, 1, 1, 1),
    _City("3507", 5, 3, 2, 1, 1, 0), _City("3508", 5, 3, 2, 1, 1, 0), _City("3509", 6, 3, 2, 1, 1, 1),
    _City("350128", 2, 2, 2, 0, 0, 0),
)  # fmt: skip
# Each name says that it is an exercise, so that no real school or company is meant
_SCHOOLS = ("演练实验小学", "演练第一中学", "演练中心小学", "演练第二中学", "演练职业中专学校", "演练附属小学", "演练希望小学")
_COMPANIES = ("演练机械有限公司", "演练食品有限公司")
_ORDINALS = "一二三四"


def places(people: int, preset: Rules) -> list[DemoPlace]:
    """Every place of a preset with its members, `people` in all, spread as unevenly as in life."""
    units = {unit.code: unit for unit in preset_units(preset)}
    away = preset[RollUp].not_participating
    found = list(_province())
    for city in _CITIES:
        counties = [unit for unit in units.values() if unit.kind == "县" and city.code in {unit.parent, unit.code}]
        found += _city(city, units[city.code], [unit for unit in counties if unit.code not in away])
    dice = Dice("places")
    weights = [place.weight * dice.between(50, 160) for place in found]
    return [_settled(place, members, dice) for place, members in zip(found, _apportioned(people, weights), strict=True)]


def _apportioned(total: int, weights: Sequence[int]) -> Iterator[int]:
    """Whole numbers in proportion to the weights, which add up to the total."""
    before = 0
    for so_far in accumulate(weights):
        upto = total * so_far // sum(weights)
        yield upto - before
        before = upto


def _settled(place: DemoPlace, members: int, dice: Dice) -> DemoPlace:
    """A place with its people; nearly all say how many they expect, only federations often do not know."""
    states = place.sort != "federation" or dice.chance(70)
    expected = max(10, members * dice.between(102, 170) // 100 // 5 * 5) if states else None
    row = place.row._replace(expected=expected) if place.row else None
    return replace(place, members=members, zeal=dice.between(55, 140), row=row)


def _province() -> Iterator[DemoPlace]:
    """The province's own: 省直, the colleges below it, a company of the whole province (F-09)."""
    for code, name in (("3500-GX-1", "福建演练大学"), ("3500-GX-2", "福建演练师范学院"), ("3500-ZX-1", "福建演练技师学院"),
                       ("3500-ZX-2", "福建演练艺术学校")):  # fmt: skip
        parent = code[:7]
        yield DemoPlace(code, "3500", "college", 60, UnitRow(code, name, parent, "学校", "教育"))
    yield DemoPlace("35-Q1", "35", "company", 40, UnitRow("35-Q1", "福建演练集团有限公司", "35", "企业", "企业"))
    yield from (
        DemoPlace(code, "3500", "office", weight) for code, weight in (("3500", 12), ("3500-GX", 14), ("3500-ZX", 8), ("35", 8))
    )


def _city(city: _City, unit: PresetUnit, counties: Sequence[PresetUnit]) -> Iterator[DemoPlace]:
    """A city's places; a sort's share of the city's people is split among its units."""
    share = city.share
    yield DemoPlace(city.code, city.code, "region", share)
    yield from (DemoPlace(county.code, city.code, "region", share) for county in counties[:3] if county.code != city.code)
    yield from (DemoPlace(f"{city.code}-{line}", city.code, "office", share // 2 + 1) for line in ("AB", "YJ"))
    yield from (_below(city, row, "school", 58) for row in _schools(city, counties))
    yield from (_below(city, row, "federation", 12) for row in _branches(city, unit, counties))
    for number, county in zip(range(city.communities), reversed(counties), strict=False):
        row = UnitRow(f"{county.code}-S{number + 1}", f"{county.name}演练示范社区", county.code, "社区", "社区")
        yield _below(city, row, "community", 10)
    for county in counties[: city.villages]:
        yield DemoPlace(f"{county.code}-C1", city.code, "village", share * 3,
                    UnitRow(f"{county.code}-C1", f"{county.name}演练示范村", county.code, "村"))  # fmt: skip
    for number, name in zip(range(city.companies), _COMPANIES, strict=False):
        row = UnitRow(f"{city.code}-Q{number + 1}", f"{unit.name.removesuffix('市')}{name}", city.code, "企业", "企业")
        yield _below(city, row, "company", 8)


def _below(city: _City, row: UnitRow, sort: Sort, of_hundred: int) -> DemoPlace:
    units = {"school": city.schools, "federation": city.branches, "community": city.communities}.get(sort, city.companies)
    return DemoPlace(row.code, city.code, sort, max(1, city.share * of_hundred // units), row)


def _schools(city: _City, counties: Sequence[PresetUnit]) -> Iterator[UnitRow]:
    """Schools, county after county; those of 平潭 stand below its own education office and inherit the line."""
    for number in range(city.schools):
        county = counties[number % len(counties)]
        code = f"{county.code}-X{number // len(counties) + 1}"
        name = county.name + _SCHOOLS[(number + city.share) % len(_SCHOOLS)]
        if county.code == city.code:
            yield UnitRow(code, name, f"{county.code}-JY", "学校")
        else:
            yield UnitRow(code, name, county.code, "学校", "教育")


def _branches(city: _City, unit: PresetUnit, counties: Sequence[PresetUnit]) -> Iterator[UnitRow]:
    """Two branches below the city's federation, further ones are counties' own federations."""
    for number in range(2):
        yield UnitRow(f"{city.code}-FL-{number + 1}", f"{unit.name}妇联演练第{_ORDINALS[number]}分会", f"{city.code}-FL", "妇联")
    for county in counties[: city.branches - 2]:
        yield UnitRow(f"{county.code}-FL", f"{county.name}妇联演练分会", county.code, "妇联", "妇联")
