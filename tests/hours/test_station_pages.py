"""The check-in station over HTTP: every scan is answered for itself, twice is once, and nobody sees a stranger's name."""

from __future__ import annotations

import re

import pytest
from flask import g

from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.leaving import leave
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.ids import person_code
from campmgr.ledger.envelope import people_scope
from tests.kit.desk_story import DAY, DESK, credited, mark, post, school
from tests.kit.pages import OWN

AT = f"{DESK}/station"
UNKNOWN = "0000000000000098"
"""Sixteen digits with good check digits that are nobody's."""


def scan(pages, *texts: str, who: str = "dora", at: str = AT, what: str = "V1", day: str = DAY, round_id: str = "r1", **more):
    """The answer to these scans, sent as the station's script does."""
    items = [{"id": f"s{n}", "text": text, "what": what, "day": day, "round": round_id} for n, text in enumerate(texts)]
    body = {"account": pages.accounts[who].account, "scans": items, "what": what, "day": day, "round": round_id} | more
    return pages.browser(who).post(f"{at}/scans", json=body, headers=OWN)


def states(response) -> list[str]:
    assert response.status_code == 200, response.text
    return [one["state"] for one in response.json["scans"]]


def facts(pages) -> int:
    with pages.store.reading() as r:
        return int(r.value("select count(*) from facts where kind in ('mark_recorded', 'condition_recorded')"))


