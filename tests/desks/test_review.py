"""What was set aside stands in one place: each case with a sentence and answers, for whoever may see it, until its cause goes."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.import_people import PeoplePlanner
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.actions.units import UnitRow, describe_unit
from campmgr.desks.actions.settling import settle
from campmgr.desks.queries.review import Asked, Span, review_count, review_part, rows_of_id
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.review import review_row
from campmgr.facts.streaming import DoneRows, say_rows
from campmgr.facts.tables import REVIEW
from campmgr.ids import person_code, random_id
from campmgr.masks import mask_phone
from campmgr.store.tables import replace_rows
from tests.kit.called import unit_called
from tests.kit.desk_story import DAY, DESK, UNIT, post, rows_shown, school, undone
from tests.kit.office import hidden, see, tasks
from tests.kit.story import Node

OFFICE = "/office/review"
TOO_LONG = "longer_than_lesson"


def _too_long(pages, *people: str, minutes: int = 90) -> None:
    with pages.store.writing() as w:
        for person in people:
            mark(w, people_by_id(w, [person])[person].code, MarkRow(DAY, "V1", minutes=minutes))


def _matters(r, unit: str = "35", line: str = "") -> list[str]:
    return [case.row.matter for case in review_part(r, worlds.load(r), Span(unit_called(r, unit), line), Asked()).cases]


def _left(node: Node, unit: str = "35") -> list[str]:
    return node.see(_matters, unit)


def _answer(node: Node, matter: str, answer: str) -> str:
    """Settle the one case of a matter; the batch to take it back by."""

    def verb(w):
        world = worlds.load(w)
        (case,) = review_part(w, world, Span(unit_called(w, "35")), Asked(matter=matter)).cases
        return settle(w, world, rows_of_id(w, world, Span(unit_called(w, "35")), case.row.id), answer)

    return str(node.do(verb))


def test_a_case_is_seen_by_whoever_sees_its_unit_and_by_nobody_else(pages):
    (aya,) = school(pages, "阿雅")
    _too_long(pages, aya)
    for who, path in (
        ("dora", f"{DESK}/review"),
        ("dora", "/desk/units/3501/review"),
        ("jiao", f"{DESK}/review"),
        ("root", OFFICE),
        ("city", OFFICE),
        ("root", f"{OFFICE}?unit={UNIT}"),
        ("city", f"{OFFICE}?unit=演练小学1"),
    ):
        assert len(rows_shown(pages, path, who)) == 1, (who, path)  # fmt: skip
    assert "一次登记 90 分钟" in see(pages, f"{DESK}/review", "elias")
    assert rows_shown(pages, f"{DESK}/review", "elias") == []  # a viewer reads and is asked nothing
    assert rows_shown(pages, f"{OFFICE}?unit=3502", "root") == []
    (row,) = rows_shown(pages, OFFICE, "root")
    assert post(pages, "/desk/units/3502/review/settle", who="farid", row=row, answer="true").status_code == 409
    assert post(pages, f"{DESK}/review/settle", who="elias", row=row, answer="true").status_code == 403


def test_the_front_pages_count_what_waits(pages):
    (aya,) = school(pages, "阿雅")
    assert "件待核对" not in see(pages, "/office/", "city")
    _too_long(pages, aya)
    assert [tasks(see(pages, path, who))["件待核对"][0] for path, who in (("/office/", "city"), (DESK, "dora"))] == [1, 1]
    assert "1 件待核对" in see(pages, "/desk/", "dora")
    assert "件待核对" not in see(pages, "/desk/", "farid")


def test_an_answer_goes_with_one_press_and_comes_back_with_another(pages):
    (aya,) = school(pages, "阿雅")
    _too_long(pages, aya)
    (row,) = rows_shown(pages, f"{DESK}/review")
    done = post(pages, f"{DESK}/review/settle", row=row, answer="true")
    assert done.status_code == 303
    text = pages.browser("dora").get(done.location).text
    assert ("已处理 1 件" in text, rows_shown(pages, f"{DESK}/review")) == (True, [])
    again = post(pages, f"{DESK}/review/settle", row=row, answer="true")
    assert (again.status_code, "刚才已经处理过" in again.text) == (409, True)
    assert undone(pages, done).status_code == 303
    assert rows_shown(pages, f"{DESK}/review") == [row]
    assert "<strong>已撤销</strong>" in see(pages, done.location, "dora")


def test_all_of_a_sort_are_answered_at_once_as_many_as_were_shown(pages):
    pupils = school(pages, "甲", "乙", "丙")
    _too_long(pages, *pupils[:2])
    shown = see(pages, f"{DESK}/review?sort={TOO_LONG}", "dora")
    assert re.findall(r'name="all" value="(\d+)"', shown) == ["2"]
    _too_long(pages, pupils[2])
    stale = post(
        pages, f"{DESK}/review/settle?sort={TOO_LONG}", sort=TOO_LONG, all="2", answer="true", shown=hidden(shown, "shown")
    )
    assert (stale.status_code, len(rows_shown(pages, f"{DESK}/review"))) == (409, 3)
    now = hidden(stale.text, "shown")
    assert post(pages, f"{DESK}/review/settle", sort=TOO_LONG, all="3", answer="true", shown=now).status_code == 303
    assert rows_shown(pages, f"{DESK}/review") == []


def test_pages_follow_each_other_and_leave_nothing_out(pages):
    names = [f"生{number:03}" for number in range(120)]
    with pages.store.writing() as w:
        known = people.register(w, Registration(UNIT, "阿雅", "a"))
        rows = [review_row(f"person:{known}", TOO_LONG, [name, 90, 60], unit_called(w, UNIT), f"2023-06-{day:02}")
                for day, name in zip([1, 2, 3] * 40, names, strict=True)]  # fmt: skip
        replace_rows(w, REVIEW, (), rows)
        world, after, seen = worlds.load(w), "", []
        while True:
            part = review_part(w, world, Span(unit_called(w, UNIT)), Asked(after=after))
            seen += [case.row for case in part.cases]
            if not (after := part.next):
                break
    assert [row.id for row in seen] == [row[3] for row in sorted(rows, key=lambda row: (row[5], row[3]))]
    assert [row.since for row in seen] == sorted(row.since for row in seen)


def test_what_waits_long_can_be_asked_for(pages):
    (aya,) = school(pages, "阿雅")
    _too_long(pages, aya)
    assert rows_shown(pages, f"{DESK}/review?older=3") == []
    pages.clock.move(days=5)
    assert (len(rows_shown(pages, f"{DESK}/review?older=3")), rows_shown(pages, f"{DESK}/review?older=7")) == (1, [])


def test_rows_of_one_id_are_one_case_and_settled_in_one_go(pages):
    pupils = school(pages, "甲", "乙")
    with pages.store.writing() as w:
        rows = [
            review_row(f"person:{each}", TOO_LONG, [each, 90, 60], unit_called(w, UNIT), DAY, together="one") for each in pupils
        ]
        replace_rows(w, REVIEW, (), rows)
        world = worlds.load(w)
        (case,) = review_part(w, world, Span(unit_called(w, "35")), Asked()).cases
        assert (
            case.row.many,
            review_count(w, world, Span(unit_called(w, "35"))),
            review_count(w, world, Span(unit_called(w, UNIT))),
        ) == (2, 1, 1)
        settle(w, world, rows_of_id(w, world, Span(unit_called(w, "35")), case.row.id), "true", "都问过了")
        assert review_count(w, worlds.load(w), Span(unit_called(w, "35"))) == 0


def test_a_matter_of_a_newer_program_is_shown_plainly(pages):
    with pages.store.writing() as w:
        w.run("insert into review values ('thing:1', 'of_2030', '[]', '0123456789ab', :unit, '')", unit=unit_called(w, UNIT))
        world = worlds.load(w)
        with pytest.raises(BadInput):
            settle(w, world, rows_of_id(w, world, Span(unit_called(w, "35")), "0123456789ab"), "yes")
    text = see(pages, f"{DESK}/review", "dora")
    assert ("of_2030" in text, "请升级程序后再看" in text) == (True, True)


def test_an_answer_that_does_not_fit_says_which_do(pages):
    (aya,) = school(pages, "阿雅")
    _too_long(pages, aya)
    with pages.store.writing() as w:
        world = worlds.load(w)
        (case,) = review_part(w, world, Span(unit_called(w, "35")), Asked()).cases
        with pytest.raises(BadInput) as told:
            settle(w, world, [case.row], "maybe")
        assert "true（已核对，属实）" in told.value.hint
        with pytest.raises(BadInput) as told:
            settle(w, world, [case.row], "true", "阿雅说看完了")
        assert told.value.reason == "name_in_reason"
        with pytest.raises(NotFound):
            rows_of_id(w, world, Span(unit_called(w, "3502")), case.row.id)


def test_one_person_registered_twice_is_merged_with_one_press(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校", "教育")
    root.adds("S2", "350103", "学校", "教育")
    root.joins("S1", "何沐阳", "18")
    root.joins("S2", "何沐阳", "19")
    assert _left(root) == []
    twin = root.joins("S2", "何沐阳", "18", "学生家庭")
    assert (_left(root), _left(root, "S1"), _left(root, "3501")) == (["same_number"], [], ["same_number"])
    before = root.hash
    assert root.rebuilt() == before
    _answer(root, "same_number", "same")
    assert (_left(root), root.rebuilt()) == ([], root.hash)
    assert root.see(lambda r: r.value("select count(*) from people where name = '何沐阳'")) == 2
    root.erases(twin)
    assert root.see(lambda r: r.all("select * from twins")) == []


def test_two_people_of_one_number_stay_two_once_somebody_says_so(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校", "教育")
    root.adds("S2", "350103", "学校", "教育")
    for unit in ("S1", "S2"):
        root.joins(unit, "王芳", "7")
    batch = _answer(root, "same_number", "two")
    assert _left(root) == []
    root.withdraws(batch)
    assert _left(root) == ["same_number"]


def test_a_scan_of_a_code_that_nobody_here_has_waits_until_its_bearer_comes(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校", "教育")
    root.adds("S2", "350103", "学校", "教育")
    school, station = cast.new("学校"), cast.new("站点")
    root.enrols(school, "S1")
    root.enrols(station, "S2")
    pupil = school.joins("S1", "林听雨", "1")
    station.marks(pupil, "V1", "2023-06-01")
    assert _left(station, "S2") == ["waiting_scan"]
    station.sends(root)
    assert _left(root) == ["waiting_scan"]
    assert f"编码 {person_code(pupil)} 在学校S2扫了 1 次" in root.see(
        lambda r: review_part(r, worlds.load(r), Span(unit_called(r, "S2")), Asked()).cases[0].sentence)  # fmt: skip
    school.sends(root)
    assert (_left(root), root.total("hours", "S1")) == ([], 100)


def test_a_scan_that_was_a_mistake_is_withdrawn(cast):
    root = cast.root()
    root.adds("S1", "350102", "学校", "教育")
    root.do(mark, person_code("ab" * 16), MarkRow("2023-06-01", "V1", source="station"))
    _answer(root, "waiting_scan", "withdraw")
    assert _left(root) == []


def test_an_answer_travels_and_closes_the_case_elsewhere(cast):
    root, school = cast.root(), cast.new("学校")
    root.adds("S1", "350102", "学校", "教育")
    root.enrols(school, "S1")
    pupil = school.joins("S1", "林听雨", "1")
    school.marks(pupil, "V1", "2023-06-01", minutes=90)
    school.sends(root)
    assert _left(root) == _left(school) == [TOO_LONG]
    _answer(school, TOO_LONG, "true")
    school.sends(root)
    assert _left(root) == []
    before = root.hash
    assert root.rebuilt() == before


@pytest.fixture
def offices(cast) -> tuple[Node, Node, Node]:
    """A root, and two offices that hold one school's people."""
    root, county, school = cast.root(), cast.new("县"), cast.new("校")
    root.adds("S1", "350102", "学校", "教育")
    root.enrols(county, "350102")
    county.enrols(school, "S1")
    school.sends(root)
    return root, county, school


