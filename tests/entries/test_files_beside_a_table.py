"""`import entries FILE --files FOLDER`: each file finds its work by its name, number or title; all are told of."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from campmgr.areas.entries.rules.file_names import NumberedWork, file_meant
from campmgr.demo.media import made_picture
from tests.kit.program import Program

ONE = NumberedWork("1", "守夜", "图片类", "e1")
TWO = NumberedWork("2", "守夜（二）", "图片类", "e2")
THREE = NumberedWork("3", "街头/巷尾", "音视频类", "e3", ("C.mp4",))


@pytest.mark.parametrize(
    ("name", "entry", "role"),
    [("01-守夜.jpg", "e1", "作品"), ("1.JPG", "e1", "作品"), ("1、守夜.jpg", "e1", "作品"), ("守夜.jpg", "e1", "作品"),
     ("01-2-守夜.jpg", "e1", "作品"), ("守夜-海报.jpg", "e1", "海报"), ("02-守夜（二）脚本.docx", "e2", "脚本"),
     ("c.MP4", "e3", "作品"), ("03-街头_巷尾.mp4", "e3", "作品"), ("街头_巷尾.mp4", "e3", "作品"), ("守夜（二）.png", "e2", "作品"),
     ("03.证明.pdf", "e3", "证明")],
)  # fmt: skip
def test_a_file_finds_its_work(name, entry, role):
    meant = file_meant(name, (ONE, TWO, THREE))
    assert (meant.work and meant.work.entry, meant.role, meant.trouble) == (entry, role, "")


@pytest.mark.parametrize(
    ("name", "why"),
    [("01-守夜（二）.jpg", "名称却是"), ("04-别的.jpg", "没有这个序号"), ("笔记.txt", "没有这个序号"), ("2023-06-01.jpg", "没有这个序号"),
     ("海报.jpg", "没有这个序号")],
)  # fmt: skip
def test_what_fits_none_or_two_is_left_with_the_reason(name, why):
    meant = file_meant(name, (ONE, TWO, THREE))
    assert (meant.work, why in meant.trouble) == (None, True)


def test_two_rows_of_one_title_ask_for_the_number():
    twice = (ONE, NumberedWork("2", "守夜", "音视频类", "e9"))
    assert "不止一件" in file_meant("守夜.jpg", twice).trouble
    assert file_meant("02-守夜.jpg", twice).work == twice[1]


@pytest.fixture
def table(program: Program, tmp_path) -> Path:
    """A table of three works of a unit, and a folder with files that fit, some that do not, one named and not there."""
    program("activity", "open", "--preset", "works-collection-2023", "--code", "zp")
    rows = [("序号", "作品名称", "作品类型", "具体形式", "文件名"), ("1", "守夜", "图片类", "海报", ""), ("2", "街头", "图片类", "摄影", "b.png、没有.png"),
            ("3", "巷尾", "图片类", "摄影", "")]  # fmt: skip
    with (tmp_path / "t.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    folder = tmp_path / "作品"
    (folder / "图片").mkdir(parents=True)
    (folder / "01-守夜.png").write_bytes(made_picture(1, 400, 300))
    (folder / "图片" / "b.png").write_bytes(made_picture(2, 400, 300))
    (folder / "巷尾.png").write_bytes(made_picture(3, 100, 80))
    (folder / "说明.txt").write_text("略", "utf-8")
    (folder / "03-守夜.png").write_bytes(made_picture(4, 400, 300))
    (folder / "Thumbs.db").write_bytes(b"x")
    return tmp_path / "t.csv"


def _told(found: dict) -> dict[str, str]:
    return {each["file"]: each["state"] for each in found["files"]}


def test_every_file_is_accounted_for_attached_once_and_taken_back_with_its_table(program, table):
    words = ("import", "entries", str(table), "--unit", "3501", "--activity", "zp", "--files", str(table.parent / "作品"))
    tried = program.json(*words, "--dry-run")
    expected = {"01-守夜.png": "attached", "b.png": "attached", "巷尾.png": "attached", "说明.txt": "left", "03-守夜.png": "left"}
    assert (_told(tried), tried["missing"], tried["batch"]) == (expected, ["没有.png"], None)
    found = program.json(*words)
    assert (found["new"], _told(found), found["missing"]) == (3, expected, ["没有.png"])
    sentences = {each["file"]: each["sentence"] for each in found["files"]}
    assert "字节" in sentences["巷尾.png"], "attached all the same, and told"
    again = program.json(*words)
    assert (again["new"], again["unchanged"]) == (0, 3)
    assert set(_told(again).values()) == {"unchanged", "left"}
    shown = program(
        "import", "entries", str(table), "--unit", "3501", "--activity", "zp", "--files", str(table.parent / "作品")
    ).out
    assert "附上 0，已附过 3，没有附上 2" in shown
    assert "名称却是《守夜》" in shown
    program("withdraw", found["batch"], "--reason", "导错了")
    assert program.json("report", "entries", "--activity", "zp", "--by", "unit")["total"]["listed"] == 0


def test_a_folder_goes_with_one_table_of_works_alone(program, table):
    folder = ("--files", str(table.parent / "作品"))
    assert program("import", "people", str(table), *folder).code == 2
    assert program("import", "entries", str(table), str(table), "--unit", "3501", *folder).code == 2
