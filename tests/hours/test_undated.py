"""Marks of a sheet without days: the day they are counted for is said, and can be named (docs/ledger.md#repeats)."""

from __future__ import annotations

import re

from tests.kit.program import write


def _rows(tmp_path, *heads):
    return write(
        tmp_path / "marks.csv", [["参与者编号", "课程编号", "分钟", *heads], ["001", "V1", 20, *["2023-06-09"] * len(heads)]]
    )


def test_rows_without_a_day_are_noted_with_the_day_they_are_counted_for(program, tmp_path):
    told = program.json("import", "marks", _rows(tmp_path), "--dry-run")
    assert (told["new"], [each["reason"] for each in told["notes"]]) == (1, ["undated"])
    assert re.search(r"按 \d{4}-\d\d-\d\d 登记", told["notes"][0]["sentence"])


def test_the_day_can_be_named(program, tmp_path):
    sheet = _rows(tmp_path)
    told = program.json("import", "marks", sheet, "--read-at", "2023-06-08")
    assert "2023-06-08" in told["notes"][0]["sentence"]
    assert program.json("import", "marks", sheet)["unchanged"] == 1
    lesson = program.json("report", "hours", "--person", "001")["lessons"][0]
    assert (lesson["lesson"], lesson["minutes"]) == ("V1", 20)


def test_rows_with_days_are_not_noted(program, tmp_path):
    assert program.json("import", "marks", _rows(tmp_path, "日期"), "--dry-run")["notes"] == []


def test_what_is_recorded_of_somebody_who_has_left_counts_and_is_noted(program, tmp_path):
    sheet = write(
        tmp_path / "marks.csv",
        [["参与者编号", "课程编号", "分钟", "日期"], *([each, "V1", 20, day] for each, day in
         (("001", "2023-06-08"), ("001", "2023-06-10"), ("001", "2023-06-09"), ("002", "2023-06-10")))],
    )  # fmt: skip
    program.json("person", "leave", "001", "--on", "2023-06-09", "--reason", "转学")
    told = program.json("import", "marks", sheet, "--dry-run")
    assert (told["new"], [(each["row"], each["reason"]) for each in told["notes"]]) == (4, [(3, "left")])
    assert "2023-06-09 起离开，这条照样记入" in told["notes"][0]["sentence"]
    assert program.json("import", "marks", sheet)["new"] == 4
    assert program.json("report", "hours", "--person", "001")["lessons"][0]["minutes"] == 60
