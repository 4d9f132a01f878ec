"""Units that come in without a code: known by the unit above them and their name (docs/formats.md#units)."""

from __future__ import annotations

import pytest

from campmgr.facts import world as worlds
from tests.kit.sent_imports import imported, notes, rejects

__all__ = ["imported"]
NAMED = ["单位名称", "上级单位", "类别"]


def _below(camp, code):
    with camp.store.reading() as r:
        tree = worlds.load(r).tree
        above = tree.by_code[code][0].unit
        return sorted((unit.code, unit.name) for unit in tree.units.unordered() if unit.parent == above)


def _schools(camp, above="350104"):
    return [name for code, name in _below(camp, above) if not code and name.endswith("学")]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_list_of_names_makes_units_once(camp, imported, suffix):
    sheet = [NAMED, ["仓山小学", "350104", "学校"], ["仓山 中学", "350104", "学校"]]
    done = imported("units", sheet, suffix)
    assert (done.counts.new, rejects(done), notes(done)) == (2, [], ["no_code"])
    again = imported("units", [NAMED, sheet[2], ["仓山小 学", "350104", None]], suffix)
    assert (again.counts.new, again.counts.unchanged, again.batch) == (0, 2, None)
    assert _schools(camp) == ["仓山中学", "仓山小学"]


def test_a_row_without_code_means_the_unit_of_its_name_below_its_parent_whatever_its_code(camp, imported):
    done = imported("units", [["名称", "上级代码", "应参与人数"], ["第一小学", "350102", 77], ["第一小学", "350104", 5]])
    assert (done.counts.changed, done.counts.new) == (1, 1)
    assert _schools(camp, "350102") == []
    assert [each for each in _below(camp, "350102") if each[1] == "第一小学"] == [("S1", "第一小学")]


def test_two_equal_names_below_one_parent_are_asked_about(camp, imported):
    sheet = [["代码", "名称", "上级代码"], [None, "中心小学", "350104"], [None, "中心 小学", "350104"], [None, "中心小学", "350103"],
             ["X9", "中心小学", "350104"]]  # fmt: skip
    done = imported("units", sheet)
    assert rejects(done) == [(3, "repeated_row"), (5, "repeated_row")]
    assert all("第 2 行" in each.sentence for each in done.counts.rejects)
    assert (_schools(camp), _schools(camp, "350103")) == (["中心小学"], ["中心小学"])


def test_two_rows_with_codes_may_bear_one_name(camp, imported):
    done = imported("units", [["代码", "名称", "上级代码"], ["X1", "中心小学", "350104"], ["X2", "中心小学", "350104"]])
    assert (done.counts.new, rejects(done)) == (2, [])
    later = imported("units", [["名称", "上级代码"], ["中心小学", "350104"]])
    assert rejects(later) == [(2, "ambiguous_unit")]


def test_a_parent_may_be_named_in_the_file_itself_wherever_it_stands(camp, imported):
    sheet = [NAMED, ["东校区", "仓山小学", "学校"], ["仓山小学", "350104", "学校"], ["西校区", "仓山小学", "学校"]]
    done = imported("units", sheet)
    assert (done.counts.new, rejects(done)) == (3, [])
    with camp.store.reading() as r:
        tree = worlds.load(r).tree
    assert {tree.units[unit.parent].name for unit in tree.units.unordered() if unit.name.endswith("校区")} == {"仓山小学"}
    assert imported("units", sheet).counts.unchanged == 3


def test_a_parents_name_that_means_several_is_asked_about(camp, imported):
    sheet = [NAMED, ["中心小学", "350104", "学校"], ["中心小学", "350103", "学校"], ["东校区", "中心小学", "学校"],
             ["西校区", "第一小学", "学校"], ["第一小学", "350103", "学校"]]  # fmt: skip
    done = imported("units", sheet)
    assert rejects(done) == [(4, "ambiguous_unit"), (5, "ambiguous_unit")]


def test_what_stands_below_a_row_that_was_rejected_goes_nowhere_else(camp, imported):
    done = imported("units", [["代码", "名称", "上级代码"], ["S1", "完全另一所", "350104"], ["S1-1", "一年级部", "S1"]])
    assert rejects(done) == [(2, "conflict"), (3, "unknown_unit")]
    named = imported("units", [NAMED, ["仓山小学", "999", "学校"], ["东校区", "仓山小学", "学校"]])
    assert rejects(named) == [(2, "unknown_unit"), (3, "unknown_unit")]


def test_neither_code_nor_parent_is_not_enough(camp, imported):
    sheet = [["代码", "名称", "上级代码"], [None, "漂泊小学", None], [None, None, "350104"]]
    assert rejects(imported("units", sheet)) == [(2, "missing_value"), (3, "missing_value")]
    assert imported("units", sheet, unit="350104").counts.new == 1
    assert _schools(camp) == ["漂泊小学"]


def test_a_try_says_what_the_import_does(camp, imported):
    sheet = [NAMED, ["东校区", "仓山小学", "学校"], ["仓山小学", "350104", "学校"], ["重名小学", "350104", "学校"],
             ["重名小学", "350104", "学校"]]  # fmt: skip
    before = camp.state()
    tried = imported("units", sheet, dry_run=True)
    assert camp.state() == before
    done = imported("units", sheet)
    assert (tried.counts.new, rejects(tried)) == (done.counts.new, rejects(done)) == (3, [(5, "repeated_row")])
