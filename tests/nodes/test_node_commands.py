"""`campmgr node` from the outside: a lost laptop comes back with a new key, and a lost root with its sheet."""

from __future__ import annotations

import stat

import pytest

from tests.kit.program import Program


@pytest.fixture
def school(program, nothing, tmp_path):
    """A school's laptop, enrolled, that has said something since."""
    nothing.json("node", "request", "--out", tmp_path / "request")
    program.json("node", "enrol", tmp_path / "request", "--unit", "S1", "--out", tmp_path / "grant")
    nothing.json("node", "accept", tmp_path / "grant")
    return nothing


def _credited(program: Program, person: str) -> str:
    return str(program.json("report", "hours", "--person", person)["credited"])


def test_a_revoked_laptop_asks_anew_and_what_it_said_is_let_count(program, school, tmp_path):
    (listed,) = [each for each in program.json("node", "list")["nodes"] if each["unit"]]
    assert (listed["name"], listed["number"], listed["state"]) == ("第一小学第1台", 1, "granted")
    assert program.json("node", "revoke", "第一小学", "--dry-run")["revoked"] == [
        {"node": listed["node"], "name": "第一小学第1台", "fact": None}
    ]
    revoked = program.json("node", "revoke", "第一小学", "--reason", "丢失")
    assert (revoked["node"], len(revoked["fact"])) == (listed["node"], 64)
    school.json("mark", "--person", "001", "--lesson", "V1", "--on", "2023-06-02")
    school.json("pack", "make", "--out", tmp_path / "up")
    assert program.json("pack", "accept", tmp_path / "up")["quarantined"] == 1
    assert _credited(program, "001") == "0.00"
    (stretch,) = program.json("node", "quarantine")["stretches"]
    assert (stretch["name"], stretch["reason"], stretch["count"]) == ("第一小学第1台", "revoked", 1)
    assert "撤销之后才收到" in program("node", "quarantine").out
    program.json("node", "admit", stretch["chain"][:12], "--reason", "核对过")
    assert _credited(program, "001") == "1.00"
    assert program.json("node", "quarantine")["stretches"] == []
    program.fails(3, "unknown_fact", "node", "admit", stretch["chain"], "--reason", "再来")

    school.json("node", "request", "--out", tmp_path / "again")
    assert "--new-key" in program.fails(5, "refused_by_rule", "node", "enrol", tmp_path / "again", "--unit", "S1",
                                        "--out", tmp_path / "no")["hint"]  # fmt: skip
    school.json("node", "request", "--new-key", "--out", tmp_path / "anew")
    program.json("node", "enrol", tmp_path / "anew", "--unit", "S1", "--out", tmp_path / "grant2")
    school.json("node", "accept", tmp_path / "grant2")
    school.json("mark", "--person", "002", "--lesson", "V1", "--on", "2023-06-02")
    school.json("pack", "make", "--out", tmp_path / "up2")
    assert program.json("pack", "accept", tmp_path / "up2")["quarantined"] == 0
    assert _credited(program, "002") == "1.00"


def test_the_sheet_is_written_once_and_continues_the_camp(nothing, tmp_path):
    sheet, path = tmp_path / "sheet.txt", nothing.path
    opened = nothing.json("open", "--preset", "escape-drill-2023", "--recovery-out", sheet)
    assert (opened["recovery"], opened["recovery_file"]) == (None, str(sheet))
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    nothing.json("backup", "--out", tmp_path / "backup")
    path.rename(tmp_path / "stolen.sqlite")
    nothing.fails(2, "data_file_exists", "open", "--preset", "escape-drill-2023", "--recovery-out", sheet)
    assert not path.exists()
    recovered = nothing.json("node", "recover", tmp_path / "backup", "--sheet", sheet)
    nothing.json("rules", "set", "ranking.length", "5")
    assert [each["state"] for each in nothing.json("node", "list")["nodes"]] == ["root"]
    assert recovered["db"] == str(path)
    newer = tmp_path / "newer.txt"
    nothing.json("node", "new-recovery", "--sheet", sheet, "--out", newer)
    nothing.json("backup", "--out", tmp_path / "backup2")
    path.unlink()
    nothing.fails(2, "wrong_recovery_code", "node", "recover", tmp_path / "backup2", "--sheet", sheet)
    assert not path.exists()
    nothing.json("node", "recover", tmp_path / "backup2", "--sheet", newer)


def test_without_a_file_the_code_is_shown_once(nothing, tmp_path):
    code = nothing.json("open", "--preset", "escape-drill-2023")["recovery"]
    assert [len(group) for group in code.split("-")] == [8] * 4
    assert code.encode() not in b"".join(part.read_bytes() for part in tmp_path.glob("none.sqlite*"))


@pytest.mark.parametrize("text", ["", "恢复单", "AAAAAAAA-AAAAAAAA-AAAAAAAA-AAAAAAAA"])
def test_what_is_no_sheet_is_told(program, tmp_path, text):
    (tmp_path / "sheet").write_text(text, "utf-8")
    program.json("backup", "--out", tmp_path / "backup")
    other = Program(tmp_path / "other.sqlite", program.capture)
    other.fails(2, "wrong_recovery_code", "node", "recover", tmp_path / "backup", "--sheet", tmp_path / "sheet")
    other.fails(2, "unreadable_file", "node", "recover", tmp_path / "backup", "--sheet", tmp_path / "no such")
    program.fails(2, "data_file_exists", "node", "recover", tmp_path / "backup", "--sheet", tmp_path / "sheet")
