"""Join codes, posters, and what a human reviews."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from campmgr.areas.camp import actions as camp
from campmgr.areas.camp.rules import address_warning
from campmgr.areas.people.actions.joining import booklets
from campmgr.areas.whole import CATALOGUE
from campmgr.desks.files.poster import poster_for, posters_pdf
from campmgr.files.press import Press
from campmgr.web.current import EXTENSION, own_address
from tests.kit.desk_story import DESK, UNIT, credited, joined, post, rows_shown, school
from tests.kit.office import agree, told_before


def _code(pages) -> str:
    return re.findall(r"/codes/([0-9A-Z]{8})/poster", pages.browser("dora").get(f"{DESK}/codes").text)[0]


def test_a_code_is_made_once_counts_and_is_revoked(pages):
    school(pages)
    for _ in range(2):
        assert post(pages, f"{DESK}/codes", ends_on="2023-06-30", most="2", client_id="f").status_code == 303
    text = pages.browser("dora").get(f"{DESK}/codes").text
    assert len(set(re.findall(r"/codes/([0-9A-Z]{8})/poster", text))) == 1
    code = _code(pages)
    joined(pages, code, "阿雅")
    assert "已有 1 人用它加入，最多 2 人，2023-06-30 前有效" in pages.browser("dora").get(f"{DESK}/codes").text
    assert post(pages, f"{DESK}/codes/{code}/revoke").status_code == 303
    assert "已停用或过期" in pages.browser("dora").get(f"{DESK}/codes").text


@pytest.mark.parametrize(
    ("typed", "field"), [({"ends_on": "2023-06-09"}, "ends_on"), ({"most": "0"}, "most"), ({"ends_on": "明天"}, "ends_on")]
)
def test_a_code_that_could_never_work_is_not_made(pages, typed, field):
    response = post(pages, f"{DESK}/codes", **typed)
    assert (response.status_code, f'id="e-{field}"' in response.text) == (422, True)


@pytest.mark.parametrize(("posters", "parts"), [
    (0, ()), (1, ((1, 1),)), (300, ((1, 300),)), (411, ((1, 300), (301, 411))), (601, ((1, 300), (301, 600), (601, 601))),
])  # fmt: skip
def test_more_posters_than_one_booklet_holds_come_as_several(posters, parts):
    assert booklets(posters) == parts


def test_a_code_of_another_unit_is_not_reached_through_ones_own(pages):
    post(pages, f"{DESK}/codes")
    code = _code(pages)
    assert pages.browser("dora").get(f"/desk/units/3501-X2/codes/{code}/poster").status_code == 404
    assert post(pages, f"/desk/units/3501-X2/codes/{code}/revoke").status_code == 404


def test_the_poster_tells_both_codes_apart_and_warns_of_its_address(pages):
    post(pages, f"{DESK}/codes")
    text = pages.browser("dora").get(f"{DESK}/codes/{_code(pages)}/poster").text
    for words in (
        "逃生演练训练营",
        "#逃生演练训练营",
        "演练小学1",
        "在此粘贴平台二维码",
        "“逃生演练营”",
        "还没有在“规则”里填“印制材料所用网址”",
    ):
        assert words in text
    with pages.store.writing() as w:
        camp.amend_rule(w, "camp.base_address", "https://camp.example.org")
    text = pages.browser("dora").get(f"{DESK}/codes/{_code(pages)}/poster").text
    assert f"https://camp.example.org/j/{_code(pages)}" in text
    assert "note warn" not in text


def test_whoever_may_put_the_address_right_is_led_there_and_nobody_else(pages):
    link = 'href="/office/rules/camp.base_address"'
    assert link not in pages.browser("dora").get(f"{DESK}/codes").text
    assert link in pages.browser("root").get(f"{DESK}/codes").text
    with pages.store.writing() as w:
        camp.amend_rule(w, "camp.base_address", "https://camp.example.org")
    assert link not in pages.browser("root").get(f"{DESK}/codes").text


def test_the_poster_comes_as_pdf(pages):
    post(pages, f"{DESK}/codes")
    response = pages.browser("dora").get(f"{DESK}/codes/{_code(pages)}/poster.pdf")
    assert (response.status_code, response.data[:5]) == (200, b"%PDF-")


def test_a_poster_has_equal_bytes_and_takes_any_name_as_a_text():
    rules = CATALOGUE.book.preset("escape-drill-2023")
    made = [
        posters_pdf(Press(), [poster_for(rules, '#read("x") *b* "', "ABCD2345", "http://localhost/j/ABCD2345")]) for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("served", "asked", "printed"),
    [(("192.168.1.5", "127.0.0.1", "localhost"), "127.0.0.1", "192.168.1.5"),
     (("127.0.0.1", "localhost"), "localhost", "localhost"),
     (("192.168.1.5", "10.0.0.2", "127.0.0.1"), "10.0.0.2", "10.0.0.2"),
     (("192.168.1.5", "127.0.0.1"), "evil.example", "192.168.1.5")],
)  # fmt: skip
def test_a_code_leads_where_phones_get_in_also_for_who_sits_at_the_computer(pages, served, asked, printed):
    """The start script for phones opens this computer's own browser at 127.0.0.1."""
    frame = pages.app.extensions[EXTENSION]
    frame.settings = replace(frame.settings, addresses=lambda: tuple(f"http://{each}:8000" for each in served))
    with pages.app.test_request_context(base_url=f"http://{asked}:8000"):
        assert own_address() == f"http://{printed}:8000"


