"""Adoptions without an item wait, wherever they came in, until the host says of which each is; a host's stage is the host's."""

from __future__ import annotations

import pytest

from campmgr.areas.points.actions.adoptions import AdoptionRow
from campmgr.areas.points.actions.items import Report, report_item
from campmgr.areas.points.actions.noted import answer_draft, match, noted_draft, refuse
from campmgr.areas.points.actions.passing import pass_items
from campmgr.areas.points.queries.items import account_of, known_items
from campmgr.areas.points.queries.noted import noted_adoptions, noted_of
from campmgr.desks.actions.settling import settle
from campmgr.desks.actions.withdrawing import withdraw
from campmgr.desks.queries.review import Asked, Span, review_part
from campmgr.errors import NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import record, say
from campmgr.ledger.envelope import Draft, people_scope, subject
from tests.kit.desk_story import undone
from tests.kit.office import hidden, see, send
from tests.kit.program import write
from tests.points.hosted import DESK, item
from tests.points.test_points_travel import Quarter

HEAD = ["稿件编号", "单位", "标题", "媒体", "录用日期", "链接"]
NOTED = "/office/a/xc/noted/"


def _report(office, unit: str, title: str) -> str:
    words = ["--unit", unit, "--sort", "综合性原创文章", "--title", title, "--sent-at", "2022-05-11 10:00", "--characters", "900"]
    return str(office.json("item", "report", *words)["item"])


def test_a_file_of_adoptions_keeps_what_fits_no_item_and_settles_it_once_the_item_is_there(office, tmp_path):
    key = _report(office, "湖塘镇", "一篇好文章")
    path = write(tmp_path / "adoptions.xlsx", [
        HEAD, [None, "湖塘镇", "一篇好文章", "新华社", "2022-05-20", None], [None, "礼嘉镇", "还没有报的文章", "常州日报", "2022-05-21", None],
        ["0123456789", None, None, "新华网", "2022-05-22", "https://example.org/2"], [None, "湖塘", "写错单位", "新华网", "2022-05-22", None],
    ])  # fmt: skip
    tried = office.json("import", "adoptions", path, "--dry-run")
    assert (tried["new"], tried["rejected"], tried["batch"]) == (3, 1, None)
    came = office.json("import", "adoptions", path)
    assert (came["new"], came["rejected"], came["rows"]) == (3, 1, 4), came
    assert came["rejects"][0]["reason"] == "unknown_unit"
    waiting = office.json("report", "adoptions")["unmatched"]
    assert [(each["title"], each["item"], each["outlet"]) for each in waiting] == [
        ("还没有报的文章", None, "常州日报"),
        (None, "0123456789", "新华网"),
    ]
    assert office.json("report", "points")["total"]["points"] == 15
    assert office.json("import", "adoptions", path)["unchanged"] == 3

    _report(office, "礼嘉镇", "还没有报的文章")
    again = office.json("import", "adoptions", path)
    assert (again["new"], again["unchanged"], again["rejected"]) == (1, 2, 1)
    assert [each["item"] for each in office.json("report", "adoptions")["unmatched"]] == ["0123456789"]
    assert office.json("report", "points")["total"]["points"] == 25

    adoption = waiting[1]["adoption"]
    office.fails(2, "wrong_usage", "item", "match", adoption)
    office.fails(2, "missing_value", "item", "match", adoption, "--refuse")
    assert office.json("item", "match", adoption, "--item", key[:8])["state"] == "matched"
    office.fails(5, "refused_by_rule", "item", "match", adoption, "--refuse", "--reason", "不是")
    assert [each["outlet"] for each in office.json("report", "item", key)["adoptions"]] == ["新华社", "新华网"]
    before = office.state()
    office.json("rebuild")
    assert office.state() == before


def test_a_title_that_two_items_bear_waits_and_a_batch_taken_back_waits_for_nothing(office, tmp_path):
    for day in ("2022-05-10", "2022-05-11"):
        words = ["--unit", "湖塘镇", "--sort", "工作动态", "--title", "同题", "--event-on", day, "--sent-at", f"{day} 10:00"]
        office.json("item", "report", *words)
    path = write(tmp_path / "a.xlsx", [HEAD, [None, "湖塘镇", "同题", "新华社", "2022-05-20", None]])
    came = office.json("import", "adoptions", path)
    assert came["new"] == 1
    assert len(office.json("report", "adoptions")["unmatched"]) == 1
    office.json("withdraw", came["batch"], "--reason", "选错了文件")
    assert office.json("report", "adoptions")["unmatched"] == []


def _noted(hosted, title: str, unit: str = "WJ-BK-01") -> str:
    with hosted.store.writing() as w:
        world = worlds.load(w)
        activity = next(each for each in world.activities.values() if each.code == "xc")
        row = AdoptionRow("xc", "", unit, title, "新华社", "2023-06-01", "", 0)
        return say(w, [noted_draft(activity, world.tree.called(unit)[0].unit, row, "2023-06-10")])[0].fact.subject.partition(":")[2]


