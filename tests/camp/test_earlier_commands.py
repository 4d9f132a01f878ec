"""Reports of last year on the command line, beside this year's (docs/ledger.md#earlier-camps)."""

from __future__ import annotations

from tests.kit.program import Program


def test_reports_of_both_camps_stand_beside_each_other(program: Program):
    program.json("mark", "--person", "001", "--lesson", "V8", "--on", "2023-06-10")
    program.json("mark", "--person", "001", "--sign-in", "--on", "2023-06-10")
    (issued,) = [program.json("certificates", "issue")]
    assert issued["issued"] == 1
    before = program.json("report", "units", "--by", "school")
    hours = program.json("report", "hours", "--person", "001")
    behind = program.json("report", "behind", "--unit", "S1")
    program.json("activity", "open", "--preset", "escape-drill-2023", "--code", "2024")

    now = program.json("report", "units", "--by", "school")
    assert now["total"]["joined"] == 0
    assert program.json("report", "behind", "--unit", "S1")["rows"] == []
    for asked in ("camp",):
        then = program.json("report", "units", "--by", "school", "--activity", asked)
        assert (then["rows"], then["total"]) == (before["rows"], before["total"])
        assert program.json("report", "hours", "--person", "001", "--activity", asked) == hours
        assert program.json("report", "behind", "--unit", "S1", "--activity", asked)["rows"] == behind["rows"]
    assert program.json("report", "units", "--by", "school", "--activity", "2024")["total"] == now["total"]


def test_people_are_carried_over_and_taken_back(program: Program):
    program.json("activity", "open", "--preset", "escape-drill-2023", "--code", "2024")
    tried = program.json("person", "carry-over", "--unit", "S1", "--all", "--dry-run")
    assert (tried["carried"], tried["batch"]) == (2, None)
    done = program.json("person", "carry-over", "--unit", "S1", "--all")
    assert program.json("report", "units", "--by", "school")["total"]["joined"] == 2
    program.json("withdraw", done["batch"], "--reason", "带错了")
    assert program.json("report", "units", "--by", "school")["total"]["joined"] == 0


def test_what_is_over_is_neither_opened_again_nor_amended(program: Program):
    opening = ["activity", "open", "--preset", "escape-drill-2023", "--code"]
    assert program.json(*opening, "2024") == program.json(*opening, "2024")
    program.fails(5, "conflict", *opening, "2024", "--seat", "relay")
    program.fails(5, "conflict", *opening, "camp")
    before = program.state()
    for words in (["activity", "amend", "camp"], ["rules", "set", "--activity", "camp"]):
        program.fails(5, "earlier_camp", *words, "certificate.required_hundredths", "100")
    program.fails(5, "earlier_camp", "duty", "give", "--person", "001", "--duty", "专家", "--activity", "camp")
    assert program.state() == before
    assert program.json("rules", "set", "certificate.required_hundredths", "100", "--activity", "2024", "--dry-run")["dry_run"]
    program.json("activity", "close", "2024", "--reason", "到期")
    assert "以前的" in program.fails(5, "conflict", *opening, "2024")["sentence"]
    assert "已结束" not in program("activity", "reopen", "2024", "--reason", "补报").out
