"""Nobody guesses their way to another's page: one count for all keys of a person, a budget, an alarm, little power."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.people.actions.own_pages import PER_PERSON
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.local import new_page
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.people.queries.guessing import ALARMING, ALTOGETHER
from tests.kit.office import agree
from tests.kit.pages import OWN


@pytest.fixture
def pupil(pages):
    with pages.store.writing() as w:
        register(w, Registration("3501-X1", "林小明", "B-001", "三班", "13800001234"))
        return find_person(w, "B-001")


def _find(pages, code: str, end: str, address: str = "127.0.0.1"):
    sent = {"code": code, "phone_end": end}
    return pages.browser().post("/p/", data=sent, headers=OWN, environ_overrides={"REMOTE_ADDR": address})


def _post(pages, path: str, who: str = "nobody", **data):
    return pages.browser(who).post(path, data=data, headers=OWN)


def test_all_keys_of_a_person_count_together(pages, pupil):
    keys = [pupil.code, "B-001", " ".join([pupil.code[:8], pupil.code[8:]]), "B-001 "]
    for place in range(PER_PERSON.free):
        assert _find(pages, keys[place % 4], "0000", f"10.0.0.{place}").status_code == 404
    for key in keys[:3]:
        assert _find(pages, key, "1234", "10.9.9.9").status_code == 429


@pytest.mark.parametrize("other", ["b-001", "编号：B-001", "Ｂ-００１", "B-001。"])
def test_how_attempts_are_counted_tells_nobody_whether_somebody_has_a_number(pages, pupil, other):
    def answers(known: str, spelling: str) -> list[int]:
        return [_find(pages, each, "0000").status_code for each in (*[known] * PER_PERSON.free, spelling, known)]

    assert answers("B-001", other) == answers("B-002", other.replace("1", "2").replace("１", "２"))


def test_each_failure_makes_the_next_wait_twice_as_long(pages, pupil):
    for _ in range(PER_PERSON.free):
        assert _find(pages, pupil.code, "0000").status_code == 404
    for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360):
        pages.clock.move(minutes=minutes, seconds=-1)
        assert _find(pages, pupil.code, "1234").status_code == 429
        pages.clock.move(seconds=1)
        assert _find(pages, pupil.code, "0000").status_code == 404


def test_a_budget_ends_the_guessing_of_everybody_and_whoever_works_here_is_told(pages, pupil):
    for place in range(ALTOGETHER.most):
        assert _find(pages, f"X{place}", "0000", f"10.0.{place}.1").status_code == 404
        if place == ALARMING - 2:
            assert "猜别人的手机号" not in pages.browser("dora").get("/desk/").text
    assert "猜别人的手机号" in pages.browser("dora").get("/desk/").text
    assert "猜别人的手机号" in pages.browser("root").get("/office/").text
    answer = _find(pages, pupil.code, "1234", "10.1.1.1")
    assert answer.status_code == 429
    assert "联络员" in answer.text
    pages.clock.move(days=1)
    assert _find(pages, pupil.code, "1234", "10.1.1.1").status_code == 303


def test_who_finds_their_page_spends_nothing_of_the_budget(pages, pupil):
    for _ in range(ALARMING + 5):
        assert _find(pages, pupil.code, "1234").status_code == 303
    assert "猜别人的手机号" not in pages.browser("dora").get("/desk/").text


def test_a_page_found_again_cannot_withdraw_until_the_coordinator_confirms(pages, pupil):
    found = _find(pages, pupil.code, "1234").location
    page = pages.browser().get(found).text
    assert "林小明" in page
    assert f"{found}/leave" not in page
    assert pages.browser().get(f"{found}/leave").status_code == 403
    assert _post(pages, f"{found}/leave", sure="1").status_code == 403
    assert _post(pages, f"{found}/others/end").status_code == 403
    shown = pages.browser("dora").get(f"/desk/people/{pupil.person}").text
    assert "自助找回了 1 个链接" in shown
    assert _post(pages, f"/desk/people/{pupil.person}/link/confirm", "farid").status_code == 404
    assert _post(pages, f"/desk/people/{pupil.person}/link/confirm", "dora").status_code == 303
    assert "自助找回了" not in pages.browser("dora").get(f"/desk/people/{pupil.person}").text
    assert agree(pages, f"{found}/leave", "nobody").status_code == 303


def test_a_new_link_can_end_the_old_ones(pages, pupil):
    with pages.store.writing() as w:
        old, older = new_page(w, pupil.person), new_page(w, pupil.person)
    assert _post(pages, f"/desk/people/{pupil.person}/link", "dora").status_code == 200
    assert pages.browser().get(f"/p/{old}").status_code == 200
    assert _post(pages, f"/p/{old}/others/end").status_code == 409
    assert pages.browser().get(f"/p/{older}").status_code == 200
    assert agree(pages, f"/p/{old}/others/end", "nobody").status_code == 303
    assert pages.browser().get(f"/p/{old}/others/end").status_code == 303  # there is no other any more
    assert [pages.browser().get(f"/p/{each}").status_code for each in (old, older)] == [200, 404]
    assert _post(pages, f"/desk/people/{pupil.person}/link/renew", "dora").status_code == 409
    assert pages.browser().get(f"/p/{old}").status_code == 200
    renewed = agree(pages, f"/desk/people/{pupil.person}/link/renew", "dora")
    assert (renewed.status_code, "的个人链接" in renewed.text) == (200, True)
    assert pages.browser().get(f"/p/{old}").status_code == 404


def test_links_end_with_the_camp_and_say_where_the_certificate_is(pages, pupil):
    with pages.store.writing() as w:
        token = new_page(w, pupil.person)
    pages.clock.move(days=4000)
    assert pages.browser().get(f"/p/{token}").status_code == 200
    pages.clock.move(days=-4000)
    with pages.store.writing() as w:
        amend_rule(w, "live.ends_on", "2023-06-30", reason="定了")
        amend_rule(w, "people.link_days", "30", reason="定了")
    pages.clock.move(days=50)
    assert pages.browser().get(f"/p/{token}").status_code == 200
    pages.clock.move(days=1)
    answer = pages.browser().get(f"/p/{token}")
    assert answer.status_code == 404
    assert "2023-07-30" in answer.text
    assert "演练小学1" in answer.text
    assert "林小明" not in answer.text
