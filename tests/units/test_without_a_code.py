"""A unit that has no code shows none."""

from __future__ import annotations

import re

from campmgr.areas.units.actions import units
from campmgr.areas.units.actions.units import UnitRow


def test_no_page_shows_an_id_for_a_code(pages):
    with pages.store.writing() as w:
        units.add_unit(w, UnitRow("", "没有代码的学校", "3501", "学校", "教育"), client_id="form-1")
        unit = w.value("select unit from units where name = '没有代码的学校'")
    for path in ("/office/units/3501", f"/office/units/{unit}", f"/office/units/{unit}/add", "/desk/units/3501"):
        shown = pages.browser("root").get(path)
        assert shown.status_code == 200
        assert "没有代码的学校" in shown.text
        assert unit not in re.sub(r"<[^>]*>", "", shown.text)
