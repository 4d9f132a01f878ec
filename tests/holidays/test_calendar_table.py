"""The yearly table of holidays as offices keep it."""

from __future__ import annotations

import openpyxl
import pytest

from campmgr.areas.holidays.files import calendar_days
from campmgr.errors import BadInput


def _csv(tmp_path, text: str, encoding: str = "utf-8"):
    path = tmp_path / "放假.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_with_a_title_and_many_ways_to_write_a_day(tmp_path):
    book = openpyxl.Workbook()
    for row in (("2023年放假安排",), ("备注", "日期", "类 型".replace(" ", "")), ("端午", "2023-06-22", "休"), ("", "2023年6月23日", "放假"),
                ("", 45102, "班"), ("国庆", "2023.10.7", "调休上班")):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert calendar_days(tmp_path / "a.xlsx", max_bytes=100_000) == [
        ("2023-06-22", False), ("2023-06-23", False), ("2023-06-25", True), ("2023-10-07", True)]  # fmt: skip


def test_a_gbk_csv_is_read(tmp_path):
    assert calendar_days(_csv(tmp_path, "日期,类型\n2023/6/22,休\n", "gbk"), max_bytes=1000) == [("2023-06-22", False)]


@pytest.mark.parametrize(
    ("text", "reason", "says"),
    [
        ("姓名,单位\n甲,乙\n", "missing_column", "日期"),
        ("日期,类型\n6月22日,休\n2023-06-23,也许\n2023-06-25,\n", "unreadable_file", "第 2 行"),
        ("日期,类型\n2023-02-30,休\n", "unreadable_file", "第 2 行"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_taken(tmp_path, text, reason, says):
    with pytest.raises(BadInput) as told:
        calendar_days(_csv(tmp_path, text), max_bytes=1000)
    assert (told.value.reason, says in told.value.sentence) == (reason, True)
