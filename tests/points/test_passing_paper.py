"""送审单: printed with numbers, typed in by them however the list has changed since, after a count."""

from __future__ import annotations

from tests.kit.desk_story import undone
from tests.kit.office import looked, rows, see, send
from tests.points.hosted import DESK, item

PAPER = f"{DESK}/passing/paper"


def _print(hosted, stage: str = "1") -> str:
    answer = send(hosted, PAPER, "dora", stage=stage)
    assert answer.status_code == 303, answer.text
    return str(answer.location).partition("?")[0]


def test_a_paper_is_printed_signed_and_typed_in_by_number(hosted):
    paper = _print(hosted)
    assert _print(hosted) == paper, "nothing has changed: the same paper serves again"
    told = {row[0]: row[1] for row in rows(see(hosted, paper, "dora"))}
    assert list(told) == ["1", "2", "3", "4"]
    pdf = hosted.browser("dora").get(f"{paper}.pdf")
    assert (pdf.status_code, pdf.data[:4]) == (200, b"%PDF")
    titles = list(told.values())
    answer = looked(hosted, paper, "dora", numbers="1-2、4", answer="pass", reason="")
    assert "已通过 3 篇。" in see(hosted, answer.location, "dora")
    assert [item(hosted, each).stage for each in titles] == [1, 1, 0, 1]
    again = send(hosted, paper, "dora", numbers="2", answer="pass", reason="")
    assert (again.status_code, "第 2 行不在等部门负责人审" in again.text) == (422, True)
    looked(hosted, paper, "dora", numbers="3", answer="back", reason="请补照片")
    assert item(hosted, titles[2]).state == "returned"
    assert "还有 0 篇没有录入" in see(hosted, paper, "dora")
    undone(hosted, answer, "dora")
    assert "还有 3 篇没有录入" in see(hosted, paper, "dora")


def test_what_is_wrong_with_numbers_stands_beside_them(hosted):
    paper = _print(hosted)
    for numbers, told in (("7", "超出了这一页"), ("1,1", "写了两次"), ("很多", "不是行号"), ("", "请填写这一项")):
        answer = send(hosted, paper, "dora", numbers=numbers, answer="pass", reason="")
        assert (answer.status_code, told in answer.text) == (422, True), numbers
    answer = send(hosted, paper, "dora", numbers="1", answer="back", reason="")
    assert answer.status_code == 422


def test_a_paper_is_found_by_its_code_and_by_its_own_unit_alone(hosted):
    paper = _print(hosted)
    code = paper.rpartition("/")[2]
    assert send(hosted, f"{PAPER}/find", "dora", sheet=f" {code} ", stage="1").location.endswith(code)
    wrong = send(hosted, f"{PAPER}/find", "dora", sheet="0000000000", stage="1")
    assert (wrong.status_code, "没有这份送审单" in wrong.text) == (422, True)
    other = paper.replace("WJ-BK-01", "WJ-BK-02")
    assert hosted.browser("dora").get(other).status_code == 404
    assert send(hosted, PAPER, "dora", stage="2").status_code == 422


def test_the_hosts_stage_is_not_typed_at_a_units_desk(hosted):
    for stage in ("1", "2"):
        looked(hosted, f"{DESK}/passing", "dora", stage=stage, answer="pass", reason="", all="1")
    paper = _print(hosted, "3")
    assert send(hosted, paper, "dora", numbers="1", answer="pass", reason="").status_code == 403
