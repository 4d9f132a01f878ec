"""From a frozen list to its publicity, an objection, an amendment and the files, on the command line."""

from __future__ import annotations

import hashlib

import pytest
from openpyxl import Workbook

from tests.desks.test_shapes import _ranked


@pytest.fixture
def listed(program, tmp_path):
    """A camp with list number 1."""
    _ranked(program, tmp_path)
    program.json("prizes", "freeze", "--at", "2023-06-06T00:00")
    return program


def test_a_list_is_published_objected_to_amended_and_exported(listed, tmp_path):
    posting = listed.json("prizes", "publish", "1", "--days", "3", "--counted", "calendar")
    assert {"number", "starts_on", "ends_on", "shown_until", "counted", "how"} <= posting.keys()
    work = listed.json("prizes", "show", "1")["rows"][0]["work"]
    fact = listed.json("prizes", "object", "1", "--matter", "第1名的作品是搬运的", "--work", work, "--way", "来信")["objection"]
    assert listed("prizes", "answer", "1", fact[:12], "--upheld", "--words", "成立").code == 0
    found = listed.json("prizes", "objections", "1")
    assert (found["phase"], [each["state"] for each in found["objections"]]) == ("open", ["upheld"])
    preview = listed.json("prizes", "amend", "1", "--strike", work, "--reason", "异议成立", "--dry-run")
    assert [(each["before"]["place"], each["after"]) for each in preview["changes"]] == [(1, None)]
    assert listed.json("prizes", "show", "1")["amendments"] == []
    amended = listed.json("prizes", "amend", "1", "--strike", work, "--reason", "异议成立", "--objection", fact)
    assert [each["amendment"] for each in amended["amendments"]] == [1]
    assert len(amended["frozen_rows"]) == len(amended["rows"]) + 1
    assert listed.json("prizes", "verify", "1")["equal"]
    for name, face in (("a.pdf", "public"), ("b.pdf", "handout"), ("c.pdf", "archive"), ("d.xlsx", "archive")):
        assert listed("prizes", "export", "1", "--face", face, "--out", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes()[:4] == (b"%PDF" if name.endswith("pdf") else b"PK\x03\x04")
    assert listed("prizes", "export", "1", "--format", "pdf", "--out", tmp_path / "e.bin").code == 0
    assert (tmp_path / "e.bin").read_bytes() == (tmp_path / "c.pdf").read_bytes()
    assert listed("prizes", "take-down", "1", "--reason", "更正后重新公示").code == 0
    refused = listed("prizes", "export", "1", "--face", "public", "--out", tmp_path / "gone.pdf")
    assert (refused.code, (tmp_path / "gone.pdf").exists()) == (5, False)


def test_a_list_names_the_file_its_counts_came_from(listed, tmp_path):
    (source,) = listed.json("prizes", "show", "1")["sources"]
    assert (source["file"], source["read_at"]) == ("likes.xlsx", "2023-06-05T00:00:00Z")
    assert source["sha256"] == hashlib.sha256((tmp_path / "likes.xlsx").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("publish", "9"), 3), (("publish", "1", "--from", "bald"), 2), (("publish", "1", "--days", "61"), 2),
        (("objections", "9"), 3),
        (("void", "9", "--reason", "试"), 3),
        (("object", "1", "--matter", "请打 13800001234"), 2), (("object", "1", "--matter", "某", "--work", "none"), 3),
        (("answer", "1", "12345678", "--upheld", "--words", "是"), 3), (("amend", "1", "--reason", "试"), 5),
        (("take-down", "1", "--reason", "试"), 5), (("calendar", "none.xlsx"), 3),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_code(listed, args, code):
    assert listed("prizes", *args).code == code


def test_the_years_holidays_are_told_and_listed(listed, tmp_path):
    book = Workbook()
    for row in (("日期", "类型"), ("2023-06-22", "休"), ("2023-06-25", "班")):
        book.active.append(row)
    book.save(tmp_path / "放假.xlsx")
    for _ in range(2):
        told = listed.json("prizes", "calendar", tmp_path / "放假.xlsx")
    assert told == [{"year": 2023, "off": ["2023-06-22"], "work": ["2023-06-25"], "source": "放假.xlsx"}]
    assert listed.json("prizes", "calendar") == told


def test_a_year_that_the_program_brings_is_taken(listed):
    (told,) = listed.json("prizes", "calendar", "--known", "2023")
    assert (told["year"], len(told["off"]), len(told["work"])) == (2023, 26, 7)
    assert "国务院办公厅" in told["source"]
    listed.fails(3, "unknown_fact", "prizes", "calendar", "--known", "2019")


def test_a_list_made_in_error_is_void_and_made_again(listed, tmp_path):
    listed.fails(2, "missing_value", "prizes", "void", "1", "--reason", " ")
    void = listed.json("prizes", "void", "1", "--reason", "截止时间写错了")
    assert (void["number"], void["void_reason"], len(void["rows"]) > 0) == (1, "截止时间写错了", True)
    assert "作废" in listed.json("prizes", "verify", "1")["void"]
    assert "作废：截止时间写错了" in listed("prizes", "show", "1").out
    listed.fails(5, "list_void", "prizes", "publish", "1")
    assert listed("prizes", "export", "1", "--face", "handout", "--out", tmp_path / "x.pdf").code == 5
    again = listed.json("prizes", "freeze", "--at", "2023-06-06T00:00")
    assert (again["number"], again["voided_on"], again["rows"]) == (2, None, void["rows"])


def test_a_day_is_the_whole_day_on_the_command_line(listed, tmp_path):
    frozen = listed.json("prizes", "freeze", "--at", "2023-06-05")
    assert frozen["at"] == "2023-06-06T00:00:00+08:00"
    assert frozen["rows"] == listed.json("report", "standings", "--at", "2023年6月5日")["rows"]
    sheet = tmp_path / "likes.xlsx"
    listed.json("import", "likes", sheet, "--read-at", "2023-06-04")
    at_its_end = listed.json("report", "standings", "--at", "2023-06-04")
    before = listed.json("report", "standings", "--at", "2023-06-04 18:00")
    assert (len(at_its_end["rows"]) > 0, before["rows"]) == (True, [])
    assert listed.json("import", "likes", sheet, "--read-at", "2023/6/4")["new"] == 0
    listed.json("rules", "set", "ranking.cut_off", "2023-06-04", "--reason", "试")
    assert listed.json("report", "standings")["at"] == "2023-06-05T00:00:00+08:00"
