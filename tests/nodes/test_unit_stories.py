"""Units that two offices speak of without knowing of each other, told in lines (docs/ledger.md#scopes)."""

from __future__ import annotations

import pytest

from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.units.actions.import_units import UnitsPlanner
from campmgr.areas.units.actions.units import UnitRow, describe_unit, merge_units
from campmgr.areas.units.queries.reports import report_units
from campmgr.desks.queries.review import Asked, Span, review_part
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import record
from campmgr.facts.streaming import DoneRows, say_rows
from campmgr.ledger.envelope import Draft, subject
from tests.kit.story import Cast, Node

SHEET = (UnitRow("350102001", "鼓东街道", "350102", "乡"), UnitRow("350102001201", "鼓东社区", "350102001", "村"))


def _imports(node: Node, batch: str) -> int:
    rows = [(number, row) for number, row in enumerate(SHEET, 2)]
    planner = UnitsPlanner(batch, "")
    with node.store.reading() as r:
        gathered = planner.gather(r, rows, [])
    return say_rows(node.store, planner, gathered, lambda *_: None, DoneRows()).new


def _two_counties(cast: Cast) -> tuple[Node, Node, Node]:
    """A province, and two counties that have never met."""
    province, gulou, taijiang = cast.root(), cast.new("鼓楼"), cast.new("台江")
    province.enrols(gulou, "350102")
    province.enrols(taijiang, "350103")
    return province, gulou, taijiang


def _at_rest(province: Node, *below: Node) -> None:
    for _ in range(2):
        for node in below:
            node.sends(province)
        for node in below:
            province.gives(node)


def _cases(node: Node) -> list[str]:
    span = Span(node.unit("35"))
    return [case.sentence for case in node.see(lambda r: review_part(r, worlds.load(r), span, Asked(matter="code_shared"))).cases]


def test_two_counties_give_one_code_to_two_schools_and_both_stand(cast):
    province, gulou, taijiang = _two_counties(cast)
    gulou.adds("S9", "350102", "学校", name="鼓楼九小")
    taijiang.adds("S9", "350103", "学校", name="台江九小")
    one, other = gulou.joins("S9", "张三", "05"), taijiang.joins("S9", "李四", "05")
    gulou.marks(one, "V1")
    taijiang.marks(other, "V2")
    here, there = gulou.unit("S9"), taijiang.unit("S9")
    _at_rest(province, gulou, taijiang)

    assert one != other
    for node in (province, gulou, taijiang):
        assert {unit.name for unit in node.world.tree.by_code["S9"]} == {"鼓楼九小", "台江九小"}
        with pytest.raises(BadInput, match=r"对应 2 个单位：.*鼓楼区 鼓楼九小.*台江区 台江九小") as told:
            find_unit(node.world, "S9")
        assert told.value.reason == "ambiguous_unit"
        assert find_unit(node.world, here[:8]).name == "鼓楼九小"
    assert [(province.person(each).name, province.person(each).home) for each in (one, other)] == [("张三", here), ("李四", there)]
    assert (gulou.person(one).name, taijiang.person(other).name) == ("张三", "李四")
    assert (province.total("joined", here), province.total("joined", there)) == (1, 1)
    (case,) = _cases(province)
    assert here[:8] in case
    assert there[:8] in case

    taijiang.do(describe_unit, there, UnitRow("S10", "台江九小", kind="学校"))
    _at_rest(province, gulou, taijiang)
    assert _cases(province) == []
    for node in (province, gulou, taijiang):
        assert (find_unit(node.world, "S9").unit, find_unit(node.world, "S10").unit) == (here, there)
        assert node.rebuilt() == node.hash


def test_two_offices_import_one_file_of_divisions_and_make_the_same_units(cast):
    province, city, county = cast.root(), cast.new("市"), cast.new("县")
    province.enrols(city, "3501")
    province.enrols(county, "350102")
    assert (_imports(city, "a" * 32), _imports(county, "b" * 32)) == (2, 2)
    ana = county.joins("350102001201", "甲", "001")
    _at_rest(province, city, county)
    for node in (province, city, county):
        assert len(node.world.tree.by_code["350102001201"]) == 1
        assert node.person(ana).home == node.unit("350102001201")
    assert (_imports(city, "c" * 32), _cases(province)) == (0, [])


