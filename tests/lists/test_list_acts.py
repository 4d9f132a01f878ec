"""One act on several rows: ticked or all that match, looked at, done as one, taken back in one press; every list."""

from __future__ import annotations

import re
from html import unescape

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.accounts.list_acts import acts_of
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.whole import CATALOGUE
from campmgr.desks.pages.lists import all_lists
from campmgr.facts import world as worlds
from tests.kit.desk_story import DESK, post, school, undone
from tests.kit.office import import_csv, see, told_before

ADDRESSES = {
    "people": f"{DESK}/people",
    "units": "/office/units/3501",
    "accounts": "/office/accounts",
    "works": "/office/works/",
    "flags": "/office/works/flags?as=table",
}


def _box(page: str, name: str) -> list[str]:
    """What the boxes of rows hold in whose heading a name stands."""
    return [
        unescape(box[1]) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
        if (box := re.search(r'name="picked" value="([^"]*)"', row)) and name in re.sub(r"<[^>]+>", "", row)
    ]  # fmt: skip


def _choose(pages, name: str, act: str, who: str, *, picked=(), **more: str):
    """Press a button of a list with some rows ticked: the answer, which is the page before the act."""
    page = see(pages, ADDRESSES[name], who)
    asked = re.search(r'name="asked" value="([^"]*)"', page)
    here = re.search(r'name="here" value="([^"]*)"', page)
    assert asked
    assert here
    data = {"asked": unescape(asked[1]), "here": unescape(here[1]), "act": act, "picked": list(picked)} | more
    return post(pages, f"/desk/lists/{name}/act", who, **data)


def _press(pages, shown, who: str, reason: str = ""):
    """Press on the page before an act."""
    to = re.search(r'<form method="post" action="([^"]+)" class="card act', shown.text)
    assert to is not None, shown.text
    return post(pages, unescape(to[1]), who, **told_before(shown.text), **({"reason": reason} if reason else {}))


def _active(pages, account: str) -> bool:
    with pages.store.reading() as r:
        return bool(r.value("select active from local_accounts where account = :a", a=account))


def _more_accounts(pages, many: int) -> list[str]:
    with pages.store.writing() as w:
        return [
            governing.open_account(w, NewAccount(f"kefu{n}", f"客服{n}", "correct horse"), Place("viewer", "3501"), "",
                                   "scrypt:256:8:1").account
            for n in range(many)
        ]  # fmt: skip


def test_every_act_is_of_a_list_that_there_is_and_says_what_it_does():
    every = acts_of(CATALOGUE)
    assert every.keys() == ADDRESSES.keys() <= all_lists(CATALOGUE).keys()
    for name, acts in every.items():
        assert len({each.key for each in acts}) == len(acts), name
        assert all(each.words and each.does and all(line.endswith("。") for line in each.does) for each in acts)


def test_accounts_are_closed_together_and_come_back_in_one_press(pages):
    some = _more_accounts(pages, 3)
    own = pages.accounts["root"].account
    shown = _choose(pages, "accounts", "close", "root", picked=[*some[:2], own])
    assert ("停用：2 条" in shown.text, "这是您自己" in shown.text, "客服2" in shown.text) == (True, True, False)
    assert [_active(pages, each) for each in some] == [True] * 3
    done = _press(pages, shown, "root")
    assert [_active(pages, each) for each in (*some, own)] == [False, False, True, True]
    undone(pages, done, "root")
    assert [_active(pages, each) for each in some] == [True] * 3


def test_units_are_let_be_away_together_and_taken_back(pages):
    page = see(pages, ADDRESSES["units"], "city")
    some = [*_box(page, "演练小学1"), *_box(page, "演练小学2")]
    done = _press(pages, _choose(pages, "units", "away", "city", picked=some), "city")
    with pages.store.reading() as r:
        assert [worlds.load(r).tree.called(each)[0].participating for each in some] == [False, False]
    assert "不参加：2 条，已办" in see(pages, done.location, "city")
    undone(pages, done, "city")
    with pages.store.reading() as r:
        assert [worlds.load(r).tree.called(each)[0].participating for each in some] == [True, True]


