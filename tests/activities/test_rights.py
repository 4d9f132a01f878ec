"""Who may say what of an activity: its host and the root, at both doors, and nobody else (docs/ledger.md#activities)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campmgr.areas.activities import actions
from campmgr.areas.activities.actions import open_activity
from campmgr.areas.activities.matters import MATTERS
from campmgr.areas.units.actions.units import move_unit
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts.activities import activity_id
from campmgr.facts.finding import AmbiguousActivity, chosen_activity, find_activity
from campmgr.facts.review import ReviewRow
from campmgr.facts.saying import record
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft
from campmgr.store.door import Reader
from tests.kit.called import unit_called
from tests.kit.story import Cast, Node
from tests.kit.walks.actions import report_walk
from tests.kit.walks.area import WITH_WALKS
from tests.kit.walks.queries import walks_of
from tests.kit.walks.settings import Walks

PRESET = "walks-2024"


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    made = Cast(tmp_path, WITH_WALKS)
    yield made
    made.close()


@pytest.fixture
def two(cast: Cast) -> tuple[Node, Node, Node]:
    """A root and two counties, each with a laptop that holds it whole."""
    root, gulou, taijiang = cast.root(lessons=()), cast.new("鼓楼"), cast.new("台江")
    root.adds("S1", "350102", "学校")
    root.enrols(gulou, "350102")
    root.enrols(taijiang, "350103")
    return root, gulou, taijiang


def opens(node: Node, code: str, host: str = "350102") -> str:
    return str(node.do(open_activity, PRESET, code, host=host))


def known(node: Node, activity: str) -> Any:
    return node.world.activities.get(activity)


def test_a_county_runs_its_own_activity_inside_the_provinces_ledger(two):
    root, gulou, taijiang = two
    walks = opens(gulou, "XC")
    gulou.do(lambda w: actions.amend(w, gulou.world.activities[walks], {"walks.least_minutes": "20"}, "第一次改"))
    gulou.sends(root)
    root.gives(taijiang)
    for node in (root, gulou, taijiang):
        found = known(node, walks)
        assert found is not None
        assert (found.name, found.host, found.rules[Walks].least_minutes, found.in_force.version) == (
            "2024年安全巡查", root.unit("350102"), 20, 2)  # fmt: skip
        assert node.rebuilt() == node.hash
    assert root.hash == taijiang.hash


def test_another_county_may_neither_open_for_it_nor_amend_nor_close(two):
    root, gulou, taijiang = two
    walks = opens(gulou, "XC")
    gulou.sends(root)
    root.gives(taijiang)
    with pytest.raises(NotAllowed):
        opens(taijiang, "YY", "350102")
    found = known(taijiang, walks)
    with pytest.raises(NotAllowed):
        taijiang.do(actions.amend, found, {"walks.least_minutes": "1"})
    with pytest.raises(NotAllowed):
        taijiang.do(actions.close, found, "不办了")
    # past the writing door: the accepting door must not believe it either
    taijiang.do(record, [Draft("", "activity_closed", found.subject, {"reason": "不办了"})])
    taijiang.sends(root)
    for node in (root, taijiang):
        assert known(node, walks).is_open
        assert [one.fact.kind for one in node.world.without_right] == ["activity_closed"]
        assert node.rebuilt() == node.hash


def test_nobody_takes_anothers_activity_by_its_id(two):
    root, gulou, taijiang = two
    body = {
        "code": "XC",
        "sort": "walks",
        "name": "假的",
        "host": root.unit("350103"),
        "seat": "host",
        "rules": {},
        "rules_digest": "",
    }
    stolen = activity_id(root.world.campaign, "XC", gulou.writer)
    taijiang.do(record, [Draft("", "activity_opened", f"activity:{stolen}", body)])
    taijiang.sends(root)
    assert known(root, stolen) is None
    walks = opens(gulou, "XC")
    assert walks == stolen
    gulou.sends(root)
    assert known(root, walks).host == root.unit("350102")


def test_a_camp_is_opened_by_the_root_alone_and_hosted_by_it(two):
    root, gulou, _ = two
    with pytest.raises(NotAllowed):
        gulou.do(open_activity, "escape-drill-2023", "2024")
    with pytest.raises(Refused):
        root.do(open_activity, "escape-drill-2023", "2024", host="350102")


def test_a_laptop_with_one_line_of_the_unit_does_not_hold_it_whole(cast):
    root, schools = cast.root(lessons=()), cast.new("教育")
    root.enrols(schools, "350102", "教育")
    with pytest.raises(NotAllowed):
        opens(schools, "XC")


def test_what_was_opened_while_the_unit_was_held_stays_and_what_comes_after_does_not(two):
    root, gulou, _ = two
    walks = opens(gulou, "XC")
    gulou.sends(root)
    root.revokes(gulou)
    late = known(gulou, walks)
    gulou.do(actions.close, late, "不办了")
    gulou.sends(root)
    assert known(root, walks).is_open
    assert root.rebuilt() == root.hash


def test_two_activities_of_one_code_opened_offline_both_stand_and_the_code_asks(two):
    root, gulou, taijiang = two
    one, other = opens(gulou, "XC"), opens(taijiang, "XC", "350103")
    gulou.sends(root)
    taijiang.sends(root)
    assert one != other
    with pytest.raises(AmbiguousActivity) as asked:
        find_activity(root.world, "XC")
    assert asked.value.reason == "ambiguous_activity"
    assert [choice for choice, _ in asked.value.choices] == [one, other]
    assert find_activity(root.world, one[:8]).id == one
    assert root.world.activities.address(root.world.activities[one]) == one
    with pytest.raises(AmbiguousActivity):
        chosen_activity(root.world, "", "walks")
    with pytest.raises(Refused):
        opens(root, "XC", "35")


def test_opening_again_changes_nothing_and_bad_codes_are_refused(two):
    _root, gulou, _ = two
    walks, before = opens(gulou, "XC"), gulou.facts()
    assert (opens(gulou, "XC"), gulou.facts()) == (walks, before)
    for code in ("", "a/b", "open", "x" * 41, "有 空格"):
        with pytest.raises(BadInput):
            opens(gulou, code)
    with pytest.raises(NotFound):
        opens(gulou, "YY", "9999")
    with pytest.raises(BadInput):
        gulou.do(open_activity, PRESET, "YY", host="350102", seat="judge")


def test_closing_refuses_what_is_new_and_takes_in_what_was_said_before_and_is_taken_back(two):
    root, gulou, _ = two
    walks = opens(root, "XC", "350102")
    root.gives(gulou)
    gulou.do(lambda w: report_walk(w, gulou.world.activities[walks], unit_called(w, "350102"), "仓库", 40))
    root.do(actions.close, root.world.activities[walks], "活动到期")
    with pytest.raises(Refused) as refused:
        root.do(lambda w: report_walk(w, root.world.activities[walks], unit_called(w, "350103"), "码头", 40))
    assert refused.value.reason == "activity_closed"
    gulou.sends(root)
    assert root.see(walks_of, walks) == [("350102", "仓库", 40, 1)]
    root.gives(gulou)
    assert not known(gulou, walks).is_open
    with pytest.raises(Refused):
        gulou.do(actions.amend, known(gulou, walks), {"walks.least_minutes": "20"})
    gulou.do(actions.reopen, known(gulou, walks), "还有单位没报")
    assert not known(gulou, walks).is_open, "what the root has closed the host does not reopen"
    root.do(actions.reopen, root.world.activities[walks], "还有单位没报")
    root.gives(gulou)
    assert known(gulou, walks).is_open
    assert root.rebuilt() == root.hash


def test_an_amendment_folds_what_depends_on_it_again(two):
    _root, gulou, _ = two
    walks = opens(gulou, "XC")
    gulou.do(lambda w: report_walk(w, gulou.world.activities[walks], unit_called(w, "350102"), "仓库", 20))
    assert gulou.see(walks_of, walks) == [("350102", "仓库", 20, 0)]
    gulou.do(actions.amend, known(gulou, walks), {"walks.least_minutes": "20"})
    assert gulou.see(walks_of, walks) == [("350102", "仓库", 20, 1)]
    assert gulou.rebuilt() == gulou.hash


def test_a_program_that_does_not_know_the_sort_carries_and_names_it(two, tmp_path):
    _root, gulou, _ = two
    walks = opens(gulou, "XC")
    gulou.do(lambda w: report_walk(w, gulou.world.activities[walks], unit_called(w, "350102"), "仓库", 40))
    elder = Cast(tmp_path / "elder")
    (tmp_path / "elder").mkdir()
    school = elder.new("校")
    gulou.enrols(school, "S1")
    found = known(school, walks)
    assert (found.is_known, found.name, found.sort) == (False, "2024年安全巡查", "walks")
    with pytest.raises(Refused):
        school.do(actions.amend, found, {"walks.least_minutes": "20"})
    newcomer = Node(school.folder.parent, "newcomer", plan=WITH_WALKS)
    school.close()
    newcomer.path.write_bytes(school.path.read_bytes())
    newcomer.rebuilt()
    assert known(newcomer, walks).rules[Walks].least_minutes == 30, "once the program is brought up to date, it is there"
    newcomer.close()
    elder.close()


def test_a_host_that_moves_and_what_has_no_effect_are_rows_of_the_review(two):
    root, gulou, taijiang = two
    opens(gulou, "XC")
    opens(taijiang, "XC", "350103")
    for node in (gulou, taijiang):
        node.sends(root)
    matters = {row.matter for row in root.see(lambda r: all_found(r, root.world))}
    assert "activity_code_shared" in matters
    assert "moved_not_received" not in matters
    xiamen = root.unit("3502")
    other = Cast(root.folder.parent / "x", WITH_WALKS)
    (root.folder.parent / "x").mkdir()
    city = other.new("厦门")
    root.enrols(city, "3502")
    root.do(move_unit, root.unit("350102"), xiamen)
    rows = [row for row in root.see(lambda r: all_found(r, root.world)) if row.matter == "moved_not_received"]
    assert [row.unit for row in rows] == [xiamen]
    for matter in MATTERS:
        some = [row for row in root.see(lambda r: all_found(r, root.world)) if row.matter == matter.name]
        assert all(told.sentence for told in root.see(lambda r, m=matter, s=some: m.tell(r, root.world, s)))
    other.close()


def all_found(r: Reader, world: World) -> list[ReviewRow]:
    return [row for matter in MATTERS if matter.rows for row in matter.rows(r, world)]
