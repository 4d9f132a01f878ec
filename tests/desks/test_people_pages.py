"""The roster and one person: found, filtered, put right, erased; and what others may not do."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.hours.actions.declarations import take_back
from campmgr.areas.people.actions import people as people_actions
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.actions.units import UnitRow, add_unit
from tests.kit.desk_story import DAY, DESK, credited, declared, mark, post, school
from tests.kit.office import see, told_before
from tests.kit.pages import OWN


def _page(pages, person: str, who: str = "dora") -> str:
    return pages.browser(who).get(f"/desk/people/{person}").text


def _facts(pages, person: str) -> list[str]:
    return re.findall(rf"/desk/people/{person}/facts/([0-9a-f]+)", _page(pages, person))


@pytest.mark.parametrize("query", ["阿雅", f"{'3501-X1'}-阿雅", "雅"])
def test_a_search_that_finds_one_person_opens_them(pages, query):
    aya, _ = school(pages, "阿雅", "巴迪")
    assert post(pages, f"{DESK}/people/search", query=query).location == f"/desk/people/{aya}"


def test_a_search_finds_nobody_of_another_unit_and_keeps_names_out_of_addresses(pages):
    school(pages, "阿雅", unit="3501-X2")
    response = post(pages, f"{DESK}/people/search", query="阿雅")
    assert (response.status_code, "%E9%98%BF" in response.location) == (303, False)
    assert "没有找到" in pages.browser("dora").get(response.location).text
    assert "阿雅" not in pages.browser("city").get(response.location).text, "who else opens the address sees the whole list"


def test_what_was_found_stands_at_an_address_of_its_own_while_the_account_is_logged_in(pages):
    school(pages, "阿雅", "阿明", "巴迪")
    found = post(pages, f"{DESK}/people/search", query="阿").location
    browser = pages.browser("dora")
    for _ in range(2):
        shown = browser.get(found).text
        assert ("2 人" in shown, "阿雅" in shown, "巴迪" in shown, 'value="阿"' in shown) == (True, True, False, True)
    assert post(pages, f"{DESK}/people/search", query="阿").location == found
    post(pages, "/logout")
    assert "阿" not in browser.get(found).text


def test_a_script_gets_the_found_part_alone_and_its_address(pages):
    school(pages, "阿雅", "阿明", "巴迪")
    sent = pages.browser("dora").post(f"{DESK}/people/search", data={"query": "am"}, headers={**OWN, "HX-Request": "true"})
    assert ("<html" in sent.text, "阿明" in sent.text, "阿雅" in sent.text) == (False, True, False)
    assert "阿明" in pages.browser("dora").get(sent.headers["HX-Replace-Url"]).text


@pytest.mark.parametrize(
    ("state", "shown"), [("all", True), ("behind", True), ("ready", False), ("certified", False), ("none", True)]
)
def test_filters(pages, state, shown):
    school(pages, "阿雅")
    assert ("阿雅" in pages.browser("dora").get(f"{DESK}/people?filter={state}").text) is shown


def test_fifty_stand_on_a_page(pages):
    school(pages, *(f"生{number:03d}" for number in range(51)))
    browser = pages.browser("dora")
    first, second = browser.get(f"{DESK}/people").text, browser.get(f"{DESK}/people?page=2").text
    assert ("生049" in first, "生050" in first, "生050" in second) == (True, False, True)
    assert "第 2 页，共 2 页" in browser.get(f"{DESK}/people?page=99").text


def test_one_person_is_added_once(pages):
    school(pages)
    typed = {"name": "𠮷<b>", "number": "", "class_name": "", "phone": "", "kind": "学校师生", "client_id": "form-1"}
    first, second = post(pages, f"{DESK}/people/new", **typed), post(pages, f"{DESK}/people/new", **typed)
    assert first.location.partition("?")[0] == second.location.partition("?")[0]
    assert "𠮷&lt;b&gt;" in pages.browser("dora").get(first.location).text


PHONE = "13800001234"


@pytest.mark.parametrize(
    ("known", "typed", "asks"),
    [
        ({"phone": PHONE}, {"phone": PHONE}, True),
        ({"phone": PHONE}, {"phone": PHONE, "name": "林 小明", "class_name": "二年1班"}, True),
        ({"class_name": "一年1班"}, {"class_name": "一年1班", "phone": PHONE}, True),
        ({"class_name": "一年1班", "number": "7"}, {"class_name": "一（1）班"}, True),
        ({}, {}, True),
        ({"class_name": "一年1班", "number": "7"}, {"class_name": "一年1班", "number": "8"}, False),
        ({"class_name": "一年1班"}, {"class_name": "一年2班"}, False),
        ({"phone": PHONE}, {"phone": "13800001235"}, False),
        ({"phone": PHONE}, {"phone": PHONE, "name": "林小红"}, False),
        ({"phone": PHONE, "unit": "3501-X2"}, {"phone": PHONE}, False),
    ],
)
def test_whoever_seems_to_be_there_already_is_asked_about_before_they_become_two(pages, known, typed, asks):
    school(pages)
    with pages.store.writing() as w:
        first = people_actions.register(w, Registration(**({"unit": "3501-X1", "name": "林小明"} | known)))
    form = {"name": "林小明", "number": "", "class_name": "", "phone": "", "kind": "学校师生", "client_id": "form-2"} | typed
    answer = post(pages, f"{DESK}/people/new", **form)
    assert (answer.status_code, f"/desk/people/{first}" in answer.text) == ((409, True) if asks else (303, False))
    if asks:
        assert "好像登记过" in answer.text
        assert PHONE not in answer.text.partition("<h2>")[0], "of whom it is asked, the telephone is masked"
        anew = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text.partition("<h2>")[2]))
        made = {post(pages, f"{DESK}/people/new", **anew).location.partition("?")[0] for _ in range(2)}
        assert len(made - {f"/desk/people/{first}"}) == 1
        assert "林小明" not in pages.browser("dora").get(f"{DESK}/people/new").text, "what was registered is not offered again"


@pytest.mark.parametrize(("kind", "chosen"), [("学校", "学校师生"), ("妇联", "社区(村)居民"), ("其他", "社会公众")])
def test_the_kind_that_fits_the_unit_is_chosen_already(pages, kind, chosen):
    with pages.store.writing() as w:
        add_unit(w, UnitRow("3501-N1", "演练单位", "3501", kind))
    text = pages.browser("city").get("/desk/units/3501-N1/people/new").text
    assert re.findall(r"<option value=\"([^\"]+)\" selected", text) == [chosen]


@pytest.mark.parametrize(("typed", "field"), [({"name": ""}, "name"), ({"phone": "123"}, "phone"), ({"name": "长" * 200}, "name")])
def test_a_wrong_field_keeps_the_form_as_typed(pages, typed, field):
    school(pages)
    form = {"name": "阿雅", "number": "N7", "kind": "学校师生"} | typed
    response = post(pages, f"{DESK}/people/new", **form)
    assert response.status_code == 422
    assert f'id="e-{field}"' in response.text
    assert 'value="N7"' in response.text


def test_minutes_are_corrected_with_a_reason_everyone_reads(pages):
    (aya,) = school(pages, "阿雅")
    mark(pages, [aya], minutes="30")
    (fact,) = _facts(pages, aya)
    assert post(pages, f"/desk/people/{aya}/facts/{fact}/correct", minutes="60", reason="").status_code == 422
    assert post(pages, f"/desk/people/{aya}/facts/{fact}/correct", minutes="60", reason="看完了").status_code == 303
    assert credited(pages, aya) == 100
    assert "更正原因：看完了" in _page(pages, aya)
    assert "dora" in _page(pages, aya)


def test_a_record_is_withdrawn_and_stays_in_the_story(pages):
    (aya,) = school(pages, "阿雅")
    mark(pages, [aya])
    (fact,) = _facts(pages, aya)
    assert post(pages, f"/desk/people/{aya}/facts/{fact}/withdraw", why="没来").status_code == 303
    assert credited(pages, aya) == 0
    assert "已更正或撤回" in _page(pages, aya)


def test_a_record_of_somebody_else_is_not_reached_through_ones_own_pupil(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    mark(pages, [badis])
    (fact,) = _facts(pages, badis)
    assert post(pages, f"/desk/people/{aya}/facts/{fact}/withdraw", why="x").status_code == 404


def test_a_registration_is_not_withdrawn_here(pages):
    (aya,) = school(pages, "阿雅")
    with pages.store.reading() as r:
        fact = r.value("select chain from facts where kind = 'person_registered'")
    assert post(pages, f"/desk/people/{aya}/facts/{fact}/withdraw", why="x").status_code == 409


def test_details_change_and_a_lesson_is_added(pages):
    (aya,) = school(pages, "阿雅")
    form = {"name": "阿雅娜", "number": "N1", "class_name": "四年1班", "phone": "13800138000"}
    assert post(pages, f"/desk/people/{aya}/details", **form).status_code == 303
    assert post(pages, f"/desk/people/{aya}/mark", lesson="V1", day=DAY, minutes="30", client_id="a").status_code == 303
    assert post(pages, f"/desk/people/{aya}/sign-in", client_id="b").status_code == 303
    text = _page(pages, aya)
    assert all(word in text for word in ("阿雅娜", "四年1班", "已签到", "0.50"))
    assert "13800138000" not in _page(pages, aya, "elias")


def test_erasing_takes_the_name_and_leaves_the_hours(pages):
    (aya,) = school(pages, "阿雅")
    mark(pages, [aya])
    told = told_before(see(pages, f"/desk/people/{aya}/erase", "dora"))
    assert post(pages, f"/desk/people/{aya}/erase", **told).status_code == 422
    assert "打印删除回执" in post(pages, f"/desk/people/{aya}/erase", reason="本人要求", **told).text
    text = _page(pages, aya)
    assert ("阿雅" in text, "已删除" in text, "1.00" in text) == (False, True, True)


def test_a_fresh_link_opens_the_persons_own_page(pages):
    (aya,) = school(pages, "阿雅")
    text = post(pages, f"/desk/people/{aya}/link").text
    (token,) = re.findall(r">http://localhost/p/(\w+)<", text)
    assert "阿雅" in pages.browser().get(f"/p/{token}").text


@pytest.mark.parametrize(
    ("who", "status"), [("root", 200), ("dora", 200), ("jiao", 200), ("elias", 200), ("farid", 404), ("nobody", 303)]
)
def test_a_person_is_seen_by_those_whose_unit_it_is(pages, who, status):
    (aya,) = school(pages, "阿雅")
    assert pages.browser(who).get(f"/desk/people/{aya}").status_code == status


WRITES = ("mark", "sign-in", "details", "erase", "link", "part")


@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize(("who", "status"), [("farid", 404), ("elias", 403), ("nobody", 403)])
def test_nobody_else_writes(pages, who, status, what):
    (aya,) = school(pages, "阿雅")
    form = {"name": "甲", "reason": "x", "sure": "1", "lesson": "V1", "day": DAY, "client_id": "c"}
    assert post(pages, f"/desk/people/{aya}/{what}", who=who, **form).status_code == status


def test_a_members_hours_are_marked_here_and_their_details_stay_with_their_home(pages):
    (aya,) = school(pages, "阿雅", unit="3502")
    with pages.store.writing() as w:
        people_actions.add_membership(w, people_by_id(w, [aya])[aya], "3501-X1")
    assert "阿雅" in pages.browser("dora").get(f"{DESK}/people").text
    assert mark(pages, [aya]).status_code == 303
    assert credited(pages, aya) == 100
    for what in ("details", "erase", "link"):
        assert post(pages, f"/desk/people/{aya}/{what}", name="甲", reason="x", sure="1").status_code == 403


def test_declarations_are_settled_in_bulk(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    declared(pages, aya)
    declared(pages, badis)
    facts = re.findall(r'name="fact" value="([0-9a-f]+)" checked', pages.browser("dora").get(f"{DESK}/declarations").text)
    assert len(facts) == 2
    assert post(pages, f"{DESK}/declarations", fact=facts, answer="refuse", reason="").status_code == 422
    assert post(pages, f"{DESK}/declarations", fact=facts, answer="accept", reason="").status_code == 303
    assert (credited(pages, aya), credited(pages, badis)) == (50, 50)
    assert post(pages, f"{DESK}/declarations", fact=facts, answer="accept", reason="").status_code == 422


def test_a_platform_certificate_is_recorded_shown_and_refused_in_a_sentence(pages):
    (aya,) = school(pages, "阿雅")
    path = f"/desk/people/{aya}/platform-certificate"
    assert pages.browser("dora").get(path).status_code == 200
    for _ in range(2):
        assert post(pages, path, number="=HYPERLINK(1)", day=DAY).status_code == 303
    assert _page(pages, aya).count("平台证书 =HYPERLINK(1)") == 1
    bad = post(pages, path, number="字" * 200, day="昨天")
    assert (bad.status_code, 'class="error"' in bad.text) == (422, True)
    assert post(pages, path, who="farid", number="KS", day=DAY).status_code == 404


def test_members_who_are_registered_elsewhere_can_be_listed_alone(pages):
    (aya,) = school(pages, "阿雅")
    school(pages, "巴迪", unit="3501-X2")
    with pages.store.writing() as w:
        people_actions.add_membership(w, people_by_id(w, [aya])[aya], "3501-X2")
    path = "/desk/units/3501-X2/people"
    assert [name in pages.browser("root").get(path).text for name in ("阿雅", "巴迪")] == [True, True]
    assert [name in pages.browser("root").get(f"{path}?filter=elsewhere").text for name in ("阿雅", "巴迪")] == [True, False]
    assert "阿雅" not in pages.browser("dora").get(f"{DESK}/people?filter=elsewhere").text


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        (f"{DESK}/people?class=%E4%B8%89%E5%B9%B41%E7%8F%AD&done=x", f"{DESK}/people?class=%E4%B8%89%E5%B9%B41%E7%8F%AD"),
        (f"{DESK}/review?sort=same_name", f"{DESK}/review?sort=same_name"),
        ("/desk/batches", f"{DESK}/people"),
        ("http://elsewhere.example.org/desk/units/3501-X1/people", f"{DESK}/people"),
    ],
)
def test_a_person_leads_back_to_the_list_one_came_from(pages, came_from, back):
    (aya,) = school(pages, "阿雅")
    browser = pages.browser("dora")
    sent = came_from if came_from.startswith("http") else OWN["Origin"] + came_from
    text = browser.get(f"/desk/people/{aya}", headers={"Referer": sent}).text
    assert re.findall(r'<a href="([^"]+)" rel="up">', text) == [back]


def test_what_somebody_withdrew_is_named_and_brought_back_in_one_press(pages):
    (aya,) = school(pages, "阿雅")
    declared(pages, aya, 30)
    with pages.store.writing() as w:
        fact = w.value("select chain from facts where kind = 'mark_declared'")
        take_back(w, people_by_id(w, [aya])[aya], fact)
    text = _page(pages, aya)
    assert "“本人申报学习 V1 家庭用电安全，30 分钟”" in text
    waiting = "select count(*) from declarations where state = 'waiting'"
    for undo, left in (("", 1), ("undo", 0), ("", 1)):
        if undo:
            (address,) = re.findall(r'action="(/desk/done/[^"]+)"', text)
            text = _page_after(pages, pages.browser("dora").post(address, headers=OWN))
        else:
            (address,) = re.findall(r'action="(/desk/people/[^"]+/restore)"', _page(pages, aya))[:1]
            text = _page_after(pages, pages.browser("dora").post(address, headers=OWN))
        with pages.store.reading() as r:
            assert r.value(waiting) == left
    assert "恢复</button>" not in text or "已恢复这条记录" in text


def _page_after(pages, answer) -> str:
    assert answer.status_code == 303
    return pages.browser("dora").get(answer.headers["Location"]).text
