"""The page on which a coordinator asks, what the office sees of it, and who may not."""

from __future__ import annotations

import re

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.accounts.logging_in import open_device
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration, add_membership
from campmgr.areas.people.queries.finding import people_by_id
from tests.kit.desk_story import DESK, school, undone
from tests.kit.office import see, send, tasks
from tests.kit.pages import CHEAP, PASSWORD

PAGE = f"{DESK}/requests"


@pytest.fixture
def pupil(pages) -> str:
    (person,) = school(pages, "林小明")
    return person


def _asks_to_move(pages, pupil: str):
    text = see(pages, f"{PAGE}?sort=person&person={pupil}", "dora")
    assert "林小明" in text.partition('id="o-whom"')[2].partition("</label>")[0], "whose code it is stands below it"
    (code,) = re.findall(r'name="whom"[^>]*value="(\d{16})"', text)
    return send(pages, f"{PAGE}?sort=person", "dora", sort="person", whom=code, target="3502", text="随父母搬家")


def _row(pages, who: str = "root") -> str:
    return re.findall(r'type="hidden" name="row" value="([0-9a-f]+)"', see(pages, "/office/review?sort=request", who))[0]


def _coordinator_of(pages, unit: str) -> str:
    with pages.store.writing() as w:
        place = Place("coordinator", pages.unit(unit))
        account = governing.open_account(w, NewAccount("lin", "林老师", PASSWORD), place, cost=CHEAP)
        pages.browsers["lin"] = pages.app.test_client()
        pages.browsers["lin"].set_cookie("campmgr", open_device(w, account.account, "Firefox", kept=True))
    pages.accounts = pages.accounts | {"lin": account}
    return "lin"


def _home(pages, person: str) -> str:
    with pages.store.reading() as r:
        return str(people_by_id(r, [person])[person].home)


def test_a_move_is_asked_for_done_with_one_press_and_told_on_the_page(pages, pupil):
    assert "请上级把人转过去" in see(pages, f"/desk/people/{pupil}/homes", "dora")
    sent = _asks_to_move(pages, pupil)
    assert sent.status_code == 303
    page = see(pages, PAGE, "dora")
    assert "等答复" in page
    assert "请上级办的 1 件还在等答复" in see(pages, DESK, "dora")
    assert "件待核对" not in see(pages, DESK, "dora"), "what she asks for is nothing for her to check"
    assert tasks(see(pages, "/office/"))["件下级请办，等您答复"][0] == 1
    (what, *_others) = re.findall(r'name="what" value="([^"]+)"', see(pages, DESK, "dora").partition('id="recent"')[2])
    office = see(pages, "/office/review?sort=request")
    assert "演练小学1 请办：把 林小明 转到 厦门市。说明：随父母搬家" in office
    assert send(pages, "/office/review/settle", row=_row(pages), answer="do", note="").status_code == 303
    assert _home(pages, pupil) == pages.unit("3502")
    assert "已办" in see(pages, PAGE, "dora")
    assert "下级请办" not in see(pages, "/office/")
    recent = see(pages, DESK, "dora").partition('id="recent"')[2].partition("</section>")[0]
    (asked,) = re.findall(r"<li><p>请上级办.*?</li>", recent.replace("\n", ""), re.DOTALL)
    assert ("上级已经答复了" in asked, 'name="what"' in asked) == (True, False)
    refused = send(pages, f"{DESK}/recent", "dora", what=what)
    assert "上级已经答复了" in see(pages, refused.location, "dora"), "what was answered is not asked otherwise in silence"
    assert "上级答复了 1 件" in see(pages, DESK, "dora")


def test_it_is_taken_back_in_one_press_by_who_asked_and_by_who_answered(pages, pupil):
    sent = _asks_to_move(pages, pupil)
    assert undone(pages, sent).status_code == 303
    assert "还没有提过" in see(pages, PAGE, "dora")
    _asks_to_move(pages, pupil)
    done = send(pages, "/office/review/settle", row=_row(pages), answer="do", note="")
    assert undone(pages, done, "root").status_code == 303
    assert _home(pages, pupil) == pages.unit("3501-X1")


def test_what_was_taken_back_is_gone_and_can_be_asked_again(pages, pupil):
    _asks_to_move(pages, pupil)
    (back,) = re.findall(r'action="([^"]+take-back)"', see(pages, PAGE, "dora"))
    gone = send(pages, back, "dora")
    assert gone.status_code == 303
    assert "还没有提过" in see(pages, PAGE, "dora")
    assert send(pages, back, "dora").status_code == 404
    assert _asks_to_move(pages, pupil).status_code == 303
    assert "等答复" in see(pages, PAGE, "dora")


def test_a_refusal_asks_for_its_reason_beside_the_field(pages, pupil):
    send(pages, f"{PAGE}?sort=other", "dora", sort="other", text="请把应参与人数改成 300")
    row = _row(pages)
    bare = send(pages, "/office/review/settle", row=row, answer="refuse", note="")
    assert (bare.status_code, "不办要写明原因" in bare.text) == (422, True)
    assert send(pages, "/office/review/settle", row=row, answer="refuse", note="以学籍系统为准").status_code == 303
    page = see(pages, PAGE, "dora")
    assert "不办" in page
    assert "上级的答复：以学籍系统为准" in page
    with pages.store.reading() as r:
        batch = r.value("select batch from facts where kind = 'request_answered'")
    coordinator = _coordinator_of(pages, "3501-X1")
    recent = see(pages, DESK, coordinator).partition('id="recent"')[2].partition("</section>")[0]
    assert "上级的答复" in recent
    assert send(pages, f"{DESK}/recent", coordinator, what=batch).status_code == 303
    assert pages.browser(coordinator).get(f"/desk/batches/{batch}").status_code == 404
    assert "不办" in see(pages, PAGE, coordinator), "the office's word is not the school's to take back"


def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(pages, pupil):
    wrong: list[tuple[str, str, dict[str, str]]] = [
        ("person", "whom", {"target": "3502"}),
        ("person", "target", {"whom": "林小明", "target": "没有"}),
        ("unit", "target", {"text": "区划调整"}),
        ("unit", "target", {"target": "3501", "text": "已经在那里"}),
        ("other", "text", {}),
        ("other", "text", {"text": "请打 13800001234"}),
    ]
    for sort, field, more in wrong:
        answer = send(pages, f"{PAGE}?sort={sort}", "dora", sort=sort, **more)
        assert (answer.status_code, f'id="e-{field}"' in answer.text) == (422, True), (sort, more)
    assert "没有这种" not in see(pages, f"{PAGE}?sort=nonsense", "dora")


def test_only_who_holds_both_sides_is_offered_it_and_only_a_coordinator_asks(pages, pupil):
    _asks_to_move(pages, pupil)
    assert "把 林小明" not in see(pages, "/office/review", "city"), "the city does not hold the other city"
    for who, status in (("elias", 403), ("farid", 404), ("nobody", 303)):
        assert pages.browser(who).get(PAGE).status_code == status, who
    assert send(pages, "/desk/units/35/requests", "root", sort="other", text="没有上级").status_code == 422


def test_whoever_counts_somebody_of_elsewhere_asks_for_the_correction(pages):
    with pages.store.writing() as w:
        person = people.register(w, Registration("3501-X1", "王五", "N9"))
        add_membership(w, people_by_id(w, [person])[person], "3502")
    page = see(pages, f"/desk/people/{person}", "farid")
    (to,) = re.findall(r'href="([^"]+/requests[^"]+)"', page)
    assert "更正" in see(pages, to.replace("&amp;", "&"), "farid")
