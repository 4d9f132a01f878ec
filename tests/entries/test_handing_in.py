"""Works are listed, filed, handed in by a unit and passed on; what was sent stands with its digest on every node."""

from __future__ import annotations

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.entries.actions.files import attach_file, drop_file
from campmgr.areas.entries.actions.handing_in import Closing, close_batch, preview, reopen_batch, take_late
from campmgr.areas.entries.actions.staging import reinstate_entry, revoke_entry, stage_entries
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.matters import MATTERS, TWICE, TWO_UNITS
from campmgr.areas.entries.queries.entries import Entry, entries_in
from campmgr.areas.entries.queries.handins import handin_of, versions_of
from campmgr.areas.entries.rules.probes import Probe
from campmgr.desks.actions.settling import settle, take_back
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts.finding import find_unit
from campmgr.facts.inventory_rows import drop_row
from tests.kit.agreed import list_agreed
from tests.kit.story import Cast, Node

_SECRET = "zq9x!"  # noqa: S105 - made up
GOOD = {
    "class": "图片类", "sub": "海报", "theme": "安全宣传和应急科普", "created_on": "2023-05-20",
    "published_on": "2023-05-30", "words": "夜班的人",
}  # fmt: skip


@pytest.fixture
def told(cast: Cast) -> tuple[Node, Node, Node]:
    """A province that hosts, a city, and a school below it that has no laptop; it is 2023-06-26."""
    root, city, other = cast.root(lessons=()), cast.new("福州"), cast.new("厦门")
    root.adds("S1", "3501", "学校")
    root.enrols(city, "3501")
    root.enrols(other, "3502")
    root.do(open_activity, "works-collection-2023", "zp")
    for node in (root, city, other):
        node.clock.move(days=25)
    root.gives(city)
    root.gives(other)
    return root, city, other


def activity(node: Node):
    return node.world.activities.called("zp")[0]


def lists(node: Node, unit: str, title: str, **said) -> str:
    values = GOOD | {"title": title, "link": f"https://example.org/{title}"} | said
    known = node.unit(unit)
    node.do(list_agreed, activity(node), known, values)
    whole = {each.name: each.blank for each in ENTRIES.fields} | values
    return ENTRIES.row_id(activity(node).id, known, whole)


def seen(node: Node) -> dict[str, Entry]:
    world, found = node.world, activity(node)
    return {each.title: each for each in node.see(entries_in, world, found)}


def closes(node: Node, unit: str, person: str, **more):
    return node.do(close_batch, activity(node), find_unit(node.world, unit), Closing(node.person(person), stated=True, **more))


def batch(node: Node, unit: str, window: str = "2023Q2"):
    world, found = node.world, activity(node)
    return node.see(handin_of, world, found, node.unit(unit), window)


def test_a_unit_hands_in_and_its_city_passes_on(told):
    root, city, _other = told
    who = city.joins("3501", "林老师")
    teacher = city.joins("S1", "陈老师")
    lists(city, "S1", "校园"), lists(city, "3501", "街道"), lists(city, "S1", "缺说明", words="")
    shown = city.see(preview, activity(city), find_unit(city.world, "3501"))
    assert [each.title for each in shown.going] == ["街道"], "the school has not handed in yet"
    closes(city, "S1", teacher)
    assert [row.title for row in batch(city, "S1").rows] == ["校园"]
    closes(city, "3501", who, share="https://pan.example.org/s/1", secret=_SECRET)
    assert [row.title for row in batch(city, "3501").rows] == ["校园", "街道"]
    assert not city.see(preview, activity(city), find_unit(city.world, "3501")).going
    city.sends(root)
    told_root = batch(root, "3501")
    assert (told_root.state, len(told_root.rows), told_root.digest) == ("closed", 2, batch(city, "3501").digest)
    assert seen(root)["校园"].words == "已报送"
    assert seen(root)["缺说明"].words == "不合格"
    for node in (root, city):
        assert node.hash == node.rebuilt()
        assert not any(_SECRET in str(fact) or "林老师" in str(fact) for fact in node.see(_bodies))


def _bodies(r):
    return [body for kind, body in r.all("select kind, body from facts") if kind != "person_details_changed"]


