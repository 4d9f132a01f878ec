"""What packs bring and this file cannot use yet is a case with a sentence, and goes when its cause goes."""

from __future__ import annotations

import pytest

from campmgr.areas.nodes.exchange.looking import look_into
from campmgr.areas.nodes.exchange.noticing import notice_undone
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.segments import Outgoing, pieces
from campmgr.areas.nodes.matters import MATTERS
from campmgr.areas.whole import CATALOGUE, ROOMS
from campmgr.desks.actions.settling import settle
from campmgr.desks.queries.review import Asked, Span, review_count, review_part
from campmgr.facts import world as worlds
from campmgr.facts.area import Area
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.saying import introduce, record, say
from campmgr.ledger.envelope import Draft, Stream, people_scope
from campmgr.ledger.kinds import Home, Kind, Right, fields
from campmgr.store import ledger
from campmgr.store.ledger import own_sealing_keys
from tests.kit import story
from tests.kit.called import unit_called
from tests.kit.story import Node, pack_of

NEWER = Kind("thing_lent", Home.PEOPLE, Right.COVERS_SCOPE, ("thing",), (), fields("words"))
KINDS = (NEWER,)
"""What a program of a later year knows, too."""


@pytest.fixture
def school(cast) -> tuple[Node, Node]:
    """A root and a school."""
    root, school = cast.root(), cast.new("学校")
    root.adds("S1", "350102", "学校", "教育")
    root.enrols(school, "S1")
    return root, school


def _cases(node: Node, unit: str = "35") -> dict[str, str]:
    """Matter to sentence of all that waits."""
    span = Span(node.unit(unit))
    part = node.see(lambda r: review_part(r, worlds.load(r), span, Asked()))
    assert part.count == node.see(lambda r: review_count(r, worlds.load(r), span))
    return {case.row.matter: case.sentence for case in part.cases}


def _later_program(monkeypatch, node: Node) -> None:
    node.close()
    later = Catalogue([*CATALOGUE.areas, Area("things", "物", kinds=f"{__name__}:KINDS")], ROOMS, introduce)
    monkeypatch.setattr(story, "CATALOGUE", later)
    assert node.store.path == node.path
    monkeypatch.undo()


def test_what_a_newer_program_wrote_is_counted_until_this_one_knows_it(school, monkeypatch):
    root, newer = school
    _later_program(monkeypatch, newer)
    for words in ("一", "二", "三"):
        newer.do(say, [Draft(newer.unit("S1"), NEWER.name, "thing:1", {"words": words})])
    for _ in range(2):  # the same pack again counts nothing twice
        newer.sends(root)
    assert "记录了 3 条“thing_lent”" in _cases(root)["unknown_kind"]
    newer.do(say, [Draft(newer.unit("S1"), NEWER.name, "thing:1", {"words": "四"})])
    newer.sends(root)
    assert "记录了 4 条“thing_lent”" in _cases(root)["unknown_kind"]
    _later_program(monkeypatch, root)
    assert _cases(root) == {}


def test_what_a_newer_program_wrote_passes_an_older_laptop_byte_for_byte(cast, monkeypatch):
    """The school and the province are up to date, the county between them is not: it says so, and keeps what it cannot read."""
    province, county, school = cast.root(), cast.new("县"), cast.new("校")
    province.enrols(county, "350102")
    county.adds("S1", "350102", "学校", "教育")
    county.enrols(school, "S1")
    for node in (school, province):
        _later_program(monkeypatch, node)
    words = '𠮷 \\ " \u2028 \t 1.50 　' + "长" * 5000
    school.do(say, [Draft(school.unit("S1"), NEWER.name, "thing:1", {"words": words})])
    up = school.packed(county.id)
    looked = county.see(look_into, PackReader(up, county.see(own_sealing_keys)))
    assert "1 条是较新版本的程序记的，原样保存和转交，升级以后自动入账" in looked.sentence
    county.takes(up)
    assert "请升级" in next(each.what_to_do for each in MATTERS if each.name == "unknown_kind")
    assert "记录了 1 条“thing_lent”" in _cases(county)["unknown_kind"]
    assert not county.problems
    county.sends(province)
    of_school = {"scope": people_scope(school.unit("S1")), "writer": school.writer}
    held = [node.see(lambda r: r.all("select * from facts where scope = :scope and writer = :writer order by seq", **of_school))
            for node in (school, county, province)]  # fmt: skip
    assert len(held[0]) > 0
    assert held[0] == held[1] == held[2]
    assert (_cases(province), province.problems) == ({}, ())
    _later_program(monkeypatch, county)
    assert _cases(county) == {}


