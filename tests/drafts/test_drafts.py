"""What a laptop records while it waits becomes facts of the camp: each row is in, or waits in the review with its reason."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from campmgr.app.web_app import Settings, create_app, store_of, stores_of
from campmgr.areas.drafts.files import drafts_path
from campmgr.areas.drafts.queries import left_rows
from campmgr.areas.hours.actions.class_marking import mark_class
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.nodes.files.packs import accept_pack, send_pack
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.joining import join, make_join_code
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.facts import world as worlds
from campmgr.facts.checking import verify_ledger
from campmgr.ids import person_code
from campmgr.store import data_file
from tests.kit.joining import GIVE, agreed, answer_of, figures_of
from tests.kit.office import send, told_before
from tests.kit.pages import CHEAP, OWN

ACCOUNT = {"name": "王老师", "login": "wang", "password": "battery staple", "kept": "1"}
DAY = "2023-06-05"
VIDEO = Lesson("V1", "家庭用电安全", 100, 60, "科普视频", "家庭")
OWN_VIDEO = Lesson("A1", "家庭用电安全", 100, 60, "科普视频", "家庭")
OTHER_LIVE = Lesson("Z1", "地震避险直播", 100, 60, "专家直播", "学校")
LIVE = Lesson("Z1", "火场逃生直播", 200, 90, "专家直播", "学校")
UNKNOWN = Lesson("B9", "溺水自救", 100, 60, "科普视频", "家庭")


class Waiting:
    """A laptop that has asked to join and keeps drafts, in its own browser."""

    def __init__(self, folder) -> None:
        self.path = folder / "child" / "camp.sqlite"
        self.app = create_app(None, Settings(self.path, "", CHEAP))
        self.browser = self.app.test_client()
        self.send("/start/join/", name="鼓楼区第一小学")

    @property
    def store(self):
        store = store_of(self.app)
        assert store is not None
        return store

    def send(self, path: str, **typed: object):
        return self.browser.post(path, data=typed, headers=OWN)

    def see(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def begin(self) -> None:
        """Drafts, with an account and the lessons that a teacher would guess."""
        assert self.send("/start/join/drafts/", preset="escape-drill-2023").location == "/start/"
        assert self.browser.get("/start/").location == "/start/new"
        assert self.send("/start/new", **ACCOUNT).location == "/desk/"
        with self.store.writing() as w:
            for lesson in (OWN_VIDEO, LIVE, UNKNOWN):
                describe_lesson(w, lesson)

    def agree(self, path: str, **more: str):
        told = told_before(self.see(path))
        return self.send(path.partition("?")[0], **{"sure": "1"} | told | more)

    def close(self) -> None:
        for store in stores_of(self.app):
            data_file.close(store)

    def restart(self) -> None:
        """The program is ended and started again, as `campmgr serve` does it."""
        self.close()
        drafts = drafts_path(self.path)
        beside = data_file.open_file(drafts, CATALOGUE) if drafts.is_file() else None
        self.app = create_app(data_file.open_file(self.path, CATALOGUE), Settings(self.path, "", CHEAP), drafts=beside)
        token = self.browser.get_cookie("campmgr")
        assert token is not None
        self.browser = self.app.test_client()
        self.browser.set_cookie("campmgr", token.value)


@pytest.fixture
def waiting(tmp_path):
    laptop = Waiting(tmp_path)
    yield laptop
    laptop.close()


def test_who_is_drafted_is_what_people_of_such_a_unit_are(waiting):
    waiting.begin()
    with waiting.store.reading() as r:
        unit = worlds.load(r).tree.units[worlds.load(r).root_unit]
    form = waiting.see(f"/desk/units/{unit.address}/people/new")
    assert (unit.kind, re.findall(r'value="学校师生"[^>]*(?:checked|selected)', form) != []) == ("学校", True)


def _class(waiting: Waiting) -> dict[str, str]:
    """Three pupils, one of them with 编号; a lesson known by name, one that is another there, one unknown, a sign-in, a scan."""
    with waiting.store.writing() as w:
        unit = worlds.load(w).root_unit
        ids = {name: people.register(w, Registration(unit, name, number, "三年1班"), client_id=name)
               for name, number in (("张三", "001"), ("李四", ""), ("王五", "003"))}  # fmt: skip
        everyone = [*ids.values()]
        mark_class(w, everyone, MarkRow(DAY, "A1"), batch="b1")
        mark_class(w, everyone[:2], MarkRow(DAY, "Z1"), batch="b2")
        mark_class(w, everyone[:1], MarkRow(DAY, "B9"), batch="b3")
        mark_class(w, everyone, MarkRow(DAY, condition="sign_in"), batch="b4")
        mark(w, person_code("a" * 32), MarkRow(DAY, "A1"))
    return ids


def _send_answer(pages, waiting: Waiting, unit: str = "350102 鼓楼区") -> None:
    with pages.store.writing() as w:
        describe_lesson(w, VIDEO)
        describe_lesson(w, OTHER_LIVE)
    asked = send(pages, GIVE, text="、".join(figures_of(waiting.see("/start/join/waiting"))))
    pack = answer_of(pages, agreed(pages, asked, unit))
    answer = waiting.browser.post("/start/join/answer", data={"file": (BytesIO(pack), "同意加入.pack")}, headers=OWN)
    assert answer.location == "/start/"


def _taken_in(pages, waiting: Waiting):
    _send_answer(pages, waiting)
    return waiting.browser.get("/start/")


def _bring(waiting: Waiting):
    looked = waiting.send("/office/drafts/", unit="350102")
    return waiting.agree(looked.location)


def test_a_whole_class_becomes_facts_with_every_row_accounted_for(pages, waiting):
    waiting.begin()
    ids = _class(waiting)
    assert _taken_in(pages, waiting).location == "/office/drafts/"
    chosen = waiting.see("/office/drafts/")  # whoever kept the drafts is logged in still
    assert "3 人、10 条" in chosen
    looked = waiting.see(waiting.send("/office/drafts/", unit="350102").location)
    assert re.search(r"新加入</dt><dd>3 人", looked)
    assert re.search(r"学习和签到</dt><dd>7 条", looked)
    assert re.search(r"不能记入</dt><dd>3 条", looked)
    assert "在草稿里叫“火场逃生直播”，上级的叫“地震避险直播”" in looked
    assert "上级的课程里没有“B9 溺水自救”" in looked
    assert _bring(waiting).status_code == 303
    assert not drafts_path(waiting.path).exists()
    with waiting.store.reading() as r:
        for name, old in ids.items():
            person = find_person(r, person_code(old))  # the card that was printed before
            assert (person.name, person.class_name) == (name, "三年1班")
            assert r.value("select credited from people where person = :p", p=person.person) == 100
            assert r.value("select signed_in from people where person = :p", p=person.person) == 1
        assert r.value("select count(*) from people") == 3
        assert r.value("select count(*) from pending") == 1
        assert not verify_ledger(r).problems
    assert waiting.browser.get("/office/drafts/").status_code == 404


def test_what_is_left_waits_in_the_review_until_it_can_be_said(pages, waiting):
    waiting.begin()
    ids = _class(waiting)
    _taken_in(pages, waiting)
    _bring(waiting)
    review = waiting.see("/office/review")
    assert "草稿没有记入" in review
    assert "张三 2023-06-05 Z1 火场逃生直播；李四 2023-06-05 Z1 火场逃生直播，没有记入" in review
    with waiting.store.reading() as r:
        rows = [row.id for row in left_rows(r, worlds.load(r))]
    assert len(rows) == 2
    assert all(row in review for row in rows)
    answers = [waiting.send("/office/review/settle", row=row, answer="again", note="") for row in rows]
    assert all("还是没有记入" in answer.text for answer in answers)
    with waiting.store.reading() as r:
        assert r.value("select count(*) from local_left_drafts") == 3
    for row in rows:
        waiting.send("/office/review/settle", row=row, answer="by_code", note="")
    for row in rows:
        waiting.send("/office/review/settle", row=row, answer="drop", note="")
    with waiting.store.reading() as r:
        assert r.value("select count(*) from local_left_drafts") == 0
        credited = {name: r.value("select credited from people where person = :p", p=find_person(r, person_code(old)).person)
                    for name, old in ids.items()}  # fmt: skip
    assert credited == {"张三": 200, "李四": 200, "王五": 100}


def test_who_is_in_the_list_from_above_is_not_registered_twice(pages, waiting):
    """The county's list knows 张三 by 编号 and name; another pupil bears the 编号 of 王五, so his rows wait."""
    waiting.begin()
    ids = _class(waiting)
    with pages.store.writing() as w:
        there = people.register(w, Registration("350102", "张三", "001", "三年1班", "13800000001"))
        people.register(w, Registration("350102", "赵六", "003", "四年2班"))
    _taken_in(pages, waiting)
    looked = waiting.see(waiting.send("/office/drafts/", unit="350102").location)
    assert re.search(r"已经在册</dt><dd>1 人", looked)
    _bring(waiting)
    with waiting.store.reading() as r:
        person = find_person(r, person_code(ids["张三"]))
        assert (person.person, person.phone) == (there, "13800000001")
        left = dict(r.all("select words, reason from local_left_drafts where words like '王五%' order by words"))
        assert "这个人没有带入" in left["王五 2023-06-05 A1 家庭用电安全"]
        assert "赵六" in left["王五（三年1班），编号 003"]
        assert r.value("select count(*) from people where name = '王五'") == 0


