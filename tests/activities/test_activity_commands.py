"""`campmgr activity`, and a root that never had a camp, with a made-up sort of activity."""

from __future__ import annotations

import pytest

from tests.kit.program import Program
from tests.kit.walks.area import WITH_WALKS


@pytest.fixture
def camp(tmp_path, capsys) -> Program:
    console = Program(tmp_path / "camp.sqlite", capsys, WITH_WALKS)
    console.json("open", "--preset", "escape-drill-2023")
    return console


@pytest.fixture
def root(tmp_path, capsys) -> Program:
    console = Program(tmp_path / "root.sqlite", capsys, WITH_WALKS)
    console.json("open", "--preset", "walks-2024", "--code", "XC")
    return console


def test_opening_listing_showing_amending_closing_and_opening_again(camp):
    opened = camp.json("activity", "open", "--preset", "walks-2024", "--code", "XC", "--host", "3501", "--seat", "relay")
    assert {name: opened[name] for name in ("code", "sort", "name", "host", "seat", "open", "version", "known")} == {
        "code": "XC", "sort": "walks", "name": "2024年安全巡查", "host": "3501", "seat": "relay", "open": True, "version": 1,
        "known": True}  # fmt: skip
    listed = camp.json("activity", "list")["activities"]
    assert [(each["code"], each["sort"], each["open"]) for each in listed] == [("camp", "camp", True), ("XC", "walks", True)]
    before = camp.json("activity", "amend", "XC", "walks.least_minutes", 20, "--dry-run")
    assert (before["now"], before["value"], before["dry_run"], before["frozen"]) == ("30", "20", True, [])
    assert camp.json("activity", "amend", "XC", "walks.least_minutes", 20, "--reason", "太长")["fact"]
    assert camp.json("activity", "amend", "XC", "walks.least_minutes", 20)["fact"] is None
    assert camp.json("activity", "show", opened["activity"][:8])["version"] == 2
    assert [each["value"] for each in camp.json("rules", "show", "walks.least_minutes", "--activity", "XC")["rules"]] == ["20"]

    camp.json("walk", "--unit", "3501", "--place", "仓库", "--minutes", 5)
    left = camp.json("activity", "close", "XC", "--reason", "到期", "--dry-run")
    assert left["open_items"] == [{"words": "时间不够的巡查", "count": 1}]
    assert camp.json("activity", "close", "XC", "--reason", "到期")["fact"]
    assert camp.json("activity", "show", "XC")["reason"] == "到期"
    camp.fails(5, "activity_closed", "walk", "--unit", "3501", "--place", "码头", "--minutes", 40, "--activity", "XC")
    assert camp.json("activity", "reopen", "XC", "--reason", "补报")["facts"]
    camp.json("walk", "--unit", "3501", "--place", "码头", "--minutes", 40)


def test_where_several_fit_the_activity_must_be_named_and_what_is_settled_is_told(camp):
    for code in ("A", "B"):
        camp.json("activity", "open", "--preset", "walks-2024", "--code", code)
    camp.fails(2, "ambiguous_activity", "walk", "--unit", "3501", "--place", "仓库", "--minutes", 40)
    camp.json("walk", "--unit", "3501", "--place", "已存档", "--minutes", 40, "--activity", "A")
    told = camp.json("activity", "amend", "A", "walks.least_minutes", 50, "--dry-run")
    assert told["frozen"] == [{"words": "已存档的巡查", "count": 1}]
    for words, reason in (
        (("activity", "show", "none"), "unknown_activity"),
        (("walk", "--unit", "3501", "--place", "x", "--minutes", 40, "--activity", "camp"), "unknown_activity"),
        (("activity", "amend", "A", "hours.unit_minutes", 45), "unknown_rule"),
        (("activity", "amend", "A", "walks.least_minutes", 0), "out_of_range"),
        (("activity", "open", "--preset", "walk-2024", "--code", "C"), "unknown_word"),
        (("activity", "open", "--preset", "walks-2024", "--code", "a b"), "bad_code"),
        (("activity", "open", "--preset", "walks-2024", "--code", "A", "--host", "3502"), "conflict"),
    ):
        camp.fails(3 if reason == "unknown_activity" else 5 if reason == "conflict" else 2, reason, *words)


def test_the_camp_is_an_activity_too(camp):
    assert camp.json("activity", "show", "camp")["version"] == 1
    camp.json("activity", "amend", "camp", "certificate.required_hundredths", "600")
    assert camp.json("rules", "show", "certificate.required_hundredths")["rules"][0]["value"] == "600"
    camp.json("activity", "close", "camp", "--reason", "到期")
    assert not camp.json("activity", "show", "camp")["open"]
    camp.json("activity", "reopen", "camp", "--reason", "误按")
    camp.json("activity", "open", "--preset", "escape-drill-2023", "--code", "2024")
    assert [each["open"] for each in camp.json("activity", "list")["activities"]] == [False, True]


def test_a_root_of_another_sort_has_no_camp_and_none_of_its_settings(root):
    assert [(each["code"], each["sort"]) for each in root.json("activity", "list")["activities"]] == [("XC", "walks")]
    shown = {each["key"].partition(".")[0] for each in root.json("rules", "show")["rules"]}
    assert "limits" in shown
    assert not shown & {"camp", "hours", "certificate", "prizes", "works", "live"}
    root.fails(2, "unknown_rule", "rules", "set", "hours.unit_minutes", 45)
    root.json("rules", "set", "limits.name_characters", 50)
    (root.path.parent / "x.csv").write_text("编号,姓名,单位代码\n1,阿雅,ROOT\n", "utf-8")
    assert root.json("import", "people", root.path.parent / "x.csv")["new"] == 1
    for words in (("mark", "--person", "1", "--lesson", "V1"), ("import", "marks", root.path.parent / "x.csv"), ("report", "behind",
                  "--unit", "ROOT"), ("certificates", "issue"), ("prizes", "show", 1)):  # fmt: skip
        root.fails(5, "no_camp", *words)
    root.json("walk", "--unit", "ROOT", "--place", "仓库", "--minutes", 40)
    assert root.json("verify")["ok"]
    assert root.json("rebuild")["changed"] is False


def test_an_older_program_opens_such_a_root_and_says_what_it_does_not_know(root):
    older = Program(root.path, root.capture)
    assert [(each["known"], each["name"]) for each in older.json("activity", "list")["activities"]] == [(False, "2024年安全巡查")]
    older.fails(5, "refused_by_rule", "activity", "amend", "XC", "walks.least_minutes", 20)


def test_a_camps_own_code_is_fixed(tmp_path, capsys):
    Program(tmp_path / "x.sqlite", capsys).fails(2, "bad_code", "open", "--preset", "escape-drill-2023", "--code", "2023")
