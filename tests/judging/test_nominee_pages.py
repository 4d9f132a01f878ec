"""The page of awards of people and units: numbers, points, who gets it and why; what the list, the public and the papers show."""

from __future__ import annotations

import json

import pytest

from campmgr.areas.activities.actions import amend
from campmgr.areas.entries.actions.staging import revoke_entry
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.facts.inventory_rows import row_of
from tests.judging.panel import Panel, seated
from tests.kit.desk_story import undone
from tests.kit.office import agree, see, send
from tests.kit.pages import Pages

AWARDS = "/office/a/sp/awards"
PAGE = f"{AWARDS}/nominees/"


@pytest.fixture
def panel(pages: Pages) -> Panel:
    """Four units with a work each, all alike; one creator who made nothing here."""
    found = seated(pages, opened=True)
    rules = {"awards.classes": "金奖=1", "awards.at_cut": "tie_break", "awards.certificate_line": "",
             "awards.people_awards": json.dumps(("优秀创客=1",)), "awards.unit_awards": json.dumps(("优秀组织奖=1",)),
             "awards.unit_weights": json.dumps(("数量=1", "组织=1"))}  # fmt: skip
    found.contest.node.do(amend, found.contest.activity, rules, "定")
    return found


def rate(panel: Panel, code: str, points: str):
    unit = panel.contest.node.unit(code)
    return send(panel.pages, f"{PAGE}points", rated_unit=unit, points_reason="看了材料", round="初评", client_id=f"r{code}",
                **{"points-0": points})  # fmt: skip


def test_points_are_given_and_taken_back_in_one_press(panel):
    assert "组织还没有打分" in see(panel.pages, PAGE)
    sent = rate(panel, "3503", "88.5")
    assert "组织 88.5" in see(panel.pages, sent.location)
    undone(panel.pages, sent, "root")
    assert "88.5" not in see(panel.pages, PAGE)
    assert "0 到 100" in rate(panel, "3503", "一百").text


def note(panel: Panel, sort: str, **said: str):
    said = {f"{sort}_award": "优秀组织奖" if sort == "units" else "优秀创客", f"{sort}_reason": "会议研究", "round": "初评"} | said
    return send(panel.pages, f"{PAGE}notes/{sort}", client_id=f"n{sort}", **said)


def test_who_gets_it_is_said_and_taken_back_in_one_press(panel):
    assert "不分先后：请在下面写明给谁" in see(panel.pages, PAGE), "all are equal while nobody has points"
    sent = note(panel, "units", units_whom=panel.contest.node.unit("3504"))
    text = see(panel.pages, sent.location)
    assert "会议研究" in text
    assert "不分先后：请在下面写明给谁" not in text
    undone(panel.pages, sent, "root")
    assert "会议研究" not in see(panel.pages, PAGE)


@pytest.mark.parametrize(
    ("sort", "said", "problem"),
    [("units", {}, "请选择给谁"), ("people", {"people_other": "没有这人"}, "没有找到"), ("people", {"people_reason": " "}, "请填写这一项"),
     ("people", {"people_other": "先锋队", "team_unit": "不存在的"}, "不存在的")],
    ids=["nobody", "unknown", "no reason", "a team of no unit"],
)  # fmt: skip
def test_a_wrong_form_says_what_to_do(panel, sort, said, problem):
    sent = note(panel, sort, **said)
    assert sent.status_code == 422
    assert problem in sent.text


def test_a_person_s_award_is_masked_in_public_and_whole_on_paper(panel):
    person = panel.contest.node.joins("3505", "欧阳传播", "CK01")
    assert note(panel, "people", people_other="CK01").status_code == 303
    for code, points in (("3502", "60"), ("3503", "90"), ("3504", "70"), ("3505", "80")):
        rate(panel, code, points)
    done = agree(panel.pages, f"{AWARDS}/freeze", reason="专家组同意", round="初评")
    assert done.status_code == 303, done.text
    text = see(panel.pages, f"{AWARDS}/1")
    assert all(each in text for each in ("欧阳传播", "莆田市", "与评分一致", "会议研究"))
    assert agree(panel.pages, f"{AWARDS}/1/put-up").status_code == 303
    public = see(panel.pages, "/a/sp/awards", "nobody")
    assert "优秀创客" in public
    assert "欧阳传播" not in public
    assert "泉州市" in public
    assert panel.pages.browser("root").get(f"{AWARDS}/1/certificates.pdf").data[:4] == b"%PDF"
    asked = agree(panel.pages, f"{AWARDS}/1/amend", reason="材料不实", strike=person, refill="strike")
    assert asked.status_code == 303, asked.text
    assert "召回证书" in see(panel.pages, f"{AWARDS}/1")


def test_the_list_asks_about_a_work_that_was_lost(panel):
    for code, points in (("3502", "60"), ("3503", "90"), ("3504", "70"), ("3505", "80")):
        rate(panel, code, points)
    panel.contest.node.do(amend, panel.contest.activity, {"awards.people_awards": "[]"}, "这次不评")
    assert agree(panel.pages, f"{AWARDS}/freeze", reason="专家组同意", round="初评").status_code == 303
    work = panel.contest.works["炉火"]
    panel.contest.node.do(lambda w: revoke_entry(w, row_of(w, ENTRIES, work), "参选", "查实抄袭"))
    text = see(panel.pages, f"{AWARDS}/1")
    assert "《炉火》，后来取消了资格" in text
    assert "复核" in text
    assert "从此不算 1 件" in see(panel.pages, f"{AWARDS}/1/amend")
