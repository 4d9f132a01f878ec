"""Adding, changing and moving units."""

from __future__ import annotations

import pytest

from campmgr.areas.units.actions.units import UnitRow, add_unit, changed_draft, describe_unit, move_unit
from campmgr.areas.units.queries.reports import report_units
from campmgr.errors import BadInput, NotAllowed, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say


def _do(camp, verb, *args):
    with camp.store.writing() as w:
        return verb(w, *args)


def _change(w, row):
    """Change what a row says and leave the rest, as an import does."""
    world = worlds.load(w)
    draft = changed_draft(world, find_unit(world, row.code), row)
    return say(w, [draft])[0].fact if draft else None


def _by_county(camp, as_of="") -> dict[str, int]:
    with camp.store.reading() as r:
        return {row.code: row.amounts[0] for row in report_units(r, worlds.load(r), "county", as_of).rows if row.amounts[0]}


def test_a_unit_is_added_below_its_parent(camp):
    _do(camp, add_unit, UnitRow("S9", "第九小学", "350104", "学校", "教育", 30))
    unit = find_unit(camp.world(), "S9")
    assert (unit.name, unit.parent, unit.line, unit.expected) == ("第九小学", camp.unit("350104"), "教育", 30)


@pytest.mark.parametrize(
    ("row", "family", "reason"),
    [
        (UnitRow("S1", "别的", "350104"), BadInput, "repeated_row"),
        (UnitRow("S9", "第九小学", "999999"), NotFound, "unknown_unit"),
        (UnitRow("S9", "第九小学", ""), NotFound, "unknown_unit"),
        (UnitRow("S9", "", "350104"), BadInput, "missing_value"),
    ],
)
def test_what_cannot_be_added(camp, row, family, reason):
    before = camp.state()
    with pytest.raises(family) as told:
        _do(camp, add_unit, row)
    assert told.value.reason == reason
    assert camp.state() == before


def test_a_change_that_changes_nothing_writes_nothing(camp):
    before = camp.state()
    assert _do(camp, _change, UnitRow("S1", "第一小学")) is None
    assert camp.state() == before
    assert _do(camp, _change, UnitRow("S1", "实验一小", expected=50)) is not None
    unit = find_unit(camp.world(), "S1")
    assert (unit.name, unit.expected, unit.line) == ("实验一小", 50, "教育")


def test_people_count_in_the_old_county_before_the_move_and_in_the_new_one_after(camp):
    assert _by_county(camp) == {"350102": 2, "350103": 1}
    _do(camp, move_unit, "S1", "350104", "2023-06-10")
    assert _by_county(camp) == {"350103": 1, "350104": 2}
    before = camp.state()
    assert _do(camp, move_unit, "S1", "350104") is None
    assert camp.state() == before


@pytest.mark.parametrize(("code", "parent"), [("3501", "350102"), ("3501", "S1"), ("350102", "350102")])
def test_nothing_stands_below_itself(camp, code, parent):
    before = camp.state()
    with pytest.raises(BadInput) as told:
        _do(camp, move_unit, code, parent)
    assert told.value.reason == "circular_parent"
    assert camp.state() == before


def test_nothing_is_moved_below_what_stands_below_it_for_a_while_yet(camp):
    _do(camp, add_unit, UnitRow("S8", "分校", "S1", "学校"))
    _do(camp, move_unit, "S8", "350104", "2023-06-08")
    with pytest.raises(BadInput) as told:
        _do(camp, move_unit, "S1", "S8", "2023-06-05")
    assert told.value.reason == "circular_parent"
    _do(camp, move_unit, "S1", "S8", "2023-06-10")
    assert find_unit(camp.world(), "S1").parent == find_unit(camp.world(), "S8").unit


def test_what_goes_elsewhere_only_later_is_below_it_today(camp):
    _do(camp, add_unit, UnitRow("S8", "分校", "S1", "学校"))
    _do(camp, move_unit, "S8", "350104", "2023-12-01")
    with pytest.raises(BadInput):
        _do(camp, move_unit, "S1", "S8")
    _do(camp, move_unit, "S1", "S8", "2023-12-01")
    assert [find_unit(camp.world(), code).parent for code in ("S1", "S8")] == [
        find_unit(camp.world(), code).unit for code in ("S8", "350104")
    ]


@pytest.mark.parametrize("day", ["Tuesday", "2023-06-31"])
def test_a_day_that_is_none_is_refused(camp, day):
    before = camp.state()
    with pytest.raises(BadInput) as told:
        _do(camp, move_unit, "S1", "350104", day)
    assert told.value.reason == "bad_date"
    assert camp.state() == before


def test_a_school_builds_below_itself_and_nowhere_else(camp, child):
    _do(child, add_unit, UnitRow("S1-1", "三班", "S1"))
    assert find_unit(child.world(), "S1-1").parent == camp.unit("S1")
    before = child.state()
    for verb, args in ((add_unit, (UnitRow("S9", "第九小学", "350104"),)), (move_unit, ("S1", "350104")),
                       (describe_unit, ("350102", UnitRow("350102", "别名")))):  # fmt: skip
        with pytest.raises(NotAllowed):
            _do(child, verb, *args)
    assert child.state() == before