def test_what_came_before_its_predecessor_waits_in_sight(school, tmp_path):
    root, laptop = school
    for name in ("甲", "乙", "丙"):
        laptop.joins("S1", name)
    stream = Stream(people_scope(laptop.unit("S1")), laptop.writer)
    with laptop.store.reading() as r:
        some = [Outgoing(segment, iter(list(facts))) for segment, facts in pieces(r, r.meta("campaign"), stream)]
        first, others = some[0], some[1:]
        later = pack_of(r, tmp_path / "later.pack", others, root)
        earlier = pack_of(r, tmp_path / "earlier.pack", [first], root)
    root.takes(later)
    many = others[-1].segment.seal.seq - first.segment.seal.seq
    assert f"学校S1第1台在学校S1的 {many} 条记录" in _cases(root)["gap"]
    assert _cases(root, "3502") == {}
    root.takes(earlier)
    assert _cases(root) == {}


def test_a_fork_is_shown_until_somebody_has_looked_at_it(cast, school):
    root, laptop = school
    laptop.joins("S1", "甲")
    clone = cast.add(laptop.twin("克隆"))
    laptop.joins("S1", "乙")
    clone.joins("S1", "丙")
    for each in (laptop, clone):
        each.sends(root)
    assert "学校S1第1台在学校S1的记录有几条分支" in _cases(root)["forked"]
    assert "forked" in _cases(root, "S1")

    def looked(w):
        world = worlds.load(w)
        return settle(w, world, [case.row for case in review_part(w, world, Span(unit_called(w, "35")), Asked()).cases], "seen")

    assert root.do(looked) == ""
    clone.joins("S1", "丁")
    clone.sends(root)
    assert _cases(root) == {}


def test_what_a_file_could_not_do_of_its_own_is_shown_until_it_can(school):
    root, laptop = school
    root.do(notice_undone, "转送", "磁盘已满。")
    root.do(notice_undone, "转送", "单位 S9 的人员没有授权。")
    assert _cases(root)["undone"] == "收下数据包以后，本机的“转送”没有做成：单位 S9 的人员没有授权。"
    laptop.joins("S1", "甲")
    laptop.sends(root)
    assert _cases(root) == {}


def test_what_a_revoked_laptop_wrote_is_shown_and_counts_once_its_parent_says_so(school):
    root, laptop = school
    ana = laptop.joins("S1", "甲")
    laptop.sends(root)
    root.revokes(laptop)
    laptop.marks(ana, "V1")
    laptop.marks(ana, "V2")
    laptop.sends(root)
    assert "学校S1第1台在学校S1的 2 条记录（第 " in _cases(root)["quarantined"]
    assert root.total("hours", "S1") == 0
    assert "quarantined" in _cases(root, "S1")

    def admitted(w):
        world = worlds.load(w)
        return settle(w, world, [case.row for case in review_part(w, world, Span(unit_called(w, "35")), Asked()).cases], "admit")

    root.do(admitted)
    assert (_cases(root), root.total("hours", "S1")) == ({}, 800)


def test_a_word_about_a_laptop_by_one_that_is_not_above_it_is_shown(cast, school):
    root, laptop = school
    root.adds("S2", "350103", "学校", "教育")
    sister = cast.new("别校")
    root.enrols(sister, "S2")
    root.gives(laptop)
    said = Draft("", "node_revoked", f"node:{sister.id}", {"reason": "政变", "cuts": []})
    laptop.do(record, [said])
    laptop.sends(root)
    assert _cases(root)["idle_word"] == "学校S1第1台对学校S2第1台的“撤销”没有效力：它不是对方的上级。"


def test_a_laptop_a_year_ahead_is_told_of_where_its_records_come(cast):
    root, ahead = cast.root(), cast.new("快一年", "2024-06-01T09:00")
    root.adds("S1", "350102", "学校", "教育")
    root.enrols(ahead, "S1")
    assert "晚很久" in _cases(ahead, "S1")["clock"]
    ahead.joins("S1", "甲")
    assert "clock" not in _cases(root)
    ahead.sends(root)
    assert "写于 2024-06-01 的" in _cases(root)["clock"]
    root.clock.move(days=366)
    assert "写于" not in _cases(root).get("clock", "")


def test_details_that_came_without_their_body_are_asked_for_until_they_come(cast, school):
    root, laptop = school
    ana = laptop.joins("S1", "甲")
    laptop.joins("S1", "乙")
    whole = cast.add(laptop.twin("完整"))
    laptop.do(
        lambda w: ledger.erase_bodies(
            w,
            [
                row[0]
                for row in w.all(
                    "select chain from facts where kind = 'person_details_changed' and subject = :about", about=f"person:{ana}"
                )
            ],
        )
    )
    laptop.sends(root)
    assert "姓名暂时看不到" in _cases(root)["details_missing"]
    whole.sends(root)
    assert (_cases(root), root.person(ana).name) == ({}, "甲")
    root.erases(ana)
    assert _cases(root) == {}