def test_posters_links_and_accounts_go_on(pages, waiting):
    waiting.begin()
    with waiting.store.writing() as w:
        code = make_join_code(w, worlds.load(w).root_unit, most=3).code
        _, token = join(w, code, Registration("", "早来", phone="13900000009"), client_id="f1", consent_version="1")
    assert waiting.browser.get(f"/p/{token}").status_code == 200
    _taken_in(pages, waiting)
    _bring(waiting)
    page = waiting.see(f"/p/{token}")
    assert "早来" in page
    assert "鼓楼区" in waiting.see(f"/j/{code}")
    with waiting.store.writing() as w:
        for name in ("二号", "三号"):
            join(w, code, Registration("", name), client_id=name, consent_version="1")
    assert "用完" in waiting.browser.get(f"/j/{code}").text
    with waiting.store.reading() as r:
        assert r.value("select count(*) from consents") == 3
    assert "王老师" in waiting.see("/office/nodes/")


def test_the_camp_gets_all_of_it_by_a_pack(pages, waiting, tmp_path):
    waiting.begin()
    _class(waiting)
    _taken_in(pages, waiting)
    _bring(waiting)
    send_pack(waiting.store, tmp_path / "up.pack")
    accept_pack(pages.store, tmp_path / "up.pack")
    with waiting.store.reading() as here, pages.store.reading() as above:
        assert above.value("select count(*) from marks") == here.value("select count(*) from marks") == 3
        assert above.value("select count(*) from people where home = (select unit from units where code = '350102')") == 3