def test_a_batch_that_is_opened_again_keeps_both_versions_and_both_digests_are_verified_elsewhere(told):
    root, city, _other = told
    who = city.joins("3501", "林老师")
    lists(city, "3501", "街道")
    first = closes(city, "3501", who).body
    with pytest.raises(Refused, match="已经结批"):
        closes(city, "3501", who)
    city.do(reopen_batch, activity(city), batch(city, "3501"), "漏了一件")
    assert (batch(city, "3501").state, batch(city, "3501").reason) == ("reopened", "漏了一件")
    lists(city, "3501", "社区")
    city.withdraws(city.do(_last_of, batch(city, "3501").id))
    assert batch(city, "3501").state == "closed", "what was opened again by mistake stands as it was sent"
    city.do(reopen_batch, activity(city), batch(city, "3501"), "漏了一件")
    closes(city, "3501", who)
    city.sends(root)
    found, known = activity(root), batch(root, "3501")
    versions = root.see(versions_of, found, known)
    assert [(each.count, each.equal) for each in versions] == [(1, True), (2, True)]
    assert len({each.digest for each in versions}) == 2
    assert first
    assert root.hash == root.rebuilt()


def _last_of(r, handin: str) -> str:
    return r.value("select chain from facts where subject = :about order by seq desc limit 1", about=f"handin:{handin}")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"stated": False}, "逐项确认承诺"), ({"share": "pan.example.org"}, "http")],
)
def test_a_batch_is_not_closed_without_what_belongs_to_it(told, changed, sentence):
    _root, city, _other = told
    who = city.joins("3501", "林老师")
    lists(city, "3501", "街道")
    with pytest.raises(BadInput, match=sentence):
        city.do(close_batch, activity(city), find_unit(city.world, "3501"),
                Closing(**{"contact": city.person(who), "stated": True} | changed))  # fmt: skip


def test_what_waits_is_judged_a_page_at_a_time_and_all_of_it_when_it_goes(told):
    _root, city, _other = told
    who = city.joins("3501", "林老师")
    for number in range(5):
        lists(city, "3501", f"作品{number}", words="" if number in {1, 3} else "夜班的人")
    found, unit = activity(city), find_unit(city.world, "3501")
    parts = [city.see(preview, found, unit, part=slice(at, at + 2)) for at in (0, 2, 4)]
    assert [each.waiting for each in parts] == [5, 5, 5]
    assert [[work.title for work in each.going] for each in parts] == [["作品0"], ["作品2"], ["作品4"]]
    assert [[work.title for work in each.staying] for each in parts] == [["作品1"], ["作品3"], []]
    closes(city, "3501", who)
    assert [row.title for row in batch(city, "3501").rows] == ["作品0", "作品2", "作品4"]
    assert city.see(preview, found, unit).waiting == 2


def test_after_the_last_window_nothing_is_taken(told):
    _root, city, _other = told
    who = city.joins("3501", "林老师")
    lists(city, "3501", "街道")
    city.clock.move(days=190)
    with pytest.raises(Refused, match="征集已经结束"):
        closes(city, "3501", who)


def test_files_belong_to_their_work_and_are_judged_by_the_rules_of_today(told):
    root, city, _other = told
    lists(city, "3501", "街道")
    entry = seen(city)["街道"].row
    small = Probe("街道.jpg", 900_000, "ab" * 32, "JPG", width=800, height=600)
    city.do(attach_file, entry, "作品", small)
    assert seen(city)["街道"].words == "不合格"
    assert [each.found for each in seen(city)["街道"].findings] == ["街道.jpg：大小 900,000 字节（0.86 MiB）"]
    city.do(drop_file, entry, "作品", small.sha256, small.name)
    city.do(attach_file, entry, "作品", Probe("街道.jpg", 1_900_000, "cd" * 32, "JPG", width=800, height=600))
    city.sends(root)
    assert (seen(root)["街道"].words, seen(root)["街道"].findings) == ("待报送", ())
    with pytest.raises(BadInput, match="没有“歌词”"):
        city.do(attach_file, entry, "歌词", small)


def test_the_same_work_of_two_units_stands_with_a_remark_and_within_a_unit_the_second_is_refused(told):
    root, city, other = told
    link = "https://www.example.org/v/1?utm_source=x"
    lists(city, "3501", "街道", link=link)
    city.clock.move(days=1)
    lists(city, "3501", "街道（重报）", link=link.replace("www.", ""))
    lists(other, "3502", "大街", link="http://example.org/v/1")
    city.sends(root), other.sends(root)
    levels = {title: [each.level for each in entry.findings if each.rule == "double"] for title, entry in seen(root).items()}
    assert levels == {"街道": ["warn"], "街道（重报）": ["refuse"], "大街": ["warn"]}
    matter = next(each for each in MATTERS if each.name == TWO_UNITS)
    world = root.world
    (row,) = root.see(lambda r: list(matter.rows(r, world) if matter.rows else ()))
    (said,) = root.see(lambda r: matter.tell(r, world, [row]))
    assert {each.value for each in said.sides} == {"《街道》", "《街道（重报）》", "《大街》"}
    assert {each.unit for each in said.sides} == {"福州市", "厦门市"}
    other.do(drop_row, ENTRIES, seen(other)["大街"].row, "由福州报送")
    other.sends(root)
    assert doubles(root) == []


