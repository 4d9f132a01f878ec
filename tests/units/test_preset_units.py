from __future__ import annotations

from collections import Counter

import pytest

from campmgr.areas.units.rules.preset_units import PresetUnit, preset_units
from campmgr.areas.units.settings import LINES, UNIT_KINDS, RollUp
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput

FUJIAN = preset_units(CATALOGUE.book.preset("escape-drill-2023"))
BY_CODE = {unit.code: unit for unit in FUJIAN}


def test_the_generic_camp_has_one_unit():
    assert preset_units(CATALOGUE.book.preset("camp")) == (PresetUnit("ROOT", "本单位", "其他", "", ""),)


@pytest.mark.parametrize("name", CATALOGUE.book.preset_names())
def test_the_root_comes_first_and_parents_before_children(name):
    units = preset_units(CATALOGUE.book.preset(name))
    assert [unit.code for unit in units if not unit.parent] == [units[0].code]
    seen: set[str] = set()
    for unit in units:
        assert unit.code not in seen
        assert not unit.parent or unit.parent in seen
        assert unit.name
        assert unit.kind in UNIT_KINDS.words
        assert unit.line in ("", *LINES.words)
        seen.add(unit.code)


def test_fujian_has_nine_cities_and_its_counties():
    kinds = Counter(unit.kind for unit in FUJIAN)
    assert (kinds["省"], kinds["市"], kinds["县"]) == (1, 9, 84)
    assert all(unit.code.startswith(unit.parent) for unit in FUJIAN)


def test_pingtan_stands_beside_the_cities():
    assert BY_CODE["350128"] == PresetUnit("350128", "平潭综合实验区", "县", "35", "")


def test_every_city_and_pingtan_has_the_four_lines_the_notice_addresses():
    cities = [unit for unit in FUJIAN if unit.kind == "市"] + [BY_CODE["350128"]]
    for city in cities:
        lines = {
            unit.code.removeprefix(city.code): (unit.line, unit.kind) for unit in FUJIAN if unit.parent == city.code and unit.line
        }
        assert lines == {
            "-AB": ("安委", "机关"),
            "-YJ": ("应急", "机关"),
            "-JY": ("教育", "机关"),
            "-FL": ("妇联", "妇联"),
        }
    assert [BY_CODE[f"3501-{line}"].name for line in ("AB", "YJ", "JY", "FL")] == [
        "福州市安办",
        "福州市应急管理局",
        "福州市教育局",
        "福州市妇联",
    ]
    assert BY_CODE["350128-YJ"].name == "平潭综合实验区综合执法与应急管理局"
    assert BY_CODE["350128-JY"].name == "平潭综合实验区社会事业局"


def test_universities_and_the_departments_schools_hang_under_the_province_in_the_education_line():
    assert BY_CODE["3500"].parent == "35"
    assert BY_CODE["3500-GX"] == PresetUnit("3500-GX", "省（部）属高校", "机关", "3500", "教育")
    assert BY_CODE["3500-ZX"] == PresetUnit("3500-ZX", "厅直属学校", "机关", "3500", "教育")


def test_the_units_that_the_rules_name_are_there():
    roll_up = CATALOGUE.book.preset("escape-drill-2023")[RollUp]
    for code in (*roll_up.city_level_units, roll_up.direct_unit, *roll_up.not_participating):
        assert code in BY_CODE


def test_an_unknown_preset_names_the_nearest():
    with pytest.raises(BadInput, match="escape-drill-2023") as refused:
        preset_units(CATALOGUE.book.preset("escape-dril-2023"))
    assert refused.value.reason == "unknown_word"