def test_a_unit_whose_adder_was_revoked_is_added_again_and_is_the_same(cast):
    province, county = cast.root(), cast.new("县")
    province.enrols(county, "350102")
    cut = str(county.see(lambda r: r.value("select chain from seals order by seq desc limit 1")) or "")
    county.adds("S9", "350102", "学校", name="九小")
    unit = county.unit("S9")
    county.sends(province)
    province.revokes(county, cut)
    assert unit not in province.world.tree.units
    province.adds("S9", "350102", "学校", name="九小")
    assert province.unit("S9") == unit


def test_nobody_says_of_anothers_unit_where_it_was_born(cast):
    province, gulou, taijiang = _two_counties(cast)
    gulou.adds("S9", "350102", "学校", name="九小")
    unit, province_id = gulou.unit("S9"), gulou.world.province
    body = {"code": "S9", "name": "九小", "kind": "学校", "parent": taijiang.unit("350103"), "line": None, "expected": None,
            "participating": True, "nonce": ""}  # fmt: skip
    taijiang.do(lambda w: record(w, [Draft(province_id, "unit_added", subject("unit", unit), body)]))
    assert unit not in taijiang.world.tree.units
    _at_rest(province, gulou, taijiang)
    assert {node.world.tree.units[unit].parent for node in (province, gulou, taijiang)} == {province.unit("350102")}


def test_two_laptops_of_one_school_give_one_number_to_two_pupils(cast):
    school, one, other = cast.root(), cast.new("一"), cast.new("二")
    school.adds("S1", "350102", "学校")
    school.enrols(one, "S1")
    school.enrols(other, "S1")
    ana, ben = one.joins("S1", "张三", "05"), other.joins("S1", "李四", "05")
    same = (one.joins("S1", "王 五", "06"), other.joins("S1", "王五", "06"))
    one.marks(ana, "V1")
    other.marks(ben, "V2")
    _at_rest(school, one, other)
    assert same[0] == same[1]
    for node in (school, one, other):
        assert {(node.person(each).name, node.hours(each)) for each in (ana, ben)} == {("张三", 100), ("李四", 700)}
        span = Span(node.unit("S1"))
        (case,) = node.see(lambda r, span=span: review_part(r, worlds.load(r), span, Asked(matter="number_shared"))).cases
        assert {side.value.split()[0] for side in case.sides} == {"张三", "李四"}


def test_without_the_secret_a_hash_of_a_number_tells_nobody_who_it_is(cast):
    one, other = cast.root("一"), cast.root("二")
    for node in (one, other):
        node.adds("S1", "350102", "学校")
    assert one.joins("S1", "张三", "05") == one.joins("S1", "张三", "05")
    assert one.joins("S1", "李四", "06") != other.joins("S1", "李四", "06")


def test_two_units_that_are_one_are_merged_and_parted_again(cast):
    province, county, school = cast.root(), cast.new("县"), cast.new("校")
    province.enrols(county, "350102")
    county.adds("S9", "350102", "学校", name="九小")
    county.adds("S9B", "350102", "学校", name="第九小学")
    county.enrols(school, "S9B")
    stays, gone = county.unit("S9"), county.unit("S9B")
    ana, ben = county.joins("S9", "张三", "05"), school.joins("S9B", "李四", "06")
    with pytest.raises(NotAllowed):
        school.do(merge_units, "S9B", "S9")
    merged = county.do(merge_units, "S9", "S9B")
    assert county.do(merge_units, "S9", "S9B") is None
    _at_rest(province, county, school)
    for node in (province, county):
        assert (find_unit(node.world, "S9B").unit, find_unit(node.world, "第九小学").unit) == (stays, stays)
        assert (node.total("joined", stays), node.person(ben).home) == (2, gone)
        report = node.see(lambda r: report_units(r, worlds.load(r), "school"))
        assert [(row.code, row.amounts[0]) for row in report.rows] == [("S9", 2)]
        assert node.rebuilt() == node.hash
    with pytest.raises(Refused):
        county.do(make_join_code, gone)
    county.withdraws(merged.chain)
    _at_rest(province, county, school)
    assert [province.total("joined", unit) for unit in (stays, gone)] == [1, 1]
    assert find_unit(province.world, "S9B").unit == gone
    assert province.person(ana).home == stays