def test_all_of_it_can_be_taken_back_at_once(pages, waiting):
    waiting.begin()
    _class(waiting)
    _taken_in(pages, waiting)
    _bring(waiting)
    with waiting.store.reading() as r:
        batch = r.value("select distinct batch from facts where kind = 'mark_recorded' and batch is not null")
    waiting.send(f"/desk/batches/{batch}/undo", reason="带错了")
    with waiting.store.reading() as r:
        assert r.value("select count(*) from marks") == 0


def test_the_program_may_end_at_any_step_between(pages, waiting):
    waiting.begin()
    _class(waiting)
    waiting.restart()
    assert "草稿" in waiting.see("/desk/")
    _taken_in(pages, waiting)
    waiting.restart()
    assert "3 人、10 条" in waiting.see("/office/drafts/")
    _bring(waiting)
    waiting.restart()
    with waiting.store.reading() as r:
        assert r.value("select count(*) from people") == 3


def test_ended_right_after_the_file_came_in_whoever_kept_the_drafts_goes_on(pages, waiting):
    """The file is in, and nobody has opened a page since: the account of the drafts is not in the camp yet."""
    waiting.begin()
    _class(waiting)
    _send_answer(pages, waiting)
    waiting.restart()
    assert waiting.browser.get("/").location == "/start/"
    assert waiting.browser.get("/start/").location == "/office/drafts/"
    assert "3 人、10 条" in waiting.see("/office/drafts/")