def test_the_office_says_of_which_item_it_is_and_takes_it_back(hosted):
    adoption = _noted(hosted, "网格员的一天（节选）")
    assert "1 次录用没有对上稿件" in see(hosted, "/office/a/xc/points/adoptions", "city")
    text = see(hosted, NOTED, "city")
    assert hidden(text, "of") == adoption
    key = hosted.ids["网格员的一天"]
    assert text.index(key) < text.index(hosted.ids["某小区停电的讨论"]), "the title most alike comes first"
    for typed, told in (({}, "请选一篇稿件"), ({"means": "other"}, "请填写"), ({"means": "none"}, "请填写"),
                        ({"means": "other", "number": "ffffffffff"}, "没有编号以")):  # fmt: skip
        wrong = send(hosted, NOTED, "city", of=adoption, **typed)
        assert (wrong.status_code, told in wrong.text) == (422, True), typed
    answer = send(hosted, NOTED, "city", of=adoption, means=key)
    assert "已对上稿件。" in see(hosted, answer.location, "city")
    assert "<strong>新华社</strong>" in see(hosted, f"{DESK}/items/{key}", "dora")
    again = send(hosted, NOTED, "city", of=adoption, means=key)
    assert (again.status_code, "这次录用已经处理过" in again.text) == (409, True)
    undone(hosted, answer, "city")
    assert "<strong>新华社</strong>" not in see(hosted, f"{DESK}/items/{key}", "dora")
    answer = send(hosted, NOTED, "city", of=adoption, means="none", reason="不是我们的")
    assert "没有等着对上稿件的录用" in see(hosted, answer.location, "city")
    undone(hosted, answer, "city")
    assert hidden(see(hosted, NOTED, "city"), "of") == adoption
    assert send(hosted, NOTED, "dora", of=adoption, means=key).status_code == 403


def test_what_a_unit_imports_waits_at_the_host_and_the_host_alone_answers(cast):
    life = Quarter(cast, 3)
    town, county, root = life.town, life.county, life.root
    row = AdoptionRow("xc", "", "", "一篇文章", "新华社", "2022-05-01", "", 0)
    unit = town.unit("WJ-BK-01")
    town.do(lambda w: say(w, [noted_draft(life.activity(town), unit, row, "2022-06-01")]))
    said = Report("综合性原创文章", "一篇文章的全文", "", "2022-04-02T10:00+08:00", {"said": 900})
    key, _ = town.do(report_item, life.activity(town), unit, said)
    (noted,) = town.see(noted_adoptions, life.activity(town))
    with pytest.raises(NotAllowed):
        town.do(match, noted, life.items(town)[0])
    town.do(record, [answer_draft(noted, key)])  # as a program that was tampered with would
    town.sends(county)
    (noted,) = county.see(noted_adoptions, life.activity(county))
    county.do(match, noted, life.items(county)[0])
    with pytest.raises(Refused):
        county.do(refuse, county.see(noted_of, life.activity(county), noted.adoption), "不是")
    county.gives(town)
    county.sends(root)
    for node in (town, county, root):
        assert node.see(noted_adoptions, life.activity(node)) == ()
        assert [each.points for each in life.items(node)] == [15]
        assert node.hash == node.rebuilt()


def test_the_hosts_stage_counts_from_the_host_alone_and_whoever_passed_it_is_told(cast):
    life = Quarter(cast, 4)
    town, county, root = life.town, life.county, life.root
    said = Report("综合性原创文章", "一篇文章", "", "2022-04-02T10:00+08:00", {"said": 900})
    key, _ = town.do(report_item, life.activity(town), town.unit("WJ-BK-01"), said)
    for stage in (1, 2):
        town.do(pass_items, life.activity(town), [key], stage, accepted=True)
    with pytest.raises(NotAllowed):
        town.do(pass_items, life.activity(town), [key], 3, accepted=True)
    (line,) = life.items(town)
    body = {"activity": line.activity, "stage": 3, "accepted": True, "by": "人事教育科", "reason": ""}
    town.do(record, [Draft(line.unit, "item_passed", subject("item", key), body)])
    town.sends(county)
    county.sends(root)
    for node in (town, county, root):
        (line,) = life.items(node)
        assert (line.stage, line.state) == (2, "waiting")
        account = node.see(account_of, life.activity(node), line)
        assert [(each.stage, each.counts) for each in account.stages] == [(1, True), (2, True), (3, False)]
        assert [about for _, about, _ in life.told(node)] == [subject("item", key)]
    county.do(pass_items, life.activity(county), [key], 3, accepted=True)
    county.gives(town)
    county.sends(root)
    assert [life.told(node) for node in (town, county, root)] == [[], [], []], "the host has answered it"
    passed = town.see(lambda r: r.value("select fact from item_stages where item = :key and stage = 3 and counts", key=key))
    town.do(record, [Draft(people_scope(line.unit), "fact_withdrawn", subject("item", key), {"fact": passed, "reason": ""})])
    town.sends(county)
    county.sends(root)
    for node in (town, county, root):
        assert life.items(node)[0].state == "passed", "a unit takes nothing back that its host has said"
        assert node.hash == node.rebuilt()


