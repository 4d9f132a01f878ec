"""Two units that are one: looked at side by side, merged, in one class list, parted by one press."""

from __future__ import annotations

import re
from html import unescape

from tests.kit.desk_story import post, school
from tests.kit.office import see

MERGE = "/office/units/3501-X1/merge"
MARKING = "/desk/units/3501-X1/marking?class=*&what=V1&day=2023-06-05"


def _agreed(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


def test_two_units_are_looked_at_merged_and_parted(pages):
    school(pages, "阿雅")
    school(pages, "巴迪", unit="3501-X2")
    before = see(pages, f"{MERGE}?other=3501-X2", "city")
    assert ("演练小学1" in before, "演练小学2" in before, "弄错了可以撤销" in before) == (True, True, True)
    assert "巴迪" not in see(pages, MARKING, "dora")
    done = post(pages, MERGE, "city", **_agreed(before))
    assert done.status_code == 303
    shown = see(pages, MARKING, "dora")
    assert ("阿雅" in shown, "巴迪" in shown) == (True, True)
    line = see(pages, done.location, "city")
    assert "已并入" in line
    undo = re.search(r'action="(/desk/done/[^"]+)"', line) or re.search(r'action="([^"]*undo[^"]*)"', line)
    assert undo is not None
    assert post(pages, unescape(undo[1]), "city", **_agreed(line)).status_code == 303
    assert "巴迪" not in see(pages, MARKING, "dora")


def test_what_is_no_other_unit_is_told_beside_the_field(pages):
    school(pages)
    for other, words in (
        ("3501-X1", "这就是本单位"),
        ("3501", "它是本单位的上级"),
        ("3502", "不在您的范围内"),
        ("没有", "没有找到"),
        ("演练小学", "请选一个"),
    ):
        answer = pages.browser("city").get(f"{MERGE}?other={other}")
        assert (answer.status_code, words in answer.text, 'id="e-other"' in answer.text) == (422, True, True), other
    assert post(pages, MERGE, "city", other="3501-X2").status_code == 409
