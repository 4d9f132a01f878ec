"""The pages of judging: the office names, assigns and opens; a judge marks; nobody sees a mark before."""

from __future__ import annotations

import pytest

from tests.judging.panel import OFFICE, TELLTALE, Panel, seated
from tests.kit.desk_story import undone
from tests.kit.office import see, send, told_before
from tests.kit.pages import Pages

BALLOT = "/judge/初评/"


@pytest.fixture
def panel(pages: Pages) -> Panel:
    return seated(pages)


def test_the_office_sees_rounds_judges_and_progress_and_no_mark(panel):
    text = see(panel.pages, OFFICE, "root")
    assert all(each in text for each in ("初评", "周评一", "未开启"))
    text = see(panel.pages, f"{OFFICE}/初评", "root")
    assert "郑评三 还有 1 件" in text
    assert TELLTALE not in text


def test_a_round_is_opened_after_a_look_and_says_by_whom_and_why(panel):
    text = see(panel.pages, f"{OFFICE}/初评/open", "root")
    assert "份还没有评" in text
    assert TELLTALE not in text
    refused = send(panel.pages, f"{OFFICE}/初评/open", "root", **told_before(text))
    assert "请先打勾" in refused.text, refused.text
    done = send(panel.pages, f"{OFFICE}/初评/open", "root", **told_before(text), sure="1", reason="评审会后")
    assert done.status_code == 303
    text = see(panel.pages, f"{OFFICE}/初评/opened", "root")
    assert "由 root 开启：评审会后" in text
    assert "37.0000" in text
    assert "金奖" not in text
    text = see(panel.pages, f"{OFFICE}/初评/without", "root")
    assert "假如没有这位评委" in text


def test_a_judge_marks_puts_aside_abstains_and_recuses(panel):
    panel.contest.has_work("灯塔", "3506")
    panel.contest.has_work("船坞", "3509")
    panel.contest.assigns(seed="again")
    work = panel.contest.works["灯塔"]
    text = see(panel.pages, f"{BALLOT}?work={work}", "elias")
    assert all(each in text for each in ("灯塔", "还有 2 件", "（未评）"))
    assert "350" not in text, "a blind round names no unit"
    kept = send(panel.pages, BALLOT, "elias", work=work, does="keep", mark0="88", note="先放着", client_id="k")
    assert "暂存" in see(panel.pages, kept.location, "elias")
    wrong = send(panel.pages, BALLOT, "elias", work=work, does="give", mark0="", client_id="w")
    assert (wrong.status_code, "没有打分" in wrong.text) == (422, True)
    done = send(panel.pages, BALLOT, "elias", work=work, does="give", mark0="88", client_id="g")
    text = see(panel.pages, done.location, "elias")
    assert "还有 1 件" in text
    assert "船坞" in text
    send(panel.pages, BALLOT, "elias", work=panel.contest.works["船坞"], does="recuse", note="合作过", client_id="r")
    text = see(panel.pages, BALLOT, "elias")
    assert "另有 1 件要回避" in text
    assert "还有 0 件" in text
    assert "合作过" in see(panel.pages, f"{OFFICE}/初评", "root")


def test_a_ballot_that_comes_after_its_round_is_refused_with_the_way_on(panel):
    panel.contest.has_work("灯塔", "3506")
    panel.contest.assigns(seed="again")
    text = see(panel.pages, f"{OFFICE}/初评/open", "root")
    send(panel.pages, f"{OFFICE}/初评/open", "root", **told_before(text), sure="1", reason="评审会后")
    late = send(panel.pages, BALLOT, "elias", work=panel.contest.works["灯塔"], does="give", mark0="88", client_id="late")
    assert (late.status_code, "请主办单位写明原因更正" in late.text) == (409, True)