def test_an_item_says_its_number(hosted):
    key = item(hosted, "网格员的一天").item
    assert f"<code>{key[:8]}</code>" in see(hosted, f"{DESK}/items/{key}", "dora")


def test_two_laptops_of_the_host_that_match_one_adoption_to_two_items_count_it_once_and_one_press_settles_it(cast):
    life = Quarter(cast, 5)
    county, root = life.county, life.root
    unit = county.unit("WJ-BK-01")
    keys = []
    for title in ("文章甲", "文章乙"):
        said = Report("综合性原创文章", title, "", "2022-04-02T10:00+08:00", {"said": 900})
        keys.append(county.do(report_item, life.activity(county), unit, said)[0])
    row = AdoptionRow("xc", "", "", "一篇文章", "新华社", "2022-05-01", "", 0)
    batch = "5" * 32
    county.do(lambda w: say(w, [noted_draft(life.activity(county), unit, row, "2022-06-01", batch=batch)]))
    county.sends(root)
    nodes = (life.town, county, root)

    def travel() -> None:
        for _ in range(2):
            county.sends(root), root.gives(county), county.gives(life.town)

    def points(node) -> list[int]:
        found = node.see(lambda r: known_items(r, keys))
        return [found[key].points for key in keys]

    for node, key in zip((county, root), keys, strict=True):  # neither knows of the other
        (noted,) = node.see(noted_adoptions, life.activity(node))
        node.do(match, noted, node.see(lambda r, key=key: known_items(r, [key]))[key])
    travel()
    counted = points(root)
    assert sorted(counted) == [2, 15]
    assert [points(node) for node in nodes] == [counted] * 3
    for node in nodes:
        assert node.see(noted_of, life.activity(node), noted.adoption).state == "matched"
        assert node.hash == node.rebuilt()
        (case,) = node.see(_sides, node.world)
        assert {side.value for side in case.sides} == {"“文章甲”", "“文章乙”"}

    (case,) = county.see(_sides, county.world)
    lost = keys[counted.index(2)]
    answer = next(side.answer for side in case.sides if side.value == f"“文章{'甲乙'[keys.index(lost)]}”")
    with pytest.raises(NotAllowed):
        life.town.do(lambda w: settle(w, worlds.load(w), [case.row], answer))
    undo = county.do(lambda w: settle(w, worlds.load(w), [case.row], answer))
    travel()
    assert [points(node) for node in nodes] == [counted[::-1]] * 3
    assert [node.see(_sides, node.world) for node in nodes] == [()] * 3
    county.do(withdraw, undo, "再看看")
    travel()
    assert [points(node) for node in nodes] == [counted] * 3
    county.do(withdraw, batch, "选错了文件")
    travel()
    assert [points(node) for node in nodes] == [[2, 2]] * 3, "what was noted by mistake counts for neither"
    for node in nodes:
        assert node.hash == node.rebuilt()


def test_of_no_item_and_of_one_is_something_to_decide(cast):
    life = Quarter(cast, 6)
    county, root = life.county, life.root
    unit = county.unit("WJ-BK-01")
    said = Report("综合性原创文章", "文章甲", "", "2022-04-02T10:00+08:00", {"said": 900})
    county.do(report_item, life.activity(county), unit, said)
    row = AdoptionRow("xc", "", "", "一篇文章", "新华社", "2022-05-01", "", 0)
    county.do(lambda w: say(w, [noted_draft(life.activity(county), unit, row, "2022-06-01")]))
    county.sends(root)
    (noted,) = root.see(noted_adoptions, life.activity(root))
    county.do(match, noted, life.items(county)[0])
    root.do(refuse, noted, "不是我们的")
    county.sends(root), root.gives(county)
    for node in (county, root):
        (case,) = node.see(_sides, node.world)
        assert {side.value for side in case.sides} == {"“文章甲”", "不是哪篇稿件：不是我们的"}
        state = node.see(noted_of, life.activity(node), noted.adoption).state
        assert life.items(node)[0].points == (15 if state == "matched" else 2)
        assert node.hash == node.rebuilt()
    assert county.hash == root.hash


def _sides(r, world):
    part = review_part(r, world, Span(world.root_unit), Asked(matter="sides_differ"))
    return part.cases