def _meet(root: Node, *others: Node) -> None:
    """Everybody hears everything: up, down, and up again what was carried."""
    for _ in range(2):
        for each in others:
            each.sends(root)
        for each in others:
            root.gives(each)


def _say(node: Node, person: str, **said: str) -> None:
    node.do(lambda w: people.change_details(w, people_by_id(w, [person])[person], **said))


def _sides(node: Node):
    def question(r):
        part = review_part(r, worlds.load(r), Span(unit_called(r, "35")), Asked(matter="sides_differ"))
        return [(case.sentence, {(side.value, side.who, side.counts) for side in case.sides}, case) for case in part.cases]

    return node.see(question)


def test_two_offices_that_contradict_each_other_stand_side_by_side_until_one_is_chosen_anywhere(offices):
    root, county, school = offices
    pupil = school.joins("S1", "林听雨", "1")
    _meet(root, county, school)
    _say(county, pupil, phone="13800000001")
    _say(school, pupil, phone="13800000002")
    _meet(root, county, school)
    for node in offices:
        ((sentence, sides, case),) = _sides(node)
        assert sentence == "手机号有 2 种说法，互不知情。"
        assert {(value, who) for value, who, _ in sides} == {
            ("138****0001", "鼓楼区第1台"), ("138****0002", "学校S1第1台")}  # fmt: skip
        assert [value for value, _, counts in sides if counts] == [mask_phone(node.person(pupil).phone)]
        assert "1380000000" not in case.row.detail  # an erasure would leave it there
    wanted = next(side.answer for side in _sides(root)[0][2].sides if side.value != mask_phone(root.person(pupil).phone))
    other = next(side.value for side in _sides(root)[0][2].sides if side.answer == wanted)
    batch = _answer(root, "sides_differ", wanted)
    _meet(root, county, school)
    assert [(mask_phone(node.person(pupil).phone), _sides(node)) for node in offices] == [(other, [])] * 3
    root.withdraws(batch)
    _meet(root, county, school)
    assert [len(_sides(node)) for node in offices] == [1, 1, 1]


