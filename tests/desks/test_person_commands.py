"""`campmgr person show` tells a person's story to whoever sits at the machine."""

from __future__ import annotations

import sqlite3

import openpyxl


def test_the_history_says_in_words_what_was_recorded(program):
    program.json("mark", "--person", "001", "--lesson", "V1", "--on", "2023-06-01")
    program.json("person", "move", "001", "--to", "S2", "--on", "2023-06-02")
    told = program("person", "show", "001").out
    story = told[told.index("内容") :].splitlines()[2:]
    assert [row.split()[2] for row in story] == ["转到其他单位", "学习", "个人信息", "登记人员"]
    for row, words in zip(story, ("第二小学", "V1 家庭用电安全", "姓名 张三", "第一小学"), strict=True):
        assert words in row


def test_a_copy_and_a_receipt_are_written_and_the_copy_is_noted(program, tmp_path):
    copy, paper = tmp_path / "copy.xlsx", tmp_path / "receipt.pdf"
    assert program.json("person", "copy", "001", "--out", str(copy))["file"] == str(copy)
    cells = [str(cell) for sheet in openpyxl.load_workbook(copy) for row in sheet.values for cell in row]
    assert "张三" in cells
    assert "命令行" in cells, "the copy tells of itself who took it"
    assert program.json("person", "copy", "001", "--out", str(tmp_path / "copy.pdf"))["file"].endswith(".pdf")
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
    assert program("person", "receipt", "001", "--out", str(paper)).code == 3
    code = program.json("person", "show", "001")["code"]
    program.json("person", "erase", "001", "--reason", "本人要求")
    assert program.json("person", "receipt", code, "--out", str(paper))["gone"] == 1
    assert paper.read_bytes().startswith(b"%PDF")


def test_what_is_kept_beyond_its_day_is_shown_then_erased_once(program):
    assert program.json("person", "expire", "--dry-run")["people"] == 3
    assert program("person", "expire").code == 5, "no day is set"
    program.json("rules", "set", "people.keep_until", "2023-01-01")
    shown = program.json("person", "expire", "--dry-run")
    assert (shown["due"], shown["people"], shown["erased"]) == (True, 3, 0)
    assert program.json("person", "expire")["erased"] == 3
    assert program.json("person", "expire")["erased"] == 0
    assert "李四".encode() not in program.path.read_bytes()


def test_a_telephone_is_masked_until_it_is_asked_for_and_then_noted(program):
    program.json("person", "correct", "001", "--phone", "13812345678", "--reason", "换了号码")
    masked = program.json("person", "show", "001")
    assert masked["phone"] == "138****5678"
    assert "13812345678" not in str(masked) + program("person", "show", "001").out
    with sqlite3.connect(program.path) as file:
        assert not file.execute("select count(*) from local_looks").fetchone()[0]
    assert program.json("person", "show", "001", "--phone")["phone"] == "13812345678"
    with sqlite3.connect(program.path) as file:
        assert file.execute("select actor, what from local_looks").fetchall() == [("command", "phone")]
