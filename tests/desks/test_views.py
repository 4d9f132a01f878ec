"""What an office that asks in SQL sees: the views of docs/sql.md say what the pages and reports say."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from campmgr.areas.units.actions.units import close_unit, counted_draft
from campmgr.areas.whole import CATALOGUE
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.facts.units import Count
from campmgr.store.door import Store
from tests.kit.program import Program, write

DOC = (Path(__file__).parents[2] / "docs" / "sql.md").read_text("utf-8")
WORKS: list[list[Any]] = [
    ["作品链接", "标题", "作者", "参与者编号", "点赞数", "播放数"],
    ["https://example.org/1", "逃生", "张三", "001", 900, 5000],
    ["https://example.org/2", "灭火", "路人", None, 70, None],
]
MARKS: list[list[Any]] = [
    ["参与者编号", "课程编号", "分钟", "日期"],
    ["001", "V8", None, "2023-06-10"],
    ["002", "V1", 30, "2023-06-11"],
]


@pytest.fixture
def asked(program: Program, tmp_path) -> Iterator[Database]:
    """A camp with some of everything, opened as the office opens it."""
    program.json("import", "marks", write(tmp_path / "marks.csv", MARKS))
    program.json("import", "likes", write(tmp_path / "likes.csv", WORKS), "--read-at", "2023-06-09T12:00")
    program.json("mark", "--person", "001", "--sign-in", "--on", "2023-06-10")
    program.json("certificates", "issue")
    database = Database(program.path)
    yield database
    database.close()


def test_the_views_are_those_of_the_page_column_by_column(asked):
    rows = re.findall(r"^\| `(v_\w+)` \|[^|]*\|([^|]*)\|$", DOC, re.MULTILINE)
    told = {name: re.findall(r"`(\w+)`", columns) for name, columns in rows}
    assert told == {view.name: [column.name for column in view.columns] for view in asked.views}


def test_hours_are_those_of_the_report(asked, program: Program):
    rows = list(asked.query("select code, hours, signed_in, completed, ready from v_hours order by code"))
    assert len(rows) == 3
    for row in rows:
        told = program.json("report", "hours", "--person", row["code"])
        assert (f"{row['hours']:.2f}", row["signed_in"], row["completed"], row["ready"]) == (
            told["credited"],
            told["signed_in"],
            told["complete"],
            told["ready"],
        )


def test_participants_count_as_the_units_do(asked, program: Program):
    told = program.json("report", "units", "--by", "school")["rows"]
    rows = asked.query(
        "select unit_code, count(*) as n, sum(completed) as done, sum(certified) as held from v_participants group by 1"
    )
    counted = {row["unit_code"]: (row["n"], row["done"], row["held"]) for row in rows}
    assert counted == {"S1": (2, 1, 1), "S2": (1, 0, 0)}
    assert {row["code"]: (row["joined"], row["completed"], row["certified"]) for row in told if row["joined"]} == counted


def test_marks_conditions_certificates_and_works_are_there(asked, program: Program):
    marks = {(row["name"], row["lesson_name"], row["minutes"], row["day"]) for row in asked.query("select * from v_marks")}
    assert marks == {("张三", "全部课程合集", None, "2023-06-10"), ("李四", "家庭用电安全", 30, "2023-06-11")}
    assert [(row["name"], row["condition"]) for row in asked.query("select * from v_conditions order by day desc")] == [
        ("张三", "sign_in"),
        ("王五", "follow"),
    ]
    (held,) = asked.query("select * from v_certificates")
    verified = program.json("certificates", "verify", held["number"])
    assert (held["name"], held["state"], held["hours"]) == ("张三", verified["state"], 8.0)
    works = list(asked.query("select title, author, likes from v_works order by likes desc"))
    standings = program.json("report", "standings")["rows"]
    assert [(row["title"], row["likes"]) for row in works] == [("逃生", 900), ("灭火", 70)]
    assert [row["likes"] for row in works] == [row["likes"] for row in standings]
    (top,) = asked.query("select code from v_units where name = '第一小学' and parent_code = '350102'")
    assert top["code"] == "S1"


def test_nothing_can_be_written_through_them(asked):
    for view in asked.view_names():
        with pytest.raises(sqlite3.OperationalError, match="cannot modify"):
            asked.execute(f"delete from {view}")  # noqa: S608 - a name from the file itself


def test_a_unit_tells_since_when_so_many_are_expected_and_when_it_was_closed(asked, program: Program):
    rows = list(asked.query("select * from v_units"))
    assert {(row["counted_on"], row["count_source"], row["closed_on"]) for row in rows} == {("", "", "")}
    inner = next(row for row in rows if any(each["parent_code"] == row["code"] for each in rows) and row["parent_code"])
    below = next(row["code"] for row in rows if row["parent_code"] == inner["code"])
    store = Store(program.path, CATALOGUE)
    try:
        with store.writing() as w:
            world = worlds.load(w)
            say(w, [counted_draft(world, find_unit(world, inner["code"]).unit, Count("2023-05-20", 300, "市教育局"))])
            close_unit(w, inner["code"], "2023-06-01")
    finally:
        store.close()
    sql = "select expected, counted_on, count_source, closed_on from v_units where code = ?"
    assert list(next(iter(asked.query(sql, [inner["code"]]))).values()) == [300, "2023-05-20", "市教育局", "2023-06-01"]
    assert next(iter(asked.query(sql, [below])))["closed_on"] == "2023-06-01", "with the one above it"
