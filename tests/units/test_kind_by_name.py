"""The sort of a unit as its name tells it."""

from __future__ import annotations

import pytest

from campmgr.areas.units.rules.kind_by_name import kind_by_name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("鼓楼区第一小学", "学校"), ("阳光社区幼儿园", "学校"), ("市妇联", "妇联"), ("阳光社区居委会", "社区"), ("余村村委会", "村"),
        ("演练集团有限公司", "企业"), ("区应急管理局", "机关"), ("志愿者之家", "其他"),
    ],
)  # fmt: skip
def test_a_name_tells_the_sort_of_a_unit(name, kind):
    assert kind_by_name(name) == kind
