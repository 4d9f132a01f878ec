"""Files that are no spreadsheets, too large, or of another encoding: a sentence, exit code 2, and nothing written."""

from __future__ import annotations

import random
import zipfile

import pytest

from tests.kit.program import write

_ROWS = [["编号", "姓名", "单位代码"], ["070", "赵六", "S1"], ["071", "䶮", "S2"]]


def _refused(program, reason, path, *more):
    before = program.state()
    error = program.fails(2, reason, "import", "people", path, *more)
    assert program.state() == before
    return error


def _zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv", ""])
def test_an_empty_file(program, tmp_path, suffix):
    path = tmp_path / f"people{suffix}"
    path.write_bytes(b"")
    _refused(program, "empty_file", path)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".ods"])
def test_a_zip_that_was_renamed(program, tmp_path, suffix):
    _refused(program, "unreadable_file", _zip(tmp_path / f"people{suffix}"))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 200, b"%PDF-1.7\n\xff\xfe\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900,
                                     b"<html><table><tr><td>1</td></tr></table></html>", b"PK\x03\x04broken", b"\xff" * 99,
                                             b"SQLite format 3\0" * 50])  # fmt: skip
def test_what_is_no_spreadsheet(program, tmp_path, content):
    (tmp_path / "people.xlsx").write_bytes(content)
    _refused(program, "unreadable_file", tmp_path / "people.xlsx")


def test_a_missing_file_a_folder_and_our_own_data_file(program, tmp_path):
    _refused(program, "unreadable_file", tmp_path / "nowhere.xlsx")
    _refused(program, "unreadable_file", tmp_path)
    assert program("import", "people", program.path, "--json").code == 2


def test_a_file_over_the_limit_is_refused_unread(program, tmp_path):
    program.json("rules", "set", "limits.import_bytes", "2048")
    path = write(tmp_path / "people.csv", [_ROWS[0], *([f"{number}", "人", "S1"] for number in range(300))])
    error = _refused(program, "too_large", path)
    assert "上限" in error["sentence"]
    program.json("rules", "set", "limits.import_bytes", "100000")
    assert program.json("import", "people", path)["new"] == 300


def test_a_file_that_unpacks_to_too_much(program, tmp_path):
    path = write(tmp_path / "people.xlsx", _ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 210_000_000)
    _refused(program, "too_large", path)


@pytest.mark.parametrize(("encoding", "bom"), [("utf-8", b""), ("utf-8-sig", b""), ("gb18030", b""), ("utf-16", b"")])
def test_every_encoding_that_offices_use(program, tmp_path, encoding, bom):
    path = write(tmp_path / "people.csv", _ROWS, encoding)
    path.write_bytes(bom + path.read_bytes())
    assert program.json("import", "people", path)["new"] == 2
    assert program.json("person", "show", "071")["name"] == "䶮"


@pytest.mark.parametrize(("rows", "reason"), [([["a", "b"], [1, 2]], "missing_column"), ([["编号", "单位代码"], ["1", "S1"]],
        "missing_column"),
                                             ([["姓名", "姓名"], ["甲", "乙"]], "repeated_column"), ([[" "], [None]],
                                             "empty_file")])  # fmt: skip
def test_headings_that_do_not_serve(program, tmp_path, rows, reason):
    _refused(program, reason, write(tmp_path / "people.xlsx", rows))


def test_headings_without_rows_are_no_error(program, tmp_path):
    data = program.json("import", "people", write(tmp_path / "people.csv", _ROWS[:1]))
    assert (data["rows"], data["batch"]) == (0, None)


def test_a_quote_without_its_partner_takes_nothing(program, tmp_path):
    (tmp_path / "people.csv").write_text('编号,姓名,单位代码\n070,赵六,S1\n071,"钱七,S1\n072,孙八,S1\n', "utf-8")
    _refused(program, "unreadable_file", tmp_path / "people.csv")


@pytest.mark.drawn(whole=240, usual=12)
def test_spoiled_copies_of_a_good_file_never_stop_the_program(program, tmp_path, draws):
    whole, dice = write(tmp_path / "good.xlsx", _ROWS).read_bytes(), random.Random(2)
    for number in range(draws):
        spoiled = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        if number % 3 == 0:
            del spoiled[dice.randrange(len(spoiled)) :]
        (tmp_path / "spoiled.xlsx").write_bytes(spoiled)
        ran = program("import", "people", tmp_path / "spoiled.xlsx", "--dry-run", "--json")
        assert ran.code in {0, 2}, ran.err
        assert "程序出错" not in ran.err