def test_a_laptop_that_nobody_takes_in_keeps_its_drafts_as_its_own_camp(waiting):
    waiting.begin()
    ids = _class(waiting)
    assert waiting.send("/start/join/drafts/keep").status_code == 409  # looked at first
    assert "这里记的还是草稿" in waiting.see("/desk/")
    assert "不能恢复" in waiting.see("/start/join/drafts/keep")
    assert waiting.agree("/start/join/drafts/keep").location == "/desk/"
    assert not drafts_path(waiting.path).exists()
    waiting.restart()
    with waiting.store.reading() as r:
        assert find_person(r, person_code(ids["张三"])).name == "张三"
    assert "这里记的还是草稿" not in waiting.see("/desk/")
    assert waiting.browser.get("/start/join/waiting").status_code == 404


def test_the_request_is_let_go_with_the_drafts(waiting):
    waiting.begin()
    _class(waiting)
    assert waiting.send("/start/join/leave").location == "/start/join/drafts/leave"
    assert "全部删掉" in waiting.see("/start/join/drafts/leave")
    assert waiting.agree("/start/join/drafts/leave").location == "/start/"
    assert not waiting.path.exists()
    assert not drafts_path(waiting.path).exists()
    assert "加入已有的训练营" in waiting.see("/start/")


def test_drafts_can_be_dropped_after_all(pages, waiting):
    waiting.begin()
    _class(waiting)
    _taken_in(pages, waiting)
    assert waiting.agree("/office/drafts/drop").location == "/office/"
    assert not drafts_path(waiting.path).exists()
    with waiting.store.reading() as r:
        assert r.value("select count(*) from people") == 0


def test_drafts_of_nothing_ask_nothing(pages, waiting):
    waiting.begin()
    assert _taken_in(pages, waiting).location == "/"
    assert not drafts_path(waiting.path).exists()
    assert "草稿" not in waiting.see("/desk/")


def test_a_class_below_the_unit_is_found_by_its_name_or_waits(pages, waiting):
    """Of two units below the laptop's own the camp has one; whoever is of the other waits until it is added."""
    waiting.begin()
    with waiting.store.writing() as w:
        own = worlds.load(w).root_unit
        below = [add_unit(w, UnitRow(code, name, own, "学校")).subject[5:] for code, name in (("D1", "南校区"), ("D2", "北校区"))]
        ids = [people.register(w, Registration(unit, name, name), client_id=name) for unit, name in zip(below, "甲乙", strict=True)]
    with pages.store.writing() as w:
        there = add_unit(w, UnitRow("S7", "南校区", "350102", "学校")).subject[5:]
    _taken_in(pages, waiting)
    _bring(waiting)
    with waiting.store.reading() as r:
        assert find_person(r, person_code(ids[0])).home == there
        (row,) = left_rows(r, worlds.load(r))
        assert "鼓楼区下面没有“北校区”" in r.value("select reason from local_left_drafts")
    with waiting.store.writing() as w:
        add_unit(w, UnitRow("S8", "北校区", "350102", "学校"))
    waiting.send("/office/review/settle", row=row.id, answer="again", note="")
    with waiting.store.reading() as r:
        assert find_person(r, person_code(ids[1])).name == "乙"


def test_what_is_typed_wrong_is_told_beside_its_field(pages, waiting):
    assert waiting.send("/start/join/drafts/", preset="none").status_code == 422
    waiting.begin()
    _class(waiting)
    _taken_in(pages, waiting)
    answer = waiting.send("/office/drafts/", unit="没有这个单位")
    assert (answer.status_code, 'id="e-unit"' in answer.text) == (422, True)
    assert waiting.send("/office/drafts/look", unit="350102", seen="").status_code == 409
    assert waiting.send("/office/drafts/drop", seen="").status_code == 409
    assert drafts_path(waiting.path).exists()