def test_two_lists_that_disagree_about_many_are_one_case_settled_in_one_go(offices):
    root, county, school = offices
    pupils = [school.joins("S1", f"学生{number}", f"{number:02}") for number in range(5)]
    _meet(root, county, school)
    for node, phone in ((school, "138"), (county, "139")):
        batch = random_id()
        rows = [(at + 1, Registration("S1", f"学生{at}", f"{at:02}", phone=f"{phone}{at:08}")) for at in range(5)]
        say_rows(node.store, PeoplePlanner(batch, ""), rows, lambda *_: None, DoneRows())
    _meet(root, county, school)
    assert [len(_sides(node)) for node in offices] == [1, 1, 1]
    sentence, sides, case = _sides(school)[0]
    assert (case.row.many, "对 5 条的手机号说法不同" in sentence) == (5, True)
    assert {(value[:3], who) for value, who, _ in sides} == {("138", "学校S1第1台"), ("139", "鼓楼区第1台")}
    _answer(school, "sides_differ", next(side.answer for side in case.sides if side.value.startswith("139")))
    _meet(root, county, school)
    assert [{node.person(each).phone[:3] for each in pupils} for node in offices] == [{"139"}] * 3
    assert [_left(node) for node in offices] == [[], [], []]


def test_what_only_an_organizer_does_elsewhere_only_an_organizer_answers(pages):
    (aya,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        doubt = review_row(f"person:{aya}", "hours_below_certificate", [700, 800], unit_called(w, UNIT), DAY)
        replace_rows(w, REVIEW, (), [doubt])
    (row,) = rows_shown(pages, f"{DESK}/review")
    offered = {who: "撤销证书</button>" in see(pages, path, who) for who, path in (("dora", f"{DESK}/review"), ("city", OFFICE))}
    assert offered == {"dora": False, "city": True}
    assert post(pages, f"{DESK}/review/settle", row=row, answer="revoke").status_code == 422
    assert post(pages, f"{DESK}/review/settle", row=row, answer="keep").status_code == 303


def test_two_offices_that_name_one_unit_otherwise_are_asked_which(offices):
    root, county, school = offices
    _meet(root, county, school)

    def named(name: str):
        return lambda w: describe_unit(w, "S1", UnitRow("S1", name, "350102", "学校", "教育"))

    root.do(named("鼓楼第一小学"))
    county.do(named("鼓楼实验小学"))
    _meet(root, county, school)
    for node in offices:
        ((sentence, sides, case),) = _sides(node)
        assert (sentence, {value for value, _, _ in sides}) == ("名称有 2 种说法，互不知情。", {"鼓楼第一小学", "鼓楼实验小学"})
        assert [value for value, _, counts in sides if counts] == [case.about]
    _answer(county, "sides_differ", next(side.answer for side in case.sides if side.value == "鼓楼实验小学"))
    _meet(root, county, school)
    assert [(_sides(node), "鼓楼实验小学" in node.see(lambda r: [u.name for u in worlds.load(r).tree.units.values()]))
            for node in offices] == [([], True)] * 3  # fmt: skip


def test_doubles_are_listed_together_with_the_likeliest_first_to_whoever_sees_both(pages):
    with pages.store.writing() as w:
        for unit, name, number, class_name, phone in (
            (UNIT, "陈一", "5", "一班", "13800000002"), (UNIT, "陈一", "6", "二班", "13800000002"),  # a telephone, in two classes
            (UNIT, "林二", "", "一班", "13800000001"), (UNIT, "林二", "8", "一班", "13800000001"),  # telephone and class too
            (UNIT, "周三", "9", "一班", ""), ("3501-X2", "周三", "9", "一班", ""),  # one number in two units
        ):  # fmt: skip
            people.register(w, Registration(unit, name, number, class_name, phone))

    def shown(path: str, who: str) -> list[str]:
        return re.findall(r'<h2 id="t-.*?(陈一|林二|周三)', see(pages, path, who), re.DOTALL)

    order = shown("/office/review?sort=likeliest", "root")
    assert order[0] == "林二"
    assert order[-1] == "陈一"
    assert sorted(order) == sorted(["陈一", "林二", "周三"])
    assert shown(f"{DESK}/review?sort=likeliest", "dora") == ["林二", "陈一"], "the other 周三 is somebody else's"
    assert re.findall(r"(\d+) 对登记可能是同一个人", see(pages, f"{DESK}/people", "dora")) == ["2"]
    assert "同一个人，最像的在前" not in see(pages, "/desk/units/3501-X2/people", "root")