def doubles(node: Node, name: str = TWO_UNITS):
    matter = next(each for each in MATTERS if each.name == name)
    world = node.world
    return node.see(lambda r: list(matter.rows(r, world) if matter.rows else ()))


def _answers(w, world, rows, name: str, note: str = "") -> str:
    return settle(w, world, rows, name, note)


def answers(node: Node, name: str, note: str = "", matter: str = TWO_UNITS) -> str:
    return str(node.do(_answers, node.world, doubles(node, matter), name, note))


def with_one_file(node: Node, unit: str, *titles: str) -> None:
    """Works to which the same bytes are attached."""
    for number, title in enumerate(titles):
        lists(node, unit, title)
        probe = Probe(f"{number}.jpg", 1_900_000, "ab" * 32, "JPG", width=800, height=600)
        node.do(attach_file, seen(node)[title].row, "作品", probe)
        node.clock.move(days=1)


def levels_of(node: Node, title: str) -> list[str]:
    return [each.level for each in seen(node)[title].findings if each.rule == "double"]


def test_the_same_bytes_under_another_title_are_warned_of_and_answered_in_the_review(told):
    """Build 000, section 4: same bytes under another title: warn."""
    root, city, _other = told
    with_one_file(city, "3501", "街道", "街道二")
    assert (levels_of(city, "街道"), levels_of(city, "街道二")) == ([], ["warn"])
    assert seen(city)["街道二"].passes
    city.sends(root)
    (row,) = doubles(root, TWICE)
    matter, world = next(each for each in MATTERS if each.name == TWICE), root.world
    (said,) = root.see(lambda r: matter.tell(r, world, [row]))
    assert (said.sentence, [each.value for each in said.sides]) == (
        "福州市登记的 2 件作品，附的文件相同。",
        ["《街道》", "《街道二》"],
    )
    batch = answers(root, "first", "看过了", TWICE)
    root.gives(city)
    assert (seen(city)["街道"].words, seen(city)["街道二"].words) == ("待报送", "退回")
    assert seen(city)["街道二"].way.reason == "与先登记的一件文件相同，只留先登记的一件：看过了"
    root.do(take_back, batch, "看错了")
    answers(root, "apart", "", TWICE)
    root.gives(city)
    assert doubles(root, TWICE) == []
    assert levels_of(city, "街道二") == []
    assert root.hash == root.rebuilt()


def test_a_contest_in_which_a_work_comes_once_refuses_the_same_bytes(cast):
    """Build 003, worked example 5 (H-08)."""
    root = cast.root(lessons=())
    root.do(open_activity, "video-contest-2024", "zp")
    with_one_file(root, "3501", "车间", "车间二")
    assert levels_of(root, "车间二") == ["refuse"]
    assert doubles(root, TWICE) == []


def test_a_double_is_answered_once_for_all_and_both_units_hear_it(told):
    root, city, other = told
    link = "https://www.example.org/v/1"
    lists(city, "3501", "街道", link=link), lists(other, "3502", "大街", link=link)
    city.sends(root), other.sends(root)
    batch = answers(root, "apart", "问过两家，剪法不同")
    assert doubles(root) == []
    root.gives(city), root.gives(other)
    assert not [
        each for node in (root, city, other) for entry in seen(node).values() for each in entry.findings if each.rule == "double"
    ]
    lists(root, "35", "长街", link=link)
    assert len(doubles(root)) == 1, "with a third unit it is another question"
    root.do(drop_row, ENTRIES, seen(root)["长街"].row, "登错了")
    assert doubles(root) == []
    root.do(take_back, batch, "看错了")
    assert len(doubles(root)) == 1
    for node in (root, city, other):
        assert node.hash == node.rebuilt()


def test_one_of_two_units_hands_in_and_the_work_of_the_other_is_sent_back_with_the_reason(told):
    root, city, other = told
    link = "https://www.example.org/v/1"
    lists(city, "3501", "街道", link=link), lists(other, "3502", "大街", link=link)
    city.sends(root), other.sends(root)
    (row,) = doubles(root)
    offered = root.see(MATTERS[0].tell, root.world, [row])[0].answers
    (keep,) = [each for each in offered or () if "福州" in each.words]
    batch = answers(root, keep.name)
    assert doubles(root) == []
    root.gives(city), root.gives(other)
    assert (seen(city)["街道"].words, [each.rule for each in seen(city)["街道"].findings]) == ("待报送", ["files"])
    assert (seen(other)["大街"].words, "由福州" in seen(other)["大街"].way.reason) == ("退回", True)
    root.do(take_back, batch, "看错了")
    assert len(doubles(root)) == 1
    assert root.hash == root.rebuilt()