@pytest.mark.parametrize("base", ["", "camp.example.org", "http://localhost:8000", "http://127.0.0.1"])
def test_an_address_that_will_not_lead_here_is_warned_of(base):
    assert address_warning(base)


def test_what_no_phone_can_open_is_called_so_and_says_whom_to_ask():
    for told in (address_warning("", "http://127.0.0.1:8000"), address_warning("http://127.0.0.1:8000")):
        assert ("127.0.0.1" in told, "任何手机都打不开" in told, "组织方" in told) == (True, True, True)
    assert "启动-手机和别的电脑也能打开" in address_warning("", "http://127.0.0.1:8000")
    assert "任何手机" not in address_warning("", "http://camp.example.org:8000")


@pytest.mark.parametrize(
    ("host", "warns"),
    [("[broken", True), ("192.168.1.20:8000", True), ("[::1]", True), ("camp.example.org", False), ("8.8.8.8", False)],
)
def test_a_host_of_one_network_only_is_warned_of(host, warns):
    assert bool(address_warning(f"http://{host}")) is warns


def _twins(pages) -> tuple[str, str]:
    """The same 编号 and name in two schools."""
    response = [
        post(pages, f"/desk/units/{unit}/people/new", name="阿雅", number="N1", kind="学校师生", client_id=unit).location
        for unit in (UNIT, "3501-X2")
    ]
    one, other = (location.removeprefix("/desk/people/").partition("?")[0] for location in response)
    return one, other


def test_two_records_are_compared_merged_and_parted(pages):
    school(pages)
    one, other = _twins(pages)
    browser = pages.browser("dora")
    assert "可能是同一个人" in browser.get("/desk/units/3501/review").text
    assert "可能是同一个人" not in browser.get(f"{DESK}/review").text
    assert "是同一个人，合并" in post(pages, "/desk/units/3501/review/compare", one=one, other=other).text
    told = told_before(post(pages, "/desk/units/3501/review/compare", one=one, other=other).text)
    for _ in range(2):
        assert post(pages, "/desk/units/3501/review/merge", **told).status_code == 303
    assert "拆开合并" in browser.get(f"/desk/people/{other}").text
    assert "可能是同一个人" not in browser.get("/desk/units/3501/review").text
    assert agree(pages, f"/desk/people/{one}/part", "dora").status_code == 303
    assert "拆开合并" not in browser.get(f"/desk/people/{other}").text
    assert "可能是同一个人" not in browser.get("/desk/units/3501/review").text


def test_a_doubt_that_is_settled_is_not_asked_again(pages):
    school(pages)
    pair = _twins(pages)
    (row,) = rows_shown(pages, "/desk/units/3501/review")
    assert post(pages, "/desk/units/3501/review/settle", row=row, answer="").status_code == 422
    assert post(pages, "/desk/units/3501/review/settle", row=row, answer="two", note="确为两人").status_code == 303
    assert "可能是同一个人" not in pages.browser("dora").get("/desk/units/3501/review").text
    assert any("确为两人" in pages.browser("dora").get(f"/desk/people/{each}").text for each in pair)


def test_nobody_learns_of_people_elsewhere_by_comparing(pages):
    (aya,) = school(pages, "阿雅")
    (secret,) = school(pages, "秘密", unit="3502")
    for text in (secret, "3502-秘密", "no such"):
        response = post(pages, f"{DESK}/review/compare", one=aya, other=text)
        assert (response.status_code, "不在您的范围内" in response.text) == (422, True)
        assert "秘密</" not in response.text
    assert post(pages, f"{DESK}/review/merge", one=aya, other=secret).status_code == 404
    assert credited(pages, aya) == 0