def test_units_are_closed_together_with_a_reason(pages):
    some = _box(see(pages, ADDRESSES["units"], "city"), "演练小学1")
    shown = _choose(pages, "units", "close", "city", picked=some)
    assert _press(pages, shown, "city").status_code == 422
    done = _press(pages, shown, "city", "并校")
    with pages.store.reading() as r:
        assert worlds.load(r).tree.called(some[0])[0].closed_on
    undone(pages, done, "city")
    with pages.store.reading() as r:
        assert worlds.load(r).tree.called(some[0])[0].admits


def _works(pages) -> None:
    head = "作品链接,标题,作者,单位,点赞数,播放数\n"
    for at, counts in (("2023-06-08T12:00", (900, 800, 50)), ("2023-06-09T12:00", (100, 200, 60))):
        rows = "".join(
            f"https://example.org/{name},{name},作者{name},3501-X1,{likes},\n" for name, likes in zip("甲乙丙", counts, strict=True)
        )
        import_csv(pages, "likes", head + rows, read_at=at)


def _counting(pages) -> dict[str, int]:
    with pages.store.reading() as r:
        return dict(r.all("select title, counts from works"))


def test_works_are_taken_out_together_with_one_reason_and_taken_back(pages):
    _works(pages)
    page = see(pages, ADDRESSES["works"], "root")
    some = [*_box(page, "作者甲"), *_box(page, "作者乙")]
    done = _press(pages, _choose(pages, "works", "out", "root", picked=some), "root", "搬运")
    assert _counting(pages) == {"甲": 0, "乙": 0, "丙": 1}
    undone(pages, done, "root")
    assert _counting(pages) == {"甲": 1, "乙": 1, "丙": 1}


def test_all_flags_that_match_are_settled_with_one_reason(pages):
    _works(pages)
    page = see(pages, ADDRESSES["flags"], "root")
    every = re.findall(r'name="picked" value="([^"]*)"', page)
    assert every
    shown = _choose(pages, "flags", "fine", "root", whole="1")
    done = _press(pages, shown, "root", "平台清理")
    with pages.store.reading() as r:
        assert {(row[0], row[1]) for row in r.all("select work, case_ from work_decisions")} == {
            tuple(unescape(each).split(" ", 1)) for each in every
        }
    undone(pages, done, "root")
    with pages.store.reading() as r:
        assert r.all("select work from work_decisions") == []


def test_works_of_several_flags_are_taken_out_with_one_reason_and_come_back_in_one_press(pages):
    _works(pages)

    def counting() -> set[tuple[str, int]]:
        with pages.store.reading() as r:
            return set(r.all("select work, counts from works"))

    before = counting()
    every = re.findall(r'name="picked" value="([^"]*)"', see(pages, ADDRESSES["flags"], "root"))
    flagged = {unescape(each).split(" ", 1)[0] for each in every}
    done = _press(pages, _choose(pages, "flags", "out", "root", whole="1"), "root", "刷赞")
    assert {work for work, counts in counting() if not counts} == flagged
    undone(pages, done, "root")
    assert counting() == before


def test_certificates_are_issued_to_those_ticked_who_are_ready(pages):
    aya, _badi, zora = school(pages, "阿雅", "巴迪", "齐拉")
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭"))
        for name in ("阿雅", "巴迪"):
            mark(w, f"3501-X1-{name}", MarkRow("2023-06-08", "V8"))
            mark(w, f"3501-X1-{name}", MarkRow("2023-06-08", condition="sign_in"))
    shown = _choose(pages, "people", "certificates", "dora", picked=[aya, zora])
    assert ("发证书：1 条" in shown.text, "课时还不够" in shown.text, "巴迪" in shown.text) == (True, True, False)
    _press(pages, shown, "dora")
    with pages.store.reading() as r:
        assert r.all("select person from people where certified = 1") == [(aya,)]


