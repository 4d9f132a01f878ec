"""The JSON that programs rely on: keys and types as in docs/commands.md#json."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.kit.program import write

_HOURS = re.compile(r"-?[0-9]+\.[0-9]{2}")
_AMOUNTS = {"joined", "learning", "completed", "certified", "hours", "works", "likes"}


def _certified(program) -> dict:
    program.json("mark", "--person", "001", "--lesson", "V8", "--on", "2023-06-01")
    program.json("mark", "--person", "001", "--sign-in", "--on", "2023-06-01")
    program.json("mark", "--person", "002", "--lesson", "V8", "--on", "2023-06-01")
    return program.json("certificates", "issue")


def _ranked(program, tmp_path) -> dict:
    rows: list[list[Any]] = [["作品链接", "标题", "参与者编号", "账号类型", "点赞数"], ["https://example.org/1", "甲", "001", "个人号", "1.2万"],
            ["https://example.org/2", "乙", "002", "个人号", 90]]  # fmt: skip
    return program.json("import", "likes", write(tmp_path / "likes.xlsx", rows), "--read-at", "2023-06-05T08:00")


def test_open(nothing):
    data = nothing.json("open", "--preset", "escape-drill-2023")
    assert (data["db"], data["setup_link"]) == (str(nothing.path), None)
    assert re.fullmatch("[0-9a-f]{32}", data["campaign"])


@pytest.mark.parametrize("by", ["city", "county", "school", "federation", "line"])
def test_report_units(program, by):
    data = program.json("report", "units", "--by", by)
    assert {"by", "as_of", "heads", "rows", "unassigned", "total", "overlap"} <= data.keys()
    assert (data["by"], data["as_of"]) == (by, None)
    for row in [*data["rows"], data["total"]]:
        assert {"code", "name", "expected"} | _AMOUNTS <= row.keys()
        assert _HOURS.fullmatch(row["hours"])
    assert data["unassigned"].keys() >= _AMOUNTS
    assert data["overlap"].keys() >= _AMOUNTS
    assert data["total"]["joined"] == 3
    sums = {key: sum(row[key] for row in data["rows"]) for key in _AMOUNTS - {"hours"}}
    for key, summed in sums.items():
        assert summed + data["unassigned"][key] - data["total"][key] == data["overlap"][key], key


def test_fujian_has_eleven_city_rows(program):
    rows = program.json("report", "units", "--by", "city")["rows"]
    assert len(rows) == 11
    assert {"3500", "350128"} <= {row["code"] for row in rows}


def test_report_units_as_of(program):
    data = program.json("report", "units", "--by", "city", "--as-of", "2000-01-01")
    assert (data["as_of"], data["total"]["joined"]) == ("2000-01-01", 0)


def test_mark_and_report_hours(program):
    marked = program.json("mark", "--person", "001", "--lesson", "V1", "--minutes", "20", "--on", "2023-06-01")
    assert set(marked) >= {"fact", "person", "credited", "state"}
    assert (marked["credited"], marked["state"]) == ("0.33", "recorded")
    assert program.json("mark", "--person", "001", "--lesson", "V1", "--minutes", "20", "--on", "2023-06-01")["state"] == "known"
    data = program.json("report", "hours", "--person", "001")
    assert {"person", "credited", "required", "missing", "complete", "signed_in", "ready", "lessons"} <= data.keys()
    assert (data["credited"], data["required"], data["missing"], data["complete"]) == ("0.33", "8.00", "7.67", False)
    (lesson,) = data["lessons"]
    assert {"lesson", "minutes", "credited", "because"} <= lesson.keys()
    assert all({"code", "sentence"} <= set(each) for each in lesson["because"])


def test_report_behind(program):
    data = program.json("report", "behind", "--unit", "S1")
    assert data["unit"] == "S1"
    assert [set(row) >= {"person", "name", "credited", "missing", "signed_in"} for row in data["rows"]] == [True, True]
    assert {row["name"] for row in data["rows"]} == {"张三", "李四"}


def test_import(program, tmp_path):
    data = _ranked(program, tmp_path)
    assert {"rows", "new", "changed", "unchanged", "rejected", "rejects", "batch"} <= data.keys()
    assert (data["rows"], data["new"], data["rejected"], data["rejects"]) == (2, 2, 0, [])
    assert data["batch"]


def test_report_standings(program, tmp_path):
    _ranked(program, tmp_path)
    data = program.json("report", "standings", "--limit", "1")
    assert {"at", "rule", "rows", "tied_at_cut"} <= data.keys()
    (row,) = data["rows"]
    assert {"place", "person", "name", "work", "likes", "unit", "city"} <= row.keys()
    assert (row["place"], row["name"], row["likes"], row["city"]) == (1, "张三", 12000, "福州市")
    assert program.json("report", "standings", "--at", "2023-06-01T00:00")["rows"] == []


def test_prizes(program, tmp_path):
    _ranked(program, tmp_path)
    frozen = program.json("prizes", "freeze", "--at", "2023-06-06T00:00")
    assert {"number", "at", "rule", "digest", "rows", "amendments"} <= frozen.keys()
    assert program.json("prizes", "show", "1") == frozen
    assert program.json("prizes", "verify", "1") == {"number": 1, "equal": True, "differences": []}
    outs = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    assert [program("prizes", "export", "1", "--out", out).code for out in outs] == [0, 0]
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_certificates(program):
    data = _certified(program)
    assert {"issued", "already", "refused"} <= data.keys()
    assert (data["issued"], data["already"]) == (1, 0)
    assert [set(each) == {"person", "reason"} for each in data["refused"]] == [True]
    found = program.json("certificates", "verify", data["numbers"][0])
    assert {"number", "state", "name", "issued_on", "reason"} <= found.keys()
    assert (found["state"], found["name"]) == ("valid", "张三")
    program.json("certificates", "revoke", data["numbers"][0], "--reason", "误发")
    assert program.json("certificates", "verify", data["numbers"][0])["state"] == "revoked"
    assert program.json("certificates", "verify", "0000")["state"] == "unknown"


def test_verify_state_hash_and_rebuild(program):
    data = program.json("verify")
    assert {"streams", "facts", "ok", "problems"} <= data.keys()
    assert (data["ok"], data["problems"], data["facts"]) == (True, [], program.state()[0])
    assert program.json("state-hash") == {"scope": "all", "hash": program.state()[1]}
    assert program.json("rebuild")["changed"] is False


def test_packs(program, tmp_path):
    made = program.json("pack", "make", "--out", tmp_path / "all.pack")
    assert {"file", "streams", "facts", "bytes"} <= made.keys()
    assert made["bytes"] == (tmp_path / "all.pack").stat().st_size
    taken = program.json("pack", "accept", tmp_path / "all.pack")
    assert {"segments", "new", "known", "quarantined"} <= taken.keys()
    assert (taken["new"], taken["known"]) == (0, made["facts"])
    assert all({"stream", "from", "to", "result"} <= each.keys() for each in taken["segments"])
    assert program.json("pack", "show", tmp_path / "all.pack")["segments"]


def test_backup_restore_and_doctor(program, tmp_path):
    program.json("backup", "--out", tmp_path / "backup.sqlite")
    before = program.json("state-hash")
    program.fails(2, "data_file_exists", "restore", tmp_path / "backup.sqlite")
    program.path.rename(tmp_path / "lost.sqlite")
    assert program.json("restore", tmp_path / "backup.sqlite")["db"] == str(program.path)
    assert program.json("state-hash") == before
    assert program.json("doctor")["integrity"] == "ok"


def test_person_show_move_correct_and_withdraw(program):
    marked = program.json("mark", "--person", "001", "--lesson", "V1", "--minutes", "6", "--on", "2023-06-01")
    right = program.json("person", "correct", "001", "--fact", marked["fact"][:12], "--minutes", "60", "--reason", "输错")
    assert right["hours"]["credited"] == "1.00"
    assert program.json("withdraw", right["fact"], "--reason", "误改")["state"] == "recorded"
    assert program.json("person", "show", "001")["hours"]["credited"] == "0.10"
    assert program.json("person", "move", "001", "--to", "S2")["unit"] == "S2"
    assert program.json("person", "correct", "001", "--name", "张叁", "--reason", "改名")["fact"]
    shown = program.json("person", "show", "001")
    assert (shown["name"], shown["unit"]) == ("张叁", "S2")
    assert any(not event["stands"] for event in shown["history"])


def test_rules(program):
    shown = program.json("rules", "show", "ranking.cut_off")["rules"]
    assert [(line["key"], line["open"]) for line in shown] == [("ranking.cut_off", True)]
    assert program.json("rules", "set", "ranking.length", "50")["fact"]
    assert program.json("rules", "set", "ranking.length", "50")["fact"] is None


def test_nodes(program, nothing, tmp_path):
    assert nothing.json("node", "request", "--out", tmp_path / "request", "--name", "第一小学")["key"]
    program.json("node", "enrol", tmp_path / "request", "--unit", "S1", "--out", tmp_path / "grant")
    assert nothing.json("node", "accept", tmp_path / "grant")["new"] > 0
    assert {node["state"] for node in program.json("node", "list")["nodes"]} >= {"root", "granted"}
    assert nothing.json("person", "show", "001")["name"] == "张三"
    program.json("node", "revoke", "第一小学", "--reason", "丢失")
    assert "revoked" in {node["state"] for node in program.json("node", "list")["nodes"]}


def test_the_text_for_people_says_the_same(program, tmp_path):
    _ranked(program, tmp_path)
    for words in (["report", "units", "--by", "city"], ["report", "standings"], ["report", "behind", "--unit", "S1"],
                  ["report", "hours", "--person", "001"], ["person", "show", "001"], ["rules", "show"], ["verify"], ["doctor"],
                  ["node", "list"], ["certificates", "issue", "--dry-run"],
                  ["prizes", "freeze", "--at", "2023-06-06"]):  # fmt: skip
        ran = program(*words)
        assert (ran.code, ran.err) == (0, ""), words
        assert ran.out.strip(), words
    assert "张三" in program("report", "standings").out


def test_a_rule_is_tried_out_without_writing(program):
    program.json("mark", "--person", "001", "--lesson", "V1", "--on", "2023-06-01")
    before = program.state()
    tried = program.json("rules", "set", "hours.day_cap_hundredths", "40", "--dry-run")
    assert (tried["dry_run"], tried["people"], tried["gain"]["count"], tried["ready_no_more"]["count"]) == (True, 3, 0, 0)
    assert (tried["lose"]["count"], tried["lose"]["hours"]) == (1, "0.60")
    assert [(each["name"], each["before"], each["after"]) for each in tried["lose"]["first"]] == [("张三", "1.00", "0.40")]
    assert "1.00 → 0.40" in program("rules", "set", "hours.day_cap_hundredths", "40", "--dry-run").out
    program.fails(2, "unknown_rule", "rules", "set", "hours.day", "40", "--dry-run")
    assert program.state() == before
