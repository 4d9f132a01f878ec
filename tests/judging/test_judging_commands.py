"""`campmgr judge`, `campmgr judging` and `campmgr report scores`: their JSON, and what they refuse."""

from __future__ import annotations

import pytest

from campmgr.ids import person_code
from tests.judging.stage import Contest
from tests.kit.program import Program

KEYS = "place entry title unit score raw trimmed centred standard borda marks spread note".split()


@pytest.fixture
def office(contest: Contest, capsys) -> tuple[Program, Contest]:
    """Two works, two people who may be named judges."""
    contest.has_work("晨曦", "3502")
    contest.has_work("炉火", "3503")
    for name, number in (("周评一", "P1"), ("吴评二", "P2")):
        contest.judges[name] = contest.node.joins("35", name, number)
    contest.node.close()
    return Program(contest.node.path, capsys), contest


def test_a_round_from_naming_to_its_report(office):
    run, contest = office
    first, work = person_code(contest.judges["周评一"]), contest.works["晨曦"]
    for who, unit, trade in (("P1", "3507", "影视"), ("P2", "3502", "媒体")):
        assert run("judge", "name", "--person", who, "--unit", unit, "--field", trade, "--json").code == 0
    assert run("judging", "set", "初评", "--per-work", "1", "--seed", "甲", "--json").data["round"] == "初评"
    tried = run("judging", "assign", "初评", "--per-work", "1", "--seed", "s", "--dry-run", "--json").data
    assert tried.keys() == {"round", "seed", "pairs", "load", "recused", "short"}
    assert tried["recused"] == [{"entry": work, "judge": contest.judges["吴评二"], "why": "same_unit"}]
    assert tried["load"] == {"least": 1, "most": 1}
    assert run("judging", "assign", "初评", "--per-work", "1", "--seed", "s", "--json").data == tried
    judges = {each["name"]: each for each in run("judge", "list", "--json").data["judges"]}
    assert judges["吴评二"] == {
        "person": contest.judges["吴评二"], "name": "吴评二", "unit": "厦门市", "city": "厦门市", "field": "媒体",
        "assigned": 1, "scored": 0, "abstained": 0, "recused": 1,
    }  # fmt: skip
    score = ("judging", "score", work, "--round", "初评", "--judge", first)
    for marks, reason in (("9 8 7 8 6", "missing_value"), ("9 8 7 8 6 11", "out_of_range"), ("9 8 7 8 6 8.25", "out_of_range"),
                          ("9 8 7 8 6 九分", "bad_number")):  # fmt: skip
        refused = run(*score, "--marks", marks, "--json")
        assert (refused.code, refused.error["reason"]) == (2, reason), marks
    assert run(*score, "--marks", "9 8 7 8 6 10", "--json").code == 0
    told = run("judging", "progress", "初评", "--json").data
    assert {each["person"]: each["left"] for each in told["judges"]} == {contest.judges["周评一"]: 0, contest.judges["吴评二"]: 1}
    assert (told["state"], run("report", "scores", "初评", "--json").code) == ("set", 5)
    assert run("judging", "open", "初评", "--reason", "收齐", "--json").data["state"] == "opened"
    report = run("report", "scores", "初评", "--json").data
    assert [list(row) for row in report["rows"]] == [KEYS, KEYS]
    assert (report["rows"][0]["score"], report["rows"][0]["title"]) == ("80.0000", "晨曦")
    assert report["agreement"].keys() == {"alpha", "per_criterion"}
    assert run("report", "scores", "初评", "--without", first, "--json").data["rows"][0]["score"] is None
    assert run(*score, "--marks", "9 8 7 8 6 9", "--json").code == 5
    assert run(*score, "--marks", "9 8 7 8 6 9", "--reason", "录错", "--json").code == 0
    listed = run("judging", "list", "--json").data["rounds"][0]
    assert [each["reason"] for each in listed["openings"]] == ["收齐"]


def test_recusals_are_declared_ruled_and_lifted(office):
    run, contest = office
    assert run("judge", "name", "--person", "P1", "--unit", "3507").code == 0
    assert run("judging", "set", "初评").code == 0
    about = ("judging", "recuse", contest.works["晨曦"], "--round", "初评", "--judge", "P1")
    assert "已登记回避" in run(*about, "--note", "合作过").out
    assert "本人申请回避（合作过）" in run("judging", "assign", "初评", "--per-work", "1").out
    assert run(*about, "--lift").code == 2, "a reason is asked for"
    assert "已解除回避" in run(*about, "--lift", "--note", "查明没有").out
    assert run("judging", "progress", "没有的", "--json").error["reason"] == "unknown_activity"
