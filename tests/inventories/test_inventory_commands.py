"""`campmgr site`, `campmgr report sites` and `campmgr import sites`, from the declaration alone."""

from __future__ import annotations

import pytest

from tests.kit.program import Program, write
from tests.kit.walks.area import WITH_WALKS


@pytest.fixture
def root(tmp_path, capsys) -> Program:
    console = Program(tmp_path / "root.sqlite", capsys, WITH_WALKS)
    console.json("open", "--preset", "escape-drill-2023")
    console.json("activity", "open", "--preset", "walks-2024", "--code", "XC")
    return console


def test_rows_are_set_changed_dropped_told_and_go_out_and_in(root, tmp_path):
    said = ("基地、场馆名称=湖塘体验馆", "area=200.0", "目标建成类别=Ⅰ类")
    one = root.json("site", "set", "--unit", "3501", *said)
    assert one["fact"]
    assert root.json("site", "set", "--unit", "3501", *said)["fact"] is None
    assert root.json("site", "set", "--unit", "3501", "name=湖塘体验馆", "theme=消防")["fact"]
    (row,) = root.json("report", "sites")["rows"]
    assert {name: row[name] for name in ("id", "unit", "listed", "name", "area", "class", "theme")} == {
        "id": one["id"], "unit": "3501", "listed": True, "name": "湖塘体验馆", "area": 2000, "class": "Ⅰ类", "theme": "消防"}  # fmt: skip
    assert row["shown"]["area"] == "200.0"
    for out, unit in (("all.xlsx", ()), ("one.xlsx", ("--unit", "3501"))):
        root.json("report", "sites", "--out", tmp_path / out, *unit)
        back = root.json("import", "sites", tmp_path / out)
        assert (back["new"], back["changed"], back["unchanged"]) == (0, 0, 1)
    root.json("report", "sites", "--out", tmp_path / "all.pdf")
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")
    assert root.json("site", "drop", one["id"], "--reason", "改作他用")["fact"]
    assert root.json("report", "sites")["rows"] == []
    assert [each["listed"] for each in root.json("report", "sites", "--dropped")["rows"]] == [False]
    assert [each["called"] for each in root.json("site", "show", one["id"])["history"]] == [
        "撤下体验馆",
        "登记体验馆",
        "登记体验馆",
    ]


@pytest.mark.parametrize(
    ("code", "reason", "words"),
    [
        (2, "unknown_word", ("set", "--unit", "3501", "没有这项=1")),
        (2, "missing_value", ("set", "--unit", "3501", "theme=消防")),
        (2, "bad_number", ("set", "--unit", "3501", "name=馆", "area=1.23")),
        (2, "refused_by_rule", ("set", "--unit", "3501", "name=馆", "area=199.9", "class=Ⅰ类")),
        (3, "unknown_unit", ("set", "--unit", "999", "name=馆")),
        (3, "unknown_fact", ("drop", "f" * 32, "--reason", "没有")),
    ],
)
def test_what_is_wrong_is_said(root, code, reason, words):
    root.fails(code, reason, "site", *words)


def test_a_row_is_named_by_the_beginning_of_its_id_and_a_file_by_what_it_can_be(root, tmp_path):
    printed = root("site", "set", "--unit", "3501", "name=𠮷野馆", "area=1,200.5㎡").out
    begun = printed.partition("（")[2][:8]
    assert root.json("site", "show", begun)["shown"]["area"] == "1200.5"
    root.fails(3, "unknown_fact", "site", "show", begun[:7])
    root.fails(2, "wrong_usage", "report", "sites", "--out", tmp_path / "all.csv")
    root.fails(1, "trouble", "report", "sites", "--out", tmp_path / "none" / "all.pdf")
    assert "课时" not in root.fails(2, "bad_number", "site", "set", "--unit", "3501", "name=馆", "area=一百")["sentence"]
    assert root.json("site", "drop", begun, "--reason", "改作他用")["fact"]


def test_where_two_of_a_sort_go_on_a_file_is_of_the_one_that_was_named(root, tmp_path):
    root.json("activity", "open", "--preset", "walks-2024", "--code", "YC")
    file = write(tmp_path / "sites.csv", [["名称", "单位代码"], ['=HYPERLINK("#A1","y")', "3501"], ["𠮷野馆", "3501"]])
    assert root.json("import", "sites", file)["rejected"] == 2
    assert root.json("import", "sites", file, "--activity", "YC")["new"] == 2
    assert root.json("report", "sites", "--activity", "XC")["rows"] == []
    shown = {row["shown"]["name"] for row in root.json("report", "sites", "--activity", "YC")["rows"]}
    assert shown == {'=HYPERLINK("#A1","y")', "𠮷野馆"}
    root.fails(3, "unknown_activity", "import", "sites", file, "--activity", "camp")