def test_a_code_and_a_number_are_recorded_and_answered_with_name_and_hours(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    response = scan(pages, person_code(aya), "3501-X1-巴迪")
    assert states(response) == ["recorded", "recorded"]
    first = response.json["scans"][0]
    assert (first["head"], first["hours"], "三年1班" in first["note"]) == ("阿雅", "1.00 / 8.00", True)
    assert [credited(pages, each) for each in (aya, badis)] == [100, 100]
    assert (response.json["here"], response.json["count"]) == ({"marked": 2, "of": 2}, 2)
    assert [one["name"] for one in response.json["last"]] == ["巴迪", "阿雅"]
    with pages.store.reading() as r:
        assert {row[0] for row in r.all("select source from marks")} == {"station"}


def test_a_card_of_somebody_who_has_left_is_recorded_and_says_so(pages):
    (aya,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        leave(w, people_by_id(w, [aya])[aya], "转学", "2023-06-01")
    (one,) = scan(pages, person_code(aya)).json["scans"]
    assert (one["state"], "已登记 2023-06-01 起离开，照样记了" in one["note"]) == ("recorded", True)


def test_a_station_signs_in_until_somebody_chooses_otherwise(pages):
    school(pages, "阿雅")
    chosen = r'<option value="(\w+)" selected'
    assert re.findall(chosen, pages.browser("dora").get(AT).text) == ["sign_in"]
    assert re.findall(chosen, pages.browser("dora").get(f"{AT}?what=V1").text) == ["V1"]


def test_the_same_scans_again_change_nothing(pages):
    (aya,) = school(pages, "阿雅")
    assert states(scan(pages, person_code(aya), person_code(aya))) == ["recorded", "known"]
    assert states(scan(pages, person_code(aya))) == ["known"]
    assert states(scan(pages, person_code(aya), round_id="another tab")) == ["known"]
    assert facts(pages) == 1


def test_who_was_marked_with_the_class_is_known(pages):
    (aya,) = school(pages, "阿雅")
    mark(pages, [aya])
    assert states(scan(pages, person_code(aya))) == ["known"]


def test_one_bad_scan_harms_no_other(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    wrong = person_code(aya)[:-1] + str((int(person_code(aya)[-1]) + 1) % 10)
    response = scan(pages, wrong, "没这个人", "", "x" * 61, "=HYPERLINK(1)", person_code(badis))
    assert states(response) == ["refused"] * 5 + ["recorded"]
    assert "校验位" in response.json["scans"][0]["head"]
    assert all(one["head"] and one["note"] for one in response.json["scans"])
    assert facts(pages) == 1


def test_late_scans_of_many_lessons_and_days_go_together(pages):
    (aya,) = school(pages, "阿雅")
    items = [
        {"id": "a", "text": person_code(aya), "what": "V1", "day": "2023-06-04", "round": "r"},
        {"id": "b", "text": person_code(aya), "what": "sign_in", "day": DAY, "round": "r"},
        {"id": "c", "text": person_code(aya), "what": "V9", "day": DAY, "round": "r"},
        {"id": "d", "text": person_code(aya), "what": "V1", "day": "2023-06-11", "round": "r"},
        {"id": "e", "text": person_code(aya), "what": "V1", "day": "gestern", "round": "r"},
        {"id": "f", "text": 7, "what": None, "day": [], "round": {}},
        "nonsense",
    ]
    response = scan(pages, scans=items)
    assert states(response) == ["recorded", "recorded", "refused", "refused", "refused", "refused", "refused"]
    assert [one["id"] for one in response.json["scans"]] == ["a", "b", "c", "d", "e", "f", ""]


@pytest.mark.parametrize("typed", ["{} ", "\u3000{}\u3000"])
def test_a_code_as_typed_from_a_card_is_the_same_code(pages, typed):
    (aya,) = school(pages, "阿雅")
    code = person_code(aya)
    assert states(scan(pages, typed.format(" ".join(code[at : at + 4] for at in range(0, 16, 4))))) == ["recorded"]


def test_letters_of_a_number_may_be_in_either_case(pages):
    with pages.store.writing() as w:
        people.register(w, people.Registration("3501-X1", "阿雅", "S-07x"))
    school(pages)
    assert states(scan(pages, "s-07X")) == ["refused"]
    with pages.store.writing() as w:
        people.register(w, people.Registration("3501-X1", "巴迪", "S-08X"))
    assert states(scan(pages, "s-08x")) == ["recorded"]


def test_somebody_elses_card_waits_like_an_unknown_one_and_tells_no_name(pages):
    school(pages, "阿雅")
    with pages.store.writing() as w:
        stranger = people.register(w, people.Registration("3502", "绝密姓名", "3502-9"))
    foreign, unknown = scan(pages, person_code(stranger)), scan(pages, UNKNOWN)
    assert states(foreign) == states(unknown) == ["pending"]
    known = scan(pages, person_code(stranger)).json["scans"][0]
    assert "绝密姓名" not in foreign.text
    assert foreign.json["scans"][0]["head"] == unknown.json["scans"][0]["head"]
    assert known["state"] == "known"
    assert credited(pages, stranger) == 100  # this file holds both, so it has carried the mark home
    assert states(scan(pages, "3502-9")) == ["refused"]
    assert scan(pages, "3502-9").json["scans"][0]["head"].replace("3502-9", "?") == scan(pages, "none").json["scans"][0][
        "head"
    ].replace("none", "?")
    with pages.store.reading() as r:
        scopes = {
            row[0] for row in r.all("select distinct scope from facts where subject like 'code:%' and kind = 'mark_recorded'")
        }
    assert scopes == {people_scope(pages.unit("3501-X1"))}


def test_a_pupil_of_another_school_within_ones_own_is_recorded_at_home(pages):
    school(pages, "阿雅")
    (guest,) = school(pages, "小客", unit="3501-X2")
    response = scan(pages, person_code(guest))
    assert states(response) == ["recorded"]
    assert "演练小学2" in response.json["scans"][0]["note"]
    assert credited(pages, guest) == 100


def test_the_same_number_in_two_schools_means_the_one_at_this_station(pages):
    with pages.store.writing() as w:
        mine, other = (people.register(w, people.Registration(unit, "同号", "007")) for unit in ("3501-X1", "3501-X2"))
    school(pages)
    assert states(scan(pages, "007")) == ["recorded"]
    assert [credited(pages, each) for each in (mine, other)] == [100, 0]
    refused = scan(pages, "007", at="/desk/units/3501-X0/station")
    assert states(refused) == ["refused"]
    assert "2 人" in refused.json["scans"][0]["head"]


def test_another_accounts_queue_is_kept_for_them(pages):
    (aya,) = school(pages, "阿雅")
    response = scan(pages, person_code(aya), account=pages.accounts["jiao"].account)
    assert (response.status_code, response.json["error"]["reason"]) == (401, "not_logged_in")
    assert facts(pages) == 0


def test_who_is_logged_out_hears_it_as_json(pages):
    response = pages.browser().post(f"{AT}/scans", json={"scans": []}, headers=OWN)
    assert (response.status_code, response.json["error"]["reason"]) == (401, "not_logged_in")


def test_a_foreign_page_sends_nothing(pages):
    response = pages.browser("dora").post(f"{AT}/scans", json={"scans": []}, headers={"Origin": "http://evil.example.org"})
    assert (response.status_code, response.json["error"]["reason"]) == (403, "foreign_origin")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"scans": 3}', b"\xff\xfe", b'{"scans": [' + b'"",' * 501 + b'""]}'])
def test_what_is_no_queue_is_refused_in_words(pages, body):
    school(pages)
    response = pages.browser("dora").post(f"{AT}/scans", data=body, content_type="application/json", headers=OWN)
    assert (response.status_code, "看不懂" in response.json["error"]["sentence"]) == (422, True)


def test_a_queue_is_not_endless(pages):
    assert scan(pages, scans=["x" * 600_000]).status_code == 413


def test_one_scan_is_taken_back_with_a_reason_and_can_be_scanned_again(pages):
    aya, badis = school(pages, "阿雅", "巴迪")
    response = scan(pages, person_code(aya), person_code(badis))
    fact = response.json["scans"][0]["fact"]
    back = {"account": "", "what": "V1", "day": DAY, "round": "r1", "fact": fact}
    browser = pages.browser("dora")
    assert browser.post(f"{AT}/back", json=back | {"reason": " "}, headers=OWN).status_code == 422
    assert browser.post(f"{AT}/back", json=back | {"reason": "扫错", "round": "r2"}, headers=OWN).status_code == 404
    assert pages.browser("root").post(f"{AT}/back", json=back | {"reason": "扫错"}, headers=OWN).status_code == 404
    done = browser.post(f"{AT}/back", json=back | {"reason": "扫错"}, headers=OWN)
    assert [(one["name"], one["stands"]) for one in done.json["last"]] == [("巴迪", True), ("阿雅", False)]
    assert (credited(pages, aya), done.json["here"]["marked"], done.json["count"]) == (0, 1, 1)
    assert states(scan(pages, person_code(aya))) == ["recorded"]
    assert credited(pages, aya) == 100


def test_a_round_taken_back_as_a_whole_stays_back_when_its_scans_come_again(pages):
    (aya,) = school(pages, "阿雅")
    receipt = scan(pages, person_code(aya)).json["batch"]
    assert post(pages, receipt.replace("?", "/undo?"), reason="选错了课").status_code == 303
    again = scan(pages, person_code(aya))
    assert (states(again), again.json["over"]) == (["refused"], True)
    assert credited(pages, aya) == 0
    assert states(scan(pages, person_code(aya), round_id="r2")) == ["recorded"]


def test_many_scans_ask_few_more_queries_than_two(pages):
    pupils = school(pages, *(f"生{n}" for n in range(9)))
    browser = pages.browser("dora")
    asked = []
    for run in (pupils[:2], pupils[2:]):
        with browser:
            scan(pages, *map(person_code, run))
            asked.append(g.queries)
    assert asked[1] - asked[0] < 7 * 8  # folding a person costs some; looking them up does not


def test_a_queue_that_arrives_at_once_after_an_outage_is_no_doubtful_crowd(pages):
    pupils = school(pages, *(f"生{n}" for n in range(3)))
    assert states(scan(pages, *map(person_code, pupils))) == ["recorded"] * 3
    with pages.store.reading() as r:
        assert r.all("select * from crowds") == []


def test_without_scripts_one_field_takes_a_code_or_a_name(pages):
    aya, _ = school(pages, "阿雅", "阿丽")
    assert "已登记" in post(pages, AT, what="V1", day=DAY, text=person_code(aya)).text
    assert "已登记过" in post(pages, AT, what="V1", day=DAY, text=person_code(aya)).text
    listed = post(pages, AT, what="V1", day=DAY, text="阿")
    assert all(name in listed.text for name in ("阿雅", "阿丽", f'name="text" value="{aya}"'))
    tapped = post(pages, AT, what="V1", day=DAY, text=aya)
    assert (tapped.status_code, "阿雅" in tapped.text) == (200, True)
    wrong = post(pages, AT, what="V1", day=DAY, text="1234567890123456")
    assert (wrong.status_code, "校验位" in wrong.text) == (422, True)
    assert post(pages, AT, what="V1", day=DAY, text="").status_code == 422
    assert facts(pages) == 1


def test_a_name_is_found_in_ones_own_unit_only(pages):
    school(pages, "阿雅")
    school(pages, "阿外", unit="3501-X2")
    text = post(pages, f"{AT}/found", text="阿").text
    assert ("阿雅" in text, "阿外" in text) == (True, False)
    assert "没有叫" in post(pages, f"{AT}/found", text="<b>𠮷").text
    assert "&lt;b&gt;𠮷" in post(pages, f"{AT}/found", text="<b>𠮷").text


def test_the_shell_shows_nothing_of_anybody(pages):
    school(pages, "阿雅")
    shell = pages.browser("dora").get("/desk/station-shell")
    assert shell.text == pages.browser().get("/desk/station-shell").text
    assert not any(word in shell.text for word in ("dora", "阿雅", "演练小学", pages.accounts["dora"].account))


def test_the_worker_may_look_after_the_desk_and_is_a_script(pages):
    worker = pages.browser().get("/desk/station-worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert "caches" in worker.text


def test_the_station_keeps_working_for_a_merged_card(pages):
    aya, twin = school(pages, "阿雅", "阿雅亚")
    with pages.store.writing() as w:
        found = people_by_id(w, [aya, twin])
        people.merge(w, found[aya], found[twin])
    assert states(scan(pages, person_code(aya), person_code(twin))) == ["recorded", "known"]
