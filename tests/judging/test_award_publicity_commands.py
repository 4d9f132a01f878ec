"""`campmgr awards publish` and what follows: a list is put up, objected to, answered and taken down from the command line."""

from __future__ import annotations

from tests.judging.stage import Contest
from tests.kit.program import Program


def test_a_list_goes_public_is_objected_to_and_answered(contest: Contest, capsys):
    work = contest.has_work("晨曦", "3502")
    contest.has_judge("周评一", "3507")
    contest.sets(criteria=(("总评", 1),), scale=100, step=1)
    contest.assigns(per_work=1)
    contest.gives("周评一", "晨曦", 90)
    contest.opened()
    contest.node.close()
    run = Program(contest.node.path, capsys)
    assert run("rules", "set", "awards.classes", "金奖=1", "--activity", "sp").code == 0
    assert run("awards", "freeze", "初评", "--remark", "只有一位评委").code == 0
    assert run("awards", "objections", "1", "--json").data == {
        "number": 1, "phase": "none", "posting": None, "taken_down_on": None, "taken_down_for": None, "objections": []}  # fmt: skip
    early = run("awards", "take-down", "1", "--reason", "有误", "--json")
    assert (early.code, early.error["reason"]) == (5, "list_taken_down")
    assert run("awards", "publish", "1", "--from", "明天", "--json").error["reason"] == "bad_date"
    posting = run("awards", "publish", "1", "--json").data
    assert posting.keys() == {"number", "starts_on", "ends_on", "shown_until", "counted", "how"}
    assert run("awards", "object", "1", "--matter", "雷同", "--line", "没有的", "--json").error["reason"] == "unknown_work"
    assert run("awards", "object", "1", "--matter", "请打 13812345678", "--json").code == 2
    fact = run("awards", "object", "1", "--matter", "画面雷同", "--line", work, "--way", "来信", "--json").data["objection"]
    assert run("awards", "answer", "1", "ffffffffff", "--rejected", "--words", "不属实", "--json").code == 3
    assert run("awards", "answer", "1", fact[:7], "--rejected", "--words", "不属实", "--json").code == 3, (
        "too short to be told apart"
    )
    told = run("awards", "answer", "1", fact[:12], "--rejected", "--words", "经核对不属实", "--json").data
    assert told["phase"] == "open"
    (one,) = told["objections"]
    assert {key: one[key] for key in ("objection", "line", "title", "way", "matter", "state", "answer", "late")} == {
        "objection": fact, "line": work, "title": "晨曦", "way": "来信", "matter": "画面雷同", "state": "rejected",
        "answer": "经核对不属实", "late": False}  # fmt: skip
    assert "经核对不属实" in run("awards", "objections", "1").out
    down = run("awards", "take-down", "1", "--reason", "发现有误", "--json").data
    assert (down["phase"], down["taken_down_for"]) == ("down", "发现有误")
    assert run("awards", "publish", "9", "--json").code == 3