def test_several_people_move_to_another_unit_and_back_in_one_press(pages):
    import_csv(pages, "units", "代码,名称,上级代码\n3501-X9,演练小学9,3501\n")
    moving = school(pages, "阿雅", "巴迪")
    stays = school(pages, "齐拉")

    def homes() -> list[str]:
        with pages.store.reading() as r:
            tree = worlds.load(r).tree.units
            return [tree[each.home].code for each in people_by_id(r, [*moving, *stays]).values()]

    before = homes()
    shown = _choose(pages, "people", "move", "root", picked=moving)
    assert ("阿雅" in shown.text, "齐拉" in shown.text) == (True, False)
    wrong = _press(pages, shown, "root", "没有这个单位")
    assert (wrong.status_code, "没有这个单位" in wrong.text, homes()) == (422, True, before)
    named = _press(pages, shown, "root", "3501-X9")
    assert (named.status_code, "换到：福州市 演练小学9（3501-X9）。请核对" in named.text, homes()) == (409, True, before)
    done = _press(pages, named, "root", "3501-X9")
    assert sorted(homes()) == sorted(["3501-X9", "3501-X9", before[0]])
    undone(pages, done, "root")
    assert homes() == before
    shown = _choose(pages, "people", "move", "dora", picked=moving)
    assert _press(pages, shown, "dora", "3502").status_code == 422
    assert homes() == before


def test_what_changed_after_the_look_is_looked_at_again(pages):
    some = _more_accounts(pages, 2)
    shown = _choose(pages, "accounts", "close", "root", picked=some)
    with pages.store.writing() as w:
        world = worlds.load(w)
        governing.set_active(w, world, pages.accounts["root"], some[0], active=False)
    answer = _press(pages, shown, "root")
    assert (answer.status_code, [_active(pages, each) for each in some]) == (409, [False, True])


def test_all_that_match_are_those_of_every_page_and_of_the_filter_alone(pages):
    everyone = school(pages, *(f"甲{n:02}" for n in range(60)))
    others = school(pages, "乙一", class_name="四年1班")
    of_class = f"{DESK}/people?class=三年1班"
    page = see(pages, of_class, "dora")
    assert "符合筛选的全部 60 条" in page
    asked = re.search(r'name="asked" value="([^"]*)"', page)
    assert asked
    shown = post(pages, "/desk/lists/people/act", "dora", asked=unescape(asked[1]), here=f"{DESK}/people", act="class", whole="1")
    done = _press(pages, shown, "dora", "三年2班")
    with pages.store.reading() as r:
        known = people_by_id(r, [*everyone, *others])
    assert [known[each].class_name for each in everyone] == ["三年2班"] * 60
    assert known[others[0]].class_name == "四年1班"
    undone(pages, done, "dora")


def test_nothing_ticked_and_what_nobody_may_do_are_refused(pages):
    some = _more_accounts(pages, 1)
    assert _choose(pages, "accounts", "close", "root").status_code == 422
    answer = post(pages, "/desk/lists/accounts/act", "dora", act="close", picked=some)
    assert answer.status_code == 403
    assert post(pages, "/desk/lists/accounts/act", "root", act="burn", picked=some).status_code == 404
    school(pages, "阿雅")
    foreign = school(pages, "外人", unit="3502")
    shown = _choose(pages, "people", "class", "dora", picked=foreign)
    assert "外人" not in shown.text


@pytest.mark.parametrize("name", ADDRESSES)
def test_boxes_stand_in_a_form_that_takes_them_without_scripts(pages, name):
    school(pages, "阿雅")
    _works(pages)
    page = see(pages, ADDRESSES[name], "root")
    boxes = re.findall(r'<input type="checkbox" name="picked"[^>]*>', page)
    assert boxes
    forms = set(re.findall(r'name="picked"[^>]* form="([^"]+)"', page))
    around = re.search(r'<form method="post" class="merging".*?</form>', page, re.DOTALL)
    assert all(f'id="{form}"' in page for form in forms)
    assert forms or (around is not None and all(box in around[0] for box in boxes))
    assert re.search(rf'<button[^>]*name="act"[^>]*formaction="/desk/lists/{name}/act"', page)