def test_a_ballot_that_was_left_open_is_told_how_the_round_is_taken_up_again(panel):
    panel.contest.has_work("灯塔", "3506")
    panel.contest.assigns(seed="again")
    said = {"work": panel.contest.works["灯塔"], "does": "give", "mark0": "88"}
    typed = {"criteria": "总评=1", "method": "raw", "per_work": "3", "seed": "s", "blind": "1"}
    ended = send(panel.pages, f"{OFFICE}/初评", "root", **typed, closes="2023-01-01T10:00", reason="到期", client_id="e")
    assert ended.status_code == 303, ended.text
    late = send(panel.pages, BALLOT, "elias", **said, client_id="l")
    assert (late.status_code, "已经截止" in late.text, "把这一轮的截止时间改晚" in late.text) == (409, True, True)


def test_a_new_judge_is_named_bound_and_given_works(panel):
    person = panel.contest.node.joins("3501", "王评四", "P4")
    sent = send(panel.pages, f"{OFFICE}/judges", "root", person="P4", unit="3509", field="影视", client_id="n")
    assert sent.status_code == 303, sent.text
    account = panel.pages.accounts["farid"].account
    assert send(panel.pages, f"{OFFICE}/accounts", "root", judge=person, account=account, client_id="b").status_code == 303
    assert "现在没有等您评的作品" in see(panel.pages, "/judge/", "farid")
    made = send(panel.pages, f"{OFFICE}/rounds", "root", name="复评", client_id="c")
    text = see(panel.pages, made.location, "root")
    assert "4 件作品还没有分够 3 位评委" in text
    text = see(panel.pages, f"{OFFICE}/复评/assign", "root")
    assert send(panel.pages, f"{OFFICE}/复评/assign", "root", **told_before(text)).status_code == 303
    assert "复评" in see(panel.pages, "/judge/", "farid")


def test_weights_change_with_a_reason_alone_once_marks_stand(panel):
    typed = {"criteria": "总评=2", "method": "raw", "per_work": "3", "seed": "s", "blind": "1"}
    refused = send(panel.pages, f"{OFFICE}/初评", "root", **typed, client_id="a")
    assert (refused.status_code, "更正要写明原因" in refused.text) == (422, True)
    assert send(panel.pages, f"{OFFICE}/初评", "root", **typed, reason="会议决定", client_id="b").status_code == 303
    assert "会议决定" in see(panel.pages, f"{OFFICE}/初评", "root")
    typed["criteria"] = "科学性=1"
    refused = send(panel.pages, f"{OFFICE}/初评", "root", **typed, reason="换标准", client_id="c")
    assert "标准、满分和档差不能再改" in refused.text


def test_the_host_rules_and_lifts_a_recusal(panel):
    work, judge = panel.contest.works["炉火"], panel.contest.judges["周评一"]
    send(panel.pages, f"{OFFICE}/初评/recusals", "root", does="rule", work=work, judge=judge, note="曾任顾问", client_id="a")
    text = see(panel.pages, f"{OFFICE}/初评", "root")
    assert "主办单位决定回避（曾任顾问）" in text
    assert "评分不计" in text
    send(panel.pages, f"{OFFICE}/初评/recusals", "root", does="lift", work=work, judge=judge, note="查明没有", client_id="b")
    assert "已解除" in see(panel.pages, f"{OFFICE}/初评", "root")


def test_presses_of_the_office_are_taken_back_in_one(panel):
    panel.contest.node.joins("3501", "王评四", "P4")
    undone(panel.pages, send(panel.pages, f"{OFFICE}/judges", "root", person="P4", unit="3509", client_id="n"), "root")
    assert "王评四" not in see(panel.pages, OFFICE, "root")
    undone(panel.pages, send(panel.pages, f"{OFFICE}/rounds", "root", name="决评", client_id="c"), "root")
    assert "决评" not in see(panel.pages, OFFICE, "root")
    work, judge = panel.contest.works["炉火"], panel.contest.judges["周评一"]
    ruled = send(panel.pages, f"{OFFICE}/初评/recusals", "root", does="rule", work=work, judge=judge, note="顾问", client_id="a")
    undone(panel.pages, ruled, "root")
    assert "顾问" not in see(panel.pages, f"{OFFICE}/初评", "root")
