"""A cell as long as a file may hold keeps nobody waiting: what no field takes is told by its address and looked at no further."""

from __future__ import annotations

from contextlib import suppress

import pytest

from campmgr.areas.hours.files.session_cells import duration, moment, span
from campmgr.files.cell_dates import day
from campmgr.files.cells import CellProblem, likes, minutes, whole
from campmgr.files.imports.headings import counts_otherwise, read_heading
from campmgr.files.links import link
from campmgr.files.name_cells import person_name
from campmgr.files.odd_cells import LONGEST_CELL
from tests.kit.program import PEOPLE, write

LONG = ["\n", " \n", " ", "9", "㊿", "1,", "(", "计", "至", "z.", "/ ", "张 ", "合 "]
"""Of these a search for a pattern that begins anywhere would look through the rest of the text again and again."""


@pytest.mark.parametrize("piece", ["\n", "9", "㊿", "合 "])
def test_a_cell_that_no_field_takes_rejects_its_row_alone(program, tmp_path, piece):
    long = f"张{piece * 300_000}!"
    rows = [*PEOPLE[:1], ["008", long, "S1", "三班"], ["009", "赵六", "S1", long], [long, "孙七", "S1", ""], [f"{long}{long}"]]
    done = program.json("import", "people", write(tmp_path / "people.csv", rows))
    assert (done["rows"], done["new"], done["rejected"]) == (4, 1, 3)
    assert {(each["row"], each["reason"]) for each in done["rejects"]} >= {(2, "broken_cell"), (4, "broken_cell")}
    assert f"B2 有 {len(long)} 个字" in done["rejects"][0]["sentence"]
    assert [each["reason"] for each in done["notes"]] == ["broken_cell"]


def test_a_long_remark_in_a_column_that_is_not_used_hinders_nothing(program, tmp_path):
    rows = [["编号", "姓名", "单位代码", "备注"], ["008", "赵六", "S1", "好" * 100_000]]
    done = program.json("import", "people", write(tmp_path / "people.csv", rows))
    assert (done["new"], done["rejected"], done["unused_columns"]) == (1, 0, ["备注"])


@pytest.mark.parametrize("parse", [day, whole, minutes, likes, moment, span, duration, link, person_name])
def test_every_parser_answers_or_complains_whatever_a_cell_repeats(parse):
    for piece in (*LONG, "1小时"):
        for text in (piece * (LONGEST_CELL // len(piece)), f"1{piece * (LONGEST_CELL // len(piece) - 2)}x"):
            with suppress(CellProblem):
                assert not parse(text) or len(str(parse(text))) < 10


def test_a_number_is_read_whole_or_not_at_all():
    assert whole("0" * 50 + "45") == 45
    with pytest.raises(CellProblem):
        whole("0" * 5000 + "45")


def test_a_heading_is_looked_at_as_far_as_headings_go():
    for piece in LONG:
        assert not counts_otherwise(piece * LONGEST_CELL)
        assert not read_heading(f"({piece * LONGEST_CELL}").scale