def test_a_work_goes_its_way_and_what_it_loses_is_seen_at_once(told):
    root, city, _other = told
    lists(city, "3501", "街道")
    city.sends(root)
    entry = seen(root)["街道"].row
    root.do(stage_entries, [entry], "入围")
    root.do(stage_entries, [entry], "展播", outlet="微信")
    root.do(stage_entries, [entry], "展播", outlet="抖音")
    assert (seen(root)["街道"].words, seen(root)["街道"].way.outlets) == ("展播", "微信、抖音")
    root.do(revoke_entry, entry, "参选", "画面取自他人")
    root.gives(city)
    for node in (root, city):
        assert (seen(node)["街道"].words, seen(node)["街道"].counts) == ("撤销参选资格", False)
        assert seen(node)["街道"].way.revoked_reason == "画面取自他人"
    root.do(reinstate_entry, entry, "参选", "作者举证，核实无误")
    assert (seen(root)["街道"].words, seen(root)["街道"].counts) == ("展播", True)
    with pytest.raises(BadInput, match="请写明原因"):
        root.do(stage_entries, [entry], "退回")
    with pytest.raises(BadInput, match="平台"):
        root.do(stage_entries, [entry], "展播")
    assert root.hash == root.rebuilt()


def test_packs_in_any_order_give_one_state(told):
    root, city, _other = told
    who = city.joins("3501", "林老师")
    lists(city, "3501", "街道")
    first = city.packed(root.id)
    closes(city, "3501", who)
    city.do(stage_entries, [seen(city)["街道"].row], "报送")
    second = city.packed(root.id, whole=True)
    root.takes(second)
    before = root.hash
    root.takes_quietly(first)
    assert root.hash == before == root.rebuilt()
    assert seen(root)["街道"].words == "报送"


def test_the_host_takes_a_late_batch_with_the_reason_and_the_unit_reads_it(told):
    root, city, _other = told
    who = city.joins("3501", "林老师")
    lists(city, "3501", "街道")
    city.sends(root)
    with pytest.raises(Refused, match="还没有截止"):
        root.do(take_late, activity(root), find_unit(root.world, "3501"), "2023Q2", "台风")
    for node in (root, city):
        node.clock.move(days=190)
    with pytest.raises(Refused, match="征集已经结束"):
        closes(city, "3501", who)
    with pytest.raises(NotAllowed, match="主办单位决定"):
        city.do(take_late, activity(city), find_unit(city.world, "3501"), "2023Q2", "台风")
    with pytest.raises(BadInput, match="原因"):
        root.do(take_late, activity(root), find_unit(root.world, "3501"), "2023Q2", " ")
    root.do(take_late, activity(root), find_unit(root.world, "3501"), "2023Q2", "台风停电")
    root.gives(city)
    assert "台风停电" in city.see(preview, activity(city), find_unit(city.world, "3501")).placed.sentence
    closes(city, "3501", who)
    city.sends(root)
    assert (batch(root, "3501").state, batch(root, "3501").late) == ("closed", "2023Q2")
    with pytest.raises(Refused, match="征集已经结束"):
        closes(city, "3501", who)
    for node in (root, city):
        assert node.hash == node.rebuilt()


def test_a_relay_has_a_deadline_of_its_own_and_passes_on_what_came_in_time(cast: Cast):
    root = cast.root(lessons=())
    root.do(open_activity, "video-contest-2024", "zp", seat="relay")
    found = activity(root)
    city, province = root.joins("3501", "林老师"), root.joins("35", "郑老师")
    film = {"class": "音视频类", "sub": "", "theme": "数智赋能", "entrant": "工业企业"}
    lists(root, "3501", "车间", **film), lists(root, "3502", "码头", **film)
    root.clock.move(days=363, hours=8, minutes=30)  # 2024-05-29 17:30:00
    closes(root, "3501", city)
    root.clock.move(seconds=1)
    shown = root.see(preview, found, find_unit(root.world, "3502"))
    assert (shown.placed.window, "2024-05-29 17:30" in shown.placed.sentence) == (None, True)
    with pytest.raises(Refused, match="不再收"):
        closes(root, "3502", root.joins("3502", "陈老师"))
    leave = root.do(take_late, found, find_unit(root.world, "3502"), "全部", "台风停电两天")
    assert "台风停电两天" in root.see(preview, found, find_unit(root.world, "3502")).placed.sentence
    root.withdraws(leave.chain)
    with pytest.raises(Refused, match="不再收"):
        closes(root, "3502", root.joins("3502", "周老师"))
    closes(root, "35", province)
    assert [row.title for row in batch(root, "35", "全部").rows] == ["车间"]
