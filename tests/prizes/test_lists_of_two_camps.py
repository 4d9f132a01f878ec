"""The winners of last year's camp, once the next one was opened."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kit.program import Program, write

LIKES: list[list[Any]] = [
    ["作品链接", "标题", "参与者编号", "点赞数"],
    ["http://example.org/a", "甲", "001", 100],
    ["http://example.org/b", "乙", "002", 90],
]


@pytest.fixture
def after(program: Program, tmp_path) -> Program:
    """A list of two was frozen; then the second camp was opened."""
    program.json("import", "likes", write(tmp_path / "likes.csv", LIKES), "--read-at", "2023-06-11 12:00")
    program.json("prizes", "freeze", "--at", "2023-06-12 12:00")
    program.json("activity", "open", "--preset", "escape-drill-2023", "--code", "2024")
    return program


def test_a_list_of_last_year_keeps_its_titles_and_is_not_ranked_anew(after: Program):
    shown = after.json("prizes", "show", "1")
    assert [(row["place"], row["title"]) for row in shown["rows"]] == [(1, "甲"), (2, "乙")]
    assert after.json("prizes", "amend", "1", "--reason", "试", "--dry-run")["changes"] == []
    after.fails(5, "earlier_camp", "prizes", "amend", "1", "--reason", "试")
    assert "--activity" in after.fails(5, "earlier_camp", "prizes", "verify", "1")["hint"]
    assert after.json("prizes", "verify", "1", "--activity", "camp")["equal"]
    assert after.json("prizes", "show", "1") == shown


def test_a_line_of_last_years_list_is_struck_out_and_put_back(after: Program):
    work = after.json("prizes", "show", "1")["rows"][0]["work"]
    for left in ([(2, "乙")], [(1, "甲"), (2, "乙")]):
        amended = after.json("prizes", "amend", "1", "--strike", work, "--reason", "异议成立")
        assert [(row["place"], row["title"]) for row in amended["rows"]] == left
